"""The way through the steps of a journey as a drawing: beside each step of the list stands its piece of the picture.

Every step that others wait for has a lane from its own row down to the last of them.  A row is drawn in two parts: the
head, with the step's circle and the bends that lead into it, and the tail, straight lines that are as long as the words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.case.journey import Step

LANE = 22  # from one lane to the next
HEAD = 40  # the height of a head; the circle stands in its middle
RADIUS = 11
MOST_LANES = 7  # a drawing of half a phone's width; above this the words alone say what comes first


@dataclass(frozen=True, slots=True)
class LaneRow:
    """One step's piece of the picture.  ``head`` are paths, ``tail`` the places of straight lines; ``x`` is the circle's."""

    x: int
    head: tuple[str, ...]
    tail: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole picture, a row for each step; without rows where there would be too many lanes."""

    width: int
    height: int
    radius: int
    rows: tuple[LaneRow, ...]


def picture_of(steps: Sequence[Step]) -> Picture:
    """Return the picture of steps, of which each stands after those that come first."""
    last = {first: at for at, step in enumerate(steps) for first in step.after}
    lanes: list[int | None] = []  # which step each lane comes from, None where the lane is free
    rows, most = [], 1
    for at, step in enumerate(steps):
        own, after = _next(lanes, at, step, last)
        rows.append(_row(lanes, own, after, step))
        lanes, most = after, max(most, len(after), own + 1)
    return Picture(most * LANE, HEAD, RADIUS, tuple(rows) if most <= MOST_LANES else ())


def _next(lanes: Sequence[int | None], at: int, step: Step, last: dict[int, int]) -> tuple[int, list[int | None]]:
    """Return the lane of a step, and the lanes below it: those that end here are free, its own begins."""
    below = [None if one is not None and last[one] == at else one for one in lanes]
    ended = [lane for lane, one in enumerate(lanes) if one in step.after and below[lane] is None]
    free = [lane for lane, one in enumerate(below) if one is None]
    own = min(ended or free or [len(below)])
    below += [None] * (own + 1 - len(below))
    below[own] = at if at in last else None
    while below and below[-1] is None:
        below.pop()
    return own, below


def _row(above: Sequence[int | None], own: int, below: Sequence[int | None], step: Step) -> LaneRow:
    middle, head = HEAD // 2, []
    for lane, one in enumerate(above):
        if one is None:
            continue
        if one in step.after:
            head.append(f"M{_x(lane)} 0Q{_x(lane)} {middle} {_x(own)} {middle}")
        if lane < len(below) and below[lane] == one:
            head.append(f"M{_x(lane)} 0V{HEAD}")
    if own < len(below) and below[own] is not None:
        head.append(f"M{_x(own)} {middle}V{HEAD}")
    return LaneRow(_x(own), tuple(head), tuple(_x(lane) for lane, one in enumerate(below) if one is not None))


def _x(lane: int) -> int:
    return lane * LANE + LANE // 2
