"""Good files made wrong by chance: bytes, tokens and grammar; the same seed and number give the same mutant."""

import random
import re
from collections.abc import Callable, Mapping
from typing import Final

import yaml

SEED: Final = 20261122
_TOKEN: Final = re.compile(rb"[\w.-]+|\s+|[^\w\s]")
# What means something to one of the readers, or to nobody.
WORDS: Final = (
    *(
        "- ? : , [ ] { } # & * ! | > ' \" % @ ` --- ... << <<<<<<< ~ null no yes .inf 0x1F 1_000 1e400 16:30 -0 00 007 "
        "2569-02-29 2567-02-29 0000-00-00 9999-12-31 2026-13 FY2569 2026-Q5 ๑๒๓ １２３ 99999999999999999999 -1 0.0000001 "
        "=1+1 ../x con index a/b permit time none add true []: {}: [x] {a:b} !!python/name:os &a *a id: status: inherits: "
        "https:// http://x javascript:x 1100701234560 081-234-5678 x@gmail.com ::error:: {{7*7}} </script> \\ud800 \\x00 "
        'volume,volume ,,,, "" "a"b รวม total ไม่มี N/A \u202e\u2028\u200b\ufeff\u0e4d\u0e32'
    )
    .encode()
    .split(b" "),
    *(b"\n", b"\r", b"\r\n", b"\t", b"  ", b"\0", b"\xff", b"\xe0\xb8"),
)
# A value of every kind, to stand where another kind is due.
VALUES: Final = tuple(
    b"3 -1 1.5 x [] {} [x] [[x]] {a:\xc2\xa0b} [{a:}] true none null '3' \"\" 2026-10-01 2569-01-01 {th:} {add:[x]} "
    b"{value:} [1,2] permit office/permit".split(b" ")
)
Mutator = Callable[[random.Random, bytes, tuple[bytes, ...]], bytes]


def mutant(number: int, files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Return the name of one of the files, and what became of it; one to four things are done to it."""
    chance = random.Random(SEED * 1_000_000 + number)  # a seed, not a secret
    name = chance.choice(sorted(files))
    content, others = files[name], tuple(files[other] for other in sorted(files))
    kinds = (*BYTES, *TOKENS, *(ROWS if name.endswith(".csv") else TREES))
    for _ in range(chance.choice((1, 1, 1, 2, 3, 4))):
        content = chance.choice(kinds)(chance, content, others)
    return name, content


def _range(chance: random.Random, length: int) -> tuple[int, int]:
    begin = chance.randrange(length + 1)
    return begin, min(length, begin + chance.choice((0, 1, 2, 5, 20, 100)))


# ---- bytes ----


def _replace_bytes(chance: random.Random, content: bytes, _others: tuple[bytes, ...]) -> bytes:
    begin, end = _range(chance, len(content))
    return content[:begin] + chance.randbytes(chance.choice((0, 1, 1, 2, 8))) + content[end:]


def _repeat_bytes(chance: random.Random, content: bytes, _others: tuple[bytes, ...]) -> bytes:
    begin, end = _range(chance, len(content))
    return content[:end] + content[begin:end] * chance.choice((1, 2, 50, 1000)) + content[end:]


def _cut_bytes(chance: random.Random, content: bytes, _others: tuple[bytes, ...]) -> bytes:
    begin, _ = _range(chance, len(content))
    return content[:begin] if chance.random() < 0.5 else content[begin:]


def _splice_bytes(chance: random.Random, content: bytes, others: tuple[bytes, ...]) -> bytes:
    other = chance.choice(others)
    begin, end = _range(chance, len(other))
    at, _ = _range(chance, len(content))
    return content[:at] + other[begin:end] + content[at:]


# ---- tokens ----


def _replace_token(chance: random.Random, content: bytes, others: tuple[bytes, ...]) -> bytes:
    tokens = _TOKEN.findall(content) or [b""]
    found = _TOKEN.findall(chance.choice(others)) or [b""]
    tokens[chance.randrange(len(tokens))] = chance.choice((chance.choice(WORDS), chance.choice(found), b""))
    return b"".join(tokens)


def _insert_word(chance: random.Random, content: bytes, _others: tuple[bytes, ...]) -> bytes:
    tokens = _TOKEN.findall(content)
    tokens.insert(chance.randrange(len(tokens) + 1), chance.choice(WORDS) * chance.choice((1, 1, 1, 3, 2000)))
    return b"".join(tokens)


def _move_line(chance: random.Random, content: bytes, _others: tuple[bytes, ...]) -> bytes:
    lines = content.split(b"\n")
    line = lines.pop(chance.randrange(len(lines)))
    lines.insert(
        chance.randrange(len(lines) + 1), chance.choice((line, b"  " + line, line.lstrip(), line + b"\n" + line))
    )
    return b"\n".join(lines)


# ---- grammar: trees of YAML, rows of CSV ----


def _scalars(content: bytes) -> list[tuple[int, int]]:
    """Return where each scalar of a YAML text begins and ends, as far as the text can be read."""
    found = []
    try:
        for event in yaml.parse(content.decode(), Loader=yaml.CLoader):
            if isinstance(event, yaml.ScalarEvent):
                found.append((event.start_mark.index, event.end_mark.index))
    except (yaml.YAMLError, UnicodeDecodeError):
        return found
    return found


def _replace_value(chance: random.Random, content: bytes, _others: tuple[bytes, ...]) -> bytes:
    found = _scalars(content)
    if not found:
        return content
    text, (begin, end) = content.decode(), chance.choice(found)
    old, value = text[begin:end], chance.choice(VALUES).decode()
    new = chance.choice((value, f"[{old}]", f"{{{old}: {value}}}", f"'{old}'", ""))
    return (text[:begin] + new + text[end:]).encode()


def _exchange_values(chance: random.Random, content: bytes, _others: tuple[bytes, ...]) -> bytes:
    found = _scalars(content)
    if len(found) < 2:
        return content
    text, ((one, one_end), (two, two_end)) = content.decode(), sorted(chance.sample(found, 2))
    return (text[:one] + text[two:two_end] + text[one_end:two] + text[one:one_end] + text[two_end:]).encode()


def _replace_cell(chance: random.Random, content: bytes, _others: tuple[bytes, ...]) -> bytes:
    lines = content.split(b"\n")
    at = chance.randrange(len(lines))
    cells = lines[at].split(b",")
    cells[chance.randrange(len(cells))] = chance.choice((chance.choice(WORDS), chance.choice(VALUES), b"", b"0"))
    lines[at] = b",".join(cells[:: chance.choice((1, 1, 1, -1))])
    return b"\n".join(lines)


def _exchange_columns(chance: random.Random, content: bytes, _others: tuple[bytes, ...]) -> bytes:
    rows = [line.split(b",") for line in content.split(b"\n")]
    one, two = chance.randrange(len(rows[0])), chance.randrange(len(rows[0]))
    for row in rows if chance.random() < 0.5 else rows[:1]:
        if max(one, two) < len(row):
            row[one], row[two] = row[two], row[one]
    return b"\n".join(b",".join(row) for row in rows)


BYTES: Final[tuple[Mutator, ...]] = (_replace_bytes, _repeat_bytes, _cut_bytes, _splice_bytes)
TOKENS: Final[tuple[Mutator, ...]] = (_replace_token, _insert_word, _move_line)
TREES: Final[tuple[Mutator, ...]] = (_replace_value, _exchange_values)
ROWS: Final[tuple[Mutator, ...]] = (_replace_cell, _exchange_columns)
