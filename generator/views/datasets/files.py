"""Tables become files: CSV, JSON and XLSX.  The same input gives the same bytes."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import orjson
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from generator.periods import Period
from generator.texts import Strings
from generator.views.datasets.columns import Column, Table

# What a spreadsheet would run: the signs, the tab, and their full-width forms (section 12).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
XLSX_CELL = 32_767


def csv_text(table: Table, rows: Iterable[Sequence[str]], header: bool = True) -> str:
    """Return rows as RFC 4180 has them, with LF; text that a spreadsheet would run gets a leading apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if header:
        writer.writerow(table.header)
    free = [at for at, column in enumerate(table.columns) if column.kind == "text"]
    writer.writerows(_harmless(row, free) for row in rows)
    return out.getvalue()


def _harmless(row: Sequence[str], free: Sequence[int]) -> Sequence[str]:
    risky = [at for at in free if row[at].startswith(FORMULA_STARTS)]
    if not risky:
        return row
    changed = list(row)
    for at in risky:
        changed[at] = "'" + changed[at]
    return changed


def typed(column: Column, text: str) -> object:
    """Return a cell as a value: None for an empty one, a number, a truth value, or its text."""
    if not text:
        return None
    if column.kind == "integer":
        return int(text)
    if column.kind == "number":
        return float(text)
    return text == "true" if column.kind == "boolean" else text


def json_table(table: Table, rows: Sequence[Sequence[str]]) -> dict[str, object]:
    """Return ``{columns: [...], rows: [[...]]}`` without the columns that are empty in every row."""
    kept = [at for at in range(len(table.columns)) if any(row[at] for row in rows)]
    columns = [table.columns[at] for at in kept]
    return {
        "columns": [column.name for column in columns],
        "rows": [[typed(column, row[at]) for at, column in zip(kept, columns, strict=True)] for row in rows],
    }


def json_bytes(value: object) -> bytes:
    """Return a value as JSON: records by the contract's names, days as ISO, decimals as numbers."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
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


def xlsx_bytes(
    sheets: Sequence[tuple[Table, Sequence[Sequence[str]]]],
    about: Sequence[Sequence[str]],
    as_of: date,
    words: Sequence[Strings],
) -> bytes:
    """Return a workbook: what it is, then one sheet per table, then what the columns mean.  No cell is a formula."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)})
        strong = book.add_format({"bold": True})
        _about_sheet(book.add_worksheet(words[0]("data.sheet_about")[:31]), about)
        for table, rows in sheets:
            _table_sheet(book.add_worksheet(table.name), table, rows, strong)
        columns = {column.meaning: column for table, _ in sheets for column in table.columns}
        _columns_sheet(book.add_worksheet(words[0]("data.sheet_columns")[:31]), tuple(columns.values()), strong, words)
    return out.getvalue()


def _about_sheet(sheet: Worksheet, lines: Sequence[Sequence[str]]) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text[:XLSX_CELL])


def _table_sheet(sheet: Worksheet, table: Table, rows: Sequence[Sequence[str]], strong: Format) -> None:
    kept = [at for at in range(len(table.columns)) if at < len(table.primary_key) or any(row[at] for row in rows)]
    for place, at in enumerate(kept):
        sheet.write_string(0, place, table.columns[at].name, strong)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), max(len(kept) - 1, 0))
    sheet.set_column(0, max(len(kept) - 1, 0), 16)
    numeric = [table.columns[at].kind in ("integer", "number") for at in kept]
    for number, row in enumerate(rows, start=1):
        for place, at in enumerate(kept):
            text = row[at]
            if not text:
                continue
            if numeric[place]:
                sheet.write_number(number, place, float(text))
            else:
                sheet.write_string(number, place, text[:XLSX_CELL])


def _columns_sheet(sheet: Worksheet, columns: Sequence[Column], strong: Format, words: Sequence[Strings]) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, len(words), 80)
    sheet.write_string(0, 0, words[0]("column.column"), strong)
    for place, language in enumerate(words, start=1):
        sheet.write_string(0, place, language("column.meaning"), strong)
        for row, column in enumerate(columns, start=1):
            sheet.write_string(row, 0, column.name)
            sheet.write_string(row, place, meaning(column, language))


def meaning(column: Column, words: Strings) -> str:
    """Return what a column means, in words, with its language or unit where it has one."""
    told = words(column.meaning)
    if column.language:
        return words("data.in_language", meaning=told, language=column.language)
    return words("data.with_unit", meaning=told, unit=words("data.unit." + column.unit)) if column.unit else told
