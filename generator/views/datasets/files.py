"""Tables become files: CSV and JSON.  The same input gives the same bytes."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import orjson

from generator.periods import Period
from generator.texts import Strings
from generator.views.datasets.columns import Column, Kind, Table

Cell = str | int | None  # a count is a number; everything else is the text that CSV has; "" and None are empty
Row = Sequence[Cell]
Columns = Sequence[Sequence[Cell]]  # one for each of a table's columns
Typed = Sequence[Sequence[object]]  # the same, with numbers, truth values and None

# What a spreadsheet would run: the signs, the tab, and their full-width forms (section 12).  A text that has apostrophes
# before such a character gets one more, so that taking the first one off always gives back what was typed.
RUNS = re.compile("'*[=+\\-@\t\r＝＋－＠]")
GUARDED = "^'('*[=+\\-@\t\r＝＋－＠])"
_GUARDED = re.compile(GUARDED)


def csv_text(table: Table, rows: Sequence[Row], header: bool = True) -> str:
    """Return rows as RFC 4180 has them, with LF; text that a spreadsheet would run gets a leading apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if header:
        writer.writerow(table.header)
    typed = (at for at, column in enumerate(table.columns) if column.kind == "text")
    risky = [at for at in typed if any(_runs(row[at]) for row in rows)]
    writer.writerows([_harmless(row, risky) for row in rows] if risky else rows)
    return out.getvalue()


def _harmless(row: Row, risky: Sequence[int]) -> Row:
    return [f"'{value}" if at in risky and _runs(value) else value for at, value in enumerate(row)]


def _runs(value: Cell) -> bool:
    return bool(value) and RUNS.match(str(value)) is not None


def unguarded(text: str) -> str:
    """Return a text as it was typed: without the apostrophe that CSV puts before what a spreadsheet would run."""
    return text[1:] if _GUARDED.match(text) else text


def by_column(table: Table, rows: Sequence[Row]) -> Columns:
    """Return the cells of each column."""
    return list(zip(*rows, strict=True)) if rows else [()] * len(table.columns)


def typed(table: Table, columns: Columns) -> Typed:
    """Return the cells of each column as JSON has them; few of a column's are different, so each is read once."""
    return [_typed(column.kind, cells) for column, cells in zip(table.columns, columns, strict=True)]


def json_table(table: Table, columns: Typed) -> dict[str, object]:
    """Return ``{columns: [...], rows: [[...]]}`` without the columns that are empty in every row."""
    kept = [at for at, cells in enumerate(columns) if cells.count(None) < len(cells)]
    return {
        "columns": [table.columns[at].name for at in kept],
        "rows": list(zip(*(columns[at] for at in kept), strict=True)),
    }


def _typed(kind: Kind, cells: Sequence[Cell]) -> list[object]:
    values = {cell: _value(kind, cell) for cell in set(cells)}
    return [values[cell] for cell in cells]


def _value(kind: Kind, cell: Cell) -> object:
    if cell is None or cell == "":
        return None
    if kind == "integer":
        return int(cell)
    if kind == "number":
        return number(str(cell))
    return cell == "true" if kind == "boolean" else cell


def number(text: str) -> int | float:
    """Return a number as JSON has it: 15 and not 15.0, 0.9 as it is."""
    return int(text) if text.isdecimal() else float(text)


def json_bytes(value: object) -> bytes:
    """Return a value as JSON: records by the contract's names, days as ISO, decimals as numbers."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return number(f"{value:f}")
    if isinstance(value, Period):
        return value.code
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


def write(path: Path, content: str | bytes) -> int:
    """Write a file, its folder too, and return its size in bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(data)
    return len(data)


def meaning(column: Column, words: Strings) -> str:
    """Return what a column means, in words, with its language or unit where it has one."""
    told = words(column.meaning)
    if column.language:
        return words("data.in_language", meaning=told, language=column.language)
    return words("data.with_unit", meaning=told, unit=words("data.unit." + column.unit)) if column.unit else told


def meaning_in_csv(column: Column, words: Strings) -> str:
    """Return what a column means, and, where it holds text, that an apostrophe may stand before it."""
    told = meaning(column, words)
    return f"{told}. {words('data.guard')}" if column.kind == "text" else told
