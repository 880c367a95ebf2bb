"""The papers that services ask for and what they cost, as tables: every line of every manual once."""

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pandas as pd
import pytest
from made import AS_OF, CONTEXT, made_catalog, made_data, made_level, made_service, made_target
from published import csv_rows, json_rows, publish_data
from sites import REPOSITORY
from test_datasets import _sheet as sheet
from test_pages import words_of

from generator.model import Catalog, Service, SharedDocument
from generator.stats import measure_agency
from generator.views.manual import documents_of

QUESTIONS = (
    {"id": "age", "ask": "How old is it?", "unit": "years", "from": 1, "to": 60},
    {"id": "vehicle", "ask": "Which vehicle?", "choices": tuple({"id": one, "title": one} for one in ("car", "bus"))},
    {"id": "company", "ask": "Is it a company's?"},
)
DOCUMENTS = (
    {"document": "id-card", "originals": 1, "copies": 2},
    {"document": "id-card", "title": "Card of the owner", "held_by_state": False, "issuer": "Any district"},
    {"title": "ID  card", "when": "for children"},
    {"title": "=Plan", "held_by_state": "unknown", "if": {"vehicle": ("car", "bus"), "age": {"from": 7}}},
)
FEES = (
    {"title": "Fee", "amount": "20.50", "currency": "THB", "per": "copy"},
    {"title": "Fast", "amount": "100.00", "currency": "THB", "when": "on the same day"},
    {"title": "Company", "amount": "5", "currency": "USD", "if": {"company": True}},
    {"title": "Tax", "currency": "THB", "tiers": {"question": "age", "rates": ({"rate": "4.00"},)}},
)


def catalog() -> Catalog:
    """A shared list of one paper."""
    card = SharedDocument.model_validate(
        {"id": "id-card", "title": "ID card", "issuer": "Districts", "held_by_state": True}, context=CONTEXT
    )
    return replace(made_catalog(), documents={"id-card": card})


def services() -> list[Service]:
    """A service that asks for much, one that asks for nothing, one that says nothing, and one that ended."""
    asks: dict[str, Any] = {"documents": DOCUMENTS, "fees": FEES}
    target = made_target("2025-10-01")
    some = made_level("some", [target], **{"if": {"age": {"from": 1, "to": 6}}})
    return [
        made_service(
            questions=QUESTIONS, requirements=asks, levels=[some, made_level(targets=[target])], after=("office/free",)
        ),
        made_service("ended", requirements=asks, questions=QUESTIONS, status="retired"),
        made_service("free", requirements={"documents": "none", "fees": "none"}),
        made_service("silent"),
    ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of an agency with these services."""
    folder, shared, data = tmp_path_factory.mktemp("manuals"), catalog(), made_data([], services())
    publish_data(folder, shared, [(data, measure_agency(shared, data, AS_OF))], AS_OF)
    return folder


def told(row: Mapping[str, Any], *names: str) -> tuple[Any, ...]:
    """Return some cells of a row."""
    return tuple(row[name] for name in names)


def test_every_line_of_a_list_of_documents_is_a_row(site: Path) -> None:
    """In the manual's order, with the shared list's words where the manual has none; the manual's own word goes first."""
    rows = csv_rows(site / "data/documents.csv")

    assert [told(row, "number", "document_id", "title_en", "issuer_en", "held_by_state") for row in rows] == [
        ("1", "id-card", "ID card", "Districts", "true"),
        ("2", "id-card", "Card of the owner", "Any district", "false"),
        ("3", "id-card", "ID  card", "", ""),
        ("4", "", "'=Plan", "", "unknown"),
    ]
    assert [told(row, "originals", "copies", "when_en", "answers") for row in rows] == [
        ("1", "2", "", ""), ("", "", "", ""), ("", "", "for children", ""), ("", "", "", "age=7..;vehicle=car,bus"),
    ]  # fmt: skip


def test_the_same_paper_is_the_same_in_every_row(site: Path) -> None:
    """A name that the shared list has is that paper; any other is its name as search reads it."""
    assert [row["paper"] for row in csv_rows(site / "data/documents.csv")] == ["id-card", "id-card", "id-card", "plan"]


def test_every_fee_is_a_row_that_says_whether_everybody_pays_it(site: Path) -> None:
    """Exact decimals; what depends on answers or on words is not fixed, and what is worked out has no amount."""
    rows = csv_rows(site / "data/fees.csv")
    columns = ("title_en", "amount", "currency", "per_en", "when_en", "answers", "varies", "fixed")

    assert [told(row, *columns) for row in rows] == [
        ("Fee", "20.5", "THB", "copy", "", "", "false", "true"),
        ("Fast", "100", "THB", "", "on the same day", "", "false", "false"),
        ("Company", "5", "USD", "", "", "company=true", "false", "false"),
        ("Tax", "", "THB", "", "", "", "true", "false"),
    ]


def test_none_and_not_stated_are_apart(site: Path) -> None:
    """What has no row is told by services: 0 is none, an empty cell is not stated; and what must be done first."""
    rows = {row["service_id"]: row for row in csv_rows(site / "data/services.csv")}

    assert {name: told(row, "documents", "fees") for name, row in rows.items()} == {
        "permit": ("4", "4"), "ended": ("4", "4"), "free": ("0", "0"), "silent": ("", ""),
    }  # fmt: skip
    assert {name: row["after"] for name, row in rows.items() if row["after"]} == {"permit": "office/free"}


def test_a_page_of_what_ended_claims_no_line() -> None:
    """Its lists stand on its page, and its numbers are what somebody wrote, since no table has lines of it."""
    words, known = words_of("en", "en"), {one.id: one for one in services()}
    shown = {name: documents_of(words, catalog(), known[name], {}).documents[0] for name in ("permit", "ended")}

    assert {name: [line.claims for line in one.copies] for name, one in shown.items()} == {
        "permit": [("documents.originals:number=1",), ("documents.copies:number=1",)], "ended": [("*",), ("*",)],
    }  # fmt: skip


def test_a_promise_to_some_says_to_whom(site: Path) -> None:
    """The answers that a standard asks for stand in its row."""
    levels = [row for row in csv_rows(site / "data/service_levels.csv") if row["service_id"] == "permit"]

    assert {row["level_id"]: row["answers"] for row in levels} == {"some": "age=1..6", "time": ""}


@pytest.mark.parametrize("table", ["documents", "fees"])
def test_workbooks_and_json_have_the_same_rows(site: Path, table: str) -> None:
    """Those of all agencies and of one; text without the apostrophe of CSV."""
    in_csv = [{name: cell for name, cell in row.items() if cell} for row in csv_rows(site / f"data/{table}.csv")]
    plain = [{name: cell.removeprefix("'") for name, cell in row.items()} for row in in_csv]
    books = [sheet(site / f"data/{name}.xlsx", table) for name in ("performance", "agencies/office")]
    told_in_json = json_rows(_json(site)[table])

    for rows in (*books, told_in_json):
        assert [{name: _text(cell) for name, cell in row.items() if cell not in (None, "")} for row in rows] == plain


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_queries_of_the_methods_page_answer(site: Path, language: str) -> None:
    """Who asks for what the State holds, and what everybody pays for a permit, as the page says to ask the tables."""
    page = (REPOSITORY / f"content/{language}/methods.md").read_text("utf-8").replace(f"title_{language}", "title_en")
    asked = [query for query in re.findall(r"```sql\n(.*?)```", page, re.DOTALL) if "services s" in query]
    tables = sqlite3.connect(":memory:")
    for name in ("documents", "fees", "services"):
        pd.read_csv(site / f"data/{name}.csv", dtype=str).to_sql(name, tables, index=False)

    assert [tables.execute(query).fetchall() for query in asked] == [
        [("Permit", "ID card", "1", "2")], [("Permit", "THB", 20.5)],
    ]  # fmt: skip


def _json(site: Path) -> Any:
    return orjson.loads((site / "data/agencies/office.json").read_bytes())


def _text(cell: object) -> str:
    return str(cell).lower() if isinstance(cell, bool) else f"{cell:g}" if isinstance(cell, float) else str(cell)
