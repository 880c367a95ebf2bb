"""Bytes become text or one fault: only UTF-8 is read, and what else a file seems to be is named."""

from pathlib import Path

import pytest

from generator.intake.read_text import CSV_BYTES, YAML_BYTES, position_of, read_file, read_text
from generator.problems import Fault, Position, Word

MOST = 1000
THAI = "ชื่อบริการ: ชำระภาษีรถประจำปี\n"


def code_of(data: bytes) -> str:
    """Return the code of the fault that these bytes have."""
    text, faults = read_text(data, MOST)

    assert text is None
    assert len(faults) == 1
    return faults[0].code


def test_a_byte_order_mark_is_accepted() -> None:
    """The mark that Excel and Notepad write is no part of the text."""
    assert read_text(b"\xef\xbb\xbf" + THAI.encode(), MOST) == (THAI, [])


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("cp874", "windows-874"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16"), ("utf-16-be", "utf-16")],
)
def test_other_encodings_are_named(encoding: str, named: str) -> None:
    """What Excel and Notepad write instead of UTF-8 is told by its name, never guessed into text."""
    _, faults = read_text(f"a,b\n{THAI}".encode(encoding), MOST)

    assert faults[0].code == "encoding-not-utf8"
    assert faults[0].facts["encoding"] == Word(f"encoding.{named}")


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_the_mark_of_utf_16_is_enough(mark: bytes) -> None:
    """Thai letters alone have no NUL in them."""
    (fault,) = read_text(mark + "กข".encode("utf-16-le"), MOST)[1]

    assert (fault.position, fault.facts["encoding"]) == (Position(1, 1), Word("encoding.utf-16"))


def test_the_first_byte_that_is_not_utf8_is_pointed_at() -> None:
    """The place is where reading failed, counted in characters."""
    _, faults = read_text("a: ก\nb: กข".encode() + b"\xa1", MOST)

    assert faults[0].position == Position(2, 6)


@pytest.mark.parametrize("wrong", ["cp874", "latin-1", "cp1252"])
def test_text_converted_wrongly_is_garbled(wrong: str) -> None:
    """Thai that some program read as another encoding is valid UTF-8 and no text."""
    garbled = "".join(
        byte.to_bytes(1, "big").decode(wrong, errors="ignore") or chr(byte) for byte in "ประชาชน".encode()
    )

    assert code_of(garbled.encode()) == "encoding-garbled"


@pytest.mark.parametrize("text", ["เธอ เธอ เธอ", "เนื้อเนื้อเนื้อ", "เนรมิต เธอ", "naïve à la carte", "Ã©"])
def test_real_words_are_not_garbled(text: str) -> None:
    """Words that begin like garbled text are read."""
    assert read_text(text.encode(), MOST) == (text, [])


def test_a_nul_is_damage() -> None:
    """A single NUL does not make a file UTF-16."""
    assert code_of(b"a: b\0c and more text of a file") == "file-damaged"


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_nothing_is_empty(data: bytes) -> None:
    """A file of white space holds nothing."""
    assert code_of(data) == "file-empty"


def test_a_conflict_is_not_data() -> None:
    """Marks of a merge that nobody finished are seen."""
    assert code_of(b"a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> other\n") == "file-unmerged"


def test_a_large_file_is_not_opened(tmp_path: Path) -> None:
    """The limit holds for the file, in bytes."""
    path = tmp_path / "large.yml"
    path.write_bytes(b"x" * (MOST + 1))

    text, faults = read_file(path, MOST)
    assert text is None
    assert faults[0].code == "file-too-large"


def test_what_cannot_be_opened_is_a_fault(tmp_path: Path) -> None:
    """The system's reason is told, not raised."""
    text, faults = read_file(tmp_path, 10**6)

    assert text is None
    assert faults[0].code == "file-unreadable"


def test_what_is_said_of_a_whole_file_stands_at_its_beginning(tmp_path: Path) -> None:
    """Sizes are told in kilobytes, upwards, so that no file is as large as the limit; a folder gives no text."""
    path = tmp_path / "large.yml"
    path.write_bytes(b"x" * 2049)
    large = Fault("file-too-large", Position(1, 1), {"size": 3, "most": 2})

    assert read_file(path, 2048) == read_text(path.read_bytes(), 2048) == (None, [large])
    assert read_file(path, 2049) == read_text(path.read_bytes(), 2049) == ("x" * 2049, [])
    assert read_file(tmp_path, 10**6) == (
        None,
        [Fault("file-unreadable", Position(1, 1), {"reason": "Is a directory"})],
    )
    assert read_text(b" \n", MOST) == (None, [Fault("file-empty", Position(1, 1))])


@pytest.mark.parametrize("begin", [b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0"])
def test_an_archive_is_called_so(begin: bytes) -> None:
    """A workbook, a zip and a gzip are named, whatever follows."""
    named = Fault("encoding-not-utf8", Position(1, 1), {"encoding": Word("encoding.packed")})

    assert read_text(begin + b"rest", MOST) == (None, [named])


@pytest.mark.parametrize(
    ("data", "position", "encoding"),
    [
        (b"a,b\n\xa1\xd2", (2, 1), "windows-874"),
        (b"\xa1\xd2", (1, 1), "windows-874"),
        ("ก,".encode() + b"\xff", (1, 3), "unknown"),
        (b"\xef\xbb\xbfa\xff", (1, 2), "unknown"),
        (b"a\xe9\x81", (1, 2), "unknown"),
        (b"caf\xa0", (1, 4), "unknown"),
        (b"\xff\xfea\0", (1, 1), "utf-16"),
        (b"\xfe\xff\0a", (1, 1), "utf-16"),
        (b"ab\n\0\xff", (1, 1), "utf-16"),
    ],
)
def test_bytes_of_another_encoding_are_told_with_their_place(
    data: bytes, position: tuple[int, int], encoding: str
) -> None:
    """The first that is no UTF-8, by line and character; of UTF-16 the file as a whole."""
    named = {"encoding": Word(f"encoding.{encoding}")}

    assert read_text(data, MOST) == (None, [Fault("encoding-not-utf8", Position(*position), named)])


def test_nuls_are_damage_or_another_encoding() -> None:
    """A third of a text, with the bytes of Thai letters in UTF-16, is another encoding; fewer point at the first."""
    wide = Fault("encoding-not-utf8", Position(1, 1), {"encoding": Word("encoding.utf-16")})

    assert read_text(b"a\0b\0", MOST) == (None, [wide])
    assert read_text(b"\0\x0eaaa", MOST) == (None, [wide])
    assert read_text(b"a\nb\0cd", MOST) == (None, [Fault("file-damaged", Position(2, 2))])
    assert read_text(b"\0aa", MOST) == (None, [Fault("file-damaged", Position(1, 1))])


def test_what_is_garbled_or_unmerged_is_pointed_at() -> None:
    """The report shows twenty characters of it; marks count at the beginning of a line, followed by a space."""
    garbled = "เธ\xa0เธฃเธฐเธ\xa0" * 4
    (fault,) = read_text(f"a: x\nb: {garbled}\n".encode(), MOST)[1]

    assert fault == Fault("encoding-garbled", Position(2, 4), {"value": garbled[:20]})
    assert read_text(b"a: 1\n>>>>>>> other\n", MOST) == (None, [Fault("file-unmerged", Position(2, 1))])
    for whole in ("a: <<<<<<< HEAD\n", "<<<<<<<\n", ">>>>>>>>\n"):
        assert read_text(whole.encode(), MOST) == (whole, [])


@pytest.mark.parametrize(("index", "place"), [(0, (1, 1)), (4, (2, 2)), (6, (3, 1)), (8, (4, 1))])
def test_every_line_end_counts_once(index: int, place: tuple[int, int]) -> None:
    """LF, CRLF and a lone CR end a line."""
    assert position_of("a\r\nbc\rd\ne", index) == place


@pytest.mark.parametrize(("most", "size"), [(YAML_BYTES, 262_144), (CSV_BYTES, 5_242_880)], ids=["yaml", "csv"])
def test_a_file_may_be_as_large_as_the_contract_says(most: int, size: int) -> None:
    """256 KiB of YAML and 5 MiB of rows are read; one byte more is not, and the size is told rounded up."""
    assert read_text(b"a" * size, most)[1] == []
    assert read_text(b"a" * (size + 1), most)[1] == [
        Fault("file-too-large", Position(1, 1), {"size": size // 1024 + 1, "most": size // 1024})
    ]


@pytest.mark.parametrize(("text", "line"), [("a: 1\n>>>>>>> theirs\n", 2), ("<<<<<<< ours\na: 1\n", 1)])
def test_either_end_of_a_conflict_is_enough(text: str, line: int) -> None:
    """Whoever removed one end of it has not yet chosen."""
    assert read_text(text.encode(), MOST) == (None, [Fault("file-unmerged", Position(line, 1))])
    assert read_text(text.replace(" ", "").encode(), MOST)[1] == []
