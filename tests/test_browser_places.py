"""Where and when, in a real browser: the reader's province, and what is open by the clock of the offices."""

from collections.abc import Iterator

import pytest
from browser import opened, serving, sideways, violations
from playwright.sync_api import Browser, Page, expect
from sites import REPOSITORY, built

pytestmark = pytest.mark.browser

MOUNT = "/sla/"
INSPECTION = "agencies/land-transport/vehicle-inspection/"  # eight offices in seven provinces
AGENCY = "agencies/land-transport/"
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
