"""The State's calendar of the demonstration data against a library that many others use and correct."""

import os
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest

from generator.intake.load import load_catalog
from generator.model import Calendar

DATA = Path(__file__).resolve().parents[1] / "sla_data"
YEARS = range(2024, 2028)
# What the library calls public, and the State's offices do not keep: the first is a holiday of employees, and has a
# substitute of its own in 2027; the second is always a Saturday.
OF_OTHERS = ("National Labor Day", "National Children's Day")
# A substitute is for what fell on a weekend; of two that fell on one weekend only one has a substitute, by a resolution
# of the Cabinet of 2004, and Songkran's three days have at most one.
SUBSTITUTE, SUBSTITUTES_NAME = "Substitute for ", "วันหยุดชดเชย"


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    """Return the calendar as the site reads it."""
    catalog, _ = load_catalog(DATA)
    assert catalog
    return catalog.calendars["th-government"]


@pytest.mark.skipif(
    find_spec("holidays") is None and not os.environ.get("CI"), reason="the library `holidays` is not installed"
)
def test_the_library_knows_the_same_days(calendar: Calendar) -> None:
    """Every listed day is one of the library's, and of the library's only those are missing that are not the State's."""
    from holidays.countries.thailand import Thailand

    known = Thailand(years=YEARS, categories=("public", "government"), language="en_US")
    of_the_state = {day for day, name in known.items() if not name.startswith(OF_OTHERS)}

    assert {day.date for day in calendar.days} == of_the_state
    assert len(known) - len(of_the_state) == 9


def test_a_substitute_follows_what_it_stands_for(calendar: Calendar) -> None:
    """Every substitute stands on a weekday, within five days of a day of its own name that fell on a weekend."""
    by_title = {(day.date, day.title["en"]) for day in calendar.days}
    substitutes = [day for day in calendar.days if day.title["en"].startswith(SUBSTITUTE)]
    wrong = [
        day.date
        for day in substitutes
        if _on_weekend(day.date)
        or not any(
            (before, day.title["en"].removeprefix(SUBSTITUTE)) in by_title and _on_weekend(before)
            for before in (day.date - timedelta(days=back) for back in range(1, 6))
        )
    ]

    assert len(substitutes) > 10
    assert all(day.title["th"].startswith(SUBSTITUTES_NAME) for day in substitutes)
    assert wrong == []


def test_days_stand_in_order_and_once(calendar: Calendar) -> None:
    """The days of the calendar are sorted, and none is listed twice."""
    days = [day.date for day in calendar.days]

    assert days == sorted(set(days))
    assert {day.year for day in days} == set(YEARS)


def test_what_nobody_announced_is_unconfirmed(calendar: Calendar) -> None:
    """No day of 2027 has a source; days that only the Cabinet could add all have one."""
    added = [day for day in calendar.days if "Cabinet" in day.title["en"]]

    assert [day.date for day in calendar.days if day.date.year == 2027 and day.source] == []
    assert len(added) == 5
    assert all(day.source for day in added)


def _on_weekend(day: date) -> bool:
    return day.weekday() >= 5
