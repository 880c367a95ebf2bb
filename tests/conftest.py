"""Options of the tests, and the one browser of a run."""

import pytest
from browser import chromium
from hypothesis import settings

__all__ = ["chromium"]  # a fixture: one browser serves every file that a process tests

# The same examples in every run and no stopwatch: a slow machine is not a broken program.
settings.register_profile("clearly", deadline=None, derandomize=True)
settings.load_profile("clearly")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--rewrite` brings golden files and printed tables up to date; the diff is reviewed like code.

    `--mutants` says how many one-character changes of the sample are tried.
    """
    parser.addoption("--rewrite", action="store_true", help="write golden files anew, and delete the unused")
    parser.addoption("--mutants", type=int, default=2000, help="how many one-character changes of the sample to try")
