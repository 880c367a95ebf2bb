"""Which figures by channel or office may be shown, so that no small one can be worked out from what is published.

A reader knows every row of all, and may suppose that the rows by channel, those by office and those by both add up to
it, that those by both add up to the rows by channel and by office, and months to quarters and years.  So beside a small
row others are hidden, until of each breakdown at least two are, and the hidden ones together have of every count as
much as the least that is shown, or all there is.  A row is hidden in all its revisions, and periods that overlap are
treated as one.  What is hidden to protect another looks like the row it protects: saying which is which would narrow
down the small one.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple

from generator.model import Observation
from generator.periods import Period
from generator.stats.rows import BreakdownKind, CellKey, LevelRows, Revisions, kind_of

Name = tuple[str, str]  # the channel and the office of a part, whatever the period
Amounts = tuple[int, int, int]  # cases, those in time, those late
_CASES, _KEPT, _LATE = _EACH = range(3)
_OTHER_COUNTS: Final = (
    "received", "backlog", "backlog_overdue", "excluded", "delay_notices_due", "delay_notices_sent", "complaints",
)  # fmt: skip
_other_counts = attrgetter(*_OTHER_COUNTS)


class _Line(NamedTuple):
    """One breakdown of one period: the least that its row of all says, and the parts that may add up to it."""

    total: Amounts
    parts: Mapping[Name, Amounts]


def is_small(volume: int | None, within_target: int | None, suppress_below: int) -> bool:
    """Return whether a breakdown is withheld: cases, those in time, or those not, from 1 to below the limit."""
    late = None if volume is None or within_target is None else volume - within_target
    return any(count is not None and 0 < count < suppress_below for count in (volume, within_target, late))


def publishable_parts(reported: LevelRows, suppress_below: int) -> Mapping[CellKey, Revisions]:
    """Return a level's rows by channel and office as they may be shown, in order."""
    shown: dict[CellKey, Revisions] = {}
    for parts in _overlapping(reported.of_parts):
        shown |= _shown(parts, reported, suppress_below)
    return shown


def _overlapping(of_parts: Mapping[CellKey, Revisions]) -> Iterator[dict[CellKey, Revisions]]:
    """Yield the rows of each stretch of time that no period crosses: those of a month, or of a year and its months."""
    parts: dict[CellKey, Revisions] = {}
    end = date.max
    for key, revisions in of_parts.items():
        if key.period.start >= end:
            yield parts
            parts = {}
        end = max(end, key.period.end) if parts else key.period.end
        parts[key] = revisions
    if parts:
        yield parts


def _shown(parts: dict[CellKey, Revisions], reported: LevelRows, below: int) -> dict[CellKey, Revisions]:
    """The other counts of the rows that are shown would tell those of the hidden ones, and go with them."""
    rows = [row for revisions in parts.values() for row in revisions]
    secret = {(row.channel_id, row.office_id) for row in rows if _is_secret(row, below)}
    if not secret and not any(0 < (count or 0) < below for row in rows for count in _other_counts(row)):
        return parts
    hidden = _hidden(list(_lines(parts, reported)), secret | _crossed(parts), below) if secret else secret
    return {
        key: tuple(map(_without_figures if _name(key) in hidden else _without_other_counts, revisions))
        for key, revisions in parts.items()
    }


def _is_secret(row: Observation, below: int) -> bool:
    return row.status == "suppressed" or is_small(row.volume, row.within_target, below)


def _without_other_counts(row: Observation) -> Observation:
    return row._replace(
        received=None, backlog=None, backlog_overdue=None, excluded=None, delay_notices_due=None,
        delay_notices_sent=None, complaints=None,
    )  # fmt: skip


def _without_figures(row: Observation) -> Observation:
    """Return a row that says no more than that it is suppressed; one that never had figures stays as it is."""
    if row.status not in ("final", "provisional"):
        return row
    return _without_other_counts(row)._replace(
        status="suppressed", volume=None, within_target=None, median=None, p90=None, reported_attainment=None, notes={}
    )


def _name(key: CellKey) -> Name:
    return key.channel_id, key.office_id


def _crossed(parts: Mapping[CellKey, Revisions]) -> set[Name]:
    """Return the rows by channel and office, which are hidden with any other row.

    Where some channel is not at some office, the rows by office tell too much of those that are, and are hidden too.
    """
    both = [key for key in parts if key.channel_id and key.office_id]
    channels, offices, periods = ({key[at] for key in both} for at in (1, 2, 0))
    crossed = {_name(key) for key in both}
    if len(both) < len(channels) * len(offices) * len(periods):
        crossed |= {_name(key) for key in parts if key.office_id}
    return crossed


def _lines(parts: Mapping[CellKey, Revisions], reported: LevelRows) -> Iterator[_Line]:
    for (period, _), keys in groupby(sorted(parts, key=_place), key=_place):
        amounts = {_name(key): _most(parts[key]) for key in keys if any(map(_tells, parts[key]))}
        yield _Line(_total(reported.of_all.get(period, ()), amounts), amounts)


def _place(key: CellKey) -> tuple[Period, BreakdownKind | None]:
    return key.period, kind_of(key)


def _tells(row: Observation) -> bool:
    """Return whether a row has counts, shown or not: one that was not reported protects no other."""
    return row.volume is not None or row.within_target is not None or row.status == "suppressed"


def _most(revisions: Revisions) -> Amounts:
    """Return the most that a row takes of its total in any revision; what it does not tell may be all its cases."""
    amounts = [[count if count is not None else row.volume or 0 for count in _counts(row)] for row in revisions]
    cases, kept, late = map(max, zip(*amounts, strict=True))
    return cases, kept, late


def _counts(row: Observation) -> tuple[int | None, int | None, int | None]:
    volume, within = row.volume, row.within_target
    return volume, within, None if volume is None or within is None else volume - within


def _total(of_all: Revisions, parts: Mapping[Name, Amounts]) -> Amounts:
    """Return the least that the row of all says in any revision; where it says nothing, what its parts add up to."""
    known = [[count for row in of_all if (count := _counts(row)[at]) is not None] for at in _EACH]
    cases, kept, late = (
        min(counts) if counts else sum(amounts[at] for amounts in parts.values())
        for at, counts in zip(_EACH, known, strict=True)
    )
    return cases, kept, late


def _hidden(lines: Sequence[_Line], secret: set[Name], below: int) -> frozenset[Name]:
    """Return the parts that are hidden: those that are secret, and the fewest others that protect them."""
    hidden = frozenset(secret)
    while further := next((name for line in lines if (name := _further(line, hidden, below))), None):
        hidden |= {further}
    return hidden


def _further(line: _Line, hidden: frozenset[Name], below: int) -> Name | None:
    """Return which part of a line is hidden next; None where what is hidden is safe, or nothing is left to hide.

    It is the one that helps most counts that lack; of several, the one with the fewest cases, but not with none.
    """
    secret = line.parts.keys() & hidden
    shown = {name: amounts for name, amounts in line.parts.items() if name not in hidden}
    rest = [line.total[at] - sum(amounts[at] for amounts in shown.values()) for at in _EACH]
    lacking = [at for at in _EACH if rest[at] < min(below, line.total[at])]
    if not secret or (len(secret) > 1 and not lacking):
        return None
    helps = {name: sum(amounts[at] > 0 for at in lacking) for name, amounts in shown.items()}
    return min(shown, key=lambda name: (-helps[name], shown[name][0] == 0, shown[name][0], name), default=None)
