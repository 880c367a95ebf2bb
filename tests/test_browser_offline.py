"""Pages that were read once open without a connection: in a real browser whose server is stopped, or has a newer site."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

import pytest
from browser import Log, opened, serving, sideways, violations
from playwright.sync_api import Browser, Page, expect
from sites import REPOSITORY, built
from small import write_small

from generator.locales import load_strings
from generator.website.build import build_site, find_configuration
from generator.website.plan import Request

pytestmark = pytest.mark.browser

MOUNT = "/sub/path/"  # not where the catalog says that the site stands
SERVICE = "agencies/sample/permit/"
LICENCE = "agencies/food-and-drugs/food-production-licence/"
IS_KEPT = """async address => {
  const heading = document.querySelector("h1").outerHTML;
  for (let n = 0; n < 1000; n++) {
    const kept = await caches.match(address);
    if (kept && (await kept.text()).includes(heading)) return true;
    await new Promise(done => setTimeout(done, 20));
  }
}"""
IS_GONE = """async () => {
  for (let n = 0; n < 1000; n++) {
    if (!(await caches.keys()).length && !(await navigator.serviceWorker.getRegistrations()).length) return true;
    await new Promise(done => setTimeout(done, 20));
  }
}"""
STYLED = "getComputedStyle(document.querySelector('.top-in')).display === 'flex'"
FONTS = "document.fonts.ready.then(all => Array.from(all).some(one => one.status === 'loaded'))"
PREFIXES = {"th": "", "en": "en/"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site in two languages."""
    folder = tmp_path_factory.mktemp("offline")
    request = Request(write_small(folder / "data"), date(2026, 11, 22), jobs=1)
    build_site(request, folder / "site", find_configuration())
    return folder / "site"


class Reader:
    """Somebody who reads pages of a site that can be stopped."""

    def __init__(self, page: Page, log: Log, address: str, server: ExitStack) -> None:
        self.page, self.log, self.address, self._server = page, log, address, server

    def reads(self, *paths: str) -> None:
        """Open pages, one after the other, and stay until each is kept."""
        for path in paths:
            self.page.goto(self.address + path)
            self.stays()

    def stays(self) -> None:
        """Wait until the page as it is shown is kept."""
        assert self.page.evaluate(IS_KEPT, self.page.url.partition("?")[0])

    def loses_the_connection(self) -> None:
        """Stop the server."""
        self._server.close()
        self.log.console.clear()
        self.log.failed.clear()


@contextmanager
def reading(chromium: Browser, site: Path, width: int = 360) -> Iterator[Reader]:
    """Yield a reader of a site."""
    with ExitStack() as server, opened(chromium, width, service_workers="allow") as (page, log):
        yield Reader(page, log, server.enter_context(serving(site, MOUNT)), server)


def test_a_page_that_was_read_opens_without_a_connection(chromium: Browser, site: Path) -> None:
    """It has its styles, its fonts and its script, and says in its language that it is a copy, and of which day."""
    with reading(chromium, site) as reader:
        reader.reads("about/", "en/about/")
        assert not reader.page.locator(".notice.kept").is_visible()
        reader.loses_the_connection()
        for language, prefix in PREFIXES.items():
            reader.page.goto(f"{reader.address}{prefix}about/")

            expect(reader.page.locator(".notice.kept")).to_be_visible()
            expect(reader.page.locator(".notice.kept")).to_contain_text(load_strings(language)("offline.copy"))
            assert "22" in reader.page.locator(".notice.kept time").inner_text()
            assert reader.page.evaluate(STYLED)
            assert reader.page.evaluate(FONTS)
            assert violations(reader.page) == []
            assert sideways(reader.page) == 0
        assert reader.log.console + reader.log.failed == []


def test_the_first_page_is_kept_before_a_worker_was_there(chromium: Browser, site: Path) -> None:
    """Even the page that brought the worker opens again, with all its files, and by an address without its last slash."""
    with reading(chromium, site) as reader:
        reader.reads("about/")
        reader.loses_the_connection()
        reader.page.goto(f"{reader.address}about")

        assert reader.page.url == f"{reader.address}about/"
        assert reader.page.evaluate(STYLED)
        assert reader.log.failed == []


def test_a_page_that_was_not_read_says_so(chromium: Browser, site: Path) -> None:
    """In the language of the address, with the pages that are at hand, of which one opens."""
    with reading(chromium, site) as reader:
        reader.reads("about/", SERVICE)
        title = reader.page.locator("h1").inner_text()
        reader.loses_the_connection()
        for language, prefix in PREFIXES.items():
            reader.page.goto(f"{reader.address}{prefix}methods/")

            expect(reader.page.locator("h1")).to_have_text(load_strings(language)("offline.title"))
            expect(reader.page.locator("html")).to_have_attribute("lang", language)
            expect(reader.page.locator("#kept li")).to_have_count(2)
            assert reader.page.evaluate(STYLED)
            assert violations(reader.page) == []
            assert sideways(reader.page) == 0
        assert [line for line in reader.log.console if "503" not in line] == []
        reader.page.locator("#kept a").first.click()
        expect(reader.page.locator("h1")).to_have_text(title)


def test_what_was_reckoned_is_reckoned_again(
    chromium: Browser, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A due date needs a calendar and a module that came only when it was asked for: without a connection another is counted."""
    demonstration = built(tmp_path_factory, "demonstration", REPOSITORY / "sla_data")
    # Files of this very second: of older ones the browser itself keeps some for a while, and never asks the worker.
    fresh = shutil.copytree(demonstration, tmp_path / "site", copy_function=shutil.copyfile)
    with reading(chromium, fresh) as reader:
        reader.reads(LICENCE)
        first = due_on(reader.page, "2026-11-23")
        reader.stays()
        reader.loses_the_connection()
        reader.page.goto(reader.address + LICENCE)

        expect(reader.page.locator(".notice.kept")).to_be_visible()
        assert due_on(reader.page, "2026-11-23") == first
        assert "2570" in due_on(reader.page, "2026-12-30", first)
        assert reader.log.console + reader.log.failed == []


def due_on(page: Page, day: str, before: str = "") -> str:
    """Return what the page answers to a day of filing; ``before`` is what it said last."""
    page.locator("#due-day").fill(day)
    page.locator("#due-form button").click()
    expect(page.locator("#due-answer")).not_to_have_text(before)
    return page.locator("#due-answer").inner_text()


def test_what_was_searched_for_is_found_again(chromium: Browser, site: Path) -> None:
    """The pieces of the index that a search fetched answer the same search without a connection; others are said to fail."""
    with reading(chromium, site) as reader:
        reader.reads("en/search/?q=permit")
        expect(reader.page.locator("#search-results a").first).to_be_visible()
        reader.page.reload()
        expect(reader.page.locator("#search-results a").first).to_be_visible()
        found = reader.page.locator("#search-results a").all_inner_texts()
        reader.loses_the_connection()
        reader.page.goto(f"{reader.address}en/search/?q=permit")

        expect(reader.page.locator("#search-results a").first).to_be_visible()
        assert reader.page.locator("#search-results a").all_inner_texts() == found


def newer(site: Path, folder: Path) -> Path:
    """Return a copy of a site built a day later by newer software: other words, a style sheet of another name."""
    shutil.copytree(site, folder)
    old = next(folder.glob("assets/clearly.*.css"))
    old.rename(old.with_name("clearly.0badcafe.css"))
    for path in [*folder.rglob("*.html"), folder / "sw.js"]:
        text = path.read_text("utf-8").replace(old.name, "clearly.0badcafe.css").replace('"version":"', '"version":"1')
        path.write_text(text.replace("<h1", '<h1 data-newer="1"'), "utf-8")
    return folder


def test_a_page_is_never_older_than_the_site_while_that_answers(chromium: Browser, site: Path, tmp_path: Path) -> None:
    """With a connection the newest page is shown; without one each page has the styles of its own build."""
    shutil.copytree(site, tmp_path / "site")
    newer(site, tmp_path / "newer")
    with reading(chromium, tmp_path / "site") as reader:
        reader.reads("about/", "methods/")
        (tmp_path / "site").rename(tmp_path / "old")
        (tmp_path / "newer").rename(tmp_path / "site")
        reader.page.goto(f"{reader.address}about/")
        reader.page.reload()  # whatever the browser itself still holds
        assert reader.page.locator("h1[data-newer]").count() == 1
        reader.stays()
        reader.loses_the_connection()
        for path, is_newer in (("about/", 1), ("methods/", 0)):
            reader.page.goto(reader.address + path)
            assert reader.page.locator("h1[data-newer]").count() == is_newer
            assert reader.page.evaluate(STYLED)
        assert reader.log.failed == []


def test_a_worker_can_be_retired(chromium: Browser, site: Path, tmp_path: Path) -> None:
    """Where the site says `offline: false`, the worker and all that it kept are gone after the next visit."""
    shutil.copytree(site, tmp_path / "site")
    with reading(chromium, tmp_path / "site") as reader:
        reader.reads("about/")
        retire = Path(find_configuration().parent / "generator/website/worker/retire.js")
        shutil.copy(retire, tmp_path / "site/sw.js")
        reader.page.goto(f"{reader.address}en/")
        reader.page.evaluate("navigator.serviceWorker.getRegistration().then(one => one.update())")

        assert reader.page.evaluate(IS_GONE)


def test_what_is_kept_is_bounded(chromium: Browser, site: Path, tmp_path: Path) -> None:
    """The pages that were read last are kept, however often one of them; the others go."""
    shutil.copytree(site, tmp_path / "site")
    worker = tmp_path / "site/sw.js"
    worker.write_text(worker.read_text("utf-8").replace("[PAGES]: 60", "[PAGES]: 3"), "utf-8")
    with reading(chromium, tmp_path / "site") as reader:
        reader.reads("about/", "methods/", "about/", "services/", "agencies/")
        kept = reader.page.evaluate(
            "caches.open('clearly /sub/path/ pages').then(one => one.keys()).then(all => all.map(r => r.url))"
        )

        assert kept == [f"{reader.address}{path}/" for path in ("about", "services", "agencies")]
