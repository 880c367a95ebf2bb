"""Whole sites for tests to look at, each built once for all test processes of a run."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
CANADA = REPOSITORY.parent / "shared" / "data" / "canada-2017-2020" / "sla_data"
AS_OF = "2026-11-22"


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all test processes of this run share."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def built(factory: pytest.TempPathFactory, name: str, data: Path, *arguments: str) -> Path:
    """Return the site of a data folder, built by the command line in a process of its own; the first to ask builds it."""
    folder = shared_folder(factory)
    site = folder / f"site-{name}"
    with (folder / f"site-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not site.exists():
            build(data, site, *arguments)
    return site


def build(data: Path, site: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Build a site as anyone would; a build that publishes nothing fails the test with what it said."""
    command = [sys.executable, "-m", "generator", "build", "--data", str(data), "--site", str(site), "--as-of", AS_OF]
    done = subprocess.run(
        [*command, *arguments],
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


def canada_site(factory: pytest.TempPathFactory) -> Path:
    """Return the site of Canada's services, without papers: there are 1,700, and none of its tests reads them."""
    return built(factory, "canada", canada_or_skip(), "--no-papers")


def canada_or_skip() -> Path:
    """Return the Canadian data; skip where it is absent, but never in CI, where it must be."""
    if not CANADA.is_dir():
        assert not os.environ.get("CI"), f"the Canadian data must stand beside the repository in CI: {CANADA}"
        pytest.skip(f"no Canadian data beside the repository ({CANADA})")
    return CANADA
