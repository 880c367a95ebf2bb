"""One small mistake in a process of its own: where it is made, and whether a test notices."""

import functools
import importlib
import importlib.abc
import importlib.machinery
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.util import spec_from_loader
from math import ceil
from pathlib import Path
from types import CodeType, ModuleType

import pytest
from changes import Change, changed
from hypothesis import Phase, settings

ROOT = Path(__file__).parent.parent
NOTICED, UNNOTICED, BROKEN = 10, 11, 12  # how a trial ends
# A test that fails says here no more than that: how it failed, and the smallest example, take seconds to find.
QUIET = ("-q", "-p", "in_process", "-p", "no:cacheprovider", "-p", "no:faulthandler", "--assert=plain", "--tb=native")


def path_of(module: str) -> Path:
    """Return the file of a module that is named as `generator/stats/due`."""
    return ROOT / f"{module}.py"


def _name(module: str) -> str:
    return module.replace("/", ".")


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
    _swap_codes(loaded, changed(change, path_of(module).read_text("utf-8"), str(path_of(module))), change)
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
        if str(getattr(module, "__file__", None) or "").startswith(ours) and name not in (
            "changes",
            "trials",
            "__main__",
        ):
            del sys.modules[name]
    sys.meta_path.insert(0, _Changed(change))
    loaded = None
    with suppress(Exception):  # whatever a module that is wrong raises while it is loaded
        loaded = importlib.import_module("generator.pipeline")
    if loaded is None:
        return NOTICED
    files = sorted({name.partition("::")[0] for name in names})
    ended = pytest.main([*QUIET, "-x", *files], plugins=[_Only(names)])
    if ended == pytest.ExitCode.OK:
        return UNNOTICED
    # A failed test; or one whose module cannot be loaded.
    return NOTICED if ended in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED) else BROKEN


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module with a change."""

    def __init__(self, change: Change) -> None:
        self.module = change.module
        self.code = changed(change, path_of(change.module).read_text("utf-8"), str(path_of(change.module)))

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        """Return the module's own place, or nothing for all others."""
        here = name == _name(self.module)
        return spec_from_loader(name, self, origin=str(path_of(self.module))) if here else None

    def create_module(self, _spec: importlib.machinery.ModuleSpec) -> None:
        """Leave the making of the module to Python."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed code."""
        module.__file__ = str(path_of(self.module))
        exec(self.code, vars(module))


class Hasty:
    """Keeps hypothesis from looking for the smallest example."""

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self) -> None:
        """Choose the profile before any test is loaded."""
        settings.register_profile("hasty", settings.get_profile("clearly"), phases=(Phase.explicit, Phase.generate))
        settings.load_profile("hasty")


class _Only(Hasty):
    """Keeps the tests of these names, in their order."""

    def __init__(self, names: Sequence[str]) -> None:
        self.order = {name: at for at, name in enumerate(names)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the others."""
        items[:] = sorted((one for one in items if one.nodeid in self.order), key=lambda one: self.order[one.nodeid])
