"""When places are open: what a script needs to say so at any minute, and when they open again after a closed day."""

from collections.abc import Mapping, Sequence
from datetime import date

from generator.case.hours import Moment, opening_at
from generator.model import Calendar, Catalog, Channel, Hours, Service
from generator.views.words import Line, Words


def opening_data(catalog: Catalog, service: Service) -> Mapping[str, object]:
    """Return the hours of a service's channels by their place in its file; empty where none states any.

    A channel that keeps no calendar has the catalog's beside it: on its days nobody knows whether the place is open.
    """
    channels = (service.scope.channels if service.scope else None) or ()
    places = [_place(catalog, at, channel, channel.hours) for at, channel in enumerate(channels) if channel.hours]
    if not places or service.status == "retired":
        return {}
    return {"zone": catalog.settings.timezone, "places": places}


def opens_again(words: Words, calendar: Calendar, day: date, channels: Sequence[Channel]) -> Line:
    """Return when the channels that keep a calendar open after one of its days; nothing where they differ."""
    kept = [channel.hours for channel in channels if channel.calendar == calendar.id and channel.hours]
    found = {opening_at(Moment(day, 0), hours, calendar).changes for hours in kept}
    moment = found.pop() if len(found) == 1 else None
    if moment is None:
        return Line("")
    facts = {"day": words.wording.date_long(moment.day), "time": words.wording.clock(moment.minute)}
    return words.line("open.again", **facts)


def _place(catalog: Catalog, at: int, channel: Channel, hours: Sequence[Hours]) -> dict[str, object]:
    calendar = channel.calendar or catalog.settings.calendar
    known = {"calendar": calendar} if calendar in catalog.calendars else {}
    lines = [{"days": [*one.days], "opens": one.opens, "closes": one.closes} for one in hours]
    return {"at": at, "hours": lines, "keeps": channel.calendar is not None, **known}
