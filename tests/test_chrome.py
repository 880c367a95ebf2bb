"""What stands around every page, in a real browser: policy, menu, skip link, notices, widths, colours and paper."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from browser import opened, serving, sideways, violations
from playwright.sync_api import Browser
from small import write_small

from generator.texts import load_strings
from generator.website.build import build_site, find_configuration
from generator.website.plan import Request

pytestmark = pytest.mark.browser

PROSE = ("about/", "methods/", "for-agencies/", "for-agencies/figures/")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A small site, served under the path that its catalog names."""
    folder = tmp_path_factory.mktemp("chrome")
    request = Request(write_small(folder / "data"), date(2026, 11, 22), jobs=1)
    build_site(request, folder / "site", find_configuration())
    with serving(folder / "site", "/sla/") as found:
        yield found


@pytest.mark.parametrize(("language", "width", "dark"), [("", 360, True), ("en/", 1280, False)], ids=["th", "en"])
def test_prose_is_accessible(chromium: Browser, address: str, language: str, width: int, dark: bool) -> None:
    """No prose page breaks a rule of WCAG 2.2 AA, is wider than the window, or asks for anything that fails."""
    with opened(chromium, width, dark=dark) as (page, log):
        for path in PROSE:
            page.goto(address + language + path)

            assert violations(page) == [], path
            assert sideways(page) == 0, path
    assert log.outside(address) == []
    assert log.failed == []
    assert log.console == []


def test_nothing_is_wider_than_a_small_phone(chromium: Browser, address: str) -> None:
    """At 320 pixels, which is 1280 at 400 %, no prose page scrolls sideways."""
    with opened(chromium, 320) as (page, _):
        for path in PROSE:
            page.goto(address + path)

            assert sideways(page) == 0, path


def test_the_keyboard_skips_the_menu(chromium: Browser, address: str) -> None:
    """The first stop of the keyboard leads past the menu, into the page."""
    with opened(chromium) as (page, _):
        page.goto(f"{address}about/")
        page.keyboard.press("Tab")
        seen = page.evaluate("document.activeElement.className")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")

        assert seen == "skip"
        assert page.evaluate("document.activeElement.closest('#main') !== null")


def test_the_menu_opens_without_a_script(chromium: Browser, address: str) -> None:
    """On a phone without JavaScript the menu opens, and its links lead on."""
    with opened(chromium, 360, java_script_enabled=False) as (page, _):
        page.goto(f"{address}about/")
        page.click("details.menu summary")
        page.click("details.menu a[href$='methods/']")

        assert page.url == f"{address}methods/"


def test_the_menu_closes_by_escape(chromium: Browser, address: str) -> None:
    """Escape closes the menu and leaves the keyboard where it was."""
    with opened(chromium, 360) as (page, _):
        page.goto(f"{address}about/")
        page.click("details.menu summary")
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")

        assert page.get_attribute("details.menu", "open") is None
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_language_switch_stays_on_the_page(chromium: Browser, address: str) -> None:
    """The switch leads to the same page in the other language and back."""
    with opened(chromium) as (page, _):
        page.goto(f"{address}for-agencies/figures/")
        page.click(".top-lang")
        there = page.url
        page.click(".top-lang")

        assert there == f"{address}en/for-agencies/figures/"
        assert page.url == f"{address}for-agencies/figures/"


@pytest.mark.parametrize(("now", "old"), [("2026-11-24T12:00:00Z", False), ("2026-11-25T12:00:00Z", True)])
@pytest.mark.parametrize("language", ["th", "en"])
def test_an_old_page_says_so(chromium: Browser, address: str, now: str, old: bool, language: str) -> None:
    """A page says how old it is from its third day on, by the reader's clock, in its own language."""
    thai = {"locale": "th-TH", "timezone_id": "Asia/Bangkok"} if language == "th" else {}
    with opened(chromium, **thai) as (page, _):
        page.clock.install(time=now)
        page.goto(f"{address}{'' if language == 'th' else 'en/'}about/")
        days = "3 วัน" if language == "th" else "3 days"
        words = load_strings(language)("build.old", days=days) if old else ""

        assert page.locator(".notice.old").inner_text().strip() == words


def test_a_schedule_that_stops_is_seen_on_every_page(chromium: Browser, tmp_path: Path) -> None:
    """When the nightly build stops, every page of both languages says so from the third day on, until one is built again."""
    site, first = tmp_path / "site", date(2026, 11, 22)
    request = Request(write_small(tmp_path / "data"), first, jobs=1)
    build_site(request, site, find_configuration())
    with serving(site, "/sla/") as address:
        silent, said = zip(
            *(old_pages(chromium, address, site, first + timedelta(days)) for days in (2, 3)), strict=True
        )
        build_site(replace(request, as_of=first + timedelta(4)), site, find_configuration())
        again = old_pages(chromium, address, site, first + timedelta(4))

    assert len(silent[0]) > 20
    assert (said, silent[1], again) == (([], silent[0]), [], (silent[0], []))


def old_pages(chromium: Browser, address: str, site: Path, today: date) -> tuple[list[str], list[str]]:
    """Return the pages of a site that say nothing of their age by a reader's clock of this day, and those that do."""
    says: dict[bool, list[str]] = {False: [], True: []}
    with opened(chromium) as (page, _):
        page.clock.install(time=f"{today}T03:00:00Z")
        for file in sorted(site.rglob("*.html")):
            name = file.relative_to(site).as_posix()
            page.goto(address + name)
            says[page.locator(".notice.old").is_visible()].append(name)
    return says[False], says[True]


def test_an_inline_script_does_not_run(chromium: Browser, address: str) -> None:
    """The policy of the page refuses what somebody might smuggle in."""
    with opened(chromium) as (page, log):
        page.goto(f"{address}about/")
        page.evaluate(
            "const one = document.createElement('script'); one.append('window.smuggled = 1'); document.body.append(one)"
        )

        assert page.evaluate("window.smuggled") is None
    assert log.console != []


def test_paper_has_no_way_to_get_lost(chromium: Browser, address: str) -> None:
    """In print the menu, the search and the footer are gone; the notice of demonstration data and the address stay."""
    with opened(chromium) as (page, _):
        page.goto(f"{address}en/about/")
        page.emulate_media(media="print")

        assert not page.is_visible("header.top")
        assert not page.is_visible("footer.foot")
        assert page.is_visible(".notice:not(.old)")
        assert "https://clearly.example.go.th/sla/en/about/" in page.inner_text(".print-end")


def test_an_unknown_address_leads_home(chromium: Browser, address: str) -> None:
    """At any depth the page for unknown addresses is dressed, and its links lead back, below the site's path."""
    with opened(chromium, 360) as (page, log):
        page.goto(f"{address}agencies/no/such/service/")
        failed = list(log.failed)
        page.click("a.brand")

        assert failed == [f"{address}agencies/no/such/service/"]
        assert page.url == address
