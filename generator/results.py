"""What ``stats`` says about the observations: verdicts, spans, tallies and coverage.  Values only; section 9 of the
data contract is the source of every rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from generator.model import Agency, LevelKey, Measure, Observation, Service, ServiceLevel, Target
from generator.periods import Grain, Period

Verdict = Literal["met", "missed", "no_target", "no_cases", "not_reported", "suppressed", "not_applicable"]
# What a cell of a coverage grid shows.  "late" reports are missing and owed; "not_due" ended and are not owed yet.
Coverage = Literal["reported", "no_cases", "not_reported", "suppressed", "not_applicable", "not_due", "withheld", "none"]


@dataclass(frozen=True, slots=True)
class PeriodResult:
    """One level in one period, all channels and offices together unless it belongs to a breakdown.

    ``observation`` is the newest revision, or None for a period that is due and was not reported, or is withheld.
    ``target`` is the one in force on the first day of the period.  ``volume`` and ``within_target`` are None where not
    known.  ``due`` is the day by which the report is owed.  ``owed`` says that this day is before or on ``as_of`` and
    nothing came.  ``earlier`` are the older revisions, newest first.
    """

    period: Period
    observation: Observation | None
    target: Target | None
    volume: int | None
    within_target: int | None
    attainment: Fraction | None
    verdict: Verdict
    coverage: Coverage
    due: date | None
    target_changed_inside: bool = False
    withheld: bool = False
    small: bool = False
    earlier: tuple[Observation, ...] = ()


@dataclass(frozen=True, slots=True)
class SpanResult:
    """One level, or a roll-up of several, over a span of periods of one grain.

    ``within_target`` and ``volume`` are sums over the judged rows.  ``needed`` is the sum of share times volume.
    ``share`` is the one share in force in every judged row, else None; ``changed`` says that limit or share changed
    within the span.  ``reported`` of ``due`` periods came in.  ``target`` is that of the newest judged row.
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


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One level by one channel or one office, over the headline's span.

    ``withheld``: some row in it is small (section 9), so no figure of it is shown.
    """

    kind: Literal["channel", "office"]
    id: str
    span: SpanResult
    withheld: bool


@dataclass(frozen=True, slots=True)
class LevelResult:
    """One service level: every period of its grain in order of time, its headline, and what stands beside it.

    ``rows`` start with the first period due or reported and end with the last period that ended on ``as_of``.
    ``other_rows`` are of other grains than ``grain``.  ``headline`` is the last 12 months due (or the quarters, half-years
    or year that cover them).  ``latest`` is the newest row with counts.  ``missing`` are the owed periods in the headline.
    ``with_median``, ``with_p90`` and ``with_backlog`` are the newest rows that have those figures.
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
class Rollup:
    """A sum over several levels of one measure and one grain: "counted once per promise"."""

    measure: Measure
    grain: Grain
    levels: int
    span: SpanResult


@dataclass(frozen=True, slots=True)
class ServiceResult:
    """One service with its levels in the order of its file."""

    service: Service
    levels: tuple[LevelResult, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class AgencyResult:
    """One agency with its services by id, its tally, its sums, and its coverage.

    ``coverage`` has one row per level: the key and a cell for each of ``months``, the last 13 periods that ended on
    ``as_of`` of the agency's own frequency.  ``by_year`` is the tally of each earlier fiscal year, newest first.
    """

    agency: Agency
    services: Mapping[str, ServiceResult]
    tally: Tally
    previous: Tally | None
    rollups: tuple[Rollup, ...]
    months: tuple[Period, ...]
    coverage: tuple[tuple[LevelKey, tuple[Coverage, ...]], ...]


@dataclass(frozen=True, slots=True)
class CountryResult:
    """All agencies together."""

    agencies: int
    services: int
    levels: int
    tally: Tally
    rollups: tuple[Rollup, ...]
