"""When a case is due, worked out by numpy's business days and its months: the opinion that both engines are held to.

It shares no line with ``generator/case/due.py`` or its twin in the browser; ``pytest tests/test_due.py --rewrite`` writes
what it says into ``tests/vectors/due.json``.
"""

import math
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Any

import numpy as np

WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LAST_DAY = np.datetime64("2400-12-31")
LONGEST = 400  # days of a count that the vectors name one by one
# Days on which a count goes wrong first: around New Year and Songkran, before and after weekends and days in their stead,
# in leap years, at the ends of months, and where the calendars begin and end.
EDGES = (
    "2023-12-29", "2024-01-01", "2024-02-28", "2024-02-29", "2024-04-05", "2024-04-11", "2024-04-12", "2024-04-14",
    "2024-07-19", "2024-12-27", "2024-12-31", "2025-01-01", "2025-01-31", "2025-02-28", "2025-04-04", "2025-04-11",
    "2025-05-30", "2025-06-02", "2025-08-08", "2025-10-31", "2025-12-30", "2025-12-31", "2026-01-02", "2026-01-30",
    "2026-01-31", "2026-02-27", "2026-02-28", "2026-04-10", "2026-04-13", "2026-04-15", "2026-04-30", "2026-05-29",
    "2026-05-31", "2026-07-27", "2026-08-31", "2026-10-30", "2026-11-20", "2026-11-22", "2026-11-23", "2026-12-04",
    "2026-12-07", "2026-12-30", "2026-12-31", "2027-04-12", "2027-11-30", "2027-12-30", "2027-12-31", "2028-01-31",
    "2028-02-28", "2028-02-29", "2399-12-31", "2400-12-30",
)  # fmt: skip
# Each with every edge, on the calendar of the State.
PROMISES = (("15", "working_day"), ("1", "month"), ("5", "calendar_day"))
# Each with a few edges, on every calendar, with and without a clock that pauses on closed days.
RARER = (
    ("0.5", "working_day"), ("1", "working_day"), ("1.5", "working_day"), ("60", "working_day"), ("30", "calendar_day"),
    ("0.25", "calendar_day"), ("30", "minute"), ("420", "minute"), ("421", "minute"), ("3", "hour"), ("24", "hour"),
    ("72", "hour"), ("7", "working_hour"), ("7.01", "working_hour"), ("21", "working_hour"), ("0.5", "month"),
    ("2.25", "month"), ("6", "month"), ("100000", "working_day"), ("100000", "month"),
)  # fmt: skip
RARE_DAYS = ("2024-04-12", "2025-12-31", "2026-01-31", "2026-11-22")


def cases() -> Iterator[dict[str, Any]]:
    """Yield every case of the vectors, without its answer."""
    for filed, (value, unit) in product(EDGES, PROMISES):
        yield {"calendar": "state", "filed": filed, "value": value, "unit": unit, "without_closed": False}
    for at, (filed, (value, unit), calendar) in enumerate(product(RARE_DAYS, RARER, ("state", "city", "bare"))):
        yield {"calendar": calendar, "filed": filed, "value": value, "unit": unit, "without_closed": at % 2 == 1}
    yield {"calendar": "never", "filed": "2026-11-22", "value": "1", "unit": "calendar_day", "without_closed": False}


def answer(case: dict[str, Any], calendar: dict[str, Any]) -> dict[str, Any] | None:
    """Return when a case is due by numpy, or None where that lies beyond the years that are counted."""
    if len(calendar["weekend"]) == len(WEEK):
        return None
    week = "".join("0" if name.lower() in calendar["weekend"] else "1" for name in WEEK)
    holidays = [day["date"] for day in calendar["days"]]
    open_days = np.busdaycalendar(weekmask=week, holidays=holidays)
    received = np.busday_offset(case["filed"], 0, roll="forward", busdaycal=open_days)
    months, days, only_open = length(Decimal(case["value"]), case["unit"], case["without_closed"])
    due = received if not months else months_after(received, months)
    if only_open:
        days += int((due - received).astype(int)) - int(np.busday_count(received + 1, due + 1, busdaycal=open_days))
        due = np.busday_offset(due, days, roll="backward", busdaycal=open_days) if days else due
    else:
        due += days
    opens = np.busday_offset(due, 0, roll="forward", busdaycal=open_days)
    if max(received, due, opens) > LAST_DAY:
        return None
    years = [int(day[:4]) for day in holidays]
    estimate = not years or not (min(years) <= int(case["filed"][:4]) and int(str(opens)[:4]) <= max(years))
    return {
        "received": str(received),
        "due": str(due),
        "open_on": str(opens),
        "visit": bool(due == received),
        "days": "".join(signs(received, due, week, holidays)) if due - received <= LONGEST else "",
        "counted": int(
            np.busday_count(received + 1, due + 1, busdaycal=open_days) if only_open else (due - received).astype(int)
        ),
        "estimate": estimate,
    }


def length(value: Decimal, unit: str, without_closed: bool) -> tuple[int, int, bool]:
    """Return a promise as months and days, and whether open days alone count."""
    if unit == "month":
        return math.floor(value), math.ceil(value % 1 * 30), without_closed
    if unit in ("working_day", "calendar_day"):
        return 0, math.ceil(value), unit == "working_day" or without_closed
    minutes = value if unit == "minute" else value * 60
    if minutes <= 7 * 60:
        return 0, 0, without_closed
    a_day = 7 * 60 if unit == "working_hour" else 24 * 60
    return 0, math.ceil(minutes / a_day), unit == "working_hour" or without_closed


def months_after(received: np.datetime64, months: int) -> np.datetime64:
    """Return the last day of so many months whose first day is the one after ``received``."""
    first = received + 1
    month = first.astype("M8[M]") + months
    same = month.astype("M8[D]") + (first - first.astype("M8[M]").astype("M8[D]"))
    return same - 1 if same.astype("M8[M]") == month else (month + 1).astype("M8[D]") - 1


def signs(received: np.datetime64, due: np.datetime64, week: str, holidays: list[str]) -> Iterator[str]:
    """Yield a sign for each day after the one of filing: open, weekend or holiday."""
    all_days = np.arange(received + 1, due + 1)
    on_weekend = ~np.is_busday(all_days, weekmask=week)
    on_holiday = np.isin(all_days, np.array(holidays, dtype="M8[D]"))
    yield from (
        "w" if weekend else "h" if holiday else "o" for weekend, holiday in zip(on_weekend, on_holiday, strict=True)
    )
