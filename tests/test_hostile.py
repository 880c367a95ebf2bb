"""Every class of hostile and broken input, run through ``check`` as an official or a workflow runs it."""

import json
import os
import re
from pathlib import Path

import hostile_data
import pytest
from broken_data import AS_OF, problems_of
from click.testing import CliRunner
from hostile_data import Case

from generator import cli
from generator.report import as_github, as_json, as_text, resolve
from generator.views.datasets.columns import tables_by_name
from generator.views.datasets.files import csv_text
from generator.views.datasets.status import problem_rows

CASES = [case for group in hostile_data.groups() for case in hostile_data.cases_of(group)]
COMMAND = re.compile("^::(?:error|warning) [^\r\n]*$")
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def checked(data: Path) -> str:
    """Return what ``check`` says of a folder; what the program raises is a failure."""
    arguments = ["check", str(data), "--format", "json", "--as-of", AS_OF.isoformat()]
    return CliRunner().invoke(cli.main, arguments, catch_exceptions=False).stdout


def reports(data: Path) -> dict[str, str]:
    """Return the report of a folder in every form, without a process of its own for each agency."""
    found = resolve(data, problems_of(data))
    published = csv_text(tables_by_name(("th", "en"))["problems"], problem_rows(found, False))
    return {
        "text": as_text(data, found),
        "github": as_github(data, found),
        "json": as_json(found),
        "problems.csv": published,
    }


def with_key(key: str) -> list[Case]:
    """Return the cases that say this of themselves."""
    return [case for case in CASES if key in case.done]


def named(case: Case) -> str:
    """Return the name of a case, for the reader of a failed test."""
    return case.name


@pytest.mark.parametrize("group", hostile_data.groups())
def test_what_is_hostile_is_refused_where_it_stands(group: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Each case has exactly its problems, at their lines and columns; what must be accepted has none.

    The last case of each class, and with ``--long`` every one, goes through the command line.
    """
    cases = hostile_data.cases_of(group)
    results = {}
    for number, case in enumerate(cases):
        data = hostile_data.make(case, tmp_path / str(number))
        whole = request.config.getoption("--long") or case is cases[-1]
        results[case.name] = hostile_data.said(case, checked(data) if whole else reports(data)["json"])
    if request.config.getoption("--rewrite"):
        hostile_data.rewrite(group, results)

    assert results == {case.name: case.done["says"] for case in hostile_data.cases_of(group)}


@pytest.mark.parametrize("case", with_key("hint"), ids=named)
def test_a_hint_can_be_typed(case: Case, tmp_path: Path) -> None:
    """What to type instead stands in one hint of the report, in both languages."""
    problems = json.loads(reports(hostile_data.make(case, tmp_path))["json"])["problems"]

    assert [one for one in problems if all(case.done["hint"] in one[f"hint_{code}"] for code in ("th", "en"))]


@pytest.mark.parametrize("case", with_key("secret"), ids=named)
def test_no_report_repeats_personal_data(case: Case, tmp_path: Path) -> None:
    """Not on a terminal, not in an annotation, not in JSON, and not in the table that is published."""
    data, secret = hostile_data.make(case, tmp_path), case.done["secret"]

    assert secret in (data / case.file).read_bytes().decode(case.done.get("encode", "utf-8")) + case.file
    assert [form for form, report in reports(data).items() if secret in report] == []


@pytest.mark.parametrize("case", [case for case in CASES if case.group == "injection"], ids=named)
def test_no_report_is_a_command(case: Case, tmp_path: Path) -> None:
    """Annotations are one line each and nothing else; no line of the text begins or holds a command; none is hidden."""
    said = reports(hostile_data.make(case, tmp_path))
    text, annotations = said["text"], said["github"].splitlines()

    assert len(annotations) == len(case.done["says"])
    assert [line for line in annotations if not COMMAND.match(line)] == []
    assert [line for line in text.splitlines() if line.lstrip().startswith("::") or "##[" in line] == []
    assert CONTROL.search(text) is None
    assert "62615533" not in text


def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    """Reading what is neither a file nor a folder might never end; it is told by its kind."""
    data = hostile_data.write_base(tmp_path / "data")
    os.mkfifo(data / "agencies/office/performance/pipe.csv")
    os.mkfifo(data / "agencies/office/services/pipe.yml")

    assert [problem.code for problem in problems_of(data)] == ["file-unexpected-kind"] * 2


def test_there_are_enough_cases() -> None:
    """At least 250, each with a name of its own and with what is said of it."""
    assert len(CASES) >= 250
    assert len({case.name for case in CASES}) == len(CASES)
    assert [case.name for case in CASES if "says" not in case.done] == []


def test_the_good_data_are_good(tmp_path: Path) -> None:
    """What every case is made from has no problem of its own."""
    assert problems_of(hostile_data.write_base(tmp_path / "data")) == []
