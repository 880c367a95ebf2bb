"""The command line: what it says, in which language, where, and with which exit code (data contract, section 11)."""

import io
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest
from broken_data import make
from click.testing import CliRunner, Result
from rich.console import Console
from small import write_small

from generator import cli
from generator.cli_usage import Day, Group
from generator.texts import load_strings
from generator.website import press

REPOSITORY = Path(__file__).parent.parent
BASE = REPOSITORY / "tests" / "broken" / "_base"
SAMPLE = REPOSITORY / "tests" / "sample"
AS_OF = ("--as-of", "2026-11-22")
THAI = re.compile("[\u0e01-\u0e5b]")
ESCAPE = "\x1b["


def run(*arguments: str | Path) -> Result:
    """Run a command in this process."""
    result = CliRunner().invoke(cli.main, [str(argument) for argument in arguments], prog_name="python -m generator")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def spawn(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command as anyone would, in a process of its own and without a terminal."""
    command = [sys.executable, "-m", "generator", *map(str, arguments)]
    kept = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "NO_COLOR")}
    return subprocess.run(
        command, cwd=REPOSITORY, env={**kept, **environment}, capture_output=True, text=True, check=False
    )


def on_terminal(*arguments: str | Path, **environment: str) -> str:
    """Run a command on a terminal and return what it shows there."""
    ours, its = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "NO_COLOR")}
    with subprocess.Popen(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=REPOSITORY, env={**kept, "TERM": "xterm", **environment}, stdin=its, stdout=its, stderr=its,
    ):  # fmt: skip
        os.close(its)
        shown = b"".join(_read_all(ours))
    os.close(ours)
    return shown.decode()


def _read_all(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            read = os.read(terminal, 65536)
        except OSError:  # on Linux a terminal whose other end is closed cannot be read
            return
        if not read:
            return
        yield read


def commands(group: click.Group, *names: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command with its name, groups too."""
    yield names, group
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, *names, name)
        else:
            yield (*names, name), command


COMMANDS = list(commands(cli.main))


# ---- help ----


@pytest.mark.parametrize(
    ("names", "command"), COMMANDS, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_help_is_in_both_languages_and_shows_an_example(names: tuple[str, ...], command: click.Command) -> None:
    """Every command says in Thai and English what it does and what each option is, and shows how it is typed."""
    result = run(*names, "--help")
    first, *rest = result.stdout.splitlines()
    context = click.Context(command)
    params = [record[1] for param in command.get_params(context) if (record := param.get_help_record(context))]

    assert result.exit_code == 0
    assert first.startswith("วิธีใช้ · Usage: python -m generator")
    assert "  ตัวอย่าง · Example:" in rest
    assert all(THAI.search(text) and re.search("[A-Za-z]{3}", text) for text in [command.help, *params] if text), params
    assert all(param.help for param in command.params if isinstance(param, click.Option))


@pytest.mark.parametrize(
    ("names", "command"), COMMANDS, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_the_example_can_be_typed(
    names: tuple[str, ...], command: click.Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The example in the help is a command with options that there are, where there are data and a site."""
    for folder in ("sla_data", "site"):
        (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path)
    example = (command.epilog or "").splitlines()[-1].partition(" > ")[0].split()
    assert example[:3] == ["python", "-m", "generator"]
    found: click.Command = cli.main
    arguments = example[3:]
    while isinstance(found, click.Group):
        found = found.commands[arguments.pop(0)]

    context = found.make_context("example", arguments)
    assert isinstance(found, click.Command)
    assert names in ((), tuple(example[3 : 3 + len(names)]))
    assert context.params


def test_the_version_is_told() -> None:
    """`--version` names the program and its version."""
    assert re.fullmatch(r"clearly, version \d+\.\d+\.\d+\n", run("--version").stdout)


# ---- wrong usage ----

WRONG = [
    (["chek"], "ไม่มีคำสั่ง “chek” ใกล้เคียงที่สุดคือ check", "there is no command “chek”; the nearest is check"),
    (["xyzzy"], "ไม่มีคำสั่ง “xyzzy” ใช้ได้: build, check", "there is no command “xyzzy”; there are: build, check"),
    (["new", "servce"], "ใกล้เคียงที่สุดคือ service", "the nearest is service"),
    (["check", "--formt", "json"], "ไม่มีตัวเลือก --formt ใกล้เคียงที่สุดคือ --format", "the nearest is --format"),
    (["check", "--xyzzy"], "ไม่มีตัวเลือก --xyzzy", "there is no option --xyzzy"),
    (["check", "--format", "xml"], "เลือกจาก text, github, json", "choose from text, github, json"),
    (["check", "--as-of"], "ตัวเลือก --as-of ต้องมีค่าตามหลัก", "the option --as-of needs a value after it"),
    (["check", "--all=yes"], "ตัวเลือก --all ไม่มีค่าตามหลัก", "the option --all takes no value"),
    (["check", "no-such-folder"], "ไม่มีโฟลเดอร์ “no-such-folder”", "there is no folder “no-such-folder”"),
    (["check", __file__], "เป็นไฟล์ ไม่ใช่โฟลเดอร์", "is a file, not a folder"),
    (["check", str(BASE), "more"], "ใส่มาเกิน: more", "more is given than the command takes: more"),
    (["check", "--as-of", "22/11/2569"], "“22/11/2569” เขียน 2026-11-22", "found “22/11/2569”; write 2026-11-22"),
    (["check", "--as-of", "soon"], "“soon” ไม่ใช่วันที่", "“soon” is not a date"),
    (["new", "service", "land-transport"], "ยังไม่ได้ใส่ SERVICE_ID", "SERVICE_ID is missing"),
    (["build", "--languages", "th,xx"], "ไม่มีคำในหน้าเว็บสำหรับภาษา “xx” ภาษาที่มี: en, th", "there are en, th"),
    (["serve", "--address", "nowhere"], "“nowhere” ไม่ใช่ที่อยู่ในเครื่องนี้", "write one like 127.0.0.1:8000"),
    (["serve", "--address", "localhost:99999"], "เขียนแบบ 127.0.0.1:8000", "write one like 127.0.0.1:8000"),
    (["build", "--site", __file__], "เป็นไฟล์ ไม่ใช่โฟลเดอร์", "is a file, not a folder"),
    (["build", "--data", str(BASE), "--site", str(SAMPLE)], "ไม่ใช่เว็บไซต์นี้ จึงไม่เขียนทับ", "choose another folder with --site"),
    (["build", "--data", str(BASE), "--previous", str(SAMPLE)], "ไม่มีเว็บไซต์ที่เคยเผยแพร่", "holds no published site"),
    (["stats", "--data", str(SAMPLE), "--agency", "road"], "ใกล้เคียงที่สุดคือ “roads”", "the nearest is “roads”"),
    (["stats", "--data", str(SAMPLE), "--agency", "xyzzy"], "ไม่มีหน่วยงาน “xyzzy”", "no agency “xyzzy”"),
    (["new", "agency", "Land Office", "--data", str(BASE)], "เช่น land-office", "for example land-office"),
    (["new", "agency", "con", "--data", str(BASE)], "ใช้ “con” เป็นรหัสไม่ได้", "“con” cannot be an id"),
    (["new", "agency", "office", "--data", str(BASE)], "อยู่แล้ว จึงไม่เขียนทับ", "exists already and is not overwritten"),
    (["new", "service", "zoo", "x", "--data", str(BASE)], "ยังไม่มีหน่วยงาน “zoo”", "there is no agency “zoo” yet"),
    (["new", "service", "ofice", "x", "--data", str(BASE)], "ใกล้เคียงที่สุดคือ “office”", "the nearest is “office”"),
    (["new", "agency", "zoo", "--data", str(REPOSITORY / "tests")], "ไม่มี catalog.yml", "has no catalog.yml"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "thai", "english"), WRONG, ids=lambda value: " ".join(value)[-40:] if isinstance(value, list) else ""
)
def test_wrong_usage_is_told_in_both_languages(arguments: list[str], thai: str, english: str) -> None:
    """What is wrong, with what can be typed, on the standard error, and exit code 2."""
    result = run(*arguments)
    told = result.stderr.splitlines()

    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(told) == 3
    assert told[0].startswith("ข้อผิดพลาด: ")
    assert thai in told[0]
    assert told[1].startswith("Error: ")
    assert english in told[1]
    assert re.fullmatch(r"ดูวิธีใช้ · Help: python -m generator.* --help", told[2])


@pytest.mark.parametrize("group", [(), ("new",)])
def test_no_command_shows_what_there_is(group: tuple[str, ...]) -> None:
    """A group without a command shows its help, and ends as wrong usage."""
    result = run(*group)

    assert result.exit_code == 2
    assert "คำสั่ง · Commands:" in result.stderr


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("22/11/2569", "2026-11-22"),
        ("22-11-2026", "2026-11-22"),
        ("2569-11-22", "2026-11-22"),
        ("2026/11/22", "2026-11-22"),
        ("2026-1-5", "2026-01-05"),
        ("5 ม.ค. 2569", "2026-01-05"),
        ("22 พฤศจิกายน 2569", "2026-11-22"),
        ("22 Nov 2026", "2026-11-22"),
        ("๒๒/๑๑/๒๕๖๙", "2026-11-22"),
        ("29/2/2569", None),
        ("2026-02-30", None),
        ("22 Smarch 2026", None),
        ("20261122", None),
        ("2026-W47-7", None),
        ("", None),
    ],
)
def test_another_way_to_write_a_day_is_answered_with_ours(typed: str, meant: str | None) -> None:
    """A day that can be understood is given back as it is typed here, the Buddhist year as the Gregorian."""
    with pytest.raises(click.BadParameter) as refused:
        Day().convert(typed, None, None)

    if meant:
        assert [line.endswith(f" {meant}") for line in refused.value.message.splitlines()] == [True, True]
    else:
        assert refused.value.message.endswith("write year-month-day, for example 2026-11-22")


def test_a_day_as_it_should_be_is_that_day() -> None:
    """2026-11-22 is the 22nd of November."""
    assert Day().convert("2026-11-22", None, None) == date(2026, 11, 22)


def test_who_stops_the_program_is_told_so() -> None:
    """Stopped by hand it says so in both languages, without a traceback, and ends with 1."""

    @click.command(cls=Group)
    def group() -> None: ...

    @group.command()
    def work() -> None:
        raise KeyboardInterrupt

    result = CliRunner().invoke(group, ["work"])

    assert result.exit_code == 1
    assert "หยุดก่อนเสร็จ" in result.stderr
    assert "stopped before it was done" in result.stderr


# ---- check ----


def test_good_data_ends_with_0() -> None:
    """Without an error the exit code is 0, and the report says how many files were read."""
    result = run("check", BASE, *AS_OF)

    assert result.exit_code == 0
    assert "ตรวจ 4 ไฟล์" in result.stdout
    assert "Checked 4 files" in result.stdout


def test_warnings_alone_end_with_0(tmp_path: Path) -> None:
    """Warnings are told and allowed."""
    result = run("check", make("breakdown-small", tmp_path), *AS_OF)

    assert result.exit_code == 0
    assert "[breakdown-small]" in result.stdout


def test_errors_end_with_1(tmp_path: Path) -> None:
    """An error is told in both languages, with its place, and ends with 1."""
    result = run("check", make("number-comma", tmp_path), *AS_OF)

    assert result.exit_code == 1
    assert re.search(r"^agencies/office/performance/\S+\.csv:\d+:\d+: .*\[number-comma\]$", result.stdout, re.MULTILINE)
    assert "   = th: " in result.stdout
    assert "   = en: " in result.stdout


def test_an_unreadable_catalog_ends_with_1(tmp_path: Path) -> None:
    """Where nothing can be read, `check`, `stats` and `serve` say why, and end with 1."""
    for command in (["check", tmp_path], ["stats", "--data", tmp_path], ["serve", "--data", tmp_path]):
        result = run(*command, *AS_OF)
        assert result.exit_code == 1
        assert "catalog.yml:1:1" in result.stdout


def test_the_three_forms_tell_the_same(tmp_path: Path) -> None:
    """Text for people, JSON for programs, annotations for a pull request: the same problems, the same exit code."""
    data = make("number-comma", tmp_path)
    text, whole, github = (run("check", data, *AS_OF, "--format", form) for form in ("text", "json", "github"))
    (problem,) = json.loads(whole.stdout)["problems"]
    place = f"{problem['file']}:{problem['line']}:{problem['column']}"

    assert {text.exit_code, whole.exit_code, github.exit_code} == {1}
    assert place in text.stdout
    assert problem["code"] == "number-comma"
    assert github.stdout.startswith("::error file=")
    assert f"line={problem['line']}" in github.stdout
    assert problem["message_th"] in github.stdout
    assert problem["message_en"] in github.stdout


def test_all_shows_what_is_otherwise_grouped() -> None:
    """With `--all` every warning stands there."""
    shown, whole = (run("check", REPOSITORY / "sla_data", *AS_OF, *more) for more in ((), ("--all",)))
    told = json.loads(run("check", REPOSITORY / "sla_data", *AS_OF, "--format", "json").stdout)

    assert len(re.findall(r"^\S+:\d+:\d+: ", whole.stdout, re.MULTILINE)) == len(told["problems"])
    assert len(shown.stdout) <= len(whole.stdout)


# ---- build ----


def test_a_build_with_something_held_back_ends_with_0(tmp_path: Path) -> None:
    """It publishes the rest, says on the standard error what is held back, and status.json counts it."""
    site = tmp_path / "site"
    built = spawn("build", "--data", make("number-comma", tmp_path), "--site", site, *AS_OF)
    status = json.loads((site / "status.json").read_bytes())

    assert built.returncode == 0, built.stderr
    assert built.stdout == ""
    assert "พักการเผยแพร่ 1\u00a0แถว\n" in built.stderr
    assert "held back: 1\u00a0row\n" in built.stderr
    assert (status["withheld_rows"], status["errors"]) == (1, 1)
    assert ESCAPE not in built.stderr


def test_a_strict_build_publishes_nothing_if_there_is_an_error(tmp_path: Path) -> None:
    """It tells the errors, writes no site and ends with 1."""
    result = run("build", "--strict", "--data", make("number-comma", tmp_path), "--site", tmp_path / "site", *AS_OF)

    assert result.exit_code == 1
    assert "[number-comma]" in result.stdout
    assert "nothing was published" in result.stderr
    assert not (tmp_path / "site").exists()


def test_a_build_without_a_catalog_ends_with_1(tmp_path: Path) -> None:
    """Nothing can be published without a catalog that can be read."""
    (tmp_path / "data").mkdir()
    result = run("build", "--data", tmp_path / "data", "--site", tmp_path / "site", *AS_OF)

    assert result.exit_code == 1
    assert "catalog.yml:1:1" in result.stdout
    assert not (tmp_path / "site").exists()


# ---- stats, new, schema ----


def test_a_build_that_loses_an_agency_s_pages_ends_with_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The records were checked, so it is the program's fault: it is said so, by name, and the old site stays."""
    site, data = tmp_path / "site", write_small(tmp_path / "data")
    assert run("build", "--data", data, "--site", site, *AS_OF).exit_code == 0
    before = sorted(site.rglob("*"))
    monkeypatch.setattr(press, "press_agency", lambda _press, _agency_id: os.kill(os.getpid(), signal.SIGKILL))
    result = run("build", "--data", data, "--site", site, *AS_OF)

    assert result.exit_code == 1
    assert "สร้างหน้าของ “sample” ไม่สำเร็จ (SIGKILL)" in result.stderr
    assert "the pages of “sample” could not be made (SIGKILL)" in result.stderr
    assert sorted(tmp_path.iterdir()) == [data, site]
    assert sorted(site.rglob("*")) == before


def test_stats_shows_agencies_with_their_sum() -> None:
    """Promises met of those judged, reports of those due, and what they are together; and that they are not real."""
    result = run("stats", "--data", SAMPLE, *AS_OF)
    cells = [re.findall(r"(\d+)/(\d+)", line) for line in result.stdout.splitlines()]
    rows = [[tuple(map(int, pair)) for pair in found] for found in cells if found]

    assert result.exit_code == 0
    assert "ข้อมูล ณ วันที่ · Data as of 2026-11-22" in result.stdout
    assert "Demonstration data" in result.stdout
    assert all(agency in result.stdout for agency in ("district", "roads", "transport"))
    *agencies, total = rows
    assert total == [tuple(map(sum, zip(*(row[at] for row in agencies), strict=True))) for at in (0, 1)]


def test_stats_of_one_agency_shows_its_standards() -> None:
    """Each standard with its span, counts, share and verdict in both languages, on one line."""
    result = run("stats", "--data", REPOSITORY / "sla_data", "--agency", "lands", *AS_OF)
    (line,) = [line for line in result.stdout.splitlines() if "land-sale/walk-in" in line]

    assert result.exit_code == 0
    assert re.search(r"2025-11 – 2026-10 +[\d,]+/[\d,]+ +\d+\.\d+% +\S+ · Below promise +12/12", line)


def test_stats_of_a_withheld_agency_ends_with_1(tmp_path: Path) -> None:
    """Nothing can be said of an agency whose own file is wrong."""
    result = run("stats", "--data", make("file-missing", tmp_path), "--agency", "office", *AS_OF)

    assert result.exit_code == 1
    assert "held back" in result.stderr


def test_new_files_are_named_with_what_to_do_next(tmp_path: Path) -> None:
    """The files that were written stand on the standard output, the next command beside them in both languages."""
    data = tmp_path / "data"
    shutil.copytree(BASE, data)
    agency = run("new", "agency", "land-office", "--title", "สำนักงานที่ดิน", "--data", data)
    service = run("new", "service", "land-office", "deed-copy", "--data", data)

    assert (agency.exit_code, service.exit_code) == (0, 0)
    assert agency.stdout == f"{data}/agencies/land-office/agency.yml\n"
    assert service.stdout == f"{data}/agencies/land-office/services/deed-copy.yml\n"
    assert f"python -m generator check {data}" in service.stderr
    assert len(service.stderr.splitlines()) == 2
    assert run("check", data, *AS_OF).exit_code == 0


def test_schema_names_what_it_writes(tmp_path: Path) -> None:
    """One path a line."""
    result = run("schema", tmp_path)

    assert [Path(line) for line in result.stdout.splitlines()] == sorted(tmp_path.glob("*.json"))
    assert len(result.stdout.splitlines()) == 10


# ---- terminals ----


def test_bars_are_drawn_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long work draws a bar on a terminal; elsewhere, and for short work, nothing is written."""
    words = load_strings("th")("cli.step_read")
    drawn = {}
    for terminal in (True, False):
        for of in (cli.LONG_WORK, cli.LONG_WORK - 1):
            out = io.StringIO()
            monkeypatch.setattr(cli, "errors", Console(file=out, force_terminal=terminal, width=100))
            with cli.progress() as step:
                step("read", 1, of)
            drawn[terminal, of] = words in out.getvalue()
            assert terminal or out.getvalue() == ""

    assert [key for key, shown in drawn.items() if shown] == [(True, cli.LONG_WORK)]


def test_colours_are_for_terminals(tmp_path: Path) -> None:
    """On a terminal places and codes are coloured, unless somebody wants none; in a file there is no escape sequence."""
    data = make("number-comma", tmp_path)
    piped = spawn("check", data, *AS_OF)
    shown = on_terminal("check", data, *AS_OF)
    plain = on_terminal("check", data, *AS_OF, NO_COLOR="1")

    assert ESCAPE not in piped.stdout + piped.stderr
    assert ESCAPE in shown
    assert ESCAPE not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown).replace("\r\n", "\n") == piped.stdout
    assert (piped.returncode, piped.stderr) == (1, "")


def test_tables_are_not_broken_where_there_is_no_terminal() -> None:
    """In a file each row of a table stands on one line, without colours."""
    told = spawn("stats", "--data", SAMPLE, "--agency", "transport", *AS_OF)

    assert told.returncode == 0, told.stderr
    assert ESCAPE not in told.stdout
    assert len([line for line in told.stdout.splitlines() if "/" in line.split(" ")[0]]) >= 3


def test_the_program_has_a_name_of_its_own() -> None:
    """The console script is the same program."""
    script = Path(sys.executable).parent / "clearly"
    told = subprocess.run([script, "check", "--xyzzy"], capture_output=True, text=True, check=False)

    assert told.returncode == 2
    assert "there is no option --xyzzy" in told.stderr
    assert "Traceback" not in told.stderr
