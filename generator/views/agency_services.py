"""An agency's services with each of their promises, one line each: promised, done, and the verdict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.claims import figure
from generator.periods import Period
from generator.results import AgencyResult, LevelResult
from generator.views.alphabet import alphabetical
from generator.views.headline import promised_words
from generator.views.level_chart import level_spark
from generator.views.page import Link
from generator.views.promise import anchor_of, in_hundred, of_level
from generator.views.row_words import row_words
from generator.views.search_entries import note_of
from generator.views.states import WITH_RESULT, Badge, badge, headline_state
from generator.views.summary import AgencyCard, ServiceCard
from generator.views.words import Line, Said, Words

MOST_SPARKS = 120  # promises; above this the drawings would weigh more than the words


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One promise: what is promised, the periods of its result as a small line, what was done, and the verdict.

    ``rate`` and ``counts`` are empty where there is no result.  ``notes`` name the time where it is not the agency's own
    last 12 months, and say that numbers are small or provisional.
    """

    title: Said
    of: str
    promised: Line
    path: str
    spark: Markup
    rate: Line
    counts: Line
    badge: Badge
    notes: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service with its promises; ``note`` says that it is suspended, retired or being corrected."""

    link: Link
    note: Line
    levels: tuple[LevelLine, ...]


def service_lines(words: Words, result: AgencyResult, card: AgencyCard) -> Iterator[ServiceLine]:
    """Yield an agency's services in the order of a dictionary."""
    sparks = len(result.levels) <= MOST_SPARKS
    named = [(words.text(service.title) if service.title else Said(service.id), service) for service in card.services]
    for title, service in sorted(named, key=lambda one: (alphabetical(one[0].text, words.language), one[1].id)):
        known = result.services.get(service.id)
        levels = known.levels if known and not service.withheld else ()
        yield ServiceLine(
            link=Link(title.text, service.path, title.language),
            note=Line(note_of(service, words)),
            levels=tuple(_level(words, level, service, result.span, sparks) for level in levels),
        )


def _level(
    words: Words, level: LevelResult, service: ServiceCard, span: Sequence[Period], with_spark: bool
) -> LevelLine:
    state, found = headline_state(level), level.headline
    shown = state in WITH_RESULT and bool(found.volume)
    return LevelLine(
        title=words.text(level.level.title),
        promised=promised_words(words, level),
        of=f"{service.id}/{of_level(level)}",
        path=f"{service.path}#{anchor_of(level)}",
        spark=_spark(words, level) if with_spark and shown else Markup(),
        rate=Line(_rate(words, level)) if shown else Line(""),
        counts=_counts(words, level) if shown else Line(""),
        badge=badge(words, state),
        notes=tuple(_notes(words, level, span)) if shown else (),
    )


def _spark(words: Words, level: LevelResult) -> Markup:
    due = {period.code for period in level.headline.periods}
    rows = [row for row in level.rows if row.period.code in due]
    return level_spark(words, level.level.measure, level.grain, row_words(words, rows))


def _rate(words: Words, level: LevelResult) -> str:
    """Return 91 ใน 100; of few cases only the counts are said (words.md, decision 2)."""
    span = level.headline
    if span.small:
        return ""
    return in_hundred(words, span.within_target, span.volume, level.level.measure, span.share)


def _counts(words: Words, level: LevelResult) -> Line:
    span = level.headline
    cases = figure(words.wording.units(level.level.measure, span.volume), "volume")
    return words.line("service.of", n=figure(words.wording.number(span.within_target), "within_target"), all=cases)


def _notes(words: Words, level: LevelResult, span: Sequence[Period]) -> Iterator[Line]:
    found = level.headline
    if found.small:
        yield words.line("state.small_numbers")
    if found.provisional:
        yield words.line("line.provisional")
    if _ends(found.periods) != _ends(span) and found.periods:
        yield Line(_time(words, found.periods))


def _time(words: Words, periods: Sequence[Period]) -> str:
    return words.wording.period(periods[0]) if len(periods) == 1 else words.wording.between(periods)


def _ends(periods: Sequence[Period]) -> tuple[object, object] | None:
    return (periods[0].start, periods[-1].end) if periods else None
