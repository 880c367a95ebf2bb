"""``python -m generator``: the way in.  The only module that prints, knows the clock, or sets an exit status.

Exit codes (data contract, section 11): 0 done, 1 errors or nothing published, 2 wrong usage.  How it speaks is in
``cli_usage``, tables of results are in ``cli_tables``.
"""

import os
import re
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
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table

from generator import __version__
from generator.cli_tables import agencies_table, levels_table
from generator.cli_usage import (
    EXAMPLE,
    LANGUAGES,
    Address,
    Day,
    Folder,
    Group,
    Mistake,
    NewFile,
    OneOf,
    both,
    help_of,
    sentences,
)
from generator.history.chain import LogError
from generator.history.gate import check_against
from generator.history.git import GitError
from generator.history.walk import log_from_git
from generator.intake.load_catalog import load_catalog
from generator.intake.nearest import nearest
from generator.pipeline import Clock, Prepared, Step, Unreadable, measured, prepare
from generator.problems import Problem
from generator.report import as_github, as_json, as_text, resolve
from generator.results import AgencyResult
from generator.scaffold import Made, new_agency, new_service
from generator.schema import write_schemas
from generator.texts import Wording, available_languages, load_strings
from generator.workers import LostError, each

if TYPE_CHECKING:
    from generator.website.build import BuildReport

FAILED = 1  # wrong usage is 2, which click gives every UsageError
LONG_WORK = 20  # agencies; below this nobody waits long enough to look at a bar
HELD_BACK = {"agency": "agencies", "service": "services", "file": "files", "row": "rows"}
WIDE = 200  # columns of a table that is not written to a terminal, so that no row is broken in two

errors = Console(stderr=True, highlight=False, soft_wrap=True)


def clock_of(as_of: date | None) -> Clock:
    """Return the given day, or today in the catalog's timezone."""
    return lambda timezone: as_of or datetime.now(ZoneInfo(timezone)).date()


@contextmanager
def progress() -> Iterator[Step]:
    """Give a step that draws a bar on a terminal, and says nothing where there is none."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    # Drawn by the steps themselves: a thread that draws would be there when workers are forked.
    bars = Progress(*columns, console=errors, transient=True, auto_refresh=False, disable=not errors.is_terminal)
    tasks: dict[str, TaskID] = {}

    def step(what: str, done: int, of: int) -> None:
        if of < LONG_WORK:
            return
        bars.start()
        if what not in tasks:
            tasks[what] = bars.add_task(both("cli.step_" + what))
        bars.update(tasks[what], completed=done, total=of, refresh=True)

    try:
        yield step
    finally:
        if tasks:
            bars.stop()


@click.group(cls=Group, **help_of("", "check sla_data"), context_settings={"max_content_width": 100})
@click.version_option(__version__, prog_name="clearly", help=both("cli.version_option"))
def main() -> None:
    """Check data, build the site, start a new agency."""


def _as_of(command: Callable[..., None]) -> Callable[..., None]:
    return click.option("--as-of", type=Day(), default=None, help=both("cli.option.as_of"))(command)


def _data(command: Callable[..., None]) -> Callable[..., None]:
    folder = click.option(
        "--data", type=Folder(there=True), default="sla_data", show_default=True, help=both("cli.option.data")
    )
    return folder(command)


@main.command(**help_of("check", "check sla_data --as-of 2026-11-22"))
@click.argument("data", type=Folder(there=True), default="sla_data", help=both("cli.option.data"))
@click.option(
    "--format", "form", type=OneOf("--format", ["text", "github", "json"]), default="text", show_default=True,
    help=both("cli.option.format"),
)  # fmt: skip
@click.option("--all", "whole", is_flag=True, help=both("cli.option.all"))
@click.option("--against", default=None, metavar="COMMIT|SITE", help=both("cli.option.against"))
@_as_of
def check(data: Path, form: str, whole: bool, against: str | None, as_of: date | None) -> None:
    """Check all files and report every problem; exit with 0 without errors, with 1 with errors."""
    with progress() as step, prepare(data, clock_of(as_of), step=step) as read:
        problems, files = read.problems, sum(1 for path in data.rglob("*") if path.is_file())
        if against is not None and isinstance(read, Prepared):
            with _explained():
                problems += check_against(read, against)
    _print_report(data, problems, form, whole, files)
    sys.exit(FAILED if any(problem.severity == "error" for problem in problems) else 0)


@contextmanager
def _explained() -> Iterator[None]:
    """End in both languages where earlier data or its log cannot be had."""
    try:
        yield
    except (GitError, LogError) as wrong:
        _give_up(wrong.key, **wrong.facts)


def _print_report(data: Path, problems: tuple[Problem, ...], form: str, whole: bool, files: int) -> None:
    resolved = resolve(data, problems)
    if form == "github":
        click.echo(as_github(data, resolved), nl=False)
    elif form == "json":
        click.echo(as_json(resolved), nl=False)
    else:
        text = as_text(data, resolved, files=files, whole=whole)
        click.echo(_coloured(text), nl=False, color=False if os.environ.get("NO_COLOR") else None)


def _coloured(text: str) -> str:
    """Return a report with its places in bold and its codes in colour, which are left out where there is no terminal."""
    place = re.compile(r"^(\S.*?:\d+:\d+):(.*?)(  \[[a-z0-9-]+\])$", re.MULTILINE)
    return place.sub(lambda one: f"{click.style(one[1], bold=True)}:{one[2]}{click.style(one[3], fg='yellow')}", text)


@main.command(**help_of("build", "build --data sla_data --site site"))
@_data
@click.option(
    "--site", type=Folder(there=False), default="site", show_default=True, help=both("cli.option.site")
)  # fmt: skip
@click.option("--previous", type=Folder(there=True), default=None, help=both("cli.option.previous"))
@click.option("--status", type=NewFile(), default=None, help=both("cli.option.status"))
@click.option("--strict", is_flag=True, help=both("cli.option.strict"))
@click.option("--languages", default=None, metavar="th,en", help=both("cli.option.languages"))
@click.option("--papers/--no-papers", default=True, show_default=True, help=both("cli.option.papers"))
@_as_of
def build(
    *,
    data: Path,
    site: Path,
    previous: Path | None,
    status: Path | None,
    strict: bool,
    languages: str | None,
    papers: bool,
    as_of: date | None,
) -> None:
    """Build the whole site, then put it in the old one's place at once; exit with 1 where nothing was published."""
    # mkdocs takes half a second to import; the other commands do without
    from generator.cli_build import unpublished_json, why
    from generator.website.build import BusyError, DiskError, NotASiteError, NotPublishedError, build_site
    from generator.website.plan import RefusedError, Request

    chosen, configuration = _languages(languages), _configuration()
    try:
        with progress() as step:
            request = Request(data, as_of, chosen, strict, step=step, previous=previous, papers=papers)
            report = build_site(request, site, configuration)
    except NotASiteError:
        _refuse("not_a_site", site=site)
    except NotPublishedError:
        _refuse("not_published", previous=previous)
    except (RefusedError, BusyError, DiskError, LogError, LostError) as failure:
        if isinstance(failure, RefusedError):
            _print_report(data, failure.problems, "text", False, 0)
        reason, facts = why(failure, site)
        _write_status(status, unpublished_json(failure, site))
        for key in dict.fromkeys((reason, "nothing_published")):
            _say(key, **facts)
        sys.exit(FAILED)
    _write_status(status, (site / "status.json").read_bytes())
    _say_built(report)


def _write_status(path: Path | None, told: bytes) -> None:
    if path is not None:
        path.write_bytes(told)


def _configuration() -> Path:
    from generator.website.build import find_configuration

    try:
        return find_configuration()
    except FileNotFoundError:
        _refuse("no_configuration")


def _languages(typed: str | None) -> tuple[str, ...]:
    chosen = tuple(language.strip() for language in typed.split(",")) if typed else ()
    unknown = [language for language in chosen if language not in available_languages()]
    if unknown:
        _refuse("language_unknown", value=", ".join(unknown), known=", ".join(available_languages()))
    return chosen


def _say(key: str, **facts: object) -> None:
    errors.print(sentences("cli." + key, **facts), markup=False)


def _refuse(key: str, **facts: object) -> NoReturn:
    """Say in both languages why a command cannot be carried out as it was typed, and end with the code for that."""
    raise Mistake(sentences("cli." + key, **facts), click.get_current_context())


def _give_up(key: str, **facts: object) -> NoReturn:
    """Say in both languages why nothing came of it, and end with the code for that."""
    _say(key, **facts)
    sys.exit(FAILED)


def _say_built(report: "BuildReport") -> None:
    _say("published", pages=report.pages, site=report.site, as_of=report.as_of)
    if report.no_papers:
        _say(report.no_papers.key, said=report.no_papers.said)
    held = Counter(kind for kind, *_ in {_held(problem) for problem in report.problems if problem.severity == "error"})
    for kind, counted in HELD_BACK.items():
        if held[kind]:
            _say_counted("held_back", counted, held[kind])
    if held:
        _say("see_check")


def _held(problem: Problem) -> tuple[str, str, object]:
    """Return what an error holds back: a row is one however many errors it has, and so is a file."""
    row = problem.place.route[:1] if problem.withheld == "row" else ()
    return problem.withheld, problem.place.file, row


def _say_counted(key: str, kind: str, count: int) -> None:
    for language in LANGUAGES:
        wording = Wording(load_strings(language))
        errors.print(wording.strings("cli." + key, what=wording.count(kind, count)), markup=False)


@main.command(**help_of("serve", "serve --data sla_data"))
@_data
@click.option("--address", type=Address(), default="127.0.0.1:8000", show_default=True, help=both("cli.option.address"))
@_as_of
def serve(data: Path, address: str, as_of: date | None) -> None:
    """Preview the site; it is built again when data changes."""
    from generator.website.build import serve_site
    from generator.website.plan import Request

    configuration = _configuration()
    catalog, problems = load_catalog(data)
    if catalog is None:
        _print_report(data, tuple(problems), "text", False, 0)
        _give_up("nothing_published")
    serve_site(Request(data, as_of), address, configuration)


@main.command(**help_of("history", "history sla_data > revisions.csv"))
@click.argument("data", type=Folder(there=True), default="sla_data", help=both("cli.option.data"))
@click.option("--since", default=None, metavar="COMMIT", help=both("cli.option.since"))
def history(data: Path, since: str | None) -> None:
    """Write the log of changes to what was published, from the history in git."""
    with _explained():
        click.echo(log_from_git(data, since).text, nl=False)


@main.command("verify", **help_of("verify", "verify site"))
@click.argument("site", type=Folder(there=True), default="site", help=both("cli.option.verified"))
def verify_command(site: Path) -> None:
    """Work out every figure of a built site again from its data; exit with 1 where one differs."""
    from generator.verify import verify

    if not (site / "status.json").is_file():
        _refuse("not_built", site=site)
    differences = 0
    for page, claim, found, expected in verify(site):
        differences += 1
        _say("difference", page=f"/{page}", claim=claim, found=found, expected=expected)
    if differences:
        _say("differences", n=f"{differences:,}")
        sys.exit(FAILED)
    _say("verified", site=site)


@main.command("pack", **help_of("pack", "pack site clearly.zip"))
@click.argument("site", type=Folder(there=True), help=both("cli.option.verified"))
@click.argument("file", type=NewFile(), help=both("cli.option.archive"))
def pack_command(site: Path, file: Path) -> None:
    """Pack a built site into one archive that opens from a folder, without a connection."""
    from generator.pack import pack

    if not (site / "status.json").is_file():
        _refuse("not_built", site=site)
    packed = pack(site, file)
    _say("packed", file=file, files=f"{packed.files:,}", size=f"{packed.size / 1_000_000:,.1f}")


@main.group(**help_of("new", "new service land-transport plate-copy"))
def new() -> None:
    """Start an agency or a service from a template."""


@new.command("agency", **help_of("new_agency", "new agency land-office --title สำนักงานที่ดิน"))
@click.argument("agency_id", help=both("cli.option.agency_id"))
@click.option("--title", default=None, help=both("cli.option.title"))
@_data
def new_agency_command(agency_id: str, title: str | None, data: Path) -> None:
    """Write agency.yml of a new agency."""
    _say_made(new_agency(data, agency_id, title), data)


@new.command("service", **help_of("new_service", "new service land-office title-deed-copy"))
@click.argument("agency_id", help=both("cli.option.agency_id"))
@click.argument("service_id", help=both("cli.option.service_id"))
@click.option("--title", default=None, help=both("cli.option.title"))
@_data
def new_service_command(agency_id: str, service_id: str, title: str | None, data: Path) -> None:
    """Write a service file from the template, every field explained."""
    _say_made(new_service(data, agency_id, service_id, title), data)


def _say_made(made: Made, data: Path) -> None:
    for path in made.files:
        click.echo(str(path))
    if made.refused:
        _refuse(made.refused, **made.facts)
    _say("new_next", command=f"{EXAMPLE} check {data}")


@main.command(**help_of("schema", "schema generator/schemas"))
@click.argument("folder", type=Folder(there=False), default="generator/schemas", help=both("cli.option.folder"))
def schema(folder: Path) -> None:
    """Write JSON Schemas, so that editors complete and check files."""
    for path in write_schemas(folder):
        click.echo(str(path))


@main.command(**help_of("stats", "stats --agency land-transport"))
@_data
@click.option("--agency", default=None, help=both("cli.option.agency"))
@_as_of
def stats(data: Path, agency: str | None, as_of: date | None) -> None:
    """Show promises and results as a table: agencies, or the service standards of one."""
    with progress() as step, prepare(data, clock_of(as_of), step=step) as read:
        if isinstance(read, Unreadable):
            _print_report(data, read.problems, "text", False, 0)
            sys.exit(FAILED)
        table = _results(read, step) if agency is None else _results_of(read, agency)
    Console(width=None if sys.stdout.isatty() else WIDE).print(table)


def _results(read: Prepared, step: Step) -> Table:
    def result(agency_id: str) -> tuple[str, AgencyResult | None]:
        return agency_id, measured(read, agency_id)[1]

    results = []
    for one in each(result, read.catalog.agency_ids):
        results.append(one)
        step("measured", len(results), len(read.catalog.agency_ids))
    return agencies_table(read.catalog, read.as_of, results)


def _results_of(read: Prepared, agency: str) -> Table:
    if agency not in read.catalog.agency_ids:
        near = nearest(agency, read.catalog.agency_ids)
        _refuse("agency_unknown_near" if near else "agency_unknown", agency=agency, nearest=near)
    _, result = measured(read, agency)
    if result is None:
        _give_up("agency_withheld", agency=agency)
    return levels_table(read.catalog, read.as_of, result)
