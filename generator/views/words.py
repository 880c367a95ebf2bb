"""What every view speaks with: the reader's language, its words, and the agencies' own texts with their language marked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Literal, NamedTuple

from generator.claims import Figure, claims_of, numbers_in, typed
from generator.texts import Strings, Wording, in_language

_BLANK_LINE = re.compile(r"\n[ \n]*\n")
_HOLD = "\x02"  # stands around a text's name until it is put in; no text holds one (data contract, section 1)


class Line(Figure):
    """A sentence in the reader's language.  Its no-break spaces join what stays on one line: a figure and its unit."""

    __slots__ = ()

    @property
    def segments(self) -> list["Line"]:
        """Return the statements that a middle dot parts, each with its claims: one line each on a phone."""
        left = iter(self.claims)
        return [Line(part, tuple(islice(left, len(numbers_in(part))))) for part in self.split(" · ")]


@dataclass(frozen=True, slots=True)
class Said:
    """An agency's text of one line.  ``language`` is empty where it is the page's own."""

    text: str
    language: str = ""


class Block(NamedTuple):
    """A paragraph (one item) or a list."""

    kind: Literal["paragraph", "list"]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """An agency's text of several lines.  ``language`` is empty where it is the page's own."""

    blocks: tuple[Block, ...]
    language: str = ""

    @property
    def first_line(self) -> str:
        """Return its first sentence or item, for places that have room for one."""
        return self.blocks[0].items[0] if self.blocks else ""


# A sentence of the interface that holds texts of an agency: its parts in order.
Mixed = tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The reader's language, the catalog's first one, and the day the site speaks for."""

    language: str
    strings: Strings
    wording: Wording
    first: str
    as_of: date

    def line(self, key: str, **facts: object) -> Line:
        """Return the interface's words of a key."""
        return Line(self.strings(key, **facts)) if facts else _line(self.strings, key)

    def mixed(self, key: str, **facts: Said | str) -> Mixed:
        """Return the interface's words of a key around an agency's texts, those in another language apart and marked."""
        foreign = {name: fact for name, fact in facts.items() if isinstance(fact, Said) and fact.language}
        plain = {name: fact.text if isinstance(fact, Said) else fact for name, fact in facts.items()}
        if not foreign:
            return (Said(self.line(key, **plain)),)
        held = {name: f"{_HOLD}{name}{_HOLD}" for name in foreign}
        parts = self.strings(key, **plain | held).split(_HOLD)
        said = [foreign[part] if at % 2 else Said(Line(part)) for at, part in enumerate(parts) if part]
        return _with_claims(said, claims_of(self.strings(key, **plain)))

    def text(self, text: Mapping[str, str]) -> Said:
        """Return an agency's text in the reader's language, or in another one, marked."""
        words, language = in_language(text, self.language, self.first)
        return Said(typed(words.strip()), "" if language == self.language else language)

    def prose(self, text: Mapping[str, str]) -> Prose:
        """Return an agency's text as paragraphs and lists, in the reader's language or, marked, in another one."""
        words, language = in_language(text, self.language, self.first)
        return Prose(blocks_of(words), "" if language == self.language else language)


def _with_claims(parts: Sequence[Said], claims: tuple[str, ...]) -> Mixed:
    """Return the parts of a sentence, whose claims are all with the first: they stand in the order of the whole."""
    texts = (type(one.text)(str(one.text)) for one in parts)
    first, *rest = (Said(text, one.language) for text, one in zip(texts, parts, strict=True))
    kind = Line if isinstance(first.text, Line) else Figure
    return (Said(kind(first.text, claims), first.language), *rest)


@lru_cache(maxsize=4096)
def _line(strings: Strings, key: str) -> Line:
    return Line(strings(key))


@lru_cache(maxsize=4096)
def blocks_of(text: str) -> tuple[Block, ...]:
    """Return plain text as paragraphs and lists: a blank line ends a paragraph, "- " begins an item (contract, 2)."""
    return tuple(block for part in _BLANK_LINE.split(text.strip()) for block in _blocks(part))


def _blocks(part: str) -> list[Block]:
    blocks: list[Block] = []
    for line in filter(None, map(str.strip, part.split("\n"))):
        kind: Literal["paragraph", "list"] = "list" if line.startswith("- ") else "paragraph"
        words = line[2:].strip() if kind == "list" else line
        if blocks and blocks[-1].kind == kind:
            blocks[-1] = _continued(blocks[-1], words)
        else:
            blocks.append(Block(kind, (words,)))
    return blocks


def _continued(block: Block, words: str) -> Block:
    """A list gets one more item; a paragraph's next line continues it."""
    return Block(block.kind, (*block.items, words) if block.kind == "list" else (f"{block.items[0]} {words}",))
