"""What one agency's data says now, and how that differs from what was published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.history.compare import SUPPRESSED, Held, carried, compare, remembered
from generator.history.editions import (
    AGENCY,
    Edition,
    RowKey,
    Sheet,
    differing,
    facts_of,
    lines_of,
    places_of,
    promises_of,
    rows_of,
    together,
)
from generator.history.previous import Previous, edition_of, results_of, same_results
from generator.model import AgencyData, Catalog
from generator.results_log import Revision
from generator.views.datasets.agency import AgencyTables
from generator.views.datasets.columns import tables_by_name
from generator.views.datasets.files import csv_text, unguarded

PLACES = ("agencies", "services", "service_levels", "targets")
RESULTS = ("history", "performance")


@dataclass(frozen=True, slots=True)
class News:
    """What has changed of one agency, and what is known of it and withheld, as lines of ``data/withheld.csv``."""

    revisions: tuple[Revision, ...] = ()
    withheld: str = ""


def edition_made(
    catalog: Catalog, data: AgencyData, tables: AgencyTables | None, as_of: date, results: Iterable[Sheet] | None = None
) -> Edition:
    """Return what an agency's tables say, with some of their rows or else all; nothing where the agency is withheld."""
    if tables is None:
        return Edition(as_of)
    languages = catalog.settings.languages
    sheets = {name: _sheet(catalog, tables, name) for name in PLACES}
    made = [_sheet(catalog, tables, name) for name in RESULTS] if results is None else results
    rows = dict(row for sheet in made for row in rows_of(sheet, languages))
    places, promises = dict(places_of(sheets, languages[0])), promises_of(sheets["targets"])
    return Edition(as_of, places, promises, rows, {}, _hidden(data, rows))


def _sheet(catalog: Catalog, tables: AgencyTables, name: str) -> Sheet:
    return Sheet(tables_by_name(catalog.settings.languages)[name].header, lines_of(tables.parts[name]))


def _hidden(data: AgencyData, rows: Mapping[RowKey, Mapping[str, str]]) -> frozenset[RowKey]:
    """Return the rows that the agency shows and we withhold."""
    suppressed = {key for key, cells in rows.items() if cells.get("status") == SUPPRESSED}
    if not suppressed:
        return frozenset()
    shown = {
        RowKey(row.service_id, row.level_id, row.period.code, row.channel_id, row.office_id, str(row.revision))
        for row in data.observations
        if row.status != SUPPRESSED
    }
    return frozenset(suppressed & shown)


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


def news_of(previous: Previous, catalog: Catalog, data: AgencyData, tables: AgencyTables | None, as_of: date) -> News:
    """Return what has changed of an agency since it was published, and what is known and not shown."""
    before, now = _results(previous, catalog, data, tables)
    old = edition_of(previous, data.agency_id, before)
    new = edition_made(catalog, data, tables, as_of, now)
    kept = carried(old, new, held_of(data))
    revisions = compare(data.agency_id, old, together(new, kept), data.withdrawn.values())
    return News(tuple(revisions), _withheld(data, old, remembered(kept)))


def _results(
    previous: Previous, catalog: Catalog, data: AgencyData, tables: AgencyTables | None
) -> tuple[Sequence[Sheet], Sequence[Sheet]]:
    """Return the rows that were published and those of now, without what is the same; on most nights all of it is."""
    if tables is not None and same_results(previous, data.agency_id, tables.parts):
        return (), ()
    made = [_sheet(catalog, tables, name) for name in RESULTS] if tables else []
    return differing(results_of(previous, data.agency_id), made)


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
