"""When will mine be done, in a real browser: the twin of the engine, the form, the file for a calendar, the letter."""

import io
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from browser import opened, serving, sideways
from looks import broken_rules
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from sites import REPOSITORY, built

from generator.case.due import Due, due_of
from generator.intake.load import load_catalog
from generator.model import Calendar
from generator.texts import Wording, load_strings
from generator.values import Duration
from generator.website.script_words import script_words_path

pytestmark = pytest.mark.browser

MOUNT = "/sla/"
ASSETS = REPOSITORY / "generator" / "website" / "assets"
VECTORS = Path(__file__).parent / "vectors" / "due.json"
LICENCE = "agencies/food-and-drugs/food-production-licence/"  # 35 working days, a large factory 60; the Act binds
SURVEY = "agencies/lands/boundary-survey/"  # three months
EDITIONS = {"th": "", "en": "en/"}
NOW = "2026-11-23T03:00:00Z"  # ten in the morning of a Monday in Bangkok
every_language = pytest.mark.parametrize("language", EDITIONS)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demonstration's site."""
    return built(tmp_path_factory, "demonstration", REPOSITORY / "sla_data")


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Return where the demonstration is served."""
    with serving(site, MOUNT) as served:
        yield served


@pytest.fixture(scope="module")
def state() -> Calendar:
    """Return the State's calendar."""
    catalog, _ = load_catalog(REPOSITORY / "sla_data")
    assert catalog
    return catalog.calendars["th-government"]


@pytest.fixture
def module(chromium: Browser) -> Iterator[Page]:
    """Return an empty page that can import the modules as they stand in the repository."""
    with serving(ASSETS) as served, opened(chromium) as (page, _):
        page.goto(f"{served}LICENSE-material.txt")
        yield page


def in_thailand(chromium: Browser, width: int = 360, **options: Any) -> Any:
    """Open a page on a phone in Thailand."""
    return opened(chromium, width, timezone_id="Asia/Bangkok", **options)


def ask(page: Page, url: str, day: str, level: str = "") -> str:
    """Open a service's page, give the day of filing, and return the answer."""
    page.clock.set_fixed_time(NOW)
    page.goto(url)
    page.locator("#due-day").fill(day)
    if level:
        page.locator("#due-option").select_option(label=level)
    page.locator("#due-form button").click()
    expect(page.locator("#due-answer")).not_to_be_empty()
    return plain(page.locator("#due-answer").inner_text())


def plain(words: str) -> str:
    """Return words with plain spaces."""
    return words.replace("\u00a0", " ")


def promised(state: Calendar, day: str, value: int, unit: str = "working_day") -> Due:
    """Return what the engine says of a promise."""
    due = due_of(date.fromisoformat(day), Duration.model_construct(value=Decimal(value), unit=unit), state)
    assert due
    return due


def test_the_browser_counts_as_python_does(module: Page) -> None:
    """Every vector has the same answer in the browser, in one page load."""
    kept = json.loads(VECTORS.read_text(encoding="utf-8"))
    found = module.evaluate(
        """async ({ cases, calendars }) => {
          const { dueOf } = await import("/case/due.js");
          const sign = { "": "o", weekend: "w", holiday: "h" };
          return cases.map((one) => {
            const due = dueOf(one.filed, one, calendars[one.calendar], one.without_closed);
            if (due === null) return null;
            const days = due.days.length <= 400 ? due.days.map((day) => sign[day.closed]).join("") : "";
            const counted = due.days.reduce((most, day) => Math.max(most, day.number), 0);
            return { ...due, days, counted };
          });
        }""",
        kept,
    )

    assert len(found) >= 200
    assert [(one, told) for one, told in zip(kept["cases"], found, strict=True) if one["answer"] != told] == []


@every_language
def test_the_browser_says_days_as_python_does(module: Page, site: Path, language: str) -> None:
    """Days, lists of days and lengths of time are the same words in the browser as on the page."""
    wording = Wording(load_strings(language), "buddhist", 10)
    days = [date(2024, 2, 29), date(2026, 11, 22), date(2026, 12, 7), date(2027, 1, 1), date(2027, 1, 31)]
    limits = [
        ("1", "working_day"),
        ("15", "working_day"),
        ("1.50", "month"),
        ("30", "minute"),
        ("72", "hour"),
        ("1.0", "month"),
    ]
    words = json.loads((site / script_words_path(load_strings(language), wording)).read_bytes())
    found = module.evaluate(
        """async ({ words, days, limits }) => {
          const { wordsOf } = await import("/case/words.js");
          const w = wordsOf(words);
          return [...days.map(w.dateLong), w.listed(w.dates(days)), ...limits.map(([value, unit]) => w.duration({ value, unit })),
            w.days(1), w.days(53), w.say("due.left", { days: w.days(6) }), w.say("due.late", { day: "2569" })];
        }""",
        {"words": words, "days": [str(day) for day in days], "limits": limits},
    )

    assert found == [
        *(wording.date_long(day) for day in days),
        wording.dates(days),
        *(wording.duration(Decimal(value), unit) for value, unit in limits),
        wording.count("days", 1),
        wording.count("days", 53),
        wording.strings("due.left", days=wording.count("days", 6)),
        wording.strings("due.late", day="2569"),  # a figure between Thai letters gets its spaces
    ]


def test_a_calendar_file_is_what_the_standard_says(module: Page) -> None:
    """Lines end in CR LF and have 75 octets at most; unfolded, they hold the day and the words as they were given."""
    given = {
        "uid": "1@example.go.th",
        "stamp": "2026-11-23T03:00:00.123Z",
        "day": "2026-12-31",
        "next": "2027-01-01",
        "title": "ครบกำหนด: การขออนุญาต; ผลิต, จำหน่าย \\new " + "ก" * 90 + "😀" * 20,
        "text": "บรรทัดแรก\nบรรทัดที่สอง",
        "url": "https://clearly.example.go.th/sla/" + "a" * 90,
    }
    text = module.evaluate("async (given) => (await import('/case/ics.js')).icsOf(given)", given)
    told = parsed(text)

    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    assert told["SUMMARY"] == given["title"]
    assert told["DESCRIPTION"] == given["text"]
    assert told["URL"] == given["url"]
    assert (told["DTSTART;VALUE=DATE"], told["DTEND;VALUE=DATE"]) == ("20261231", "20270101")
    assert told["DTSTAMP"] == "20261123T030000Z"


def parsed(text: str) -> dict[str, str]:
    """Return a calendar file's properties, unfolded and unescaped (RFC 5545, sections 3.1 and 3.3.11)."""
    lines = text.replace("\r\n ", "").split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    meant = {"\\n": "\n", "\\\\": "\\", "\\;": ";", "\\,": ","}
    return {name: re.sub(r"\\[n\\;,]", lambda found: meant[found[0]], value) for name, _, value in pairs}


@every_language
@pytest.mark.parametrize("day", ["2026-11-23", "2026-11-21", "2026-10-01", "2026-12-30", "2026-04-10"])
def test_the_page_answers_in_words(chromium: Browser, address: str, state: Calendar, language: str, day: str) -> None:
    """The sentence has the engine's day with its weekday, in the reader's era, and how far away it is."""
    wording = Wording(load_strings(language), "buddhist", 10)
    due = promised(state, day, 35)
    with in_thailand(chromium) as (page, log):
        said = ask(page, f"{address}{EDITIONS[language]}{LICENCE}", day)
        told = plain(page.locator("#due-told").inner_text())
        chosen = plain(page.locator("#due-said").inner_text())

    begun = wording.strings("due.from.complete_application", day=wording.date_long(date.fromisoformat(day)))
    result = wording.strings("due.result", from_day=begun, day=wording.date_long(due.due))
    assert said.startswith(plain(result))
    assert chosen == plain(wording.date_long(date.fromisoformat(day)))
    assert (plain(wording.date_long(due.received)) in told) == (str(due.received) != day)
    for counted in due.days:
        if counted.closed == "holiday":
            assert plain(wording.date(counted.date)) in told
    assert log.console == []


def test_every_counted_day_is_drawn(chromium: Browser, address: str, state: Calendar) -> None:
    """The months show the 35 counted days with their numbers, the closed ones struck through, and the last one marked."""
    due = promised(state, "2026-11-23", 35)
    with in_thailand(chromium) as (page, _):
        ask(page, address + LICENCE, "2026-11-23")
        counted = page.locator(".months-counted td.counted").all_inner_texts()
        closed = page.locator(".months-counted td.closed s").all_inner_texts()
        last = page.locator(".months-counted td.last b").all_inner_texts()
        captions = page.locator(".months-counted caption").all_inner_texts()

    assert [int(re.findall(r"\d+", one)[-1]) for one in counted] == list(range(1, 36))
    assert [int(one) for one in closed] == [day.date.day for day in due.days if day.closed]
    assert last == ["15"]
    assert [plain(one) for one in captions] == ["พ.ย. 2569", "ธ.ค. 2569", "ม.ค. 2570"]


def test_estimates_are_called_so(chromium: Browser, address: str) -> None:
    """A date beyond the years whose closed days are listed says that it is an estimate; one within them does not."""
    with in_thailand(chromium) as (page, _):
        ask(page, f"{address}en/{LICENCE}", "2027-12-01")
        beyond = page.locator("#due-told").inner_text()
        page.locator("#due-day").fill("2027-10-01")
        expect(page.locator("#due-answer")).to_contain_text("Nov 2027")
        within = page.locator("#due-told").inner_text()

    assert "An estimate: the calendar of closed days covers 2024 to 2027 only" in beyond
    assert "estimate" not in within


def test_a_year_that_nobody_announced_is_told(chromium: Browser, address: str) -> None:
    """A date in 2027, of which no closed day is confirmed, says that it may move; one in 2026 does not."""
    with in_thailand(chromium) as (page, _):
        ask(page, address + LICENCE, "2026-11-23")
        in_2027 = page.locator("#due-told").inner_text()
        page.locator("#due-day").fill("2026-10-01")
        expect(page.locator("#due-answer")).to_contain_text("23")
        expect(page.locator("#due-told")).not_to_contain_text("ยังไม่มีวันใดที่ยืนยันแล้ว")

    assert "วันหยุดของปี 2570 ยังไม่มีวันใดที่ยืนยันแล้ว" in in_2027


def test_the_promise_of_the_day_of_filing_counts(chromium: Browser, address: str, state: Calendar) -> None:
    """A case filed under the old promise of 45 working days is counted by it; before any promise there is no due date."""
    with in_thailand(chromium) as (page, _):
        said = ask(page, f"{address}en/{LICENCE}", "2024-09-02")
        page.locator("#due-day").fill("2020-01-06")
        expect(page.locator("#due-answer")).to_contain_text("not in force")
        told = page.locator("#due-told").is_visible()

    assert plain(Wording(load_strings("en"), "buddhist", 10).date(promised(state, "2024-09-02", 45).due)) in said
    assert not told


def test_months_are_counted_by_the_calendar(chromium: Browser, address: str) -> None:
    """Three months from 30 November end on the last day of February, which is a Sunday."""
    with in_thailand(chromium) as (page, _):
        said = ask(page, f"{address}en/{SURVEY}", "2026-11-30")
        told = page.locator("#due-told").inner_text()

    assert "Sunday 28 Feb 2027" in said
    assert "ask from Monday 1 Mar 2027 on" in plain(told)


def test_nothing_is_fetched_before_somebody_asks(chromium: Browser, address: str) -> None:
    """The words, the calendar and the answer's script come when the form is used; nothing goes to another host."""
    with in_thailand(chromium) as (page, log):
        page.goto(address + LICENCE, wait_until="networkidle")
        before = list(log.requests)
        ask(page, address + LICENCE, "2026-11-23")

    late = {"words-th", "th-government.json", "due-answer", "ics", "words"}
    assert [url for url in before for name in late if f"/{name}." in url or url.endswith(name)] == []
    assert [name for name in late if not any(f"/{name}." in url or url.endswith(name) for url in log.requests)] == []
    assert log.outside(address) == []
    assert log.failed == []


def test_the_form_works_by_the_keyboard(chromium: Browser, address: str) -> None:
    """From the field of the day, Enter gives the answer; Tab leads through button and link in the order they stand."""
    with in_thailand(chromium, 1280) as (page, _):
        page.clock.set_fixed_time(NOW)
        page.goto(address + LICENCE)
        page.locator("#due-option").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#due-answer")).not_to_be_empty()
        page.locator("#due-form button").focus()
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.getAttribute('download')")

    assert focused == "2027-01-15.ics"


@pytest.mark.parametrize(("language", "width"), [("th", 360), ("en", 1280)])
def test_the_answer_is_accessible(chromium: Browser, address: str, width: int, language: str) -> None:
    """With answer and letter open axe finds nothing, and nothing scrolls sideways, at 320 pixels neither."""
    with in_thailand(chromium, width) as (page, log):
        ask(page, f"{address}{EDITIONS[language]}{LICENCE}", "2026-11-21")
        page.locator(".letter summary").click()

        assert broken_rules(page) == []
        assert sideways(page) == 0
        page.set_viewport_size({"width": 320, "height": 800})
        assert sideways(page) == 0
        assert log.console == []


def test_a_calendar_that_does_not_come_is_told(chromium: Browser, address: str) -> None:
    """Without a connection the page says so, and answers when it is pressed again."""
    with in_thailand(chromium) as (page, _):
        page.route("**/data/calendars/*", lambda route: route.abort())
        said = ask(page, f"{address}en/{LICENCE}", "2026-11-23")
        page.unroute("**/data/calendars/*")
        page.locator("#due-form button").click()
        expect(page.locator("#due-answer")).to_contain_text("15 Jan 2027")

    assert said == load_strings("en")("due.failed")


def test_what_the_answers_leave_out_is_no_choice(chromium: Browser, address: str) -> None:
    """Who has no large factory cannot choose its promise; without an answer every promise can be chosen."""
    with in_thailand(chromium) as (page, _):
        page.goto(f"{address}en/{LICENCE}")
        all_of_them = page.locator("#due-option option:not([disabled])").count()
        page.locator("#case-form input[name=size][value=small]").check(force=True)
        page.locator("#due-day").focus()
        expect(page.locator("#due-option option:not([disabled])")).to_have_count(all_of_them - 1)
        left = page.locator("#due-option option:not([disabled])").all_inner_texts()

    assert not any("Large" in one for one in left)


def test_late_steps_get_their_days(chromium: Browser, address: str) -> None:
    """A case that was due on 20 November is late, owed a reason every seven days, and an answer to a complaint."""
    wording = Wording(load_strings("en"), "buddhist", 10)
    with in_thailand(chromium) as (page, _):
        said = ask(page, f"{address}en/{LICENCE}", "2026-09-30")
        dated = {
            one.get_attribute("data-dated"): plain(one.inner_text())
            for one in page.locator("#complaints ol [data-dated]").all()
        }

    due = date(2026, 11, 20)
    assert said.endswith("3 days past the due date")
    assert dated["due"] == plain(wording.strings("due.late", day=wording.date_long(due)))
    reasons = wording.dates([due + timedelta(days=days) for days in (7, 14, 21)])
    assert dated["reasons"] == plain(wording.strings("due.reasons", days=reasons))
    assert dated["answer"].startswith("If you complain on Monday 23 Nov 2026, expect an answer by ")


@every_language
def test_the_letter_prints_alone(chromium: Browser, address: str, language: str) -> None:
    """On paper the letter is one A4 page with name, number, day, promise, count and the manual's version, and no more."""
    name, number = "สมหญิง <b>ใจดี</b>", "1/2569"
    wording = Wording(load_strings(language), "buddhist", 10)
    with in_thailand(chromium) as (page, log):
        ask(page, f"{address}{EDITIONS[language]}{LICENCE}", "2026-09-30")
        page.locator(".letter summary").click()
        page.locator("#letter-name").fill(name)
        page.locator("#letter-number").fill(number)
        page.evaluate(
            "window.print = () => { window.printed = document.documentElement.classList.contains('letter-only') }"
        )
        page.locator("#letter-form button").click()
        printed = page.evaluate("window.printed")
        shown = plain(page.locator(".sheet").inner_text())
        paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        kept = page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie, location.href])")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        whole = len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages)

    on_paper = re.sub(r"\s", "", paper.pages[0].extract_text())
    assert printed
    assert len(paper.pages) == 1 < whole
    assert abs(float(paper.pages[0].mediabox.width) - 595.28) < 1
    assert "1/2569" in on_paper
    assert "agencies/food-and-drugs/food-production-licence/" in on_paper
    assert load_strings(language)("manual.documents").replace(" ", "")[-4:] not in on_paper
    for part in (
        name,
        number,
        plain(wording.date_long(date(2026, 11, 20))),
        "35",
        "1/2569",
        "22 พ.ย. 2569" if language == "th" else "22 Nov 2026",
    ):
        assert part in shown
    assert name not in kept
    assert number not in kept
    assert not any("2569" in url or "name" in url for url in log.requests)


def test_without_a_script_there_is_the_rule_and_no_form(chromium: Browser, address: str) -> None:
    """Without JavaScript the page says how days are counted and gives an example; form, fields and buttons stay away."""
    with opened(chromium, 360, java_script_enabled=False) as (page, _):
        page.goto(address + LICENCE)
        shown = plain(page.locator("#due").inner_text())
        page.locator(".letter summary").click()

        assert "เริ่มนับวันถัดจากวันที่ยื่นเอกสารครบถ้วน ไม่นับวันเสาร์ วันอาทิตย์ และวันหยุดตามปฏิทิน" in shown
        assert "ควรได้ผลภายในวันศุกร์ที่ 15 ม.ค. 2570" in shown
        assert not page.locator("#due-form").is_visible()
        assert not page.locator("#letter-form").is_visible()
        assert page.locator(".sheet").inner_text().count("....") >= 5


def test_the_file_is_saved_under_its_day(chromium: Browser, address: str, tmp_path: Path) -> None:
    """The link saves a file of the due date's name whose event is that day, with the service in its title."""
    with in_thailand(chromium, accept_downloads=True) as (page, _):
        ask(page, address + LICENCE, "2026-11-23")
        with page.expect_download() as saving:
            page.locator("#due-told a").click()
        saving.value.save_as(tmp_path / "due.ics")

    told = parsed((tmp_path / "due.ics").read_bytes().decode())
    assert saving.value.suggested_filename == "2027-01-15.ics"
    assert told["DTSTART;VALUE=DATE"] == "20270115"
    assert told["SUMMARY"] == "ครบกำหนด: การขออนุญาตผลิตอาหาร"
    assert told["URL"].endswith(LICENCE)
