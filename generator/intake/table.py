"""A CSV file as columns: its header is known, every row has as many cells, and what is not so is said.

Section 7 of the data contract names the columns.  A file whose header or encoding is wrong gives no columns; its rows
are ``lost``, with the cells under those column names that could be read, so that what they correct is not shown instead.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from generator.intake.hygiene import shown
from generator.intake.nearest import nearest
from generator.intake.read_csv import Row, Sheet, locate_cell, read_rows
from generator.intake.read_text import CSV_BYTES, read_file
from generator.problems import Fault, Place, Position, Problem, Withheld
from generator.values import LANGUAGE_PATTERN

REQUIRED: Final = ("service_id", "level_id", "period", "volume", "within_target")
COUNTS: Final = (
    "volume",
    "within_target",
    "received",
    "backlog",
    "backlog_overdue",
    "excluded",
    "delay_notices_due",
    "delay_notices_sent",
    "complaints",
)
TIMES: Final = ("median", "p90")
KEYS: Final = ("service_id", "level_id", "period", "channel_id", "office_id", "revision")
COLUMNS: Final = (*KEYS, *COUNTS, *TIMES, "status", "reported_on", "reported_attainment")
NOTE: Final = "note_"
MOST_TOLD: Final = 50  # columns: a header with more that are wrong is told enough by these
_NOT_OPENED: Final = ("file-too-large", "file-unreadable")


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file: the line each row begins on, and its columns under their names.

    ``lost`` are the rows that could not be read: the line, and the cells whose column is certain.
    """

    file: str
    lines: Sequence[int] = ()
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lost: tuple[tuple[int, Mapping[str, str]], ...] = ()
    problems: tuple[Problem, ...] = ()

    def column(self, name: str) -> Sequence[str]:
        """Return a column's cells; a column that the file has not is empty throughout."""
        return self.columns.get(name) or ("",) * len(self.lines)


def read_table(path: Path, file: str) -> Table:
    """Return a CSV file's columns and problems; ``file`` is its name relative to the data folder."""
    text, faults = read_file(path, CSV_BYTES)
    if text is None:
        lost = _guessed_rows(path) if faults[0].code not in _NOT_OPENED else ()
        return Table(file, lost=lost, problems=tuple(_of_fault(file, fault, "file") for fault in faults))
    return table_of(text, file)


def table_of(text: str, file: str) -> Table:
    """Return the columns and problems of a CSV file's text."""
    sheet = read_rows(text)
    if sheet.whole is not None:
        return Table(file, problems=(_of_fault(file, sheet.whole, "file"),))
    header = sheet.rows[0] if sheet.rows else (1, [])
    wrong = [*_wrong_header(_Header(file, text, *header), sheet)]
    if wrong:
        return Table(file, lost=_lost(header[1], (*sheet.rows[1:], *sheet.unreadable)), problems=tuple(wrong))
    return _columns(file, sheet)


def _columns(file: str, sheet: Sheet) -> Table:
    """Return the rows as columns; those with another number of cells than the header are lost."""
    names, body = sheet.rows[0][1], sheet.rows[1:]
    good = [row for row in body if len(row[1]) == len(names) and any(row[1])]
    bad = [row for row in body if len(row[1]) != len(names) or not any(row[1])] if len(good) < len(body) else []
    problems = [
        _of_fault(file, fault, "row", line) for fault, (line, _) in zip(sheet.faults, sheet.unreadable, strict=True)
    ]
    problems += [_wrong_length(file, line, cells, len(names)) for line, cells in bad]
    return Table(
        file,
        tuple(line for line, _ in good),
        dict(zip(names, zip(*(cells for _, cells in good), strict=True), strict=False)),
        _lost(names, (*bad, *sheet.unreadable)),
        tuple(problems),
    )


def _of_fault(file: str, fault: Fault, withheld: Withheld, *route: int) -> Problem:
    facts = {key: shown(value) if isinstance(value, str) else value for key, value in fault.facts.items()}
    return Problem(fault.code, "error", Place(file, route), facts, withheld, fault.position)


def _wrong_length(file: str, line: int, cells: list[str], expected: int) -> Problem:
    if not any(cell.strip() for cell in cells):
        return Problem("row-empty", "error", Place(file, (line,)), {}, "row", Position(line, 1))
    facts = {"found": len(cells), "expected": expected}
    return Problem("row-length", "error", Place(file, (line,)), facts, "row", Position(line, 1))


# ---- the header ----


class _Header(NamedTuple):
    file: str
    text: str
    line: int
    names: list[str]

    def problem(self, code: str, index: int, **facts: object) -> Problem:
        """Return an error of the column with this index, which withholds the file."""
        name = self.names[index] if self.names else ""
        is_first = name not in self.names[:index]  # a column is looked up by its name, but for a second one called so
        position = None if is_first else locate_cell(self.text, self.line, index)
        return Problem(code, "error", Place(self.file, (self.line, name)), facts, "file", position)


def _is_known(name: str) -> bool:
    return name in COLUMNS or (name.startswith(NOTE) and LANGUAGE_PATTERN.fullmatch(name[len(NOTE) :]) is not None)


def _wrong_header(header: _Header, sheet: Sheet) -> Iterator[Problem]:
    """The first line has every required column, no unknown one and none twice."""
    later = next((line for line, cells in sheet.rows[1:11] if set(REQUIRED) <= set(cells)), None)
    if later is not None and not set(REQUIRED) & set(header.names):
        yield Problem("header-not-first", "error", Place(header.file, (header.line,)), {"line": later}, "file")
        return
    wrong = (index for index, name in enumerate(header.names) if not _is_known(name))
    unknown = [_unknown_column(header, index) for index in islice(wrong, MOST_TOLD)]
    yield from unknown
    for index, name in enumerate(header.names):
        if name in header.names[:index] and _is_known(name):
            yield header.problem("header-repeated", index, field=name)
    meant = [problem.facts.get("nearest") for problem in unknown]
    for name in REQUIRED:
        if name not in header.names and name not in meant:
            yield Problem("header-missing", "error", Place(header.file, (header.line,)), {"field": name}, "file")


def _unknown_column(header: _Header, index: int) -> Problem:
    name = header.names[index]
    if not name.strip():
        return header.problem("header-empty", index, number=index + 1)
    near = nearest(name, (*COLUMNS, "note_th", "note_en"))
    if near is None:
        return header.problem("header-unknown-none-near", index, value=shown(name))
    return header.problem("header-unknown", index, value=shown(name), nearest=near)


# ---- rows that could not be read ----


def _lost(names: Sequence[str], rows: Sequence[Row]) -> tuple[tuple[int, Mapping[str, str]], ...]:
    """Return the key cells of rows as far as a column's name is certain: known, and there once."""
    certain = [name if name in KEYS and names.count(name) == 1 else "" for name in names]
    return tuple(
        (line, {name: cell for name, cell in zip(certain, cells, strict=False) if name})
        for line, cells in sorted(rows)
        if any(cell.strip() for cell in cells)
    )


def _guessed_rows(path: Path) -> tuple[tuple[int, Mapping[str, str]], ...]:
    """Return the keys of a file in another encoding: ids and periods are ASCII, and nothing else of it is used."""
    sheet = read_rows(path.read_bytes().decode("ascii", errors="ignore").replace("\0", ""))
    return _lost(sheet.rows[0][1], (*sheet.rows[1:], *sheet.unreadable)) if sheet.rows else ()
