"""An agency's services, levels, tallies and sums; and the country's, from the agencies' summaries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from generator.model import Agency, AgencyData, Catalog, LevelKey, Service
from generator.periods import Period, last_span
from generator.results import (
    AgencyResult,
    AgencySummary,
    CountryResult,
    Coverage,
    LevelResult,
    PeriodResult,
    ServiceResult,
    SpanResult,
    Tally,
    YearTally,
)
from generator.stats.due import Calendar, grain_of, last_due_year, last_ended, wait_of
from generator.stats.judged import terms_of
from generator.stats.levels import measure_level, summed, withheld_since
from generator.stats.rows import NO_ROWS, LevelRows, rows_by_level
from generator.stats.spans import rollups_of, rollups_together, tallies_together, tally_of

MONTHS_SHOWN = 13  # a year, and the same month a year ago
# Of several states in one cell the first one found is shown: what is missing must not hide behind what came.
WORST_FIRST: tuple[Coverage, ...] = (
    "withheld", "not_reported", "not_due", "suppressed", "no_cases", "not_applicable", "reported",
)  # fmt: skip


def measure_agency(catalog: Catalog, data: AgencyData, as_of: date) -> AgencyResult:
    """Return what is said of an agency on the day that the site speaks for; its own file is right."""
    agency = data.agency
    assert agency is not None, "an agency whose own file is wrong is not measured"
    rows = rows_by_level(catalog, data)
    published = [data.services[service_id] for service_id in sorted(data.services)]
    services = {
        service.id: _measure_service(catalog, data, service, rows, as_of)
        for service in published
        if service.status != "draft"
    }
    result = _agency_result(catalog, agency, services, Calendar(as_of, catalog.settings.fiscal_year_starts))
    return replace(result, kept_from=data.kept_from)


def _agency_result(
    catalog: Catalog, agency: Agency, services: Mapping[str, ServiceResult], calendar: Calendar
) -> AgencyResult:
    levels = [level for service in services.values() for level in service.levels]
    grain = grain_of(agency.reporting)
    months = tuple(last_span(last_ended(grain, calendar), MONTHS_SHOWN, calendar.fiscal_year_starts))
    parts = (rollup for service in services.values() for rollup in service.rollups)
    return AgencyResult(
        agency=agency,
        services=services,
        tally=tallies_together(service.tally for service in services.values()),
        previous=_previous(levels),
        rollups=rollups_together(parts, catalog.settings.small_numbers.caution_below),
        months=months,
        coverage=tuple((level.key, _coverage(level, months)) for level in levels),
        by_year=_by_year(levels, calendar.as_of),
        span=last_due_year(grain, wait_of(agency.reporting), calendar),
        row_count=sum(_row_count(level) for level in levels),
    )


def _measure_service(
    catalog: Catalog, data: AgencyData, service: Service, rows: Mapping[tuple[str, str], LevelRows], as_of: date
) -> ServiceResult:
    assert data.agency is not None
    kept_from = data.kept.get(service.id)
    limit = catalog.settings.small_numbers.caution_below
    known = (Calendar(as_of, catalog.settings.fiscal_year_starts), catalog.settings.small_numbers)
    levels = []
    for level in service.service_levels or ():
        own = rows.get((service.id, level.id), NO_ROWS)
        terms = terms_of(data.agency, service, level, own, known)
        shown = withheld_since(kept_from, own, terms)
        levels.append(measure_level(LevelKey(data.agency_id, service.id, level.id), level, shown, terms))
    counted = [level for level in levels if level.current]
    return ServiceResult(
        service=service,
        levels=tuple(levels),
        tally=tally_of(level.headline for level in counted),
        rollups=rollups_of((summed(level, limit, as_of) for level in counted), limit),
        kept_from=kept_from,
    )


def _previous(levels: Iterable[LevelResult]) -> Tally | None:
    spans = [level.previous for level in levels if level.current and level.previous is not None]
    return tally_of(spans) if spans else None


def _coverage(level: LevelResult, months: Sequence[Period]) -> tuple[Coverage, ...]:
    """A cell holds the states of all the level's periods that lie in it, or around it."""
    recent = [row for row in level.rows if row.period.end > months[0].start]
    return tuple(_cell(recent, month) for month in months)


def _cell(rows: Sequence[PeriodResult], month: Period) -> Coverage:
    states = {row.coverage for row in rows if row.period.start < month.end and month.start < row.period.end}
    return next((state for state in WORST_FIRST if state in states), "none")


def _by_year(levels: Iterable[LevelResult], as_of: date) -> tuple[YearTally, ...]:
    years: dict[Period, list[SpanResult]] = {}
    for level in levels:
        for one in level.by_year:
            if one.span.due and one.year.end <= as_of:
                years.setdefault(one.year, []).append(one.span)
    return tuple(YearTally(year, tally_of(years[year])) for year in sorted(years, reverse=True))


def _row_count(level: LevelResult) -> int:
    of_all = sum(row.observation is not None for row in (*level.rows, *level.other_rows))
    return of_all + sum(row.observation is not None for *_, row in level.breakdown_rows)


def summary_of(result: AgencyResult) -> AgencySummary:
    """Return what the country needs of an agency."""
    return AgencySummary(
        agency_id=result.agency.id,
        title=result.agency.title,
        services=len(result.services),
        levels=len(result.levels),
        rows=result.row_count,
        tally=result.tally,
        previous=result.previous,
        rollups=result.rollups,
        span=result.span,
        latest=_latest(result.levels),
    )


def _latest(levels: Iterable[LevelResult]) -> Period | None:
    periods = (level.latest.period for level in levels if level.latest)
    return max(periods, default=None, key=lambda period: (period.end, period.start))


def measure_country(summaries: Iterable[AgencySummary], caution_below: int) -> CountryResult:
    """Return the sums over all agencies that could be read, in the order of their ids."""
    listed = tuple(sorted(summaries, key=lambda one: one.agency_id))
    previous = [one.previous for one in listed if one.previous is not None]
    return CountryResult(
        agencies=len(listed),
        services=sum(one.services for one in listed),
        levels=sum(one.levels for one in listed),
        tally=tallies_together(one.tally for one in listed),
        rollups=rollups_together((rollup for one in listed for rollup in one.rollups), caution_below),
        rows=sum(one.rows for one in listed),
        previous=tallies_together(previous) if previous else None,
        spans=tuple(sorted({one.span for one in listed})),
        summaries=listed,
    )
