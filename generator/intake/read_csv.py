"""Strict CSV as RFC 4180 has it: commas, quotes doubled inside quotes, line ends inside quotes.

``read_rows`` gives the rows with the line each begins on, and what cannot be read; ``locate`` finds a cell again.  It
is a scanner of our own because the csv module accepts a quote inside an unquoted cell and names only the line on which
a record ends; a line without quotes is split at its commas, which is as fast.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from generator.intake.read_text import LINE_BYTES
from generator.problems import Fault, Position

LONGEST_CELL: Final = 2000  # characters; section 1 of the data contract

Row = tuple[int, list[str]]

# One cell and what ends it.  The quantifiers are possessive: a cell that does not fit is refused without another try.
_CELL = re.compile(r'("[^"]*+(?:""[^"]*+)*+"|[^",\n]*+)(,|\n|\Z)')
_CELLS = re.compile(r'("[^"]*+(?:""[^"]*+)*+"|[^",]*+),')  # all cells of one line at once, a comma added at its end
_LFS_POINTER = "version https://git-lfs.github.com/spec/"
_OTHER_SEPARATORS = (";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file, the header first; ``unreadable`` are rows cut at their commas although they are wrong.

    Where ``whole`` is set, the file is no table at all and has no rows.
    """

    rows: tuple[Row, ...] = ()
    unreadable: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    whole: Fault | None = None


@dataclass(slots=True)
class _Scan:
    rows: list[Row] = field(default_factory=list)
    unreadable: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class _Record(NamedTuple):
    """What was read from one place on: the cells, where they end, and what is wrong with them."""

    cells: list[str]
    end: int
    fault: Fault | None = None


def read_rows(text: str) -> Sheet:
    """Return every row of a text with the line it begins on; blank lines are skipped.

    A row whose quotes are wrong, or whose line or cell is too long, is a fault and is left out of ``rows``.
    """
    text = _plain(text)
    whole = _no_table(text)
    if whole is not None:
        return Sheet(whole=whole)
    scan = _Scan()
    for line, cells, fault in _records(text):
        if fault is not None:
            scan.faults.append(fault)
            scan.unreadable.append((line, cells))
        else:
            scan.rows.append((line, cells))
    return Sheet(tuple(scan.rows), tuple(scan.unreadable), tuple(scan.faults))


def locate(text: str, line: int, column_name: str) -> Position:
    """Return where the cell of a column stands in the row that begins on ``line``, or the row's beginning."""
    text = _plain(text)
    _, header, _ = next(_records(text), (0, [], None))
    if column_name not in header:
        return Position(line, 1)
    return _walk(text, _start_of(text, line), line, header.index(column_name))


def locate_cell(text: str, line: int, index: int) -> Position:
    """Return where the cell with this index, from 0, stands in the row that begins on ``line``."""
    text = _plain(text)
    return _walk(text, _start_of(text, line), line, index)


def _walk(text: str, start: int, line: int, index: int) -> Position:
    """Return the position of the cell with this index in the record that begins at ``start``."""
    at, begin_of_line = start, start
    for _ in range(index):
        found = _CELL.match(text, at)
        if found is None or found[2] != ",":
            return Position(line, at - begin_of_line + 1)
        if "\n" in found[1]:
            line += found[1].count("\n")
            begin_of_line = at + found[1].rindex("\n") + 1
        at = found.end()
    return Position(line, at - begin_of_line + 1)


def _start_of(text: str, line: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
        if at == 0:
            return len(text)
    return at


def _plain(text: str) -> str:
    """A mark at the beginning and carriage returns at the ends of lines mean nothing."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _no_table(text: str) -> Fault | None:
    """Return why a file is no table: a pointer to one, a line for Excel before it, or another separator than a comma."""
    first = text[: _end_of_line(text, 0)]
    if first.startswith(_LFS_POINTER):
        return Fault("file-lfs-pointer", Position(1, 1))
    if first.lower().startswith("sep="):
        return Fault("table-sep-line", Position(1, 1), {"value": first})
    other = next((mark for mark in _OTHER_SEPARATORS if first.count(mark) > first.count(",")), None)
    if other is not None:
        return Fault("table-separator", Position(1, first.index(other) + 1), {"value": repr(other)[1:-1]})
    return None


def _records(text: str) -> Iterator[tuple[int, list[str], Fault | None]]:
    """Yield each record: the line it begins on, its cells, and what is wrong with it."""
    skip_to = 0
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        start, at = at, at + len(line) + 1
        if number < skip_to or not line or line.isspace():
            continue
        if '"' not in line:
            cells = line.split(",")
            yield number, cells, _too_long(number, line, cells) if len(line) > LONGEST_CELL else None
            continue
        record = _quoted_record(text, start, number)
        fault = record.fault
        if fault is None:
            written = text[start : record.end].rstrip("\n")
            skip_to = number + written.count("\n") + 1
            fault = _too_long(number, written, record.cells) if len(written) > LONGEST_CELL else None
        yield number, record.cells, fault


def _quoted_record(text: str, start: int, line: int) -> _Record:
    """Return the record that begins at ``start`` and has quotes; where they are wrong, its first line cut at commas."""
    end = _end_of_line(text, start)
    cells = _CELLS.findall(text[start:end] + ",")
    if sum(map(len, cells)) + len(cells) == end - start + 1:
        return _Record([_unquoted(cell) for cell in cells], end)
    cells, at, separator = [], start, ","
    while separator == ",":
        found = _CELL.match(text, at)
        if found is None:
            return _Record(text[start:end].split(","), end, _bad_quote(text, start, line, at))
        cells.append(_unquoted(found[1]))
        at, separator = found.end(), found[2]
    return _Record(cells, at)


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


def _bad_quote(text: str, start: int, line: int, at: int) -> Fault:
    """Name the quote that opens a cell and is never closed, or the cell with a quote where none may stand."""
    quote = text.index('"', at)
    before = text[start:quote]
    position = Position(line + before.count("\n"), len(before) - before.rfind("\n"))
    code = "quote-open" if quote == at and text.find('"', quote + 1) < 0 else "quote-stray"
    return Fault(code, position, {"value": text[quote : _end_of_line(text, quote)]})


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _too_long(number: int, record: str, cells: list[str]) -> Fault | None:
    for offset, line in enumerate(record.split("\n")):
        if len(line.encode()) > LINE_BYTES:
            return Fault("line-too-long", Position(number + offset, 1), {"most": LINE_BYTES // 1024})
    for index, cell in enumerate(cells):
        if len(cell) > LONGEST_CELL:
            return Fault("cell-too-long", _walk(record, 0, number, index), {"found": len(cell), "most": LONGEST_CELL})
    return None
