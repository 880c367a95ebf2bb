"""Words that say of each number in them which cells of the published tables it is made of.

A ``Figure`` is words with a claim for each of their numbers, in order.  Claims travel with the words from where a
number is printed to the page, so that they cannot drift apart; ``verify`` works them out again.  Words that are cut or
joined keep their claims only by ``joined`` and ``like``: what loses them is found.

On a page ``data-of="service/level/"``, below the page's own address ("/": from the root), is what the numbers after it
are about: an agency, a service, a level, or, on pages of life events, the event's own way; ``value``
of a ``data``, ``datetime`` of a ``time`` and ``data-figures`` are claims, and ``data-rows`` those of each ``data-at``
after it: of a period, or of a channel (``/counter``) or office (``//north``) over the last 12 months.  A claim is

``volume``                  a sum over the last 12 months due; ``share`` and ``rate`` are in per cent
``volume@2026-09``          a cell of that period; of a revision ``@2026-09r0``, of a target that begins ``@2026-09-01``
``services:type=permit``    how many rows of a table below the page's address have this; ``status!retired``: not this;
                            ``;file``: different cells only.  Tables are those of ``data/`` and of ``verify.sql``
``services.steps:``         the sum of a column of such rows; ``cells`` has a row for what all reports of a year come to
``a/b``  ``a+b``  ``a~b``   a in per cent of b, both together, a less b
``2026-09``  ``a..b``       the year of a period, the day and year of a day, how many periods from one to the other
``12``  ``=60``  ``*``      this number; any number, for somebody typed it
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Self

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
TYPED = "*"  # somebody typed this number: it is no figure of ours


class Figure(str):
    """Words, and what their numbers are made of."""

    __slots__ = ("claims",)
    claims: tuple[str, ...]

    def __new__(cls, words: str = "", claims: tuple[str, ...] | None = None) -> Self:
        """Return words with claims; those that they have already, where none are given."""
        made = super().__new__(cls, words)
        made.claims = claims_of(words) if claims is None else claims
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, tuple[str, ...]]]:
        """Figures go from process to process with their claims."""
        return type(self), (str(self), self.claims)


def claims_of(words: object) -> tuple[str, ...]:
    """Return what words claim; nothing where they are plain."""
    return words.claims if isinstance(words, Figure) else ()


def figure(words: str, *claims: str) -> Figure:
    """Return words with a claim for each of their numbers; a figure that is said in words needs none."""
    return Figure(words, claims[: len(numbers_in(words))])


def like(words: str, changed: str) -> str:
    """Return changed words with the claims that they had."""
    return Figure(changed, words.claims) if isinstance(words, Figure) and words.claims else changed


def joined(mark: str, parts: Iterable[str]) -> Figure:
    """Return words with a mark between them, and all their claims."""
    listed = list(parts)
    return Figure(mark.join(listed), tuple(claim for part in listed for claim in claims_of(part)))


def typed(words: str) -> str:
    """Return a text that somebody typed: its numbers are no figures of ours."""
    found = numbers_in(words)
    return Figure(words, (TYPED,) * len(found)) if found else words


@lru_cache(maxsize=16384)
def numbers_in(words: str) -> tuple[str, ...]:
    """Return the numbers in words."""
    return tuple(NUMBER.findall(words))
