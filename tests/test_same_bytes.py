"""The same data give the same bytes, whatever machine, shell, day and hour build them.  ``make nightly`` builds all ten."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations, product
from pathlib import Path

import pytest
from sites import REPOSITORY, build

# What a program runs first: the clocks of Python stand four hundred days ahead, and nothing can be connected to.
# `date.today` is left, since libraries want the very type; that nobody calls it is for tests/test_floors.py to say.
ELSEWHERE = """
import datetime, socket, time
AHEAD = 400 * 86400
def shifted(clock):
    return lambda seconds=None: clock(time.time() if seconds is None else seconds)
now = time.time
time.time = lambda: now() + AHEAD
time.time_ns = lambda: int(time.time() * 10**9)
time.localtime, time.gmtime = shifted(time.localtime), shifted(time.gmtime)
class Moment(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
datetime.datetime = Moment
def refuse(*arguments):
    raise OSError("a build asks the network")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
"""
EPOCH = str(int(datetime(2026, 11, 22, 16, 59, 59, tzinfo=UTC).timestamp()))  # the last second of that day in Bangkok


@dataclass(frozen=True, slots=True)
class Around:
    """Where a build runs: time zone, locale, hash seed, file mask, depth of the path, order of the files, cores."""

    zone: str
    locale: str
    seed: str
    mask: int
    deep: bool
    backwards: bool
    cores: int


# The first two differ in everything; among the ten every value of any one meets every value of any other.
AROUND = (
    Around("Asia/Bangkok", "C.UTF-8", "1", 0o022, False, False, 2),
    Around("America/St_Johns", "C", "7", 0o077, True, True, 1),
    Around("Pacific/Kiritimati", "C.UTF-8", "random", 0o077, True, True, 2),
    Around("America/St_Johns", "C", "random", 0o022, False, False, 1),
    Around("Pacific/Kiritimati", "C", "1", 0o077, False, True, 1),
    Around("Asia/Bangkok", "C", "7", 0o077, True, False, 2),
    Around("Pacific/Kiritimati", "C.UTF-8", "7", 0o022, False, False, 1),
    Around("Asia/Bangkok", "C", "random", 0o022, False, True, 1),
    Around("America/St_Johns", "C.UTF-8", "1", 0o022, True, False, 2),
    Around("Pacific/Kiritimati", "C.UTF-8", "1", 0o077, False, True, 1),
)


@pytest.mark.slow
def test_everywhere_the_same_bytes(tmp_path: Path, times: Callable[[int, int], int]) -> None:
    """Names, bytes and modes of all files have one sum, in ten surroundings (in `make test` two, without papers)."""
    papers = [["--no-papers"], []][times(0, 1)]
    some = list(enumerate(AROUND[: times(2, 10)]))
    sums = {around: tree_sum(built(tmp_path / str(at), around, papers)) for at, around in some}

    assert len(sums) >= 2
    assert len(set(sums.values())) == 1, sums


def test_the_surroundings_differ() -> None:
    """The first two share nothing, and among the ten every value of any one meets every value of any other."""
    rows = [tuple(getattr(around, name) for name in Around.__slots__) for around in AROUND]

    assert len(set(rows)) == 10
    assert not any(one == other for one, other in zip(rows[0], rows[1], strict=True))
    for one, other in combinations(zip(*rows, strict=True), 2):
        assert set(zip(one, other, strict=True)) == set(product(one, other))


@pytest.mark.slow
def test_no_clock_but_the_one_that_is_given(tmp_path: Path) -> None:
    """Four hundred days later and without a network, `--as-of` gives the same bytes; so does SOURCE_DATE_EPOCH."""
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "sitecustomize.py").write_text(ELSEWHERE, encoding="utf-8")
    sample = REPOSITORY / "tests" / "sample"
    build(sample, tmp_path / "now")
    build(sample, tmp_path / "then", PYTHONPATH=str(tmp_path / "later"))
    command = [sys.executable, "-m", "generator", "build", "--data", str(sample), "--site", str(tmp_path / "epoch")]
    subprocess.run(command, cwd=REPOSITORY, env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH}, check=True)

    assert tree_sum(tmp_path / "then") == tree_sum(tmp_path / "now") == tree_sum(tmp_path / "epoch")


def built(place: Path, around: Around, papers: Sequence[str]) -> Path:
    """Return the site that is built of the demonstration data in these surroundings."""
    folder = place / "a path" / "ยาว" / "deep" if around.deep else place
    _copy(REPOSITORY / "sla_data", folder / "sla_data", around.backwards)
    with _masked(around.mask), _on(around.cores):
        build(
            folder / "sla_data",
            folder / "site",
            *papers,
            TZ=around.zone,
            LC_ALL=around.locale,
            PYTHONHASHSEED=around.seed,
        )
    return folder / "site"


def tree_sum(site: Path) -> str:
    """Return the sum of a tree: every name, its mode and its bytes."""
    told = hashlib.sha256()
    for path in sorted(site.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        told.update(
            f"{path.relative_to(site)} {path.stat().st_mode:o} {hashlib.sha256(content).hexdigest()}\n".encode()
        )
    return told.hexdigest()


def _copy(source: Path, target: Path, backwards: bool) -> None:
    """Copy a tree file by file, so that a folder lists its files in another order where they are made backwards."""
    for path in sorted((path for path in source.rglob("*") if path.is_file()), reverse=backwards):
        (target / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target / path.relative_to(source))


@contextmanager
def _masked(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def _on(cores: int) -> Iterator[None]:
    """Let what is started now use so many cores, and so run so many jobs; a machine may have fewer."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:cores])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
