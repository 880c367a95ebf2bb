"""One agency's files, and what it adds to the tables of the whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path

from generator.model import AgencyData, Catalog, Withdrawn, WithheldService
from generator.results import AgencyResult
from generator.stats import withdrawn_services
from generator.texts import Strings
from generator.views.datasets.columns import Table, tables_by_name
from generator.views.datasets.files import Columns, Typed, by_column, csv_text, json_bytes, json_table, typed, write
from generator.views.datasets.manual_rows import manual_rows
from generator.views.datasets.rows import (
    Row,
    agency_row,
    history_rows,
    is_demonstration,
    level_row,
    performance_rows,
    service_row,
    target_rows,
)
from generator.views.datasets.workbook import xlsx_bytes

SHEETS = (
    "performance",
    "service_levels",
    "services",
    "documents",
    "fees",
)  # the tables of an agency's own workbook and JSON
OF_SERVICE = ("service_levels", "performance", "history")  # those of a service's own JSON
NO_ROWS = slice(0)
File = tuple[str, str | bytes]  # an address below the site's root, and what stands there


@dataclass(frozen=True, slots=True)
class Publication:
    """What every file is published with: the catalog, the day it speaks for, and the words of the site's languages."""

    catalog: Catalog
    as_of: date
    words: tuple[Strings, ...]

    @property
    def tables(self) -> Mapping[str, Table]:
        """Return the published tables by name."""
        return tables_by_name(self.catalog.settings.languages)


@dataclass(frozen=True, slots=True)
class AgencyTables:
    """One agency's rows of every table, by the table's name; within a table they stand in the order of the services.

    ``parts`` are the same as CSV without headings, which is what the agency adds to the tables of the whole; ``bodies``
    are those of its results by service.  ``withheld`` and ``withdrawn`` are the services whose addresses stay without
    any rows, and ``withheld_keys`` the rows of the others that are withheld.  ``entries`` are all of ``withdrawn.yml``.
    """

    rows: Mapping[str, Sequence[Row]]
    parts: Mapping[str, str]
    bodies: Mapping[str, str]
    withheld: tuple[WithheldService, ...]
    withheld_keys: frozenset[tuple[str, str, str, str, str]]
    withdrawn: tuple[Withdrawn, ...] = ()
    entries: tuple[Withdrawn, ...] = ()


def agency_tables(catalog: Catalog, data: AgencyData, result: AgencyResult) -> AgencyTables:
    """Return all rows that one agency adds."""
    services, known = result.services.values(), tables_by_name(catalog.settings.languages)
    agency = result.agency
    rows: dict[str, Sequence[Row]] = {
        "performance": performance_rows(catalog, result),
        "history": history_rows(catalog, result),
        "agencies": [agency_row(catalog, result)],
        "services": [service_row(catalog, result, service) for service in services],
        "service_levels": [level_row(catalog, agency, level) for level in result.levels],
        "targets": [row for level in result.levels for row in target_rows(catalog, agency, level)],
        **manual_rows(catalog, result),
    }
    bodies = {
        str(service_id): csv_text(known["performance"], [*of_service], header=False)
        for service_id, of_service in groupby(rows["performance"], key=itemgetter(1))
    }
    parts = {name: csv_text(known[name], rows[name], header=False) for name in rows if name != "performance"}
    withheld = tuple(service for service in data.withheld_services if service.service_id not in result.services)
    return AgencyTables(
        rows,
        {**parts, "performance": "".join(bodies.values())},
        bodies,
        withheld,
        data.withheld_keys,
        withdrawn_services(data, result),
        tuple(data.withdrawn.values()),
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
    known = publication.tables
    columns = {name: by_column(known[name], filled.rows[name]) for name in SHEETS}
    values = {name: typed(known[name], cells) for name, cells in columns.items()}
    values["history"] = typed(known["history"], by_column(known["history"], filled.rows["history"]))
    files = chain(
        _agency_files(publication, result, filled, values),
        [(_address(result, "xlsx"), _workbook(publication, result, columns))],
        _service_files(publication, result, filled, values),
    )
    return {address: write(site / address, content) for address, content in files}


def _address(result: AgencyResult, ending: str) -> str:
    return f"data/agencies/{result.agency.id}.{ending}"


def _workbook(publication: Publication, result: AgencyResult, columns: Mapping[str, Columns]) -> bytes:
    sheets = [(publication.tables[name], cells) for name, cells in columns.items()]
    about = about_lines(publication, result.agency.title)
    return xlsx_bytes(sheets, about, publication.as_of, publication.words)


def _agency_files(
    publication: Publication, result: AgencyResult, filled: AgencyTables, values: Mapping[str, Typed]
) -> Iterator[File]:
    known = publication.tables
    yield _address(result, "csv"), csv_text(known["performance"], ()) + filled.parts["performance"]
    tabled = {name: json_table(known[name], values[name]) for name in SHEETS}
    agency: dict[str, object] = {"agency": result.agency.model_dump(by_alias=True, exclude_none=True)}
    if filled.entries:
        agency["withdrawn"] = [entry.model_dump(by_alias=True, exclude_none=True) for entry in filled.entries]
    heading = {**_heading(publication, result), **_kept(result.kept_from)}
    yield _address(result, "json"), json_bytes({**heading, **agency, **tabled})


def _service_files(
    publication: Publication, result: AgencyResult, filled: AgencyTables, values: Mapping[str, Typed]
) -> Iterator[File]:
    base = f"data/agencies/{result.agency.id}"
    heading = {**_heading(publication, result), "agency_id": result.agency.id}
    top = csv_text(publication.tables["performance"], ())
    places = {name: _places(filled.rows[name]) for name in OF_SERVICE}
    for service_id, service in result.services.items():
        yield f"{base}/{service_id}.csv", top + filled.bodies.get(service_id, "")
        described = {"service": service.service.model_dump(by_alias=True, exclude_none=True)}
        state = {**_kept(service.kept_from), **_held_back(filled, service_id)}
        tabled = {
            name: json_table(publication.tables[name], _part(values[name], places[name].get(service_id, NO_ROWS)))
            for name in OF_SERVICE
            if name != "history" or service_id in places[name]
        }
        yield f"{base}/{service_id}.json", json_bytes({**heading, **state, **described, **tabled})
    for withheld in filled.withheld:  # an address is for ever: a file without rows says that they are being corrected
        yield f"{base}/{withheld.service_id}.csv", top
        named = {"id": withheld.service_id, **({"title": withheld.title} if withheld.title else {})}
        yield f"{base}/{withheld.service_id}.json", json_bytes({**heading, "withheld": True, "service": named})
    for gone in filled.withdrawn:  # and one that says what was withdrawn, when and why
        yield f"{base}/{gone.service_id}.csv", top
        entry = gone.model_dump(by_alias=True, exclude_none=True)
        yield f"{base}/{gone.service_id}.json", json_bytes({**heading, "withdrawn": entry})


def _kept(day: date | None) -> dict[str, object]:
    """Return the day on which something was published last that is withheld now."""
    return {"kept_from": day} if day else {}


def _held_back(filled: AgencyTables, service_id: str) -> dict[str, object]:
    """Return the keys of a service's rows that are withheld: level, period, channel and office."""
    keys = sorted(key[1:] for key in filled.withheld_keys if key[0] == service_id)
    return {"withheld_keys": keys} if keys else {}


def _places(rows: Sequence[Row]) -> dict[str, slice]:
    """Return where the rows of each service stand; they follow each other."""
    places, start = {}, 0
    for service_id, found in groupby(rows, key=itemgetter(1)):
        end = start + sum(1 for _ in found)
        places[str(service_id)] = slice(start, end)
        start = end
    return places


def _part(columns: Typed, place: slice) -> Typed:
    return [cells[place] for cells in columns]


def _heading(publication: Publication, result: AgencyResult) -> dict[str, object]:
    licence = result.agency.licence or publication.catalog.settings.licence
    return {
        "demonstration": is_demonstration(publication.catalog, result.agency),
        "as_of": publication.as_of,
        "licence": licence.model_dump(by_alias=True, exclude_none=True),
    }
