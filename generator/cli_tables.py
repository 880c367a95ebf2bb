"""Results as tables in a terminal: agencies side by side, or the service standards of one.

Headings and verdicts stand in Thai and in English; a share never stands without its two counts and its span.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from rich.table import Table
from rich.text import Text

from generator.figures import percent_digits
from generator.model import Catalog
from generator.results import AgencyResult, SpanResult, Tally, Verdict
from generator.texts import Wording, load_strings

LANGUAGES = ("th", "en")
STYLES: dict[Verdict, str] = {"met": "green", "missed": "yellow"}  # beside the word, never instead of it
Justify = Literal["left", "right"]


def agencies_table(catalog: Catalog, as_of: date, results: Iterable[tuple[str, AgencyResult | None]]) -> Table:
    """Return one row per agency, with its promises met of those judged and its reports of those due, and their sum."""
    table = _table(("agency", "left"), ("promises_met", "right"), ("reported", "right"))
    table.title = _title(as_of, catalog.settings.demonstration)
    met = judged = reported = due = 0
    for agency_id, result in results:
        tally = result.tally if result else None
        title = result.agency.title[catalog.first_language] if result else _words("agencies.withheld")
        table.add_row(f"{agency_id}\n{title}", *_tally_cells(tally))
        if tally is not None:
            met, judged = met + tally.met, judged + tally.judged
            reported, due = reported + tally.reported, due + tally.due
    table.add_section()
    table.add_row(_words("cli.table_total"), f"{met}/{judged}", f"{reported}/{due}")
    return table


def _tally_cells(tally: Tally | None) -> Sequence[str]:
    return ("", "") if tally is None else (f"{tally.met}/{tally.judged}", f"{tally.reported}/{tally.due}")


def levels_table(catalog: Catalog, as_of: date, result: AgencyResult) -> Table:
    """Return one row per service standard: its span, those in time of those finished, the share, the verdict, reports."""
    table = _table(
        ("level", "left"), ("period", "left"), ("within_target", "right"), ("attainment", "right"), ("verdict", "left"),
        ("reported", "right"),
    )  # fmt: skip
    table.title = _title(as_of, catalog.settings.demonstration or result.agency.demonstration)
    wordings = [
        Wording(load_strings(language), "gregorian", catalog.settings.fiscal_year_starts) for language in LANGUAGES
    ]
    for level in result.levels:
        table.add_row(f"{level.key.service_id}/{level.key.level_id}", *_span_cells(level.headline, wordings))
    return table


def _span_cells(span: SpanResult, wordings: Sequence[Wording]) -> Iterator[str | Text]:
    judged = span.verdict in ("met", "missed")
    promised = span.share if span.share is not None or not judged else span.needed / span.volume
    yield " – ".join(dict.fromkeys((span.periods[0].code, span.periods[-1].code))) if span.periods else ""
    yield f"{span.within_target:,}/{span.volume:,}" if span.volume else ""
    yield f"{percent_digits(span.within_target, span.volume, promised)}%" if span.volume else ""
    said = " · ".join(wording.strings(f"closed.verdict.{span.verdict}") for wording in wordings)
    yield Text(said, style=STYLES.get(span.verdict, ""))
    yield f"{span.reported}/{span.due}"


def _title(as_of: date, demonstration: bool) -> str:
    """Return for which day the table speaks, and whether its figures are not real."""
    told = f"{_words('data.about_as_of')} {as_of.isoformat()}"
    return f"{told}\n{_words('demo.banner')}" if demonstration else told


def _table(*columns: tuple[str, Justify]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, title_justify="left", title_style="")
    for key, justify in columns:
        heading = "\n".join(load_strings(language)(f"column.{key}") for language in LANGUAGES)
        table.add_column(heading, justify=justify, overflow="fold")
    return table


def _words(key: str) -> str:
    return " · ".join(load_strings(language)(key) for language in LANGUAGES)
