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
class Publication:
    """What every file is published with: the catalog, the day it speaks for, and the words of the site's languages."""

    catalog: Catalog
    as_of: date
    words: tuple[Strings, ...]

    @property
    def tables(self) -> dict[str, Table]:
        """Return the published tables by name."""
        return {table.name: table for table in tables(self.catalog.settings.languages)}


@dataclass(frozen=True, slots=True)
class AgencyTables:
    """One agency's rows of every table, by the table's name.  Within a table they stand in the order of the services."""

    rows: Mapping[str, Sequence[Row]]

    def by_service(self, name: str) -> dict[str, list[Row]]:
        """Return the rows of one table by service id."""
        return {key: list(rows) for key, rows in groupby(self.rows[name], key=itemgetter(1))}


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


def about_lines(publication: Publication, title: Mapping[str, str]) -> list[list[str]]:
    """Return what the first sheet of a workbook says, in every language of the site."""
    settings, lines = publication.catalog.settings, []
    for words in publication.words:
        lines.append([words("data.about_title"), _in(words, title, settings.languages[0])])
        lines.append([words("data.about_as_of"), publication.as_of.isoformat()])
        lines.append([words("data.about_licence"), _in(words, settings.licence.title, settings.languages[0])])
        if settings.demonstration:
            lines.append([words("demo.short"), words("demo.file")])
        lines.append([])
    return lines


def _in(words: Strings, text: Mapping[str, str], first: str) -> str:
    return text.get(words.language) or text[first]


def write_agency(site: Path, publication: Publication, result: AgencyResult, filled: AgencyTables) -> dict[str, int]:
    """Write ``data/agencies/<agency_id>.*`` and its services' files; return their sizes in bytes by address."""
    files = (*_agency_files(publication, result, filled), *_service_files(publication, result, filled))
    return {address: write(site / address, content) for address, content in files}


def _agency_files(
    publication: Publication, result: AgencyResult, filled: AgencyTables
) -> Iterator[tuple[str, str | bytes]]:
    known, base = publication.tables, f"data/agencies/{result.agency.id}"
    sheets = [(known[name], filled.rows[name]) for name in ("performance", "service_levels", "services")]
    yield f"{base}.csv", csv_text(known["performance"], filled.rows["performance"])
    record = {
        **_heading(publication, result),
        "agency": result.agency.model_dump(by_alias=True, exclude_none=True),
        **{name: json_table(known[name], filled.rows[name]) for name in ("services", "service_levels", "performance")},
    }
    yield f"{base}.json", json_bytes(record)
    about = about_lines(publication, result.agency.title)
    yield f"{base}.xlsx", xlsx_bytes(sheets, about, publication.as_of, publication.words)


def _service_files(
    publication: Publication, result: AgencyResult, filled: AgencyTables
) -> Iterator[tuple[str, str | bytes]]:
    known, base, heading = publication.tables, f"data/agencies/{result.agency.id}", _heading(publication, result)
    performance, levels = filled.by_service("performance"), filled.by_service("service_levels")
    for service_id, service in result.services.items():
        rows = performance.get(service_id, [])
        yield f"{base}/{service_id}.csv", csv_text(known["performance"], rows)
        record = {
            **heading,
            "agency_id": result.agency.id,
            "service": service.service.model_dump(by_alias=True, exclude_none=True),
            "service_levels": json_table(known["service_levels"], levels.get(service_id, [])),
            "performance": json_table(known["performance"], rows),
        }
        yield f"{base}/{service_id}.json", json_bytes(record)


def _heading(publication: Publication, result: AgencyResult) -> dict[str, object]:
    licence = result.agency.licence or publication.catalog.settings.licence
    return {
        "demonstration": is_demonstration(publication.catalog, result.agency),
        "as_of": publication.as_of,
        "licence": licence.model_dump(by_alias=True, exclude_none=True),
    }
