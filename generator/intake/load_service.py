"""One service file, completed from its central manual, becomes a Service or the reasons why it is withheld."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from generator.intake.hygiene import check_text, shown
from generator.intake.inherit import Merged, alone, merge
from generator.intake.load_records import (
    PlaceOf,
    Source,
    errors_in,
    field_of,
    holding_back,
    make_record,
    read_source,
    without_spoiled,
)
from generator.intake.load_shared import shared_ids_known
from generator.intake.nearest import nearest, unknown_id
from generator.intake.rules import RULES, Finding
from generator.intake.rules_answers import ANSWER_RULES
from generator.intake.scalars import Plain
from generator.model import Catalog, Inheritance, Manual, Service
from generator.problems import Place, Problem

# What a required section asks for (data contract, section 3).
ASKED: Final = {
    "scope": ("channels",),
    "requirements": ("criteria", "documents", "fees"),
    "service_levels": (),
    "steps": (),
    "complaints": (),
}
EXEMPT: Final = ("draft", "retired")


@dataclass(frozen=True, slots=True)
class LoadedService:
    """A service, or None where it is withheld; what could be read of its title; how it came by its parts.

    ``page`` says whether a withheld service keeps a page at its address: a draft has none.
    """

    service: Service | None
    title: Mapping[str, str]
    problems: tuple[Problem, ...]
    page: bool = True
    inheritance: Inheritance | None = None


def load_service(root: Path, file: str, catalog: Catalog, reporting: Plain) -> LoadedService:
    """Return the service of a file; ``reporting`` is the agency's, which the service's own is laid over."""
    source = read_source(root, file)
    if not isinstance(source.data, dict):
        problems = source.problems or (Problem("file-not-a-map", "error", source.place(()), {}),)
        return LoadedService(None, {}, holding_back(problems, "service"))
    return _complete(source, source.data, catalog, reporting)


def rules_of(manual: Manual, place_of: PlaceOf) -> Iterator[Problem]:
    """Yield what the rules within one manual or service find wrong with it."""
    return (_problem(found, place_of) for rule in (*RULES, *ANSWER_RULES) for found in rule(manual))


def context_of(catalog: Catalog) -> dict[str, object]:
    """Return what validators need to know of the catalog."""
    return {"first_language": catalog.first_language, "fiscal_year_starts": catalog.settings.fiscal_year_starts}


def _complete(source: Source, own: dict[str, Plain], catalog: Catalog, reporting: Plain) -> LoadedService:
    manual = _manual(own, catalog, source)
    page = own.get("status") != "draft"
    if isinstance(manual, Problem):
        title = _title(own.get("title"), catalog)
        return LoadedService(None, title, holding_back((*source.problems, manual), "service"), page)
    merged = merge(own, manual[1], source, manual[0]) if manual else alone(own, source.file)
    service, found = _made(merged, catalog, reporting)
    problems = (*source.problems, *without_spoiled((*merged.problems, *found), (source,)))
    title = _title(merged.data.get("title"), catalog)
    good = None if errors_in(problems) else service
    return LoadedService(good, title, holding_back(problems, "service"), page, merged.inheritance)


def _manual(
    own: dict[str, Plain], catalog: Catalog, source: Source
) -> tuple[str, Mapping[str, Plain]] | Problem | None:
    """Return the id and the data of the manual that a service inherits, or why it cannot."""
    manual_id = own.get("inherits")
    if not isinstance(manual_id, str):
        return None
    place = source.place(("inherits",))
    if f"manuals/{manual_id}" in catalog.broken:
        return Problem("shared-file-broken", "error", place, {"value": manual_id, "file": f"manuals/{manual_id}.yml"})
    if manual_id not in catalog.manuals:
        return unknown_id(place, "inherits", manual_id, catalog.manuals, "manuals/")
    return manual_id, catalog.manuals[manual_id]  # type: ignore[return-value]  # the model does not know what Plain is


def _made(merged: Merged, catalog: Catalog, reporting: Plain) -> tuple[Service | None, list[Problem]]:
    data = merged.data
    own_reporting = data.get("reporting")
    if isinstance(own_reporting, dict) and isinstance(reporting, dict):
        data = {**data, "reporting": {**reporting, **own_reporting}}
    service, problems = make_record(Service, data, merged.place, context_of(catalog))
    problems += _id_is_name(data, merged)
    problems += _sections_missing(data, merged, catalog.settings.required_sections)
    if service is not None:
        problems += chain(rules_of(service, merged.place), shared_ids_known(service, catalog, merged.place))
    return service, problems


def _id_is_name(data: Mapping[str, Plain], merged: Merged) -> Iterator[Problem]:
    name = merged.file.rpartition("/")[2].removesuffix(".yml")
    written = data.get("id")
    if isinstance(written, str) and written != name:
        yield Problem(
            "id-differs-from-name", "error", Place(merged.file, ("id",)), {"value": shown(written), "name": name}
        )


def _sections_missing(data: Mapping[str, Plain], merged: Merged, required: Collection[str]) -> Iterator[Problem]:
    """Yield each required section, or part of one, that a published service has not."""
    if data.get("status") in EXEMPT:
        return
    for section in ASKED:
        if section not in required:
            continue
        if section not in data:
            yield Problem("section-missing", "error", merged.place((section,)), {"field": section})
            continue
        value = data[section]
        for part in ASKED[section]:
            if isinstance(value, dict) and part not in value:
                field = f"{section}.{part}"
                yield Problem("section-missing", "error", merged.place((section, part)), {"field": field})


def _problem(found: Finding, place_of: PlaceOf) -> Problem:
    facts = {"field": field_of(found.route), **found.facts}
    known = facts.pop("known", None)
    value = facts.get("value")
    if isinstance(value, str):
        facts["value"] = shown(value)
    if isinstance(known, list) and isinstance(value, str):
        near = nearest(value, known)
        code, facts = ("id-unknown", {**facts, "nearest": near}) if near else ("id-unknown-none-near", facts)
        return Problem(code, "error", place_of(found.route), facts)
    return Problem(found.code, "error", place_of(found.route), facts)


def _title(value: Plain, catalog: Catalog) -> dict[str, str]:
    """Return what could be read of a title, for the page that says that it is being corrected.

    A title that holds what no text may hold is not shown there either.
    """
    if errors_in(check_text(Place(""), value)):
        return {}
    if isinstance(value, str):
        return {catalog.first_language: value}
    items = value.items() if isinstance(value, dict) else ()
    return {language: words for language, words in items if isinstance(words, str) and words.strip()}
