"""What a journey asks for together, in words: each paper once, the time of the longest way, the fees, the offices."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from generator.case.bundle import Bill, Bundled, fixed_of, is_fixed
from generator.case.journey import Charge, Length, Step, Way
from generator.claims import figure
from generator.views.conditions import condition, questions_of
from generator.views.journey_steps import STEPS, Sight, fixed_words, money_words, more_places, step_link
from generator.views.lengths import length_words
from generator.views.page import Link
from generator.views.papers import AskedView, asked_views, number_words, paper_link
from generator.views.words import Line, Mixed, Said, Words

AT_A_DESK = frozenset({"counter", "drive_thru", "kiosk", "mobile_unit"})
MOST_NAMED = 8  # agencies of which one is needed


@dataclass(frozen=True, slots=True)
class PaperView:
    """One paper: how many of it all steps need, and how each of them asks for it."""

    link: Link
    issuer: Mixed
    held: bool
    numbers: tuple[Line, ...]
    asked: tuple[AskedView, ...]


@dataclass(frozen=True, slots=True)
class TimeView:
    """The promised time of the longest way; several where no unit tells which is longer.  ``notes`` say what is not in it."""

    total: Line
    ways: tuple[tuple[Line, tuple[Link, ...]], ...]
    notes: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class FeeLine:
    """What one step or one fee comes to.  ``of`` is the service that asks for the fee, as claims name it."""

    link: Link
    what: Mixed
    amount: Mixed
    of: str = ""


@dataclass(frozen=True, slots=True)
class FeesView:
    """The fees that can be added, with their sum, those that depend on answers, and what is not in the sum."""

    total: Line
    fixed: tuple[FeeLine, ...]
    open: tuple[FeeLine, ...]
    notes: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class OfficeView:
    """One agency to go to, or several of which one is needed, and the steps that are done there.

    ``remote``: none of them needs a visit.
    """

    agencies: tuple[Link, ...]
    more: Line
    steps: tuple[Link, ...]
    remote: bool


def paper_views(sight: Sight, steps: Sequence[Step], papers: Sequence[Bundled]) -> tuple[PaperView, ...]:
    """Return the papers in the order in which one needs them."""
    return tuple(_paper(sight, steps, one, number) for number, one in enumerate(papers, start=1))


def time_view(sight: Sight, steps: Sequence[Step], ways: Sequence[Way]) -> TimeView:
    """Return the time of the whole."""
    words, known = sight.words, [way for way in ways if way.length != Length()]
    lengths = [
        length_words(words, way.length, f"lengths.{{}}:number={number}") for number, way in enumerate(known, start=1)
    ]
    notes = [words.line("journey.time_waiting")]
    silent = sum(not any(need.time for need in step.needs) for step in steps)
    if silent:
        counted = figure(words.wording.count("steps", silent), f"{STEPS}~steps:timed=1;number")
        notes.append(words.line("journey.time_silent", steps=counted))
    if len(known) > 1:
        notes.insert(0, words.line("journey.time_apart"))
    total = Line(reduce(lambda one, other: words.strings("journey.or", one=one, other=other), lengths or [""]))
    return TimeView(
        total=total or words.line("journey.time_many" if steps and not ways else "not_stated"),
        ways=tuple(
            (Line(length), tuple(step_link(sight, steps, at) for at in way.steps))
            for length, way in zip(lengths, known, strict=True)
        ),
        notes=tuple(notes),
    )


def fees_view(sight: Sight, steps: Sequence[Step], bill: Bill) -> FeesView:
    """Return the fees of the whole."""
    added = [at for at in range(len(steps)) if at not in (*bill.differing, *bill.unstated)]
    return FeesView(
        total=_total(sight.words, bill),
        fixed=tuple(_fixed(sight, steps, at) for at in added if fixed_of(steps[at].needs[0])),
        open=(*_differing(sight, steps, bill), *(_open(sight, steps, name, fee) for name, fee in bill.open)),
        notes=tuple(_fee_notes(sight, bill)),
    )


def office_views(sight: Sight, steps: Sequence[Step]) -> tuple[OfficeView, ...]:
    """Return every agency, or set of agencies of which one is needed, once, in the order of the steps."""
    found: dict[tuple[str, ...], list[int]] = {}
    for at, step in enumerate(steps):
        found.setdefault(tuple(sorted({sight.cards[need.name].agency_id for need in step.needs})), []).append(at)
    return tuple(_office(sight, steps, agencies, places) for agencies, places in found.items())


def _paper(sight: Sight, steps: Sequence[Step], one: Bundled, number: int) -> PaperView:
    words, paper = sight.words, one.paper
    return PaperView(
        link=paper_link(words, one.key, paper),
        issuer=words.mixed("manual.issuer", issuer=words.text(paper.issuer)) if paper.issuer else (),
        held=one.held,
        numbers=tuple(_numbers(words, one, f"papers.{{}}:number={number}")),
        asked=tuple(view for asked in one.asked for view in _asked(sight, steps, one, asked.step)),
    )


def _asked(sight: Sight, steps: Sequence[Step], paper: Bundled, at: int) -> Iterator[AskedView]:
    needs = {need.name: need for need in steps[at].needs}
    lines = [(needs[name], line) for asked in paper.asked if asked.step == at for name, line in asked.lines]
    yield from asked_views(sight.words, step_link(sight, steps, at), Said(""), lines)


def _numbers(words: Words, one: Bundled, claim: str) -> Iterator[Line]:
    """Yield how many everybody needs, and that some need more."""
    if not one.always:
        yield words.line("journey.paper_some")
        return
    if one.originals or one.copies:
        yield from number_words(words, one.originals, one.copies, claim).segments
    if not all(asked.stated for asked in one.asked):
        yield words.line("service.number_not_stated")
    elif not (one.originals or one.copies):
        yield words.line("paper.nothing_handed_in")
    if any(not asked.always or any(paper.if_ for _, paper in asked.lines) for asked in one.asked):
        yield words.line("journey.paper_more")


def _total(words: Words, bill: Bill) -> Line:
    money = words.wording.list_of([money_words(words, *one, "added=1") for one in bill.sums.items()])
    whole = not (bill.open or bill.differing or bill.unstated)
    if not money:
        return words.line("none.fees" if whole else "journey.fee_depends")
    return words.line("journey.fee_fixed" if whole and not bill.each else "journey.fee_from", money=money)


def _fixed(sight: Sight, steps: Sequence[Step], at: int) -> FeeLine:
    titles = [sight.words.text(fee.title) for fee in steps[at].needs[0].fees or () if is_fixed(fee)]
    amount = (Said(Line(fixed_words(sight, steps[at].needs[0]))),)
    return FeeLine(step_link(sight, steps, at), _joined(titles), amount)


def _joined(texts: Sequence[Said]) -> Mixed:
    """Return texts behind each other, each in its language."""
    parts: list[Said] = []
    for text in texts:
        parts += ([Said(Line(" · "))] if parts else []) + [text]
    return tuple(parts)


def _differing(sight: Sight, steps: Sequence[Step], bill: Bill) -> Iterator[FeeLine]:
    """Yield the steps whose fee depends on the place; what each asks stands beside it in the step."""
    for at in bill.differing:
        yield FeeLine(step_link(sight, steps, at), (Said(sight.words.line("journey.fee_by_place")),), (Said(Line("")),))


def _open(sight: Sight, steps: Sequence[Step], name: str, fee: Charge) -> FeeLine:
    words = sight.words
    at, need = next((at, need) for at, step in enumerate(steps) for need in step.needs if need.name == name)
    when = (words.mixed("doc.when", when=words.text(fee.when)),) if fee.when else ()
    conditions = when or condition(words, questions_of(need.questions), fee.if_)
    amount: Mixed = (Said(words.line("journey.fee_by_answers")),)
    if fee.amount is not None and not fee.varies:
        line = (need.fees or ()).index(fee) + 1
        money = figure(words.wording.money(fee.amount, fee.currency), f"fees.amount:number={line}")
        amount = words.mixed("term.per", money=money, per=words.text(fee.per)) if fee.per else (Said(Line(money)),)
    what = _joined([words.text(fee.title), *(part for one in conditions for part in one)])
    page = Link(step_link(sight, steps, at).text, f"agencies/{name}/#fees", step_link(sight, steps, at).language)
    return FeeLine(page, what, amount, f"/{name}/")


def _fee_notes(sight: Sight, bill: Bill) -> Iterator[Line]:
    words = sight.words
    if bill.each:
        yield words.line("journey.fee_each")
    if bill.open or bill.differing:
        fees = words.wording.count("fees", len(bill.open) + len(bill.differing))
        yield words.line("journey.fee_not_added", fees=figure(fees, "opens:+steps:paid=differing;number"))
    if bill.unstated:
        counted = figure(words.wording.count("steps", len(bill.unstated)), "steps:paid=unstated;number")
        yield words.line("journey.fee_unstated", steps=counted)


def _office(sight: Sight, steps: Sequence[Step], agencies: Sequence[str], places: Sequence[int]) -> OfficeView:
    words, hidden = sight.words, len(agencies) - MOST_NAMED
    cards = [sight.cards[need.name] for at in places for need in steps[at].needs]
    named = [(sight.agencies[one], one) for one in agencies[:MOST_NAMED]]
    return OfficeView(
        agencies=tuple(Link(said.text, f"agencies/{one}/", said.language) for said, one in named),
        more=more_places(words, hidden, f"steps:number={places[0] + 1};agency_id~{MOST_NAMED}"),
        steps=tuple(step_link(sight, steps, at) for at in places),
        remote=all(set(card.channels) - AT_A_DESK - {"other"} for card in cards),
    )
