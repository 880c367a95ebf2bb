"""Changes of what was published that nobody has given a reason for, as problems where an official can mend them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.history.compare import carried, compare
from generator.history.editions import Edition, together
from generator.history.git import commit_of, export
from generator.history.made import edition_made, held_of
from generator.history.previous import edition_of, read_previous
from generator.model import AgencyData, Observation
from generator.pipeline import Prepared, measured, prepare
from generator.problems import Place, Problem
from generator.results_log import Change, Revision
from generator.views.datasets.agency import agency_tables
from generator.workers import each

CODES: dict[Change, str] = {
    "corrected": "past-correction-unexplained",
    "changed": "past-figure-changed",
    "deleted": "past-figure-gone",
    "redated": "past-figure-gone",
    "target_loosened": "past-target-changed",
    "target_changed": "past-target-changed",
    "removed": "past-removed",
    "id_used_again": "past-id-used-again",
}


@dataclass(frozen=True, slots=True)
class _Agency:
    """What a problem's place is found in."""

    data: AgencyData

    @property
    def folder(self) -> str:
        """Return the agency's folder."""
        return f"agencies/{self.data.agency_id}"

    def service(self, service_id: str) -> str:
        """Return the file of a service that is there, else the agency's."""
        return (
            f"{self.folder}/services/{service_id}.yml"
            if service_id in self.data.services
            else f"{self.folder}/agency.yml"
        )


def check_against(prepared: Prepared, against: str) -> tuple[Problem, ...]:
    """Return the changes without a reason since a published site (a folder) or a commit (its name); GitError, LogError."""
    folder = Path(against)
    if (folder / "status.json").is_file():
        previous = read_previous(folder, prepared.catalog.settings.languages)
        assert previous is not None
        old = {agency_id: edition_of(previous, agency_id) for agency_id in previous.agency_ids}
        return _problems(prepared, old)
    commit = commit_of(prepared.root, against)
    with TemporaryDirectory(prefix="clearly-") as kept:
        root = export(prepared.root, commit, Path(kept))
        with prepare(root, lambda _timezone: prepared.as_of) as before:
            return check_between(prepared, before) if isinstance(before, Prepared) else ()


def check_between(prepared: Prepared, before: Prepared) -> tuple[Problem, ...]:
    """Return the changes without a reason between two states of the data."""
    return _problems(prepared, dict(_editions(before)))


def _editions(before: Prepared) -> Iterator[tuple[str, Edition]]:
    ids = before.catalog.agency_ids
    yield from zip(ids, each(partial(_edition, before), ids), strict=True)


def _edition(prepared: Prepared, agency_id: str) -> Edition:
    data, result = measured(prepared, agency_id)
    tables = agency_tables(prepared.catalog, data, result) if result else None
    made = edition_made(prepared.catalog, data, tables, prepared.as_of)
    first = prepared.catalog.first_language
    gone = {
        (str(entry.service_id), str(entry.level_id or "")): (entry.title or {}).get(first, "")
        for entry in data.withdrawn.values()
        if entry.period is None
    }
    return Edition(made.as_of, made.places, made.promises, made.rows, gone)


def _problems(prepared: Prepared, old: dict[str, Edition]) -> tuple[Problem, ...]:
    ids = tuple(agency_id for agency_id in prepared.catalog.agency_ids if agency_id in old)
    found = each(lambda agency_id: _of_agency(prepared, agency_id, old[agency_id]), ids)
    gone = sorted(old.keys() - set(prepared.catalog.agency_ids))
    return (*(problem for problems in found for problem in problems), *map(_agency_gone, gone))


def _agency_gone(agency_id: str) -> Problem:
    return Problem("past-agency-removed", "error", Place("catalog.yml"), {"value": agency_id})


def _of_agency(prepared: Prepared, agency_id: str, old: Edition) -> tuple[Problem, ...]:
    data, result = measured(prepared, agency_id)
    tables = agency_tables(prepared.catalog, data, result) if result else None
    new = edition_made(prepared.catalog, data, tables, prepared.as_of)
    whole = together(new, carried(old, new, held_of(data)))
    revisions = compare(agency_id, old, whole, data.withdrawn.values())
    return tuple(_unexplained(_Agency(data), revisions))


def _unexplained(agency: _Agency, revisions: Iterable[Revision]) -> Iterator[Problem]:
    """Yield a problem for each change without a reason, one for each row that is gone or corrected."""
    told = set()
    for one in revisions:
        code = CODES.get(one.change)
        by_value = one.change == "changed" or code == "past-target-changed"
        about = (code, *one[1:8], one.field if by_value else "")
        if code is not None and not one.reason and about not in told and not _explained(agency, one):
            told.add(about)
            yield Problem(code, "error", _place(agency, one), _facts(one))


def _explained(agency: _Agency, one: Revision) -> bool:
    """Return whether the file says why although the site may not: a small row's note is withheld with its figures."""
    row = _row(agency, one)
    return one.change == "corrected" and row is not None and bool(row.notes)


def _place(agency: _Agency, one: Revision) -> Place:
    if one.change == "removed":
        return Place(
            agency.service(one.service_id if one.level_id else ""), ("service_levels",) if one.level_id else ()
        )
    if one.change == "id_used_again":
        return Place(agency.service(one.service_id), ("id",))
    if one.change in ("target_loosened", "target_changed"):
        return _target(agency, one)
    row = _row(agency, one) or _nearest(agency, one)
    if row is None:
        return Place(agency.service(one.service_id))
    column = one.field if one.change == "changed" else "revision" if one.change == "corrected" else "period"
    return Place(row.file, (row.line, column))


def _target(agency: _Agency, one: Revision) -> Place:
    """Return the place of the target that holds now on the first of the days that it is about."""
    service = agency.data.services[one.service_id]
    levels = service.service_levels or ()
    at, level = next((at, level) for at, level in enumerate(levels) if level.id == one.level_id)
    day = one.period.partition("/")[0]
    held = [index for index, target in enumerate(level.targets or ()) if target.valid_from.isoformat() <= day]
    route = ("service_levels", at, "targets", held[-1], one.field) if held else ("service_levels", at, "targets")
    return Place(agency.service(one.service_id), route)


def _row(agency: _Agency, one: Revision) -> Observation | None:
    key = (*one[2:7], one.revision)
    return next((row for row in agency.data.observations if _key(row) == key), None)


def _key(row: Observation) -> tuple[str, ...]:
    return (row.service_id, row.level_id, row.period.code, row.channel_id, row.office_id, str(row.revision))


def _nearest(agency: _Agency, one: Revision) -> Observation | None:
    """Return the row after which one that is gone should stand: the last of its level before it, else the first."""
    rows = [row for row in agency.data.observations if (row.service_id, row.level_id) == one[2:4]]
    before = [row for row in rows if row.period.code <= one.period]
    return before[-1] if before else next(iter(rows), None)


def _facts(one: Revision) -> dict[str, object]:
    name = "/".join(filter(None, (one.service_id, one.level_id, one.period if one.revision else "")))
    following = str(int(one.revision) + 1) if one.revision else ""
    facts = {"name": name, "old": one.old_value, "value": one.new_value or one.old_value, "field": one.field}
    return {
        **facts,
        "suggestion": following,
        "days": one.period.replace("/", " – ") if not one.revision else one.period,
    }
