"""Whether a place is open, worked out minute by minute: the opinion that both engines are held to.

Every minute of more than a year is one box that is open or not; it shares no line with ``generator/case/hours.py`` or its
twin in the browser.  ``pytest tests/test_hours.py --rewrite`` writes what it says into ``tests/vectors/hours.json``.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import Any

import numpy as np

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OFFICE, ALL = list(WEEK[:5]), list(WEEK)
MINUTES = 1440
DAYS = 400  # what changes later changes never
HOURS: dict[str, list[dict[str, Any]]] = {
    "office": [{"days": OFFICE, "opens": "08:30", "closes": "16:30"}],
    "lunch": [{"days": OFFICE, "opens": "13:00", "closes": "16:30"}, {"days": OFFICE, "opens": "08:30", "closes": "12:00"}],
    "saturday": [{"days": OFFICE, "opens": "08:30", "closes": "16:30"}, {"days": ["sat"], "opens": "09:00", "closes": "12:00"}],
    "weekend": [{"days": ["sat", "sun"], "opens": "08:30", "closes": "12:00"}],
    "evening": [{"days": ALL, "opens": "10:00", "closes": "24:00"}],
    "overlapping": [{"days": ALL, "opens": "08:00", "closes": "12:30"}, {"days": ["mon"], "opens": "12:00", "closes": "20:00"}],
    "touching": [{"days": ALL, "opens": "12:00", "closes": "20:00"}, {"days": ["mon"], "opens": "08:00", "closes": "12:00"}],
    "always": [{"days": ALL, "opens": "00:00", "closes": "24:00"}],
    "nearly-always": [{"days": ALL, "opens": "00:00", "closes": "23:59"}],
    "night": [{"days": ["fri"], "opens": "20:00", "closes": "24:00"}, {"days": ["sat"], "opens": "00:00", "closes": "04:00"}],
}  # fmt: skip
# The days around Songkran and New Year, in whose stead another is given, and where the calendars begin and end.
EDGES = (
    "2023-12-29", "2024-01-01", "2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02", "2026-01-04", "2026-04-10",
    "2026-04-12", "2026-04-13", "2026-04-15", "2026-04-16", "2026-12-04", "2026-12-05", "2026-12-07", "2026-12-08",
    "2027-12-30", "2027-12-31", "2028-01-01",
)  # fmt: skip
TIMES = ("00:00", "08:29", "08:30", "12:00", "12:59", "16:29", "16:30")
FEW_DAYS = ("2026-04-11", "2026-11-23", "2026-12-31")
FEW_TIMES = ("03:59", "12:10", "23:59")


def cases() -> Iterator[dict[str, str]]:
    """Yield every case of the vectors, without its answer."""
    for hours, day, time in product(("office", "lunch"), EDGES, TIMES):
        yield {"hours": hours, "calendar": "state", "day": day, "time": time}
    for hours, calendar, day, time in product(HOURS, ("", "city", "bare"), FEW_DAYS, FEW_TIMES):
        yield {"hours": hours, "calendar": calendar, "day": day, "time": time}
    for hours in ("office", "always"):
        yield {"hours": hours, "calendar": "closed", "day": "2026-11-23", "time": "10:00"}


def answer(case: dict[str, str], calendar: dict[str, Any] | None) -> dict[str, Any]:
    """Return what is so at the moment of a case, and when that changes."""
    first, hours = date.fromisoformat(case["day"]), case["hours"]
    closed = {date.fromisoformat(day["date"]) for day in calendar["days"]} if calendar else set()
    days = [first + timedelta(days=at) for at in range(DAYS)]
    is_open = np.concatenate([boxes(day.weekday(), hours) & (day not in closed) for day in days])
    now = minute(case["time"])
    other = np.flatnonzero(is_open[now:] != is_open[now])
    changes = None if not len(other) else named(first, now + int(other[0]), bool(is_open[now]))
    years = sorted(day.year for day in closed)
    last = changes["day"] if changes else case["day"]
    known = bool(years) and years[0] <= first.year and int(last[:4]) <= years[-1]
    holiday = first in closed and boxes(first.weekday(), hours).any()
    return {
        "open": bool(is_open[now]),
        "changes": changes,
        "holiday": bool(holiday),
        "estimate": calendar is not None and not known,
    }


@cache
def boxes(weekday: int, hours: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return which minutes of a weekday are open, but for holidays."""
    found = np.zeros(MINUTES, dtype=bool)
    for one in HOURS[hours]:
        if WEEK[weekday] in one["days"]:
            found[minute(one["opens"]) : minute(one["closes"])] = True
            found[-1] |= one["opens"] == "00:00" and one["closes"] == "23:59"
    return found


def minute(time: str) -> int:
    """Return which minute of its day a time is."""
    return int(time[:2]) * 60 + int(time[3:])


def named(first: date, at: int, closes: bool) -> dict[str, Any]:
    """Return a minute by its day; a place that closes at midnight closes at the end of the day before."""
    days = (at - closes) // MINUTES
    return {"day": str(first + timedelta(days=days)), "minute": at - days * MINUTES}
