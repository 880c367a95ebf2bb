"""A new agency or a new service, started from a template that explains every field in Thai and English."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.intake.load_catalog import load_catalog
from generator.intake.nearest import nearest
from generator.intake.read_yaml import read_yaml
from generator.intake.tree import check_id
from generator.model import Catalog
from generator.problems import Place

PACKAGE = Path(__file__).parent
TEMPLATES = PACKAGE / "scaffolds"
SCHEMAS = PACKAGE / "schemas"
REFUSED = {"id-form": "new_bad_id", "id-reserved": "new_id_reserved"}


@dataclass(frozen=True, slots=True)
class Made:
    """What was written; or why not: ``refused`` is the key of the sentence that ``facts`` fill."""

    files: tuple[Path, ...] = ()
    refused: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


def new_agency(root: Path, agency_id: str, title: str | None) -> Made:
    """Write ``agencies/<id>/agency.yml``; its folders for services and figures come with the first file in them."""
    catalog, _ = load_catalog(root)
    if catalog is None:
        return Made(refused="new_no_catalog", facts={"folder": root})
    path = root / "agencies" / agency_id / "agency.yml"
    return _refused_id(agency_id, catalog) or _write(path, catalog, agency_id, title)


def new_service(root: Path, agency_id: str, service_id: str, title: str | None) -> Made:
    """Write ``agencies/<agency>/services/<id>.yml`` as a draft, which is checked and not published."""
    catalog, _ = load_catalog(root)
    if catalog is None:
        return Made(refused="new_no_catalog", facts={"folder": root})
    if agency_id not in catalog.agency_ids:
        return _refused_id(agency_id, catalog) or _no_agency(agency_id, catalog)
    path = root / "agencies" / agency_id / "services" / f"{service_id}.yml"
    return _refused_id(service_id, catalog) or _write(path, catalog, service_id, title)


def _refused_id(given: str, catalog: Catalog) -> Made | None:
    problem = next(check_id(Place(""), given, catalog.settings.languages), None)
    if problem is None:
        return None
    return Made(refused=REFUSED[problem.code], facts=problem.facts)


def _no_agency(agency_id: str, catalog: Catalog) -> Made:
    near = nearest(agency_id, catalog.agency_ids)
    if near:
        return Made(refused="agency_unknown_near", facts={"agency": agency_id, "nearest": near})
    return Made(refused="new_no_agency", facts={"agency": agency_id})


def _write(path: Path, catalog: Catalog, record_id: str, title: str | None) -> Made:
    if path.exists():
        return Made(refused="new_exists", facts={"file": path})
    template = "agency.yml" if path.name == "agency.yml" else "service.yml"
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    filled = {
        "schema": _modeline(path, template),
        "id": _scalar(record_id),
        "language": catalog.first_language,
        "title": _one_line(title or record_id),
        "currency": catalog.settings.currency,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    written = re.sub(r"\{(" + "|".join(filled) + r")\}", lambda found: filled[found[1]], text)
    path.write_text(written, encoding="utf-8", newline="\n")
    return Made(files=(path,))


def _modeline(path: Path, template: str) -> str:
    """Return the line that makes an editor complete and check the file; none where the program is not beside the data."""
    schema = SCHEMAS / template.replace(".yml", ".json")
    if PACKAGE.parent not in path.resolve().parents:
        return ""
    return f"# yaml-language-server: $schema={Path(os.path.relpath(schema, path.resolve().parent)).as_posix()}\n"


def _scalar(record_id: str) -> str:
    """Return an id as YAML has it: in quotes where it would be read as something else."""
    return record_id if read_yaml(f"id: {record_id}\n") == ({"id": record_id}, []) else f'"{record_id}"'


def _one_line(title: str) -> str:
    """Return a title as a quoted YAML scalar."""
    return '"' + " ".join(title.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'
