"""The files of data of a site, written as a build writes them, but without its pages."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import orjson
from pyarrow import parquet

from generator.model import AgencyData, Catalog
from generator.results import AgencyResult
from generator.texts import load_strings
from generator.views.datasets.agency import Publication, agency_tables, write_agency
from generator.views.datasets.files import csv_text, write
from generator.views.datasets.rows import Row
from generator.views.datasets.status import Status, status_json
from generator.views.datasets.whole import join_parts, write_whole

Measured = tuple[AgencyData, AgencyResult | None]


def publish_data(
    site: Path, catalog: Catalog, agencies: Iterable[Measured], as_of: date, problems: Iterable[Row] = ()
) -> Publication:
    """Write all files of data; return what they were published with."""
    words = tuple(load_strings(language) for language in catalog.settings.languages)
    publication = Publication(catalog, as_of, words)
    parts: dict[str, list[str]] = {name: [] for name in publication.tables if name != "problems"}
    rows = services = 0
    for data, result in agencies:
        if result is None:
            continue
        filled = agency_tables(catalog, data, result)
        write_agency(site, publication, result, filled)
        rows, services = rows + len(filled.rows["performance"]), services + len(result.services)
        for name, part in filled.parts.items():
            parts[name].append(part)
    for name, found in parts.items():
        join_parts(site, publication.tables[name], found)
    write(site / "data" / "problems.csv", csv_text(publication.tables["problems"], list(problems)))
    write_whole(site, publication)
    agency_count = len(parts["agencies"])
    demonstration = catalog.settings.demonstration
    write(site / "status.json", status_json(Status(as_of, None, demonstration, agency_count, services, rows, 0, 0, 0)))
    return publication


def files_of(site: Path) -> list[Path]:
    """Return every file, sorted."""
    return sorted(path for path in site.rglob("*") if path.is_file())


def csv_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file by their columns' names."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def json_rows(table: Any) -> list[dict[str, Any]]:
    """Return the rows of a JSON table by their columns' names."""
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def texts_in(path: Path) -> Iterator[str]:
    """Yield everything that a file says, whatever its format: what a reader could find in it."""
    if path.suffix == ".xlsx":
        for sheet in openpyxl.load_workbook(path).worksheets:
            yield from (str(cell) for row in sheet.values for cell in row if cell is not None)
    elif path.suffix == ".parquet":
        for column in parquet.read_table(path).columns:
            yield from (str(value) for value in column.to_pylist() if value is not None)
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name).decode() for name in archive.namelist())
    elif path.suffix == ".json":
        yield from _leaves(orjson.loads(path.read_bytes()))
    else:
        yield path.read_text(encoding="utf-8")


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _leaves(item)
    else:
        yield str(value)
