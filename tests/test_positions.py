"""Where a report points: the line, the column and the width of a place in a file."""

from pathlib import Path

import pytest

from generator.intake.positions import START, Spot, locate, open_located
from generator.problems import Place, Position

TABLE = '\n\na,b,"c"\n1,ขข,"three"\n"4\n4",5,6\n7,8,\n\nx"\n'
SERVICE = "id: permit\ntitle:\n  th: ใบอนุญาต\nsteps:\n  - {title: ตรวจ}\n"


def spot(root: Path, file: str, text: str, *route: str | int, of_key: bool = False) -> Spot:
    """Return where a place stands in a file of this text."""
    (root / file).write_text(text, encoding="utf-8")
    return locate(open_located(root, file), Place(file, route, of_key))


@pytest.mark.parametrize(
    ("route", "line", "column", "width"),
    [
        ((4, "a"), 4, 1, 1),
        ((4, "b"), 4, 3, 2),
        ((4, "c"), 4, 6, 7),
        ((5, "b"), 6, 4, 1),
        ((7, "b"), 7, 3, 1),
        ((7, "c"), 7, 5, 1),
        ((7,), 7, 1, 4),
        ((8, "a"), 8, 1, 1),
        ((9, "b"), 9, 1, 2),
        ((9,), 9, 1, 2),
        ((1,), 1, 1, 1),
    ],
)
def test_a_cell_is_where_its_column_is(
    tmp_path: Path, route: tuple[str | int, ...], line: int, column: int, width: int
) -> None:
    """Behind quotes and rows of several lines too; a quoted cell is as wide as its quotes."""
    assert spot(tmp_path, "a.csv", TABLE, *route) == Spot(Position(line, column), width)


@pytest.mark.parametrize("route", [(), (0, "a"), (11, "a"), ("a",)])
def test_a_table_without_such_a_row_is_pointed_at(tmp_path: Path, route: tuple[str | int, ...]) -> None:
    """Its first character stands for it, as for a file that is not there or cannot be read."""
    (tmp_path / "b.csv").write_bytes(b"\xff\xfe")

    assert spot(tmp_path, "a.csv", TABLE, *route) == START == Spot(Position(1, 1), 1)
    assert locate(open_located(tmp_path, "b.csv"), Place("b.csv", (1, "a"))) == START
    assert locate(open_located(tmp_path, "c.csv"), Place("c.csv", (1, "a"))) == START


@pytest.mark.parametrize(
    ("route", "of_key", "expected"),
    [
        (("id",), False, (1, 5, 6)),
        (("id",), True, (1, 1, 2)),
        (("title", "th"), False, (3, 7, 8)),
        (("title", "en"), False, (3, 3, 1)),
        (("title", "en"), True, (3, 3, 1)),
        (("steps", 0, "title"), True, (5, 6, 5)),
        (("steps", 0), True, (5, 5, 1)),
        (("steps", 3), False, (5, 3, 1)),
        (("nothing",), False, (1, 1, 1)),
    ],
)
def test_a_value_or_its_key_is_pointed_at(
    tmp_path: Path, route: tuple[str | int, ...], of_key: bool, expected: tuple[int, int, int]
) -> None:
    """What is missing points at the deepest that is there."""
    line, column, width = expected

    assert spot(tmp_path, "a.yml", SERVICE, *route, of_key=of_key) == Spot(Position(line, column), width)


@pytest.mark.parametrize(
    ("column", "at", "width"), [("a", 1, 7), ("b", 9, 2), ("c", 12, 1), ("d", 13, 3), ("e", 17, 1)]
)
def test_a_cell_is_as_wide_as_it_is_written(tmp_path: Path, column: str, at: int, width: int) -> None:
    """With its quotes, and what commas they hold; an empty one is one character wide, so that it can be pointed at."""
    assert spot(tmp_path, "a.csv", 'a,b,c,d,e\n"x, yz","",,xyz,\n', 2, column) == Spot(Position(2, at), width)


@pytest.mark.parametrize(("column", "line", "at"), [("a", 2, 1), ("b", 2, 5), ("c", 3, 4), ("d", 3, 8)])
def test_a_cell_behind_a_line_end_is_found(tmp_path: Path, column: str, line: int, at: int) -> None:
    """However many quotes stand on the line where its row begins."""
    assert spot(tmp_path, "a.csv", 'a,b,c,d\n"x","4\n4","z",5\n', 2, column).position == Position(line, at)


def test_a_header_of_two_lines_moves_no_row(tmp_path: Path) -> None:
    """A name with a line end in it is one name, and the rows below keep their lines."""
    assert spot(tmp_path, "a.csv", 'a,"b\nc",d\n1,2,3\n4,5,67\n', 4, "d") == Spot(Position(4, 5), 2)


def test_an_empty_first_cell_is_one_character_wide(tmp_path: Path) -> None:
    """It ends where it begins, and the rest of its line is no part of it."""
    assert spot(tmp_path, "a.csv", "a,b\n,xyz\n", 2, "a") == Spot(Position(2, 1), 1)


def test_a_table_may_be_larger_than_a_text(tmp_path: Path) -> None:
    """Places are found in as large a file as is read: five megabytes of rows, a quarter of one of YAML."""
    (tmp_path / "a.csv").write_text("a,b\n" + "1,22\n" * 70_000, encoding="utf-8")
    (tmp_path / "a.yml").write_text("a: 1\n" * 70_000, encoding="utf-8")

    assert locate(open_located(tmp_path, "a.csv"), Place("a.csv", (70_001, "b"))) == Spot(Position(70_001, 3), 2)
    assert open_located(tmp_path, "a.yml").lines == ()


def test_a_file_of_any_line_ends_has_its_lines(tmp_path: Path) -> None:
    """YAML ends a line in three ways; a table's lone carriage return is a part of a cell."""
    (tmp_path / "a.yml").write_bytes(b"a: 1\r\nb: 2\rc: 3\nd: 4")
    (tmp_path / "a.csv").write_bytes(b"a,b\r\n1,x\ry\r\n")

    assert open_located(tmp_path, "a.yml").lines == ("a: 1", "b: 2", "c: 3", "d: 4")
    assert open_located(tmp_path, "a.csv").lines == ("a,b", "1,x\ry", "")
    assert open_located(tmp_path, "a.csv").header == "a,b"
