"""Rules between the rows of an agency: one row for each key and revision, no gap between revisions, complaints once.

A key is service, level, period, channel and office.  The newest revision counts; where it is wrong the key is withheld,
for an older figure must never return in silence (section 7 of the data contract).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, NamedTuple

from generator.model import Observation, WithheldRow
from generator.problems import Place, Problem

Key = tuple[str, str, str, str, str]
UNKNOWN_REVISION: Final = 10**12  # above every count: a revision that cannot be read may be the newest


_ORDER = attrgetter("service_id", "level_id", "period", "channel_id", "office_id", "revision")


class BadRow(NamedTuple):
    """A row that is not published.  ``key`` is None where it cannot be said which it is."""

    row: WithheldRow
    key: Key | None = None
    revision: int = UNKNOWN_REVISION


@dataclass(frozen=True, slots=True)
class Settled:
    """The good rows in order, the withheld ones, and the keys whose newest row is among the withheld."""

    observations: tuple[Observation, ...]
    withheld: tuple[WithheldRow, ...]
    keys: frozenset[Key]
    problems: tuple[Problem, ...]


class _Row(NamedTuple):
    revision: int
    file: str
    line: int
    observation: Observation | None


def settle(good: Sequence[Observation], bad: Sequence[BadRow]) -> Settled:
    """Return the rows that can be published, once those that contradict each other are withheld."""
    by_key = _by_key(good, bad)
    problems: list[Problem] = []
    refused: set[tuple[str, int]] = set()
    for rows in by_key.values():
        if len(rows) > 1 or rows[0].revision != 0:
            problems += _wrong_revisions(rows)
    refused |= {(problem.place.file, _line(problem)) for problem in problems}
    problems += (twice := [*_complaints_twice(by_key, refused)])
    problems += _all_rows_missing(by_key)
    refused |= {(problem.place.file, _line(problem)) for problem in twice}
    kept = (row for row in good if (row.file, row.line) not in refused) if refused else good
    return Settled(
        tuple(sorted(kept, key=_ORDER)),
        tuple(sorted(_withheld(good, bad, refused), key=lambda row: (row.file, row.line))),
        frozenset(key for key, rows in by_key.items() if not _is_good(_newest(rows), refused))
        if refused or bad
        else frozenset(),
        tuple(problems),
    )


def _by_key(good: Iterable[Observation], bad: Iterable[BadRow]) -> Mapping[Key, list[_Row]]:
    by_key: dict[Key, list[_Row]] = defaultdict(list)
    for row in good:
        key = (row.service_id, row.level_id, row.period.code, row.channel_id, row.office_id)
        by_key[key].append(_Row(row.revision, row.file, row.line, row))
    for found in bad:
        if found.key is not None:
            by_key[found.key].append(_Row(found.revision, found.row.file, found.row.line, None))
    return by_key


def _newest(rows: Sequence[_Row]) -> _Row:
    return max(rows, key=lambda row: (row.revision, row.observation is None))


def _is_good(row: _Row, refused: set[tuple[str, int]]) -> bool:
    return row.observation is not None and (row.file, row.line) not in refused


def _line(problem: Problem) -> int:
    return int(problem.place.route[0])


def _withheld(
    good: Iterable[Observation], bad: Iterable[BadRow], refused: set[tuple[str, int]]
) -> Iterator[WithheldRow]:
    yield from (found.row for found in bad)
    for row in good if refused else ():
        if (row.file, row.line) in refused:
            yield WithheldRow(row.service_id, row.level_id, row.period.code, row.file, row.line)


def _wrong_revisions(rows: list[_Row]) -> Iterator[Problem]:
    """Rows of one key have revisions 0, 1, 2 and so on, each once."""
    rows = sorted(rows, key=lambda row: (row.file, row.line))
    revisions = {row.revision for row in rows if row.revision != UNKNOWN_REVISION}
    following = max(revisions, default=-1) + 1
    first_gap = next(number for number in range(following + 1) if number not in revisions)
    for row in rows:
        if row.revision == UNKNOWN_REVISION:
            continue
        place = Place(row.file, (row.line, "service_id"))
        other = next((other for other in rows if other.revision == row.revision and other is not row), None)
        if other is not None:
            facts: Mapping[str, object] = {
                "other_place": Place(other.file, (other.line, "service_id")),
                "suggestion": following,
            }
            yield Problem("row-duplicate", "error", place, facts, "row")
        elif row.revision > first_gap:
            place = Place(row.file, (row.line, "revision"))
            facts = {"value": row.revision, "suggestion": first_gap}
            yield Problem("revision-gap", "error", place, facts, "row")


def _complaints_twice(by_key: Mapping[Key, list[_Row]], refused: set[tuple[str, int]]) -> Iterator[Problem]:
    """Complaints are about the service: in one period they stand on the rows of one level."""
    seen: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for (service_id, _, period, _, _), rows in by_key.items():
        newest = _newest(rows) if len(rows) > 1 else rows[0]
        row = newest.observation
        if row is not None and row.complaints is not None and (row.file, row.line) not in refused:
            seen[service_id, period].append(row)
    for rows_of_period in seen.values():
        for row in rows_of_period:
            other = next((other for other in rows_of_period if other.level_id != row.level_id), None)
            if other is not None:
                place = Place(row.file, (row.line, "complaints"))
                facts = {"value": row.complaints, "other_place": Place(other.file, (other.line, "complaints"))}
                yield Problem("complaints-twice", "error", place, facts, "row")


def _all_rows_missing(by_key: Mapping[Key, list[_Row]]) -> Iterator[Problem]:
    """A period with rows by channel or office has a row for all of them too; a wrong one is said to be wrong elsewhere."""
    told: set[Key] = set()
    for key, rows in by_key.items():
        if not key[3] and not key[4]:
            continue
        whole: Key = (*key[:3], "", "")
        row = next((row.observation for row in rows if row.observation is not None), None)
        if whole not in by_key and whole not in told and row is not None:
            told.add(whole)
            yield Problem("all-row-missing", "warning", Place(row.file, (row.line, "period")), {"period": row.period})
