"""What runs on GitHub: pinned, with the least permissions, and closed to what strangers write."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*-wrong.yml"))
OWNERS = ROOT / ".github" / "CODEOWNERS"
LOCKS = sorted(ROOT.glob("requirements*.txt"))

# By commit, with the version beside it; or our own, at the commit of the workflow that asks.
PINNED = re.compile(r"uses: (?:[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\$/\.github/workflows/[a-z]+\.yml)")
# Contexts that whoever opens a pull request or an issue, or starts a workflow by hand, can fill with a shell command.
UNTRUSTED = re.compile(r"\$\{\{.*(github\.(event|head_ref|ref_name|actor)|inputs\.)")
CALLED = "report.yml"  # its inputs come from our own workflows alone
LONG = {("long.yml", "test"): 330, ("mutants.yml", "mutants"): 150}  # minutes of the jobs that nobody waits for

each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)


def test_zizmor_finds_nothing() -> None:
    """Zizmor, offline and pedantic, has nothing to say about .github."""
    zizmor = Path(sys.executable).parent / "zizmor"
    command = [
        str(zizmor),
        "--offline",
        "--pedantic",
        "--strict-collection",
        "--no-progress",
        "--quiet",
        str(ROOT / ".github"),
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_actionlint_finds_nothing() -> None:
    """Actionlint has nothing to say about the workflows."""
    actionlint = shutil.which("actionlint")
    if actionlint is None:
        pytest.skip("actionlint is not on PATH; it is a single program without a package that can be locked")
    ran = subprocess.run([actionlint, *WORKFLOWS], capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout + ran.stderr


@each_workflow
def test_actions_are_pinned(path: Path) -> None:
    """Every action is named by its commit, with its version beside it."""
    uses = [line.strip().removeprefix("- ") for line in path.read_text("utf-8").splitlines() if "uses:" in line]

    assert uses or path.name == CALLED
    assert [line for line in uses if not PINNED.fullmatch(line)] == []


@each_workflow
def test_permissions_are_given_by_job(path: Path) -> None:
    """A workflow as a whole may do nothing; each job says what it needs and how long it may take."""
    workflow = _read(path)

    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert job["permissions"], name
        assert "uses" in job or job["timeout-minutes"] <= LONG.get((path.name, name), 40), name


@each_workflow
def test_pull_requests_get_no_secrets(path: Path) -> None:
    """No workflow runs a stranger's code with the rights of this repository, or keeps its key in the checkout."""
    text = path.read_text("utf-8")

    assert "pull_request_target" not in text
    assert "workflow_run" not in text
    assert "secrets." not in text
    assert text.count("persist-credentials: false") == text.count("actions/checkout@")


@each_workflow
def test_commands_hold_no_expressions(path: Path) -> None:
    """No `run:` holds an expression: values reach a shell as variables, and none that a stranger can write."""
    steps = [step for job in _read(path)["jobs"].values() for step in job.get("steps", ())]
    text = path.read_text("utf-8")

    assert [step["run"] for step in steps if "${{" in step.get("run", "")] == []
    assert not UNTRUSTED.search(text.replace("inputs.results", "") if path.name == CALLED else text)


def test_the_called_workflow_is_only_called() -> None:
    """What takes inputs is started by other workflows of ours and by nobody else."""
    assert list(_read(WORKFLOWS[0].with_name(CALLED))[True]) == ["workflow_call"]  # YAML 1.1 reads `on` as true


def test_only_one_job_can_publish() -> None:
    """Writing to Pages is for one job of one workflow, which runs no code of ours."""
    writers = [
        (path.name, name, [step.get("run") for step in job["steps"]])
        for path in WORKFLOWS
        for name, job in _read(path)["jobs"].items()
        if "pages" in job["permissions"]
    ]

    assert writers == [("nightly.yml", "deploy", [None])]


def test_who_may_write_runs_none_of_our_code() -> None:
    """A job that may write anything or sign takes no checkout, so that no file of the repository runs with its rights."""
    jobs = [(path.name, name, job) for path in WORKFLOWS for name, job in _read(path)["jobs"].items()]
    writers = [(file, name, job) for file, name, job in jobs if "write" in job["permissions"].values()]
    taken = [step.get("uses", "") for _, _, job in writers for step in job.get("steps", ())]

    assert {(file, name) for file, name, job in writers if "steps" in job} == {
        ("nightly.yml", "attest"),
        ("nightly.yml", "deploy"),
        ("report.yml", "issue"),
    }
    assert not [uses for uses in taken if "checkout" in uses or "download-artifact" in uses]


def test_new_releases_wait_a_week() -> None:
    """Dependabot proposes nothing that was released in the last seven days."""
    updates = _read(ROOT / ".github" / "dependabot.yml")["updates"]

    assert {update["package-ecosystem"]: update["cooldown"] for update in updates} == {
        "pip": {"default-days": 7},
        "github-actions": {"default-days": 7},
    }


def test_every_agency_has_an_owner() -> None:
    """Nobody changes the figures of an agency without its own editors."""
    agencies = {path.parent.name for path in (ROOT / "sla_data" / "agencies").glob("*/agency.yml")}
    owned = set(re.findall(r"^/sla_data/agencies/([a-z0-9-]+)/ +@", OWNERS.read_text("utf-8"), re.MULTILINE))

    assert agencies <= owned


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_issue_forms_are_bilingual(path: Path) -> None:
    """Every label of an issue form is in Thai and in English, and its ids are unique."""
    fields = [field for field in _read(path)["body"] if field["type"] != "markdown"]
    labels = [field["attributes"]["label"] for field in fields]
    options = [option for field in fields for option in field["attributes"].get("options", [])]
    ids = [field["id"] for field in fields]

    assert [text for text in labels + options if not re.fullmatch(r".*[ก-๙].* · .*[A-Za-z].*", text)] == []
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_locks_name_no_address(path: Path) -> None:
    """A lock holds versions and hashes: no index, no host and no path of the machine that made it."""
    text = path.read_text("utf-8")
    packages = re.findall(r"^[a-z0-9.-]+==\S+ \\\n {4}--hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)

    assert len(packages) == len(re.findall(r"^[^\s#]", text, re.MULTILINE))
    assert not re.search(r"://|--index|--extra-index|--find-links|--trusted|file:/| @ ", text)


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_lock_extends_the_runtime_lock(path: Path) -> None:
    """Tests, audits and the way out of the stack have the very versions that the site is built with."""
    runtime, other = (
        set(re.findall(r"^[a-z0-9.-]+==[^\s\\]+", lock.read_text("utf-8"), re.MULTILINE))
        for lock in (ROOT / "requirements.txt", path)
    )

    assert len(LOCKS) == 4
    assert runtime <= other


def _read(path: Path) -> dict[str, Any]:
    """Return a workflow or a form as plain data."""
    data: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return data
