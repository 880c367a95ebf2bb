"""The way through a life event in a real browser: its drawing, its search, its paper."""

import io
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from browser import opened, serving
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from sites import REPOSITORY, built

from generator.locales import load_strings

pytestmark = pytest.mark.browser

HOUSE = "life-events/building-a-home/"
CAR = "life-events/owning-a-vehicle/"
# Of each row: where its straight lines end, and where the lines that enter the next row begin, in pixels of the window.
ENDS = """() => [...document.querySelectorAll(".way > li")].map(row => {
  const [head, tail] = row.querySelectorAll("svg.lane");
  const xs = (svg, kind) => [...svg.querySelectorAll("path")].map(one => one.getAttribute("d").match(kind)).filter(Boolean)
    .map(found => +found[1] + svg.getBoundingClientRect().left);
  return {top: head.getBoundingClientRect().top, enter: xs(head, /^M(\\d+) 0[QV]/), bottom: row.getBoundingClientRect().bottom,
    tail: tail ? tail.getBoundingClientRect().bottom : null, meet: tail ? tail.getBoundingClientRect().top
      - head.getBoundingClientRect().bottom : 0, leave: tail ? xs(tail, /^M(\\d+) 0V/) : []};
})"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where the demonstration is served."""
    with serving(built(tmp_path_factory, "demonstration", REPOSITORY / "sla_data"), "/sla/") as served:
        yield served


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", [HOUSE, CAR])
def test_the_lines_of_the_drawing_meet(chromium: Browser, address: str, path: str, width: int) -> None:
    """Each row's lines end where the next row's begin, however long the words beside them are."""
    with opened(chromium, width) as (page, _):
        page.goto(address + path)
        rows = page.evaluate(ENDS)

    for row, following in pairwise(rows):
        if row["leave"]:
            assert abs(row["meet"]) < 1
            assert abs(row["tail"] - following["top"]) < 1
            assert sorted(set(following["enter"])) == sorted(row["leave"])
        else:
            assert following["enter"] == []


@pytest.mark.parametrize("dark", [False, True])
def test_a_number_in_its_circle_can_be_read(chromium: Browser, address: str, dark: bool) -> None:
    """Empty and filled circles have the colour of the page and of its words, one upon the other, in either scheme."""
    with opened(chromium, 360, dark=dark) as (page, _):
        page.goto(address + HOUSE)
        pairs = page.evaluate(
            """() => [...document.querySelectorAll(".lane circle")].map(one => [getComputedStyle(one).fill,
            getComputedStyle(one.nextElementSibling).fill, getComputedStyle(document.body).backgroundColor,
            getComputedStyle(document.body).color])"""
        )

    assert len({fill for fill, *_ in pairs}) == 2
    assert all({circle, number} == {paper, ink} for circle, number, paper, ink in pairs)


def test_a_screen_reader_hears_the_order_from_the_list(chromium: Browser, address: str) -> None:
    """The drawing is silent; each step of the list names the steps it waits for."""
    with opened(chromium, 360) as (page, _):
        page.goto(address + "en/" + HOUSE)
        step = page.locator("#step-6")

        expect(step).to_contain_text("Possible after 5. House number")
        assert page.locator("svg.lane:not([aria-hidden=true])").count() == 0
        assert 'heading "New electricity meter"' in step.aria_snapshot()


@pytest.mark.parametrize(
    ("query", "path"),
    [("สร้างบ้าน", None), ("เปิดร้านอาหาร", "life-events/opening-a-restaurant/"), ("โฉนด", "documents/title-deed/")],
)
def test_search_finds_life_events_and_papers(chromium: Browser, address: str, query: str, path: str | None) -> None:
    """They stand below the services, under the heading of other pages."""
    with opened(chromium, 360) as (page, _):
        page.goto(f"{address}search/?q={query}")
        expect(page.locator("#search-results a").first).to_be_visible()
        if path:
            expect(page.locator(f'#search-prose-list a[href$="{path}"]')).to_be_visible()
            expect(page.locator("#search-prose-h")).to_have_text(load_strings("th")("search.prose"))


def test_the_way_is_printed_whole(chromium: Browser, address: str) -> None:
    """On paper every step stands with its number, its time and its place, beside the drawing."""
    with opened(chromium) as (page, _):
        page.goto(address + "en/" + HOUSE)
        words = words_of(page)

    for told in ("Survey of the boundaries of a plot", "Certificate of construction", "3 months and 57 working days"):
        assert told.replace(" ", "") in words


def words_of(page: Page) -> str:
    """Return the words of a page on paper, without the spaces that a PDF may or may not keep."""
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return "".join("".join(sheet.extract_text().split()) for sheet in paper.pages)


def test_the_old_list_still_stands_and_leads_to_the_way(chromium: Browser, address: str) -> None:
    """An address of a list that was published stays, and its first link below the title is the way."""
    with opened(chromium, 360) as (page, _):
        page.goto(f"{address}services/life-events/having-a-child/")
        page.locator("main a", has_text=load_strings("th")("journey.way")).click()

        expect(page).to_have_url(f"{address}life-events/having-a-child/")
        assert Path(page.url).name == "having-a-child"
