"""What a YAML text may not hold whatever it means, and what libyaml's complaints are called in the reports."""

import re
from itertools import islice
from typing import Final

from generator.intake.read_text import position_of
from generator.problems import Fault, Word

# Characters that libyaml refuses, or takes for the end of a line where nobody sees one.
_REFUSED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")
_TAB: Final = re.compile(r"^(?:[^#\t\n]|(?<=\S)#)*(\t)", re.MULTILINE)
_MOST: Final = 50  # a file of nothing else is told enough by fifty
# What libyaml says, in part, and the words for it.
_REASONS: Final = (
    ("mapping values are not allowed", "yaml.colon"),
    ("could not find expected ':'", "yaml.colon_missing"),
    ("unexpected end of stream", "yaml.quote"),
    ("unexpected document indicator", "yaml.quote"),
    ("expected ',' or", "yaml.brackets"),
    ("expected node content", "yaml.brackets"),
    ("escape", "yaml.escape"),
    ("hexdecimal", "yaml.escape"),
    ("cannot start any token", "yaml.character"),
    ("alphabetic or numeric", "yaml.anchor"),
    ("expected key", "yaml.block"),
    ("'-' indicator", "yaml.block"),
    ("entries are not allowed", "yaml.block"),
    ("<document start>", "yaml.block"),
)


def without_refused(text: str, faults: list[Fault]) -> str:
    """Return the text with a space in place of every character that would mislead the parser, and report each."""
    if "\t" in text:
        text = _without_tabs(text, faults)
    if not _REFUSED.search(text):
        return text
    for found in islice(_REFUSED.finditer(text), _MOST):
        code = "line-end-unknown" if found[0] == "\r" else "file-control-character"
        faults.append(Fault(code, position_of(text, found.start()), {"value": f"U+{ord(found[0]):04X}"}))
    return _REFUSED.sub(lambda found: "\n" if found[0] == "\r" else " ", text)


def _without_tabs(text: str, faults: list[Fault]) -> str:
    """Return the text with a space for the first tab of each line, unless a comment holds it; a text's own are kept."""
    found_first = islice(_TAB.finditer(text), _MOST)
    faults.extend(Fault("yaml-tab", position_of(text, found.start(1))) for found in found_first)
    return _TAB.sub(lambda found: found[0][:-1] + " ", text)


def reason_of(said: str) -> Word:
    """Return the words for what libyaml says is wrong."""
    return Word(next((key for part, key in _REASONS if part in said), "yaml.other"))
