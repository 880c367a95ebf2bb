"""The whole site, put in place all at once: it is made beside the old one, and then the two change names.

A build that is killed leaves the old site as it was.  mkdocs by itself cleans the folder first: of 20 builds killed at
random moments 12 left a broken site.
"""

import ctypes
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import mkdocs.commands.build
import mkdocs.commands.serve
from mkdocs.config import load_config

from generator.paper.typeset import Unable
from generator.problems import Problem
from generator.website.assets import FOLDER
from generator.website.plan import Request, make_plan
from generator.website.plugin import ClearlyPlugin
from generator.website.publish import Published
from generator.workers import DISK_ERRORS

CONFIGURATION = "mkdocs.yml"
# The kernel's own numbers: rename relative to the working folder, and exchange two names (renameat2, Linux 3.15).
_WORKING_FOLDER = -100
_EXCHANGE = 2
_MODES = 0o022  # folders 755, files 644, whatever the shell's own mask is


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: where the site is, for which day, of how many pages, every problem of the data, why no papers."""

    site: Path
    as_of: date
    pages: int
    problems: tuple[Problem, ...]
    no_papers: Unable | None = None


class BusyError(Exception):
    """Another build of the same site is under way."""


class NotASiteError(Exception):
    """The folder holds something that no build of ours made; putting a site there would remove it."""


class DiskError(Exception):
    """The disk is full, or refuses to be written; ``args`` hold what it said."""


class NotPublishedError(Exception):
    """The folder that is said to hold what was published last holds no site of ours."""


def build_site(request: Request, site: Path, configuration: Path | None = None) -> BuildReport:
    """Build the whole site, and put it in the old one's place when it is complete.

    What was published last is the site that is replaced, unless the request names another folder.
    Raises RefusedError where nothing can be published, BusyError while another build writes the same site, DiskError
    where the disk is full, NotASiteError where the folder holds something else, NotPublishedError where the request's ``previous`` does.
    """
    if site.exists() and not (_is_empty(site) or _is_ours(site)):
        raise NotASiteError(str(site))
    if request.previous is not None and not _is_ours(request.previous):
        raise NotPublishedError(str(request.previous))
    configuration = configuration or find_configuration()
    with _own_modes(), _disk_told(), _alone(site) as staging:
        config = load_config(str(configuration), site_dir=str(staging))
        previous = request.previous or (site if _is_ours(site) else None)
        with make_plan(replace(request, previous=previous), Path(config.docs_dir), config.site_url or "") as plan:
            ClearlyPlugin.asked = plan
            try:
                mkdocs.commands.build.build(config)
            finally:
                ClearlyPlugin.asked = None
            _to_disk(staging)
            _put_in_place(staging, site)
            with suppress(OSError):  # the new site stands and is on the disk; only its name may come later
                _to_disk(site.parent)
            pages, no_papers = ClearlyPlugin.published or Published(0)
            return BuildReport(site, plan.prepared.as_of, pages, plan.prepared.problems, no_papers)


def serve_site(request: Request, address: str = "127.0.0.1:8000", configuration: Path | None = None) -> None:
    """Show the site at an address until interrupted, and build it again when data, words or prose change."""
    ClearlyPlugin.asked = request
    try:
        mkdocs.commands.serve.serve(str(configuration or find_configuration()), dev_addr=address)
    finally:
        ClearlyPlugin.asked = None


def find_configuration() -> Path:
    """Return ``mkdocs.yml`` of the working folder, or of the folder that this package was cloned into."""
    for folder in (Path.cwd(), Path(__file__).resolve().parents[2]):
        if (folder / CONFIGURATION).is_file():
            return folder / CONFIGURATION
    raise FileNotFoundError(f"no {CONFIGURATION} here; run this in a clone of the project")


def _is_ours(site: Path) -> bool:
    return any(site.glob(f"{FOLDER}/clearly.*.css"))


def _is_empty(site: Path) -> bool:
    return site.is_dir() and not any(site.iterdir())


@contextmanager
def _alone(site: Path) -> Iterator[Path]:
    """Yield an empty folder beside the site while no other build has one; it is gone in the end."""
    site.parent.mkdir(parents=True, exist_ok=True)
    staging = site.with_name(f".{site.name}.new")
    with _locked(site.with_name(f".{site.name}.lock"), site):
        try:
            _recover(site)
            _remove(staging)
            staging.mkdir()
            yield staging
        finally:
            _remove(staging)


@contextmanager
def _locked(path: Path, site: Path) -> Iterator[None]:
    """Hold a lock that the kernel lets go of when the process dies; its file is gone in the end."""
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not path.exists() or not os.path.samestat(path.stat(), os.fstat(lock.fileno())):
                raise BlockingIOError  # its last holder removed it between our opening and our locking it
        except BlockingIOError:
            raise BusyError(f"another build is writing {site}") from None
        try:
            yield
        finally:
            path.unlink()


@contextmanager
def _own_modes() -> Iterator[None]:
    before = os.umask(_MODES)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def _disk_told() -> Iterator[None]:
    """Say what a disk refused; any other error of the system is a mistake of ours."""
    try:
        yield
    except OSError as refused:
        if refused.errno not in DISK_ERRORS:
            raise
        raise DiskError(os.strerror(refused.errno)) from None


def _to_disk(folder: Path) -> None:
    """Have the system write everything it still holds of a folder's disk, so that no failing of power parts the site.

    Of a file system that writes later, this is when a full disk is known: before the swap, not after it.
    """
    write_out = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if write_out is None:  # only Linux knows one disk from another, and what went wrong
        os.sync()
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        if write_out(handle):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    finally:
        os.close(handle)


def _put_in_place(staging: Path, site: Path) -> None:
    """Exchange two folders' names in one step; where the system cannot, in two."""
    if not site.exists():
        staging.rename(site)
    elif not _exchanged(staging, site):
        old = _old(site)
        site.rename(old)
        staging.rename(site)
        _remove(old)


def _exchanged(one: Path, other: Path) -> bool:
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    done = rename(_WORKING_FOLDER, os.fsencode(one), _WORKING_FOLDER, os.fsencode(other), _EXCHANGE)
    return bool(done == 0)


def _recover(site: Path) -> None:
    """Finish what a build left that was killed between two renames."""
    if _old(site).exists() and not site.exists():
        _old(site).rename(site)
    _remove(_old(site))


def _old(site: Path) -> Path:
    return site.with_name(f".{site.name}.old")


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
