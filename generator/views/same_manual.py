"""One service in many agencies: those of one central manual side by side, in alphabetical order and never in another.

A central manual is what the format has to say that two services are the same.  What differs between them, the promise
itself or the months, is said above the figures, since percentages of different promises are not to be compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from markupsafe import Markup

from generator.claims import claims_of, figure
from generator.figures import percent_of_share
from generator.model import Catalog
from generator.texts import Text
from generator.views.about import manual_title
from generator.views.alphabet import alphabetical
from generator.views.charts import bullet
from generator.views.headline import Outcome, duration_words, outcome_words
from generator.views.listing import PageOfList, page_path
from generator.views.page import Link, PageView
from generator.views.states import WITH_RESULT, Badge, badge
from generator.views.summary import AgencyCard, Lead, ServiceCard
from generator.views.words import Line, Said, Words

SAME = "services/same/"
PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class SameRow:
    """One agency's service: what leads its page, its two counts and their months, and a bar of the share kept.

    ``service`` is its own name, where that is not the manual's.  ``caution`` stands in place of the verdict where the
    cases are few; ``bar`` and ``counts`` are empty without a result.
    """

    agency: Link
    service: Said
    of: str
    promised: Line
    counts: Line
    bar: Markup
    badge: Badge | None
    caution: Line

    @property
    def claims(self) -> str:
        """Return what the numbers in this row are made of, in their order."""
        parts = (self.agency.text, self.service.text, self.promised, self.counts)
        return " ".join(claim for part in parts for claim in claims_of(part))


@dataclass(frozen=True, slots=True)
class SameView:
    """The services of one central manual; ``notes`` say what must be known before their figures are compared.

    ``pages`` are those of a long list, and none of a short one.
    """

    lead: Line
    notes: tuple[Line, ...]
    rows: tuple[SameRow, ...]
    pages: tuple[PageOfList, ...]


def same_pages(catalog: Catalog, cards: Sequence[AgencyCard], words: Words) -> Iterator[PageView]:
    """Yield a page for each central manual."""
    offered: dict[str, list[ServiceCard]] = {}
    for service in (service for card in cards for service in card.services):
        if service.need and service.need.manual:
            offered.setdefault(service.need.manual, []).append(service)
    agencies = {card.id: card.title for card in cards}
    for manual_id in sorted(catalog.manuals):
        services = [(agencies[one.agency_id], one) for one in offered.get(manual_id, [])]
        yield from _pages(catalog, manual_id, services, words)


def _pages(
    catalog: Catalog, manual_id: str, services: Sequence[tuple[Text, ServiceCard]], words: Words
) -> Iterator[PageView]:
    """Yield the pages of one manual; what limits a comparison is said of all services on each."""
    title, path = manual_title(words, catalog, manual_id), f"{SAME}{manual_id}/"
    rows = [_row(words, title, agency, service) for agency, service in services]
    rows.sort(key=lambda row: (alphabetical(row.agency.text, words.language), row.agency.path))
    chunks = [tuple(rows[at : at + PER_PAGE]) for at in range(0, max(1, len(rows)), PER_PAGE)]
    notes = tuple(_notes(words, [service.lead for _, service in services if service.lead]))
    for at, shown in enumerate(chunks):
        base = _base(catalog, words, title, page_path(path, at))
        content = SameView(words.line("same.lead"), notes, shown, _pages_of(chunks, path, at))
        yield replace(base, content=content, index=len(rows) > 1)


def _pages_of(chunks: Sequence[tuple[SameRow, ...]], path: str, current: int) -> tuple[PageOfList, ...]:
    links = (replace(rows[0].agency, path=page_path(path, at)) for at, rows in enumerate(chunks) if rows)
    return tuple(PageOfList(link, at == current) for at, link in enumerate(links)) if len(chunks) > 1 else ()


def _base(catalog: Catalog, words: Words, title: Said, path: str) -> PageView:
    return PageView(
        path=path,
        template="same_manual.html",
        title=words.strings("same.title", title=title.text),
        description=words.line("same.lead"),
        content=None,
        section="services",
        crumbs=(Link(words.strings("nav.services"), "services/"),),
        demonstration=catalog.settings.demonstration,
    )


def _row(words: Words, title: Said, agency: Text, service: ServiceCard) -> SameRow:
    name, own, lead = words.text(agency), words.text(service.title), service.lead
    own = Said("") if own == title else own
    link = Link(name.text, service.path, name.language)
    if lead is None:
        return SameRow(link, own, "", words.line("service.no_promise"), Line(""), Markup(), None, Line(""))
    shown = lead.state in WITH_RESULT and lead.volume > 0
    outcome = Outcome(lead.within_target, lead.volume, lead.span_share, lead.periods, lead.small)
    return SameRow(
        agency=link,
        service=own,
        of=f"/{service.agency_id}/{service.id}/{lead.level_id}/",
        promised=_promised(words, lead),
        counts=outcome_words(words, lead.measure, outcome) if shown else Line(""),
        bar=_bar(lead) if shown and not lead.small else Markup(),
        badge=badge(words, lead.state),
        caution=words.line("state.small_numbers") if shown and lead.small else Line(""),
    )


def _promised(words: Words, lead: Lead) -> Line:
    """Return the promise in few words: 7 วันทำการ 90%."""
    limit = figure(duration_words(words, lead.limit), f"target_limit@{lead.since}") if lead.limit else ""
    share = "" if lead.share is None else figure(words.wording.share_percent(lead.share), f"share@{lead.since}")
    parts = [part for part in (limit, share) if part]
    return Line(" ".join(parts), tuple(claim for part in parts for claim in claims_of(part)))


def _bar(lead: Lead) -> Markup:
    goal = "" if lead.span_share is None else f"{percent_of_share(lead.span_share):f}"
    return bullet(f"{Decimal(lead.within_target * 100) / lead.volume:.2f}", goal, lead.state != "missed", "")


def _notes(words: Words, leads: Sequence[Lead]) -> Iterator[Line]:
    """Yield what keeps these figures from being compared: other measures, units, promises or months."""
    if len({(lead.measure, lead.level_id) for lead in leads}) > 1:
        yield words.line("same.other_measures")
    elif len({lead.limit.unit for lead in leads if lead.limit}) > 1:
        yield words.line("same.other_units")
    elif len({(lead.limit, lead.share) for lead in leads}) > 1:
        yield words.line("same.other_promises")
    if len({lead.periods for lead in leads if lead.periods}) > 1:
        yield words.line("same.other_months")
