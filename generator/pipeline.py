"""From a data folder to results, an agency at a time.

``prepare`` reads every agency once, each where it can bring down nothing but itself, checks what one agency says of
another, and keeps the records on disk, so that a national catalog never stands in one process's memory as a whole.  ``measured`` then gives one agency's results.
"""

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.intake.held_back import HeldBack, held_back
from generator.intake.load import load_agency, load_catalog
from generator.intake.load_published import (
    gone_agency,
    keep_agencies,
    keep_last_good,
    keep_lists,
    keep_vanished,
    same_site,
)
from generator.intake.references import AgencyIndex, check_references, index_of, withhold
from generator.model import AgencyData, Catalog, WithheldService
from generator.problems import Place, Problem
from generator.results import AgencyResult
from generator.stats import measure_agency
from generator.workers import READING, Lost, tried

Clock = Callable[[str], date]  # a timezone's name to the day it is there
Step = Callable[[str, int, int], None]  # what is being done, how many are done, of how many


def silent(_what: str, _done: int, _of: int) -> None:
    """Report no progress."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A data folder, read and checked.  ``indexes`` has one entry per agency, by id.

    ``problems`` are all of them; ``shared`` are those of the catalog and of the tree, ``references`` those between agencies.
    """

    root: Path
    as_of: date
    catalog: Catalog
    indexes: tuple[AgencyIndex, ...]
    problems: tuple[Problem, ...]
    shared: tuple[Problem, ...]
    references: tuple[Problem, ...]
    kept: Path
    previous: Path | None = None
    held_back: HeldBack = field(default_factory=HeldBack)

    def agency(self, agency_id: str) -> AgencyData:
        """Return what was read of one agency, less what other agencies' files make wrong, and what is kept instead."""
        data: AgencyData = pickle.loads((self.kept / agency_id).read_bytes())  # written by ourselves
        return keep_last_good(withhold(data, self.references), self.catalog, self.previous)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A data folder whose catalog cannot be read: nothing can be said of the rest."""

    root: Path
    problems: tuple[Problem, ...]


@contextmanager
def prepare(
    root: Path, clock: Clock, jobs: int | None = None, step: Step = silent, previous: Path | None = None
) -> Iterator[Prepared | Unreadable]:
    """Read and check a data folder; what was read is kept until the context ends.

    ``previous`` is the site published last, from which what is withheld now is taken as it was.
    """
    catalog, problems = load_catalog(root)
    if catalog is None:
        yield Unreadable(root, tuple(problems))
        return
    as_of = clock(catalog.settings.timezone)
    with TemporaryDirectory(prefix="clearly-") as folder:
        empty = Prepared(root, as_of, catalog, (), (), tuple(problems), (), Path(folder), previous)
        yield _with_agencies(empty, jobs, step)


def _with_agencies(empty: Prepared, jobs: int | None, step: Step) -> Prepared:
    last = same_site(empty.catalog, empty.previous)
    catalog = keep_agencies(empty.catalog, last)

    def read(agency_id: str) -> tuple[AgencyIndex, tuple[Problem, ...]]:
        is_there = agency_id in empty.catalog.agency_ids
        data = load_agency(empty.root, agency_id, catalog, empty.as_of) if is_there else gone_agency(agency_id)
        return _kept(empty, data, last)

    indexes: list[AgencyIndex] = []
    problems = list(empty.shared)
    for agency_id, outcome in zip(catalog.agency_ids, tried(read, catalog.agency_ids, jobs, READING), strict=True):
        read_of = _kept(empty, _unread(empty.root, agency_id, outcome), last) if isinstance(outcome, Lost) else outcome
        indexes.append(read_of[0])
        problems.extend(read_of[1])
        step("read", len(indexes), len(catalog.agency_ids))
    references = tuple(check_references(indexes))
    held = held_back(indexes, references)
    shown = keep_lists(catalog, empty.previous) if held.services else catalog
    whole = replace(empty, catalog=shown, indexes=tuple(indexes), references=references, held_back=held)
    return replace(whole, problems=(*problems, *references))


def _kept(prepared: Prepared, data: AgencyData, last: Path | None) -> tuple[AgencyIndex, tuple[Problem, ...]]:
    """Keep on disk what was read of an agency; return what others must know of it, and its problems.

    ``last`` is the site of which nothing may have vanished.
    """
    data = keep_last_good(keep_vanished(data, last), prepared.catalog, prepared.previous)
    (prepared.kept / data.agency_id).write_bytes(pickle.dumps(data, protocol=pickle.HIGHEST_PROTOCOL))
    return index_of(data), data.problems


def _unread(root: Path, agency_id: str, lost: Lost) -> AgencyData:
    """Return an agency that is withheld because its files brought the reader down, ran out of memory or of time.

    The problem lies in its folder: nobody knows which file it was, and no file is opened here to find out.
    """
    facts = {"value": agency_id, "reason": lost.said, "most": _most(lost)}
    problem = Problem(f"agency-{lost.reason}", "error", Place(f"agencies/{agency_id}"), facts, "agency")
    names = sorted(path.stem for path in (root / f"agencies/{agency_id}/services").glob("*.yml"))
    services = tuple(WithheldService(name, {}) for name in names)
    return AgencyData(agency_id, None, {}, (), services, (), frozenset(), (problem,))


def _most(lost: Lost) -> int:
    """Return the limit that a reader met: minutes, or megabytes of memory."""
    return round(READING.seconds / 60) if lost.reason == "took-too-long" else (READING.memory or 0) >> 20


def measured(prepared: Prepared, agency_id: str) -> tuple[AgencyData, AgencyResult | None]:
    """Return one agency's data and its results; no results where the agency itself is withheld."""
    data = prepared.agency(agency_id)
    if data.agency is None:
        return data, None
    return data, measure_agency(prepared.catalog, data, prepared.as_of)
