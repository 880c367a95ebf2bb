"""The schemas that editors read: made from the model, told in both languages, as strict as a schema can be."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from generator.intake.read_yaml import read_yaml
from generator.periods import read_period
from generator.schema import schema_text, schemas, write_schemas

TESTS = Path(__file__).parent
COMMITTED = TESTS.parent / "generator" / "schemas"
SCHEMAS = schemas()
# The folders of data that hold no mistakes.
FOLDERS = (TESTS.parent / "sla_data", TESTS / "sample", TESTS / "broken" / "_base")
KINDS = {
    "catalog.yml": "catalog",
    "vocabulary/topics.yml": "topics",
    "vocabulary/life_events.yml": "life_events",
    "vocabulary/documents.yml": "documents",
    "vocabulary/laws.yml": "laws",
    "calendars/*.yml": "calendar",
    "manuals/*.yml": "manual",
    "agencies/*/agency.yml": "agency",
    "agencies/*/withdrawn.yml": "withdrawn",
    "agencies/*/services/*.yml": "service",
}
FILES = [(kind, path) for folder in FOLDERS for pattern, kind in KINDS.items() for path in sorted(folder.glob(pattern))]
THAI = re.compile("[\u0e01-\u0e5b]")


def plain(value: Any) -> Any:
    """Return what a strict reader read as JSON has it."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def mistakes(kind: str, text: str) -> list[str]:
    """Return where a text does not follow its schema; where a value may be of several kinds, also within each."""
    found, faults = read_yaml(text)
    assert not faults
    return [path for error in Draft202012Validator(SCHEMAS[kind]).iter_errors(plain(found)) for path in paths(error)]


def paths(error: ValidationError) -> Iterator[str]:
    """Yield the place of an error and of those that it is made of."""
    yield error.json_path
    for part in error.context or ():
        yield from paths(part)


def records(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return every record of a schema by name; the file's own has none."""
    return [("", schema), *schema.get("$defs", {}).items()]


def test_the_committed_schemas_are_those_of_the_model() -> None:
    """`python -m generator schema` has been run since the model or the words changed: run it and commit the result."""
    committed = {path.stem: path.read_text(encoding="utf-8") for path in COMMITTED.glob("*.json")}

    assert committed == {name: schema_text(schema) for name, schema in SCHEMAS.items()}


def test_writing_gives_one_file_for_each_kind(tmp_path: Path) -> None:
    """The files are named after the kinds, and are the same each time."""
    first = [(path.name, path.read_bytes()) for path in write_schemas(tmp_path)]
    again = [(path.name, path.read_bytes()) for path in write_schemas(tmp_path)]

    assert [name for name, _ in first] == sorted(f"{kind}.json" for kind in set(KINDS.values()))
    assert first == again


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_each_schema_is_one(kind: str) -> None:
    """It follows JSON Schema's own schema, and each reference leads somewhere."""
    Draft202012Validator.check_schema(SCHEMAS[kind])
    text = json.dumps(SCHEMAS[kind])
    names = re.findall(r'"\$ref": "#/\$defs/(\w+)"', text)

    assert set(names) <= SCHEMAS[kind].get("$defs", {}).keys()
    assert '"null"' not in text


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_every_key_is_explained_in_both_languages(kind: str) -> None:
    """An editor shows what each key means, in Thai and in English."""
    silent = [
        f"{record}.{key}"
        for record, schema in records(SCHEMAS[kind])
        for key, field in schema.get("properties", {}).items()
        if " · " not in field.get("description", "") or not THAI.search(field["description"].split(" · ")[0])
    ]

    assert silent == []


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_unknown_keys_are_refused_in_every_record(kind: str) -> None:
    """A misspelt key is a mistake wherever it stands."""
    open_records = [
        name
        for name, schema in records(SCHEMAS[kind])
        if schema.get("type") == "object" and schema.get("additionalProperties") is not False
    ]

    assert open_records == []


@pytest.mark.parametrize(("kind", "path"), FILES, ids=lambda value: value if isinstance(value, str) else value.stem)
def test_good_files_follow_their_schema(kind: str, path: Path) -> None:
    """What `check` accepts, an editor accepts."""
    assert mistakes(kind, path.read_text(encoding="utf-8")) == []


SERVICE = "id: permit\ntitle: Permit\ntype: permit\nstatus: active\n"
AGENCY = 'id: office\ntitle: Office\nkind: department\nreporting: {frequency: month, first_period: "2025-10"}\n'
TARGET = SERVICE + (
    "service_levels:\n- {id: time, measure: processing_time, title: Time, targets: [{valid_from: 2025-10-01, %s}]}\n"
)
STEP = SERVICE + "steps: [{title: Check, duration: %s}]\n"
FEE = SERVICE + "requirements: {fees: [{title: Fee, currency: THB, %s}]}\n"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("service", SERVICE),
        ("agency", AGENCY),
        ("service", TARGET % "share: 0.9"),
        ("service", TARGET % "limit: {value: 15, unit: working_day}"),
        ("service", STEP % "{value: 1.5, unit: hour}"),
        ("service", FEE % 'amount: "20.00"'),
        ("service", "id: permit\nstatus: active\ninherits: food-premises\n"),
        (
            "service",
            "id: p\nstatus: active\ninherits: m\nsteps: {add: [{title: A, duration: {value: 1, unit: hour}}]}\n",
        ),
        ("service", "id: p\nstatus: active\ninherits: m\nrequirements: {documents: {add: [{title: Form}]}}\n"),
        ("service", SERVICE + "requirements: {criteria: none, documents: none, fees: none, forms: none}\n"),
    ],
)
def test_right_texts_follow_their_schema(kind: str, text: str) -> None:
    """Each text below is one of these with a mistake in it."""
    assert mistakes(kind, text) == []


@pytest.mark.parametrize(
    ("kind", "text", "where"),
    [
        ("service", SERVICE + "stauts: active\n", "$"),
        ("service", SERVICE.replace("permit", "Permit"), "$.id"),
        ("service", SERVICE.replace("title: Permit\n", ""), "$"),
        ("service", SERVICE.replace("status: active\n", ""), "$"),
        ("service", SERVICE.replace("active", "open"), "$.status"),
        ("service", SERVICE.replace("title: Permit", "title: 7"), "$.title"),
        ("service", SERVICE.replace("title: Permit", "title: {Thai: Permit}"), "$.title"),
        ("service", SERVICE.replace("title: Permit", 'title: ""'), "$.title"),
        ("service", TARGET % "share: 90", "$.service_levels[0].targets[0].share"),
        ("service", TARGET % 'share: "0.9"', "$.service_levels[0].targets[0].share"),
        ("service", TARGET % "share: 0", "$.service_levels[0].targets[0].share"),
        ("service", TARGET % "reason: Because", "$.service_levels[0].targets[0]"),
        ("service", TARGET % "share: 0.9, valid_to: 1/10/2569", "$.service_levels[0].targets[0].valid_to"),
        ("service", STEP % "{value: 5}", "$.steps[0].duration"),
        ("service", STEP % "{value: 5, unit: days}", "$.steps[0].duration.unit"),
        ("service", STEP % "{value: 0, unit: hour}", "$.steps[0].duration.value"),
        ("service", FEE % "amount: 20.00", "$.requirements.fees[0].amount"),
        ("service", FEE % 'amount: "1,000"', "$.requirements.fees[0].amount"),
        ("service", FEE % "per: page", "$.requirements.fees[0]"),
        ("service", SERVICE + "same_as: [example.go.th]\n", "$.same_as[0]"),
        ("service", SERVICE + 'legal_basis: "no"\n', "$.legal_basis"),
        ("agency", AGENCY.replace('"2025-10"', "2025"), "$.reporting.first_period"),
        ("agency", AGENCY.replace('"2025-10"', '"ต.ค. 2568"'), "$.reporting.first_period"),
        ("agency", AGENCY.replace("month", "monthly"), "$.reporting.frequency"),
        ("agency", AGENCY + "email: somchai\n", "$.email"),
        ("agency", AGENCY + "phone: 1584\n", "$.phone"),
        ("agency", AGENCY + "offices: [{id: a, title: A, location: [13.79]}]\n", "$.offices[0].location"),
        ("manual", "id: permit\ntitle: Permit\n", "$"),
        ("laws", "- {id: act, titel: Act}\n", "$[0]"),
        ("laws", "id: act\ntitle: Act\n", "$"),
    ],
)
def test_typical_mistakes_are_marked_where_they_stand(kind: str, text: str, where: str) -> None:
    """An editor underlines the value, or, for a key that is missing or unknown, the record."""
    assert where in mistakes(kind, text)


@pytest.mark.parametrize(
    "code",
    ["2026-07", "2026-Q3", "2026-H1", "2026", "FY2026", "FY2026-H1", "2026-13", "FY2026-Q1", "2026-7", "26-07", ""],
)
def test_the_schema_and_the_reader_know_the_same_periods(code: str) -> None:
    """A period that an editor accepts is one that `check` reads."""
    field = SCHEMAS["agency"]["$defs"]["Reporting"]["properties"]["first_period"]

    assert Draft202012Validator(field).is_valid(code) == (read_period(code) is not None)
