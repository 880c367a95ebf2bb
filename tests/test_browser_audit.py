"""The audit of accessibility, as far as a machine can hold it (AUDIT.md): the keyboard, names, spacing, zoom, targets."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from audit import heard, nameless, small_targets, spaced_out, walked
from browser import opened, serving, sideways
from playwright.sync_api import Browser
from sites import built
from test_browser_pages import DATA, EDITIONS, KINDS, MOUNT, TAX

pytestmark = pytest.mark.browser

HALF, SMALLEST = 640, 320  # 1280 at 200 %, and at 400 %
CALM = {"reduced_motion": "reduce"}
# In every run one kind of page of each sort in one language; at night every kind in both.
SOME = [
    ("th", "home"),
    ("en", "service"),
    ("th", "service-of-a-city"),
    ("th", "life-event-with-joins"),
    ("en", "methods"),
]
ALL = [(language, kind) for language in EDITIONS for kind in KINDS if (language, kind) not in SOME]
pages = pytest.mark.parametrize(
    ("language", "kind"), SOME + [pytest.param(*one, marks=pytest.mark.long) for one in ALL]
)
# What a chart is to ears: a picture with a sentence for its name, and its figures in a table.
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demonstration's site."""
    return built(tmp_path_factory, "demonstration", DATA)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Return where the demonstration is served."""
    with serving(site, MOUNT) as served:
        yield served


@pages
def test_a_page_bears_what_readers_do_to_it(chromium: Browser, address: str, language: str, kind: str) -> None:
    """At 200 and 400 % and with text set wider apart nothing is cut off or beside the page; a finger meets every target."""
    with opened(chromium, SMALLEST, **CALM) as (page, _):
        page.goto(f"{address}{EDITIONS[language]}{KINDS[kind]}")

        assert small_targets(page) == []
        assert spaced_out(page) == []
        assert sideways(page) == 0
        page.set_viewport_size({"width": HALF, "height": 400})
        assert small_targets(page) == []
        assert spaced_out(page) == []
        assert sideways(page) == 0


@pages
def test_a_keyboard_comes_through(chromium: Browser, address: str, language: str, kind: str) -> None:
    """Tab goes through the page in the order of its text and out of it; each stop is seen, with a ring, and nothing hides it."""
    with opened(chromium, 360, **CALM) as (page, _):
        page.goto(f"{address}{EDITIONS[language]}{KINDS[kind]}")
        page.locator("#main details").evaluate_all("all => { for (const one of all.slice(0, 10)) one.open = true; }")
        stops = walked(page)

        assert len(stops) > 10
        assert [stop["name"] for stop in stops if not stop["seen"]] == []
        assert [stop["name"] for stop in stops if not stop["ring"]] == []
        assert [stop["name"] for stop in stops if not stop["onward"]] == []


@pages
def test_whoever_listens_hears_a_name_for_everything(chromium: Browser, address: str, language: str, kind: str) -> None:
    """Every control, link, heading, picture and landmark has a name in the accessibility tree, and no landmark's name stands twice."""
    with opened(chromium, 360, **CALM) as (page, _):
        page.goto(f"{address}{EDITIONS[language]}{KINDS[kind]}")
        told = heard(page)
        roles = Counter(role for role, _ in told)
        marks = Counter(one for one in told if one[0] in {"navigation", "region", "complementary", "search"})

        assert list(nameless(told)) == []
        assert [one for one, times in marks.items() if times > 1] == []
        assert {role: roles[role] for role in ("banner", "main", "contentinfo")} == {
            "banner": 1,
            "main": 1,
            "contentinfo": 1,
        }


def test_what_changes_is_said(chromium: Browser, address: str) -> None:
    """What a search finds, how many documents are ready, what a fee comes to and when a case is due stand in live regions."""
    with opened(chromium, 360, **CALM) as (page, _):
        page.goto(f"{address}en/{TAX}")
        live = page.locator("[role=status], [aria-live=polite], output").count()
        page.goto(f"{address}en/search/?q=tax")
        page.locator("#search-results a").first.wait_for()

        assert live >= 3
        assert any(role == "status" for role, _ in heard(page))


def test_nothing_moves_for_whoever_asks_for_calm(chromium: Browser, address: str) -> None:
    """With reduced motion pages neither scroll smoothly nor move anything, those in Markdown neither."""
    with opened(chromium, 360, **CALM) as (page, _):
        for path in (TAX, "methods/"):
            page.goto(f"{address}{path}")

            assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
            page.locator("summary").last.evaluate("one => { one.parentElement.open = true; }")
            assert page.evaluate("document.getAnimations().length") == 0


def test_the_system_s_own_colours_hide_nothing(chromium: Browser, address: str) -> None:
    """In forced colours charts and marks keep their own, and one item of the menu stands out."""
    with opened(chromium, 1280, forced_colors="active", **CALM) as (page, _):
        page.goto(address + TAX)
        marked = page.eval_on_selector_all(
            ".tabs a",
            "all => all.map(one => getComputedStyle(one)).map(one => one.borderBottomColor === getComputedStyle(document.body).backgroundColor)",
        )

        assert sorted(marked) == [False] + [True] * (len(marked) - 1)
        assert page.locator(".plot").first.evaluate("one => getComputedStyle(one).forcedColorAdjust") == "none"


def test_no_two_pages_have_one_title(site: Path) -> None:
    """Within a language every page has a title of its own."""
    for prefix in EDITIONS.values():
        titles: dict[str, list[str]] = {}
        for path in (site / prefix).rglob("index.html"):
            name = path.relative_to(site / prefix).as_posix()
            if prefix or not name.startswith("en/"):
                titles.setdefault(TITLE.findall(path.read_text("utf-8"))[0], []).append(name)

        assert {title: names for title, names in titles.items() if len(names) > 1} == {}
