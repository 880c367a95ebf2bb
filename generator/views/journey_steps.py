"""The steps of a journey in words: what to do, where, how long it is promised to take, and how that promise is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.case.bundle import fixed_of, is_fixed
from generator.case.journey import Need, Step
from generator.claims import figure
from generator.views.headline import duration_words
from generator.views.lanes import LaneRow, Picture
from generator.views.page import Link
from generator.views.promise import in_hundred
from generator.views.search_entries import note_of
from generator.views.states import WITH_RESULT, Badge, badge
from generator.views.summary import Lead, ServiceCard
from generator.views.words import Line, Said, Words

STEPS = "steps:;number"  # what a number of steps is made of
MOST_PLACES = 8  # of one step; all of them stand in the list of the life event


@dataclass(frozen=True, slots=True)
class Result:
    """How the promise of a service is kept: the verdict, the figure, its two counts and their time.

    ``of`` is the promise, as claims name it.
    """

    of: str
    badge: Badge
    rate: Line
    counts: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One service of a step: where it is asked for, what must be said of it, its time, and its result."""

    link: Link
    agency: Said
    note: Line
    time: Line
    fee: Line
    result: Result | None


@dataclass(frozen=True, slots=True)
class StepView:
    """One step.  ``title`` stands above several places, of which one is needed; ``more`` are places not shown."""

    number: str
    anchor: str
    title: Said
    places: tuple[Place, ...]
    more: Line
    after: tuple[Link, ...]
    outside: tuple[Link, ...]
    drawn: LaneRow | None
    on_longest: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """What steps are told with: every service by its name, what agencies are called, and the words of the reader."""

    words: Words
    cards: Mapping[str, ServiceCard]
    agencies: Mapping[str, Said]

    def title(self, name: str) -> Said:
        """Return what a service is called; its name where nobody can tell."""
        card = self.cards.get(name)
        return self.words.text(card.title) if card and card.title else Said(name)

    def link(self, name: str, anchor: str = "") -> Link:
        """Return the link to a service's page, or to a part of it."""
        title = self.title(name)
        return Link(title.text, f"agencies/{name}/{anchor}", title.language)


def step_views(sight: Sight, steps: Sequence[Step], picture: Picture, longest: Sequence[int]) -> list[StepView]:
    """Return the steps in their order; ``longest`` are the places of those on the only longest way."""
    return [_step(sight, steps, at, picture, at in longest) for at in range(len(steps))]


def step_link(sight: Sight, steps: Sequence[Step], at: int) -> Link:
    """Return the link to a step on this page: 2. การขอเลขหมายประจำบ้าน."""
    title = sight.title(steps[at].needs[0].name)
    number = _number(sight.words, steps, at)
    return Link(sight.words.strings("journey.step_link", n=number, title=title.text), f"#step-{at + 1}", title.language)


def fixed_words(sight: Sight, need: Need) -> str:
    """Return what everybody pays for a service: 50 บาท; nothing where nobody pays."""
    sums = sorted(fixed_of(need).items())
    return sight.words.wording.list_of([money_words(sight.words, *one, _of(need)) for one in sums])


def money_words(words: Words, currency: str, amount: Decimal, of: str) -> str:
    """Return an amount that everybody pays, with the steps or the service that it is of."""
    return figure(words.wording.money(amount, currency), f"paid.amount:{of},currency={currency}")


def more_places(words: Words, hidden: int, claim: str) -> Line:
    """Return that there are more places than are named; nothing where there are not."""
    counted = figure(words.wording.count("agencies", hidden), claim)
    return words.line("journey.more_places", agencies=counted) if hidden > 0 else Line("")


def _of(need: Need) -> str:
    """Return how a claim names a service."""
    agency_id, _, service_id = need.name.partition("/")
    return f"agency_id={agency_id},service_id={service_id}"


def _number(words: Words, steps: Sequence[Step], at: int) -> str:
    """Return the number of a step: the place of its service in the order."""
    return figure(words.wording.number(at + 1), f"steps.number:{_of(steps[at].needs[0])}")


def _step(sight: Sight, steps: Sequence[Step], at: int, picture: Picture, on_longest: bool) -> StepView:
    step, words = steps[at], sight.words
    names = [need.name for need in step.needs]
    hidden = len(names) - MOST_PLACES
    return StepView(
        number=_number(words, steps, at),
        anchor=f"step-{at + 1}",
        title=sight.title(names[0]),
        places=tuple(_place(sight, need) for need in step.needs[:MOST_PLACES]),
        more=more_places(words, hidden, f"steps:number={at + 1}~{MOST_PLACES}"),
        after=tuple(step_link(sight, steps, one) for one in step.after),
        outside=tuple(sight.link(name) for name in step.outside if name in sight.cards),  # a draft has no page
        drawn=picture.rows[at] if picture.rows else None,
        on_longest=on_longest,
    )


def _place(sight: Sight, need: Need) -> Place:
    card, words = sight.cards[need.name], sight.words
    return Place(
        link=sight.link(need.name),
        agency=sight.agencies[card.agency_id],
        note=Line(note_of(card, words)),
        time=Line(_time(words, need)),
        fee=Line(_fee(sight, need)),
        result=_result(words, need, card.lead) if card.lead else None,
    )


def _time(words: Words, need: Need) -> str:
    if need.time:
        return figure(duration_words(words, need.time), f"steps.time:{_of(need)}")
    return words.strings("journey.time_some" if need.only_some else "journey.time_none")


def _fee(sight: Sight, need: Need) -> str:
    """Return what a service costs in a few words."""
    if need.fees is None:
        return sight.words.strings("journey.fee_not_stated")
    if not need.fees:
        return sight.words.strings("none.fees")
    fixed, open_ = fixed_words(sight, need), not all(map(is_fixed, need.fees))
    if not fixed:
        return sight.words.strings("journey.fee_depends")
    return sight.words.strings("journey.fee_from" if open_ else "journey.fee_fixed", money=fixed)


def _result(words: Words, need: Need, lead: Lead) -> Result:
    shown = lead.state in WITH_RESULT and bool(lead.volume)
    rate = Line(_rate(words, lead)) if shown else Line("")
    return Result(f"/{need.name}/{lead.level_id}/", badge(words, lead.state), rate, _counts(words, lead, shown))


def _rate(words: Words, lead: Lead) -> str:
    """Return 91 ใน 100; of few cases only the counts are said (words.md, decision 2)."""
    if lead.small:
        return ""
    return in_hundred(words, lead.within_target, lead.volume, lead.measure, lead.span_share)


def _counts(words: Words, lead: Lead, shown: bool) -> tuple[Line, ...]:
    span = (Line(words.wording.between(lead.periods)),) if lead.periods else ()
    if not shown:
        return span
    facts = {
        "kept": words.wording.kept(lead.measure),
        "on_time": figure(words.wording.number(lead.within_target), "within_target"),
        "cases": figure(words.wording.units(lead.measure, lead.volume), "volume"),
    }
    small = (words.line("state.small_numbers"),) if lead.small else ()
    return (words.line("service.counts", **facts), *span, *small)
