"""agencies/<id>/withdrawn.yml: what was published once and is no more, with the day and the reason.

An address that was public stays, so what is taken away leaves an entry.  A wrong entry is left out and holds back nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from generator.intake.load_records import Source, make_record, read_source, without_spoiled
from generator.intake.load_service import context_of
from generator.model import AgencyData, Catalog, Observation, Service, Withdrawn
from generator.problems import Place, Problem, Route

FILE = "withdrawn.yml"
# What names a part is named itself: figures are of a level, those of a channel or an office are of a period.
_NEEDS = (("period", "level_id"), ("channel_id", "period"), ("office_id", "period"))
_KEY = ("service_id", "level_id", "period", "channel_id", "office_id")


def load_withdrawn(
    root: Path, folder: str, catalog: Catalog, as_of: date
) -> tuple[dict[int, Withdrawn], list[Problem]]:
    """Return the good entries by their place in the file, and every problem of it."""
    source = read_source(root, f"{folder}/{FILE}")
    if not isinstance(source.data, tuple):
        wrong = [] if source.data is None else [Problem("file-not-a-list", "error", source.place(()), {})]
        return {}, [*source.problems, *wrong]
    entries: dict[int, Withdrawn] = {}
    problems: list[Problem] = []
    for index, item in enumerate(source.data):
        entry, found = make_record(Withdrawn, item, partial(_place, source, index), context_of(catalog))
        found = found if entry is None else list(_wrong(entry, entries, source.place((index,)), as_of))
        problems += found
        if entry is not None and not found:
            entries[index] = entry
    return entries, [*source.problems, *without_spoiled(problems, (source,))]


def _place(source: Source, index: int, route: Route) -> Place:
    return source.place((index, *route))


def _wrong(entry: Withdrawn, before: Mapping[int, Withdrawn], place: Place, as_of: date) -> Iterator[Problem]:
    """An entry names a whole before its part, a day that has come, and what no entry before it has named."""
    for part, whole in _NEEDS:
        if getattr(entry, part) is not None and getattr(entry, whole) is None:
            yield Problem("key-missing", "error", place, {"field": whole})
    if entry.withdrawn_on > as_of:
        facts = {"value": entry.withdrawn_on, "suggestion": as_of}
        yield Problem("withdrawn-in-future", "error", place / "withdrawn_on", facts)
    if name_of(entry) in map(name_of, before.values()):
        yield Problem("withdrawn-twice", "error", place, {"value": name_of(entry)})


def name_of(entry: Withdrawn) -> str:
    """Return what an entry is about, in one word: ``permit``, ``permit/time``, ``permit/time/2026-09//north``."""
    parts = (getattr(entry, name) for name in _KEY)
    return "/".join(getattr(part, "code", part) or "" for part in parts).rstrip("/")


def check_withdrawn(
    data: AgencyData, services: Mapping[str, Service | None], rows: Sequence[Observation]
) -> Iterator[Problem]:
    """What withdrawn.yml names is in no other file; an id that was withdrawn is never used again."""
    for index, entry in data.withdrawn.items():
        if _is_there(entry, services, rows):
            place = Place(f"agencies/{data.agency_id}/{FILE}", (index, "service_id"))
            yield Problem("withdrawn-still-there", "error", place, {"value": name_of(entry)})


def _is_there(entry: Withdrawn, services: Mapping[str, Service | None], rows: Sequence[Observation]) -> bool:
    if entry.level_id is None:
        return entry.service_id in services
    if entry.period is None:
        service = services.get(entry.service_id)
        return any(level.id == entry.level_id for level in (service and service.service_levels) or ())
    return any(covers(entry, row) for row in rows)


def covers(entry: Withdrawn, row: Observation) -> bool:
    """Return whether a row is among what an entry names: what it leaves out, it says of all."""
    return all(wanted is None or wanted == getattr(row, name) for name in _KEY for wanted in [getattr(entry, name)])
