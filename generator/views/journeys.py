"""The pages of life events: what one has to do, in which order, with what, how long it takes and what it costs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.case.bundle import Bundled, bill_of, papers_of
from generator.case.journey import Step, journey, longest
from generator.claims import figure
from generator.model import Catalog, Topic
from generator.views.groups import LIFE_EVENTS, path_of, way_of
from generator.views.journey_bundle import (
    FeesView,
    OfficeView,
    PaperView,
    TimeView,
    fees_view,
    office_views,
    paper_views,
    time_view,
)
from generator.views.journey_steps import STEPS, Sight, StepView, step_views
from generator.views.lanes import Picture, picture_of
from generator.views.page import Link, PageView
from generator.views.services import names_of
from generator.views.summary import AgencyCard
from generator.views.words import Line, Prose, Said, Words

MOST_STEPS = 60  # more are the same thing at many places, and no way through


@dataclass(frozen=True, slots=True)
class EventRow:
    """One life event in the list of all.  ``of`` is its way, as claims name it."""

    of: str
    link: Link
    summary: Said
    count: Line


@dataclass(frozen=True, slots=True)
class JourneysView:
    """All life events."""

    lead: Line
    rows: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """One of the answers at the top, and the part of the page that says more."""

    name: Line
    figure: Line
    detail: Line
    anchor: str


@dataclass(frozen=True, slots=True)
class JourneyView:
    """One life event.  ``joined`` are the steps that wait for others or are waited for, ``alone`` all others."""

    title: Said
    summary: Prose | None
    count: Line
    briefs: tuple[Brief, ...]
    joined: tuple[StepView, ...]
    alone: tuple[StepView, ...]
    picture: Picture
    one_way: bool
    papers: tuple[PaperView, ...]
    papers_notes: tuple[Line, ...]
    time: TimeView
    fees: FeesView
    offices: tuple[OfficeView, ...]
    services: Link | None


def journey_pages(catalog: Catalog, cards: Sequence[AgencyCard], words: Words) -> Iterator[PageView]:
    """Yield the page of all life events and a page for each, also for one that no service belongs to."""
    sight = sight_of(cards, words)
    needs = {name: card.need for name, card in sight.cards.items() if card.need}
    journeys = {event: journey(needs, event) for event in catalog.life_events}
    if journeys:
        yield _index_page(catalog, words, journeys)
    for event, steps in journeys.items():
        yield _page(catalog, sight, catalog.life_events[event], steps)


def sight_of(cards: Sequence[AgencyCard], words: Words) -> Sight:
    """Return what journeys are told with."""
    services = {f"{one.agency_id}/{one.id}": one for card in cards for one in card.services}
    return Sight(words, services, names_of(cards, words))


def _index_page(catalog: Catalog, words: Words, journeys: Mapping[str, Sequence[Step]]) -> PageView:
    return PageView(
        path=LIFE_EVENTS,
        template="journeys.html",
        title=words.strings("nav.life_events"),
        description=words.strings("journey.index_lead"),
        content=JourneysView(
            lead=words.line("journey.index_lead"),
            rows=tuple(_row(words, catalog.life_events[event], steps) for event, steps in journeys.items()),
        ),
        section="services",
        crumbs=(Link(words.strings("nav.home"), ""),),
        demonstration=catalog.settings.demonstration,
    )


def _row(words: Words, event: Topic, steps: Sequence[Step]) -> EventRow:
    title = words.text(event.title)
    return EventRow(
        of=f"{event.id}/",
        link=Link(title.text, way_of(event.id), title.language),
        summary=words.text(event.summary) if event.summary else Said(""),
        count=Line(_steps(words, len(steps))) if steps else words.line("journey.nothing"),
    )


def _steps(words: Words, count: int, claim: str = STEPS) -> str:
    return figure(words.wording.count("steps", count), claim)


def _page(catalog: Catalog, sight: Sight, event: Topic, steps: Sequence[Step]) -> PageView:
    words, crowded = sight.words, len(steps) > MOST_STEPS
    content = _content(sight, event, () if crowded else steps)
    told = _count(words, steps, "journey.count_short")
    if crowded:
        content = replace(content, count=words.line("journey.crowded"))
    return PageView(
        path=way_of(event.id),
        template="journey.html",
        title=content.title.text,
        description=words.strings("journey.about", title=content.title.text, count=told),
        content=content,
        section="services",
        crumbs=(Link(words.strings("nav.home"), ""), Link(words.strings("nav.life_events"), LIFE_EVENTS)),
        demonstration=catalog.settings.demonstration,
        index=bool(steps),
    )


def _content(sight: Sight, event: Topic, steps: Sequence[Step]) -> JourneyView:
    words, papers, ways = sight.words, papers_of(steps), longest(steps)
    picture = picture_of(steps)
    waited = {first for step in steps for first in step.after}
    joined = sum(bool(step.after) or at in waited for at, step in enumerate(steps))
    one_way = len(ways) == 1 and joined > 0
    views = step_views(sight, steps, picture, ways[0].steps if one_way else ())
    time, fees, offices = (
        time_view(sight, steps, ways),
        fees_view(sight, steps, bill_of(steps)),
        office_views(sight, steps),
    )
    return JourneyView(
        title=words.text(event.title),
        summary=words.prose(event.summary) if event.summary else None,
        count=_count(words, steps, "journey.count"),
        briefs=_briefs(words, time, fees, papers, offices) if steps else (),
        joined=tuple(views[:joined]),
        alone=tuple(views[joined:]),
        picture=picture,
        one_way=one_way,
        papers=paper_views(sight, steps, papers),
        papers_notes=tuple(_paper_notes(words, steps, papers)),
        time=time,
        fees=fees,
        offices=offices,
        services=_list_of(sight, event),
    )


def _list_of(sight: Sight, event: Topic) -> Link | None:
    """Return the link to the list of the event's services, those that ended too; None where there is none."""
    count = sum(event.id in card.life_events for card in sight.cards.values())
    services = figure(sight.words.wording.count("services", count), f"services:life_events={event.id}")
    title = sight.words.strings("journey.all_services", services=services)
    return Link(title, path_of("life_events", event.id)) if count else None


def _count(words: Words, steps: Sequence[Step], key: str) -> Line:
    if not steps:
        return words.line("journey.nothing")
    agencies = {frozenset(need.name.partition("/")[0] for need in step.needs) for step in steps}
    counted = figure(words.wording.count("agencies", len(agencies)), "steps:;agencies")
    return words.line(key, steps=_steps(words, len(steps)), agencies=counted)


def _briefs(
    words: Words, time: TimeView, fees: FeesView, papers: Sequence[Bundled], offices: Sequence[OfficeView]
) -> tuple[Brief, ...]:
    held = sum(paper.held for paper in papers)
    remote = sum(office.remote for office in offices)
    found = (
        ("time", time.total, words.line("journey.time_detail")),
        ("fees", fees.total, Line("")),
        ("papers", Line(_documents(words, len(papers), "papers:")), _held(words, held)),
        ("offices", Line(_offices(words, len(offices), "offices:")), _remote(words, remote)),
    )
    return tuple(Brief(words.line(f"journey.{name}"), figure, detail, name) for name, figure, detail in found)


def _documents(words: Words, count: int, claim: str) -> str:
    return figure(words.wording.count("documents", count), claim)


def _offices(words: Words, count: int, claim: str) -> str:
    return figure(words.wording.count("offices", count), claim)


def _held(words: Words, held: int) -> Line:
    return words.line("journey.papers_held", documents=_documents(words, held, "papers:held=1")) if held else Line("")


def _remote(words: Words, remote: int) -> Line:
    offices = _offices(words, remote, "offices:remote=1")
    return words.line("journey.offices_remote", offices=offices) if remote else Line("")


def _paper_notes(words: Words, steps: Sequence[Step], papers: Sequence[Bundled]) -> Iterator[Line]:
    if papers:
        yield words.line("journey.papers_how")
    silent = sum(any(need.papers is None for need in step.needs) for step in steps)
    if silent:
        yield words.line("journey.papers_silent", steps=_steps(words, silent, "steps:papers=0;number"))
