"""Rules within one manual or service, beyond what its types say: each docstring is a rule of section 2 or 6.

``RULES`` lists them.  A rule yields what is wrong with a record and where in it; who read the file says which file.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Final, NamedTuple, Protocol

from generator.model import TIMED_MEASURES, Channel, Fee, Manual, ServiceLevel, Target
from generator.problems import Route


class Finding(NamedTuple):
    """What a rule found: the code of the problem, its route in the record, and its facts."""

    code: str
    route: Route
    facts: Mapping[str, object]


class Named(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """Return the id."""


def listed(items: object) -> tuple:  # type: ignore[type-arg]  # of whatever kind the field holds
    """Return the items of a list; a stated nothing and an absent key have none."""
    return items if isinstance(items, tuple) else ()


def ids_repeated(items: Iterable[Named], route: Route) -> Iterator[Finding]:
    """An id stands once in its list."""
    seen: dict[str, int] = {}
    for index, item in enumerate(items):
        if item.id in seen:
            yield Finding("id-repeated", (*route, index, "id"), {"value": item.id, "other": seen[item.id] + 1})
        seen.setdefault(item.id, index)


def _channels(manual: Manual) -> Sequence[Channel]:
    return listed(manual.scope.channels) if manual.scope else ()


def _fees(manual: Manual) -> Sequence[Fee]:
    return listed(manual.requirements.fees) if manual.requirements else ()


def unique_ids(manual: Manual) -> Iterator[Finding]:
    """Channels, service levels, questions and the choices of a question have ids of their own."""
    yield from ids_repeated(_channels(manual), ("scope", "channels"))
    yield from ids_repeated(listed(manual.service_levels), ("service_levels",))
    yield from ids_repeated(listed(manual.questions), ("questions",))
    for index, question in enumerate(listed(manual.questions)):
        yield from ids_repeated(listed(question.choices), ("questions", index, "choices"))


def opening_hours(manual: Manual) -> Iterator[Finding]:
    """A channel closes after it opens."""
    for index, channel in enumerate(_channels(manual)):
        for number, hours in enumerate(listed(channel.hours)):
            if hours.closes <= hours.opens:
                route = ("scope", "channels", index, "hours", number, "closes")
                yield Finding("hours-reversed", route, {"opens": hours.opens, "closes": hours.closes})


def documents_named(manual: Manual) -> Iterator[Finding]:
    """A document is an id of the shared list or has a title."""
    for index, document in enumerate(listed(manual.requirements.documents) if manual.requirements else ()):
        if document.document is None and document.title is None:
            yield Finding("document-unnamed", ("requirements", "documents", index), {})


def laws_named(manual: Manual) -> Iterator[Finding]:
    """A legal basis is an id of the shared list or has a title."""
    for index, basis in enumerate(listed(manual.legal_basis)):
        if basis.law is None and basis.title is None:
            yield Finding("law-unnamed", ("legal_basis", index), {})


def fees_have_one_amount(manual: Manual) -> Iterator[Finding]:
    """A fee is an amount or tiers, never both and never neither."""
    for index, fee in enumerate(_fees(manual)):
        route = ("requirements", "fees", index)
        if fee.amount is None and fee.tiers is None:
            yield Finding("fee-without-amount", route, {})
        elif fee.amount is not None and fee.tiers is not None:
            yield Finding("fee-amount-and-tiers", (*route, "amount"), {})


def tiers_ascend(manual: Manual) -> Iterator[Finding]:
    """Each band of a fee ends higher than the one before it, and only the last may have no end."""
    for index, fee in enumerate(_fees(manual)):
        rates = fee.tiers.rates if fee.tiers else ()
        route = ("requirements", "fees", index, "tiers", "rates")
        for number, (lower, upper) in enumerate(pairwise(rates)):
            if lower.up_to is None:
                yield Finding("tier-without-end", (*route, number), {})
            elif upper.up_to is not None and upper.up_to <= lower.up_to:
                facts = {"value": str(upper.up_to), "before": str(lower.up_to)}
                yield Finding("tiers-not-ascending", (*route, number + 1, "up_to"), facts)


def adjustments_whole(manual: Manual) -> Iterator[Finding]:
    """An adjustment has bands, or an answer (``is``) with what it multiplies by; bands begin higher one by one."""
    for index, fee in enumerate(_fees(manual)):
        for number, adjustment in enumerate(listed(fee.adjustments)):
            route: Route = ("requirements", "fees", index, "adjustments", number)
            answered = (adjustment.is_ is not None, adjustment.multiply is not None)
            if answered != ((False, False) if adjustment.bands else (True, True)):
                yield Finding("adjustment-unclear", route, {})
            bands = listed(adjustment.bands)
            for at, (lower, upper) in enumerate(pairwise(bands)):
                if upper.from_ <= lower.from_:
                    facts = {"value": str(upper.from_), "before": str(lower.from_)}
                    yield Finding("tiers-not-ascending", (*route, "bands", at + 1, "from"), facts)


def limits_where_time_is_measured(manual: Manual) -> Iterator[Finding]:
    """A limit belongs to a processing time, a waiting time and the answer to a complaint only."""
    for route, level, target in _targets(manual):
        if target.limit is not None and level.measure not in TIMED_MEASURES:
            yield Finding("limit-not-allowed", (*route, "limit"), {"measure": level.measure})


def targets_promise(manual: Manual) -> Iterator[Finding]:
    """A target has a limit, a share or both."""
    for route, _, target in _targets(manual):
        if target.limit is None and target.share is None:
            yield Finding("target-empty", route, {})


def targets_in_order(manual: Manual) -> Iterator[Finding]:
    """A target ends on or after the day it begins, and the targets of a level stand in order and never overlap."""
    for index, level in enumerate(listed(manual.service_levels)):
        route: Route = ("service_levels", index, "targets")
        targets = listed(level.targets)
        for number, target in enumerate(targets):
            if target.valid_to is not None and target.valid_to < target.valid_from:
                facts = {"from": target.valid_from, "to": target.valid_to}
                yield Finding("target-dates-reversed", (*route, number, "valid_to"), facts)
        for number, (earlier, later) in enumerate(pairwise(targets)):
            yield from _between_targets(level, earlier, later, (*route, number + 1, "valid_from"))


def _between_targets(level: ServiceLevel, earlier: Target, later: Target, route: Route) -> Iterator[Finding]:
    if later.valid_from <= earlier.valid_from:
        yield Finding("targets-order", route, {"value": later.valid_from, "before": earlier.valid_from})
    elif earlier.valid_to is None or earlier.valid_to >= later.valid_from:
        ends = [day for day in (earlier.valid_to, later.valid_to) if day is not None]
        facts = {
            "level": level.id,
            "from": later.valid_from,
            "to": min(ends) if ends else "…",
            "suggestion": later.valid_from - timedelta(days=1),
        }
        yield Finding("targets-overlap", route, facts)


def level_channels_known(manual: Manual) -> Iterator[Finding]:
    """A service level names channels of its own service."""
    known = [channel.id for channel in _channels(manual)]
    for index, level in enumerate(listed(manual.service_levels)):
        for number, channel_id in enumerate(listed(level.channels)):
            if channel_id not in known:
                facts = {
                    "value": channel_id,
                    "known": known,
                    "field": "channels",
                    "file": "scope.channels",
                }
                yield Finding("id-unknown", ("service_levels", index, "channels", number), facts)


def review_dates(manual: Manual) -> Iterator[Finding]:
    """The next review is due after the last one."""
    review = manual.review
    if review and review.reviewed_on and review.review_due and review.review_due < review.reviewed_on:
        facts = {"from": review.reviewed_on, "to": review.review_due}
        yield Finding("review-dates-reversed", ("review", "review_due"), facts)


def _targets(manual: Manual) -> Iterator[tuple[Route, ServiceLevel, Target]]:
    for index, level in enumerate(listed(manual.service_levels)):
        for number, target in enumerate(listed(level.targets)):
            yield ("service_levels", index, "targets", number), level, target


RULES: Final[tuple[Callable[[Manual], Iterator[Finding]], ...]] = (
    unique_ids,
    opening_hours,
    documents_named,
    laws_named,
    fees_have_one_amount,
    tiers_ascend,
    adjustments_whole,
    limits_where_time_is_measured,
    targets_promise,
    targets_in_order,
    level_channels_known,
    review_dates,
)
