"""What the list of services is narrowed by: agency, topic, life event, channel, fee and promised time.

One file for each language says of every service what it has of each, in one or two letters; a browser fetches it when a
reader first narrows the list.  Ten thousand services take about 70 KB, half of it after compression.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import orjson

from generator.case.journey import Need
from generator.model import Catalog
from generator.values import Duration
from generator.views.alphabet import alphabetical
from generator.views.groups import GroupKind, groups_on
from generator.views.summary import AgencyCard, ServiceCard
from generator.views.words import Words

# In days: the least whole number that a promise stays within.  Five working days make a week, seven hours a working day.
_DAYS: Mapping[str, Decimal] = {
    "minute": Decimal(1) / 1440, "hour": Decimal(1) / 24, "working_hour": Decimal(1) / 7,
    "calendar_day": Decimal(1), "working_day": Decimal(7) / 5, "month": Decimal(30),
}  # fmt: skip
TIMES: Mapping[str, int] = {"day": 1, "week": 7, "month": 30}
FEES, OTHER_TIMES = ("free", "paid", "unstated"), ("longer", "none")
GROUPED: Mapping[str, GroupKind] = {"topic": "topics", "life_event": "life_events", "channel": "channels"}
# Letters that JSON writes as they are; a reader of the file counts from the first and leaves out the backslash.
_LETTERS = "".join(chr(code) for code in range(0x23, 0x7F) if code != 0x5C)


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the list, with what can be chosen: (id, name)."""

    id: str
    title: str
    choices: tuple[tuple[str, str], ...]


def facets_of(catalog: Catalog, cards: Sequence[AgencyCard], words: Words) -> tuple[Facet, ...]:
    """Return every way to narrow the list in this catalog."""
    agencies = sorted(
        (alphabetical(words.text(card.title).text or card.id, words.language), card.id)
        for card in cards
        if card.services
    )
    choices = {"agency": tuple((one, key[-1]) for key, one in agencies)}
    for facet, kind in GROUPED.items():
        choices[facet] = tuple((group.id, str(group.title.text)) for group in groups_on(catalog, cards, words, kind))
    for facet, ids in (("fee", FEES), ("time", (*TIMES, *OTHER_TIMES))):
        choices[facet] = tuple((one, words.strings(f"filter.{facet}.{one}")) for one in ids)
    return tuple(Facet(facet, words.strings(f"filter.{facet}"), found) for facet, found in choices.items() if found)


def marks_of(service: ServiceCard) -> Iterator[str]:
    """Yield what a service is narrowed by beside its groups: "fee:free", "time:week"; nothing where nobody can tell."""
    if service.need is not None:
        yield f"fee:{_fee(service.need)}"
        yield from (f"time:{one}" for one in _times(service.need.time))


def facets_json(facets: Sequence[Facet], services: Sequence[Sequence[str]], chunk: int) -> bytes:
    """Return the file: how many services there are and stand in one file of records; and for each facet its choices, the sets of them that services have, and each service's set."""
    return orjson.dumps(
        {"services": len(services), "chunk": chunk, "facets": [_facet(facet, services) for facet in facets]}
    )


def _fee(need: Need) -> str:
    if need.fees is None:
        return "unstated"
    return "paid" if any(charge.varies or charge.amount != 0 for charge in need.fees) else "free"


def _times(promised: Duration | None) -> Sequence[str]:
    """Return all that a promise keeps within: what is done in a day is done in a week."""
    if promised is None:
        return ("none",)
    days = promised.value * _DAYS[promised.unit]
    if promised.unit == "working_day" and promised.value <= 1:
        days = promised.value
    return tuple(name for name, most in TIMES.items() if days <= most) or ("longer",)


def _facet(facet: Facet, services: Sequence[Sequence[str]]) -> dict[str, object]:
    places = {f"{facet.id}:{one}": at for at, (one, _) in enumerate(facet.choices)}
    had = [tuple(sorted({places[name] for name in service if name in places})) for service in services]
    sets = sorted(set(had))
    numbers = {one: at for at, one in enumerate(sets)}
    width = _width(len(sets))
    return {
        "id": facet.id,
        "title": facet.title,
        "choices": facet.choices,
        "sets": sets,
        "width": width,
        "of": "".join(_letters(numbers[one], width) for one in had),
    }


def _width(count: int) -> int:
    """Return how many letters tell so many things apart."""
    width = 1
    while len(_LETTERS) ** width < count:
        width += 1
    return width


def _letters(number: int, width: int) -> str:
    """Return a number in so many letters, the highest first."""
    text = ""
    for _ in range(width):
        number, rest = divmod(number, len(_LETTERS))
        text = _LETTERS[rest] + text
    return text
