"""The block at the top of a service page: what is promised beside what is done, for the first promise, and the others."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from generator.claims import figure
from generator.figures import percent_of_share
from generator.results import LevelResult
from generator.texts import RATIO, capital
from generator.views.charts import bullet
from generator.views.headline import (
    coverage_words,
    headline,
    limit_words,
    limits,
    promise_of,
    promised_words,
    share_words,
    span_words,
)
from generator.views.states import STATES, WITH_RESULT, Badge, badge, headline_state
from generator.views.words import Line, Said, Words

LONG_FIGURE = 11  # letters that still fit half a phone's width at 30 px


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and the words beneath it."""

    figure: Line
    long: bool
    lines: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """Another promise of the same service, and the place on the page that tells of it."""

    title: Said
    promised: Line
    of: str
    anchor: str
    badge: Badge


@dataclass(frozen=True, slots=True)
class Tallied:
    """How many of the other promises are in one state."""

    badge: Badge
    count: Line


@dataclass(frozen=True, slots=True)
class Promise:
    """The first promise beside its result.  ``bar`` is empty where there is no result.

    A single other promise is shown; several are counted by their states.
    """

    anchor: str
    of: str
    badge: Badge
    small: bool
    promised: Figure
    done: Figure
    basis: tuple[Line, ...]
    bar: Markup
    notes: tuple[Line, ...]
    other: Other | None
    more: Line
    tally: tuple[Tallied, ...]
    sentence: Line


def lead_of(levels: Sequence[LevelResult]) -> LevelResult | None:
    """Return the promise that leads: the first processing time, else the first of all."""
    timed = (level for level in levels if level.level.measure == "processing_time")
    return next(timed, levels[0] if levels else None)


def anchor_of(level: LevelResult) -> str:
    """Return the id of a promise's place on the page."""
    return f"level-{level.key.level_id}"


def of_level(level: LevelResult) -> str:
    """Return what the figures of a promise are about, as its page says it."""
    return f"{level.key.level_id}/"


def promise_block(words: Words, levels: Sequence[LevelResult]) -> Promise | None:
    """Return the block, or None where a service has promised nothing."""
    lead = lead_of(levels)
    if lead is None:
        return None
    rest = [level for level in levels if level is not lead]
    several = len(rest) > 1
    return Promise(
        anchor=anchor_of(lead),
        of=of_level(lead),
        badge=badge(words, headline_state(lead)),
        small=lead.headline.small and bool(lead.headline.volume),
        promised=_promised(words, lead),
        done=_done(words, lead),
        basis=tuple(_basis(words, lead)),
        bar=_bar(words, lead),
        notes=tuple(_notes(words, lead)),
        other=_other(words, rest[0]) if len(rest) == 1 else None,
        more=words.line(
            "service.more_promises",
            promises=figure(words.wording.count("promises", len(rest)), "service_levels:~1"),
        )
        if several
        else Line(""),
        tally=tuple(_tally(words, lead, rest)) if several else (),
        sentence=headline(words, lead),
    )


def in_hundred(words: Words, within: int, volume: int, measure: str, share: Decimal | None) -> str:
    """Return a result as a figure: 91 ใน 100, 99.4%, every case."""
    rate = words.wording.rate(within, volume, measure, share)
    hundredths = within * 100 // volume
    if within == volume or not hundredths or "%" in rate:
        return rate
    return words.strings("service.in_hundred", n=figure(words.wording.number(hundredths), RATIO))


def _figure(figure: str, lines: Sequence[Said]) -> Figure:
    return Figure(Line(capital(figure)), len(figure) > LONG_FIGURE, tuple(line for line in lines if line.text))


def _promised(words: Words, level: LevelResult) -> Figure:
    target, title = promise_of(level), words.text(level.level.title)
    if target is None:
        return _figure(words.strings("service.no_promise"), [title])
    share = Said(Line(share_words(words, level.level.measure, target))) if target.share is not None else None
    if target.limit is None:
        return _figure(share.text if share else "", [title])
    return _figure(limit_words(words, target), [title, share or Said(words.line("service.no_share"))])


def _done(words: Words, level: LevelResult) -> Figure:
    span, measure = level.headline, level.level.measure
    state = headline_state(level)
    if state not in WITH_RESULT or not span.volume:
        return _figure(badge(words, state).word, [])
    kept = Said(
        words.line("service.unit_kept", units=words.wording.unit_plural(measure), kept=words.wording.kept(measure))
    )
    if span.small:
        facts = {
            "n": figure(words.wording.number(span.within_target), "within_target"),
            "all": figure(words.wording.number(span.volume), "volume"),
        }
        return _figure(words.strings("service.of", **facts), [kept, Said(words.line("state.small_numbers"))])
    return _figure(in_hundred(words, span.within_target, span.volume, measure, span.share), [kept])


def _basis(words: Words, level: LevelResult) -> list[Line]:
    """Return the two counts, the period and the completeness of the reports: no percentage stands without them."""
    span, found = level.headline, []
    if span.volume:
        facts = {
            "kept": words.wording.kept(level.level.measure),
            "on_time": figure(words.wording.number(span.within_target), "within_target"),
            "cases": figure(words.wording.units(level.level.measure, span.volume), "volume"),
        }
        found.append(words.line("service.counts", **facts))
    if span.periods:
        found.append(Line(span_words(words, span.periods)))
    if span.due:
        found.append(Line(coverage_words(words, span)))
    return found


def _bar(words: Words, level: LevelResult) -> Markup:
    span, state = level.headline, headline_state(level)
    if state not in WITH_RESULT or not span.volume:
        return Markup()
    goal = "" if span.share is None else f"{percent_of_share(span.share):f}"
    done = f"{span.within_target * 100 / span.volume:.2f}"
    label = words.strings("service.bar_goal", percent=words.wording.share_percent(span.share)) if span.share else ""
    return bullet(done, goal, state != "missed", label)


def _notes(words: Words, level: LevelResult) -> list[Line]:
    """Return what stands beneath: the reason where there is no result, and what limits it where there is one."""
    if headline_state(level) not in WITH_RESULT:
        return [headline(words, level)]
    return limits(words, level)


def _tally(words: Words, lead: LevelResult, others: Sequence[LevelResult]) -> list[Tallied]:
    counts = Counter(headline_state(level) for level in others)
    return [
        Tallied(
            badge(words, state),
            Line(figure(words.wording.number(counts[state]), f"{less}service_levels:state={state}")),
        )
        for state in STATES
        if counts[state]
        for less in ("~1+" if state == headline_state(lead) else "",)
    ]


def _other(words: Words, level: LevelResult) -> Other:
    title, promised = words.text(level.level.title), promised_words(words, level)
    return Other(title, promised, of_level(level), anchor_of(level), badge(words, headline_state(level)))
