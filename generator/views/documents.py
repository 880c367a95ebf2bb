"""The papers that services ask for: how many ask for each, who, and which of them the State already holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from generator.case.journey import Need, Paper
from generator.claims import figure, joined, typed
from generator.model import Catalog, SharedDocument
from generator.views.alphabet import alphabetical
from generator.views.journey_steps import Sight
from generator.views.journeys import sight_of
from generator.views.listing import PageOfList, page_path
from generator.views.needs import BY_TITLE
from generator.views.page import Link, PageView
from generator.views.papers import DOCUMENTS, OF_TITLES, AskedView, asked_views, document_path, has_papers
from generator.views.summary import AgencyCard
from generator.views.words import Line, Mixed, Said, Words

PER_PAGE = 200  # services of one paper, or papers without an entry; a page stays below 150 KB

# What numbers of services are made of, of all or of one agency: those that say what they ask for, and those of them that
# ask for what the State holds; and of one paper of the shared list, those that ask for it.
STATING = "services:status!retired,documents!"
HELD = "documents:held_by_state=true;path"
LISTED, LISTED_HELD = "listed:;service", "listed:held_by_state=true;service"
UNLISTED = "unlisted:"  # papers on no shared list

Asking = tuple[Need, Paper]
_One = TypeVar("_One")


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper in the list of all.  ``held`` says how many ask for it although the State holds it; ``of`` is for claims."""

    of: str
    link: Link
    issuer: Said
    asked: Line
    held: Line


@dataclass(frozen=True, slots=True)
class AgencyHeld:
    """One agency: how many of its services ask for a paper that the State holds, of how many that say what they ask."""

    of: str
    link: Link
    held: Line


@dataclass(frozen=True, slots=True)
class DocumentsView:
    """All papers.  ``finding`` is what the State asks for although it holds it; ``others`` leads to papers without an entry."""

    lead: Line
    finding: Line
    notes: tuple[Line, ...]
    rows: tuple[PaperRow, ...]
    others: Link | None
    agencies: tuple[AgencyHeld, ...]


@dataclass(frozen=True, slots=True)
class DocumentPageView:
    """One paper, and one page of the services that ask for it."""

    title: Said
    issuer: Mixed
    held: Line
    count: Line
    finding: Line
    asked: tuple[AskedView, ...]
    pages: tuple[PageOfList, ...]


@dataclass(frozen=True, slots=True)
class TitleView:
    """A paper that is on no shared list, and the services that ask for it."""

    title: Said
    asked: tuple[AskedView, ...]


@dataclass(frozen=True, slots=True)
class TitlesView:
    """One page of the papers that are on no shared list."""

    lead: Line
    titles: tuple[TitleView, ...]
    pages: tuple[PageOfList, ...]


def document_pages(catalog: Catalog, cards: Sequence[AgencyCard], words: Words) -> Iterator[PageView]:
    """Yield the page of all papers, one for each of the shared list, and those of all others; nothing where there is none."""
    if not has_papers(catalog, cards):
        return
    sight, asking = sight_of(cards, words), asking_of(cards)
    yield _index_page(catalog, sight, cards, asking)
    for document in catalog.documents.values():
        yield from _document_pages(catalog, sight, document, asking.get(document.id, ()))
    others = {key: found for key, found in asking.items() if key.startswith(BY_TITLE)}
    if others:
        yield from _title_pages(catalog, sight, others)


def asking_of(cards: Sequence[AgencyCard]) -> Mapping[str, Sequence[Asking]]:
    """Return every line of every service's list, by its paper."""
    found: dict[str, list[Asking]] = {}
    for need in (service.need for card in cards for service in card.services):
        for paper in (need.papers or ()) if need else ():
            assert need
            found.setdefault(paper.key, []).append((need, paper))
    return found


def _index_page(
    catalog: Catalog, sight: Sight, cards: Sequence[AgencyCard], asking: Mapping[str, Sequence[Asking]]
) -> PageView:
    words = sight.words
    stating = [need for card in cards for need in _stating(card)]
    counts = {
        "services": _services(words, len(stating), STATING),
        "documents": _documents(words, len(asking), "documents:;document_id,paper"),
    }
    lead, finding = words.line("documents.lead", **counts), _finding(words, stating)
    content = DocumentsView(
        lead=lead,
        finding=finding,
        notes=(words.line("documents.how"), words.line("documents.whole")),
        rows=tuple(_rows(catalog, words, asking)),
        others=_others(words, asking),
        agencies=tuple(_agencies(sight, cards)),
    )
    base = _base(catalog, words, words.strings("nav.documents"), DOCUMENTS)
    return replace(base, description=joined(" ", (lead, finding)), content=content)


def _stating(card: AgencyCard) -> list[Need]:
    """Return an agency's services that say which papers they ask for."""
    return [service.need for service in card.services if service.need and service.need.papers is not None]


def _documents(words: Words, count: int, claim: str) -> str:
    return figure(words.wording.count("documents", count), claim)


def _asks_for_held(need: Need) -> bool:
    return any(paper.held is True for paper in need.papers or ())


def _finding(words: Words, stating: Sequence[Need]) -> Line:
    held = sum(map(_asks_for_held, stating))
    facts = {
        "held": figure(words.wording.number(held), HELD),
        "services": _services(words, len(stating), STATING),
    }
    return words.line("documents.finding", **facts) if held else words.line("documents.none_held")


def _rows(catalog: Catalog, words: Words, asking: Mapping[str, Sequence[Asking]]) -> Iterator[PaperRow]:
    """Yield the papers of the shared list in the order of a dictionary."""
    named = [(words.text(document.title), document) for document in catalog.documents.values()]
    for title, document in sorted(named, key=lambda one: (alphabetical(one[0].text, words.language), one[1].id)):
        services, held = _counts(asking.get(document.id, ()))
        yield PaperRow(
            of=f"/{document.id}/",
            link=Link(title.text, document_path(document.id), title.language),
            issuer=words.text(document.issuer) if document.issuer else Said(""),
            asked=Line(_services(words, services, LISTED)) if services else words.line("documents.nobody"),
            held=Line(_services(words, held, LISTED_HELD) if held else ""),
        )


def _counts(asking: Sequence[Asking]) -> tuple[int, int]:
    """Return how many services ask for a paper, and how many of them although the State holds it."""
    return len({need.name for need, _ in asking}), len({need.name for need, paper in asking if paper.held is True})


def _others(words: Words, asking: Mapping[str, Sequence[Asking]]) -> Link | None:
    others = sum(key.startswith(BY_TITLE) for key in asking)
    told = words.strings("documents.others", documents=_documents(words, others, UNLISTED))
    return Link(told, OF_TITLES) if others else None


def _agencies(sight: Sight, cards: Sequence[AgencyCard]) -> Iterator[AgencyHeld]:
    words = sight.words
    names = {card.id: alphabetical(sight.agencies[card.id].text, words.language) for card in cards}
    for card in sorted(cards, key=lambda card: (names[card.id], card.id)):
        stating = _stating(card)
        if stating:
            name = sight.agencies[card.id]
            all_ = _services(words, len(stating), STATING)
            held = figure(words.wording.number(sum(map(_asks_for_held, stating))), HELD)
            yield AgencyHeld(
                f"/{card.id}/", Link(name.text, card.path, name.language), words.line("service.of", n=held, all=all_)
            )


def _document_pages(
    catalog: Catalog, sight: Sight, document: SharedDocument, asking: Sequence[Asking]
) -> Iterator[PageView]:
    words, (services, held) = sight.words, _counts(asking)
    title, path = words.text(document.title), document_path(document.id)
    count, among = _asked_by(words, services), _services(words, held, LISTED_HELD)
    finding = words.line("documents.asked_held", services=among) if held else Line("")
    views = _asked(sight, asking)
    for at, (some, pages) in enumerate(_parted(words, views, path)):
        content = DocumentPageView(
            title=title,
            issuer=words.mixed("manual.issuer", issuer=words.text(document.issuer)) if document.issuer else (),
            held=words.line(f"documents.held_{_held(document)}"),
            count=count,
            finding=finding,
            asked=tuple(some),
            pages=pages,
        )
        base = _base(catalog, words, title.text, path, at)
        told = words.strings("documents.about", title=title.text, count=count)
        yield replace(base, template="document.html", description=told, content=content)


def _held(document: SharedDocument) -> str:
    held = document.held_by_state
    return "unknown" if held is None or held == "unknown" else "yes" if held else "no"


def _services(words: Words, count: int, claim: str) -> str:
    return figure(words.wording.count("services", count), claim)


def _asked_by(words: Words, services: int) -> Line:
    if not services:
        return words.line("documents.nobody")
    return words.line("documents.asked", services=_services(words, services, LISTED))


def _asked(sight: Sight, asking: Sequence[Asking]) -> list[AskedView]:
    """Return how each service asks for a paper, in the order of the services' names."""
    by_service: dict[str, list[Asking]] = {}
    for need, paper in asking:
        by_service.setdefault(need.name, []).append((need, paper))
    ordered = sorted(by_service, key=lambda name: (alphabetical(sight.title(name).text, sight.words.language), name))
    return [
        view
        for name in ordered
        for view in asked_views(
            sight.words, sight.link(name, "#documents"), sight.agencies[name.partition("/")[0]], by_service[name]
        )
    ]


def _parted(words: Words, all_: Sequence[_One], path: str) -> Iterator[tuple[Sequence[_One], tuple[PageOfList, ...]]]:
    """Yield the pages of a long list, each with the links to all of them."""
    chunks = [all_[start : start + PER_PAGE] for start in range(0, len(all_), PER_PAGE)] or [all_]
    links = [Link(words.wording.number(at + 1), page_path(path, at)) for at in range(len(chunks))]
    for at, chunk in enumerate(chunks):
        yield chunk, tuple(PageOfList(link, place == at) for place, link in enumerate(links)) if len(chunks) > 1 else ()


def _title_pages(catalog: Catalog, sight: Sight, others: Mapping[str, Sequence[Asking]]) -> Iterator[PageView]:
    words = sight.words
    named = [(words.text(found[0][1].title), key) for key, found in others.items()]
    ordered = sorted(named, key=lambda one: (alphabetical(one[0].text, sight.words.language), one[1]))
    lead = words.line("documents.titles_lead", documents=_documents(words, len(others), UNLISTED))
    for at, (some, pages) in enumerate(_parted(words, ordered, OF_TITLES)):
        titles = tuple(TitleView(title, tuple(_asked(sight, others[key]))) for title, key in some)
        content = TitlesView(lead, titles, pages)
        base = _base(catalog, words, words.strings("documents.titles"), OF_TITLES, at)
        yield replace(base, template="document_titles.html", description=lead, content=content)


def _base(catalog: Catalog, words: Words, title: str, path: str, at: int = 0) -> PageView:
    """Return a page about papers, of which only the content is not yet there; ``at`` counts the pages of one list."""
    home = Link(words.strings("nav.home"), "")
    if at:
        title = words.strings("services.title_page", title=title, n=typed(str(at + 1)))
    return PageView(
        path=page_path(path, at),
        template="documents.html",
        title=title,
        description="",
        content=None,
        section="services",
        crumbs=(home,) if path == DOCUMENTS else (home, Link(words.strings("nav.documents"), DOCUMENTS)),
        demonstration=catalog.settings.demonstration,
    )
