"""An agency's rows by key: which revision counts, and which are withheld."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from generator.model import AgencyData, Catalog, Observation
from generator.periods import Period, read_period

BreakdownKind = Literal["channel", "office", "both"]
Revisions = tuple[Observation, ...]  # of one key, newest first


class CellKey(NamedTuple):
    """A row's place within its level; in this order rows are sorted.  Empty ids stand for all."""

    period: Period
    channel_id: str
    office_id: str


@dataclass(frozen=True, slots=True)
class LevelRows:
    """The rows of one level by key, in order; where the newest revision is wrong there are none, and they are withheld."""

    of_all: Mapping[Period, Revisions]
    of_parts: Mapping[CellKey, Revisions]


NO_ROWS = LevelRows({}, {})


def rows_by_level(catalog: Catalog, data: AgencyData) -> dict[tuple[str, str], LevelRows]:
    """Return the rows of each level, (service, level) to rows; withheld keys stand there without a row."""
    found: dict[tuple[str, str], dict[CellKey, list[Observation]]] = {}
    for row in data.observations:
        key = CellKey(row.period, row.channel_id, row.office_id)
        found.setdefault((row.service_id, row.level_id), {}).setdefault(key, []).append(row)
    for service_id, level_id, code, channel_id, office_id in data.withheld_keys:
        period = read_period(code, catalog.settings.fiscal_year_starts)
        if period is not None:  # a row whose period cannot be read belongs to no period
            found.setdefault((service_id, level_id), {})[CellKey(period, channel_id, office_id)] = []
    return {name: _sorted(rows) for name, rows in found.items()}


def _sorted(found: Mapping[CellKey, list[Observation]]) -> LevelRows:
    revisions = {key: tuple(sorted(found[key], key=_revision, reverse=True)) for key in sorted(found)}
    of_all = {key.period: rows for key, rows in revisions.items() if not kind_of(key)}
    return LevelRows(of_all, {key: rows for key, rows in revisions.items() if kind_of(key)})


def _revision(row: Observation) -> int:
    return row.revision


def kind_of(key: CellKey | Observation) -> BreakdownKind | None:
    """Return what a row is a part of: one channel's, one office's, both; None where it is of all."""
    if key.channel_id:
        return "both" if key.office_id else "channel"
    return "office" if key.office_id else None
