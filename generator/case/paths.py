"""Whether every path of answers through a manual ends somewhere: exactly, and without walking every path.

A number is cut into the spans between which nothing changes, so every question has a few cells.  Answers for which no
item of a list is meant are looked for by taking from all answers, item by item, those for which it is meant.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from generator.case.answers import Value, fits, items_of, places
from generator.model import Answer, Between, Manual, Question

# Real manuals need a few dozen; where somebody writes hundreds of entangled conditions, what is left is sampled.
MOST_BOXES: Final = 4_000


class Span(NamedTuple):
    """The numbers from ``low`` to ``high``, both included; no ``high``: all above."""

    low: Decimal
    high: Decimal | None


Cell = str | bool | Span
Box = Mapping[str, tuple[Cell, ...]]  # the answers that are still looked at, by question
Path = Mapping[str, Cell]


def cells_of(question: Question, manual: Manual) -> tuple[Cell, ...]:
    """Return all answers to a question, those together that no part of the manual tells apart."""
    if question.choices:
        return tuple(choice.id for choice in question.choices)
    if question.unit is None:
        return (True, False)
    return spans_of(question, manual)


def spans_of(question: Question, manual: Manual) -> tuple[Span, ...]:
    """Return all answers to a question for a number, cut where something begins or ends."""
    unit = Decimal(1).scaleb(-places(question, manual))
    starts = set(_starts(question, manual, unit))
    low = question.from_ if question.from_ is not None else min(Decimal(0), *starts, Decimal(0))
    inside = sorted({low, *(start for start in starts if start > low and not _above(start, question.to))})
    ends = [*(start - unit for start in inside[1:]), question.to]
    return tuple(map(Span, inside, ends))


def covers(answer: Answer, cell: Cell) -> bool:
    """Return whether an ``if`` waits for these answers: for all of a cell or for none."""
    return fits(answer, value_of(cell))


def value_of(cell: Cell) -> Value:
    """Return one of the answers of a cell."""
    return cell.low if isinstance(cell, Span) else cell


def uncovered(answers: Box, conditions: Sequence[Mapping[str, Answer]]) -> Path | None:
    """Return answers for which none of these conditions holds, or None where there are none."""
    boxes = [answers]
    for _ in range(MOST_BOXES):
        if not boxes:
            return None
        box = boxes.pop()
        live = next((one for one in conditions if _meets(one, box)), None)
        if live is None:
            return _first(box)
        boxes.extend(_outside(live, box))
    sampled = (_first(box) for box in boxes)
    return next((path for path in sampled if not any(_meets(one, _point(path)) for one in conditions)), None)


def gaps(spans: Sequence[Between], question: Question, manual: Manual) -> Iterator[tuple[Between, Span]]:
    """Yield the numbers that lie between two ranges and in none, with the range that begins after them."""
    unit = Decimal(1).scaleb(-places(question, manual))
    ordered = sorted(spans, key=lambda span: (span.from_ is not None, span.from_ or 0))
    reach = ordered[0].to if ordered else None
    for span in ordered[1:]:
        if reach is None:
            return
        if span.from_ is not None and span.from_ > reach + unit:
            yield span, Span(reach + unit, span.from_ - unit)
        reach = None if span.to is None else max(reach, span.to)


def _above(number: Decimal, end: Decimal | None) -> bool:
    return end is not None and number > end


def _starts(question: Question, manual: Manual, unit: Decimal) -> Iterator[Decimal]:
    """Yield where something begins or has just ended."""
    ranges = [item.conditions.get(question.id) for item in items_of(manual)]
    for answer in ranges:
        if isinstance(answer, Between):
            yield from () if answer.from_ is None else (answer.from_,)
            yield from () if answer.to is None else (answer.to + unit,)


def _meets(conditions: Mapping[str, Answer], box: Box) -> bool:
    """Return whether some answers of a box fulfil all conditions."""
    return all(any(covers(answer, cell) for cell in box[name]) for name, answer in conditions.items())


def _outside(conditions: Mapping[str, Answer], box: Box) -> Iterator[Box]:
    """Yield the boxes, apart from each other, of the answers that do not fulfil all conditions."""
    for name, answer in conditions.items():
        outside = tuple(cell for cell in box[name] if not covers(answer, cell))
        if outside:
            yield {**box, name: outside}
        box = {**box, name: tuple(cell for cell in box[name] if covers(answer, cell))}


def _first(box: Box) -> Path:
    return {name: cells[0] for name, cells in box.items()}


def _point(path: Path) -> Box:
    return {name: (cell,) for name, cell in path.items()}
