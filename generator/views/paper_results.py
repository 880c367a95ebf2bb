"""Whether the promises were kept, on paper: every promise in one table, and the last periods of the first in another."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.results import LevelResult, ServiceResult
from generator.views.headline import promise_of, span_words, target_short
from generator.views.paper_parts import Cell, Grid, GridRow, Piece, plain, text
from generator.views.promise import anchor_of, lead_of
from generator.views.results_table import Row, all_column, kept_column
from generator.views.service import ServiceContent
from generator.views.states import WITH_RESULT, badge, headline_state
from generator.views.words import Line, Said, Words

PERIODS = 12


def result_pieces(words: Words, result: ServiceResult, content: ServiceContent) -> Iterator[Piece]:
    """Yield the tables: one of all promises, where there are several, for each span of time that they are told of."""
    lead = lead_of(result.levels)
    if lead is None:
        yield text(content.no_promise)
        return
    if len(result.levels) > 1:
        for span, levels in groupby(result.levels, lambda level: _span(words, level)):
            yield Piece("grid", grid=_promises(words, span, tuple(levels)))
    table = next(view.table for view in content.levels if view.anchor == anchor_of(lead))
    if table is None:
        yield text(words.line("service.no_results"))
        return
    head = (
        words.strings("column.period"),
        *(column.word for column in table.columns[:3]),
        words.strings("column.target"),
    )
    rows = tuple(map(_period, table.rows[:PERIODS]))
    title = words.text(lead.level.title)
    yield Piece("grid", grid=Grid((title,), (*head, words.strings("column.verdict")), rows))
    yield from (text(line) for line in _of(content, lead))


def _span(words: Words, level: LevelResult) -> str:
    return span_words(words, level.headline.periods) if level.headline.periods else ""


def _promises(words: Words, span: str, levels: Sequence[LevelResult]) -> Grid:
    """What is counted has its own name only where all promises count the same."""
    first = levels[0].level.measure
    measure = first if all(level.level.measure == first for level in levels) else "other"
    kept, everything = kept_column(words, measure), all_column(words, measure)
    promise = words.strings("column.level"), words.strings("column.promise")
    done = words.strings("column.attainment"), words.strings("column.verdict")
    rows = tuple(_promise(words, level) for level in levels)
    return Grid(plain(Line(span)) if span else (), (*promise, kept, everything, *done), rows)


def _promise(words: Words, level: LevelResult) -> GridRow:
    target, span, state = promise_of(level), level.headline, headline_state(level)
    said = target_short(words, target) if target else ""
    figures = ("", "", "")
    if state in WITH_RESULT and span.volume:
        figures = (
            words.wording.number(span.within_target),
            words.wording.number(span.volume),
            words.wording.percent(span.within_target, span.volume, span.share),
        )
    cells: tuple[Cell, ...] = (*(plain(Line(one)) for one in (said, *figures)), badge(words, state))
    return GridRow((words.text(level.level.title),), cells)


def _period(row: Row) -> GridRow:
    percent, kept, everything = row.cells[:3]
    cells = (plain(Line(one)) for one in (percent, kept, everything, row.target))
    name = (Said(Line(row.period)), Said(Line(f" · {row.note}"))) if row.note else (Said(Line(row.period)),)
    return GridRow(name, (*cells, row.badge))


def _of(content: ServiceContent, lead: LevelResult) -> Iterator[Line]:
    yield from next(view.coverage for view in content.levels if view.anchor == anchor_of(lead))
