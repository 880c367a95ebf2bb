"""What happened to single rows of the demonstration: ``events.csv`` as values, and their effect."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from generator.demonstration.plans import read_code
from generator.demonstration.rows import Row, RowKey, named, without_counts
from generator.model import LevelKey

EMPTY_STATUSES: Final = frozenset({"not_reported", "not_applicable", "suppressed"})

Rows = Mapping[RowKey, list[Row]]


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the file.

    ``change`` is ``set`` (cells), ``add`` (a row of another grain), ``correct`` (a new revision whose within_target is
    ``value`` more than the one before), ``drop`` (the row and its parts) or ``drop_total`` (the row alone).
    """

    key: LevelKey
    row: RowKey
    change: str
    value: str
    cells: Mapping[str, str]


def read_events(path: Path) -> list[Event]:
    """Return the events in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_event(line) for line in csv.DictReader(file)]


def happen(event: Event, rows: Rows) -> dict[RowKey, list[Row]]:
    """Return the rows after the event; raises KeyError where it is about a row that is not there."""
    if event.change == "add":
        return {**rows, event.row: [_with(named(event.row, {}), event)]}
    revisions = rows[event.row]
    if event.change == "drop":
        return {key: kept for key, kept in rows.items() if (key.level, key.period) != (event.key, event.row.period)}
    if event.change == "drop_total":
        return {key: kept for key, kept in rows.items() if key != event.row}
    if event.change == "correct":
        return {**rows, event.row: _corrected(revisions, event)}
    return {**rows, event.row: [*revisions[:-1], _with(revisions[-1], event)]}


def _event(line: Mapping[str, str]) -> Event:
    key = LevelKey(line["agency_id"], line["service_id"], line["level_id"])
    row = RowKey(key, read_code(line["period"]), line["channel_id"], line["office_id"])
    cells = {column: line[column] for column in ("reported_on", "note_th", "note_en") if line[column]}
    return Event(key, row, line["change"], line["value"], cells)


def _with(row: Row, event: Event) -> Row:
    """Return the row with the event's cells; a status that allows no counts empties them."""
    changed = {part.partition("=")[0]: part.partition("=")[2] for part in event.value.split()}
    row = {**row, **event.cells, **changed}
    return without_counts(row) if row.get("status") in EMPTY_STATUSES else row


def _corrected(revisions: list[Row], event: Event) -> list[Row]:
    """Return all revisions: the drawn figure stays the newest, and the older ones were that much further away."""
    value = int(event.value)
    older = [{**row, "within_target": str(int(row["within_target"]) - value)} for row in revisions]
    plain = {column: cell for column, cell in revisions[-1].items() if column not in ("note_th", "note_en")}
    newest = {**plain, **event.cells, "status": "final", "revision": str(len(revisions))}
    return [*older, newest]
