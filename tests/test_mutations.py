"""Any one-character change to any file of the sample gives a catalog, or problems that lie in that file.

Never a traceback.  A changed id is the one exception to the place: what named the old one is told, with the changed file.
"""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from broken_data import AS_OF

from generator.intake.load import load_agency, load_catalog
from generator.intake.load_service import load_service
from generator.intake.references import AgencyIndex, check_references, index_of
from generator.model import Catalog
from generator.problems import Problem
from generator.report import Resolved, resolve

SAMPLE = Path(__file__).parent / "sample"
SEED = 20261122
# What may be typed, pasted or lost: syntax of both formats, digits of three kinds, and characters nobody sees.
LETTERS = "aZ0 9_-.,:;'\"#&*!|>%@`[]{}?=<~\\/+\n\r\t\0\x07\x85\u00a0\u200b\u200e\u2028\ufeff\ufffdกำ่๐０😀"


@dataclass(frozen=True, slots=True)
class Good:
    """The unchanged sample: its catalog, what other agencies must know of each, and its problems."""

    catalog: Catalog
    indexes: dict[str, AgencyIndex]
    problems: frozenset[str]


def read(root: Path, catalog: Catalog, agency_id: str) -> tuple[AgencyIndex, tuple[Problem, ...]]:
    """Return what others must know of one agency, and its problems."""
    data = load_agency(root, agency_id, catalog, AS_OF)
    return index_of(data), data.problems


def load_all(root: Path) -> tuple[Catalog | None, dict[str, AgencyIndex], list[Problem]]:
    """Return the catalog, every agency by id, and all problems."""
    catalog, problems = load_catalog(root)
    indexes: dict[str, AgencyIndex] = {}
    for agency_id in catalog.agency_ids if catalog else ():
        indexes[agency_id], found = read(root, catalog, agency_id)
        problems.extend(found)
    return catalog, indexes, [*problems, *check_references(indexes.values())]


def problems_of(root: Path, good: Good, file: str) -> list[Problem]:
    """Return the problems of the data with this one file changed; only what it can touch is read again."""
    if not file.startswith("agencies/"):
        return load_all(root)[2]
    agency_id = file.split("/")[1]
    index, problems = read(root, good.catalog, agency_id)
    indexes = {**good.indexes, agency_id: index}
    return [*problems, *check_references(indexes.values())]


def named(problem: Problem) -> str:
    """Return a problem as a text that equal problems share."""
    facts = {name: str(fact) for name, fact in problem.facts.items()}
    return f"{problem.code} {problem.place} {sorted(facts.items())}"


def mutants(count: int) -> Iterator[tuple[str, str, str]]:
    """Yield a file's name, its changed text, and what was changed."""
    chance = random.Random(SEED)  # a seed, not a secret
    files = sorted(path for path in SAMPLE.rglob("*") if path.is_file())
    texts = {path.relative_to(SAMPLE).as_posix(): path.read_text(encoding="utf-8") for path in files}
    names = list(texts)
    for _ in range(count):
        name = chance.choice(names)
        text = texts[name]
        at, letter = chance.randrange(len(text)), chance.choice(LETTERS)
        kind = chance.choice(("replace", "insert", "delete"))
        changed = text[:at] + ("" if kind == "delete" else letter) + text[at + (kind != "insert") :]
        yield name, changed, f"{kind} {letter!r} at {at} of {name}: {text[max(at - 20, 0) : at + 20]!r}"


def lies_in(problem: Problem, file: str) -> bool:
    """Return whether a problem lies in the changed file, or is about an id that the file no longer gives."""
    return problem.place.file == file or problem.code.startswith("id-unknown")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample that may be changed."""
    root = tmp_path_factory.mktemp("mutants") / "sample"
    shutil.copytree(SAMPLE, root)
    return root


@pytest.fixture(scope="module")
def good(copy: Path) -> Good:
    """The unchanged sample, which has no error."""
    catalog, indexes, problems = load_all(copy)

    assert catalog is not None
    assert [problem for problem in problems if problem.severity == "error"] == []
    return Good(catalog, indexes, frozenset(named(problem) for problem in problems))


def test_one_character_changed(copy: Path, good: Good, request: pytest.FixtureRequest) -> None:
    """No change brings the program down, and a new error lies in the changed file, on a line that it has."""
    for file, text, change in mutants(request.config.getoption("--mutants")):
        before = (copy / file).read_bytes()
        (copy / file).write_bytes(text.encode("utf-8"))
        new = [problem for problem in problems_of(copy, good, file) if named(problem) not in good.problems]
        resolved = resolve(copy, new)
        (copy / file).write_bytes(before)

        errors = [problem for problem in new if problem.severity == "error"]
        assert not errors or any(lies_in(problem, file) for problem in errors), f"{change}\n{errors}"
        assert_places(resolved, file, text, change)


def assert_places(resolved: list[Resolved], file: str, text: str, change: str) -> None:
    """A problem of the changed file is on a line and in a column that the file has."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for one in resolved:
        if one.file == file:
            assert 1 <= one.line <= len(lines), f"{change}\n{one}"
            assert 1 <= one.column <= len(lines[one.line - 1]) + 1, f"{change}\n{one}"


# A value of every kind, to stand where another kind is due.
OTHERS = (
    "3",
    "-1",
    "x",
    "[x]",
    "[[x]]",
    "{a: b}",
    "true",
    "none",
    "2569-01-01",
    "1.5",
    "'3'",
    "[{a: b}]",
    "{add: [x]}",
)
SERVICE = "agencies/transport/services/vehicle-tax.yml"


def values_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each scalar of a YAML text begins and ends."""
    for event in yaml.parse(text, Loader=yaml.CLoader):
        if isinstance(event, yaml.ScalarEvent):
            yield event.start_mark.index, event.end_mark.index


def test_one_value_of_another_kind(copy: Path, good: Good) -> None:
    """Whatever kind of value or key stands where another is due, the service is withheld for a reason in its file."""
    text = (SAMPLE / SERVICE).read_text(encoding="utf-8")
    for number, (begin, end) in enumerate(values_of(text)):
        other = OTHERS[number % len(OTHERS)]
        (copy / SERVICE).write_text(text[:begin] + other + text[end:], encoding="utf-8")
        loaded = load_service(copy, SERVICE, good.catalog, None)

        assert all(one.file == SERVICE for one in resolve(copy, loaded.problems))
        assert (loaded.service is None) == any(problem.severity == "error" for problem in loaded.problems)
    (copy / SERVICE).write_text(text, encoding="utf-8")
