"""Bytes become text, or it is said why not: UTF-8 alone is read, and what else a file seems to be is named.

Sizes are section 1 of the data contract.  A file that some program has already converted wrongly decodes without an
error; its tell-tale runs of letters are looked for, because nobody reads such a file by eye before it is published.
"""

import re
from pathlib import Path
from typing import Final

from generator.problems import Fault, Position, Word

YAML_BYTES: Final = 256 * 1024
CSV_BYTES: Final = 5 * 1024 * 1024
LINE_BYTES: Final = 10 * 1024

# Thai in UTF-8 is three bytes, E0 B8 xx or E0 B9 xx.  Read as windows-874 they show as "เธ" or "เน" and one letter of the
# first half of the table; read as windows-1252 as "à¸" or "à¹" and one character.  Three in a row are no word.
# The pattern begins with a set of letters, which the search skips to; three alternatives would each be tried everywhere.
_GARBLED: Final = re.compile(
    "[เà\ufffd](?:(?<=เ)[ธน][\x80-\xa0€…‘’“”•–—ก-ฟ](?:เ[ธน][\x80-\xa0€…‘’“”•–—ก-ฟ]){2,}"
    "|(?<=à)[¸¹][^\x00-\x7f](?:à[¸¹][^\x00-\x7f])+|(?<=\ufffd))"
)
_LEFT_BY_MERGE: Final = re.compile("^(?:<{7}|>{7}) ", re.MULTILINE)
_PACKED: Final = (b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")  # zip and .xlsx, gzip, .xls
_SHOWN: Final = 20


def read_file(path: Path, most_bytes: int) -> tuple[str | None, list[Fault]]:
    """Return a file's text without its BOM, or None and why it cannot be read.  Too large a file is not opened."""
    try:
        size = path.stat().st_size
        if size > most_bytes:
            return None, [_too_large(size, most_bytes)]
        return read_text(path.read_bytes(), most_bytes)
    except OSError as error:
        return None, [Fault("file-unreadable", Position(1, 1), {"reason": error.strerror or "?"})]


def read_text(data: bytes, most_bytes: int) -> tuple[str | None, list[Fault]]:
    """Return the text of a file without its BOM, or None and the one fault that keeps it from being read."""
    if len(data) > most_bytes:
        return None, [_too_large(len(data), most_bytes)]
    if data.startswith(_PACKED):
        return None, [Fault("encoding-not-utf8", Position(1, 1), {"encoding": Word("encoding.packed")})]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(data, error.start)]
    fault = _empty(text) or _holds_nul(text) or _garbled(text) or _unmerged(text)
    return (None, [fault]) if fault else (text, [])


def position_of(text: str, index: int) -> Position:
    """Return the line and column of the character at this index; lines end with LF, CRLF or a lone CR."""
    before = text[:index].replace("\r\n", "\n").replace("\r", "\n")
    return Position(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _too_large(size: int, most_bytes: int) -> Fault:
    return Fault("file-too-large", Position(1, 1), {"size": -(-size // 1024), "most": most_bytes // 1024})


def _not_utf8(data: bytes, start: int) -> Fault:
    """Name what the file seems to be; its bytes are never guessed into text."""
    encoding = _encoding(data)
    line_start = data.rfind(b"\n", 0, start) + 1
    column = len(data[line_start:start].decode("utf-8-sig", errors="replace")) + 1
    position = Position(1, 1) if encoding == "utf-16" else Position(data.count(b"\n", 0, start) + 1, column)
    return Fault("encoding-not-utf8", position, {"encoding": Word(f"encoding.{encoding}")})


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:1000]:
        return "utf-16"
    try:
        # cp874, never tis-620: the latter maps quotation marks to control characters and refuses nothing.
        thai = sum("ก" <= letter <= "๛" for letter in data.decode("cp874"))
    except UnicodeDecodeError:
        return "unknown"
    return "windows-874" if thai else "unknown"


def _empty(text: str) -> Fault | None:
    return None if text.strip() else Fault("file-empty", Position(1, 1))


def _holds_nul(text: str) -> Fault | None:
    """UTF-16 without a mark, or a damaged file: its NULs are valid UTF-8, and so are the bytes of Thai letters there."""
    index = text.find("\0")
    if index < 0:
        return None
    if (text.count("\0") + text.count("\x0e")) * 3 > len(text):
        return Fault("encoding-not-utf8", Position(1, 1), {"encoding": Word("encoding.utf-16")})
    return Fault("file-damaged", position_of(text, index))


def _garbled(text: str) -> Fault | None:
    found = _GARBLED.search(text)
    if found is None:
        return None
    return Fault("encoding-garbled", position_of(text, found.start()), {"value": found[0][:_SHOWN]})


def _unmerged(text: str) -> Fault | None:
    if "<<<<<<<" not in text and ">>>>>>>" not in text:  # said first because it costs nothing
        return None
    found = _LEFT_BY_MERGE.search(text)
    return Fault("file-unmerged", position_of(text, found.start())) if found else None
