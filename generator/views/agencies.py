"""All agencies, in alphabetical order and never ranked: promises met, and how complete the reports are."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.claims import figure
from generator.model import Catalog
from generator.views.home import country_of
from generator.views.page import Link, PageView
from generator.views.services import in_order
from generator.views.summary import ALL_AGENCIES, AgencyCard, claim_of_services
from generator.views.tally import coverage_line, met_of, span_words
from generator.views.words import Line, Said, Words


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency: its name, what it belongs to, how many services, promises met, and reports received.

    ``note`` says that it was merged, closed, or is being corrected.
    """

    id: str
    link: Link
    parent: Said
    note: Line
    services: Line
    met: Line
    coverage: Line


@dataclass(frozen=True, slots=True)
class AgenciesView:
    """The list of agencies."""

    lead: Line
    note: Line
    rows: tuple[AgencyRow, ...]


def agencies_page(catalog: Catalog, cards: Sequence[AgencyCard], words: Words) -> PageView:
    """Return the list of all agencies."""
    count = figure(words.wording.count("agencies", len(cards)), ALL_AGENCIES)
    lead = words.line("agencies.lead", agencies=count, span=span_words(words, country_of(catalog, cards).spans))
    return PageView(
        path="agencies/",
        template="agencies.html",
        title=words.strings("nav.agencies"),
        description=lead,
        content=AgenciesView(
            lead=lead,
            note=words.line("compare.note"),
            rows=tuple(_row(words, name, card) for name, card in in_order(cards, words)),
        ),
        section="agencies",
        crumbs=(Link(words.strings("nav.home"), ""),),
        demonstration=catalog.settings.demonstration,
    )


def _row(words: Words, name: Said, card: AgencyCard) -> AgencyRow:
    parent = card.agency.parent if card.agency else None
    return AgencyRow(
        link=Link(name.text, card.path, name.language),
        parent=words.text(parent) if parent else Said(""),
        note=_note(words, card),
        id=card.id,
        services=Line(figure(words.wording.count("services", len(card.services)), claim_of_services([card])))
        if card.agency
        else Line(""),
        met=Line(met_of(words, card.tally)) if card.tally.judged else words.line("tally.none"),
        coverage=coverage_line(words, card.tally),
    )


def _note(words: Words, card: AgencyCard) -> Line:
    if card.agency is None:
        return words.line("services.withheld")
    if card.kept_from:
        return words.line("withheld.kept_short", date=words.wording.date(card.kept_from))
    status = card.agency.status
    return Line("") if status == "active" else words.line(f"closed.agency_status.{status}")
