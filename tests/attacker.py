"""Somebody who wants to know what is withheld: reads published files only, and works out what they leave open.

Of every count that is not shown the least and the most are found by linear programming, over everything that a reader
may suppose of the rows of one level: counts are whole and not below 0, cases are those in time and those late, the rows
by channel, those by office and those by both add up to the row of all, those by both to the rows by channel and by
office, and the months of a quarter to it.  What the rows of all say alone gives nothing away, for they are always shown.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby, product
from math import ceil, floor, inf
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import orjson
from published import csv_rows, json_rows
from pyarrow import parquet
from scipy.optimize import linprog

from generator.periods import Period, read_period

OTHER_COUNTS = (
    "received", "backlog", "backlog_overdue", "excluded", "delay_notices_due", "delay_notices_sent", "complaints",
)  # fmt: skip
COUNTS = ("volume", "within_target", "late", *OTHER_COUNTS)
FISCAL_YEAR_STARTS = 10


class Cell(NamedTuple):
    """What a row is about, whatever its revision."""

    period: Period
    channel_id: str
    office_id: str

    @property
    def is_part(self) -> bool:
        """Return whether the row is by channel or office."""
        return bool(self.channel_id or self.office_id)


Row = Mapping[str, str]
Revisions = dict[int, Row]
Known = Mapping[Cell, Row]  # one revision of each row


def published_rows(site: Path) -> dict[tuple[str, str, str], dict[Cell, Revisions]]:
    """Return every row in any file of data by its level, its place and its revision; a figure in any file counts."""
    levels: dict[tuple[str, str, str], dict[Cell, Revisions]] = {}
    for row in _rows_of_all_files(site):
        period = read_period(row["period"], FISCAL_YEAR_STARTS)
        assert period is not None
        level = levels.setdefault((row["agency_id"], row["service_id"], row["level_id"]), {})
        revisions = level.setdefault(Cell(period, row["channel_id"], row["office_id"]), {})
        known = revisions.get(int(row["revision"]), {})
        revisions[int(row["revision"])] = {name: known.get(name) or row[name] for name in row}
    return levels


def _rows_of_all_files(site: Path) -> Iterator[Row]:
    yield from csv_rows(site / "data/performance.csv")
    yield from csv_rows(site / "data/history.csv")
    for path in sorted((site / "data/agencies").rglob("*")):
        if path.suffix == ".csv":
            yield from csv_rows(path)
        elif path.suffix == ".json":
            rows = json_rows(orjson.loads(path.read_bytes())["performance"])
            yield from map(_as_text, rows)
        elif path.suffix == ".xlsx":
            yield from _sheet_rows(path)
    yield from map(_as_text, parquet.read_table(site / "data/performance.parquet").to_pylist())
    yield from _sheet_rows(site / "data/performance.xlsx")


def _sheet_rows(path: Path) -> Iterator[Row]:
    header, *rows = openpyxl.load_workbook(path)["performance"].values
    yield from (_as_text(dict(zip(header, row, strict=True))) for row in rows)


def _as_text(row: Mapping[Any, Any]) -> Row:
    told = {str(name): "" if value is None else str(value) for name, value in row.items()}
    return {"channel_id": "", "office_id": "", **dict.fromkeys(("volume", "within_target", *OTHER_COUNTS), ""), **told}


def printed_sums(html: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the sums by channel and office on a service's page: cases in time and all of them, empty where withheld."""
    found = re.finditer(r'data-at="(//?)([^"/]+)"[^>]*>.*?</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td>', html)
    return {("channel" if one[1] == "/" else "office", one[2]): (one[3], one[4]) for one in found}


@dataclass(slots=True)
class Suppositions:
    """Unknown numbers with their least and most, and the sums that they are supposed to obey."""

    bounds: list[tuple[float, float]] = field(default_factory=list)
    sums: list[dict[int, int]] = field(default_factory=list)  # factors by unknown; all of them come to 0

    def unknown(self, value: int | None) -> int:
        """Add a number, fixed where it is known, and return its place."""
        self.bounds.append((0, inf) if value is None else (value, value))
        return len(self.bounds) - 1

    def add(self, whole: int, parts: Sequence[int]) -> None:
        """Suppose that the parts add up to the whole."""
        self.sums.append({whole: 1, **dict.fromkeys(parts, -1)})

    def range_of(self, place: int) -> tuple[float, float] | None:
        """Return the least and the most that a number can be; None where the suppositions contradict each other."""
        least, most = self._best(place, 1), self._best(place, -1)
        return None if least is None or most is None else (least, -most)

    def _best(self, place: int, sign: int) -> float | None:
        costs, matrix = [0] * len(self.bounds), [[0] * len(self.bounds) for _ in self.sums]
        costs[place] = sign
        for row, factors in zip(matrix, self.sums, strict=True):
            for at, factor in factors.items():
                row[at] = factor
        sums = {"A_eq": matrix, "b_eq": [0] * len(matrix)} if matrix else {}
        found = linprog(costs, bounds=self.bounds, method="highs", **sums)
        if found.status == 2:
            return None
        return round(found.fun, 6) if found.status == 0 else -inf


Line = tuple[Cell, tuple[Cell, ...]]


def lines_of(cells: Sequence[Cell]) -> Iterator[Line]:
    """Yield what a reader may suppose to add up: a row, and the rows that may be all its parts."""
    for period, found in groupby(sorted(cells), key=lambda cell: cell.period):
        rows = list(found)
        channels = [row for row in rows if row.channel_id and not row.office_id]
        offices = [row for row in rows if row.office_id and not row.channel_id]
        both = [row for row in rows if row.channel_id and row.office_id]
        yield from ((Cell(period, "", ""), tuple(parts)) for parts in (channels, offices, both))
        yield from ((one, tuple(row for row in both if row.channel_id == one.channel_id)) for one in channels)
        yield from ((one, tuple(row for row in both if row.office_id == one.office_id)) for one in offices)
    for cell in cells:
        shorter = [one for one in cells if one[1:] == cell[1:] and one != cell and _within(one.period, cell.period)]
        if (
            sum((one.period.end - one.period.start).days for one in shorter)
            == (cell.period.end - cell.period.start).days
        ):
            yield cell, tuple(shorter)


def _within(shorter: Period, longer: Period) -> bool:
    return longer.start <= shorter.start and shorter.end <= longer.end


def scenes_of(level: Mapping[Cell, Revisions]) -> Iterator[Known]:
    """Yield which revisions may belong together: the newest or the oldest of all, and of all rows with those of parts."""
    pick: tuple[Callable[[Revisions], int], ...] = (max, min)
    told = set()
    for of_all in pick:
        for of_parts in pick:
            chosen = {cell: (of_parts if cell.is_part else of_all)(rows) for cell, rows in level.items()}
            if tuple(chosen.values()) not in told:
                told.add(tuple(chosen.values()))
                yield {cell: level[cell][revision] for cell, revision in chosen.items()}


class Found(NamedTuple):
    """What was found out of one count that is not shown, and how far the rows of all alone narrow it down."""

    cell: Cell
    count: str
    least: float
    most: float
    by_all: float


def attack(level: Mapping[Cell, Revisions], below: int) -> Iterator[Found]:
    """Yield the counts of withheld rows that are given away: known closer than ``below``, and than the rows of all tell."""
    for known in scenes_of(level):
        lines = [(whole, parts) for whole, parts in lines_of(list(known)) if whole in known and len(parts) > 1]
        told = [(name,) for name in OTHER_COUNTS if any(row[name] for row in known.values())]
        for counts in (("volume", "within_target", "late"), *told):
            together = _attack(known, lines, counts, below)
            apart = (_attack(known, [line], counts, below) or () for line in lines)
            yield from chain.from_iterable(apart) if together is None else together


def _attack(known: Known, lines: Sequence[Line], counts: Sequence[str], below: int) -> list[Found] | None:
    """Return what the sums tell; None where they contradict each other, so that nothing follows from them together."""
    supposed, places = _suppose(known, lines, counts)
    summed = {cell for whole, parts in lines for cell in (whole, *parts)}
    withheld = (cell for cell, row in known.items() if cell.is_part and row["verdict"] == "suppressed")
    found = []
    for cell, count in product((cell for cell in withheld if cell in summed), counts):
        ends = supposed.range_of(places[cell, count])
        if ends is None:
            return None
        least, most = ends
        if most - least >= below or (least == most and least in _shown_above(known, cell, count)):
            continue
        by_all = _by_all(known, lines, counts, (cell, count))
        if floor(most) - ceil(least) < min(below, by_all):
            found.append(Found(cell, count, least, most, by_all))
    return found


def _by_all(known: Known, lines: Sequence[Line], counts: Sequence[str], place: tuple[Cell, str]) -> float:
    """Return how wide a range is for somebody who knows the rows of all only, which are always shown."""
    nothing = dict.fromkeys(COUNTS, "")
    supposed, places = _suppose(
        {cell: {**row, **nothing} if cell.is_part else row for cell, row in known.items()}, lines, counts
    )
    ends = supposed.range_of(places[place])
    return 0 if ends is None else ends[1] - ends[0]


def _shown_above(known: Known, cell: Cell, count: str) -> frozenset[int]:
    """Return what is no news where rows by both are sent: that there are none, or what a row says that is shown.

    Of a row by both that is a row it is a part of; an office that has one channel only may be all or none of it too.
    """
    period, channel_id, office_id = cell
    both = [one for one in known if one.period == period and one.channel_id and one.office_id]
    if not both:
        return frozenset()
    channels = [channel_id] if channel_id else sorted({one.channel_id for one in both if one.office_id == office_id})
    above = (Cell(period, "", ""), *(Cell(period, one, "") for one in channels), Cell(period, "", office_id))
    shown = [count_of(known[one], count) for one in above if one in known and one != cell]
    return frozenset(filter(None, shown)) | {0}


def _suppose(
    known: Known, lines: Sequence[Line], counts: Sequence[str]
) -> tuple[Suppositions, dict[tuple[Cell, str], int]]:
    supposed = Suppositions()
    places = {(cell, count): supposed.unknown(count_of(row, count)) for cell, row in known.items() for count in counts}
    for whole, parts in lines:
        for count in counts:
            supposed.add(places[whole, count], [places[part, count] for part in parts])
    if "late" in counts:
        for cell in known:
            supposed.add(places[cell, "volume"], [places[cell, "within_target"], places[cell, "late"]])
    return supposed, places


def count_of(row: Row, count: str) -> int | None:
    """Return a count of a row, None where it is not shown."""
    if count == "late":
        both = (row["volume"], row["within_target"])
        return int(both[0]) - int(both[1]) if all(both) else None
    return int(row[count]) if row[count] else None


def _above(known: Known, cell: Cell, count: str) -> tuple[int | None, frozenset[int]]:
    """Return a count of the row of all, and of the rows by channel or office that a row by both is a part of."""
    period, channel_id, office_id = cell
    wholes = (Cell(period, "", ""), Cell(period, channel_id, ""), Cell(period, "", office_id))
    shown = [count_of(known[one], count) for one in wholes if one in known]
    return (count_of(known[wholes[0]], count) if wholes[0] in known else None), frozenset(filter(None, shown)) | {0}
