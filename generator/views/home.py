"""The first page: search, where to begin, how many promises are kept, and what is new."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.claims import figure, joined
from generator.model import Catalog
from generator.results import CountryResult
from generator.stats import measure_country
from generator.views.changes import newest
from generator.views.groups import GroupKind, groups_on, way_of
from generator.views.news import NewsItem, news_of
from generator.views.page import Link, PageView
from generator.views.services import more_ways
from generator.views.summary import ALL_AGENCIES, AgencyCard, ServiceCard, claim_of_services
from generator.views.tally import TallyView, previous_line, span_words, tally_view, time_lines
from generator.views.words import Line, Said, Words

NEWS = 8
BUSIEST = 4
STARTS: Mapping[GroupKind, str] = {
    "life_events": "nav.life_events", "topics": "services.topics", "types": "services.types",
}  # fmt: skip
COUNTS_PEOPLE = ("processing_time", "waiting_time")
MOST_STARTS = 24  # life events or topics; a longer list stands on the page of all services


@dataclass(frozen=True, slots=True)
class Start:
    """A life event or a topic to begin with, and in a few words what it holds."""

    link: Link
    summary: Said


@dataclass(frozen=True, slots=True)
class HomeView:
    """The first page.  ``busiest`` are the services with the most cases, by their everyday names."""

    line: Line
    busiest: tuple[Link, ...]
    starts_title: Line
    starts: tuple[Start, ...]
    lists: tuple[Link, ...]
    tally: TallyView | None
    news: tuple[NewsItem, ...]
    data_links: tuple[Link, ...]


def home_page(catalog: Catalog, cards: Sequence[AgencyCard], words: Words) -> PageView:
    """Return the first page of one edition."""
    country = country_of(catalog, cards)
    services = [service for card in cards for service in card.services]
    kind = _kind_of_starts(services)
    content = HomeView(
        line=words.line("home.line"),
        busiest=tuple(_busiest(words, services)),
        starts_title=words.line(STARTS[kind]),
        starts=tuple(_starts(catalog, cards, words, kind)),
        lists=(*_lists(words, cards, services), *more_ways(catalog, cards, words)),
        tally=_tally(words, country) if country.levels else None,
        news=news_of(words, newest((change for card in cards for change in card.news), NEWS)),
        data_links=(Link(words.strings("home.data_sets"), "data/"), Link(words.strings("nav.methods"), "methods/")),
    )
    return PageView(
        path="",
        template="home.html",
        title=words.strings("home.line"),
        description=_description(words, country),
        content=content,
        demonstration=catalog.settings.demonstration,
        changed=words.as_of.isoformat(),
    )


def country_of(catalog: Catalog, cards: Iterable[AgencyCard]) -> CountryResult:
    """Return the sums over all agencies that can be shown."""
    summaries = [card.summary for card in cards if card.summary]
    return measure_country(summaries, catalog.settings.small_numbers.caution_below)


def _tally(words: Words, country: CountryResult) -> TallyView:
    facts = {
        "services": figure(words.wording.count("services", country.services), "services:"),
        "agencies": figure(words.wording.count("agencies", country.agencies), "agencies:"),
        "reported": figure(words.wording.number(country.tally.reported), "agencies.reports_received:"),
        "reports": figure(words.wording.count("reports", country.tally.due), "agencies.reports_due:"),
    }
    basis = [
        words.line("tally.basis", **facts),
        words.line("nation.coverage", **facts) if country.tally.due else words.line("tally.none_due"),
        *time_lines(words, country.rollups, "nation.time"),
        *previous_line(words, country.previous),
    ]
    return tally_view(words, country.tally, country.spans, basis)


def _description(words: Words, country: CountryResult) -> str:
    """Return what a search engine shows: the country's summary, else what the site is."""
    if not country.tally.judged:
        return words.strings("home.about")
    summary = words.strings(
        "nation.summary",
        agencies=figure(words.wording.count("agencies", country.agencies), "agencies:"),
        met=figure(words.wording.number(country.tally.met), "agencies.promises_met:"),
        promises=figure(
            words.wording.count("promises", country.tally.judged), "agencies.promises_met:+agencies.promises_missed:"
        ),
        span=span_words(words, country.spans),
    )
    return joined(" ", (words.strings("home.about"), summary))


def _busiest(words: Words, services: Sequence[ServiceCard]) -> Iterable[Link]:
    """Yield the services with the most cases, one of each kind: many agencies have a service of the same name."""
    busy = [service for service in services if _is_busy(service)]
    seen: set[str] = set()
    for service in sorted(busy, key=_by_volume):
        name = _everyday_name(words, service)
        if name.text not in seen and len(seen) < BUSIEST:
            seen.add(name.text)
            yield Link(name.text, service.path, name.language)


def _is_busy(service: ServiceCard) -> bool:
    """Cases and visits are people who came; checks of a system and answers to a survey are not."""
    lead = service.lead
    return lead is not None and lead.measure in COUNTS_PEOPLE and bool(lead.volume) and service.status == "active"


def _by_volume(service: ServiceCard) -> tuple[int, str, str]:
    return (-service.lead.volume if service.lead else 0, service.agency_id, service.id)


def _everyday_name(words: Words, service: ServiceCard) -> Said:
    names = service.also_called.get(words.language)
    return Said(names[0]) if names else words.text(service.title)


def _kind_of_starts(services: Sequence[ServiceCard]) -> GroupKind:
    """Readers begin with what happens in their lives; where nobody wrote that down, with topics, else with types."""
    if any(service.life_events for service in services):
        return "life_events"
    return "topics" if any(service.topics for service in services) else "types"


def _starts(catalog: Catalog, cards: Sequence[AgencyCard], words: Words, kind: GroupKind) -> Iterable[Start]:
    known = {"life_events": catalog.life_events, "topics": catalog.topics}.get(kind, {})
    for group in groups_on(catalog, cards, words, kind)[:MOST_STARTS]:
        summary = known[group.id].summary if group.id in known else None
        path = way_of(group.id) if kind == "life_events" else group.path
        yield Start(Link(group.title.text, path, group.title.language), words.text(summary) if summary else Said(""))


def _lists(words: Words, cards: Sequence[AgencyCard], services: Sequence[ServiceCard]) -> tuple[Link, ...]:
    counted = {
        "services": figure(words.wording.count("services", len(services)), claim_of_services(cards)),
        "agencies": figure(words.wording.count("agencies", len(cards)), ALL_AGENCIES),
    }
    all_services, all_agencies = (words.strings(f"home.all_{kind}", **counted) for kind in counted)
    return Link(all_services, "services/"), Link(all_agencies, "agencies/")
