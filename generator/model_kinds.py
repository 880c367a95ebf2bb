"""The closed lists of the data contract, and the values that may be of several kinds.

Where a value may be of several kinds, its own form decides which, so that a mistake is told once and not once for each
kind.  The names in ``KINDS`` stand in pydantic's ``loc``; ``intake.load_records`` takes them out of the route.
"""

from typing import Annotated, Final, Literal, TypeVar

from pydantic import Discriminator, Field, Tag

from generator.values import Gain, Money, Nothing, Number, Plain, Record

Frequency = Literal["month", "quarter", "half_year", "year", "fiscal_year"]
ChannelType = Literal[
    "counter", "drive_thru", "kiosk", "online", "app", "email", "post", "fax", "phone", "mobile_unit", "other"
]
Section = Literal["scope", "requirements", "service_levels", "steps", "complaints"]
Measure = Literal[
    "processing_time", "waiting_time", "availability", "accuracy", "satisfaction", "complaint_response", "other"
]
HeldByState = Literal[True, False, "unknown"]
TIMED_MEASURES: frozenset[str] = frozenset({"processing_time", "waiting_time", "complaint_response"})

LIST: Final = ":list"
NOTHING: Final = ":none"
TRUTH: Final = ":truth"
WORD: Final = ":word"
RANGE: Final = ":range"
GAIN: Final = ":gain"
MONEY: Final = ":money"
FEE: Final = ":fee"
KINDS: Final = frozenset({LIST, NOTHING, TRUTH, WORD, RANGE, GAIN, MONEY, FEE})
_T = TypeVar("_T")


class Between(Record):
    """A range of numbers, both ends included."""

    from_: Number | None = Field(default=None, alias="from")
    to: Number | None = None


def _list_or_none(value: object) -> str:
    return NOTHING if value == "none" else LIST


def fee_or_none(value: object) -> str:
    """Return which kind a copy fee is: a fee, or a stated nothing."""
    return NOTHING if value == "none" else FEE


def _gain_or_money(value: object) -> str:
    as_money = isinstance(value, dict) and not value.keys().isdisjoint({"amount", "currency"})
    return MONEY if as_money or isinstance(value, Money) else GAIN


def _kind_of_answer(value: object) -> str:
    if isinstance(value, bool):
        return TRUTH
    return LIST if isinstance(value, tuple) else RANGE if isinstance(value, dict | Between) else WORD


def _kind_of_single_answer(value: object) -> str:
    return TRUTH if isinstance(value, bool) else WORD


Listed = Annotated[tuple[_T, ...], Field(min_length=1)]
ListedOrNone = Annotated[
    Annotated[tuple[_T, ...], Field(min_length=1), Tag(LIST)] | Annotated[Nothing, Tag(NOTHING)],
    Discriminator(_list_or_none),
]
Answer = Annotated[
    Annotated[bool, Tag(TRUTH)]
    | Annotated[Plain, Tag(WORD)]
    | Annotated[tuple[Plain, ...], Tag(LIST)]
    | Annotated[Between, Tag(RANGE)],
    Discriminator(_kind_of_answer),
]
SingleAnswer = Annotated[
    Annotated[bool, Tag(TRUTH)] | Annotated[Plain, Tag(WORD)], Discriminator(_kind_of_single_answer)
]
Conditions = Annotated[dict[str, Answer], Field(min_length=1)]
Gained = Annotated[Annotated[Gain, Tag(GAIN)] | Annotated[Money, Tag(MONEY)], Discriminator(_gain_or_money)]
