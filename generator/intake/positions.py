"""A symbolic place becomes a line and a column, for reports only.

Columns are characters, from 1.  What is missing points at its deepest ancestor that is there (``limit`` for a missing
``limit.unit``), what is too much at its key.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from generator.intake import read_csv
from generator.intake.read_text import CSV_BYTES, YAML_BYTES, read_file
from generator.intake.read_yaml import Marks, mark_at, read_marks
from generator.problems import Place, Position, Route

_LINE_END: Final = re.compile("\r\n|\n|\r")


class Spot(NamedTuple):
    """Where a value stands, and how many characters of its line it takes."""

    position: Position
    width: int


START = Spot(Position(1, 1), 1)


class Located(NamedTuple):
    """A file as its places are looked up in it: its text in lines, none where it cannot be read; a table's header."""

    file: str
    lines: tuple[str, ...] = ()
    marks: Marks = {}
    header: str = ""


def open_located(root: Path, file: str) -> Located:
    """Return a file of the data folder, ready to look up places in."""
    is_table = file.endswith(".csv")
    path = root / file
    if not path.is_file() or path.is_symlink():
        return Located(file)
    text, _ = read_file(path, CSV_BYTES if is_table else YAML_BYTES)
    if text is None:
        return Located(file)
    lines = tuple(text.replace("\r\n", "\n").split("\n") if is_table else _LINE_END.split(text))
    if is_table:
        first = next((number for number, line in enumerate(lines) if line.strip()), 0)
        return Located(file, lines, header=_record(lines, first))
    return Located(file, lines, read_marks(text))


def locate(located: Located, place: Place) -> Spot:
    """Return the line, the column and the width of a place; a file's first character where it has no such place."""
    if located.file.endswith(".csv"):
        return _in_table(located, place.route)
    return _in_yaml(located.marks, place)


def _in_yaml(marks: Marks, place: Place) -> Spot:
    for end in range(len(place.route), -1, -1):
        mark = mark_at(marks, place.route[:end])
        if mark is not None:
            if end == len(place.route) and place.of_key and mark.key is not None:
                return Spot(mark.key, len(str(place.route[-1])))
            return Spot(mark.value, mark.width if end == len(place.route) else 1)
    return START


def _in_table(located: Located, route: Route) -> Spot:
    lines = located.lines
    if not route or not isinstance(route[0], int) or not 1 <= route[0] <= len(lines):
        return START
    line, column = route[0], str(route[1]) if len(route) > 1 else None
    row = lines[line - 1]
    if column is None or not row.strip():
        return Spot(Position(line, 1), max(len(row), 1))
    # Looked up in the header and this row alone: a long file is not walked through for every problem in it.
    before = located.header.count("\n") + 1
    found = read_csv.locate(f"{located.header}\n{_record(lines, line - 1)}", before + 1, column)
    position = Position(found.line - before - 1 + line, found.column)
    return Spot(position, _width_of_cell(lines[position.line - 1], position.column))


def _record(lines: Sequence[str], index: int) -> str:
    """Return the lines of a table from this one on until every quote in them is closed."""
    end, quotes = index + 1, lines[index].count('"')
    while quotes % 2 and end < min(len(lines), index + read_csv.LONGEST_CELL):
        quotes += lines[end].count('"')
        end += 1
    return "\n".join(lines[index:end])


def _width_of_cell(row: str, column: int) -> int:
    start = column - 1
    ends = '"' if row[start : start + 1] == '"' else ","
    end = row.find(ends, start + 1 if ends == '"' else start)
    return max((len(row) if end < 0 else end + (ends == '"')) - start, 1)
