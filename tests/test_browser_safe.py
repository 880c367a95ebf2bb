"""Text stays text in a real browser: nothing that is typed into a field runs, leads away, or takes the page apart.

The probes are alive (without our escaping and our policy they fire), our escaping alone stops them all, and so does
our policy alone, but for the one that leads the reader away.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from bones import Bare, bones_in_browser
from browser import opened, serving, sideways
from playwright.sync_api import Browser, expect
from probes import FAR, HANDLERS, LINKS, SCRIPTS, WHOLE_PAGE, probed_site, typed_into

from generator.website.chrome import POLICY

pytestmark = pytest.mark.browser

MOUNT = "/sla/"
NUMBER = re.compile("[0-9]{4,5} ")  # what every line of a probed field begins with
# Whatever fires says so in the console; nothing else writes there but the browser's own complaints.
TOLD = """window.alert = () => console.error("fired");
addEventListener("securitypolicyviolation", event => console.error("refused " + event.violatedDirective));"""
# Everything is hovered over, focused and clicked; where a click leads is looked at instead of followed.
TOUCHED = """() => {
  addEventListener("click", event => {
    const link = event.target.closest("a[href]");
    if (link && link.protocol !== "javascript:") event.preventDefault();
  }, true);
  addEventListener("submit", event => event.preventDefault(), true);
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  const shown = Array.from(document.querySelectorAll("body *")).filter(one => one.getClientRects().length);
  for (const one of shown) {
    for (const kind of ["pointerover", "mouseover", "mouseenter", "mousemove", "focusin", "focus", "pointerdown", "keydown"])
      one.dispatchEvent(new Event(kind, { bubbles: true }));
    one.focus?.();
    one.click?.();
  }
  const links = Array.from(document.querySelectorAll("[href], [src], [action]"), one => one.href ?? one.src ?? one.action);
  return {
    schemes: [...new Set(links.map(link => new URL(link.baseVal ?? link, location).protocol))].sort(),
    frames: window.length,
    base: document.baseURI === location.href,
    seen: ["header.top", "#main h1", "footer.foot"].map(name => document.querySelector(name)?.getClientRects().length > 0),
  };
}"""
# A policy that stands in the page cannot keep a reader from being led away at once; only escaping does.
LIVE = tuple(probe for probe in (*SCRIPTS, *HANDLERS, *LINKS, *WHOLE_PAGE) if "refresh" not in probe)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site with probes in every field."""
    return probed_site(tmp_path_factory)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Return where it is served."""
    with serving(site, MOUNT) as served:
        yield served


@pytest.fixture(scope="module")
def paths(site: Path) -> list[str]:
    """Return the addresses of some page of each kind in each language, and of some on which each field is shown."""
    names = {NUMBER.findall(line)[0]: name for name, lines in typed_into().items() for line in lines}
    wanted: dict[str, set[object]] = {}
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix().removesuffix("index.html")
        fields = {names[number] for number in NUMBER.findall(file.read_text(encoding="utf-8")) if number in names}
        wanted[path] = {(path.startswith("en/"), name) for name in fields} | {_kind(path)}
    return list(_covering(wanted))


def _kind(path: str) -> tuple[str, ...]:
    """Return what pages of one kind have in common: the names of agencies, services and lists are left out."""
    first, *rest = path.removeprefix("en/").split("/")
    named = [f"{len(rest)}"] if first in {"agencies", "services"} else rest
    return "en" if path.startswith("en/") else "", first, *named


def _covering(wanted: dict[str, set[object]]) -> Iterator[str]:
    """Yield addresses until all that is wanted has been on one of them: always that with the most of what is left."""
    left = set().union(*wanted.values())
    while left:
        best = max(wanted, key=lambda path: len(wanted[path] & left))
        left -= wanted[best]
        yield best


def test_a_browser_makes_of_each_page_what_its_source_says(
    chromium: Browser, site: Path, paths: list[str], times: Callable[[int, int], int]
) -> None:
    """No element of any page is closed, moved, added or dropped by the browser, whatever the fields hold."""
    every = [file.relative_to(site).as_posix() for file in sorted(site.rglob("*.html"))]
    some = [f"{path}index.html" if path.endswith("/") or not path else path for path in paths]
    with opened(chromium) as (page, _):
        for name in (some, every)[times(0, 1)]:
            source = (site / name).read_text(encoding="utf-8")

            assert bones_in_browser(page, source) == Bare(source).bones, name


@pytest.mark.parametrize("policy", [True, False], ids=["policy", "no-policy"])
def test_nothing_fires(
    chromium: Browser, address: str, paths: list[str], policy: bool, times: Callable[[int, int], int]
) -> None:
    """On no kind of page, nor for any field, anything fires, leaves, is asked for elsewhere or too wide for a phone."""
    with opened(chromium, 360, bypass_csp=not policy) as (page, log):
        page.add_init_script(TOLD)
        for path in paths if policy else paths[:: times(2, 1)]:  # by day escaping alone is tried on half of them
            page.goto(f"{address}{path}")
            too_wide = sideways(page)
            found = page.evaluate(TOUCHED)

            assert page.url == f"{address}{path}"
            assert found["seen"] == [True] * 3, path
            assert (found["frames"], found["base"]) == (0, True), path
            assert set(found["schemes"]) <= {"http:", "https:", "mailto:", "tel:"}, path
            assert log.console == [], path
            assert too_wide == 0, path
    assert log.outside(address) == []


def test_what_is_found_is_text(chromium: Browser, address: str) -> None:
    """Results, and what was searched for, are printed as text."""
    elements = {"LI", "H2", "A", "P"}
    with opened(chromium, bypass_csp=True) as (page, log):
        page.add_init_script(TOLD)
        for query in ("<img src=x onerror=alert(1)>", "</script><script>", "alert(1)", "{{ 7919*7907 }}", "__proto__"):
            page.goto(f"{address}search/?q={quote(query)}")
            expect(page.locator("#search-said")).not_to_be_empty()
            page.evaluate(TOUCHED)
            made = page.evaluate("Array.from(document.querySelectorAll('#search-results *'), one => one.nodeName)")

            assert set(made) <= elements
            assert query in page.inner_text("#search-said")
    assert log.console == []
    assert log.outside(address) == []


# ---- the two layers, each alone ----


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where each probe stands unescaped in a page of its own, below our policy."""
    folder = tmp_path_factory.mktemp("raw")
    for number, probe in enumerate(LIVE):
        head = f'<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>x</title></head>'
        (folder / f"{number}.html").write_text(f"{head}<body><main title='x'>{probe}</main></body></html>", "utf-8")
    with serving(folder) as served:
        yield served


def fired(chromium: Browser, raw: str, **options: Any) -> list[str]:
    """Return the probes that ran something, or asked for something elsewhere."""
    found = []
    with opened(chromium, **options) as (page, log):
        page.add_init_script(TOLD)
        page.route(f"{FAR}/**", lambda route: route.abort())  # so that a page that leaves for it stays
        for number, probe in enumerate(LIVE):
            log.console.clear()
            log.requests.clear()
            page.goto(f"{raw}{number}.html")
            page.evaluate(TOUCHED)
            page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
            blocked = [line.partition(" ")[0] for line in log.failed if line.endswith(" csp")]
            if set(log.outside(raw)) - set(blocked) or any("fired" in line for line in log.console):
                found.append(probe)
    return found


def test_the_policy_alone_stops_them(chromium: Browser, raw: str) -> None:
    """Were nothing escaped, the policy would let nothing run and nothing be fetched."""
    assert fired(chromium, raw) == []


def test_the_probes_are_alive(chromium: Browser, raw: str) -> None:
    """Without escaping and without a policy half of the probes fire: it is not for want of teeth that they are harmless."""
    found = fired(chromium, raw, bypass_csp=True)

    assert len(found) > len(LIVE) / 2, sorted(set(LIVE) - set(found))
