"""The few kinds of parts that a paper is made of; whatever prints them needs to know these and no service."""

from dataclasses import dataclass
from typing import Literal

from generator.views.states import Badge
from generator.views.words import Line, Mixed, Prose, Said

Inline = Mixed | Prose
Cell = Mixed | Badge
Kind = Literal["text", "heading", "list", "numbered", "entries", "steps", "grid"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One of several things of a kind: its name, what is said beneath it, and what stands at its right."""

    title: Mixed
    lines: tuple[Inline, ...] = ()
    side: tuple[Mixed, ...] = ()


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a table: its name and its cells."""

    name: Mixed
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.  ``caption`` may be empty; the first of ``head`` stands over the names."""

    caption: Mixed
    head: tuple[str, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a section: one of the three fields holds what its kind asks for.  ``steps`` are numbered entries."""

    kind: Kind
    items: tuple[Inline, ...] = ()
    entries: tuple[Entry, ...] = ()
    grid: Grid | None = None


def plain(words: Line | Mixed) -> Mixed:
    """Return words of the interface as the parts of a sentence."""
    return (Said(words),) if isinstance(words, str) else words


def text(words: Line | Mixed) -> Piece:
    """Return a paragraph."""
    return Piece("text", (plain(words),))
