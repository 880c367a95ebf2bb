"""The figures of one promise, period by period: the table that says all that its chart draws."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.model import Measure, Observation
from generator.results import PeriodResult
from generator.views.headline import target_short
from generator.views.states import Badge, badge, row_state
from generator.views.words import Line, Words


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's name; numbers stand to the right."""

    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One period.  ``first`` says that another promise begins with it, going back in time."""

    iso: str
    period: str
    badge: Badge
    cells: tuple[str, ...]
    note: str
    first: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The newest period first; ``columns`` name the cells between the verdict and the note."""

    caption: Line
    columns: tuple[Heading, ...]
    rows: tuple[Row, ...]


# What an observation may hold beside its two counts, in the order of the columns.
COUNTS = ("received", "backlog", "backlog_overdue", "excluded", "complaints")
TIMES = ("median", "p90")
NOTICES = ("delay_notices_due", "delay_notices_sent")


def results_table(words: Words, measure: Measure, rows: Sequence[PeriodResult], caption: Line) -> Table:
    """Return the table of some periods; a column that none of them fills is left out."""
    seen = [row.observation for row in rows if row.observation]
    optional = [name for name in _OPTIONAL if any(getattr(one, name) is not None for one in seen)]
    targets: dict[int, str] = {}
    made = []
    for place in range(len(rows) - 1, -1, -1):
        row = rows[place]
        target = targets.get(id(row.target))
        if target is None:
            target = targets[id(row.target)] = target_short(words, row.target) if row.target else ""
        cells = (*_counts(words, row), target, *(_cell(words, name, row) for name in optional))
        first = place > 0 and rows[place - 1].target is not row.target
        made.append(_row(words, row, cells, first))
    return Table(caption, (*_fixed(words, measure), *(_heading(words, name) for name in optional)), tuple(made))


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


def _row(words: Words, row: PeriodResult, cells: tuple[str, ...], first: bool) -> Row:
    short = words.wording.period_short(row.period)
    return Row(iso_of(row), short, badge(words, row_state(row)), cells, note_of(words, row), first)


def iso_of(row: PeriodResult) -> str:
    """Return the period as HTML's ``datetime`` takes it, a month or a year; "" for what HTML has no form for."""
    return row.period.code if row.period.grain in ("month", "year") else ""


def _fixed(words: Words, measure: Measure) -> tuple[Heading, ...]:
    return (
        Heading(words.strings("column.attainment"), True),
        Heading(kept_column(words, measure), True),
        Heading(all_column(words, measure), True),
        Heading(words.strings("column.target"), False),
    )


def kept_column(words: Words, measure: Measure) -> str:
    """Return the name of the column of those that kept the promise."""
    return words.strings(f"service.column_kept.{measure}")


def all_column(words: Words, measure: Measure) -> str:
    """Return the name of the column of all that the promise covers."""
    return words.strings(f"service.column_all.{measure}")


def _counts(words: Words, row: PeriodResult) -> tuple[str, str, str]:
    wording, volume, within = words.wording, row.volume, row.within_target
    if volume is None:
        return "", "", ""
    if within is None:
        return "", "" if volume == 0 else words.strings("service.unknown"), wording.number(volume)
    share = row.target.share if row.target else None
    percent = wording.percent(within, volume, share) if volume else ""
    return percent, wording.number(within), wording.number(volume)


def _cell(words: Words, name: str, row: PeriodResult) -> str:
    if row.observation is None or row.volume is None:
        return ""
    value = getattr(row.observation, name)
    return words.strings("service.unknown") if value is None else _OPTIONAL[name](words, row, row.observation)


def _heading(words: Words, name: str) -> Heading:
    return Heading(words.strings(f"service.column.{name}"), name != "reported_on")


def _count(name: str) -> Callable[[Words, PeriodResult, Observation], str]:
    return lambda words, _, seen: words.wording.number(getattr(seen, name))


def _time(name: str) -> Callable[[Words, PeriodResult, Observation], str]:
    def said(words: Words, row: PeriodResult, seen: Observation) -> str:
        limit = row.target.limit if row.target else None
        value: Decimal = getattr(seen, name)
        return words.wording.duration(value, limit.unit) if limit else words.wording.decimal(value)

    return said


def _own(words: Words, _: PeriodResult, seen: Observation) -> str:
    return own_percent(words, seen.reported_attainment or Decimal(0))


def _reported_on(words: Words, _: PeriodResult, seen: Observation) -> str:
    return words.wording.date(seen.reported_on) if seen.reported_on else ""


_OPTIONAL: dict[str, Callable[[Words, PeriodResult, Observation], str]] = {
    **{name: _time(name) for name in TIMES},
    **{name: _count(name) for name in (*COUNTS, *NOTICES)},
    "reported_attainment": _own,
    "reported_on": _reported_on,
}
