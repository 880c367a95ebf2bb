import pytest

from generator.intake.read_csv import LONGEST_CELL, locate, locate_cell, read_rows
from generator.problems import Position


def codes(text: str) -> list[str]:
    """Return the codes of what cannot be read."""
    sheet = read_rows(text)
    return [fault.code for fault in sheet.faults] + ([sheet.whole.code] if sheet.whole else [])


def test_rows_know_the_line_they_begin_on() -> None:
    """Blank lines are skipped and lines inside quotes counted, so every row names its own first line."""
    sheet = read_rows('a,b\n1,"x\ny"\n\n  \n"q""r",2\n')

    assert sheet.rows == ((1, ["a", "b"]), (2, ["1", "x\ny"]), (6, ['q"r', "2"]))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_mark_at_the_beginning_mean_nothing(end: str, mark: str) -> None:
    """LF and CRLF, with and without a BOM and a last line end, give the same rows."""
    for text in ("a,b{0}1,2", "a,b{0}1,2{0}"):
        assert read_rows(mark + text.format(end)).rows == ((1, ["a", "b"]), (2, ["1", "2"]))


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ('1,"x"y', "quote-stray", 3),
        ('1,x"y', "quote-stray", 4),
        ('1,"x" ', "quote-stray", 3),
        ('1,"open', "quote-open", 3),
    ],
)
def test_a_wrong_quote_spoils_its_own_line_only(line: str, code: str, column: int) -> None:
    """RFC 4180 lets a quote stand around a whole cell or doubled inside; the next line is read as if nothing were."""
    sheet = read_rows(f"a,b\n{line}\n3,4\n")

    assert [(fault.code, fault.position) for fault in sheet.faults] == [(code, Position(2, column))]
    assert sheet.rows == ((1, ["a", "b"]), (3, ["3", "4"]))
    assert [row[0] for row in sheet.unreadable] == [2]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a;b;c,d\n1;2;3,4\n", "table-separator"),
        ("a\tb\n1\t2\n", "table-separator"),
        ("sep=,\na,b\n", "table-sep-line"),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "file-lfs-pointer"),
    ],
)
def test_what_is_no_table_is_named_and_not_read(text: str, code: str) -> None:
    """Another separator, a line for Excel and a pointer would give rows that mean nothing."""
    assert codes(text) == [code]
    assert read_rows(text).rows == ()


def test_a_cell_has_at_most_2000_characters() -> None:
    """The limit is for a cell, with or without quotes around it and over lines too."""
    longest = "x" * LONGEST_CELL

    assert codes(f"a,b\n1,{longest}\n") == []
    assert codes(f"a,b\n1,{longest}x\n") == ["cell-too-long"]
    assert codes(f'a,b\n1,"{longest}\n"\n') == ["cell-too-long"]


def test_a_line_has_at_most_10_kilobytes() -> None:
    """Bytes are counted, of which a Thai letter has three."""
    cells = ",".join(["ก" * 600] * 6)

    assert codes(f"a\n{cells[: 10 * 1024 // 3]}\n") == []
    assert codes(f"a\n{cells}\n") == ["line-too-long"]


@pytest.mark.parametrize("cell", ['"', "a,b", "a\nb", 'a"b', "", " x "])
def test_what_is_quoted_comes_back(cell: str) -> None:
    """Any text in quotes, its quotes doubled, is read as it was."""
    quoted = '"' + cell.replace('"', '""') + '"'

    assert read_rows(f"a,b\n{quoted},2\n").rows[1] == (2, [cell, "2"])


def test_a_cell_is_found_again_by_its_column() -> None:
    """A position counts characters from 1, past quotes and past the lines inside them."""
    text = 'a,"b",c\n1,"ก, ข",3\n4,"x\nyy",6\n'

    assert locate(text, 2, "c") == Position(2, 10)
    assert locate(text, 3, "c") == Position(4, 5)
    assert locate("\ufeff" + text.replace("\n", "\r\n"), 3, "c") == Position(4, 5)
    assert locate(text, 2, "d") == Position(2, 1)
    assert locate(text, 99, "a") == Position(99, 1)
    assert locate_cell(text, 1, 2) == Position(1, 7)


def test_hostile_quotes_take_no_time() -> None:
    """Each line opens a quote that nobody closes: a scanner that goes back would need as many steps as lines, squared."""
    sheet = read_rows("a,b\n" + '"""x,\n' * 20_000)

    assert len(sheet.faults) == 20_000
