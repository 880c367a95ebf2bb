"""The kinds of value that records are made of: ids, texts, shares, durations, money, days, addresses.

Every rule is section 2 of the data contract.  A value of the wrong kind raises a ``PydanticCustomError`` whose type is
the code of a problem and whose context holds its facts; ``intake.load`` turns it into a Problem.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from generator.periods import Period, read_period

ID_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
LANGUAGE_PATTERN = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", re.ASCII)
DATE_PATTERN = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
TIME_PATTERN = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00", re.ASCII)
MONEY_PATTERN = re.compile(r"\d{1,12}(?:\.\d{1,4})?", re.ASCII)
# Without the signs that mean something in a link: "a?bcc=b@example.org" is no mailbox.
EMAIL_PATTERN = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
CURRENCY_PATTERN = re.compile(r"[A-Z]{3}", re.ASCII)
# RFC 3986 characters only; the host is ASCII, without a user name, an "@" or a port that is no number.
URL_PATTERN = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?::\d{1,5})?"
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


def wrong(code: str, /, **facts: object) -> PydanticCustomError:
    """Return the error that says which problem a value has; the fact ``inside`` says at which key of the value."""
    return PydanticCustomError(code, code, facts)


def quoted(value: object) -> str:
    """Return what to type for a number or a truth value where text is due."""
    return f'"{str(value).lower() if isinstance(value, bool) else value}"'


def _text(value: object, info: ValidationInfo) -> Mapping[str, str]:
    """Return language to string; a bare string is in the catalog's first language."""
    first = (info.context or {}).get("first_language", "")
    if isinstance(value, str):
        return {first: _plain(value)}
    if not isinstance(value, dict):
        raise _no_text(value)
    for language, words in value.items():
        if not LANGUAGE_PATTERN.fullmatch(language):
            raise wrong("language-form", value=language, inside=language)
        if not isinstance(words, str):
            raise _no_text(words, inside=language)
        if not words.strip():
            raise wrong("text-empty", inside=language)
    if first and first not in value:
        raise wrong("text-first-language-missing", language=first, code=first)
    return value


def _one_line(value: Mapping[str, str], info: ValidationInfo) -> Mapping[str, str]:
    """Return a title without the line end that a block scalar leaves behind it."""
    first = (info.context or {}).get("first_language", "")
    for language, words in value.items():
        if "\n" in words.strip("\n"):
            raise wrong(
                "text-many-lines", value=words, **({"inside": language} if len(value) > 1 or language != first else {})
            )
    return {language: words.strip("\n") for language, words in value.items()}


def _plain(value: object) -> str:
    """Return a string that is not empty; a number or a truth value in its place is told to stand in quotes."""
    if not isinstance(value, str):
        raise _no_text(value)
    if not value.strip():
        raise wrong("text-empty")
    return value


def _no_text(value: object, **facts: object) -> PydanticCustomError:
    if isinstance(value, bool | int | Decimal):
        return wrong("value-unquoted", value=str(value), suggestion=quoted(value), **facts)
    return wrong("value-not-text", **facts)


def _by_language(value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    for language in value:
        if not LANGUAGE_PATTERN.fullmatch(language):
            raise wrong("language-form", value=language, inside=language)
    return value


def suggested_id(value: str) -> str:
    """Return an id that resembles a text: small letters, digits and single hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", value.lower()))[:64].strip("-") or "vehicle-tax"


def _id(value: str) -> str:
    if not ID_PATTERN.fullmatch(value) or len(value) > 64:
        raise wrong("id-form", value=value, suggestion=suggested_id(value))
    return value


def _day(value: object) -> date:
    """Return a day written as 2026-10-01; a Buddhist year is refused with the Gregorian one."""
    matched = DATE_PATTERN.fullmatch(value) if isinstance(value, str) else None
    if not isinstance(value, str) or matched is None:
        raise wrong("date-form", value=str(value))
    year, month, day = (int(part) for part in matched.groups())
    if LAST_YEAR < year <= LAST_BUDDHIST_YEAR:
        raise wrong("year-buddhist", value=value, suggestion=f"{year - BUDDHIST_OFFSET}{value[4:]}")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise wrong("year-out-of-range", value=value, first=FIRST_YEAR, last=LAST_YEAR)
    try:
        return date(year, month, day)
    except ValueError:
        raise wrong("date-not-real", value=value, suggestion=f"{year}-{min(max(month, 1), 12):02}-01") from None


def _time(value: str) -> str:
    if not TIME_PATTERN.fullmatch(value):
        raise wrong("time-form", value=value)
    return value


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise wrong("number-form", value=str(value))
    return Decimal(value)


def _whole(value: object) -> int:
    number = _number(value)
    if number != number.to_integral_value():
        raise wrong("number-not-whole", value=str(value), suggestion=str(round(number)))
    return int(number)


def _not_negative(value: int | Decimal) -> int | Decimal:
    if value < 0:
        raise wrong("number-negative", value=str(value))
    return value


def decimals(value: Decimal) -> int:
    """Return how many decimals the number was typed with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _share(value: object) -> Decimal:
    """Return a part of one: above 0, at most 1, at most six decimals."""
    share = _number(value)
    if share == 0:
        raise wrong("share-zero", value="0")
    if share < 0:
        raise wrong("number-negative", value=str(value))
    if share > 1:
        suggestion = f"{share / 100:.2f}" if share == int(share) else str(share / 100)
        raise wrong("share-above-one", value=str(value), suggestion=suggestion if share <= 100 else "0.90")
    if decimals(share) > 6:
        raise wrong("share-too-precise", value=str(value), suggestion=f"{share:.6f}")
    return share


def _time_value(value: object) -> Decimal:
    number = _number(value)
    if number <= 0:
        raise wrong("duration-not-positive", value=str(value))
    if number > MOST_TIME:
        raise wrong("duration-too-long", value=str(value), most=MOST_TIME)
    if decimals(number) > 2:
        raise wrong("duration-too-precise", value=str(value), suggestion=f"{number:.2f}")
    return number


def _money(value: object) -> Decimal:
    """Return an exact amount, which is a quoted decimal and never a float."""
    if not isinstance(value, str) or not MONEY_PATTERN.fullmatch(value):
        raise wrong("money-form", value=str(value), suggestion=_money_to_type(value))
    return Decimal(value)


def _money_to_type(value: object) -> str:
    digits = re.sub(r"[^0-9.]", "", str(value))
    return f'"{Decimal(digits):.2f}"' if MONEY_PATTERN.fullmatch(digits) else '"645.21"'


def _currency(value: str) -> str:
    if not CURRENCY_PATTERN.fullmatch(value):
        raise wrong("currency-form", value=value)
    return value


def _email(value: str) -> str:
    if not EMAIL_PATTERN.fullmatch(value):
        raise wrong("email-form", value=value)
    return value


def _url(value: str) -> str:
    if len(value) > LONGEST_URL or not URL_PATTERN.fullmatch(value):
        raise wrong("url-form", value=value)
    return value


def _period(value: str, info: ValidationInfo) -> Period:
    fiscal_year_starts = (info.context or {}).get("fiscal_year_starts", 1)
    period = read_period(value, fiscal_year_starts)
    if period is not None:
        return period
    gregorian = re.sub(r"2[4-7][0-9]{2}", lambda year: str(int(year[0]) - BUDDHIST_OFFSET), value, count=1)
    if gregorian != value and read_period(gregorian, fiscal_year_starts) is not None:
        raise wrong("year-buddhist", value=value, suggestion=quoted(gregorian))
    raise wrong("period-unreadable", value=value)


def _location(value: object) -> tuple[Decimal, Decimal]:
    """Return latitude and longitude, in degrees."""
    if not isinstance(value, tuple) or len(value) != 2:
        raise wrong("location-form")
    latitude, longitude = (_number(part) for part in value)
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise wrong("location-out-of-range", value=f"{latitude}, {longitude}")
    return latitude, longitude


def _year_month(value: int) -> int:
    if not 1 <= value <= 12:
        raise wrong("month-out-of-range", value=str(value))
    return value


def _spelled(pattern: re.Pattern[str]) -> dict[str, Any]:
    """Return a JSON Schema's rule for a text: whole, and in signs that mean the same to every program."""
    return {"pattern": "^(?:" + pattern.pattern.replace(r"\d", "[0-9]") + ")$"}


_TEXT_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT},
        {
            "type": "object",
            "minProperties": 1,
            "propertyNames": _spelled(LANGUAGE_PATTERN),
            "additionalProperties": {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT},
        },
    ]
}

_DAY_SCHEMA = {"type": "string", "format": "date", **_spelled(DATE_PATTERN)}
# Without names of groups, which JSON Schema's expressions have not; read_period decides.
_PERIOD = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]|Q[1-4]|H[12]))?|FY[0-9]{4}(?:-H[12])?")

Text = Annotated[Any, BeforeValidator(_text), WithJsonSchema(_TEXT_SCHEMA)]
Title = Annotated[Any, BeforeValidator(_text), AfterValidator(_one_line), WithJsonSchema(_TEXT_SCHEMA)]
Plain = Annotated[str, BeforeValidator(_plain)]
Id = Annotated[Plain, AfterValidator(_id), Field(json_schema_extra={**_spelled(ID_PATTERN), "maxLength": 64})]
Day = Annotated[Any, BeforeValidator(_day), WithJsonSchema(_DAY_SCHEMA)]
ClockTime = Annotated[Plain, AfterValidator(_time), Field(json_schema_extra=_spelled(TIME_PATTERN))]
Number = Annotated[Any, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
NotNegative = Annotated[
    Any, BeforeValidator(_number), AfterValidator(_not_negative), WithJsonSchema({"type": "number", "minimum": 0})
]
Count = Annotated[
    Any, BeforeValidator(_whole), AfterValidator(_not_negative), WithJsonSchema({"type": "integer", "minimum": 0})
]
Share = Annotated[Any, BeforeValidator(_share), WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 1})]
TimeValue = Annotated[
    Any, BeforeValidator(_time_value), WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": MOST_TIME})
]
# Published as it is written in the file, "0.50", since a float of it is another amount.
MoneyAmount = Annotated[
    Any,
    BeforeValidator(_money),
    PlainSerializer("{:f}".format, return_type=str),
    WithJsonSchema({"type": "string", **_spelled(MONEY_PATTERN)}),
]
Currency = Annotated[Plain, AfterValidator(_currency), Field(json_schema_extra=_spelled(CURRENCY_PATTERN))]
Email = Annotated[Plain, AfterValidator(_email), Field(json_schema_extra=_spelled(EMAIL_PATTERN))]
OtherNames = Annotated[dict[str, tuple[Plain, ...]], AfterValidator(_by_language)]
Location = Annotated[
    Any,
    BeforeValidator(_location),
    WithJsonSchema(
        {"type": "array", "prefixItems": [{"type": "number"}, {"type": "number"}], "minItems": 2, "maxItems": 2}
    ),
]
MonthNumber = Annotated[
    Any, BeforeValidator(_whole), AfterValidator(_year_month), WithJsonSchema({"enum": [*range(1, 13)]})
]
Url = Annotated[
    Plain, AfterValidator(_url), Field(json_schema_extra={**_spelled(URL_PATTERN), "maxLength": LONGEST_URL})
]
PeriodCode = Annotated[
    Any,
    BeforeValidator(_plain),
    AfterValidator(_period),
    PlainSerializer(attrgetter("code"), return_type=str),
    WithJsonSchema({"type": "string", **_spelled(_PERIOD)}),
]

TimeUnit = Literal["minute", "hour", "working_hour", "working_day", "calendar_day", "month"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Duration(Record):
    """A length of time, with its unit; there is no default unit."""

    value: TimeValue
    unit: TimeUnit


class Gain(Record):
    """What an improvement changed: a duration, or a count of documents, steps or visits."""

    value: NotNegative
    unit: Literal[TimeUnit, "document", "step", "visit"]


class Money(Record):
    """An amount of money."""

    amount: MoneyAmount
    currency: Currency
