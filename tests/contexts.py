"""A plugin for pytest that remembers which test ran which line, and how long each took: `-p contexts`.

Under `coverage run` each line is noted with the test that ran it; what a fixture runs is noted with its file, for more
than one test may look at it.  Tests that passed are written to `.cache/tests.json` with their seconds.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

TESTS = Path(".cache/tests.json")

_seconds: dict[str, float] = defaultdict(float)
_fixtures: dict[str, float] = defaultdict(float)  # by file: the most that was set up at once, which any test may need
_failed: set[str] = set()


def _switch(context: str) -> None:
    measuring = coverage.Coverage.current()
    if measuring is not None:
        measuring.switch_context(context)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """What runs from here on belongs to the file."""
    _switch(item.nodeid.partition("::")[0])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """What runs within belongs to the test."""
    _switch(item.nodeid)
    yield
    _switch(item.nodeid.partition("::")[0])


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note how long a part of a test took, and whether it passed."""
    if report.when == "setup":
        file = report.nodeid.partition("::")[0]
        _fixtures[file] = max(_fixtures[file], report.duration)
    else:
        _seconds[report.nodeid] += report.duration
    if not report.passed:
        _failed.add(report.nodeid)


def pytest_sessionfinish() -> None:
    """Write what was noted."""
    whole = {name: seconds + _fixtures[name.partition("::")[0]] for name, seconds in sorted(_seconds.items())}
    passed = {name: round(seconds, 4) for name, seconds in whole.items() if name not in _failed}
    TESTS.parent.mkdir(exist_ok=True)
    TESTS.write_text(json.dumps(passed, ensure_ascii=False, indent=0), encoding="utf-8")
