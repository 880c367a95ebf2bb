"""Figures, dates and sentences in words, as the wording reference fills them in, in both languages."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.dates import NO_BREAK
from generator.figures import percent_digits
from generator.periods import Period, last_span, read_period
from generator.texts import Wording, capital, in_language, load_strings

TH = Wording(load_strings("th"), "buddhist", 10)
EN = Wording(load_strings("en"), "buddhist", 10)
BOTH = pytest.mark.parametrize("w", [TH, EN], ids=["th", "en"])

PROCESSING, WAITING = "processing_time", "waiting_time"


def period(code: str, starts: int = 10) -> Period:
    """Return the period of a code that is right."""
    found = read_period(code, starts)
    assert found is not None
    return found


def plain(words: str) -> str:
    """Return words with spaces that break, as the wording reference prints them."""
    return words.replace(NO_BREAK, " ")


def said(w: Wording, thai: str, english: str) -> str:
    """Return the one of two expected wordings that is in the language at hand."""
    return thai if w is TH else english


YEAR_TO_OCTOBER = last_span(period("2026-10"), 12, 10)


def result(w: Wording, within: int, volume: int, share: str | None, measure: str = PROCESSING) -> dict[str, Any]:
    """Return the facts that a line gives about a result."""
    exact = None if share is None else Decimal(share)
    return {
        "kept": w.kept(measure),
        "rate": w.rate(within, volume, measure, exact),
        "unit": w.unit(measure),
        "on_time": w.number(within),
        "cases": w.units(measure, volume),
        "at_least": "" if exact is None else w.at_least(exact, measure),
    }


def within(w: Wording, value: int, unit: str, measure: str = PROCESSING) -> str:
    """Return a promise with a limit."""
    return w.promise(measure, "title", w.duration(Decimal(value), unit), None)


# ---- 2.3 the line of promise against reality ----


@BOTH
def test_line_met(w: Wording) -> None:
    """A kept promise names its time, the span, the rate, both counts, and what was promised."""
    promise = within(w, 15, "working_day")
    line = w.strings("line.met", promise=promise, span=w.span(YEAR_TO_OCTOBER), **result(w, 3842, 4210, "0.9"))

    assert plain(line) == said(
        w,
        "สัญญาว่าจะเสร็จภายใน 15 วันทำการ · 12 เดือนล่าสุด (พ.ย. 2568 ถึง ต.ค. 2569) เสร็จทัน 91 ใน 100 เรื่อง "
        "(3,842 จาก 4,210 เรื่อง) · ทำได้ตามสัญญา คืออย่างน้อย 90 ใน 100 เรื่อง",
        "Promise: done within 15 working days · Last 12 months (Nov 2025 to Oct 2026): 91 in 100 done in time "
        "(3,842 of 4,210 cases) · Promise met: at least 90 in 100 cases",
    )


@BOTH
def test_line_met_for_waiting(w: Wording) -> None:
    """Waiting is counted in people, and served, not done."""
    promise = within(w, 30, "minute", WAITING)
    facts = result(w, 512, 560, "0.85", WAITING)
    line = w.strings("line.met", promise=promise, span=w.span([period("2026-10")]), **facts)

    assert plain(line) == said(
        w,
        "สัญญาว่าจะให้รอไม่เกิน 30 นาที · ต.ค. 2569 ได้รับบริการทันเวลา 91 ใน 100 ราย (512 จาก 560 ราย) · "
        "ทำได้ตามสัญญา คืออย่างน้อย 85 ใน 100 ราย",
        "Promise: a wait of no more than 30 minutes · Oct 2026: 91 in 100 served in time (512 of 560 visits) · "
        "Promise met: at least 85 in 100 visits",
    )


@BOTH
def test_line_met_all(w: Wording) -> None:
    """All is a word, not a hundred per cent."""
    promise = within(w, 1, "working_day")
    line = w.strings("line.met_all", promise=promise, span=w.span([period("2026-10")]), **result(w, 150, 150, "1"))

    assert plain(line) == said(
        w,
        "สัญญาว่าจะเสร็จภายใน 1 วันทำการ · ต.ค. 2569 เสร็จทันทุกเรื่อง (150 จาก 150 เรื่อง) · ทำได้ตามสัญญา คือทุกเรื่อง",
        "Promise: done within 1 working day · Oct 2026: every case done in time (150 of 150 cases) · Promise met: every case",
    )


@BOTH
def test_line_missed(w: Wording) -> None:
    """A missed promise says what was promised, in the same words as a kept one."""
    promise = within(w, 30, "calendar_day")
    line = w.strings("line.missed", promise=promise, span=w.span([period("FY2026")]), **result(w, 1128, 1340, "0.9"))

    assert plain(line) == said(
        w,
        "สัญญาว่าจะเสร็จภายใน 30 วัน · ปีงบประมาณ 2569 เสร็จทัน 84 ใน 100 เรื่อง (1,128 จาก 1,340 เรื่อง) · "
        "ต่ำกว่าที่สัญญา คืออย่างน้อย 90 ใน 100 เรื่อง",
        "Promise: done within 30 days · Fiscal year 2026 (Oct 2025 to Sep 2026): 84 in 100 done in time "
        "(1,128 of 1,340 cases) · Below the promise of at least 90 in 100 cases",
    )


@BOTH
def test_line_missed_none(w: Wording) -> None:
    """None in time is said with the digit 0 beside it."""
    facts = result(w, 0, 42, "0.8")
    line = w.strings("line.missed_none", promise="…", span=w.span([period("2026-09")]), **facts)

    assert plain(line) == said(
        w,
        "… · ก.ย. 2569 ไม่มีเรื่องใดเสร็จทัน (0 จาก 42 เรื่อง) · ต่ำกว่าที่สัญญา คืออย่างน้อย 80 ใน 100 เรื่อง",
        "… · Sep 2026: no case done in time (0 of 42 cases) · Below the promise of at least 80 in 100 cases",
    )


@BOTH
@pytest.mark.parametrize(
    ("counts", "verdict", "thai", "english"),
    [
        ((11, 12), "met", "เสร็จทัน 11 จาก 12 เรื่อง · ทำได้ตามสัญญา", "11 of 12 cases done in time · Promise met"),
        ((7, 9), "missed", "เสร็จทัน 7 จาก 9 เรื่อง · ต่ำกว่าที่สัญญา", "7 of 9 cases done in time · Below promise"),
    ],
)
def test_line_small(w: Wording, counts: tuple[int, int], verdict: str, thai: str, english: str) -> None:
    """Few cases are counted, never put as a rate, and come with the caution."""
    facts = result(w, *counts, "0.8") | {"promise": "…", "span": w.span([period("2026-10")])}
    line = w.strings("line.small", verdict=w.strings(f"closed.verdict.{verdict}"), **facts)

    assert plain(line) == said(
        w, f"… · ต.ค. 2569 {thai} · ตัวเลขน้อย โปรดระวัง", f"… · Oct 2026: {english} · Small numbers, take care"
    )


@BOTH
def test_lines_without_a_result(w: Wording) -> None:
    """No cases and no report are two different sentences."""
    promise = within(w, 15, "working_day")
    no_cases = w.strings(
        "line.no_cases", promise=promise, span=w.span([period("2026-09")]), nothing=w.nothing(PROCESSING)
    )
    missing = {"period": w.period(period("2026-10")), "due": w.date(dt.date(2026, 11, 15))}
    not_reported = w.strings("line.not_reported", promise=promise, **missing)

    assert plain(no_cases) == said(
        w,
        "สัญญาว่าจะเสร็จภายใน 15 วันทำการ · ก.ย. 2569 ไม่มีเรื่องที่เสร็จ จึงไม่มีผลให้เทียบกับคำสัญญา",
        "Promise: done within 15 working days · Sep 2026: no cases finished, so there is no result to compare",
    )
    assert plain(not_reported) == said(
        w,
        "สัญญาว่าจะเสร็จภายใน 15 วันทำการ · ยังไม่ได้รับรายงานของ ต.ค. 2569 ซึ่งครบกำหนดส่งเมื่อ 15 พ.ย. 2569",
        "Promise: done within 15 working days · The report for Oct 2026 was due on 15 Nov 2026 and has not been received",
    )


@BOTH
def test_line_no_share(w: Wording) -> None:
    """A time without a share has a rate and no verdict."""
    promise = within(w, 60, "calendar_day")
    line = w.strings("line.no_share", promise=promise, span=w.span([period("FY2026")]), **result(w, 2210, 2870, None))

    assert plain(line) == said(
        w,
        "สัญญาว่าจะเสร็จภายใน 60 วัน · ปีงบประมาณ 2569 เสร็จทัน 77 ใน 100 เรื่อง (2,210 จาก 2,870 เรื่อง) · "
        "สัญญาเวลาไว้ แต่ไม่ได้สัญญาสัดส่วน จึงไม่มีเป้าหมายให้เทียบ",
        "Promise: done within 60 days · Fiscal year 2026 (Oct 2025 to Sep 2026): 77 in 100 done in time "
        "(2,210 of 2,870 cases) · A time was promised but no share, so there is no target to compare",
    )


@BOTH
def test_line_changed(w: Wording) -> None:
    """A change of promise names its day, and the rule for the period it falls in."""
    old, new = (w.duration(Decimal(value), "minute") for value in (60, 30))
    facts = {"date": w.date(dt.date(2026, 8, 15)), "old": old, "new": new, "period": w.period(period("2026-08"))}

    assert plain(w.strings("line.changed", **facts)) == said(
        w,
        "คำสัญญาเปลี่ยนเมื่อ 15 ส.ค. 2569 จาก 60 นาที เป็น 30 นาที · ผลของ ส.ค. 2569 เทียบกับคำสัญญาที่ใช้อยู่ในวันแรกของช่วง",
        "The promise changed on 15 Aug 2026, from 60 minutes to 30 minutes · "
        "Aug 2026 is judged by the promise in force on its first day",
    )


@BOTH
def test_line_provisional_and_gap(w: Wording) -> None:
    """Provisional figures and missing reports are said beside the result."""
    gap = {"span": w.span([period("FY2026")]), "reported": w.number(10), "reports": w.count("reports", 12)}

    assert w.rate(402, 431, PROCESSING, Decimal("0.9")).startswith("93")
    assert w.strings("line.provisional") == said(w, "ตัวเลขเบื้องต้น อาจเปลี่ยนได้", "Provisional figures, may change")
    assert plain(w.strings("line.gap", **gap)) == said(
        w,
        "ปีงบประมาณ 2569 รายงานแล้ว 10 จาก 12 รอบ ผลข้างต้นนับเฉพาะรอบที่รายงาน",
        "Fiscal year 2026 (Oct 2025 to Sep 2026): 10 of 12 reports received; the result counts only those",
    )


# ---- 2.4 to 2.7 ----


@BOTH
def test_extras(w: Wording) -> None:
    """What stands under the line: nine in ten, the open cases, the clock, the agency's own figure."""
    p90 = {"period": w.period(period("2026-10")), "p90": w.duration(Decimal(13), "working_day")}
    backlog = {"end": w.date(dt.date(2026, 10, 31)), "cases": w.count("cases", 320), "overdue": w.number(45)}
    clock = {
        "starts": w.strings("closed.clock.starts.complete_application"),
        "stops": w.strings("closed.clock.stops.result_notified"),
        "pauses": w.list_of([w.strings("closed.clock.pauses.waiting_for_applicant")]),
    }
    own = {"printed": w.share_percent(Decimal("0.95")), "percent": w.percent(455, 498, Decimal("0.9"))}
    own |= {"on_time": w.number(455), "cases": w.count("cases", 498)}

    assert plain(w.strings("extra.p90", **p90)) == plain(w.strings("extra.p90.processing_time", **p90))
    assert plain(w.strings("extra.p90", **p90)) == said(
        w,
        "ต.ค. 2569: 9 ใน 10 เรื่องเสร็จภายใน 13 วันทำการ",
        "Oct 2026: 9 in 10 cases were done within 13 working days",
    )
    assert plain(w.strings("extra.backlog", **backlog)) == said(
        w,
        "ณ 31 ต.ค. 2569 ยังค้าง 320 เรื่อง ในจำนวนนี้เกินกำหนดแล้ว 45 เรื่อง",
        "On 31 Oct 2026, 320 cases were open; 45 of them past the limit",
    )
    assert plain(w.strings("extra.clock", **clock)) == said(
        w,
        "เริ่มนับเมื่อยื่นเอกสารครบถ้วน หยุดนับเมื่อแจ้งผล ไม่นับเวลาที่รอผู้ยื่นคำขอ",
        "Time starts when the application is complete, stops when the result is given, "
        "and pauses while the agency waits for the applicant",
    )
    assert plain(w.strings("extra.agency_figure", **own)) == said(
        w,
        "หน่วยงานเผยแพร่เองว่า 95% แต่คำนวณจากจำนวนเรื่องได้ 91.3% (455 จาก 498 เรื่อง)",
        "The agency itself published 95%; the counts give 91.3% (455 of 498 cases)",
    )


@BOTH
def test_summaries(w: Wording) -> None:
    """An agency and the country are summed up by promises kept and reports received."""
    agency = {
        "agency": said(w, "กรมตัวอย่าง", "Example Department"),
        "met": w.number(14),
        "promises": w.count("promises", 18),
        "span": w.span(YEAR_TO_OCTOBER),
        "reported": w.number(19),
        "reports": w.count("reports", 20),
    }
    nation = {"agencies": w.count("agencies", 24), "met": w.number(212), "promises": w.count("promises", 287)}
    time = {"on_time": w.number(96318), "cases": w.count("cases", 103482)}
    time["rate"] = w.rate(96318, 103482, PROCESSING, None)

    assert plain(w.strings("agency.summary", **agency)) == said(
        w,
        "กรมตัวอย่างทำได้ตามสัญญา 14 จาก 18 ข้อ · 12 เดือนล่าสุด (พ.ย. 2568 ถึง ต.ค. 2569) · รายงานแล้ว 19 จาก 20 รอบ",
        "Example Department met 14 of 18 promises · Last 12 months (Nov 2025 to Oct 2026) · 19 of 20 reports received",
    )
    assert plain(w.strings("nation.summary", span=w.span([period("FY2026")]), **nation)) == said(
        w,
        "24 หน่วยงานในเว็บไซต์นี้ทำได้ตามสัญญา 212 จาก 287 ข้อ · ปีงบประมาณ 2569",
        "The 24 agencies on this site met 212 of 287 promises · Fiscal year 2026 (Oct 2025 to Sep 2026)",
    )
    coverage = {"reported": w.number(5120), "reports": w.count("reports", 5480)}
    assert plain(w.strings("nation.coverage", **coverage)) == said(
        w, "ได้รับรายงาน 5,120 จาก 5,480 รอบที่ครบกำหนด", "5,120 of 5,480 reports due were received"
    )
    assert plain(w.strings("nation.time", **time)) == said(
        w,
        "เรื่องที่สัญญาเวลาไว้ เสร็จทัน 93 ใน 100 เรื่อง (96,318 จาก 103,482 เรื่อง) นับเฉพาะหน่วยงานที่รายงาน",
        "Cases with a promised time: 93 in 100 done in time (96,318 of 103,482 cases); only agencies that reported",
    )


@BOTH
def test_coverage_build_and_translation(w: Wording) -> None:
    """Reports, the age of the page, held back rows and translations are counted in words."""
    some = w.strings("coverage.some", reported=w.number(10), reports=w.count("reports", 12))
    missing = w.list_of([w.period(period(code)) for code in ("2026-08", "2026-10")])
    built = w.datetime(dt.datetime(2026, 11, 22, 1, 17, tzinfo=dt.UTC))
    translated = {"done": w.number(34), "services": w.count("services", 52)}

    assert plain(some + " · " + w.strings("coverage.missing", periods=missing)) == said(
        w,
        "รายงานแล้ว 10 จาก 12 รอบ · ยังขาด ส.ค. 2569 และ ต.ค. 2569",
        "10 of 12 reports received · Missing: Aug 2026 and Oct 2026",
    )
    assert plain(w.strings("coverage.all", reports=w.count("reports", 12))) == said(
        w, "รายงานครบทั้ง 12 รอบ", "All 12 reports received"
    )
    assert plain(w.strings("coverage.none", reports=w.count("reports", 6))) == said(
        w, "ยังไม่ได้รับรายงานเลยจาก 6 รอบที่ครบกำหนด", "None of 6 reports due received"
    )
    assert plain(w.strings("build.line", as_of=w.date(dt.date(2026, 11, 22)), datetime=built)) == said(
        w,
        "ข้อมูล ณ 22 พ.ย. 2569 · สร้างหน้านี้เมื่อ 22 พ.ย. 2569 เวลา 01.17 น.",
        "Data as of 22 Nov 2026 · Built on 22 Nov 2026, 01:17",
    )
    assert plain(w.strings("build.old", days=w.count("days", 3))) == said(
        w,
        "หน้านี้สร้างไว้เมื่อ 3 วันก่อน ตามปกติสร้างใหม่ทุกคืน ตัวเลขอาจไม่ใช่ล่าสุด",
        "This page was built 3 days ago. It is normally rebuilt every night, so figures may not be the newest.",
    )
    assert plain(w.strings("withheld.row", rows=w.count("rows", 3))) == said(
        w,
        "พักการเผยแพร่ 3 แถว เพราะมีข้อผิดพลาด รอหน่วยงานแก้ไข",
        "3 rows held back for an error, until the agency corrects it",
    )
    assert plain(w.strings("translation.coverage", language=w.language_name("en"), **translated)) == said(
        w, "มีคำแปลภาษาอังกฤษแล้ว 34 จาก 52 บริการ", "34 of 52 services are in English"
    )
    assert w.strings("translation.part", first_language=w.language_name("th")) == said(
        w, "ส่วนนี้ยังไม่มีคำแปล แสดงเป็นภาษาไทย", "This part is not translated; shown in Thai"
    )


@BOTH
def test_due_date_fee_and_documents(w: Wording) -> None:
    """A due date names both weekdays, holidays share their year, money and sheets have their own words."""
    first, last = dt.date(2026, 11, 23), dt.date(2026, 12, 16)
    facts = {"from_day": w.strings("due.from.complete_application", day=w.date_long(first)), "day": w.date_long(last)}
    holidays = w.dates([dt.date(2026, 12, 10), dt.date(2026, 12, 7)])
    book = {"title": said(w, "ใบคู่มือจดทะเบียนรถ", "Vehicle registration book")}
    book["issuer"] = said(w, "กรมการขนส่งทางบก", "the Department of Land Transport")

    assert plain(w.strings("due.result", **facts)) == said(
        w,
        "ยื่นเอกสารครบวันจันทร์ที่ 23 พ.ย. 2569 ควรได้ผลภายในวันพุธที่ 16 ธ.ค. 2569",
        "Complete on Monday 23 Nov 2026: expect the result by Wednesday 16 Dec 2026",
    )
    assert plain(w.strings("due.reasons", days=holidays)) == said(
        w,
        "ถ้ายังไม่เสร็จ หน่วยงานต้องมีหนังสือแจ้งเหตุล่าช้าภายใน 7 ธ.ค. และ 10 ธ.ค. 2569 และทุก 7 วันจนกว่าจะเสร็จ",
        "Until it is done, the agency must give a written reason by 7 Dec and 10 Dec 2026, and every 7 days after that",
    )
    assert plain(w.strings("due.passed", days=w.count("days", 6))) == said(
        w, "เลยวันครบกำหนดมาแล้ว 6 วัน", "6 days past the due date"
    )
    assert plain(w.strings("fee.total", money=w.money(Decimal("1650.00"), "THB"))) == said(
        w, "รวม 1,650 บาท", "Total: 1,650 baht"
    )
    assert plain(w.strings("doc.original_only", originals=w.count("originals", 1), **book)) == said(
        w,
        "ใบคู่มือจดทะเบียนรถ · ออกโดยกรมการขนส่งทางบก · ฉบับจริง 1 ฉบับ (ไม่ต้องถ่ายสำเนา)",
        "Vehicle registration book · issued by the Department of Land Transport · 1 original (no copy needed)",
    )


@BOTH
def test_revisions_reviews_and_downloads(w: Wording) -> None:
    """A revision gives both pairs of counts; a download gives format and size."""
    facts = {"period": w.period(period("2026-09")), "n": 1, "date": w.date(dt.date(2026, 11, 20))}
    facts |= {"old_on_time": w.number(105), "old_cases": w.count("cases", 120)}
    facts |= {"on_time": w.number(103), "cases": w.count("cases", 120)}
    review = {"date": w.date(dt.date(2026, 8, 1)), "due": w.date(dt.date(2027, 8, 1))}
    review["unit_name"] = said(w, "ส่วนทะเบียนรถ", "the Vehicle Registration Division")

    assert plain(w.strings("revision.note", **facts)) == said(
        w,
        "ตัวเลขของ ก.ย. 2569 แก้ไขครั้งที่ 1 เมื่อ 20 พ.ย. 2569 เดิม 105 จาก 120 เรื่อง เป็น 103 จาก 120 เรื่อง",
        "Figures for Sep 2026, revision 1 on 20 Nov 2026: from 105 of 120 cases to 103 of 120 cases",
    )
    assert plain(w.strings("review.ok", **review)) == said(
        w,
        "ทบทวนล่าสุด 1 ส.ค. 2569 โดยส่วนทะเบียนรถ · ทบทวนครั้งต่อไปภายใน 1 ส.ค. 2570",
        "Last reviewed 1 Aug 2026 by the Vehicle Registration Division · next review by 1 Aug 2027",
    )
    assert plain(w.strings("download", format="CSV", size=w.size(48_000))) == said(
        w, "ดาวน์โหลด CSV (48 KB)", "Download CSV (48 KB)"
    )


# ---- the pieces by themselves ----


@pytest.mark.parametrize(
    ("code", "thai", "english"),
    [
        ("2026-10", "ต.ค. 2569", "Oct 2026"),
        (
            "2026-Q3",
            "ไตรมาส 3 ปี 2569 (ก.ค.–ก.ย. ไตรมาส 4 ของปีงบประมาณ 2569)",
            "Q3 2026 (Jul–Sep, Q4 of fiscal year 2026)",
        ),
        ("2026-H1", "ครึ่งแรกของปี 2569 (ม.ค.–มิ.ย.)", "first half of 2026 (Jan–Jun)"),
        ("2026", "ปี 2569", "2026"),
        ("FY2026", "ปีงบประมาณ 2569", "fiscal year 2026 (Oct 2025 to Sep 2026)"),
        (
            "FY2026-H2",
            "ครึ่งหลังของปีงบประมาณ 2569 (เม.ย. 2569 ถึง ก.ย. 2569)",
            "second half of fiscal year 2026 (Apr 2026 to Sep 2026)",
        ),
    ],
)
def test_period_in_a_sentence(code: str, thai: str, english: str) -> None:
    """Every grain has its name, a quarter with its months and its place in the fiscal year."""
    assert plain(TH.period(period(code))) == thai
    assert plain(EN.period(period(code))) == english


@pytest.mark.parametrize(
    ("code", "thai", "english"),
    [
        ("2026-10", "ต.ค. 2569", "Oct 2026"),
        ("2026-Q3", "ก.ค.–ก.ย. 2569", "Jul–Sep 2026"),
        ("2026-H2", "ก.ค.–ธ.ค. 2569", "Jul–Dec 2026"),
        ("2026", "2569", "2026"),
        ("FY2026", "ปีงบประมาณ 2569", "FY 2026"),
        ("FY2026-H1", "ต.ค. 2568 – มี.ค. 2569", "Oct 2025 – Mar 2026"),
    ],
)
def test_period_in_a_table(code: str, thai: str, english: str) -> None:
    """In a table the months stand for the quarter, closed up within a year."""
    assert plain(TH.period_short(period(code))) == thai
    assert plain(EN.period_short(period(code))) == english


def test_another_fiscal_year_is_explained() -> None:
    """Where the fiscal year does not start in October, Thai readers are told its months too."""
    canada = Wording(load_strings("th"), "gregorian", 4)

    assert plain(canada.period(period("FY2018", 4))) == "ปีงบประมาณ 2018 (เม.ย. 2017 ถึง มี.ค. 2018)"
    assert plain(canada.span([period("FY2018", 4)])) == "ปีงบประมาณ 2018 (เม.ย. 2017 ถึง มี.ค. 2018)"
    assert plain(Wording(load_strings("en"), "gregorian", 1).period(period("2026-Q3", 1))) == "Q3 2026 (Jul–Sep)"


def test_spans_of_other_grains() -> None:
    """A span counts its own grain, and always says its months."""
    quarters = last_span(period("2026-Q3"), 4, 10)
    years = last_span(period("FY2026"), 2, 10)

    assert plain(TH.span(quarters)) == "4 ไตรมาสล่าสุด (ต.ค. 2568 ถึง ก.ย. 2569)"
    assert plain(EN.span(quarters)) == "Last 4 quarters (Oct 2025 to Sep 2026)"
    assert plain(EN.span(years)) == "Last 2 fiscal years (Oct 2024 to Sep 2026)"


def test_only_thai_in_the_buddhist_era_counts_buddhist_years() -> None:
    """English never shows a Buddhist year, and Thai only where the catalog asks for it."""
    day = dt.date(2026, 11, 23)

    assert plain(TH.date_long(day)) == "วันจันทร์ที่ 23 พ.ย. 2569"
    assert plain(EN.date_long(day)) == "Monday 23 Nov 2026"
    assert plain(Wording(load_strings("th"), "gregorian", 10).date(day)) == "23 พ.ย. 2026"


WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@pytest.mark.parametrize(
    ("days", "times", "thai", "english"),
    [
        (WEEK[:5], ("08:30", "16:30"), "จันทร์–ศุกร์ 08.30–16.30 น.", "Monday–Friday 08:30–16:30"),
        (["wed", "mon"], ("09:00", "12:00"), "จันทร์ และ พุธ 09.00–12.00 น.", "Monday and Wednesday 09:00–12:00"),
        (
            ["mon", "tue", "wed", "fri", "sat"],
            ("10:00", "20:00"),
            "จันทร์–พุธ และ ศุกร์–เสาร์ 10.00–20.00 น.",
            "Monday–Wednesday and Friday–Saturday 10:00–20:00",
        ),
        (WEEK, ("10:00", "20:00"), "ทุกวัน 10.00–20.00 น.", "Every day 10:00–20:00"),
        (WEEK, ("00:00", "24:00"), "ตลอด 24 ชั่วโมง", "24 hours a day"),
        (WEEK[5:], ("00:00", "24:00"), "เสาร์–อาทิตย์ ตลอด 24 ชั่วโมง", "Saturday–Sunday, 24 hours a day"),
    ],
)
def test_hours(days: list[str], times: tuple[str, str], thai: str, english: str) -> None:
    """Days in a row are a range, all seven are every day, and holidays are said where they close the place."""
    assert plain(TH.hours(days, *times, False)) == thai
    assert plain(EN.hours(days, *times, False)) == english
    assert plain(TH.hours(days, *times, True)) == f"{thai} เว้นวันหยุดราชการ"
    assert plain(EN.hours(days, *times, True)) == f"{english}, except public holidays"


def test_durations_keep_their_decimals() -> None:
    """One has the singular; 1.50 is 1.5 and plural; 15.0 is 15; holidays count in calendar days."""
    assert plain(EN.duration(Decimal("1.00"), "working_day")) == "1 working day"
    assert plain(EN.duration(Decimal("1.50"), "hour")) == "1.5 hours"
    assert plain(TH.duration(Decimal("15.0"), "working_day")) == "15 วันทำการ"
    assert plain(EN.duration(Decimal(100000), "minute")) == "100,000 minutes"
    assert plain(EN.duration_noted(Decimal(30), "calendar_day")) == "30 days (weekends and holidays count)"
    assert plain(TH.duration_noted(Decimal(30), "working_day")) == "30 วันทำการ"
    assert plain(TH.gain(Decimal(3), "document")) == "3 รายการ"
    assert plain(EN.gain(Decimal(60), "minute")) == "60 minutes"


def test_money_is_exact() -> None:
    """Whole amounts have no decimals, others at least two, and an unknown currency keeps its code."""
    assert plain(TH.money(Decimal("645.21"), "THB")) == "645.21 บาท"
    assert plain(EN.money(Decimal("20.5"), "THB")) == "20.50 baht"
    assert plain(EN.money(Decimal("0.0125"), "THB")) == "0.0125 baht"
    assert plain(EN.money(Decimal("0.00"), "THB")) == "0 baht"
    assert plain(EN.money(Decimal("1234567.00"), "XXX")) == "1,234,567 XXX"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (48_000, "48 KB"),
        (999_600, "1 MB"),
        (4_100_000, "4.1 MB"),
        (2**31, "2.1 GB"),
    ],
)
def test_sizes(count: int, words: str) -> None:
    """A size is in the largest unit in which it stays below a thousand."""
    assert plain(EN.size(count)) == words


@pytest.mark.parametrize(
    ("within", "volume", "share", "thai", "english"),
    [
        (3842, 4210, "0.9", "91 ใน 100 เรื่อง", "91 in 100"),
        (4209, 4210, None, "99 ใน 100 เรื่อง", "99 in 100"),
        (4185, 4210, "0.99", "99.4%", "99.4%"),
        (4185, 4210, "0.985", "99.4%", "99.4%"),
        (4185, 4210, "0.98", "99 ใน 100 เรื่อง", "99 in 100"),
        (3000, 4000, "0.745", "75.0%", "75.0%"),
        (4210, 4210, "0.9", "ทุกเรื่อง", "every case"),
        (0, 4210, "0.9", "ไม่มีเรื่องใด", "no case"),
        (41, 4210, "0.9", "ไม่ถึง 1 ใน 100 เรื่อง", "fewer than 1 in 100"),
    ],
)
def test_rates(within: int, volume: int, share: str | None, thai: str, english: str) -> None:
    """A rate is cut down to a part of a hundred; all, none and next to none are words; fine shares ask for per cent."""
    exact = None if share is None else Decimal(share)

    assert plain(TH.rate(within, volume, PROCESSING, exact)) == thai
    assert plain(EN.rate(within, volume, PROCESSING, exact)) == english


def test_shares_as_promised() -> None:
    """A promised share is never rounded: fine ones are per cent, one is every case."""
    assert plain(TH.at_least(Decimal("0.9"), PROCESSING)) == "อย่างน้อย 90 ใน 100 เรื่อง"
    assert plain(TH.at_least(Decimal(1), WAITING)) == "ทุกราย"
    assert plain(TH.at_least(Decimal("0.985"), PROCESSING)) == "อย่างน้อย 98.5% ของทุกเรื่อง"
    assert plain(EN.at_least(Decimal("0.985"), PROCESSING)) == "at least 98.5% of cases"
    assert plain(EN.share_percent(Decimal("0.90"))) == "90%"
    assert plain(TH.promise("availability", "", None, Decimal("0.9"))) == "สัญญาว่าระบบจะใช้งานได้อย่างน้อย 90 ใน 100 ครั้ง"
    assert TH.promise("other", "ชื่อ", None, Decimal("0.9")) == "ชื่อ"


# ---- percentages (data contract, section 9) ----


@pytest.mark.parametrize(
    ("within", "volume", "share", "printed"),
    [
        (8996, 10000, "0.9", "89.9%"),
        (99957, 100000, "0.9995", "99.957%"),
        (9995, 10000, "0.9995", "99.95%"),
        (90, 100, "0.9", "90.0%"),
        (9004, 10000, "0.9", "90.04%"),
        (10, 10, "0.9", "100.0%"),
        (0, 10, "0.9", "0.0%"),
        (1, 10000, None, "0.01%"),
        (9999, 10000, None, "99.9%"),
        (2, 3, None, "66.6%"),
    ],
)
def test_percentages(within: int, volume: int, share: str | None, printed: str) -> None:
    """One decimal, cut off, and more until the figure stands on its verdict's side of the share."""
    assert plain(EN.percent(within, volume, None if share is None else Decimal(share))) == printed


COUNTS = st.integers(1, 10**12).flatmap(lambda volume: st.tuples(st.integers(0, volume), st.just(volume)))
NEAR = st.integers(1, 10**6).flatmap(lambda n: st.sampled_from([(n, 10**6), (n - 1, 10**6), (n * 10 - 1, 10**7)]))
SHARES = st.integers(1, 10**6).map(lambda millionths: Decimal(millionths) / 10**6)


@given(st.one_of(COUNTS, NEAR), SHARES)
def test_a_percentage_never_contradicts_its_verdict(counts: tuple[int, int], share: Decimal) -> None:
    """Whatever the counts: printed and exact are on the same side, cut off, and never 0 or 100 falsely."""
    within, volume = counts
    digits = percent_digits(within, volume, share)
    printed = Fraction(digits) / 100
    exact = Fraction(within, volume)
    places = len(digits.split(".")[1])

    assert (printed >= Fraction(share)) == (exact >= Fraction(share))
    assert printed == Fraction(floor(exact * 100 * 10**places), 100 * 10**places)
    assert (printed == 0) == (within == 0)
    assert (printed == 1) == (within == volume)
    assert places >= 1


@given(st.one_of(COUNTS, NEAR), SHARES)
def test_a_target_that_no_decimal_can_print(counts: tuple[int, int], share: Decimal) -> None:
    """A target that is a fraction, as over a span with a changed promise, prints too, and on the right side."""
    within, volume = counts
    target = Fraction(share) * Fraction(2, 3)
    assume(target != Fraction(within, volume))
    printed = Fraction(percent_digits(within, volume, target)) / 100

    assert (printed >= target) == (Fraction(within, volume) >= target)
    assert percent_digits(2, 3, Fraction(2, 3)) == "66.6"


# ---- how pieces hold together ----


@BOTH
def test_no_figure_is_parted_from_its_unit(w: Wording) -> None:
    """Counts, durations, money, dates and sizes hold no space at which a line could break."""
    pieces = [
        w.count("promises", 18),
        w.units(PROCESSING, 4210),
        w.duration(Decimal(15), "working_day"),
        w.money(Decimal("645.21"), "THB"),
        w.size(48_000),
        w.date(dt.date(2026, 11, 22)),
        w.datetime(dt.datetime(2026, 11, 22, 1, 17, tzinfo=dt.UTC)),
        w.period_short(period("2026-10")),
        w.rate(3842, 4210, PROCESSING, Decimal("0.9")),
    ]

    assert [piece for piece in pieces if " " in piece] == []


def test_other_scripts_are_parted_from_thai() -> None:
    """A Thai name closes up to the verb; one that ends in a bracket or a Latin letter takes a space."""
    facts = {"span": "…"}

    assert TH.strings("agency.none", agency="กรมตัวอย่าง", **facts) == "กรมตัวอย่างยังไม่ได้รายงานผล · …"
    assert TH.strings("agency.none", agency="กรมตัวอย่าง (กตย.)", **facts) == "กรมตัวอย่าง (กตย.) ยังไม่ได้รายงานผล · …"
    assert TH.strings("agency.none", agency="Example Agency", **facts) == "Example Agency ยังไม่ได้รายงานผล · …"
    assert EN.strings("agency.none", agency="กรมตัวอย่าง", **facts) == "กรมตัวอย่าง has reported no results · …"


def test_a_text_falls_back_and_says_so() -> None:
    """The language asked for, else the first, else any; the language used comes with the words."""
    text = {"th": "ชัดเจน", "en": "Clearly"}

    assert in_language(text, "en", "th") == ("Clearly", "en")
    assert in_language({"th": "ชัดเจน"}, "en", "th") == ("ชัดเจน", "th")
    assert in_language({"lo": "ຊັດເຈນ", "km": "ច្បាស់"}, "en", "th") == ("ច្បាស់", "km")


def test_lists_and_capitals() -> None:
    """Lists read as a sentence does, in both languages."""
    assert TH.list_of(["ก", "ข", "ค"]) == "ก ข และ ค"
    assert EN.list_of(["a", "b", "c"]) == "a, b and c"
    assert EN.list_of(["a"]) == "a"
    assert EN.list_of([]) == ""
    assert capital("last 12 months") == "Last 12 months"
    assert capital("within_target (5) is more than volume (4)") == "within_target (5) is more than volume (4)"


def test_missing_words_and_facts_are_our_bugs() -> None:
    """A key or a fact that is not there is a KeyError, never a gap on a page."""
    with pytest.raises(KeyError):
        TH.strings("no.such.key")
    with pytest.raises(KeyError):
        EN.strings("line.revised")
    with pytest.raises(KeyError):
        TH.strings("agency.none", agency="x")
