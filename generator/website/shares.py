"""One agency's share of the site: its pages in every edition, its files of data, and what the rest needs to know of it.

It is done by a worker process, which sends back a small record; rows for the national tables stay on disk until joined.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.history.made import News, news_of
from generator.history.previous import Previous
from generator.model import AgencyData, WithheldService
from generator.pipeline import measured
from generator.report import Resolved, resolve
from generator.results import AgencyResult
from generator.results_log import Logged, Revision
from generator.stats import withdrawn_services
from generator.texts import Text
from generator.views.about import Around
from generator.views.agency import OneAgency, agency_page
from generator.views.datasets.agency import AgencyTables, Publication, agency_tables, write_agency
from generator.views.page import PageView
from generator.views.paper import Subject
from generator.views.revisions import Titles
from generator.views.search import Entry
from generator.views.search_entries import entries_of
from generator.views.service import service_page, withdrawn_page, withheld_page
from generator.views.summary import AgencyCard, card_of
from generator.views.words import Words
from generator.website.papers import Shelf, close_shelf, open_shelf, with_papers
from generator.website.plan import Plan
from generator.website.publish import Edition, write_pages
from generator.website.sitemap import Address

AGENCY_DEPTH = 2  # data/agencies/x.csv; the files of its services lie one deeper


@dataclass(frozen=True, slots=True)
class Share:
    """What one agency's work gives back: its card, its addresses, what can be found (by language), its problems.

    ``rows`` are counted by table; ``revisions`` are the changes of what was published.
    """

    card: AgencyCard
    addresses: tuple[Address, ...]
    entries: Mapping[str, tuple[Entry, ...]]
    problems: tuple[Resolved, ...]
    sizes: Mapping[str, int]
    rows: Mapping[str, int]
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class Press:
    """What every agency's work is done with.  ``parts`` keeps rows for the national tables."""

    plan: Plan
    publication: Publication
    editions: tuple[Edition, ...]
    site: Path
    parts: Path
    titles: Mapping[str, Text]  # of services, by "agency/service"
    agencies: Mapping[str, Text]
    previous: Previous | None = None
    commit: str = ""
    papers: bool = False

    def words(self, edition: Edition) -> Words:
        """Return what the views of one edition speak with."""
        prepared = self.plan.prepared
        return Words(
            edition.language, edition.strings, edition.wording, prepared.catalog.first_language, prepared.as_of
        )

    @property
    def named(self) -> Titles:
        """Return what services and agencies are called in the revision log."""
        return Titles(self.titles, self.agencies, self.publication.catalog.settings.fiscal_year_starts)

    def logged(self, agency_id: str, news: Sequence[Revision]) -> tuple[Logged, ...]:
        """Return every change of what an agency published, oldest first: those of the log, and those of today."""
        before = self.previous.logged.get(agency_id, ()) if self.previous else ()
        return (*before, *(Logged(self.publication.as_of, one) for one in news))


def agency_titles_of(plan: Plan) -> Mapping[str, Text]:
    """Return every agency's title by its id, for pages that point to another."""
    return {index.agency_id: index.title for index in plan.prepared.indexes if index.title}


def titles_of(plan: Plan) -> Mapping[str, Text]:
    """Return every service's title by "agency/service", for pages that point to another."""
    return {
        f"{index.agency_id}/{service_id}": title
        for index in plan.prepared.indexes
        for service_id, title in index.titles.items()
    }


def press_agency(press: Press, agency_id: str) -> Share:
    """Write one agency's pages and files, and return its share."""
    prepared = press.plan.prepared
    data, result = measured(prepared, agency_id)
    references = (problem for problem in prepared.references if problem.place.file.startswith(f"agencies/{agency_id}/"))
    problems = tuple(resolve(prepared.root, (*data.problems, *references), public=True))
    card = card_of(prepared.catalog, data, result, prepared.as_of)
    filled = agency_tables(prepared.catalog, data, result) if result else None
    sizes, rows = _write_data(press, result, filled)
    news = _news(press, data, filled)
    logged = press.logged(agency_id, news.revisions)
    desk = Desk(card, problems, sizes, logged, open_shelf(press.site, press.plan.request.previous, agency_id))
    addresses = tuple(
        address
        for edition in press.editions
        for address in write_pages(edition, _pages(press, edition, data, result, desk), press.site)
        if edition is press.editions[0]
    )
    close_shelf(desk.shelf, agency_id)
    entries = {edition.language: tuple(entries_of(card, press.words(edition))) for edition in press.editions}
    agency_sizes = {address: size for address, size in sizes.items() if address.count("/") == AGENCY_DEPTH}
    return Share(card, addresses, entries, problems, agency_sizes, rows, news.revisions)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages of one agency are written from, beside its data and its results."""

    card: AgencyCard
    problems: tuple[Resolved, ...]
    sizes: Mapping[str, int]
    logged: tuple[Logged, ...]
    shelf: Shelf


def _write_data(
    press: Press, result: AgencyResult | None, filled: AgencyTables | None
) -> tuple[dict[str, int], dict[str, int]]:
    """Write an agency's files; return their sizes by address, and how many rows each table has of it."""
    if result is None or filled is None:
        return {}, {}
    _keep_parts(press, result.agency.id, filled.parts)
    counts = {name: len(rows) for name, rows in filled.rows.items()}
    return write_agency(press.site, press.publication, result, filled), counts


def _news(press: Press, data: AgencyData, filled: AgencyTables | None) -> News:
    """Return what has changed of what was published; what is known of what is withheld is kept for the next time."""
    if press.previous is None:
        return News()
    news = news_of(press.previous, press.publication.catalog, data, filled, press.publication.as_of)
    _keep_parts(press, data.agency_id, {"withheld": news.withheld})
    return news


def _keep_parts(press: Press, agency_id: str, parts: Mapping[str, str]) -> None:
    for name, part in parts.items():
        (press.parts / f"{agency_id}.{name}").write_text(part, encoding="utf-8", newline="")


def _pages(
    press: Press, edition: Edition, data: AgencyData, result: AgencyResult | None, desk: Desk
) -> Iterator[PageView]:
    words, catalog = press.words(edition), press.plan.prepared.catalog
    one = OneAgency(desk.card, result, desk.problems, desk.sizes, press.agencies, press.commit)
    yield agency_page(catalog, one, words)
    if result is None:
        return
    around = Around(press.titles, desk.sizes, desk.logged, tuple(data.withdrawn.values()), press.commit)
    for service in result.services.values():
        view = service_page(catalog, result, service, words, around)
        subject = Subject(catalog, result.agency, service, view.content)
        on_paper = press.papers and service.service.status != "retired"  # nobody hands out what is offered no more
        yield with_papers(desk.shelf, edition.prefix, view, words, subject) if on_paper else view
    for withheld in _held_back(data.withheld_services, result):
        yield withheld_page(catalog, result.agency, withheld, words)
    for entry in withdrawn_services(data, result):
        yield withdrawn_page(catalog, result.agency, entry, words, around)


def _held_back(withheld: Sequence[WithheldService], result: AgencyResult) -> Iterator[WithheldService]:
    yield from (service for service in withheld if service.service_id not in result.services)
