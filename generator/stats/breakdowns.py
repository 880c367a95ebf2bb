"""One level by channel and by office.  The row of all is reported, never summed from these."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from generator.results import Breakdown, PeriodResult, SpanResult
from generator.stats.judged import Terms, judged, not_there
from generator.stats.rows import BreakdownKind, CellKey, LevelRows, Revisions, kind_of
from generator.stats.spans import span_of
from generator.stats.suppression import publishable_parts

BreakdownRow = tuple[BreakdownKind, str, str, PeriodResult]


def breakdown_rows_of(terms: Terms, reported: LevelRows) -> tuple[BreakdownRow, ...]:
    """Return the results of a level's rows by channel, office or both, by kind, id and time, as they may be shown."""
    parts = publishable_parts(reported, terms.small_numbers.suppress_below)
    found = [(kind_of(key) or "both", key.channel_id, key.office_id, _result(terms, key, parts[key])) for key in parts]
    return tuple(sorted(found, key=lambda row: (row[0], row[1], row[2], row[3].period)))


def _result(terms: Terms, key: CellKey, revisions: Revisions) -> PeriodResult:
    return judged(terms, key.period, revisions) if revisions else not_there(terms, key.period, withheld=True)


def breakdowns_of(terms: Terms, rows: Sequence[BreakdownRow], headline: SpanResult) -> tuple[Breakdown, ...]:
    """Return the sums of each channel and each office over the periods of the headline."""
    periods = set(headline.periods)
    groups: dict[tuple[Literal["channel", "office"], str], list[PeriodResult]] = {}
    for kind, channel_id, office_id, result in rows:
        if kind != "both" and result.period in periods:
            groups.setdefault((kind, channel_id or office_id), []).append(result)
    return tuple(_breakdown(terms, kind, name, found, headline) for (kind, name), found in sorted(groups.items()))


def _breakdown(
    terms: Terms, kind: Literal["channel", "office"], name: str, rows: Sequence[PeriodResult], headline: SpanResult
) -> Breakdown:
    limit = terms.small_numbers.caution_below
    span = replace(span_of(rows, terms.calendar.as_of, limit), due=headline.due)
    hidden = "suppressed" in span.states
    return Breakdown(kind, name, _without_figures(span) if hidden else span, withheld=hidden)


def _without_figures(span: SpanResult) -> SpanResult:
    return replace(
        span, within_target=0, volume=0, needed=Fraction(0), verdict="suppressed", small=False, states=("suppressed",)
    )
