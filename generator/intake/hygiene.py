"""What no text may hold: characters nobody sees, marks piled up, personal data; and what is better kept elsewhere.

``check_text`` walks what was read from a file, or one cell.  Clean text is passed by three searches over all of it at
once; only where one of them finds something is each string looked at by itself.  Section 2 of the data contract is the
source for characters, section 10 for personal data, which no report repeats: ``shown`` is how a value is quoted.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from generator.intake.hosts import look_alike
from generator.problems import Place, Problem, Word
from generator.values import LANGUAGE_PATTERN

LONGEST_TEXT: Final = 10_000
LONGEST_SHOWN: Final = 40
MASK: Final = "•••"

# Control characters but for the line feed, bidirectional controls, line and paragraph separators, U+FEFF, interlinear
# marks, surrogates, noncharacters (XML has no U+FFFE and no U+FFFF), private use, tags.  One range takes all beyond the
# basic plane, as it makes the search twice as fast.
_HIDDEN = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\uf8ff\U000e0000-\U000e007f\U000f0000-\U0010ffff"
)
_ZERO_WIDTH = "\u200b-\u200d\u2060\u00ad"
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc"
    "\u0ec8-\u0ece\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
)
_DIGITS = "0-9๐-๙\uff10-\uff19"
_BESIDE = f" .,()\u00a0\u2009\u202f\u2010-\u2015{_ZERO_WIDTH}\\-"
# What clean text has not, each a search that the expression engine is quick at: it begins with one set of characters.
_UNCLEAN = (
    re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
               "\ufffe\uffff\ud800-\uf8ff\U00010000-\U0010ffff]"),
    re.compile(f"[{_MARKS}]" * 4),
)  # fmt: skip
# Nine digits together, or ten characters of digits and what parts them, unless they are one date.
_NUMBER = re.compile(
    f"[{_DIGITS}](?:[{_DIGITS}]{{8}}"
    f"|(?![{_DIGITS}]{{3}}-[{_DIGITS}]{{2}}-[{_DIGITS}]{{2}}(?![{_BESIDE}{_DIGITS}]))[{_BESIDE}{_DIGITS}]{{9}})"
)
_RARE = ("http://", "n--", "N--", "\u200b", "\u200c", "\u200d", "\u2060", "\u00ad")
_SIGNS_OF_CONTACT = ("@", "\uff20", "(at)", "[at]")
_HIDDEN_CHARACTER = re.compile(f"[{_HIDDEN}]")
_HIDDEN_IN_CODES = re.compile(f"[{_HIDDEN}{_ZERO_WIDTH}]")
_STACKED = re.compile(f"[{_MARKS}]{{4,}}")

# ---- personal data, in text whose digits and letters have been made ASCII, character by character ----

_ASCII = str.maketrans(
    {
        **{ord("๐") + digit: str(digit) for digit in range(10)},
        **{wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)},
    }
)
_BETWEEN = rf"[ .()\u00a0\u2009\u202f\u2010-\u2015{_ZERO_WIDTH}\-]{{0,2}}"
_AFTER_ZERO = r"[ ()\u00a0\u2010-\u2015\-]{0,2}"  # no point: 0.95 is no telephone number
_RUN = re.compile(rf"(?<![A-Za-z0-9])[0-9](?:{_BETWEEN}[0-9]){{12,}}(?![A-Za-z0-9])")
_THIRTEEN = re.compile(r"(?<![0-9])[0-9]{13}(?![0-9])")
_GROUPED = re.compile(r"(?<![0-9])[0-9]([^0-9]{1,2})[0-9]{4}\1[0-9]{5}\1[0-9]{2}\1[0-9](?![0-9])")
# 068-0-12345-6 is how banks group an account's ten digits; no telephone number is written so.
_MOBILE = re.compile(
    rf"(?<![A-Za-z0-9])(?<!\d[-.\u2013])(?!\d{{3}}-\d-\d{{5}}-\d)"
    rf"(?:\+?66{_BETWEEN}0?|0){_AFTER_ZERO}[689](?:{_BETWEEN}[0-9]){{8}}(?![0-9])"
)
_LANDLINE = re.compile(
    rf"(?<![A-Za-z0-9])(?<!\d[-.\u2013])0{_AFTER_ZERO}[2-57](?:{_BETWEEN}[0-9]){{7}}(?!{_BETWEEN}[0-9])"
)
_ABROAD = re.compile(rf"(?<![A-Za-z0-9])\+[1-9](?:{_BETWEEN}[0-9]){{8,13}}(?![0-9])")
_EMAIL = re.compile(
    r"[A-Za-z0-9._%+-]{1,64}\s?(?:@|[(\[]at[)\]])\s?((?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24})(?![A-Za-z0-9-])"
)
_FREE_MAIL = re.compile(
    r"(?:(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|rocketmail|windowslive|gmx|yandex|zoho|aol)"
    r"\.(?:[a-z]{2,3}|com?\.[a-z]{2}|com\.[a-z]{2})"
    r"|(?:icloud|me|mac|mail|pm|proton|protonmail|tutanota|tuta|fastmail|hushmail|naver|qq|163|126|sina)"
    r"\.(?:com|me|net|ru|fm))",
    re.IGNORECASE,
)
# Addresses of pages hold long numbers that are nobody's: one in eleven of thirteen digits passes for a citizen id.
_URL = re.compile(r"https?://[!-~]+")
_CONTACT_KEYS = frozenset({"email", "phone"})
_CODE_KEYS = frozenset({"id", "url", "email", "phone", "law", "document", "calendar", "question", "inherits"})
_URL_KEYS = frozenset({"url", "source", "repository", "same_as"})
_SAID_ON_THE_SITE: Final = Word("report.contact")


def check_text(place: Place, value: object, contact: str | Word = _SAID_ON_THE_SITE) -> Iterator[Problem]:
    """Yield what is wrong with the characters and the content of every text in plain data, or in one cell.

    ``contact`` is whom to tell of personal data that is already online.
    """
    texts: list[str] = []
    contacts: list[str] = []
    _gather(value, _key_of(place), texts, contacts)
    together = "\n".join(texts)
    is_long = len(together) > LONGEST_TEXT and max(map(len, texts)) > LONGEST_TEXT
    if not (is_long or _is_unclean(together) or _may_be_contact(together) or _is_unclean("\n".join(contacts))):
        return
    for inner, text in _walk(place, value):
        if len(text) > LONGEST_TEXT or _is_unclean(text) or _may_be_contact(text):
            yield from _check_one(inner, text, contact)


def shown(value: object) -> str:
    """Return how a report quotes a value: personal data masked, hidden characters escaped, cut at 40 characters."""
    text = str(value)[: 4 * LONGEST_SHOWN]
    for begin, end in sorted(_personal_spans(text), reverse=True):
        text = text[:begin] + MASK + text[end:]
    text = _HIDDEN_CHARACTER.sub(lambda found: f"\\u{ord(found[0]):04x}", text.replace("\n", " "))
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def _gather(value: object, key: str, texts: list[str], contacts: list[str]) -> None:
    """Put every text into one of two lists: those that say how to reach an office may hold what others may not."""
    if isinstance(value, str):
        (contacts if key in _CONTACT_KEYS else texts).append(value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            _gather(inner, name, texts, contacts)
    elif isinstance(value, tuple):
        for inner in value:
            _gather(inner, key, texts, contacts)
    elif isinstance(value, int) and value > 10**8:
        texts.append(str(value))


def _walk(place: Place, value: object) -> Iterator[tuple[Place, str]]:
    """Yield every text with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _walk(place / str(key), inner)
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _walk(place / index, inner)
    elif isinstance(value, int) and value > 10**8:
        yield place, str(value)


def _is_unclean(text: str) -> bool:
    return any(rare in text for rare in _RARE) or any(pattern.search(text) for pattern in _UNCLEAN)


def _may_be_contact(text: str) -> bool:
    return any(sign in text for sign in _SIGNS_OF_CONTACT) or _NUMBER.search(text) is not None


def _key_of(place: Place) -> str:
    """Return the key that a value is written under: in a list, the list's."""
    return next((step for step in reversed(place.route) if isinstance(step, str)), "")


def _field_of(place: Place) -> str:
    """Return what a report calls the field: its key, and for a text by language the text's key before it."""
    keys = [step for step in place.route if isinstance(step, str)]
    is_language = len(keys) > 1 and place.route[-2] == keys[-2] and LANGUAGE_PATTERN.fullmatch(keys[-1]) is not None
    return ".".join(keys[-2:] if is_language else keys[-1:])


def _check_one(place: Place, text: str, contact: str | Word) -> Iterator[Problem]:
    key = _key_of(place)
    yield from _check_characters(place, key, text)
    if key in _URL_KEYS and text.startswith("http://"):
        facts = {"field": _field_of(place), "value": shown(text), "suggestion": "https" + text[4:]}
        yield Problem("url-not-https", "warning", place, facts)
    if (key in _URL_KEYS or key == "email") and (hosts := look_alike(text)):
        facts = {"field": _field_of(place), "value": shown(hosts[0]), "host": shown(hosts[1])}
        yield Problem("url-look-alike", "warning", place, facts)
    if key not in _CONTACT_KEYS:
        yield from _check_personal(place, key, text, contact)


def _check_characters(place: Place, key: str, text: str) -> Iterator[Problem]:
    """Characters that are not seen, marks piled on one letter, and more text than a page shows are errors."""
    is_code = key in _CODE_KEYS or (place.file.endswith(".csv") and not key.startswith("note_"))
    hidden = (_HIDDEN_IN_CODES if is_code else _HIDDEN_CHARACTER).search(text)
    if hidden is not None:
        facts = {"field": _field_of(place), "name": _name_of(hidden[0]), "column": hidden.start() + 1}
        yield Problem("text-hidden-character", "error", place, facts)
    stacked = _STACKED.search(text)
    if stacked is not None:
        facts = {"field": _field_of(place), "column": stacked.start() + 1, "found": len(stacked[0])}
        yield Problem("text-marks-stacked", "error", place, facts)
    if len(text) > LONGEST_TEXT:
        yield Problem(
            "text-too-long", "error", place, {"field": _field_of(place), "found": len(text), "most": LONGEST_TEXT}
        )


def _name_of(character: str) -> str:
    name = "TAB" if character == "\t" else unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".strip()


def _check_personal(place: Place, key: str, text: str, contact: str | Word) -> Iterator[Problem]:
    """Personal data are errors; other addresses and telephone numbers belong in the keys made for them."""
    field = _field_of(place)
    plain = text.translate(_ASCII)
    without_urls = _URL.sub(lambda found: "x" * len(found[0]), plain)
    ids = list(_citizen_ids(without_urls))
    if ids:
        yield Problem("personal-citizen-id", "error", place, {"field": field, "contact": contact})
    plain = _blanked(plain, ids)
    personal = [*_mobiles(plain), *_free_mail(plain)]
    if personal:
        yield Problem("personal-contact", "error", place, {"field": field})
    plain = _blanked(plain, personal)
    if key in _URL_KEYS:
        return
    if _EMAIL.search(plain):
        yield Problem("text-email", "warning", place, {"field": field})
    if _LANDLINE.search(plain) or _ABROAD.search(plain):
        yield Problem("text-phone", "warning", place, {"field": field})


def _citizen_ids(plain: str) -> Iterator[tuple[int, int]]:
    return (span for span in _thirteen_digits(plain) if _is_citizen_id(_digits(plain, span)))


def _thirteen_digits(plain: str) -> Iterator[tuple[int, int]]:
    """Yield where 13 digits stand: alone in their run, together, or grouped 1-4-5-2-1."""
    for run in _RUN.finditer(plain):
        if len(_digits(plain, run.span())) == 13:
            yield run.span()
            continue
        for shape in (_THIRTEEN, _GROUPED):
            yield from (found.span() for found in shape.finditer(plain, run.start(), run.end()))


def _digits(plain: str, span: tuple[int, int]) -> str:
    return re.sub(r"\D", "", plain[slice(*span)])


def _is_citizen_id(digits: str) -> bool:
    """Return whether thirteen digits are a person's number: the last is (11 - sum of d(i) times 14 - i, mod 11) mod 10.

    Persons' numbers begin with 1 to 8; those without a nationality with 0 and have 89 as sixth and seventh digit.  All
    others that begin with 0 belong to companies and agencies, which the same rule numbers and which may be printed.
    """
    if digits[0] == "9" or (digits[0] == "0" and digits[5:7] != "89"):
        return False
    total = sum(int(digit) * (13 - index) for index, digit in enumerate(digits[:12]))
    return (11 - total % 11) % 10 == int(digits[12])


def _free_mail(plain: str) -> Iterator[tuple[int, int]]:
    for found in _EMAIL.finditer(plain):
        if _FREE_MAIL.fullmatch(found[1]):
            yield found.span()


def _emails(plain: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _EMAIL.finditer(plain))


def _mobiles(plain: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _MOBILE.finditer(plain))


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for begin, end in spans:
        text = text[:begin] + "x" * (end - begin) + text[end:]
    return text


def _personal_spans(text: str) -> list[tuple[int, int]]:
    """Return what to mask: every 13 digits, valid or not, every mobile number and every address; none overlap."""
    if not _may_be_contact(text):
        return []
    plain = text.translate(_ASCII)
    spans: list[tuple[int, int]] = []
    for find in (_emails, _thirteen_digits, _mobiles):
        found = list(find(plain))
        spans += found
        plain = _blanked(plain, found)
    return spans


def masked(text: str) -> str:
    """Return a text of the same length with a dot for every character of personal data in it, and of hidden ones."""
    for begin, end in _personal_spans(text):
        text = text[:begin] + "•" * (end - begin) + text[end:]
    return _HIDDEN_CHARACTER.sub("·", text)
