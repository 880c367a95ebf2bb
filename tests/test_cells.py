from datetime import date
from decimal import Decimal

import pytest

from generator.intake.cells import (
    Wrong,
    read_attainment,
    read_count,
    read_counts,
    read_day,
    read_decimal,
    read_period_cell,
)

ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
THAI = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
SHORT = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]


def said(value: object) -> tuple[str, object]:
    """Return the code and the suggestion of what is wrong."""
    assert isinstance(value, Wrong)
    return value.code, value.facts.get("suggestion")


@pytest.mark.parametrize(("cell", "count"), [("0", 0), ("5", 5), ("007", 7), ("999999999999", 999_999_999_999)])
def test_counts_are_plain_digits(cell: str, count: int) -> None:
    """One to twelve digits are a count."""
    assert read_count(cell) == count


def test_many_counts_are_read_at_once() -> None:
    """A column of counts is read as a whole; one cell that is none, or holds two, leaves each to be read by itself."""
    assert list(read_counts(["0", "007", "999999999999"]) or ()) == [0, 7, 999_999_999_999]
    assert list(read_counts(["5"]) or ()) == [5]
    for wrong in (["1", "x"], ["1", "1234567890123"], ["1\n2"], ["1", "2\n3"], ["1", ""], ["", "1"]):
        assert read_counts(wrong) is None


@pytest.mark.parametrize(
    ("cell", "code", "suggestion"),
    [
        ("1,234", "number-comma", "1234"),
        ("1,234,567", "number-comma", "1234567"),
        ("๑๒๓", "number-thai-digits", "123"),
        ("๑,๒๓๔", "number-thai-digits", "1234"),
        ("\uff11\uff12", "number-wide-digits", "12"),
        ("12.0", "number-not-whole", "12"),
        ("1e3", "number-not-whole", "1000"),
        ("1E3", "number-not-whole", "1000"),
        ("12.5", "count-fraction", None),
        ("+5", "number-sign", "5"),
        ("-5", "number-negative", None),
        ("\u22125", "number-negative", None),
        (" 7", "cell-spaces", "7"),
        ("1 234", "cell-spaces", "1234"),
        ("1\u00a0234", "cell-spaces", "1234"),
        ("95%", "count-percent", None),
        ("1234567890123", "count-too-long", None),
        ("+999999999999", "number-sign", "999999999999"),
        ("+1000000000000", "count-too-long", None),
        ("--5", "number-negative", None),
        ("\u20135", "number-negative", None),
        ("\uff0b5", "number-sign", "5"),
        ("1\uff0c234", "number-comma", "1234"),
        ("12\uff0e0", "number-not-whole", "12"),
        ("1\u2009234", "cell-spaces", "1234"),
        ("1\u202f234", "cell-spaces", "1234"),
        ("1\u3000234", "cell-spaces", "1234"),
        ("1,234.0", "number-comma", "1234"),
        ("1,234.5", "count-fraction", None),
        ("95.5%", "count-percent", None),
        *((cell, "cell-not-a-number", None) for cell in ("5%%", "1,234x", "1,2345", "5.5.", "1234,567", "1X", "%")),
        ("1e99", "count-too-long", None),
        ("=SUM(F2:F9)", "number-formula", None),
        *((cell, "cell-not-a-number", None) for cell in ("-", "N/A", "ND", "ไม่มี", "nan", "NULL", "(7)", "12,34,5")),
        *((cell, "cell-not-a-number", None) for cell in ("inf", "0x10", "1_000", "฿7", "7 เรื่อง", "1e99999", "²")),
    ],
)
def test_what_is_typed_instead_of_a_count_is_refused_with_what_to_type(
    cell: str, code: str, suggestion: str | None
) -> None:
    """Nothing but plain digits is taken, also where it is clear what was meant; the hint says it then."""
    assert said(read_count(cell)) == (code, suggestion)


def test_times_may_have_decimals() -> None:
    """A median is exact to the last typed digit."""
    assert read_decimal("12.50") == Decimal("12.50")
    assert said(read_decimal("1e3")) == ("number-not-plain", "1000")
    assert said(read_decimal(".5")) == ("number-not-plain", "0.5")
    assert said(read_decimal("12,5")) == ("cell-not-a-number", None)
    assert said(read_decimal("5.")) == ("number-not-plain", "5")
    assert said(read_decimal("+2.50")) == ("number-sign", "2.5")
    assert said(read_decimal("1,234.5")) == ("number-comma", "1234.5")
    assert said(read_decimal("1234567890123")) == ("count-too-long", None)


def test_a_printed_result_is_a_part_of_one() -> None:
    """91 and 91 % are told what to type; more than all is told that it is."""
    assert read_attainment("0.91") == Decimal("0.91")
    assert said(read_attainment("91")) == ("share-above-one", "0.91")
    assert said(read_attainment("91%")) == ("number-percent", "0.91")
    assert said(read_attainment("1.04")) == ("attainment-above-all", None)


def test_a_printed_result_up_to_all_is_taken() -> None:
    """Exactly all is a part of one; from 2 to 100 a number of per cent is meant, beside that nothing."""
    assert (read_attainment("0"), read_attainment("1")) == (0, 1)
    assert said(read_attainment("1.99")) == ("attainment-above-all", None)
    assert said(read_attainment("2")) == ("share-above-one", "0.02")
    assert said(read_attainment("100")) == ("share-above-one", "1")
    assert said(read_attainment("100.1")) == ("attainment-above-all", None)
    assert said(read_attainment("-0.5")) == ("number-negative", None)


def test_too_long_a_count_says_how_long_it_may_be() -> None:
    """The hint names the twelve digits of the contract."""
    found = read_count("1234567890123")

    assert isinstance(found, Wrong)
    assert found.facts == {"most": 12}


@pytest.mark.parametrize(
    ("cell", "code", "suggestion"),
    [
        ("2569-07", "year-buddhist", "2026-07"),
        ("FY2569", "year-buddhist", "FY2026"),
        ("2569", "year-buddhist", "2026"),
        ("FY26", "period-form", "FY2026"),
        ("FY69", "period-form", "FY2026"),
        ("fy2026", "period-form", "FY2026"),
        ("2026-7", "period-form", "2026-07"),
        ("07/2569", "period-form", "2026-07"),
        ("31/07/2569", "period-form", "2026-07"),
        ("2026-07-31", "period-form", "2026-07"),
        ("202607", "period-form", "2026-07"),
        ("๒๕๖๙-๐๗", "period-form", "2026-07"),
        ("2026Q3", "period-form", "2026-Q3"),
        ("Q3/2569", "period-form", "2026-Q3"),
        ("H1-2026", "period-form", "2026-H1"),
        ("Jul-26", "period-form", "2026-07"),
        ("July 2026", "period-form", "2026-07"),
        ("ก.ค.-69", "period-form", "2026-07"),
        ("กรกฎาคม 2569", "period-form", "2026-07"),
        ("2026-07 ", "period-form", "2026-07"),
        ("Jul-59", "period-form", "2059-07"),
        ("Jul-60", "period-form", "2017-07"),
        ("July2026", "period-form", "2026-07"),
        ("ก.ค./2569", "period-form", "2026-07"),
        ("FY2569-H2", "year-buddhist", "FY2026-H2"),
        ("FY69H2", "period-form", "FY2026-H2"),
        ("Q3 69", "period-form", "2026-Q3"),
        ("26-H1", "period-form", "2026-H1"),
        ("2700-07", "year-buddhist", "2157-07"),
        ("2701-07", "period-unreadable", None),
        ("2026-13", "period-unreadable", None),
        ("2026-07-31x", "period-unreadable", None),
        ("Sol-26", "period-unreadable", None),
        ("2026-Q5", "period-unreadable", None),
        ("soon", "period-unreadable", None),
    ],
)
def test_what_is_typed_instead_of_a_period_is_refused_with_what_to_type(
    cell: str, code: str, suggestion: str | None
) -> None:
    """Buddhist years, short years, and what a spreadsheet makes of a month."""
    assert said(read_period_cell(cell, 10)) == (code, suggestion)


@pytest.mark.parametrize("names", [ENGLISH, [name[:3] for name in ENGLISH], THAI, SHORT])
def test_every_month_is_known_by_its_names(names: list[str]) -> None:
    """In English and in Thai, in full and cut short, each of the twelve is its own month."""
    found = [said(read_period_cell(f"{name} 2569", 10)) for name in names]

    assert found == [("period-form", f"2026-{month:02}") for month in range(1, 13)]


@pytest.mark.parametrize(
    ("cell", "code", "suggestion"),
    [
        ("2569-07-31", "year-buddhist", "2026-07-31"),
        ("31/12/2569", "date-other-form", "2026-12-31"),
        ("๓๑/๑๒/๒๕๖๙", "date-other-form", "2026-12-31"),
        ("2026/7/1", "date-other-form", "2026-07-01"),
        ("2026-07-31 00:00:00", "date-other-form", "2026-07-31"),
        ("2026-02-30", "date-not-real", "2026-02-01"),
        ("2026-13-01", "date-not-real", "2026-12-01"),
        ("1066-10-14", "year-out-of-range", None),
        ("99/99/2026", "date-form", None),
        ("yesterday", "date-form", None),
        ("2700-01-01", "year-buddhist", "2157-01-01"),
        ("2701-01-01", "year-out-of-range", None),
        ("1899-12-31", "year-out-of-range", None),
        ("2026-00-01", "date-not-real", "2026-01-01"),
        ("31.12.2569 ", "date-other-form", "2026-12-31"),
        ("20260731", "date-other-form", "2026-07-31"),
        ("2026-07-31T08:00", "date-other-form", "2026-07-31"),
        ("31/12/2569 x", "date-form", None),
        ("2026-07-31x", "date-form", None),
        ("31/12/1899", "date-form", None),
    ],
)
def test_what_is_typed_instead_of_a_day_is_refused_with_what_to_type(
    cell: str, code: str, suggestion: str | None
) -> None:
    """A leap day of a Buddhist year is looked up in the year that it means."""
    assert said(read_day(cell)) == (code, suggestion)


def test_days_are_iso_dates() -> None:
    """A day is read as the day it names."""
    assert read_day("2026-10-01") == date(2026, 10, 1)
    assert (read_day("1900-01-01"), read_day("2400-12-31")) == (date(1900, 1, 1), date(2400, 12, 31))
    assert said(read_day("1899-12-31"))[0] == "year-out-of-range"
