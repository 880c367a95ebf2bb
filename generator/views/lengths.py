"""A sum of times in words: units that are no multiples of each other stay apart."""

from collections.abc import Iterator
from decimal import Decimal

from generator.case.journey import Length
from generator.claims import TYPED, figure
from generator.views.words import Words

UNITS_IN_ORDER = ("month", "calendar_day", "working_day", "working_hour", "hour", "minute")


def length_words(words: Words, length: Length, claim: str = TYPED) -> str:
    """Return a sum of times: 5 วันทำการ และ 20 นาที; nothing for none.  The claim has a place for each unit."""
    known = [(unit, words.wording.duration(value, unit)) for unit, value in _parts(length) if value]
    return words.wording.list_of([figure(told, claim.format(unit)) for unit, told in known])


def _parts(length: Length) -> Iterator[tuple[str, Decimal]]:
    hours, minutes = divmod(length.minute, 60)
    values = length._asdict() | {"hour": hours, "minute": minutes}
    yield from ((unit, values[unit]) for unit in UNITS_IN_ORDER)
