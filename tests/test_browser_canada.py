"""Real pages of another country in a real browser: the longest, the shortest, and those from which something is missing."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from browser import opened, serving
from looks import PHONE, Look, look_at
from playwright.sync_api import Browser, expect
from sites import canada_or_skip, canada_site

pytestmark = [pytest.mark.browser, pytest.mark.canada]

KINDS = ("90 levels", "one row", "no target", "a withheld row", "its agency", "home", "services", "data quality")
FIRST_LOAD = 150_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Canadian site."""
    return canada_site(tmp_path_factory)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Return where the Canadian site is served."""
    with serving(site) as served:
        yield served


@pytest.fixture(scope="module")
def paths(site: Path) -> Mapping[str, str]:
    """Return the page of each kind, found in the published data."""
    levels = Counter(map(_service, _table(site, "service_levels")))
    rows, verdicts = Counter[str](), dict[str, set[str]]()
    for row in _table(site, "performance"):
        rows[_service(row)] += 1
        verdicts.setdefault(_service(row), set()).add(row["verdict"])
    longest = max(levels, key=lambda service: levels[service])
    assert levels[longest] == 90
    withheld = _of_withheld_row(site)
    return {
        "90 levels": longest,
        "one row": min(service for service, count in rows.items() if count == 1),
        "no target": min(service for service, found in verdicts.items() if found == {"no_target"}),
        "a withheld row": withheld,
        "its agency": withheld.rsplit("/", 2)[0] + "/",
        "home": "",
        "services": "services/",
        "data quality": "data-quality/",
    }


def _table(site: Path, name: str) -> Iterator[dict[str, str]]:
    with (site / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _service(row: Mapping[str, str]) -> str:
    return f"agencies/{row['agency_id']}/{row['service_id']}/"


def _of_withheld_row(site: Path) -> str:
    """Return the page of the service of the first row that has more cases in time than cases."""
    problem = next(row for row in _table(site, "problems") if row["code"] == "within-target-exceeds-volume")
    lines = (canada_or_skip() / problem["file"]).read_text(encoding="utf-8-sig").splitlines()
    row = dict(zip(lines[0].split(","), lines[int(problem["line"]) - 1].split(","), strict=True))
    return f"agencies/{problem['agency_id']}/{row['service_id']}/"


@pytest.fixture(scope="module")
def look(chromium: Browser, address: str, paths: Mapping[str, str], request: pytest.FixtureRequest) -> Look:
    """Return how the page of a kind looks; the kind is the fixture's parameter."""
    return look_at(chromium, address + paths[request.param])


@pytest.mark.parametrize("look", KINDS, indirect=True)
def test_real_pages_are_fit_for_every_reader(look: Look, address: str) -> None:
    """Axe finds nothing, nothing scrolls sideways, nothing comes from elsewhere, and the console stays empty."""
    assert look.broken == []
    assert look.too_wide == []
    assert look.log.outside(address) == []
    assert look.log.failed + look.log.console == []


def test_a_page_of_90_promises_is_light(chromium: Browser, address: str, site: Path, paths: Mapping[str, str]) -> None:
    """The longest page, its style, script and fonts are at most 150 KB, and a list leads to each of its promises."""
    with opened(chromium, PHONE) as (page, log):
        page.goto(address + paths["90 levels"], wait_until="networkidle")
        files = [site / url.removeprefix(address) for url in dict.fromkeys(log.requests)]
        targets = page.eval_on_selector_all(
            "a[href^='#level']", "links => links.map(link => link.getAttribute('href'))"
        )

        assert len(set(targets)) >= 90
        assert all(page.locator(f"[id='{target[1:]}']").count() == 1 for target in sorted(set(targets)))
    assert sum(_sent(file / "index.html" if file.is_dir() else file) for file in files) <= FIRST_LOAD


def _sent(file: Path) -> int:
    content = file.read_bytes()
    return len(content) if file.suffix == ".woff2" else len(gzip.compress(content, 6))


def test_search_finds_among_hundreds_of_services(chromium: Browser, address: str) -> None:
    """A misspelt English query finds its service among 864."""
    with opened(chromium, PHONE) as (page, log):
        page.goto(f"{address}search/?q=pasport")
        expect(page.locator("#search-results a").first).to_contain_text("assport")

        assert log.console == []
        assert log.outside(address) == []
