"""Checks of the manual: what the public needs and the file leaves out, or what has grown old."""

from collections.abc import Iterator
from typing import Final

from generator.intake.seen import Check, Seen, warning
from generator.model import TIMED_MEASURES, Channel, Hours
from generator.model_manual import Reporting
from generator.periods import same_frequency
from generator.problems import Place, Problem, Word
from generator.values import Gain, Money


def clock_stated(seen: Seen) -> Iterator[Problem]:
    """A promise about time says when time starts and stops, where the catalog requires sections."""
    for service in seen.offered() if seen.catalog.settings.required_sections else ():
        for index, level in enumerate(service.service_levels or ()):
            if level.clock is None and level.measure in TIMED_MEASURES:
                place = seen.place(service, "service_levels", index)
                yield warning("clock-not-stated", place, level=level.id, field="clock")


def copy_fee_stated(seen: Seen) -> Iterator[Problem]:
    """A manual says what a paper copy of it costs, or that it costs nothing, where the catalog requires sections."""
    for service in seen.offered() if seen.catalog.settings.required_sections else ():
        if service.requirements is None or service.requirements.manual_copy_fee is None:
            place = seen.place(service, "requirements", "manual_copy_fee")
            yield warning("manual-copy-fee-not-stated", place, field="manual_copy_fee")


def review_in_time(seen: Seen) -> Iterator[Problem]:
    """A manual is read through again by the day that was set for it."""
    for service in seen.offered():
        due = service.review.review_due if service.review else None
        if due is not None and due < seen.as_of:
            yield warning("review-overdue", seen.place(service, "review", "review_due"), value=due, as_of=seen.as_of)


def retired_leads_on(seen: Seen) -> Iterator[Problem]:
    """A retired service leads to the one that replaces it."""
    for service in seen.services.values():
        if service.status == "retired" and service.replaced_by is None:
            yield warning("retired-without-replacement", seen.place(service, "status"), value=service.status)


def hours_apart(seen: Seen) -> Iterator[Problem]:
    """The opening hours of a channel on one day do not overlap."""
    for service in seen.offered():
        for index, channel in enumerate((service.scope.channels if service.scope else None) or ()):
            for number in _overlapping(channel):
                place = seen.place(service, "scope", "channels", index, "hours", number)
                yield warning("hours-overlap", place, channel=channel.id, field="hours")


def _overlapping(channel: Channel) -> Iterator[int]:
    """Yield which of a channel's hours overlap earlier ones."""
    hours = channel.hours or ()
    return (number for number, later in enumerate(hours) if any(_overlap(earlier, later) for earlier in hours[:number]))


def _overlap(one: Hours, other: Hours) -> bool:
    return bool({*one.days} & {*other.days}) and one.opens < other.closes and other.opens < one.closes


def gains_comparable(seen: Seen) -> Iterator[Problem]:
    """What an improvement started from and what it came to are in one unit."""
    for service in seen.offered():
        for index, improvement in enumerate(service.improvements or ()):
            before, after = improvement.before, improvement.after
            if before is not None and after is not None and _unit(before) != _unit(after):
                place = seen.place(service, "improvements", index, "after")
                yield warning("improvement-units-differ", place, before=_unit(before), after=_unit(after))


def _unit(gain: Gain | Money) -> str:
    return gain.unit if isinstance(gain, Gain) else gain.currency


def first_period_of_grain(seen: Seen) -> Iterator[Problem]:
    """The first period that is owed is of the grain in which results are reported."""
    yield from _first_period(seen.agency.reporting, seen.agency_place("reporting", "first_period"))
    for service in seen.services.values():
        # A service's reporting is laid over its agency's, so what it does not write itself has been said there.
        if service.reporting is not None and service.reporting.first_period != seen.agency.reporting.first_period:
            yield from _first_period(service.reporting, seen.place(service, "reporting", "first_period"))


def _first_period(reporting: Reporting, place: Place) -> Iterator[Problem]:
    first = reporting.first_period
    if first is not None and not same_frequency(first.grain, reporting.frequency):
        facts = {"value": first.code, "expected": Word(f"closed.frequency.{reporting.frequency}")}
        yield warning("first-period-grain", place, **facts)


MANUAL_CHECKS: Final[tuple[Check, ...]] = (
    clock_stated,
    copy_fee_stated,
    review_in_time,
    retired_leads_on,
    hours_apart,
    gains_comparable,
    first_period_of_grain,
)
