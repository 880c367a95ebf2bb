"""A plugin for pytest that reads agencies in the test's own process, where coverage sees it: `-p in_process`.

The workers that isolate agencies are killed when they are done, and with them goes what was seen of their lines.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import pytest

import generator.pipeline

Item = TypeVar("Item")
Result = TypeVar("Result")


def _here(job: Callable[[Item], Result], items: Sequence[Item], *_limits: object) -> Iterator[Result]:
    yield from map(job, items)


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Put a plain map in the workers' place."""
    generator.pipeline.tried = _here
