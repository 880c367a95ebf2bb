"""The ids of a manual that stand in the shared lists, and what becomes of it where such a list cannot be read."""

from collections.abc import Collection, Iterator
from typing import Final

from generator.intake.load_records import PlaceOf
from generator.intake.nearest import unknown_id
from generator.intake.rules import listed
from generator.model import Catalog, Manual
from generator.problems import Problem, Route

VOCABULARY_FILES: Final = {name: f"vocabulary/{name}.yml" for name in ("topics", "life_events", "documents", "laws")}


def shared_ids_known(manual: Manual, catalog: Catalog, place_of: PlaceOf) -> Iterator[Problem]:
    """Every topic, life event, document, law and calendar that a manual names is listed; a broken list is named once."""
    told: set[str] = set()
    for name, route, value in _uses(manual):
        place = place_of(route)
        file = VOCABULARY_FILES.get(name, f"calendars/{value}.yml")
        if (name if name in VOCABULARY_FILES else f"calendars/{value}") in catalog.broken:
            if file not in told:
                yield Problem("shared-file-broken", "error", place, {"value": value, "file": file})
            told.add(file)
        elif value not in _known(catalog, name):
            yield unknown_id(place, name, value, _known(catalog, name), VOCABULARY_FILES.get(name, "calendars/"))


def _known(catalog: Catalog, name: str) -> Collection[str]:
    lists: dict[str, Collection[str]] = {
        "topics": catalog.topics,
        "life_events": catalog.life_events,
        "documents": catalog.documents,
        "laws": catalog.laws,
        "calendar": catalog.calendars,
    }
    return lists[name]


def _uses(manual: Manual) -> Iterator[tuple[str, Route, str]]:
    """Yield every use of a shared list: its name, where, and the id."""
    yield from (("topics", ("topics", index), value) for index, value in enumerate(listed(manual.topics)))
    yield from (
        ("life_events", ("life_events", index), value) for index, value in enumerate(listed(manual.life_events))
    )
    for index, basis in enumerate(listed(manual.legal_basis)):
        if basis.law is not None:
            yield "laws", ("legal_basis", index, "law"), basis.law
    for index, document in enumerate(listed(manual.requirements.documents) if manual.requirements else ()):
        if document.document is not None:
            yield "documents", ("requirements", "documents", index, "document"), document.document
    for index, channel in enumerate(listed(manual.scope.channels) if manual.scope else ()):
        if channel.calendar is not None:
            yield "calendar", ("scope", "channels", index, "calendar"), channel.calendar
