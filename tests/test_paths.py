"""Every path of answers ends somewhere: what is warned of, what is not, and how a path is told."""

from decimal import Decimal
from typing import Any

import pytest
from made import made_service
from test_checks import checked

from generator.model import Service
from generator.problems import Route

KIND = {"id": "kind", "ask": "Kind?", "choices": tuple({"id": one, "title": one} for one in ("new", "old", "copy"))}
ABROAD = {"id": "abroad", "ask": "Abroad?"}
FREE = {"title": "Nothing", "amount": "0.00", "currency": "THB"}
CODES = {
    "question-unused", "choice-unused", "condition-never-holds", "ranges-leave-hole", "path-without-channel",
    "path-without-promise", "path-without-fee", "tiers-end-early",
}  # fmt: skip


def age(**more: str) -> dict[str, Any]:
    """Return a question for a number of years."""
    return {"id": "age", "ask": "Age?", "unit": "years", **{name: Decimal(end) for name, end in more.items()}}


def between(**ends: str) -> dict[str, Any]:
    """Return an `if` over the years."""
    return {"age": {name: Decimal(end) for name, end in ends.items()}}


def fee(conditions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a fee for some."""
    return {**FREE, "title": "Fee", "amount": "20.00", "if": conditions, **more}


def tiers(*ends: str) -> dict[str, Any]:
    """Return a fee by years whose bands end here; the last of them has no end where none is given."""
    rates = tuple({"up_to": Decimal(end), "rate": "1.00"} if end else {"rate": "1.00"} for end in ends)
    return {"title": "Fee", "currency": "THB", "tiers": {"question": "age", "rates": rates}}


def service(
    *questions: dict[str, Any], fees: tuple[Any, ...] = (), documents: tuple[Any, ...] = (), **more: Any
) -> Service:
    """Return a service that asks these questions."""
    needed = {name: items for name, items in (("fees", fees), ("documents", documents)) if items}
    return made_service(questions=questions, **({"requirements": needed} if needed else {}), **more)


def found(of: Service) -> list[tuple[str, Any]]:
    """Return the codes of what is warned of about questions, with the path or the range of each."""
    problems = [problem for problem in checked(of) if problem.code in CODES]
    return [(problem.code, problem.facts.get("path", problem.facts.get("range"))) for problem in problems]


def test_the_last_unnamed_choice_stands_for_the_rest() -> None:
    """One choice that nothing names is everything else; a second one is the same as the first."""
    one = service(KIND, fees=(fee({"kind": ("new", "old")}), FREE))
    two = service(KIND, fees=(fee({"kind": "new"}), FREE))

    assert found(one) == []
    assert found(two) == [("choice-unused", None)]


def test_an_adjustment_names_a_choice() -> None:
    """What raises or lowers a fee by a choice tells it apart."""
    change = {"title": "x", "question": "kind", "is": "old", "multiply": "2"}

    assert found(service(KIND, fees=(fee({"kind": "new"}), {**FREE, "adjustments": (change,)}))) == []


@pytest.mark.parametrize(
    ("conditions", "told"),
    [
        ((between(to="6"), between(**{"from": "7"})), []),
        ((between(to="6"), between(**{"from": "8"})), [("ranges-leave-hole", "7")]),
        ((between(**{"from": "30"}), between(to="6")), [("ranges-leave-hole", "{from: 7, to: 29}")]),
        ((between(**{"from": "8"}), between(to="3"), between(to="9", **{"from": "2"})), []),
        ((between(**{"from": "2"}), between(**{"from": "9"})), []),
        ((between(**{"from": "1", "to": "20"}), between(**{"from": "2", "to": "3"}), between(**{"from": "9"})), []),
        ((between(to="6.5"), between(**{"from": "7"})), [("ranges-leave-hole", "{from: 6.6, to: 6.9}")]),
        ((between(to="6"), {**between(**{"from": "8"}), "abroad": True}), []),
    ],
)
def test_ranges_follow_each_other(conditions: tuple[Any, ...], told: list[Any]) -> None:
    """Fees over ranges of one number leave none out between them, on the grid of numbers that can be given."""
    of = service(age(**{"from": "1", "to": "60"}), ABROAD, fees=(*map(fee, conditions), fee({"abroad": False}), FREE))

    assert found(of) == told


def test_documents_and_steps_follow_each_other_only_as_the_same_thing() -> None:
    """A paper for children and one for the old leave a gap that is meant; one paper with two ranges does not."""
    young, old = between(to="15"), between(**{"from": "60"})
    apart = ({"title": "Consent", "if": young}, {"title": "Doctor", "if": old})
    same = ({"title": "Photo", "if": young}, {"title": "Photo", "copies": 1, "if": old})
    steps = ({"title": "Test", "duration": {"value": 1, "unit": "hour"}, "if": young},)
    later = ({"title": "Other test", "duration": {"value": 1, "unit": "hour"}, "if": old},)

    assert found(service(age(), documents=apart, steps=(*steps, *later))) == []
    assert found(service(age(), documents=same)) == [("ranges-leave-hole", "{from: 16, to: 59}")]


def test_a_range_outside_the_question_never_holds() -> None:
    """What waits for more than a reader can give is never shown to anybody."""
    at = age(**{"from": "1", "to": "60"})

    assert found(service(at, documents=({"title": "x", "if": between(**{"from": "61"})},))) == [
        ("condition-never-holds", "{from: 1, to: 60}")
    ]
    assert found(service(at, documents=({"title": "x", "if": between(**{"from": "60"})},))) == []
    assert found(service(age(**{"from": "5"}), documents=({"title": "x", "if": between(to="4")},))) == [
        ("condition-never-holds", "{from: 5}")
    ]


def test_a_path_is_told_by_its_answers() -> None:
    """Where several answers together leave nothing, all of them are named, and only they."""
    fees = (fee({"kind": "new"}), fee({"kind": ("old", "copy"), "abroad": True}), fee({"kind": "old", "abroad": False}))

    assert found(service(KIND, ABROAD, fees=fees)) == [("path-without-fee", "kind: copy, abroad: false")]
    assert found(service(KIND, ABROAD, fees=(*fees, FREE))) == []
    assert found(service(age(to="60"), fees=(fee(between(to="6")),))) == [
        ("path-without-fee", "age: {from: 7, to: 60}")
    ]


def test_a_path_without_a_channel_or_a_promise_is_found() -> None:
    """A reader for whom no channel or no promise is meant would find a page without an answer."""
    channels = ({"id": "web", "type": "online", "title": "Web", "if": between(**{"from": "20"})},)
    of = service(
        age(),
        ABROAD,
        scope={"channels": channels},
        levels=({"id": "time", "measure": "processing_time", "title": "Time", "if": {"abroad": False}},),
    )

    assert found(of) == [("path-without-channel", "age: {from: 0, to: 19}"), ("path-without-promise", "abroad: true")]


@pytest.mark.parametrize(
    ("fees", "told"),
    [
        ((tiers("20", ""),), []),
        ((tiers("20", "60"),), []),
        ((tiers("20", "59"),), ["tiers-end-early"]),
        (({**tiers("20", "40"), "if": between(to="40")}, fee(between(**{"from": "41"}))), []),
        (({**tiers("20", "40"), "if": between(to="41")}, fee(between(**{"from": "42"}))), ["tiers-end-early"]),
    ],
)
def test_bands_reach_to_the_largest_answer(fees: tuple[Any, ...], told: list[str]) -> None:
    """A band that ends before the question does leaves somebody without a fee, unless the fee is not for them."""
    assert [code for code, _ in found(service(age(**{"from": "1", "to": "60"}), fees=fees))] == told


def test_bands_reach_to_the_largest_answer_also_where_others_are_told_apart() -> None:
    """What else waits for a small number changes nothing about the largest."""
    documents = ({"title": "x", "if": between(to="6")},)
    of = service(age(**{"from": "1", "to": "60"}), documents=documents, fees=(tiers("20", "30"),))

    assert [code for code, _ in found(of)] == ["tiers-end-early"]


def test_bands_without_an_end_of_the_question_need_none_either() -> None:
    """A question without `to` can be answered with any number, so the last band has no end."""
    assert [code for code, _ in found(service(age(), fees=(tiers("20", "60"),)))] == ["tiers-end-early"]


def whole(of: Service) -> list[tuple[str, Route, dict[str, object]]]:
    """Return all that is said of what is warned of about questions: code, route and facts."""
    problems = [problem for problem in checked(of) if problem.code in CODES]

    assert {(one.severity, one.place.file) for one in problems} <= {("warning", "agencies/office/services/permit.yml")}
    return [(one.code, one.place.route, dict(one.facts)) for one in problems]


def test_what_is_warned_of_stands_where_it_is_mended() -> None:
    """A question and a choice at themselves, a range at its question, a hole where the later range begins."""
    at = age(**{"from": "1", "to": "60"})
    used = ({"title": "x", "if": {"abroad": True}}, {"title": "z", "if": between(to="6")})
    never = (*used, {"title": "y", "if": {"abroad": False, **between(**{"from": "61"})}})
    hole = (*used[:1], {"title": "y", "if": between(to="6")}, {"title": "y", "if": between(**{"from": "9"})})
    choices = (fee({"kind": "new"}), FREE)

    assert whole(service(ABROAD, {**ABROAD, "id": "idle"}, documents=used[:1])) == [
        ("question-unused", ("questions", 1), {"value": "idle"})
    ]
    assert whole(service(ABROAD, KIND, documents=used[:1], fees=choices)) == [
        ("choice-unused", ("questions", 1, "choices", 2, "id"), {"value": "copy", "other": "old"})
    ]
    assert whole(service(ABROAD, at, documents=never)) == [
        (
            "condition-never-holds",
            ("requirements", "documents", 2, "if", "age"),
            {"question": "age", "range": "{from: 1, to: 60}"},
        )
    ]
    assert whole(service(ABROAD, at, documents=hole)) == [
        (
            "ranges-leave-hole",
            ("requirements", "documents", 2, "if", "age", "from"),
            {"question": "age", "range": "{from: 7, to: 8}"},
        )
    ]


def test_a_path_and_a_band_stand_at_their_list() -> None:
    """The fees that leave somebody out, and the end of the last band."""
    ends = service(ABROAD, age(**{"from": "1", "to": "60"}), fees=(FREE, tiers("20", "59"), fee({"abroad": True})))

    assert whole(service(ABROAD, fees=(fee({"abroad": True}),))) == [
        ("path-without-fee", ("requirements", "fees"), {"path": "abroad: false"})
    ]
    assert whole(ends) == [
        ("tiers-end-early", ("requirements", "fees", 1, "tiers", "rates", 1, "up_to"), {"value": "59"})
    ]


def test_bands_are_over_their_own_question() -> None:
    """Of two numbers that are asked for, the one that the bands name has to be reached."""
    size = {**age(**{"from": "1", "to": "900"}), "id": "size"}
    asked = (size, age(**{"from": "1", "to": "60"}))
    first = fee({"size": {"to": Decimal(5)}})

    assert whole(service(*asked, fees=(tiers("20", "60"), first, FREE))) == []
    assert [one[0] for one in whole(service(*asked, fees=(tiers("20", "59"), first, FREE)))] == ["tiers-end-early"]


@pytest.mark.parametrize(
    ("first", "second", "found_there"),
    [
        ({"document": "card"}, {"document": "card"}, True),
        ({"document": "card"}, {"document": "photo"}, False),
        ({"title": "Card"}, {"title": "Card"}, True),
        ({"document": "card", "title": "A"}, {"document": "card", "title": "B"}, True),
    ],
)
def test_the_same_document_is_known_by_its_id_or_its_title(
    first: dict[str, Any], second: dict[str, Any], found_there: bool
) -> None:
    """Two entries of one paper leave a hole between their ranges, two papers do not."""
    documents = ({"title": "Other"}, {**first, "if": between(to="6")}, {**second, "if": between(**{"from": "9"})})

    assert bool(whole(service(age(), documents=documents))) == found_there


def test_the_same_step_for_two_ranges_leaves_a_hole() -> None:
    """A step is the same by its title, and only under the same other answers."""

    def steps(*conditions: dict[str, Any]) -> list[tuple[str, Any]]:
        made = ({"title": "Test", "duration": {"value": 1, "unit": "hour"}, "if": one} for one in conditions)
        first = {"title": "First", "duration": {"value": 1, "unit": "hour"}}
        return found(service(age(), ABROAD, steps=(first, *made), documents=({"title": "x", "if": {"abroad": True}},)))

    young, old = {**between(to="6"), "abroad": True}, {**between(**{"from": "9"}), "abroad": True}

    assert steps(young, old) == [("ranges-leave-hole", "{from: 7, to: 8}")]
    assert steps(young, {**old, "abroad": False}) == []


def test_promises_and_channels_follow_each_other_whatever_they_are_called() -> None:
    """Ranges of two levels, or of two channels, leave nobody out between them."""
    young, old = {"if": between(to="6")}, {"if": between(**{"from": "9"})}
    levels = tuple(
        {"id": name, "measure": "processing_time", "title": name, **wanted}
        for name, wanted in (("for-young", young), ("of-old", old), ("any", {}))
    )
    channels = tuple(
        {"id": name, "type": "online", "title": name, **wanted}
        for name, wanted in (("for-young", young), ("of-old", old), ("any", {}))
    )
    hole = {"question": "age", "range": "{from: 7, to: 8}"}

    assert whole(service(age(), levels=levels)) == [
        ("ranges-leave-hole", ("service_levels", 1, "if", "age", "from"), hole)
    ]
    assert whole(service(age(), scope={"channels": channels})) == [
        ("ranges-leave-hole", ("scope", "channels", 1, "if", "age", "from"), hole)
    ]


def test_a_choice_is_named_by_an_if_of_one_or_of_several() -> None:
    """And by an adjustment of the same question alone."""
    other = {**KIND, "id": "other"}
    change = {"title": "x", "question": "other", "is": "old", "multiply": "2"}
    fees = (fee({"kind": ("new", "old")}), {**FREE, "adjustments": (change,)})

    assert found(service(KIND, other, fees=fees)) == [("choice-unused", None)]
    assert whole(service(KIND, other, fees=fees))[0][1:] == (
        ("questions", 1, "choices", 2, "id"), {"value": "copy", "other": "new"},
    )  # fmt: skip


def test_an_adjustment_names_no_choice_of_another_question() -> None:
    """Two questions may have choices of one name."""
    other = {**KIND, "id": "other"}
    change = {"title": "x", "question": "other", "is": "old", "multiply": "2"}
    documents = ({"title": "x", "if": {"kind": "new"}}, {"title": "y", "if": {"other": "new"}})
    of = service(KIND, other, documents=documents, fees=({**FREE, "adjustments": (change,)},))

    assert whole(of) == [("choice-unused", ("questions", 0, "choices", 2, "id"), {"value": "copy", "other": "old"})]


def test_drafts_are_left_alone() -> None:
    """Nobody can ask for a draft yet."""
    draft = made_service(questions=(ABROAD,), status="draft")

    assert found(draft) == []
    assert found(service(ABROAD)) == [("question-unused", None)]
