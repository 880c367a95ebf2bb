"""The sentence of promise and result: the filled examples of the wording reference (words.md, 2.3), made from rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from made import (
    AS_OF,
    FISCAL_YEAR_STARTS,
    made_agency,
    made_catalog,
    made_data,
    made_level,
    made_row,
    made_service,
    made_target,
)

from generator.model import Observation
from generator.results import LevelResult
from generator.stats import measure_agency
from generator.texts import Wording, load_strings
from generator.views.headline import headline
from generator.views.states import badge, headline_state
from generator.views.words import Words

LAST_YEAR = [f"2025-{month:02}" for month in (11, 12)] + [f"2026-{month:02}" for month in range(1, 11)]


def words_in(language: str) -> Words:
    """Return what a view speaks with, for a catalog that counts Buddhist years."""
    strings = load_strings(language)
    return Words(language, strings, Wording(strings, "buddhist", FISCAL_YEAR_STARTS), "en", AS_OF)


def limit(value: int, unit: str) -> dict[str, Any]:
    """Return a length of time as a file writes it."""
    return {"value": Decimal(value), "unit": unit}


@dataclass(frozen=True)
class Case:
    """What an agency promised and reported, and what is said of it."""

    name: str
    th: str
    en: str
    rows: Sequence[Observation] = ()
    target: dict[str, Any] = field(default_factory=dict)
    first_period: str = "2026-10"
    frequency: str = "month"
    measure: str = "processing_time"


FIFTEEN = {"limit": limit(15, "working_day")}
YEARLY = {"frequency": "fiscal_year", "first_period": "FY2026"}


def spread(volume: int, within: int, periods: Sequence[str] = LAST_YEAR) -> list[Observation]:
    """Return rows whose counts add up to these."""
    rows = [made_row(period, 0, 0) for period in periods[1:]]
    return [made_row(periods[0], volume, within), *rows]


def last_year(rows: Sequence[Observation]) -> dict[str, Any]:
    """Return what a case over the last 12 months holds."""
    return {"rows": rows, "first_period": "2025-11"}


CASES = [
    Case(
        "met",
        "สัญญาว่าจะเสร็จภายใน 15 วันทำการ · 12 เดือนล่าสุด (พ.ย. 2568 ถึง ต.ค. 2569) เสร็จทัน 91 ใน 100 เรื่อง (3,842 จาก 4,210 เรื่อง) · ทำได้ตามสัญญา คืออย่างน้อย 90 ใน 100 เรื่อง",
        "Promise: done within 15 working days · Last 12 months (Nov 2025 to Oct 2026): 91 in 100 done in time (3,842 of 4,210 cases) · Promise met: at least 90 in 100 cases",
        target=FIFTEEN,
        **last_year(spread(4210, 3842)),
    ),
    Case(
        "met-waiting",
        "สัญญาว่าจะให้รอไม่เกิน 30 นาที · ต.ค. 2569 ได้รับบริการทันเวลา 91 ใน 100 ราย (512 จาก 560 ราย) · ทำได้ตามสัญญา คืออย่างน้อย 85 ใน 100 ราย",
        "Promise: a wait of no more than 30 minutes · Oct 2026: 91 in 100 served in time (512 of 560 visits) · Promise met: at least 85 in 100 visits",
        [made_row("2026-10", 560, 512)],
        {"limit": limit(30, "minute"), "share": "0.85"},
        measure="waiting_time",
    ),
    Case(
        "met-all",
        "สัญญาว่าจะเสร็จภายใน 1 วันทำการ · ต.ค. 2569 เสร็จทันทุกเรื่อง (150 จาก 150 เรื่อง) · ทำได้ตามสัญญา คือทุกเรื่อง",
        "Promise: done within 1 working day · Oct 2026: every case done in time (150 of 150 cases) · Promise met: every case",
        [made_row("2026-10", 150, 150)],
        {"limit": limit(1, "working_day"), "share": "1"},
    ),
    Case(
        "missed",
        "สัญญาว่าจะเสร็จภายใน 30 วัน · ปีงบประมาณ 2569 เสร็จทัน 84 ใน 100 เรื่อง (1,128 จาก 1,340 เรื่อง) · ต่ำกว่าที่สัญญา คืออย่างน้อย 90 ใน 100 เรื่อง",
        "Promise: done within 30 days · Fiscal year 2026 (Oct 2025 to Sep 2026): 84 in 100 done in time (1,128 of 1,340 cases) · Below the promise of at least 90 in 100 cases",
        [made_row("FY2026", 1340, 1128)],
        {"limit": limit(30, "calendar_day")},
        **YEARLY,
    ),
    Case(
        "missed-none",
        "สัญญาว่าจะเสร็จภายใน 15 วันทำการ · ต.ค. 2569 ไม่มีเรื่องใดเสร็จทัน (0 จาก 42 เรื่อง) · ต่ำกว่าที่สัญญา คืออย่างน้อย 80 ใน 100 เรื่อง",
        "Promise: done within 15 working days · Oct 2026: no case done in time (0 of 42 cases) · Below the promise of at least 80 in 100 cases",
        [made_row("2026-10", 42, 0)],
        {**FIFTEEN, "share": "0.8"},
    ),
    Case(
        "small-met",
        "สัญญาว่าจะเสร็จภายใน 15 วันทำการ · ต.ค. 2569 เสร็จทัน 11 จาก 12 เรื่อง · ทำได้ตามสัญญา · ตัวเลขน้อย โปรดระวัง",
        "Promise: done within 15 working days · Oct 2026: 11 of 12 cases done in time · Promise met · Small numbers, take care",
        [made_row("2026-10", 12, 11)],
        FIFTEEN,
    ),
    Case(
        "small-missed",
        "สัญญาว่าจะเสร็จภายใน 15 วันทำการ · ต.ค. 2569 เสร็จทัน 7 จาก 9 เรื่อง · ต่ำกว่าที่สัญญา · ตัวเลขน้อย โปรดระวัง",
        "Promise: done within 15 working days · Oct 2026: 7 of 9 cases done in time · Below promise · Small numbers, take care",
        [made_row("2026-10", 9, 7)],
        FIFTEEN,
    ),
    Case(
        "no-cases",
        "สัญญาว่าจะเสร็จภายใน 15 วันทำการ · ต.ค. 2569 ไม่มีเรื่องที่เสร็จ จึงไม่มีผลให้เทียบกับคำสัญญา",
        "Promise: done within 15 working days · Oct 2026: no cases finished, so there is no result to compare",
        [made_row("2026-10", 0, 0)],
        FIFTEEN,
    ),
    Case(
        "not-reported",
        "สัญญาว่าจะเสร็จภายใน 15 วันทำการ · ยังไม่ได้รับรายงานของ ต.ค. 2569 ซึ่งครบกำหนดส่งเมื่อ 15 พ.ย. 2569 · ผลล่าสุดที่มีคือของ ก.ย. 2568 เสร็จทัน 90 จาก 100 เรื่อง",
        "Promise: done within 15 working days · The report for Oct 2026 was due on 15 Nov 2026 and has not been received · The latest result is for Sep 2025: 90 of 100 cases done in time",
        [made_row("2025-09", 100, 90)],
        FIFTEEN,
        first_period="2025-09",
    ),
    Case(
        "never-reported",
        "สัญญาว่าจะเสร็จภายใน 15 วันทำการ · หน่วยงานยังไม่เคยรายงานผลของคำสัญญาข้อนี้",
        "Promise: done within 15 working days · The agency has never reported a result for this promise",
        [],
        FIFTEEN,
    ),
    Case(
        "not-due",
        "สัญญาว่าจะเสร็จภายใน 15 วันทำการ · รายงานของ ไตรมาส 3 ปี 2569 (ก.ค.–ก.ย. ไตรมาส 4 ของปีงบประมาณ 2569) ยังไม่ถึงกำหนด (กำหนดส่งภายใน 29 พ.ย. 2569)",
        "Promise: done within 15 working days · The report for Q3 2026 (Jul–Sep, Q4 of fiscal year 2026) is not due yet (due by 29 Nov 2026)",
        [],
        FIFTEEN,
        first_period="2026-Q3",
        frequency="quarter",
    ),
    Case(
        "no-share",
        "สัญญาว่าจะเสร็จภายใน 60 วัน · ปีงบประมาณ 2569 เสร็จทัน 77 ใน 100 เรื่อง (2,210 จาก 2,870 เรื่อง) · สัญญาเวลาไว้ แต่ไม่ได้สัญญาสัดส่วน จึงไม่มีเป้าหมายให้เทียบ",
        "Promise: done within 60 days · Fiscal year 2026 (Oct 2025 to Sep 2026): 77 in 100 done in time (2,210 of 2,870 cases) · A time was promised but no share, so there is no target to compare",
        [made_row("FY2026", 2870, 2210)],
        {"limit": limit(60, "calendar_day"), "share": None},
        **YEARLY,
    ),
    Case(
        "provisional",
        "สัญญาว่าจะเสร็จภายใน 15 วันทำการ · ต.ค. 2569 เสร็จทัน 93 ใน 100 เรื่อง (402 จาก 431 เรื่อง) · ทำได้ตามสัญญา คืออย่างน้อย 90 ใน 100 เรื่อง · ตัวเลขเบื้องต้น อาจเปลี่ยนได้",
        "Promise: done within 15 working days · Oct 2026: 93 in 100 done in time (402 of 431 cases) · Promise met: at least 90 in 100 cases · Provisional figures, may change",
        [made_row("2026-10", 431, 402, status="provisional")],
        FIFTEEN,
    ),
    Case(
        "suppressed",
        "สัญญาว่าจะเสร็จภายใน 15 วันทำการ · งดแสดงตัวเลขของ ต.ค. 2569 เพราะมีจำนวนน้อยจนอาจรู้ว่าเป็นเรื่องของใคร",
        "Promise: done within 15 working days · Figures for Oct 2026 are not shown: so few cases that people could be recognised",
        [made_row("2026-10", status="suppressed")],
        FIFTEEN,
    ),
    Case(
        "not-applicable",
        "คำสัญญาข้อนี้ไม่ใช้กับ ต.ค. 2569",
        "This promise does not apply to Oct 2026",
        [made_row("2026-10", status="not_applicable")],
        FIFTEEN,
    ),
    Case(
        "precise-share",
        "สัญญาว่าระบบจะใช้งานได้อย่างน้อย 99.5% ของทุกครั้ง · ต.ค. 2569 ใช้งานได้ 99.4% (9,940 จาก 10,000 ครั้ง) · ต่ำกว่าที่สัญญา คืออย่างน้อย 99.5% ของทุกครั้ง",
        "Promise: the system works in at least 99.5% of checks · Oct 2026: 99.4% working (9,940 of 10,000 checks) · Below the promise of at least 99.5% of checks",
        [made_row("2026-10", 10000, 9940)],
        {"share": "0.995"},
        measure="availability",
    ),
]


def level_of(case: Case) -> LevelResult:
    """Return the level that the case's rows make."""
    valid_from = {"month": f"{case.first_period}-01", "fiscal_year": "2025-10-01", "quarter": "2026-07-01"}[
        case.frequency
    ]
    target = made_target(valid_from, **{"share": "0.9", **case.target})
    level = made_level(targets=[target], measure=case.measure)
    due_after = 60 if case.frequency == "quarter" else 15
    reporting = {"frequency": case.frequency, "due_after_days": due_after, "first_period": case.first_period}
    agency = made_agency(reporting=reporting)
    data = made_data(case.rows, [made_service(levels=[level])], agency)
    return measure_agency(made_catalog(), data, AS_OF).services["permit"].levels[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("language", ["th", "en"])
def test_filled_examples(case: Case, language: str) -> None:
    """Every state is said as the wording reference says it, no-break spaces apart."""
    said = headline(words_in(language), level_of(case))

    assert said.replace("\u00a0", " ") == getattr(case, language)


def test_a_changed_promise_is_told_and_not_named_as_one() -> None:
    """Where the promise changed within the span, no single share stands behind the verdict."""
    targets = [
        made_target("2025-11-01", "2026-04-30", limit=limit(60, "minute"), share="0.8"),
        made_target("2026-05-01", limit=limit(30, "minute")),
    ]
    agency = made_agency(reporting={"frequency": "month", "due_after_days": 15, "first_period": "2025-11"})
    data = made_data(
        [made_row(period, 100, 95) for period in LAST_YEAR],
        [made_service(levels=[made_level(targets=targets)])],
        agency,
    )
    level = measure_agency(made_catalog(), data, AS_OF).services["permit"].levels[0]

    said = headline(words_in("en"), level).replace("\u00a0", " ")

    assert said == (
        "Promise: done within 30 minutes · Last 12 months (Nov 2025 to Oct 2026): 95 in 100 done in time "
        "(1,140 of 1,200 cases) · Promise met · The promise changed during this time; each month is judged by the "
        "promise then in force"
    )


def test_missing_reports_are_told() -> None:
    """A result that counts only some of the reports due says so."""
    rows = [made_row(period, 100, 95) for period in LAST_YEAR[:10]]
    case = Case("gap", "", "", target=FIFTEEN, **last_year(rows))

    said = headline(words_in("en"), level_of(case))

    assert said.endswith("The result counts only the reports received")


def test_an_old_span_is_not_called_the_last_months() -> None:
    """Twelve months of a promise that ended long ago are named by their months alone."""
    target = made_target("2024-01-01", "2024-12-31", **FIFTEEN)
    agency = made_agency(reporting={"frequency": "month", "due_after_days": 15, "first_period": "2024-01"})
    rows = [made_row(f"2024-{month:02}", 100, 95) for month in range(1, 13)]
    data = made_data(rows, [made_service(levels=[made_level(targets=[target])])], agency)
    level = measure_agency(made_catalog(), data, AS_OF).services["permit"].levels[0]

    said = headline(words_in("en"), level).replace("\u00a0", " ")

    assert "Last 12 months" not in said
    assert "Jan 2024 to Dec 2024" in said


def test_states_have_different_words_and_shapes() -> None:
    """All eight states, and a row that is held back, differ in word and in shape."""
    words = words_in("th")
    states = [
        "met",
        "missed",
        "no_target",
        "no_cases",
        "not_reported",
        "suppressed",
        "not_applicable",
        "not_due",
        "withheld",
    ]
    badges = [badge(words, state) for state in states]  # type: ignore[arg-type]

    assert len({one.word for one in badges}) == len(states)
    assert len({one.symbol for one in badges}) == len(states)


@pytest.mark.parametrize(
    ("status", "state"),
    [("suppressed", "suppressed"), ("not_applicable", "not_applicable"), ("not_reported", "not_reported")],
)
def test_a_span_without_results_has_the_state_of_its_newest_row(status: str, state: str) -> None:
    """What is not shown, does not apply and never came are three states, not one."""
    case = Case("state", "", "", [made_row("2026-10", status=status)], FIFTEEN)

    assert headline_state(level_of(case)) == state
