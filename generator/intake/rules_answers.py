"""Rules about questions and the answers that conditions and fees wait for: section 6 of the data contract.

Questions are local to a service, so an answer is checked against the questions of the merged service.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final, Literal

from generator.intake.rules import Finding, listed
from generator.model import Answer, Between, Conditions, Manual, Question
from generator.problems import Route

Kind = Literal["choice", "truth", "number"]


def questions_of_one_kind(manual: Manual) -> Iterator[Finding]:
    """A question has choices, or a unit and a range, or neither: then it is answered with yes or no."""
    for index, question in enumerate(listed(manual.questions)):
        route: Route = ("questions", index)
        if question.choices and question.unit:
            yield Finding("question-of-two-kinds", route, {"value": question.id})
        elif question.unit is None and (question.from_ is not None or question.to is not None):
            yield Finding("question-range-without-unit", route, {"value": question.id})
        yield from _reversed(question.from_, question.to, route)


def conditions_answerable(manual: Manual) -> Iterator[Finding]:
    """Every ``if`` asks for an answer that its question can have."""
    questions = _questions(manual)
    for route, conditions in _conditions(manual):
        for question_id, answer in conditions.items():
            here = (*route, "if", question_id)
            question = questions.get(question_id)
            if question is None:
                yield _unknown_question(question_id, questions, here)
            else:
                yield from _fits(question, answer, here)


def fees_answerable(manual: Manual) -> Iterator[Finding]:
    """Tiers and bands are over a number that is asked for; ``is`` is an answer that its question can have."""
    questions = _questions(manual)
    for index, fee in enumerate(listed(manual.requirements.fees) if manual.requirements else ()):
        route: Route = ("requirements", "fees", index)
        if fee.tiers:
            yield from _over_number(questions, fee.tiers.question, (*route, "tiers", "question"))
        for number, adjustment in enumerate(listed(fee.adjustments)):
            here = (*route, "adjustments", number)
            if adjustment.bands:
                yield from _over_number(questions, adjustment.question, (*here, "question"))
            elif adjustment.question not in questions:
                yield _unknown_question(adjustment.question, questions, (*here, "question"))
            elif adjustment.is_ is not None:
                yield from _fits(questions[adjustment.question], adjustment.is_, (*here, "is"))


def _questions(manual: Manual) -> dict[str, Question]:
    return {question.id: question for question in listed(manual.questions)}


def _kind(question: Question) -> Kind:
    if question.choices:
        return "choice"
    return "number" if question.unit is not None else "truth"


def _conditions(manual: Manual) -> Iterator[tuple[Route, Conditions]]:
    """Yield every ``if`` with the route of what it stands on."""
    requirements, scope = manual.requirements, manual.scope
    holders = (
        (("requirements", "documents"), requirements.documents if requirements else None),
        (("requirements", "fees"), requirements.fees if requirements else None),
        (("scope", "channels"), scope.channels if scope else None),
        (("service_levels",), manual.service_levels),
        (("steps",), manual.steps),
    )
    for route, items in holders:
        for index, item in enumerate(listed(items)):
            if item.if_ is not None:
                yield (*route, index), item.if_


def _fits(question: Question, answer: Answer, route: Route) -> Iterator[Finding]:
    """Yield what is wrong with an answer to a question."""
    kind = _kind(question)
    if kind == "choice" and isinstance(answer, str | tuple):
        yield from _choices(question, answer, route)
    elif kind == "number" and isinstance(answer, Between):
        yield from _reversed(answer.from_, answer.to, route)
    elif not (kind == "truth" and isinstance(answer, bool)):
        yield Finding(f"answer-not-a-{kind}", route, {"question": question.id})


def _choices(question: Question, answer: str | tuple[str, ...], route: Route) -> Iterator[Finding]:
    known = [choice.id for choice in listed(question.choices)]
    answers = [((), answer)] if isinstance(answer, str) else [((index,), each) for index, each in enumerate(answer)]
    for step, choice in answers:
        if choice not in known:
            facts = {"value": choice, "known": known, "field": question.id, "file": "questions"}
            yield Finding("id-unknown", (*route, *step), facts)


def _over_number(questions: Mapping[str, Question], question_id: str, route: Route) -> Iterator[Finding]:
    if question_id not in questions:
        yield _unknown_question(question_id, questions, route)
    elif _kind(questions[question_id]) != "number":
        yield Finding("question-not-a-number", route, {"value": question_id})


def _unknown_question(question_id: str, questions: Mapping[str, Question], route: Route) -> Finding:
    facts = {
        "value": question_id,
        "known": list(questions),
        "field": "question",
        "file": "questions",
    }
    return Finding("id-unknown", route, facts)


def _reversed(start: Decimal | None, end: Decimal | None, route: Route) -> Iterator[Finding]:
    if start is not None and end is not None and end < start:
        yield Finding("range-reversed", (*route, "to"), {"from": str(start), "to": str(end)})


ANSWER_RULES: Final[tuple[Callable[[Manual], Iterator[Finding]], ...]] = (
    questions_of_one_kind,
    conditions_answerable,
    fees_answerable,
)
