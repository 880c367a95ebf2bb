"""Opening hours: the engine of Python against the vectors, which count minute by minute, and the rules one by one."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import hours_by_minute
import pytest
from test_due import REPOSITORY, calendar

from generator.case.hours import LOOK_AHEAD, Moment, Opening, minute_of, opening_at
from generator.intake.load import load_catalog
from generator.model import Hours

VECTORS = Path(__file__).parent / "vectors" / "hours.json"
OPEN_DAYS = ("mon", "tue", "wed", "thu", "fri")
FRIDAY, SATURDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)


def vectors() -> dict[str, Any]:
    """Return the vectors as they stand in their file."""
    read: dict[str, Any] = json.loads(VECTORS.read_text(encoding="utf-8"))
    return read


def written() -> str:
    """Return the vectors as they are counted, on the calendars of the demonstration data."""
    catalog, _ = load_catalog(REPOSITORY / "sla_data")
    assert catalog
    named = {"state": catalog.calendars["th-government"], "city": catalog.calendars["sample-city"]}
    calendars = {name: {"days": [{"date": str(day.date)} for day in one.days]} for name, one in named.items()}
    every_day = [{"date": str(date.fromordinal(MONDAY.toordinal() + at))} for at in range(hours_by_minute.DAYS)]
    calendars |= {"bare": {"days": []}, "closed": {"days": every_day}}
    cases = [
        {**case, "answer": hours_by_minute.answer(case, calendars.get(case["calendar"]))}
        for case in hours_by_minute.cases()
    ]
    lines = ",\n".join(json.dumps(case) for case in cases)
    return f'{{"calendars": {json.dumps(calendars)},\n"hours": {json.dumps(hours_by_minute.HOURS)},\n"cases": [\n{lines}\n]}}\n'


def made_hours(days: tuple[str, ...], opens: str, closes: str) -> Hours:
    """Return one line of hours."""
    return Hours.model_construct(days=days, opens=opens, closes=closes)


def told(opening: Opening) -> dict[str, Any]:
    """Return an answer as the vectors write it."""
    changes = opening.changes
    moment = {"day": str(changes.day), "minute": changes.minute} if changes else None
    return {"open": opening.open, "changes": moment, "holiday": opening.holiday, "estimate": opening.estimate}


def test_the_vectors_are_counted_minute_by_minute(request: pytest.FixtureRequest) -> None:
    """Each of at least 200 vectors says what the boxes of its minutes say; the calendars in them are their own."""
    if request.config.getoption("--rewrite"):
        VECTORS.write_text(written(), encoding="utf-8")
    kept = vectors()

    assert len(kept["cases"]) >= 200
    assert kept["hours"] == hours_by_minute.HOURS
    assert [one["answer"] for one in kept["cases"]] == [
        hours_by_minute.answer(one, kept["calendars"].get(one["calendar"])) for one in kept["cases"]
    ]


def test_the_engine_agrees_with_the_vectors() -> None:
    """Open or closed, until when, whether a holiday is why, and whether that is an estimate: all of every vector."""
    kept = vectors()
    calendars = {
        name: calendar([], [date.fromisoformat(day["date"]) for day in one["days"]])
        for name, one in kept["calendars"].items()
    }
    hours = {
        name: tuple(made_hours(tuple(one["days"]), one["opens"], one["closes"]) for one in some)
        for name, some in kept["hours"].items()
    }
    wrong = []
    for one in kept["cases"]:
        now = Moment(date.fromisoformat(one["day"]), minute_of(one["time"]))
        found = told(opening_at(now, hours[one["hours"]], calendars.get(one["calendar"])))
        wrong += [(one, found)] if found != one["answer"] else []

    assert wrong == []


def test_the_vectors_hold_both_answers_of_every_question() -> None:
    """Among the vectors are open and closed places, holidays, estimates, and places that never open or never close."""
    answers = [one["answer"] for one in vectors()["cases"]]

    for name in ("open", "holiday", "estimate"):
        assert {one[name] for one in answers} == {True, False}
    assert {one["open"] for one in answers if one["changes"] is None} == {True, False}


def test_it_opens_and_closes_to_the_minute() -> None:
    """At 08:30 it is open, at 16:30 it is closed; on a Friday it then opens on Monday."""
    hours = [made_hours(OPEN_DAYS, "08:30", "16:30")]
    opens, closes = Moment(FRIDAY, 510), Moment(FRIDAY, 990)

    assert opening_at(Moment(FRIDAY, 509), hours, None) == Opening(False, opens, False, False)
    assert opening_at(opens, hours, None) == Opening(True, closes, False, False)
    assert opening_at(Moment(FRIDAY, 989), hours, None) == Opening(True, closes, False, False)
    assert opening_at(closes, hours, None) == Opening(False, Moment(MONDAY, 510), False, False)


def test_the_calendars_weekend_closes_nothing() -> None:
    """A place whose hours name Saturdays is open on them, though working days are counted without."""
    hours = [made_hours(("sat",), "08:30", "12:00")]

    assert opening_at(Moment(SATURDAY, 600), hours, calendar(["sat", "sun"], [FRIDAY])).open


def test_a_holiday_is_named_only_where_it_is_why() -> None:
    """On a closed Saturday an office that never opens on Saturdays is not closed for the holiday."""
    hours, closed = [made_hours(OPEN_DAYS, "08:30", "16:30")], calendar([], [FRIDAY, SATURDAY])

    assert opening_at(Moment(FRIDAY, 600), hours, closed).holiday
    assert not opening_at(Moment(SATURDAY, 600), hours, closed).holiday
    assert opening_at(Moment(FRIDAY, 600), hours, closed).changes == Moment(MONDAY, 510)


def test_beyond_the_last_listed_year_it_is_an_estimate() -> None:
    """Also where only the next opening lies beyond; a place that keeps no calendar has nothing to estimate."""
    hours = [made_hours(OPEN_DAYS, "08:30", "16:30")]
    listed = calendar(["sat", "sun"], [FRIDAY])
    evening = Moment(date(2026, 12, 31), 1200)

    assert not opening_at(Moment(MONDAY, 600), hours, listed).estimate
    assert opening_at(evening, hours, listed).estimate
    assert not opening_at(evening, hours, None).estimate


def test_what_never_changes_is_no_endless_search() -> None:
    """Open day and night without a calendar, and closed on every day of the next year and more."""
    always = [made_hours((*OPEN_DAYS, "sat", "sun"), "00:00", "24:00")]
    closed = calendar([], [date.fromordinal(MONDAY.toordinal() + at) for at in range(LOOK_AHEAD)])

    assert opening_at(Moment(MONDAY, 0), always, None) == Opening(True, None, False, False)
    assert opening_at(Moment(MONDAY, 0), always, closed) == Opening(False, None, True, False)
