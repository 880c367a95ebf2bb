"""Which reports came, promise by promise and period by period.  It shows reporting only, never quality."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from generator.periods import Period, last_day
from generator.results import AgencyResult, Coverage
from generator.views.words import Line, Said, Words, alphabetical

THIRD = 3  # a phone has room for the name of every third period


@dataclass(frozen=True, slots=True)
class CoverageKey:
    """What a mark means, and how many cells have it."""

    kind: Coverage
    word: Line
    count: str


@dataclass(frozen=True, slots=True)
class CoverageHead:
    """A period over its column: a short name, its year where one begins, and its whole name for those who listen."""

    short: Line
    year: str
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
    """The grid, and what its marks mean; ``words`` are the marks' words by kind."""

    key: tuple[CoverageKey, ...]
    heads: tuple[CoverageHead, ...]
    rows: tuple[CoverageRow, ...]
    words: Mapping[str, Line]


def coverage_view(words: Words, result: AgencyResult) -> CoverageView | None:
    """Return the grid of an agency's last 13 periods, or None where nothing was ever owed or reported in them."""
    counts = Counter(cell for _, cells in result.coverage for cell in cells)
    if not counts.keys() - {"none"}:
        return None
    kinds: tuple[Coverage, ...] = get_args(Coverage)
    said = {kind: words.line(f"closed.coverage.{kind}") for kind in kinds}
    return CoverageView(
        key=tuple(
            CoverageKey(kind, said[kind], words.wording.number(counts[kind])) for kind in kinds if _in_key(kind, counts)
        ),
        heads=tuple(_heads(words, result.months)),
        rows=tuple(_rows(words, result)),
        words={kind: said[kind] for kind in kinds if counts[kind]},
    )


def _in_key(kind: Coverage, counts: Mapping[Coverage, int]) -> bool:
    """A period in which nothing was owed has no mark."""
    return kind != "none" and bool(counts[kind])


def _heads(words: Words, periods: Sequence[Period]) -> list[CoverageHead]:
    yearly = periods[0].grain in ("year", "fiscal_year")
    heads, before = [], 0
    for place, period in enumerate(periods):
        year = last_day(period).year if yearly else period.start.year
        short = words.wording.year(year) if yearly else words.strings(f"month_short.{period.start.month}")
        name = "" if yearly or year == before else words.wording.year(year)
        heads.append(CoverageHead(Line(short), name, Line(words.wording.period_short(period)), place % THIRD == 0))
        before = year
    return heads


def _rows(words: Words, result: AgencyResult) -> list[CoverageRow]:
    """Return the promises that owed or reported anything, by the names of their services."""
    levels = {level.key: words.text(level.level.title) for level in result.levels}
    titles = {service_id: words.text(one.service.title) for service_id, one in result.services.items()}
    shown = [(key, cells) for key, cells in result.coverage if set(cells) != {"none"}]
    shown.sort(key=lambda one: (alphabetical(titles[one[0].service_id].text), one[0].service_id))
    several = {service_id for service_id, one in result.services.items() if len(one.levels) > 1}
    return [
        CoverageRow(titles[key.service_id], levels[key] if key.service_id in several else Said(""), cells)
        for key, cells in shown
    ]
