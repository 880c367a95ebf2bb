"""Promises are compared by their days: what held on each day that had passed when it was published.

So a promise that is split, renewed or announced is no change of the past; one that is moved back, or made easier
afterwards, is.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby, pairwise
from typing import NamedTuple

from generator.history.editions import Cells, Promise
from generator.results_log import Change

DAY = timedelta(days=1)
# Minutes of an hour; other units are of a calendar or of an office's hours, and none is turned into another.
MINUTES = {"minute": 1, "hour": 60}


class Span(NamedTuple):
    """Days on which another promise holds than was published, both included.  A promise is empty where there was none."""

    first: date
    last: date
    old: Cells
    new: Cells


class Difference(NamedTuple):
    """One value that differs in a span."""

    change: Change
    field: str
    old_value: str
    new_value: str


def spans_of(old: Sequence[Promise], new: Sequence[Promise], until: date) -> Iterator[Span]:
    """Yield the spans before ``until`` in which the two differ, each as long as both stay what they are."""
    starts = {day for promise in (*old, *new) for day in (promise.valid_from, _after(promise)) if day < until}
    pieces = [
        Span(first, last - DAY, _on(old, first), _on(new, first)) for first, last in pairwise(sorted({*starts, until}))
    ]
    for _, same in groupby(pieces, key=lambda piece: (_worth(piece.old), _worth(piece.new), reason_of(piece))):
        found = list(same)
        whole = found[0]._replace(last=found[-1].last)
        if _worth(whole.old) != _worth(whole.new):
            yield whole


def _after(promise: Promise) -> date:
    return date.max if promise.valid_to == date.max else promise.valid_to + DAY


def _on(promises: Sequence[Promise], day: date) -> Cells:
    return next((one.said for one in promises if one.valid_from <= day <= one.valid_to), {})


def _worth(said: Cells) -> tuple[Decimal | None, Decimal | None, str]:
    """Return share, limit and unit; 0.9 is 0.90."""
    return _number(said.get("target_share")), _number(said.get("target_limit")), said.get("target_unit", "")


def _number(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def reason_of(span: Span) -> dict[str, str]:
    """Return the reason of the new promise by language, unless the old one had the same already."""
    given = {name: text for name, text in span.new.items() if name.startswith("reason_") and span.old.get(name) != text}
    return {name.removeprefix("reason_"): text for name, text in given.items()}


def differences(span: Span) -> Iterator[Difference]:
    """Yield what differs in a span: the share, the limit, or both."""
    (old_share, old_limit, old_unit), (new_share, new_limit, new_unit) = _worth(span.old), _worth(span.new)
    if old_share != new_share:
        change = _change(old_share, new_share, harder=1)
        yield Difference(change, "share", span.old.get("target_share", ""), span.new.get("target_share", ""))
    if (old_limit, old_unit) != (new_limit, new_unit):
        comparable = old_unit == new_unit or {old_unit, new_unit} <= MINUTES.keys()
        change = "target_changed"
        if comparable or new_limit is None:
            change = _change(_length(old_limit, old_unit), _length(new_limit, new_unit), harder=-1)
        yield Difference(change, "limit", _limit(span.old), _limit(span.new))


def _change(old: Decimal | None, new: Decimal | None, harder: int) -> Change:
    """A promise taken back is loosened; one where none was is neither, for it may make a good figure of the past."""
    if new is None:
        return "target_loosened"
    if old is None:
        return "target_changed"
    return "target_tightened" if (new - old) * harder > 0 else "target_loosened"


def _length(value: Decimal | None, unit: str) -> Decimal | None:
    return None if value is None else value * MINUTES.get(unit, 1)


def _limit(said: Cells) -> str:
    return f"{said['target_limit']} {said['target_unit']}" if "target_limit" in said else ""
