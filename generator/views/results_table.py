"""The figures of one promise, period by period: the table that says all that its chart draws."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import repeat
from typing import Any, NamedTuple

from generator.claims import claims_of
from generator.model import Measure
from generator.results import PeriodResult
from generator.texts import RATIO
from generator.views.headline import target_short
from generator.views.row_words import RowWords
from generator.views.states import Badge
from generator.views.words import Line, Words

Said = Callable[[Words, PeriodResult, Any], str]  # the last is the figure, of the type that its column has

# What an observation may hold beside its two counts, in the order of the columns.
COUNTS = ("received", "backlog", "backlog_overdue", "excluded", "complaints", "delay_notices_due", "delay_notices_sent")
TIMES = ("median", "p90")


class Row(NamedTuple):
    """One period.  ``first`` says that another promise was in force than in the row above; ``cells`` are figures, under the columns.

    ``code`` names the period as the data does; ``claims`` are those of a row that the data does not have.
    """

    code: str
    claims: str
    period: str
    badge: Badge
    target: str
    cells: tuple[str, ...]
    note: str
    first: bool


class ColumnHead(NamedTuple):
    """A column of figures: its name in the published data, and what readers call it."""

    name: str
    word: str


@dataclass(frozen=True, slots=True)
class Table:
    """The newest period first; ``columns`` head the figures, after the target.  ``noted``: a last column holds notes."""

    caption: Line
    columns: tuple[ColumnHead, ...]
    rows: tuple[Row, ...]

    @property
    def claims(self) -> str:
        """Return what the numbers of a row are made of, in order: its period, the target, the figures, the revision."""
        names = (RATIO if column.name == "attainment" else column.name for column in self.columns)
        return " ".join(("at", "target_limit", "share", *names, "revision"))

    @property
    def noted(self) -> bool:
        """Return whether any period has a note; a column without any is left out."""
        return any(row.note for row in self.rows)


def results_table(words: Words, measure: Measure, rows: Sequence[RowWords], caption: Line) -> Table:
    """Return the table of some periods; a column that none of them fills is left out."""
    seen = [said.row.observation for said in rows if said.row.observation]
    optional = [name for name in _OPTIONAL if any(getattr(one, name) is not None for one in seen)]
    cells = zip(*(_column(words, rows, name) for name in optional), strict=True) if optional else repeat((), len(rows))
    in_force = {id(said.row.target): said.row.target for said in rows if said.row.target}
    targets = {key: target_short(words, target) for key, target in in_force.items()}
    made = tuple(
        Row(
            code=said.row.period.code,
            claims=_claims(said, targets),
            period=said.period,
            badge=said.badge,
            target=targets.get(id(said.row.target), ""),
            cells=(said.percent, said.kept, said.all, *more),
            note=note_of(words, said.row),
            first=newer is not None and newer.row.target is not said.row.target,
        )
        for said, newer, more in zip(reversed(rows), [None, *reversed(rows[1:])], reversed([*cells]), strict=True)
    )
    columns = [ColumnHead(name, words.strings(f"service.column.{name}")) for name in optional]
    return Table(caption, (*_fixed(words, measure), *columns), made)


def _claims(said: RowWords, targets: Mapping[int, str]) -> str:
    """Nobody reported the period, so only the promise that was in force can say what its numbers are."""
    absent = said.row.observation is None
    return " ".join(("at", *claims_of(targets.get(id(said.row.target), "")))) if absent else ""


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


def kept_column(words: Words, measure: Measure) -> str:
    """Return the name of the column of those that kept the promise."""
    return words.strings(f"service.column_kept.{measure}")


def all_column(words: Words, measure: Measure) -> str:
    """Return the name of the column of all that the promise covers."""
    return words.strings(f"service.column_all.{measure}")


def _fixed(words: Words, measure: Measure) -> tuple[ColumnHead, ...]:
    return (
        ColumnHead("attainment", words.strings("column.attainment")),
        ColumnHead("within_target", kept_column(words, measure)),
        ColumnHead("volume", all_column(words, measure)),
    )


def _column(words: Words, rows: Sequence[RowWords], name: str) -> Iterator[str]:
    """Yield a figure of each period; what a report leaves out says so, and a period without one is its own word."""
    say, unknown = _OPTIONAL[name], words.strings("service.unknown")
    for said in rows:
        row = said.row
        figure = getattr(row.observation, name, None)
        if figure is None:
            yield "" if row.volume is None else unknown
        else:
            yield say(words, row, figure)


def _count(words: Words, _: PeriodResult, figure: int) -> str:
    return words.wording.number(figure)


def _time(words: Words, row: PeriodResult, figure: Decimal) -> str:
    limit = row.target.limit if row.target else None
    return words.wording.duration(figure, limit.unit) if limit else words.wording.decimal(figure)


def _own(words: Words, _: PeriodResult, figure: Decimal) -> str:
    return own_percent(words, figure)


def _reported_on(words: Words, _: PeriodResult, figure: date) -> str:
    return words.wording.date(figure)


_OPTIONAL: dict[str, Said] = {
    **dict.fromkeys(TIMES, _time),
    **dict.fromkeys(COUNTS, _count),
    "reported_attainment": _own,
    "reported_on": _reported_on,
}
