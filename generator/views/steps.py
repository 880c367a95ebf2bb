"""The steps of a service and their time, beside the times that are promised and those in law."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from generator.case.journey import Length, length_of, plus
from generator.claims import figure
from generator.model import Clock, Service, Stage
from generator.results import LevelResult
from generator.values import Duration
from generator.views.conditions import Questions, condition
from generator.views.headline import duration_words, promise_of
from generator.views.lengths import length_words
from generator.views.promise import anchor_of, lead_of
from generator.views.words import Line, Mixed, Said, Words

TIMES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Time:
    """A promise of time with how it is counted, and the deadline in law."""

    title: Said
    anchor: str
    promised: Line
    share: Line
    clock: Line
    law: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the work."""

    title: Said
    unit: Said
    duration: Line
    by_applicant: bool
    conditions: tuple[Mixed, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """The promised times, the steps, and their sum beside the first promise."""

    times: tuple[Time, ...]
    steps: tuple[Step, ...]
    total: Line
    promised: Line
    word: Line


def steps_of(words: Words, service: Service, levels: Sequence[LevelResult], questions: Questions) -> Steps:
    """Return the part on steps and time; the sum leaves out what the applicant does and what only some need."""
    lead = lead_of(levels)
    target = promise_of(lead) if lead and lead.level.measure == "processing_time" else None
    counted = [stage for stage in service.steps or () if not stage.by_applicant and not stage.if_]
    limit = duration_words(words, target.limit) if target and target.limit else ""
    timed = [level for level in levels if level.level.clock or level.level.statutory_limit or _limit(level)]
    return Steps(
        times=tuple(_time(words, level) for level in timed[:TIMES_SHOWN]),
        steps=tuple(_step(words, stage, questions) for stage in service.steps or ()),
        total=Line(total_words(words, counted)) if len(counted) > 1 else Line(""),
        promised=words.line("service.promised_limit", limit=limit) if limit else Line(""),
        word=Line("") if service.steps else words.line("not_stated"),
    )


def total_words(words: Words, steps: Sequence[Stage]) -> str:
    """Return the sum of the steps; units that are no multiples of each other stay apart: 5 วันทำการ และ 20 นาที."""
    return length_words(words, reduce(plus, (length_of(step.duration) for step in steps), Length()))


def clock_words(words: Words, clock: Clock) -> Line:
    """Return when time starts, stops and pauses."""
    facts = {
        "starts": words.strings(f"closed.clock.starts.{clock.starts}"),
        "stops": words.strings(f"closed.clock.stops.{clock.stops}"),
    }
    if not clock.pauses:
        return words.line("service.clock_without_pauses", **facts)
    return words.line("extra.clock", pauses=pauses_words(words, clock), **facts)


def pauses_words(words: Words, clock: Clock) -> str:
    """Return when time does not count."""
    return words.wording.list_of([words.strings(f"closed.clock.pauses.{pause}") for pause in clock.pauses or ()])


def statutory_words(words: Words, level: LevelResult) -> tuple[Line, ...]:
    """Return the deadline in law, and a word where the promise is longer than it."""
    statutory, limit = level.level.statutory_limit, _limit(level)
    if statutory is None:
        return ()
    said = figure(duration_words(words, statutory), "statutory_limit")
    found = [words.line("extra.statutory", statutory=said)]
    if limit is not None and limit.unit == statutory.unit and limit.value > statutory.value:
        promised = figure(duration_words(words, limit), _limit_claim(level))
        found.append(words.line("extra.statutory_longer", limit=promised, statutory=said))
    return tuple(found)


def _limit_claim(level: LevelResult) -> str:
    target = promise_of(level)
    return f"target_limit@{target.valid_from}" if target else ""


def _limit(level: LevelResult) -> Duration | None:
    target = promise_of(level)
    return target.limit if target else None


def _time(words: Words, level: LevelResult) -> Time:
    target, limit = promise_of(level), _limit(level)
    share = target.share if target else None
    return Time(
        title=words.text(level.level.title),
        anchor=anchor_of(level),
        promised=Line(words.wording.duration_noted(limit.value, limit.unit) if limit else ""),
        share=Line(words.wording.at_least(share, level.level.measure)) if share is not None else Line(""),
        clock=clock_words(words, level.level.clock) if level.level.clock else words.line("service.clock_not_stated"),
        law=statutory_words(words, level),
    )


def _step(words: Words, stage: Stage, questions: Questions) -> Step:
    return Step(
        title=words.text(stage.title),
        unit=words.text(stage.unit) if stage.unit else Said(""),
        duration=Line(duration_words(words, stage.duration)),
        by_applicant=stage.by_applicant,
        conditions=condition(words, questions, stage.if_),
    )
