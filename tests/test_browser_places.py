"""Where and when, in a real browser: the reader's province, and what is open by the clock of the offices."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import opened, serving, sideways, violations
from playwright.sync_api import Browser, Page, expect
from sites import REPOSITORY, built

from generator.texts import Wording, load_strings
from generator.website.assets import ASSETS

pytestmark = pytest.mark.browser

MOUNT = "/sla/"
INSPECTION = "agencies/land-transport/vehicle-inspection/"  # eight offices in seven provinces
AGENCY = "agencies/land-transport/"
DEATH = "agencies/civil-registration/death-notification/"  # a counter on weekdays; a telephone on weekends, no calendar
VECTORS = Path(__file__).parent / "vectors" / "hours.json"
EDITIONS = {"th": "", "en": "en/"}
every_language = pytest.mark.parametrize("language", EDITIONS)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where the demonstration is served."""
    with serving(built(tmp_path_factory, "demonstration", REPOSITORY / "sla_data"), MOUNT) as served:
        yield served


def provinces(page: Page, within: str) -> list[str]:
    """Return the provinces below an element, in the order in which they stand."""
    return page.locator(f"#{within} > [data-province]").evaluate_all("all => all.map(one => one.dataset.province)")


def test_the_offices_of_the_readers_province_come_first_and_it_is_kept(chromium: Browser, address: str) -> None:
    """Chosen on a Thai service's page, it stands first on the agency's English page too; every other keeps its place."""
    with opened(chromium, 360) as (page, log):
        page.goto(address + INSPECTION)
        before = provinces(page, "provinces")
        page.locator("#province").select_option(label="ขอนแก่น")

        assert provinces(page, "my-province") == ["ขอนแก่น"]
        assert provinces(page, "provinces") == [one for one in before if one != "ขอนแก่น"]
        expect(page.locator("#my-province .kept")).to_contain_text("เสร็จทัน")
        assert sideways(page) == 0
        assert violations(page) == []

        page.goto(f"{address}en/{AGENCY}")
        expect(page.locator("#province")).to_have_value("ขอนแก่น")
        expect(page.locator("#my-province h3")).to_have_text("Khon Kaen")
        page.locator("#province").select_option("")
        assert provinces(page, "my-province") == []

        page.reload()
        expect(page.locator("#province")).to_have_value("")
        assert log.console == []
        assert not [url for url in log.requests if "%E0%B8%82" in url]  # the province is in no address


def test_without_a_script_offices_stand_by_province(chromium: Browser, address: str) -> None:
    """Nobody is asked for a province; the list is there, folded, with all of them."""
    with opened(chromium, 360, java_script_enabled=False) as (page, _):
        page.goto(address + INSPECTION)

        expect(page.locator("#province")).to_be_hidden()
        page.locator("details", has=page.locator("#provinces")).locator("summary").click()
        expect(page.locator("#provinces > [data-province] h4")).to_have_count(7)
        expect(page.locator("#provinces .kept").first).to_be_visible()


def test_a_province_that_is_not_on_the_page_changes_nothing(chromium: Browser, address: str) -> None:
    """Where the kept province has no office, or storage is refused, the page is as for everybody."""
    refuse = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } })"
    keep = "localStorage.setItem('clearly:/sla/:province', 'ภูเก็ต')"
    for script in (keep, refuse):
        with opened(chromium, 360) as (page, log):
            page.add_init_script(script)
            page.goto(address + INSPECTION)

            expect(page.locator("#province")).to_have_value("")
            page.locator("#province").select_option(label="สงขลา")
            assert provinces(page, "my-province") == ["สงขลา"]
            assert log.console == []


def test_the_browser_opens_and_closes_as_python_does(chromium: Browser) -> None:
    """Every vector has the same answer in the browser, in one page load."""
    kept = json.loads(VECTORS.read_text(encoding="utf-8"))
    with serving(ASSETS) as served, opened(chromium) as (page, _):
        page.goto(f"{served}LICENSE-material.txt")
        found = page.evaluate(
            """async ({ cases, hours, calendars }) => {
              const { openingAt } = await import("/case/hours.js");
              return cases.map(({ day, time, ...one }) => {
                const [hour, minute] = time.split(":").map(Number);
                return openingAt({ day, minute: hour * 60 + minute }, hours[one.hours], calendars[one.calendar] ?? null);
              });
            }""",
            kept,
        )

    assert len(found) >= 200
    assert [(one, told) for one, told in zip(kept["cases"], found, strict=True) if one["answer"] != told] == []


# A moment by UTC, and what the counter (Monday to Friday, 08.30 to 16.30, the State's calendar) and the telephone
# (Saturday and Sunday, 08.30 to 12.00, no calendar) then have on the door.
DOORS = {
    "2026-11-23T01:29:59Z": ("ปิดอยู่ เปิด 08.30 น.", "ปิดแล้ว เปิดวันเสาร์ที่ 28 พ.ย. 2569 เวลา 08.30 น."),
    "2026-11-23T01:30:00Z": ("เปิดอยู่ ปิด 16.30 น.", "ปิดแล้ว เปิดวันเสาร์ที่ 28 พ.ย. 2569 เวลา 08.30 น."),
    "2026-11-23T09:30:00Z": ("ปิดแล้ว เปิดพรุ่งนี้ 08.30 น.", "ปิดแล้ว เปิดวันเสาร์ที่ 28 พ.ย. 2569 เวลา 08.30 น."),
    "2026-11-20T18:00:00Z": ("ปิดแล้ว เปิดวันจันทร์ที่ 23 พ.ย. 2569 เวลา 08.30 น.", "ปิดอยู่ เปิด 08.30 น."),
    "2026-04-13T03:00:00Z": (
        "วันหยุด (วันสงกรานต์) เปิดอีกครั้งวันพฤหัสบดีที่ 16 เม.ย. 2569 เวลา 08.30 น.",
        "ปิดแล้ว เปิดวันเสาร์ที่ 18 เม.ย. 2569 เวลา 08.30 น.",
    ),
    "2026-12-05T03:00:00Z": (  # a Saturday, in whose stead Monday is closed
        "ปิดแล้ว เปิดวันอังคารที่ 8 ธ.ค. 2569 เวลา 08.30 น.",
        "เปิดอยู่ ปิด 12.00 น. · วันนี้เป็นวันหยุด (วันชาติและวันพ่อแห่งชาติ) หน่วยงานไม่ได้ระบุว่าเปิดหรือไม่ ควรโทรถามก่อน",
    ),
    "2027-12-31T03:00:00Z": (
        "วันหยุด (วันสิ้นปี) เปิดอีกครั้งวันจันทร์ที่ 3 ม.ค. 2571 เวลา 08.30 น. · เป็นค่าประมาณ เพราะวันหยุดหลังปี 2570 ยังไม่ประกาศ",
        "ปิดแล้ว เปิดพรุ่งนี้ 08.30 น.",
    ),
}


@pytest.mark.parametrize("now", DOORS)
def test_a_place_says_what_stands_on_its_door(chromium: Browser, address: str, now: str) -> None:
    """By the clock of Bangkok, also on a telephone that is set to Honolulu: to the minute, and over holidays."""
    with opened(chromium, 360, timezone_id="Pacific/Honolulu") as (page, log):
        page.clock.set_fixed_time(now)
        page.goto(address + DEATH)
        page.locator("#channels").scroll_into_view_if_needed()
        expect(page.locator(".places .open").last).to_be_visible()
        said = [one.replace("\u00a0", " ") for one in page.locator(".places .open").all_inner_texts()]

    assert said == [*DOORS[now]]
    assert log.console == []


def test_a_page_that_stays_open_follows_the_clock(chromium: Browser, address: str) -> None:
    """At half past four the counter closes before the reader's eyes, in English too."""
    with opened(chromium, 1280) as (page, _):
        page.clock.install(time="2026-11-23T09:29:00Z")
        page.goto(f"{address}en/{DEATH}")
        page.locator("#channels").scroll_into_view_if_needed()
        counter = page.locator(".places .open").first
        page.clock.run_for(1000)
        expect(counter).to_have_text("Open now, until 16:30")
        page.clock.run_for(90_000)

        expect(counter).to_have_text("Closed. Opens tomorrow at 08:30")
        assert violations(page) == []


def test_nothing_is_fetched_for_hours_until_a_reader_comes_near(chromium: Browser, address: str) -> None:
    """A page that is not scrolled takes neither words nor calendar; where they cannot be had, the hours stand there."""
    with opened(chromium, 360) as (page, log):
        page.route("**/data/calendars/*", lambda route: route.abort())
        page.goto(address + DEATH, wait_until="networkidle")
        first = [url for url in log.requests if "calendars" in url or "words-" in url or "open." in url]
        with page.expect_event("requestfailed"):
            page.locator("#channels").scroll_into_view_if_needed()

        assert first == []
        assert page.locator(".places .open:visible").count() == 0
        expect(page.locator(".places .hours").first).to_contain_text("จันทร์–ศุกร์ 08.30–16.30 น.")


@every_language
def test_the_browser_says_times_as_python_does(chromium: Browser, language: str) -> None:
    """A minute of a day is the same words on the page and in the script."""
    wording, minutes = Wording(load_strings(language), "buddhist", 10), [0, 60, 510, 719, 1439, 1440]
    with opened(chromium) as (page, _), serving(ASSETS) as served:
        page.goto(f"{served}LICENSE-material.txt")
        patterns = {"time": load_strings(language).patterns["time"]}
        found = page.evaluate(
            "async ([patterns, minutes]) => minutes.map((await import('/case/words.js')).wordsOf(patterns).time)",
            [patterns, minutes],
        )

    assert found == [wording.clock(minute) for minute in minutes]
