"""The answers on which a document, a fee, a step, a channel or a promise depends, in words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from generator.claims import joined, typed
from generator.model import Between, Conditions, Question
from generator.views.words import Line, Mixed, Said, Words

Questions = Mapping[str, Question]


def questions_of(questions: Sequence[Question] | None) -> Questions:
    """Return a service's questions by their ids."""
    return {question.id: question for question in questions or ()}


def condition(words: Words, questions: Questions, needed: Conditions | None) -> tuple[Mixed, ...]:
    """Return one line for each answer that must hold: รถประเภทใด: รถยนต์นั่งไม่เกิน 7 คน."""
    return tuple(
        words.mixed(
            "service.condition", ask=words.text(questions[name].ask), answer=_answer(words, questions[name], answer)
        )
        for name, answer in (needed or {}).items()
        if name in questions
    )


def number_range(words: Words, low: Decimal | None, high: Decimal | None, unit: Said) -> Said:
    """Return a range with both ends included: 7 ถึง 10 ปี, ตั้งแต่ 7 ปี, ไม่เกิน 10 ปี."""
    facts = {"unit": unit.text}
    if low is not None:
        facts["from"] = typed(words.wording.decimal(low))
    if high is not None:
        facts["to"] = typed(words.wording.decimal(high))
    key = "between" if low is not None and high is not None else "from" if low is not None else "up_to"
    return Said(words.line(f"service.range_{key}", **facts), unit.language)


def choice_title(words: Words, question: Question, choice_id: str) -> Said:
    """Return what an answer is called."""
    titles = [choice.title for choice in question.choices or () if choice.id == choice_id]
    return words.text(titles[0]) if titles else Said(Line(choice_id))


def yes_or_no(words: Words, answer: bool) -> Said:
    """Return the answer to a question without choices."""
    return Said(words.line("button.yes" if answer else "button.no"))


def _answer(words: Words, question: Question, answer: object) -> Said:
    if isinstance(answer, bool):
        return yes_or_no(words, answer)
    if isinstance(answer, Between):
        return number_range(words, answer.from_, answer.to, _unit(words, question))
    chosen = (answer,) if isinstance(answer, str) else tuple(answer) if isinstance(answer, tuple) else ()
    said = [choice_title(words, question, choice) for choice in chosen]
    return Said(
        Line(joined(" / ", (one.text for one in said))), next((one.language for one in said if one.language), "")
    )


def _unit(words: Words, question: Question) -> Said:
    return words.text(question.unit) if question.unit else Said("")
