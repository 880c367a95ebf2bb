"""The list of services narrowed in a real browser: what is found is what the data say, and the address says it too."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Log, opened, serving, sideways, violations
from playwright.sync_api import Browser, Locator, Page, expect
from sites import REPOSITORY, built

from generator.locales import load_strings

pytestmark = pytest.mark.browser

# What the table of services says of each way to narrow the list.
COLUMNS = {"agency": "agency_id", "topic": "topics", "life_event": "life_events", "channel": "channel_types"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demonstration's site."""
    return built(tmp_path_factory, "demonstration", REPOSITORY / "sla_data")


@pytest.fixture(scope="module")
def services(site: Path) -> list[dict[str, str]]:
    """Return the published table of services."""
    with (site / "data/services.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Return where the demonstration is served."""
    with serving(site) as served:
        yield served


@pytest.fixture
def phone(chromium: Browser, address: str) -> Iterator[tuple[Page, Log]]:
    """Return the page of all services on a phone, with the panel open."""
    with opened(chromium, width=360) as (page, log):
        page.goto(f"{address}services/")
        page.locator("#finder-panel > summary").click()
        expect(page.locator("#finder-form details")).to_have_count(6)
        yield page, log


def choice(page: Page, facet: str, value: str) -> Locator:
    """Return a choice's box, its part of the panel open."""
    part = page.locator("#finder-form details", has=page.locator(f"input[name={facet}]"))
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    return part.locator(f"input[value='{value}']")


def found(page: Page) -> list[str]:
    """Return the services that are listed now, as agency/service, all of them."""
    expect(
        page.locator("#finder-results li").first
    ).to_be_visible()  # said at once, listed when their names are fetched
    more = page.locator("#finder-more")
    while more.is_visible():
        shown = page.locator("#finder-results li").count()
        more.click()
        expect(page.locator("#finder-results li").nth(shown)).to_be_visible()
    links = page.locator("#finder-results a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return [link.removeprefix("../agencies/").strip("/") for link in links]


def test_each_choice_counts_what_the_data_say(phone: tuple[Page, Log], services: list[dict[str, str]]) -> None:
    """Agencies, topics, life events and channels have the number of services that the published table has."""
    page, _ = phone
    for facet, column in COLUMNS.items():
        expected = Counter(one for row in services for one in row[column].split(";") if one)
        boxes = page.locator(f"input[name={facet}]")
        values = boxes.evaluate_all("boxes => boxes.map(box => box.value)")
        counts = boxes.evaluate_all(
            "boxes => boxes.map(box => Number(box.parentElement.querySelector('.n').textContent))"
        )

        assert dict(zip(values, counts, strict=True)) == dict(expected), facet


def test_what_is_chosen_stands_in_the_address(
    phone: tuple[Page, Log], services: list[dict[str, str]], chromium: Browser
) -> None:
    """Two choices of one kind widen, of two kinds narrow; a link shows the same, and the back button takes one back."""
    page, log = phone
    for facet, value in (("channel", "online"), ("channel", "app"), ("topic", "transport")):
        choice(page, facet, value).check()
    expected = {
        f"{row['agency_id']}/{row['service_id']}"
        for row in services
        if {"online", "app"} & set(row["channel_types"].split(";")) and "transport" in row["topics"].split(";")
    }
    expect(page.locator("#finder-said")).to_contain_text(f"พบ {len(expected)}")
    link = page.url

    assert expected
    assert set(found(page)) == expected
    assert link.partition("?")[2] == "topic=transport&channel=online&channel=app"
    assert not page.locator("#all-services").is_visible()
    with opened(chromium, width=360) as (other, _):
        other.goto(link)
        expect(other.locator("#finder-said")).to_contain_text(f"พบ {len(expected)}")
        assert set(found(other)) == expected
        other.locator("#finder-results a").first.click()
        other.go_back()
        expect(other.locator("#finder-results a").first).to_be_visible()
    page.go_back()
    expect(page).to_have_url(link.replace("topic=transport&", ""))
    expect(choice(page, "topic", "transport")).not_to_be_checked()
    expect(page.locator("#finder-chosen li")).to_have_count(2)
    assert log.console == []


def test_filters_are_taken_off_one_by_one_or_all_at_once(phone: tuple[Page, Log]) -> None:
    """Each choice is a button that takes it off, and another takes all; then the whole list stands there again."""
    page, _ = phone
    strings = load_strings("th")
    choice(page, "fee", "free").check()
    choice(page, "time", "week").check()
    name = strings("filter.remove", name=strings("filter.fee.free"))
    page.get_by_role("button", name=name).click()

    expect(page.locator("#finder-chosen button")).to_have_count(1)
    expect(page.locator("#finder-chosen button")).to_be_focused()
    expect(choice(page, "fee", "free")).not_to_be_checked()
    page.get_by_role("button", name=strings("button.clear_filters")).click()
    expect(page.locator("#all-services")).to_be_visible()
    expect(page.locator("#finder-said")).to_be_empty()
    assert "?" not in page.url


def test_a_choice_that_would_find_nothing_cannot_be_made(phone: tuple[Page, Log], address: str) -> None:
    """It says 0 and is out of reach; a link to such a list says that nothing matches."""
    page, _ = phone
    choice(page, "agency", "consular-affairs").check()
    dead = choice(page, "topic", "transport")
    expect(dead).to_be_disabled()
    expect(dead.locator("xpath=..").locator(".n")).to_have_text("0")
    page.goto(f"{address}services/?agency=consular-affairs&topic=transport")

    expect(page.get_by_role("status")).to_have_text(load_strings("th")("search.filter_none"))
    expect(page.locator("#finder-results li")).to_have_count(0)


def test_the_keyboard_and_a_screen_reader_will_do(chromium: Browser, address: str) -> None:
    """At 360 px the keys alone narrow the list and reach the results, whose number a live region says; axe finds nothing."""
    with opened(chromium, width=360) as (page, _):
        page.goto(f"{address}en/services/")
        page.locator("#finder-panel > summary").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#finder-form details")).to_have_count(6)
        for _ in range(5):  # past agency, topic, life event, channel, to the fee
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        expect(page.locator("input[value=free]")).to_be_checked()
        said = page.get_by_role("status")
        expect(said).to_contain_text("services of 62")

        assert violations(page) == []
        assert sideways(page) == 0
        page.locator("#finder-show").press("Enter")
        expect(said).to_be_focused()
        expect(said).to_be_in_viewport()
        page.keyboard.press("Tab")
        expect(page.locator("#finder-results a").first).to_be_focused()
        assert violations(page) == []


def test_nothing_is_fetched_before_a_reader_asks(chromium: Browser, address: str) -> None:
    """Without a script there is the list and no filter; with one, what filters need comes when the panel opens."""
    with opened(chromium, width=360, java_script_enabled=False) as (page, _):
        page.goto(f"{address}services/")
        assert page.locator("#all-services").is_visible()
        assert not page.locator("#finder").is_visible()
    with opened(chromium, width=360) as (page, log):
        page.goto(f"{address}services/")
        expect(page.locator("#finder")).to_be_visible()

        assert not [url for url in log.requests if "/search/" in url]
        page.locator("#finder-panel > summary").click()
        expect(page.locator("#finder-form details")).to_have_count(6)
        assert [url.rpartition("/")[2] for url in log.requests if "/search/" in url] == ["facets.json"]
