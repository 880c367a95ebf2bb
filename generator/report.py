"""Problems as officials and programs read them: as text for a terminal, as JSON, as annotations of a pull request."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from generator.report_resolved import Resolved, resolve
from generator.report_text import as_text

__all__ = ["Resolved", "as_github", "as_json", "as_text", "resolve"]


def as_json(resolved: Sequence[Resolved]) -> str:
    """Return the report as one JSON object: the counts, and a list of problems."""
    problems = [
        {
            "file": one.file,
            "line": one.line,
            "column": one.column,
            "severity": one.severity,
            "code": one.code,
            "value": one.value,
            "withheld": one.withheld,
            **{f"message_{language}": words for language, words in one.messages.items()},
            **{f"hint_{language}": words for language, words in one.hints.items()},
        }
        for one in resolved
    ]
    counts = {f"{severity}s": sum(one.severity == severity for one in resolved) for severity in ("error", "warning")}
    return json.dumps({**counts, "problems": problems}, ensure_ascii=False, indent=2) + "\n"


def as_github(root: Path, resolved: Sequence[Resolved]) -> str:
    """Return the report as workflow commands, one line each; file names are relative to the working folder."""
    return "".join(f"{_annotation(root, one)}\n" for one in resolved)


def _annotation(root: Path, one: Resolved) -> str:
    place = {
        "file": Path(os.path.relpath(root / one.file)).as_posix(),
        "line": one.line,
        "endLine": one.line,
        "col": one.column,
        "endColumn": one.column + one.width,
        "title": one.code,
    }
    said = "\n".join(words for language in one.messages for words in (one.messages[language], one.hints[language]))
    properties = ",".join(f"{name}={_escaped(str(value), whole=True)}" for name, value in place.items())
    return f"::{one.severity} {properties}::{_escaped(said, whole=False)}"


def _escaped(text: str, *, whole: bool) -> str:
    """Escape what ends a command or a property of it, so that no value can begin another."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if whole else text
