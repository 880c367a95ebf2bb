"""One period's figures in words, once for the table and the chart: there are 72 on a usual page, and 20,000 pages."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from generator.results import PeriodResult
from generator.texts import Wording
from generator.views.states import Badge, State, badge, row_state
from generator.views.words import Words


class RowWords(NamedTuple):
    """A period with its state, its name, and its figures; ``percent``, ``kept`` and ``all`` are empty where unknown."""

    row: PeriodResult
    state: State
    badge: Badge
    period: str
    percent: str
    kept: str
    all: str


def row_words(words: Words, rows: Sequence[PeriodResult]) -> list[RowWords]:
    """Return periods with their figures in words, in the same order."""
    return [_said(words, row) for row in rows]


@lru_cache(maxsize=65536)
def percent_words(wording: Wording, within: int, volume: int, share: Decimal | None) -> str:
    """Return a result in per cent; the volume is above 0."""
    return wording.percent(within, volume, share)


@lru_cache(maxsize=65536)
def number_in(wording: Wording, value: int) -> str:
    """Return a whole number."""
    return wording.number(value)


@lru_cache(maxsize=16384)
def duration_in(wording: Wording, value: Decimal, unit: str) -> str:
    """Return a length of time with its unit."""
    return wording.duration(value, unit)


def _said(words: Words, row: PeriodResult) -> RowWords:
    state, wording = row_state(row), words.wording
    percent = kept = total = ""
    volume, within = row.volume, row.within_target
    if volume is not None:
        total = number_in(wording, volume)
        if within is not None:
            kept = number_in(wording, within)
            if volume:
                percent = percent_words(wording, within, volume, row.target.share if row.target else None)
        elif volume:
            kept = words.strings("service.unknown")
    return RowWords(row, state, badge(words, state), wording.period_short(row.period), percent, kept, total)
