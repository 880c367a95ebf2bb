"""The figures of one promise, period by period: the table that says all that its chart draws."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from generator.model import Measure, Observation
from generator.results import PeriodResult
from generator.views.headline import target_short
from generator.views.row_words import RowWords, duration_in, number_in
from generator.views.states import Badge
from generator.views.words import Line, Words

Said = Callable[[Words, PeriodResult, Observation], str]

# What an observation may hold beside its two counts, in the order of the columns.
COUNTS = ("received", "backlog", "backlog_overdue", "excluded", "complaints", "delay_notices_due", "delay_notices_sent")
TIMES = ("median", "p90")


class Row(NamedTuple):
    """One period.  ``first`` says that another promise was in force than in the row above; ``cells`` are figures, under the columns."""

    iso: str
    period: str
    badge: Badge
    target: str
    cells: tuple[str, ...]
    note: str
    first: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The newest period first; ``columns`` name the figures, between the target and the note."""

    caption: Line
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def results_table(words: Words, measure: Measure, rows: Sequence[RowWords], caption: Line) -> Table:
    """Return the table of some periods; a column that none of them fills is left out."""
    seen = [said.row.observation for said in rows if said.row.observation]
    optional = [name for name in _OPTIONAL if any(getattr(one, name) is not None for one in seen)]
    cells = [(name, _OPTIONAL[name]) for name in optional]
    unknown = words.strings("service.unknown")
    in_force = {id(said.row.target): said.row.target for said in rows if said.row.target}
    targets = {key: target_short(words, target) for key, target in in_force.items()}
    made = tuple(
        Row(
            iso=iso_of(said.row),
            period=said.period,
            badge=said.badge,
            target=targets.get(id(said.row.target), ""),
            cells=(said.percent, said.kept, said.all, *_cells(words, said.row, cells, unknown)),
            note=note_of(words, said.row),
            first=newer is not None and newer.row.target is not said.row.target,
        )
        for said, newer in zip(reversed(rows), [None, *reversed(rows[1:])], strict=True)
    )
    columns = [words.strings(f"service.column.{name}") for name in optional]
    return Table(caption, (*_fixed(words, measure), *columns), made)


def note_of(words: Words, row: PeriodResult) -> str:
    """Return the short words that stand beside a period: provisional, revised, few cases, changed inside."""
    found = []
    seen = row.observation
    if seen is not None and seen.status == "provisional":
        found.append(words.strings("state.provisional"))
    if seen is not None and seen.revision:
        found.append(words.strings("state.revision", n=words.wording.number(seen.revision)))
    if row.small and row.volume:
        found.append(words.strings("state.small_numbers"))
    if row.target_changed_inside:
        found.append(words.strings("service.changed_inside"))
    return " · ".join(found)


def own_percent(words: Words, printed: Decimal) -> str:
    """Return what an agency printed itself, cut to one decimal of a per cent."""
    return words.wording.share_percent((printed * 1000).to_integral_value("ROUND_FLOOR") / 1000)


def iso_of(row: PeriodResult) -> str:
    """Return the period as HTML's ``datetime`` takes it, a month or a year; "" for what HTML has no form for."""
    return row.period.code if row.period.grain in ("month", "year") else ""


def kept_column(words: Words, measure: Measure) -> str:
    """Return the name of the column of those that kept the promise."""
    return words.strings(f"service.column_kept.{measure}")


def all_column(words: Words, measure: Measure) -> str:
    """Return the name of the column of all that the promise covers."""
    return words.strings(f"service.column_all.{measure}")


def _fixed(words: Words, measure: Measure) -> tuple[str, str, str]:
    return words.strings("column.attainment"), kept_column(words, measure), all_column(words, measure)


def _cells(words: Words, row: PeriodResult, cells: Sequence[tuple[str, Said]], unknown: str) -> list[str]:
    """Return the optional figures; what a reported period leaves out says so, and one without a report is its own word."""
    seen = row.observation
    if seen is None or row.volume is None:
        return [""] * len(cells)
    return [unknown if getattr(seen, name) is None else said(words, row, seen) for name, said in cells]


def _count(name: str) -> Said:
    return lambda words, _, seen: number_in(words.wording, getattr(seen, name))


def _time(name: str) -> Said:
    def said(words: Words, row: PeriodResult, seen: Observation) -> str:
        limit = row.target.limit if row.target else None
        value: Decimal = getattr(seen, name)
        return duration_in(words.wording, value, limit.unit) if limit else words.wording.decimal(value)

    return said


def _own(words: Words, _: PeriodResult, seen: Observation) -> str:
    return own_percent(words, seen.reported_attainment or Decimal(0))


def _reported_on(words: Words, _: PeriodResult, seen: Observation) -> str:
    return words.wording.date(seen.reported_on) if seen.reported_on else ""


_OPTIONAL: dict[str, Said] = {
    **{name: _time(name) for name in TIMES},
    **{name: _count(name) for name in COUNTS},
    "reported_attainment": _own,
    "reported_on": _reported_on,
}
