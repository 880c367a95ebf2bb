"""One agency is one unit of work.  Work is done by workers: processes that share what the parent has read, one item each.

The workers are forked, so each sees the job and everything it refers to without a copy being sent.  Whatever happens to
a worker, it may die, hang or ask for too much memory, costs the item it had in hand and no other: ``tried`` says so
in its place, ``each`` raises.
"""

import errno
import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from time import monotonic
from typing import Any, Final, Literal, TypeVar, cast

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one item may take: seconds by the clock on the wall, and bytes of memory beyond what the parent held."""

    seconds: float
    memory: int | None = None


# What a full or failing disk says.  It is a fault of the machine and of no item: it is raised in the parent.
DISK_ERRORS: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS})

# The largest agency we plan for, 1,000 services with 120 months each, is read in 10 s of one idle core and 130 MB.
# The clock runs on a busy machine too, where it took 27 s: so ten times that, and eight times the memory.
READING: Final = Limits(300, 1 << 30)
# Publishing draws from records that were checked, so it has no limit on memory; Parquet of a country needs what it needs.
PUBLISHING: Final = Limits(3600)


@dataclass(frozen=True, slots=True)
class Lost:
    """Stands for an item that gave no result; ``said`` is how its worker ended: a signal, or what it was denied."""

    reason: Literal["crashed", "too-large", "took-too-long"]
    said: str


class LostError(Exception):
    """An item that must not be lost gave no result: a mistake of this program or of the machine, not of the data."""

    def __init__(self, item: object, lost: Lost) -> None:
        super().__init__(f"{item}: {lost.reason} ({lost.said})")
        self.item, self.lost = str(item), lost


@dataclass(slots=True)
class _Worker:
    """A worker as the parent knows it: ``item`` is what it has in hand, until when, and whether it is its first."""

    process: ForkProcess
    pipe: "Connection[Any, Any]"
    item: int | None = None
    until: float = 0
    fresh: bool = True


def usable_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def each(
    job: Callable[[Item], Result], items: Sequence[Item], jobs: int | None = None, limits: Limits = PUBLISHING
) -> Iterator[Result]:
    """Yield ``job(item)`` for each item, in the order of the items, on up to ``jobs`` workers (default: the cores).

    ``job`` may be any callable, a closure too: it reaches the workers by fork.  Its results are pickled.
    Raises LostError for the first item that gives none; what the job itself raised stands on standard error.
    """
    for item, outcome in zip(items, tried(job, items, jobs, limits), strict=True):
        if isinstance(outcome, Lost):
            raise LostError(item, outcome)
        yield outcome


def tried(
    job: Callable[[Item], Result], items: Sequence[Item], jobs: int | None = None, limits: Limits = READING
) -> Iterator[Result | Lost]:
    """Yield ``job(item)`` as ``each`` does, and ``Lost`` in the place of an item that gave no result."""
    if "fork" not in multiprocessing.get_all_start_methods():
        yield from map(job, items)
        return
    most = min(jobs or usable_cores(), len(items))
    waiting = deque(range(len(items)))
    outcomes: dict[int, Result | Lost] = {}
    crew: list[_Worker] = []
    gc.freeze()  # what the parent has read is garbage to no worker: it need not be looked through again
    try:
        for index in range(len(items)):
            while index not in outcomes:
                while waiting and len(crew) < most:
                    crew.append(_started(job, items, limits, crew))
                _hand_out(crew, waiting, limits)
                _gather(crew, waiting, outcomes)
            yield outcomes.pop(index)
    finally:
        gc.unfreeze()
        for worker in crew:
            _end(worker)


def _hand_out(crew: Sequence[_Worker], waiting: deque[int], limits: Limits) -> None:
    """Give every idle worker an item, as long as there are any."""
    for worker in crew:
        if worker.item is None and waiting:
            worker.item, worker.until = waiting.popleft(), monotonic() + limits.seconds
            with suppress(OSError):  # it died while it was idle; gathering finds out
                worker.pipe.send(worker.item)


def _gather(crew: list[_Worker], waiting: deque[int], outcomes: dict[int, Any]) -> None:
    """Wait until a worker is done or overdue, and note what came of its item; a worker that lost it leaves the crew.

    What a worker loses that had other items before is tried once more by a new one: they may have been to blame.
    """
    busy = [worker for worker in crew if worker.item is not None]
    patience = max(min(worker.until for worker in busy) - monotonic(), 0)
    ready = wait([worker.pipe for worker in busy], patience)
    for worker in busy:
        if worker.pipe not in ready and monotonic() < worker.until:
            continue
        item, outcome = cast(int, worker.item), _outcome(worker)
        if isinstance(outcome, Lost):
            crew.remove(worker)
            _end(worker)
        if isinstance(outcome, Lost) and outcome.reason != "took-too-long" and not worker.fresh:
            waiting.appendleft(item)
        else:
            outcomes[item] = outcome
        worker.item, worker.fresh = None, False


def _outcome(worker: _Worker) -> object:
    """Return what a worker sent, or how it was lost: one that is overdue has sent nothing.  Raises what a disk refused it."""
    if not worker.pipe.poll():
        return Lost("took-too-long", "SIGKILL")
    try:
        sent = worker.pipe.recv()
    except (EOFError, OSError):  # it died before it answered, or in the midst of an answer
        worker.process.join()
        code = worker.process.exitcode or 0
        return Lost("crashed", signal.Signals(-code).name if code < 0 else f"exit {code}")
    if isinstance(sent, OSError):
        raise sent
    return sent


def _started(job: Callable[[Any], Any], items: Sequence[Any], limits: Limits, crew: Sequence[_Worker]) -> _Worker:
    ours, theirs = multiprocessing.Pipe()
    others = [ours, *(worker.pipe for worker in crew)]
    arguments = (job, items, limits, theirs, others)
    process = multiprocessing.get_context("fork").Process(target=_serve, args=arguments, daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.process.close()
    worker.pipe.close()


# ---- in the worker's own process ----


def _serve(
    job: Callable[[Any], Any],
    items: Sequence[Any],
    limits: Limits,
    pipe: "Connection[Any, Any]",
    others: Sequence["Connection[Any, Any]"],
) -> None:
    """Do one item after the other as they are asked for, until the parent is gone."""
    # The parent's ends: while a worker holds one, its colleague cannot see that the parent is gone.
    for other in others:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is the parent's to end, and then its workers
    # Records are made by the thousand and hold no circles: looking for garbage at Python's usual pace takes a tenth.
    gc.set_threshold(200_000, 20, 20)
    _limit_memory(limits.memory)
    with suppress(EOFError):
        while True:
            index = pipe.recv()
            try:
                pipe.send(job(items[index]))
            except OSError as refused:
                if refused.errno not in DISK_ERRORS:
                    raise
                pipe.send(refused)
                return
            except MemoryError:
                pipe.send(Lost("too-large", f"{(limits.memory or 0) >> 20} MB"))
                return


def _limit_memory(more: int | None) -> None:
    """Let this process have no more addresses than it has now and ``more`` bytes; where the kernel tells how many those are."""
    import resource  # Windows has none, and no workers either

    sizes = Path("/proc/self/statm")
    if more is None or not sizes.exists():
        return
    held = int(sizes.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    hardest = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = held + more if hardest == resource.RLIM_INFINITY else min(held + more, hardest)
    resource.setrlimit(resource.RLIMIT_AS, (most, hardest))
