"""The cells that say what a row is about: service, level, period, channel, office, revision."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from generator.intake.cells import Wrong, read_count, read_period_cell
from generator.intake.hygiene import shown
from generator.intake.nearest import unknown_id
from generator.intake.reading import Known, Reading, read_column
from generator.intake.revisions import UNKNOWN_REVISION, BadRow, Key
from generator.intake.table import KEYS
from generator.model import WithheldRow
from generator.periods import Period, has_ended

# What stands in a key's cell of a row that adds up the others.
_TOTAL = re.compile(r"(?:รวม|ยอดรวม|ผลรวม).*|ทั้งหมด|(?:grand |sub)?totals?\b.*|sum|all", re.IGNORECASE | re.DOTALL)
Value = TypeVar("Value")
_IDS: Final = ("service_id", "level_id", "channel_id", "office_id")


def check_ids(reading: Reading) -> None:
    """Note every id that is not known, and every row that adds up others."""
    reading.totals = frozenset(_totals(reading))
    known, table = reading.known, reading.table
    services, levels, channels, offices = (table.column(name) for name in _IDS)
    folder = f"agencies/{known.agency_id}"
    for index in _where(services, {*services} - known.services.keys()):
        _refuse_id(reading, index, "service_id", known.services, f"{folder}/services/")
    for index in _where(offices, {*offices} - known.offices - {""}):
        _refuse_id(reading, index, "office_id", known.offices, f"{folder}/agency.yml")
    for name, column, ids_of in (("level_id", levels, known.levels), ("channel_id", channels, known.channels)):
        pairs = tuple(zip(services, column, strict=True))
        for index in _where(pairs, {pair for pair in {*pairs} if _is_strange(*pair, ids_of, name)}):
            ids = ids_of[services[index]]
            _refuse_id(reading, index, name, ids, f"{folder}/services/{services[index]}.yml")


def _is_strange(service_id: str, cell: str, ids_of: Mapping[str, Collection[str]], name: str) -> bool:
    """Return whether a service that is known has no such level or channel; an empty channel is all of them."""
    ids = ids_of.get(service_id)
    return ids is not None and cell not in ids and not (cell == "" and name == "channel_id")


def _where(column: Sequence[Value], wanted: Collection[Value]) -> Iterator[int]:
    return (index for index, value in enumerate(column) if value in wanted) if wanted else iter(())


def _refuse_id(reading: Reading, index: int, name: str, ids: Collection[str], file: str) -> None:
    """Note an id that is missing, not known, or known but for the spaces around it."""
    cell = reading.table.column(name)[index]
    if not cell.strip():
        reading.refuse(index, name, Wrong("cell-required"))
    elif cell.strip() in ids:
        reading.refuse(index, name, Wrong("cell-spaces", {"suggestion": cell.strip()}))
    else:
        problem = unknown_id(reading.place(index, name), name, cell, ids, file)
        reading.refuse(index, name, Wrong(problem.code, problem.facts))


def _totals(reading: Reading) -> Iterator[int]:
    """Yield the rows that add up others: a key's cell says so, and no id is called that."""
    known, table = reading.known, reading.table
    ids = {*known.services, *known.offices}.union(*known.levels.values(), *known.channels.values())
    for name in (*_IDS, "period"):
        column = table.column(name)
        for index in _where(column, {cell for cell in {*column} - ids if _TOTAL.fullmatch(cell.strip())}):
            yield index
            reading.wrong(index, name, "row-total", value=shown(column[index]))


def read_periods(reading: Reading) -> Sequence[Period | None]:
    """Return the period of each row, None where it cannot be read; one that has not ended is noted."""
    starts, as_of = reading.known.catalog.settings.fiscal_year_starts, reading.known.as_of
    column = reading.table.column("period")
    for index in _where(column, {cell for cell in {*column} if not cell.strip()}):
        reading.refuse(index, "period", Wrong("cell-required"))
    periods = read_column(reading, "period", lambda cell: read_period_cell(cell, starts) if cell.strip() else None)
    early = {period for period in {*periods} if period is not None and not has_ended(period, as_of)}
    for index in _where(periods, early):
        reading.refuse(index, "period", Wrong("period-future", {"as_of": as_of}))
    return periods


def bad_rows(reading: Reading) -> Iterator[BadRow]:
    """Yield the rows of a file that are not published, and which key each withholds."""
    table = reading.table
    columns = {name: table.column(name) for name in KEYS}
    for index in sorted(reading.bad):
        cells = {name: column[index] for name, column in columns.items()}
        revision = read_count(cells["revision"] or "0")
        number = UNKNOWN_REVISION if isinstance(revision, Wrong) else revision
        yield BadRow(_withheld_row(table.file, table.lines[index], cells), key_of(reading.known, cells), number)
    for line, lost in table.lost:
        yield BadRow(_withheld_row(table.file, line, lost), key_of(reading.known, lost))


def _withheld_row(file: str, line: int, cells: Mapping[str, str]) -> WithheldRow:
    service_id, level_id, period = (shown(cells.get(name, "")) for name in KEYS[:3])
    return WithheldRow(service_id, level_id, period, file, line)


def key_of(known: Known, cells: Mapping[str, str]) -> Key | None:
    """Return which key the cells name, or None where they name none that can be published."""
    service_id, level_id, code, channel_id, office_id = (cells.get(name, "") for name in KEYS[:5])
    if level_id not in known.levels.get(service_id, ()):
        return None
    if channel_id not in known.channels[service_id] | {""} or office_id not in known.offices | {""}:
        return None
    period = read_period_cell(code, known.catalog.settings.fiscal_year_starts)
    if isinstance(period, Wrong) or not has_ended(period, known.as_of):
        return None
    return service_id, level_id, period.code, channel_id, office_id
