"""What one agency's files say of another's, what their errors take away, and how much of all that is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from made import made_agency, made_data, made_row, made_service, made_withdrawn

from generator.intake.held_back import HeldBack, held_back
from generator.intake.references import AgencyIndex, ServiceIndex, check_references, index_of, withhold
from generator.model import AgencyData, Inheritance, WithheldRow, WithheldService
from generator.problems import Place, Problem, Route

Told = list[tuple[str, str, str, Route, dict[str, object]]]
ROWS = "agencies/office/performance/2026.csv"


def index(agency_id: str = "office", services: Mapping[str, dict[str, Any]] | None = None, **more: Any) -> AgencyIndex:
    """Return what is known of an agency whose services, all published, name these others."""
    named = {
        name: ServiceIndex(f"agencies/{agency_id}/services/{name}.yml", **others)
        for name, others in (services or {}).items()
    }
    known = {"services": named, "titles": {name: {} for name in named}, "published": frozenset(named), **more}
    return AgencyIndex(agency_id, **known)


def told(*indexes: AgencyIndex) -> Told:
    """Return what the references between agencies are told: code, what is withheld, file, route and facts."""
    return [
        (one.code, one.withheld, one.place.file, one.place.route, dict(one.facts)) for one in check_references(indexes)
    ]


def of_service(named: str, *others: AgencyIndex) -> Told:
    """Return what is told of the second service that ``office/permit`` is to be done after."""
    return told(index(services={"other": {}, "permit": {"after": ("office/other", named)}}), *others)


PERMIT = "agencies/office/services/permit.yml"


def test_an_agency_is_replaced_by_another_one() -> None:
    """By itself, or by one that is not there, it is withheld; the nearest of the others is named."""
    file = "agencies/office/agency.yml"

    assert told(index(replaced_by="other"), index("other")) == []
    assert told(index(replaced_by="office")) == [
        ("replaced-by-itself", "agency", file, ("replaced_by",), {"value": "office"})
    ]
    assert told(index(replaced_by="offices"), index("officer")) == [
        ("id-unknown", "agency", file, ("replaced_by",),
         {"field": "replaced_by", "value": "offices", "file": "agencies/", "nearest": "officer"}),
    ]  # fmt: skip
    assert told(index(replaced_by="offices"))[0][4].keys() == {"field", "value", "file"}


@pytest.mark.parametrize("name", ["permit", "office/", "/permit", "Office/permit", "office/permit/x", "office permit"])
def test_a_service_is_named_with_its_agency(name: str) -> None:
    """Any other form withholds the service that says so, at its place in the list."""
    assert of_service(name) == [
        ("service-reference-form", "service", PERMIT, ("after", 1), {"field": "after", "value": name})
    ]


def test_a_service_that_is_named_is_there() -> None:
    """Its agency and itself are looked for; one that is being corrected is there."""
    at = ("service", PERMIT, ("after", 1))

    assert of_service("port/ship", index("port", {"ship": {}})) == []
    assert of_service("port/ship", index("port", withheld=frozenset({"ship"}))) == []
    assert of_service("ports/ship", index("port", {"ship": {}})) == [
        ("id-unknown", *at, {"field": "after", "value": "ports", "file": "agencies/", "nearest": "port"})
    ]
    assert of_service("port/shop", index("port", {"ship": {}})) == [
        ("id-unknown", *at, {"field": "after", "value": "shop", "file": "agencies/port/services/", "nearest": "ship"})
    ]


def test_a_service_names_not_itself() -> None:
    """Neither as what is done first nor as what replaces it."""
    assert of_service("office/permit") == [
        ("after-itself", "service", PERMIT, ("after", 1), {"value": "office/permit"})
    ]
    assert told(index(services={"permit": {"replaced_by": "office/permit"}})) == [
        ("replaced-by-itself", "service", PERMIT, ("replaced_by",), {"value": "office/permit"})
    ]


def test_an_entry_of_withdrawn_withholds_nothing() -> None:
    """What replaces a withdrawn service is looked for in the same way, and told at its entry."""
    at = ("none", "agencies/office/withdrawn.yml", (3, "replaced_by"))

    assert told(index(services={"permit": {}}, withdrawn={3: "office/permits"})) == [
        ("id-unknown", *at,
         {"field": "replaced_by", "value": "permits", "file": "agencies/office/services/", "nearest": "permit"}),
    ]  # fmt: skip
    assert told(index(withdrawn={3: "permit"})) == [
        ("service-reference-form", *at, {"field": "replaced_by", "value": "permit"})
    ]


def test_readers_are_led_to_no_draft() -> None:
    """A published service and an entry are told where they name one without a page; a draft that names one is not."""
    draft = index("port", {"ship": {}}, published=frozenset(), titles={})
    named = index(services={"permit": {"after": ("port/ship",)}}, withdrawn={0: "port/ship"})
    quiet = replace(named, published=frozenset(), withdrawn={})
    found = check_references([named, draft])

    assert [(one.code, one.severity, one.place.route, dict(one.facts)) for one in found] == [
        ("service-reference-draft", "warning", ("after", 0), {"field": "after", "value": "port/ship"}),
        ("service-reference-draft", "warning", (0, "replaced_by"), {"field": "replaced_by", "value": "port/ship"}),
    ]
    assert told(quiet, draft) == []
    assert told(named, replace(draft, titles={"ship": {}})) == []


def circles(code: str, services: Mapping[str, dict[str, Any]]) -> dict[str, tuple[Route, object, object]]:
    """Return of each service in a circle where it is told, what leads into the circle, and the way round."""
    found = told(index(services=services))

    assert {(one[0], one[1]) for one in found} <= {(code, "service")}
    return {file.rpartition("/")[2]: (route, facts["value"], facts["circle"]) for _, _, file, route, facts in found}


def test_no_service_comes_before_itself() -> None:
    """Each in a circle is told the shortest way round, at the name that leads into it."""
    after = {"a": {"after": ("office/b", "office/c")}, "b": {"after": ("office/c",)}, "c": {"after": ("office/a",)}}

    assert circles("after-circle", after) == {
        "a.yml": (("after", 1), "office/c", "office/a → office/c → office/a"),
        "b.yml": (("after", 0), "office/c", "office/b → office/c → office/a → office/b"),
        "c.yml": (("after", 0), "office/a", "office/c → office/a → office/c"),
    }


def test_no_service_is_replaced_by_itself_over_others() -> None:
    """Two that replace each other lead readers in a circle; a chain that ends is good."""
    chain: dict[str, dict[str, Any]] = {"a": {"replaced_by": "office/b"}, "b": {"replaced_by": "office/c"}, "c": {}}

    assert circles("replaced-by-circle", chain) == {}
    assert circles("replaced-by-circle", {**chain, "b": {"replaced_by": "office/a"}}) == {
        "a.yml": (("replaced_by",), "office/b", "office/a → office/b → office/a"),
        "b.yml": (("replaced_by",), "office/a", "office/b → office/a → office/b"),
    }


def data_of(*services: str, **more: Any) -> AgencyData:
    """Return an agency with these services and a row of each, on lines 2, 3 and so on."""
    rows = [made_row("2026-10", 9, 9, service_id=name, line=line) for line, name in enumerate(services, 2)]
    return replace(made_data(rows, [made_service(name) for name in services]), **more)


def error(file: str, withheld: Any, *route: str | int, severity: Any = "error") -> Problem:
    """Return a problem of a file that keeps something from being published."""
    return Problem("x", severity, Place(file, route), {}, withheld)


def test_what_others_may_name_is_what_is_published() -> None:
    """A draft has no title and is not published, a withheld service has a title, and each names what it names."""
    services = [
        made_service("draft", status="draft", title="Draft"),
        made_service("permit", after=("port/ship",)),
        made_service("old", replaced_by="office/permit"),
    ]
    data = replace(
        made_data([made_row("2026-10", 9, 9)], services, made_agency(replaced_by="port")),
        withheld_services=(WithheldService("gone", {"en": "Gone"}),),
        withdrawn={4: made_withdrawn("x", replaced_by="office/permit"), 5: made_withdrawn("y")},
    )

    assert index_of(data) == AgencyIndex(
        "office",
        replaced_by="port",
        services={
            "draft": ServiceIndex("agencies/office/services/draft.yml"),
            "permit": ServiceIndex(PERMIT, None, ("port/ship",)),
            "old": ServiceIndex("agencies/office/services/old.yml", "office/permit"),
        },
        titles={"permit": {"en": "Permit"}, "old": {"en": "Permit"}, "gone": {"en": "Gone"}},
        withheld=frozenset({"gone"}),
        withdrawn={4: "office/permit"},
        title={"en": "Office"},
        published=frozenset({"permit", "old"}),
    )


def test_what_is_kept_names_nothing_anew() -> None:
    """It was checked when it was published; an agency that is kept, or has no file, is withheld."""
    merged = made_agency(replaced_by="port")
    kept = replace(made_data([], agency=merged), kept={"permit": date(2026, 10, 1)}, kept_from=date(2026, 10, 1))

    assert index_of(kept).services == {}
    assert (index_of(kept).replaced_by, index_of(kept).is_withheld) == (None, True)
    assert index_of(replace(kept, kept_from=None)).replaced_by == "port"
    assert not index_of(replace(kept, kept_from=None)).is_withheld
    assert index_of(replace(kept, agency=None, kept_from=None)).is_withheld


def test_a_service_without_a_row_left_is_silent() -> None:
    """Of a wrong row its own service, of a wrong file any; one with a row that is good is not, nor is a draft."""
    rows = (WithheldRow("permit", "time", "2026-10", ROWS, 2), WithheldRow("other", "time", "2026-10", ROWS, 3))
    services = [
        made_service("permit"),
        made_service("other"),
        made_service("third"),
        made_service("draft", status="draft"),
    ]
    data = made_data([made_row("2026-10", 9, 9, service_id="other")], services)
    file = error(ROWS, "file")

    assert index_of(replace(data, withheld_rows=rows)).silent == {"permit"}
    assert index_of(replace(data, problems=(file,))).silent == {"permit", "third"}
    assert index_of(replace(data, problems=(replace(file, severity="warning"),))).silent == set()
    assert index_of(replace(data, problems=(error(ROWS, "row"),))).silent == set()


def test_an_error_of_a_service_takes_it_with_its_rows() -> None:
    """It keeps a page that says so, in the order of the ids; a draft has none; the others stay as they are."""
    data = data_of(
        "ark", "permit", "zoo",
        inheritances={name: Inheritance("central") for name in ("ark", "permit")},
        withheld_services=(WithheldService("boat", {}),),
    )  # fmt: skip
    draft = replace(data_of("ark"), services={"ark": made_service("ark", status="draft")})
    less = withhold(
        data,
        [error("agencies/office/services/permit.yml", "service"), error("agencies/office/services/ark.yml", "service")],
    )

    assert [*less.services] == ["zoo"]
    assert [row.service_id for row in less.observations] == ["zoo"]
    assert [one.service_id for one in less.withheld_services] == ["ark", "boat", "permit"]
    assert less.withheld_services[2].title == {"en": "Permit"}
    assert less.inheritances == {}
    assert withhold(draft, [error("agencies/office/services/ark.yml", "service")]).withheld_services == ()


@pytest.mark.parametrize(
    "problem",
    [
        error(PERMIT, "service", severity="warning"),
        error(PERMIT, "none"),
        error("agencies/office-2/services/permit.yml", "service"),
        error("agencies/office-2/agency.yml", "agency"),
        error("agencies/office/services/other.yml", "service"),
        error("agencies/office/performance/2025.csv", "row", 2, "volume"),
        error(ROWS, "row", 3, "volume"),
    ],
)
def test_nothing_else_is_taken(problem: Problem) -> None:
    """A warning, another agency's error, and one of a service or a row that is not there leave the data as it was."""
    data = data_of("permit")

    assert withhold(data, [problem]) is data


def test_an_error_of_the_agency_takes_all() -> None:
    """Of each published service only that it is; no row, withheld or not, and nothing that is kept."""
    data = data_of(
        "ark", "permit",
        withheld_rows=(WithheldRow("ark", "time", "2026-09", ROWS, 9),),
        withheld_keys=frozenset({("ark", "time", "2026-09", "", "")}),
        kept={"ark": date(2026, 10, 1)},
    )  # fmt: skip
    less = withhold(data, [error("agencies/office/agency.yml", "agency"), error(PERMIT, "service")])

    assert (less.agency, less.services, less.observations, less.kept) == (None, {}, (), {})
    assert (less.withheld_rows, less.withheld_keys) == ((), frozenset())
    assert [one.service_id for one in less.withheld_services] == ["ark", "permit"]


def test_errors_of_rows_take_these_and_their_periods() -> None:
    """They stand among the withheld in the order of the files; a service's error beside them takes its own too."""
    rows = [made_row("2026-10", 9, 9, revision=at, line=2 + at, channel_id="web", office_id="north") for at in (0, 1)]
    others = [made_row("2026-09", 5, 5, line=7), made_row("2026-10", 1, 1, service_id="ark", line=8)]
    before = [WithheldRow("x", "y", "z", file, line) for file, line in ((ROWS.replace("2026", "2025"), 9), (ROWS, 5))]
    data = replace(
        made_data([*rows, *others], [made_service(), made_service("ark")]),
        withheld_rows=tuple(before),
        withheld_keys=frozenset({("x", "y", "z", "", "")}),
    )
    of_rows = [error(ROWS, "row", line, "volume") for line in (7, 3)]
    less = withhold(data, [*of_rows, error("agencies/office/services/ark.yml", "service")])

    assert [row.line for row in less.observations] == [2]
    assert [(row.file[-8:], row.line, row.period) for row in less.withheld_rows] == [
        ("2025.csv", 9, "z"), ("2026.csv", 3, "2026-10"), ("2026.csv", 5, "z"), ("2026.csv", 7, "2026-09"),
    ]  # fmt: skip
    assert less.withheld_keys == {
        ("x", "y", "z", "", ""), ("permit", "time", "2026-10", "web", "north"), ("permit", "time", "2026-09", "", ""),
    }  # fmt: skip


def test_what_is_held_back_is_named() -> None:
    """Each agency, service and silent service once, in order, with what errors between agencies hold back."""
    ark = index("ark", {"a": {}, "b": {}, "c": {}}, withheld=frozenset({"w"}), silent=frozenset({"c", "b"}))
    boat = index("boat", {"y": {}, "x": {}}, is_withheld=True, silent=frozenset({"x"}))
    car = index("car", {"p": {}, "q": {}})
    references = [
        error("agencies/ark/services/b.yml", "service"),
        error("agencies/car/agency.yml", "agency"),
        error("agencies/ark/services/a.yml", "none"),
    ]

    assert held_back([ark, boat], []) == HeldBack(("boat",), ("ark/w", "boat/x", "boat/y"), ("ark/b", "ark/c"), 6)
    assert held_back([ark, boat, car], references) == HeldBack(
        ("boat", "car"), ("ark/b", "ark/w", "boat/x", "boat/y", "car/p", "car/q"), ("ark/c",), 8
    )
    assert held_back([ark, boat], []).count == 5
    assert held_back([], []) == HeldBack()
