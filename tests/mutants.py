"""Make small mistakes in intake and stats, one at a time, and see whether a test notices.

    python tests/mutants.py [--sample 2000] [--seed 1] [--minutes 100] [--only cells] [--again]

It goes by what `make coverage` left in .cache: of the tests that run the changed line, the quickest and nearest are run
first, until one fails.  Everything is loaded once, and each mistake is made in a process of its own: a function gets
another code; where a constant or a class changes, all modules of ours are loaded anew.  What no test noticed is printed
and kept in .cache/survivors.json; `--again` tries only these.  The exit is 1 where less than 85 % were noticed.
"""

import argparse
import gc
import json
import os
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path

import coverage
import pytest
from changes import Change, changes_of
from contexts import TESTS
from trials import BROKEN, NOTICED, QUIET, ROOT, UNNOTICED, Hasty, path_of, run_anew, run_items, swap, tried

MEASURED = ("generator/intake", "generator/stats")
SURVIVORS = Path(".cache/survivors.json")
FLOOR = 0.85
FILES = 2  # of tests, for one change of a module itself
SLOWEST = 4.0  # seconds; a longer test builds a whole site, and what it would notice is noticed by others


@dataclass(frozen=True, slots=True)
class Seen:
    """Of each module, which tests ran which line; of each test, its seconds; of each file, of how many modules it is."""

    tests: dict[str, dict[int, frozenset[str]]]
    seconds: dict[str, float]
    breadth: dict[str, int]


@dataclass(slots=True)
class Found:
    """What became of the changes that were tried."""

    noticed: list[Change] = field(default_factory=list)
    too_long: list[Change] = field(default_factory=list)
    unnoticed: list[Change] = field(default_factory=list)
    unrun: list[Change] = field(default_factory=list)


def read_seen(modules: Iterable[str]) -> Seen:
    """Return what `make coverage` saw of these modules."""
    data = coverage.CoverageData(".cache/coverage")
    data.read()
    seconds = {name: took for name, took in json.loads(TESTS.read_text("utf-8")).items() if took <= SLOWEST}
    of_file = defaultdict(set)
    for name in seconds:
        of_file[_file(name)].add(name)
    tests, breadth = {}, Counter[str]()
    for module in modules:
        lines = data.contexts_by_lineno(str(path_of(module)))
        tests[module] = {
            line: frozenset(
                name for context in contexts for name in of_file.get(context, (context,)) if name in seconds
            )
            for line, contexts in lines.items()
        }
        breadth.update({_file(name) for names in tests[module].values() for name in names})
    return Seen(tests, seconds, breadth)


def tests_of(change: Change, seen: Seen) -> list[str]:
    """Return the tests that run a changed line, first those that are quick and about few modules.

    A constant runs when it is loaded; it is tested by what runs the functions that name it, or else any of its module,
    and only by the files of tests that are most about it, many tests and few modules, for these are loaded anew each time.
    """
    lines = seen.tests[change.module]
    first, last = change.lines
    at = range(first, last + 1) if change.function else _naming(change)
    found = {name for line in at for name in lines.get(line, ())}
    if not change.function:
        found = found or {name for names in lines.values() for name in names}  # only other constants name it
        count = Counter(map(_file, found))
        files = sorted(count, key=lambda file: (-count[file] / seen.breadth[file], file))[:FILES]
        found = {name for name in found if _file(name) in files}
    return sorted(found, key=lambda name: (seen.seconds[name] * seen.breadth[_file(name)], name))


def _naming(change: Change) -> list[int]:
    text = path_of(change.module).read_text("utf-8").splitlines()
    return [
        number
        for number, line in enumerate(text, 1)
        if not change.lines[0] <= number <= change.lines[1] and any(name in line for name in change.names)
    ]


def sampled(changes: Sequence[Change], size: int, seed: int) -> list[Change]:
    """Return about so many changes by chance, of each module its part and at least ten; mixed, for time may be short."""
    chance = random.Random(seed)
    of_module = defaultdict(list)
    for change in changes:
        of_module[change.module].append(change)
    chosen = []
    for module in sorted(of_module):
        own = of_module[module]
        count = min(len(own), max(10, round(size * len(own) / len(changes))))
        chosen += chance.sample(own, count)
    chance.shuffle(chosen)
    return chosen


class Trials(Hasty):
    """A plugin that, where pytest would run what it collected, tries one change after another."""

    def __init__(
        self, changes: Sequence[Change], seen: Seen, limits: argparse.Namespace, say: Callable[[str], None]
    ) -> None:
        self.changes, self.seen, self.say, self.found = changes, seen, say, Found()
        self.most, self.minutes = limits.most, limits.minutes
        self.last = ROOT / ".cache" / "noticed-by"
        self.noticing: dict[str, list[str]] = defaultdict(list)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try the changes; first, that without a change nothing is noticed."""
        items = {item.nodeid: item for item in session.items}
        gc.collect()
        gc.freeze()
        self._nothing_unchanged(session, items)
        until = time.monotonic() + 60 * self.minutes
        for number, change in enumerate(self.changes, 1):
            if time.monotonic() > until:
                break
            ended = self._tried(session, items, change)
            self.say(f"{number}/{len(self.changes)} {ended} {told(change)}")
        return True

    def _nothing_unchanged(self, session: pytest.Session, items: dict[str, pytest.Item]) -> None:
        """A test that fails anyway would notice everything: the quickest are run with codes that say the same."""
        names = {name for change in self.changes for name in tests_of(change, self.seen) if name in items}
        quickest = self._within(sorted(names, key=self.seen.seconds.__getitem__), 2 * self.most)

        def trial() -> int:
            for module in self.seen.tests:
                swap(None, module)
            return run_items(session, [items[name] for name in quickest], self.last)

        if quickest and tried(trial, 20 + 30 * self.most) != UNNOTICED:
            pytest.exit("tests fail without a change", returncode=BROKEN)

    def _within(self, names: Sequence[str], seconds: float) -> list[str]:
        """Return as many of the names as there is time for."""
        left, chosen = seconds, []
        for name in names:
            left -= self.seen.seconds[name]
            if left < 0 and chosen:
                break
            chosen.append(name)
        return chosen

    def _tried(self, session: pytest.Session, items: dict[str, pytest.Item], change: Change) -> str:
        names = [name for name in tests_of(change, self.seen) if name in items]
        # A test that noticed another change of this module may well notice this one too.
        often = [name for name in self.noticing[change.module] if name in names] if change.function else []
        names = list(dict.fromkeys((*often[:5], *names)))
        if not names:
            self.found.unrun.append(change)
            return "unrun"
        chosen = self._within(names, self.most)

        def trial() -> int:
            if not change.function:
                return run_anew(change, chosen)
            swap(change, change.module)
            return run_items(session, [items[name] for name in chosen], self.last)

        ended = tried(trial, 10 + 3 * sum(self.seen.seconds[name] for name in chosen))
        if ended == BROKEN or ended not in (None, NOTICED, UNNOTICED):
            pytest.exit(f"the trial itself failed ({ended}): {told(change)}", returncode=BROKEN)
        where = {None: self.found.too_long, NOTICED: self.found.noticed, UNNOTICED: self.found.unnoticed}[ended]
        where.append(change)
        if ended == NOTICED and self.last.exists():
            self.noticing[change.module].insert(0, self.last.read_text(encoding="utf-8"))
            self.last.unlink()
        return {None: "too long", NOTICED: "noticed", UNNOTICED: "UNNOTICED"}[ended]


def told(change: Change) -> str:
    """Return a change in one line."""
    was, becomes = (" ".join(text.split())[:110] for text in (change.was, change.becomes))
    return f"{change.module}.py:{change.lines[0]} {change.function or '(module)'}: {was}  ->  {becomes}"


def interval(part: int, whole: int) -> tuple[float, float]:
    """Return between what the true share lies, with 95 % confidence (Wilson)."""
    z = 1.96
    share = part / whole
    middle, half = share + z * z / (2 * whole), z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return (middle - half) / (1 + z * z / whole), (middle + half) / (1 + z * z / whole)


def _file(name: str) -> str:
    return name.partition("::")[0]


def _identity(change: Change) -> list[str]:
    return [change.module, change.function, change.was, change.becomes]


def _modules() -> list[str]:
    paths = (path for folder in MEASURED for path in sorted((ROOT / folder).glob("*.py")))
    return [path.relative_to(ROOT).with_suffix("").as_posix() for path in paths]


def _chosen(options: argparse.Namespace) -> tuple[list[Change], int]:
    wanted = [one for one in _modules() if not options.only or one.rpartition("/")[2] in options.only]
    changes = [change for module in wanted for change in changes_of(module, path_of(module).read_text("utf-8"))]
    if options.again:
        before = json.loads(SURVIVORS.read_text("utf-8"))
        return [change for change in changes if _identity(change) in before], len(changes)
    return sampled(changes, options.sample or len(changes), options.seed), len(changes)


def main() -> int:
    """Try, print and return the exit."""
    parser = argparse.ArgumentParser(description="Make small mistakes, and see whether a test notices.")
    parser.add_argument("--sample", type=int, default=2000, help="about how many; 0 is all of them")
    parser.add_argument("--seed", type=int, default=1, help="which sample")
    parser.add_argument("--most", type=float, default=20, help="seconds of tests for one change")
    parser.add_argument("--minutes", type=float, default=100, help="after which no other change is tried")
    parser.add_argument("--only", nargs="*", help="modules")
    parser.add_argument("--again", action="store_true", help="only what no test noticed the last time")
    options = parser.parse_args()
    os.chdir(ROOT)
    changes, of = _chosen(options)
    seen = read_seen(_modules())
    files = {_file(name) for change in changes for name in tests_of(change, seen)}
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    trials = Trials(changes, seen, options, lambda line: print(line, file=out))
    ended = pytest.main([*QUIET, "-s", *sorted(files)], plugins=[trials])
    if ended not in (pytest.ExitCode.OK, pytest.ExitCode.INTERRUPTED):
        return int(ended)
    return _summed(trials.found, of, lambda line: print(line, file=out))


def _summed(found: Found, of: int, say: Callable[[str], None]) -> int:
    alive = [*found.unnoticed, *found.unrun]
    dead = [*found.noticed, *found.too_long]
    counts = Counter(change.module for change in (*dead, *alive))
    lost = Counter(change.module for change in alive)
    for change in alive:
        say(f"survived: {told(change)}")
    for module, count in sorted(counts.items()):
        say(f"{module:36} {count - lost[module]:5} of {count:5}  {(count - lost[module]) / count:6.1%}")
    share = len(dead) / (len(dead) + len(alive))
    low, high = interval(len(dead), len(dead) + len(alive))
    say(
        f"{len(dead)} of {len(dead) + len(alive)} noticed ({share:.1%}; of all {of} between {low:.1%} and {high:.1%});"
        f" {len(found.too_long)} ran too long, {len(found.unrun)} no test runs"
    )
    SURVIVORS.write_text(json.dumps([_identity(one) for one in alive], ensure_ascii=False, indent=1), encoding="utf-8")
    return 0 if share >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
