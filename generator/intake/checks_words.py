"""Plain words: what is too long to be taken in at one go, and what only offices say.

A manual is read once, in a hurry, on a phone.  These are warnings: what is long or stiff is published as it is written.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from generator.intake.seen import Seen, warning
from generator.intake.translations import own_texts
from generator.locales import available_languages, load_strings
from generator.model import Catalog
from generator.problems import Place, Problem
from generator.values import Record

# One in fifty of the sentences with which Canada's departments described their services in 2017 to 2020 is longer.
MOST_WORDS: Final = 40
# Two lines and more on a phone, without a place to rest.
MOST_LETTERS: Final = 80
# Thai, like Lao, Khmer and Burmese, has no full stop: a new line or a list ends a sentence there.
_SENTENCE_ENDS: Final = re.compile(r"[.!?;:…]\s+|\n")
# Vowels and tones above and below a letter take no room on a line.
_MARKS: Final = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")


def words_plain(seen: Seen) -> Iterator[Problem]:
    """No sentence is too long to be taken in at once, and no phrase is one that only offices use."""
    yield from unplain(seen.agency, seen.agency_place(), seen.catalog)
    for service in seen.offered():
        yield from unplain(service, seen.place(service), seen.catalog)


def unplain(record: Record, place: Place, catalog: Catalog) -> Iterator[Problem]:
    """Yield what is hard to read in the own texts of a record, text by text, in every language."""
    texts = own_texts(record, catalog)
    for language in catalog.settings.languages:
        written = [(route, text[language]) for route, text in texts if language in text]
        # Nearly every manual is plain, and one look at all of it together costs less than one at each of its texts.
        if any(_faults("\n".join(text for _, text in written), language)):
            for route, text in written:
                where = Place(place.file, (*place.route, *route, language))
                yield from (warning(code, where, **facts) for code, facts in _faults(text, language))


def _faults(text: str, language: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the code and the facts of what is hard to read in a text; of each kind the worst, or the first, once."""
    stretches = [_MARKS.sub("", one) for one in text.split() if len(one) > MOST_LETTERS and "://" not in one]
    longest = max(map(len, stretches), default=0)
    if longest > MOST_LETTERS:
        yield "text-without-space", {"count": longest, "most": MOST_LETTERS}
    words = max(len(sentence.split()) for sentence in _SENTENCE_ENDS.split(text))
    if words > MOST_WORDS:
        yield "text-sentence-long", {"count": words, "most": MOST_WORDS}
    for stiff, plain in _stiff_in(text, language):
        yield "text-stiff", {"value": stiff, "plain": plain}


def _stiff_in(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield each phrase that only offices use, once, with what a neighbour would say."""
    instead = stiff_phrases(language)
    lower = text.lower()
    if any(phrase in lower for phrase in instead):
        found = dict.fromkeys(one[0] for one in _pattern(language).finditer(lower))
        yield from ((one, instead[one]) for one in found if instead[one] != one)


@lru_cache
def stiff_phrases(language: str) -> Mapping[str, str]:
    """Return phrases that only offices use, each with a plain one; a word that only looks like one stands for itself."""
    told = load_strings(language)("plain.instead") if language in available_languages() else ""
    pairs = (pair.partition("=") for pair in told.split(";") if pair.strip())
    return {stiff.strip(): plain.strip() for stiff, _, plain in pairs}


@lru_cache
def _pattern(language: str) -> re.Pattern[str]:
    """Return what finds the phrases of a language: whole words where it has spaces between them."""
    return re.compile("|".join(map(_whole, _longest_first(stiff_phrases(language)))))


def _whole(phrase: str) -> str:
    return rf"\b{re.escape(phrase)}\b" if phrase.isascii() else re.escape(phrase)


def _longest_first(phrases: Iterable[str]) -> list[str]:
    return sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
