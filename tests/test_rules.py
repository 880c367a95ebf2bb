"""The rules within one manual and one agency: what each finds, where in the record, and what it tells."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made import made_agency, made_level, made_service, made_target

from generator.intake.rules import RULES
from generator.intake.rules_agency import agency_rules
from generator.intake.rules_answers import ANSWER_RULES
from generator.problems import Place, Route

Found = dict[tuple[str, Route], dict[str, object]]
LIMIT = {"value": 5, "unit": "working_day"}
KIND = {"id": "kind", "ask": "Kind?", "choices": tuple({"id": one, "title": one} for one in ("car", "boat"))}
AGE = {"id": "age", "ask": "Age?", "unit": "years"}
ABROAD = {"id": "abroad", "ask": "Abroad?"}
FREE = {"title": "Nothing", "amount": "0.00", "currency": "THB"}
FEES: Route = ("requirements", "fees")


def found(**manual: Any) -> Found:
    """Return what the rules find in a service with these keys: the facts, by code and route."""
    service = made_service(**manual)
    return {(one.code, one.route): dict(one.facts) for rule in (*RULES, *ANSWER_RULES) for one in rule(service)}


def of_fees(*fees: dict[str, Any], **more: Any) -> Found:
    """Return what the rules find in a service with these fees, after a good one, and with these questions."""
    return found(requirements={"fees": (FREE, *fees)}, questions=(KIND, AGE, ABROAD), **more)


def adjusted(**change: Any) -> Found:
    """Return what the rules find in the second adjustment of the second fee."""
    good = {"title": "x", "question": "abroad", "is": True, "multiply": "2"}
    return of_fees({**FREE, "adjustments": (good, {"title": "y", **change})})


def conditioned(conditions: dict[str, Any]) -> Found:
    """Return what the rules find in the ``if`` of the second step."""
    step = {"title": "Step", "duration": LIMIT}
    return found(steps=(step, {**step, "if": conditions}), questions=(KIND, AGE, ABROAD))


def numbers(**ends: str) -> dict[str, Decimal]:
    """Return a range as a file has it; ``begin`` stands for the word that Python keeps."""
    return {{"begin": "from"}.get(name, name): Decimal(end) for name, end in ends.items()}


def tiers(*ends: str, question: str = "age") -> dict[str, Any]:
    """Return a fee whose bands end here, without an end where none is given."""
    rates = tuple({"rate": "1.00", **({"up_to": Decimal(end)} if end else {})} for end in ends)
    return {"title": "Fee", "currency": "THB", "tiers": {"question": question, "rates": rates}}


def bands(*starts: int) -> tuple[dict[str, Any], ...]:
    """Return bands that begin here."""
    return tuple({"from": Decimal(start), "multiply": "2"} for start in starts)


def test_a_manual_that_keeps_every_rule_is_passed() -> None:
    """What may stand side by side is found good: limits that are just kept, each kind of answer, each kind of fee."""
    hours = {"days": ("mon",), "opens": "08:30", "closes": "08:31"}
    level = made_level(
        "time",
        (made_target("2025-10-01", "2025-10-01"), made_target("2025-10-02", limit=LIMIT)),
        channels=("web",),
    )
    condition = {"kind": ("car", "boat"), "age": numbers(begin="7", to="7"), "abroad": False}
    change = {"title": "x", "question": "age", "bands": bands(1, 2)}

    assert (
        found(
            levels=(level, made_level("sure", (made_target("2025-10-01"),), measure="accuracy")),
            questions=(KIND, {**AGE, **numbers(begin="7", to="7")}, ABROAD),
            scope={"channels": ({"id": "web", "type": "online", "title": "Web", "hours": (hours,)},)},
            legal_basis=({"law": "act"}, {"title": "Rule"}),
            requirements={
                "documents": ({"document": "card"}, {"title": "Photo", "if": condition}),
                "fees": ({**FREE, "adjustments": (change,)}, tiers("5", "6", "")),
            },
            review={"reviewed_on": "2026-01-01", "review_due": "2026-01-01"},
        )
        == {}
    )


def test_an_id_stands_once_in_each_list() -> None:
    """Channels, levels, questions and choices: each later one is told, with the number of the first."""
    ids = ("b", "a", "a", "a")
    lists = {
        "scope": {"channels": tuple({"id": one, "type": "online", "title": one} for one in ids)},
        "levels": tuple(made_level(one, (made_target("2025-10-01"),)) for one in ids),
        "questions": (KIND, {**KIND, "choices": tuple({"id": one, "title": one} for one in ids)}),
    }
    told = {"value": "a", "other": 2}

    assert found(**lists) == {
        ("id-repeated", ("scope", "channels", 2, "id")): told,
        ("id-repeated", ("scope", "channels", 3, "id")): told,
        ("id-repeated", ("service_levels", 2, "id")): told,
        ("id-repeated", ("service_levels", 3, "id")): told,
        ("id-repeated", ("questions", 1, "id")): {"value": "kind", "other": 1},
        ("id-repeated", ("questions", 1, "choices", 2, "id")): told,
        ("id-repeated", ("questions", 1, "choices", 3, "id")): told,
    }


def test_a_channel_closes_after_it_opens() -> None:
    """At the same minute is not after; the hours are told as they stand."""
    good = {"days": ("mon",), "opens": "08:30", "closes": "12:00"}
    hours = (good, {**good, "closes": "08:30"}, {**good, "closes": "07:00"})
    channels = tuple({"id": one, "type": "counter", "title": one} for one in ("a", "b"))
    route: Route = ("scope", "channels", 1, "hours")

    assert found(scope={"channels": (channels[0], {**channels[1], "hours": hours})}) == {
        ("hours-reversed", (*route, 1, "closes")): {"opens": "08:30", "closes": "08:30"},
        ("hours-reversed", (*route, 2, "closes")): {"opens": "08:30", "closes": "07:00"},
    }


def test_documents_and_laws_are_listed_or_named() -> None:
    """One without an id and without a title is told by its place; with one of them it is good."""
    documents = ({"document": "card"}, {"title": "Photo"}, {"copies": 1})
    laws = ({"law": "act"}, {"title": "Rule"}, {"section": "Section 4"})

    assert found(requirements={"documents": documents}, legal_basis=laws) == {
        ("document-unnamed", ("requirements", "documents", 2)): {},
        ("law-unnamed", ("legal_basis", 2)): {},
    }


def test_a_fee_is_an_amount_or_bands() -> None:
    """Neither is told at the fee, both at the amount."""
    neither = {"title": "Fee", "currency": "THB"}

    assert of_fees(neither) == {("fee-without-amount", (*FEES, 1)): {}}
    assert of_fees({**tiers(""), "amount": "1.00"}) == {("fee-amount-and-tiers", (*FEES, 1, "amount")): {}}


def test_bands_of_a_fee_climb_and_only_the_last_is_open() -> None:
    """Each is compared with the one before it; the lower end is told beside the value."""
    rates: Route = (*FEES, 1, "tiers", "rates")

    assert of_fees(tiers("5", "6", "6", "4")) == {
        ("tiers-not-ascending", (*rates, 2, "up_to")): {"value": "6", "before": "6"},
        ("tiers-not-ascending", (*rates, 3, "up_to")): {"value": "4", "before": "6"},
    }
    assert of_fees(tiers("5", "", "7", "")) == {("tier-without-end", (*rates, 1)): {}}


@pytest.mark.parametrize(
    ("change", "clear"),
    [
        ({"question": "abroad", "is": True, "multiply": "2"}, True),
        ({"question": "age", "bands": bands(1)}, True),
        ({"question": "abroad", "is": True}, False),
        ({"question": "abroad", "multiply": "2"}, False),
        ({"question": "abroad"}, False),
        ({"question": "age", "bands": bands(1), "multiply": "2"}, False),
        ({"question": "age", "bands": bands(1), "is": True}, False),
    ],
)
def test_an_adjustment_is_an_answer_with_its_factor_or_bands(change: dict[str, Any], clear: bool) -> None:
    """A half of one, or one and a half, is told at the adjustment."""
    route: Route = (*FEES, 1, "adjustments", 1)

    assert adjusted(**change) == ({} if clear else {("adjustment-unclear", route): {}})


def test_bands_of_an_adjustment_climb() -> None:
    """Each begins higher than the one before it, and the place is where it begins."""
    route: Route = (*FEES, 1, "adjustments", 1, "bands")

    assert adjusted(question="age", bands=bands(7, 8, 8, 3)) == {
        ("tiers-not-ascending", (*route, 2, "from")): {"value": "8", "before": "8"},
        ("tiers-not-ascending", (*route, 3, "from")): {"value": "3", "before": "8"},
    }


def test_only_what_takes_time_has_a_limit() -> None:
    """A share of right decisions has none; a target without a limit and a share promises nothing."""
    ended = made_target("2024-10-01", "2025-09-30")
    accuracy = made_level("right", (ended, made_target("2025-10-01", limit=LIMIT)), measure="accuracy")
    empty = made_level("time", (ended, made_target("2025-10-01", share=None)))

    assert found(levels=(made_level("good", (ended,)), accuracy)) == {
        ("limit-not-allowed", ("service_levels", 1, "targets", 1, "limit")): {"measure": "accuracy"}
    }
    assert found(levels=(made_level("good", (ended,)), empty)) == {
        ("target-empty", ("service_levels", 1, "targets", 1)): {}
    }


def test_targets_follow_each_other() -> None:
    """Each ends after it begins, begins after the one before it has ended, and is told with the days that collide."""
    route: Route = ("service_levels", 1, "targets")

    def of(*targets: dict[str, Any]) -> Found:
        return found(levels=(made_level("good", (made_target("2025-10-01"),)), made_level("late", targets)))

    def day(month: int, number: int) -> date:
        return date(2026, month, number)

    assert of(made_target("2025-10-01", "2025-12-31"), made_target("2026-02-01", "2026-01-31")) == {
        ("target-dates-reversed", (*route, 1, "valid_to")): {"from": day(2, 1), "to": day(1, 31)}
    }
    assert of(made_target("2026-02-01", "2026-02-28"), made_target("2026-02-01")) == {
        ("targets-order", (*route, 1, "valid_from")): {"value": day(2, 1), "before": day(2, 1)}
    }
    assert of(made_target("2026-01-01"), made_target("2026-02-01")) == {
        ("targets-overlap", (*route, 1, "valid_from")): {
            "level": "late", "from": day(2, 1), "to": "…", "suggestion": day(1, 31),
        }
    }  # fmt: skip
    assert of(made_target("2026-01-01", "2026-02-01"), made_target("2026-02-01", "2026-03-31")) == {
        ("targets-overlap", (*route, 1, "valid_from")): {
            "level": "late", "from": day(2, 1), "to": day(2, 1), "suggestion": day(1, 31),
        }
    }  # fmt: skip


def test_a_level_is_of_channels_that_its_service_has() -> None:
    """An unknown one is told by its place, with those that there are."""
    channels = tuple({"id": one, "type": "online", "title": one} for one in ("web", "app"))
    level = made_level("late", (made_target("2025-10-01"),), channels=("web", "desk"))

    assert found(levels=(made_level("good", (made_target("2025-10-01"),)), level), scope={"channels": channels}) == {
        ("id-unknown", ("service_levels", 1, "channels", 1)): {
            "value": "desk", "known": ["web", "app"], "field": "channels", "file": "scope.channels",
        }
    }  # fmt: skip


def test_the_next_review_is_after_the_last() -> None:
    """The days are told as they stand; one of them alone is good."""
    review = {"reviewed_on": "2026-01-02", "review_due": "2026-01-01"}

    assert found(review=review) == {
        ("review-dates-reversed", ("review", "review_due")): {"from": date(2026, 1, 2), "to": date(2026, 1, 1)}
    }
    assert found(review={"reviewed_on": "2026-01-02"}) == found(review={"review_due": "2026-01-01"}) == {}


@pytest.mark.parametrize(
    ("question", "code", "step"),
    [
        ({**KIND, "unit": "years"}, "question-of-two-kinds", None),
        ({**ABROAD, **numbers(begin="1")}, "question-range-without-unit", None),
        ({**ABROAD, **numbers(to="1")}, "question-range-without-unit", None),
        ({**AGE, **numbers(begin="8", to="7")}, "range-reversed", "to"),
    ],
)
def test_a_question_is_of_one_kind(question: dict[str, Any], code: str, step: str | None) -> None:
    """Choices, a number or yes and no; ends belong to a number, and the higher one is not the lower."""
    route: Route = ("questions", 1) if step is None else ("questions", 1, step)
    facts = {"value": question["id"]} if step is None else {"from": "8", "to": "7"}
    first = {"id": "first", "ask": "First?"}

    assert found(questions=(first, question)) == {(code, route): facts}


@pytest.mark.parametrize(
    ("conditions", "code", "step"),
    [
        ({"kind": True}, "answer-not-a-choice", "kind"),
        ({"kind": numbers(to="3")}, "answer-not-a-choice", "kind"),
        ({"age": "car"}, "answer-not-a-number", "age"),
        ({"age": True}, "answer-not-a-number", "age"),
        ({"abroad": "car"}, "answer-not-a-truth", "abroad"),
        ({"abroad": numbers(to="3")}, "answer-not-a-truth", "abroad"),
    ],
)
def test_an_answer_is_of_the_kind_of_its_question(conditions: dict[str, Any], code: str, step: str) -> None:
    """Whatever the question cannot be answered with is told at the answer."""
    assert conditioned(conditions) == {(code, ("steps", 1, "if", step)): {"question": step}}


def test_an_answer_is_one_that_can_be_given() -> None:
    """A choice that is listed, a range that is not reversed, a question that is asked; each told at its own place."""
    route: Route = ("steps", 1, "if")
    choices = {"known": ["car", "boat"], "field": "kind", "file": "questions"}

    assert conditioned({"kind": "cart"}) == {("id-unknown", (*route, "kind")): {"value": "cart", **choices}}
    assert conditioned({"kind": ("car", "cart")}) == {("id-unknown", (*route, "kind", 1)): {"value": "cart", **choices}}
    assert conditioned({"age": numbers(begin="8", to="7")}) == {
        ("range-reversed", (*route, "age", "to")): {"from": "8", "to": "7"}
    }
    assert conditioned({"abroad": True, "size": True}) == {
        ("id-unknown", (*route, "size")): {
            "value": "size", "known": ["kind", "age", "abroad"], "field": "question", "file": "questions",
        }
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "item", "route"),
    [
        ("requirements", {"documents": ({"title": "Photo"},)}, ("requirements", "documents", 0)),
        ("requirements", {"fees": (FREE,)}, ("requirements", "fees", 0)),
        ("scope", {"channels": ({"id": "web", "type": "online", "title": "Web"},)}, ("scope", "channels", 0)),
        ("levels", (made_level("time", (made_target("2025-10-01"),)),), ("service_levels", 0)),
    ],
)
def test_every_if_is_looked_at(key: str, item: Any, route: Route) -> None:
    """On documents, fees, channels and levels as on steps: an unknown question is told where it stands."""
    wanted = {"if": {"size": True}}
    section = {name: ({**one, **wanted},) for name, (one,) in item.items()} if isinstance(item, dict) else None
    manual = {key: section or ({**item[0], **wanted},)}

    assert list(found(questions=(ABROAD,), **manual)) == [("id-unknown", (*route, "if", "size"))]


def test_bands_are_over_a_number() -> None:
    """Of a fee and of an adjustment; another question, or one that is not asked, is told by its id."""
    unknown = {"known": ["kind", "age", "abroad"], "field": "question", "file": "questions"}
    change: Route = (*FEES, 1, "adjustments", 1)

    assert of_fees(tiers("", question="kind")) == {
        ("question-not-a-number", (*FEES, 1, "tiers", "question")): {"value": "kind"}
    }
    assert of_fees(tiers("", question="size")) == {
        ("id-unknown", (*FEES, 1, "tiers", "question")): {"value": "size", **unknown}
    }
    assert adjusted(question="abroad", bands=bands(1)) == {
        ("question-not-a-number", (*change, "question")): {"value": "abroad"}
    }
    assert adjusted(question="size", bands=bands(1)) == {
        ("id-unknown", (*change, "question")): {"value": "size", **unknown}
    }
    assert adjusted(question="size", multiply="2", **{"is": True}) == {
        ("id-unknown", (*change, "question")): {"value": "size", **unknown}
    }
    assert adjusted(question="kind", multiply="2", **{"is": "cart"}) == {
        ("id-unknown", (*change, "is")): {
            "value": "cart", "known": ["car", "boat"], "field": "kind", "file": "questions",
        }
    }  # fmt: skip
    assert adjusted(question="age", multiply="2", **{"is": True}) == {
        ("answer-not-a-number", (*change, "is")): {"question": "age"}
    }


def test_an_agency_keeps_its_rules() -> None:
    """Called as its folder, merged into another, offices told apart: each that is not so stands at its own key."""
    offices = tuple({"id": one, "title": one} for one in ("a", "b", "b"))

    def told(name: str = "office", **more: Any) -> list[tuple[str, Place, dict[str, object]]]:
        found_there = agency_rules(made_agency(**more), lambda route: Place("agency.yml", route), name)
        return [(one.code, one.place, dict(one.facts)) for one in found_there if one.severity == "error"]

    assert told() == told(status="merged", replaced_by="other") == told(status="closed") == []
    assert told("bureau") == [
        ("id-differs-from-name", Place("agency.yml", ("id",)), {"value": "office", "name": "bureau"})
    ]
    assert told(status="merged") == [("replaced-by-missing", Place("agency.yml", ("status",)), {"value": "merged"})]
    assert told(offices=offices) == [
        ("id-repeated", Place("agency.yml", ("offices", 2, "id")), {"field": "id", "value": "b", "other": 2})
    ]
