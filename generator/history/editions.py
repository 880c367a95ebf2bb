"""One agency's part of a published site, as its own tables say it: places, promises and rows.

Everything is text as CSV has it, so that what is read from a site and what is made from data are the same.
"""

import csv
import io
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from generator.views.datasets.columns import ROW_KEY, tables_by_name

Cells = Mapping[str, str]  # by the columns' names, without the empty ones
Name = tuple[str, str]  # service and level; both empty for the agency, the level for a service
Lines = Sequence[Sequence[str]]

AGENCY: Name = ("", "")
DEFINITION = ("measure", "clock_starts", "clock_stops", "clock_pauses")
PROMISE = ("target_share", "target_limit", "target_unit")
OPEN_END = ".."  # ISO 8601-2: an interval that has no end yet


class RowKey(NamedTuple):
    """Which row a figure stands in."""

    service_id: str
    level_id: str
    period: str
    channel_id: str
    office_id: str
    revision: str


class Promise(NamedTuple):
    """A target with its days; ``valid_to`` is the last one, or the last day there is.  ``said`` holds share, limit, unit, reasons."""

    valid_from: date
    valid_to: date
    said: Cells


@dataclass(frozen=True, slots=True)
class Edition:
    """What one agency's part of a site says; ``promises`` is None where the site published none.

    ``gone`` are the names that were there once, with the titles that they had.  ``hidden`` are the rows whose figures are
    withheld by us alone.
    """

    as_of: date
    places: Mapping[Name, Cells] = field(default_factory=dict)
    promises: Mapping[Name, tuple[Promise, ...]] | None = field(default_factory=dict)
    rows: Mapping[RowKey, Cells] = field(default_factory=dict)
    gone: Mapping[Name, str] = field(default_factory=dict)
    hidden: frozenset[RowKey] = frozenset()


class Sheet(NamedTuple):
    """Lines of one table, with their heading."""

    header: Sequence[str]
    lines: Lines

    @property
    def records(self) -> Iterator[dict[str, str]]:
        """Yield every line by the columns' names."""
        return (dict(zip(self.header, line, strict=True)) for line in self.lines)


EMPTY = Sheet((), ())
KEY = slice(1, 6)  # of a line of results: service, level, period, channel and office stand after the agency


@lru_cache(maxsize=8)
def fields_of(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of a row that an agency reports beside its key: what is worked out follows from them."""
    reported = tables_by_name(languages)["performance"].header
    return tuple(name for name in reported[: reported.index("measure")] if name not in (*ROW_KEY, "revision"))


def lines_of(text: str) -> list[list[str]]:
    """Return the lines of a CSV text."""
    return list(csv.reader(io.StringIO(text, newline="")))


def differing(old: Sequence[Sheet], new: Sequence[Sheet]) -> tuple[list[Sheet], list[Sheet]]:
    """Return two sets of results without the rows that are the same in both, all revisions of them: most are."""
    lines = [{tuple(line) for sheet in sheets for line in sheet.lines} for sheets in (old, new)]
    keys = {line[KEY] for line in lines[0] ^ lines[1]}
    return [_only(sheet, keys) for sheet in old], [_only(sheet, keys) for sheet in new]


def _only(sheet: Sheet, keys: Container[tuple[str, ...]]) -> Sheet:
    return Sheet(sheet.header, [line for line in sheet.lines if tuple(line[KEY]) in keys])


def rows_of(sheet: Sheet, languages: tuple[str, ...]) -> Iterator[tuple[RowKey, Cells]]:
    """Yield every row of a table of results by its key."""
    wanted = fields_of(languages)
    names = tuple(name for name in sheet.header if name in wanted)
    if not names:
        return
    key = itemgetter(*map(sheet.header.index, RowKey._fields))
    cells = itemgetter(*map(sheet.header.index, names))
    for line in sheet.lines:
        yield RowKey(*key(line)), {name: value for name, value in zip(names, cells(line), strict=True) if value}


def places_of(tables: Mapping[str, Sheet], first_language: str) -> Iterator[tuple[Name, Cells]]:
    """Yield the agency, its services and their levels."""
    for table, keys, columns in (
        ("agencies", (), ("status", "demonstration")),
        ("services", ("service_id",), ("status",)),
        ("service_levels", ("service_id", "level_id"), DEFINITION),
    ):
        for record in tables.get(table, EMPTY).records:
            service_id, level_id = (*(record[key] for key in keys), "", "")[:2]
            said = {"title": record.get(f"title_{first_language}", "")} | {name: record[name] for name in columns}
            yield (service_id, level_id), {name: value for name, value in said.items() if value}


def promises_of(sheet: Sheet) -> dict[Name, tuple[Promise, ...]]:
    """Return every promise of every level, in the order of their days."""
    found: dict[Name, list[Promise]] = {}
    for record in sheet.records:
        said = {name: value for name, value in record.items() if value and name.startswith((*PROMISE, "reason_"))}
        promise = _promise(record["target_valid_from"], record["target_valid_to"], said)
        found.setdefault((record["service_id"], record["level_id"]), []).append(promise)
    return {name: tuple(sorted(promises, key=itemgetter(0))) for name, promises in found.items()}


def _promise(valid_from: str, valid_to: str, said: Cells) -> Promise:
    last = date.fromisoformat(valid_to) if valid_to not in ("", OPEN_END) else date.max
    return Promise(date.fromisoformat(valid_from), last, said)


# ---- what is withheld, as facts of one value each ----

FACT = (*RowKey._fields, "field", "old_value")


def facts_of(edition: Edition) -> Iterator[tuple[str, ...]]:
    """Yield every value of an edition with its key, in order."""
    for name, cells in sorted(edition.places.items()):
        yield from ((*name, "", "", "", "", *cell) for cell in sorted(cells.items()))
    for name, promises in sorted((edition.promises or {}).items()):
        for promise in promises:
            yield from ((*name, _days(promise), "", "", "", *cell) for cell in sorted(promise.said.items()))
    for key, cells in sorted(edition.rows.items()):
        yield from ((*key, *cell) for cell in sorted(cells.items()))


def _days(promise: Promise) -> str:
    last = OPEN_END if promise.valid_to == date.max else promise.valid_to.isoformat()
    return f"{promise.valid_from.isoformat()}/{last}"


def edition_of_facts(as_of: date, facts: Iterable[Mapping[str, str]]) -> Edition:
    """Return the edition that facts make: each is a value with its key."""
    cells: dict[RowKey, dict[str, str]] = {}
    for fact in facts:
        key = RowKey(*(fact[name] for name in RowKey._fields))
        cells.setdefault(key, {})[fact["field"]] = fact["old_value"]
    promises: dict[Name, tuple[Promise, ...]] = {}
    for key, said in sorted(cells.items()):
        if "/" in key.period:
            valid_from, _, valid_to = key.period.partition("/")
            promises[key[:2]] = (*promises.get(key[:2], ()), _promise(valid_from, valid_to, said))
    places = {key[:2]: said for key, said in cells.items() if not key.period}
    rows = {key: said for key, said in cells.items() if key.period and "/" not in key.period}
    return Edition(as_of, places, promises, rows)


def together(one: Edition, other: Edition) -> Edition:
    """Return what either edition says; where both speak of a thing, the first is right."""
    promises = None if one.promises is None else {**(other.promises or {}), **one.promises}
    return Edition(
        one.as_of, {**other.places, **one.places}, promises, {**other.rows, **one.rows}, one.gone, one.hidden
    )
