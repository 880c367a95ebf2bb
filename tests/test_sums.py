"""``SHA256SUMS`` stands for the whole site: what it lists is all there is, and nothing else has those sums."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.website.sums import write_sums


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of 1,200 files in folders whose names sort unlike their paths."""
    for name in _names():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    return tmp_path


def _names() -> Iterator[str]:
    yield from (f"{folder}/{number}.html" for folder in ("a", "a-b", "b") for number in range(400))


def check(site: Path) -> subprocess.CompletedProcess[str]:
    """Check a copy as the data page says."""
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    return subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_file_is_listed_once_and_in_order(site: Path, jobs: int) -> None:
    """All files of the site stand in the list by name, on any number of processes, and the list itself does not."""
    write_sums(site, jobs)
    write_sums(site, jobs)
    listed = [line[66:] for line in (site / "SHA256SUMS").read_text(encoding="utf-8").splitlines()]

    assert listed == sorted(_names())
    assert check(site).returncode == 0


def test_a_changed_byte_is_named(site: Path) -> None:
    """sha256sum names the one file that differs from what was published, and the one that is gone."""
    write_sums(site)
    (site / "a/7.html").write_text("a/7.htmL", encoding="utf-8")
    (site / "b/8.html").unlink()
    done = check(site)

    assert done.returncode == 1
    assert done.stdout.splitlines() == ["a/7.html: FAILED", "b/8.html: FAILED open or read"]
