import pytest

from generator.intake.read_csv import LONGEST_CELL, locate, locate_cell, read_rows
from generator.problems import Fault, Position


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
    ten = ",".join(["x" * 1023] * 10)
    assert (len(f"{ten},"), codes(f"a\n{ten},\n")) == (10_240, [])
    assert [fault.facts for fault in read_rows(f"a\n{ten},x\n").faults] == [{"most": 10}]


@pytest.mark.parametrize(
    ("line", "code", "column", "value"),
    [
        ('1,"x"y', "quote-stray", 3, '"x"y'),
        ('1,x"y', "quote-stray", 4, '"y'),
        ('1,"open', "quote-open", 3, '"open'),
        ('"a"b,1', "quote-stray", 1, '"a"b,1'),
    ],
)
def test_a_wrong_quote_is_shown_from_where_it_stands(line: str, code: str, column: int, value: str) -> None:
    """To the end of its line, also on the last line and in a row that is none; its cells are cut at commas."""
    fault = Fault(code, Position(2, column), {"value": value})

    for end in ("", "\n"):
        sheet = read_rows(f"a,b\n{line}{end}")

        assert (sheet.faults, sheet.unreadable) == ((fault,), ((2, line.split(",")),))


def test_a_wrong_quote_on_a_later_line_of_a_row_is_found_there() -> None:
    """A row may have lines; the place is the line and column of the quote, not of the row."""
    fault, *_ = read_rows('a,b\n"1\n2",x"y\n3,4\n').faults

    assert fault == Fault("quote-stray", Position(3, 5), {"value": '"y'})


def test_what_is_too_long_is_told_with_its_place() -> None:
    """A cell with its length, a line with the limit in kilobytes, also within a row of several lines."""
    long, lines = "x" * 2001, ",".join(["y" * 1500] * 7)
    cell = {"found": 2001, "most": 2000}

    assert read_rows(f"a,b\n1,{long}\n").faults == (Fault("cell-too-long", Position(2, 3), cell),)
    assert read_rows(f'a,b\n"1\n2",{long}\n').faults == (Fault("cell-too-long", Position(3, 4), cell),)
    assert read_rows(f"a,b\n{lines}\n").faults == (Fault("line-too-long", Position(2, 1), {"most": 10}),)
    assert read_rows(f'a,b\n"1\n2",{lines}\n').faults == (Fault("line-too-long", Position(3, 1), {"most": 10}),)


@pytest.mark.parametrize(
    ("first", "fault"),
    [
        ("a;b;c,d", Fault("table-separator", Position(1, 2), {"value": ";"})),
        ("ab\tc", Fault("table-separator", Position(1, 3), {"value": "\\t"})),
        ("a|b", Fault("table-separator", Position(1, 2), {"value": "|"})),
        ("SEP=;", Fault("table-sep-line", Position(1, 1), {"value": "SEP=;"})),
        ("version https://git-lfs.github.com/spec/v1", Fault("file-lfs-pointer", Position(1, 1))),
    ],
)
def test_why_a_file_is_no_table(first: str, fault: Fault) -> None:
    """Its first line shows it, and is pointed at."""
    assert read_rows(first).whole == read_rows(f"{first}\nx;y,1\n").whole == fault


@pytest.mark.parametrize("first", ["a;b,c", "a,b", "x sep=,", "a\tb,c|d"])
def test_a_comma_is_enough_to_be_a_table(first: str) -> None:
    """As many commas as other marks, or a word with sep= in it, are no reason to refuse a file."""
    assert read_rows(first).rows == ((1, first.split(",")),)


def test_rows_of_several_lines_are_counted_once() -> None:
    """The row after one with line ends in it knows its own line, and what stands between is not read twice."""
    sheet = read_rows('a,b\n"1\n\n2",3\n\n4,5\n')

    assert sheet.rows == ((1, ["a", "b"]), (2, ["1\n\n2", "3"]), (6, ["4", "5"]))


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


def test_a_cell_behind_a_wrong_quote_is_where_the_quote_is() -> None:
    """Where a row cannot be walked through, the place is as far as it could be."""
    assert locate_cell('1,"x"y,2', 1, 2) == Position(1, 3)
    assert locate_cell("1,2", 1, 5) == Position(1, 3)
    assert locate_cell('1,x"y,2', 1, 2) == Position(1, 3)


def test_hostile_quotes_take_no_time() -> None:
    """Each line opens a quote that nobody closes: a scanner that goes back would need as many steps as lines, squared."""
    sheet = read_rows("a,b\n" + '"""x,\n' * 20_000)

    assert len(sheet.faults) == 20_000
