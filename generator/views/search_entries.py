"""What can be found: each service, and the names of agencies, topics, life events and kinds of channel it is found under.

Each is found by its names in every language of the catalog: people type what stands on the paper before them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.model import Catalog, Topic
from generator.texts import Text
from generator.views.alphabet import title_key
from generator.views.facets import marks_of
from generator.views.folding import fold
from generator.views.groups import way_of
from generator.views.papers import document_path
from generator.views.search import Entry, Group, synonyms
from generator.views.summary import AgencyCard, ServiceCard
from generator.views.words import Words


def entries_of(card: AgencyCard, words: Words) -> Iterator[Entry]:
    """Yield an entry for each service of an agency, in the reader's language."""
    agency = agency_name(card, words)
    for service in card.services:
        yield Entry(
            path=service.path,
            title=service_name(service, words),
            agency=agency,
            names=_other_names(service.title, service.also_called, words),
            summary=words.prose(service.summary).first_line if service.summary else "",
            note=note_of(service, words),
            groups=_groups(service),
            key=title_key(service_name(service, words), words),
            marks=tuple(marks_of(service)),
        )


def groups_of(catalog: Catalog, cards: Iterable[AgencyCard], words: Words) -> tuple[Group, ...]:
    """Return every name that stands for several services, with the words that people type instead of it."""
    agency_words = synonyms(words.strings("search.agency_names"))
    agencies = [Group(f"agency:{card.id}", _agency_names(card, words, agency_words)) for card in cards if card.agency]
    kinds = sorted({kind for card in cards for service in card.services for kind in service.channels})
    channels = [Group(f"channel:{kind}", _channel_names(kind, words)) for kind in kinds]
    topics, events = _topics("topic", catalog.topics, words), _topics("life_event", catalog.life_events, words)
    return (*agencies, *topics, *events, *channels)


def entries_of_lists(catalog: Catalog, words: Words) -> Iterator[Entry]:
    """Yield an entry for the page of each life event and of each paper of the shared list, beside the prose."""
    for event in catalog.life_events.values():
        about = words.text(event.summary).text if event.summary else words.strings("journey.index_lead")
        yield _list_entry(way_of(event.id), event.title, about, words)
    for document in catalog.documents.values():
        about = words.strings("documents.about_short")
        yield _list_entry(document_path(document.id), document.title, about, words)


def _list_entry(path: str, title: Text, about: str, words: Words) -> Entry:
    return Entry(path, words.text(title).text, "", _other_names(title, {}, words), about, prose=True)


def agency_name(card: AgencyCard, words: Words) -> str:
    """Return what an agency is called in plain words; its id where its own file cannot be read."""
    return words.text(card.title).text or card.id


def service_name(service: ServiceCard, words: Words) -> str:
    """Return what a service is called in plain words; its id where its file cannot be read."""
    return words.text(service.title).text or service.id


def note_of(service: ServiceCard, words: Words) -> str:
    """Return what must be said beside a service's name: being corrected, suspended, no longer offered; else nothing."""
    if service.withheld:
        return words.strings("services.withheld")
    if service.kept_from:
        return words.strings("withheld.kept_short", date=words.wording.date(service.kept_from))
    return words.strings(f"closed.status.{service.status}") if service.status != "active" else ""


def _groups(service: ServiceCard) -> tuple[str, ...]:
    return (
        f"agency:{service.agency_id}",
        *(f"topic:{topic}" for topic in service.topics),
        *(f"life_event:{event}" for event in service.life_events),
        *(f"channel:{kind}" for kind in service.channels),
    )


def _other_names(title: Text, called: Mapping[str, Sequence[str]], words: Words) -> tuple[str, ...]:
    """Return the everyday names, those in the reader's language first, and the title in the other languages."""
    shown = words.text(title).text
    own = called.get(words.language) or called.get(words.first) or ()
    others = (name for language in sorted(title.keys() | called) for name in _in(language, title, called))
    return tuple(name for name in dict.fromkeys((*own, *others)) if name != shown)


def _in(language: str, title: Text, called: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    return (*((title[language],) if language in title else ()), *called.get(language, ()))


def _agency_names(card: AgencyCard, words: Words, pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return an agency's names, and the short ones by which people call the long ones.

    Only from long to short: the short are parts of many words, so the other way they would give an agency's name to
    services that have nothing to do with it.
    """
    assert card.agency
    title, short_name = card.agency.title, card.agency.abbreviation or {}
    names = [words.text(text).text for text in (title, short_name) if text]
    names += _other_names(title, card.agency.also_called or {}, words)
    names += _other_names(short_name, {}, words)
    folded = [fold(name) for name in names]
    short = [
        name.replace(long, other) for name in folded for long, other in pairs if long in name and _is_less(other, long)
    ]
    return tuple(dict.fromkeys((*names, *short)))


def _is_less(short: str, long: str) -> bool:
    return len(short) < len(long) and short not in long


def _topics(kind: str, topics: Mapping[str, Topic], words: Words) -> Iterator[Group]:
    for topic in topics.values():
        names = words.text(topic.title).text, *_other_names(topic.title, {}, words)
        yield Group(f"{kind}:{topic.id}", names)


def _channel_names(kind: str, words: Words) -> tuple[str, ...]:
    """Return a kind's own word and the everyday ones."""
    everyday = words.strings(f"search.channel_words.{kind}").split()
    return tuple(dict.fromkeys((words.strings(f"closed.channel_type.{kind}"), *everyday)))
