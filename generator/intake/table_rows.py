"""The rows of one CSV file as observations: every cell read, column by column, and its row's cells compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Final, cast

from generator.intake.cells import Wrong, read_attainment, read_count, read_counts, read_day, read_decimal
from generator.intake.hygiene import shown
from generator.intake.key_cells import bad_rows, check_ids, read_periods
from generator.intake.nearest import nearest
from generator.intake.reading import Known, Reading, check_column, read_column
from generator.intake.revisions import BadRow
from generator.intake.row_rules import check_rows
from generator.intake.table import COUNTS, NOTE, TIMES, Table
from generator.model import Observation, RowStatus
from generator.periods import Period
from generator.problems import Problem

LONGEST_NOTE: Final = 500
STATUSES: Final = ("final", "provisional", "not_reported", "not_applicable", "suppressed")
_RUNS_IN_SPREADSHEETS: Final = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NO_NOTES: Final[Mapping[str, str]] = {}
_FINAL: Final[RowStatus] = "final"  # what an empty status means; an empty revision is the first


@dataclass(frozen=True, slots=True)
class TableRows:
    """What one file gives: its good rows, the others, and everything that is wrong."""

    observations: Sequence[Observation]
    bad_rows: Sequence[BadRow]
    problems: Sequence[Problem]


def read_table_rows(table: Table, known: Known) -> TableRows:
    """Return the rows of a file as observations; every rule that one row can break has been checked."""
    reading = Reading(table, known, list(table.problems))
    observations = _observations(reading) if table.lines else []
    return TableRows(observations, tuple(bad_rows(reading)), tuple(reading.problems))


def _observations(reading: Reading) -> Sequence[Observation]:
    table = reading.table
    check_ids(reading)
    periods = read_periods(reading)
    counts = {name: read_column(reading, name, read_count, read_counts) for name in COUNTS}
    times = {name: read_column(reading, name, read_decimal) for name in TIMES}
    for name in COUNTS:
        check_column(reading, name, _may_be_telephone)
    rows = list(
        map(
            Observation,
            table.column("service_id"),
            table.column("level_id"),
            cast(Sequence[Period], periods),  # a row without a period is bad, and left out below
            table.column("channel_id"),
            table.column("office_id"),
            counts["volume"],
            counts["within_target"],
            counts["received"],
            counts["backlog"],
            counts["backlog_overdue"],
            times["median"],
            times["p90"],
            counts["excluded"],
            counts["delay_notices_due"],
            counts["delay_notices_sent"],
            counts["complaints"],
            [status or _FINAL for status in read_column(reading, "status", _read_status)],
            [revision or 0 for revision in read_column(reading, "revision", read_count)],
            read_column(reading, "reported_on", read_day),
            read_column(reading, "reported_attainment", read_attainment),
            _notes(reading),
            repeat(table.file),
            table.lines,
        )
    )
    check_rows(reading, rows, {**counts, **times})
    return [row for index, row in enumerate(rows) if index not in reading.bad] if reading.bad else rows


def _read_status(cell: str) -> RowStatus | Wrong:
    if cell in STATUSES:
        return cast(RowStatus, cell)
    near = nearest(cell, STATUSES)
    return Wrong("status-unknown-none-near") if near is None else Wrong("status-unknown", {"nearest": near})


def _may_be_telephone(cell: str) -> bool:
    """No count begins with 0, so ten digits that do may be somebody's number."""
    return len(cell) >= 10 and cell.startswith("0")


def _notes(reading: Reading) -> Sequence[Mapping[str, str]]:
    """Return each row's notes by language, of the languages that the catalog has; all of them are checked."""
    table = reading.table
    columns = {name: column for name, column in table.columns.items() if name.startswith(NOTE) and any(column)}
    if not columns:
        return [_NO_NOTES] * len(table.lines)
    for name in columns:
        check_column(reading, name, bool)
        _check_notes(reading, name)
    languages = reading.known.catalog.settings.languages
    wanted = [(name[len(NOTE) :], column) for name, column in columns.items() if name[len(NOTE) :] in languages]
    return [
        {language: column[index] for language, column in wanted if column[index].strip()} or _NO_NOTES
        for index in range(len(table.lines))
    ]


def _check_notes(reading: Reading, name: str) -> None:
    """A note has at most 500 characters, and does not begin as a formula does."""
    for index, note in enumerate(reading.table.columns[name]):
        if len(note) > LONGEST_NOTE:
            reading.wrong(index, name, "note-too-long", field=name, found=len(note), most=LONGEST_NOTE)
        if note.startswith(_RUNS_IN_SPREADSHEETS):
            reading.odd(index, name, "cell-formula", field=name, first=note[0], value=shown(note))
