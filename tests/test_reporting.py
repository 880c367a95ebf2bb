"""What the workflows do after a build: one issue while it fails, a look at what was published, and odd names on the way."""

import hashlib
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import yaml
from small import write_small

from generator.website.sums import write_sums

ROOT = Path(__file__).parent.parent
# A `gh` that keeps its one issue in a file, and says in another what it was asked to do.
GH = """#!/bin/sh
echo "$1 $2" >> "$GH_LOG"
case "$1 $2" in
  'issue list') cat "$GH_OPEN" 2>/dev/null ;;
  'issue create') echo 7 > "$GH_OPEN" ;;
  'issue close') rm "$GH_OPEN" ;;
esac
exit 0
"""

Report = Callable[[str], list[str]]


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """The step of report.yml, run with these results of jobs; returns what it asked of GitHub."""
    tool, log = tmp_path / "bin" / "gh", tmp_path / "log"
    tool.parent.mkdir()
    tool.write_text(GH, encoding="utf-8")
    tool.chmod(0o755)
    (step,) = yaml.safe_load((ROOT / ".github/workflows/report.yml").read_text("utf-8"))["jobs"]["issue"]["steps"]
    environment = {"PATH": f"{tool.parent}:{os.environ['PATH']}", "GH_LOG": str(log), "GH_OPEN": str(tmp_path / "open")}

    def run(results: str) -> list[str]:
        log.write_text("", encoding="utf-8")
        given = {**environment, "RUN": "https://example.org/1", "WORKFLOW": "nightly", "RESULTS": results}
        subprocess.run(["bash", "-e", "-o", "pipefail", "-c", step["run"]], env=given, cwd=tmp_path, check=True)
        return log.read_text("utf-8").splitlines()

    return run


def test_one_issue_while_it_fails(report: Report) -> None:
    """The first failure opens an issue, the next ones add to it, and the next success closes it."""
    assert report("success failure skipped skipped") == ["issue list", "label create", "issue create"]
    assert report("success success failure") == ["issue list", "issue comment"]
    assert report("success cancelled") == ["issue list", "issue comment"]
    assert report("success success") == ["issue list", "issue close"]
    assert report("success success") == ["issue list"]


# A `gh` of three runs, newest first: one failed before it published, two published.
RUNS = """#!/bin/sh
case "$1 $2" in
  'run list') printf '%s' "$GH_RUNS" ;;
  'run view') [ "$3" = 31 ] && echo skipped || echo success ;;
  'run download')
    [ -n "$GH_GONE" ] && exit 1
    mkdir -p last/made
    echo "$3" > last/made/status.json
    tar -cf last/artifact.tar -C last/made . ;;
esac
"""


@pytest.mark.parametrize(
    ("runs", "gone", "kept", "works"),
    [("31\n30\n29\n", "", "30\n", True), ("31\n", "", None, True), ("", "", None, True), ("30\n", "1", None, False)],
)
def test_a_build_has_what_was_published_last(
    tmp_path: Path, runs: str, gone: str, kept: str | None, works: bool
) -> None:
    """It is that of the newest run which published; where nothing was there is none, where it is gone the build stops."""
    (tmp_path / "gh").write_text(RUNS, encoding="utf-8")
    (tmp_path / "gh").chmod(0o755)
    steps = yaml.safe_load((ROOT / ".github/workflows/nightly.yml").read_text("utf-8"))["jobs"]["build"]["steps"]
    (step,) = (step for step in steps if step.get("name") == "Fetch what was published last")
    told = tmp_path / "env"
    told.touch()
    given = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "GH_RUNS": runs, "GH_GONE": gone, "GITHUB_ENV": str(told)}
    done = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", step["run"]], env=given, cwd=tmp_path, check=False)
    found = tmp_path / "last/site/status.json"

    assert (done.returncode == 0) is works
    assert (found.read_text(encoding="utf-8") if found.exists() else None) == kept
    assert told.read_text(encoding="utf-8") == ("PREVIOUS=last/site\n" if kept else "")


def test_what_a_workflow_is_told_is_no_command(report: Report, tmp_path: Path) -> None:
    """A result that is a command is words in the issue."""
    report("failure $(touch x); touch x")

    assert not list(tmp_path.rglob("x"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of forty files and its sums."""
    folder = tmp_path / "site"
    (folder / "data").mkdir(parents=True)
    for number in range(40):
        (folder / "data" / f"{number}.csv").write_text(f"{number}\n", encoding="utf-8")
    (folder / "status.json").write_text("{}", encoding="utf-8")
    write_sums(folder)
    return folder


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's own name
        """Say nothing."""


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    """Where the site is served."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def published(address: str, site_sum: str, tries: int = 1) -> subprocess.CompletedProcess[str]:
    """Run the check of what is published, without a pause between its tries."""
    command = [sys.executable, str(ROOT / ".ci/published.py"), address, site_sum, "--pauses", *["0"] * (tries - 1)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def sum_of(site: Path) -> str:
    """Return the sum of the list of sums."""
    return hashlib.sha256((site / "SHA256SUMS").read_bytes()).hexdigest()


def test_what_was_built_is_what_is_published(site: Path, address: str) -> None:
    """The same tree passes at the first look."""
    done = published(address, sum_of(site), tries=4)

    assert (done.returncode, done.stdout) == (0, "what is published is what was built\n")


def test_a_mixed_tree_is_reported(site: Path, address: str) -> None:
    """Files of another build are named after every try, a lost status.json too; so is a list of another build."""
    built = sum_of(site)
    for number in range(40):
        (site / "data" / f"{number}.csv").write_text("older\n", encoding="utf-8")
    (site / "status.json").unlink()
    mixed = published(address, built, tries=4)
    write_sums(site)
    older = published(address, built)

    assert mixed.returncode == 1
    assert mixed.stdout.count("status.json is not the one that was built") == 4
    assert mixed.stdout.count(".csv is not the one that was built") == 4 * 20
    assert (older.returncode, older.stdout) == (1, "SHA256SUMS is not the one that was built\n")


def test_nothing_published_is_reported(site: Path) -> None:
    """Where nobody answers the check fails, and is no traceback."""
    done = published("http://127.0.0.1:9/", sum_of(site))

    assert (done.returncode, done.stdout, done.stderr) == (1, "SHA256SUMS is not the one that was built\n", "")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not on PATH")
def test_odd_names_run_nothing(tmp_path: Path) -> None:
    """Files and a branch whose names are commands are reported by name; nothing runs, and no name starts a line."""
    data = write_small(tmp_path / "data")
    services = data / "agencies/sample/services"
    for name in ("$(touch x).yaml", "`touch x`.yaml", "a\n::error::b.yaml", "-rf.yaml", "a b;touch x.yaml"):
        (services / name).write_text("title: x\n", encoding="utf-8")
    for command in (["init", "-q", "-b", "$(touch${IFS}x)"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True, capture_output=True)
    told = _as_in_a_workflow(tmp_path, "check", "data", "--format", "github")
    built = _as_in_a_workflow(tmp_path, "build", "--data", "data", "--site", "site", "--as-of", "2026-11-22")

    assert "$(touch x).yaml" in told.stdout
    assert not [line for line in told.stdout.splitlines() if not line.startswith(("::error file=", "::warning file="))]
    assert built.returncode == 0, built.stderr
    assert not [path for path in (*tmp_path.rglob("x"), ROOT / "x") if path.exists()]


def _as_in_a_workflow(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CI": "true"}
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "content", folder / "content", dirs_exist_ok=True)
    command = [sys.executable, "-m", "generator", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
