"""Which reports an agency owes: the grain of a level, the periods that are due, and the last 12 months of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from generator.model import Agency, Frequency, Reporting, Service, ServiceLevel
from generator.periods import MONTHS_IN, Grain, Period, due_day, last_span, next_period, period_of, periods_between

# Ten years.  A report that is owed later than that is never due, and the calendar would run out of years.
LONGEST_WAIT = 3660
GRAINS: tuple[Grain, ...] = ("month", "quarter", "half_year", "fiscal_half_year", "year", "fiscal_year")


@dataclass(frozen=True, slots=True)
class Calendar:
    """What every question about time needs: the day the site speaks for, and the month the fiscal year starts in."""

    as_of: date
    fiscal_year_starts: int


@dataclass(frozen=True, slots=True)
class Duty:
    """What a level owes: of which grain, how long after a period's end, from and to which first day of a period.

    ``begins`` is None where nothing is owed but what was reported; ``ends`` is None where the promise has no end.
    """

    grain: Grain
    due_after_days: int
    begins: date | None
    ends: date | None

    def owes(self, period: Period) -> bool:
        """Return whether the report of this period is owed."""
        if self.begins is None or period.grain != self.grain or period.start < self.begins:
            return False
        return self.ends is None or period.start <= self.ends


def reporting_of(agency: Agency, service: Service) -> Reporting:
    """Return how a service reports: what its own ``reporting`` says, and what it leaves out as its agency does."""
    own = service.reporting
    if own is None:
        return agency.reporting
    return own.model_copy(
        update={
            name: getattr(agency.reporting, name) for name in Reporting.model_fields if name not in own.model_fields_set
        }
    )


def grain_of(reporting: Reporting, reported: Collection[Grain] = ()) -> Grain:
    """Return the grain in which a level owes its reports.

    It is that of ``frequency``; halves are of the fiscal year where ``first_period`` is.  A level whose rows are all of
    another grain has the one that most of them are of, the finest of equals: its rows are results all the same.
    """
    expected = _expected(reporting.frequency, reporting.first_period)
    if not reported or expected in reported:
        return expected
    counts = {grain: sum(one == grain for one in reported) for grain in GRAINS}
    return max(GRAINS, key=lambda grain: counts[grain])


def _expected(frequency: Frequency, first: Period | None) -> Grain:
    if frequency == "half_year" and first is not None and first.grain in ("fiscal_half_year", "fiscal_year"):
        return "fiscal_half_year"
    return frequency


def wait_of(reporting: Reporting) -> int:
    """Return how many days after a period's last day its report is owed."""
    return min(int(reporting.due_after_days), LONGEST_WAIT)


def duty_of(agency: Agency, service: Service, level: ServiceLevel, reported: Collection[Grain]) -> Duty:
    """Return what a level owes; ``reported`` are the grains of its rows, one for each.

    A period is owed whose first day is on or after ``first_period`` and the first promise, and not after the last.
    Agencies and services that are not active, and levels without a promise, owe nothing more.
    """
    reporting = reporting_of(agency, service)
    grain = grain_of(reporting, reported)
    wait = wait_of(reporting)
    if agency.status != "active" or service.status != "active" or not level.targets:
        return Duty(grain, wait, None, None)
    begins = min(target.valid_from for target in level.targets)
    if reporting.first_period is not None:
        begins = max(begins, reporting.first_period.start)
    ends = [target.valid_to for target in level.targets if target.valid_to is not None]
    return Duty(grain, wait, begins, max(ends) if len(ends) == len(level.targets) else None)


def owed_periods(duty: Duty, calendar: Calendar) -> tuple[Period, ...]:
    """Return the periods that have ended and whose reports are owed, due or not yet."""
    if duty.begins is None:
        return ()
    return tuple(period for period in _ended(duty.begins, duty.grain, calendar) if duty.owes(period))


@lru_cache(maxsize=512)
def _ended(begins: date, grain: Grain, calendar: Calendar) -> tuple[Period, ...]:
    first = period_of(begins, grain, calendar.fiscal_year_starts)
    if first.start < begins:
        first = next_period(first, calendar.fiscal_year_starts)
    return tuple(periods_between(first, calendar.as_of, calendar.fiscal_year_starts))


@lru_cache(maxsize=512)
def last_due_year(grain: Grain, due_after_days: int, calendar: Calendar) -> tuple[Period, ...]:
    """Return the last 12 months whose reports are due on ``as_of``: 12 months, 4 quarters, 2 halves or 1 year."""
    period = last_ended(grain, calendar)
    while due_day(period, due_after_days) > calendar.as_of:
        period = last_span(period, 2, calendar.fiscal_year_starts)[0]
    return year_until(period, calendar)


def last_ended(grain: Grain, calendar: Calendar) -> Period:
    """Return the last period of this grain that has ended."""
    under_way = period_of(calendar.as_of, grain, calendar.fiscal_year_starts)
    return last_span(under_way, 2, calendar.fiscal_year_starts)[0]


@lru_cache(maxsize=512)
def year_until(period: Period, calendar: Calendar) -> tuple[Period, ...]:
    """Return the 12 months that end with this period, in periods of its grain."""
    return tuple(last_span(period, 12 // MONTHS_IN[period.grain], calendar.fiscal_year_starts))


def year_before(periods: tuple[Period, ...], calendar: Calendar) -> tuple[Period, ...]:
    """Return the 12 months before these."""
    return year_until(last_span(periods[0], 2, calendar.fiscal_year_starts)[0], calendar)
