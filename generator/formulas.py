"""What a formula on a page comes to, worked out from the published tables and from nothing else.

``volume`` is a sum over the periods that the page names; ``volume@2026-09`` is a cell: of a period, of its revision
``2026-09r0``, of the target that begins on a day, or ``@.`` of the promise; ``verdict=met@first..last`` counts results.
``services:type=permit`` counts rows of a table, after ``;`` different cells only; ``services.steps:`` sums cells.
``a/b`` is in per cent, ``a~b`` less b.  ``2026-09`` is its year, ``first..last`` how many periods, ``=60`` a mark of a
scale, ``typed`` no figure of ours.  It imports nothing of the generator, so that no mistake of it can be repeated here.
"""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

Row = dict[str, str]

LITERALS = ("0", "1", "9", "10", "12", "60", "100")
PERIOD = re.compile(r"(FY)?(\d{4})(?:-([QH]?)(\d+))?")
DAY = re.compile(r"(\d{4})-\d\d-(\d\d)")


class Known(NamedTuple):
    """Rows by table and path, an agency's cells by path and place in time, and what the numbers at hand are about."""

    starts: int  # the month in which a fiscal year begins
    ahead: int  # years that the reader's era is ahead
    rows: dict[str, dict[str, list[Row]]]
    cells: dict[str, dict[str, Row]]
    html: str = ""
    path: str = ""
    span: str = ""


class Value(NamedTuple):
    """A number; or a part of ``whole``, in per cent and cut off, but never so that it seems to cross ``share``."""

    number: Decimal
    whole: Decimal | None = None
    share: Decimal | None = None


def values(known: Known, formula: str, row: str) -> Iterator[Value | None]:
    """Yield the numbers of a formula: none of an empty cell, None where any is right; ``row`` names that of a table."""
    name = row if formula == "at" else cell(known, formula, row) if formula == "reported_on" else formula
    (first, _, last), day = name.partition(".."), DAY.fullmatch(name)
    if name == "typed":
        yield None
    elif day:
        yield from (Value(Decimal(day[2])), Value(Decimal(day[1]) + known.ahead))
    elif name in LITERALS or re.fullmatch(r"Q\d|=[\d.]+", name):
        yield Value(Decimal(name.lstrip("Q=")))
    elif PERIOD.fullmatch(first):
        start, end = months(first, known.starts)
        if last:
            yield Value(Decimal((months(last, known.starts)[1] - start) // (end - start)))
        elif first.startswith("FY") and "-" in first:  # a half of a fiscal year is called after its months
            yield Value(Decimal(start // 12 + known.ahead))
        yield from () if last else (Value(Decimal((end - 1) // 12 + known.ahead)),)
    elif name:
        top, _, below = name.partition("/")
        below = "1" if top.startswith("reported_attainment") else below
        number, whole = total(known, top, row), total(known, below, row) if below else None
        if number is not None and (whole or not below):
            share = (
                total(known, re.sub(r"^\w+", "target_share", top), row)
                if below not in ("", "1") and ":" not in below
                else None
            )
            yield Value(number, whole, share)


def total(known: Known, term: str, row: str) -> Decimal | None:
    """Return a sum of cells or a number of rows; None of an empty cell."""
    more, _, less = term.partition("~")
    if less or "+" in more:
        parts = (total(known, one, row) or Decimal(0) for one in more.split("+"))
        return sum(parts, -(total(known, less or "0", row) or Decimal(0)))
    if term in LITERALS:
        return Decimal(term)
    if ":" in term:
        return Decimal(_count(known, *term.split(":")))
    column, _, when = term.partition("@")
    if "/" not in known.path:
        return Decimal(_of_year(known, *months(when, known.starts))[column])
    if column == "owed":
        (first, _, last), rows = when.partition(".."), known.cells[known.path]
        return Decimal(_due(known, rows["."], months(first, known.starts)[0], months(last, known.starts)[1]))
    (name, _, value), found = column.partition("="), results(known, when or row)
    if value:
        return Decimal(sum(one[name] == value for one in found))
    if _spans(when or row) and not column.startswith("target"):
        hidden = row and any(one["verdict"] == "suppressed" for one in found)
        counted = [int(one[column]) for one in found if one["attainment"] and not hidden]
        return Decimal(sum(counted)) if counted else None
    text = cell(known, term, row)
    return Decimal(text) * (100 if column == "target_share" else 1) if text else None


def cell(known: Known, term: str, row: str) -> str:
    """Return what a column has at a place in time, or in every result of a span; in a table only beside a volume."""
    column, _, when = term.partition("@")
    alone = bool(when) or not row or column == "revision" or column.startswith("target")
    found = [one for one in results(known, when or row) if one.get("attainment") or not _spans(when or row)]
    texts = {one.get(column, "") for one in found if alone or one.get("volume")} - {"0" if column == "revision" else ""}
    return texts.pop() if len(texts) == 1 else ""


def results(known: Known, when: str) -> list[Row]:
    """Return the cells of a promise at a place in time, or of a part of it ("/channel", "//office") over its periods."""
    part, when = (when, known.span) if when.startswith("/") else ("", when or known.span)
    (first, _, last), cells = when.partition(".."), known.cells.get(known.path + part, {})
    if last:
        return [row for one, row in cells.items() if first <= one <= last and kind(one) == kind(first)]
    return [cells[when]] if when in cells else [target(known, known.path, when)] if PERIOD.fullmatch(when) else []


def _spans(when: str) -> bool:
    return ".." in when or when[:1] in ("", "/")


def _count(known: Known, head: str, tests: str) -> int:
    (table, _, column), (tests, _, by) = head.partition("."), tests.partition(";")
    if table == "drawn":  # on the page itself
        return known.html.count(f'class="{column} {tests}"' if tests else f'class="{column}"')
    rows = known.rows.get(table, {}).get(known.path, [])
    for name, unlike, value in re.findall(r"(\w+)(!?)=([^,]*)", tests):
        rows = [row for row in rows if (value in row[name].split(";")) != bool(unlike)]
    if by:
        return len({tuple(row[one] for one in by.split(",")) for row in rows})
    return sum(int(row.get(column) or 0) for row in rows) if column else len(rows)


def _of_year(known: Known, start: int, end: int) -> Counter[str]:
    """Return how many promises of an agency had each verdict in a year, and how many reports came and were due."""
    found = Counter[str]()
    for rows in known.cells.values():
        level = rows.get(".", {})
        if level.get("owed"):
            spans = {one: months(one, known.starts) for one in rows if kind(one) == kind(level["span_first"])}
            told = [rows[one] for one, (first, last) in spans.items() if start <= first and last <= end]
            owed = [one.split("..") for one in level["owed"].split(";")]
            came = [row for row in told if any(first <= row["period"] <= last for first, last in owed)]
            due = _due(known, level, start, end)
            received = sum(row["verdict"] != "not_reported" for row in came)
            found.update({"reports_due": due, "reports_received": received, f"promises_{verdict(told)}": due > 0})
    return found


def _due(known: Known, level: Row, start: int, end: int) -> int:
    """Return how many reports of a promise are due for periods within these months."""
    first, last = months(level["span_first"], known.starts)
    spans = [[months(code, known.starts) for code in one.split("..")] for one in level["owed"].split(";")]
    owed = (month for begins, ends in spans for month in range(begins[0], ends[1], last - first))
    return sum(start <= month and month + last - first <= end for month in owed)


def target(known: Known, path: str, code: str) -> Row:
    """Return the target of a promise that is in force on the first day of a period."""
    first, level = months(code, known.starts)[0], "/".join(path.split("/")[:3])
    day = f"{first // 12}-{first % 12 + 1:02}-01"
    begun = [row for one, row in known.cells.get(level, {}).items() if DAY.fullmatch(one) and one <= day]
    return next((row for row in begun if day <= (row["target_valid_to"] or day)), {})


def verdict(rows: list[Row]) -> str:
    """Return the verdict on some results, against the target in force in each of their periods."""
    judged = [row for row in rows if row["within_target"] and row["volume"] not in ("", "0")]
    if not judged or not all(row["target_share"] for row in judged):
        return "no_target" if judged else "no_cases" if any(row["volume"] == "0" for row in rows) else "not_reported"
    needed = sum(Decimal(row["target_share"]) * int(row["volume"]) for row in judged)
    return "met" if sum(int(row["within_target"]) for row in judged) >= needed else "missed"


@lru_cache(4096)
def months(code: str, starts: int) -> tuple[int, int]:
    """Return the first month of a period, and the first that is no part of it."""
    found = PERIOD.fullmatch(code)
    if found is None:
        raise ValueError(f"no period: {code}")
    fiscal, year, letter, part = found.groups("")
    size = {"Q": 3, "H": 6}.get(letter, 1) if part else 12
    first = int(year) * 12 + (int(part or 1) - 1) * size - (13 - starts if fiscal and starts > 1 else 0)
    return first, first + size


@lru_cache(65536)
def kind(when: str) -> str:
    """Return the form of a place in time: months have one, quarters another."""
    return re.sub(r"\d", "0", when)
