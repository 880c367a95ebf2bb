"""What is wrong in the agencies' files, as pages say it: place, sentence, hint, and what is held back."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from generator.claims import figure
from generator.problems import Severity, Withheld
from generator.texts import capital
from generator.views.words import Line, Mixed, Said, Words

MOST_FINDINGS = 40
THAI = "th"  # of all languages here the one that its letters alone tell
_THAI_WORDS = re.compile("([\u0e00-\u0e7f]+(?: +[\u0e00-\u0e7f]+)*)")
EXAMPLES = 2  # of each kind of warning; the others stand in the data


class Finding(Protocol):
    """A problem with its position and its sentences by language, as ``report.resolve`` gives it."""

    @property
    def agency_id(self) -> str:
        """The agency whose file it is; empty for a shared file."""

    @property
    def file(self) -> str:
        """The file, from the data folder."""

    @property
    def line(self) -> int:
        """The line, from 1."""

    @property
    def column(self) -> int:
        """The column in characters, from 1."""

    @property
    def severity(self) -> Severity:
        """An error cannot be published, a warning can."""

    @property
    def code(self) -> str:
        """The rule."""

    @property
    def withheld(self) -> Withheld:
        """What is not published."""

    @property
    def messages(self) -> Mapping[str, str]:
        """What is wrong, by language."""

    @property
    def hints(self) -> Mapping[str, str]:
        """What to type, by language."""


@dataclass(frozen=True, slots=True)
class FindingView:
    """One problem in words.  ``held`` says what is held back for it; empty where nothing is."""

    kind: Line
    held: Line
    place: str
    message: Mixed
    hint: Mixed
    rule: str  # the address of its rule, under the edition's root


@dataclass(frozen=True, slots=True)
class FindingsView:
    """Problems: errors by name, then warnings with a few of each kind.  ``more`` says how many are not shown."""

    count: Line
    shown: tuple[FindingView, ...]
    more: Line


def findings_view(words: Words, findings: Sequence[Finding], most: int = MOST_FINDINGS) -> FindingsView:
    """Return problems for a page: errors first, then up to EXAMPLES warnings of each kind."""
    errors = [finding for finding in findings if finding.severity == "error"]
    shown = [*errors, *_examples(finding for finding in findings if finding.severity == "warning")][:most]
    hidden = len(findings) - len(shown)
    problems = figure(words.wording.count("problems", hidden), "problems:~drawn:finding")
    return FindingsView(
        count=counts_line(words, len(errors), len(findings) - len(errors)),
        shown=tuple(finding_view(words, finding) for finding in shown),
        more=words.line("findings.more", problems=problems) if hidden else Line(""),
    )


def counts_line(words: Words, errors: int, warnings: int) -> Line:
    """Return how many errors and warnings there are."""
    if not errors and not warnings:
        return words.line("findings.none")
    wording = words.wording
    return words.line(
        "findings.count",
        errors=figure(wording.count("errors", errors), "problems:severity=error"),
        warnings=figure(wording.count("warnings", warnings), "problems:severity=warning"),
    )


def finding_view(words: Words, finding: Finding) -> FindingView:
    """Return one problem in the reader's language."""
    held = words.line("findings.held", scope=words.strings(f"closed.withheld.{finding.withheld}"))
    return FindingView(
        kind=Line(capital(words.strings(f"closed.severity.{finding.severity}"))),
        held=held if finding.withheld != "none" else Line(""),
        place=f"{finding.file}:{finding.line}:{finding.column}",
        message=_marked(capital(_in_words(finding.messages, words)), words),
        hint=_marked(capital(words.strings("report.hint", hint=_in_words(finding.hints, words))), words),
        rule=rule_path(finding.code),
    )


def rule_path(code: str) -> str:
    """Return where the rule of a code is told."""
    return f"for-agencies/rules/#{code}"


def _in_words(told: Mapping[str, str], words: Words) -> str:
    """Return a sentence in the reader's language, or, where a report was made for others only, in English or the first."""
    return told.get(words.language) or told.get("en") or next(iter(told.values()), "")


def _marked(told: str, words: Words) -> Mixed:
    """Return a sentence with the Thai in it marked where the page is in another language: it quotes what it found."""
    if words.language == THAI:
        return (Said(Line(told)),)
    parts = enumerate(_THAI_WORDS.split(told))
    return tuple(Said(part, THAI if place % 2 else "") for place, part in parts if part)


def _examples(warnings: Iterable[Finding]) -> list[Finding]:
    seen: Counter[str] = Counter()
    shown = []
    for finding in warnings:
        seen[finding.code] += 1
        if seen[finding.code] <= EXAMPLES:
            shown.append(finding)
    return shown
