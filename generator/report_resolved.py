"""A problem with its line and column and its sentences in every language, ready for any kind of report.

Sentences are the strings ``problem.<code>`` and ``problem.<code>.hint``, filled with the problem's facts.  No report
repeats personal data: facts and source lines are masked before anything is printed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from generator.intake.hygiene import masked
from generator.intake.load_records import field_of
from generator.intake.positions import Located, Spot, locate, open_located
from generator.periods import Period
from generator.problems import Place, Problem, Severity, Withheld, Word
from generator.report_public import without_figures, without_small_places
from generator.texts import Wording, load_strings
from generator.values import Duration

LANGUAGES: Final = ("th", "en")
LONGEST_VALUE: Final = 40
_LONGEST_FACT: Final = 2000
_LANGUAGE_FACTS: Final = frozenset({"language", "first_language"})


@dataclass(frozen=True, slots=True)
class Resolved:
    """A problem ready to print.  ``messages`` and ``hints`` are by language; ``width`` is how far the value reaches."""

    agency_id: str
    file: str
    line: int
    column: int
    severity: Severity
    code: str
    value: str
    withheld: Withheld
    messages: Mapping[str, str]
    hints: Mapping[str, str]
    width: int = 1


def resolve(
    root: Path, problems: Iterable[Problem], languages: Sequence[str] = LANGUAGES, *, public: bool = False
) -> list[Resolved]:
    """Return the problems with their positions and sentences, sorted by file, line, column and code.

    What is ``public`` tells nothing that the tables beside it withhold.
    """
    wordings = {language: Wording(load_strings(language)) for language in languages}
    files: dict[str, Located] = {}
    resolved = []
    for problem in without_small_places(problems) if public else problems:
        located = files.get(problem.place.file)
        if located is None:
            located = files[problem.place.file] = open_located(root, problem.place.file)
        told = without_figures(problem, located) if public else problem
        resolved.append(_resolved(told, located, wordings))
    return sorted(resolved, key=lambda one: (one.file, one.line, one.column, one.code, one.value))


def _resolved(problem: Problem, located: Located, wordings: Mapping[str, Wording]) -> Resolved:
    spot = _spot(problem, located)
    facts = {"field": field_of(problem.place.route), **problem.facts}
    said = {language: _facts(facts, wording) for language, wording in wordings.items()}
    key = f"problem.{problem.code}"
    found = facts.get("value", "")
    return Resolved(
        _agency_of(problem.place.file),
        _printable(problem.place.file),
        spot.position.line,
        spot.position.column,
        problem.severity,
        problem.code,
        _cut(_printable(str(found))),
        problem.withheld,
        {language: wording.strings(key, **said[language]) for language, wording in wordings.items()},
        {language: wording.strings(f"{key}.hint", **said[language]) for language, wording in wordings.items()},
        spot.width,
    )


def _spot(problem: Problem, located: Located) -> Spot:
    """Return where a problem is: where its reader says, else where its place is found."""
    spot = locate(located, problem.place)
    if problem.position is None or problem.position == spot.position:
        return spot
    return Spot(problem.position, 1)


def _agency_of(file: str) -> str:
    found = re.match("agencies/([^/]+)", file)
    return _printable(found[1]) if found else ""


def _facts(facts: Mapping[str, object], wording: Wording) -> dict[str, str]:
    return {name: _said(name, value, wording) for name, value in facts.items()}


def _said(name: str, value: object, wording: Wording) -> str:
    """Return a fact in the words of one language."""
    if isinstance(value, Word):
        return wording.strings(value.key)
    if isinstance(value, Duration):
        return wording.duration(value.value, value.unit)
    if isinstance(value, Period):
        return value.code
    if isinstance(value, Place):
        return ":".join((_printable(value.file), *(str(step) for step in value.route[:1])))
    if isinstance(value, date):
        return value.isoformat()
    if name in _LANGUAGE_FACTS:
        return wording.language_name(str(value))
    return _printable(str(value))


@lru_cache(maxsize=1024)  # the same file, field and value, row after row and in both languages
def _printable(text: str) -> str:
    """Return a text on one line, without personal data and without what nobody sees; no fact is longer than a page."""
    return masked(text[:_LONGEST_FACT].replace("\n", " "))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
