"""Due dates: the engine of Python against the vectors, which numpy worked out, and the rules one by one."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import due_by_numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.case.due import Due, due_of, written_reasons
from generator.intake.load import load_catalog
from generator.model import Calendar, ClosedDay
from generator.values import Duration

REPOSITORY = Path(__file__).resolve().parents[1]
VECTORS = Path(__file__).parent / "vectors" / "due.json"
SIGNS = {"": "o", "weekend": "w", "holiday": "h"}
OPEN_ALWAYS: dict[str, Any] = {"weekend": [], "days": []}
NEVER_OPEN: dict[str, Any] = {"weekend": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "days": []}

Unit = Literal["minute", "hour", "working_hour", "working_day", "calendar_day", "month"]


def vectors() -> dict[str, Any]:
    """Return the vectors as they stand in their file."""
    read: dict[str, Any] = json.loads(VECTORS.read_text(encoding="utf-8"))
    return read


def written() -> str:
    """Return the vectors as numpy gives them, on the calendars of the demonstration data."""
    catalog, _ = load_catalog(REPOSITORY / "sla_data")
    assert catalog
    named = {"state": catalog.calendars["th-government"], "city": catalog.calendars["sample-city"]}
    calendars = {
        name: {"weekend": [*one.weekend], "days": [{"date": str(day.date)} for day in one.days]}
        for name, one in named.items()
    }
    calendars |= {"bare": OPEN_ALWAYS, "never": NEVER_OPEN}
    cases = [
        {**case, "answer": due_by_numpy.answer(case, calendars[case["calendar"]])} for case in due_by_numpy.cases()
    ]
    lines = ",\n".join(json.dumps(case) for case in cases)
    return f'{{"calendars": {json.dumps(calendars)},\n"cases": [\n{lines}\n]}}\n'


def calendar(weekend: list[str], closed: list[date]) -> Calendar:
    """Return a calendar with these closed days."""
    days = tuple(ClosedDay.model_construct(date=day, title={"th": "วันหยุด"}) for day in closed)
    return Calendar.model_construct(id="x", title={"th": "ปฏิทิน"}, weekend=tuple(weekend), days=days)


def promise(value: str, unit: Unit) -> Duration:
    """Return a promise."""
    return Duration.model_construct(value=Decimal(value), unit=unit)


def told(due: Due | None) -> dict[str, Any] | None:
    """Return an answer as the vectors write it."""
    if due is None:
        return None
    named = len(due.days) <= due_by_numpy.LONGEST
    return {
        "received": str(due.received),
        "due": str(due.due),
        "open_on": str(due.open_on),
        "visit": due.visit,
        "days": "".join(SIGNS[day.closed] for day in due.days) if named else "",
        "counted": max((day.number for day in due.days), default=0),
        "estimate": due.estimate,
    }


STATE = calendar(["sat", "sun"], [date(2026, 12, 7), date(2026, 12, 10), date(2026, 12, 31), date(2027, 1, 1)])


def test_the_vectors_are_numpys(request: pytest.FixtureRequest) -> None:
    """Each of at least 200 vectors says what numpy says of it; the calendars in them are their own."""
    if request.config.getoption("--rewrite"):
        VECTORS.write_text(written(), encoding="utf-8")
    kept = vectors()

    assert len(kept["cases"]) >= 200
    assert [one["answer"] for one in kept["cases"]] == [
        due_by_numpy.answer(one, kept["calendars"][one["calendar"]]) for one in kept["cases"]
    ]


def test_the_engine_agrees_with_the_vectors() -> None:
    """The engine gives every vector's day of filing, due date, next open day, count and estimate."""
    kept = vectors()
    calendars = {
        name: calendar(one["weekend"], [date.fromisoformat(day["date"]) for day in one["days"]])
        for name, one in kept["calendars"].items()
    }
    wrong = [
        (one, found)
        for one in kept["cases"]
        for found in [
            told(
                due_of(
                    date.fromisoformat(one["filed"]),
                    promise(one["value"], one["unit"]),
                    calendars[one["calendar"]],
                    one["without_closed"],
                )
            )
        ]
        if found != one["answer"]
    ]

    assert wrong == []


def test_the_vectors_hold_both_answers_of_every_question() -> None:
    """Among the vectors are visits, estimates, closed due days, moved filings and promises beyond all years, and others."""
    answers = [one["answer"] for one in vectors()["cases"]]
    dated = [(one, one["answer"]) for one in vectors()["cases"] if one["answer"]]

    assert None in answers
    assert {answer["visit"] for _, answer in dated} == {True, False}
    assert {answer["estimate"] for _, answer in dated} == {True, False}
    assert {answer["open_on"] == answer["due"] for _, answer in dated} == {True, False}
    assert {answer["received"] == one["filed"] for one, answer in dated} == {True, False}


def test_the_day_of_filing_is_day_zero() -> None:
    """Filed on Monday 23 November, 15 working days end on Wednesday 16 December: two holidays lie between."""
    due = due_of(date(2026, 11, 23), promise("15", "working_day"), STATE)

    assert due
    assert due.due == date(2026, 12, 16)
    assert [(day.date.day, day.number) for day in due.days[:3]] == [(24, 1), (25, 2), (26, 3)]
    assert [day.date for day in due.days if day.closed == "holiday"] == [date(2026, 12, 7), date(2026, 12, 10)]


def test_a_filing_on_a_closed_day_counts_from_the_next_open_one() -> None:
    """Filed on a Saturday is filed on the Monday, so that one working day ends on the Tuesday."""
    due = due_of(date(2026, 11, 21), promise("1", "working_day"), STATE)

    assert due
    assert (due.received, due.due) == (date(2026, 11, 23), date(2026, 11, 24))


@pytest.mark.parametrize(
    ("filed", "months", "last"),
    [
        ((2026, 1, 31), "1", (2026, 2, 28)),
        ((2024, 1, 31), "1", (2024, 2, 29)),
        ((2024, 1, 29), "1", (2024, 2, 29)),
        ((2026, 2, 28), "1", (2026, 3, 31)),
        ((2026, 11, 15), "3", (2027, 2, 15)),
        ((2026, 12, 31), "2", (2027, 2, 28)),
        ((2026, 1, 10), "1.5", (2026, 2, 25)),
    ],
)
def test_months_end_as_the_code_says(filed: tuple[int, int, int], months: str, last: tuple[int, int, int]) -> None:
    """A month ends on the same number or on its own last day; filed on a month's last day, it ends on a month's last day."""
    due = due_of(date(*filed), promise(months, "month"), calendar([], []))

    assert due
    assert due.due == date(*last)


def test_the_last_day_may_be_a_holiday() -> None:
    """What an authority has to do within a time ends on its last day, be it closed; the next open day is named beside it."""
    due = due_of(date(2026, 12, 1), promise("30", "calendar_day"), STATE)

    assert due
    assert (due.due, due.open_on) == (date(2026, 12, 31), date(2027, 1, 4))


def test_a_clock_that_pauses_on_closed_days_counts_open_ones() -> None:
    """72 hours without closed days, from a Friday, end on the Wednesday and not on the Monday."""
    plain = due_of(date(2026, 11, 20), promise("72", "hour"), STATE)
    paused = due_of(date(2026, 11, 20), promise("72", "hour"), STATE, without_closed=True)

    assert plain
    assert paused
    assert (plain.due, paused.due) == (date(2026, 11, 23), date(2026, 11, 25))


def test_minutes_are_one_visit() -> None:
    """Up to seven hours are the same day; on a day off it is the next open one."""
    due = due_of(date(2026, 12, 31), promise("30", "minute"), STATE)

    assert due
    assert due.visit
    assert due.due == date(2027, 1, 4)
    assert due.days == ()


@given(
    st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    st.integers(1, 90),
    st.sampled_from(["working_day", "calendar_day", "month"]),
    st.lists(st.dates(date(2024, 1, 1), date(2027, 12, 31)), max_size=12),
)
def test_a_holiday_more_never_brings_a_case_forward(filed: date, value: int, unit: Unit, closed: list[date]) -> None:
    """With one closed day more a case is due on the same day or later, and never before it was filed."""
    without, with_all = (
        due_of(filed, promise(str(value), unit), calendar(["sat", "sun"], days)) for days in (closed[1:], closed)
    )

    assert without
    assert with_all
    assert filed <= with_all.received <= with_all.due <= with_all.open_on
    assert without.due <= with_all.due


def test_written_reasons_come_every_seven_days() -> None:
    """A late case is owed its first written reason within seven days of the due date, and one every seven days more."""
    due = date(2026, 12, 16)

    assert written_reasons(due, 3) == tuple(due + timedelta(days=days) for days in (7, 14, 21))
