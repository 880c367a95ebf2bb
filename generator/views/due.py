"""When a reader's case is due: the rule in words, an example that needs no script, and what the script reckons with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.case.due import WEEKDAYS, due_of, way_of
from generator.model import Calendar, Catalog, Channel, Clock, Service, Target
from generator.results import LevelResult
from generator.values import Duration
from generator.views.headline import duration_words, promise_of
from generator.views.late import act_of
from generator.views.promise import anchor_of
from generator.views.steps import pauses_words
from generator.views.words import Line, Mixed, Said, Words

RULES_SHOWN = 6  # more of them are folded away
CLOSED_DAYS = "closed_days"


@dataclass(frozen=True, slots=True)
class Option:
    """A promise of time, counted with one calendar; ``level`` is its place on the page.

    ``calendar`` is empty where none is known, ``starts`` where the agency does not state when time starts.
    """

    level: str
    title: Mixed
    calendar: str
    starts: str
    ask: Line
    limit: Line
    rule: Line
    pauses: Line

    @property
    def countable(self) -> bool:
        """Return whether a due date can be worked out."""
        return bool(self.calendar and self.starts)


@dataclass(frozen=True, slots=True)
class DueView:
    """How promises of time are counted, an example of the first, and the script's data: empty where none is countable."""

    options: tuple[Option, ...]
    folded: bool
    example: Line
    data: Mapping[str, object] = field(default_factory=dict)

    @property
    def first(self) -> Option:
        """Return the first promise that can be counted, else the first of all."""
        return next((option for option in self.options if option.countable), self.options[0])


def due_view(words: Words, catalog: Catalog, service: Service, levels: Sequence[LevelResult]) -> DueView | None:
    """Return how a service's promises are counted; None where it has promised no time, or is no longer offered."""
    timed = [level for level in levels if level.level.measure == "processing_time" and _limit(level)]
    if not timed or service.status == "retired":
        return None
    pairs = [(level, option) for level in timed for option in _options(words, catalog, service, level)]
    options = tuple(option for _, option in pairs)
    countable = [(level, option) for level, option in pairs if option.countable]
    return DueView(
        options=options,
        folded=len(options) > RULES_SHOWN,
        example=_example(words, catalog, countable[0]) if countable else Line(""),
        data=_data(words, catalog, service, countable) if countable else {},
    )


def _limit(level: LevelResult) -> Duration | None:
    target = promise_of(level)
    return target.limit if target else None


def _clock(level: LevelResult) -> Clock:
    return level.level.clock or Clock()


def _options(words: Words, catalog: Catalog, service: Service, level: LevelResult) -> Iterator[Option]:
    """Yield a level as each of its calendars counts it; the channels tell them apart."""
    by_calendar = _channels_by_calendar(catalog, service, level)
    for calendar_id, channels in by_calendar.items():
        option = _option(words, level, catalog.calendars.get(calendar_id))
        names = [part for channel in channels for part in (Said(Line(" · ")), words.text(channel.title))]
        yield replace(option, title=(*option.title, *names)) if len(by_calendar) > 1 else option


def _channels_by_calendar(catalog: Catalog, service: Service, level: LevelResult) -> Mapping[str, Sequence[Channel]]:
    channels = (service.scope.channels if service.scope else None) or ()
    of_level = [one for one in channels if level.level.channels is None or one.id in level.level.channels]
    found: dict[str, list[Channel]] = {} if of_level else {catalog.settings.calendar or "": []}
    for channel in of_level:
        found.setdefault(channel.calendar or catalog.settings.calendar or "", []).append(channel)
    return found


def _option(words: Words, level: LevelResult, calendar: Calendar | None) -> Option:
    clock, limit = _clock(level), _limit(level)
    assert limit
    starts = clock.starts or ""
    # Whoever waits at a counter knows what is waited for; the day does not move.
    waits = [pause for pause in clock.pauses or () if pause != CLOSED_DAYS and way_of(limit) != "visit"]
    pauses = clock.model_copy(update={"pauses": tuple(waits)})
    return Option(
        level=anchor_of(level),
        title=(words.text(level.level.title),),
        calendar=calendar.id if calendar else "",
        starts=starts,
        ask=words.line(f"due.ask.{starts}") if starts else Line(""),
        limit=Line(duration_words(words, limit)),
        rule=_rule(words, clock, limit, calendar),
        pauses=words.line("due.pauses", pauses=pauses_words(words, pauses)) if waits else Line(""),
    )


def _rule(words: Words, clock: Clock, limit: Duration, calendar: Calendar | None) -> Line:
    if clock.starts is None:
        return words.line("due.rule.unknown")
    starts = words.strings(f"closed.clock.starts.{clock.starts}")
    way = way_of(limit, CLOSED_DAYS in (clock.pauses or ()))
    return words.line(f"due.rule.{way}", starts=starts, closed=_closed_words(words, calendar))


def _closed_words(words: Words, calendar: Calendar | None) -> str:
    if calendar is None:
        return words.strings("due.closed_unknown")
    days = words.strings("due.calendar_days", calendar=words.text(calendar.title).text)
    for name in (words.strings(f"weekday.{day}") for day in reversed(WEEKDAYS) if day in calendar.weekend):
        days = words.strings("list.more", list=name, next=days)
    return days


def _example(words: Words, catalog: Catalog, pair: tuple[LevelResult, Option]) -> Line:
    """Return what a case would come to that begins on the day the site speaks for."""
    level, option = pair
    limit, pauses = _limit(level), _clock(level).pauses or ()
    assert limit
    counted = due_of(words.as_of, limit, catalog.calendars[option.calendar], CLOSED_DAYS in pauses)
    if counted is None:
        return Line("")
    begun = words.strings(f"due.from.{option.starts}", day=words.wording.date_long(counted.received))
    key = "due.result_visit" if counted.visit else "due.result"
    result = words.strings(key, from_day=begun, day=words.wording.date_long(counted.due), limit=option.limit)
    return words.line("due.example", result=result)


def _data(
    words: Words, catalog: Catalog, service: Service, pairs: Sequence[tuple[LevelResult, Option]]
) -> dict[str, object]:
    answers = [one.answer_within for one in service.complaints or () if one.answer_within]
    return {
        "options": [_option_data(level, option) for level, option in pairs],
        "act": act_of(words, catalog, service) is not None,
        **({"answer": _duration(answers[0])} if answers else {}),
    }


def _option_data(level: LevelResult, option: Option) -> dict[str, object]:
    targets = [
        {"from": str(target.valid_from), **_until(target), **_duration(target.limit)}
        for target in level.level.targets or ()
        if target.limit
    ]
    paused = CLOSED_DAYS in (_clock(level).pauses or ())
    return {
        "level": option.level,
        "calendar": option.calendar,
        "starts": option.starts,
        "paused": paused,
        "targets": targets,
    }


def _until(target: Target) -> dict[str, str]:
    return {"to": str(target.valid_to)} if target.valid_to else {}


def _duration(limit: Duration) -> dict[str, str]:
    return {"value": f"{limit.value:f}", "unit": limit.unit}
