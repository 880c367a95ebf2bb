"""What a service's page asks its reader, and the block of data with which scripts narrow the manual and reckon.

The words stand on the page, where everybody sees them; the block holds ids, conditions and numbers.  A service that has
nothing to narrow, to tick or to reckon has neither, and its page loads no script.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.case.answers import Item, fees_of, items_of, places
from generator.model import Adjustment, Answer, Between, Document, Fee, Question, Service
from generator.views.conditions import number_range, yes_or_no
from generator.views.words import Mixed, Said, Words

Data = dict[str, Any]  # JSON: no value of it is None


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as the panel asks it: answers to choose from with their values, or a number with its unit.

    ``hint`` says which numbers can be typed in, and ``wrong`` that another one was; both are empty where one chooses.
    """

    id: str
    ask: Said
    choices: tuple[tuple[str, Said], ...]
    unit: Said
    hint: Mixed
    wrong: Mixed


@dataclass(frozen=True, slots=True)
class Case:
    """The questions of the panel (none: no panel), which lists they narrow, whether there is a sum, and the block.

    A list is named as the keys of its items begin: document, fee, channel, level, step.
    """

    questions: tuple[QuestionView, ...]
    narrows: tuple[str, ...]
    sums: bool
    data: Mapping[str, Any]


def case_of(words: Words, agency_id: str, service: Service) -> Case | None:
    """Return what scripts need of a service, or None where there is nothing for them to do."""
    if service.status == "retired":
        return None
    items = [item for item in items_of(service) if item.conditions or item.uses]
    waited = {name for item in items for name in (*item.conditions, *item.uses)}
    questions = [question for question in service.questions or () if question.id in waited]
    documents, fees = _documents(service), fees_of(service)
    parts: Data = {
        "questions": [_question_data(question, service) for question in questions],
        "items": {item.key: _item_data(item) for item in items},
        "documents": [_fingerprint(document) for document in documents],
        "fees": [_fee_data(words, fee) for fee in fees] if _sums(fees) else [],
    }
    parts = {name: part for name, part in parts.items() if part}
    if not parts:
        return None
    signs = [words.strings.patterns[f"number.{sign}"] for sign in ("thousands", "decimal")]
    data = {"key": f"{agency_id}/{service.id}", "signs": signs, **parts, **_money(words, fees)}
    return Case(
        questions=tuple(_question(words, question, service) for question in questions),
        narrows=tuple(dict.fromkeys(item.key.partition("-")[0] for item in items if item.conditions)),
        sums=_sums(fees),
        data=data,
    )


def _documents(service: Service) -> tuple[Document, ...]:
    documents = service.requirements.documents if service.requirements else None
    return documents if isinstance(documents, tuple) else ()


def _sums(fees: Sequence[Fee]) -> bool:
    """One amount that everybody pays is its own sum; everything else has something to work out."""
    return len(fees) > 1 or any(fee.tiers or fee.adjustments or fee.if_ or fee.per for fee in fees)


def _question(words: Words, question: Question, service: Service) -> QuestionView:
    unit = words.text(question.unit) if question.unit else Said("")
    range_ = _hint(words, question, service, unit) if question.unit else None
    return QuestionView(
        id=question.id,
        ask=words.text(question.ask),
        choices=() if range_ else _choices(words, question),
        unit=unit,
        hint=(range_,) if range_ else (),
        wrong=words.mixed("case.wrong", range=range_) if range_ else (),
    )


def _choices(words: Words, question: Question) -> tuple[tuple[str, Said], ...]:
    if question.choices:
        return tuple((choice.id, words.text(choice.title)) for choice in question.choices)
    return ("true", yes_or_no(words, True)), ("false", yes_or_no(words, False))


def _hint(words: Words, question: Question, service: Service, unit: Said) -> Said:
    """Return which numbers can be typed in: จำนวนเต็ม 50 ถึง 10,000 ซีซี."""
    key = "case.number" if places(question, service) else "case.whole_number"
    if question.from_ is None and question.to is None:
        return Said(words.line(key))
    ranged = number_range(words, question.from_, question.to, unit)
    return Said(words.line(f"{key}_range", range=ranged.text), ranged.language)


def _question_data(question: Question, service: Service) -> Data:
    if question.choices:
        return {"id": question.id, "choices": [choice.id for choice in question.choices]}
    if question.unit is None:
        return {"id": question.id}
    return {"id": question.id, "places": places(question, service), **_range(question.from_, question.to)}


def _item_data(item: Item) -> Data:
    conditions = {name: _answer(answer) for name, answer in item.conditions.items()}
    return ({"if": conditions} if conditions else {}) | ({"uses": list(item.uses)} if item.uses else {})


def _answer(answer: Answer) -> object:
    if isinstance(answer, Between):
        return _range(answer.from_, answer.to)
    return list(answer) if isinstance(answer, tuple) else answer


def _range(low: Decimal | None, high: Decimal | None) -> Data:
    return ({} if low is None else {"from": f"{low:f}"}) | ({} if high is None else {"to": f"{high:f}"})


def _fingerprint(document: Document) -> str:
    """Return what a tick is kept under: a document that is asked for otherwise than before is to be ticked anew."""
    return hashlib.sha256(document.model_dump_json().encode()).hexdigest()[:8]


def _fee_data(words: Words, fee: Fee) -> Data:
    data: Data = {"currency": fee.currency}
    if fee.amount is not None:
        data["amount"] = f"{fee.amount:f}"
    if fee.tiers:
        rates = [_rate(rate.up_to, rate.rate) for rate in fee.tiers.rates]
        data["tiers"] = {"question": fee.tiers.question, "rates": rates}
    if fee.adjustments:
        data["adjustments"] = [_adjustment(words, change) for change in fee.adjustments]
    if fee.per:
        data["per"] = _said(words.text(fee.per))
    return data | ({"when": True} if fee.when else {})


def _rate(up_to: Decimal | None, rate: Decimal) -> Data:
    return ({} if up_to is None else {"up_to": f"{up_to:f}"}) | {"rate": f"{rate:f}"}


def _adjustment(words: Words, change: Adjustment) -> Data:
    data: Data = {"title": _said(words.text(change.title)), "question": change.question}
    if change.bands:
        bands = [{"from": f"{band.from_:f}", "multiply": f"{band.multiply:f}"} for band in change.bands]
        return data | {"bands": bands}
    return data | {"is": change.is_, "multiply": f"{change.multiply:f}"}


def _said(said: Said) -> list[str]:
    """Return a text and, where it is not the page's, its language."""
    return [said.text, said.language] if said.language else [said.text]


def _money(words: Words, fees: Sequence[Fee]) -> Data:
    """Return how an amount of each currency is written."""
    patterns = words.strings.patterns
    names = sorted({fee.currency for fee in fees})
    other = patterns["money.other"]
    money = {name: patterns.get(f"money.{name}", other.replace("{currency}", name)) for name in names}
    return {"money": money} if _sums(fees) else {}
