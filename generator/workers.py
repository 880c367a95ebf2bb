"""One agency is one unit of work.  Many are done side by side, in processes that share what the parent has read.

The processes are forked, so a worker sees the job's function and everything it refers to without a copy being sent.
"""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Below this a pool costs more than it saves.
FEW = 4

_job: Callable[[Any], Any] | None = None


def usable_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def each(
    job: Callable[[Item], Result], items: Sequence[Item], jobs: int | None = None, few: int = FEW
) -> Iterator[Result]:
    """Yield ``job(item)`` for each item, in the order of the items, on up to ``jobs`` processes (default: the cores).

    Fewer than ``few`` items are done here.

    ``job`` may be any callable, a closure too: it reaches the workers by fork.  Its results are pickled.
    """
    jobs = jobs or usable_cores()
    if jobs == 1 or len(items) < few or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(job, items)
        return
    global _job  # noqa: PLW0603  # the one way to hand a closure to forked workers
    _job = job
    try:
        gc.freeze()  # what the parent has read is garbage to no worker: it need not be looked through again
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(jobs, mp_context=context, initializer=_collect_seldom) as pool:
            yield from pool.map(_run, items)  # type: ignore[misc]  # the job's own results come back
    finally:
        _job = None
        gc.unfreeze()


def _collect_seldom() -> None:
    """Records are made by the thousand and hold no circles: looking for garbage at Python's usual pace takes a tenth."""
    gc.set_threshold(200_000, 20, 20)


def _run(item: object) -> object:
    assert _job is not None
    return _job(item)
