"""Draws the rows of one service level from its plan, its own seed and nothing else."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from math import ceil, exp, sqrt
from random import Random
from statistics import NormalDist
from typing import Final

from generator.demonstration.plans import ALWAYS, Plan, in_force, periods_of, season_weight
from generator.demonstration.rows import Row, RowKey, named
from generator.periods import Period, last_day

SEED: Final = "clearly-demonstration-2026"
# How far single cases lie apart, as the standard deviation of the logarithm of their time.
SPREAD: Final = 0.55
NINE_IN_TEN: Final = NormalDist().inv_cdf(0.9)
BREAKDOWNS_FROM: Final = date(2025, 10, 1)
FEWEST_SHOWN: Final = 5  # suppress_below of sla_data/catalog.yml


def draw(plan: Plan) -> Iterator[tuple[RowKey, Row]]:
    """Yield every row of the level, all cases first and then the parts, for each period in order of time."""
    chance = Random("/".join((SEED, *plan.key)))
    opened = _open_cases(plan.volume, chance)
    for period in periods_of(plan):
        volume, within = _cases(plan, period, chance)
        backlog = _open_cases(volume, chance)
        cells: dict[str, object] = {"volume": volume, "within_target": within}
        cells |= _flow(volume, within, opened, backlog, chance) if "flow" in plan.columns else {}
        cells |= _times(plan, period, volume, within) if "times" in plan.columns else {}
        cells |= _contacts(plan, volume, within, chance)
        cells["reported_on"] = _reported_on(plan.key.agency_id, period)
        key = RowKey(plan.key, period)
        yield key, named(key, cells)
        yield from _breakdowns(plan, period, volume, within)
        opened = backlog


def _cases(plan: Plan, period: Period, chance: Random) -> tuple[int, int]:
    """Return volume and within_target, near the plan's."""
    # Few cases vary more than many do, as counts of independent cases would.
    swing = 0.05 + 0.9 / sqrt(plan.volume)
    volume = max(1, round(plan.volume * season_weight(plan.season, period) * chance.uniform(1 - swing, 1 + swing)))
    since, rate = in_force(plan.rate, period.start) or (ALWAYS, 0.0)
    begun = next(periods_of(plan)).start if since == ALWAYS else since
    rate += plan.trend * (period.start - begun).days / 365
    noise = min(0.02, (1 - rate) / 4)
    return volume, min(volume, max(0, round(volume * (rate + chance.uniform(-noise, noise)))))


def _open_cases(volume: int, chance: Random) -> int:
    return round(volume * chance.uniform(0.10, 0.16))


def _flow(volume: int, within: int, opened: int, backlog: int, chance: Random) -> Mapping[str, object]:
    """Return what came in and what stays open, so that opened + received = volume + excluded + backlog."""
    excluded = max(opened - volume - backlog, round(volume * chance.uniform(0, 0.02)))
    late = (volume - within) / volume
    return {
        "received": volume + excluded + backlog - opened,
        "backlog": backlog,
        "backlog_overdue": min(backlog, round(backlog * late * chance.uniform(0.8, 1.8))),
        "excluded": excluded,
    }


def _times(plan: Plan, period: Period, volume: int, within: int) -> Mapping[str, object]:
    """Return median and p90 of log-normal times of which exactly this part is within the limit in force."""
    limit = in_force(plan.limit, period.start)
    if limit is None:
        return {}
    quantile = NormalDist().inv_cdf(min(0.995, max(0.03, within / volume)))
    median = limit[1] * exp(-SPREAD * quantile)
    return {"median": _rounded_up(median), "p90": _rounded_up(median * exp(SPREAD * NINE_IN_TEN))}


def _rounded_up(time: float) -> str:
    """Return a time cut to what a clock shows, up, so that a p90 above the limit never prints as the limit."""
    return str(ceil(time)) if time > 10 else f"{ceil(time * 10) / 10:.1f}"


def _contacts(plan: Plan, volume: int, within: int, chance: Random) -> Mapping[str, object]:
    """Return delay notices, complaints and the figure that the agency printed, where the plan has them."""
    cells: dict[str, object] = {}
    if "notices" in plan.columns:
        cells["delay_notices_due"] = volume - within
        cells["delay_notices_sent"] = round((volume - within) * chance.uniform(0.5, 1))
    if "complaints" in plan.columns:
        cells["complaints"] = round(volume * chance.uniform(0, 0.004))
    if "printed" in plan.columns:
        cells["reported_attainment"] = f"{within / volume:.3f}"
    return cells


def _reported_on(agency_id: str, period: Period) -> date:
    """Return the one day on which an agency sends what it has of a period."""
    chance = Random(f"{SEED}/{agency_id}/{period.code}")
    return last_day(period) + timedelta(days=chance.randint(4, 9))


def _breakdowns(plan: Plan, period: Period, volume: int, within: int) -> Iterator[tuple[RowKey, Row]]:
    if period.start < BREAKDOWNS_FROM:
        return
    for column, shares in (("channel_id", plan.channels), ("office_id", plan.offices)):
        for part, cells in _parts(plan, period, shares, volume, within):
            key = RowKey(plan.key, period, **{column: part})
            yield key, named(key, cells | {"reported_on": _reported_on(plan.key.agency_id, period)})


def _parts(
    plan: Plan, period: Period, shares: Mapping[str, float], volume: int, within: int
) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield each part with its cells; what is left over at each step bounds the parts that follow."""
    left, left_within, left_share = volume, within, 1.0
    for part, share in shares.items():
        chance = Random("/".join((SEED, *plan.key, period.code, part)))
        size = min(left, round(left * min(1, share / left_share * chance.uniform(0.96, 1.04))))
        size = left if left_share - share < 0.001 else size
        wanted = round(size * (left_within / left if left else 0) + size * chance.uniform(-0.015, 0.015))
        kept = max(left_within - (left - size), min(wanted, size, left_within), 0)
        yield part, _shown(size, kept)
        left, left_within, left_share = left - size, left_within - kept, left_share - share


def _shown(volume: int, within: int) -> dict[str, object]:
    """Return the counts of a part, or none where so few cases could be recognised (data contract, section 9)."""
    if any(0 < count < FEWEST_SHOWN for count in (volume, within, volume - within)):
        return {"status": "suppressed"}
    return {"volume": volume, "within_target": within}
