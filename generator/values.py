"""The kinds of value that records are made of: ids, texts, shares, durations, money, days, addresses.

Every rule is section 2 of the data contract.  A value of the wrong kind raises a ``PydanticCustomError`` whose type is
the code of a problem and whose context holds its facts; ``intake.load`` turns it into a Problem.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.periods import Period, read_period

ID_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
LANGUAGE_PATTERN = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.ASCII)
DATE_PATTERN = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
TIME_PATTERN = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00", re.ASCII)
MONEY_PATTERN = re.compile(r"\d{1,12}(?:\.\d{1,4})?", re.ASCII)
CURRENCY_PATTERN = re.compile(r"[A-Z]{3}", re.ASCII)
# RFC 3986 characters only; the host is ASCII, without a user name, an "@" or a port that is no number.
URL_PATTERN = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?"
    r"(?:[/?#](?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?",
    re.ASCII,
)
LONGEST_URL = 2000
LONGEST_TEXT = 10_000
FIRST_YEAR, LAST_YEAR = 1900, 2400
LAST_BUDDHIST_YEAR = 2700
MOST_TIME = 100_000
BUDDHIST_OFFSET = 543

NONE = "none"
Nothing = Literal["none"]


class Record(BaseModel):
    """A frozen record that refuses unknown keys and never converts a value."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=False)


def wrong(code: str, **facts: object) -> PydanticCustomError:
    """Return the error that says which problem a value has."""
    return PydanticCustomError(code, code, facts)  # type: ignore[arg-type]  # pydantic wants a literal; codes are tested


def _text(value: Any, info: ValidationInfo) -> Mapping[str, str]:
    """Return language to string; a bare string is in the catalog's first language."""
    first = (info.context or {}).get("first_language", "")
    if isinstance(value, str):
        if not value.strip():
            raise wrong("text-empty")
        return {first: value}
    if not isinstance(value, Mapping):
        raise wrong("text-not-text", found=str(value))
    return _texts_by_language(value, first)


def _texts_by_language(value: Mapping[Any, Any], first: str) -> Mapping[str, str]:
    for language, words in value.items():
        if not isinstance(language, str) or not LANGUAGE_PATTERN.fullmatch(language):
            raise wrong("text-language-unknown", language=str(language))
        if not isinstance(words, str):
            raise wrong("text-not-text", language=language, found=str(words))
        if not words.strip():
            raise wrong("text-empty", language=language)
    if first and first not in value:
        raise wrong("text-first-language-missing", code=first)
    return value


def _one_line(value: Mapping[str, str]) -> Mapping[str, str]:
    for language, words in value.items():
        if "\n" in words.strip("\n"):
            raise wrong("text-many-lines", language=language)
    return value


def _plain(value: Any) -> str:
    """Return a string; a number or a truth value in its place is told to stand in quotes."""
    if isinstance(value, str):
        return value
    raise wrong("text-not-text", found=str(value))


def _id(value: str) -> str:
    if not ID_PATTERN.fullmatch(value) or len(value) > 64:
        raise wrong("id-form", value=value)
    return value


def _day(value: Any) -> date:
    """Return a day written as 2026-10-01; a Buddhist year is refused with the Gregorian one."""
    matched = DATE_PATTERN.fullmatch(value) if isinstance(value, str) else None
    if not matched:
        raise wrong("date-form", value=str(value))
    year, month, day = (int(part) for part in matched.groups())
    if LAST_YEAR <= year <= LAST_BUDDHIST_YEAR:
        raise wrong("year-buddhist", value=value, suggestion=f"{year - BUDDHIST_OFFSET}{value[4:]}")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise wrong("date-not-real", value=value, suggestion="2026-10-01")
    try:
        return date(year, month, day)
    except ValueError:
        raise wrong("date-not-real", value=value, suggestion=f"{year}-{min(max(month, 1), 12):02}-01") from None


def _time(value: str) -> str:
    if not TIME_PATTERN.fullmatch(value):
        raise wrong("time-form", value=value)
    return value


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise wrong("number-form", value=str(value))
    return Decimal(value)


def _whole(value: Any) -> int:
    number = _number(value)
    if number != number.to_integral_value():
        raise wrong("number-not-whole", value=str(value), suggestion=str(int(number)))
    return int(number)


def _not_negative(value: int) -> int:
    if value < 0:
        raise wrong("number-negative", value=str(value))
    return value


def decimals(value: Decimal) -> int:
    """Return how many decimals the number was typed with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _share(value: Any) -> Decimal:
    """Return a part of one: above 0, at most 1, at most six decimals."""
    share = _number(value)
    if share == 0:
        raise wrong("share-zero", value="0")
    if share < 0:
        raise wrong("number-negative", value=str(value))
    if share > 1:
        raise wrong("share-above-one", value=str(value), suggestion=str(share / 100) if share <= 100 else "0.90")
    if decimals(share) > 6:
        raise wrong("share-too-precise", value=str(value))
    return share


def _time_value(value: Any) -> Decimal:
    number = _number(value)
    if number <= 0:
        raise wrong("duration-not-positive", value=str(value))
    if number > MOST_TIME:
        raise wrong("duration-too-long", value=str(value))
    if decimals(number) > 2:
        raise wrong("duration-too-precise", value=str(value), suggestion=f"{number:.2f}")
    return number


def _money(value: Any) -> Decimal:
    """Return an exact amount, which is a quoted decimal and never a float."""
    if not isinstance(value, str) or not MONEY_PATTERN.fullmatch(value):
        digits = re.sub(r"[^\d.]", "", str(value))
        raise wrong("money-form", value=str(value), suggestion=f'"{digits or "0.00"}"')
    return Decimal(value)


def _currency(value: str) -> str:
    if not CURRENCY_PATTERN.fullmatch(value):
        raise wrong("currency-form", value=value)
    return value


def _url(value: str) -> str:
    if len(value) > LONGEST_URL or not URL_PATTERN.fullmatch(value):
        raise wrong("url-form", value=value)
    return value


def _period(value: str, info: ValidationInfo) -> Period:
    period = read_period(value, (info.context or {}).get("fiscal_year_starts", 1))
    if period is None:
        raise wrong("period-unreadable", value=value)
    return period


_TEXT_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT},
        {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string", "maxLength": LONGEST_TEXT}},
    ]
}
_DAY_SCHEMA = {"type": "string", "format": "date"}

type_text = BeforeValidator(_text)
Text = Annotated[Any, type_text, WithJsonSchema(_TEXT_SCHEMA)]
Title = Annotated[Any, type_text, AfterValidator(_one_line), WithJsonSchema(_TEXT_SCHEMA)]
Plain = Annotated[str, BeforeValidator(_plain)]
Id = Annotated[Plain, AfterValidator(_id), Field(json_schema_extra={"pattern": f"^{ID_PATTERN.pattern}$", "maxLength": 64})]
Day = Annotated[Any, BeforeValidator(_day), WithJsonSchema(_DAY_SCHEMA)]
ClockTime = Annotated[Plain, AfterValidator(_time)]
Number = Annotated[Any, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Whole = Annotated[Any, BeforeValidator(_whole), WithJsonSchema({"type": "integer"})]
Count = Annotated[Any, BeforeValidator(_whole), AfterValidator(_not_negative), WithJsonSchema({"type": "integer", "minimum": 0})]
Share = Annotated[
    Any, BeforeValidator(_share), WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 1})
]
TimeValue = Annotated[
    Any, BeforeValidator(_time_value), WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": MOST_TIME})
]
MoneyAmount = Annotated[
    Any, BeforeValidator(_money), WithJsonSchema({"type": "string", "pattern": f"^{MONEY_PATTERN.pattern}$"})
]
Currency = Annotated[Plain, AfterValidator(_currency)]
Url = Annotated[Plain, AfterValidator(_url)]
PeriodCode = Annotated[Any, BeforeValidator(_plain), AfterValidator(_period), WithJsonSchema({"type": "string"})]

TimeUnit = Literal["minute", "hour", "working_hour", "working_day", "calendar_day", "month"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Duration(Record):
    """A length of time, with its unit; there is no default unit."""

    value: TimeValue
    unit: TimeUnit


class Gain(Record):
    """What an improvement changed: a duration, or a count of documents, steps or visits."""

    value: Number
    unit: Literal[TimeUnit, "document", "step", "visit"]


class Money(Record):
    """An amount of money."""

    amount: MoneyAmount
    currency: Currency
