"""Every field arrives: whatever a file may say is said in the demonstration, on a Thai page, and in a download.

The JSON Schemas name every key; each needs a way to be recognised on a page (``fields.SAID``), so a new key cannot be
forgotten.
"""

import csv
import html
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pytest
from fields import DATA, EVERY, SCHEMAS, TH, WORDS, Seen, paths_of, plain, said, seen, text, values
from sites import built

from generator.periods import read_period
from generator.views.datasets.columns import tables


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_every_key_is_used(kind: str) -> None:
    """Each key of a schema stands in some file of the demonstration; a manual says what services say."""
    used = seen(kind).keys() | (seen("service").keys() if kind == "manual" else set())

    assert [path for path in paths_of(kind) if path not in used] == []


# ---- the pages ----


@cache
def page(path: Path) -> str:
    """Return all that a page says: its text, and what its attributes and its data for programs hold."""
    source = path.read_text(encoding="utf-8")
    attributes = " ".join(re.findall(r'[\w-]+="([^"]*)"', source))
    visible = re.sub(r"<(?!/?script)[^>]+>", " ", source)
    closed = re.sub(r"</?(?:b|span|small|a|code|time|abbr)\b[^>]*>", "", source)
    return plain(html.unescape(" ".join((visible, re.sub(r"<[^>]+>", " ", closed), attributes))))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's site."""
    return built(tmp_path_factory, "demonstration", DATA)


def pages_of(site: Path, one: Seen) -> list[Path]:
    """Return the Thai pages of a record: its own, or, of what is shared, any that is not an agency's and all that use it."""
    kept = one.file.relative_to(DATA).with_suffix("").as_posix()
    if one.file.name == "withdrawn.yml":  # it speaks on the pages of the services that it names
        return [site / one.file.parent.relative_to(DATA) / one.holder["service_id"] / "index.html"]
    if kept.startswith("agencies/"):
        own = site / kept.removesuffix("/agency").replace("/services/", "/") / "index.html"
        return [own] if own.exists() else []
    return [path for path in sorted(site.rglob("index.html")) if not path.is_relative_to(site / "en")]


@pytest.mark.parametrize(("kind", "path"), EVERY, ids=lambda value: value)
def test_every_value_is_on_its_page(site: Path, kind: str, path: str) -> None:
    """Each value of each key is found on the Thai page of the record that has it; of some keys, some value is."""
    published = [one for one in seen(kind)[path] if pages_of(site, one)]
    missing = [one for one in published if not _is_on(site, one)]

    assert len(missing) < len(published), [(said(one), one.file.name) for one in missing][:5]
    if f"{kind}.{path}" not in PARTLY:
        assert [(said(one), one.file.as_posix()) for one in missing] == []


# Not every value of these is said by itself, and why.
PARTLY = {
    "withdrawn.service_id": "an id is seen as what it leads to",
    "withdrawn.channel_id": "an id is seen as what it leads to",
    "service.status": "a service that is offered says so by being there",
    "agency.status": "so does an agency",
    "service.requirements.documents.held_by_state": "only what the State has already is worth a word",
    "documents.held_by_state": "the same",
    "service.requirements.documents.originals": "no original is not said where copies are",
    "service.requirements.documents.copies": "no copy is said as such",
    "service.steps.by_applicant": "only what the applicant does is marked",
    "service.scope.channels.hours.days": "days that follow each other are said from the first to the last",
    "service.scope.channels.hours.closes": "from 00:00 to 24:00 is all day",
    "service.requirements.fees.tiers.rates.up_to": "a band between two is said with both its ends",
    "calendar.days.date": "only days to come are shown",
    "calendar.days.title": "only days to come are shown",
    "calendar.days.source": "only days to come are shown",
    "calendar.id": "an id is seen as what it leads to",
    "documents.id": "an id is seen as what it leads to",
    "agency.offices.id": "an id is seen as what it leads to",
    "service.scope.channels.id": "an id is seen as what it leads to",
    "service.questions.id": "an id is seen as what it leads to",
    "service.questions.choices.id": "an id is seen as what it leads to",
}


def _is_on(site: Path, one: Seen) -> bool:
    ways = said(one)
    return any(way in page(path) for path in pages_of(site, one) for way in ways if way)


# ---- the downloads ----


def written(kind: str, one: Seen, site: Path) -> list[tuple[str, Any]] | None:
    """Return the paths and values of a record in its download; None where it is not published."""
    place = one.file.relative_to(DATA)
    if kind == "withdrawn":
        return _in_json((site / "data" / place.parent).with_suffix(".json"), kind, kind)
    if place.parts[0] == "agencies":
        file = site / "data" / place.with_suffix("").as_posix().removesuffix("/agency").replace("/services/", "/")
        path = file.with_suffix(".json")
        return _in_json(path, kind, kind) if path.exists() else None
    return _in_json(site / "data/catalog.json", kind, {"calendar": "calendars", "manual": "manuals"}.get(kind, kind))


@cache
def _in_json(path: Path, kind: str, key: str) -> list[tuple[str, Any]]:
    found = _tuples(orjson.loads(path.read_bytes())[key])
    schema = SCHEMAS[kind]
    records = found if kind in ("calendar", "manual") else (found,)
    return [(where, value) for record in records for where, value, _ in values(schema, schema, record)]


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_tuples, value))
    return {key: _tuples(item) for key, item in value.items()} if isinstance(value, dict) else value


def _as_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, tuple):
        return tuple(map(_as_json, value))
    return {key: _as_json(item) for key, item in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize(("kind", "path"), EVERY, ids=lambda value: value)
def test_every_value_is_in_a_download(site: Path, kind: str, path: str) -> None:
    """Each value of each published record stands in its JSON, under the key that it has in the file."""
    published = [(one, found) for one in seen(kind)[path] if (found := written(kind, one, site)) is not None]
    ways = [[_as_json(one.value), {"th": one.value}] for one, _ in published]

    assert published
    assert [
        (one.value, one.file.name)
        for (one, found), way in zip(published, ways, strict=True)
        if not any((path, value) in found for value in way)
    ] == []


# ---- the columns of results ----

COLUMNS = [column.name for column in tables(("th", "en"))[0].columns][1:23]


@cache
def results() -> list[tuple[Path, dict[str, str]]]:
    """Return every row of results in the data, with its file."""
    return [
        (file, row)
        for file in sorted(DATA.glob("agencies/*/performance/*.csv"))
        for row in csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines())
    ]


def said_of(column: str, row: Mapping[str, str]) -> list[str]:
    """Return how a cell may be said on a page."""
    cell = row[column]
    say = CELLS.get(column)
    return say(cell) if say else [cell]


def _figure(cell: str) -> list[str]:
    return [WORDS.number(int(cell))] if len(cell) > 2 else []  # a smaller number may stand for anything


def _few(cell: str) -> list[str]:
    return [f" {WORDS.number(int(cell))} {noun}" for noun in ("เรื่อง", "ฉบับ")]


def _time_taken(cell: str) -> list[str]:
    units = ("minute", "hour", "working_hour", "working_day", "calendar_day", "month")
    return [f"ภายใน {WORDS.duration(Decimal(cell), unit)}" for unit in units]


def _period(cell: str) -> list[str]:
    found = read_period(cell, 10)
    return [WORDS.period_short(found)] if found else []


def _status(cell: str) -> list[str]:
    return [TH(f"closed.{name}.{cell}") for name in ("row_status", "verdict") if TH.has(f"closed.{name}.{cell}")]


CELLS: dict[str, Callable[[str], list[str]]] = {
    **dict.fromkeys(("volume", "within_target", "received", "backlog", "backlog_overdue"), _figure),
    **dict.fromkeys(("excluded", "complaints", "delay_notices_due", "delay_notices_sent"), _few),
    **dict.fromkeys(("median", "p90"), _time_taken),
    "service_id": lambda cell: [f"/{cell}/"],
    "level_id": lambda cell: [f"level-{cell}"],
    "period": _period,
    "status": _status,
    "revision": lambda cell: [TH("state.revised")] if cell != "0" else [],
    "reported_on": lambda cell: [WORDS.date(date.fromisoformat(cell))],
    "reported_attainment": lambda cell: [WORDS.share_percent(Decimal(cell))],
}


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_is_used_and_arrives(site: Path, column: str) -> None:
    """A cell of each column stands on the Thai page of its service (a note in English on the English one)."""
    used = [(file, row) for file, row in results() if row.get(column)]
    edition = site / "en" if column == "note_en" else site

    assert used
    assert any(_cell_is_on(edition, file, column, row) for file, row in used)


def _cell_is_on(edition: Path, file: Path, column: str, row: Mapping[str, str]) -> bool:
    agency_id = file.parts[-3]
    path = edition / "agencies" / agency_id / row["service_id"] / "index.html"
    if not path.exists():
        return False
    kinds = {"channel_id": ("service", "scope.channels.title"), "office_id": ("agency", "offices.title")}
    ways = [titles_of(*kinds[column], row[column])] if column in kinds else [said_of(column, row)]
    return any(plain(way) in page(path) for found in ways for way in found if way)


def titles_of(kind: str, path: str, record_id: str) -> list[str]:
    """Return the titles of the channels or offices that have this id."""
    return [text(one)[0] for one in seen(kind)[path] if one.holder["id"] == record_id]
