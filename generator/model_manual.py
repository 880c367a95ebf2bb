"""A citizen manual and the promises in it: section 6 of the data contract.

A Service is a Manual with an id and a status; a central manual (section 8) is the same without them.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from generator.model_kinds import (
    FEE,
    NOTHING,
    ChannelType,
    Conditions,
    Frequency,
    Gained,
    HeldByState,
    Listed,
    ListedOrNone,
    Measure,
    SingleAnswer,
    fee_or_none,
)
from generator.values import (
    ClockTime,
    Count,
    Currency,
    Day,
    Duration,
    Email,
    Id,
    Location,
    MoneyAmount,
    Nothing,
    Number,
    OtherNames,
    PeriodCode,
    Plain,
    Record,
    Share,
    Text,
    Title,
    Url,
    Weekday,
)

ServiceType = Literal[
    "permit", "registration", "notification", "certificate", "benefit", "payment", "information", "enforcement", "other"
]


class Reporting(Record):
    """How often results are owed, and from when."""

    frequency: Frequency
    due_after_days: Count = 0
    first_period: PeriodCode | None = None


class LegalBasis(Record):
    """A law that a service rests on: an id of laws.yml, or a title."""

    law: Id | None = None
    title: Title | None = None
    section: Text | None = None
    url: Url | None = None


class Choice(Record):
    """One answer to a question."""

    id: Id
    title: Title


class Question(Record):
    """What the reader is asked: a choice, a number (``unit``), or, without either, yes or no."""

    id: Id
    ask: Text
    choices: Listed[Choice] | None = None
    unit: Text | None = None
    from_: Number | None = Field(default=None, alias="from")
    to: Number | None = None


class Hours(Record):
    """When a channel is open.  Times are text, "08:30"."""

    days: Listed[Weekday]
    opens: ClockTime
    closes: ClockTime


class Channel(Record):
    """How a service is asked for."""

    id: Id
    type: ChannelType
    title: Title
    address: Text | None = None
    location: Location | None = None
    phone: Plain | None = None
    email: Email | None = None
    url: Url | None = None
    note: Text | None = None
    hours: Listed[Hours] | None = None
    calendar: Id | None = None
    if_: Conditions | None = Field(default=None, alias="if")


class Scope(Record):
    """Who the service is for, what comes out of it, and how it is asked for."""

    audience: Listed[Literal["citizen", "business", "government", "foreigner"]] | None = None
    outputs: Listed[Text] | None = None
    channels: Listed[Channel] | None = None


class Document(Record):
    """A document that the applicant brings: an id of documents.yml, or a title."""

    document: Id | None = None
    title: Title | None = None
    issuer: Text | None = None
    originals: Count | None = None
    copies: Count | None = None
    held_by_state: HeldByState | None = None
    when: Text | None = None
    if_: Conditions | None = Field(default=None, alias="if")


class Rate(Record):
    """One band of a fee: the rate for each unit up to and including ``up_to``; the last band has no end."""

    up_to: Number | None = None
    rate: MoneyAmount


class Tiers(Record):
    """A fee in bands over the number that a question asks for."""

    question: Id
    rates: Listed[Rate]


class Band(Record):
    """From this number on the fee is multiplied, until the next band."""

    from_: Number = Field(alias="from")
    multiply: MoneyAmount


class Adjustment(Record):
    """What makes a fee larger or smaller: bands over a number, or one answer (``is``)."""

    title: Title
    question: Id
    bands: Listed[Band] | None = None
    is_: SingleAnswer | None = Field(default=None, alias="is")
    multiply: MoneyAmount | None = None


class Fee(Record):
    """What a service costs: an amount, or bands and adjustments that a calculator works out."""

    title: Title
    amount: MoneyAmount | None = None
    currency: Currency
    per: Text | None = None
    when: Text | None = None
    tiers: Tiers | None = None
    adjustments: Listed[Adjustment] | None = None
    if_: Conditions | None = Field(default=None, alias="if")


class Form(Record):
    """A form to fill in."""

    title: Title
    url: Url | None = None


class CopyFee(Record):
    """What a paper copy of the manual costs."""

    amount: MoneyAmount
    currency: Currency
    per: Text | None = None


class Requirements(Record):
    """What the applicant must meet, bring and pay."""

    criteria: ListedOrNone[Text] | None = None
    documents: ListedOrNone[Document] | None = None
    fees: ListedOrNone[Fee] | None = None
    forms: ListedOrNone[Form] | None = None
    manual_copy_fee: (
        Annotated[Annotated[CopyFee, Tag(FEE)] | Annotated[Nothing, Tag(NOTHING)], Discriminator(fee_or_none)] | None
    ) = None


class Clock(Record):
    """When time starts, stops and pauses."""

    starts: Literal["application", "complete_application", "payment", "appointment"] | None = None
    stops: Literal["decision", "result_notified", "delivered", "answered"] | None = None
    pauses: Listed[Literal["waiting_for_applicant", "waiting_for_agency", "closed_days", "force_majeure"]] | None = None


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
    channels: Listed[Id] | None = None
    clock: Clock | None = None
    targets: Listed[Target] | None = None
    statutory_limit: Duration | None = None
    if_: Conditions | None = Field(default=None, alias="if")


def in_force(targets: Iterable[Target] | None, day: date) -> Target | None:
    """Return the one of a level's targets that is in force on a day: its first and its last day belong to it."""
    for target in targets or ():
        if target.valid_from <= day and (target.valid_to is None or day <= target.valid_to):
            return target
    return None


class Stage(Record):
    """One step of the work (``steps`` in the file)."""

    title: Title
    unit: Text | None = None
    duration: Duration
    by_applicant: bool = False
    if_: Conditions | None = Field(default=None, alias="if")


class ComplaintChannel(Record):
    """Where to complain, and how soon an answer is promised."""

    type: ChannelType
    title: Title
    phone: Plain | None = None
    email: Email | None = None
    url: Url | None = None
    address: Text | None = None
    answer_within: Duration | None = None


class Improvement(Record):
    """The redesign behind a promise: what was wrong, what changed, what it gained."""

    dimension: Literal["time", "steps", "quality", "channel", "transparency", "cost", "documents"] | None = None
    problem: Text | None = None
    action: Text | None = None
    status: Literal["planned", "in_progress", "done"] | None = None
    since: Day | None = None
    before: Gained | None = None
    after: Gained | None = None


class Review(Record):
    """When the manual was last read through, and when it is next."""

    reviewed_on: Day | None = None
    review_due: Day | None = None


class Manual(Record):
    """manuals/<id>.yml: all of a service but its own id and status."""

    title: Title | None = None
    also_called: OtherNames | None = None
    summary: Text | None = None
    type: ServiceType | None = None
    replaced_by: Plain | None = None
    after: Listed[Plain] | None = None
    topics: Listed[Id] | None = None
    life_events: Listed[Id] | None = None
    unit: Text | None = None
    same_as: Listed[Url] | None = None
    reporting: Reporting | None = None
    legal_basis: ListedOrNone[LegalBasis] | None = None
    questions: Listed[Question] | None = None
    scope: Scope | None = None
    requirements: Requirements | None = None
    service_levels: Listed[ServiceLevel] | None = None
    steps: Listed[Stage] | None = None
    complaints: Listed[ComplaintChannel] | None = None
    improvements: Listed[Improvement] | None = None
    review: Review | None = None


class Service(Manual):
    """services/<id>.yml, with what it inherits filled in."""

    id: Id
    title: Title
    type: ServiceType
    status: Literal["draft", "active", "suspended", "retired"]
    inherits: Id | None = None
