"""The data dictionary: every column of every table, and the words behind every code."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Catalog
from generator.results_log import CHANGES
from generator.views.datasets.columns import Column, Table, tables
from generator.views.page import Link, PageView
from generator.views.words import Line, Words

SAME_COLUMNS = {"history": "performance"}
# Closed lists of the contract: the column that holds their codes, the name that their words stand by, and the codes.
CODES: tuple[tuple[str, str, str], ...] = (
    ("verdict", "verdict", "met missed no_target no_cases not_reported suppressed not_applicable"),
    ("status (performance)", "row_status", "final provisional not_reported not_applicable suppressed"),
    (
        "measure",
        "measure",
        "processing_time waiting_time availability accuracy satisfaction complaint_response other",
    ),
    ("target_unit", "unit", "minute hour working_hour working_day calendar_day month"),
    (
        "type",
        "service_type",
        "permit registration notification certificate benefit payment information enforcement other",
    ),
    ("status (services)", "status", "active suspended retired"),
    (
        "channel_types",
        "channel_type",
        "counter drive_thru kiosk online app email post fax phone mobile_unit other",
    ),
    ("audience", "audience", "citizen business government foreigner"),
    ("kind", "kind", "ministry department province local state_enterprise independent other"),
    ("status (agencies)", "agency_status", "active merged closed"),
    ("frequency", "frequency", "month quarter half_year year fiscal_year"),
    ("clock_starts", "clock.starts", "application complete_application payment appointment"),
    ("clock_stops", "clock.stops", "decision result_notified delivered answered"),
    ("clock_pauses", "clock.pauses", "waiting_for_applicant waiting_for_agency closed_days force_majeure"),
    ("change", "change", " ".join(CHANGES)),
    ("severity", "severity", "error warning"),
    ("withheld (problems)", "withheld", "row file service agency none"),
)


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column: its name, what it means, its kind and its unit."""

    name: str
    meaning: Line
    kind: Line
    unit: Line


@dataclass(frozen=True, slots=True)
class TableColumns:
    """One table with its columns; ``same`` names another table whose columns it has, and then none are listed."""

    name: str
    title: Line
    description: Line
    columns: tuple[ColumnView, ...]
    same: str


@dataclass(frozen=True, slots=True)
class CodeList:
    """The codes of one column, each with its words."""

    column: str
    anchor: str
    codes: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class DictionaryView:
    """The page of the data dictionary."""

    tables: tuple[TableColumns, ...]
    codes: tuple[CodeList, ...]


def dictionary_page(catalog: Catalog, words: Words) -> PageView:
    """Return the data dictionary."""
    known = tables(catalog.settings.languages)
    return PageView(
        path="data/dictionary/",
        template="dictionary.html",
        title=words.strings("term.dictionary"),
        description=words.strings("dictionary.lead"),
        content=DictionaryView(tuple(_table(words, table) for table in known), tuple(_codes(words))),
        section="data",
        crumbs=(Link(words.strings("nav.home"), ""), Link(words.strings("nav.data"), "data/")),
        demonstration=catalog.settings.demonstration,
    )


def _table(words: Words, table: Table) -> TableColumns:
    same = SAME_COLUMNS.get(table.name, "")
    return TableColumns(
        name=table.name,
        title=words.line(f"dataset.{table.name}"),
        description=words.line(f"dataset.{table.name}.description"),
        columns=() if same else tuple(_column(words, column) for column in table.columns),
        same=same,
    )


def _column(words: Words, column: Column) -> ColumnView:
    meaning = words.strings(column.meaning)
    if column.language:
        language = words.wording.language_name(column.language)
        meaning = words.strings("data.in_language", meaning=meaning, language=language)
    return ColumnView(
        name=column.name,
        meaning=Line(meaning),
        kind=words.line(f"data.kind.{column.kind}"),
        unit=words.line(f"data.unit.{column.unit}") if column.unit else Line(""),
    )


def _codes(words: Words) -> Iterator[CodeList]:
    for column, name, codes in CODES:
        anchor = f"codes-{name.replace('.', '-').replace('_', '-')}"
        yield CodeList(column, anchor, tuple((code, words.line(f"closed.{name}.{code}")) for code in codes.split()))
