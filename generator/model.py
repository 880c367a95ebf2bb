"""The records of the data contract, sections 4 to 7.  Frozen; nothing here reads or writes.  Section 6 is in ``model_manual``.

Field names are the contract's own; a trailing underscore stands where Python keeps the word (``if_``, ``from_``,
``is_``).  Children hold no parents.  An absent key is ``None`` ("not stated"); ``"none"`` is a stated nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from generator.model_kinds import (
    TIMED_MEASURES,
    Answer,
    Between,
    ChannelType,
    Conditions,
    Frequency,
    HeldByState,
    Listed,
    Measure,
    Section,
)
from generator.model_manual import (
    Adjustment,
    Band,
    Channel,
    Choice,
    Clock,
    ComplaintChannel,
    CopyFee,
    Document,
    Fee,
    Form,
    Hours,
    Improvement,
    LegalBasis,
    Manual,
    Question,
    Rate,
    Reporting,
    Requirements,
    Review,
    Scope,
    Service,
    ServiceLevel,
    Stage,
    Target,
    Tiers,
    in_force,
)
from generator.periods import Period
from generator.problems import Problem, Route
from generator.values import (
    Count,
    Currency,
    Day,
    Email,
    Id,
    Location,
    MonthNumber,
    OtherNames,
    PeriodCode,
    Plain,
    Record,
    Text,
    Title,
    Url,
    Weekday,
)

__all__ = [
    "TIMED_MEASURES",
    "Adjustment",
    "Agency",
    "AgencyData",
    "Answer",
    "Band",
    "Between",
    "Calendar",
    "Catalog",
    "CatalogFile",
    "Channel",
    "ChannelType",
    "Choice",
    "Clock",
    "ClosedDay",
    "ComplaintChannel",
    "Conditions",
    "CopyFee",
    "Document",
    "Fee",
    "Form",
    "Frequency",
    "HeldByState",
    "Hours",
    "Improvement",
    "Inheritance",
    "Law",
    "LegalBasis",
    "LevelKey",
    "Licence",
    "Manual",
    "Measure",
    "Observation",
    "Office",
    "Publisher",
    "Question",
    "Rate",
    "Reporting",
    "Requirements",
    "Review",
    "RowStatus",
    "Scope",
    "Section",
    "Service",
    "ServiceLevel",
    "SharedDocument",
    "SmallNumbers",
    "Stage",
    "Target",
    "Tiers",
    "Topic",
    "Withdrawn",
    "WithheldRow",
    "WithheldService",
    "in_force",
]

RowStatus = Literal["final", "provisional", "not_reported", "not_applicable", "suppressed"]


# ---- the catalog and what it shares (sections 2 and 4) ----


class Licence(Record):
    """Under which terms data may be used."""

    id: Plain
    title: Title
    url: Url | None = None


class Publisher(Record):
    """Who publishes the data set."""

    title: Title
    url: Url | None = None
    email: Email | None = None


class SmallNumbers(Record):
    """Below ``caution_below`` a figure is shown with care; below ``suppress_below`` a breakdown is withheld."""

    caution_below: Count = 20
    suppress_below: Count = 5


class CatalogFile(Record):
    """catalog.yml."""

    title: Title
    description: Text | None = None
    publisher: Publisher
    url: Url | None = None
    languages: Listed[Plain]
    timezone: Plain
    currency: Currency
    fiscal_year_starts: MonthNumber
    era: Literal["buddhist", "gregorian"] = "gregorian"
    calendar: Id | None = None
    licence: Licence
    required_sections: tuple[Section, ...]
    small_numbers: SmallNumbers = SmallNumbers()
    repository: Url | None = None
    demonstration: bool = False


class Topic(Record):
    """An entry of topics.yml or life_events.yml."""

    id: Id
    title: Title
    summary: Text | None = None


class SharedDocument(Record):
    """An entry of documents.yml."""

    id: Id
    title: Title
    issuer: Text | None = None
    held_by_state: HeldByState | None = None


class Law(Record):
    """An entry of laws.yml."""

    id: Id
    title: Title
    url: Url | None = None


class ClosedDay(Record):
    """A day on which offices are closed; without a source it is shown as unconfirmed."""

    date: Day
    title: Title
    source: Url | None = None


class Calendar(Record):
    """calendars/<id>.yml."""

    id: Id
    title: Title
    weekend: tuple[Weekday, ...] = ()
    days: tuple[ClosedDay, ...] = ()


# ---- the agency (section 5) ----


class Office(Record):
    """A place where an agency serves the public.  ``location`` is latitude, longitude."""

    id: Id
    title: Title
    province: Text | None = None
    location: Location | None = None


class Agency(Record):
    """agencies/<id>/agency.yml."""

    id: Id
    title: Title
    abbreviation: Text | None = None
    also_called: OtherNames | None = None
    status: Literal["active", "merged", "closed"] = "active"
    replaced_by: Id | None = None
    parent: Text | None = None
    kind: Literal["ministry", "department", "province", "local", "state_enterprise", "independent", "other"]
    url: Url | None = None
    email: Email | None = None
    phone: Plain | None = None
    reporting: Reporting
    offices: Listed[Office] | None = None
    licence: Licence | None = None
    demonstration: bool = False


class Withdrawn(Record):
    """An entry of agencies/<id>/withdrawn.yml: what was published once and is no more, named as its rows name it.

    A service, a level of it, or the figures of one period (of one channel or office).  ``title`` is what a service was
    called, for the page that stays; ``replaced_by`` is agency/service.
    """

    service_id: Id
    level_id: Id | None = None
    period: PeriodCode | None = None
    channel_id: Id | None = None
    office_id: Id | None = None
    title: Title | None = None
    withdrawn_on: Day
    reason: Text
    replaced_by: Plain | None = None


# ---- results (section 7) and everything together ----


class LevelKey(NamedTuple):
    """The join key, the address and the place of a service level."""

    agency_id: str
    service_id: str
    level_id: str


class Observation(NamedTuple):
    """One CSV row: what an agency reported for one level in one period.

    ``None`` is "not known" and 0 is "none".  ``channel_id`` and ``office_id`` are empty for all; ``notes`` is by
    language; ``file`` (relative to the data folder) and ``line`` say where it stands.
    """

    service_id: str
    level_id: str
    period: Period
    channel_id: str
    office_id: str
    volume: int | None
    within_target: int | None
    received: int | None
    backlog: int | None
    backlog_overdue: int | None
    median: Decimal | None
    p90: Decimal | None
    excluded: int | None
    delay_notices_due: int | None
    delay_notices_sent: int | None
    complaints: int | None
    status: RowStatus
    revision: int
    reported_on: date | None
    reported_attainment: Decimal | None
    notes: Mapping[str, str]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Catalog:
    """What all agencies share: the settings, the shared lists, the calendars and the central manuals, by id."""

    settings: CatalogFile
    topics: Mapping[str, Topic] = field(default_factory=dict)
    life_events: Mapping[str, Topic] = field(default_factory=dict)
    documents: Mapping[str, SharedDocument] = field(default_factory=dict)
    laws: Mapping[str, Law] = field(default_factory=dict)
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    manuals: Mapping[str, Mapping[str, object]] = field(default_factory=dict)  # as written; a service completes them
    broken: frozenset[str] = frozenset()  # "topics", "calendars/x", "manuals/y": could not be read
    agency_ids: tuple[str, ...] = ()

    @property
    def first_language(self) -> str:
        """Return the language that stands at the root of the site."""
        return self.settings.languages[0]


@dataclass(frozen=True, slots=True)
class WithheldRow:
    """A row that is not published, and where it stands."""

    service_id: str
    level_id: str
    period: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class WithheldService:
    """A service whose file is wrong: its page stays, and says that it is being corrected."""

    service_id: str
    title: Mapping[str, str]  # what could be read of it; may be empty


@dataclass(frozen=True, slots=True)
class Inheritance:
    """What a service took from its central manual, and what it wrote itself.

    ``taken`` are the top-level keys that stand in the manual alone; ``rewritten`` those that stand in both and the
    service replaces; ``added`` the routes of single items that the service adds to the manual's, in the merged service.
    """

    manual_id: str
    taken: tuple[str, ...] = ()
    rewritten: tuple[str, ...] = ()
    added: tuple[Route, ...] = ()


@dataclass(frozen=True, slots=True)
class AgencyData:
    """One agency as it was read.

    ``services`` holds the good ones by id (drafts included), in id order; ``inheritances`` has an entry for each that
    has a central manual.  ``observations`` are all good rows, all revisions.
    ``withheld_keys`` are (service, level, period, channel, office) whose newest row is wrong: the period is withheld.
    ``withdrawn`` are the good entries of withdrawn.yml, by their place in it.
    ``withheld_services`` are all that are withheld, of a withheld agency every one.  Those of them that were published
    before stand among ``services`` as they were then: ``kept`` says until which day each was good, ``kept_from`` the
    agency itself.
    """

    agency_id: str
    agency: Agency | None  # None: agency.yml is wrong and the agency is withheld
    services: Mapping[str, Service]
    observations: tuple[Observation, ...]
    withheld_services: tuple[WithheldService, ...]
    withheld_rows: tuple[WithheldRow, ...]
    withheld_keys: frozenset[tuple[str, str, str, str, str]]
    problems: tuple[Problem, ...]
    inheritances: Mapping[str, Inheritance] = field(default_factory=dict)
    withdrawn: Mapping[int, Withdrawn] = field(default_factory=dict)
    kept: Mapping[str, date] = field(default_factory=dict)
    kept_from: date | None = None
