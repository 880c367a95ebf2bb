"""Every service, by agency, by topic, life event, channel and type, and in the order of a dictionary.

What stays light: the first page lists every service by agency up to ``MOST_AT_ONCE`` and only the agencies above that;
each group and the A to Z are lists of their own, cut into pages of ``PER_PAGE``.  All addresses exist at every size.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.claims import figure
from generator.model import Catalog
from generator.views.alphabet import alphabetical
from generator.views.groups import GROUP_KINDS, LIFE_EVENTS, GroupKind, ServiceGroup, groups_on, way_of
from generator.views.listing import Listing, Row, listings, named, row_of
from generator.views.page import Link, PageView
from generator.views.papers import DOCUMENTS, has_papers
from generator.views.summary import ALL_AGENCIES, AgencyCard, claim_of_services
from generator.views.words import Line, Prose, Said, Words

MOST_AT_ONCE = 400
A_TO_Z = "services/a-z/"
# What the script says, by the names that it knows them by.
SCRIPT_WORDS = {
    "found": "search.count_filtered", "none": "search.filter_none", "failed": "search.failed", "show": "filter.show",
    "remove": "filter.remove", "narrow": "filter.narrow",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """A link, and how many services stand behind it."""

    link: Link
    count: Line


@dataclass(frozen=True, slots=True)
class GroupList:
    """All groups of one kind."""

    id: str
    title: Line
    groups: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class OfAgency:
    """One agency's services; ``rows`` are empty where there are too many services for one page."""

    id: str
    agency: Link
    count: Line
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ServicesView:
    """The page of all services."""

    count: Line
    groups: tuple[GroupList, ...]
    initials: tuple[Link, ...]
    ways: tuple[Link, ...]
    agencies: tuple[OfAgency, ...]
    index: str  # the folder of the search index, from the site's root
    script_words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ServiceListView:
    """One list: of a group, or A to Z."""

    kicker: Line
    title: Said
    listing: Listing
    summary: Prose | None = None
    way: Link | None = None


def service_pages(catalog: Catalog, cards: Sequence[AgencyCard], index: str, words: Words) -> Iterator[PageView]:
    """Yield the page of all services, the A to Z, and a list for every group; ``index`` is where the search index stands."""
    groups = {kind: groups_on(catalog, cards, words, kind) for kind in GROUP_KINDS}
    agencies = names_of(cards, words)
    pages = a_to_z(cards, words)
    initials = pages[0][1].initials if pages else ()
    yield _services_page(catalog, cards, words, groups, (initials, index))
    for number, (path, listing) in enumerate(pages, start=1):
        title = Said(words.line("services.a_to_z"))
        yield _list_page(catalog, words, path, ServiceListView(Line(""), title, listing), number)
    for kind, found in groups.items():
        for group in found:
            yield from _group_pages(catalog, words, agencies, group, words.line(f"services.{kind}"))


def a_to_z(cards: Sequence[AgencyCard], words: Words) -> list[tuple[str, Listing]]:
    """Return the pages that list all services in the order of a dictionary, with their addresses; none of no service."""
    services = [service for card in cards for service in card.services]
    place = (A_TO_Z, claim_of_services(cards))
    return list(listings(services, names_of(cards, words), words, place)) if services else []


def names_of(cards: Sequence[AgencyCard], words: Words) -> dict[str, Said]:
    """Return what each agency is called, by id; its id where its own file cannot be read."""
    return {card.id: words.text(card.title) if card.title else Said(card.id) for card in cards}


def in_order(cards: Sequence[AgencyCard], words: Words) -> list[tuple[Said, AgencyCard]]:
    """Return agencies with their names, in the order of a dictionary."""
    names = names_of(cards, words)
    return sorted(
        ((names[card.id], card) for card in cards),
        key=lambda one: (alphabetical(one[0].text, words.language), one[1].id),
    )


def _services_page(
    catalog: Catalog,
    cards: Sequence[AgencyCard],
    words: Words,
    groups: dict[GroupKind, tuple[ServiceGroup, ...]],
    found: tuple[tuple[Link, ...], str],
) -> PageView:
    total = sum(len(card.services) for card in cards)
    counted = figure(words.wording.count("services", total), claim_of_services(cards))
    count = words.line(
        "services.count",
        services=counted,
        agencies=figure(words.wording.count("agencies", len(cards)), ALL_AGENCIES),
    )
    content = ServicesView(
        count=count,
        groups=tuple(_group_list(words, kind, groups[kind]) for kind in GROUP_KINDS if groups[kind]),
        initials=found[0],
        ways=(_a_to_z(words, total, claim_of_services(cards)), *more_ways(catalog, cards, words)),
        agencies=tuple(
            _of_agency(words, name, card, total <= MOST_AT_ONCE)
            for name, card in in_order(cards, words)
            if card.services
        ),
        index=found[1],
        script_words=script_words(words, SCRIPT_WORDS),
    )
    return PageView(
        path="services/",
        template="services.html",
        title=words.strings("nav.services"),
        description=count,
        content=content,
        section="services",
        crumbs=(Link(words.strings("nav.home"), ""),),
        demonstration=catalog.settings.demonstration,
    )


def script_words(words: Words, keys: Mapping[str, str]) -> dict[str, str]:
    """Return the patterns that a page's script fills, by the names that it knows them by; ``{n}`` is a number."""
    patterns = words.strings.patterns
    counts = {name: patterns[f"count.services.{form}"] for name, form in (("one", "one"), ("many", "other"))}
    return {"language": words.language, **counts, **{name: patterns[key] for name, key in keys.items()}}


def more_ways(catalog: Catalog, cards: Sequence[AgencyCard], words: Words) -> Iterator[Link]:
    """Yield the links to the pages of all life events and of all papers, where there are any."""
    if catalog.life_events:
        yield Link(words.strings("journey.index"), LIFE_EVENTS)
    if has_papers(catalog, cards):
        yield Link(words.strings("nav.documents"), DOCUMENTS)


def _a_to_z(words: Words, total: int, claim: str) -> Link:
    return Link(
        words.strings("services.a_to_z_all", services=figure(words.wording.count("services", total), claim)),
        A_TO_Z,
    )


def _group_list(words: Words, kind: GroupKind, groups: Sequence[ServiceGroup]) -> GroupList:
    links = tuple(
        Counted(
            Link(group.title.text, group.path, group.title.language),
            Line(figure(words.wording.count("services", len(group.services)), group.claim)),
        )
        for group in groups
    )
    return GroupList(kind.replace("_", "-"), words.line(f"services.{kind}"), links)


def _of_agency(words: Words, name: Said, card: AgencyCard, every: bool) -> OfAgency:
    rows = (
        [row_of(service, title, Said(""), words) for _, title, service in named(card.services, words)] if every else []
    )
    count = Line(figure(words.wording.count("services", len(card.services)), claim_of_services([card])))
    return OfAgency(card.id, Link(name.text, card.path, name.language), count, tuple(rows))


def _group_pages(
    catalog: Catalog, words: Words, agencies: dict[str, Said], group: ServiceGroup, kicker: Line
) -> Iterator[PageView]:
    pages = listings(group.services, agencies, words, (group.path, group.claim))
    summary = words.prose(group.summary) if group.summary else None
    way = Link(words.strings("journey.way"), way_of(group.id)) if group.kind == "life_events" else None
    for number, (path, listing) in enumerate(pages, start=1):
        yield _list_page(catalog, words, path, ServiceListView(kicker, group.title, listing, summary, way), number)


def _list_page(catalog: Catalog, words: Words, path: str, content: ServiceListView, number: int) -> PageView:
    title = f"{content.title.text} · {content.kicker}" if content.kicker else content.title.text
    if number > 1:
        title = words.strings("services.title_page", title=title, n=number)
    return PageView(
        path=path,
        template="service_list.html",
        title=title,
        description=words.strings("services.list_of", title=content.title.text, services=content.listing.count),
        content=content,
        section="services",
        crumbs=(Link(words.strings("nav.home"), ""), Link(words.strings("nav.services"), "services/")),
        demonstration=catalog.settings.demonstration,
    )
