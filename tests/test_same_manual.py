"""One service in many agencies: a comparison that ranks nobody, and says first what is not to be compared."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from made import AS_OF, made_agency, made_catalog, made_data, made_level, made_row, made_service, made_target
from test_headline import words_in

from generator.model import Catalog
from generator.stats import measure_agency
from generator.views.page import PageView
from generator.views.same_manual import PER_PAGE, SameView, same_pages
from generator.views.summary import AgencyCard, card_of

EN, TH = words_in("en"), words_in("th")
CATALOG = replace(
    made_catalog(), manuals={"permit": {"title": {"th": "ใบอนุญาต", "en": "Permit"}}, "unused": {"title": "Unused"}}
)


def card(agency_id: str, kept: int, of: int, limit: tuple[int, str] = (7, "working_day"), **more: Any) -> AgencyCard:
    """Return an agency with a service of the central manual, and what it kept in October."""
    duration = {"value": limit[0], "unit": limit[1]}
    level = made_level(targets=(made_target("2025-10-01", limit=duration),), **more)
    service = made_service(levels=(level,), inherits="permit")
    title = {"title": {"th": more.get("th", agency_id), "en": agency_id.title()}}
    agency = made_agency(id=agency_id, **title)
    data = made_data([made_row("2026-10", of, kept, level_id=level["id"])], [service], agency)
    return card_of(CATALOG, data, measure_agency(CATALOG, data, AS_OF), AS_OF)


def view(cards: Iterable[AgencyCard], catalog: Catalog = CATALOG) -> SameView:
    """Return the page of the manual that is used."""
    content: SameView = page(cards, catalog).content
    return content


def page(cards: Iterable[AgencyCard], catalog: Catalog = CATALOG, manual: str = "permit") -> PageView:
    """Return one manual's page in English."""
    return next(one for one in same_pages(catalog, [*cards], EN) if one.path == f"services/same/{manual}/")


def test_agencies_stand_in_alphabetical_order_whatever_they_kept() -> None:
    """The best is not first: order says nothing, and the first words of the page say so."""
    shown = view([card("zoo", 99, 100), card("city", 50, 100), card("moon", 80, 100)])

    assert [row.agency.text for row in shown.rows] == ["City", "Moon", "Zoo"]
    assert "not ranked" in shown.lead
    assert [row.badge.kind for row in shown.rows if row.badge] == ["missed", "missed", "met"]
    assert shown.rows[0].counts.replace("\u00a0", " ").startswith("50 of 100 cases done in time (50.0%) · ")
    assert shown.rows[0].of == "/city/permit/time/"
    assert shown.rows[0].promised.replace("\u00a0", " ") == "7 working days 90%"
    assert shown.rows[0].claims.startswith("target_limit@2025-10-01 share@2025-10-01 within_target volume ")


def test_of_few_cases_there_is_neither_percentage_nor_bar_nor_verdict() -> None:
    """Small numbers carry a caution instead: chance alone moves them."""
    few, many = view([card("city", 11, 12), card("moon", 110, 120)]).rows

    assert ("%" in few.counts, bool(few.bar), few.caution) == (False, False, "Small numbers, take care")
    assert ("%" in many.counts, bool(many.bar), many.caution) == (True, True, "")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, ""),
        ({"limit": (5, "working_day")}, "Their promises differ"),
        ({"limit": (7, "calendar_day")}, "Their promises are in different units"),
        ({"level_id": "visit"}, "They measure different things"),
        ({"level_id": "visit", "limit": (7, "calendar_day")}, "They measure different things"),
        ({"measure": "waiting_time"}, "They measure different things"),
    ],
)
def test_what_keeps_figures_from_being_compared_is_said_first(other: dict[str, Any], expected: str) -> None:
    """Other measures, then other units, then other promises: the gravest reason alone, and nothing where all is alike."""
    notes = view([card("city", 90, 100), card("moon", 80, 100, **other)]).notes

    assert len(notes) == bool(expected)
    assert "".join(notes).startswith(expected)


def test_a_long_list_is_cut_into_pages_and_each_says_its_limits() -> None:
    """The second page begins where the first ends, and both lead to each other and say that promises differ."""
    cards = [card(f"a{number:03}", 90, 100, limit=(number % 2 + 5, "working_day")) for number in range(PER_PAGE + 1)]
    first, second = (one for one in same_pages(CATALOG, cards, EN) if "/permit/" in one.path)

    assert [one.path for one in (first, second)] == ["services/same/permit/", "services/same/permit/2/"]
    assert (len(first.content.rows), len(second.content.rows)) == (PER_PAGE, 1)
    assert [(one.link.path, one.current) for one in second.content.pages] == [(first.path, False), (second.path, True)]
    assert second.content.notes == first.content.notes != ()


def test_every_central_manual_has_a_page_that_is_found_only_with_two() -> None:
    """Addresses stay although nobody uses a manual any more; search engines find what can be compared."""
    one, two = [card("city", 90, 100)], [card("city", 90, 100), card("moon", 80, 100)]

    assert not page(one).index
    assert page(two).index
    assert page(two, manual="unused").content.rows == ()
    assert [one.title for one in same_pages(CATALOG, [], TH)] == [
        "ใบอนุญาต: ผลของแต่ละหน่วยงาน",
        "Unused: ผลของแต่ละหน่วยงาน",
    ]
