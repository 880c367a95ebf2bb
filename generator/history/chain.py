"""The revision log: append-only, each row bound to the one before by a hash that anyone can work out again.

A row's hash is the SHA-256 of its cells that are not empty, but for ``hash`` itself, as a JSON object in UTF-8: names
sorted, no spaces, every value a text as the CSV has it.  ``previous`` is the hash of the row before.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.history.editions import Name
from generator.results_log import CHANGES, Logged, Revision
from generator.views.datasets.columns import Table
from generator.views.datasets.files import csv_text, unguarded

ADDRESS = "data/revisions.csv"
NOT_A_VALUE = ("number", "as_of", "commit", "previous", "hash")


class LogError(Exception):
    """The log that was published is not whole; ``key`` names the sentence that ``facts`` fill."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(f"{key}: {facts}")
        self.key = key
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Log:
    """The log as it is published, and its rows as values, oldest first."""

    text: str = ""
    header: tuple[str, ...] = ()
    rows: tuple[Mapping[str, str], ...] = ()

    @property
    def head(self) -> str:
        """Return the hash of the newest row, empty where there is none."""
        return self.rows[-1]["hash"] if self.rows else ""

    @property
    def logged(self) -> tuple[Logged, ...]:
        """Return the changes, oldest first."""
        return tuple(map(_logged, self.rows))


def read_log(path: Path, count: int, head: str) -> Log:
    """Return the published log, which must have ``count`` rows and end in ``head``; LogError where it is not whole."""
    if not path.exists():
        if count:
            raise LogError("log_missing", file=path, count=count)
        return Log()
    text = path.read_bytes().decode("utf-8", "replace")
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
    rows = tuple(reader)
    previous = ""
    for number, row in enumerate(rows, start=1):
        if row.get("number") != str(number) or row.get("previous") != previous or row.get("hash") != hash_of(row):
            raise LogError("log_broken", file=path, number=number)
        previous = row["hash"]
    if (len(rows), previous) != (count, head):
        raise LogError("log_short", file=path, count=count, found=len(rows))
    return Log(text, tuple(reader.fieldnames or ()), rows)


def hash_of(row: Mapping[str, str]) -> str:
    """Return the hash of a row."""
    said = {str(name): value for name, value in row.items() if value and name != "hash"}
    whole = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()


def append(log: Log, table: Table, revisions: Iterable[Revision], as_of: date, commit: str) -> Log:
    """Return the log with more rows; those that it has stay as they are, byte for byte."""
    header = (*table.header, *(name for name in log.header if name not in table.header))
    # Only another list of languages makes another heading; a column more changes no row's hash.
    text = log.text if log.header == header else _text(table, header, log.rows, heading=True)
    rows = list(log.rows)
    for revision in revisions:
        row = {"number": str(len(rows) + 1), "as_of": as_of.isoformat(), "commit": commit, **_cells(revision)}
        row = _guarded(table, {**row, "previous": rows[-1]["hash"] if rows else ""})
        rows.append({**dict.fromkeys(header, ""), **row, "hash": hash_of(row)})
    return Log(text + _text(table, header, rows[len(log.rows) :], heading=False), header, tuple(rows))


def _cells(revision: Revision) -> dict[str, str]:
    said = {name: str(value) for name, value in revision._asdict().items() if isinstance(value, str)}
    reasons = {f"reason_{language}": text for language, text in revision.reason.items()}
    return {**said, **reasons, "demonstration": "true" if revision.demonstration else "false"}


def _guarded(table: Table, row: Mapping[str, str]) -> dict[str, str]:
    """Return the cells of a row as CSV has them."""
    line = csv_text(table, [[row.get(name, "") for name in table.header]], header=False)
    return dict(zip(table.header, next(csv.reader(io.StringIO(line, newline=""))), strict=True))


def _text(table: Table, header: Sequence[str], rows: Iterable[Mapping[str, str]], *, heading: bool) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", lineterminator="\n")
    if heading:
        writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _logged(row: Mapping[str, str]) -> Logged:
    change = next(one for one in CHANGES if one == row["change"])
    reason = {
        name.removeprefix("reason_"): unguarded(text)
        for name, text in row.items()
        if text and name.startswith("reason_")
    }
    values = {
        name: unguarded(row[name]) for name in Revision._fields if name not in ("change", "demonstration", "reason")
    }
    revision = Revision(change, **values, demonstration=row["demonstration"] == "true", reason=reason)
    return Logged(date.fromisoformat(row["as_of"]), revision)


def gone_of(logged: Iterable[Logged]) -> dict[str, dict[Name, str]]:
    """Return by agency what was removed and has not come back, with the titles that it had."""
    gone: dict[str, dict[Name, str]] = {}
    for _, revision in logged:
        name = (revision.service_id, revision.level_id)
        if revision.change == "removed":
            gone.setdefault(revision.agency_id, {})[name] = revision.old_value
        elif revision.change in ("returned", "id_used_again"):
            gone.get(revision.agency_id, {}).pop(name, None)
    return gone
