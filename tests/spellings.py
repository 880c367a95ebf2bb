"""How the same Thai words come to be typed: by keyboards, phones, copied texts and tired fingers."""

import re
from collections.abc import Callable, Mapping
from random import Random
from typing import Final

TONES: Final = "\u0e48-\u0e4b"
SIGNS: Final = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"  # what stands above or below a letter
THAI_DIGITS: Final = str.maketrans({str(digit): chr(0x0E50 + digit) for digit in range(10)})
# The keys of the Thai keyboard (Kedmanee) and what the same keys write where English is switched on.
KEYS: Final = str.maketrans(
    "ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ+๑๒๓๔ู฿๕๖๗๘๙๐ฎฑธํ๊ณฯญฐ,ฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ",
    "1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./!@#$%^&*()_+QERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?",
)
Spelling = Callable[[str], str]


def replaced(pattern: str, by: str) -> Spelling:
    """Return what writes one thing for another wherever it stands."""
    return lambda term: re.sub(pattern, by, term)


def between(sign: str) -> Spelling:
    """Return what writes something between two letters, where a reader could part them; always at the same place."""

    def spelt(term: str) -> str:
        places = cuts(term)[1:-1]
        at = Random(term).choice(places) if places else 0
        return term[:at] + sign + term[at:] if at else term

    return spelt


def cuts(term: str) -> list[int]:
    """Return the places before, between and after the letters of a term; signs stay with their letter."""
    return [at for at in range(len(term) + 1) if not re.match(f"[{SIGNS}\u0e33]", term[at : at + 1])]


def on_the_wrong_keyboard(term: str) -> str:
    """Return what the keys of a term write in English; a term with Latin letters or without Thai ones as it is."""
    typed = term.translate(THAI_DIGITS)
    return term if re.search("[A-Za-z]", term) else typed.translate(KEYS)


# What looks the same, or is the same to whoever types it: it finds the same services in the same order.
ALIKE: Final[Mapping[str, Spelling]] = {
    "SARA AM in two letters": replaced("\u0e33", "\u0e4d\u0e32"),
    "SARA AM in two letters around the tone": replaced(f"([{TONES}])\u0e33", "\u0e4d\\1\u0e32"),
    "the tone after SARA AM": replaced(f"([{TONES}])\u0e33", "\u0e33\\1"),
    "two SARA E for SARA AE": replaced("\u0e41", "\u0e40\u0e40"),
    "the tone before the vowel": replaced(f"([\u0e31\u0e34-\u0e39])([{TONES}\u0e4c])", "\\2\\1"),
    "each sign twice": replaced(f"([{SIGNS}])", "\\1\\1"),
    "a space of no width": between("\u200b"),
    "a soft hyphen": between("\u00ad"),
    "Thai digits": lambda term: term.translate(THAI_DIGITS),
    "the English keyboard": on_the_wrong_keyboard,
}
# What differs to the eye: what a term names is found, and there may be more.
PARTED: Final[Mapping[str, Spelling]] = {"a space within": between(" ")}
TONELESS: Final[Mapping[str, Spelling]] = {
    "no tones": replaced(f"[{TONES}]", ""),
    "the first tone missing": lambda term: re.sub(f"[{TONES}]", "", term, count=1),
}
ONE_MORE: Final[Mapping[str, Spelling]] = {
    "SARA A or AA twice": lambda term: re.sub("([\u0e30\u0e32])", "\\1\\1", term, count=1),
}
