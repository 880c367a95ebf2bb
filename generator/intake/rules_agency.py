"""Rules within agency.yml: section 5 of the data contract."""

from collections.abc import Iterator

from generator.intake.hygiene import shown
from generator.intake.load_records import PlaceOf
from generator.intake.rules import ids_repeated, listed
from generator.model import Agency
from generator.problems import Problem


def agency_rules(agency: Agency, place_of: PlaceOf, name: str) -> Iterator[Problem]:
    """An agency is called as its folder, a merged one names its successor, and its offices have ids of their own."""
    if agency.id != name:
        yield Problem("id-differs-from-name", "error", place_of(("id",)), {"value": shown(agency.id), "name": name})
    if agency.status == "merged" and agency.replaced_by is None:
        yield Problem("replaced-by-missing", "error", place_of(("status",)), {"value": agency.status})
    for found in ids_repeated(listed(agency.offices), ("offices",)):
        yield Problem(found.code, "error", place_of(found.route), {"field": "id", **found.facts})
