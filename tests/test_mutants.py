"""The small mistakes that `make mutants` makes: which, where, and that they are felt in one process alone."""

import ast
import time
from decimal import Decimal

import pytest
from changes import Change, changed, changes_of
from mutants import MEASURED, interval, sampled
from trials import NOTICED, ROOT, UNNOTICED, swap, tried

from generator.stats.verdicts import verdict

VERDICTS = "generator/stats/verdicts"
SILENT = '''
"""Says what it does."""
from typing import Literal, cast
__all__ = ["kept"]
Kind = Literal["a", "b"]
class Kept:
    """Says what it holds."""
    name: str
def kept(value: "int") -> "int":
    """Says what it returns."""
    assert value, "never"
    return cast("int", value)
'''


def made(source: str) -> set[tuple[str, str]]:
    """Return what becomes what."""
    return {(change.was, change.becomes) for change in changes_of("module", source)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b", {("a < b", "a <= b"), ("a < b", "a >= b"), ("a < b", "pass")}),
        ("a and b", {("a and b", "a or b"), ("a and b", "a"), ("a and b", "b"), ("a and b", "pass")}),
        ("f(a, b)", {("f(a, b)", "f(b, a)"), ("f(a, b)", "pass")}),
        ("f(a=1)", {("f(a=1)", "f()"), ("1", "2"), ("1", "0"), ("f(a=1)", "pass")}),
        ("a[1:]", {("1:", ":"), ("1", "2"), ("1", "0"), ("a[1:]", "pass")}),
        ("not a", {("not a", "a"), ("not a", "pass")}),
        ("a = 'x'", {("a = 'x'", "a = None"), ("'x'", "'xXX'")}),
        ("[a for a in b if a]", {("[a for a in b if a]", "[a for a in b]"), ("[a for a in b if a]", "pass")}),
    ],
)
def test_each_piece_is_changed_as_a_person_might(source: str, expected: set[tuple[str, str]]) -> None:
    """Every comparison, condition, constant, argument and statement is changed in all these ways, and in no others."""
    assert made(source) == expected


def test_what_does_nothing_is_left_alone() -> None:
    """Of annotations, docstrings, names of types, lists of exports and assertions, nothing is changed."""
    assert made(SILENT) == {
        ("return cast('int', value)", "return None"),
    }


def test_every_change_of_the_code_can_be_compiled() -> None:
    """A change names its place so exactly that made again it is the same; a sample of every module shows it."""
    for folder in MEASURED:
        for path in sorted((ROOT / folder).glob("*.py")):
            source = path.read_text("utf-8")
            before = ast.unparse(ast.parse(source))
            for change in list(changes_of(path.stem, source))[::40]:
                assert changed(change, source, "file") != changed(None, before, "file")


def test_a_change_is_felt_by_callers_and_only_in_its_process() -> None:
    """A function that was imported long ago gets the other code, in the trial's process and in none besides."""
    source = (ROOT / f"{VERDICTS}.py").read_text("utf-8")
    (change,) = (one for one in changes_of(VERDICTS, source) if one.function == "keeps" and " > " in one.becomes)

    def trial() -> int:
        swap(change, VERDICTS)
        return UNNOTICED if exactly_kept() == "met" else NOTICED

    assert tried(trial, 30) == NOTICED
    assert exactly_kept() == "met"


def exactly_kept() -> str:
    """Return the verdict where exactly the promised share was kept."""
    return verdict("final", 10, 9, Decimal("0.9"))


def test_a_trial_that_hangs_is_ended() -> None:
    """What takes too long is neither noticed nor unnoticed."""
    assert tried(lambda: time.sleep(60) or UNNOTICED, 0.2) is None


def test_a_trial_that_fails_itself_is_told_apart() -> None:
    """A mistake of the trial's own is never counted as a noticed change."""
    assert tried(lambda: 1 // 0, 30) not in (NOTICED, UNNOTICED, None)


def test_a_sample_has_something_of_every_module() -> None:
    """Each module has its part and at least ten; the same seed chooses the same."""
    changes = [change for name, lines in (("a", 400), ("b", 12)) for change in changes_of(name, "x = 1\n" * lines)]
    chosen = sampled(changes, 100, 1)
    modules = [change.module for change in chosen]

    assert (modules.count("b"), modules.count("a")) == (10, 97)
    assert chosen == sampled(changes, 100, 1) != sampled(changes, 100, 2)


def test_the_interval_holds_the_share() -> None:
    """Of 90 in 100 the interval is the one of the textbooks, and of all it ends at one."""
    assert [round(end, 3) for end in interval(90, 100)] == [0.826, 0.945]
    assert interval(50, 50)[1] == pytest.approx(1)


def test_places_are_told_apart() -> None:
    """Two equal pieces of one function are two changes."""
    changes: list[Change] = list(changes_of("module", "def f(a):\n    g(a, 1)\n    g(a, 1)\n"))

    assert len({(change.place, change.which) for change in changes}) == len(changes)
    assert {change.function for change in changes} == {"f"}
    assert {change.lines for change in changes} == {(2, 2), (3, 3)}
