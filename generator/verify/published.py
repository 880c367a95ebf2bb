"""What a site publishes: its settings, its tables an agency at a time, and what periods are and how they are printed."""

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

Row = dict[str, str]
LONGEST_WAIT = 3660  # days; a report that is owed later than that is never due
BUDDHIST = 543
SIZES = {"month": "1", "quarter": "3", "half_year": "6", "year": "12", "fiscal_year": "FY12"}
CODES = {"1": "{year}-{month:02}", "3": "{year}-Q{quarter}", "6": "{year}-H{half}", "12": "{year}"}


class Period(NamedTuple):
    """Months since the year 0: the first, and the first that is no part of it.  ``grain`` is "FY" and how many they are."""

    start: int
    end: int
    grain: str


def day(months: int) -> date:
    """Return the first day of a month."""
    return date(months // 12, months % 12 + 1, 1)


def month_of(day: str) -> int:
    """Return the month that a day lies in."""
    found = date.fromisoformat(day)
    return found.year * 12 + found.month - 1


def move(period: Period, steps: int) -> Period:
    """Return the period so many later, or earlier."""
    size = (period.end - period.start) * steps
    return Period(period.start + size, period.end + size, period.grain)


def due_of(period: Period, wait: int) -> date:
    """Return the last day on which a period's report is in time."""
    return day(period.end) + timedelta(min(wait, LONGEST_WAIT) - 1)


def grain_of(reporting: Row) -> str:
    """Return the grain of the periods that an agency or a service reports."""
    half = reporting["frequency"] == "half_year" and reporting["first_period"].startswith("FY")
    return "FY6" if half else SIZES[reporting["frequency"]]


class Site:
    """What the data of a site says; ``speak`` sets the language in which periods are printed."""

    def __init__(self, root: Path) -> None:
        self.root, known = root, json.loads((root / "data/catalog.json").read_text("utf-8"))
        self.as_of = date.fromisoformat(json.loads((root / "status.json").read_text("utf-8"))["as_of"])
        self.settings, self.fiscal = known["catalog"], int(known["catalog"]["fiscal_year_starts"])
        self.small: dict[str, int] = self.settings["small_numbers"]
        self.languages: list[str] = self.settings["languages"]
        self.typed, self.ahead, self.told = [*texts(known)], 0, False
        self.language, self.edition = self.languages[0], ""

    def editions(self) -> Iterator[None]:
        """Speak each language of the site in turn."""
        for place, language in enumerate(self.languages):
            thai = language == "th"
            self.ahead = BUDDHIST if thai and self.settings.get("era") == "buddhist" else 0
            self.told = thai and self.fiscal == 10  # every reader knows which months a fiscal year has
            self.language, self.edition = language, f"{language}/" if place else ""
            yield

    def table(self, name: str) -> Iterator[Row]:
        """Yield the rows of a table."""
        with (self.root / f"data/{name}.csv").open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    def tables(self) -> dict[str, tuple[int, int]]:
        """Return how many rows and columns each table has."""
        found = {}
        for path in sorted((self.root / "data").glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                rows = csv.reader(file)
                columns = len(next(rows))
                found[path.stem] = (sum(1 for _ in rows), columns)
        return found

    def held(self, path: str, level: str) -> set[str]:
        """Return the periods of a promise that are held back: those that its data names, and those that its page does."""
        data = json.loads((self.root / "data" / f"{path.rstrip('/')}.json").read_text("utf-8"))
        named = {period for one, period, *part in data.get("withheld_keys", []) if one == level and not any(part)}
        html = (self.root / path / "index.html").read_text("utf-8")
        part = html.partition(f'<h3 id="level-{level}"')[2].partition("<h3 ")[0]
        row = r'(?:datetime|value)="([^"]*)">[^<]*</\w+></th><td><span class="verdict withheld'
        return named | set(re.findall(row, part))

    def period(self, code: str) -> Period:
        """Return the period of a code."""
        found = re.fullmatch(r"(FY)?(\d{4})-?([QH]?)(\d*)", code)
        assert found, code
        fiscal, year, kind, part = found.groups("")
        size = {"Q": 3, "H": 6}.get(kind, 1) if part else 12
        start = int(year) * 12 + (int(part or 1) - 1) * size
        start += self.fiscal - 13 if fiscal and self.fiscal > 1 else 0
        return Period(start, start + size, f"{fiscal}{size}")

    def code(self, period: Period) -> str:
        """Return the code of a period."""
        year, month = divmod(period.start, 12)
        if not period.grain.startswith("FY"):
            return CODES[period.grain].format(year=year, month=month + 1, quarter=month // 3 + 1, half=month // 6 + 1)
        fiscal = self.around(period.start, "FY12")
        half = f"-H{(period.start - fiscal.start) // 6 + 1}" if period.grain == "FY6" else ""
        return f"FY{(fiscal.end - 1) // 12}{half}"

    def around(self, months: int, grain: str) -> Period:
        """Return the period of this grain that holds a month."""
        size = int(grain.removeprefix("FY"))
        start = months - (months - (self.fiscal - 1 if grain.startswith("FY") else 0)) % size
        return Period(start, start + size, grain)

    def last_ended(self, grain: str) -> Period:
        """Return the last period of this grain that has ended."""
        return move(self.around(self.as_of.year * 12 + self.as_of.month - 1, grain), -1)

    def last_year(self, grain: str, wait: int) -> list[Period]:
        """Return the last 12 months that are due."""
        period = self.last_ended(grain)
        while due_of(period, wait) > self.as_of:
            period = move(period, -1)
        return [move(period, step) for step in range(1 - 12 // (period.end - period.start), 1)]

    def years(self, *months: int) -> list[str]:
        """Return the years of months, in the reader's era."""
        return [str(one // 12 + self.ahead) for one in months]

    def short(self, period: Period) -> list[str]:
        """Return the numbers of a period's name in a table."""
        if period.grain == "FY6":
            return self.years(period.start, period.end - 1)
        return self.years(period.end - 1 if period.grain == "FY12" else period.start)

    def said(self, period: Period) -> list[str]:
        """Return the numbers of a period's name in a sentence."""
        start, last, fiscal = period.start, period.end - 1, self.around(period.start, "FY12")
        if period.grain == "3":
            own = self.fiscal > 1 and self.fiscal % 3 == 1
            place = [str((start - fiscal.start) // 3 + 1), *self.years(fiscal.end - 1)] if own else []
            return [str(start % 12 // 3 + 1), *self.years(start), *place]
        if not period.grain.startswith("FY"):
            return self.years(start)
        months = () if period.grain == "FY12" and self.told else (start, last)
        return self.years(fiscal.end - 1, *months)

    def spoken(self, periods: list[Period], ever: bool = False) -> list[str]:
        """Return the numbers of a span; one that lies further back is not counted but where it is asked for ``ever``."""
        if len(periods) < 2:
            return self.said(periods[0]) if periods else []
        counted = ever or day(move(periods[-1], 2).end) > self.as_of
        return [str(len(periods))] * counted + self.years(periods[0].start, periods[-1].end - 1)


def texts(value: object) -> Iterator[str]:
    """Yield every text with a digit in a value: what others typed is no figure of ours."""
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)
    elif isinstance(value, str) and re.search(r"\d", value):
        yield " ".join(value.removeprefix("'").split())


class Turn:
    """A table whose rows stand by agency, an agency at a time."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.groups = groupby(rows, key=lambda row: row["agency_id"])
        self.ahead = next(self.groups, None)

    def of(self, agency: str) -> list[Row]:
        """Return the rows of the agency whose turn it is."""
        if self.ahead is None or self.ahead[0] != agency:
            return []
        rows = list(self.ahead[1])
        self.ahead = next(self.groups, None)
        return rows


class Problems:
    """How many problems each agency has, and what is held back for them."""

    def __init__(self, site: Site) -> None:
        self.errors: Counter[str] = Counter()
        self.warnings: dict[str, list[str]] = defaultdict(list)
        self.rows: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.services: dict[str, set[str]] = defaultdict(set)
        self.agencies: set[str] = set()
        self.touched: set[str] = set()  # agencies that have rows without a place in the tables
        for row in site.table("problems"):
            if row["severity"] == "warning":
                self.warnings[row["agency_id"]].append(row["code"])
            else:
                self._error(row)

    def _error(self, row: Row) -> None:
        agency = row["agency_id"]
        self.errors[agency] += 1
        if row["withheld"] != "none":
            self.touched.add(agency)
        if row["withheld"] == "row":
            self.rows[agency].add((row["file"], row["line"]))
        elif row["withheld"] == "service":
            self.services[agency].add(Path(row["file"]).stem)
        elif row["withheld"] == "agency":
            self.agencies.add(agency)
