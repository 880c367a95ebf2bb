"""Checks of the promises: each has a target with a limit and a share, and the steps add up to it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from generator.intake.seen import Check, Seen, warning
from generator.model import TIMED_MEASURES, Service, ServiceLevel, Stage, Target, in_force
from generator.problems import Problem, Route
from generator.values import Duration, TimeUnit

# A working day has seven hours of work (section 10 of the data contract).
WORKING_DAY: Final = Decimal(7 * 60)
MINUTES: Final[dict[TimeUnit, Decimal]] = {"minute": Decimal(1), "hour": Decimal(60), "working_hour": Decimal(60)}


def level_has_target(seen: Seen) -> Iterator[Problem]:
    """A service level promises something: it has a target."""
    for service in seen.offered():
        for index, level in enumerate(service.service_levels or ()):
            if level.targets is None:
                place = seen.place(service, "service_levels", index)
                yield warning("level-without-target", place, level=level.id)


def promise_has_share(seen: Seen) -> Iterator[Problem]:
    """A promised time says for which share of the cases it holds."""
    for service, route, level, target in _newest_targets(seen):
        if target.limit is not None and target.share is None:
            place = seen.place(service, *route, "limit")
            yield warning("promise-without-share", place, level=level.id, limit=target.limit)


def time_has_limit(seen: Seen) -> Iterator[Problem]:
    """A promise about time says how much time: it has a limit."""
    for service, route, level, target in _newest_targets(seen):
        if target.limit is None and level.measure in TIMED_MEASURES:
            yield warning("promise-without-limit", seen.place(service, *route), level=level.id)


def promise_within_law(seen: Seen) -> Iterator[Problem]:
    """A promise is no longer than the deadline in law, as far as the two are in units that can be compared."""
    for service, route, level, target in _newest_targets(seen):
        if target.limit is None or level.statutory_limit is None:
            continue
        promised, law = _comparable(target.limit, level.statutory_limit)
        if promised > law:
            facts = {"level": level.id, "limit": target.limit, "law": level.statutory_limit}
            yield warning("promise-beyond-law", seen.place(service, *route, "limit"), **facts)


def steps_add_up(seen: Seen) -> Iterator[Problem]:
    """The steps add up to the limit in force of the first processing time."""
    for service in seen.offered():
        steps = [step for step in service.steps or () if not step.by_applicant and step.if_ is None]
        limit = _first_limit(seen, service)
        if limit is None or not steps:
            continue
        total = sum_of_steps(steps, limit)
        if total is not None and not _is_same(total, limit):
            place = replace(seen.place(service, "steps"), of_key=True)
            yield warning("steps-differ-from-promise", place, sum=total, limit=limit)


def sum_of_steps(steps: Iterable[Stage], limit: Duration) -> Duration | None:
    """Return the steps' time in the unit of the limit, or None where units would have to be converted.

    Minutes and hours beside days count only above one working day.  Where no step is in days, the minutes are returned,
    unless they are less than the one working day that is promised.
    """
    minutes, days = Decimal(0), Decimal(0)
    in_minutes = limit.unit in MINUTES
    for step in steps:
        if step.duration.unit in MINUTES:
            minutes += step.duration.value * MINUTES[step.duration.unit]
        elif step.duration.unit == limit.unit or (in_minutes and step.duration.unit == "working_day"):
            days += step.duration.value
        else:
            return None
    if in_minutes:
        return Duration.model_construct(value=(minutes + days * WORKING_DAY) / MINUTES[limit.unit], unit=limit.unit)
    if minutes <= WORKING_DAY:
        return _short_steps(minutes, days, limit)
    if limit.unit != "working_day":
        return None
    return Duration.model_construct(value=round(days + minutes / WORKING_DAY, 2), unit=limit.unit)


def _short_steps(minutes: Decimal, days: Decimal, limit: Duration) -> Duration | None:
    if days:
        return Duration.model_construct(value=days, unit=limit.unit)
    is_one_day = limit.value == 1 and limit.unit != "month"
    return None if is_one_day else Duration.model_construct(value=minutes, unit="minute")


def _is_same(one: Duration, other: Duration) -> bool:
    return one.value == other.value and one.unit == other.unit


def _first_limit(seen: Seen, service: Service) -> Duration | None:
    """Return the limit in force of the first level that measures a processing time."""
    levels = service.service_levels or ()
    first = next((level for level in levels if level.measure == "processing_time"), None)
    target = in_force(first.targets, seen.as_of) if first else None
    return target.limit if target else None


def _newest_targets(seen: Seen) -> Iterator[tuple[Service, Route, ServiceLevel, Target]]:
    """Yield the last target of each level, unless it has ended: what was promised once cannot be mended."""
    for service in seen.offered():
        for index, level in enumerate(service.service_levels or ()):
            targets = level.targets or ()
            if targets and (targets[-1].valid_to is None or targets[-1].valid_to >= seen.as_of):
                yield service, ("service_levels", index, "targets", len(targets) - 1), level, targets[-1]


def _comparable(one: Duration, other: Duration) -> tuple[Decimal, Decimal]:
    """Return two durations as numbers in one unit; equal ones where they cannot be compared."""
    if one.unit == other.unit:
        return one.value, other.value
    minutes = {**MINUTES, "working_day": WORKING_DAY}
    if one.unit in minutes and other.unit in minutes:
        return one.value * minutes[one.unit], other.value * minutes[other.unit]
    return Decimal(0), Decimal(0)


PROMISE_CHECKS: Final[tuple[Check, ...]] = (
    level_has_target,
    promise_has_share,
    time_has_limit,
    promise_within_law,
    steps_add_up,
)
