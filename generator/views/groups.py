"""Services by topic, life event, channel and type: which groups there are, and what belongs to each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from generator.model import Catalog, ChannelType, Topic
from generator.texts import Text
from generator.views.summary import AgencyCard, ServiceCard
from generator.views.words import Line, Said, Words

GroupKind = Literal["topics", "life_events", "channels", "types"]
LIFE_EVENTS = "life-events/"
GROUP_KINDS: tuple[GroupKind, ...] = get_args(GroupKind)
# The column of the table of services that has each kind.
COLUMNS: Mapping[GroupKind, str] = {
    "topics": "topics", "life_events": "life_events", "channels": "channel_types", "types": "type",
}  # fmt: skip
TYPES = (
    "permit",
    "registration",
    "notification",
    "certificate",
    "benefit",
    "payment",
    "information",
    "enforcement",
    "other",
)


@dataclass(frozen=True, slots=True)
class ServiceGroup:
    """The services of one topic, life event, kind of channel or type; ``path`` is the address of their page."""

    kind: GroupKind
    id: str
    title: Said
    path: str
    services: tuple[ServiceCard, ...]
    summary: Text | None = None

    @property
    def claim(self) -> str:
        """Return what the number of its services is made of: the rows of services with this in a column."""
        return f"services:{COLUMNS[self.kind]}={self.id}"


def groups_on(catalog: Catalog, cards: Sequence[AgencyCard], words: Words, kind: GroupKind) -> tuple[ServiceGroup, ...]:
    """Return the groups that have services: topics in the order of their file, closed lists in that of the contract."""
    members: dict[str, list[ServiceCard]] = {}
    for card in cards:
        for service in card.services:
            for group_id in _ids(service, kind):
                members.setdefault(group_id, []).append(service)
    titles, summaries = _titles(catalog, words, kind), _summaries(catalog, kind)
    return tuple(
        ServiceGroup(
            kind, group_id, titles[group_id], path_of(kind, group_id), tuple(members[group_id]), summaries.get(group_id)
        )
        for group_id in titles
        if group_id in members
    )


def path_of(kind: GroupKind, group_id: str) -> str:
    """Return the address of a group's page under an edition's root."""
    return f"services/{kind}/{group_id}/".replace("_", "-")


def way_of(event_id: str) -> str:
    """Return the address of the page that tells the way through the services of a life event."""
    return f"{LIFE_EVENTS}{event_id}/"


def _ids(service: ServiceCard, kind: GroupKind) -> Sequence[str]:
    if kind == "topics":
        return service.topics
    if kind == "life_events":
        return service.life_events
    if kind == "channels":
        return service.channels
    return () if service.withheld else (service.type,)


def _titles(catalog: Catalog, words: Words, kind: GroupKind) -> Mapping[str, Said]:
    if kind == "topics":
        return dict(_listed(catalog.topics, words))
    if kind == "life_events":
        return dict(_listed(catalog.life_events, words))
    if kind == "channels":
        return {one: Said(_capital(words, f"closed.channel_type.{one}")) for one in get_args(ChannelType)}
    return {one: Said(_capital(words, f"closed.service_type.{one}")) for one in TYPES}


def _summaries(catalog: Catalog, kind: GroupKind) -> Mapping[str, Text | None]:
    known = {"topics": catalog.topics, "life_events": catalog.life_events}.get(kind, {})
    return {topic.id: topic.summary for topic in known.values()}


def _listed(topics: Mapping[str, Topic], words: Words) -> Iterator[tuple[str, Said]]:
    for topic in topics.values():
        yield topic.id, words.text(topic.title)


def _capital(words: Words, key: str) -> Line:
    told = words.strings(key)
    return Line(told[:1].upper() + told[1:])
