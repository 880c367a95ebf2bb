"""What a chart shows, and the arithmetic of where it goes: positions, unbroken stretches, and room for words.

Horizontal positions are per cent of the width, vertical ones pixels.  Nothing here writes SVG.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

LEFT = 10.0  # per cent kept free for the words of the vertical axes
TOP, BASE = 58, 238  # the line's panel, in pixels
VOLUME_TOP, VOLUME_BASE = 300, 380
LINE_WIDTH = 1000  # the nested drawing's own width; it stretches
# What a word may take: about 7.5 px a letter at 14 px, on 295 px in a phone of 360 and about 600 px on a desk.
LETTER = 7.5
NARROW, WIDE = 295.0, 600.0
NICE = (1, 2, 4, 6, 8, 10)
_MARKS_THAT_STACK = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")


@dataclass(frozen=True, slots=True)
class Goal:
    """A promise in one stretch of time: its share in per cent, and two short lines that name it."""

    percent: float | None
    since: str
    promise: str


class Tick(NamedTuple):
    """What stands under the axis, where there is room: a word and a year; ``rank`` says how early it is left out: 0 last.

    ``code`` names the period whose year it is.
    """

    word: str
    year: str
    rank: int
    code: str = ""


class Point(NamedTuple):
    """One period.  ``percent`` and ``volume`` are None where not known; ``gap`` is the word for what is missing.

    ``goal`` is the index of the promise in force, or -1.  ``tip`` says all of it, and is shown on hover.  ``code`` names the period as the data does.
    """

    percent: float | None
    volume: int | None
    kept: bool
    judged: bool
    provisional: bool
    gap: str
    goal: int
    tip: str
    tick: Tick
    code: str = ""


@dataclass(frozen=True)
class Series:
    """What one chart shows, in order of time, and the name of the volume's axis for ones, thousands and millions."""

    points: tuple[Point, ...]
    goals: tuple[Goal, ...]
    volume_names: tuple[str, str, str]

    @cached_property
    def lowest(self) -> int:
        """Return where the axis of the line starts: at 60 per cent, or at 0 if anything is lower."""
        shown = [point.percent for point in self.points if point.percent is not None]
        shown += [self.goals[goal].percent or 100.0 for goal in {point.goal for point in self.points} if goal >= 0]
        return 0 if shown and min(shown) < 60 else 60


def x_at(position: float, count: int) -> float:
    """Return where a position between periods stands, in per cent of the width; 0 is the first one's left edge."""
    return LEFT + (100 - LEFT) * position / count


def y_at(percent: float, lowest: int) -> float:
    """Return how far down a percentage stands, in pixels, where the axis starts at ``lowest``."""
    return BASE - (percent - lowest) / (100 - lowest) * (BASE - TOP)


def runs(series: Series) -> list[list[int]]:
    """Return the unbroken stretches of the line: a missing period ends one, and so does another promise."""
    found: list[list[int]] = []
    before: Point | None = None
    for index, point in enumerate(series.points):
        if point.percent is not None:
            if before is None or before.percent is None or before.goal != point.goal:
                found.append([])
            found[-1].append(index)
        before = point
    return found


def stretches(series: Series) -> list[tuple[int, int, int]]:
    """Return (goal, first, last) for each run of periods under one promise; periods without one are left out."""
    found: list[tuple[int, int, int]] = []
    for index, point in enumerate(series.points):
        if found and found[-1][0] == point.goal and found[-1][2] == index - 1:
            found[-1] = (point.goal, found[-1][1], index)
        elif point.goal >= 0:
            found.append((point.goal, index, index))
    return found


def gaps(points: Sequence[Point]) -> list[tuple[int, int]]:
    """Return (first, last) of each band: neighbours that lack a result for the same reason."""
    found: list[tuple[int, int]] = []
    for index, point in enumerate(points):
        if not point.gap:
            continue
        if found and found[-1][1] == index - 1 and points[index - 1].gap == point.gap:
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return found


def nice_top(most: int) -> int:
    """Return where the axis of volumes ends: at least ``most``, even, and short to print."""
    power = 1
    while True:
        for step in NICE:
            top = step * power
            if top >= most and top % 2 == 0:
                return top
        power *= 10


def tick_rank(ticks: Sequence[Tick], width: float) -> int:
    """Return the highest rank whose ticks, with those below it, still stand apart on that width; -1 if none do."""
    best = -1
    for rank in sorted({tick.rank for tick in ticks if tick.word}):
        shown = [(index, tick.word) for index, tick in enumerate(ticks) if tick.word and tick.rank <= rank]
        step = width / len(ticks)
        apart = all(
            (second[0] - first[0]) * step >= (width_of(first[1]) + width_of(second[1])) / 2 + 6
            for first, second in pairwise(shown)
        )
        if not apart:
            break
        best = rank
    return best


@lru_cache(maxsize=4096)
def width_of(words: str) -> float:
    """Return about how many pixels words take at 14 px; marks above and below a Thai letter take none."""
    return LETTER * sum(letter not in _MARKS_THAT_STACK for letter in words)
