"""The pages of life events and of papers, on the demonstration data: what they say is what the manuals say."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from made import AS_OF, CONTEXT, made_catalog, made_service
from test_journey import Net, nets, steps_of
from test_pages import LANGUAGES, links_in, words_of

from generator.case.journey import Step
from generator.model import Catalog, SharedDocument
from generator.pipeline import measured, prepare
from generator.views.documents import document_pages
from generator.views.home import home_page
from generator.views.journey_steps import StepView
from generator.views.journeys import MOST_STEPS, JourneyView, journey_pages
from generator.views.lanes import HEAD, LANE, MOST_LANES, picture_of
from generator.views.needs import need_of
from generator.views.page import PageView
from generator.views.search_entries import entries_of_lists
from generator.views.services import service_pages
from generator.views.summary import AgencyCard, card_of

DATA = Path(__file__).parent.parent / "sla_data"
WAYS = {
    "opening-a-restaurant": 5, "building-a-home": 7, "owning-a-vehicle": 9, "having-a-child": 4,
}  # fmt: skip


@lru_cache(maxsize=1)
def world() -> tuple[Catalog, tuple[AgencyCard, ...]]:
    """Return the demonstration data; read once."""
    with prepare(DATA, lambda _: AS_OF, jobs=1) as prepared:
        agencies = [measured(prepared, agency_id) for agency_id in prepared.catalog.agency_ids]
        return prepared.catalog, tuple(card_of(prepared.catalog, data, result, AS_OF) for data, result in agencies)


@lru_cache(maxsize=2)
def pages(language: str) -> dict[str, PageView]:
    """Return every page of life events and papers by its address."""
    made = [make(*world(), words_of(language)) for make in (journey_pages, document_pages)]
    return {page.path: page for some in made for page in some}


def steps_on(event: str, language: str = "en") -> list[StepView]:
    """Return the steps of a life event as its page shows them."""
    content: JourneyView = pages(language)[f"life-events/{event}/"].content
    return [*content.joined, *content.alone]


@pytest.mark.parametrize(("event", "count"), WAYS.items())
def test_four_journeys_have_steps_branches_and_several_agencies(event: str, count: int) -> None:
    """Each has four steps or more at two agencies or more, and a step that two others wait for."""
    steps = steps_on(event)
    waited = [link.path for step in steps for link in step.after]
    agencies = {place.agency.text for step in steps for place in step.places}

    assert len(steps) == count >= 4
    assert len(agencies) >= 2
    assert any(waited.count(one) > 1 for one in waited) or any(len(step.after) > 1 for step in steps)


def test_a_house_is_built_in_the_order_that_the_manuals_say() -> None:
    """Survey, permit, certificate or power for the site, house number in either town, meter; then what waits for nothing."""
    told = [(step.title.text, [link.path for link in step.after]) for step in steps_on("building-a-home")]

    assert told == [
        ("Survey of the boundaries of a plot", []),
        ("Permit to build a house", ["#step-1"]),
        ("Certificate of construction", ["#step-2"]),
        ("Temporary electricity while building", ["#step-2"]),
        ("House number", ["#step-3"]),
        ("New electricity meter", ["#step-5"]),
        ("Permit to alter a building", []),
    ]
    assert [place.agency.text for place in steps_on("building-a-home")[4].places] == [
        "Sample City Municipality", "Sample District Municipality",
    ]  # fmt: skip


def test_the_time_of_a_house_is_that_of_its_longest_way_by_unit() -> None:
    """Three months and 30, 15, 7 and 5 working days follow each other; the site's power runs beside them."""
    content: JourneyView = pages("en")["life-events/building-a-home/"].content

    assert content.time.total == "3\u00a0months and 57\u00a0working\u00a0days"
    assert [link.path for link in content.time.ways[0][1]] == ["#step-1", "#step-2", "#step-3", "#step-5", "#step-6"]
    assert [step.on_longest for step in content.joined] == [True, True, True, False, True, True]


def test_the_fees_of_a_house_are_added_and_the_rest_is_told() -> None:
    """40 and 15 of the survey, 20, 10, 450 and 10 make 545; plans and meters depend on answers and are not in it."""
    fees = pages("en")["life-events/building-a-home/"].content.fees

    assert fees.total == "From 545\u00a0baht"
    assert [line.amount[0].text for line in fees.fixed] == [f"{amount}\u00a0baht" for amount in (55, 20, 10, 450, 10)]
    assert len(fees.open) == 5


def test_a_paper_of_several_steps_stands_once() -> None:
    """The ID card is asked for in all seven steps of building a house: one original, and the five copies together."""
    papers = {paper.link.text: paper for paper in pages("en")["life-events/building-a-home/"].content.papers}
    card = papers["National ID card"]

    assert card.numbers == ("1\u00a0original", "5\u00a0copies")
    assert [one.link.path for one in card.asked] == [f"#step-{n}" for n in range(1, 8)]
    assert card.held


def test_every_figure_of_a_kept_promise_has_its_counts_and_time() -> None:
    """No share stands beside a step without two counts and the months they are of."""
    results = [place.result for event in WAYS for step in steps_on(event) for place in step.places if place.result]

    assert all(
        re.search(r"\d.* of \d", result.counts[0]) and "to" in result.counts[1] for result in results if result.rate
    )
    assert sum(bool(result.rate) for result in results) > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_link_leads_nowhere(language: str) -> None:
    """Every link of these pages leads to one of them, to a service or agency, or to a part of its own page."""
    catalog, cards = world()
    others = [home_page(catalog, cards, words_of(language)), *service_pages(catalog, cards, "", words_of(language))]
    there = {*pages(language), *(page.path for page in others), *(card.path for card in cards)}
    there |= {service.path for card in cards for service in card.services}
    for path, page in pages(language).items():
        for link in links_in(page):
            target, _, part = link.path.partition("#")

            assert (target or path) in there, (path, link)
            if link.path.startswith("#"):
                assert part in {step.anchor for step in steps_on(path.split("/")[1])}, (path, link)


def test_no_life_event_leads_to_a_draft() -> None:
    """What must be done first may still be a draft, which has no page: nothing on the life event's page leads to it."""
    catalog, cards = world()
    published = tuple(
        replace(card, services=tuple(one for one in card.services if one.id != "vehicle-inspection")) for card in cards
    )
    drafted = {page.path: page for page in journey_pages(catalog, published, words_of("en"))}

    assert _leads_to(pages("en")["life-events/owning-a-vehicle/"], "vehicle-inspection")
    assert not _leads_to(drafted["life-events/owning-a-vehicle/"], "vehicle-inspection")


def _leads_to(page: PageView, service: str) -> bool:
    return any(service in link.path for link in links_in(page))


def test_the_list_and_the_way_lead_to_each_other() -> None:
    """The list of a life event's services stays at its address and leads to the way, and the way back to it."""
    catalog, cards = world()
    lists = {page.path: page.content for page in service_pages(catalog, cards, "", words_of("en"))}

    assert lists["services/life-events/having-a-child/"].way.path == "life-events/having-a-child/"
    assert pages("en")["life-events/having-a-child/"].content.services.path == "services/life-events/having-a-child/"
    assert lists["services/topics/family/"].way is None


def test_home_leads_to_the_ways() -> None:
    """What home begins with are the pages of life events."""
    catalog, cards = world()
    starts = home_page(catalog, cards, words_of("en")).content.starts

    assert [start.link.path for start in starts] == [f"life-events/{event}/" for event in catalog.life_events]


def test_the_finding_counts_services_that_ask_for_what_the_state_holds() -> None:
    """The page of papers counts each such service once, as the manuals and the shared list say it."""
    _, cards = world()
    needs = [service.need for card in cards for service in card.services if service.need]
    stating = [need for need in needs if need.papers is not None]
    held = [need for need in stating if any(paper.held is True for paper in need.papers or ())]
    content = pages("en")["documents/"].content

    assert content.finding == (
        "At least one document that the State already holds is asked for by "
        f"{len(held)} of {len(stating)}\u00a0services"
    )
    assert 0 < len(held) < len(stating)


def test_a_service_may_say_itself_that_the_state_holds_no_such_paper() -> None:
    """What a manual says of a paper holds for its own line, above the shared list."""
    row = next(
        one for one in pages("en")["documents/"].content.rows if one.link.path == "documents/medical-certificate/"
    )

    assert (row.asked, row.held) == ("2\u00a0services", "1\u00a0service")


def test_the_page_of_a_paper_names_every_service_that_asks() -> None:
    """All services whose list has the paper stand on its page, in the order of a dictionary, with number and condition."""
    _, cards = world()
    asking = {
        f"{service.path}#documents"
        for card in cards
        for service in card.services
        if service.need and any(paper.key == "title-deed" for paper in service.need.papers or ())
    }
    asked = pages("en")["documents/title-deed/"].content.asked

    assert {one.link.path for one in asked} == asking
    assert [one.link.text for one in asked] == sorted(one.link.text for one in asked)
    assert all(one.number for one in asked)


def test_a_title_that_the_shared_list_has_is_no_other_paper() -> None:
    """What agencies call as the shared list does has no second entry among the papers in their own words."""
    catalog, _ = world()
    shared = {document.title["th"] for document in catalog.documents.values()}
    titles = [one.title.text for one in pages("th")["documents-by-title/"].content.titles]

    assert not shared & set(titles)
    assert len(titles) == len(set(titles)) > 10


def test_a_name_that_the_shared_list_has_is_that_paper() -> None:
    """A title belongs to the entry of the same name, however it is spaced; another title is a paper of its own."""
    shared = SharedDocument.model_validate({"id": "id-card", "title": {"en": "ID card"}}, context=CONTEXT)
    catalog = replace(made_catalog(), documents={"id-card": shared})
    service = made_service(requirements={"documents": ({"title": "id  Card"}, {"title": "ID cards"})})
    papers = need_of(catalog, "office", service, ()).papers or ()

    assert [paper.key for paper in papers] == ["id-card", "=idcards"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_knows_every_life_event_and_paper(language: str) -> None:
    """Each page of a life event and of a shared paper is found by its title."""
    entries = {entry.path: entry for entry in entries_of_lists(world()[0], words_of(language))}
    own = {path for path in pages(language) if path.count("/") == 2}

    assert entries.keys() == own
    assert all(entry.title == pages(language)[path].title and entry.prose for path, entry in entries.items())


@given(nets())
def test_the_picture_joins_what_waits_for_each_other_and_nothing_else(net: Net) -> None:
    """Followed from row to row, the lines of the picture lead into each step from exactly those that come first."""
    steps = steps_of(net)
    picture = picture_of(steps)

    assert not picture.rows or [set(step.after) for step in steps] == list(followed(steps))
    assert picture.width <= MOST_LANES * LANE or not picture.rows


def followed(steps: tuple[Step, ...]) -> Iterator[set[int]]:
    """Yield of each step the steps whose lines end in its circle, read from the drawing alone."""
    lines: dict[int, int] = {}  # the step that the line at this place comes from
    for at, row in enumerate(picture_of(steps).rows):
        bends = [re.fullmatch(rf"M(\d+) 0Q\1 {HEAD // 2} {row.x} {HEAD // 2}", path) for path in row.head]
        through = [re.fullmatch(rf"M(\d+) 0V{HEAD}", path) for path in row.head]
        begins = f"M{row.x} {HEAD // 2}V{HEAD}" in row.head
        yield {lines[int(bend[1])] for bend in bends if bend}
        lines = {int(line[1]): lines[int(line[1])] for line in through if line} | ({row.x: at} if begins else {})

        assert sorted(lines) == list(row.tail)


def test_a_life_event_of_too_many_services_leads_to_their_list() -> None:
    """Hundreds of services of as many agencies are no way through: the page says so, and leads to the list of them."""
    catalog, cards = world()
    service = next(one for card in cards for one in card.services if one.need and one.id == "marriage")
    assert service.need
    many = tuple(
        replace(service, id=f"marriage-{at}", need=replace(service.need, name=f"civil-registration/marriage-{at}"))
        for at in range(MOST_STEPS + 1)
    )
    made = [replace(card, services=many) if card.id == "civil-registration" else card for card in cards]
    page = {one.path: one for one in journey_pages(catalog, made, words_of("en"))}["life-events/getting-married/"]
    count = MOST_STEPS + 2  # and the legalisation of documents

    assert page.content.count == "There are too many services to put in one order. Please choose from the list instead."
    assert (page.content.joined, page.content.alone, page.content.briefs) == ((), (), ())
    assert page.content.services.text.startswith(f"See the {count}\u00a0services")


def test_a_life_event_without_services_keeps_its_page() -> None:
    """Its address stays, says that there is nothing yet, leads nowhere, and is not for search engines."""
    catalog, _ = world()
    page = {one.path: one for one in journey_pages(catalog, (), words_of("en"))}["life-events/growing-old/"]

    assert page.content.count == "No service for this yet"
    assert page.content.services is None
    assert not page.index
