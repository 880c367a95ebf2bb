"""Small catalogs, agencies and rows, made by hand: every test shows what it puts in."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from generator.model import Agency, AgencyData, Catalog, CatalogFile, Observation, Service, Withdrawn
from generator.periods import read_period

FISCAL_YEAR_STARTS = 10
CONTEXT = {"first_language": "en", "fiscal_year_starts": FISCAL_YEAR_STARTS}
AS_OF = date(2026, 11, 22)

SETTINGS: dict[str, Any] = {
    "title": "Clearly",
    "publisher": {"title": "Example"},
    "languages": ("en",),
    "timezone": "Asia/Bangkok",
    "currency": "THB",
    "fiscal_year_starts": FISCAL_YEAR_STARTS,
    "licence": {"id": "CC-BY-4.0", "title": "CC BY 4.0"},
    "required_sections": (),
}


def made_catalog(**more: Any) -> Catalog:
    """Return a catalog in English, with its fiscal year from October and the usual limits for small numbers."""
    return Catalog(CatalogFile.model_validate({**SETTINGS, **more}, context=CONTEXT))


def made_agency(**more: Any) -> Agency:
    """Return an agency that reports each month from October 2025, 15 days after its end."""
    reporting = {"frequency": "month", "due_after_days": 15, "first_period": "2025-10"}
    return Agency.model_validate(
        {"id": "office", "title": "Office", "kind": "department", "reporting": reporting, **more}, context=CONTEXT
    )


def made_target(valid_from: str, valid_to: str | None = None, share: str | None = "0.9", **more: Any) -> dict[str, Any]:
    """Return a target as a file has it; without a share where it is None."""
    target = {"valid_from": valid_from, **more}
    if valid_to is not None:
        target["valid_to"] = valid_to
    if share is not None:
        target["share"] = Decimal(share)
    return target


def made_level(level_id: str = "time", targets: Iterable[Mapping[str, Any]] = (), **more: Any) -> dict[str, Any]:
    """Return a service level as a file has it."""
    level = {"id": level_id, "measure": "processing_time", "title": "Time", **more}
    return {**level, "targets": tuple(targets)} if targets else level


def made_service(service_id: str = "permit", levels: Iterable[Mapping[str, Any]] = (), **more: Any) -> Service:
    """Return an active service; without levels of its own it promises 90 % from October 2025."""
    levels = tuple(levels) or (made_level(targets=(made_target("2025-10-01"),)),)
    return Service.model_validate(
        {"id": service_id, "title": "Permit", "type": "permit", "status": "active", "service_levels": levels, **more},
        context=CONTEXT,
    )


def made_row(period: str, volume: int | None = None, within_target: int | None = None, **more: Any) -> Observation:
    """Return a row of the level `time` of the service `permit`, all channels and offices together."""
    found = read_period(period, FISCAL_YEAR_STARTS)
    assert found is not None
    values: dict[str, Any] = {
        "service_id": "permit", "level_id": "time", "period": found, "channel_id": "", "office_id": "",
        "volume": volume, "within_target": within_target, "received": None, "backlog": None, "backlog_overdue": None,
        "median": None, "p90": None, "excluded": None, "delay_notices_due": None, "delay_notices_sent": None,
        "complaints": None, "status": "final", "revision": 0, "reported_on": None, "reported_attainment": None,
        "notes": {}, "file": "agencies/office/performance/2026.csv", "line": 2, **more,
    }  # fmt: skip
    return Observation(**values)


def made_withdrawn(service_id: str, **more: Any) -> Withdrawn:
    """Return an entry of withdrawn.yml."""
    entry = {"service_id": service_id, "withdrawn_on": "2026-11-01", "reason": "Merged", **more}
    return Withdrawn.model_validate(entry, context=CONTEXT)


def made_data(
    rows: Iterable[Observation],
    services: Iterable[Service] = (),
    agency: Agency | None = None,
    withheld: Iterable[tuple[str, str, str, str, str]] = (),
) -> AgencyData:
    """Return an agency as it was read, with the service `permit` unless others are given."""
    agency = agency or made_agency()
    known = tuple(services) or (made_service(),)
    return AgencyData(
        agency_id=agency.id,
        agency=agency,
        services={service.id: service for service in known},
        observations=tuple(rows),
        withheld_services=(),
        withheld_rows=(),
        withheld_keys=frozenset(withheld),
        problems=(),
    )
