"""The pages that are neither prose nor a service: word for word on the sample, and what holds on each of them."""

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from golden import as_json, assert_golden
from made import AS_OF

from generator.locales import load_strings
from generator.model import Agency, AgencyData, Catalog
from generator.pipeline import measured, prepare
from generator.problems import Place, Problem
from generator.report import Resolved, resolve
from generator.results import AgencyResult
from generator.texts import Wording
from generator.views.agencies import agencies_page
from generator.views.agency import OneAgency, agency_page
from generator.views.data import DataFiles, data_page, example_of
from generator.views.data_quality import data_quality_page
from generator.views.datasets.agency import agency_tables
from generator.views.datasets.columns import tables
from generator.views.dictionary import dictionary_page
from generator.views.documents import document_pages
from generator.views.home import home_page
from generator.views.journeys import journey_pages
from generator.views.page import Link, PageView
from generator.views.rules import rules_page
from generator.views.search_page import not_found_page, search_page
from generator.views.services import service_pages
from generator.views.summary import AgencyCard, card_of
from generator.views.words import Words
from generator.website.fragments import PageWords, render_body

SAMPLE = Path(__file__).parent / "sample"
LANGUAGES = ("th", "en")
SIZES = {"data/clearly.zip": 48_000, "data/performance.csv": 4_100, "data/performance.xlsx": 12_300}
GOLDEN = {
    "home": "", "services": "services/", "a-z": "services/a-z/", "agencies": "agencies/", "data": "data/",
    "agency-transport": "agencies/transport/", "agency-district": "agencies/district/",
    "agency-roads": "agencies/roads/", "data-quality": "data-quality/", "journey": "life-events/owning-a-vehicle/", "documents": "documents/",
    "document": "documents/citizen-id/", "document-titles": "documents-by-title/", "search": "search/", "not-found": "404.html",
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """The sample, read and measured."""

    catalog: Catalog
    agencies: tuple[tuple[AgencyData, AgencyResult | None], ...]
    cards: tuple[AgencyCard, ...]
    findings: tuple[Resolved, ...]


@lru_cache(maxsize=1)
def world() -> World:
    """Return the sample; read once."""
    with prepare(SAMPLE, lambda _: AS_OF, jobs=1) as prepared:
        agencies = tuple(measured(prepared, agency_id) for agency_id in prepared.catalog.agency_ids)
        findings = tuple(resolve(SAMPLE, prepared.problems))
        cards = tuple(card_of(prepared.catalog, data, result, AS_OF) for data, result in agencies)
        return World(prepared.catalog, agencies, cards, findings)


def words_of(language: str, first: str = "th") -> Words:
    """Return what the views of one edition speak with."""
    strings = load_strings(language)
    return Words(language, strings, Wording(strings, "buddhist", 10), first, AS_OF)


@lru_cache(maxsize=4)
def pages(language: str) -> dict[str, PageView]:
    """Return every page of an edition of the sample by its address."""
    known, words = world(), words_of(language)
    catalog, cards = known.catalog, known.cards
    views = [
        home_page(catalog, cards, words),
        agencies_page(catalog, cards, words),
        *service_pages(catalog, cards, "assets/search/x/", words),
        *journey_pages(catalog, cards, words),
        *document_pages(catalog, cards, words),
        data_page(catalog, cards, DataFiles(SIZES, {"performance": 31}), words),
        dictionary_page(catalog, words),
        data_quality_page(catalog, cards, known.findings, words),
        rules_page(catalog, words),
        search_page(catalog, cards, "assets/search/th/0123456789ab/", words),
        not_found_page(catalog, words),
        *(
            agency_page(catalog, one_of(card, result), words)
            for card, (_, result) in zip(cards, known.agencies, strict=True)
        ),
    ]
    assert len({view.path for view in views}) == len(views)
    return {view.path: view for view in views}


def one_of(card: AgencyCard, result: AgencyResult | None) -> OneAgency:
    """Return what an agency's page is made of."""
    findings = [finding for finding in world().findings if finding.agency_id == card.id]
    titles = {other.id: other.title for other in world().cards}
    return OneAgency(card, result, findings, {f"data/agencies/{card.id}.csv": 1_234}, titles)


def html_of(view: PageView, language: str) -> str:
    """Return a page's own part as HTML."""
    words = words_of(language)
    up = "../" * view.path.count("/") or "./"
    return render_body(view, PageWords(language, words.strings, words.wording, up, up))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_golden(name: str, language: str, request: pytest.FixtureRequest) -> None:
    """What a page says is what was reviewed."""
    assert_golden(f"page-{name}-{language}.json", as_json(pages(language)[GOLDEN[name]]), request)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_a_heading_and_says_what_it_is(language: str) -> None:
    """Every page has one first heading, a title and a description, and no id twice."""
    for path, view in pages(language).items():
        html = html_of(view, language)
        ids = re.findall(r' id="([^"]+)"', html)

        assert html.count("<h1") == 1, path
        assert view.title.strip(), path
        assert view.description.strip(), path
        assert len(ids) == len(set(ids)), path
        assert not re.search(r"\sstyle=|\son[a-z]+=", html), path
        assert view.demonstration, path


def test_both_editions_have_the_same_addresses() -> None:
    """The switch of the language stays on the same page."""
    assert pages("th").keys() == pages("en").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_link_leads_to_a_page_that_is_not_there(language: str) -> None:
    """Every link of a view leads to a generated page, a service, or a page of prose."""
    services = {service.path for card in world().cards for service in card.services}
    prose = {"methods/", "for-agencies/", "about/"}
    there = {*pages(language), *services, *prose}
    for path, view in pages(language).items():
        for link in links_in(view):
            target = link.path.split("#")[0]
            assert ":" in target or target in there or not link.path, (path, link)


def links_in(value: Any) -> Iterator[Link]:
    """Yield every link in a record."""
    if isinstance(value, Link):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from links_in(getattr(value, one.name))
    elif isinstance(value, tuple) and not isinstance(value, str):
        for item in value:
            yield from links_in(item)


def test_headings_never_skip_a_level() -> None:
    """A heading is at most one level below the one before."""
    for path, view in pages("th").items():
        levels = [int(level) for level in re.findall(r"<h([1-6])", html_of(view, "th"))]

        assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False)), (path, levels)


def test_the_words_of_search_cannot_leave_their_element() -> None:
    """The patterns for the script are JSON without a letter that ends a script element."""
    html = html_of(pages("th")["search/"], "th")
    found = re.search(r'<script type="application/json" id="search-words">(.*?)</script>', html)

    assert found
    assert "<" not in found[1]
    told = json.loads(found[1])
    assert told["language"] == "th"
    assert set(told) == {
        "language", "one", "many", "count", "none", "none_hint", "near_said", "suggest", "matched", "few_letters", "failed",
    }  # fmt: skip
    assert {
        "search",
        "search-results",
        "search-said",
        "search-prose",
        "search-prose-list",
        "search-more",
        "search-az",
    } <= set(re.findall(r'id="([^"]+)"', html))


def test_the_query_gives_the_figure() -> None:
    """The query on the page of open data, run on the published rows, gives the counts that it stands beside."""
    known = world()
    example = example_of(known.catalog, known.cards, words_of("en"))
    assert example
    performance = next(one for one in tables(known.catalog.settings.languages) if one.name == "performance")
    base = sqlite3.connect(":memory:")
    base.execute(f"CREATE TABLE performance ({', '.join(performance.header)})")
    for data, result in known.agencies:
        rows = agency_tables(known.catalog, data, result).rows["performance"] if result else []
        marks = ", ".join("?" * len(performance.header))
        base.executemany(f"INSERT INTO performance VALUES ({marks})", ([cell or None for cell in row] for row in rows))

    within, volume = base.execute(re.sub("FROM '[^']+'", "FROM performance", example.query)).fetchone()

    assert f"{within:,} of {volume:,}" in example.counts.replace("\u00a0", " ")


def withheld() -> tuple[AgencyData, AgencyCard]:
    """Return an agency whose own file is wrong."""
    data, _ = world().agencies[0]
    problem = Problem("key-missing", "error", Place("agencies/district/agency.yml", ("title",)), {}, "agency")
    broken = replace(data, agency=None, services={}, observations=(), problems=(problem,))
    return broken, card_of(world().catalog, broken, None, AS_OF)


def test_a_withheld_agency_says_so_everywhere() -> None:
    """Its page, the list of agencies and the page on data quality name it, and nobody's figures break."""
    _, card = withheld()
    known, words = world(), words_of("en")
    cards = (card, *known.cards[1:])
    finding = Resolved(
        card.id,
        "agencies/district/agency.yml",
        1,
        1,
        "error",
        "key-missing",
        "",
        "agency",
        {"en": "no title"},
        {"en": "add it"},
    )

    page = agency_page(known.catalog, OneAgency(card, None, [finding]), words)

    assert page.path == f"agencies/{card.id}/"
    assert "cannot be shown because of errors" in html_of(page, "en")
    assert "agencies/district/agency.yml:1:1" in html_of(page, "en")
    assert "being corrected" in html_of(agencies_page(known.catalog, cards, words), "en")
    quality = html_of(data_quality_page(known.catalog, cards, [finding], words), "en")
    assert "No title" in quality
    assert "This agency" in quality
    assert home_page(known.catalog, cards, words).content.tally


def test_an_empty_site_has_all_its_pages() -> None:
    """Before the first agency there is nothing to say, and every page says that."""
    catalog, words = world().catalog, words_of("en")
    views = [
        home_page(catalog, (), words),
        agencies_page(catalog, (), words),
        *service_pages(catalog, (), "", words),
        data_page(catalog, (), DataFiles(), words),
        data_quality_page(catalog, (), (), words),
        search_page(catalog, (), "x/", words),
    ]

    assert all(html_of(view, "en") for view in views)
    assert views[0].content.tally is None


def test_a_merged_agency_leads_on() -> None:
    """The page of an agency that was merged says so and links to the one that took its place."""
    data, result = world().agencies[0]
    assert result
    merged = result.agency.model_copy(update={"status": "merged", "replaced_by": world().cards[1].id})
    assert isinstance(merged, Agency)
    card = card_of(world().catalog, replace(data, agency=merged), replace(result, agency=merged), AS_OF)

    html = html_of(agency_page(world().catalog, one_of(card, replace(result, agency=merged)), words_of("en")), "en")

    assert "Merged with another agency" in html or "merged with another agency" in html
    assert f'href="../../agencies/{world().cards[1].id}/"' in html
