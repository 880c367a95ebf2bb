"""The records of the data contract, sections 4 to 7.  Frozen; nothing here reads or writes.

Field names are the contract's own; a trailing underscore stands where Python keeps the word (``if_``, ``from_``,
``is_``).  Children hold no parents.  An absent key is ``None`` ("not stated"); ``"none"`` is a stated nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from generator.periods import Period
from generator.problems import Problem
from generator.values import (
    ClockTime,
    Count,
    Currency,
    Day,
    Duration,
    Gain,
    Id,
    Money,
    MoneyAmount,
    Nothing,
    Number,
    PeriodCode,
    Plain,
    Record,
    Share,
    Text,
    Title,
    Url,
    Weekday,
    Whole,
)

Frequency = Literal["month", "quarter", "half_year", "year", "fiscal_year"]
ChannelType = Literal[
    "counter", "drive_thru", "kiosk", "online", "app", "email", "post", "fax", "phone", "mobile_unit", "other"
]
Section = Literal["scope", "requirements", "service_levels", "steps", "complaints"]
Measure = Literal[
    "processing_time", "waiting_time", "availability", "accuracy", "satisfaction", "complaint_response", "other"
]
TIMED_MEASURES: frozenset[str] = frozenset({"processing_time", "waiting_time", "complaint_response"})
RowStatus = Literal["final", "provisional", "not_reported", "not_applicable", "suppressed"]
Listed = Annotated  # a list with at least one item, written tuple[X, ...] with Field(min_length=1)


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
    email: Plain | None = None


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
    languages: tuple[Plain, ...] = Field(min_length=1)
    timezone: Plain
    currency: Currency
    fiscal_year_starts: Whole
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
    issuer: Title | None = None
    held_by_state: bool | Literal["unknown"] | None = None


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


class Reporting(Record):
    """How often results are owed, and from when."""

    frequency: Frequency
    due_after_days: Count = 0
    first_period: PeriodCode | None = None


class Office(Record):
    """A place where an agency serves the public.  ``location`` is latitude, longitude."""

    id: Id
    title: Title
    province: Title | None = None
    location: tuple[Number, Number] | None = None


class Agency(Record):
    """agencies/<id>/agency.yml."""

    id: Id
    title: Title
    abbreviation: Title | None = None
    also_called: dict[str, tuple[Plain, ...]] | None = None
    status: Literal["active", "merged", "closed"] = "active"
    replaced_by: Id | None = None
    parent: Title | None = None
    kind: Literal["ministry", "department", "province", "local", "state_enterprise", "independent", "other"]
    url: Url | None = None
    email: Plain | None = None
    phone: Plain | None = None
    reporting: Reporting
    offices: tuple[Office, ...] | None = Field(default=None, min_length=1)
    licence: Licence | None = None
    demonstration: bool = False


# ---- the service (section 6) ----


class LegalBasis(Record):
    """A law that a service rests on: an id of laws.yml, or a title."""

    law: Id | None = None
    title: Title | None = None
    section: Title | None = None
    url: Url | None = None


class Choice(Record):
    """One answer to a question."""

    id: Id
    title: Title


class Question(Record):
    """What the reader is asked: a choice, a number (``unit``), or, without either, yes or no."""

    id: Id
    ask: Title
    choices: tuple[Choice, ...] | None = Field(default=None, min_length=1)
    unit: Title | None = None
    from_: Number | None = Field(default=None, alias="from")
    to: Number | None = None


class Between(Record):
    """A range of numbers, both ends included."""

    from_: Number | None = Field(default=None, alias="from")
    to: Number | None = None


Answer = bool | Plain | tuple[Plain, ...] | Between
Conditions = dict[str, Answer]


class Hours(Record):
    """When a channel is open.  Times are text, "08:30"."""

    days: tuple[Weekday, ...] = Field(min_length=1)
    opens: ClockTime
    closes: ClockTime


class Channel(Record):
    """How a service is asked for."""

    id: Id
    type: ChannelType
    title: Title
    address: Text | None = None
    location: tuple[Number, Number] | None = None
    phone: Plain | None = None
    email: Plain | None = None
    url: Url | None = None
    note: Text | None = None
    hours: tuple[Hours, ...] | None = Field(default=None, min_length=1)
    calendar: Id | None = None
    if_: Conditions | None = Field(default=None, alias="if", min_length=1)


class Scope(Record):
    """Who the service is for, what comes out of it, and how it is asked for."""

    audience: tuple[Literal["citizen", "business", "government", "foreigner"], ...] | None = Field(
        default=None, min_length=1
    )
    outputs: tuple[Text, ...] | None = Field(default=None, min_length=1)
    channels: tuple[Channel, ...] | None = Field(default=None, min_length=1)


class Document(Record):
    """A document that the applicant brings: an id of documents.yml, or a title."""

    document: Id | None = None
    title: Title | None = None
    issuer: Title | None = None
    originals: Count | None = None
    copies: Count | None = None
    held_by_state: bool | Literal["unknown"] | None = None
    when: Text | None = None
    if_: Conditions | None = Field(default=None, alias="if", min_length=1)


class Rate(Record):
    """One band of a fee: the rate for each unit up to and including ``up_to``; the last band has no end."""

    up_to: Number | None = None
    rate: MoneyAmount


class Tiers(Record):
    """A fee in bands over the number that a question asks for."""

    question: Id
    rates: tuple[Rate, ...] = Field(min_length=1)


class Band(Record):
    """From this number on the fee is multiplied, until the next band."""

    from_: Number = Field(alias="from")
    multiply: MoneyAmount


class Adjustment(Record):
    """What makes a fee larger or smaller: bands over a number, or one answer (``is``)."""

    title: Title
    question: Id
    bands: tuple[Band, ...] | None = Field(default=None, min_length=1)
    is_: bool | Plain | None = Field(default=None, alias="is")
    multiply: MoneyAmount | None = None


class Fee(Record):
    """What a service costs: an amount, or bands and adjustments that a calculator works out."""

    title: Title
    amount: MoneyAmount | None = None
    currency: Currency
    per: Title | None = None
    when: Text | None = None
    tiers: Tiers | None = None
    adjustments: tuple[Adjustment, ...] | None = Field(default=None, min_length=1)
    if_: Conditions | None = Field(default=None, alias="if", min_length=1)


class Form(Record):
    """A form to fill in."""

    title: Title
    url: Url | None = None


class CopyFee(Record):
    """What a paper copy of the manual costs."""

    amount: MoneyAmount
    currency: Currency
    per: Title | None = None


class Requirements(Record):
    """What the applicant must meet, bring and pay."""

    criteria: tuple[Text, ...] | Nothing | None = Field(default=None, min_length=1)
    documents: tuple[Document, ...] | Nothing | None = Field(default=None, min_length=1)
    fees: tuple[Fee, ...] | Nothing | None = Field(default=None, min_length=1)
    forms: tuple[Form, ...] | Nothing | None = Field(default=None, min_length=1)
    manual_copy_fee: CopyFee | Nothing | None = None


class Clock(Record):
    """When time starts, stops and pauses."""

    starts: Literal["application", "complete_application", "payment", "appointment"]
    stops: Literal["decision", "result_notified", "delivered", "answered"]
    pauses: tuple[Literal["waiting_for_applicant", "waiting_for_agency", "closed_days", "force_majeure"], ...] | None = (
        Field(default=None, min_length=1)
    )


class Target(Record):
    """A promise for a time: a limit, a share of the cases, or both.  ``valid_to`` is the last day, included."""

    valid_from: Day
    valid_to: Day | None = None
    limit: Duration | None = None
    share: Share | None = None
    reason: Text | None = None


class ServiceLevel(Record):
    """One measurable promise."""

    id: Id
    measure: Measure
    title: Title
    channels: tuple[Id, ...] | None = Field(default=None, min_length=1)
    clock: Clock | None = None
    targets: tuple[Target, ...] | None = Field(default=None, min_length=1)
    statutory_limit: Duration | None = None
    if_: Conditions | None = Field(default=None, alias="if", min_length=1)


class Stage(Record):
    """One step of the work (``steps`` in the file)."""

    title: Title
    unit: Title | None = None
    duration: Duration
    by_applicant: bool = False
    if_: Conditions | None = Field(default=None, alias="if", min_length=1)


class ComplaintChannel(Record):
    """Where to complain, and how soon an answer is promised."""

    type: ChannelType
    title: Title
    phone: Plain | None = None
    email: Plain | None = None
    url: Url | None = None
    address: Text | None = None
    answer_within: Duration | None = None


class Improvement(Record):
    """The redesign behind a promise: what was wrong, what changed, what it gained."""

    dimension: Literal["time", "steps", "quality", "channel", "transparency", "cost", "documents"]
    problem: Text
    action: Text
    status: Literal["planned", "in_progress", "done"]
    since: Day | None = None
    before: Gain | Money | None = None
    after: Gain | Money | None = None


class Review(Record):
    """When the manual was last read through, and when it is next."""

    reviewed_on: Day | None = None
    review_due: Day | None = None


class Manual(Record):
    """manuals/<id>.yml: all of a service but its own id and status."""

    title: Title | None = None
    also_called: dict[str, tuple[Plain, ...]] | None = None
    summary: Text | None = None
    type: (
        Literal[
            "permit",
            "registration",
            "notification",
            "certificate",
            "benefit",
            "payment",
            "information",
            "enforcement",
            "other",
        ]
        | None
    ) = None
    replaced_by: Plain | None = None
    after: tuple[Plain, ...] | None = Field(default=None, min_length=1)
    topics: tuple[Id, ...] | None = Field(default=None, min_length=1)
    life_events: tuple[Id, ...] | None = Field(default=None, min_length=1)
    unit: Title | None = None
    same_as: tuple[Url, ...] | None = Field(default=None, min_length=1)
    reporting: Reporting | None = None
    legal_basis: tuple[LegalBasis, ...] | Nothing | None = Field(default=None, min_length=1)
    questions: tuple[Question, ...] | None = Field(default=None, min_length=1)
    scope: Scope | None = None
    requirements: Requirements | None = None
    service_levels: tuple[ServiceLevel, ...] | None = Field(default=None, min_length=1)
    steps: tuple[Stage, ...] | None = Field(default=None, min_length=1)
    complaints: tuple[ComplaintChannel, ...] | None = Field(default=None, min_length=1)
    improvements: tuple[Improvement, ...] | None = Field(default=None, min_length=1)
    review: Review | None = None


class Service(Manual):
    """services/<id>.yml, with what it inherits filled in."""

    id: Id
    status: Literal["draft", "active", "suspended", "retired"]
    inherits: Id | None = None


# ---- results (section 7) and everything together ----


class LevelKey(NamedTuple):
    """The join key, the address and the place of a service level."""

    agency_id: str
    service_id: str
    level_id: str


@dataclass(frozen=True, slots=True)
class Observation:
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
    """A service that is not published: its page stays and says that it is being corrected."""

    service_id: str
    title: Mapping[str, str]  # what could be read of it; may be empty


@dataclass(frozen=True, slots=True)
class AgencyData:
    """One agency as it was read.

    ``services`` holds the good ones by id (drafts included), in id order; ``manual_keys`` says, for those that inherit,
    which routes come from the central manual and which were added.  ``observations`` are all good rows, all revisions.
    ``withheld_keys`` are (service, level, period, channel, office) whose newest row is wrong: the period is withheld.
    """

    agency_id: str
    agency: Agency | None  # None: agency.yml is wrong and the agency is withheld
    services: Mapping[str, Service]
    observations: tuple[Observation, ...]
    withheld_services: tuple[WithheldService, ...]
    withheld_rows: tuple[WithheldRow, ...]
    withheld_keys: frozenset[tuple[str, str, str, str, str]]
    problems: tuple[Problem, ...]
