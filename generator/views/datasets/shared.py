"""What all agencies share, as one file: the catalog, its lists, the calendars and the central manuals."""

from collections.abc import Iterator, Mapping

from generator.values import Record
from generator.views.datasets.agency import Publication
from generator.views.datasets.files import json_bytes


def catalog_json(publication: Publication) -> bytes:
    """Return ``data/catalog.json``: the records that ids in other files lead to, under the names of their own files."""
    catalog = publication.catalog
    lists = {
        "topics": catalog.topics,
        "life_events": catalog.life_events,
        "documents": catalog.documents,
        "laws": catalog.laws,
        "calendars": catalog.calendars,
    }
    return json_bytes(
        {
            "demonstration": catalog.settings.demonstration,
            "as_of": publication.as_of,
            "catalog": _plain(catalog.settings),
            **{name: _listed(records) for name, records in lists.items()},
            "manuals": [{"id": manual_id, **manual} for manual_id, manual in sorted(catalog.manuals.items())],
        }
    )


def calendar_files(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Yield each calendar's file of its own, which a service's page fetches when a reader counts days: name and content."""
    demonstration = publication.catalog.settings.demonstration
    for calendar_id, calendar in sorted(publication.catalog.calendars.items()):
        yield f"calendars/{calendar_id}.json", json_bytes({"demonstration": demonstration, **_plain(calendar)})


def _listed(records: Mapping[str, Record]) -> list[dict[str, object]]:
    return [_plain(records[key]) for key in sorted(records)]


def _plain(record: Record) -> dict[str, object]:
    return record.model_dump(by_alias=True, exclude_none=True)
