"""The smallest wrong data for each problem code, and the report that an official reads, to the column."""

import ast
import re
import shutil
from pathlib import Path

import broken_data
import pytest

import generator
from generator.report import resolve
from generator.texts import load_strings

# What no data folder can show: each is raised where a test of the module says.
ELSEWHERE = {
    "agency-crashed": "no known data crash the reader; see test_workers",
    "agency-took-too-long": "no known data hang the reader; see test_workers",
    "agency-too-large": "no known data exceed the reader's memory; see test_workers",
    "file-unreadable": "a folder copied by git can always be read; see test_read_text",
}
LIMIT = 40
CODE = re.compile("[a-z]+(?:-[a-z0-9]+)+")
NOT_CODES = {"utf-16", "utf-8-sig", "vehicle-tax", "windows-874"}


def sentences() -> set[str]:
    """Return the codes that have sentences."""
    keys = load_strings("th").patterns
    return {key.split(".")[1] for key in keys if key.startswith("problem.")}


@pytest.mark.parametrize("code", broken_data.codes())
def test_broken_data_gives_its_report(code: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The data of a code has that problem, and the report says so in these words and at these places."""
    report = broken_data.report_of(broken_data.make(code, tmp_path))
    expected = broken_data.BROKEN / code / broken_data.EXPECTED
    if request.config.getoption("--rewrite"):
        expected.write_text(report, encoding="utf-8")

    assert f"[{code}]" in report
    assert report == expected.read_text(encoding="utf-8")


def test_the_base_is_good(tmp_path: Path) -> None:
    """What the broken folders are laid over has no problem of its own."""
    shutil.copytree(broken_data.BASE, tmp_path / "data")

    assert broken_data.problems_of(tmp_path / "data") == []


def test_every_code_has_data() -> None:
    """A code that the report can say has the smallest data that brings it about, and no folder has an unknown code."""
    assert sorted(sentences() - set(broken_data.codes()) - ELSEWHERE.keys()) == []
    assert sorted(set(broken_data.codes()) - sentences()) == []


def test_every_code_in_the_program_has_sentences() -> None:
    """A code that could be raised without words for it would end in a KeyError before an official's eyes."""
    package = Path(generator.__file__).parent
    sources = [*sorted((package / "intake").glob("*.py")), package / "values.py"]
    words = {
        node.value
        for source in sources
        for node in ast.walk(ast.parse(source.read_bytes()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }

    assert sorted(words - sentences() - NOT_CODES) == []


def test_there_are_as_many_codes_as_the_contract_has_rules() -> None:
    """Every sentence of the contract that can be broken has a code of its own: at least ninety."""
    assert len(sentences()) >= 90


@pytest.mark.parametrize("code", broken_data.codes())
def test_no_report_is_long(code: str, tmp_path: Path) -> None:
    """A value is cut at 40 characters, and every message and hint is said in both languages."""
    root = broken_data.make(code, tmp_path)

    for one in resolve(root, broken_data.problems_of(root)):
        assert len(one.value) <= LIMIT
        assert one.messages.keys() == one.hints.keys() == {"th", "en"}
        assert one.line >= 1
        assert one.column >= 1
