"""Texts of agencies, and figures, dates and times in the words of a reader's language.

The words themselves are in ``strings/``; ``locales`` says how its keys are called. Only here and in ``dates`` are
figures and days written out, and only ``dates`` knows the Buddhist Era.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from generator.claims import figure, like
from generator.dates import DateWords, Era, glued
from generator.figures import (
    grouped,
    money_digits,
    percent_digits,
    percent_of_share,
    size_digits,
    without_zeros,
)
from generator.locales import Strings, available_languages, load_strings
from generator.periods import Period

__all__ = ["Era", "Strings", "Text", "Wording", "available_languages", "capital", "in_language", "load_strings"]

Text = Mapping[str, str]


def in_language(text: Text, language: str, first: str) -> tuple[str, str]:
    """Return an agency's text and the language it is in: the one asked for, else the first, else any that is there."""
    if language in text:  # nearly always
        return text[language], language
    for candidate in (first, *sorted(text)):
        if candidate in text:
            return text[candidate], candidate
    return "", language


def capital(words: str) -> str:
    """Return words as they begin a sentence or a label: with a capital, where the script has any.

    A column is written as its file has it: within_target.
    """
    return words if "_" in words.partition(" ")[0] else like(words, words[:1].upper() + words[1:])


OWED = "reports_due"  # what a number of periods claims to be that do not follow each other
RATIO = "rate"  # what a result claims to be, where nothing else is said

# For methods: the same figures stand on thousands of pages, and twice on most.
_remembered = lru_cache(maxsize=65536)


@dataclass(frozen=True, eq=False)
class Wording:
    """Figures, dates and times in the words of one language, for one catalog's era and fiscal year.

    A piece holds no-break spaces, so that no figure is parted from its unit. `period` and its like stand within a
    sentence; `span` begins one. Facts named ``measure``, ``unit`` and ``kind`` are values of the closed lists.
    """

    strings: Strings
    era: Era = "gregorian"
    fiscal_year_starts: int = 1
    _dates: DateWords = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_dates", DateWords(self.strings, self.era, self.fiscal_year_starts))

    # ---- figures ----

    @_remembered
    def number(self, value: int) -> str:
        """Return a whole number with its thousands grouped: 4,210."""
        patterns = self.strings.patterns
        return grouped(value, patterns["number.thousands"], patterns["number.decimal"])

    @_remembered
    def decimal(self, value: Decimal) -> str:
        """Return a decimal number, exactly, without trailing zeros: 1.5."""
        return self._digits(without_zeros(value))

    def count(self, kind: str, value: int) -> str:
        """Return a number of things with their noun or classifier: 18 ข้อ, 18 promises, 1 promise."""
        return self._counted(f"count.{kind}", value)

    @_remembered
    def duration(self, value: Decimal, unit: str) -> str:
        """Return a length of time: 15 วันทำการ, 15 working days."""
        return self._counted(f"duration.{unit}", value)

    def duration_noted(self, value: Decimal, unit: str) -> str:
        """Return a length of time for its first mention on a page: calendar days say that holidays count."""
        words = self.duration(value, unit)
        return self.strings("duration.calendar_day.noted", limit=words) if unit == "calendar_day" else words

    def gain(self, value: Decimal, unit: str) -> str:
        """Return what an improvement started from or came to: a duration, or documents, steps or visits."""
        kind = f"count.{unit}s"
        return self._counted(kind if self.strings.has(f"{kind}.other") else f"duration.{unit}", value)

    def money(self, amount: Decimal, currency: str) -> str:
        """Return an amount of money: 1,650 บาท, 645.21 baht; a currency without a name keeps its code."""
        key = f"money.{currency}" if self.strings.has(f"money.{currency}") else "money.other"
        return glued(self.strings(key, amount=self._digits(money_digits(amount)), currency=currency))

    def size(self, count: int) -> str:
        """Return the size of a file: 48 KB, 4.1 MB."""
        value, unit = size_digits(count)
        return glued(self.strings(f"size.{unit}", n=self._digits(value)))

    # ---- what a measure counts ----

    def unit(self, measure: str) -> str:
        """Return the bare noun for one: เรื่อง, case."""
        return self.strings(f"measure.{measure}.unit")

    def unit_plural(self, measure: str) -> str:
        """Return the bare noun for several: เรื่อง, cases."""
        return self.strings(f"measure.{measure}.units")

    def units(self, measure: str, value: int) -> str:
        """Return how many there are of what the measure counts: 4,210 เรื่อง, 560 ราย, 560 visits."""
        return self._counted(f"measure.{measure}.count", value)

    def kept(self, measure: str) -> str:
        """Return what it is to keep this promise: เสร็จทัน, done in time."""
        return self.strings(f"measure.{measure}.kept")

    def nothing(self, measure: str) -> str:
        """Return that there was none: ไม่มีเรื่องที่เสร็จ, no cases finished."""
        return self.strings(f"measure.{measure}.nothing")

    def promise(self, measure: str, title: str, limit: str | None, share: Decimal | None, claim: str = "share") -> str:
        """Return a promise in words: its limit (in words) where it has one, else its share, else its title."""
        if measure == "other" or (limit is None and share is None):
            return title
        if limit is not None:
            return self.strings(f"measure.{measure}.promise_limit", limit=limit)
        at_least = self.at_least(share or Decimal(1), measure, claim)
        return self.strings(f"measure.{measure}.promise_share", at_least=at_least)

    # ---- shares and results ----

    @_remembered
    def percent(self, within: int, volume: int, share: Decimal | Fraction | None) -> str:
        """Return a result for a table, cut off and never on the wrong side of the share: 91.2%."""
        digits = percent_digits(within, volume, share).replace(".", self.strings.patterns["number.decimal"])
        return glued(self.strings("percent", n=digits))

    @_remembered
    def share_percent(self, share: Decimal) -> str:
        """Return a promised share in per cent, exactly: 90%, 98.5%."""
        return glued(self.strings("percent", n=self._digits(percent_of_share(share))))

    def rate(self, within: int, volume: int, measure: str, share: Decimal | Fraction | None, claim: str = RATIO) -> str:
        """Return a result for a sentence, cut down: 91 ใน 100 เรื่อง; in per cent where the share asks for it.

        All and none are said in words, and less than one in a hundred too. `volume` is above 0.
        """
        key = f"measure.{measure}.rate"
        if within == volume:
            return self.strings(f"{key}.all")
        if within == 0:
            return self.strings(f"{key}.none")
        if share is not None and _needs_percent(share):
            return figure(self.percent(within, volume, share), claim)
        hundredths = within * 100 // volume
        if not hundredths:
            return glued(self.strings(f"{key}.few"))
        return glued(self.strings(f"{key}.some", n=figure(self.number(hundredths), claim)))

    @_remembered
    def at_least(self, share: Decimal, measure: str, claim: str = "share") -> str:
        """Return a promised share for a sentence: อย่างน้อย 90 ใน 100 เรื่อง, every case, at least 98.5% of cases."""
        key = f"measure.{measure}.at_least"
        if share == 1:
            return self.strings(f"{key}.all")
        if _needs_percent(share):
            return self.strings(f"{key}.percent", percent=figure(self.share_percent(share), claim))
        of_hundred = self.strings(f"{key}.rate", n=figure(self._digits(percent_of_share(share)), claim))
        return self.strings(f"{key}.some", rate=glued(of_hundred))

    # ---- days, times and periods ----

    def year(self, year: int) -> str:
        """Return a year of our count in the reader's era: 2569, 2026."""
        return self._dates.year(year)

    def date(self, day: dt.date) -> str:
        """Return a day: 22 พ.ย. 2569, 22 Nov 2026."""
        return self._dates.date(day)

    def date_long(self, day: dt.date) -> str:
        """Return a day with its weekday: วันจันทร์ที่ 23 พ.ย. 2569, Monday 23 Nov 2026."""
        return self._dates.date_long(day)

    def dates(self, days: Collection[dt.date]) -> str:
        """Return several days in order; a year stands once, at its last day: 7 ธ.ค. และ 10 ธ.ค. 2569."""
        return self.list_of(self._dates.dates(days))

    def weekday(self, day: dt.date) -> str:
        """Return the weekday's name as it stands in a sentence: วันจันทร์, Monday."""
        return self._dates.weekday(day)

    def datetime(self, moment: dt.datetime) -> str:
        """Return a day and a time: 22 พ.ย. 2569 เวลา 01.17 น., 22 Nov 2026, 01:17."""
        return self._dates.datetime(moment)

    def clock(self, minute: int) -> str:
        """Return a minute of a day as a clock shows it: 08.30, 08:30."""
        return self._dates.clock(minute)

    def hours(self, days: Sequence[str], opens: str, closes: str, closed_on_holidays: bool) -> str:
        """Return when a place is open: จันทร์–ศุกร์ 08.30–16.30 น. เว้นวันหยุดราชการ."""
        names = self.list_of(self._dates.weekdays(days))
        return self._dates.hours(names, opens, closes, closed_on_holidays)

    def month(self, period: Period) -> str:
        """Return the month in which a period begins, with its year: ต.ค. 2569, Oct 2026."""
        return self._dates.month(period.start)

    def period(self, period: Period) -> str:
        """Return a period within a sentence; a quarter always with its months, and its place in the fiscal year."""
        return self._dates.period(period)

    def period_short(self, period: Period) -> str:
        """Return a period for a table or an axis: ต.ค. 2569, ก.ค.–ก.ย. 2569, ปีงบประมาณ 2569."""
        return self._dates.period_short(period)

    def between(self, periods: Sequence[Period]) -> str:
        """Return from the first month to the last of several periods: พ.ย. 2568 ถึง ต.ค. 2569."""
        return self._dates.between(periods)

    def span(self, periods: Sequence[Period]) -> str:
        """Return the last periods as the beginning of a sentence: 12 เดือนล่าสุด (พ.ย. 2568 ถึง ต.ค. 2569).

        They are of one grain and follow each other; a single one is called by its name.
        """
        if len(periods) == 1:
            return capital(self.period(periods[0]))
        whole = all(one.end == following.start for one, following in pairwise(periods))
        claim = f"{periods[0].code}..{periods[-1].code}" if whole else OWED
        count = figure(self.count(f"{periods[0].grain}s", len(periods)), claim)
        return capital(self.strings("span", periods=count, range=self.between(periods)))

    # ---- lists and languages ----

    def list_of(self, words: Sequence[str]) -> str:
        """Return words as a list in a sentence: ก ข และ ค; a, b and c. Nothing gives nothing."""
        if len(words) < 2:
            return words[0] if words else ""
        listed = words[0]
        for word in words[1:-1]:
            listed = self.strings("list.more", list=listed, next=word)
        return self.strings("list.last", list=listed, last=words[-1])

    def language_name(self, code: str) -> str:
        """Return what a language is called in this one, or its code where nobody wrote that down."""
        return self.strings(f"language.{code}") if self.strings.has(f"language.{code}") else code

    # ---- behind the scenes ----

    @_remembered
    def _counted(self, key: str, value: int | Decimal) -> str:
        form = "one" if _is_singular(value, self.strings.patterns["plural"]) else "other"
        digits = self.number(value) if isinstance(value, int) else self.decimal(value)
        return glued(self.strings(f"{key}.{form}", n=digits))

    def _digits(self, value: Decimal) -> str:
        patterns = self.strings.patterns
        return grouped(value, patterns["number.thousands"], patterns["number.decimal"])


def _needs_percent(share: Decimal | Fraction) -> bool:
    """A share above 98 % or with decimals is said in per cent: natural frequencies would hide what it asks."""
    return share > Decimal("0.98") or share * 100 % 1 != 0


def _is_singular(value: int | Decimal, rule: str) -> bool:
    """The plural rules that a strings file can name: ``none`` has no singular, ``one`` has 1, ``below_two`` has 0 to 1.9."""
    if rule == "one":
        return value == 1
    return rule == "below_two" and value < 2
