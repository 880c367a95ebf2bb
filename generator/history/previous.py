"""What was published last, read back from its own files, an agency at a time."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from generator.history.chain import ADDRESS, Log, gone_of, read_log
from generator.history.editions import (
    EMPTY,
    Edition,
    Name,
    Sheet,
    edition_of_facts,
    lines_of,
    places_of,
    promises_of,
    rows_of,
    together,
)
from generator.results_log import Logged

# These are read once, and shared with the workers; the results of an agency are read from its own file.
SHARED = ("agencies", "services", "service_levels", "targets", "history", "withheld")


@dataclass(frozen=True)
class Previous:
    """A published site.  ``sheets`` are tables by name and agency; a table that the site has not is missing."""

    folder: Path
    as_of: date
    languages: tuple[str, ...]
    log: Log = field(default_factory=Log)
    sheets: Mapping[str, Mapping[str, Sheet]] = field(default_factory=dict)

    @property
    def agency_ids(self) -> tuple[str, ...]:
        """Return every agency that the site knew."""
        return tuple(sorted({*self.sheets.get("agencies", {}), *self.sheets.get("withheld", {})}))

    @cached_property
    def logged(self) -> Mapping[str, tuple[Logged, ...]]:
        """Return the changes of each agency, oldest first."""
        found: dict[str, list[Logged]] = {}
        for one in self.log.logged:
            found.setdefault(one.revision.agency_id, []).append(one)
        return {agency_id: tuple(logged) for agency_id, logged in found.items()}

    @cached_property
    def gone(self) -> Mapping[str, Mapping[Name, str]]:
        """Return by agency what was removed and has not come back."""
        return gone_of(self.log.logged)


def read_previous(folder: Path | None, languages: Sequence[str]) -> Previous | None:
    """Return the site in a folder, or None where none stands; LogError where its revision log is not whole."""
    if folder is None or not (folder / "status.json").is_file():
        return None
    status = json.loads((folder / "status.json").read_bytes())
    log = read_log(folder / ADDRESS, status.get("revisions", 0), status.get("revisions_hash") or "")
    sheets = {name: found for name in SHARED if (found := _by_agency(folder / "data" / f"{name}.csv")) is not None}
    return Previous(folder, date.fromisoformat(status["as_of"]), tuple(languages), log, sheets)


def _by_agency(path: Path) -> Mapping[str, Sheet] | None:
    if not path.is_file():
        return None
    header, *lines = lines_of(path.read_text(encoding="utf-8")) or [[]]
    found: dict[str, list[list[str]]] = {}
    for line in lines:
        found.setdefault(line[0], []).append(line)  # the first column of every table is the agency's id
    return {agency_id: Sheet(tuple(header), of_agency) for agency_id, of_agency in found.items()}


def results_of(previous: Previous, agency_id: str) -> tuple[Sheet, Sheet]:
    """Return an agency's rows as they were published: all revisions of those that have several, and the newest of all."""
    header, *lines = lines_of(_published(previous, agency_id)) or [[]]
    return previous.sheets.get("history", {}).get(agency_id, EMPTY), Sheet(header, lines)


def same_results(previous: Previous, agency_id: str, parts: Mapping[str, str]) -> bool:
    """Return whether an agency's rows are those that were published, byte for byte."""
    history = previous.sheets.get("history", {}).get(agency_id, EMPTY).lines
    body = _published(previous, agency_id).partition("\n")[2]
    return body == parts["performance"] and list(history) == lines_of(parts["history"])


def _published(previous: Previous, agency_id: str) -> str:
    path = previous.folder / f"data/agencies/{agency_id}.csv"
    return path.read_bytes().decode() if path.is_file() else ""


def edition_of(previous: Previous, agency_id: str, results: Iterable[Sheet] | None = None) -> Edition:
    """Return what the site said of one agency, with some of its rows or else all, and what it knew and withheld."""
    sheets = {name: of_agency.get(agency_id, EMPTY) for name, of_agency in previous.sheets.items()}
    languages = previous.languages
    rows = results_of(previous, agency_id) if results is None else results
    shown = Edition(
        previous.as_of,
        dict(places_of(sheets, languages[0])),
        promises_of(sheets["targets"]) if "targets" in sheets else None,
        dict(row for sheet in rows for row in rows_of(sheet, languages)),
        previous.gone.get(agency_id, {}),
    )
    return together(shown, edition_of_facts(previous.as_of, sheets.get("withheld", EMPTY).records))
