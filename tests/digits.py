"""Digits read from a picture, by their shapes alone: what is printed, whatever a text layer says is printed.

Ink that hangs together is one shape.  A shape is a digit where it looks like one of the typeface's ten and stands as high
as digits do; digits beside each other, with no more between them than a point or a comma takes, are one number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Picture = Any  # a numpy array: rows of dots, 0 is black
Run = tuple[int, int, int]  # dots of ink beside each other: their row, the first column, and the one after the last

INK = 176  # darker than this is ink
GRID = (24, 16)  # rows and columns to which shapes are brought before they are compared
LIKE = 0.72  # as alike as this, between -1 and 1, a shape and a digit must be
APART = 0.62  # of a digit's height: a comma between two digits takes no more


@dataclass(frozen=True)
class Shape:
    """Ink that hangs together: its box in the picture, and the dots in it."""

    top: int
    left: int
    ink: Picture

    @property
    def bottom(self) -> int:
        """Return the row below it."""
        return self.top + int(self.ink.shape[0])

    @property
    def right(self) -> int:
        """Return the column after it."""
        return self.left + int(self.ink.shape[1])

    @property
    def height(self) -> int:
        """Return how many rows it has."""
        return int(self.ink.shape[0])


def shapes(picture: Picture) -> list[Shape]:
    """Return all ink of a picture, shape by shape."""
    runs: list[Run] = []
    group: list[int] = []  # of each run another of the same shape; of the last of them itself
    above: list[int] = []
    for row, line in enumerate(picture < INK):
        edges = np.flatnonzero(np.diff(np.concatenate(([False], line, [False]))))
        here = range(len(runs), len(runs) + len(edges) // 2)
        runs += [(row, int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
        group += here
        for own, other in _touching(runs, here, above):
            group[_root(group, other)] = _root(group, own)
        above = list(here)
    together: dict[int, list[Run]] = {}
    for number, run in enumerate(runs):
        together.setdefault(_root(group, number), []).append(run)
    return [_shape(some) for some in together.values()]


def _touching(runs: Sequence[Run], here: Sequence[int], above: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of a row with those above that they touch; both stand from left to right."""
    first = 0
    for own in here:
        while first < len(above) and runs[above[first]][2] < runs[own][1]:
            first += 1
        for other in above[first:]:
            if runs[other][1] > runs[own][2]:
                break
            yield own, other


def _root(group: list[int], at: int) -> int:
    while group[at] != at:
        group[at] = group[group[at]]
        at = group[at]
    return at


def _shape(runs: Sequence[Run]) -> Shape:
    top, bottom = min(run[0] for run in runs), max(run[0] for run in runs) + 1
    left, right = min(run[1] for run in runs), max(run[2] for run in runs)
    ink = np.zeros((bottom - top, right - left))
    for row, start, end in runs:
        ink[row - top, start - left : end - left] = 1
    return Shape(top, left, ink)


def numbers_in(picture: Picture, examples: Sequence[Sequence[Shape]]) -> list[str]:
    """Return the numbers of a picture as their digits, in no order; ``examples`` are 0 to 9 in each weight of the typeface."""
    known = [(digit, _looks(shape), _slim(shape)) for ten in examples for digit, shape in enumerate(ten)]
    table = np.array([looks for _, looks, _ in known])
    single = [part for shape in shapes(picture) for part in _parted(shape)]
    found = [(shape, digit) for shape in single for digit in _digit(shape, known, table)]
    return list(_joined(found))


def _digit(shape: Shape, known: Sequence[tuple[int, Picture, float]], table: Picture) -> Iterator[str]:
    if shape.height < 8 or shape.height > 400:
        return
    alike = table @ _looks(shape)
    alike[[abs(slim - _slim(shape)) > 0.2 * slim + 0.05 for _, _, slim in known]] = -1
    best = int(np.argmax(alike))
    if alike[best] >= LIKE:
        yield str(known[best][0])


def _parted(shape: Shape) -> list[Shape]:
    """Return a shape; one as wide as two digits that touch is cut in two, where it has the least ink."""
    height, width = shape.ink.shape
    if not 1.1 <= width / height <= 1.5:
        return [shape]
    third = width // 3
    cut = third + int(np.argmin(shape.ink[:, third : width - third].sum(0)))
    return [_cropped(shape, 0, cut), _cropped(shape, cut, width)]


def _cropped(shape: Shape, left: int, right: int) -> Shape:
    """Return the columns of a shape without the empty ones."""
    inked = np.flatnonzero(shape.ink[:, left:right].any(0)) + left
    rows = np.flatnonzero(shape.ink[:, left:right].any(1))
    return Shape(
        shape.top + int(rows[0]),
        shape.left + int(inked[0]),
        shape.ink[rows[0] : rows[-1] + 1, inked[0] : inked[-1] + 1],
    )


def _slim(shape: Shape) -> float:
    return float(shape.ink.shape[1]) / shape.height


def _looks(shape: Shape) -> Picture:
    """Return a shape brought to the grid, as one row whose product with another's says how alike they are."""
    rows, columns = (np.linspace(0, size, steps + 1) for size, steps in zip(shape.ink.shape, GRID, strict=True))
    sums = np.zeros((shape.ink.shape[0] + 1, shape.ink.shape[1] + 1))
    sums[1:, 1:] = shape.ink.cumsum(0).cumsum(1)
    at = sums[np.ix_(rows.round().astype(int), columns.round().astype(int))]
    cells = at[1:, 1:] - at[:-1, 1:] - at[1:, :-1] + at[:-1, :-1]
    areas = np.diff(rows.round())[:, None] * np.diff(columns.round())[None, :]
    looks = (cells / np.maximum(areas, 1)).ravel()
    looks = looks - looks.mean()
    return looks / (np.linalg.norm(looks) or 1)


def _joined(found: Sequence[tuple[Shape, str]]) -> Iterator[str]:
    """Yield digits that stand beside each other on one line, equally high."""
    left = sorted(found, key=lambda one: one[0].left)
    while left:
        last, number = left.pop(0)
        while following := next((one for one in left if _beside(last, one[0])), None):
            left.remove(following)
            last, number = following[0], number + following[1]
        yield number


def _beside(one: Shape, other: Shape) -> bool:
    near = -2 <= other.left - one.right <= APART * one.height
    return near and max(abs(one.top - other.top), abs(one.bottom - other.bottom)) <= 0.12 * one.height + 1
