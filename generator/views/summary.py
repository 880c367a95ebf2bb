"""What the parent process needs of one agency: enough for every list, small enough to be sent between processes.

Nothing here is in a reader's language: a card is made once and serves all editions.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.case.journey import Need
from generator.model import Agency, AgencyData, Catalog, Measure, Service, WithheldService
from generator.periods import Period
from generator.results import AgencyResult, AgencySummary, LevelResult, ServiceResult, Tally
from generator.stats import summary_of
from generator.texts import Text
from generator.values import Duration
from generator.views.changes import Change, changes_of, newest
from generator.views.headline import promise_of
from generator.views.needs import need_of
from generator.views.promise import lead_of
from generator.views.states import State, headline_state
from generator.views.translated import languages_of

# What a number of agencies is made of: those that can be shown, and those that are being corrected.
ALL_AGENCIES = "agencies:kept_from=+problems:withheld=agency;agency_id"
NEWS_KEPT = 12  # more than any page shows, so that the newest of all agencies are among them


@dataclass(frozen=True, slots=True)
class Lead:
    """The promise that leads a service, in figures: what is promised and since when, what was done, over which periods."""

    level_id: str
    title: Text
    measure: Measure
    since: date | None
    limit: Duration | None
    share: Decimal | None
    state: State
    within_target: int
    volume: int
    span_share: Decimal | None
    periods: tuple[Period, ...]
    small: bool


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """One published service.  ``withheld``: its page says only that it is being corrected, and the title may be empty.

    ``channels`` are kinds of channel; ``lead`` is None where nothing is promised.  ``translated`` are the languages in
    which every text of it is written.  ``changed`` is when its page last had something new, None where nobody knows.
    ``kept_from``: it is withheld too, and its page shows what was published on that day.
    ``need`` is what a journey asks of it, None where it is withheld or no longer offered.
    """

    agency_id: str
    id: str
    title: Text
    also_called: Mapping[str, Sequence[str]]
    summary: Text
    type: str
    status: str
    withheld: bool
    topics: tuple[str, ...]
    life_events: tuple[str, ...]
    channels: tuple[str, ...]
    tally: Tally
    lead: Lead | None
    levels: int
    translated: tuple[str, ...]
    changed: date | None
    kept_from: date | None = None
    need: Need | None = None

    @property
    def held_back(self) -> bool:
        """Return whether its file is wrong, whatever its page shows meanwhile."""
        return self.withheld or self.kept_from is not None

    @property
    def path(self) -> str:
        """Return the address of its page under an edition's root."""
        return f"agencies/{self.agency_id}/{self.id}/"


@dataclass(frozen=True, slots=True)
class AgencyCard:
    """One agency.  ``agency`` and ``summary`` are None where its own file is wrong, and then it has no services.

    ``kept_from``: its file is wrong, and all of it is shown as it was published on that day.

    ``news`` are its newest changes; ``withheld_rows`` are those not published.  ``problems`` counts, by code, what is
    wrong in its files; ``warnings`` counts those that are no errors.
    """

    id: str
    agency: Agency | None
    summary: AgencySummary | None
    demonstration: bool
    services: tuple[ServiceCard, ...]
    news: tuple[Change, ...]
    withheld_rows: int
    problems: Mapping[str, int]
    warnings: int
    kept_from: date | None = None

    @property
    def held_back(self) -> bool:
        """Return whether its own file is wrong, whatever is shown of it meanwhile."""
        return self.agency is None or self.kept_from is not None

    @property
    def path(self) -> str:
        """Return the address of its page under an edition's root."""
        return f"agencies/{self.id}/"

    @property
    def title(self) -> Text:
        """Return its name by language, or its id where no name could be read."""
        return self.agency.title if self.agency else {}

    @property
    def tally(self) -> Tally:
        """Return its tally; nothing where it is withheld."""
        return self.summary.tally if self.summary else Tally()

    @property
    def changed(self) -> date | None:
        """Return the newest day on which one of its services changed."""
        return max((service.changed for service in self.services if service.changed), default=None)


def claim_of_services(cards: Iterable[AgencyCard]) -> str:
    """Return what a number of services is made of: those as they are now, those held back, and all of an agency that is."""
    whole = "".join(f"+services:agency_id={card.id}" for card in cards if card.kept_from)
    return f"services:kept_from=+problems:withheld=service;file{whole}"


def kept_of(card: AgencyCard) -> Iterator[tuple[str, date]]:
    """Yield what of an agency is shown as it was published last: "agency", "agency/service", and on which day."""
    if card.kept_from:
        yield card.id, card.kept_from
    yield from ((f"{card.id}/{one.id}", one.kept_from) for one in card.services if one.kept_from)


def card_of(catalog: Catalog, data: AgencyData, result: AgencyResult | None, as_of: date) -> AgencyCard:
    """Return the card of one agency; ``result`` is None where the agency is withheld."""
    return AgencyCard(
        id=data.agency_id,
        agency=data.agency if result else None,
        summary=summary_of(result) if result else None,
        demonstration=catalog.settings.demonstration or bool(data.agency and data.agency.demonstration),
        services=tuple(_services(catalog, data, result, as_of)) if result else (),
        news=newest(changes_of(result, as_of), NEWS_KEPT) if result else (),
        withheld_rows=len(data.withheld_rows),
        problems=dict(sorted(Counter(problem.code for problem in data.problems).items())),
        warnings=sum(problem.severity == "warning" for problem in data.problems),
        kept_from=data.kept_from,
    )


def _services(catalog: Catalog, data: AgencyData, result: AgencyResult, as_of: date) -> Iterator[ServiceCard]:
    """Yield published and withheld services in the order of their ids."""
    cards = {service_id: _card(catalog, data.agency_id, one, as_of) for service_id, one in result.services.items()}
    for withheld in data.withheld_services:
        cards.setdefault(withheld.service_id, _withheld(data.agency_id, withheld))
    yield from (cards[service_id] for service_id in sorted(cards))


def _card(catalog: Catalog, agency_id: str, result: ServiceResult, as_of: date) -> ServiceCard:
    service = result.service
    channels = (service.scope.channels if service.scope else None) or ()
    lead = lead_of(result.levels)
    return ServiceCard(
        agency_id=agency_id,
        id=service.id,
        title=service.title,
        also_called=service.also_called or {},
        summary=service.summary or {},
        type=service.type,
        status=service.status,
        withheld=False,
        topics=service.topics or (),
        life_events=service.life_events or (),
        channels=tuple(dict.fromkeys(channel.type for channel in channels)),
        tally=result.tally,
        lead=_lead(lead) if lead else None,
        levels=len(result.levels),
        translated=languages_of(service, catalog.settings.languages),
        changed=_changed(service, result.levels, as_of),
        kept_from=result.kept_from,
        need=None if service.status == "retired" else need_of(catalog, agency_id, service, result.levels),
    )


def _lead(level: LevelResult) -> Lead:
    promise, span = promise_of(level), level.headline
    return Lead(
        level_id=level.key.level_id,
        title=level.level.title,
        measure=level.level.measure,
        since=promise.valid_from if promise else None,
        limit=promise.limit if promise else None,
        share=promise.share if promise else None,
        state=headline_state(level),
        within_target=span.within_target,
        volume=span.volume,
        span_share=span.share,
        periods=span.periods,
        small=span.small,
    )


def _withheld(agency_id: str, service: WithheldService) -> ServiceCard:
    return ServiceCard(
        agency_id, service.service_id, service.title, {}, {}, type="other", status="active", withheld=True, topics=(),
        life_events=(), channels=(), tally=Tally(), lead=None, levels=0, translated=(), changed=None,
    )  # fmt: skip


def _changed(service: Service, levels: Sequence[LevelResult], as_of: date) -> date | None:
    """Return the newest day that the data itself gives: a report, a promise in force, a review."""
    days = [row.observation.reported_on for level in levels for row in level.rows if row.observation]
    days += [target.valid_from for level in levels for target in level.level.targets or ()]
    days.append(service.review.reviewed_on if service.review else None)
    return max((day for day in days if day and day <= as_of), default=None)
