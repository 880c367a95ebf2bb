"""Which texts are missing in the catalog's other languages."""

from collections.abc import Iterator, Mapping
from typing import Final

from generator.intake.seen import Seen, warning
from generator.model import Agency, Catalog, Manual, Service
from generator.problems import Place, Problem, Route
from generator.values import Record

# Maps that are no texts: the answers that a part waits for, and lists of names.
_NO_TEXTS: Final = frozenset({"if_", "also_called"})


def texts_translated(seen: Seen) -> Iterator[Problem]:
    """Every text is there in each language of the catalog; of a record that has none in one, that is said once."""
    if len(seen.catalog.settings.languages) == 1:
        return
    yield from untranslated(seen.agency, seen.agency_place(), seen.catalog)
    for service in seen.services.values():
        yield from untranslated(service, seen.place(service), seen.catalog)


def check_shared_texts(catalog: Catalog) -> Iterator[Problem]:
    """Yield the texts of catalog.yml, the shared lists and the calendars that a language of the catalog lacks."""
    if len(catalog.settings.languages) == 1:
        return
    yield from untranslated(catalog.settings, Place("catalog.yml"), catalog)
    for calendar_id, calendar in sorted(catalog.calendars.items()):
        yield from untranslated(calendar, Place(f"calendars/{calendar_id}.yml"), catalog)
    for name in ("topics", "life_events", "documents", "laws"):
        for index, item in enumerate(getattr(catalog, name).values()):
            yield from untranslated(item, Place(f"vocabulary/{name}.yml", (index,)), catalog)


def untranslated(record: Record, place: Place, catalog: Catalog) -> Iterator[Problem]:
    """Yield the texts of one record that a language of the catalog lacks; what it inherits is its manual's affair."""
    first, *others = catalog.settings.languages
    texts = own_texts(record, catalog)
    for language in others:
        missing = [route for route, text in texts if language not in text]
        facts = {"language": language, "code": language, "first_language": first}
        if len(missing) == len(texts) > 1 and isinstance(record, Agency | Manual):
            name = record.id if isinstance(record, Agency | Service) else place.file.rpartition("/")[2]
            yield warning("record-untranslated", Place(place.file, missing[0]), value=name, **facts)
            continue
        for route in missing:
            yield warning("text-translation-missing", Place(place.file, (*place.route, *route)), **facts)


def own_texts(record: Record, catalog: Catalog) -> list[tuple[Route, Mapping[str, str]]]:
    """Return the texts of a record with their routes, but for those that it inherits."""
    first = catalog.settings.languages[0]
    manual = catalog.manuals.get(record.inherits or "") if isinstance(record, Service) else None
    elsewhere = frozenset(_strings(manual))
    return [(route, text) for route, text in _texts(record, ()) if text.get(first) not in elsewhere]


def _texts(value: object, route: Route) -> Iterator[tuple[Route, Mapping[str, str]]]:
    """Yield every text in a record with its route."""
    if isinstance(value, Record):
        for name, inner in vars(value).items():
            if inner.__class__ is dict:
                if name not in _NO_TEXTS:
                    yield (*route, name), inner
            elif inner.__class__ is tuple or isinstance(inner, Record):
                yield from _texts(inner, (*route, name))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            if inner.__class__ is dict:
                yield (*route, index), inner
            else:
                yield from _texts(inner, (*route, index))


def _strings(data: object) -> Iterator[str]:
    """Yield every string in plain data: what a central manual says is checked where it is written."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping | tuple):
        for inner in data.values() if isinstance(data, Mapping) else data:
            yield from _strings(inner)
