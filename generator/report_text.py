"""The report for people at a terminal: each problem with its line of the file, and many of one kind as one."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from generator.intake.hygiene import masked
from generator.intake.positions import Located, open_located
from generator.report_resolved import LANGUAGES, Resolved
from generator.texts import Wording, load_strings

MOST_IN_FILE: Final = 50
MOST_OF_KIND: Final = 3
LONGEST_LINE: Final = 100
_LOOKED_AT: Final = 500  # characters on either side of the value
_BEFORE_VALUE: Final = 60  # characters of a long line that are shown before the value


def as_text(
    root: Path,
    resolved: Sequence[Resolved],
    languages: Sequence[str] = LANGUAGES,
    *,
    files: int = 0,
    whole: bool = False,
) -> str:
    """Return the report as text, in every one of the languages.

    Unless ``whole``, warnings of one kind in one agency are grouped after the first, and errors of one file are cut at 50.
    """
    wordings = [Wording(load_strings(language)) for language in languages]
    shown = [(one, "") for one in resolved] if whole else list(_grouped(resolved, wordings))
    lines = []
    for file, problems in groupby(shown, key=lambda item: item[0].file):
        located = open_located(root, file)
        for one, more in problems:
            lines += [*_block(one, located, wordings), *([more] if more else []), ""]
    report = "\n".join([*lines, *_summary(resolved, wordings, files)]) + "\n"
    return _harmless(report.replace("\u00a0", " "))  # a terminal breaks no lines at spaces


def _harmless(report: str) -> str:
    """Return a report of which no line is a command to the workflow whose log it is printed in."""
    return re.sub("^(?=::)", "./", report, flags=re.MULTILINE).replace("##[", "## [")


def _grouped(resolved: Sequence[Resolved], wordings: Sequence[Wording]) -> Iterator[tuple[Resolved, str]]:
    """Yield the problems to print, with what is said of those like it that are not."""
    counts: dict[tuple[str, ...], int] = {}
    for one in resolved:
        counts[_group(one)] = counts.get(_group(one), 0) + 1
    seen: dict[tuple[str, ...], int] = {}
    for one in resolved:
        group = _group(one)
        seen[group] = seen.get(group, 0) + 1
        most = MOST_IN_FILE if one.severity == "error" else MOST_OF_KIND
        shown = most if one.severity == "error" or counts[group] <= most else 1
        if seen[group] <= shown:
            hidden = counts[group] - shown if seen[group] == shown and counts[group] > shown else 0
            yield one, _more(one, hidden, wordings) if hidden else ""


def _group(one: Resolved) -> tuple[str, ...]:
    return (one.file,) if one.severity == "error" else (one.agency_id, one.code)


def _more(one: Resolved, hidden: int, wordings: Sequence[Wording]) -> str:
    key = "report.more" if one.severity == "error" else "report.more_like"
    agency = one.agency_id or "sla_data"
    said = (
        wording.strings(key, problems=wording.count("problems", hidden), agency=agency, code=one.code)
        for wording in wordings
    )
    return "   … " + " · ".join(said)


def _block(one: Resolved, located: Located, wordings: Sequence[Wording]) -> Iterator[str]:
    kind = " · ".join(wording.strings(f"report.{one.severity}") for wording in wordings)
    yield f"{one.file}:{one.line}:{one.column}: {kind}  [{one.code}]"
    yield from _source(one, located)
    for wording in wordings:
        language = wording.strings.language
        yield f"   = {language}: {one.messages[language]}"
        yield f"         {wording.strings('report.hint', hint=one.hints[language])}"
        if one.severity == "error" and one.withheld != "none":
            yield f"         {wording.strings('report.effect', scope=_scope(one, wording))}"


def _scope(one: Resolved, wording: Wording) -> str:
    """Return what is held back; outside the agencies' folders that is every service that uses the file."""
    shared = one.withheld == "service" and not one.agency_id
    return wording.strings("report.scope.services" if shared else f"report.scope.{one.withheld}")


def _source(one: Resolved, located: Located) -> Iterator[str]:
    """Yield the line of the file and a mark under the value; a long line is cut around it."""
    if one.line > len(located.lines) or not located.lines[one.line - 1].strip():
        return
    line, start = located.lines[one.line - 1].replace("\t", " "), one.column - 1
    skipped = max(start - _LOOKED_AT, 0)  # a line may be 256 KB long
    line, start = masked(line[skipped : start + _LOOKED_AT]), start - skipped
    if len(line) > LONGEST_LINE and start > _BEFORE_VALUE:
        cut = start - _BEFORE_VALUE
        line, start = "…" + line[cut:], start - cut + 1
    if len(line) > LONGEST_LINE:
        line = line[:LONGEST_LINE] + "…"
    yield f"   | {line}"
    marked = line[start : start + one.width] or " "
    yield f"   | {' ' * _columns(line[:start])}{'^' * max(_columns(marked), 1)}"


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: a Thai vowel above or below takes none, a wide letter two."""
    return sum(
        0
        if unicodedata.category(letter) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(letter) in "WF"
        else 1
        for letter in text
    )


def _summary(resolved: Sequence[Resolved], wordings: Sequence[Wording], files: int) -> Iterator[str]:
    errors = sum(one.severity == "error" for one in resolved)
    for wording in wordings:
        facts = {"files": wording.count("files", files), "errors": wording.number(errors)}
        warnings = wording.number(len(resolved) - errors)
        key = "report.frame" if resolved else "report.clean"
        yield wording.strings(key, **facts, warnings=warnings)
