"""Days, times and periods in words, in the reader's era. The Buddhist Era exists only in this module."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final, Literal

from generator.claims import Figure, like
from generator.locales import Strings
from generator.periods import Period, fiscal_quarter_of, fiscal_year_of, last_day

Era = Literal["buddhist", "gregorian"]

BUDDHIST_YEARS_AHEAD: Final = 543
NO_BREAK: Final = "\u00a0"
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALL_DAY: Final = frozenset({("00:00", "24:00"), ("00:00", "00:00"), ("00:00", "23:59")})


def glued(piece: str) -> str:
    """Return a piece that no line break may part."""
    return like(piece, piece.replace(" ", NO_BREAK))


@dataclass(frozen=True, eq=False)
class DateWords:
    """Days and periods in one language, for one catalog's era and fiscal year. `Wording` says what each method gives."""

    strings: Strings
    era: Era
    fiscal_year_starts: int

    def year(self, year: int) -> str:
        """Return 2569 where both the catalog and the language count Buddhist years, else 2026."""
        buddhist = self.era == self.strings.patterns["year.era"] == "buddhist"
        return str(year + BUDDHIST_YEARS_AHEAD if buddhist else year)

    def date(self, day: dt.date) -> str:
        """Return 22 พ.ย. 2569."""
        return _day(self, day)

    def date_long(self, day: dt.date) -> str:
        """Return วันอาทิตย์ที่ 22 พ.ย. 2569."""
        return self.strings("date.long", weekday=self.weekday(day), date=self.date(day))

    def dates(self, days: Collection[dt.date]) -> list[str]:
        """Return the days in order, all but the last of a year without it: 7 ธ.ค., 10 ธ.ค. 2569."""
        ordered = sorted(days)
        following = [*(day.year for day in ordered[1:]), None]
        pairs = zip(ordered, following, strict=True)
        return [self._yearless(day) if day.year == year else self.date(day) for day, year in pairs]

    def weekday(self, day: dt.date) -> str:
        """Return วันอาทิตย์."""
        return self.strings(f"weekday.{WEEKDAYS[day.weekday()]}")

    def datetime(self, moment: dt.datetime) -> str:
        """Return 22 พ.ย. 2569 เวลา 01.17 น."""
        return glued(self.strings("datetime", date=self.date(moment), time=self._clock(f"{moment:%H:%M}")))

    def weekdays(self, days: Sequence[str]) -> list[str]:
        """Return the days of the week in order, two and more in a row as a range; all seven as one word."""
        chosen = [number for number, day in enumerate(WEEKDAYS) if day in days]
        if len(chosen) == len(WEEKDAYS):
            return [self.strings("hours.every_day")]
        # Numbers that follow each other differ from their place in the list by the same amount.
        runs = groupby(enumerate(chosen), lambda pair: pair[1] - pair[0])
        return [self._run([number for _, number in run]) for _, run in runs]

    def hours(self, days: str, opens: str, closes: str, closed_on_holidays: bool) -> str:
        """Return จันทร์–ศุกร์ 08.30–16.30 น. เว้นวันหยุดราชการ; the days come in words, the times as 08:30."""
        if (opens, closes) in ALL_DAY:
            words = self.strings("hours.all_day", days=days)
            words = self.strings("hours.always") if days == self.strings("hours.every_day") else words
        else:
            times = glued(self.strings("hours.times", opens=self._clock(opens), closes=self._clock(closes)))
            words = self.strings("hours", days=days, times=times)
        return self.strings("hours.but_holidays", hours=words) if closed_on_holidays else words

    def clock(self, minute: int) -> str:
        """Return 08.30."""
        return self._clock(f"{minute // 60:02}:{minute % 60:02}")

    def month(self, day: dt.date) -> str:
        """Return พ.ย. 2569."""
        return glued(self.strings("period.month", month=self._month_name(day), year=self._year_of(day, f"{day:%Y-%m}")))

    def between(self, periods: Sequence[Period]) -> str:
        """Return พ.ย. 2568 ถึง ต.ค. 2569."""
        return _between(self, min(periods), max(periods))

    def period(self, period: Period) -> str:
        """Return a period within a sentence."""
        return _in_a_sentence(self, period)

    def period_short(self, period: Period) -> str:
        """Return a period for a table."""
        return _in_a_table(self, period)

    def _year_of(self, day: dt.date, code: str) -> Figure:
        """Return the year of a day, which claims to be that of a period."""
        return Figure(self.year(day.year), (code,))

    def _month_name(self, day: dt.date) -> str:
        return self.strings(f"month_short.{day.month}")

    def _yearless(self, day: dt.date) -> str:
        return glued(self.strings("date.yearless", day=day.day, month=self._month_name(day)))

    def _clock(self, time: str) -> str:
        hour, minute = time.split(":")
        return self.strings("time", hour=hour, minute=minute)

    def _run(self, numbers: Sequence[int]) -> str:
        names = [self.strings(f"closed.day.{WEEKDAYS[number]}") for number in numbers]
        return names[0] if len(names) == 1 else self.strings("range.closed_up", first=names[0], last=names[-1])

    def _range(self, key: str, first: dt.date, last: dt.date) -> str:
        return self.strings(key, first=self.month(first), last=self.month(last))

    def _months(self, period: Period) -> str:
        """Return ก.ค.–ก.ย.: the months of a period that lies within one year."""
        first, last = self._month_name(period.start), self._month_name(last_day(period))
        return self.strings("range.closed_up", first=first, last=last)

    def _fiscal_year(self, period: Period, key: str) -> str:
        year = fiscal_year_of(period.start, self.fiscal_year_starts)
        return self.strings(key, year=self._year_of(last_day(year), year.code))


@lru_cache(maxsize=4096)
def _day(words: DateWords, day: dt.date) -> str:
    told = words.strings("date", day=day.day, month=words._month_name(day), year=words.year(day.year))
    return Figure(glued(told), (f"{day:%Y-%m-%d}",))


@lru_cache(maxsize=4096)
def _between(words: DateWords, first: Period, last: Period) -> str:
    return words._range("range", first.start, last_day(last))


@lru_cache(maxsize=4096)
def _in_a_sentence(words: DateWords, period: Period) -> str:
    if period.grain == "month":
        return words.month(period.start)
    if period.grain == "quarter":
        return _quarter(words, period)
    if period.grain == "fiscal_year":
        return _fiscal_year(words, period)
    year = words._year_of(period.start, period.code)
    if period.grain == "year":
        return glued(words.strings("period.year", year=year))
    half = 1 if _is_first_half(words, period) else 2
    if period.grain == "half_year":
        return words.strings(f"period.half_year.{half}", year=year, months=words._months(period))
    name = words._fiscal_year(period, f"period.fiscal_half_year.{half}")
    return words.strings("period.with_months", period=name, months=words.between([period]))


@lru_cache(maxsize=4096)
def _in_a_table(words: DateWords, period: Period) -> str:
    year = words._year_of(period.start, period.code)
    if period.grain == "month":
        return words.month(period.start)
    if period.grain == "year":
        return year
    if period.grain == "fiscal_year":
        return glued(words._fiscal_year(period, "period_short.fiscal_year"))
    if period.grain == "fiscal_half_year":
        return words._range("range.spaced", period.start, last_day(period))
    return glued(words.strings("period_short.months", months=words._months(period), year=year))


def _quarter(words: DateWords, period: Period) -> str:
    number, year = period.start.month // 3 + 1, words._year_of(period.start, period.code)
    facts = {"n": Figure(str(number), (str(number),)), "year": year, "months": words._months(period)}
    fiscal = fiscal_quarter_of(period, words.fiscal_year_starts)
    if fiscal is None:
        return words.strings("period.quarter", **facts)
    name = words._fiscal_year(period, "period.fiscal_year")
    return words.strings(
        "period.quarter_fiscal", **facts, fiscal_n=Figure(str(fiscal[0]), (str(fiscal[0]),)), fiscal_year=name
    )


def _fiscal_year(words: DateWords, period: Period) -> str:
    """Name the months too, unless every reader of the language knows in which one the fiscal year starts."""
    name = glued(words._fiscal_year(period, "period.fiscal_year"))
    if words.strings.patterns["fiscal_year.known_start"] == str(words.fiscal_year_starts):
        return name
    return words.strings("period.with_months", period=name, months=words.between([period]))


def _is_first_half(words: DateWords, period: Period) -> bool:
    starts = words.fiscal_year_starts if period.grain == "fiscal_half_year" else 1
    return period.start.month == starts
