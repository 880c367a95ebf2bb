"""When a case is due, counted as officials count: the twin of ``website/assets/case/due.js``.

- The day of filing is not counted, and the last day is, even where it is a holiday: section 64 of the Administrative
  Procedure Act B.E. 2539 says so of what an authority has to do (the Civil and Commercial Code, section 193/3, likewise).
- What is filed on a closed day counts as filed on the next open one: in official matters a day is the hours in which an
  office works (section 193/4).
- A month ends on the day before the one with the number of its first day, else on its own last day (section 193/5); half a
  month is 15 days (section 193/6).
- Minutes and hours, up to a working day, are the time of one visit.  Parts of a day are rounded up: only the day is known.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from itertools import islice
from typing import Literal, NamedTuple

from generator.model import Calendar
from generator.values import LAST_YEAR, Duration

HOURS_A_DAY = 7  # of a working day (data contract, section 10)
DAYS_A_MONTH = 30  # what a part of a month is a part of
DAYS_BETWEEN_REASONS = 7  # Licensing Facilitation Act B.E. 2558, section 10
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = timedelta(days=1)
_LAST_DAY = date(LAST_YEAR, 12, 31)


class CountedDay(NamedTuple):
    """A day of a count.  ``number`` is its place in the count; 0 where it is not counted.  ``closed`` says why an office is."""

    date: date
    number: int
    closed: Literal["", "weekend", "holiday"]


@dataclass(frozen=True, slots=True)
class Due:
    """When a case is due.

    ``received`` is the day of filing, or the open day that it counts as; ``open_on`` is the first open day from ``due``
    on; ``days`` are those after ``received`` up to ``due``.  ``estimate``: some of it lies outside the years whose closed
    days are listed.
    """

    received: date
    due: date
    open_on: date
    visit: bool
    days: tuple[CountedDay, ...]
    estimate: bool


class _Length(NamedTuple):
    """A promise as what is counted: so many months, and then so many days, every one of them or only open ones."""

    months: int
    days: int
    only_open: bool


class _Closed(NamedTuple):
    weekend: frozenset[int]
    days: frozenset[date]

    def why(self, day: date) -> Literal["", "weekend", "holiday"]:
        if day.weekday() in self.weekend:
            return "weekend"
        return "holiday" if day in self.days else ""


def due_of(filed: date, promise: Duration, calendar: Calendar, without_closed: bool = False) -> Due | None:
    """Return when a case that was filed on a day is due; None where that lies beyond the years that we count.

    ``without_closed``: the clock pauses on closed days, whatever the unit.
    """
    closed = _Closed(frozenset(map(WEEKDAYS.index, calendar.weekend)), frozenset(day.date for day in calendar.days))
    length = _length(promise, without_closed)
    received = next(_open_from(filed, closed), None)
    due = _last_day(received, length, closed) if received else None
    open_on = next(_open_from(due, closed), None) if due else None
    if received is None or due is None or open_on is None:
        return None
    days = tuple(_days(received, due, closed, length.only_open))
    years = [day.date.year for day in calendar.days]
    known = bool(years) and min(years) <= filed.year and open_on.year <= max(years)
    return Due(received, due, open_on, due == received, days, not known)


def way_of(promise: Duration, without_closed: bool = False) -> Literal["visit", "open", "every", "month", "month_open"]:
    """Return in which way a promise is counted: one visit, open days, every day, or months, longer by closed days or not."""
    months, days, only_open = _length(promise, without_closed)
    if months:
        return "month_open" if only_open else "month"
    if not days:
        return "visit"
    return "open" if only_open else "every"


def written_reasons(due: date, how_many: int) -> tuple[date, ...]:
    """Return the last days for the first written reasons that a late case is owed, where the Act binds."""
    return tuple(due + (number + 1) * DAYS_BETWEEN_REASONS * _DAY for number in range(how_many))


def _length(promise: Duration, without_closed: bool) -> _Length:
    value, unit = promise.value, promise.unit
    if unit == "month":
        part = (value % 1) * DAYS_A_MONTH
        return _Length(int(value), _whole(part), without_closed)
    if unit in ("working_day", "calendar_day"):
        return _Length(0, _whole(value), unit == "working_day" or without_closed)
    hours = value / 60 if unit == "minute" else value
    if hours <= HOURS_A_DAY:
        return _Length(0, 0, without_closed)
    if unit == "working_hour":
        return _Length(0, _whole(hours / HOURS_A_DAY), True)
    return _Length(0, _whole(hours / 24), without_closed)


def _whole(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_CEILING))


def _open_from(day: date, closed: _Closed) -> Iterator[date]:
    """Yield the open days from a day on, as far as we count."""
    return (one for one in _from(day, _LAST_DAY) if not closed.why(one))


def _from(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def _last_day(received: date, length: _Length, closed: _Closed) -> date | None:
    """Return the last day of a promise; where only open days count, a month grows by the closed ones in it."""
    last = _months_later(received, length.months)
    if last is None or not length.only_open:
        return _days_later(last, length.days) if last else None
    in_months = sum(bool(closed.why(day)) for day in _from(received + _DAY, last))
    wanted = length.days + in_months
    return next(islice(_open_from(last + _DAY, closed), wanted - 1, None), None) if wanted else last


def _days_later(day: date, days: int) -> date | None:
    ordinal = day.toordinal() + days
    return date.fromordinal(ordinal) if ordinal <= _LAST_DAY.toordinal() else None


def _months_later(received: date, months: int) -> date | None:
    if not months:
        return received
    first = received + _DAY
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    if year > LAST_YEAR:
        return None
    days = monthrange(year, month + 1)[1]
    return date(year, month + 1, first.day) - _DAY if first.day <= days else date(year, month + 1, days)


def _days(received: date, due: date, closed: _Closed, only_open: bool) -> Iterator[CountedDay]:
    number = 0
    for day in _from(received + _DAY, due):
        why = closed.why(day)
        counts = not (why and only_open)
        number += counts
        yield CountedDay(day, number if counts else 0, why)
