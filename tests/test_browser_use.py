"""Whatever a reader does with a page, its policy refuses nothing of it and the console stays empty."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import opened, serving
from playwright.sync_api import Browser, Page, expect
from sites import built
from test_browser_pages import DATA, EDITIONS, KINDS, MOUNT

pytestmark = pytest.mark.browser

# The browser's own complaint can be lost with the page it was about; the event cannot.
TOLD = 'addEventListener("securitypolicyviolation", event => console.error("refused " + event.violatedDirective))'
# All that is folded is opened, all that is asked is answered, all that can be pressed is pressed, and all folded again.
USED = """() => {
  const shown = selector => Array.from(document.querySelectorAll(selector)).filter(one => one.getClientRects().length);
  const folds = shown("summary");
  for (const fold of folds) fold.click();
  for (const field of shown("#main input:not([type=search])")) {
    if (field.type === "text") {
      field.value = "3";
      for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    } else field.click();
  }
  for (const button of shown("#main button[type=button]")) button.click();
  for (const fold of folds) fold.click();
  return folds.length;
}"""
QUERIES = {"th": ("ใบขับขี่", "[y9iskp", "ต่อเรือหางยาว"), "en": ("lisence", "food", "nothing like it")}
at_night = pytest.mark.long
readers = pytest.mark.parametrize(
    ("language", "width"),
    [("th", 360), ("en", 1280), pytest.param("th", 1280, marks=at_night), pytest.param("en", 360, marks=at_night)],
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demonstration's site."""
    return built(tmp_path_factory, "demonstration", DATA)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Return where it is served."""
    with serving(site, MOUNT) as served:
        yield served


@readers
def test_no_use_of_a_page_is_refused(chromium: Browser, address: str, width: int, language: str) -> None:
    """On every kind of page: what is folded opens and closes, questions are answered, colours change, it is printed, and keys walk through it."""
    with opened(chromium, width, service_workers="allow") as (page, log):
        page.add_init_script(TOLD)
        opened_folds = 0
        for path in (*KINDS.values(), "data/revisions/"):
            page.goto(f"{address}{EDITIONS[language]}{path}")
            opened_folds += use(page)

            assert log.console == [], path
        assert opened_folds > 10
        assert log.failed == []
        assert log.outside(address) == []


def use(page: Page) -> int:
    """Do with a page what readers do; return how many things were folded away on it."""
    folds = page.evaluate(USED)
    for colours in ("dark", "light"):
        page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
    page.emulate_media(media="print", forced_colors="active")
    page.evaluate("for (const name of ['beforeprint', 'afterprint']) dispatchEvent(new Event(name))")
    page.emulate_media(media="screen", forced_colors="none")
    for key in ("Tab", "Tab", "ArrowDown", "End", "Escape"):
        page.keyboard.press(key)
    return int(folds)


@readers
def test_no_search_is_refused(chromium: Browser, address: str, width: int, language: str) -> None:
    """Found, misspelt and found nowhere: searching, showing more and opening a result are all within the policy."""
    with opened(chromium, width, service_workers="allow") as (page, log):
        page.add_init_script(TOLD)
        page.goto(f"{address}{EDITIONS[language]}")
        page.locator("#q").fill(QUERIES[language][0])
        page.locator("#q").press("Enter")
        for query in (*QUERIES[language], {"th": "การ", "en": "re"}[language]):
            page.locator("#q").fill(query)
            expect(page.locator("#search-said")).to_contain_text(query if query != "[y9iskp" else "บัตรหาย")
        page.locator("#search-more").click()
        page.locator("#search-results a").last.click()
        expect(page.locator("h1")).to_be_visible()

        assert log.console == []
        assert log.failed == []
        assert log.outside(address) == []


def test_what_is_refused_is_told(chromium: Browser, site: Path, tmp_path: Path) -> None:
    """A style that stands in the page itself is refused, and both tests above would say so."""
    shutil.copytree(site / "assets", tmp_path / "assets")
    page_text = (site / "index.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(page_text.replace("<h1>", '<h1 style="color: red">'), encoding="utf-8")
    with serving(tmp_path, MOUNT) as address, opened(chromium) as (page, log):
        page.add_init_script(TOLD)
        page.goto(address)

        assert "error: refused style-src-attr" in log.console
