"""Reporting periods: months, quarters, halves and years of the calendar and of the fiscal year.

A period is half-open: ``start <= day < end``. A fiscal year is called after the year in which it ends, so
where it starts in October, FY2026 runs from 2025-10-01 to 2026-10-01. Gregorian years only.
"""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, NamedTuple

Grain = Literal["month", "quarter", "half_year", "year", "fiscal_year", "fiscal_half_year"]
Frequency = Literal["month", "quarter", "half_year", "year", "fiscal_year"]

MONTHS_IN: Final[dict[Grain, int]] = {
    "month": 1,
    "quarter": 3,
    "half_year": 6,
    "year": 12,
    "fiscal_half_year": 6,
    "fiscal_year": 12,
}
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2400

_CODE = re.compile(r"(?P<fiscal>FY)?(?P<year>[0-9]{4})(?:-(?P<part>0[1-9]|1[0-2]|Q[1-4]|H[12]))?")


class Period(NamedTuple):
    """One reporting period. The fields stand in the order that sorts periods by time."""

    start: date
    end: date
    code: str
    grain: Grain


@lru_cache(maxsize=8192)
def read_period(code: str, fiscal_year_starts: int = 1) -> Period | None:
    """Return the period that a code names, or None where it names none (data contract, section 2)."""
    found = _CODE.fullmatch(code)
    if found is None or not FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
        return None
    year, part = int(found["year"]), found["part"]
    if found["fiscal"] is None:
        return _read_calendar(year, part)
    return _read_fiscal(year, part, fiscal_year_starts)


def next_period(period: Period, fiscal_year_starts: int = 1) -> Period:
    """Return the period of the same grain that starts where this one ends."""
    return _shifted(period, 1, fiscal_year_starts)


def periods_between(first: Period, until: date, fiscal_year_starts: int = 1) -> list[Period]:
    """Return `first` and those of its grain that follow, as far as they have ended on the day `until`."""
    found = []
    period = first
    while has_ended(period, until):
        found.append(period)
        period = next_period(period, fiscal_year_starts)
    return found


def has_ended(period: Period, day: date) -> bool:
    """Return whether the period is over on that day: its own last day still belongs to it."""
    return period.end <= day


def last_day(period: Period) -> date:
    """Return the last day that belongs to the period."""
    return period.end - timedelta(days=1)


def due_day(period: Period, due_after_days: int) -> date:
    """Return the last day on which the period's report is in time: 15 days after 31 October is 15 November."""
    return last_day(period) + timedelta(days=due_after_days)


def fiscal_year_of(day: date, fiscal_year_starts: int = 1) -> Period:
    """Return the fiscal year that a day falls in."""
    return period_of(day, "fiscal_year", fiscal_year_starts)


def period_of(day: date, grain: Grain, fiscal_year_starts: int = 1) -> Period:
    """Return the period of this grain that a day falls in."""
    year_starts = fiscal_year_starts if grain in ("fiscal_year", "fiscal_half_year") else 1
    first = _month_number(day) - (day.month - year_starts) % 12 % MONTHS_IN[grain]
    return _made(grain, first, fiscal_year_starts)


def last_span(period: Period, count: int, fiscal_year_starts: int = 1) -> list[Period]:
    """Return `count` periods of one grain, in order of time, the last of which is this one."""
    return [_shifted(period, step, fiscal_year_starts) for step in range(1 - count, 1)]


def same_frequency(grain: Grain, frequency: Frequency) -> bool:
    """Return whether a period of this grain is what an agency with this frequency reports."""
    return grain == frequency or (grain == "fiscal_half_year" and frequency == "half_year")


def fiscal_quarter_of(quarter: Period, fiscal_year_starts: int) -> tuple[int, Period] | None:
    """Return a calendar quarter's number within its fiscal year, and that year.

    None where the two calendars are the same, or where their quarters do not begin in the same months.
    """
    months = (quarter.start.month - fiscal_year_starts) % 12
    if fiscal_year_starts == 1 or months % 3:
        return None
    return months // 3 + 1, fiscal_year_of(quarter.start, fiscal_year_starts)


def _read_calendar(year: int, part: str | None) -> Period:
    first = year * 12
    if part is None:
        return _made("year", first, 1)
    if part[0] == "Q":
        return _made("quarter", first + 3 * (int(part[1]) - 1), 1)
    if part[0] == "H":
        return _made("half_year", first + 6 * (int(part[1]) - 1), 1)
    return _made("month", first + int(part) - 1, 1)


def _read_fiscal(year: int, part: str | None, fiscal_year_starts: int) -> Period | None:
    first = year * 12 + fiscal_year_starts - 1 - (0 if fiscal_year_starts == 1 else 12)
    if part is None:
        return _made("fiscal_year", first, fiscal_year_starts)
    if part[0] != "H":
        return None
    return _made("fiscal_half_year", first + 6 * (int(part[1]) - 1), fiscal_year_starts)


def _shifted(period: Period, steps: int, fiscal_year_starts: int) -> Period:
    first = _month_number(period.start) + steps * MONTHS_IN[period.grain]
    return _made(period.grain, first, fiscal_year_starts)


def _made(grain: Grain, first: int, fiscal_year_starts: int) -> Period:
    start, end = _first_day(first), _first_day(first + MONTHS_IN[grain])
    return Period(start, end, _code(grain, start, fiscal_year_starts), grain)


def _code(grain: Grain, start: date, fiscal_year_starts: int) -> str:
    if grain == "month":
        return f"{start.year}-{start.month:02}"
    if grain == "quarter":
        return f"{start.year}-Q{start.month // 3 + 1}"
    if grain == "half_year":
        return f"{start.year}-H{start.month // 6 + 1}"
    if grain == "year":
        return f"{start.year}"
    return _fiscal_code(grain, start, fiscal_year_starts)


def _fiscal_code(grain: Grain, start: date, fiscal_year_starts: int) -> str:
    months = (start.month - fiscal_year_starts) % 12
    year = _first_day(_month_number(start) - months + 11).year
    return f"FY{year}" if grain == "fiscal_year" else f"FY{year}-H{months // 6 + 1}"


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_day(month_number: int) -> date:
    return date(month_number // 12, month_number % 12 + 1, 1)
