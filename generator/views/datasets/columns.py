"""Every column of every published table: its name, its kind and its unit.  Pages, CSV, JSON and metadata read it here.

What a column means stands in ``strings/`` under ``data.<name>``; columns in several languages share one sentence.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

Kind = Literal["string", "text", "integer", "number", "date", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.  ``meaning`` is the key of its sentence; ``language`` is set where the text is in one language.

    ``text`` is as somebody typed it, so a spreadsheet might run it; ``string`` is a code, an id or an address, which
    begin with a letter or a digit.
    """

    name: str
    kind: Kind
    unit: str = ""
    language: str = ""

    @property
    def meaning(self) -> str:
        """Return the key of the sentence that explains the column."""
        return "data." + (self.name.removesuffix("_" + self.language) if self.language else self.name)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: a name (``data/<name>.csv``), its columns and the columns that make a row unique."""

    name: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[tuple[tuple[str, ...], str], ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(column.name for column in self.columns)


_SERVICE = (("agency_id", "service_id"), "services")
LEVEL_KEY = ("agency_id", "service_id", "level_id")
MANUAL_KEY = ("agency_id", "service_id", "number")
_LEVEL = (LEVEL_KEY, "service_levels")


def tables(languages: Sequence[str]) -> tuple[Table, ...]:
    """Return the tables of a site in these languages; ``problems`` speaks Thai and English always (section 10)."""
    return (
        Table("performance", _performance(languages), ROW_KEY, (_LEVEL,)),
        Table("history", _performance(languages), (*ROW_KEY, "revision"), (_LEVEL,)),
        Table("agencies", _agencies(languages), ("agency_id",)),
        Table("services", _services(languages), ("agency_id", "service_id"), ((("agency_id",), "agencies"),)),
        Table("service_levels", _levels(languages), LEVEL_KEY, (_SERVICE,)),
        Table("targets", _targets(languages), (*LEVEL_KEY, "target_valid_from"), (_LEVEL,)),
        Table("documents", _documents(languages), MANUAL_KEY, (_SERVICE,)),
        Table("fees", _fees(languages), MANUAL_KEY, (_SERVICE,)),
        Table("revisions", _revisions(languages), ("number",)),
        Table("withheld", _withheld(), ()),
        Table("problems", _problems(), ()),
    )


@lru_cache(maxsize=8)
def tables_by_name(languages: tuple[str, ...]) -> Mapping[str, Table]:
    """Return the same by their names."""
    return MappingProxyType({table.name: table for table in tables(languages)})


ROW_KEY = ("agency_id", "service_id", "level_id", "period", "channel_id", "office_id")
COUNTS = ("volume", "within_target", "received", "backlog", "backlog_overdue")
LATER_COUNTS = ("excluded", "delay_notices_due", "delay_notices_sent", "complaints")


def _strings(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "string") for name in names)


def _counts(*names: str, unit: str = "case") -> tuple[Column, ...]:
    return tuple(Column(name, "integer", unit) for name in names)


def _texts(languages: Sequence[str], *names: str) -> Iterator[Column]:
    for name in names:
        for language in languages:
            yield Column(f"{name}_{language}", "text", language=language)


def _performance(languages: Sequence[str]) -> tuple[Column, ...]:
    return (
        *_strings(*ROW_KEY),
        *_counts(*COUNTS),
        Column("median", "number", "target_unit"),
        Column("p90", "number", "target_unit"),
        Column("excluded", "integer", "case"),
        *_counts("delay_notices_due", "delay_notices_sent", unit="notice"),
        Column("complaints", "integer", "complaint"),
        Column("status", "string"),
        Column("revision", "integer", "revision"),
        Column("reported_on", "date"),
        Column("reported_attainment", "number", "part"),
        *_texts(languages, "note"),
        Column("measure", "string"),
        Column("target_share", "number", "part"),
        Column("target_limit", "number", "target_unit"),
        Column("target_unit", "string"),
        Column("attainment", "number", "part"),
        Column("verdict", "string"),
        Column("demonstration", "boolean"),
    )


def _tally() -> tuple[Column, ...]:
    return (
        *_counts(
            "promises_met",
            "promises_missed",
            "promises_no_target",
            "promises_no_cases",
            "promises_not_reported",
            unit="promise",
        ),
        *_counts("reports_received", "reports_due", unit="report"),
    )


def _agencies(languages: Sequence[str]) -> tuple[Column, ...]:
    return (
        Column("agency_id", "string"),
        *_texts(languages, "title", "abbreviation", "also_called", "parent"),
        *_strings("kind", "status", "replaced_by", "url"),
        Column("email", "text"),
        Column("phone", "text"),
        *_reporting(),
        Column("licence_id", "text"),
        Column("services", "integer", "service"),
        *_tally(),
        Column("kept_from", "date"),
        Column("demonstration", "boolean"),
    )


def _services(languages: Sequence[str]) -> tuple[Column, ...]:
    return (
        *_strings("agency_id", "service_id"),
        *_texts(languages, "title", "also_called", "summary", "responsible_unit"),
        *_strings("type", "status"),
        Column("replaced_by", "text"),
        Column("after", "text"),
        *_strings("inherits", "topics", "life_events", "audience", "channel_types"),
        Column("documents", "integer", "document"),
        Column("documents_held_by_state", "integer", "document"),
        Column("fees", "integer", "fee"),
        Column("steps", "integer", "step"),
        Column("reviewed_on", "date"),
        Column("review_due", "date"),
        Column("languages", "string"),
        *_reporting(),
        *_tally(),
        Column("page", "string"),
        Column("kept_from", "date"),
        Column("demonstration", "boolean"),
    )


def _levels(languages: Sequence[str]) -> tuple[Column, ...]:
    return (
        *_strings("agency_id", "service_id", "level_id"),
        *_texts(languages, "title"),
        *_strings("measure", "channels", "answers", "clock_starts", "clock_stops", "clock_pauses"),
        *_target(),
        Column("statutory_limit", "number", "statutory_unit"),
        *_strings("statutory_unit", "span_first", "span_last"),
        *_counts("volume", "within_target"),
        Column("attainment", "number", "part"),
        Column("verdict", "string"),
        *_counts("reports_received", "reports_due", unit="report"),
        *_strings("grain", "owed", "state", "previous_verdict"),
        Column("current", "boolean"),
        *_counts("judged_volume", "judged_within_target"),
        Column("demonstration", "boolean"),
    )


def _targets(languages: Sequence[str]) -> tuple[Column, ...]:
    return (*_strings(*LEVEL_KEY), *_target(), *_texts(languages, "reason"), Column("demonstration", "boolean"))


def _documents(languages: Sequence[str]) -> tuple[Column, ...]:
    return (
        *_strings("agency_id", "service_id"),
        Column("number", "integer", "row"),
        Column("document_id", "string"),
        Column("paper", "text"),
        *_texts(languages, "title", "issuer"),
        Column("held_by_state", "string"),
        Column("originals", "integer", "document"),
        Column("copies", "integer", "document"),
        *_texts(languages, "when"),
        Column("answers", "string"),
        Column("demonstration", "boolean"),
    )


def _fees(languages: Sequence[str]) -> tuple[Column, ...]:
    return (
        *_strings("agency_id", "service_id"),
        Column("number", "integer", "row"),
        *_texts(languages, "title"),
        Column("amount", "number", "currency"),
        Column("currency", "string"),
        *_texts(languages, "per", "when"),
        Column("answers", "string"),
        Column("varies", "boolean"),
        Column("fixed", "boolean"),
        Column("demonstration", "boolean"),
    )


def _revisions(languages: Sequence[str]) -> tuple[Column, ...]:
    return (
        Column("number", "integer", "row"),
        Column("as_of", "date"),
        *_strings("change", *ROW_KEY),
        Column("revision", "integer", "revision"),
        Column("field", "string"),
        Column("old_value", "text"),
        Column("new_value", "text"),
        *_texts(languages, "reason"),
        *_strings("commit", "previous", "hash"),
        Column("demonstration", "boolean"),
    )


def _withheld() -> tuple[Column, ...]:
    return (
        *_strings(*ROW_KEY),
        Column("revision", "integer", "revision"),
        Column("field", "string"),
        Column("old_value", "text"),
        Column("demonstration", "boolean"),
    )


def _target() -> tuple[Column, ...]:
    return (
        Column("target_valid_from", "date"),
        Column("target_valid_to", "date"),
        Column("target_share", "number", "part"),
        Column("target_limit", "number", "target_unit"),
        Column("target_unit", "string"),
    )


def _reporting() -> tuple[Column, ...]:
    return (
        Column("frequency", "string"),
        Column("due_after_days", "integer", "day"),
        Column("first_period", "string"),
    )


def _problems() -> tuple[Column, ...]:
    return (
        Column("agency_id", "text"),
        Column("file", "text"),
        Column("line", "integer", "line"),
        Column("column", "integer", "character"),
        *_strings("severity", "code"),
        Column("value", "text"),
        Column("withheld", "string"),
        *_texts(("th", "en"), "message"),
        *_texts(("th", "en"), "hint"),
        Column("demonstration", "boolean"),
    )
