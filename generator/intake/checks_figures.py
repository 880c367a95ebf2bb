"""Checks of the figures: what looks odd among the rows of a level, though each row can be right by itself."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from statistics import median
from typing import Final

from generator.intake.seen import Check, Seen, cell, warning
from generator.model import Observation
from generator.periods import Frequency, same_frequency
from generator.problems import Problem, Word

JUMP: Final = 100  # times the median of the others; this and the next three are section 10 of the data contract
FEWEST_OTHERS: Final = 3
SAME_PERIODS: Final = 4
BEFORE: Final = 6  # periods that tell what is usual, where the newest is looked at
MOST_DIFFERENCE: Final = Decimal("0.005")

_JUMPING: Final = ("volume", "within_target", "received", "backlog", "median", "p90")
_OF_KEY = attrgetter("service_id", "level_id", "period", "channel_id", "office_id")
_OF_LEVEL = attrgetter("service_id", "level_id")


def reported_in_grain(seen: Seen) -> Iterator[Problem]:
    """Results come in the grain that the agency says it reports; the first row of another grain is named."""
    for (service_id, _), rows in _levels(seen.observations):
        frequency = _frequency(seen, service_id)
        told = set()
        for row in rows:
            if row.period.grain not in told and not same_frequency(row.period.grain, frequency):
                told.add(row.period.grain)
                found, expected = (Word(f"closed.frequency.{grain}") for grain in (row.period.grain, frequency))
                facts = {"value": row.period.code, "found": found, "expected": expected}
                yield warning("period-grain", cell(row, "period"), **facts)


def _frequency(seen: Seen, service_id: str) -> Frequency:
    return (seen.services[service_id].reporting or seen.agency.reporting).frequency


def small_breakdowns_suppressed(seen: Seen) -> Iterator[Problem]:
    """A breakdown with fewer cases than may be shown is sent as suppressed, for the repository is public."""
    below = seen.catalog.settings.small_numbers.suppress_below
    for row in current(seen.observations):
        column = _small_column(row, below) if row.channel_id or row.office_id else None
        if column is not None:
            yield warning("breakdown-small", cell(row, column), value=below)


def _small_column(row: Observation, below: int) -> str | None:
    """Return the count that is from 1 to below the least that is shown, or the one that gives away such a difference."""
    volume, within = row.volume, row.within_target
    rest = None if volume is None or within is None else volume - within
    counts = (("volume", volume), ("within_target", within), ("within_target", rest))
    return next((name for name, count in counts if count is not None and 0 < count < below), None)


def figures_near_usual(seen: Seen) -> Iterator[Problem]:
    """A figure is below 100 times the median of the other periods of its level, where there are three others or more."""
    for rows in _whole_levels(seen):
        for name in _JUMPING:
            yield from _jumps(rows, name)


def _jumps(rows: Sequence[Observation], name: str) -> Iterator[Problem]:
    figures = [figure for figure in map(attrgetter(name), rows) if figure is not None]
    if len(figures) <= FEWEST_OTHERS or max(figures) < JUMP * min(figures):  # no median is less than the least
        return
    figures.sort()
    # If the largest is no jump, none is: the others have a median that is as large or larger.
    if not _is_jump(figures[-1], figures[:-1]):
        return
    for row in rows:
        figure = getattr(row, name)
        if figure is not None:
            at = figures.index(figure)
            others = figures[:at] + figures[at + 1 :]
            if _is_jump(figure, others):
                facts = {"field": name, "period": row.period, "value": figure, "usual": f"{median(others):g}"}
                yield warning("figure-jump", cell(row, name), **facts)


def _is_jump(figure: Decimal, others: Sequence[Decimal]) -> bool:
    return figure >= JUMP * median(others) > 0


def volumes_change(seen: Seen) -> Iterator[Problem]:
    """Four periods or more that follow each other do not have one and the same volume, unless it is 0."""
    for rows in _whole_levels(seen):
        for volume, same in groupby(rows, key=attrgetter("volume")):
            run = list(same)
            if volume and len(run) >= SAME_PERIODS:
                facts = {"field": "volume", "value": volume, "from": run[0].period, "to": run[-1].period}
                yield warning("figure-repeated", cell(run[-1], "volume"), **facts)


def volumes_hold(seen: Seen) -> Iterator[Problem]:
    """The newest volume is half of what is usual or more, where its share is better, or a note says why not."""
    for rows in _whole_levels(seen):
        counted = [(row, row.volume, row.within_target) for row in rows if row.volume and row.within_target is not None]
        *before, (last, volume, within) = counted[-BEFORE - 1 :] or [(rows[0], 0, 0)]
        volumes = [volume for _, volume, _ in before]
        better = within * sum(volumes) > sum(within for _, _, within in before) * volume
        if len(before) == BEFORE and 2 * volume < median(volumes) and better and not last.notes:
            usual = f"{median(volumes):g}"
            yield warning("figure-drop", cell(last, "volume"), period=last.period, value=volume, usual=usual)


def attainment_agrees(seen: Seen) -> Iterator[Problem]:
    """What the agency printed is within 0.005 of what its counts give; of a breakdown too small to show nothing is told."""
    below = seen.catalog.settings.small_numbers.suppress_below
    for row in current(seen.observations):
        if (row.channel_id or row.office_id) and _small_column(row, below):
            continue
        reported, volume, within = row.reported_attainment, row.volume, row.within_target
        if reported is None or within is None or not volume:
            continue
        if abs(reported * volume - within) > MOST_DIFFERENCE * volume:
            facts = {"reported": f"{reported:.4f}", "computed": f"{Decimal(within) / volume:.4f}"}
            yield warning("attainment-differs", cell(row, "reported_attainment"), **facts)


def current(observations: Sequence[Observation]) -> Iterator[Observation]:
    """Yield the newest revision of each key; rows are sorted by key and revision."""
    following = iter(observations)
    previous = next(following, None)
    for row in following:
        if previous is not None and (row.revision == 0 or _OF_KEY(row) != _OF_KEY(previous)):
            yield previous
        previous = row
    if previous is not None:
        yield previous


def _levels(observations: Sequence[Observation]) -> Iterator[tuple[tuple[str, str], Iterator[Observation]]]:
    return groupby(observations, key=_OF_LEVEL)


def _whole_levels(seen: Seen) -> Iterator[list[Observation]]:
    """Yield the newest all-rows of each level and grain, in order of time."""
    for _, rows in _levels(tuple(row for row in current(seen.observations) if not (row.channel_id or row.office_id))):
        listed = [*rows]
        grains = dict.fromkeys([row.period.grain for row in listed])
        yield from (
            [listed] if len(grains) == 1 else ([row for row in listed if row.period.grain == one] for one in grains)
        )


FIGURE_CHECKS: Final[tuple[Check, ...]] = (
    reported_in_grain,
    small_breakdowns_suppressed,
    figures_near_usual,
    volumes_change,
    volumes_hold,
    attainment_agrees,
)
