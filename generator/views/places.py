"""How and where a service is asked for: types, addresses, hours, telephone numbers, and the days they are closed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.model import Calendar, Catalog, Channel, Hours
from generator.model import ClosedDay as ModelClosedDay
from generator.texts import capital
from generator.views.conditions import Questions, condition
from generator.views.opening import opens_again
from generator.views.parts import PlaceResult
from generator.views.words import Line, Mixed, Prose, Said, Words

CLOSED_DAYS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number as it is printed and as a telephone dials it."""

    text: str
    dial: str


@dataclass(frozen=True, slots=True)
class Place:
    """One channel.  ``geo`` is "latitude, longitude" as plain text: a map would ask a third party."""

    title: Said
    type: Line
    hours: tuple[Line, ...]
    address: Prose | None
    geo: str
    phone: Phone | None
    email: str
    url: str
    note: Prose | None
    conditions: tuple[Mixed, ...]
    result: PlaceResult | None = None


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day on which offices are closed; ``source`` is empty where nobody says who announced it.

    ``again`` is when they open after it, said of the last of several days in a row.
    """

    iso: str
    date: str
    title: Said
    source: str
    again: Line


@dataclass(frozen=True, slots=True)
class Closures:
    """The next closed days of one calendar, and a word where its list ends within a year."""

    title: Said
    days: tuple[ClosedDay, ...]
    estimate: Line


def phone_of(number: str | None) -> Phone | None:
    """Return a number with what a telephone dials: the first number in it, without spaces and extensions.

    ASCII digits alone are dialled: with * and # a telephone is set up, as to pass on its owner's calls.
    """
    if not number:
        return None
    found = re.match(r"\s*(\+?[\d(][\d\s().-]*)", number, re.ASCII)
    return Phone(number, re.sub(r"[^\d+]", "", found[1] if found else ""))


def geo_of(words: Words, location: Sequence[Decimal] | None) -> str:
    """Return "latitude, longitude" as plain text; nothing where they are not known."""
    return ", ".join(words.wording.decimal(degrees) for degrees in location or ())


def places_of(
    words: Words, channels: Sequence[Channel], questions: Questions, results: Mapping[str, PlaceResult]
) -> tuple[Place, ...]:
    """Return a service's channels in the order of its file; ``results`` are what each kept, by its id."""
    return tuple(_place(words, channel, questions, results.get(channel.id)) for channel in channels)


def closures_of(words: Words, catalog: Catalog, channels: Sequence[Channel]) -> tuple[Closures, ...]:
    """Return the coming closed days of each calendar that a channel keeps."""
    used = dict.fromkeys(channel.calendar for channel in channels if channel.calendar)
    return tuple(_closures(words, catalog.calendars[name], channels) for name in used if name in catalog.calendars)


def _place(words: Words, channel: Channel, questions: Questions, result: PlaceResult | None) -> Place:
    return Place(
        title=words.text(channel.title),
        type=Line(capital(words.strings(f"closed.channel_type.{channel.type}"))),
        hours=tuple(_hours(words, channel.hours or (), channel.calendar is not None)),
        address=words.prose(channel.address) if channel.address else None,
        geo=geo_of(words, channel.location),
        phone=phone_of(channel.phone),
        email=channel.email or "",
        url=channel.url or "",
        note=words.prose(channel.note) if channel.note else None,
        conditions=condition(words, questions, channel.if_),
        result=result,
    )


def _hours(words: Words, hours: Sequence[Hours], closed_on_holidays: bool) -> list[Line]:
    """Days with the same hours are said together."""
    days: dict[tuple[str, str], list[str]] = {}
    for entry in hours:
        days.setdefault((entry.opens, entry.closes), []).extend(entry.days)
    return [
        Line(words.wording.hours(named, opens, closes, closed_on_holidays)) for (opens, closes), named in days.items()
    ]


def _closures(words: Words, calendar: Calendar, channels: Sequence[Channel]) -> Closures:
    coming = sorted((day for day in calendar.days if day.date >= words.as_of), key=lambda day: day.date)
    last = max((day.date.year for day in calendar.days), default=words.as_of.year)
    again = [opens_again(words, calendar, day.date, channels) for day in coming[: CLOSED_DAYS_SHOWN + 1]]
    following = [*again[1:], Line("")]
    return Closures(
        title=words.text(calendar.title),
        days=tuple(
            _closed_day(words, day, Line("") if opens == next_opens else opens)
            for day, opens, next_opens in zip(coming[:CLOSED_DAYS_SHOWN], again, following, strict=False)
        ),
        estimate=words.line("build.calendar", year=words.wording.year(last)),
    )


def _closed_day(words: Words, day: ModelClosedDay, again: Line) -> ClosedDay:
    title, date = words.text(day.title), words.wording.date(day.date)
    return ClosedDay(day.date.isoformat(), date, title, day.source or "", again)
