"""Work in processes of its own: results in order, and whatever becomes of a worker costs one item and no other."""

import errno
import faulthandler
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from generator import pipeline
from generator.intake.load import load_agency
from generator.model import AgencyData, Catalog
from generator.report import as_text, resolve
from generator.workers import Limits, Lost, LostError, each, tried

AS_OF = date(2026, 11, 22)
SHORT = Limits(60, 256 << 20)
SAMPLE = Path(__file__).parent / "sample"
VICTIM = "roads"


def ended_by(number: int) -> None:
    """End this process by a signal."""
    os.kill(os.getpid(), number)


def fated(item: str) -> str:
    """Return the item, unless its name says what shall become of the worker."""
    faulthandler.disable()  # it would tell pages about what is done here on purpose
    if item == "segfault":
        ended_by(signal.SIGSEGV)
    elif item == "abort":
        os.abort()
    elif item == "exit":
        os._exit(3)
    elif item == "bug":
        raise KeyError(item)
    elif item == "memory":
        return str(len(bytearray(4 << 30)))
    elif item == "hang":
        time.sleep(600)
    return item


@pytest.mark.parametrize(
    ("fate", "lost"),
    [
        ("segfault", Lost("crashed", "SIGSEGV")),
        ("abort", Lost("crashed", "SIGABRT")),
        ("exit", Lost("crashed", "exit 3")),
        ("bug", Lost("crashed", "exit 1")),
        ("memory", Lost("too-large", "256 MB")),
    ],
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_lost_worker_costs_one_item(fate: str, lost: Lost, jobs: int) -> None:
    """Whether it dies, raises or asks for too much, first or last, all others give their results in their order."""
    assert list(tried(fated, ("a", fate, "b", "c"), jobs, SHORT)) == ["a", lost, "b", "c"]
    assert list(tried(fated, (fate,), jobs, SHORT)) == [lost]


def test_a_worker_that_hangs_is_ended() -> None:
    """When its time is up its item is lost, and the others have been done meanwhile or are done after it."""
    outcomes = list(tried(fated, ("a", "hang", "b", "c"), 2, Limits(1)))

    assert outcomes == ["a", Lost("took-too-long", "SIGKILL"), "b", "c"]


def test_a_hang_is_waited_for_once(tmp_path: Path) -> None:
    """An item that overran its time is not tried again, whatever its worker did before."""
    tries = tmp_path / "tries"

    def noted(item: str) -> str:
        with tries.open("a", encoding="utf-8") as out:
            out.write(item[0])
        return fated(item)

    assert list(tried(noted, ("a", "hang", "b"), 1, Limits(1))) == ["a", Lost("took-too-long", "SIGKILL"), "b"]
    assert tries.read_text(encoding="utf-8") == "ahb"


def test_more_memory_is_counted_from_what_was_held() -> None:
    """What the parent holds already is nobody's fault: only what an item takes beyond it is limited."""
    held = bytearray(512 << 20)

    assert list(tried(lambda size: len(bytearray(size)), (1 << 20, 64 << 20), 1, SHORT)) == [1 << 20, 64 << 20]
    assert len(held) == 512 << 20


def test_what_others_left_behind_is_not_held_against_an_item() -> None:
    """An item that a used worker loses is tried again by a new one: it is lost only if it brings that one down too."""
    seen: list[str] = []

    def hoarding(item: str) -> str:
        seen.append(item)
        if len(seen) > 1:
            ended_by(signal.SIGKILL)
        return item

    assert list(tried(hoarding, ("a", "b", "c"), 1, SHORT)) == ["a", "b", "c"]


def test_results_come_in_the_order_of_the_items() -> None:
    """However long each takes, and with a bounded number of workers."""
    waits = (0.3, 0.0, 0.2, 0.1, 0.0)

    assert list(tried(lambda wait: time.sleep(wait) or wait, waits, 3, SHORT)) == list(waits)
    assert list(tried(fated, (), 2, SHORT)) == []


def test_what_must_not_be_lost_raises() -> None:
    """Where no result can be done without, the first loss ends it and names the item and how its worker ended."""
    with pytest.raises(LostError, match=r"^segfault: crashed \(SIGSEGV\)$"):
        list(each(fated, ("a", "segfault", "b"), 2))


def test_no_worker_outlives_who_asked() -> None:
    """Workers are ended when nobody waits for their results any more, and when their parent is killed."""
    script = (
        "import os, signal, time\n"
        "from generator.workers import Limits, tried\n"
        "def job(item):\n"
        "    print(os.getpid(), flush=True)\n"
        "    return item\n"
        "results = tried(job, range(4), 2, Limits(60))\n"
        "next(results), next(results)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)
    workers = {int(line) for line in killed.stdout.split()}

    assert killed.returncode == -signal.SIGKILL
    assert workers
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists() and is_running(pid)]


def is_running(pid: int) -> bool:
    """Return whether a process does anything, for up to five seconds: one that ended may still be listed."""
    for _ in range(50):
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state in "ZX":
            return False
        time.sleep(0.1)
    return True


# ---- an agency that brings its reader down ----


def reading(fate: str, victim: str) -> object:
    """Return a reader that meets its fate at one agency."""

    def read(root: Path, agency_id: str, catalog: Catalog, as_of: date) -> AgencyData:
        if agency_id == victim:
            fated(fate)
        return load_agency(root, agency_id, catalog, as_of)

    return read


@pytest.mark.parametrize(
    ("fate", "code"),
    [("segfault", "agency-crashed"), ("memory", "agency-too-large"), ("hang", "agency-took-too-long")],
)
def test_an_agency_that_cannot_be_read_is_withheld(fate: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is withheld with a problem of its own, with one job too; the others are read as ever."""
    limits = Limits(2 if fate == "hang" else 60, 256 << 20)
    monkeypatch.setattr(pipeline, "load_agency", reading(fate, VICTIM))
    monkeypatch.setattr(pipeline, "READING", limits)
    with pipeline.prepare(SAMPLE, lambda _: AS_OF, jobs=1) as read:
        assert isinstance(read, pipeline.Prepared)
        kept = {agency_id: read.agency(agency_id) for agency_id in read.catalog.agency_ids}
        (problem,) = [problem for problem in read.problems if problem.code.startswith("agency-")]
        report = as_text(SAMPLE, resolve(SAMPLE, [problem]))

    assert [agency_id for agency_id, data in kept.items() if data.agency is None] == [VICTIM]
    assert (problem.code, problem.severity, problem.withheld) == (code, "error", "agency")
    assert f"agencies/{VICTIM}:1:1: ข้อผิดพลาด · error  [{code}]" in report


def test_a_full_disk_is_held_against_no_item() -> None:
    """What a disk refuses a worker is raised here: no agency is withheld for it, and none is tried again."""

    def job(_item: int) -> int:
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="full") as refused:
        list(tried(job, range(3), 2))

    assert refused.value.errno == errno.ENOSPC
