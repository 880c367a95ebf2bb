"""The demonstration data: made again it is the same, and everything of the contract occurs in it somewhere."""

import csv
import typing
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from generator import model, values
from generator.demonstration import HERE, write_figures
from generator.demonstration.plans import in_force, periods_of, read_plans
from generator.demonstration.rows import COLUMNS
from generator.intake.read_yaml import read_yaml
from generator.periods import read_period

DATA = Path(__file__).parent.parent / "sla_data"
KINDS = {
    "catalog.yml": model.CatalogFile,
    "vocabulary/topics.yml": model.Topic,
    "vocabulary/life_events.yml": model.Topic,
    "vocabulary/documents.yml": model.SharedDocument,
    "vocabulary/laws.yml": model.Law,
    "calendars/*.yml": model.Calendar,
    "manuals/*.yml": model.Manual,
    "agencies/*/agency.yml": model.Agency,
    "agencies/*/services/*.yml": model.Service,
}
# A manual may say all that a service says; not every manual needs to.
CHECKED = [kind for kind in KINDS.values() if kind is not model.Manual]


def test_the_script_makes_the_same_bytes_again(tmp_path: Path) -> None:
    """Every performance file of the data folder is what the script writes, and there is none besides."""
    for agency in (DATA / "agencies").iterdir():
        (tmp_path / "agencies" / agency.name).mkdir(parents=True)

    written = {path.relative_to(tmp_path): path.read_bytes() for path in write_figures(tmp_path)}

    assert written == {path.relative_to(DATA): path.read_bytes() for path in DATA.glob("agencies/*/performance/*")}


def test_the_size_that_the_issue_asks_for() -> None:
    """There are at least 8 agencies, 40 services and 36 months."""
    months = {row["period"] for row in _rows() if len(row["period"]) == 7 and "-" in row["period"]}

    assert len(list(DATA.glob("agencies/*/agency.yml"))) >= 8
    assert len(list(DATA.glob("agencies/*/services/*.yml"))) >= 40
    assert {f"{2023 + (9 + n) // 12}-{(9 + n) % 12 + 1:02}" for n in range(37)} <= months


def test_everything_says_that_it_is_a_demonstration() -> None:
    """The catalog and every agency carry the mark."""
    files = [DATA / "catalog.yml", *DATA.glob("agencies/*/agency.yml")]

    assert [file for file in files if _read(file)["demonstration"] is not True] == []


@pytest.mark.parametrize("kind", CHECKED, ids=lambda kind: kind.__name__)
def test_every_key_is_used(kind: type[BaseModel]) -> None:
    """Each key that a file of this kind may have stands in some file."""
    used = {
        path
        for pattern, record in KINDS.items()
        if record is kind or (kind is model.Service and record is model.Manual)
        for file in sorted(DATA.glob(pattern))
        for path in _paths(_read(file))
    }

    assert sorted(set(_keys(kind)) - used) == []


@pytest.mark.parametrize(
    ("record", "key"),
    [
        (model.Agency, "status"),
        (model.Agency, "kind"),
        (model.Reporting, "frequency"),
        (model.Service, "type"),
        (model.Service, "status"),
        (model.Channel, "type"),
        (model.ComplaintChannel, "type"),
        (model.ServiceLevel, "measure"),
        (model.Clock, "starts"),
        (model.Clock, "stops"),
        (model.Clock, "pauses"),
        (model.Scope, "audience"),
        (model.Hours, "days"),
        (model.Improvement, "dimension"),
        (model.Improvement, "status"),
        (values.Duration, "unit"),
        (values.Gain, "unit"),
        (model.Document, "held_by_state"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_every_word_of_a_closed_list_is_used(record: type[BaseModel], key: str) -> None:
    """Each word that a key allows stands somewhere under a key of that name."""
    values = [value for _, name, value in _pairs() if name == key]
    used = {str(word) for value in values for word in (value if isinstance(value, tuple) else (value,))}

    assert sorted(set(_words(record.model_fields[key].annotation)) - used) == []


@pytest.mark.parametrize("key", ["legal_basis", "criteria", "documents", "fees", "forms", "manual_copy_fee"])
def test_a_stated_nothing_and_something_both_occur(key: str) -> None:
    """``none`` stands on each key that allows it, and so does a value."""
    values = [value for _, name, value in _pairs() if name == key]

    assert "none" in values
    assert any(value != "none" for value in values)


def test_all_three_kinds_of_question_are_asked() -> None:
    """There are questions with choices, with a number and with yes or no; each kind of answer stands in some ``if``."""
    questions = [question for _, name, value in _pairs() if name == "questions" for question in value]
    answers = [answer for _, name, value in _pairs() if name == "if" for answer in value.values()]

    assert {"choices" in question for question in questions} == {True, False}
    assert {"unit" in question for question in questions} == {True, False}
    assert {type(answer) for answer in answers} == {str, bool, tuple, dict}


@pytest.mark.parametrize("where", ["channels", "documents", "fees", "steps", "service_levels"])
def test_conditions_stand_wherever_they_may(where: str) -> None:
    """An ``if`` stands on some channel, document, fee, step and service level."""
    assert any(where in path and name == "if" for path, name, _ in _pairs())


@pytest.mark.parametrize("where", ["channels", "documents", "fees", "steps", "complaints"])
def test_inheriting_services_add_to_every_section(where: str) -> None:
    """``add`` stands in each section that may be added to."""
    assert any(path and path[-1] == where and name == "add" for path, name, _ in _pairs())


def test_the_city_and_the_district_share_a_manual() -> None:
    """At least one central manual is inherited by both municipalities."""
    by_agency = {
        agency: {_read(file).get("inherits") for file in DATA.glob(f"agencies/{agency}/services/*.yml")} - {None}
        for agency in ("sample-city", "sample-district")
    }

    assert by_agency["sample-city"] & by_agency["sample-district"]


def test_every_column_is_used() -> None:
    """Each column of the contract is filled in some row."""
    used = {column for row in _rows() for column, cell in row.items() if cell}

    assert [column for column in COLUMNS if column not in used] == []


def test_every_state_of_a_row_occurs() -> None:
    """Every status, no cases in both ways of writing it, unknown counts, revisions, all six grains and long notes."""
    rows = _rows()
    empty = {(row["volume"], row["within_target"]) for row in rows if not row.get("status")}

    assert {row.get("status", "") for row in rows} == {
        "", "final", "provisional", "not_reported", "not_applicable", "suppressed",
    }  # fmt: skip
    assert {("0", "0"), ("0", "")} <= empty
    assert any(volume not in ("", "0") and within == "" for volume, within in empty)
    assert {row.get("revision", "") for row in rows} == {"", "1", "2"}
    assert {_period(row["period"]).grain for row in rows} == {
        "month", "quarter", "half_year", "year", "fiscal_year", "fiscal_half_year",
    }  # fmt: skip
    assert any("\n" in row.get("note_th", "") and "\n" in row.get("note_en", "") for row in rows)
    assert any(row.get("status") == "suppressed" and row.get("office_id") for row in rows)
    assert any(row.get("status") == "suppressed" and row.get("channel_id") for row in rows)


def test_no_breakdown_shows_few_cases() -> None:
    """A row by channel or office has no count from 1 to 4, and neither has the difference of its counts."""
    parts = [row for row in _rows() if (row.get("channel_id") or row.get("office_id")) and row["volume"]]
    few = [
        row
        for row in parts
        for volume, within in [(int(row["volume"]), int(row["within_target"]))]
        if {volume, within, volume - within} & {1, 2, 3, 4}
    ]

    assert few == []


def test_nothing_is_reported_before_it_ended() -> None:
    """Every period was over when it was reported, and on 22 November 2026, for which the site speaks."""
    wrong = [
        row
        for row in _rows()
        if _period(row["period"]).end > date.fromisoformat(row["reported_on"] or "2026-11-22")
        or row["reported_on"] > "2026-11-22"
    ]

    assert wrong == []


def test_the_worked_example_has_a_gap_and_two_revisions() -> None:
    """Vehicle tax at the counter lacks May 2026, was revised twice for March, and its promise changed in October 2025."""
    rows = [row for row in _rows() if row["level_id"] == "counter-time" and row["service_id"] == "annual-vehicle-tax"]
    months = {row["period"] for row in rows if not row["office_id"]}
    level = _level("land-transport", "annual-vehicle-tax", "counter-time")

    assert "2026-05" not in months
    assert [row.get("revision", "") for row in rows if row["period"] == "2026-03" and not row["office_id"]] == [
        "",
        "1",
        "2",
    ]
    assert [(str(target["valid_from"]), target["limit"]["value"], target["share"]) for target in level["targets"]] == [
        ("2023-10-01", 60, Decimal("0.85")),
        ("2025-10-01", 30, Decimal("0.90")),
    ]


@pytest.mark.parametrize(
    ("engine", "age", "company", "tax"),
    [(1500, 1, False, "1650"), (1500, 8, False, "1155"), (600, 5, False, "300"), (2000, 1, True, "5800")],
)
def test_the_vehicle_tax_is_the_published_one(engine: int, age: int, company: bool, tax: str) -> None:
    """1,500 cc cost 1,650 baht in the first years and 1,155 in year 8; a company pays twice."""
    fee = _read(DATA / "agencies/land-transport/services/annual-vehicle-tax.yml")["requirements"]["fees"][0]
    bands, twice = fee["adjustments"]
    amount, below = Decimal(0), 0
    for rate in fee["tiers"]["rates"]:
        upper = min(engine, rate.get("up_to", engine))
        amount += max(0, upper - below) * Decimal(rate["rate"])
        below = upper
    amount *= next((Decimal(b["multiply"]) for b in reversed(bands["bands"]) if age >= b["from"]), 1)
    amount *= Decimal(twice["multiply"]) if company else 1

    assert amount == Decimal(tax)


def test_the_plan_knows_the_limits_of_the_manuals() -> None:
    """Each drawn time is of the limit that the service file has in force on the first day of the period."""
    wrong = [
        (plan.key, period.code)
        for plan in read_plans(HERE / "levels.csv")
        for period in periods_of(plan)
        if _limit_in_force(plan.key, period.start) != (in_force(plan.limit, period.start) or (None, None))[1]
    ]

    assert wrong == []


def test_breakdowns_name_what_exists() -> None:
    """Each channel of a breakdown is one of its level, and each office one of its agency."""
    for plan in read_plans(HERE / "levels.csv"):
        agency = _read(DATA / "agencies" / plan.key.agency_id / "agency.yml")
        service = _service(plan.key.agency_id, plan.key.service_id)
        inherited = _read(DATA / "manuals" / f"{service['inherits']}.yml") if "inherits" in service else {}
        above = ("scope", "channels")
        channels = {
            value
            for part in (service, inherited)
            for path, name, value in _walk(part, ())
            if path[:2] == above and name == "id"
        }
        covered = set(_level(*plan.key).get("channels", channels))

        assert set(plan.channels) <= channels & covered, plan.key
        assert set(plan.offices) <= {office["id"] for office in agency.get("offices", [])}, plan.key


def _limit_in_force(key: model.LevelKey, day: date) -> Decimal | None:
    for target in _level(*key).get("targets", []):
        if str(target["valid_from"]) <= str(day) <= str(target.get("valid_to", "9999")):
            return target.get("limit", {}).get("value")
    return None


def _level(agency_id: str, service_id: str, level_id: str) -> Mapping[str, Any]:
    levels = _service(agency_id, service_id)["service_levels"]
    return next(level for level in levels if level["id"] == level_id)


def _service(agency_id: str, service_id: str) -> Mapping[str, Any]:
    """Return a service's file over its central manual; what it adds to a section is not looked at here."""
    own = _read(DATA / "agencies" / agency_id / "services" / f"{service_id}.yml")
    return {**_read(DATA / "manuals" / f"{own['inherits']}.yml"), **own} if "inherits" in own else own


@cache
def _read(file: Path) -> Any:
    data, faults = read_yaml(file.read_text(encoding="utf-8"))

    assert faults == [], file
    return data


@cache
def _rows() -> list[dict[str, str]]:
    rows = []
    for file in sorted(DATA.glob("agencies/*/performance/*.csv")):
        with file.open(encoding="utf-8", newline="") as handle:
            rows += [{"reported_on": "", "office_id": ""} | row for row in csv.DictReader(handle)]
    return rows


def _period(code: str) -> Any:
    return read_period(code, 10)


@cache
def _pairs() -> list[tuple[tuple[str, ...], str, Any]]:
    """Return every key of every file with the keys above it and its value."""
    return [pair for pattern in KINDS for file in sorted(DATA.glob(pattern)) for pair in _walk(_read(file), ())]


def _walk(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, Any]]:
    if isinstance(value, tuple):
        for item in value:
            yield from _walk(item, path)
    if isinstance(value, dict):
        for key, inner in value.items():
            yield path, key, inner
            yield from _walk(inner, (*path, key))


def _paths(value: Any) -> Iterator[str]:
    """Yield the dotted path of every key; ``add`` is no key of the record."""
    for path, key, _ in _walk(value, ()):
        yield ".".join(step for step in (*path, key) if step != "add")


def _keys(kind: type[BaseModel], above: str = "") -> Iterator[str]:
    """Yield the dotted path of every key that a record of this kind may have."""
    for name, field in kind.model_fields.items():
        key = f"{above}{field.alias or name}"
        yield key
        for record in _records(field.annotation):
            yield from _keys(record, f"{key}.")


def _records(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation is not model.Between:
        yield annotation
    for inner in typing.get_args(annotation):
        if isinstance(inner, type) or typing.get_origin(inner) is not typing.Literal:
            yield from _records(inner)


def _words(annotation: Any) -> Iterator[str]:
    """Yield the words that a closed list allows; a truth value is written as one."""
    if annotation is bool:
        yield from ("True", "False")
    if typing.get_origin(annotation) is typing.Literal:
        yield from (str(word) for word in typing.get_args(annotation))
    else:
        for inner in typing.get_args(annotation):
            yield from _words(inner)
