"""Which questions matter for one reader, and what of a manual is left by their answers (data contract, section 6).

The twin in the browser is ``website/assets/case/answers.js``.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.model import Answer, Between, Fee, Manual, Question
from generator.problems import Route

Value = str | bool | Decimal  # a choice's id, yes or no, a number
Given = Mapping[str, Value]  # what was answered so far, by question


class Item(NamedTuple):
    """A document, fee, channel, step or service level that may wait for answers.

    ``key`` is its name on the page: its place in its list (``fee-1``), or a level's id (``level-counter-time``);
    ``route`` is where it stands in the file; ``uses`` are the questions that a fee is worked out with.
    """

    key: str
    route: Route
    conditions: Mapping[str, Answer]
    uses: tuple[str, ...] = ()


def items_of(manual: Manual) -> tuple[Item, ...]:
    """Return everything on which an ``if`` may stand, in the order of the contract, with or without one."""
    return tuple(_items(manual))


def fits(answer: Answer, value: Value) -> bool:
    """Return whether a value is what an ``if`` waits for; both ends of a range belong to it."""
    if isinstance(answer, Between):
        return isinstance(value, Decimal) and _within(answer, value)
    if isinstance(answer, tuple):
        return value in answer
    return type(value) is type(answer) and value == answer


def holds(conditions: Mapping[str, Answer], given: Given) -> bool | None:
    """Return whether all answers of an ``if`` hold; None as long as none fails and one is not given yet."""
    found = [fits(answer, given[name]) if name in given else None for name, answer in conditions.items()]
    if False in found:
        return False
    return None if None in found else True


def asked(questions: Sequence[Question], items: Sequence[Item], given: Given) -> tuple[str, ...]:
    """Return the questions on which something still depends, in the file's order.

    Only the answers to questions before it decide whether a question is asked, so that no two can hide each other.
    """
    before: dict[str, Value] = {}
    found = []
    for question in questions:
        if any(_waits(item, question.id) and holds(item.conditions, before) is not False for item in items):
            found.append(question.id)
            if question.id in given:
                before[question.id] = given[question.id]
    return tuple(found)


def counted(questions: Sequence[Question], items: Sequence[Item], given: Given) -> Given:
    """Return the answers that count: those to questions that are asked."""
    return {name: given[name] for name in asked(questions, items, given) if name in given}


def narrowed(items: Sequence[Item], given: Given) -> dict[str, bool | None]:
    """Return by key whether each item is for this reader; None where that is open."""
    return {item.key: holds(item.conditions, given) for item in items}


def places(question: Question, manual: Manual) -> int:
    """Return how many decimals a number is asked with: as many as the file writes where the number counts.

    An official who writes ``to: 6`` and ``from: 7`` thinks of whole numbers, and nobody is asked for 6.5.
    """
    return max((_decimals(number) for number in numbers_of(question, manual)), default=0)


def numbers_of(question: Question, manual: Manual) -> Iterator[Decimal]:
    """Yield every number that the file compares with the answer to a question."""
    yield from (number for number in (question.from_, question.to) if number is not None)
    for item in items_of(manual):
        answer = item.conditions.get(question.id)
        if isinstance(answer, Between):
            yield from (number for number in (answer.from_, answer.to) if number is not None)
    for fee in fees_of(manual):
        if fee.tiers and fee.tiers.question == question.id:
            yield from (rate.up_to for rate in fee.tiers.rates if rate.up_to is not None)
        for change in fee.adjustments or ():
            if change.question == question.id:
                yield from (band.from_ for band in change.bands or ())


def fees_of(manual: Manual) -> tuple[Fee, ...]:
    """Return the fees that a manual lists."""
    fees = manual.requirements.fees if manual.requirements else None
    return fees if isinstance(fees, tuple) else ()


def _items(manual: Manual) -> Iterator[Item]:
    needed, scope = manual.requirements, manual.scope
    documents = needed.documents if needed else None
    lists: tuple[tuple[str, Route, object], ...] = (
        ("document", ("requirements", "documents"), documents),
        ("fee", ("requirements", "fees"), fees_of(manual)),
        ("channel", ("scope", "channels"), scope.channels if scope else None),
        ("level", ("service_levels",), manual.service_levels),
        ("step", ("steps",), manual.steps),
    )
    for kind, route, listed in lists:
        for number, one in enumerate(listed if isinstance(listed, tuple) else ()):
            name = one.id if kind == "level" else number
            yield Item(f"{kind}-{name}", (*route, number), one.if_ or {}, _uses(one) if kind == "fee" else ())


def _uses(fee: Fee) -> tuple[str, ...]:
    named = [fee.tiers.question] if fee.tiers else []
    return tuple(dict.fromkeys([*named, *(change.question for change in fee.adjustments or ())]))


def _waits(item: Item, question_id: str) -> bool:
    return question_id in item.conditions or question_id in item.uses


def _within(answer: Between, value: Decimal) -> bool:
    return (answer.from_ is None or answer.from_ <= value) and (answer.to is None or value <= answer.to)


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
