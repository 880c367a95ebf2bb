"""One agency's files, and what it adds to the tables of the whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from generator.model import AgencyData, Catalog
from generator.results import AgencyResult
from generator.texts import Strings
from generator.views.datasets.columns import Table, tables
from generator.views.datasets.files import csv_text, json_bytes, json_table, write, xlsx_bytes
from generator.views.datasets.rows import (
    Row,
    agency_row,
    history_rows,
    is_demonstration,
    level_row,
    performance_rows,
    service_row,
)


@dataclass(frozen=True, slots=True)
class AgencyTables:
    """One agency's rows of every table, by the table's name."""

    rows: Mapping[str, Sequence[Row]]

    def of_service(self, name: str, service_id: str) -> list[Row]:
        """Return the rows of one table that belong to one service."""
        return [row for row in self.rows[name] if row[1] == service_id]


def agency_tables(catalog: Catalog, data: AgencyData, result: AgencyResult) -> AgencyTables:
    """Return all rows that one agency adds."""
    services = result.services.values()
    return AgencyTables(
        {
            "performance": performance_rows(catalog, data),
            "history": history_rows(catalog, data),
            "agencies": [agency_row(catalog, result)],
            "services": [service_row(catalog, result, service) for service in services],
            "service_levels": [level_row(catalog, result.agency, level) for one in services for level in one.levels],
        }
    )


def about_lines(catalog: Catalog, title: Mapping[str, str], as_of: date, words: Sequence[Strings]) -> list[list[str]]:
    """Return what the first sheet of a workbook says, in every language of the site."""
    settings, lines = catalog.settings, []
    for one in words:
        name = title.get(one.language) or title[settings.languages[0]]
        licence = settings.licence.title.get(one.language) or settings.licence.title[settings.languages[0]]
        lines.append([one("data.about_title"), name])
        lines.append([one("data.about_as_of"), as_of.isoformat()])
        lines.append([one("data.about_licence"), licence])
        if settings.demonstration:
            lines.append([one("demo.short"), one("demo.file")])
        lines.append([])
    return lines


def write_agency(
    site: Path, catalog: Catalog, result: AgencyResult, filled: AgencyTables, as_of: date, words: Sequence[Strings]
) -> dict[str, int]:
    """Write ``data/agencies/<agency_id>.*`` and its services' files; return their sizes in bytes by address."""
    sizes = {}
    for address, content in _files(catalog, result, filled, as_of, words):
        sizes[address] = write(site / address, content)
    return sizes


def _files(
    catalog: Catalog, result: AgencyResult, filled: AgencyTables, as_of: date, words: Sequence[Strings]
) -> Iterator[tuple[str, str | bytes]]:
    known = {table.name: table for table in tables(catalog.settings.languages)}
    base = f"data/agencies/{result.agency.id}"
    sheets = [(known[name], filled.rows[name]) for name in ("performance", "service_levels", "services")]
    yield f"{base}.csv", csv_text(known["performance"], filled.rows["performance"])
    yield f"{base}.json", json_bytes(_agency_record(catalog, result, filled, known, as_of))
    yield f"{base}.xlsx", xlsx_bytes(sheets, about_lines(catalog, result.agency.title, as_of, words), as_of, words)
    by_service = {key: list(rows) for key, rows in groupby(filled.rows["performance"], key=itemgetter(1))}
    for service_id in result.services:
        rows = by_service.get(service_id, [])
        yield f"{base}/{service_id}.csv", csv_text(known["performance"], rows)
        yield f"{base}/{service_id}.json", json_bytes(_service_record(catalog, result, service_id, rows, known, as_of, filled))


def _agency_record(
    catalog: Catalog, result: AgencyResult, filled: AgencyTables, known: Mapping[str, Table], as_of: date
) -> dict[str, object]:
    return {
        **_heading(catalog, result, as_of),
        "agency": result.agency.model_dump(by_alias=True, exclude_none=True),
        **{name: json_table(known[name], filled.rows[name]) for name in ("services", "service_levels", "performance")},
    }


def _service_record(
    catalog: Catalog,
    result: AgencyResult,
    service_id: str,
    rows: Sequence[Row],
    known: Mapping[str, Table],
    as_of: date,
    filled: AgencyTables,
) -> dict[str, object]:
    return {
        **_heading(catalog, result, as_of),
        "agency_id": result.agency.id,
        "service": result.services[service_id].service.model_dump(by_alias=True, exclude_none=True),
        "service_levels": json_table(known["service_levels"], filled.of_service("service_levels", service_id)),
        "performance": json_table(known["performance"], rows),
    }


def _heading(catalog: Catalog, result: AgencyResult, as_of: date) -> dict[str, object]:
    licence = result.agency.licence or catalog.settings.licence
    return {
        "demonstration": is_demonstration(catalog, result.agency),
        "as_of": as_of,
        "licence": licence.model_dump(by_alias=True, exclude_none=True),
    }
