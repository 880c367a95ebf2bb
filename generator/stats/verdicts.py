"""One row: the target in force, the attainment and the verdict.  Exact counts only; nothing is rounded here."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from generator.model import Observation, RowStatus, Target
from generator.results import Verdict

Targets = Sequence[Target]


def change_days(targets: Targets) -> set[date]:
    """Return the days on which a target begins, and those on which one is no longer in force."""
    begin = {target.valid_from for target in targets}
    return begin | {target.valid_to + timedelta(days=1) for target in targets if target.valid_to is not None}


def promised(target: Target | None) -> tuple[object, object] | None:
    """Return what a target promises, whatever its dates and its reason."""
    return None if target is None else (target.limit, target.share)


def verdict_of(row: Observation, target: Target | None) -> Verdict:
    """Return the verdict of a row under the target in force on the first day of its period."""
    return verdict(row.status, row.volume, row.within_target, None if target is None else target.share)


def verdict(status: RowStatus, volume: int | None, within_target: int | None, share: Decimal | None) -> Verdict:
    """Return the verdict of a row's counts: the first rule of section 9 that applies."""
    if status in ("not_reported", "not_applicable", "suppressed"):
        return status
    if volume is None:
        return "not_reported"
    if volume == 0:
        return "no_cases"
    if within_target is None:
        return "not_reported"
    if share is None:
        return "no_target"
    return "met" if keeps(within_target, volume, share) else "missed"


def keeps(within_target: int, volume: int, share: Decimal) -> bool:
    """Return whether the cases that kept the promise are at least the share of all, in whole numbers."""
    numerator, denominator = ratio(share)
    return within_target * denominator >= numerator * volume


@lru_cache(maxsize=1024)
def ratio(share: Decimal) -> tuple[int, int]:
    """Return a share as an exact ratio of whole numbers: 0.90 is 9 of 10."""
    return share.as_integer_ratio()
