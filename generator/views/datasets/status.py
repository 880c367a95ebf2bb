"""What the site says of itself to programs: ``status.json``, and the problems of all files as rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Protocol

from generator.problems import Severity, Withheld
from generator.views.datasets.files import json_bytes
from generator.views.datasets.rows import Row, cell

# The report speaks both languages always, whatever the languages of the site are (section 10).
LANGUAGES = ("th", "en")


class Found(Protocol):
    """A problem with its position and its sentences, as ``report.resolve`` gives it."""

    @property
    def agency_id(self) -> str:
        """Return the agency whose file it is, empty where it is nobody's alone."""

    @property
    def file(self) -> str:
        """Return the file, relative to the data folder."""

    @property
    def line(self) -> int:
        """Return the line, from 1."""

    @property
    def column(self) -> int:
        """Return the character in the line, from 1."""

    @property
    def severity(self) -> Severity:
        """Return whether it can be published as it is."""

    @property
    def code(self) -> str:
        """Return the code of the rule."""

    @property
    def value(self) -> str:
        """Return what was found, cut and masked."""

    @property
    def withheld(self) -> Withheld:
        """Return what is not published."""

    @property
    def messages(self) -> Mapping[str, str]:
        """Return what is wrong, by language."""

    @property
    def hints(self) -> Mapping[str, str]:
        """Return what to type, by language."""


@dataclass(frozen=True, slots=True)
class Status:
    """What ``status.json`` holds.  ``commit`` is None outside git; counts are of what is published, errors of what is not.

    ``revisions`` is how many rows the revision log has, and ``revisions_hash`` the hash of its last: no row can be taken away.
    ``degraded``: something is withheld.  The names of agencies and services ("agency/service") that are; ``kept`` says
    since which day those are not new that are shown as they were published last.  ``latest_period`` is the newest that
    anybody reported, ``data_age_days`` how long ago it ended; both are None where nobody did.
    """

    as_of: date
    commit: str | None
    demonstration: bool
    agencies: int
    services: int
    rows: int
    withheld_rows: int
    errors: int
    warnings: int
    revisions: int = 0
    revisions_hash: str = ""
    published: bool = True
    degraded: bool = False
    withheld_agencies: Sequence[str] = ()
    withheld_services: Sequence[str] = ()
    kept: Mapping[str, date] = field(default_factory=dict)
    latest_period: str | None = None
    data_age_days: int | None = None


def status_json(status: Status) -> bytes:
    """Return ``status.json``."""
    return json_bytes(asdict(status))


def problem_rows(found: Iterable[Found], demonstration: bool) -> list[Row]:
    """Return the rows of ``problems.csv``, in the order of file, line and column."""
    ordered = sorted(found, key=lambda one: (one.file, one.line, one.column, one.code, one.value))
    return [
        [
            one.agency_id, one.file, one.line, one.column, one.severity, one.code, one.value, one.withheld,
            *(one.messages[language] for language in LANGUAGES),
            *(one.hints[language] for language in LANGUAGES),
            cell(demonstration),
        ]
        for one in ordered
    ]  # fmt: skip
