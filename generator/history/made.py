"""What one agency's data says now, and how that differs from what was published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.history.compare import SUPPRESSED, Held, carried, compare
from generator.history.editions import (
    AGENCY,
    Edition,
    RowKey,
    Sheet,
    facts_of,
    lines_of,
    places_of,
    promises_of,
    rows_of,
    together,
)
from generator.history.previous import Previous, edition_of
from generator.model import AgencyData, Catalog
from generator.results_log import Revision
from generator.views.datasets.agency import AgencyTables
from generator.views.datasets.columns import tables_by_name
from generator.views.datasets.files import csv_text, unguarded


@dataclass(frozen=True, slots=True)
class News:
    """What has changed of one agency, and what is known of it and withheld, as lines of ``data/withheld.csv``."""

    revisions: tuple[Revision, ...] = ()
    withheld: str = ""


def edition_made(catalog: Catalog, data: AgencyData, tables: AgencyTables | None, as_of: date) -> Edition:
    """Return what an agency's tables say; nothing where the agency is withheld."""
    if tables is None:
        return Edition(as_of)
    languages = catalog.settings.languages
    sheets = {
        name: Sheet(table.header, lines_of(tables.parts[name]))
        for name, table in tables_by_name(languages).items()
        if name in tables.parts
    }
    rows = dict([*rows_of(sheets["history"], languages), *rows_of(sheets["performance"], languages)])
    places, promises = dict(places_of(sheets, languages[0])), promises_of(sheets["targets"])
    return Edition(as_of, places, promises, rows, {}, _hidden(data, rows))


def _hidden(data: AgencyData, rows: Mapping[RowKey, Mapping[str, str]]) -> frozenset[RowKey]:
    """Return the rows that the agency shows and we withhold."""
    shown = {
        RowKey(row.service_id, row.level_id, row.period.code, row.channel_id, row.office_id, str(row.revision))
        for row in data.observations
        if row.status != SUPPRESSED
    }
    return frozenset(key for key, cells in rows.items() if cells.get("status") == SUPPRESSED and key in shown)


def held_of(data: AgencyData) -> Held:
    """Return what of an agency's data is withheld.

    A wrong row may be any row of its level, and of a file that cannot be read nobody knows which rows it has.
    """
    wrong = {(row.service_id, row.level_id) for row in data.withheld_rows} | {key[:2] for key in data.withheld_keys}
    known = {(service.id, level.id) for service in data.services.values() for level in service.service_levels or ()}
    services = frozenset(service.service_id for service in data.withheld_services)
    nameless = any(name not in known and name[0] not in services for name in wrong)
    files = any(problem.withheld == "file" for problem in data.problems)
    return Held(data.agency is None, services, frozenset(wrong), nameless or files)


def news_of(previous: Previous, new: Edition, data: AgencyData) -> News:
    """Return what has changed of an agency since it was published, and what is known and not shown."""
    old = edition_of(previous, data.agency_id)
    kept = carried(old, new, held_of(data))
    return News(
        tuple(compare(data.agency_id, old, together(new, kept), data.withdrawn.values())), _withheld(data, old, kept)
    )


def _withheld(data: AgencyData, old: Edition, kept: Edition) -> str:
    table = tables_by_name(("en",))["withheld"]  # the only table that has the same columns in every language
    demonstration = old.places.get(AGENCY, {}).get("demonstration", "")
    lines = [[data.agency_id, *key, unguarded(value), demonstration] for *key, value in facts_of(kept)]
    return csv_text(table, lines, header=False)


def agencies_gone(previous: Previous, agency_ids: Iterable[str]) -> tuple[Revision, ...]:
    """Return the removal of each agency that was published and has no folder any more."""
    gone = (agency_id for agency_id in previous.agency_ids if agency_id not in set(agency_ids))
    old = ((agency_id, edition_of(previous, agency_id)) for agency_id in gone)
    return tuple(one for agency_id, was in old for one in compare(agency_id, was, Edition(was.as_of), ()))
