"""What is told where a file's data make no record: the code, the place, and everything that the sentence needs."""

from pathlib import Path
from typing import Any

import pytest
from made import CONTEXT

from generator.intake.load_records import (
    Source,
    field_of,
    holding_back,
    make_record,
    read_source,
    without_spoiled,
)
from generator.model import Service
from generator.problems import Place, Problem, Route

GOOD: dict[str, Any] = {"id": "permit", "title": "Permit", "type": "permit", "status": "active"}
TYPES = "permit registration notification certificate benefit payment information enforcement other"
UNITS = "minute hour working_hour working_day calendar_day month"
FILE = "a.yml"


def found(**keys: Any) -> list[tuple[str, Place, dict[str, object]]]:
    """Return what is told of a service with these keys."""
    record, problems = make_record(Service, {**GOOD, **keys}, lambda route: Place(FILE, route), CONTEXT)

    assert (record is None) == bool(problems)
    assert all((one.severity, one.withheld) == ("error", "none") for one in problems)
    return [(one.code, one.place, dict(one.facts)) for one in problems]


def step(**more: Any) -> dict[str, Any]:
    """Return the second of two steps, the first of which is good."""
    good = {"title": "Step", "duration": {"value": 5, "unit": "hour"}}
    return {"steps": (good, {**good, **more})}


STEP: Route = ("steps", 1)
DOCUMENTS: Route = ("requirements", "documents")


@pytest.mark.parametrize(
    ("keys", "code", "route", "facts"),
    [
        ({"steps": ({"title": "x"},)}, "key-missing", ("steps", 0, "duration"), {"field": "duration"}),
        (step(duration={"value": 5}), "unit-missing", (*STEP, "duration", "unit"), {"field": "duration", "value": "5"}),
        (step(duration={"unit": "hour"}), "key-missing", (*STEP, "duration", "value"), {"field": "value"}),
        (
            {"improvements": ({"before": {"value": 3}},)},
            "unit-missing",
            ("improvements", 0, "before", "unit"),
            {"field": "before", "value": "3"},
        ),
        (
            {"improvements": ({"before": {"amount": "3.00"}},)},
            "key-missing",
            ("improvements", 0, "before", "currency"),
            {"field": "currency"},
        ),
        (
            {"type": "permits"},
            "value-unknown",
            ("type",),
            {"field": "type", "value": "permits", "allowed": TYPES, "nearest": "permit"},
        ),
        ({"type": "zzz"}, "value-unknown-none-near", ("type",), {"field": "type", "value": "zzz", "allowed": TYPES}),
        (
            step(duration={"value": 5, "unit": "hours"}),
            "value-unknown",
            (*STEP, "duration", "unit"),
            {"field": "duration.unit", "value": "hours", "allowed": UNITS, "nearest": "hour"},
        ),
        (
            {"requirements": {"documents": ({"title": "x", "held_by_state": "unknwon"},)}},
            "value-unknown",
            (*DOCUMENTS, 0, "held_by_state"),
            {"field": "held_by_state", "value": "unknwon", "allowed": "true false unknown", "nearest": "unknown"},
        ),
        ({"type": {"en": "permit"}}, "value-not-text", ("type",), {"field": "type"}),
        ({"type": ("permit",)}, "value-not-text", ("type",), {"field": "type"}),
        ({"topics": "x"}, "value-not-a-list", ("topics",), {"field": "topics", "value": "x"}),
        ({"topics": "none"}, "none-not-allowed", ("topics",), {"field": "topics"}),
        (
            {"requirements": {"documents": "x"}},
            "value-not-a-list-or-none",
            DOCUMENTS,
            {"field": "documents", "value": "x"},
        ),
        ({"scope": "x"}, "value-not-a-map", ("scope",), {"field": "scope", "value": "x"}),
        ({"scope": "none"}, "none-not-allowed", ("scope",), {"field": "scope"}),
        (step(**{"if": "x"}), "value-not-a-map", (*STEP, "if"), {"field": "if", "value": "x"}),
        (step(**{"if": "none"}), "none-not-allowed", (*STEP, "if"), {"field": "if"}),
        (
            step(by_applicant="yes"),
            "value-not-true-or-false",
            (*STEP, "by_applicant"),
            {"field": "by_applicant", "value": "yes"},
        ),
        ({"title": {"en": " "}}, "text-empty", ("title", "en"), {"field": "title.en"}),
        (
            {"also_called": {"en": ("x", 5)}},
            "value-unquoted",
            ("also_called", "en", 1),
            {"field": "also_called.en", "value": "5", "suggestion": '"5"'},
        ),
        (
            {"review": {"review_due": "2026-02-30"}},
            "date-not-real",
            ("review", "review_due"),
            {"field": "review_due", "value": "2026-02-30", "suggestion": "2026-02-01"},
        ),
        ({"id": "081 234 5678"}, "id-form", ("id",), {"field": "id", "value": "•••", "suggestion": "081-234-5678"}),
    ],
)
def test_a_mistake_is_told_with_what_mends_it(keys: Any, code: str, route: Route, facts: dict[str, object]) -> None:
    """Each is one problem at the value itself, named by its key, with the value found and what may stand there."""
    assert found(**keys) == [(code, Place(FILE, route), facts)]


@pytest.mark.parametrize(
    ("keys", "route", "value", "nearest"),
    [
        ({"titel": "x"}, (), "titel", "title"),
        ({"zzz": "x"}, (), "zzz", None),
        (step(durations=1), STEP, "durations", "duration"),
        (step(duration={"value": 5, "unit": "hour", "per": 1}), (*STEP, "duration"), "per", None),
        (step(**{"if": {"size": {"form": 1}}}), (*STEP, "if", "size"), "form", "from"),
        (step(iff={"size": True}), STEP, "iff", "if"),
    ],
)
def test_an_unknown_key_is_told_at_the_key(keys: Any, route: Route, value: str, nearest: str | None) -> None:
    """With the keys that its own map has, sorted, and the nearest of them."""
    ((code, place, facts),) = found(**keys)
    allowed = str(facts.pop("allowed")).split()

    assert code == ("key-unknown" if nearest else "key-unknown-none-near")
    assert place == Place(FILE, (*route, value), of_key=True)
    assert facts == {"field": value, "value": value, **({"nearest": nearest} if nearest else {})}
    assert allowed == sorted(allowed)
    assert nearest is None or nearest in allowed


def test_a_language_that_is_none_is_told_at_its_key() -> None:
    """The key of a text by language is what is wrong, not the words."""
    assert found(title={"en": "x", "TH": "x"}) == [
        ("language-form", Place(FILE, ("title", "TH"), of_key=True), {"field": "TH", "value": "TH"})
    ]


def test_every_mistake_of_a_record_is_told() -> None:
    """None hides another, and an empty list, which its reader has refused, is not told again."""
    keys = {"type": "zzz", "status": "zzz", **step(by_applicant="yes")}

    assert sorted(code for code, _, _ in found(**keys)) == [
        "value-not-true-or-false", "value-unknown-none-near", "value-unknown-none-near",
    ]  # fmt: skip
    assert make_record(Service, {**GOOD, "topics": ()}, lambda route: Place(FILE, route), CONTEXT) == (None, [])


@pytest.mark.parametrize(
    ("route", "name"),
    [
        ((), ""),
        (("id",), "id"),
        (("service_levels", 0, "id"), "service_levels.id"),
        (("steps", 1, "title", "th"), "title.th"),
        (("steps", 1, "title"), "title"),
        (("steps", 1, "duration", "value"), "duration.value"),
        (("service_levels", 0, "targets", 0, "limit", "unit"), "limit.unit"),
        (("topics", 3), "topics"),
    ],
)
def test_a_field_is_called_so_that_it_is_found(route: Route, name: str) -> None:
    """By its key, and where that alone says little by the one before it too."""
    assert field_of(route) == name


def problem(route: Route, file: str = FILE, **more: Any) -> Problem:
    """Return an error at a place."""
    return Problem("x", **{"severity": "error", "place": Place(file, route), **more})


def test_only_what_is_not_held_back_by_less_is_held_back() -> None:
    """An error that says what it withholds says so still; a warning withholds nothing."""
    row, plain, odd = problem((2,), withheld="row"), problem(("a",)), problem(("b",), severity="warning")

    assert [one.withheld for one in holding_back([row, plain, odd], "service")] == ["row", "service", "none"]


def test_nothing_more_is_said_of_what_its_reader_refused() -> None:
    """Of the value itself and of what is in it; its neighbours and other files are told all the same."""
    sources = [Source(FILE, None, (), frozenset({("a", 0), ("c",)})), Source("b.yml", None, ())]
    gone = [problem(("a", 0)), problem(("a", 0, "b")), problem(("c",)), problem(("c", "d"))]
    left = [problem(("a",)), problem(("a", 1)), problem(()), problem(("a", 0), "b.yml"), problem(("a", 0), "c.yml")]

    assert list(without_spoiled([*gone, *left], sources)) == left


def test_a_file_is_read_with_what_is_wrong_in_its_form_and_its_text(tmp_path: Path) -> None:
    """The reader's faults first, with what they spoil, then the text's; a file that is no text has no data."""
    (tmp_path / FILE).write_text("a: yes\nb: 'x\ty'\nc: d\n", encoding="utf-8")
    (tmp_path / "b.yml").write_bytes(b"a: \xff\n")
    source = read_source(tmp_path, FILE)
    broken = read_source(tmp_path, "b.yml")

    assert [(one.code, one.severity, one.place.file, one.place.route) for one in source.problems] == [
        ("yaml-tab", "error", FILE, ()),
        ("value-ambiguous", "error", FILE, ("a",)),
    ]
    assert source.spoiled == {("a",)}
    assert source.data == {"a": "yes", "b": "x y", "c": "d"}
    assert source.place(("c",)) == Place(FILE, ("c",))
    assert (broken.data, [one.code for one in broken.problems], broken.spoiled) == (
        None,
        ["encoding-not-utf8"],
        frozenset(),
    )
