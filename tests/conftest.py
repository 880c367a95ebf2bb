"""Options of the tests, how far they go, and the one browser of a run."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import chromium
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

__all__ = ["chromium"]  # a fixture: one browser serves every file that a process tests

# Files whose tests look at each kind of page, and may do so side by side.
BY_KIND = frozenset({"test_browser_pages"})
# The same examples in every run and no stopwatch: a slow machine is not a broken program.
settings.register_profile("clearly", deadline=None, derandomize=True)
settings.load_profile("clearly")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--rewrite` brings golden files and printed tables up to date; the diff is reviewed like code.

    `--mutants` says how many one-character changes of the sample, and how many mutants of files of every kind, are tried.
    `--long` is what a night has time for: tests that ask `times` try more, and those marked `long` are run at all.
    """
    parser.addoption("--rewrite", action="store_true", help="write golden files anew, and delete the unused")
    parser.addoption("--mutants", type=int, default=2000, help="how many mutants to try")
    parser.addoption("--long", action="store_true", help="try as much as a night has time for")


def pytest_configure(config: pytest.Config) -> None:
    """At night every property that sets no number of its own is tried on 1,000 examples."""
    if config.getoption("--long"):
        settings.register_profile("long", settings.get_profile("clearly"), max_examples=1000)
        settings.load_profile("long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is marked `long`, unless `--long` asks for it."""
    if not config.getoption("--long"):
        left_out = [item for item in items if item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> "Shared":
    """Share tests out among processes file by file, and those of the file of all pages kind by kind."""
    return Shared(config, log)


class Shared(LoadScopeScheduling):
    """Gives one process the tests that share fixtures: a file, or a kind of page where a file is too long for one."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        kind = re.search(r"\[(.+?)(?:-(?:th|en))?\]$", test) if Path(file).stem in BY_KIND else None
        return f"{file}[{kind[1]}]" if kind else file


@pytest.fixture(scope="session")
def times(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How often a test tries something: `times(50, 1000)` is 50 in `make test`, and 1000 in `make nightly`."""
    long = request.config.getoption("--long")
    return lambda short, full: full if long else short
