"""The order of a dictionary: Thai names as Thai dictionaries sort them, others as the world's common order does.

Both are what ICU's collation gives for the language (`Intl.Collator` in a browser, which the tests hold this against).
ICU itself is no dependency: there is no wheel of it that could be locked, and a list of names needs a page of its rules.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from generator.views.words import Words

# What a name is compared by: its letters; then, between names of the same letters, marks and accents; then capitals.
Key = tuple[str, str, str, str]

MARKS = frozenset("ะัาำิีึืฺุู็่้๊๋์ํ๎")  # no Thai word begins with one
_DIGITS = "0123456789"
_UNLISTED, _FIRST_DIGIT, _FIRST_LETTER, _OTHERS = 0x80, 0x90, 0xA0, 0x100
_LATIN_MARKS = range(0x300, 0x370)
# A vowel that is written before its consonant is sorted after it; the two halves of SARA AM are one letter.
_LEADING_VOWEL = re.compile("([เ-ไ])([ก-ฮ])")
_SARA_AM, _TWO_HALVES = "\u0e33", "\u0e4d\u0e32"
# A space and a hyphen at which no line breaks.
_PLAIN = str.maketrans({"\u00a0": " ", "\u2011": "\u2010"})
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


# Not slotted: what is worked out once is kept.
@dataclass(frozen=True)
class Order:
    """One language's order: its own letters first, then those of other scripts.

    Where something is ``passed_over``, so is every space and sign that is not listed.  ``forms`` are letters that count as
    another one.
    """

    signs: str
    marks: str
    letters: str = ""
    passed_over: str = ""
    forms: Mapping[str, str] = field(default_factory=dict)
    sara_am: str = _SARA_AM

    @cached_property
    def ranks(self) -> dict[str, str]:
        """Return the rank of every character that is listed."""
        listed = ((1, self.signs), (_FIRST_DIGIT, _DIGITS), (_FIRST_LETTER, self.letters))
        return {one: chr(first + at) for first, of in listed for at, one in enumerate(of)}

    def rank(self, letter: str) -> str:
        """Return the rank of a letter, digit or sign; nothing for one that is passed over."""
        if letter in self.ranks:
            return self.ranks[letter]
        if (digit := unicodedata.decimal(letter, None)) is not None:
            return self.ranks[str(digit)]
        kind = unicodedata.category(letter)[0]
        if letter in self.passed_over or (self.passed_over and kind in "PZ"):
            return ""
        return chr(_UNLISTED) if kind in "PZSC" else chr(min(_OTHERS + ord(letter), 0x10FFFF))


_THAI_CONSONANTS = "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮ"
_THAI = Order(
    signs="`^°©→+÷×<=>|~$฿€",
    marks="๎์็่้๊๋",
    letters=_THAI_CONSONANTS + "ํะัาำิีึืุูเแโใไฺ",
    passed_over="ฯๆ",
    forms={"ๅ": "า"},  # the long sign after ฤ and ฦ
    sara_am="า\u0e4d",  # after every word that goes on from า with a consonant
)
_COMMON = Order(
    signs="\t _-‐–—,;:!?.…·'‘’\"“”«»()[]{}@*/\\&#%•๏๚๛`^°©→+÷×<=>|~ๆ$฿€",
    marks="๎็่้๊๋์ํ",
)


@lru_cache(maxsize=16384)
def alphabetical(text: str, language: str) -> Key:
    """Return the key that sorts a name as a dictionary of this language does."""
    order = _order(language)
    ranks, marks, capitals = zip(("", "", ""), *_weights(text, order), strict=True)
    return "".join(ranks), "".join(marks), "".join(capitals), text


def title_key(title: str, words: Words) -> Key:
    """Return the key that sorts the names of services."""
    return alphabetical(sorted_name(title, words), words.language)


def sorted_name(title: str, words: Words) -> str:
    """Return a name without the syllable that makes a noun of a verb: in Thai nearly every service begins with it."""
    prefix = words.strings("services.sort_after")
    rest = title.removeprefix(prefix).lstrip()
    return title if not rest or rest[0] in MARKS else rest


def initial(text: str, language: str) -> str:
    """Return the letter that a name stands under; names that begin with a digit stand together."""
    order = _order(language)
    for letter in _spelt(text, order):
        if order.rank(letter) and letter not in order.marks:
            return f"{_DIGITS[0]}–{_DIGITS[-1]}" if unicodedata.decimal(letter, None) is not None else letter.upper()
    return text[:1]


def _order(language: str) -> Order:
    return _THAI if language == "th" else _COMMON


def _spelt(text: str, order: Order) -> str:
    """Return a text in the order in which its letters count, without what cannot be seen."""
    whole = unicodedata.normalize("NFD", text).translate(_PLAIN).replace(_TWO_HALVES, _SARA_AM)
    swapped = _LEADING_VOWEL.sub(r"\2\1", whole)
    return _INVISIBLE.sub("", swapped.replace(_SARA_AM, order.sara_am))


def _weights(text: str, order: Order) -> Iterator[tuple[str, str, str]]:
    """Yield what each character adds to the three parts of a key."""
    for letter in _spelt(text, order):
        if letter in order.marks or ord(letter) in _LATIN_MARKS:
            yield "", _mark(letter, order), "0"
            continue
        for small in letter.casefold():
            plain = order.forms.get(small, small)
            if rank := order.rank(plain):
                yield rank, "\x01", "0" if plain == letter else "1"


def _mark(letter: str, order: Order) -> str:
    at = order.marks.find(letter)
    return chr(2 + at) if at >= 0 else letter
