"""What stands beside a result (words.md, 2.4 and 2.10): times, open cases, what is not counted, revisions and notes."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.claims import figure
from generator.model import TIMED_MEASURES, Observation
from generator.periods import last_day
from generator.results import LevelResult, PeriodResult
from generator.views.results_table import own_percent
from generator.views.states import State, badge, row_state
from generator.views.words import Line, Said, Words

# Above this the agency's own figure is not ours rounded, and the page says so (data contract, section 10).
OWN_FIGURE_MAY_DIFFER = Decimal("0.005")


def extras_of(words: Words, level: LevelResult) -> tuple[Line, ...]:
    """Return what stands under a result, each with the period it is about."""
    return (*_times(words, level), *_open(words, level), *_beside(words, level), *_own_figure(words, level))


def time_words(words: Words, level: LevelResult, name: str) -> Line | None:
    """Return the newest ``median`` or ``p90`` in words, named by its own period: neither is ever rolled up."""
    row = level.with_median if name == "median" else level.with_p90
    target = row.target if row else None
    if row is None or row.observation is None or target is None or target.limit is None:
        return None
    time = words.wording.duration(getattr(row.observation, name), target.limit.unit)
    said = figure(time, f"{name}@{row.period.code}")
    period = words.wording.period_short(row.period)
    return words.line(f"extra.{name}.{level.level.measure}", period=period, **{name: said})


def revisions_of(words: Words, level: LevelResult, rows: Sequence[PeriodResult]) -> tuple[Line, ...]:
    """Return each correction of a shown figure, newest period first, with the old value."""
    return tuple(
        line
        for row in reversed(rows)
        if row.observation is not None
        for old, new in zip(row.earlier, (row.observation, *row.earlier), strict=False)
        for line in _revision(words, level, row, old, new)
    )


def notes_of(words: Words, rows: Sequence[PeriodResult]) -> list[tuple[Line, Said]]:
    """Return what the agency wrote about the shown periods, newest first."""
    return [
        (Line(words.wording.period_short(row.period)), words.text(row.observation.notes))
        for row in reversed(rows)
        if row.observation is not None and row.observation.notes
    ]


def _times(words: Words, level: LevelResult) -> Iterator[Line]:
    if level.level.measure in TIMED_MEASURES:
        yield from (line for name in ("p90", "median") if (line := time_words(words, level, name)))


def _open(words: Words, level: LevelResult) -> Iterator[Line]:
    """Finished cases alone would flatter an office that leaves the hard ones lying."""
    row = level.with_backlog
    seen = row.observation if row else None
    if row is None or seen is None or seen.backlog is None:
        if level.level.measure == "processing_time" and level.latest is not None:
            yield words.line("extra.backlog_unknown")
        return
    facts = {
        "end": words.wording.date(last_day(row.period)),
        "cases": figure(words.wording.units(level.level.measure, seen.backlog), f"backlog@{row.period.code}"),
    }
    if seen.backlog == 0:
        yield words.line("extra.backlog_none", **facts)
    elif seen.backlog_overdue is None:
        yield words.line("service.backlog_alone", **facts)
    else:
        overdue = figure(words.wording.number(seen.backlog_overdue), f"backlog_overdue@{row.period.code}")
        yield words.line("extra.backlog", overdue=overdue, **facts)


def _beside(words: Words, level: LevelResult) -> Iterator[Line]:
    """What the newest report says of cases that are not in the result."""
    row = level.latest
    seen = row.observation if row else None
    if row is None or seen is None:
        return
    said, code, wording = [], row.period.code, words.wording
    if seen.excluded:
        cases = figure(wording.count("cases", seen.excluded), f"excluded@{code}")
        said.append(words.strings("extra.excluded", cases=cases))
    if seen.delay_notices_due:
        due = figure(wording.number(seen.delay_notices_due), f"delay_notices_due@{code}")
        unknown, known = words.strings("service.unknown"), wording.number(seen.delay_notices_sent or 0)
        sent = unknown if seen.delay_notices_sent is None else figure(known, f"delay_notices_sent@{code}")
        said.append(words.strings("extra.notices", due_count=due, sent=sent))
    if seen.complaints is not None:
        cases = figure(wording.count("complaints", seen.complaints), f"complaints@{code}")
        said.append(words.strings("service.complaints", cases=cases))
    period = words.wording.period_short(row.period)
    yield from (words.line("service.in_period", period=period, sentence=sentence) for sentence in said)


def _own_figure(words: Words, level: LevelResult) -> Iterator[Line]:
    """The newest period whose printed figure is not what the counts give."""
    for row in reversed(level.rows):
        printed, code = row.observation.reported_attainment if row.observation else None, row.period.code
        if printed is None or row.within_target is None or not row.volume:
            continue
        if abs(printed * row.volume - row.within_target) > OWN_FIGURE_MAY_DIFFER * row.volume:
            facts = {
                "printed": figure(own_percent(words, printed), f"reported_attainment@{code}"),
                "percent": figure(
                    words.wording.percent(row.within_target, row.volume, row.target.share if row.target else None),
                    f"rate@{code}",
                ),
                "on_time": figure(words.wording.number(row.within_target), f"within_target@{code}"),
                "cases": figure(words.wording.units(level.level.measure, row.volume), f"volume@{code}"),
            }
            sentence = words.strings("extra.agency_figure", **facts)
            yield words.line("service.in_period", period=words.wording.period_short(row.period), sentence=sentence)
            return


def _revision(
    words: Words, level: LevelResult, row: PeriodResult, old: Observation, new: Observation
) -> Iterator[Line]:
    facts = {
        "period": words.wording.period_short(row.period),
        "n": figure(words.wording.number(new.revision), f"revision@{row.period.code}r{new.revision}"),
        "old": _counts(words, level, old),
        "new": _counts(words, level, new),
    }
    if new.reported_on is None:
        yield words.line("service.revision", **facts)
    else:
        yield words.line("service.revision_dated", date=words.wording.date(new.reported_on), **facts)
    before, now = _verdict(row, old), row_state(row) if new is row.observation else _verdict(row, new)
    if before != now:
        facts = {"old_verdict": badge(words, before).word, "verdict": badge(words, now).word}
        yield words.line("revision.verdict", **facts)


def _counts(words: Words, level: LevelResult, seen: Observation) -> str:
    if seen.volume is None or seen.within_target is None:
        return words.strings("service.unknown")
    when = f"{seen.period.code}r{seen.revision}"
    on_time = figure(words.wording.number(seen.within_target), f"within_target@{when}")
    cases = figure(words.wording.units(level.level.measure, seen.volume), f"volume@{when}")
    return words.strings("service.of", n=on_time, all=cases)


def _verdict(row: PeriodResult, seen: Observation) -> State:
    """Return the verdict that older counts had, against the same promise (data contract, section 9)."""
    if seen.status in ("not_reported", "not_applicable", "suppressed"):
        return seen.status
    if seen.volume is None or (seen.volume and seen.within_target is None):
        return "not_reported"
    if seen.volume == 0 or seen.within_target is None:
        return "no_cases"
    if row.target is None or row.target.share is None:
        return "no_target"
    return "met" if seen.within_target >= row.target.share * seen.volume else "missed"
