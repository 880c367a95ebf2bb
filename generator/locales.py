"""The interface's own words, one file per language.

The words stand in ``strings/<language>.yml``: flat keys, plain ``{placeholders}``, the same in every language, so that
a further language is one more file. Keys are called:

``line.*  extra.*  agency.*  due.*  late.* …``   sentences, under the names of the wording reference
``problem.<code>``  ``problem.<code>.hint``       what is wrong with a contribution, and what to type
``closed.<list>.<value>``                         every value of every closed list of the data contract
``state.*  nav.*  manual.*  button.*  column.*  chart.*  filter.*``   labels
``measure.<measure>.*``                           promise, kept, nothing, unit, units, and figures of that measure
``count.<kind>.one``  ``count.<kind>.other``      a figure with its noun; ``duration.<unit>`` likewise
``date  time  period.*  period_short.*  span.*  month.<n>  month_short.<n>  weekday.<day>``   calendar words
``plural  number.*  list.*  year.era  fiscal_year.known_start``   how the language writes: rules, not words
"""

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml

from generator.claims import NUMBER, Figure, claims_of

STRINGS_FOLDER: Final = Path(__file__).parent / "strings"
REFERENCE_LANGUAGE: Final = "th"

_TIGHT: Final = re.compile(r"[\u0e00-\u0e7f]\{|\}[\u0e00-\u0e7f]")


# A pattern in parts: words, and the name of the placeholder after them.
Pieces = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, eq=False)
class Strings:
    """The interface's words in one language."""

    language: str
    patterns: Mapping[str, str] = field(repr=False)
    _tight: Mapping[str, Pieces] = field(init=False, repr=False)  # with a placeholder that touches a Thai letter
    _numbered: frozenset[str] = field(init=False, repr=False)  # keys whose own words hold a number

    def __post_init__(self) -> None:
        tight = {key: _pieces(pattern) for key, pattern in self.patterns.items() if _TIGHT.search(pattern)}
        object.__setattr__(self, "_tight", tight)
        numbered = (key for key, pattern in self.patterns.items() if NUMBER.search(pattern))
        object.__setattr__(self, "_numbered", frozenset(numbered))

    def __call__(self, key: str, **facts: object) -> str:
        """Return the words of a key with its placeholders filled; a missing key or fact is a KeyError: our bug.

        Facts that the pattern does not ask for are left out.  What the facts claim, the words claim.
        """
        pattern = self.patterns[key]
        words = _joined(self._tight[key], facts) if key in self._tight else pattern.format_map(facts)
        if key in self._numbered or any(isinstance(fact, Figure) for fact in facts.values()):
            return Figure(words, tuple(_claims(pattern, facts)))
        return words

    def has(self, key: str) -> bool:
        """Return whether the language has this key."""
        return key in self.patterns

    @property
    def language_name(self) -> str:
        """Return what the language calls itself."""
        return self.patterns["language.name"]


def available_languages(folder: Path = STRINGS_FOLDER) -> list[str]:
    """Return the codes of the languages that have interface words, sorted."""
    return sorted(path.stem for path in folder.glob("*.yml"))


@lru_cache(maxsize=16)
def load_strings(language: str, folder: Path = STRINGS_FOLDER) -> Strings:
    """Return a language's words; a ValueError lists what differs from the Thai keys and placeholders."""
    patterns = _read(folder / f"{language}.yml")
    reference = folder / f"{REFERENCE_LANGUAGE}.yml"
    differences = _differences(_read(reference if reference.exists() else STRINGS_FOLDER / reference.name), patterns)
    if differences:
        raise ValueError(f"{language}.yml differs from {reference.name}: " + "; ".join(differences))
    return Strings(language, patterns)


def placeholders(pattern: str) -> set[str]:
    """Return the names that a pattern asks for; anything but a plain name in braces is a ValueError."""
    found = set()
    for _, name, form, conversion in string.Formatter().parse(pattern):
        if name is not None:
            if not name.isidentifier() or form or conversion:
                raise ValueError(f"not a plain placeholder in: {pattern}")
            found.add(name)
    return found


def _read(path: Path) -> dict[str, str]:
    loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    wrong = [key for key, words in loaded.items() if not isinstance(key, str) or not isinstance(words, str)]
    if wrong:
        raise ValueError(f"{path.name}: not text: {wrong}")
    # A repetition mark never begins a line; nobody types the no-break space that holds it.
    return {key: words.replace(" ๆ", "\u00a0ๆ") for key, words in loaded.items()}


def _differences(reference: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    missing = [f"{key} is missing" for key in sorted(reference.keys() - other.keys())]
    unknown = [f"{key} is not known" for key in sorted(other.keys() - reference.keys())]
    unequal = [
        f"{key} has other placeholders"
        for key in sorted(reference.keys() & other.keys())
        if placeholders(reference[key]) != placeholders(other[key])
    ]
    return missing + unknown + unequal


def _pieces(pattern: str) -> Pieces:
    return tuple((literal, name) for literal, name, _, _ in string.Formatter().parse(pattern))


def _claims(pattern: str, facts: Mapping[str, object]) -> Iterator[str]:
    """Yield what a pattern's own numbers and its facts claim, in the order in which they stand."""
    for numbers, name in _in_order(pattern):
        yield from numbers
        yield from claims_of(facts[name]) if name else ()


@lru_cache(maxsize=8192)
def _in_order(pattern: str) -> tuple[tuple[tuple[str, ...], str | None], ...]:
    return tuple((tuple(NUMBER.findall(literal)), name) for literal, name in _pieces(pattern))


def _joined(pieces: Pieces, facts: Mapping[str, object]) -> str:
    """Fill a pattern, with a space where a figure, a Latin word or a bracket would touch a Thai letter."""
    words, value = "", ""
    for literal, name in pieces:
        words += (" " if _parted(literal[:1], value[-1:]) else "") + literal
        value = "" if name is None else str(facts[name])
        words += (" " if _parted(literal[-1:], value[:1]) else "") + value
    return words


def _parted(of_pattern: str, of_value: str) -> bool:
    thai_beside_other = _is_thai(of_pattern) and not _is_thai(of_value)
    return thai_beside_other and bool(of_value) and not of_value.isspace()


def _is_thai(letter: str) -> bool:
    return "\u0e00" <= letter <= "\u0e7f"
