"""One agency's share of the site: its pages in every edition, its files of data, and what the rest needs to know of it.

It is done by a worker process, which sends back a small record; rows for the national tables stay on disk until joined.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.model import AgencyData, WithheldService
from generator.pipeline import measured
from generator.report import Resolved, resolve
from generator.results import AgencyResult
from generator.stats import withdrawn_services
from generator.texts import Text
from generator.views.about import Around
from generator.views.agency import OneAgency, agency_page
from generator.views.datasets.agency import AgencyTables, Publication, agency_tables, write_agency
from generator.views.page import PageView
from generator.views.search import Entry
from generator.views.search_entries import entries_of
from generator.views.service import service_page, withdrawn_page, withheld_page
from generator.views.summary import AgencyCard, card_of
from generator.views.words import Words
from generator.website.plan import Plan
from generator.website.publish import Edition, write_pages
from generator.website.sitemap import Address

AGENCY_DEPTH = 2  # data/agencies/x.csv; the files of its services lie one deeper


@dataclass(frozen=True, slots=True)
class Share:
    """What one agency's work gives back: its card, its addresses, what can be found (by language), its problems, and rows by table."""

    card: AgencyCard
    addresses: tuple[Address, ...]
    entries: Mapping[str, tuple[Entry, ...]]
    problems: tuple[Resolved, ...]
    sizes: Mapping[str, int]
    rows: Mapping[str, int]


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

    def words(self, edition: Edition) -> Words:
        """Return what the views of one edition speak with."""
        prepared = self.plan.prepared
        return Words(
            edition.language, edition.strings, edition.wording, prepared.catalog.first_language, prepared.as_of
        )


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
    sizes, rows = _write_data(press, data, result)
    addresses = tuple(
        address
        for edition in press.editions
        for address in write_pages(
            edition, _pages(press, edition, data, result, Desk(card, problems, sizes)), press.site
        )
        if edition is press.editions[0]
    )
    entries = {edition.language: tuple(entries_of(card, press.words(edition))) for edition in press.editions}
    agency_sizes = {address: size for address, size in sizes.items() if address.count("/") == AGENCY_DEPTH}
    return Share(card, addresses, entries, problems, agency_sizes, rows)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages of one agency are written from, beside its data and its results."""

    card: AgencyCard
    problems: tuple[Resolved, ...]
    sizes: Mapping[str, int]


def _write_data(press: Press, data: AgencyData, result: AgencyResult | None) -> tuple[dict[str, int], dict[str, int]]:
    """Write an agency's files; return their sizes by address, and how many rows each table has of it."""
    if result is None:
        return {}, {}
    filled = agency_tables(press.publication.catalog, data, result)
    _keep_parts(press, data.agency_id, filled)
    counts = {name: len(rows) for name, rows in filled.rows.items()}
    return write_agency(press.site, press.publication, result, filled), counts


def _keep_parts(press: Press, agency_id: str, filled: AgencyTables) -> None:
    for name, part in filled.parts.items():
        (press.parts / f"{agency_id}.{name}").write_text(part, encoding="utf-8", newline="")


def _pages(
    press: Press, edition: Edition, data: AgencyData, result: AgencyResult | None, desk: Desk
) -> Iterator[PageView]:
    words, catalog = press.words(edition), press.plan.prepared.catalog
    one = OneAgency(desk.card, result, desk.problems, desk.sizes, press.agencies)
    yield agency_page(catalog, one, words)
    if result is None:
        return
    around = Around(press.titles, desk.sizes)
    for service in result.services.values():
        yield service_page(catalog, result, service, words, around)
    for withheld in _held_back(data.withheld_services, result):
        yield withheld_page(catalog, result.agency, withheld, words)
    for entry in withdrawn_services(data, result):
        yield withdrawn_page(catalog, result.agency, entry, words, around)


def _held_back(withheld: Sequence[WithheldService], result: AgencyResult) -> Iterator[WithheldService]:
    yield from (service for service in withheld if service.service_id not in result.services)
