"""Sums: a level over a span of time, several levels together, and how many promises were kept."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from generator.model import Measure
from generator.periods import Grain, Period
from generator.results import Coverage, PeriodResult, Rollup, SpanResult, Tally, Verdict
from generator.stats.verdicts import promised

WITH_CASES: frozenset[Verdict] = frozenset({"met", "missed", "no_target"})
# A report came: the agency said something of the period, be it that there was nothing to say.
CAME: frozenset[Coverage] = frozenset({"reported", "no_cases", "suppressed", "not_applicable"})

JudgedLevel = tuple[Measure, Grain, SpanResult]


def is_due(row: PeriodResult, as_of: date) -> bool:
    """Return whether the report of the period should be here by ``as_of``."""
    return row.due is not None and row.due <= as_of


def has_come(row: PeriodResult) -> bool:
    """Return whether a report of the period came that can be published."""
    return row.coverage in CAME


def span_of(rows: Sequence[PeriodResult], as_of: date, caution_below: int) -> SpanResult:
    """Return the sum over the rows of one level, in order of time.

    Rows without cases are left out of the sums and of the verdict; coverage counts the rows that are due.
    """
    counted = [row for row in rows if row.verdict in WITH_CASES]
    due = [row.coverage in CAME for row in rows if row.due is not None and row.due <= as_of]
    volumes, within_target = _sums(counted)
    volume = sum(volumes.values())
    needed = sum((Fraction(share) * part for share, part in volumes.items() if share is not None), Fraction(0))
    states = {row.verdict for row in rows}
    return SpanResult(
        periods=tuple([row.period for row in rows]),
        within_target=within_target,
        volume=volume,
        needed=needed,
        verdict=_span_verdict(states, within_target, needed),
        reported=sum(due),
        due=len(due),
        share=_one_share(volumes.keys()),
        target=(counted or rows)[-1].target if rows else None,
        changed=_changed(counted),
        small=0 < volume < caution_below,
        provisional=any(row.provisional for row in counted),
        states=tuple(sorted(states)),
    )


def _sums(counted: Iterable[PeriodResult]) -> tuple[dict[Decimal | None, int], int]:
    """The cases under each share (None: no share), and those of all that kept the promise."""
    volumes: dict[Decimal | None, int] = {}
    within_target = 0
    for row in counted:
        share = row.target.share if row.target is not None else None
        volumes[share] = volumes.get(share, 0) + (row.volume or 0)
        within_target += row.within_target or 0
    return volumes, within_target


def _span_verdict(states: Collection[Verdict], within_target: int, needed: Fraction) -> Verdict:
    """Nothing but zeros says so even where some months are missing, as a sum does; hidden cases are no zeros."""
    if "no_target" in states:
        return "no_target"
    if "met" in states or "missed" in states:
        return "met" if within_target >= needed else "missed"
    return "no_cases" if "no_cases" in states and "suppressed" not in states else "not_reported"


def _one_share(shares: Collection[Decimal | None]) -> Decimal | None:
    return next(iter(shares)) if len(shares) == 1 else None


def _changed(counted: Sequence[PeriodResult]) -> bool:
    targets = {id(row.target): row.target for row in counted}
    if len(targets) > 1 and len({promised(target) for target in targets.values()}) > 1:
        return True
    return any(row.target_changed_inside for row in counted)


def rolled_up(spans: Sequence[SpanResult], caution_below: int) -> SpanResult:
    """Return the sum of spans of several levels, or of sums of them; all have a share and cases."""
    within_target = sum(span.within_target for span in spans)
    volume = sum(span.volume for span in spans)
    needed = sum((span.needed for span in spans), Fraction(0))
    states: set[Verdict] = {state for span in spans for state in span.states}
    return SpanResult(
        periods=_all_periods(spans),
        within_target=within_target,
        volume=volume,
        needed=needed,
        verdict=_span_verdict(states, within_target, needed),
        reported=sum(span.reported for span in spans),
        due=sum(span.due for span in spans),
        share=_one_share({span.share for span in spans}),
        target=None,
        changed=any(span.changed for span in spans),
        small=0 < volume < caution_below,
        provisional=any(span.provisional for span in spans),
        states=tuple(sorted(states)),
    )


def _all_periods(spans: Iterable[SpanResult]) -> tuple[Period, ...]:
    return tuple(sorted({period for span in spans for period in span.periods}))


def rollups_of(levels: Iterable[JudgedLevel], caution_below: int) -> tuple[Rollup, ...]:
    """Return one sum for each measure and grain, sorted by them; a level without cases under a share is in none."""
    groups: dict[tuple[Measure, Grain], list[SpanResult]] = {}
    for measure, grain, span in levels:
        if span.volume:
            groups.setdefault((measure, grain), []).append(span)
    return tuple(
        Rollup(measure, grain, len(spans), rolled_up(spans, caution_below))
        for (measure, grain), spans in sorted(groups.items())
    )


def rollups_together(rollups: Iterable[Rollup], caution_below: int) -> tuple[Rollup, ...]:
    """Return sums of sums, of one measure and one grain each: the same as summing all levels at once."""
    groups: dict[tuple[Measure, Grain], list[Rollup]] = {}
    for rollup in rollups:
        groups.setdefault((rollup.measure, rollup.grain), []).append(rollup)
    return tuple(
        Rollup(
            measure, grain, sum(part.levels for part in parts), rolled_up([part.span for part in parts], caution_below)
        )
        for (measure, grain), parts in sorted(groups.items())
    )


def tally_of(spans: Iterable[SpanResult]) -> Tally:
    """Return how many spans have each verdict, one span for each level."""
    listed = list(spans)
    verdicts: Counter[str] = Counter(span.verdict for span in listed)
    return Tally(
        **verdicts,  # a verdict's name is the name of its count
        reported=sum(span.reported for span in listed),
        due=sum(span.due for span in listed),
    )


def tallies_together(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies."""
    listed = list(tallies)
    return Tally(**{name: sum(getattr(tally, name) for tally in listed) for name in Tally.__slots__})
