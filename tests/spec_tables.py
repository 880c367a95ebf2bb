"""The tables of tests/spec as Markdown, in Thai and in English, for content/<language>/methods.md."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from generator.periods import Period, read_period
from generator.texts import Wording, load_strings

ROOT = Path(__file__).parent.parent
SPEC_FOLDER = ROOT / "tests" / "spec"
FISCAL_YEAR_STARTS = 10
MARKED = re.compile(r"(<!-- spec:(\w+) -->\n).*?(<!-- /spec -->)", re.DOTALL)

# Words that only these tables need; everything else is the interface's own.
WORDS = {
    "th": {
        "empty": "(ว่าง)", "none": "ไม่มี", "true": "ใช่", "false": "ไม่",
        "figures": "แสดงตัวเลข", "caution": "แสดง พร้อมข้อความ “ตัวเลขน้อย โปรดระวัง”", "withheld": "งดแสดงตัวเลข",
        "all": "รวมทั้งหมด", "channel": "ตามช่องทาง", "office": "ตามสำนักงาน",
        "of": "{within} จาก {volume}", "revision": "ครั้งที่ {revision}: {counts}", "wrong": "ผิด",
        "levels": "{what}: {counts} ({levels} ข้อ)", "names": "กขคง",
    },
    "en": {
        "empty": "(empty)", "none": "none", "true": "yes", "false": "no",
        "figures": "with its figures", "caution": "shown, with “Small numbers, take care”", "withheld": "Figure not shown",
        "all": "for all", "channel": "by channel", "office": "by office",
        "of": "{within} of {volume}", "revision": "revision {revision}: {counts}", "wrong": "wrong",
        "levels": "{what}: {counts} (promises: {levels})", "names": "ABCD",
    },
}  # fmt: skip

Cells = Mapping[str, Any]


def read_spec(name: str) -> dict[str, Any]:
    """Return one table: its columns, its rows, and what they share."""
    spec: dict[str, Any] = yaml.safe_load((SPEC_FOLDER / f"{name}.yml").read_text("utf-8"))
    return spec


def spec_names() -> list[str]:
    """Return the names of all tables."""
    return sorted(path.stem for path in SPEC_FOLDER.glob("*.yml"))


def with_tables(page: str, language: str) -> str:
    """Return the page with each table between its marks as the spec has it now."""
    return MARKED.sub(lambda found: f"{found[1]}\n{markdown(read_spec(found[2]), language)}\n{found[3]}", page)


def markdown(spec: Mapping[str, Any], language: str) -> str:
    """Return a spec as a Markdown table."""
    columns = spec["columns"]
    lines = [[column[language] for column in columns], ["---"] * len(columns)]
    lines += [_row(columns, row, language) for row in spec["rows"]]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _row(columns: Sequence[Cells], row: Cells, language: str) -> list[str]:
    cells = {**row["given"], **row["gives"], "because": row["because"]}
    printer = _Printer(language)
    return [printer.print(column["kind"], cells[column["name"]]) for column in columns]


def period_of_code(code: str) -> Period:
    """Return the period that a spec names."""
    period = read_period(code, FISCAL_YEAR_STARTS)
    assert period is not None, code
    return period


class _Printer:
    """Prints a cell of each kind in one language, with the interface's own words."""

    def __init__(self, language: str) -> None:
        self.words = WORDS[language]
        self.strings = load_strings(language)
        self.wording = Wording(self.strings, "buddhist" if language == "th" else "gregorian", FISCAL_YEAR_STARTS)
        self.language = language
        self.kinds: dict[str, Callable[[Any], str]] = {
            "plain": str,
            "text": lambda text: str(text[language]),
            "count": self.wording.number,
            "share": lambda share: self.wording.share_percent(Decimal(share)),
            "flag": lambda flag: self.words[str(flag).lower()],
            "day": lambda day: self.wording.date_long(date.fromisoformat(day)),
            "duration": lambda limit: self.wording.duration(Decimal(str(limit[0])), limit[1]),
            "date": lambda day: self.wording.date(date.fromisoformat(day)),
            "period": self._period,
            "periods": lambda codes: self.wording.list_of([self._period(code) for code in codes]),
            "verdict": lambda value: self.strings(f"closed.verdict.{value}"),
            "coverage": lambda value: self.strings(f"closed.coverage.{value}"),
            "status": lambda value: self.strings(f"closed.row_status.{value}"),
            "service": lambda value: self.strings(f"closed.status.{value}"),
            "row_kind": self.words.__getitem__,
            "shown": self.words.__getitem__,
            "months": lambda rows: " · ".join(map(self._month, rows)),
            "levels": lambda levels: " · ".join(map(self._level, levels)),
            "sums": lambda sums: " · ".join(map(self._sum, sums)),
            "counted": self._counts,
            "parts": lambda rows: " · ".join(map(self._part, self.words["names"], rows)),
            "names": lambda places: (
                self.wording.list_of([self.words["names"][at] for at in places]) or self.words["none"]
            ),
            "revisions": lambda rows: " · ".join(map(self._revision, rows)),
        }

    def print(self, kind: str, value: Any) -> str:
        if value is None:
            return self.words["none" if kind in ("share", "date") else "empty"]
        return self.kinds[kind](value).replace("|", "\\|")

    def _period(self, code: str) -> str:
        return self.wording.period_short(period_of_code(code))

    def _counts(self, row: Cells) -> str:
        if row["volume"] == 0:
            return self.wording.number(0)
        return self.words["of"].format(
            within=self.wording.number(row["within_target"]), volume=self.wording.number(row["volume"])
        )

    def _part(self, name: str, row: Cells) -> str:
        counts = self.strings("closed.row_status.suppressed") if row["volume"] is None else self._counts(row)
        return f"{name}: {counts}".replace(" ", "\u00a0")

    def _month(self, row: Cells) -> str:
        if "status" in row:
            return self.strings(f"closed.row_status.{row['status']}")
        return f"{self._counts(row)} ({self.print('share', row['share'])})"

    def _level(self, level: Cells) -> str:
        return f"{self._what(level)}: {self._month(level)}"

    def _what(self, row: Cells) -> str:
        measure = self.strings(f"closed.measure.{row['measure']}")
        return f"{measure} ({self.strings('closed.grain.' + row['grain'])})"

    def _sum(self, row: Cells) -> str:
        return self.words["levels"].format(what=self._what(row), counts=self._counts(row), levels=row["levels"])

    def _revision(self, row: Cells) -> str:
        counts = self.words["wrong"] if row.get("wrong") else self._counts(row)
        return self.words["revision"].format(revision=row["revision"], counts=counts)
