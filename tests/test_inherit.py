"""A service completed from its central manual: what comes from where, and which file a place is in."""

from typing import Any

import pytest

from generator.intake.inherit import Merged, alone, merge
from generator.intake.load_records import Source
from generator.model import Inheritance
from generator.problems import Place, Problem, Route

FILE, MANUAL = "agencies/office/services/permit.yml", "manuals/central.yml"
CENTRAL: dict[str, Any] = {
    "title": "Central",
    "type": "permit",
    "scope": {"audience": ("citizen",), "channels": ({"id": "desk"},)},
    "requirements": {"criteria": "none", "documents": ({"title": "Card"}, {"title": "Photo"}), "fees": "none"},
    "steps": ({"title": "First"}, {"title": "Second"}),
    "complaints": ({"title": "Box"},),
}


def merged(**own: Any) -> Merged:
    """Return what a service with these keys and the manual say together."""
    return merge(own, CENTRAL, Source(FILE, None, ()), "central")


def test_what_a_service_writes_stands_in_the_place_of_the_manuals() -> None:
    """A key of its own replaces the manual's whole; what it does not write is the manual's."""
    both = merged(title="Own", unit="Desk", requirements={"fees": "none"})

    assert both.data == {**CENTRAL, "title": "Own", "unit": "Desk", "requirements": {"fees": "none"}}
    assert both.inheritance == Inheritance(
        "central", taken=("complaints", "scope", "steps", "type"), rewritten=("requirements", "title"), added=()
    )
    assert both.problems == ()


@pytest.mark.parametrize(
    ("section", "name", "before"),
    [
        ("scope", "channels", ({"id": "desk"},)),
        ("requirements", "documents", ({"title": "Card"}, {"title": "Photo"})),
        ("requirements", "fees", ()),
        ("steps", "", ({"title": "First"}, {"title": "Second"})),
        ("complaints", "", ({"title": "Box"},)),
    ],
)
def test_what_a_service_adds_stands_after_the_manuals(section: str, name: str, before: tuple[Any, ...]) -> None:
    """In each list that may be added to; a stated nothing has no items; a section keeps its other parts."""
    items = ({"title": "A"}, {"title": "B"})
    both = merged(**{section: {name: {"add": items}} if name else {"add": items}})
    route: Route = (section, name) if name else (section,)
    whole = both.data[section]

    assert (whole[name] if isinstance(whole, dict) else whole) == (*before, *items)
    assert not name or whole == {**CENTRAL[section], name: (*before, *items)}
    assert both.inheritance is not None
    assert both.inheritance.added == ((*route, len(before)), (*route, len(before) + 1))
    assert both.inheritance.rewritten == ()
    assert both.place((*route, len(before), "title")) == Place(FILE, (*route, "add", 0, "title"))
    assert both.place((*route, len(before) + 1)) == Place(FILE, (*route, "add", 1))
    assert both.place(route) == Place(FILE, (*route, "add"))
    if before:
        assert both.place((*route, len(before) - 1, "title")) == Place(MANUAL, (*route, len(before) - 1, "title"))


def test_each_place_is_in_the_file_that_says_it() -> None:
    """Of a section in which the service adds, its other parts are the manual's, and what it writes itself its own."""
    both = merged(title="Own", requirements={"documents": {"add": ({"title": "A"},)}, "criteria": ("x",)})

    assert both.data["requirements"] == {
        "criteria": ("x",), "documents": (*CENTRAL["requirements"]["documents"], {"title": "A"}), "fees": "none",
    }  # fmt: skip
    assert both.place(("title",)) == Place(FILE, ("title",))
    assert both.place(("id",)) == Place(FILE, ("id",))
    assert both.place(()) == Place(FILE, ())
    assert both.place(("type",)) == Place(MANUAL, ("type",))
    assert both.place(("steps", 1, "title")) == Place(MANUAL, ("steps", 1, "title"))
    assert both.place(("requirements", "fees")) == Place(MANUAL, ("requirements", "fees"))
    assert both.place(("requirements", "criteria", 0)) == Place(FILE, ("requirements", "criteria", 0))
    assert both.place(("requirements", "documents", 2, "title")) == Place(
        FILE, ("requirements", "documents", "add", 0, "title")
    )


def test_adding_in_two_lists_of_one_section_keeps_both() -> None:
    """The second does not undo the first."""
    both = merged(requirements={"documents": {"add": ({"title": "A"},)}, "fees": {"add": ({"title": "F"},)}})

    assert both.data["requirements"] == {
        "criteria": "none", "documents": (*CENTRAL["requirements"]["documents"], {"title": "A"}), "fees": ({"title": "F"},),
    }  # fmt: skip


@pytest.mark.parametrize("steps", [{"add": "x"}, {"add": (), "more": 1}, {"more": ()}, ({"title": "Own"},), "none"])
def test_only_a_list_under_add_alone_is_an_addition(steps: Any) -> None:
    """Anything else is the service's own value, which its rules may refuse."""
    both = merged(steps=steps)

    assert both.data["steps"] == steps
    assert both.inheritance is not None
    assert (both.inheritance.added, both.inheritance.rewritten) == ((), ("steps",))


def test_without_a_manual_nothing_can_be_added_to() -> None:
    """Each such list is an error at its place, and its section is left out; a service without them stays as it is."""
    own = {"id": "permit", "steps": {"add": ({"title": "A"},)}, "scope": {"channels": {"add": ({"id": "x"},)}}}
    one = alone(own, FILE)

    assert one.problems == (
        Problem("add-without-manual", "error", Place(FILE, ("scope", "channels")), {}),
        Problem("add-without-manual", "error", Place(FILE, ("steps",)), {}),
    )
    assert one.data == {"id": "permit", "scope": own["scope"]}
    assert alone({"id": "permit"}, FILE) == Merged({"id": "permit"}, FILE)
    assert one.place(("steps", 0)) == Place(FILE, ("steps", 0))
