"""What is said of one level in one period: the row that counts, the promise then in force, the verdict."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from generator.model import Agency, Service, ServiceLevel, SmallNumbers, Target, in_force
from generator.periods import Period, due_day
from generator.results import Coverage, PeriodResult, Verdict
from generator.stats.due import Calendar, Duty, duty_of
from generator.stats.rows import LevelRows, Revisions
from generator.stats.verdicts import change_days, promised, verdict_of

COVERAGE_OF: dict[Verdict, Coverage] = {
    "met": "reported",
    "missed": "reported",
    "no_target": "reported",
    "no_cases": "no_cases",
    "not_reported": "not_reported",
    "suppressed": "suppressed",
    "not_applicable": "not_applicable",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What the rows of one level are judged by: its promises, what it owes, the day, and what is small."""

    targets: tuple[Target, ...]
    change_days: tuple[date, ...]
    duty: Duty
    calendar: Calendar
    small_numbers: SmallNumbers


def terms_of(
    agency: Agency, service: Service, level: ServiceLevel, rows: LevelRows, known: tuple[Calendar, SmallNumbers]
) -> Terms:
    """Return what the rows of a level are judged by."""
    targets = level.targets or ()
    duty = duty_of(agency, service, level, [period.grain for period, revisions in rows.of_all.items() if revisions])
    return Terms(targets, tuple(sorted(change_days(targets))), duty, *known)


def judged(terms: Terms, period: Period, revisions: Revisions) -> PeriodResult:
    """Return the result of a row, given its revisions, newest first."""
    newest = revisions[0]
    volume, within_target = newest.volume, newest.within_target
    target = in_force(terms.targets, period.start)
    verdict = verdict_of(newest, target)
    return PeriodResult(
        period=period,
        observation=newest,
        target=target,
        volume=volume,
        within_target=within_target,
        verdict=verdict,
        coverage=COVERAGE_OF[verdict],
        due=_due(terms, period),
        target_changed_inside=_changes_inside(terms, period, target),
        small=volume is not None and 0 < volume < terms.small_numbers.caution_below,
        earlier=revisions[1:],
    )


def not_there(terms: Terms, period: Period, withheld: bool = False) -> PeriodResult:
    """Return the result of a period without a row, or whose rows are withheld because the newest is wrong."""
    due = _due(terms, period)
    target = in_force(terms.targets, period.start)
    return PeriodResult(
        period=period,
        observation=None,
        target=target,
        volume=None,
        within_target=None,
        verdict="not_reported",
        coverage=_absence(terms, due, withheld),
        due=due,
        target_changed_inside=_changes_inside(terms, period, target),
        withheld=withheld,
    )


def _absence(terms: Terms, due: date | None, withheld: bool) -> Coverage:
    if withheld:
        return "withheld"
    return "not_due" if due is not None and terms.calendar.as_of < due else "not_reported"


def _due(terms: Terms, period: Period) -> date | None:
    """Where nothing is promised, or the service is no more, a report is due only where there is one to judge."""
    duty = terms.duty
    owed = period.grain == duty.grain if duty.begins is None else duty.owes(period)
    return _due_day(period, duty.due_after_days) if owed else None


# Every level of an agency asks for the same days.
_due_day = lru_cache(maxsize=4096)(due_day)


def _changes_inside(terms: Terms, period: Period, first: Target | None) -> bool:
    """Whether limit or share is another on some later day of the period than on its first."""
    days = terms.change_days
    place = bisect_right(days, period.start)
    if place == len(days) or days[place] >= period.end:  # nearly always
        return False
    inside = days[place : bisect_left(days, period.end)]
    return any(promised(in_force(terms.targets, day)) != promised(first) for day in inside)
