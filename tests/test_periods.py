"""Reporting periods: their codes, their bounds, their order."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.periods import (
    Period,
    due_day,
    fiscal_quarter_of,
    fiscal_year_of,
    has_ended,
    last_day,
    last_span,
    next_period,
    periods_between,
    read_period,
    same_frequency,
)


def period(code: str, fiscal_year_starts: int = 10) -> Period:
    """Return a period whose code is known to be right."""
    found = read_period(code, fiscal_year_starts)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("code", "starts", "grain", "start", "end"),
    [
        ("2026-07", 10, "month", date(2026, 7, 1), date(2026, 8, 1)),
        ("2026-12", 10, "month", date(2026, 12, 1), date(2027, 1, 1)),
        ("2026-Q3", 10, "quarter", date(2026, 7, 1), date(2026, 10, 1)),
        ("2026-H1", 10, "half_year", date(2026, 1, 1), date(2026, 7, 1)),
        ("2026-H2", 10, "half_year", date(2026, 7, 1), date(2027, 1, 1)),
        ("2026", 10, "year", date(2026, 1, 1), date(2027, 1, 1)),
        ("FY2026", 10, "fiscal_year", date(2025, 10, 1), date(2026, 10, 1)),
        ("FY2026-H1", 10, "fiscal_half_year", date(2025, 10, 1), date(2026, 4, 1)),
        ("FY2026-H2", 10, "fiscal_half_year", date(2026, 4, 1), date(2026, 10, 1)),
        ("FY2018", 4, "fiscal_year", date(2017, 4, 1), date(2018, 4, 1)),
        ("FY2026", 1, "fiscal_year", date(2026, 1, 1), date(2027, 1, 1)),
        ("FY2026-H2", 1, "fiscal_half_year", date(2026, 7, 1), date(2027, 1, 1)),
    ],
)
def test_a_code_names_half_open_days(code: str, starts: int, grain: str, start: date, end: date) -> None:
    """Every form of the contract gives its grain, its first day and the day after its last."""
    found = period(code, starts)

    assert found == Period(start=start, end=end, code=code, grain=grain)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "code",
    [
        "", "2026-7", "2026-00", "2026-13", "2026-Q0", "2026-Q5", "2026-H3", "26", "2026-q3", "fy2026", "FY26",
        "FY2026-Q1", "FY2026-07", "1899", "2401", "2569-07", "๒๐๒๖", "2026 ", " 2026", "2026\n", "2026-07-01", "２０２６",
    ],
)  # fmt: skip
def test_anything_else_is_no_period(code: str) -> None:
    """A code that is not exactly one of the six forms, between 1900 and 2400, reads as None."""
    assert read_period(code, 10) is None


CODES = st.one_of(
    st.builds("{}{:04}".format, st.sampled_from(["", "FY"]), st.integers(1900, 2399)),
    st.builds("{:04}-{:02}".format, st.integers(1900, 2399), st.integers(1, 12)),
    st.builds("{:04}-Q{}".format, st.integers(1900, 2399), st.integers(1, 4)),
    st.builds("{}{:04}-H{}".format, st.sampled_from(["", "FY"]), st.integers(1900, 2399), st.integers(1, 2)),
)
STARTS = st.integers(1, 12)


@given(CODES, STARTS)
def test_periods_follow_each_other_without_gap(code: str, starts: int) -> None:
    """The next period starts where this one ends, has its grain, sorts after it, and reads back from its code."""
    this = period(code, starts)
    following = next_period(this, starts)

    assert following.start == this.end
    assert following.grain == this.grain
    assert this < following
    assert read_period(following.code, starts) == following


@given(CODES, STARTS, st.integers(1, 24))
def test_a_span_ends_with_its_period(code: str, starts: int, count: int) -> None:
    """A span holds as many periods as asked for, one after the other, the last of them the one given."""
    this = period(code, starts)
    span = last_span(this, count, starts)

    assert len(span) == count
    assert span[-1] == this
    assert all(next_period(one, starts) == other for one, other in pairwise(span))


@given(st.dates(date(1901, 1, 1), date(2399, 12, 31)), STARTS)
def test_every_day_lies_in_its_fiscal_year(day: date, starts: int) -> None:
    """A fiscal year holds the day, starts on the first of its month, and is named after the year it ends in."""
    found = fiscal_year_of(day, starts)

    assert found.start <= day < found.end
    assert (found.start.day, found.start.month) == (1, starts)
    assert found.code == f"FY{last_day(found).year}"
    assert read_period(found.code, starts) == found


def test_only_ended_periods_are_between() -> None:
    """A month counts from the day after its last: on 31 December, December is still running."""
    first = period("2025-10")

    assert [one.code for one in periods_between(first, date(2025, 12, 31))] == ["2025-10", "2025-11"]
    assert [one.code for one in periods_between(first, date(2026, 1, 1))] == ["2025-10", "2025-11", "2025-12"]
    assert periods_between(first, date(2025, 10, 31)) == []
    assert not has_ended(first, date(2025, 10, 31))
    assert has_ended(first, date(2025, 11, 1))


def test_a_report_is_due_days_after_the_last_day() -> None:
    """With 15 days, the report for October is due on 15 November."""
    assert due_day(period("2026-10"), 15) == date(2026, 11, 15)
    assert last_day(period("FY2026")) == date(2026, 9, 30)


def test_fiscal_quarters() -> None:
    """July to September is the fourth quarter of a year that starts in October, the second of one in April."""
    assert fiscal_quarter_of(period("2026-Q3"), 10) == (4, period("FY2026", 10))
    assert fiscal_quarter_of(period("2026-Q4"), 10) == (1, period("FY2027", 10))
    assert fiscal_quarter_of(period("2026-Q3"), 4) == (2, period("FY2027", 4))
    assert fiscal_quarter_of(period("2026-Q3"), 1) is None
    assert fiscal_quarter_of(period("2026-Q3"), 2) is None


def test_both_halves_fit_a_half_yearly_report() -> None:
    """A grain is its own frequency; the fiscal half-year is a half-year too; nothing else fits."""
    assert same_frequency("month", "month")
    assert same_frequency("half_year", "half_year")
    assert same_frequency("fiscal_half_year", "half_year")
    assert same_frequency("fiscal_year", "fiscal_year")
    assert not same_frequency("year", "fiscal_year")
    assert not same_frequency("month", "quarter")
