"""How much each service level of the demonstration does, and how well: ``levels.csv`` as values."""

import csv
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from generator.demonstration.rows import FISCAL_YEAR_STARTS
from generator.model import LevelKey
from generator.periods import MONTHS_IN, Period, next_period, read_period

# How busy each month is, January first, against an ordinary month.
SEASONS: Final[Mapping[str, tuple[float, ...]]] = {
    "even": (1.02, 0.98, 1.05, 0.88, 1.00, 1.03, 1.04, 1.03, 1.04, 0.97, 1.01, 0.92),
    "vehicle": (1.40, 1.24, 1.18, 0.86, 0.92, 0.93, 0.95, 0.92, 0.90, 0.88, 0.86, 1.12),
    "travel": (1.02, 1.14, 1.30, 0.96, 0.93, 0.90, 0.92, 0.93, 1.08, 1.18, 0.98, 0.88),
    "school": (0.94, 0.98, 1.12, 1.06, 1.22, 1.04, 0.96, 0.94, 0.96, 1.02, 0.94, 0.86),
    "holiday": (1.12, 0.96, 0.98, 1.24, 1.06, 0.94, 0.96, 0.96, 0.92, 0.94, 0.96, 1.08),
    "wedding": (1.04, 1.62, 1.06, 0.78, 0.90, 0.96, 0.86, 1.02, 0.98, 0.86, 1.10, 1.06),
    "property": (0.70, 0.96, 1.34, 2.60, 1.20, 0.62, 0.50, 0.48, 0.52, 0.56, 0.62, 0.66),
    "allowance": (1.30, 0.86, 0.84, 0.80, 0.88, 0.92, 0.94, 0.92, 0.98, 1.50, 1.34, 0.88),
}
ALWAYS: Final = date(1900, 1, 1)

Schedule = tuple[tuple[date, float], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """One service level: its periods, its usual volume, its share done in time and what is reported of it.

    ``rate`` and ``limit`` are schedules, (first day, value); ``trend`` is the change of the rate in a year.
    ``channels`` and ``offices`` are shares of the volume.
    """

    key: LevelKey
    first: str
    last: str
    volume: int
    season: str
    rate: Schedule
    trend: float
    limit: Schedule
    columns: frozenset[str]
    channels: Mapping[str, float]
    offices: Mapping[str, float]


def read_plans(path: Path) -> list[Plan]:
    """Return the plans in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_plan(line) for line in csv.DictReader(file)]


def periods_of(plan: Plan) -> Iterator[Period]:
    """Yield the plan's periods in order of time, its last one included."""
    period, last = read_code(plan.first), read_code(plan.last)
    while period.start <= last.start:
        yield period
        period = next_period(period, FISCAL_YEAR_STARTS)


def read_code(code: str) -> Period:
    """Return the period of a code; raises ValueError where it is none."""
    period = read_period(code, FISCAL_YEAR_STARTS)
    if period is None:
        raise ValueError(code)
    return period


def in_force(schedule: Schedule, day: date) -> tuple[date, float] | None:
    """Return the schedule's entry for the day, or None before its first."""
    index = bisect_right([first for first, _ in schedule], day)
    return schedule[index - 1] if index else None


def season_weight(season: str, period: Period) -> float:
    """Return how busy the months of the period are on average."""
    weights = SEASONS[season]
    months = MONTHS_IN[period.grain]
    return sum(weights[(period.start.month - 1 + step) % 12] for step in range(months)) / months


def _plan(line: Mapping[str, str]) -> Plan:
    return Plan(
        key=LevelKey(line["agency_id"], line["service_id"], line["level_id"]),
        first=line["first"],
        last=line["last"],
        volume=int(line["volume"]),
        season=line["season"],
        rate=_schedule(line["rate"]),
        trend=float(line["trend"]),
        limit=_schedule(line["limit"]),
        columns=frozenset(line["columns"].split()),
        channels=_shares(line["channels"]),
        offices=_shares(line["offices"]),
    )


def _schedule(text: str) -> Schedule:
    """Return "0.83 2025-10=0.90" as entries: a bare value holds from the beginning."""
    return tuple(_entry(part) for part in text.split())


def _entry(part: str) -> tuple[date, float]:
    month, _, value = part.rpartition("=")
    return (read_code(month).start if month else ALWAYS), float(value)


def _shares(text: str) -> Mapping[str, float]:
    return {part.partition("=")[0]: float(part.partition("=")[2]) for part in text.split()}
