"""One agency's folder becomes its data: the agency, its good services and rows, what is withheld, and every problem.

The smallest wrong unit is withheld (data contract, section 10) and nothing more is said about its rows.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from generator.intake.checks import check_agency
from generator.intake.load_catalog import load_catalog
from generator.intake.load_records import errors_in, holding_back, make_record, read_source, without_spoiled
from generator.intake.load_service import LoadedService, context_of, load_service
from generator.intake.load_withdrawn import check_withdrawn, load_withdrawn
from generator.intake.references import withhold
from generator.intake.rows import read_rows_of
from generator.intake.rules_agency import agency_rules
from generator.intake.scalars import Plain
from generator.intake.tree import CSV_NAME, YAML_NAME, check_id, list_folder
from generator.model import Agency, AgencyData, Catalog, WithheldService
from generator.problems import Place, Problem

__all__ = ["load_agency", "load_catalog"]

_FILES: Final = re.compile(r"agency\.yml|withdrawn\.yml")
_FOLDERS: Final = re.compile("services|performance")


def load_agency(root: Path, agency_id: str, catalog: Catalog, as_of: date) -> AgencyData:
    """Return what was read of one agency; with ``agency`` None it is withheld whole, and its problems say why."""
    folder = f"agencies/{agency_id}"
    listing = list_folder(root, folder, _FILES, _FOLDERS)
    tree = [*listing.problems, *list_folder(root, f"{folder}/performance", CSV_NAME, None).problems]
    agency, reporting, found = _agency(root, folder, catalog, "agency.yml" in listing.files)
    withdrawn, of_withdrawn = (
        load_withdrawn(root, folder, catalog, as_of) if "withdrawn.yml" in listing.files else ({}, [])
    )
    services, of_services = _services(root, folder, catalog, reporting)
    data = AgencyData(agency_id, agency, {}, (), (), (), frozenset(), (*tree, *found, *of_withdrawn, *of_services))
    data = replace(data, withdrawn=withdrawn)
    if agency is None:
        return replace(data, withheld_services=tuple(_withheld(services)))
    return _with_rows(root, data, agency, services, (catalog, as_of))


def _withheld(services: Mapping[str, LoadedService]) -> Iterator[WithheldService]:
    """Yield the services of a withheld agency that are no drafts."""
    for service_id, one in sorted(services.items()):
        if one.page:
            yield WithheldService(service_id, one.title)


def _agency(root: Path, folder: str, catalog: Catalog, there: bool) -> tuple[Agency | None, Plain, tuple[Problem, ...]]:
    """Return the agency, what it writes of its reporting, and the problems of its file."""
    file = f"{folder}/agency.yml"
    if not there:
        return None, None, (Problem("file-missing", "error", Place(file), {"file": file}, "agency"),)
    source = read_source(root, file)
    agency = None
    problems: list[Problem] = []
    if isinstance(source.data, dict):
        agency, problems = make_record(Agency, source.data, source.place, context_of(catalog))
    elif source.data is not None:
        problems = [Problem("file-not-a-map", "error", source.place(()), {})]
    if agency is not None:
        problems += agency_rules(agency, source.place, folder.rpartition("/")[2])
    told = holding_back((*source.problems, *without_spoiled(problems, (source,))), "agency")
    reporting = source.data.get("reporting") if isinstance(source.data, dict) else None
    return (None if errors_in(told) else agency), reporting, told


def _services(
    root: Path, folder: str, catalog: Catalog, reporting: Plain
) -> tuple[dict[str, LoadedService], list[Problem]]:
    """Return every service of an agency by id, the withheld ones too."""
    listing = list_folder(root, f"{folder}/services", YAML_NAME, None)
    problems = list(listing.problems)
    services = {
        name.rpartition(".")[0]: LoadedService(None, {}, (), page=False) for name in listing.refused if _is_yaml(name)
    }
    for name in listing.files:
        service_id = name.removesuffix(".yml")
        file = f"{folder}/services/{name}"
        loaded = load_service(root, file, catalog, reporting)
        wrong_id = holding_back(check_id(Place(file), service_id, catalog.settings.languages), "service")
        if wrong_id:
            loaded = replace(loaded, service=None, page=False)
        problems += (*wrong_id, *loaded.problems)
        services[service_id] = loaded
    return services, problems


def _is_yaml(name: str) -> bool:
    return name.lower().endswith((".yml", ".yaml"))


def _with_rows(
    root: Path, data: AgencyData, agency: Agency, loaded: Mapping[str, LoadedService], when: tuple[Catalog, date]
) -> AgencyData:
    """Return the agency's data with its services and rows, less what the rules between records find wrong."""
    good = {key: one.service for key, one in sorted(loaded.items()) if one.service is not None}
    bad = {key: one for key, one in sorted(loaded.items()) if one.service is None}
    rows = read_rows_of(root, agency.id, agency, good, frozenset(bad), *when)
    still_there = check_withdrawn(data, {key: one.service for key, one in loaded.items()}, rows.observations)
    found = (*check_agency(when[0], agency, good, rows.observations, when[1]), *still_there)
    whole = replace(
        data,
        services=good,
        observations=tuple(rows.observations),
        withheld_services=tuple(WithheldService(key, one.title) for key, one in bad.items() if one.page),
        withheld_rows=tuple(rows.withheld_rows),
        withheld_keys=frozenset(rows.withheld_keys),
        problems=(*data.problems, *rows.problems, *found),
        inheritances={key: one.inheritance for key, one in loaded.items() if one.service and one.inheritance},
    )
    return withhold(whole, found)
