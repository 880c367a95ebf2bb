"""Rules between the cells of one row.  Each is a function whose docstring is the rule; ``ROW_RULES`` lists them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from generator.intake.reading import Reading
from generator.intake.table import TIMES
from generator.model import Observation, in_force

_WITHOUT_COUNTS: Final = frozenset({"not_reported", "not_applicable", "suppressed"})
_AT_MOST: Final = (  # the smaller, the larger, the code, and whether it is an error
    ("within_target", "volume", "within-target-exceeds-volume", True),
    ("backlog_overdue", "backlog", "backlog-overdue-exceeds-backlog", True),
    ("median", "p90", "median-exceeds-p90", True),
    ("delay_notices_sent", "delay_notices_due", "delay-notices-exceed-due", False),
)

Rows = Sequence[Observation]
Figures = Mapping[str, Sequence[int | None] | Sequence[Decimal | None]]  # the columns of figures, by name


def parts_exceed_whole(reading: Reading, rows: Rows, figures: Figures) -> None:
    """What is a part of another figure is at most that figure, and the median is at most the 90th percentile."""
    for part, whole, code, is_error in _AT_MOST:
        if not (reading.table.columns.get(part) and reading.table.columns.get(whole)):
            continue
        for index, (smaller, larger) in enumerate(zip(figures[part], figures[whole], strict=True)):
            if smaller is not None and larger is not None and smaller > larger:
                note = reading.wrong if is_error else reading.odd
                note(index, part, code, **{part: smaller, whole: larger})


def counts_without_report(reading: Reading, rows: Rows, figures: Figures) -> None:
    """A row that was not reported, does not apply or is suppressed has no counts."""
    if _WITHOUT_COUNTS.isdisjoint(reading.table.columns.get("status", ())):
        return
    for index, row in enumerate(rows):
        if row.status in _WITHOUT_COUNTS:
            name = next((name for name, column in figures.items() if column[index] is not None), None)
            if name is not None:
                reading.wrong(index, name, "status-with-counts", field=name, status=row.status)


def times_without_limit(reading: Reading, rows: Rows, figures: Figures) -> None:
    """The median and the 90th percentile are in the unit of the limit in force on the period's first day."""
    limits: dict[tuple[str, str, date], bool] = {}
    for name in TIMES:
        for index, row in _filled(reading, rows, name):
            if index in reading.bad:
                continue
            key = (row.service_id, row.level_id, row.period.start)
            if key not in limits:
                limits[key] = _has_limit(reading, *key)
            if not limits[key]:
                reading.wrong(index, name, "time-without-limit-in-force", field=name, period=row.period)


def _has_limit(reading: Reading, service_id: str, level_id: str, day: date) -> bool:
    target = in_force(reading.known.levels[service_id][level_id].targets, day)
    return target is not None and target.limit is not None


def channel_outside_level(reading: Reading, rows: Rows, figures: Figures) -> None:
    """A row by channel is of a channel that its level covers."""
    for index, channel_id in enumerate(reading.table.columns.get("channel_id", ())):
        if channel_id and index not in reading.bad:
            row = rows[index]
            covered = reading.known.levels[row.service_id][row.level_id].channels
            if covered is not None and channel_id not in covered:
                reading.odd(index, "channel_id", "channel-outside-level", value=channel_id, level=row.level_id)


def reported_later_than_today(reading: Reading, rows: Rows, figures: Figures) -> None:
    """A report was made before the day that the data speaks for ends."""
    as_of = reading.known.as_of
    for index, row in _filled(reading, rows, "reported_on"):
        if row.reported_on is not None and row.reported_on > as_of:
            reading.odd(index, "reported_on", "reported-on-future", value=row.reported_on, as_of=as_of)


def _filled(reading: Reading, rows: Rows, column: str) -> Iterator[tuple[int, Observation]]:
    return ((index, rows[index]) for index, cell in enumerate(reading.table.columns.get(column, ())) if cell)


ROW_RULES: Final[tuple[Callable[[Reading, Rows, Figures], None], ...]] = (
    parts_exceed_whole,
    counts_without_report,
    times_without_limit,
    channel_outside_level,
    reported_later_than_today,
)


def check_rows(reading: Reading, rows: Rows, figures: Figures) -> None:
    """Note what breaks a rule between the cells of one row."""
    for rule in ROW_RULES:
        rule(reading, rows, figures)
