"""Whether a place is open, and when that changes: the twin of ``website/assets/case/hours.js``.

- A place is open from its opening minute on, and closed from its closing minute on.
- A place that keeps a calendar is closed on the calendar's days.  Weekends are what the hours say: many a place is open on
  them, and the calendar's weekend is there for counting working days.
- Hours that touch are one: a place that is open from 00:00 to 24:00 every day never closes.  From 00:00 to 23:59 is the
  whole day, as its words on the page have it.
- An answer that reaches beyond the years whose closed days are listed is an estimate.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from generator.case.due import WEEKDAYS
from generator.model import Calendar, Hours

DAY = 24 * 60  # minutes
LOOK_AHEAD = 400  # days: what changes later changes never


class Moment(NamedTuple):
    """A minute of a day; the last is 24 * 60, when a place closes at the day's end."""

    day: date
    minute: int


class Opening(NamedTuple):
    """Whether a place is open.

    ``changes`` is when it closes, or opens next; None where it never does.  ``holiday``: but for the calendar it would
    have opened on this day.
    """

    open: bool
    changes: Moment | None
    holiday: bool
    estimate: bool


class _Span(NamedTuple):
    """From one minute to another, counted from the year 1."""

    start: int
    end: int


def opening_at(now: Moment, hours: Sequence[Hours], calendar: Calendar | None) -> Opening:
    """Return whether a place with these hours is open at a moment of its own time zone."""
    closed = frozenset(day.date for day in calendar.days) if calendar else frozenset()
    at, last = now.day.toordinal() * DAY + now.minute, (now.day.toordinal() + LOOK_AHEAD) * DAY
    span = next((span for span in _joined(_spans(now.day, hours, closed)) if span.end > at), None)
    is_open = span is not None and span.start <= at
    changes = None if span is None or (is_open and span.end >= last) else _moment(span, is_open)
    meant_to_open = any(WEEKDAYS[now.day.weekday()] in one.days for one in hours)
    is_estimate = calendar is not None and not _listed(calendar, now, changes)
    return Opening(is_open, changes, now.day in closed and meant_to_open, is_estimate)


def minute_of(time: str) -> int:
    """Return the minute of the day that a clock shows: 08:30 is 510."""
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


def _spans(first: date, hours: Sequence[Hours], closed: frozenset[date]) -> Iterator[_Span]:
    """Yield when a place is open, from a day on, in order of time."""
    for ordinal in range(first.toordinal(), first.toordinal() + LOOK_AHEAD):
        day = date.fromordinal(ordinal)
        if day not in closed:
            of_day = [one for one in hours if WEEKDAYS[day.weekday()] in one.days]
            yield from sorted(_Span(ordinal * DAY + minute_of(one.opens), ordinal * DAY + _end(one)) for one in of_day)


def _end(hours: Hours) -> int:
    return DAY if (hours.opens, hours.closes) == ("00:00", "23:59") else minute_of(hours.closes)


def _joined(spans: Iterator[_Span]) -> Iterator[_Span]:
    """Yield spans with those that touch or overlap made one."""
    held: _Span | None = None
    for span in spans:
        if held and span.start <= held.end:
            held = _Span(held.start, max(held.end, span.end))
            continue
        if held:
            yield held
        held = span
    if held:
        yield held


def _moment(span: _Span, is_open: bool) -> Moment:
    """Return when a span that has begun ends, at the end of its day and not at the beginning of the next; else its start."""
    ordinal = (span.end - 1) // DAY if is_open else span.start // DAY
    return Moment(date.fromordinal(ordinal), (span.end if is_open else span.start) - ordinal * DAY)


def _listed(calendar: Calendar, now: Moment, changes: Moment | None) -> bool:
    years = {day.date.year for day in calendar.days}
    return bool(years) and min(years) <= now.day.year and (changes or now).day.year <= max(years)
