"""What changed, and when: promises that came, moved or ended, and figures that were corrected.  Dated facts, no words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from generator.model import LevelKey, Measure, Target
from generator.periods import Period
from generator.results import AgencyResult, LevelResult, ServiceResult
from generator.texts import Text

Kind = Literal["first", "changed", "ended", "revised"]
LATELY = timedelta(days=366)  # what is older is no news


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one promise (``old`` and ``new``), or one correction of its figures (``before`` and ``after``).

    ``before`` and ``after`` are cases that kept the promise and all cases; None where a count was not known.
    """

    day: date
    kind: Kind
    key: LevelKey
    agency_title: Text
    service_title: Text
    level_title: Text
    measure: Measure
    only_level: bool
    old: Target | None = None
    new: Target | None = None
    period: Period | None = None
    revision: int = 0
    revision_before: int = 0
    before: tuple[int | None, int | None] = (None, None)
    after: tuple[int | None, int | None] = (None, None)


def newest(changes: Iterable[Change], most: int) -> tuple[Change, ...]:
    """Return the newest changes, newest first; those of one day in the order of agency, service and promise."""
    ordered = sorted(changes, key=lambda one: (-one.day.toordinal(), one.key, one.period or ()))
    return tuple(ordered[:most])


def changes_of(result: AgencyResult, as_of: date) -> Iterator[Change]:
    """Yield the changes of an agency's promises and figures in the year before ``as_of``, in no order."""
    for service in result.services.values():
        for level in service.levels:
            blank = _blank(result, service, level)
            for change in (*_promises(blank, level), *_revisions(blank, level)):
                if as_of - LATELY < change.day <= as_of:
                    yield change


def _blank(result: AgencyResult, service: ServiceResult, level: LevelResult) -> Change:
    """Return what all changes of one promise have in common."""
    return Change(
        day=date.min,
        kind="first",
        key=level.key,
        agency_title=result.agency.title,
        service_title=service.service.title,
        level_title=level.level.title,
        measure=level.level.measure,
        only_level=len(service.levels) == 1,
    )


def _promises(blank: Change, level: LevelResult) -> Iterator[Change]:
    targets: Sequence[Target] = sorted(level.level.targets or (), key=lambda one: one.valid_from)
    if not targets:
        return
    yield replace(blank, day=targets[0].valid_from, kind="first", new=targets[0])
    for old, new in pairwise(targets):
        if (old.limit, old.share) != (new.limit, new.share):
            yield replace(blank, day=new.valid_from, kind="changed", old=old, new=new)
    last = targets[-1]
    if last.valid_to is not None:
        yield replace(blank, day=last.valid_to + timedelta(days=1), kind="ended", old=last)


def _revisions(blank: Change, level: LevelResult) -> Iterator[Change]:
    for row in (*level.rows, *level.other_rows):
        seen = row.observation
        if row.earlier and seen is not None and seen.reported_on is not None and not row.withheld:
            yield replace(
                blank,
                day=seen.reported_on,
                kind="revised",
                period=row.period,
                revision=seen.revision,
                revision_before=row.earlier[0].revision,
                before=(row.earlier[0].within_target, row.earlier[0].volume),
                after=(seen.within_target, seen.volume),
            )
