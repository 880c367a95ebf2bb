"""Two editions of one agency told apart: every value that was published and is another one now, or none.

What is withheld is not removed: it is known as it was last published (``carried``) until it can be shown again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from generator.history.editions import AGENCY, DEFINITION, Cells, Edition, Name, RowKey
from generator.history.promises import differences, reason_of, spans_of
from generator.model import Withdrawn
from generator.report_public import MASK
from generator.results_log import Change, Revision
from generator.views.datasets.files import unguarded

ENDED = ("merged", "closed", "retired")
SUPPRESSED = "suppressed"
NOTE = "note_"
TOLD_OF_PARTS = ("period", "revision", "status", "reported_on")


@dataclass(frozen=True, slots=True)
class Held:
    """What of an agency is withheld now: all of it, services, levels of which some row is wrong, or rows of any level."""

    everything: bool = False
    services: frozenset[str] = frozenset()
    levels: frozenset[Name] = frozenset()
    rows: bool = False

    def place(self, name: Name) -> bool:
        """Return whether a service or a level is withheld."""
        return self.everything or name[0] in self.services

    def row(self, key: RowKey) -> bool:
        """Return whether a row may be one of those that are withheld."""
        return self.rows or self.place(key[:2]) or key[:2] in self.levels


def carried(old: Edition, new: Edition, held: Held) -> Edition:
    """Return what was known and is withheld now."""
    places = {name: said for name, said in old.places.items() if name not in new.places and held.place(name)}
    promises = {name: said for name, said in (old.promises or {}).items() if name in places}
    rows = {key: said for key, said in old.rows.items() if key not in new.rows and held.row(key)}
    return Edition(new.as_of, places, promises, rows)


def remembered(kept: Edition) -> Edition:
    """Return what is kept of what is withheld until it can be shown: of parts no figure, for it may have to be hidden by then."""
    rows = {key: cells for key, cells in kept.rows.items() if not (key.channel_id or key.office_id)}
    return Edition(kept.as_of, kept.places, kept.promises, rows)


def compare(agency_id: str, old: Edition, new: Edition, entries: Iterable[Withdrawn]) -> list[Revision]:
    """Return every change between two editions, in order; ``entries`` say why something was withdrawn."""
    found = [*_places(old, new), *_promises(old, new), *_rows(old, new)]
    gone = tuple(entries)
    whole = (one if one.reason else one._replace(reason=_withdrawn(gone, one)) for one in found)
    demonstration = {**old.places, **new.places}.get(AGENCY, {}).get("demonstration") == "true"
    told = (_without_figures_of_parts(one)._replace(agency_id=agency_id, demonstration=demonstration) for one in whole)
    return sorted(told, key=lambda one: (*one[1:9], one[0], *one[9:11]))


def _without_figures_of_parts(revision: Revision) -> Revision:
    """A row by channel or office may have to be hidden later, and a log that is only added to cannot take a figure back."""
    if not (revision.channel_id or revision.office_id) or revision.field in TOLD_OF_PARTS:
        return revision
    return revision._replace(old_value=revision.old_value and MASK, new_value=revision.new_value and MASK)


def _withdrawn(entries: Sequence[Withdrawn], revision: Revision) -> Mapping[str, str]:
    """Return the reason of the entry that names what is gone, or a whole that it was a part of."""
    if revision.change not in ("removed", "deleted", "redated"):
        return {}
    for entry in entries:
        named = (
            entry.service_id,
            entry.level_id,
            entry.period and entry.period.code,
            entry.channel_id,
            entry.office_id,
        )
        if all(part is None or part == gone for part, gone in zip(named, revision[2:7], strict=True)):
            reason: Mapping[str, str] = entry.reason
            return reason
    return {}


# ---- places ----


def _places(old: Edition, new: Edition) -> Iterator[Revision]:
    for name in old.places.keys() - new.places.keys():
        if name == AGENCY or _whole(name) in new.places:  # of what is gone, its parts are not listed too
            yield _of_place("removed", name, "title", old.places[name].get("title", ""), "")
    for name in new.places.keys() & old.gone.keys() - old.places.keys():
        before, now = old.gone[name], new.places[name].get("title", "")
        yield _of_place("returned" if before == now else "id_used_again", name, "title", before, now)
    for name in old.places.keys() & new.places.keys():
        yield from _redefined(name, old.places[name], new.places[name])


def _whole(name: Name) -> Name:
    return (name[0], "") if name[1] else AGENCY


def _redefined(name: Name, old: Cells, new: Cells) -> Iterator[Revision]:
    before, now = old.get("status", ""), new.get("status", "")
    if before in ENDED and now not in ENDED:
        yield _of_place("status_put_back", name, "status", before, now)
    for field in DEFINITION:
        if old.get(field) != new.get(field):
            yield _of_place("definition_changed", name, field, old.get(field, ""), new.get(field, ""))


def _of_place(change: Change, name: Name, field: str, old_value: str, new_value: str) -> Revision:
    return Revision(change, "", *name, field=field, old_value=unguarded(old_value), new_value=unguarded(new_value))


# ---- promises ----


def _promises(old: Edition, new: Edition) -> Iterator[Revision]:
    if old.promises is None or new.promises is None:
        return
    for name in old.places.keys() & new.places.keys() - {AGENCY}:
        for span in spans_of(old.promises.get(name, ()), new.promises.get(name, ()), old.as_of):
            days = f"{span.first.isoformat()}/{span.last.isoformat()}"
            reason = {language: unguarded(text) for language, text in reason_of(span).items()}
            for change, field, before, now in differences(span):
                made = Revision(change, "", *name, days, field=field, old_value=before, new_value=now)
                yield made._replace(reason=reason)


# ---- rows ----


def _rows(old: Edition, new: Edition) -> Iterator[Revision]:
    there = {(key[0], key[1]) for key in new.rows} | new.places.keys()
    kept = {key: cells for key, cells in old.rows.items() if key[:2] in there}  # a level's rows are gone with it
    lost = {key: cells for key, cells in kept.items() if key not in new.rows}
    added = {key: cells for key, cells in new.rows.items() if key not in old.rows}
    moved = _moved(lost, added)
    for key, cells in lost.items():
        yield from [_redated(key, moved[key])] if key in moved else _deleted(key, cells)
    for key, cells in kept.items():
        if key in new.rows and cells != new.rows[key] and key not in new.hidden:
            yield from _of_row("changed", key, cells, new.rows[key])
    known = {key[:5] for key in kept}
    for key in added:
        before = key._replace(revision=str(int(key.revision) - 1))
        if key[:5] in known and before in new.rows:
            yield from _corrected(key, new.rows[before], new)


def _moved(lost: Mapping[RowKey, Cells], added: Mapping[RowKey, Cells]) -> dict[RowKey, str]:
    """Return the period under which the figures of a lost row stand now, where there is just one such row."""
    taken: dict[tuple[object, ...], list[RowKey]] = {}
    for key, cells in added.items():
        taken.setdefault(_same_figures(key, cells), []).append(key)
    found = {
        key: taken.get(_same_figures(key, cells), []) for key, cells in lost.items() if cells.get("volume", "0") != "0"
    }
    claims = [places[0] for places in found.values() if len(places) == 1]
    return {key: places[0].period for key, places in found.items() if len(places) == 1 and claims.count(places[0]) == 1}


def _same_figures(key: RowKey, cells: Cells) -> tuple[object, ...]:
    return (*key._replace(period=""), *sorted(_figures(cells).items()))


def _figures(cells: Cells) -> Cells:
    return {name: cell for name, cell in cells.items() if name != "reported_on" and not name.startswith(NOTE)}


def _redated(key: RowKey, period: str) -> Revision:
    return Revision("redated", "", *key, field="period", old_value=key.period, new_value=period)


def _deleted(key: RowKey, cells: Cells) -> Iterator[Revision]:
    for field, value in cells.items():
        yield Revision("deleted", "", *key, field=field, old_value=unguarded(value))


def _corrected(key: RowKey, before: Cells, new: Edition) -> Iterator[Revision]:
    """A correction says what it corrects, and its note says why."""
    cells = new.rows[key]
    reason = {name.removeprefix(NOTE): unguarded(text) for name, text in cells.items() if name.startswith(NOTE)}
    found = [] if key in new.hidden else list(_of_row("corrected", key, _figures(before), _figures(cells)))
    if not found:
        revised = Revision("corrected", "", *key, field="revision", new_value=key.revision)
        found = [revised._replace(old_value=str(int(key.revision) - 1))]
    yield from (one._replace(reason=reason) for one in found)


def _of_row(change: Change, key: RowKey, old: Cells, new: Cells) -> Iterator[Revision]:
    """Yield the values that differ; of a row whose figures are withheld before or after, that alone."""
    withheld = SUPPRESSED in (old.get("status"), new.get("status"))
    for field in ("status",) if withheld else dict.fromkeys((*old, *new)):
        before, now = old.get(field, ""), new.get(field, "")
        if not _equal(before, now) and before != SUPPRESSED:  # what was withheld was not published
            yield Revision(change, "", *key, field=field, old_value=unguarded(before), new_value=unguarded(now))


def _equal(one: str, other: str) -> bool:
    """Return whether two cells say the same: 12.0 is 12."""
    if one == other or not one or not other:
        return one == other
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False
