"""The services of one life event in the order one needs them, and how long the whole of it is promised to take.

A step is one service, or the services of several agencies that have one central manual: of these one needs one only,
that of one's own place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from generator.model import Conditions, HeldByState, Question
from generator.texts import Text
from generator.values import Duration

HOURS_A_DAY = 7  # a working day has so many working hours (data contract, section 10)
MOST_WAYS = 24  # of lengths that no unit tells apart; more are too many to be told, and a net could have a million


@dataclass(frozen=True, slots=True)
class Paper:
    """One line of a service's list of documents.  ``key`` is the same for the same paper, whoever asks for it."""

    key: str
    title: Text
    issuer: Text | None = None
    originals: int | None = None
    copies: int | None = None
    held: HeldByState | None = None
    when: Text | None = None
    if_: Conditions | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """One fee.  ``amount`` is None where it is worked out of answers; ``varies``: what stands there may change with them."""

    title: Text
    currency: str
    amount: Decimal | None = None
    per: Text | None = None
    when: Text | None = None
    if_: Conditions | None = None
    varies: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """One service ("agency/service"), as far as a journey depends on it.

    ``manual`` is its central manual; ``time`` the processing time that is promised to everybody, and ``only_some`` says
    that it is promised to some only.  Papers and fees are None where nothing is stated.
    """

    name: str
    manual: str = ""
    events: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    time: Duration | None = None
    only_some: bool = False
    papers: tuple[Paper, ...] | None = None
    fees: tuple[Charge, ...] | None = None
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What one has to do once: the service, or those of which one needs one.

    ``after`` are the places of the steps that come directly first; ``outside`` the services that must be done first and
    belong to no step; ``stage`` counts from 1 how many steps follow each other up to this one.
    """

    needs: tuple[Need, ...]
    after: tuple[int, ...]
    outside: tuple[str, ...]
    stage: int


class Length(NamedTuple):
    """A sum of times.  Hours are minutes; nothing else is turned into anything else."""

    minute: Decimal = Decimal(0)
    working_hour: Decimal = Decimal(0)
    working_day: Decimal = Decimal(0)
    calendar_day: Decimal = Decimal(0)
    month: Decimal = Decimal(0)


class Way(NamedTuple):
    """Steps that follow each other, by their places, and how long they are together."""

    length: Length
    steps: tuple[int, ...]


def journey(needs: Mapping[str, Need], event: str) -> tuple[Step, ...]:
    """Return the steps of a life event, each after all that must be done first; what stands alone comes last.

    A service that lies between two of the event belongs to it, whatever it says itself.
    """
    chosen = _chosen(needs, event)
    each = [(name,) for name in chosen]
    # Two manuals may need each other crosswise; then no service stands for another.  Services that go in a circle by
    # themselves are an error of the data, and what is left of them has no order.
    return _in_order(chosen, _by_manual(chosen)) or _in_order(chosen, each) or _in_order(chosen, each, ordered=False)


def longest(steps: Sequence[Step]) -> tuple[Way, ...]:
    """Return the longest ways through the steps: one, or several where no unit tells which of them is longer.

    None at all are too many to be told.  A step without a promised time takes none.
    """
    ways: list[tuple[Way, ...]] = []
    for at, step in enumerate(steps):
        before = _longest(way for one in step.after for way in ways[one]) or (Way(Length(), ()),)
        times = {length_of(need.time) for need in step.needs if need.time} or {Length()}
        ways.append(_longest(Way(plus(way.length, time), (*way.steps, at)) for way in before for time in times))
        if len(ways[-1]) > MOST_WAYS:
            return ()
    found = _longest(way for some in ways for way in some)
    return found if len(found) <= MOST_WAYS else ()


def length_of(time: Duration) -> Length:
    """Return a time as a sum of its own."""
    if time.unit == "hour":
        return Length(minute=time.value * 60)
    return Length()._replace(**{time.unit: time.value})


def plus(one: Length, other: Length) -> Length:
    """Return two sums together, unit by unit."""
    return Length(*(a + b for a, b in zip(one, other, strict=True)))


def at_most(one: Length, other: Length) -> bool:
    """Return whether one is surely no longer than the other.

    Working days, calendar days and months say nothing of each other; each of them is longer than seven hours, so that
    half an hour is shorter than any, and 2 days and an hour are shorter than 3.
    """
    less = [b - a for a, b in zip(one, other, strict=True)]
    minute, hour, *days = less
    hours = hour + HOURS_A_DAY * days[0]
    minutes = minute + 60 * (hours + HOURS_A_DAY * (days[1] + days[2]))
    return min(*days, hours, minutes) >= 0


def _longest(ways: Iterable[Way]) -> tuple[Way, ...]:
    """Return those that no other outdoes, the longest in words first; of equal ones that of the most steps."""
    best: dict[Length, Way] = {}
    for way in ways:
        best[way.length] = min(way, best.get(way.length, way), key=lambda one: (-len(one.steps), one.steps))
    kept = [way for way in best.values() if not any(at_most(way.length, one) for one in best if one != way.length)]
    return tuple(sorted(kept, key=lambda way: way.length[::-1], reverse=True))


def _chosen(needs: Mapping[str, Need], event: str) -> dict[str, Need]:
    """Return the services of the event and those that lie between them, by name in the order of names."""
    own = {name for name, need in needs.items() if event in need.events}
    above = {one for name in own for one in _before(needs, name)} - own
    between = {name for name in above if _before(needs, name) & own}
    return {name: needs[name] for name in sorted(own | between)}


def _before(needs: Mapping[str, Need], name: str) -> set[str]:
    """Return all known services that must be done before this one, near and far."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        new = {one for one in needs[waiting.pop()].after if one in needs} - found
        found |= new
        waiting += new
    return found


def _by_manual(chosen: Mapping[str, Need]) -> list[tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for name, need in chosen.items():
        groups.setdefault(f"manual {need.manual}" if need.manual else name, []).append(name)
    return [tuple(names) for names in groups.values()]


def _in_order(
    chosen: Mapping[str, Need], groups: Sequence[tuple[str, ...]], *, ordered: bool = True
) -> tuple[Step, ...]:
    """Return the groups as steps; nothing where they go in a circle."""
    place = {name: at for at, names in enumerate(groups) for name in names} if ordered else {}
    after = [{place[one] for name in names for one in chosen[name].after if one in place} for names in groups]
    stages = _stages(after)
    followed = set().union(*after) if after else set()
    turn = sorted(stages, key=lambda at: (not after[at] and at not in followed, stages[at], groups[at]))
    now = {at: new for new, at in enumerate(turn)}
    return tuple(
        Step(
            needs=tuple(chosen[name] for name in groups[at]),
            after=tuple(sorted(now[one] for one in after[at])),
            outside=_outside(chosen, groups[at]),
            stage=stages[at],
        )
        for at in turn
    )


def _stages(after: Sequence[set[int]]) -> dict[int, int]:
    """Return how many steps follow each other up to each; nothing where they go in a circle."""
    stages: dict[int, int] = {}
    for stage in range(1, len(after) + 1):
        ready = [at for at, first in enumerate(after) if at not in stages and first <= stages.keys()]
        stages |= dict.fromkeys(ready, stage)
    return stages if len(stages) == len(after) else {}


def _outside(chosen: Mapping[str, Need], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({one for name in names for one in chosen[name].after if one not in chosen}))
