"""Options of the tests."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--rewrite` brings golden files and printed tables up to date; the diff is reviewed like code."""
    parser.addoption("--rewrite", action="store_true", help="write golden files anew, and delete the unused")
