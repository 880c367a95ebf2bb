"""A new agency or a new service, started from a template that explains every field in Thai and English."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.values import ID_PATTERN

TEMPLATES = Path(__file__).parent / "scaffolds"
LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class Made:
    """What was written; or why not: ``refused`` is the key of the sentence that ``facts`` fill."""

    files: tuple[Path, ...] = ()
    refused: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


def new_agency(root: Path, agency_id: str, title: str | None) -> Made:
    """Write ``agencies/<id>/agency.yml``; its folders for services and figures come with the first file in them."""
    return _refused_id(agency_id) or _write(
        root / "agencies" / agency_id / "agency.yml", "agency.yml", agency_id, title
    )


def new_service(root: Path, agency_id: str, service_id: str, title: str | None) -> Made:
    """Write ``agencies/<agency>/services/<id>.yml`` as a draft, which is checked and not published."""
    refused = _refused_id(agency_id) or _refused_id(service_id)
    if refused:
        return refused
    folder = root / "agencies" / agency_id
    if not (folder / "agency.yml").is_file():
        return Made(refused="new_no_agency", facts={"agency": agency_id})
    return _write(folder / "services" / f"{service_id}.yml", "service.yml", service_id, title)


def _refused_id(given: str) -> Made | None:
    if ID_PATTERN.fullmatch(given) and len(given) <= LONGEST_ID:
        return None
    suggestion = re.sub(r"[^a-z0-9]+", "-", given.lower()).strip("-")[:LONGEST_ID] or "land-office"
    return Made(refused="new_bad_id", facts={"value": given, "suggestion": suggestion})


def _write(path: Path, template: str, record_id: str, title: str | None) -> Made:
    if path.exists():
        return Made(refused="new_exists", facts={"file": str(path)})
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    quoted = '"' + record_id + '"' if record_id.isdigit() else record_id
    path.parent.mkdir(parents=True, exist_ok=True)
    filled = text.replace("{id}", quoted).replace("{title}", _one_line(title or record_id))
    path.write_text(filled, encoding="utf-8", newline="\n")
    return Made(files=(path,))


def _one_line(title: str) -> str:
    """Return a title as a quoted YAML scalar."""
    return '"' + " ".join(title.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'
