"""One service level: every period of its grain, its headline, its years and its breakdowns."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import groupby

from generator.model import LevelKey, Observation, ServiceLevel, Target, in_force
from generator.periods import Period, due_day, fiscal_year_of
from generator.results import LevelResult, PeriodResult, SpanResult, YearSpan
from generator.stats.breakdowns import breakdown_rows_of, breakdowns_of
from generator.stats.due import last_due_year, owed_periods, year_before, year_until
from generator.stats.judged import Terms, judged, not_there
from generator.stats.rows import LevelRows
from generator.stats.spans import JudgedLevel, has_come, is_due, span_of

WITH_COUNTS = ("met", "missed", "no_target", "no_cases")


def measure_level(key: LevelKey, level: ServiceLevel, reported: LevelRows, terms: Terms) -> LevelResult:
    """Return all that is said of one level, given its rows and the terms they are judged by."""
    rows = _rows(terms, reported)
    others = tuple(_result(terms, period, reported) for period in _other_periods(terms, reported))
    current, year = _last_year(terms, rows)
    headline_rows = _due_in(terms, rows, year)
    headline = _span(terms, headline_rows)
    parts = breakdown_rows_of(terms, reported)
    return LevelResult(
        key=key,
        level=level,
        grain=terms.duty.grain,
        rows=rows,
        other_rows=others,
        headline=headline,
        previous=_previous(terms, rows, year),
        latest=_newest(rows, lambda row: row.verdict in WITH_COUNTS),
        with_median=_newest_with(rows, lambda seen: seen.median is not None),
        with_p90=_newest_with(rows, lambda seen: seen.p90 is not None),
        with_backlog=_newest_with(rows, lambda seen: seen.backlog is not None),
        missing=tuple(row.period for row in headline_rows if row.coverage == "not_reported"),
        never_reported=not any(has_come(row) or row.withheld for row in (*rows, *others)),
        current_target=in_force(terms.targets, terms.calendar.as_of),
        next_target=_next_target(terms.targets, terms.calendar.as_of),
        breakdowns=breakdowns_of(terms, parts, headline),
        breakdown_rows=parts,
        current=current,
        by_year=_by_year(terms, rows),
    )


def withheld_since(kept_from: date | None, reported: LevelRows, terms: Terms) -> LevelRows:
    """Return a level's rows; of one that is kept from a day, reports that fell due later are withheld, not missing.

    They may have been sent, but nobody can say so while the service's file cannot be read.
    """
    if kept_from is None:
        return reported
    wait = terms.duty.due_after_days
    since = [period for period in owed_periods(terms.duty, terms.calendar) if due_day(period, wait) > kept_from]
    return replace(reported, of_all={**dict.fromkeys(since, ()), **reported.of_all})


def summed(result: LevelResult, caution_below: int, as_of: date) -> JudgedLevel:
    """Return what a roll-up takes of a level: its measure, its grain, and its headline where a share was in force."""
    if "no_target" not in result.headline.states:
        return result.level.measure, result.grain, result.headline
    periods = set(result.headline.periods)
    rows = [row for row in result.rows if row.period in periods and row.verdict != "no_target"]
    return result.level.measure, result.grain, span_of(rows, as_of, caution_below)


def _rows(terms: Terms, reported: LevelRows) -> tuple[PeriodResult, ...]:
    """A period that has only rows by channel or office is not reported."""
    grain = terms.duty.grain
    seen = {period for period in reported.of_all if period.grain == grain}
    seen |= {key.period for key in reported.of_parts if key.period.grain == grain}
    periods = sorted(seen | set(owed_periods(terms.duty, terms.calendar)))
    return tuple(_result(terms, period, reported) for period in periods)


def _other_periods(terms: Terms, reported: LevelRows) -> list[Period]:
    return [period for period in reported.of_all if period.grain != terms.duty.grain]


def _result(terms: Terms, period: Period, reported: LevelRows) -> PeriodResult:
    revisions = reported.of_all.get(period)
    if revisions:
        return judged(terms, period, revisions)
    return not_there(terms, period, withheld=revisions is not None)


def _last_year(terms: Terms, rows: Sequence[PeriodResult]) -> tuple[bool, tuple[Period, ...]]:
    """Whether anything was due in the last 12 months, and the 12 months of the headline: these, or the level's own."""
    year = last_due_year(terms.duty.grain, terms.duty.due_after_days, terms.calendar)
    last = _newest(rows, lambda row: is_due(row, terms.calendar.as_of))
    if last is None:
        return False, ()
    if last.period >= year[0]:
        return True, year
    return False, year_until(last.period, terms.calendar)


def _due_in(terms: Terms, rows: Sequence[PeriodResult], periods: Sequence[Period]) -> list[PeriodResult]:
    """Return the rows that are due among periods that follow each other."""
    if not periods:
        return []
    begin, end = periods[0].start, periods[-1].end
    return [row for row in rows if begin <= row.period.start < end and is_due(row, terms.calendar.as_of)]


def _span(terms: Terms, rows: Sequence[PeriodResult]) -> SpanResult:
    return span_of(rows, terms.calendar.as_of, terms.small_numbers.caution_below)


def _previous(terms: Terms, rows: Sequence[PeriodResult], year: tuple[Period, ...]) -> SpanResult | None:
    if not year:
        return None
    before = _due_in(terms, rows, year_before(year, terms.calendar))
    return _span(terms, before) if before else None


def _newest(rows: Sequence[PeriodResult], wanted: Callable[[PeriodResult], bool]) -> PeriodResult | None:
    return next((row for row in reversed(rows) if wanted(row)), None)


def _newest_with(rows: Sequence[PeriodResult], wanted: Callable[[Observation], bool]) -> PeriodResult | None:
    return _newest(rows, lambda row: row.observation is not None and wanted(row.observation))


def _next_target(targets: Sequence[Target], day: date) -> Target | None:
    return min((target for target in targets if target.valid_from > day), key=lambda one: one.valid_from, default=None)


def _by_year(terms: Terms, rows: Sequence[PeriodResult]) -> tuple[YearSpan, ...]:
    told = [row for row in rows if is_due(row, terms.calendar.as_of) or has_come(row)]
    starts = terms.calendar.fiscal_year_starts
    by_year = groupby(told, key=lambda row: _year_of(row.period, starts))
    years = [YearSpan(year, _span(terms, list(group))) for year, group in by_year if year is not None]
    return tuple(reversed(years))


@lru_cache(maxsize=4096)
def _year_of(period: Period, fiscal_year_starts: int) -> Period | None:
    """The fiscal year that holds the whole period; none where it lies in two; a calendar year is its own."""
    if period.grain == "year":
        return period
    year = fiscal_year_of(period.start, fiscal_year_starts)
    return year if period.end <= year.end else None
