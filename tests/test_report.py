"""How problems read: for people at a terminal, for programs, and beside the lines of a pull request."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from generator.problems import Place, Position, Problem, Word
from generator.report import as_github, as_json, as_text, resolve
from generator.values import Duration

FILE = "agencies/office/services/permit.yml"
TEXT = "title: ใบอนุญาต\nphone: 081-234-5678\nlimit: {value: 60, unit: minute}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A data folder with one file."""
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_text(TEXT, encoding="utf-8")
    return tmp_path


def problem(kind: str, *route: str | int, **facts: object) -> Problem:
    """Return an error of the file."""
    return Problem(kind, "error", Place(FILE, route), facts, "service")


@pytest.mark.parametrize(
    ("place", "position"),
    [
        (Place(FILE, ("limit", "value")), (3, 16)),
        (Place(FILE, ("limit", "value"), of_key=True), (3, 9)),
        (Place(FILE, ("limit", "share")), (3, 8)),
        (Place(FILE, ("steps", 0, "title")), (1, 1)),
        (Place("agencies/office/nothing.yml", ("a",)), (1, 1)),
    ],
)
def test_a_place_is_a_line_and_a_column(root: Path, place: Place, position: tuple[int, int]) -> None:
    """A value points at itself, a key at the key, what is missing at its deepest ancestor, a missing file at its start."""
    one = resolve(root, [Problem("value-empty", "error", place)])[0]

    assert (one.line, one.column) == position


def test_problems_are_sorted(root: Path) -> None:
    """By file, line, column and code, whatever order they were found in."""
    found = [problem("value-empty", "limit"), problem("value-empty", "title"), problem("text-empty", "title")]

    assert [(one.line, one.code) for one in resolve(root, found)] == [
        (1, "text-empty"),
        (1, "value-empty"),
        (3, "value-empty"),
    ]


def test_facts_are_said_in_both_languages(root: Path) -> None:
    """Durations, interface words and names of languages are each language's own; days and numbers are as typed."""
    limit = Duration(value=60, unit="minute")
    facts = {"sum": Duration(value=Decimal("1.5"), unit="hour"), "limit": limit}
    steps = resolve(root, [problem("steps-differ-from-promise", "title", **facts)])[0]
    encoding = resolve(root, [problem("encoding-not-utf8", encoding=Word("encoding.windows-874"))])[0]
    language = resolve(root, [problem("text-first-language-missing", "title", language="en", code="en")])[0]

    assert "1.5 ชั่วโมง" in steps.messages["th"].replace("\u00a0", " ")
    assert "60 minutes" in steps.messages["en"].replace("\u00a0", " ")
    assert "แบบเก่าของ Excel" in encoding.messages["th"]
    assert "the older Thai Excel form" in encoding.messages["en"]
    assert "ภาษาอังกฤษ" in language.messages["th"]


def test_no_report_repeats_personal_data(root: Path) -> None:
    """Neither a value nor a hint nor the line of the file shows a telephone number or a citizen id."""
    found = [problem("value-ambiguous", "phone", value="081-234-5678", suggestion='"081-234-5678"')]
    resolved = resolve(root, found)

    for report in (as_text(root, resolved), as_json(resolved), as_github(root, resolved)):
        assert "5678" not in report
        assert "081" not in report


def test_a_value_is_cut(root: Path) -> None:
    """At 40 characters, on one line."""
    one = resolve(root, [problem("value-not-a-list", "title", value="ก\n" * 50)])[0]

    assert len(one.value) == 40
    assert "\n" not in one.value


def test_the_mark_stands_under_the_value(root: Path) -> None:
    """Thai vowels above and below take no column of a terminal."""
    (root / FILE).write_text("{ชื่อ: ที่นี่, phone: 1584}\n", encoding="utf-8")
    report = as_text(root, resolve(root, [problem("value-unquoted", "phone", value="1584", suggestion='"1584"')]))
    lines = report.splitlines()

    assert lines[0].startswith(f"{FILE}:1:23: ")
    assert lines[1] == "   | {ชื่อ: ที่นี่, phone: 1584}"
    assert lines[2] == "   | " + " " * 16 + "^^^^"


def test_both_languages_and_the_effect(root: Path) -> None:
    """Every problem is said in Thai and English, with what is held back until it is corrected."""
    report = as_text(root, resolve(root, [problem("text-empty", "title")]), files=3)

    assert "   = th: “title” เป็นข้อความว่าง\n         วิธีแก้: กรอกข้อความ หรือลบออก\n" in report
    assert "Until it is corrected only this service is held back" in report
    assert report.endswith("Checked 3 files: 1 to correct, 0 to look at\n")


def test_no_problem_is_said_too(root: Path) -> None:
    """Silence could mean that nothing was read."""
    assert as_text(root, [], files=1).splitlines()[-1] == "Checked 1 file: no problems"


def test_many_warnings_of_a_kind_are_one(root: Path) -> None:
    """The first stands for all of its kind in the agency; --all shows each."""
    warnings = [Problem("text-email", "warning", Place(FILE, ("limit",)), {"field": str(n)}) for n in range(9)]
    resolved = resolve(root, warnings)

    assert as_text(root, resolved).count("[text-email]") == 1
    assert "8 problems more like this in office" in as_text(root, resolved)
    assert as_text(root, resolved, whole=True).count("[text-email]") == 9


def test_errors_of_a_file_are_cut(root: Path) -> None:
    """After fifty it is said how many there are more."""
    resolved = resolve(root, [problem("text-empty", "title") for _ in range(60)])

    assert as_text(root, resolved).count("[text-empty]") == 50
    assert "10 problems more in this file" in as_text(root, resolved)


def test_json_is_for_programs(root: Path) -> None:
    """One object, with the counts and every problem's place and words."""
    report = json.loads(as_json(resolve(root, [problem("text-empty", "title")])))

    assert (report["errors"], report["warnings"]) == (1, 0)
    assert report["problems"][0]["line"] == 1
    assert report["problems"][0]["withheld"] == "service"
    assert {"message_th", "message_en", "hint_th", "hint_en"} <= report["problems"][0].keys()


def test_annotations_are_relative_to_the_working_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GitHub looks for the file in the repository, not in the data folder."""
    monkeypatch.chdir(root / "agencies")
    command = as_github(root, resolve(root, [problem("text-empty", "title")]))

    assert command.startswith(
        "::error file=office/services/permit.yml,line=1,endLine=1,col=8,endColumn=16,title=text-empty::"
    )


def test_no_value_can_start_a_command(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Line ends and the marks of properties are escaped, in file names too."""
    monkeypatch.chdir(root)
    value = "x\n::set-output name=a::b\r\n::error::%0A"
    place = Place("agencies/a,line=9::\n::warning::/x.yml")
    found = Problem("value-not-a-list", "error", place, {"value": value}, "none", Position(1, 1))
    report = as_github(root, resolve(root, [found]))

    assert report.count("\n") == 1
    assert "\r" not in report
    assert "%3A%3A" in report
    assert ",line=9" not in report
    assert "%250A" in report
