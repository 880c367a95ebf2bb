"""A series of results as SVG: one drawing for every width, with its target, its gaps and its volumes.

Horizontal positions are per cent and vertical ones pixels, so that the words never shrink; the lines stand in a nested
``<svg>`` that stretches.  There is no ``style`` attribute, for the content security policy forbids it.  This is the one
module that marks text as safe: whatever comes from outside goes through ``escape``.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from generator.claims import NUMBER, claims_of
from generator.views.chart_shape import (
    BASE,
    LEFT,
    LINE_WIDTH,
    NARROW,
    TOP,
    VOLUME_BASE,
    VOLUME_TOP,
    WIDE,
    Goal,
    Point,
    Series,
    Tick,
    gaps,
    nice_top,
    runs,
    stretches,
    tick_rank,
    width_of,
    x_at,
    y_at,
)

HEIGHT = 424
SAY_Y = 262  # between the panels, where the word of a gap stands


def chart(series: Series) -> Markup:
    """Return the inside of an ``<svg class="plot">`` of HEIGHT pixels, with about 200 bytes a period."""
    parts = [
        *_grid(series.lowest),
        *_bands(series),
        _columns(series),
        *_goals(series),
        _lines(series),
        *_points(series),
        *_volumes(series),
        *_time(tuple([point.tick for point in series.points])),
    ]
    return Markup("\n".join(parts))  # numbers, and words that went through escape


def spark(series: Series, width: int = 132, height: int = 36) -> Markup:
    """Return a small drawing without words, hidden from screen readers, or nothing where nothing is known.

    It shows 60 to 100 per cent, or 0 to 100 where anything is lower, and always stands beside its figure.
    """
    floor, count = series.lowest, len(series.points)
    across = (width - 8) / max(count - 1, 1)

    def at(index: int, percent: float) -> str:
        return f"{4 + index * across:.1f},{height - 4 - (percent - floor) / (100 - floor) * (height - 8):.1f}"

    known = [(index, point.percent) for index, point in enumerate(series.points) if point.percent is not None]
    if not known:
        return Markup()
    lines = [
        " ".join(at(index, series.points[index].percent or 0.0) for index in run)
        for run in runs(series)
        if len(run) > 1
    ]
    drawn = "".join(f'<polyline points="{line}"/>' for line in lines)
    x, y = at(*known[-1]).split(",")
    return Markup(  # numbers only
        f'<svg class="spark" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">'
        f'{drawn}<circle class="end" cx="{x}" cy="{y}" r="3"/></svg>'
    )


def bullet(percent: str, goal: str, kept: bool, goal_words: str) -> Markup:
    """Return a bar from 0 to 100 with a tick at the promised share; both are decimal digits, the goal may be empty."""
    tick = (
        f'<rect class="goal" x="{goal}%" width="3" height="22" y="1" transform="translate(-1.5)"/>'
        f'<text data-figures="share" x="{goal}%" y="38" text-anchor="{_anchor(float(goal))}">{escape(goal_words)}</text>'
        if goal
        else ""
    )
    return Markup(  # numbers, and words that went through escape
        '<svg class="bullet" aria-hidden="true"><rect class="track" width="100%" height="10" y="7"/>'
        f'<rect class="fill{"" if kept else " low"}" width="{percent}%" height="10" y="7"/>{tick}</svg>'
    )


def _grid(lowest: int) -> Iterator[str]:
    for value in range(lowest, 101, 20 if lowest == 0 else 10):
        y = y_at(value, lowest)
        yield (
            f'<line class="grid" x1="{LEFT}%" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text data-figures="={value}" class="axis" x="{LEFT}%" dx="-6" y="{y + 5:.1f}" text-anchor="end">{value}</text>'
        )


def _goals(series: Series) -> Iterator[str]:
    """Each promise is a step of the target's line, named above its own stretch of time."""
    count, drawn = len(series.points), stretches(series)
    labels = _goal_labels(series, drawn)
    for number, (goal, first, last) in enumerate(drawn):
        left, right = x_at(first, count), x_at(last + 1, count)
        if first:
            yield f'<line class="break" x1="{left:.2f}%" x2="{left:.2f}%" y1="4" y2="{VOLUME_BASE}"/>'
        yield labels[number]
        percent = series.goals[goal].percent
        if percent is not None:
            y = f"{y_at(percent, series.lowest):.1f}"
            goal_of = series.goals[goal]
            name = escape(f"{goal_of.since} {goal_of.promise}".strip())
            yield (
                f'<line class="target" x1="{left:.2f}%" x2="{right:.2f}%" y1="{y}" y2="{y}">'
                f"<title{_claims(goal_of.since, goal_of.promise)}>{name}</title></line>"
            )


def _goal_labels(series: Series, drawn: Sequence[tuple[int, int, int]]) -> list[str]:
    """Return each stretch's name, placed apart for a phone and for a desk; "" where there is room on neither."""
    narrow, wide = _label_places(series, drawn, NARROW), _label_places(series, drawn, WIDE)
    labels = []
    for (goal, _, _), on_phone, on_desk in zip(drawn, narrow, wide, strict=True):
        named = series.goals[goal]
        if on_phone == on_desk:
            labels.append(_label(named, on_desk, ""))
        else:
            labels.append(_label(named, on_phone, " narrow") + _label(named, on_desk, " wide"))
    return labels


def _label_places(series: Series, drawn: Sequence[tuple[int, int, int]], width: float) -> list[str]:
    """Return where each name stands; the newest first takes its room, at the right edge if need be."""
    places, free = [""] * len(drawn), 100.0
    for number in range(len(drawn) - 1, -1, -1):
        goal, first, _ = drawn[number]
        named = series.goals[goal]
        left = x_at(first, len(series.points))
        room = (max(width_of(named.since), width_of(named.promise)) + 12) / width * (100 - LEFT)
        if left + room <= free:
            places[number], free = f'x="{left:.2f}%" dx="{8 if first else 0}"', left
        elif number == len(drawn) - 1:
            places[number], free = 'x="100%" text-anchor="end"', 100 - room
    return places


def _label(named: Goal, where: str, shown: str) -> str:
    if not where:
        return ""
    return (
        f'<text class="say halo{shown}" {where} y="16"{_claims(named.since)}>{escape(named.since)}</text>'
        f'<text class="say strong halo{shown}" {where} y="36"{_claims(named.promise)}>{escape(named.promise)}</text>'
    )


def _lines(series: Series) -> str:
    """The line itself, one path for each unbroken stretch."""
    count, lowest = len(series.points), series.lowest
    paths = "".join(
        '<path d="M'
        + " ".join(
            f"{(index + 0.5) / count * LINE_WIDTH:.1f},{y_at(series.points[index].percent or 0.0, lowest) - TOP:.1f}"
            for index in run
        )
        + '"/>'
        for run in runs(series)
    )
    return _stretched("line", TOP, BASE - TOP, (LINE_WIDTH, BASE - TOP), paths)


def _points(series: Series) -> Iterator[str]:
    """The verdict of each period by its shape: a disc for kept, a diamond for below, a ring where nothing is compared."""
    count, lowest = len(series.points), series.lowest
    for index, point in enumerate(series.points):
        if point.percent is None:
            continue
        x, y = x_at(index + 0.5, count), y_at(point.percent, lowest)
        hollow = " prov" if point.provisional else ""
        if point.judged and not point.kept:
            yield (
                f'<svg class="below{hollow}" x="{x:.2f}%" y="{y:.1f}" overflow="visible">'
                '<path d="M0-5.5 5.5 0 0 5.5-5.5 0Z"/></svg>'
            )
        else:
            kind = "kept" if point.judged else "plain"
            yield f'<circle class="{kind}{hollow}" cx="{x:.2f}%" cy="{y:.1f}" r="4"/>'


def _columns(series: Series) -> str:
    """Each period's words, on hover anywhere above its place on the axis: a mark alone is hard to hit."""
    titled = "".join(
        f'<rect x="{index}" width="1" height="1"><title{_named(point)}>{escape(point.tip)}</title></rect>'
        for index, point in enumerate(series.points)
    )
    return _stretched("columns", TOP, VOLUME_BASE - TOP, (len(series.points), 1), titled)


def _stretched(kind: str, y: int, height: int, box: tuple[int, int], drawn: str) -> str:
    """A drawing inside the axes that is as wide as they are, in units of its own: ``box`` is its width and height."""
    return (
        f'<svg class="{kind}" x="{LEFT}%" y="{y}" width="{100 - LEFT}%" height="{height}" '
        f'viewBox="0 0 {box[0]} {box[1]}" preserveAspectRatio="none">{drawn}</svg>'
    )


def _bands(series: Series) -> Iterator[str]:
    """Periods without a result are a band that says why; neighbours with one reason share it."""
    count, points = len(series.points), series.points
    taken = {NARROW: 0.0, WIDE: 0.0}
    for first, last in gaps(points):
        left, right = x_at(first, count), x_at(last + 1, count)
        yield f'<rect class="gap" x="{left:.2f}%" width="{right - left:.2f}%" y="{TOP}" height="{VOLUME_BASE - TOP}"/>'
        word, middle = points[first].gap, (left + right) / 2
        half = {width: width_of(word) / 2 / width * (100 - LEFT) for width in taken}
        fits = {width: max(middle - half[width], LEFT) > taken[width] for width in taken}
        if fits[WIDE]:
            yield _gap_word(word, middle, half[NARROW], "" if fits[NARROW] else " wide")
        taken = {width: middle + half[width] if fits[width] else end for width, end in taken.items()}


def _gap_word(word: str, middle: float, half: float, wide: str) -> str:
    """The word stands at its band's middle, unless that pushes it over an edge."""
    if middle + half > 100:
        where = 'x="100%" text-anchor="end"'
    elif middle - half < LEFT:
        where = f'x="{LEFT}%"'
    else:
        where = f'x="{middle:.2f}%" text-anchor="middle"'
    return f'<text class="say strong halo{wide}" {where} y="{SAY_Y}">{escape(word)}</text>'


def _volumes(series: Series) -> Iterator[str]:
    """Bars from 0, on an axis of ones, thousands or millions; a ring where there was no case."""
    count = len(series.points)
    top = nice_top(max((point.volume or 0 for point in series.points), default=0))
    scale, name = _scale(top, series.volume_names)
    yield f'<text class="say strong" x="0" y="{VOLUME_TOP - 16}">{escape(name)}</text>'
    for value in (0, top // 2, top):
        y = VOLUME_BASE - value / top * (VOLUME_BASE - VOLUME_TOP)
        yield (
            f'<line class="{"grid" if value else "zero"}" x1="{LEFT}%" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text data-figures="={value / scale:g}" class="axis" x="{LEFT}%" dx="-6" y="{y + 5:.1f}" text-anchor="end">{value / scale:g}</text>'
        )
    yield _bars(series, top)
    for index, point in enumerate(series.points):
        if point.volume == 0:
            yield f'<circle class="none" cx="{x_at(index + 0.5, count):.2f}%" cy="{VOLUME_BASE}" r="3"/>'


def _bars(series: Series, top: int) -> str:
    """All bars are one path; few of them stay slim."""
    count, height = len(series.points), VOLUME_BASE - VOLUME_TOP
    wide = min(LINE_WIDTH / count * 0.62, 12.0 * LINE_WIDTH / (100 - LEFT))
    path = "".join(
        f"M{(index + 0.5) / count * LINE_WIDTH - wide / 2:.1f} {height}v-{point.volume / top * height:.1f}h{wide:.1f}V{height}z"
        for index, point in enumerate(series.points)
        if point.volume
    )
    return _stretched("bars", VOLUME_TOP, height, (LINE_WIDTH, height), f'<path d="{path}"/>' if path else "")


def _scale(top: int, names: tuple[str, str, str]) -> tuple[int, str]:
    if top >= 1_000_000:
        return 1_000_000, names[2]
    return (1000, names[1]) if top >= 1000 else (1, names[0])


@lru_cache(maxsize=256)  # most promises of a site are reported over the same months
def _time(ticks: Sequence[Tick]) -> tuple[str, ...]:
    """Ticks as there is room: a phone shows fewer than a desk, and the years stand beneath."""
    narrow, wide = tick_rank(ticks, NARROW), tick_rank(ticks, WIDE)
    drawn, years_taken = [], 0.0
    for index, tick in enumerate(ticks):
        x = x_at(index + 0.5, len(ticks))
        if tick.word and tick.rank <= wide:
            only_wide = "" if tick.rank <= narrow else " wide"
            drawn.append(
                f'<line class="tick{only_wide}" x1="{x:.2f}%" x2="{x:.2f}%" y1="{VOLUME_BASE}" y2="{VOLUME_BASE + 5}"/>'
                f'<text class="axis{only_wide}" x="{x:.2f}%" y="{VOLUME_BASE + 20}" text-anchor="middle"{_at(tick, tick.word)}>'
                f"{escape(tick.word)}</text>"
            )
        half = width_of(tick.year) / 2 / NARROW * (100 - LEFT)
        if tick.year and x - half > years_taken:
            years_taken = x + half + 1
            drawn.append(
                f'<text class="axis strong" x="{x:.2f}%" y="{VOLUME_BASE + 38}" text-anchor="{_anchor(x)}"{_at(tick, tick.year)}>'
                f"{escape(tick.year)}</text>"
            )
    return tuple(drawn)


def _claims(*words: str) -> str:
    claims = " ".join(claim for one in words for claim in claims_of(one))
    return f' data-figures="{claims}"' if claims else ""


def _named(point: Point) -> str:
    """Return what the words of a period claim: the chart says it once for all that have a result."""
    if point.percent is not None:
        return f' data-at="{point.code}"'
    volume = f" volume@{point.code}" if point.volume else ""
    return f' data-figures="{point.code}{volume}"'


def _at(tick: Tick, word: str) -> str:
    """Return what a year under the axis claims; the name of a month and a word have no number."""
    return f' data-figures="{tick.code}"' if NUMBER.search(word) else ""


def _anchor(x: float) -> str:
    """A word at the very edge leans inwards."""
    if x > 92:
        return "end"
    return "start" if x < 8 else "middle"
