"""How many promises are kept, of how many: the figure, its parts, and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.claims import claims_of, figure, joined, typed
from generator.periods import Period
from generator.results import Rollup, Tally, Verdict
from generator.texts import OWED
from generator.views.states import Badge, badge
from generator.views.words import Line, Words

SEPARATOR = " · "
# What has a verdict first, then what has none, by how much of it a reader may miss.
ORDER: tuple[Verdict, ...] = (
    "met", "missed", "not_reported", "no_target", "no_cases", "suppressed", "not_applicable",
)  # fmt: skip
MOST_DOTS = 40  # above this a row of marks can no longer be counted, and a strip shows the same
GAP = 0.6  # per cent between two parts of the strip


@dataclass(frozen=True, slots=True)
class Counted:
    """One part of a tally: its mark, its number and its word."""

    badge: Badge
    number: Line


@dataclass(frozen=True, slots=True)
class StripPart:
    """One part of the strip, its place and width in per cent."""

    kind: Verdict
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class TallyView:
    """Promises kept, of those that can be judged.  ``dots`` has a mark for each promise, ``strip`` one part for each kind.

    Only one of the two is filled.  ``basis`` says over which time, from how many reports, and what has no verdict.
    """

    figure: Line
    told: Line
    parts: tuple[Counted, ...]
    dots: tuple[Verdict, ...]
    strip: tuple[StripPart, ...]
    basis: tuple[Line, ...]


def tally_view(words: Words, tally: Tally, spans: Sequence[tuple[Period, ...]], basis: Sequence[Line]) -> TallyView:
    """Return a tally over the last 12 months due; ``spans`` are the agencies' own, each once."""
    counts = [(kind, count_of(tally, kind)) for kind in ORDER]
    promises = sum(count for _, count in counts)
    dots = promises <= MOST_DOTS
    return TallyView(
        figure=Line(met_of(words, tally)) if tally.judged else words.line("tally.none"),
        told=words.line("tally.met" if tally.judged else "tally.none_why", span=span_words(words, spans)),
        parts=tuple(
            Counted(
                badge(words, kind),
                Line(figure(words.wording.number(count), f"service_levels:current=true,verdict={kind}")),
            )
            for kind, count in counts
            if count or kind in ("met", "missed")
        ),
        dots=tuple(kind for kind, count in counts for _ in range(count)) if dots else (),
        strip=() if dots else tuple(_strip(counts)),
        basis=(*_unjudged(words, tally), *basis),
    )


def met_of(words: Words, tally: Tally, when: str = "") -> str:
    """Return how many promises were met, of those with a verdict: 14 จาก 18 ข้อ; ``when`` is a year, or "before"."""
    met, missed = claim_of("met", when), claim_of("missed", when)
    facts = {
        "n": figure(words.wording.number(tally.met), met),
        "all": figure(words.wording.count("promises", tally.judged), f"{met}+{missed}"),
    }
    return words.strings("service.of", **facts)


def coverage_line(words: Words, tally: Tally, when: str = "") -> Line:
    """Return how complete the reports are; that none was due is said too."""
    if not tally.due:
        return words.line("tally.none_due")
    key = "coverage.all" if tally.reported == tally.due > 1 else "coverage.some" if tally.reported else "coverage.none"
    reports = figure(
        words.wording.count("reports", tally.due), f"cells.reports_due:at={when}y" if when else "agencies.reports_due:"
    )
    reported = figure(
        words.wording.number(tally.reported),
        f"cells.reports_received:at={when}y" if when else "agencies.reports_received:",
    )
    return words.line(key, reported=reported, reports=reports)


def span_words(words: Words, spans: Sequence[tuple[Period, ...]]) -> str:
    """Return the last 12 months: by name where all agencies have the same, else as each agency's own."""
    known = [span for span in spans if span]
    if known and len({(span[0].start, span[-1].end) for span in known}) == 1:
        return words.wording.span(known[0])
    return words.strings("tally.span_of_each")


def previous_line(words: Words, previous: Tally | None) -> tuple[Line, ...]:
    """Return what was kept in the 12 months before; nothing where nothing could be judged then."""
    if previous is None or not previous.judged:
        return ()
    return (words.line("tally.previous", met=met_of(words, previous, "before")),)


def time_lines(words: Words, rollups: Sequence[Rollup], key: str) -> tuple[Line, ...]:
    """Return the sum of promised processing times, of the grain that has most cases: two grains are never summed."""
    timed = [rollup for rollup in rollups if rollup.measure == "processing_time"]
    if not timed:
        return ()
    return (_time(words, max(timed, key=lambda rollup: rollup.span.volume), key, several=len(timed) > 1),)


def claim_of(kind: Verdict, when: str = "") -> str:
    """Return what a number of promises with this verdict is made of: now, in a year, or in the 12 months before."""
    if when == "before":
        return f"service_levels:current=true,previous_verdict={kind}"
    return f"cells:at={when}y,verdict={kind}" if when else f"agencies.promises_{kind}:"


def count_of(tally: Tally, kind: Verdict) -> int:
    """Return how many promises have this verdict."""
    count: int = getattr(tally, kind)
    return count


def _time(words: Words, rollup: Rollup, key: str, several: bool) -> Line:
    span, wording = rollup.span, words.wording
    judged = f":measure=processing_time,current=true,grain={rollup.grain}"
    kept, total = f"service_levels.judged_within_target{judged}", f"service_levels.judged_volume{judged}"
    told = words.strings(
        key,
        rate=wording.rate(span.within_target, span.volume, rollup.measure, span.share, f"{kept}/{total}"),
        on_time=figure(wording.number(span.within_target), kept),
        cases=figure(wording.units(rollup.measure, span.volume), total),
    )
    frequency = words.strings(f"closed.frequency.{rollup.grain}")
    only = (words.strings("tally.only_frequency", frequency=frequency),) if several else ()
    when = wording.span(span.periods)
    if claims_of(when)[0] == OWED:  # promises that owe nothing leave out periods, each its own
        when = typed(str(when))
    return Line(joined(SEPARATOR, (told, *only, when, words.strings("tally.once_per_promise"))))


def _unjudged(words: Words, tally: Tally) -> tuple[Line, ...]:
    if not tally.unjudged or not tally.judged:  # where nothing has a verdict, the figure itself says so
        return ()
    claim = "+".join(claim_of(kind) for kind in ORDER if kind not in ("met", "missed") and count_of(tally, kind))
    return (words.line("agency.unjudged", promises=figure(words.wording.count("promises", tally.unjudged), claim)),)


def _strip(counts: Sequence[tuple[Verdict, int]]) -> Sequence[StripPart]:
    """Return parts that fill the width but for the gaps between them."""
    shown = [(kind, count) for kind, count in counts if count]
    room, total = 100 - GAP * (len(shown) - 1), sum(count for _, count in shown)
    parts, x = [], 0.0
    for kind, count in shown:
        width = count / total * room
        parts.append(StripPart(kind, f"{x:.2f}", f"{width:.2f}"))
        x += width + GAP
    return parts
