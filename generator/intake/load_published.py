"""What was published last becomes records again, so that what is withheld today keeps its last good page and data.

The files are our own, ``data/agencies/….json`` of a published site, of this form or an earlier one.  What no longer makes
a record is not kept, and its page says only that it is being corrected.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeVar

from generator.intake.hygiene import check_text
from generator.intake.load_records import errors_in, make_record
from generator.intake.load_service import context_of
from generator.intake.scalars import Plain
from generator.model import (
    Agency,
    AgencyData,
    Calendar,
    Catalog,
    Law,
    Observation,
    RowStatus,
    Service,
    SharedDocument,
    Topic,
    Withdrawn,
    WithheldService,
)
from generator.periods import read_period
from generator.problems import Place, Problem
from generator.values import Record

AnyRecord = TypeVar("AnyRecord", bound=Record)
Kept = dict[str, Any]  # a file of ours as JSON has it, its lists as tuples

_FOLDER: Final = "data/agencies"
_LISTS: Final[Mapping[str, type[Record]]] = {
    "topics": Topic,
    "life_events": Topic,
    "documents": SharedDocument,
    "laws": Law,
    "calendars": Calendar,
}
_NOTE: Final = "note_"


@dataclass(frozen=True, slots=True)
class _LastGood:
    """A service as it was published last: its rows, the periods that were withheld then, and the day it was good."""

    service: Service
    rows: tuple[Observation, ...]
    withheld_keys: frozenset[tuple[str, str, str, str, str]]
    kept_from: date


def same_site(catalog: Catalog, previous: Path | None) -> Path | None:
    """Return the site that was published last where it stands at the catalog's own address: of another nothing vanishes."""
    published = _read(previous / "data/catalog.json").get("catalog", {}) if previous else {}
    return previous if published and published.get("url") == catalog.settings.url else None


def keep_agencies(catalog: Catalog, previous: Path | None) -> Catalog:
    """Return the catalog with the agencies that were published last and have no folder any more."""
    files = sorted(previous.glob(f"{_FOLDER}/*.json")) if previous else ()
    gone = {path.stem for path in files if path.stem not in catalog.agency_ids and _read(path).get("agency")}
    return replace(catalog, agency_ids=tuple(sorted(gone.union(catalog.agency_ids))))


def gone_agency(agency_id: str) -> AgencyData:
    """Return an agency whose folder is gone: withheld whole, for nobody has said that it is to go."""
    problem = Problem("past-agency-removed", "error", Place(f"agencies/{agency_id}"), {"value": agency_id}, "agency")
    return AgencyData(agency_id, None, {}, (), (), (), frozenset(), (problem,))


def keep_vanished(data: AgencyData, previous: Path | None) -> AgencyData:
    """Return an agency's data with the services that were published last as withheld, where nothing speaks of them any more."""
    withheld = {one.service_id for one in data.withheld_services}
    spoken_of = withheld.union(data.services, _withdrawn(data))
    files = sorted(previous.glob(f"{_FOLDER}/{data.agency_id}/*.json")) if previous else ()
    published = ((path.stem, _read(path).get("service")) for path in files if path.stem not in spoken_of)
    pages = [WithheldService(name, said.get("title") or {}) for name, said in published if isinstance(said, dict)]
    problems = () if data.agency is None else (_vanished(data.agency_id, one) for one in pages)
    withheld_services = tuple(sorted((*data.withheld_services, *pages), key=lambda one: one.service_id))
    spared = _without_rows_of(data, {one.service_id for one in pages})
    return replace(spared, withheld_services=withheld_services, problems=(*spared.problems, *problems))


def _without_rows_of(data: AgencyData, services: set[str]) -> AgencyData:
    """Return the data without complaints about the rows of services that are withheld themselves."""
    lines = {(row.file, row.line) for row in data.withheld_rows if row.service_id in services}
    return replace(
        data,
        withheld_rows=tuple(row for row in data.withheld_rows if row.service_id not in services),
        withheld_keys=frozenset(key for key in data.withheld_keys if key[0] not in services),
        problems=tuple(one for one in data.problems if (one.place.file, *one.place.route[:1]) not in lines),
    )


def _vanished(agency_id: str, gone: WithheldService) -> Problem:
    title = next(iter(gone.title.values()), "")
    facts = {"name": gone.service_id, "old": title, "value": gone.service_id}
    place = Place(f"agencies/{agency_id}/services/{gone.service_id}.yml")
    return Problem("past-removed", "error", place, facts, "service")


def _withdrawn(data: AgencyData) -> set[str]:
    """Return the services that ``withdrawn.yml`` takes back whole."""
    return {entry.service_id for entry in data.withdrawn.values() if entry.level_id is None}


def keep_last_good(data: AgencyData, catalog: Catalog, previous: Path | None) -> AgencyData:
    """Return an agency's data with what is withheld of it as it was published last, as far as it was."""
    if previous is None or (data.agency is not None and not data.withheld_services):
        return data
    data = data if data.agency is not None else _with_agency(data, catalog, previous)
    if data.agency is None:
        return data
    withheld = {one.service_id for one in data.withheld_services} - data.services.keys() - _withdrawn(data)
    found = (_last_good(data.agency_id, service_id, catalog, previous) for service_id in sorted(withheld))
    return _with_services(data, [one for one in found if one is not None])


def keep_lists(catalog: Catalog, previous: Path | None) -> Catalog:
    """Return the catalog with the entries that were published last and are gone or cannot be read; kept services use them."""
    published = _read(previous / "data/catalog.json") if previous else {}
    if not published:
        return catalog
    lists: Kept = {
        name: {**dict(_records(kind, published.get(name, ()), catalog)), **getattr(catalog, name)}
        for name, kind in _LISTS.items()
    }
    return replace(catalog, **lists)


def _records(kind: type[Record], items: Iterable[Plain], catalog: Catalog) -> Iterator[tuple[str, Record]]:
    for item in items:
        if (record := _record(kind, item, catalog)) is not None:
            yield record.id, record  # type: ignore[attr-defined]  # every kind of list has ids


def _with_agency(data: AgencyData, catalog: Catalog, previous: Path) -> AgencyData:
    published = _read(previous / _FOLDER / f"{data.agency_id}.json")
    agency = _record(Agency, published.get("agency"), catalog)
    return data if agency is None else replace(data, agency=agency, kept_from=_day(published))


def _with_services(data: AgencyData, kept: Iterable[_LastGood]) -> AgencyData:
    """Return the data with what is kept, less the rows that ``withdrawn.yml`` takes back."""
    by_id = {one.service.id: one for one in kept}
    rows = (
        row
        for one in by_id.values()
        for row in one.rows
        if not any(_takes(entry, row) for entry in data.withdrawn.values())
    )
    services = {**data.services, **{service_id: one.service for service_id, one in by_id.items()}}
    return replace(
        data,
        services=dict(sorted(services.items())),
        observations=(*data.observations, *rows),
        withheld_keys=data.withheld_keys.union(*(one.withheld_keys for one in by_id.values())),
        kept={**data.kept, **{service_id: one.kept_from for service_id, one in by_id.items()}},
    )


def _takes(entry: Withdrawn, row: Observation) -> bool:
    named = (entry.service_id, entry.level_id, entry.period, entry.channel_id, entry.office_id)
    return all(part is None or part == own for part, own in zip(named, row[:5], strict=True))


def _last_good(agency_id: str, service_id: str, catalog: Catalog, previous: Path) -> _LastGood | None:
    published = _read(previous / _FOLDER / agency_id / f"{service_id}.json")
    service = _record(Service, published.get("service"), catalog)
    if service is None or published.get("withheld"):
        return None
    file = f"{_FOLDER}/{agency_id}/{service_id}.json"
    rows = {(*row[:5], row.revision): row for row in _rows(published, file, catalog)}
    keys = frozenset((service_id, *key) for key in published.get("withheld_keys", ()))
    return _LastGood(service, tuple(rows.values()), keys, _day(published))


def _day(published: Kept) -> date:
    return date.fromisoformat(published.get("kept_from") or published["as_of"])


def _rows(published: Kept, file: str, catalog: Catalog) -> Iterator[Observation]:
    """Yield every row of a service's file, older revisions too."""
    for name in ("history", "performance"):
        table = published.get(name) or {"columns": (), "rows": ()}
        for line, cells in enumerate(table["rows"]):
            row = _row(dict(zip(table["columns"], cells, strict=True)), (file, line), catalog)
            if row is not None:
                yield row


def _row(cells: Mapping[str, Any], where: tuple[str, int], catalog: Catalog) -> Observation | None:
    period = read_period(cells["period"], catalog.settings.fiscal_year_starts)
    if period is None:
        return None
    status: RowStatus = cells.get("status") or "final"
    figures: Kept = {name: cells.get(name) for name in _COUNTS}
    figures |= {name: _exact(cells.get(name)) for name in ("median", "p90", "reported_attainment")}
    reported_on = cells.get("reported_on")
    notes = {name.removeprefix(_NOTE): text for name, text in cells.items() if name.startswith(_NOTE) and text}
    return Observation(
        service_id=cells["service_id"], level_id=cells["level_id"], period=period,
        channel_id=cells.get("channel_id") or "", office_id=cells.get("office_id") or "",
        **figures, status=status, revision=cells.get("revision") or 0,
        reported_on=date.fromisoformat(reported_on) if reported_on else None, notes=notes, file=where[0], line=where[1],
    )  # fmt: skip


_COUNTS: Final = (
    "volume", "within_target", "received", "backlog", "backlog_overdue", "excluded", "delay_notices_due",
    "delay_notices_sent", "complaints",
)  # fmt: skip


def _exact(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _record(kind: type[AnyRecord], data: Plain, catalog: Catalog) -> AnyRecord | None:
    """Return the record, or None where the data no longer makes one, or holds what no text may hold today."""
    if data is None or errors_in(check_text(Place(""), data)):
        return None
    return make_record(kind, data, lambda route: Place("", route), context_of(catalog))[0]


def _read(path: Path) -> Kept:
    """Return one of our files, its lists as tuples and its numbers exact; empty where there is none that can be read."""
    try:
        read = _plain(json.loads(path.read_bytes(), parse_float=Decimal))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _plain(value: Any) -> Any:  # noqa: ANN401  # as json gives it
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return tuple(map(_plain, value)) if isinstance(value, list) else value
