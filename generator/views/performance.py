"""The results of each promise: its sentence, its chart or small drawing, its table, and what stands beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from generator.claims import TYPED, figure
from generator.model import Agency, Service, Target
from generator.results import LevelResult, PeriodResult
from generator.texts import capital
from generator.views.conditions import Questions, condition, questions_of
from generator.views.extras import extras_of, notes_of, revisions_of
from generator.views.headline import coverage_words, headline, span_words, target_words
from generator.views.level_chart import ChartView, level_chart, level_spark
from generator.views.parts import Names, PartKind, Parts, names_of, parts_of
from generator.views.promise import anchor_of, of_level
from generator.views.results_table import Table, results_table
from generator.views.row_words import row_words
from generator.views.states import Badge, badge, headline_state
from generator.views.steps import clock_words, statutory_words
from generator.views.words import Line, Mixed, Said, Words

IN_FULL = 3  # promises with a chart; the others have a small drawing, so that a page with 90 of them stays light
PERIODS_IN_FULL, PERIODS_IN_SHORT = 36, 12
FEW_LEVELS = 12  # above this the short ones show fewer periods still
PERIODS_AMONG_MANY = 4
PART_KINDS: tuple[PartKind, ...] = ("channel", "office")


@dataclass(frozen=True, slots=True)
class NoteView:
    """What the agency itself wrote about a period."""

    period: Line
    text: Said


@dataclass(frozen=True, slots=True)
class LevelView:
    """One promise.  A short one has a small drawing and folds the rest; ``chart`` is None where two periods are not known."""

    anchor: str
    of: str
    short: bool
    title: Said
    measure: Line
    badge: Badge
    sentence: Line
    conditions: tuple[Mixed, ...]
    channels: tuple[Said, ...]
    targets: tuple[Mixed, ...]
    clock: tuple[Line, ...]
    chart: ChartView | None
    spark: Markup
    table: Table | None
    other: Table | None
    cut: Line
    coverage: tuple[Line, ...]
    extras: tuple[Line, ...]
    parts: tuple[Parts, ...]
    revisions: tuple[Line, ...]
    notes: tuple[NoteView, ...]


class _Around(NamedTuple):
    words: Words
    names: Names
    questions: Questions


def level_views(words: Words, agency: Agency, service: Service, levels: Sequence[LevelResult]) -> tuple[LevelView, ...]:
    """Return each promise's results, the first few with a chart."""
    around = _Around(words, names_of(agency, service), questions_of(service.questions))
    short = PERIODS_IN_SHORT if len(levels) <= FEW_LEVELS else PERIODS_AMONG_MANY
    return tuple(
        _level(around, level, PERIODS_IN_FULL if place < IN_FULL else short, place < IN_FULL)
        for place, level in enumerate(levels)
    )


def _level(around: _Around, level: LevelResult, periods: int, in_full: bool) -> LevelView:
    words, names = around.words, around.names
    measure, rows = level.level.measure, level.rows[-periods:]
    said = row_words(words, rows)
    chart = level_chart(words, measure, level.grain, said) if in_full else None
    return LevelView(
        anchor=anchor_of(level),
        of=of_level(level),
        short=not in_full,
        title=words.text(level.level.title),
        measure=Line(capital(words.strings(f"closed.measure.{measure}"))),
        badge=badge(words, headline_state(level)),
        sentence=headline(words, level),
        conditions=condition(words, around.questions, level.level.if_),
        channels=tuple(
            words.text(names["channel", name]) for name in level.level.channels or () if ("channel", name) in names
        ),
        targets=tuple(_target(words, level, target) for target in level.level.targets or ()),
        clock=_clock(words, level),
        chart=chart,
        spark=Markup() if in_full else level_spark(words, measure, level.grain, said),
        table=results_table(words, measure, said, _caption(words, rows)) if rows else None,
        other=_other(words, level, periods),
        cut=_cut(words, level, periods),
        coverage=_coverage(words, level),
        extras=extras_of(words, level),
        parts=tuple(filter(None, (parts_of(words, names, level, kind) for kind in PART_KINDS))),
        revisions=revisions_of(words, level, rows),
        notes=tuple(NoteView(*note) for note in notes_of(words, rows)),
    )


def _target(words: Words, level: LevelResult, target: Target) -> Mixed:
    """Return a promise with the time it is in force, and the reason for it."""
    said = capital(target_words(words, level.level.measure, target))
    since = words.wording.date(target.valid_from)
    if target.valid_to:
        time = words.strings("manual.in_force", **{"from": since, "to": words.wording.date(target.valid_to)})
    else:
        time = words.strings("manual.in_force_open", **{"from": since})
    if target.valid_from > words.as_of:
        time = words.strings("service.in_force_later", date=since)
    if target.reason is None:
        return (Said(words.line("service.target", target=said, time=time)),)
    return words.mixed("service.target_reason", target=said, time=time, reason=words.text(target.reason))


def _clock(words: Words, level: LevelResult) -> tuple[Line, ...]:
    clock = (clock_words(words, level.level.clock),) if level.level.clock else ()
    return (*clock, *statutory_words(words, level))


def _caption(words: Words, rows: Sequence[PeriodResult]) -> Line:
    if len(rows) == 1:
        return Line(capital(words.wording.period(rows[0].period)))
    facts = {"first": words.wording.period_short(rows[-1].period), "last": words.wording.period_short(rows[0].period)}
    return words.line("service.table_caption", **facts)


def _other(words: Words, level: LevelResult, periods: int) -> Table | None:
    """Return the rows of other grains: shown apart, and never summed with the rest."""
    rows = row_words(words, level.other_rows[-periods:])
    return results_table(words, level.level.measure, rows, words.line("service.other_grain")) if rows else None


def _cut(words: Words, level: LevelResult, periods: int) -> Line:
    if len(level.rows) <= periods:
        return Line("")
    kinds = f"{level.grain}s"
    counts = {"shown": level.rows[-periods:], "all": level.rows}
    facts = {name: figure(words.wording.count(kinds, len(rows)), _length(rows)) for name, rows in counts.items()}
    return words.line("service.cut", **facts)


def _length(rows: Sequence[PeriodResult]) -> str:
    """Return what a number of periods is made of: from when to when they are; where some are left out no table says which."""
    whole = all(one.period.end == following.period.start for one, following in pairwise(rows))
    return f"{rows[0].period.code}..{rows[-1].period.code}" if whole else TYPED


def _coverage(words: Words, level: LevelResult) -> tuple[Line, ...]:
    """Return how many of the reports that are due came in, and which are missing."""
    span = level.headline
    if not span.due:
        return ()
    period = span_words(words, span.periods)
    found = [words.line("service.in_period", period=period, sentence=coverage_words(words, span))]
    if level.missing and span.reported:
        periods = words.wording.list_of([words.wording.period_short(period) for period in level.missing])
        found.append(words.line("coverage.missing", periods=periods))
    return tuple(found)
