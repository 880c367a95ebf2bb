"""One cell of a CSV file as a value, or why not and what to type instead.

Each function takes the text of a cell that is not empty and returns the value or a ``Wrong``.  What officials and their
spreadsheets write instead of a figure, a period or a day is recognised only to say what to type; nothing is converted.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from generator.periods import Period, read_period
from generator.values import BUDDHIST_OFFSET, DATE_PATTERN, FIRST_YEAR, LAST_BUDDHIST_YEAR, LAST_YEAR

MOST_DIGITS: Final = 12  # of a count; section 7 of the data contract

_COUNT = re.compile(r"[0-9]{1,12}")
_COUNTS = re.compile(r"[0-9]{1,12}+(?:\n[0-9]{1,12}+)*+")
_DECIMAL = re.compile(r"[0-9]{1,12}(?:\.[0-9]+)?")
_THAI_DIGITS = re.compile("[๐-๙]")
_WIDE_DIGITS = re.compile("[\uff10-\uff19]")
# Thai and full-width digits and marks as the ASCII ones; other signs of minus; spaces of any kind vanish.
_FOLDED = str.maketrans(
    "๐๑๒๓๔๕๖๗๘๙\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff0c\uff0e\uff0d\uff0b\u2212\u2013",
    "01234567890123456789,.-+--",
    " \u00a0\u2009\u202f\u3000",
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_PERCENT = re.compile(r"\d+(?:\.\d+)?%", re.ASCII)
_NUMBER = re.compile(r"\d*\.?\d+(?:e[+-]?\d{1,4})?|\d+\.", re.ASCII | re.IGNORECASE)


class Wrong(NamedTuple):
    """Why a cell cannot be read: the code of the problem and its facts."""

    code: str
    facts: Mapping[str, object] = {}


def read_count(cell: str) -> int | Wrong:
    """Return a count: plain digits, at most twelve."""
    if _COUNT.fullmatch(cell):
        return int(cell)
    return _why_no_number(cell, whole=True)


def read_counts(cells: Collection[str]) -> Iterable[int] | None:
    """Return what many cells count, or None where one of them may be no count."""
    together = "\n".join(cells)
    return map(int, cells) if _COUNTS.fullmatch(together) and together.count("\n") == len(cells) - 1 else None


def read_decimal(cell: str) -> Decimal | Wrong:
    """Return a number of at most twelve digits that may have decimals."""
    if _DECIMAL.fullmatch(cell):
        return Decimal(cell)
    return _why_no_number(cell, whole=False)


def read_attainment(cell: str) -> Decimal | Wrong:
    """Return what an agency printed: a part of 1, from 0 to 1."""
    share = read_decimal(cell)
    if not isinstance(share, Decimal) or share <= 1:
        return share
    if share < 2 or share > 100:
        return Wrong("attainment-above-all")
    return Wrong("share-above-one", {"suggestion": _plain(share / 100)})


def _why_no_number(cell: str, *, whole: bool) -> Wrong:
    """Return what is wrong with a cell that should be a number, with the number to type where there is one."""
    folded = cell.translate(_FOLDED).strip()
    if folded.startswith("="):
        return Wrong("number-formula")
    if _PERCENT.fullmatch(folded):
        share = {"suggestion": _plain(Decimal(folded[:-1]) / 100)}
        return Wrong("count-percent") if whole else Wrong("number-percent", share)
    unsigned = folded.lstrip("+-")
    if _THOUSANDS.fullmatch(unsigned):
        unsigned = unsigned.replace(",", "")
    if not _NUMBER.fullmatch(unsigned):
        return Wrong("cell-not-a-number")
    if folded.startswith("-"):
        return Wrong("number-negative")
    return _why_this_number(cell, folded, unsigned, whole=whole)


def _why_this_number(cell: str, folded: str, unsigned: str, *, whole: bool) -> Wrong:
    """Return what is wrong with a number that can be understood but is not written as the contract says."""
    number = Decimal(unsigned)
    if number.adjusted() >= MOST_DIGITS:
        return Wrong("count-too-long", {"most": MOST_DIGITS})
    if whole and number != number.to_integral_value():
        return Wrong("count-fraction")
    oddities = (
        ("number-thai-digits", _THAI_DIGITS.search(cell)),
        ("number-wide-digits", _WIDE_DIGITS.search(cell)),
        ("number-comma", "," in folded),
        ("number-sign", folded.startswith("+")),
        ("number-not-whole", whole and not folded.isdigit()),
        ("cell-spaces", cell != folded),
    )
    code = next((code for code, seen in oddities if seen), "number-not-plain")
    return Wrong(code, {"suggestion": _plain(number)})


def _plain(number: Decimal) -> str:
    """Return a number without an exponent and without zeros at its end."""
    return f"{number.normalize():f}"


# ---- periods ----

_YEAR_FIRST = r"(?P<year>\d{4}|\d{2})"
# What is typed instead of a period, in capitals and ASCII digits, and the code that it most probably means.
_PERIOD_SHAPES: Final = tuple(
    (re.compile(pattern, re.ASCII), code)
    for pattern, code in (
        (r"(?P<year>\d{4})[-/.]?(?P<part>\d{1,2})(?:[-/.]\d{1,2})?", "{year}-{part:0>2}"),
        (r"(?P<part>\d{1,2})[-/.](?P<year>\d{4})", "{year}-{part:0>2}"),
        (r"\d{1,2}[-/.](?P<part>\d{1,2})[-/.](?P<year>\d{4})", "{year}-{part:0>2}"),
        (rf"{_YEAR_FIRST}[-/.]?(?P<part>[QH]\d)", "{year}-{part}"),
        (rf"(?P<part>[QH]\d)[-/.]?{_YEAR_FIRST}", "{year}-{part}"),
        (rf"FY[-/.]?{_YEAR_FIRST}", "FY{year}"),
        (rf"FY[-/.]?{_YEAR_FIRST}[-/.]?(?P<part>H\d)", "FY{year}-{part}"),
        (r"(?P<year>\d{4})", "{year}"),
    )
)
_MONTH_NAME = re.compile(r"(?P<month>[A-Z]+|[ก-๏.]+?)\.?[-/]?(?P<year>\d{4}|\d{2})", re.ASCII)
# The beginning of each month's name in English and Thai: a spreadsheet turns 2026-07 into Jul-26 or ก.ค.-69.
_MONTHS: Final = {
    start: number
    for number, starts in enumerate(
        (
            ("JAN", "มค", "มกรา"),
            ("FEB", "กพ", "กุมภา"),
            ("MAR", "มีค", "มีนา"),
            ("APR", "เมย", "เมษา"),
            ("MAY", "พค", "พฤษภา"),
            ("JUN", "มิย", "มิถุนา"),
            ("JUL", "กค", "กรกฎา"),
            ("AUG", "สค", "สิงหา"),
            ("SEP", "กย", "กันยา"),
            ("OCT", "ตค", "ตุลา"),
            ("NOV", "พย", "พฤศจิกา"),
            ("DEC", "ธค", "ธันวา"),
        ),
        1,
    )
    for start in starts
}


def read_period_cell(cell: str, fiscal_year_starts: int) -> Period | Wrong:
    """Return the period that a cell names (section 2 of the data contract)."""
    period = read_period(cell, fiscal_year_starts)
    if period is not None:
        return period
    gregorian = _gregorian(cell)
    if gregorian != cell and read_period(gregorian, fiscal_year_starts):
        return Wrong("year-buddhist", {"suggestion": gregorian})
    suggestion = _meant_period(cell)
    if suggestion is not None and read_period(suggestion, fiscal_year_starts):
        return Wrong("period-form", {"suggestion": suggestion})
    return Wrong("period-unreadable")


def _meant_period(cell: str) -> str | None:
    folded = cell.translate(_FOLDED).strip().upper()
    for shape, code in _PERIOD_SHAPES:
        found = shape.fullmatch(folded)
        if found is not None:
            parts = found.groupdict()
            return code.format(**{**parts, "year": _full_year(parts["year"])})
    named = _MONTH_NAME.fullmatch(folded)
    if named is None:
        return None
    name = named["month"].replace(".", "")
    number = next((month for start, month in _MONTHS.items() if name.startswith(start)), None)
    return None if number is None else f"{_full_year(named['year'])}-{number:02}"


def _full_year(digits: str) -> str:
    """Return a year of our count for one typed with two digits or as a Buddhist one: 26 and 2569 are 2026.

    Two digits from 60 on are Buddhist, for 2560 is 2017 and the data begins after 2015.
    """
    year = int(digits)
    if len(digits) == 2:
        year += 2500 if year >= 60 else 2000
    return str(year - BUDDHIST_OFFSET if LAST_YEAR < year <= LAST_BUDDHIST_YEAR else year)


def _gregorian(cell: str) -> str:
    found = re.search(r"(?<!\d)\d{4}(?!\d)", cell, re.ASCII)
    return cell if found is None else cell[: found.start()] + _full_year(found[0]) + cell[found.end() :]


# ---- days ----

_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_YEAR_FIRST_DAY = re.compile(r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?:[T ].*)?", re.ASCII)


def read_day(cell: str) -> date | Wrong:
    """Return a day written as 2026-10-01, in the years 1900 to 2400."""
    matched = DATE_PATTERN.fullmatch(cell)
    if matched is None:
        return _meant_day(cell)
    year, month, day = (int(part) for part in matched.groups())
    if LAST_YEAR < year <= LAST_BUDDHIST_YEAR:
        return Wrong("year-buddhist", {"suggestion": f"{year - BUDDHIST_OFFSET}{cell[4:]}"})
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Wrong("year-out-of-range", {"first": FIRST_YEAR, "last": LAST_YEAR})
    found = _real_day(year, month, day)
    return Wrong("date-not-real", {"suggestion": f"{year}-{min(max(month, 1), 12):02}-01"}) if found is None else found


def _meant_day(cell: str) -> Wrong:
    """Return what to type for a day written another way: 31/12/2569 is 2026-12-31."""
    folded = cell.strip().translate({**_FOLDED, ord(" "): " "})
    day_first, year_first = _DAY_FIRST.fullmatch(folded), _YEAR_FIRST_DAY.fullmatch(folded)
    parts = day_first.groups()[::-1] if day_first else year_first.groups() if year_first else None
    if parts is None:
        return Wrong("date-form")
    meant = _real_day(int(_full_year(parts[0])), int(parts[1]), int(parts[2]))
    return Wrong("date-form") if meant is None else Wrong("date-other-form", {"suggestion": meant.isoformat()})


def _real_day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
