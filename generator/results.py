"""What ``stats`` says about the observations: verdicts, spans, tallies and coverage.

Values only.  Section 9 of the data contract is the source of every rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from generator.model import Agency, LevelKey, Measure, Observation, Service, ServiceLevel, Target
from generator.periods import Grain, Period

Verdict = Literal["met", "missed", "no_target", "no_cases", "not_reported", "suppressed", "not_applicable"]
# What a cell of a coverage grid shows: "not_due" has ended and is not owed yet, "none" was never owed.
Coverage = Literal[
    "reported", "no_cases", "not_reported", "suppressed", "not_applicable", "not_due", "withheld", "none"
]


def attainment(volume: int | None, within_target: int | None) -> Fraction | None:
    """Return the part of the cases that kept the promise, exactly; None where it is not known or nothing was due."""
    if within_target is None or not volume:  # not known, or no cases: neither can be divided by
        return None
    return Fraction(within_target, volume)


class PeriodResult(NamedTuple):
    """One level in one period, all channels and offices together unless it belongs to a breakdown.

    ``observation`` is the newest revision, or None for a period that is due and was not reported, or is withheld.  Of a
    breakdown too small to be shown it holds no figure.  ``target`` is the one in force on the first day of the period.
    ``volume`` and ``within_target`` are None where not known.  ``due`` is the day by which the report is owed, None
    where none is.  ``verdict`` of a period that is not due yet or is withheld is ``not_reported``; ``coverage`` tells
    them apart.  ``small``: some cases, but fewer than ``caution_below``.  ``earlier`` are the older revisions, newest
    first.
    """

    period: Period
    observation: Observation | None
    target: Target | None
    volume: int | None
    within_target: int | None
    verdict: Verdict
    coverage: Coverage
    due: date | None
    target_changed_inside: bool = False
    withheld: bool = False
    small: bool = False
    earlier: tuple[Observation, ...] = ()

    @property
    def attainment(self) -> Fraction | None:
        """Return the part of the cases that kept the promise, exactly; None where it is undefined."""
        return attainment(self.volume, self.within_target)

    @property
    def provisional(self) -> bool:
        """Return whether the agency says that the figures may still change."""
        return self.observation is not None and self.observation.status == "provisional"


@dataclass(frozen=True, slots=True)
class SpanResult:
    """One level, or a roll-up of several, over a span of periods of one grain.

    ``periods`` are those of the rows, in order of time.  ``within_target`` and ``volume`` are sums over the rows that
    have cases; ``needed`` is the sum of share times volume.  ``reported`` of ``due`` periods came in.  ``share`` is the
    one share in force in every row with cases, else None; ``changed`` says that limit or share changed within the span.
    ``target`` is that of the newest row with cases, else of the newest row; None for a roll-up.  ``states`` are the
    different verdicts of the rows, sorted: where ``verdict`` is ``not_reported`` and reports came, they say why.
    """

    periods: tuple[Period, ...]
    within_target: int
    volume: int
    needed: Fraction
    verdict: Verdict
    reported: int
    due: int
    share: Decimal | None
    target: Target | None
    changed: bool = False
    small: bool = False
    provisional: bool = False
    states: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class YearSpan:
    """One level over one fiscal year (of yearly reports by the calendar: over that year)."""

    year: Period
    span: SpanResult


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One level by one channel or one office, over the headline's span.

    ``withheld``: some row in it is small or suppressed (section 9), so no figure of it is shown: a sum without those
    rows would mislead, and a sum with them could give them away.  ``span.reported`` counts the breakdown's own rows.
    """

    kind: Literal["channel", "office"]
    id: str
    span: SpanResult
    withheld: bool


@dataclass(frozen=True, slots=True)
class LevelResult:
    """One service level: every period of its grain in order of time, its headline, and what stands beside it.

    ``rows`` start with the first period due or reported and end with the last that is; between them may lie periods
    that were never owed.  ``other_rows`` are of other grains than ``grain``.  ``headline`` is the last 12 months due (or
    the quarters, half-years or year that cover them), ``previous`` the same before it, None where nothing was due then.
    ``current``: something was due in the last 12 months; only then do tallies and sums count the level, and where it is
    false the headline is of the level's own last 12 months due, and empty where nothing ever was.
    ``latest`` is the newest row with counts.  ``missing`` are the owed periods in the headline that nobody reported.
    ``with_median``, ``with_p90`` and ``with_backlog`` are the newest rows that have those figures.
    ``by_year`` has every fiscal year with a row, newest first.
    """

    key: LevelKey
    level: ServiceLevel
    grain: Grain
    rows: tuple[PeriodResult, ...]
    other_rows: tuple[PeriodResult, ...]
    headline: SpanResult
    previous: SpanResult | None
    latest: PeriodResult | None
    with_median: PeriodResult | None
    with_p90: PeriodResult | None
    with_backlog: PeriodResult | None
    missing: tuple[Period, ...]
    never_reported: bool
    current_target: Target | None  # in force on as_of
    next_target: Target | None  # announced, not yet in force
    breakdowns: tuple[Breakdown, ...]
    breakdown_rows: tuple[tuple[Literal["channel", "office", "both"], str, str, PeriodResult], ...]
    current: bool = True
    by_year: tuple[YearSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many levels have each verdict over the headline's span, and how many reports came of those due."""

    met: int = 0
    missed: int = 0
    no_target: int = 0
    no_cases: int = 0
    not_reported: int = 0
    suppressed: int = 0
    not_applicable: int = 0
    reported: int = 0
    due: int = 0

    @property
    def judged(self) -> int:
        """Return how many levels are met or missed."""
        return self.met + self.missed

    @property
    def unjudged(self) -> int:
        """Return how many levels have no verdict of either kind."""
        return self.no_target + self.no_cases + self.not_reported + self.suppressed + self.not_applicable


@dataclass(frozen=True, slots=True)
class YearTally:
    """The tally of one fiscal year that has ended."""

    year: Period
    tally: Tally


@dataclass(frozen=True, slots=True)
class Rollup:
    """A sum over several levels of one measure and one grain: "counted once per promise".

    ``levels`` is how many promises it adds up: those with a share and with cases in the span.  ``span.volume`` is above 0.
    """

    measure: Measure
    grain: Grain
    levels: int
    span: SpanResult


@dataclass(frozen=True, slots=True)
class ServiceResult:
    """One service with its levels in the order of its file.  Drafts have no result.

    ``kept_from``: the service is withheld, and stands here as it was published on that day.
    """

    service: Service
    levels: tuple[LevelResult, ...]
    tally: Tally
    rollups: tuple[Rollup, ...] = ()
    kept_from: date | None = None


@dataclass(frozen=True, slots=True)
class AgencyResult:
    """One agency with its services by id, its tally, its sums, and its coverage.

    ``previous`` is the tally of the 12 months before, None where nothing was due then.  ``months`` are the last 13
    periods of the agency's own frequency that ended on ``as_of``; ``coverage`` has one row per level, with a cell for
    each of them: where the level reports more often the worst of its states, where less often that of the period
    around it.  ``by_year`` is the tally of each fiscal year that has ended, newest first.  ``span`` are the last 12
    months due by the agency's own frequency.  ``row_count`` is how many current rows it has, breakdowns included.
    ``kept_from``: the agency is withheld, and stands here as it was published on that day.
    """

    agency: Agency
    services: Mapping[str, ServiceResult]
    tally: Tally
    previous: Tally | None
    rollups: tuple[Rollup, ...]
    months: tuple[Period, ...]
    coverage: tuple[tuple[LevelKey, tuple[Coverage, ...]], ...]
    by_year: tuple[YearTally, ...] = ()
    span: tuple[Period, ...] = ()
    row_count: int = 0
    kept_from: date | None = None

    @property
    def levels(self) -> tuple[LevelResult, ...]:
        """Return the levels of all services, in their order."""
        return tuple(level for service in self.services.values() for level in service.levels)


@dataclass(frozen=True, slots=True)
class AgencySummary:
    """What the country needs of one agency: small enough to be sent from one process to another.

    ``latest`` is the newest period for which it reported a figure.
    """

    agency_id: str
    title: Mapping[str, str]
    services: int
    levels: int
    rows: int
    tally: Tally
    previous: Tally | None
    rollups: tuple[Rollup, ...]
    span: tuple[Period, ...]
    latest: Period | None = None


@dataclass(frozen=True, slots=True)
class CountryResult:
    """All agencies together.

    ``previous`` is None where no agency has one.  ``spans`` are the different last 12 months that the agencies' own
    frequencies give, in order of time: only where it is one can a sentence name its months.
    """

    agencies: int
    services: int
    levels: int
    tally: Tally
    rollups: tuple[Rollup, ...]
    rows: int = 0
    previous: Tally | None = None
    spans: tuple[tuple[Period, ...], ...] = ()
    summaries: tuple[AgencySummary, ...] = ()
