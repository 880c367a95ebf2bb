"""How the command line speaks: help, kinds of values and mistakes of use, each in Thai and in English.

click's own words are English only, so they are said again here, in one place, from the strings ``cli.*``.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import IO, Any

import click

from generator.texts import load_strings
from generator.values import BUDDHIST_OFFSET, DATE_PATTERN, LAST_YEAR

LANGUAGES = ("th", "en")
EXAMPLE = "python -m generator"
LAST_PORT = 65_535
_ADDRESS = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):(\d{1,5})", re.ASCII)
_OTHER_DAY = re.compile(r"(\d{1,2})[ ./-]+(\w[\w.]*)[ ./-]+(\d{4})|(\d{4})[ ./-](\d{1,2})[ ./-](\d{1,2})")


def both(key: str, **facts: object) -> str:
    """Return words in Thai and in English, on one line."""
    return " · ".join(load_strings(language)(key, **facts) for language in LANGUAGES)


def sentences(key: str, **facts: object) -> str:
    """Return a sentence in Thai and in English, each on its own line."""
    return "\n".join(load_strings(language)(key, **facts) for language in LANGUAGES)


def help_of(name: str, example: str) -> dict[str, str]:
    """Return a command's help, in both languages, with an example of its use."""
    words = load_strings(LANGUAGES[0])
    key = f"cli.help.{name}" if name else "cli.help"
    told = [both(found) for found in (key, f"{key}_more") if words.has(found)]
    return {"help": "\n\n".join(told), "epilog": f"\b\n{both('cli.example')}:\n  {EXAMPLE} {example}"}


# ---- kinds of values ----


class Day(click.ParamType[date]):
    """A day written as 2026-11-22; another way of writing one is answered with this one."""

    name = "date"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return how a day is written."""
        return "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or say how it is written."""
        if isinstance(value, date):
            return value
        found = _day_of(*map(int, match.groups())) if (match := DATE_PATTERN.fullmatch(str(value))) else None
        if found is not None and found.year <= LAST_YEAR:
            return found
        meant = _meant(str(value))
        key = "cli.day_near" if meant else "cli.day"
        raise click.BadParameter(sentences(key, value=value, suggestion=meant), ctx, param)


def _meant(value: str) -> date | None:
    """Return the day that somebody wrote another way: 22/11/2569, 22 พ.ย. 2569, 2569-11-22, ๒๒/๑๑/๒๕๖๙."""
    found = _OTHER_DAY.fullmatch(value.strip())
    if found is None:
        return None
    day, month, year = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    number = int(month) if month.isdecimal() else _month(month)
    gregorian = int(year) - (BUDDHIST_OFFSET if int(year) > LAST_YEAR else 0)
    return _day_of(gregorian, number, int(day)) if number else None


def _month(name: str) -> int | None:
    """Return the number of a month by its name, long or short, in either language."""
    for language in LANGUAGES:
        words = load_strings(language)
        for month in range(1, 13):
            if name.lower() in (words(f"month.{month}").lower(), words(f"month_short.{month}").lower()):
                return month
    return None


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class Folder(click.ParamType[Path]):
    """A folder; one that is read must be there."""

    name = "folder"

    def __init__(self, *, there: bool) -> None:
        self.there = there

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the folder, or say what is in its place."""
        path = Path(str(value))
        if path.exists() and not path.is_dir():
            self.fail(sentences("cli.not_a_folder", value=path), param, ctx)
        if self.there and not path.exists():
            self.fail(sentences("cli.no_folder", value=path), param, ctx)
        return path


class NewFile(click.ParamType[Path]):
    """A file to write, in a folder that is there."""

    name = "file"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the file, or say what is in its way."""
        path = Path(str(value))
        if path.is_dir():
            self.fail(sentences("cli.not_a_file", value=path), param, ctx)
        if not path.parent.is_dir():
            self.fail(sentences("cli.no_folder", value=path.parent), param, ctx)
        return path


class Address(click.ParamType[str]):
    """Where to listen: a host and a port."""

    name = "address"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the address, or say how one is written."""
        found = _ADDRESS.fullmatch(str(value))
        if found is None or not 0 < int(found[1]) <= LAST_PORT:
            raise click.BadParameter(sentences("cli.address", value=value), ctx, param)
        return str(value)


class OneOf(click.Choice[str]):
    """One of a few words."""

    def get_invalid_choice_message(self, value: str, ctx: click.Context | None) -> str:
        """Return what there is to choose from."""
        return sentences("cli.choice", name=self.called, value=value, known=", ".join(self.choices))

    def __init__(self, called: str, choices: Sequence[str]) -> None:
        super().__init__(choices)
        self.called = called


# ---- help ----


class _Formatter(click.HelpFormatter):
    """click's formatter with headings in both languages."""

    @cached_property
    def _headings(self) -> dict[str, str]:
        keys = {"Options": "options", "Positional arguments": "arguments", "Commands": "commands"}
        return {heading: both(f"cli.{key}") for heading, key in keys.items()}

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or both("cli.usage") + ": ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(self._headings.get(heading, heading))


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command whose help and mistakes are in both languages."""

    context_class = _Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help."""
        return _helping(super().get_help_option(ctx))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Return what is left of what was typed; more than the command takes is a mistake."""
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as mistake:
            mistake.ctx = mistake.ctx or ctx  # click's parser does not say which command it reads
            raise
        if ctx.args and not ctx.resilient_parsing:
            raise click.UsageError(sentences("cli.too_much", value=" ".join(ctx.args)), ctx)
        return rest


class Group(click.Group):
    """A group of such commands, which also says in both languages what was typed wrongly."""

    context_class = _Context
    command_class = Command
    group_class = type

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help."""
        return _helping(super().get_help_option(ctx))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each command with the whole first paragraph of its help."""
        commands = [(name, (command.help or "").split("\n")[0]) for name, command in sorted(self.commands.items())]
        with formatter.section("Commands"):
            formatter.write_dl(commands)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401
    ) -> click.Context:
        """Return the context of what was typed, or raise a mistake that is said in both languages."""
        with _said_in_both():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # as click has it
        """Run the command that was typed, or raise a mistake that is said in both languages."""
        with _said_in_both():
            return super().invoke(ctx)


def _helping(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = both("cli.help_option")
    return option


class Mistake(click.UsageError):
    """A mistake of use whose message has a line for each language."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Say what was typed wrongly, and how to see what can be typed."""
        for language, message in zip(LANGUAGES, self.message.split("\n"), strict=True):
            click.echo(load_strings(language)("cli.error", message=message), file=file, err=True)
        if self.ctx is not None:
            click.echo(f"{both('cli.for_help')}: {self.ctx.command_path} --help", file=file, err=True)


class Stopped(click.ClickException):
    """Somebody stopped the program."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Say that the work is not done."""
        click.echo("\n" + sentences("cli.stopped"), file=file, err=True)


@contextmanager
def _said_in_both() -> Iterator[None]:
    try:
        yield
    except (Mistake, click.exceptions.NoArgsIsHelpError):
        raise
    except click.UsageError as mistake:
        raise Mistake(_told(mistake), mistake.ctx) from None
    except KeyboardInterrupt:
        raise Stopped("") from None


def _told(mistake: click.UsageError) -> str:
    """Return what is wrong, in both languages; what was said in both already stays as it is."""
    for kind, tell in _TELLERS.items():
        if isinstance(mistake, kind):
            return tell(mistake)
    if mistake.ctx is not None and isinstance(mistake.ctx.command, click.Group) and "\n" not in mistake.message:
        return sentences("cli.missing_command", known=", ".join(sorted(mistake.ctx.command.commands)))
    return mistake.message


def _no_option(mistake: Any) -> str:  # noqa: ANN401  # each takes its own kind of mistake
    known = [name for param in _params(mistake) for name in param.opts if name.startswith("--")]
    near = next(iter(get_close_matches(mistake.option_name, known, 1)), "")
    return sentences("cli.no_option_near" if near else "cli.no_option", value=mistake.option_name, nearest=near)


def _no_command(mistake: Any) -> str:  # noqa: ANN401
    known = sorted(mistake.ctx.command.commands)
    near = next(iter(get_close_matches(mistake.command_name, known, 1)), "")
    facts = {"value": mistake.command_name, "nearest": near, "known": ", ".join(known)}
    return sentences("cli.no_command_near" if near else "cli.no_command", **facts)


def _missing(mistake: Any) -> str:  # noqa: ANN401
    return sentences("cli.missing_argument", name=mistake.param.make_metavar(mistake.ctx))


def _bad_option(mistake: Any) -> str:  # noqa: ANN401
    flags = {name for param in _params(mistake) if param.is_flag for name in param.opts}
    return sentences("cli.no_value" if mistake.option_name in flags else "cli.missing_value", name=mistake.option_name)


def _params(mistake: click.UsageError) -> Iterator[click.Option]:
    if mistake.ctx is not None:
        params = mistake.ctx.command.get_params(mistake.ctx)
        yield from (param for param in params if isinstance(param, click.Option))


_TELLERS: dict[type[click.UsageError], Callable[[Any], str]] = {
    click.NoSuchOption: _no_option,
    click.exceptions.NoSuchCommand: _no_command,
    click.MissingParameter: _missing,
    click.BadOptionUsage: _bad_option,
}
