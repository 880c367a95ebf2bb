"""Long lists of services in the order of a dictionary, cut into pages that stay light."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.claims import figure
from generator.views.alphabet import MARKS, Key, initial, sorted_name, title_key
from generator.views.page import Link
from generator.views.search_entries import note_of
from generator.views.summary import ServiceCard
from generator.views.words import Line, Said, Words

PER_PAGE = 400  # rows of about 300 bytes: a page stays under 150 KB before compression
LONGEST_GUIDE = 24  # letters of a title that tell where a page begins
INITIALS_FROM = 20  # services: a shorter list is read faster than letters are looked for


@dataclass(frozen=True, slots=True)
class Row:
    """A service in a list: its page, its agency, and what must be said beside it."""

    service: Link
    agency: Said
    note: Line


@dataclass(frozen=True, slots=True)
class Letter:
    """The services whose names begin with one letter; ``id`` is its place on the page."""

    letter: Said
    rows: tuple[Row, ...]

    @property
    def id(self) -> str:
        """Return where links to this letter lead: the same on every page that has it, however the list grows."""
        return f"letter-{self.letter.text.lower()}"


@dataclass(frozen=True, slots=True)
class PageOfList:
    """One page of a long list, as the others link to it: from where to where in the dictionary it goes."""

    link: Link
    current: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list; ``pages`` is empty where the list has only one, ``initials`` where it is short.

    ``initials`` lead to the first service of each letter, on this page or another.
    """

    letters: tuple[Letter, ...]
    pages: tuple[PageOfList, ...]
    count: Line
    initials: tuple[Link, ...] = ()


Named = tuple[Key, Said, ServiceCard]  # sort key, title, card


def named(services: Sequence[ServiceCard], words: Words) -> list[Named]:
    """Return services with their names, in the order of a dictionary; those of one name in the order of their agencies."""
    found = []
    for service in services:
        title = words.text(service.title) if service.title else Said(service.id)
        found.append((title_key(title.text, words), title, service))
    return sorted(found, key=lambda one: (one[0], one[2].agency_id, one[2].id))


def listings(
    services: Sequence[ServiceCard], agencies: dict[str, Said], words: Words, place: tuple[str, str]
) -> Iterator[tuple[str, Listing]]:
    """Yield (address, page) for each page of a list; ``place`` is that of the first and what its length is made of.

    The other pages stand below it by number.
    """
    path, claim = place
    ordered = named(services, words)
    chunks = _chunks(ordered)
    links = [Link(_guide(chunks, at, words), page_path(path, at)) for at in range(len(chunks))]
    lettered = [tuple(_letters(chunk, agencies, words)) for chunk in chunks]
    count = Line(figure(words.wording.count("services", len(services)), claim))
    initials = _initials(lettered, path) if len(services) >= INITIALS_FROM else ()
    for at in range(len(chunks)):
        pages = tuple(PageOfList(link, number == at) for number, link in enumerate(links)) if len(chunks) > 1 else ()
        yield page_path(path, at), Listing(lettered[at], pages, count, initials)


def page_path(path: str, at: int) -> str:
    """Return the address of a list's page, counted from 0."""
    return path if at == 0 else f"{path}{at + 1}/"


def row_of(service: ServiceCard, title: Said, agency: Said, words: Words) -> Row:
    """Return a service as a row of a list."""
    return Row(Link(title.text, service.path, title.language), agency, Line(note_of(service, words)))


def _letter(title: Said, words: Words) -> str:
    """Return the letter that a name is sorted under."""
    return initial(sorted_name(title.text, words), words.language)


def _chunks(ordered: Sequence[Named]) -> list[Sequence[Named]]:
    """Cut a list into pages of about the same length."""
    pages = max(1, -(-len(ordered) // PER_PAGE))
    return [ordered[len(ordered) * at // pages : len(ordered) * (at + 1) // pages] for at in range(pages)]


def _letters(chunk: Sequence[Named], agencies: dict[str, Said], words: Words) -> Iterator[Letter]:
    for letter, group in groupby(chunk, key=lambda one: _letter(one[1], words)):
        members = list(group)
        rows = (row_of(service, title, agencies[service.agency_id], words) for _, title, service in members)
        yield Letter(Said(letter, members[0][1].language), tuple(rows))


def _initials(lettered: Sequence[Sequence[Letter]], path: str) -> tuple[Link, ...]:
    """Return a link to the first service of each letter, the same from every page of the list."""
    found: dict[str, Link] = {}
    for at, letters in enumerate(lettered):
        for one in letters:
            found.setdefault(one.id, Link(one.letter.text, f"{page_path(path, at)}#{one.id}", one.letter.language))
    return tuple(found.values())


def _guide(chunks: Sequence[Sequence[Named]], at: int, words: Words) -> str:
    """Return the words that a page begins with, as far as they tell it from the page before: a dictionary's guide words."""
    title = chunks[at][0][1].text
    if at == 0:
        return _letter(chunks[at][0][1], words)
    before = chunks[at - 1][-1][1].text
    same = next((place for place, (one, other) in enumerate(zip(title, before, strict=False)) if one != other), 0)
    return whole_letters(title, min(max(same + 1, 1), LONGEST_GUIDE))


def whole_letters(text: str, count: int) -> str:
    """Return the beginning of a text, never cut between a Thai letter and its marks or after a leading vowel."""
    while count < len(text) and (text[count] in MARKS or text[count - 1] in _LEADING):
        count += 1
    return text[:count].strip()


_LEADING = frozenset("เแโใไ")
