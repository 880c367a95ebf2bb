"""Make small mistakes in intake and stats, one at a time, and see whether a test notices.

    python tests/mutants.py [--sample 2000] [--seed 1] [--minutes 100] [--only cells] [--again]

It goes by what `make coverage` left in .cache: only tests that run the changed line are run, the quickest and nearest first,
until one fails.  Everything is loaded once, and each mistake is made in a process of its own: a function gets another code; where a
constant or a class changes, all modules of ours are loaded anew.  What no test noticed is printed and kept in
.cache/survivors.json; `--again` tries only these.  The exit is 1 where less than 85 % were noticed.
"""

import argparse
import functools
import gc
import importlib
import importlib.abc
import importlib.machinery
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import spec_from_loader
from math import ceil, sqrt
from pathlib import Path
from types import CodeType, ModuleType

import coverage
import pytest
from changes import Change, changed, changes_of
from contexts import TESTS
from hypothesis import Phase, settings

ROOT = Path(__file__).parent.parent
MEASURED = ("generator/intake", "generator/stats")
SURVIVORS = Path(".cache/survivors.json")
FLOOR = 0.85
FILES = 2  # of tests, for one change of a module itself
SLOWEST = 4.0  # seconds; a longer test builds a whole site, and what it would notice is noticed by others
NOTICED, UNNOTICED, BROKEN = 10, 11, 12  # how a trial ends
# A test that fails says here no more than that: how it failed, and the smallest example, take seconds to find.
QUIET = ("-q", "-p", "in_process", "-p", "no:cacheprovider", "-p", "no:faulthandler", "--assert=plain", "--tb=native")


@dataclass(frozen=True, slots=True)
class Seen:
    """Of each module, which tests ran which line; of each test, its seconds; of each file of tests, how many modules."""

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
        lines = data.contexts_by_lineno(str(_path(module)))
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
    and only by the files of tests that are about the fewest modules, since these are loaded anew each time.
    """
    lines = seen.tests[change.module]
    first, last = change.lines
    at = range(first, last + 1) if change.function else _naming(change) or lines
    found = {name for line in at for name in lines.get(line, ())}
    if not change.function:
        files = sorted({_file(name) for name in found}, key=lambda file: (seen.breadth[file], file))[:FILES]
        found = {name for name in found if _file(name) in files}
    return sorted(found, key=lambda name: (seen.seconds[name] * seen.breadth[_file(name)], name))


def _naming(change: Change) -> list[int]:
    text = _path(change.module).read_text("utf-8").splitlines()
    return [
        number
        for number, line in enumerate(text, 1)
        if not change.lines[0] <= number <= change.lines[1] and any(name in line for name in change.names)
    ]


def sampled(changes: Sequence[Change], size: int, seed: int) -> list[Change]:
    """Return about so many changes by chance, of each module its part, and at least ten; mixed, for there may be less time."""
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


# ---- one trial, in a process of its own ----


def tried(trial: Callable[[], int], seconds: float) -> int | None:
    """Return how a trial ended in a process of its own, or None where it took too long and was ended.

    The seconds are of a processor, so that a busy machine ends nothing; who sleeps is ended after ten times as many.
    """
    folder = tempfile.mkdtemp(prefix="mutant-")
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
        resource.setrlimit(resource.RLIMIT_CPU, (ceil(seconds), ceil(seconds) + 1))
        _be_quiet()
        ended = BROKEN
        try:
            ended = trial()
        finally:
            if sys.exc_info()[0]:
                traceback.print_exc()
            os._exit(ended)
    try:
        return _awaited(child, 10 * seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _be_quiet() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 1)
    if "MUTANTS_LOUD" not in os.environ:
        os.dup2(nothing, 2)


def _awaited(child: int, seconds: float) -> int | None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended and os.WIFEXITED(status):
            return os.waitstatus_to_exitcode(status)
        if ended:  # by a signal: it ran too long, or was brought down by the change
            return None if os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL) else NOTICED
        time.sleep(0.003)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def run_items(session: pytest.Session, items: Sequence[pytest.Item], told: Path) -> int:
    """Run collected tests until one fails, whose name is told in a file."""
    following: Sequence[pytest.Item | None] = [*items[1:], None]
    for item, after in zip(items, following, strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if session.testsfailed:
            told.write_text(item.nodeid, encoding="utf-8")
            return NOTICED
    return UNNOTICED


def swap(change: Change | None, module: str) -> None:
    """Give the functions of a loaded module the code they have after a change."""
    loaded = importlib.import_module(_name(module))
    _swap_codes(loaded, changed(change, _path(module).read_text("utf-8"), str(_path(module))), change)
    for other in [other for name, other in sys.modules.items() if name.startswith("generator")]:
        for value in vars(other).values():
            if isinstance(value, functools._lru_cache_wrapper):
                value.cache_clear()


def _swap_codes(loaded: ModuleType, code: CodeType, change: Change | None) -> None:
    names = [change.function] if change else [name for name in _codes(code) if callable(getattr(loaded, name, None))]
    for name in names:
        there: object = loaded
        wanted = code
        for part in name.split("."):
            there = vars(there)[part] if isinstance(there, type) else getattr(there, part)
            wanted = _codes(wanted)[part]
        function = _bare(there)
        if function is not None:
            function.__code__ = wanted
        elif change:
            raise TypeError(f"{name} has no code of its own")


def _codes(code: CodeType) -> dict[str, CodeType]:
    return {inner.co_name: inner for inner in code.co_consts if isinstance(inner, CodeType)}


def _bare(there: object) -> Callable[..., object] | None:
    """Return the function below what decorates it."""
    for name in ("fget", "__func__", "__wrapped__"):
        there = getattr(there, name, there)
    return there if hasattr(there, "__code__") else None


def run_anew(change: Change, names: Sequence[str]) -> int:
    """Load all modules of ours anew, one of them changed, and run tests until one fails."""
    ours = (str(ROOT / "generator"), str(ROOT / "tests"))
    for name, module in list(sys.modules.items()):
        if str(getattr(module, "__file__", None) or "").startswith(ours) and name not in ("changes", "__main__"):
            del sys.modules[name]
    sys.meta_path.insert(0, _Changed(change))
    loaded = None
    with suppress(Exception):  # whatever a module that is wrong raises while it is loaded
        loaded = importlib.import_module("generator.pipeline")
    if loaded is None:
        return NOTICED
    files = sorted(set(map(_file, names)))
    ended = pytest.main([*QUIET, "-x", *files], plugins=[_Only(names)])
    if ended == pytest.ExitCode.OK:
        return UNNOTICED
    # A failed test; or one whose module cannot be loaded.
    return NOTICED if ended in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED) else BROKEN


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module with a change."""

    def __init__(self, change: Change) -> None:
        self.module = change.module
        self.code = changed(change, _path(change.module).read_text("utf-8"), str(_path(change.module)))

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        """Return the module's own place, or nothing for all others."""
        here = name == _name(self.module)
        return spec_from_loader(name, self, origin=str(_path(self.module))) if here else None

    def create_module(self, _spec: importlib.machinery.ModuleSpec) -> None:
        """Leave the making of the module to Python."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed code."""
        module.__file__ = str(_path(self.module))
        exec(self.code, vars(module))


class _Hasty:
    """Keeps hypothesis from looking for the smallest example."""

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self) -> None:
        """Choose the profile before any test is loaded."""
        settings.register_profile("hasty", settings.get_profile("clearly"), phases=(Phase.explicit, Phase.generate))
        settings.load_profile("hasty")


class _Only(_Hasty):
    """Keeps the tests of these names, in their order."""

    def __init__(self, names: Sequence[str]) -> None:
        self.order = {name: at for at, name in enumerate(names)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the others."""
        items[:] = sorted((one for one in items if one.nodeid in self.order), key=lambda one: self.order[one.nodeid])


# ---- all trials ----


class Trials(_Hasty):
    """A plugin that, where pytest would run what it collected, tries one change after another."""

    def __init__(
        self, changes: Sequence[Change], seen: Seen, limits: argparse.Namespace, say: Callable[[str], None]
    ) -> None:
        self.changes, self.seen, self.say, self.found = changes, seen, say, Found()
        self.most, self.minutes = limits.most, limits.minutes
        self.last = Path(tempfile.mkdtemp(prefix="mutants-")) / "last"
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
        """A test that fails anyway would notice everything, so the quickest of all are run with codes that say the same."""
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


def _path(module: str) -> Path:
    return ROOT / f"{module}.py"


def _name(module: str) -> str:
    return module.replace("/", ".")


def _identity(change: Change) -> list[str]:
    return [change.module, change.function, change.was, change.becomes]


def _modules() -> list[str]:
    paths = (path for folder in MEASURED for path in sorted((ROOT / folder).glob("*.py")))
    return [path.relative_to(ROOT).with_suffix("").as_posix() for path in paths]


def _chosen(options: argparse.Namespace) -> tuple[list[Change], int]:
    wanted = [one for one in _modules() if not options.only or one.rpartition("/")[2] in options.only]
    changes = [change for module in wanted for change in changes_of(module, _path(module).read_text("utf-8"))]
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
