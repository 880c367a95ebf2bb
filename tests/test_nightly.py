"""The nightly build never harms the site: killed, out of disk, twice at once or polled, it leaves the old or the new."""

import errno
import hashlib
import json
import os
import random
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from small import ROWS, write_small

from generator.website import assets, build
from generator.website.build import DiskError, build_site, find_configuration
from generator.website.plan import Request
from generator.workers import each

ROOT = Path(__file__).parent.parent
AS_OF = "2026-11-22"
MESSAGES = ("เว็บไซต์เดิมยังอยู่ตามเดิม", "the site already there is unchanged")


def tree(folder: Path) -> str:
    """Return one sum of everything below a folder: names, kinds, modes, links and content."""
    whole = hashlib.sha256()
    for path in sorted((folder, *folder.rglob("*"))):
        status = path.lstat()
        kind = stat.S_IFMT(status.st_mode)
        held = str(path.readlink()).encode() if path.is_symlink() else path.read_bytes() if path.is_file() else b""
        whole.update(
            f"{path.relative_to(folder)}\0{kind}\0{stat.S_IMODE(status.st_mode)}\0{len(held)}\0".encode() + held
        )
    return whole.hexdigest()


def started(data: Path, site: Path, *more: str) -> subprocess.Popen[str]:
    """Start a build in a process group of its own."""
    command = [sys.executable, "-m", "generator", "build", "--data", data, "--site", site, "--as-of", AS_OF, *more]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def beside(site: Path) -> list[str]:
    """Return what stands beside a site."""
    return sorted(path.name for path in site.parent.iterdir())


class Sites:
    """The data of two nights, and the sum of the site of each."""

    def __init__(self, folder: Path) -> None:
        self.old, self.new = write_small(folder / "old"), write_small(folder / "new")
        (self.new / "agencies/sample/performance/2026.csv").write_text(ROWS + "permit,time,2026-09,90,90\n", "utf-8")
        self.first, second = folder / "first", folder / "second"
        started(self.old, self.first).communicate()
        shutil.copytree(self.first, second)
        began = time.monotonic()
        started(self.new, second).communicate()
        self.seconds = time.monotonic() - began
        self.sums = {tree(self.first): "old", tree(second): "new"}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """Two nights."""
    found = Sites(tmp_path_factory.mktemp("nights"))
    assert sorted(found.sums.values()) == ["new", "old"]
    return found


@pytest.fixture
def site(sites: Sites, tmp_path: Path) -> Path:
    """The old site, in a folder of its own."""
    return Path(shutil.copytree(sites.first, tmp_path / "out" / "site"))


# ---- killed ----


def test_killed_at_any_moment_the_site_is_old_or_new(
    sites: Sites, site: Path, times: Callable[[int, int], int]
) -> None:
    """However far a build had come when its whole group was killed, what stands is one of the two, whole; the next build works."""
    moments = random.Random(22)
    seen = set()
    for _ in range(times(3, 50)):
        process = started(sites.new, site)
        time.sleep(moments.uniform(0, 1.05) * sites.seconds)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        seen.add(sites.sums[tree(site)])  # a KeyError is a tree that is neither
    process = started(sites.new, site)
    process.communicate()

    assert seen <= {"old", "new"}
    assert (process.returncode, sites.sums[tree(site)], beside(site)) == (0, "new", ["site"])


@pytest.mark.parametrize("exchange", [True, False], ids=["exchanged", "renamed twice"])
def test_killed_between_two_steps_of_the_swap(
    sites: Sites, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    """Stopped before any step of the swap, and built again for nothing, what stands is the old site or the new."""
    staged = shutil.copytree(sites.first.parent / "second", tmp_path / "staged")
    seen = []
    for stop in range(8):
        _fresh(site, sites.first, staged)
        with monkeypatch.context() as patched:
            _stopping(patched, stop, exchange)
            ended = _ends(lambda: build._put_in_place(site.with_name(".site.new"), site))
        build._recover(site)  # what the next build does first
        seen.append(sites.sums[tree(site)])
        if ended:
            break

    assert seen[0] == "old"
    assert seen[-1] == "new"
    assert seen == sorted(seen, key=["old", "new"].index), "once it is new it stays new"


def _fresh(site: Path, old: Path, staged: Path) -> None:
    shutil.rmtree(site.parent)
    shutil.copytree(old, site)
    shutil.copytree(staged, site.with_name(".site.new"))


class _Killed(BaseException):
    """Stands for the end of the process: nothing catches it."""


def _stopping(patched: pytest.MonkeyPatch, stop: int, exchange: bool) -> None:
    """Have the process end before its ``stop``-th call that changes names."""
    calls = iter(range(99))

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            if next(calls) == stop:
                raise _Killed
            return real(*arguments, **named)

        return call

    patched.setattr(build, "_exchanged", counted(build._exchanged if exchange else lambda one, other: False))
    patched.setattr(Path, "rename", counted(Path.rename))
    patched.setattr(shutil, "rmtree", counted(shutil.rmtree))


def _ends(work: Callable[[], None]) -> bool:
    try:
        work()
    except _Killed:
        return False
    return True


# ---- out of disk ----


class Failing:
    """The ``n``-th time that this process asks the disk for room, there is none."""

    def __init__(self, patched: pytest.MonkeyPatch, nth: int) -> None:
        self.nth, self.asked, self.failed = nth, 0, False
        for owner, name in ((Path, "write_bytes"), (Path, "write_text"), (Path, "mkdir"), (Path, "rename"), (build, "_to_disk"),
                            (build, "_exchanged"), (shutil, "copyfile")):  # fmt: skip
            patched.setattr(owner, name, self._asking(getattr(owner, name)))
        patched.setattr(Path, "open", self._opening(Path.open))

    def _asking(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self._ask()
            return real(*arguments, **named)

        return call

    def _opening(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Path, mode: str = "r", *arguments: Any, **named: Any) -> Any:
            if set(mode) & set("wax+"):
                self._ask()
            return real(path, mode, *arguments, **named)

        return call

    def _ask(self) -> None:
        self.asked += 1
        if self.asked == self.nth:
            self.failed = True
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class Outcome(NamedTuple):
    """How often a build asked for room, whether it once got none, and whether it gave up."""

    asked: int
    failed: bool
    refused: bool


def built_failing(request: Request, site: Path, nth: int) -> Outcome:
    """Build with a disk that is full the ``n``-th time, all in one process of its own: it typesets, and must not fork then."""
    return next(each(partial(_build_failing, request, site), [nth], 1))


def _build_failing(request: Request, site: Path, nth: int) -> Outcome:
    patched = pytest.MonkeyPatch()  # nothing is undone: this process ends with the build
    for module in ("website.press", "website.sums", "pipeline"):
        patched.setattr(f"generator.{module}.{'tried' if module == 'pipeline' else 'each'}", _in_one_process)
    failing = Failing(patched, nth)
    refused = False
    try:
        build_site(request, site, find_configuration())
    except DiskError:
        refused = True
    return Outcome(failing.asked, failing.failed, refused)


def _in_one_process(job: Callable[[Any], Any], items: list[Any], *_: Any) -> Iterator[Any]:
    return map(job, items)


def test_the_nth_write_fails(sites: Sites, site: Path, times: Callable[[int, int], int]) -> None:
    """Whichever write, open, folder or rename finds the disk full, the old site stays whole and nothing is left beside it."""
    request = Request(sites.new, date.fromisoformat(AS_OF), jobs=1)
    needed = built_failing(request, site, 0).asked
    shutil.rmtree(site)
    shutil.copytree(sites.first, site)
    last = needed - 1  # the one after it only asks that the new name be written too, and the site stands
    few = times(5, last)
    for nth in sorted({1 + at * (last - 1) // (few - 1) for at in range(few)}):
        assert built_failing(request, site, nth)[1:] == (True, True), nth
        assert sites.sums[tree(site)] == "old", nth
        assert beside(site) == ["site"], nth

    assert built_failing(request, site, needed)[1:] == (True, False)
    assert (sites.sums[tree(site)], beside(site)) == ("new", ["site"])


def test_a_disk_that_is_full_is_said_in_both_languages(sites: Sites, site: Path, tmp_path: Path) -> None:
    """A build that may write no large file ends with 1, a sentence in each language and no traceback."""
    told = tmp_path / "status.json"
    process = started(sites.new, site, "--status", str(told))
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (20_000, 20_000))
    out, said = process.communicate()

    assert process.returncode == 1, said
    assert "Traceback" not in out + said
    assert "เขียนลงโฟลเดอร์" in said
    assert "writing in" in said
    assert all(message in said for message in MESSAGES)
    assert sites.sums[tree(site)] == "old"
    assert beside(site) == ["site"]
    assert {"published": False, "reason": "disk"}.items() <= json.loads(told.read_bytes()).items()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_small_disk_fills_up(sites: Sites, tmp_path: Path) -> None:
    """On a disk that has room for the old site and a part of the new one, the old one stays."""
    disk = tmp_path / "disk"
    disk.mkdir()
    size = sum(path.stat().st_blocks * 512 for path in sites.first.rglob("*")) * 3 // 2
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk], check=False).returncode:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        site = Path(shutil.copytree(sites.first, disk / "site"))
        process = started(sites.new, site)
        _, said = process.communicate()

        assert process.returncode == 1, said
        assert os.strerror(errno.ENOSPC) in said
        assert "Traceback" not in said
        assert sites.sums[tree(site)] == "old"
        assert beside(site) == ["site"]
    finally:
        subprocess.run(["umount", disk], check=True)


# ---- read meanwhile, and twice at once ----


def test_a_reader_never_misses_a_page(sites: Sites, site: Path, times: Callable[[int, int], int]) -> None:
    """Through builds that take turns, a page, the style it names and the data of the page are always there, and whole."""
    wrong: list[str] = []
    done = threading.Event()
    reader = threading.Thread(target=_poll, args=(site, done, wrong))
    reader.start()
    try:
        for turn in range(times(3, 100)):
            data = sites.old if turn % 2 else sites.new
            build_site(Request(data, date.fromisoformat(AS_OF), jobs=1), site, find_configuration())
    finally:
        done.set()
        reader.join()

    assert wrong == []


def _poll(site: Path, done: threading.Event, wrong: list[str]) -> None:
    """Read a page and a file of data, each by its name alone, as a server would, until the builds are over."""
    whole = {"index.html": b"</html>\n", "data/agencies/sample/permit.csv": b"\n", "status.json": b"}\n"}
    while not done.is_set():
        try:
            read = {name: (site / name).read_bytes() for name in whole}
            styles = re.findall(rb'href="\./(assets/clearly\.[0-9a-f]{8}\.css)"', read["index.html"])
            found = [(site / style.decode()).stat().st_size for style in styles]
        except OSError as missing:
            wrong.append(str(missing))
            continue
        wrong += [name for name, end in whole.items() if not read[name].rstrip(b"\n").endswith(end.strip())]
        wrong += [] if found and all(found) else ["no style"]
        time.sleep(0.002)


def test_the_second_of_two_builds_says_so(sites: Sites, site: Path) -> None:
    """Two builds at once: one publishes, the other ends with 1, a sentence in each language and no traceback."""
    builds = [started(sites.new, site) for _ in range(2)]
    said = [process.communicate()[1] for process in builds]
    codes = [process.returncode for process in builds]
    busy = "".join(text for text, code in zip(said, codes, strict=True) if code)

    assert sorted(codes) == [0, 1], said
    assert "another build is writing" in busy
    assert "มีการสร้างเว็บไซต์" in busy
    assert "Traceback" not in busy
    assert (sites.sums[tree(site)], beside(site)) == ("new", ["site"])


# ---- files named by their content ----


@pytest.fixture
def other_assets(sites: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let what is built now have other styles and scripts than what was built before."""
    assert sites.first.is_dir()
    own = shutil.copytree(assets.ASSETS, tmp_path / "assets")
    for name in ("clearly.css", "clearly.js", "search.js"):
        (own / name).write_bytes((own / name).read_bytes() + b"\n/* changed */\n")
    monkeypatch.setattr(assets, "ASSETS", own)
    assets.asset_paths.cache_clear()
    yield
    assets.asset_paths.cache_clear()


@pytest.mark.usefixtures("other_assets")
def test_what_old_pages_ask_for_is_there_for_one_more_build(sites: Sites, site: Path, tmp_path: Path) -> None:
    """Every address in the pages of the site before resolves in the new one; those of the one before that are gone."""
    before = Path(shutil.copytree(site, tmp_path / "before"))
    service = sites.new / "agencies/sample/services/permit.yml"
    data = Path(shutil.copytree(sites.new, tmp_path / "data"))
    renamed = service.read_text("utf-8").replace("en: Permit", "en: Licence")
    (data / "agencies/sample/services/permit.yml").write_text(renamed, "utf-8")
    request = Request(data, date.fromisoformat(AS_OF), jobs=1)
    build_site(request, site, find_configuration())
    old = _addresses(before)

    assert [address for address in sorted(old) if not (site / address).exists()] == []
    assert len(old - _addresses(site)) >= 4, "the style, the scripts and both indexes have new names"

    build_site(request, site, find_configuration())
    assert (site / "assets/earlier.json").exists() is False
    assert [address for address in old - _addresses(site) if (site / address).exists()] == []


def _addresses(site: Path) -> set[str]:
    """Return what the pages of a site ask for, as paths below it."""
    found = set()
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        for address in re.findall(r'(?:href|src|data-index)="([^"#?]+)', text):
            if not re.match(r"[a-z]+:|/", address):
                found.add(os.path.relpath(page.parent / address, site))
    return found
