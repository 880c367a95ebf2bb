"""Every kind of page in a real browser, in both languages: for every reader, at every width, without a script, on paper."""

import gzip
import io
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from browser import opened, serving
from looks import PHONE, SCHEMES, WIDE, Look, Schemes, look_at
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from sites import REPOSITORY, build, built

from generator.locales import load_strings

pytestmark = pytest.mark.browser

DATA = REPOSITORY / "sla_data"
MOUNT = "/sla/"  # where the catalog says that the site stands
TAX = "agencies/land-transport/annual-vehicle-tax/"
KINDS = {
    "home": "",
    "services": "services/",
    "a-to-z": "services/a-z/",
    "list": "services/life-events/having-a-child/",
    "life-events": "life-events/",
    "life-event": "life-events/building-a-home/",
    "life-event-with-joins": "life-events/owning-a-vehicle/",
    "documents": "documents/",
    "document": "documents/citizen-id/",
    "documents-by-title": "documents-by-title/",
    "same-manual": "services/same/child-grant/",
    "search": "search/",
    "agencies": "agencies/",
    "agency": "agencies/land-transport/",
    "agency-merged": "agencies/old-commerce-office/",
    "service": TAX,
    "service-of-a-city": "agencies/sample-city/food-premises/",
    "service-retired": "agencies/land-transport/vehicle-tax-by-post/",
    "service-suspended": "agencies/land-transport/plate-replacement/",
    "data": "data/",
    "dictionary": "data/dictionary/",
    "data-quality": "data-quality/",
    "methods": "methods/",
    "for-agencies": "for-agencies/",
    "figures": "for-agencies/figures/",
    "plain-words": "for-agencies/words/",
    "rules": "for-agencies/rules/",
    "about": "about/",
    "accessibility": "about/accessibility/",
}
# Pages that exist only where data is wrong: each file below is broken, and what it holds is held back.
BROKEN = ("agencies/lands/services/land-value.yml", "agencies/sample-institute/agency.yml")
HELD_BACK = {
    "service-withheld": "agencies/lands/land-value/",
    "agency-withheld": "agencies/sample-institute/",
    "data-quality-with-errors": "data-quality/",
    "agency-with-errors": "agencies/lands/",
}
EDITIONS = {"th": "", "en": "en/"}
FIRST_LOAD = 150_000  # bytes, text compressed as every server does
MORE_FOR_SEARCH = 100_000
every_kind = pytest.mark.parametrize("kind", KINDS)
every_language = pytest.mark.parametrize("language", EDITIONS)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demonstration's site."""
    return built(tmp_path_factory, "demonstration", DATA)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Return where the demonstration is served."""
    with serving(site, MOUNT) as served:
        yield served


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where a site is served of which a service and an agency are held back."""
    folder = tmp_path_factory.mktemp("faulty")
    shutil.copytree(DATA, folder / "sla_data")
    for name in BROKEN:
        path = folder / "sla_data" / name
        path.write_text("nobody_knows_this: 1\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    build(folder / "sla_data", folder / "site", "--no-papers")
    with serving(folder / "site", MOUNT) as served:
        yield served


class Looks:
    """Looks at each page once, however many tests ask.

    Both languages have the same templates and colours, and axe takes seconds for a page: by day it looks at Thai pages as on
    a phone, also in the dark, and at English ones as on a desk in the light; at night at all of both.
    """

    def __init__(self, chromium: Browser, long: bool) -> None:
        self.chromium, self.long = chromium, long
        self.seen: dict[str, Look] = {}

    def at(self, url: str) -> Look:
        """Return how a page looks."""
        if url not in self.seen:
            once: tuple[Sequence[int], Schemes] = ((WIDE,), ("light",)) if "/en/" in url else ((PHONE,), SCHEMES)
            self.seen[url] = look_at(self.chromium, url, *(((WIDE, PHONE), SCHEMES) if self.long else once))
        return self.seen[url]


@pytest.fixture(scope="module")
def looks(chromium: Browser, pytestconfig: pytest.Config) -> Looks:
    """Return what looks at pages."""
    return Looks(chromium, bool(pytestconfig.getoption("--long")))


@every_language
@every_kind
def test_no_rule_of_accessibility_is_broken(looks: Looks, address: str, kind: str, language: str) -> None:
    """At 360 pixels in Thai, light and dark, and 1280 in English axe finds nothing against WCAG 2.2 AA and good practice."""
    assert looks.at(f"{address}{EDITIONS[language]}{KINDS[kind]}").broken == []


@every_language
@every_kind
def test_nothing_scrolls_sideways(looks: Looks, address: str, kind: str, language: str) -> None:
    """At 360 pixels, and at 320, which is 1280 at 400 %, a page is no wider than its window."""
    assert looks.at(f"{address}{EDITIONS[language]}{KINDS[kind]}").too_wide == []


@every_language
@every_kind
def test_pages_keep_to_themselves(looks: Looks, address: str, kind: str, language: str) -> None:
    """No page asks another host for anything, none misses a file, and the console stays empty: no error, no refusal."""
    log = looks.at(f"{address}{EDITIONS[language]}{KINDS[kind]}").log

    assert log.outside(address) == []
    assert log.failed == []
    assert log.console == []


@every_language
@pytest.mark.parametrize("kind", HELD_BACK)
def test_pages_of_what_is_held_back_are_as_fit(looks: Looks, faulty: str, kind: str, language: str) -> None:
    """What is held back has a page as accessible as any other."""
    look = looks.at(f"{faulty}{EDITIONS[language]}{HELD_BACK[kind]}")

    assert look.broken == []
    assert look.too_wide == []
    assert look.log.outside(faulty) == []
    assert look.log.failed + look.log.console == []


@every_language
def test_the_page_for_lost_addresses_is_as_fit(looks: Looks, address: str, language: str) -> None:
    """An address that does not exist, however deep, has an accessible page with its styles, and nothing else is missing."""
    url = f"{address}{EDITIONS[language]}agencies/nobody/nothing/"
    look = looks.at(url)

    assert look.broken == []
    assert look.too_wide == []
    assert look.log.failed == [url]
    assert look.log.outside(address) == []


@every_kind
def test_nothing_that_is_read_needs_a_script(chromium: Browser, address: str, kind: str) -> None:
    """Without JavaScript a page says the same words, but for what is worked out or chosen by one reader; folds open."""
    url = address + KINDS[kind]
    with opened(chromium, PHONE) as (page, _):
        page.goto(url)
        with_script = page.locator("#main").inner_text()
        adds = page.locator("script#case, script#finder-words, select#province").count() > 0
    with opened(chromium, PHONE, java_script_enabled=False) as (page, _):
        page.goto(url)
        without = page.locator("#main").inner_text()

        assert [line for line in without.splitlines() if line not in with_script.splitlines()] == []
        assert without == with_script or adds
        assert len(without) > 100
        opens_what_is_folded(page)


def opens_what_is_folded(page: Page) -> None:
    """Open the first thing folded away, by the keyboard."""
    folds = page.locator("#main details:not([open]):not([hidden], [hidden] *)")
    if folds.count():
        fold = folds.first.element_handle()
        summary = fold.query_selector("summary")
        assert summary
        before = page.locator("#main").inner_text()
        summary.press("Enter")
        assert len(page.locator("#main").inner_text()) > len(before)


def test_the_table_behind_a_chart_opens_without_a_script(chromium: Browser, address: str) -> None:
    """The figures of every chart are in a table that needs no script to open."""
    with opened(chromium, PHONE, java_script_enabled=False) as (page, _):
        page.goto(address + TAX)
        table = page.locator("table.months").first
        shown = table.is_visible()
        page.locator("details:has(table.months) > summary").first.click()

        assert not shown
        assert table.is_visible()
        assert table.locator("tbody tr").count() >= 24


@every_kind
def test_the_language_switch_stays_on_the_page(chromium: Browser, address: str, kind: str) -> None:
    """The switch leads to the same page in the other language, and back."""
    with opened(chromium) as (page, _):
        page.goto(address + KINDS[kind])
        page.locator(".top-lang").click()
        expect(page).to_have_url(f"{address}en/{KINDS[kind]}")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        page.locator(".top-lang").click()
        expect(page).to_have_url(address + KINDS[kind])


@every_language
def test_the_site_stands_under_any_path(chromium: Browser, site: Path, language: str) -> None:
    """Under a path that nobody foresaw every kind of page has its styles, its links and its search."""
    words = load_strings(language)
    with serving(site, "/sub/path/") as address, opened(chromium) as (page, log):
        for path in KINDS.values():
            page.goto(f"{address}{EDITIONS[language]}{path}")
            links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
            inside = [link for link in links if urlsplit(link).netloc == urlsplit(address).netloc]

            assert [link for link in inside if not link.startswith(address)] == [], path
        page.goto(f"{address}{EDITIONS[language]}")
        page.locator("#q").fill("อาหาร" if language == "th" else "food")
        page.locator("#q").press("Enter")
        page.locator("#search-results a").first.click()
        page.get_by_role("navigation", name=words("shell.menu_main")).get_by_role(
            "link", name=words("nav.methods")
        ).click()

        assert page.url == f"{address}{EDITIONS[language]}methods/"
        assert log.failed == []
        assert log.outside(address) == []


@every_language
@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.startswith("service-")] + ["service", "home", "agency"]
)
def test_the_first_load_is_light(chromium: Browser, site: Path, address: str, kind: str, language: str) -> None:
    """All that a page needs at first, fonts included, is at most 150 KB."""
    with opened(chromium, PHONE) as (page, log):
        page.goto(f"{address}{EDITIONS[language]}{KINDS[kind]}", wait_until="networkidle")
        sizes = {url: sent(site, url.removeprefix(address)) for url in dict.fromkeys(log.requests)}

    assert any(url.endswith(".woff2") for url in sizes)
    assert sum(sizes.values()) <= FIRST_LOAD, sizes


@every_language
def test_the_heaviest_service_and_a_search_after_it_are_light(
    chromium: Browser, site: Path, address: str, language: str
) -> None:
    """The longest manual is at most 150 KB with all that it asks for at first; the page of search and a search 100 KB more."""
    folder = site / EDITIONS[language] / "agencies"
    page_file = max(folder.glob("*/*/index.html"), key=lambda path: len(gzip.compress(path.read_bytes(), 6)))
    heaviest = page_file.parent.relative_to(site).as_posix() + "/"
    with opened(chromium, PHONE) as (page, log):
        page.goto(f"{address}{heaviest}", wait_until="networkidle")
        first = {url: sent(site, url.removeprefix(address)) for url in dict.fromkeys(log.requests)}
        log.requests.clear()
        query = "ทะเบียน" if language == "th" else "registration"
        page.goto(f"{address}{EDITIONS[language]}search/?q={quote(query)}", wait_until="networkidle")
        assert page.locator("#search-results a").count() > 3
        asked = [url.partition("?")[0] for url in dict.fromkeys(log.requests) if url not in first]
        more = {url: sent(site, url.removeprefix(address)) for url in asked}

    assert any("search" in url for url in more)
    assert sum(first.values()) <= FIRST_LOAD, first
    assert sum(more.values()) <= MORE_FOR_SEARCH, more


def sent(site: Path, path: str) -> int:
    """Return the bytes of a file as a server sends it: text compressed, fonts as they are."""
    file = site / path / "index.html" if path.endswith("/") or not path else site / path
    content = file.read_bytes()
    return len(content) if file.suffix == ".woff2" else len(gzip.compress(content, 6))


@pytest.fixture(scope="module")
def paper(chromium: Browser, address: str, site: Path) -> dict[str, PdfReader]:
    """Return the vehicle tax page as it is printed, in both languages."""
    printed = {}
    for language, prefix in EDITIONS.items():
        with opened(chromium) as (page, _):
            page.goto(f"{address}{prefix}{TAX}")
            printed[language] = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return printed


def words_on(paper: PdfReader) -> str:
    """Return the text of all sheets, bare."""
    return bare("".join(sheet.extract_text() for sheet in paper.pages))


def bare(text: str) -> str:
    """Return text without spaces, and without Thai marks, which a PDF draws in other ways than it writes."""
    return re.sub(r"[\s\x00\u200b\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\uf700-\uf71a]", "", text.replace("ำ", "า"))


@every_language
def test_a_printed_page_is_a4(paper: dict[str, PdfReader], language: str) -> None:
    """Every sheet is A4, upright, within a point."""
    for sheet in paper[language].pages:
        assert abs(float(sheet.mediabox.width) - 595.28) < 1
        assert abs(float(sheet.mediabox.height) - 841.89) < 1


@every_language
def test_a_printed_page_holds_what_a_reader_needs(
    chromium: Browser, address: str, paper: dict[str, PdfReader], language: str
) -> None:
    """Title, promise and result, fees, documents, every folded table and the page's own address are on paper."""
    printed = words_on(paper[language])
    with opened(chromium) as (page, _):
        page.goto(f"{address}{EDITIONS[language]}{TAX}")
        needed = [
            *page.locator("h1, .promise .figure, .promise .unit").all_inner_texts(),
            *page.locator("#fees .rows dt, #fees table td").all_inner_texts(),
            *page.locator("#documents h3, #documents li b").all_inner_texts(),
            *page.locator("table.months").first.locator("tbody th").all_text_contents(),
        ]
        canonical = page.get_attribute("link[rel=canonical]", "href") or ""

    assert len(needed) > 40
    assert [text for text in needed if bare(text) not in printed] == []
    assert canonical.endswith(TAX)
    assert canonical in printed
