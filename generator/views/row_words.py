"""One period's figures in words, once for the table and the chart: there are 72 on a usual page, and 20,000 pages."""

from collections.abc import Sequence
from typing import NamedTuple

from generator.results import PeriodResult
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


def _said(words: Words, row: PeriodResult) -> RowWords:
    state, wording = row_state(row), words.wording
    percent = kept = total = ""
    volume, within = row.volume, row.within_target
    if volume is not None:
        total = wording.number(volume)
        if within is not None:
            kept = wording.number(within)
            if volume:
                percent = wording.percent(within, volume, row.target.share if row.target else None)
        elif volume:
            kept = words.strings("service.unknown")
    return RowWords(row, state, badge(words, state), wording.period_short(row.period), percent, kept, total)
