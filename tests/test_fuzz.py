"""Mutants of good files of every kind: whatever chance makes of them is read or refused, and quickly.

``make fuzz`` tries 100,000; ``--mutants`` says how many.  A mutant that fails is made again from its number.
"""

import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import hostile_data
import pytest
from broken_data import AS_OF, problems_of
from mutators import mutant

from generator.intake.load import load_agency, load_catalog
from generator.intake.references import check_references, index_of
from generator.model import Catalog
from generator.problems import Problem
from generator.report import Resolved, as_github, as_json, as_text, resolve
from generator.workers import Limits, Lost, tried

AT_ONCE = 250  # mutants that a worker reads before it answers
LONGEST = 2.0  # seconds of a core, for one mutant
BATCH = Limits(AT_ONCE * 60, 1 << 30)  # the machine may be busy; what takes too long is told by LONGEST


def good_files(data: Path) -> dict[str, bytes]:
    """Return every file of a folder by its name."""
    return {path.relative_to(data).as_posix(): path.read_bytes() for path in sorted(data.rglob("*")) if path.is_file()}


def agency_problems(data: Path, catalog: Catalog) -> list[Problem]:
    """Return the problems of the one agency, whose files alone have changed."""
    agency = load_agency(data, "office", catalog, AS_OF)
    return [*agency.problems, *check_references([index_of(agency)])]


def misplaced(found: list[Resolved], name: str, content: bytes) -> list[Resolved]:
    """Return the problems of a file that stand on a line it has not."""
    lines = (
        content.count(b"\n") + content.count(b"\r") + content.count(b"\xc2\x85") + content.count(b"\xe2\x80\xa8") + 1
    )
    return [one for one in found if one.file == name and not 1 <= one.line <= lines]


def try_batch(root: Path, first: int) -> list[tuple[int, str]]:
    """Return what is wrong with how these mutants were read: their numbers, and what happened."""
    data = root / str(os.getpid())
    if not data.exists():
        hostile_data.write_base(data)
    files, wrong = good_files(data), []
    catalog, _ = load_catalog(data)
    assert catalog is not None
    for number in range(first, first + AT_ONCE):
        name, content = mutant(number, files)
        (data / name).write_bytes(content)
        begun = time.process_time()
        problems = agency_problems(data, catalog) if name.startswith("agencies/") else problems_of(data)
        found = resolve(data, problems)
        reports = as_text(data, found), as_json(found), as_github(data, found)
        taken = time.process_time() - begun
        (data / name).write_bytes(files[name])
        if taken > LONGEST or misplaced(found, name, content) or not all(isinstance(one, str) for one in reports):
            wrong.append((number, f"{name}: {taken:.1f} s, {misplaced(found, name, content)}"))
    return wrong


def test_whatever_chance_makes_of_a_file_is_read_or_refused(
    tmp_path: Path, request: pytest.FixtureRequest, times: Callable[[int, int], int]
) -> None:
    """No mutant raises, kills its reader, takes 2 s or 1 GB, or is complained of on a line that it has not."""
    count = times(request.config.getoption("--mutants"), 100_000)
    firsts = range(0, count, AT_ONCE)
    outcomes = dict(zip(firsts, tried(partial(try_batch, tmp_path), firsts, None, BATCH), strict=True))

    assert {first: outcome for first, outcome in outcomes.items() if isinstance(outcome, Lost) or outcome} == {}


def test_chance_reaches_every_file(tmp_path: Path) -> None:
    """Mutants are of every kind of file, and hardly any is the file it was made from."""
    files = good_files(hostile_data.write_base(tmp_path / "data"))
    made = [mutant(number, files) for number in range(1000)]

    assert {name for name, _ in made} == files.keys()
    assert sum(content == files[name] for name, content in made) < 100
    assert made == [mutant(number, files) for number in range(1000)]
