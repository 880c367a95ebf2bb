"""``python -m generator``: the way in.  The only module that prints, knows the clock, or sets an exit status.

Exit codes (data contract, section 11): 0 done, 1 errors or nothing published, 2 wrong usage.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from generator import __version__
from generator.pipeline import Clock, Prepared, Step, Unreadable, measured, prepare
from generator.problems import Problem
from generator.report import as_github, as_json, as_text, resolve
from generator.results import Tally
from generator.scaffold import Made, new_agency, new_service
from generator.schema import write_schemas
from generator.texts import available_languages, load_strings
from generator.workers import each

if TYPE_CHECKING:
    from generator.website.build import BuildReport

FAILED, USAGE = 1, 2
LONG_WORK = 20  # agencies; below this nobody waits long enough to look at a bar

errors = Console(stderr=True, highlight=False, soft_wrap=True)
data_folder = click.Path(exists=True, file_okay=False, path_type=Path)


class Day(click.ParamType[date]):
    """A day written as 2026-11-22."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or say how one is written."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(_both("cli.day", value=str(value)), param, ctx)


def _both(key: str, **facts: object) -> str:
    """Return a sentence in Thai and in English."""
    return " · ".join(load_strings(language)(key, **facts) for language in ("th", "en"))


def clock_of(as_of: date | None) -> Clock:
    """Return the given day, or today in the catalog's timezone."""
    return lambda timezone: as_of or datetime.now(ZoneInfo(timezone)).date()


@contextmanager
def progress() -> Iterator[Step]:
    """Give a step that draws a bar on a terminal, and says nothing where there is none."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bars:
        tasks = {
            what: bars.add_task(_both("cli.step_" + what), visible=False) for what in ("read", "published", "measured")
        }

        def step(what: str, done: int, of: int) -> None:
            bars.update(tasks[what], completed=done, total=of, visible=of >= LONG_WORK)

        yield step


@click.group(
    epilog="ตัวอย่าง · Example:  python -m generator check sla_data", context_settings={"max_content_width": 100}
)
@click.version_option(__version__, prog_name="clearly")
def main() -> None:
    """ตรวจข้อมูล สร้างเว็บไซต์ และเริ่มหน่วยงานใหม่ · Check data, build the site, start a new agency."""


def _as_of(command: Callable[..., None]) -> Callable[..., None]:
    told = "เว็บไซต์พูดถึงวันใด (ปี-เดือน-วัน) ถ้าไม่ระบุคือวันนี้ · The day the site speaks for; today unless given."
    return click.option("--as-of", type=Day(), default=None, help=told)(command)


def _data(command: Callable[..., None]) -> Callable[..., None]:
    told = "โฟลเดอร์ข้อมูล · The data folder."
    return click.option("--data", type=data_folder, default="sla_data", show_default=True, help=told)(command)


@main.command(epilog="ตัวอย่าง · Example:  python -m generator check sla_data --as-of 2026-11-22")
@click.argument("data", type=data_folder, default="sla_data")
@click.option(
    "--format", "form", type=click.Choice(["text", "github", "json"]), default="text", show_default=True,
    help="รูปแบบของรายงาน · The form of the report.",
)  # fmt: skip
@click.option("--all", "whole", is_flag=True, help="แสดงข้อควรตรวจสอบทุกจุด ไม่รวมกลุ่ม · Show every warning, not grouped.")
@_as_of
def check(data: Path, form: str, whole: bool, as_of: date | None) -> None:
    """ตรวจไฟล์ทั้งหมดและบอกทุกจุดที่ต้องแก้ · Check all files and report every problem.

    จบด้วย 0 เมื่อไม่มีข้อผิดพลาด 1 เมื่อมี · Exits with 0 without errors, with 1 with errors.
    """
    with progress() as step, prepare(data, clock_of(as_of), step=step) as read:
        problems, files = read.problems, sum(1 for path in data.rglob("*") if path.is_file())
    _print_report(data, problems, form, whole, files)
    sys.exit(FAILED if any(problem.severity == "error" for problem in problems) else 0)


def _print_report(data: Path, problems: tuple[Problem, ...], form: str, whole: bool, files: int) -> None:
    resolved = resolve(data, problems)
    if form == "github":
        click.echo(as_github(data, resolved), nl=False)
    elif form == "json":
        click.echo(as_json(resolved), nl=False)
    else:
        click.echo(as_text(data, resolved, files=files, whole=whole), nl=False)


@main.command(epilog="ตัวอย่าง · Example:  python -m generator build --data sla_data --site site")
@_data
@click.option(
    "--site", type=click.Path(file_okay=False, path_type=Path), default="site", show_default=True,
    help="โฟลเดอร์ของเว็บไซต์ · Where the site is written.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="มีข้อผิดพลาดแม้จุดเดียวก็ไม่เผยแพร่ · Publish nothing if there is any error.")
@click.option("--languages", default=None, metavar="th,en", help="สร้างเฉพาะภาษาเหล่านี้ · Build these languages only.")
@_as_of
def build(data: Path, site: Path, strict: bool, languages: str | None, as_of: date | None) -> None:
    """สร้างเว็บไซต์ทั้งหมด แล้วสลับแทนของเดิมในครั้งเดียว · Build the whole site, then swap it in at once.

    ส่วนที่ผิดจะพักการเผยแพร่และบอกชื่อ ส่วนอื่นเผยแพร่ · What is wrong is held back by name; the rest is published.
    """
    # mkdocs takes half a second to import; the other commands do without
    from generator.website.build import BusyError, NotASiteError, build_site
    from generator.website.plan import RefusedError, Request

    chosen = tuple(languages.split(",")) if languages else ()
    unknown = sorted(set(chosen) - set(available_languages()))
    if unknown:
        _refuse("language_unknown", value=", ".join(unknown), known=", ".join(available_languages()))
    try:
        with progress() as step:
            report = build_site(Request(data, as_of, chosen, strict, step=step), site)
    except RefusedError as refused:
        _print_report(data, refused.problems, "text", False, 0)
        errors.print(_both("cli.nothing_published"), markup=False)
        sys.exit(FAILED)
    except BusyError:
        _refuse("busy", site=site)
    except NotASiteError:
        _refuse("not_a_site", site=site)
    _say_built(report)


def _refuse(key: str, **facts: object) -> NoReturn:
    """Say in both languages why a command cannot be carried out as it was typed, and end with the code for that."""
    errors.print(_both("cli." + key, **facts), markup=False)
    sys.exit(USAGE)


def _say_built(report: "BuildReport") -> None:
    held = Counter(problem.withheld for problem in report.problems if problem.severity == "error")
    errors.print(_both("cli.published", pages=report.pages, site=report.site, as_of=report.as_of), markup=False)
    for kind, count in sorted(held.items()):
        if kind != "none":
            errors.print(_both("cli.withheld_" + kind, count=count), markup=False)
    if held:
        errors.print(_both("cli.see_check"), markup=False)


@main.command(epilog="ตัวอย่าง · Example:  python -m generator serve")
@_data
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="ที่อยู่ · Where to listen.")
@_as_of
def serve(data: Path, address: str, as_of: date | None) -> None:
    """ดูเว็บไซต์ในเครื่องนี้ เปลี่ยนข้อมูลแล้วหน้าเปลี่ยนตาม · Preview the site; it is rebuilt when data changes."""
    from generator.website.build import serve_site
    from generator.website.plan import Request

    serve_site(Request(data, as_of), address)


@main.group()
def new() -> None:
    """เริ่มหน่วยงานหรือบริการใหม่จากแม่แบบ · Start an agency or a service from a template."""


@new.command("agency", epilog="ตัวอย่าง · Example:  python -m generator new agency land-office --title สำนักงานที่ดิน")
@click.argument("agency_id")
@click.option("--title", default=None, help="ชื่อหน่วยงาน · The agency's name.")
@_data
def new_agency_command(agency_id: str, title: str | None, data: Path) -> None:
    """เขียนไฟล์ agency.yml และโฟลเดอร์ของหน่วยงาน · Write agency.yml and the agency's folders."""
    _say_made(new_agency(data, agency_id, title))


@new.command("service", epilog="ตัวอย่าง · Example:  python -m generator new service land-office title-deed-copy")
@click.argument("agency_id")
@click.argument("service_id")
@click.option("--title", default=None, help="ชื่อบริการ · The service's name.")
@_data
def new_service_command(agency_id: str, service_id: str, title: str | None, data: Path) -> None:
    """เขียนไฟล์บริการจากแม่แบบ พร้อมคำอธิบายทุกช่อง · Write a service file from the template, every field explained."""
    _say_made(new_service(data, agency_id, service_id, title))


def _say_made(made: Made) -> None:
    for path in made.files:
        click.echo(str(path))
    if made.refused:
        errors.print(_both("cli." + made.refused, **made.facts), markup=False)
        sys.exit(USAGE)
    click.echo(_both("cli.new_next"))


@main.command(epilog="ตัวอย่าง · Example:  python -m generator schema generator/schemas")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default="generator/schemas")
def schema(folder: Path) -> None:
    """เขียน JSON Schema ให้โปรแกรมแก้ไขไฟล์ช่วยตรวจ · Write JSON Schemas, so that editors complete and check files."""
    for path in write_schemas(folder):
        click.echo(str(path))


@main.command(epilog="ตัวอย่าง · Example:  python -m generator stats --agency land-transport")
@_data
@click.option("--agency", default=None, help="เฉพาะหน่วยงานนี้ แยกตามมาตรฐาน · One agency, by service standard.")
@_as_of
def stats(data: Path, agency: str | None, as_of: date | None) -> None:
    """แสดงผลเทียบกับคำสัญญาเป็นตาราง · Show promises and results as a table."""
    with progress() as step, prepare(data, clock_of(as_of), step=step) as read:
        if isinstance(read, Unreadable):
            _print_report(data, read.problems, "text", False, 0)
            sys.exit(FAILED)
        if agency is not None and agency not in read.catalog.agency_ids:
            errors.print(_both("cli.agency_unknown", agency=agency), markup=False)
            sys.exit(USAGE)
        Console().print(_agencies_table(read) if agency is None else _levels_table(read, agency))


def _table(*keys: str) -> Table:
    words, table = load_strings("en"), Table(box=None, header_style="bold", pad_edge=False)
    for key in keys:
        table.add_column(
            words("column." + key), justify="left" if key in ("agency", "standard", "verdict") else "right"
        )
    return table


def _agencies_table(read: Prepared) -> Table:
    table = _table("agency", "met", "reported")
    for agency_id, tally in each(lambda one: (one, _tally(read, one)), read.catalog.agency_ids):
        told = ("", "") if tally is None else (f"{tally.met}/{tally.judged}", f"{tally.reported}/{tally.due}")
        table.add_row(agency_id, *told)
    return table


def _tally(read: Prepared, agency_id: str) -> Tally | None:
    _, result = measured(read, agency_id)
    return result.tally if result else None


def _levels_table(read: Prepared, agency_id: str) -> Table:
    table = _table("standard", "in_time", "finished", "verdict", "reported")
    _, result = measured(read, agency_id)
    for service in result.services.values() if result else ():
        for level in service.levels:
            span = level.headline
            told = (str(span.within_target), str(span.volume), span.verdict, f"{span.reported}/{span.due}")
            table.add_row(f"{level.key.service_id}/{level.key.level_id}", *told)
    return table
