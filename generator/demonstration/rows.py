"""One row of a performance file while it is being made: its key, its cells, and how many rows sort."""

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from generator.model import LevelKey
from generator.periods import Period

FISCAL_YEAR_STARTS: Final = 10  # as in sla_data/catalog.yml

# The order of the data contract, section 7.
COLUMNS: Final[tuple[str, ...]] = (
    "service_id",
    "level_id",
    "period",
    "channel_id",
    "office_id",
    "volume",
    "within_target",
    "received",
    "backlog",
    "backlog_overdue",
    "median",
    "p90",
    "excluded",
    "delay_notices_due",
    "delay_notices_sent",
    "complaints",
    "status",
    "revision",
    "reported_on",
    "reported_attainment",
    "note_th",
    "note_en",
)
COUNTS: Final = frozenset(COLUMNS[5:16]) | {"reported_attainment"}

Row = Mapping[str, str]


class RowKey(NamedTuple):
    """What a row is about; empty channel and office are all of them."""

    level: LevelKey
    period: Period
    channel_id: str = ""
    office_id: str = ""


def named(key: RowKey, cells: Mapping[str, object]) -> Row:
    """Return a row: the cells that say what it is about, and the given ones as text; None is an empty cell."""
    about = {
        "service_id": key.level.service_id,
        "level_id": key.level.level_id,
        "period": key.period.code,
        "channel_id": key.channel_id,
        "office_id": key.office_id,
    }
    return about | {column: "" if cell is None else str(cell) for column, cell in cells.items()}


def without_counts(row: Row) -> Row:
    """Return the row with every count empty, as a row that is suppressed or not reported must be."""
    return {column: "" if column in COUNTS else cell for column, cell in row.items()}


def sort_key(key: RowKey) -> tuple[str, str, date, str, str, str]:
    """Return what rows of one agency are sorted by: service, level, time, then all before its parts."""
    level = key.level
    return level.service_id, level.level_id, key.period.start, key.period.code, key.channel_id, key.office_id
