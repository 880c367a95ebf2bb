"""What search takes for the same: ``fold`` for the first try, ``loosen`` for the second.

``assets/search.js`` does the same in the browser; ``tests/vectors/folding.json`` holds the two together.
"""

import re
import unicodedata

TONES = "\u0e48\u0e49\u0e4a\u0e4b"
THANTHAKHAT = "\u0e4c"
SARA_AM = "\u0e33"
# NFC does not compose SARA AM and NFKC decomposes it, so it is done by hand, with any marks between its two halves.
_SIGNS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_TWO_HALVES = re.compile(f"\u0e4d([{_SIGNS}]*)\u0e32")
# Marks of one letter look the same in any order and typed twice, and Unicode orders few of them: SARA AM is last.
_STACK = re.compile(f"[{_SIGNS}{SARA_AM}]{{2,}}")
_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_THAI_DIGITS = {0x0E50 + digit: str(digit) for digit in range(10)}
_SILENT = re.compile(f"[\u0e01-\u0e2e][\u0e34-\u0e39]?{THANTHAKHAT}")
_MARKS = re.compile(f"[{TONES}\u0e4c\u0e30]")
# Letters that sound alike, and those that end a syllable alike (words.md, section 6).  Which of them end one cannot be
# told without cutting Thai into syllables, so the second try takes them for one everywhere.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u0e28\u0e29\u0e2a\u0e14\u0e15\u0e08\u0e0a\u0e0b\u0e17\u0e11\u0e12\u0e18", "\u0e15"),
        "\u0e13": "\u0e19",
        "\u0e0d": "\u0e22",
    }
)


def fold(text: str) -> str:
    """Return text as search compares it: letters, marks and digits only, small, with one spelling for what looks alike."""
    text = unicodedata.normalize("NFD", text)
    text = _LATIN_MARKS.sub("", text).translate(_THAI_DIGITS).lower()
    text = "".join(letter for letter in text if letter <= "\uffff" and _is_kept(letter))
    text = _STACK.sub(_in_order, _TWO_HALVES.sub(f"\\1{SARA_AM}", text))
    return text.replace("\u0e40\u0e40", "\u0e41")


def _in_order(stack: re.Match[str]) -> str:
    """Return the marks of one letter once each, in the order in which a careful writer types them."""
    return "".join(sorted(set(stack[0]), key=lambda mark: (mark == SARA_AM, mark)))


def _is_kept(letter: str) -> bool:
    """Return whether a letter counts: a letter, a mark or a digit, and not the sign of an abbreviation."""
    return unicodedata.category(letter)[0] in "LMN" and letter != "\u0e2f"


def loosen(folded: str) -> str:
    """Return folded text without what is often misspelt: tones, silent letters, look-alikes, final consonants."""
    return _MARKS.sub("", _SILENT.sub("", folded)).translate(_ALIKE)
