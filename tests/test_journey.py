"""The order of a journey, its longest way, its papers and its fees: what holds of every net of services."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.case.bundle import bill_of, fixed_of, is_fixed, papers_of
from generator.case.journey import Charge, Length, Need, Paper, Step, at_most, journey, length_of, longest, plus
from generator.values import Duration

UNITS = ("minute", "hour", "working_hour", "working_day", "calendar_day", "month")
CURRENCIES = ("THB", "USD")
KEYS = ("citizen-id", "photograph", "=a letter")
Net = dict[str, Need]

durations = st.builds(
    lambda value, unit: Duration(value=Decimal(value), unit=unit), st.integers(1, 900), st.sampled_from(UNITS)
)
papers = st.builds(
    lambda key, originals, copies, some: Paper(key, {}, None, originals, copies, if_={"a": True} if some else None),
    st.sampled_from(KEYS), st.none() | st.integers(0, 3), st.none() | st.integers(0, 3), st.booleans(),
)  # fmt: skip
charges = st.builds(
    lambda currency, amount, some: Charge({}, currency, amount, if_={"a": True} if some else None),
    st.sampled_from(CURRENCIES), st.none() | st.decimals(0, 10**6, places=2), st.booleans(),
)  # fmt: skip


@st.composite
def nets(draw: st.DrawFn, most: int = 7) -> Net:
    """Services that need only earlier ones; some share a manual, some belong to another life event."""
    names = [f"agency-{at % 3}/service-{at}" for at in range(draw(st.integers(1, most)))]
    return {
        name: Need(
            name,
            manual=draw(st.sampled_from(["", "", "one", "two"])),
            events=draw(st.sampled_from([("move",), ("move",), ()])),
            after=tuple(sorted(draw(st.sets(st.sampled_from(names[:at]))))) if at else (),
            time=draw(st.none() | durations),
            papers=draw(st.none() | st.lists(papers, max_size=4).map(tuple)),
            fees=draw(st.none() | st.lists(charges, max_size=3).map(tuple)),
        )
        for at, name in enumerate(names)
    }


def steps_of(net: Net) -> tuple[Step, ...]:
    """Return the journey that all examples are about."""
    return journey(net, "move")


def place_of(steps: Sequence[Step]) -> dict[str, int]:
    """Return the place of the step that each service is in."""
    return {need.name: at for at, step in enumerate(steps) for need in step.needs}


@given(nets())
def test_the_order_respects_every_prerequisite(net: Net) -> None:
    """No service stands before one that must be done first, nor in the same step unless its manual is the same."""
    place = place_of(steps_of(net))
    wrong = [
        (name, first) for name in place for first in net[name].after if first in place and place[first] >= place[name]
    ]

    assert wrong == []


@given(nets())
def test_each_service_of_the_event_stands_in_one_step(net: Net) -> None:
    """Every service of the event is there once; another is there only where it lies between two of them."""
    steps = steps_of(net)
    names = [need.name for step in steps for need in step.needs]
    own = {name for name, need in net.items() if "move" in need.events}

    assert len(names) == len(set(names))
    assert own <= set(names)
    for other in set(names) - own:
        assert own & above(net, other)
        assert any(other in above(net, name) for name in own)


@given(nets())
def test_a_stage_is_one_more_than_the_latest_before_it(net: Net) -> None:
    """A step's stage counts the steps of the longest chain up to it."""
    steps = steps_of(net)

    assert all(step.stage == 1 + max((steps[one].stage for one in step.after), default=0) for step in steps)


@given(nets())
def test_what_stands_alone_comes_last(net: Net) -> None:
    """A step that neither needs another nor is needed stands after all that are joined."""
    steps = steps_of(net)
    needed = {one for step in steps for one in step.after}
    alone = [not step.after and at not in needed for at, step in enumerate(steps)]

    assert all(after or not before for before, after in pairwise(alone))


@given(nets(most=6))
def test_the_longest_way_is_the_one_that_trying_all_finds(net: Net) -> None:
    """The lengths are those of all ways through the steps that no other way surely outdoes."""
    steps = steps_of(net)
    tried = {length for at in range(len(steps)) for length in lengths(steps, at)}
    best = {one for one in tried if not any(other != one and shorter(one, other) for other in tried)}

    assert {way.length for way in longest(steps)} == best


@given(nets(most=6))
def test_a_longest_way_is_as_long_as_its_steps(net: Net) -> None:
    """The steps of a way follow each other, and some choice of their places takes exactly its length."""
    steps = steps_of(net)
    for way in longest(steps):
        assert all(before in steps[after].after for before, after in pairwise(way.steps))
        assert way.length in sums([steps[at] for at in way.steps])


@given(st.lists(durations, max_size=4), st.lists(durations, max_size=4), durations)
def test_longer_stays_longer_when_the_same_follows(one: list[Duration], other: list[Duration], more: Duration) -> None:
    """What is surely no longer stays so after the same step: else a way could be given up too early."""
    first, second, after = total(one), total(other), length_of(more)

    assert at_most(first, second) == at_most(plus(first, after), plus(second, after))
    assert at_most(first, plus(first, after))


@pytest.mark.parametrize(
    ("one", "other", "surely"),
    [
        ({"minute": 30}, {"working_day": 1}, True),
        ({"minute": 420}, {"working_day": 1}, True),
        ({"minute": 421}, {"working_day": 1}, False),
        ({"working_day": 2, "minute": 60}, {"working_day": 3}, True),
        ({"working_hour": 7}, {"working_day": 1}, True),
        ({"working_hour": 3}, {"calendar_day": 1}, False),
        ({"working_day": 20}, {"month": 1}, False),
        ({"calendar_day": 30}, {"month": 1}, False),
        ({"month": 1}, {"calendar_day": 30}, False),
        ({"minute": 60}, {"working_hour": 1}, True),
    ],
)
def test_which_time_is_surely_no_longer(one: dict[str, int], other: dict[str, int], surely: bool) -> None:
    """Hours are less than a day above seven of them; days, working days and months say nothing of each other."""
    made = [Length(**{unit: Decimal(value) for unit, value in length.items()}) for length in (one, other)]

    assert at_most(*made) is surely


@given(nets())
def test_each_paper_stands_once_and_none_is_lost(net: Net) -> None:
    """Every line of every service is in the bundle of its paper, once, and each paper has one bundle."""
    steps = steps_of(net)
    bundled = papers_of(steps)
    asked = [(need.name, paper) for step in steps for need in step.needs for paper in need.papers or ()]
    kept = [line for paper in bundled for one in paper.asked for line in one.lines]

    assert len({paper.key for paper in bundled}) == len(bundled)
    assert sorted(map(repr, kept)) == sorted(map(repr, asked))
    assert all(paper.key == line.key for paper in bundled for one in paper.asked for _, line in one.lines)


@given(nets())
def test_copies_are_added_and_originals_shared(net: Net) -> None:
    """Copies are those of all steps together, originals those of the step that asks for most, each of its worst place."""
    steps = steps_of(net)
    for paper in papers_of(steps):
        copies, originals = [0], [0]
        for step in steps:
            places = [[one for one in need.papers or () if one.key == paper.key and not one.if_] for need in step.needs]
            if all(places):
                copies.append(max(sum(one.copies or 0 for one in place) for place in places))
                originals.append(max(sum(one.originals or 0 for one in place) for place in places))

        assert paper.copies == sum(copies)
        assert paper.originals == max(originals)


def test_three_steps_need_all_their_copies_and_one_original() -> None:
    """Copies of 1, 2 and 3 are 6; originals of 1, 2 and 1 are 2; what only some cases need is in neither."""
    asked = {"a/one": (1, 1), "a/two": (2, 2), "b/one": (1, 3)}
    net = {
        name: Need(
            name,
            events=("move",),
            papers=(Paper("card", {}, None, *counts), Paper("card", {}, None, 9, 9, if_={"a": True})),
        )
        for name, counts in asked.items()
    }
    paper = papers_of(steps_of(net))[0]

    assert (paper.originals, paper.copies) == (2, 6)


@given(nets())
def test_fees_are_added_to_the_satang(net: Net) -> None:
    """The sum is of the fixed fees of the steps whose places all say the same; every other fee is told apart."""
    steps = steps_of(net)
    bill = bill_of(steps)
    added = [step for at, step in enumerate(steps) if at not in {*bill.differing, *bill.unstated}]
    for currency in CURRENCIES:
        paid = [fee.amount or 0 for step in added for fee in step.needs[0].fees or () if paid_in(fee, currency)]

        assert bill.sums.get(currency, Decimal(0)) == sum(paid, Decimal(0))
    assert all(any(need.fees is None for need in steps[at].needs) for at in bill.unstated)
    assert all(len({str(fixed_of(need)) for need in steps[at].needs}) > 1 for at in bill.differing)


@given(nets())
def test_what_depends_on_answers_is_told_and_never_added(net: Net) -> None:
    """Every fee that not everybody pays is listed, once for each step."""
    steps = steps_of(net)
    told = [fee for _, fee in bill_of(steps).open]
    found = [
        {repr(fee) for need in step.needs for fee in need.fees or () if fee.amount is None or fee.if_} for step in steps
    ]

    assert sorted(map(repr, told)) == sorted(fee for step in found for fee in step)


def test_services_of_one_manual_are_one_step() -> None:
    """A permit of either town is one step, and what follows one of them follows the step."""
    net = {
        "city/permit": Need("city/permit", "permit", ("move",)),
        "town/permit": Need("town/permit", "permit", ("move",)),
        "power/meter": Need("power/meter", "", ("move",), ("city/permit",)),
    }

    assert [(len(step.needs), step.after) for step in steps_of(net)] == [(2, ()), (1, (0,))]


def test_manuals_that_need_each_other_are_taken_apart() -> None:
    """Where two central manuals would go in a circle, each service is a step of its own."""
    net = {
        "a/one": Need("a/one", "one", ("move",)),
        "a/two": Need("a/two", "two", ("move",), ("a/one",)),
        "b/two": Need("b/two", "two", ("move",)),
        "b/one": Need("b/one", "one", ("move",), ("b/two",)),
    }
    steps = steps_of(net)

    assert [len(step.needs) for step in steps] == [1, 1, 1, 1]
    assert sorted(step.stage for step in steps) == [1, 1, 2, 2]


def test_a_circle_loses_no_service() -> None:
    """Services that go in a circle have no order, and all of them are there."""
    net = {
        "a/one": Need("a/one", "", ("move",), ("a/two",)),
        "a/two": Need("a/two", "", ("move",), ("a/one",)),
    }

    assert [(step.needs[0].name, step.after) for step in steps_of(net)] == [("a/one", ()), ("a/two", ())]


def test_what_must_be_done_before_the_event_is_named_and_is_no_step() -> None:
    """A prerequisite of another life event is told beside the step; one between two steps is a step."""
    net = {
        "a/birth": Need("a/birth"),
        "a/card": Need("a/card", "", ("move",), ("a/birth",)),
        "a/form": Need("a/form", "", (), ("a/card",)),
        "a/pass": Need("a/pass", "", ("move",), ("a/form",)),
    }

    assert [(step.needs[0].name, step.outside) for step in steps_of(net)] == [
        ("a/card", ("a/birth",)),
        ("a/form", ()),
        ("a/pass", ()),
    ]


def test_too_many_ways_are_not_told() -> None:
    """A net with thousands of ways that no unit tells apart is measured no further, and says nothing."""
    net: Net = {}
    before: tuple[str, ...] = ()
    for at in range(16):
        pair = (f"a/day-{at:02}", f"a/working-{at:02}")
        times = Duration(value=Decimal(2**at), unit="calendar_day"), Duration(value=Decimal(2**at), unit="working_day")
        net |= {name: Need(name, "", ("move",), before, time) for name, time in zip(pair, times, strict=True)}
        before = pair

    assert longest(steps_of(net)) == ()


def test_too_many_short_ways_are_not_told_either() -> None:
    """Many pairs of steps, of which no unit tells which pair is longest, say nothing together."""
    net: Net = {}
    for at in range(30):
        times = (
            Duration(value=Decimal(40 - at), unit="calendar_day"),
            Duration(value=Decimal(at + 1), unit="working_day"),
        )
        net[f"a/{at:02}"] = Need(f"a/{at:02}", "", ("move",), time=times[0])
        net[f"b/{at:02}"] = Need(f"b/{at:02}", "", ("move",), (f"a/{at:02}",), times[1])

    assert longest(steps_of(net)) == ()


def above(net: Net, name: str) -> set[str]:
    """Return what must be done before a service, near and far."""
    return {other for first in net[name].after for other in {first, *above(net, first)}}


def lengths(steps: Sequence[Step], at: int) -> Iterator[Length]:
    """Yield the length of every way that ends in this step, one for each choice of places."""
    before = [length for first in steps[at].after for length in lengths(steps, first)] or [Length()]
    yield from (plus(length, time) for length in before for time in times(steps[at]))


def times(step: Step) -> set[Length]:
    """Return the times of a step's places; none where none is promised."""
    return {total([need.time]) for need in step.needs if need.time} or {Length()}


def sums(steps: Sequence[Step]) -> set[Length]:
    """Return how long these steps may be together."""
    found = {Length()}
    for step in steps:
        found = {plus(length, time) for length in found for time in times(step)}
    return found


def total(found: Sequence[Duration]) -> Length:
    """Return the sum of some times, each written as the contract writes it."""
    by_unit = dict.fromkeys(Length._fields, Decimal(0))
    for one in found:
        by_unit["minute" if one.unit == "hour" else one.unit] += one.value * (60 if one.unit == "hour" else 1)
    return Length(**by_unit)


def shorter(one: Length, other: Length) -> bool:
    """Return whether the other is surely no shorter: what one has more of in hours, it has less of in days."""
    days = [other.working_day - one.working_day, other.calendar_day - one.calendar_day, other.month - one.month]
    if any(day < 0 for day in days):
        return False
    hours = other.working_hour - one.working_hour
    if hours + 7 * days[0] < 0:
        return False
    return other.minute - one.minute + 60 * (hours + 7 * days[0]) + 420 * (days[1] + days[2]) >= 0


def paid_in(fee: Charge, currency: str) -> bool:
    """Return whether everybody pays this fee, in this currency."""
    return fee.currency == currency and is_fixed(fee)
