"""The sentence that sets a promise beside its result (words.md, 2.3), for every state; one for all pages."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.claims import figure, joined
from generator.model import Measure, Target
from generator.periods import Period, has_ended, next_period
from generator.results import LevelResult, PeriodResult, SpanResult
from generator.texts import RATIO, capital
from generator.values import Duration
from generator.views.states import State, badge, headline_state, row_state
from generator.views.words import Line, Words

SEPARATOR = " · "


def headline(words: Words, level: LevelResult) -> Line:
    """Return a level's promise and result in one line: promise, span and result, verdict, then what limits it."""
    return Line(joined(SEPARATOR, [_main(words, level), *limits(words, level)]))


def limits(words: Words, level: LevelResult) -> list[Line]:
    """Return what a reader must know beside the result: a changed promise, provisional figures, missing reports."""
    span, found = level.headline, []
    if not span.volume:
        return _latest(words, level)
    if span.changed:
        found.append(words.line("line.span_changed"))
    if span.provisional:
        found.append(words.line("line.provisional"))
    if span.reported < span.due:
        found.append(words.line("service.only_reported"))
    return found


class Outcome(NamedTuple):
    """What was kept of one promise over some periods: cases in time, all of them, the share promised, and whether few."""

    within_target: int
    volume: int
    share: Decimal | None
    periods: Sequence[Period]
    small: bool


def outcome_words(words: Words, measure: Measure, outcome: Outcome) -> Line:
    """Return the two counts and the periods they are of; of few cases no percentage."""
    facts = {
        "kept": words.wording.kept(measure),
        "on_time": figure(words.wording.number(outcome.within_target), "within_target"),
        "cases": figure(words.wording.units(measure, outcome.volume), "volume"),
        "percent": figure(words.wording.percent(outcome.within_target, outcome.volume, outcome.share), RATIO),
        "span": span_words(words, outcome.periods),
    }
    return words.line("place.result_small" if outcome.small else "place.result", **facts)


def span_words(words: Words, periods: Sequence[Period]) -> str:
    """Return a span as the beginning of a sentence; only one that reaches to our day is called the last months.

    The newest period that ended may not be due yet, so the span may end one period before it.
    """
    starts = words.wording.fiscal_year_starts
    newest = next_period(next_period(periods[-1], starts), starts)
    if len(periods) > 1 and has_ended(newest, words.as_of):
        return capital(words.wording.between(periods))
    return words.wording.span(periods)


def coverage_words(words: Words, span: SpanResult) -> str:
    """Return how complete the reports of a span are: รายงานแล้ว 10 จาก 12 รอบ."""
    complete = span.reported == span.due > 1
    key = "coverage.all" if complete else "coverage.some" if span.reported else "coverage.none"
    facts = {
        "reported": figure(words.wording.number(span.reported), "reports_received"),
        "reports": figure(words.wording.count("reports", span.due), "reports_due"),
    }
    return words.strings(key, **facts)


def promise_of(level: LevelResult) -> Target | None:
    """Return the promise that a page speaks of: the one in force, else the newest that was, else the one announced."""
    return level.current_target or level.headline.target or level.next_target


def promise_words(words: Words, level: LevelResult, target: Target | None) -> str:
    """Return a promise as a sentence: สัญญาว่าจะเสร็จภายใน 15 วันทำการ."""
    title, measure = words.text(level.level.title).text, level.level.measure
    if target is None:
        return words.wording.promise(measure, title, None, None)
    return words.wording.promise(measure, title, limit_words(words, target) or None, target.share, share_claim(target))


def target_words(words: Words, measure: Measure, target: Target) -> Line:
    """Return a target for a sentence: 15 วันทำการ, อย่างน้อย 90 ใน 100 เรื่อง."""
    return Line(joined(", ", filter(None, (limit_words(words, target), share_words(words, measure, target)))))


def limit_words(words: Words, target: Target) -> str:
    """Return the time that a target promises; nothing where it promises none."""
    return figure(duration_words(words, target.limit), f"target_limit@{target.valid_from}") if target.limit else ""


def share_words(words: Words, measure: Measure, target: Target) -> str:
    """Return the share that a target promises; nothing where it promises none."""
    return "" if target.share is None else words.wording.at_least(target.share, measure, share_claim(target))


def share_claim(target: Target) -> str:
    """Return what a promised share is made of."""
    return f"share@{target.valid_from}"


def promised_words(words: Words, level: LevelResult) -> Line:
    """Return the promise that a page speaks of in a few words: its limit, else its share."""
    target = promise_of(level)
    if target is None:
        return Line("")
    return Line(limit_words(words, target) or share_words(words, level.level.measure, target))


def target_short(words: Words, target: Target) -> str:
    """Return a target for a table or a chart: 30 นาที 90%."""
    limit = limit_words(words, target)
    share = "" if target.share is None else figure(words.wording.share_percent(target.share), share_claim(target))
    return joined(" ", filter(None, (limit, share)))


def duration_words(words: Words, duration: Duration) -> str:
    """Return a length of time with its unit: 15 วันทำการ."""
    return words.wording.duration(duration.value, duration.unit)


def _main(words: Words, level: LevelResult) -> str:
    state = headline_state(level)
    if state in ("met", "missed", "no_target"):
        return _with_result(words, level, state)
    facts: dict[str, object] = {"promise": promise_words(words, level, promise_of(level))}
    if state == "no_cases":
        span = span_words(words, level.headline.periods)
        return words.strings("line.no_cases", span=span, nothing=words.wording.nothing(level.level.measure), **facts)
    if state == "not_reported" and level.never_reported:
        return words.strings("line.never_reported", **facts)
    row = _newest(level, state)
    if row is None:
        return words.strings("service.line_no_period", **facts)
    if state == "withheld":
        return words.strings("service.line_withheld", period=words.wording.period(row.period), **facts)
    due = words.wording.date(row.due) if row.due else ""
    key = f"line.{state}" if row.due or state not in ("not_reported", "not_due") else "service.line_not_reported"
    return words.strings(key, period=words.wording.period(row.period), due=due, **facts)


def _latest(words: Words, level: LevelResult) -> list[Line]:
    """Return the newest result there is, where the span that is due has none."""
    row = level.latest
    if row is None or not row.volume or row.within_target is None:
        return []
    code = row.period.code
    facts = {
        "period": words.wording.period(row.period),
        "kept": words.wording.kept(level.level.measure),
        "on_time": figure(words.wording.number(row.within_target), f"within_target@{code}"),
        "cases": figure(words.wording.units(level.level.measure, row.volume), f"volume@{code}"),
    }
    return [words.line("service.latest", **facts)]


def _newest(level: LevelResult, state: State) -> PeriodResult | None:
    return next((row for row in reversed(level.rows) if row_state(row) == state), None)


def _with_result(words: Words, level: LevelResult, state: State) -> str:
    span, measure, wording = level.headline, level.level.measure, words.wording
    facts: dict[str, object] = {
        "promise": promise_words(words, level, promise_of(level)),
        "span": span_words(words, span.periods),
        "kept": wording.kept(measure),
        "unit": wording.unit(measure),
        "on_time": figure(wording.number(span.within_target), "within_target"),
        "cases": figure(wording.units(measure, span.volume), "volume"),
        "verdict": badge(words, state).word,
    }
    key = result_key(span, state)
    if span.volume:
        facts["rate"] = wording.rate(span.within_target, span.volume, measure, span.share)
    if span.share is not None:
        facts["at_least"] = wording.at_least(span.share, measure)
    return words.strings(key, **facts)


def result_key(span: SpanResult, state: State) -> str:
    """Return which sentence tells the result of a span: by its verdict, its size, and what the promise was.

    ``service.line_result`` leaves out what a promise that changed within the span would make untrue.
    """
    if state == "no_target" and span.target is None:
        return "line.no_target"
    if span.small:
        return "line.small"
    if state == "no_target" and span.target is not None and span.target.share is None:
        return "line.no_share"
    if state == "no_target" or span.share is None:
        return "service.line_result"
    if span.within_target == (span.volume if state == "met" else 0):
        return "line.met_all" if state == "met" else "line.missed_none"
    return f"line.{state}"
