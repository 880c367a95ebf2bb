"""The page of search, and the page for addresses that do not exist.

Both work without a script: search then is the list of all services, by letter where it is long.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.claims import figure
from generator.model import Catalog
from generator.views.listing import Listing
from generator.views.page import Link, PageView
from generator.views.services import MOST_AT_ONCE, a_to_z, script_words
from generator.views.summary import AgencyCard, claim_of_services
from generator.views.words import Line, Words

# What the script says, by the names that it knows them by.
SAID = ("count", "none", "none_hint", "near_said", "suggest", "matched", "few_letters", "failed")
SCRIPT_WORDS = {name: f"search.{name}" for name in SAID}


@dataclass(frozen=True, slots=True)
class SearchView:
    """The page of search.  ``index`` is the folder of the index, from the site's root.

    ``listing`` has all services where they fit on one page; ``initials`` lead to their letters, there or in the A to Z.
    """

    index: str
    script_words: Mapping[str, str]
    count: Line
    listing: Listing | None
    initials: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """The page for addresses that do not exist."""

    line: Line
    links: tuple[Link, ...]


def search_page(catalog: Catalog, cards: Sequence[AgencyCard], index: str, words: Words) -> PageView:
    """Return the page of search; ``index`` is the index's folder under the site's root, with a slash at its end."""
    pages = [page for _, page in a_to_z(cards, words)]
    total = sum(len(card.services) for card in cards)
    whole = pages[0] if total <= MOST_AT_ONCE and len(pages) == 1 else None
    content = SearchView(
        index=index,
        script_words=script_words(words, SCRIPT_WORDS),
        count=Line(figure(words.wording.count("services", total), claim_of_services(cards))),
        listing=whole,
        initials=tuple(_on_this_page(link) if whole else link for link in pages[0].initials) if pages else (),
    )
    return PageView(
        path="search/",
        template="search.html",
        title=words.strings("search.label"),
        description=words.strings("search.about", services=content.count),
        content=content,
        crumbs=(Link(words.strings("nav.home"), ""),),
        demonstration=catalog.settings.demonstration,
    )


def _on_this_page(link: Link) -> Link:
    return replace(link, path=link.path[link.path.index("#") :])


def not_found_page(catalog: Catalog, words: Words) -> PageView:
    """Return the page for addresses that do not exist; search engines do not keep it."""
    places = ("", "services/", "agencies/")
    names = ("nav.home", "nav.services", "nav.agencies")
    links = tuple(Link(words.strings(name), path) for name, path in zip(names, places, strict=True))
    return PageView(
        path="404.html",
        template="not_found.html",
        title=words.strings("not_found.title"),
        description=words.strings("not_found"),
        content=NotFoundView(words.line("not_found.try"), links),
        demonstration=catalog.settings.demonstration,
        index=False,
    )
