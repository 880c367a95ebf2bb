"""What a manual comes to for one reader: the questions that matter, what is left, what it costs, and that it ends."""

import itertools
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import case_truth
import pytest
from case_truth import Raw
from hypothesis import given as examples
from hypothesis import strategies as st
from made import made_service

from generator.case.answers import Given, asked, counted, fees_of, holds, items_of, narrowed, places
from generator.case.fees import Part, reckon, rounded, sum_up
from generator.case.paths import Span, cells_of, uncovered, value_of
from generator.model import Fee, Service

MANUALS, ANSWERS = case_truth.read("answers.json")
_, SUMS = case_truth.read("fees.json")
TAX = {"vehicle": "car", "company": False, "engine": "1500", "age": "3", "post": False}


def tupled(value: Any) -> Any:
    """Return typed data as a reader of YAML gives it: lists as tuples, numbers exact."""
    if isinstance(value, dict):
        return {name: tupled(one) for name, one in value.items()}
    if isinstance(value, list):
        return tuple(tupled(one) for one in value)
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def service_of(manual: Raw) -> Service:
    """Return the service that a manual of the vectors describes."""
    levels = manual.get("service_levels", ())
    return made_service("case", tupled(levels), **{k: tupled(v) for k, v in manual.items() if k != "service_levels"})


SERVICES = {name: service_of(manual) for name, manual in MANUALS.items()}


def exact(service: Service, given: Mapping[str, Any]) -> Given:
    """Return answers of the vectors as the engine takes them: numbers as decimals."""
    numbers = {question.id for question in service.questions or () if question.unit}
    return {name: Decimal(answer) if name in numbers else answer for name, answer in given.items()}


def told(part: Part) -> list[Any]:
    """Return a line of a fee as the vectors write it."""
    return [part.kind, part.number, *map(case_truth.plain, (part.size, part.rate, part.result))]


def test_there_are_at_least_two_hundred_vectors_each() -> None:
    """Fewer would leave the edges of some band to chance."""
    assert len(ANSWERS) >= 200
    assert len(SUMS) >= 200


@pytest.mark.parametrize("vector", ANSWERS, ids=str)
def test_answers_give_what_the_vectors_say(vector: Raw) -> None:
    """The questions that matter, in order, and what is left by the answers that count, equal the shared vectors."""
    service = SERVICES[vector["manual"]]
    items, given = items_of(service), exact(service, vector["given"])

    assert list(asked(service.questions or (), items, given)) == vector["asked"]
    assert narrowed(items, given) == vector["left"]


@pytest.mark.parametrize("vector", SUMS, ids=str)
def test_fees_come_to_what_the_vectors_say(vector: Raw) -> None:
    """Each fee's state, its lines and its exact amount, and the rounded totals, equal the shared vectors."""
    service = SERVICES[vector["manual"]]
    counts = {int(number): Decimal(count) for number, count in vector["counts"].items()}
    found = sum_up(fees_of(service), exact(service, vector["given"]), counts)

    assert [
        {
            "state": one.state,
            "parts": [told(part) for part in one.parts],
            "exact": None if one.exact is None else case_truth.plain(one.exact),
        }
        for one in found.fees
    ] == vector["fees"]
    assert {currency: str(total) for currency, total in found.totals.items()} == vector["totals"]


@pytest.mark.parametrize(
    ("engine", "age", "company", "total"),
    [
        ("1500", "1", False, "1650.00"),
        ("1500", "5", False, "1650.00"),
        ("1500", "6", False, "1485.00"),
        ("1500", "8", False, "1155.00"),
        ("1500", "10", False, "825.00"),
        ("1500", "60", False, "825.00"),
        ("1500", "8", True, "2310.00"),
        ("600", "1", False, "300.00"),
        ("601", "1", False, "301.50"),
        ("1800", "1", False, "2100.00"),
        ("1801", "1", False, "2104.00"),
    ],
)
def test_the_vehicle_tax_is_what_the_law_says(engine: str, age: str, company: bool, total: str) -> None:
    """0.50 for the first 600 cc, 1.50 to 1,800, 4.00 above; less from the sixth year on, twice for a company."""
    answers = exact(SERVICES["tax"], {**TAX, "engine": engine, "age": age, "company": company})

    assert str(sum_up(fees_of(SERVICES["tax"]), answers, {}).totals["THB"]) == total


def test_vectors_are_what_a_slow_reading_gives() -> None:
    """The files hold what trying every answer and counting every unit gives, and every manual of theirs."""
    found = [case_truth.vectors_of(name, manual, 70) for name, manual in MANUALS.items()]

    assert [vector for answers, _ in found for vector in answers] == ANSWERS
    assert [vector for _, sums in found for vector in sums] == SUMS


def test_no_answer_can_be_hidden_by_another() -> None:
    """Two answers that each exclude the same document are both still asked for, or the reader could never change them."""
    both = {"documents": ({"title": "Paper", "if": {"one": True, "two": True}},)}
    service = made_service(questions=({"id": "one", "ask": "One?"}, {"id": "two", "ask": "Two?"}), requirements=both)
    items, questions = items_of(service), service.questions or ()

    assert asked(questions, items, {"two": False}) == ("one", "two")
    assert asked(questions, items, {"one": False, "two": False}) == ("one",)
    assert counted(questions, items, {"one": False, "two": False}) == {"one": False}


@pytest.mark.parametrize(("answer", "value"), [(True, Decimal(1)), ("1", Decimal(1)), (False, Decimal(0))])
def test_kinds_of_answers_are_never_mixed_up(answer: bool | str, value: Decimal) -> None:
    """Yes is not 1, and a choice called 1 is no number."""
    assert holds({"x": answer}, {"x": value}) is False


def test_a_number_is_asked_with_the_decimals_of_the_file() -> None:
    """Whole where the file writes whole numbers, with one decimal where it writes 20.5 or 0.50 in any place that counts."""
    area, tax = SERVICES["area"], SERVICES["tax"]

    assert [places(question, area) for question in area.questions or () if question.unit] == [1]
    assert [places(question, tax) for question in tax.questions or () if question.unit] == [0, 0]


@pytest.mark.parametrize(
    ("amount", "total"),
    [("0.005", "0.01"), ("0.0049", "0.00"), ("2.675", "2.68"), ("999999999999.995", "1000000000000.00")],
)
def test_a_total_is_rounded_half_up(amount: str, total: str) -> None:
    """A half goes up, where floats and bankers would let some go down."""
    assert str(rounded(Decimal(amount))) == total


def test_the_longest_amounts_stay_exact() -> None:
    """Twelve digits and four decimals, multiplied twenty times by four decimals, lose none of them."""
    change = {"title": "x", "question": "q", "is": True, "multiply": "9999.9999"}
    fee = {"title": "f", "currency": "THB", "amount": "999999999999.9999", "adjustments": (change,) * 20}
    found = reckon(Fee.model_validate(fee, context={"first_language": "en"}), {"q": True})

    assert found.exact is not None
    assert Fraction(found.exact) == Fraction(9999999999999999 * 99999999**20, 10**84)


@examples(st.data())
def test_what_is_not_covered_is_found_wherever_it_is(data: st.DataObject) -> None:
    """Of any conditions over three questions, a path that none covers is found exactly where trying all finds one."""
    cells = {"a": (True, False), "b": ("x", "y", "z"), "n": tuple(Span(Decimal(at), Decimal(at)) for at in range(4))}
    answers = {
        "a": st.booleans(),
        "b": st.sampled_from([("x",), ("y", "z"), "z"]),
        "n": st.integers(0, 3).map(lambda at: span(at, 3)) | st.integers(0, 3).map(lambda at: span(0, at)),
    }
    one = st.fixed_dictionaries({}, optional=answers)
    conditions = data.draw(st.lists(one, max_size=8))
    paths = [dict(zip(cells, values, strict=True)) for values in itertools.product(*cells.values())]
    free = [path for path in paths if not any(covered(one, path) for one in conditions)]
    found = uncovered(cells, conditions)

    assert found in free if free else found is None


def span(low: int, high: int) -> Any:
    """Return a range of an ``if``."""
    conditions = {"n": {"from": Decimal(low), "to": Decimal(high)}}
    channel = {"id": "c", "type": "counter", "title": "C", "if": conditions}
    service = made_service(questions=({"id": "n", "ask": "?", "unit": "x"},), scope={"channels": (channel,)})
    return items_of(service)[0].conditions["n"]


def covered(conditions: Any, path: Mapping[str, Any]) -> bool:
    """Return whether all conditions hold on a path."""
    return holds(conditions, {name: value_of(cell) for name, cell in path.items()}) is True


def test_very_many_conditions_end() -> None:
    """Forty questions have a million million paths; whether one is left without an end is found all the same."""
    names = [f"q{number}" for number in range(40)]
    answers = dict.fromkeys(names, (True, False))
    every = [dict.fromkeys(names[number : number + 2], True) for number in range(39)]

    assert uncovered(answers, every) is not None
    assert uncovered(answers, [*every, *({name: False} for name in names)]) is None


def test_spans_meet_at_every_edge() -> None:
    """The cells of a number follow each other without a gap from the least answer to the greatest."""
    for service in SERVICES.values():
        for question in service.questions or ():
            spans = [cell for cell in cells_of(question, service) if isinstance(cell, Span)]
            unit = Decimal(1).scaleb(-places(question, service))

            assert all(one.high is not None and one.high + unit == two.low for one, two in itertools.pairwise(spans))
            assert not spans or (spans[0].low, spans[-1].high) == (question.from_, question.to)
