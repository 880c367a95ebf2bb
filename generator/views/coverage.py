"""Which reports came, promise by promise and period by period.  It shows reporting only, never quality."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from generator.claims import figure
from generator.model import LevelKey
from generator.periods import Period, last_day
from generator.results import AgencyResult, Coverage, ServiceResult
from generator.stats.agencies import WORST_FIRST
from generator.views.alphabet import alphabetical
from generator.views.words import Line, Said, Words

MOST_PROMISES = 60
THIRD = 3  # a phone has room for the name of every third period


@dataclass(frozen=True, slots=True)
class CoverageKey:
    """What a mark means, and how many cells have it."""

    kind: Coverage
    word: Line
    count: Line


@dataclass(frozen=True, slots=True)
class CoverageHead:
    """A period over its column: a short name, its year where one begins, and its whole name for those who listen."""

    short: Line
    year: Line
    whole: Line
    always: bool  # also on a phone


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One promise: its service, its own name where the service has several, and what came in each period."""

    service: Said
    level: Said
    cells: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class CoverageView:
    """The grid, and what its marks mean; ``words`` are the marks' words by kind.

    ``grouped``: there are so many promises that each row is a service, with the worst state of its promises.
    """

    key: tuple[CoverageKey, ...]
    heads: tuple[CoverageHead, ...]
    rows: tuple[CoverageRow, ...]
    words: Mapping[Coverage, Line]
    grouped: bool


def coverage_view(words: Words, result: AgencyResult) -> CoverageView | None:
    """Return the grid of an agency's last 13 periods, or None where nothing was ever owed or reported in them."""
    rows = _rows(words, result)
    if not rows:
        return None
    # Periods before the first report was owed would be a blank field.
    first = min(next(place for place, cell in enumerate(row.cells) if cell != "none") for row in rows)
    rows = [replace(row, cells=row.cells[first:]) for row in rows]
    counts = Counter(cell for row in rows for cell in row.cells)
    kinds: tuple[Coverage, ...] = get_args(Coverage)
    said = {kind: words.line(f"closed.coverage.{kind}") for kind in kinds if counts[kind]}
    return CoverageView(
        key=tuple(_key(words, kind, said[kind], counts[kind]) for kind in said if kind != "none"),
        heads=tuple(_heads(words, result.months[first:])),
        rows=tuple(rows),
        words=said,
        grouped=len(result.levels) > MOST_PROMISES,
    )


def _key(words: Words, kind: Coverage, said: Line, count: int) -> CoverageKey:
    return CoverageKey(kind, said, Line(figure(words.wording.number(count), f"drawn:#c-{kind}~1")))


def _heads(words: Words, periods: Sequence[Period]) -> list[CoverageHead]:
    yearly = periods[0].grain in ("year", "fiscal_year")
    heads, before = [], 0
    for place, period in enumerate(periods):
        year = last_day(period).year if yearly else period.start.year
        short = (
            figure(words.wording.year(year), period.code)
            if yearly
            else words.strings(f"month_short.{period.start.month}")
        )
        name = "" if yearly or year == before else figure(words.wording.year(year), f"{period.start:%Y-%m}")
        heads.append(
            CoverageHead(Line(short), Line(name), Line(words.wording.period_short(period)), place % THIRD == 0)
        )
        before = year
    return heads


def _rows(words: Words, result: AgencyResult) -> list[CoverageRow]:
    """Return what owed or reported anything, by the names of the services: promises, or services where they are many."""
    titles = {service_id: words.text(one.service.title) for service_id, one in result.services.items()}
    ordered = sorted(titles, key=lambda service_id: (alphabetical(titles[service_id].text, words.language), service_id))
    grouped = len(result.levels) > MOST_PROMISES
    cells: dict[str, list[tuple[LevelKey, tuple[Coverage, ...]]]] = {}
    for key, states in result.coverage:
        if set(states) != {"none"}:
            cells.setdefault(key.service_id, []).append((key, states))
    shown = ((titles[one], cells[one], result.services[one]) for one in ordered if one in cells)
    if grouped:
        return [CoverageRow(title, Said(""), _worst([states for _, states in found])) for title, found, _ in shown]
    return [
        CoverageRow(title, _level_name(words, service, key.level_id), states)
        for title, found, service in shown
        for key, states in found
    ]


def _level_name(words: Words, service: ServiceResult, level_id: str) -> Said:
    """A service with one promise needs no second name."""
    if len(service.levels) == 1:
        return Said("")
    level = next(level for level in service.levels if level.key.level_id == level_id)
    return words.text(level.level.title)


def _worst(rows: Sequence[tuple[Coverage, ...]]) -> tuple[Coverage, ...]:
    """Return one row for several: what is missing must not hide behind what came."""
    return tuple(
        next((state for state in WORST_FIRST if state in column), "none") for column in zip(*rows, strict=True)
    )
