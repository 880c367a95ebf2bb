"""Bytes become text or one fault: only UTF-8 is read, and what else a file seems to be is named."""

from pathlib import Path

import pytest

from generator.intake.read_text import position_of, read_file, read_text
from generator.problems import Position, Word

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


@pytest.mark.parametrize(("index", "place"), [(0, (1, 1)), (4, (2, 2)), (6, (3, 1)), (8, (4, 1))])
def test_every_line_end_counts_once(index: int, place: tuple[int, int]) -> None:
    """LF, CRLF and a lone CR end a line."""
    assert position_of("a\r\nbc\rd\ne", index) == place
