"""The service page: every part in its order, none and not stated in different words, and nothing that misleads."""

import dataclasses
import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from golden import GOLDEN, as_json, assert_golden
from made import AS_OF, CONTEXT, made_agency, made_catalog, made_data, made_level, made_row, made_service, made_target
from test_headline import limit, words_in

from generator.model import AgencyData, Catalog, Law, SharedDocument, Topic, WithheldService
from generator.model import Calendar as ClosedCalendar
from generator.stats import measure_agency
from generator.views.about import Around
from generator.views.page import PageView
from generator.views.service import service_page, withheld_page
from generator.website.fragments import PageWords, render_body

ACT = "licensing-facilitation-act-2558"


def both(th: str, en: str) -> dict[str, str]:
    """Return a text in both languages."""
    return {"th": th, "en": en}


def a_catalog() -> Catalog:
    """Return a catalog with one of each shared thing."""
    settings = made_catalog(
        languages=("en", "th"),
        era="buddhist",
        url="https://clearly.example.go.th/sla/",
        repository="https://github.com/example/clearly",
        demonstration=True,
    ).settings
    book = {
        "id": "book",
        "title": both("สมุดทะเบียน", "Register"),
        "issuer": both("สำนักงาน", "Office"),
        "held_by_state": True,
    }
    days = (
        {"date": "2026-01-01", "title": both("วันขึ้นปีใหม่", "New Year"), "source": "https://example.go.th/days"},
        {"date": "2026-12-07", "title": both("วันชดเชย", "Substitution day")},
    )
    return Catalog(
        settings,
        topics={
            "transport": Topic.model_validate({"id": "transport", "title": both("รถ", "Transport")}, context=CONTEXT)
        },
        documents={"book": SharedDocument.model_validate(book, context=CONTEXT)},
        laws={
            ACT: Law.model_validate(
                {"id": ACT, "title": both("พ.ร.บ. อำนวยความสะดวก พ.ศ. 2558", "Facilitation Act 2015")}, context=CONTEXT
            )
        },
        calendars={
            "gov": ClosedCalendar.model_validate(
                {"id": "gov", "title": both("ปฏิทินราชการ", "Government calendar"), "days": days}, context=CONTEXT
            )
        },
    )


def rich_service(**more: Any) -> Mapping[str, Any]:
    """Return the keys of a service that states everything."""
    questions = (
        {
            "id": "kind",
            "ask": both("รถประเภทใด", "What kind?"),
            "choices": (
                {"id": "car", "title": both("รถยนต์", "Car")},
                {"id": "bike", "title": both("จักรยานยนต์", "Motorcycle")},
            ),
        },
        {
            "id": "engine",
            "ask": both("ความจุเท่าใด", "How large?"),
            "unit": both("ซีซี", "cc"),
            "from": Decimal(50),
            "to": Decimal(10000),
        },
        {"id": "age", "ask": both("ใช้มากี่ปี", "How old?"), "unit": both("ปี", "years")},
        {"id": "company", "ask": both("เป็นนิติบุคคลหรือไม่", "Is it a company?")},
    )
    requirements = {
        "criteria": (both("เป็นเจ้าของรถ", "Own the vehicle"), both("ต้องไม่\n\n- ค้างภาษี\n- ถูกระงับ", "Must not\n\n- owe tax\n- be suspended")),
        "documents": (
            {"document": "book", "originals": 1, "copies": 0},
            {"title": both("หนังสือมอบอำนาจ", "Power of attorney"), "copies": 2, "when": both("เมื่อยื่นแทน", "When filed for another")},
            {"title": both("ใบตรวจสภาพ", "Inspection"), "if": {"kind": "car", "age": {"from": Decimal(7)}}},
        ),
        "fees": (
            {
                "title": both("ภาษีรถยนต์", "Car tax"), "currency": "THB", "if": {"kind": ("car", "bike")},
                "tiers": {"question": "engine", "rates": ({"up_to": Decimal(600), "rate": "0.50"}, {"up_to": Decimal(1800), "rate": "1.50"}, {"rate": "4.00"})},
                "adjustments": (
                    {"title": both("ลดตามอายุ", "Age"), "question": "age", "bands": ({"from": Decimal(6), "multiply": "0.90"}, {"from": Decimal(7), "multiply": "0.80"}, {"from": Decimal(10), "multiply": "0.50"})},
                    {"title": both("นิติบุคคล", "Company"), "question": "company", "is": True, "multiply": "2"},
                ),
            },
            {"title": both("ค่าธรรมเนียม", "Fee"), "amount": "20.00", "currency": "THB", "per": both("ฉบับ", "copy")},
        ),
        "forms": ({"title": both("แบบ 1", "Form 1"), "url": "https://example.go.th/form"},),
        "manual_copy_fee": "none",
    }  # fmt: skip
    return {
        "title": both("การชำระภาษีรถ", "Vehicle tax"),
        "also_called": {"th": ("ต่อภาษี", "ต่อทะเบียน"), "en": ("car tax",)},
        "summary": both("ชำระทุกปี", "Paid every year"),
        "topics": ("transport",),
        "unit": both("ส่วนทะเบียน", "Registration"),
        "after": ("office/inspection",),
        "same_as": ("https://example.go.th/other",),
        "legal_basis": ({"law": ACT, "section": both("มาตรา 7", "section 7")},),
        "questions": questions,
        "scope": {
            "audience": ("citizen", "business"),
            "outputs": (both("เครื่องหมาย", "Tax disc"),),
            "channels": (
                {
                    "id": "counter", "type": "counter", "title": both("เคาน์เตอร์", "Counter"),
                    "address": both("1 ถนนตัวอย่าง", "1 Sample Road"), "location": (Decimal("13.79"), Decimal("100.55")),
                    "phone": "0 2271 8888 ต่อ 12", "email": "counter@example.go.th", "note": both("ไม่พักกลางวัน", "Open through lunch"),
                    "hours": ({"days": ("mon", "wed"), "opens": "08:30", "closes": "16:30"}, {"days": ("tue",), "opens": "08:30", "closes": "16:30"}),
                    "calendar": "gov",
                },
                {"id": "online", "type": "online", "title": both("เว็บไซต์", "Website"), "url": "https://example.go.th/pay"},
            ),
        },
        "requirements": requirements,
        "steps": (
            {"title": both("ยื่น", "File"), "duration": limit(5, "minute"), "by_applicant": True},
            {"title": both("ตรวจ", "Check"), "unit": both("ฝ่ายทะเบียน", "Register desk"), "duration": limit(20, "minute")},
            {"title": both("ออกเครื่องหมาย", "Issue"), "duration": limit(1, "hour")},
        ),
        "complaints": ({"type": "phone", "title": both("ศูนย์ร้องเรียน", "Complaint centre"), "phone": "1584", "answer_within": limit(15, "working_day")},),
        "improvements": (
            {"dimension": "time", "problem": both("รอนาน", "Long waits"), "action": both("รวมช่อง", "One window"), "status": "done", "since": "2025-10-01", "before": limit(60, "minute"), "after": limit(30, "minute")},
        ),
        "review": {"reviewed_on": "2025-08-01", "review_due": "2026-08-01"},
        **more,
    }  # fmt: skip


def rich_levels() -> list[dict[str, Any]]:
    """Return a promise that changed, and one that nobody reported on."""
    changed = [
        made_target("2025-10-01", "2026-05-31", limit=limit(60, "minute"), share="0.8"),
        made_target("2026-06-01", limit=limit(30, "minute"), reason=both("รวมช่องบริการ", "Windows were joined")),
    ]
    clock = {"starts": "complete_application", "stops": "result_notified", "pauses": ("waiting_for_applicant",)}
    return [
        made_level("time", changed, title=both("ที่เคาน์เตอร์", "At the counter"), clock=clock, statutory_limit=limit(20, "minute"), channels=("counter",)),
        made_level("web", [made_target("2025-10-01", share="0.995")], title=both("ระบบใช้งานได้", "The system works"), measure="availability"),
    ]  # fmt: skip


def rich_rows() -> list[Any]:
    """Return a year of months: one missing, one revised, one provisional, one small, with times and open cases."""
    months = [f"2025-{month}" for month in (10, 11, 12)] + [f"2026-{month:02}" for month in range(1, 10)]
    rows = [made_row(month, 100 + place, 85 + place) for place, month in enumerate(months) if month != "2026-03"]
    rows[3] = made_row("2026-01", 12, 11)
    rows[4] = made_row("2026-02", 120, 105)
    newest = made_row(
        "2026-10", 431, 402, status="provisional", received=440, backlog=32, backlog_overdue=4, median=Decimal(13),
        p90=Decimal("26.5"), excluded=5, delay_notices_due=4, delay_notices_sent=3, complaints=2,
        reported_attainment=Decimal("0.95"), notes=both("รวมหน่วยเคลื่อนที่", "With the mobile unit"),
    )  # fmt: skip
    revised = made_row("2026-02", 120, 90, revision=1, reported_on=date(2026, 4, 20))
    parts = [
        made_row("2026-10", 400, 375, channel_id="counter"),
        made_row("2026-10", 15, 15, office_id="north"),
        made_row("2026-10", 3, 2, office_id="annex"),
        made_row("2026-10", 413, 385, office_id="main"),
    ]
    return [*rows, newest, revised, *parts]


def an_agency() -> Any:
    """Return an agency with three offices whose ids and titles sort differently."""
    offices = (
        {"id": "main", "title": both("แห่งที่หนึ่ง", "Central")},
        {"id": "north", "title": both("เหนือ", "North")},
        {"id": "annex", "title": both("กลาง", "Annex")},
    )
    return made_agency(
        title=both("กรมตัวอย่าง", "Sample Department"), offices=offices, phone="1111", email="office@example.go.th"
    )


def data_of(service: Mapping[str, Any], levels: list[dict[str, Any]], rows: list[Any]) -> AgencyData:
    """Return what was read of an agency with this one service."""
    return made_data(rows, [made_service(levels=levels, **service)], an_agency())


def page_of(language: str, data: AgencyData, around: Around | None = None) -> PageView:
    """Return the page of the agency's one service."""
    catalog = a_catalog()
    result = measure_agency(catalog, data, AS_OF)
    return service_page(catalog, result, result.services["permit"], words_in(language), around)


def rich_page(language: str) -> PageView:
    """Return the page of a service that states and reports everything."""
    sizes = {"data/agencies/office/permit.csv": 6_400}
    return page_of(
        language,
        data_of(rich_service(), rich_levels(), rich_rows()),
        Around({"office/inspection": both("ตรวจสภาพรถ", "Inspection")}, sizes),
    )


def bare_page(language: str) -> PageView:
    """Return the page of a service that states nothing, in one language only."""
    return page_of(
        language, data_of({"title": {"en": "Permit"}}, [made_level(targets=[made_target("2025-10-01")])], [])
    )


def html_of(view: PageView, language: str) -> str:
    """Return the fragment that stands in the page."""
    words = words_in(language)
    return render_body(view, PageWords(language, words.strings, words.wording, "../../../", "../../../../"))


class Outline(HTMLParser):
    """A fragment's headings, texts with their language, links, ids, and open tags."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[tuple[int, str]] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.cells: list[str] = []
        self.foreign: list[str] = []
        self._stack: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what the tests ask for."""
        found = dict(attrs)
        self.ids += [str(found["id"])] if "id" in found else []
        self.links += [str(found["href"])] if tag == "a" else []
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))
        if tag in ("td", "th", "dd", "dt", "li"):
            self.cells.append("")
        if tag not in ("br", "img", "path", "line", "rect", "circle", "use"):
            self._stack.append((tag, "lang" in found))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        while self._stack and self._stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Add the text to its heading and its cell."""
        tags = [tag for tag, _ in self._stack]
        if self.headings and any(re.fullmatch("h[1-6]", tag) for tag in tags):
            self.headings[-1] = (self.headings[-1][0], self.headings[-1][1] + data)
        if self.cells and any(tag in ("td", "th", "dd", "dt", "li") for tag in tags):
            self.cells[-1] += data
        if any(marked for _, marked in self._stack):
            self.foreign.append(data)


def text_of(html: str) -> str:
    """Return what a reader reads, with plain spaces."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", html)))


# ---- golden views ----

PAGES = {"rich": rich_page, "bare": bare_page}


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("name", list(PAGES))
def test_golden_views(name: str, language: str, request: pytest.FixtureRequest) -> None:
    """A page says what it said when somebody last looked at it."""
    assert_golden(f"service-{name}-{language}.json", as_json(PAGES[name](language)), request)


def test_no_golden_view_is_left_over() -> None:
    """Every golden view of a service belongs to a page that is tested."""
    known = {f"service-{name}-{language}.json" for name in PAGES for language in ("th", "en")}

    assert {path.name for path in GOLDEN.glob("service-*.json")} == known


# ---- order and structure ----


@pytest.mark.parametrize("language", ["th", "en"])
def test_parts_stand_in_the_order_of_the_product(language: str) -> None:
    """Promise and result, the reader's case, then who, documents, fees, where, steps, delay, results, law, data, about."""
    html = html_of(rich_page(language), language)
    keys = (
        "manual.promise",
        "case.title",
        "manual.who",
        "manual.documents",
        "manual.fees",
        "manual.channels",
        "manual.steps",
        "manual.complaints",
        "manual.performance",
        "manual.improvements",
        "manual.law",
        "manual.data",
        "manual.about",
    )
    titles = [words_in(language).strings(key) for key in keys]

    assert [text for level, text in Outline(html).headings if level == 2] == titles


@pytest.mark.parametrize("name", list(PAGES))
def test_headings_never_skip_a_level(name: str) -> None:
    """One h1, and below each heading the next level."""
    levels = [level for level, _ in Outline(html_of(PAGES[name]("th"), "th")).headings]

    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", list(PAGES))
def test_links_within_the_page_lead_somewhere(name: str) -> None:
    """Every #link has its id, and no id stands twice."""
    outline = Outline(html_of(PAGES[name]("th"), "th"))

    assert [link for link in outline.links if link.startswith("#") and link[1:] not in outline.ids] == []
    assert len(outline.ids) == len(set(outline.ids))


def test_files_of_data_stand_at_the_root_of_the_site() -> None:
    """Data is published once for all languages; its size is said where it is known."""
    html = html_of(rich_page("th"), "th")

    assert 'href="../../../../data/agencies/office/permit.csv"' in html
    assert 'href="../../../../data/agencies/office/permit.json"' in html
    assert 'href="../../../../data/agencies/office.xlsx"' in html
    assert "6 KB" in text_of(html).replace("\u00a0", " ")


# ---- what is said, and what is not ----


def test_none_and_not_stated_are_different_words() -> None:
    """A stated nothing is a fact; a missing part is said to be missing."""
    nothing = {
        "requirements": {
            "criteria": "none",
            "documents": "none",
            "fees": "none",
            "forms": "none",
            "manual_copy_fee": "none",
        },
        "legal_basis": "none",
    }
    stated = text_of(html_of(page_of("th", data_of(nothing, rich_levels(), [])), "th"))
    missing = text_of(html_of(bare_page("th"), "th"))

    for words in (
        "ไม่มีเงื่อนไขเพิ่มเติม",
        "ไม่ต้องใช้เอกสาร",
        "ไม่มีค่าธรรมเนียม",
        "ไม่ต้องใช้แบบฟอร์ม",
        "ขอสำเนาคู่มือได้โดยไม่เสียค่าใช้จ่าย",
        "ไม่มีกฎหมายกำหนดไว้โดยเฉพาะ",
    ):
        assert words in stated
        assert words not in missing
    assert missing.count("หน่วยงานยังไม่ได้ระบุ") >= 8


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_text_in_another_language_is_marked(language: str) -> None:
    """The title that exists in English alone carries its language on the Thai page, and a notice says so."""
    outline = Outline(html_of(bare_page(language), language))

    assert ("Permit" in outline.foreign) == (language == "th")
    assert bool(bare_page(language).content.notices) == (language == "th")


def test_fees_can_be_worked_out_on_paper() -> None:
    """Each band has its rate and what the fee comes to at its end; each answer that changes it has its factor."""
    fee = rich_page("en").content.fees.fees[0]

    assert [(tier.band, tier.rate, tier.total) for tier in fee.tiers] == [
        ("Up to 600", "0.50\u00a0baht", "300\u00a0baht"),
        ("The part above 600, up to 1,800", "1.50\u00a0baht", "2,100\u00a0baht"),
        ("The part above 1,800", "4\u00a0baht", ""),
    ]
    assert ["".join(part.text for part in row) for row in fee.changes[0].rows] == [
        "6 years: times 0.9",
        "7 to below 10 years: times 0.8",
        "10 years or more: times 0.5",
    ]
    assert ["".join(part.text for part in row) for row in fee.changes[1].rows] == ["Yes: times 2"]


def test_documents_say_how_many_by_whom_and_whether_the_state_has_them() -> None:
    """Originals and copies in words, the issuer of the shared list, and the case in which one is needed."""
    first, second, third = rich_page("th").content.documents.documents

    assert first.copies == ("ฉบับจริง\u00a01\u00a0ฉบับ", "ไม่ต้องถ่ายสำเนา")
    assert first.held
    assert first.issuer[0].text == "ออกโดยสำนักงาน"
    assert second.copies == ("สำเนา\u00a02\u00a0ฉบับ",)
    assert second.conditions[0][0].text == "เฉพาะกรณี: เมื่อยื่นแทน"
    assert [line[0].text for line in third.conditions] == ["รถประเภทใด “รถยนต์”", "ใช้มากี่ปี “ตั้งแต่ 7 ปี”"]


def test_hours_are_merged_and_telephones_can_be_dialled() -> None:
    """Days with the same hours are one line; an extension is shown and not dialled; a place is plain text."""
    place = rich_page("th").content.places[0]
    html = html_of(rich_page("th"), "th")

    assert [line.replace("\u00a0", " ") for line in place.hours] == ["จันทร์–พุธ 08.30–16.30 น. เว้นวันหยุดราชการ"]
    assert 'href="tel:022718888"' in html
    assert "13.79, 100.55" in html
    assert "map" not in html


def test_closed_days_come_from_the_calendar_and_say_when_nobody_confirmed_them() -> None:
    """Only coming days are listed; one without a source is not confirmed."""
    (closures,) = rich_page("th").content.closures

    assert [(day.iso, day.source) for day in closures.days] == [("2026-12-07", "")]
    assert "ยังไม่ยืนยัน" in html_of(rich_page("th"), "th")


def test_steps_add_up_without_the_applicants_own() -> None:
    """Twenty minutes and an hour are 1 hour 20 minutes, beside the promise of the first processing time."""
    steps = rich_page("th").content.steps

    assert steps.total.replace("\u00a0", " ") == "1 ชั่วโมง และ 20 นาที"
    assert steps.promised.replace("\u00a0", " ") == "สัญญา 30 นาที"


def test_a_promise_longer_than_the_law_says_so() -> None:
    """The deadline in law stands apart from the promise, and a longer promise is told."""
    time = rich_page("en").content.steps.times[0]

    assert [line.replace("\u00a0", " ") for line in time.law] == [
        "The law requires this within 20 minutes",
        "The promise (30 minutes) is longer than the deadline in law (20 minutes)",
    ]


def test_the_facilitation_act_is_named_only_where_the_service_names_it() -> None:
    """The duty to write a reason every seven days is told of services whose own legal basis is that Act."""
    with_act = text_of(html_of(rich_page("th"), "th"))
    without = text_of(html_of(page_of("th", data_of(rich_service(legal_basis="none"), rich_levels(), [])), "th"))

    assert "ทุก 7 วัน" in with_act
    assert "ทุก 7 วัน" not in without
    assert "ขอหนังสือแจ้งเหตุล่าช้า" in without


def test_the_hotline_is_thailands_own() -> None:
    """A catalog elsewhere does not send its readers to Bangkok."""
    data = data_of(rich_service(), rich_levels(), [])
    catalog = a_catalog()
    elsewhere = dataclasses.replace(
        catalog, settings=catalog.settings.model_copy(update={"timezone": "America/Toronto"})
    )
    result = measure_agency(elsewhere, data, AS_OF)
    view = service_page(elsewhere, result, result.services["permit"], words_in("en"))

    assert "1111" in text_of(html_of(rich_page("en"), "en"))
    assert all("phone 1111" not in part.text for step in view.content.late.steps for part in step.text)


# ---- results ----


def test_figures_stand_beside_what_they_are_counted_from() -> None:
    """The block has both counts, the span and the completeness of reports."""
    promise = rich_page("en").content.promise

    assert [line.replace("\u00a0", " ") for line in promise.basis] == [
        "1,237 of 1,417 cases done in time",
        "Last 12 months (Nov 2025 to Oct 2026)",
        "11 of 12 reports received",
    ]
    assert promise.badge.kind in {"met", "missed"}


def test_open_cases_stand_beside_the_result() -> None:
    """Finished cases alone would flatter an office that leaves the hard ones lying."""
    extras = [line.replace("\u00a0", " ") for line in rich_page("en").content.levels[0].extras]

    assert "On 31 Oct 2026, 32 cases were open; 4 of them past the limit" in extras
    assert "Oct 2026: 9 in 10 cases were done within 26.5 minutes" in extras
    assert "Oct 2026: half were done within 13 minutes" in extras
    assert "Oct 2026: Delay notices: 3 of 4 due were sent" in extras
    assert "Oct 2026: The agency itself published 95%; the counts give 93.2% (402 of 431 cases)" in extras


def test_a_corrected_figure_keeps_its_old_value() -> None:
    """The revision names both values and the verdict that changed."""
    level = rich_page("en").content.levels[0]

    assert [line.replace("\u00a0", " ") for line in level.revisions] == [
        "Figures for Feb 2026, revision 1 on 20 Apr 2026: from 105 of 120 cases to 90 of 120 cases",
        "The verdict changed from “Promise met” to “Below promise”",
    ]
    assert "Revised, revision 1" in next(row.note for row in level.table.rows if row.code == "2026-02")


def test_breakdowns_are_alphabetical_and_small_ones_are_withheld() -> None:
    """Thai titles sort as a dictionary does; 3 cases are not shown, nor what they are left of; 15 carry a word of care."""
    by_channel, by_office = rich_page("th").content.levels[0].parts

    assert [part.title.text for part in by_office.parts] == ["กลาง", "เหนือ", "แห่งที่หนึ่ง"]
    assert [part.badge.kind for part in by_office.parts] == ["suppressed", "met", "suppressed"]
    assert [part.all for part in by_office.parts] == ["", "15", ""]
    assert "คำนวณ" in by_office.hidden
    assert not by_channel.hidden
    assert [part.caution for part in by_office.parts] == ["", "ตัวเลขน้อย โปรดระวัง", ""]
    assert [part.title.text for part in by_channel.parts] == ["เคาน์เตอร์"]


def test_a_missing_month_is_a_row_of_its_own() -> None:
    """The table has a row for March, which says that nothing came, and no figure."""
    row = next(row for row in rich_page("en").content.levels[0].table.rows if row.code == "2026-03")

    assert row.badge.kind == "not_reported"
    assert set(row.cells) == {""}


def test_periods_of_another_kind_stand_apart() -> None:
    """A quarter that a monthly office sent too is shown in a table of its own, and is no part of the chart."""
    rows = [*rich_rows(), made_row("2026-Q2", 300, 290)]
    level = page_of("en", data_of(rich_service(), rich_levels(), rows)).content.levels[0]

    assert [row.period.replace("\u00a0", " ") for row in level.other.rows] == ["Apr–Jun 2026"]
    assert "Apr–Jun" not in level.chart.svg


def test_a_withheld_month_is_not_a_missing_one() -> None:
    """A month whose newest row is wrong is held back by us, and says so in the table and in the chart."""
    rows = [row for row in rich_rows() if row.period.code != "2026-05"]
    service = made_service(levels=rich_levels(), **rich_service())
    data = made_data(rows, [service], an_agency(), withheld=[("permit", "time", "2026-05", "", "")])
    level = page_of("en", data).content.levels[0]

    assert next(row for row in level.table.rows if row.code == "2026-05").badge.kind == "withheld"
    assert ">Held back</text>" in level.chart.svg


def test_a_new_promise_is_ruled_off_in_the_table() -> None:
    """Going back in time, the first month under the older promise is marked, and only it."""
    rows = rich_page("en").content.levels[0].table.rows

    assert [row.code for row in rows if row.first] == ["2026-05"]


def test_at_most_36_periods_are_shown() -> None:
    """Ten years of months are in the download; the page shows the latest 36 and says so."""
    months = [f"{year}-{month:02}" for year in range(2017, 2027) for month in range(1, 13)][:118]
    target = made_target("2017-01-01", limit=limit(30, "minute"))
    agency = made_agency(reporting={"frequency": "month", "due_after_days": 15, "first_period": "2017-01"})
    data = made_data(
        [made_row(month, 100, 95) for month in months], [made_service(levels=[made_level(targets=[target])])], agency
    )
    catalog = made_catalog()
    result = measure_agency(catalog, data, AS_OF)
    level = service_page(catalog, result, result.services["permit"], words_in("en")).content.levels[0]

    assert len(level.table.rows) == 36
    assert level.cut.replace("\u00a0", " ") == "The latest 36 months of 118 months; every period is in the download"


def test_ninety_promises_keep_a_list_and_fold() -> None:
    """A page with 90 promises has a contents list, draws three charts, and folds the rest."""
    levels = [made_level(f"l{number}", [made_target("2025-10-01")], title=f"Promise {number}") for number in range(90)]
    rows = [
        made_row(f"2026-{month:02}", 100, 95, level_id=f"l{number}") for number in range(90) for month in range(1, 11)
    ]
    html = html_of(page_of("en", data_of({"title": {"en": "Permit"}}, levels, rows)), "en")

    assert html.count('class="plot"') == 3
    assert html.count('class="spark"') == 87
    assert html.count('href="#level-l') >= 90
    assert "Another 89 promises" in text_of(html).replace("\u00a0", " ")


def test_the_first_processing_time_leads() -> None:
    """A waiting time that stands first in the file does not speak for the whole service."""
    levels = [
        made_level(
            "wait", [made_target("2025-10-01", limit=limit(10, "minute"))], measure="waiting_time", title="Waiting"
        ),
        made_level("time", [made_target("2025-10-01", limit=limit(30, "minute"))]),
    ]
    promise = page_of("en", data_of({"title": {"en": "Permit"}}, levels, [])).content.promise

    assert promise.anchor == "level-time"
    assert promise.other.anchor == "level-wait"


# ---- states of the service ----


def test_a_retired_service_leads_on() -> None:
    """The page of a retired service says so first and leads to what replaces it."""
    service = rich_service(status="retired", replaced_by="office/inspection")
    view = page_of(
        "th", data_of(service, rich_levels(), []), Around({"office/inspection": both("ตรวจสภาพรถ", "Inspection")})
    )

    assert view.content.notices[0].text.startswith("ยกเลิกบริการนี้แล้ว")
    assert [(link.text, link.path) for link in view.content.notices[0].links] == [
        ("ตรวจสภาพรถ", "agencies/office/inspection/")
    ]


def test_a_retired_service_leads_nowhere_where_no_page_is() -> None:
    """What replaces it may still be a draft: then no link is shown, and none that leads to nothing."""
    service = rich_service(status="retired", replaced_by="office/draft", after=("office/draft", "office/inspection"))
    around = Around({"office/inspection": both("ตรวจสภาพรถ", "Inspection")})
    view = page_of("en", data_of(service, rich_levels(), []), around)

    assert view.content.notices[0].links == ()
    assert [link.path for link in view.content.who.after] == ["agencies/office/inspection/"]


def test_a_suspended_service_says_so() -> None:
    """The page of a suspended service says that nothing is due."""
    view = page_of("en", data_of(rich_service(status="suspended"), rich_levels(), []))

    assert "suspended" in view.content.notices[0].text


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_withheld_service_keeps_its_page(language: str) -> None:
    """Its page stays at its address, says that it is being corrected and whom to ask, and is not indexed."""
    view = withheld_page(
        a_catalog(), an_agency(), WithheldService("permit", both("ใบอนุญาต", "Permit")), words_in(language)
    )
    html = html_of(view, language)

    assert view.path == "agencies/office/permit/"
    assert not view.index
    assert words_in(language).strings("withheld.service") in unescape(html)
    assert "1111" in html


def test_an_overdue_review_is_labelled() -> None:
    """A manual that should have been read through in August says in November by how much it is late."""
    facts = [fact.value[0].text.replace("\u00a0", " ") for fact in rich_page("en").content.about.facts if fact.value]

    assert "Review overdue by 113 days" in facts
    assert '<time datetime="2026-08-01">' in html_of(rich_page("en"), "en")


# ---- safety ----


def test_structured_data_cannot_leave_its_element() -> None:
    """A title that ends a script is only text, and the JSON still reads as it was written."""
    title = both("</script><b>&\u2028ใบอนุญาต", "</script><b>")
    view = page_of("th", data_of({"title": title}, rich_levels(), []))

    assert "<" not in view.structured
    assert "&" not in view.structured
    assert "\u2028" not in view.structured
    assert json.loads(view.structured)["name"] == title["th"]


def test_structured_data_describes_the_service() -> None:
    """Name, provider, channels and address are those of the page."""
    described = json.loads(rich_page("th").structured)

    assert described["@type"] == "GovernmentService"
    assert described["provider"]["name"] == "กรมตัวอย่าง"
    assert described["url"] == "https://clearly.example.go.th/sla/th/agencies/office/permit/"
    assert [channel["name"] for channel in described["availableChannel"]] == ["เคาน์เตอร์", "เว็บไซต์"]


def test_the_block_of_data_holds_any_text() -> None:
    """What an agency writes into a fee reaches the script as typed, and cannot end the element around it."""
    evil = "</script><!-- <b> & \u2019 ไทย"
    fee = {"title": both("x", "x"), "amount": "1.00", "currency": "THB", "per": both(evil, evil)}
    html = html_of(
        page_of("th", data_of(rich_service(requirements={"fees": (fee,)}), rich_levels(), rich_rows())), "th"
    )
    block = re.findall(r'<script type="application/json" id="case">(.*?)</script>', html)[0]

    assert json.loads(block)["fees"][0]["per"] == [evil]
    assert not set("<>&") & set(block)


def test_markup_in_agency_text_is_shown_as_typed() -> None:
    """Nothing that an agency writes becomes an element."""
    evil = "<script>alert(1)</script> {{ 7 * 7 }}"
    service = rich_service(title=both(evil, evil), summary=both(evil, evil))
    html = html_of(page_of("th", data_of(service, rich_levels(), rich_rows())), "th")

    assert html.count("<script") == 4  # the block of data and the three that read it, all ours
    assert "alert(1)</script>" not in html
    assert "{{ 7 * 7 }}" in html
    assert "style=" not in html


@pytest.mark.parametrize("name", list(PAGES))
def test_no_percentage_stands_without_its_counts(name: str) -> None:
    """Every sentence of the results that prints a result in per cent prints two counts too."""
    view = PAGES[name]("en")
    for level in view.content.levels:
        for line in (level.sentence, *level.extras):
            assert "%" not in line or re.search(r"[\d,]+ of [\d,]+", line.replace("\u00a0", " ")) or "at least" in line
