"""Search in a real browser: what people type finds what they mean, nothing is missed, and little is sent."""

import csv
import json
import random
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from browser import Log, opened, serving
from made_index import made_entries, made_groups, made_queries
from playwright.sync_api import Browser, Page, expect
from search_truth import Truth
from sites import AS_OF, REPOSITORY, built

from generator.locales import load_strings
from generator.pipeline import measured
from generator.views.search import Entry, Group, synonyms, write_index
from generator.views.search_entries import entries_of, groups_of
from generator.views.summary import card_of
from generator.views.words import Words
from generator.website.plan import Request, make_plan, words_of

pytestmark = pytest.mark.browser

DATA = REPOSITORY / "sla_data"
VECTORS = json.loads((Path(__file__).parent / "vectors" / "folding.json").read_text(encoding="utf-8"))

# Section 6 of the wording reference: what is typed, and what must come first, for the services that the demonstration has.
TYPED = {
    "ต่อทะเบียนรถ": "land-transport/annual-vehicle-tax",
    "ต่อภาษีรถ ออนไลน์": "land-transport/annual-vehicle-tax",
    "ต่อ พรบ รถ": "land-transport/annual-vehicle-tax",
    "บัตร ปชช หาย": "civil-registration/id-card-lost",
    "บัดประชาชนหมดอายุ": "civil-registration/id-card-expired",
    "ทำบัตรเด็ก 7 ขวบ": "civil-registration/id-card-first",
    "ต่อใบขับขี่": "land-transport/licence-renewal",
    "ใบขับขี่หาย": "land-transport/licence-replacement",
    "โอนรถมือสอง": "land-transport/change-of-owner",
    "พาสปอต": "consular-affairs/passport",
    "แจ้งเกิดลูก": "civil-registration/birth-notification",
    "ใบมรณะบัตร": "civil-registration/death-notification",
    "ย้ายทะเบียนบ้าน ปลายทาง": "civil-registration/move-in",
    "ทะเบียนบ้านหาย": "civil-registration/house-registration-copy",
    "ขอบ้านเลขที่": "sample-city/house-number",
    "จดทะเบียนสมรด": "civil-registration/marriage",
    "เปลียนชื่อ": "civil-registration/change-of-name",
    "เงินเด็ก 600": "sample-city/child-grant",
    "เบี้ยคนแก่": "sample-city/old-age-allowance",
    "บัตรคนพิการ": "sample-province/disability-card",
    "ตกงาน ประกันสังคม": "social-security/unemployment-benefit",
    "เบิกค่าคลอด": "social-security/maternity-benefit",
    "ขายของออนไลน์ จดทะเบียน": "business-registration/commercial-registration",
    "เปิดบริษัท": "business-registration/company",
    "โอนที่ดินให้ลูก": "lands/land-gift",
    "โฉนดหาย": "lands/title-deed-replacement",
    "ขอมิเตอร์ไฟ": "sample-electricity/new-meter",
    "ต่อเติมบ้าน": "sample-city/building-alteration",
    "รับรองเอกสาร กงศุล": "consular-affairs/legalisation",
    "เปิดร้านอาหาร": "sample-city/food-premises",
    # the same, as keyboards and copied texts write it
    "[y9iskp": "civil-registration/id-card-lost",
    "ทำบัตรเด็ก ๗ ขวบ": "civil-registration/id-card-first",
    "เงินเด็ก ๖๐๐": "sample-city/child-grant",
    "ทําบัตรเด็ก 7 ขวบ": "civil-registration/id-card-first",  # SARA AM in two letters
    "เเจ้งเกิดลูก": "civil-registration/birth-notification",  # two เ for one แ
    "ต่อ\u200bทะเบียนรถ": "land-transport/annual-vehicle-tax",
    "ทะเบียนบ้าน หาย": "civil-registration/house-registration-copy",
    "บัตร ประชาชน หมดอายุ": "civil-registration/id-card-expired",
    "ใบเกิด": "civil-registration/birth-notification",
}  # fmt: skip
TYPED_IN_ENGLISH = {
    "car tax": "land-transport/annual-vehicle-tax",
    "vehicle tax online": "land-transport/annual-vehicle-tax",
    "lost ID card": "civil-registration/id-card-lost",
    "id card LOST": "civil-registration/id-card-lost",
    "driving licence": "land-transport/licence-renewal",
    "lisence renewal": "land-transport/licence-renewal",
    "passport": "consular-affairs/passport",
    "pasport": "consular-affairs/passport",
    "birth": "civil-registration/birth-notification",
    "marriage": "civil-registration/marriage",
    "child grant": "sample-city/child-grant",
    "restaurant": "sample-city/food-premises",
    "electricity meter": "sample-electricity/new-meter",
    "disability": "sample-province/disability-card",
    "unemployment": "social-security/unemployment-benefit",
}
# The demonstration has no such service: an honest nothing, not something that is spelt a little like it.
FOUND_NOWHERE = ("จดแวท", "ยื่นภาษี ภงด 91", "จ่ายใบสั่ง", "ใบประวัติอาชญากรรม", "รายงานตัว 90 วัน")
FIRST_SEARCH = 100_000  # bytes, as they lie on the disk: whether a server compresses them is its own affair


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demonstration's site."""
    return built(tmp_path_factory, "demonstration", DATA)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Return where the demonstration is served."""
    with serving(site) as served:
        yield served


@pytest.fixture(scope="module")
def thai(chromium: Browser, address: str) -> Iterator[Page]:
    """Return the Thai page of search."""
    with opened(chromium) as (page, _):
        page.goto(f"{address}search/")
        yield page


@pytest.fixture(scope="module")
def english(chromium: Browser, address: str) -> Iterator[Page]:
    """Return the English page of search."""
    with opened(chromium) as (page, _):
        page.goto(f"{address}en/search/")
        yield page


def finds(page: Page, *queries: str) -> list[list[str]]:
    """Return what each query finds, best first."""
    page.wait_for_function("window.clearlySearch")
    found: list[list[str]] = page.evaluate("queries => Promise.all(queries.map(clearlySearch.find))", list(queries))
    return found


def first_of_each(page: Page, typed: dict[str, str]) -> dict[str, str]:
    """Return what comes first for each query, as agency and service."""
    found = finds(page, *typed)
    return {
        query: (paths[0] if paths else "").removeprefix("agencies/").strip("/")
        for query, paths in zip(typed, found, strict=True)
    }


def test_what_people_type_finds_what_they_mean(thai: Page) -> None:
    """Everyday names, abbreviations, misspellings and the wrong keyboard name their service first."""
    assert first_of_each(thai, TYPED) == TYPED


def test_what_people_type_in_english_finds_what_they_mean(english: Page) -> None:
    """So do English words, in any order and misspelt by a letter."""
    assert first_of_each(english, TYPED_IN_ENGLISH) == TYPED_IN_ENGLISH


def test_names_in_the_other_language_find_too(thai: Page, english: Page) -> None:
    """Who reads Thai types “driving licence”, and who reads English copies ใบขับขี่ from a paper: both find it first."""
    in_english = {query: TYPED_IN_ENGLISH[query] for query in ("driving licence", "pasport", "lost ID card")}
    in_thai = {query: TYPED[query] for query in ("ต่อใบขับขี่", "ใบขับขี่หาย", "บัตร ประชาชน หมดอายุ")}

    assert first_of_each(thai, in_english) == in_english
    assert first_of_each(english, in_thai) == in_thai


def test_what_is_not_there_is_not_found(thai: Page) -> None:
    """A service that no agency has finds nothing, rather than something else."""
    assert finds(thai, *FOUND_NOWHERE) == [[]] * len(FOUND_NOWHERE)


def test_the_browser_folds_as_python_does(thai: Page) -> None:
    """The fold and the looser fold give in the browser what the shared vectors say."""
    thai.wait_for_function("window.clearlySearch")
    folded = thai.evaluate("texts => texts.map(clearlySearch.fold)", [vector["text"] for vector in VECTORS])
    loose = thai.evaluate("texts => texts.map(clearlySearch.loosen)", [vector["fold"] for vector in VECTORS])

    assert folded == [vector["fold"] for vector in VECTORS]
    assert loose == [vector["loose"] for vector in VECTORS]


def told_of(language: str) -> tuple[list[Entry], tuple[Group, ...], tuple[tuple[str, str], ...]]:
    """Return the entries of an edition of the demonstration, the groups that they are of, and the synonyms."""
    with make_plan(Request(DATA, date.fromisoformat(AS_OF), jobs=1), REPOSITORY / "content") as plan:
        catalog = plan.prepared.catalog
        strings, wording = words_of(plan, language)
        words = Words(language, strings, wording, catalog.first_language, plan.prepared.as_of)
        of_agencies = [measured(plan.prepared, agency_id) for agency_id in catalog.agency_ids]
        cards = [card_of(catalog, data, result, plan.prepared.as_of) for data, result in of_agencies]
        entries = [entry for card in cards for entry in entries_of(card, words)]
        return entries, groups_of(catalog, cards, words), synonyms(strings("search.synonyms"))


def parts_of_titles(entries: list[Entry], count: int, seed: int) -> list[str]:
    """Return parts of titles, 2 to 12 letters long."""
    chance, parts = random.Random(seed), []
    while len(parts) < count:
        title, length = chance.choice(entries).title, chance.randrange(2, 13)
        start = chance.randrange(0, max(1, len(title) - length + 1))
        part = title[start : start + length]
        if len(re.sub(r"[\W_]", "", part.replace("ฯ", ""))) >= 2:
            parts.append(part)
    return parts


@pytest.mark.parametrize(("language", "shown"), [("th", "thai"), ("en", "english")])
def test_no_part_of_a_title_is_missed(language: str, shown: str, request: pytest.FixtureRequest) -> None:
    """300 parts of titles find every service that has them, and none that has not."""
    entries, groups, pairs = told_of(language)
    truth = Truth(entries, groups, pairs)
    queries = parts_of_titles(entries, 300, 2569)

    found = finds(request.getfixturevalue(shown), *queries)

    for query, paths in zip(queries, found, strict=True):
        assert len(paths) == len(set(paths)), query
        assert set(paths) & truth.texts.keys() == truth.finds(query), query


def test_the_number_of_results_is_said(chromium: Browser, address: str) -> None:
    """A live region says how many services were found, in words, and says so when there are none."""
    with opened(chromium) as (page, log):
        page.goto(f"{address}search/")
        said = page.get_by_role("status")
        page.get_by_role("searchbox").last.fill("ทะเบียนสมรส")
        expect(said).to_have_text(re.compile("พบ 1.บริการ สำหรับ “ทะเบียนสมรส”"))
        page.get_by_role("searchbox").last.fill("ต่อเรือหางยาว")
        expect(said).to_contain_text("ไม่พบบริการที่ตรงกับ “ต่อเรือหางยาว”")
        expect(page.locator("#search-az")).to_be_visible()
        page.get_by_role("searchbox").last.fill("[y9iskp")
        expect(said).to_contain_text("บัตรหาย")

        assert log.console == []
        assert log.outside(address) == []


def near(page: Page, query: str) -> list[str]:
    """Return the headings of the names that are offered where a query finds nothing."""
    page.goto(f"{page.url.partition('?')[0]}?q={quote(query)}")
    expect(page.get_by_role("status")).not_to_be_empty()
    return page.locator("#search-near h2 + ol a").all_inner_texts()


def test_where_nothing_is_found_the_nearest_names_are_offered(chromium: Browser, address: str) -> None:
    """Services, by the name that is near, and agencies are links under what was not found; a far word offers nothing."""
    with opened(chromium, width=360) as (page, log):
        page.goto(f"{address}search/")
        marriage = near(page, "ทะเบียนสมรถสมรัก")
        alias = page.locator("#search-near-list li").first.get_by_text("ทะเบียนสมรส", exact=False).all_inner_texts()
        licences = near(page, "ใบอนุญาตขับรถจักรยาน")
        said = page.get_by_role("status").inner_text()
        agency = near(page, "กรมขนส่งทางน้ำ")
        page.get_by_role("link", name="กรมการขนส่งทางบก (สาธิต)").click()
        expect(page).to_have_url(f"{address}agencies/land-transport/")

        assert marriage[0] == "การจดทะเบียนสมรส"
        assert any("ตรงกับชื่อเรียก" in line for line in alias)
        assert "การขอใบแทนใบอนุญาตขับรถ" in licences
        assert load_strings("th")("search.near_said") in said
        assert agency == ["กรมการขนส่งทางบก (สาธิต)"]
        assert log.console == []


def test_nothing_near_is_no_name(chromium: Browser, address: str) -> None:
    """What is found asks for no script of near names; a query that shares next to nothing with any name gets advice, and no names of other things."""
    with opened(chromium, width=360) as (page, log):
        page.goto(f"{address}search/?q={quote('หนังสือเดินทาง')}")
        expect(page.locator("#search-results a").first).to_be_visible()
        fetched = [url for url in log.requests if "/near." in url]

        assert fetched == []
        assert near(page, "qqqq") == []
        assert load_strings("th")("search.none_hint") in page.get_by_role("status").inner_text()
        assert not page.locator("#search-near").is_visible()


def test_other_pages_are_a_group_of_their_own(chromium: Browser, address: str) -> None:
    """Pages of prose are found, below the services and under a heading of their own."""
    heading = load_strings("th")("search.prose")
    title = page_title(chromium, f"{address}methods/")
    with opened(chromium) as (page, _):
        page.goto(f"{address}search/?q={quote(title)}")
        group = page.get_by_role("region", name=heading)
        link = group.get_by_role("link", name=title)
        expect(link).to_be_visible()
        link.click()
        expect(page).to_have_url(f"{address}methods/")


def page_title(chromium: Browser, url: str) -> str:
    """Return the first heading of a page."""
    with opened(chromium) as (page, _):
        page.goto(url)
        return page.get_by_role("heading", level=1).inner_text()


def test_the_keyboard_alone_will_do(chromium: Browser, address: str) -> None:
    """On a phone's width: type, go down and up through the results, and open one."""
    with opened(chromium, width=360) as (page, log):
        page.goto(f"{address}search/")
        field = page.locator("#q")
        field.focus()
        page.keyboard.type("ใบขับขี่")
        first = page.locator("#search-results a").first
        expect(first).to_be_visible()
        page.keyboard.press("ArrowDown")
        expect(first).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(page.locator("#search-results a").nth(1)).to_be_focused()
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        expect(field).to_be_focused()
        page.keyboard.press("ArrowDown")
        title = first.inner_text()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        page.go_back()
        expect(field).to_have_value("ใบขับขี่")
        expect(page.locator("#search-results a").first).to_be_visible()

        assert log.console == []


def test_the_form_of_every_page_leads_to_the_results(chromium: Browser, address: str) -> None:
    """What is typed on the first page is answered on the page of search, at an address that can be shared."""
    with opened(chromium, width=360) as (page, _):
        page.goto(f"{address}en/")
        page.locator("#q").fill("passport")
        page.locator("#q").press("Enter")
        expect(page.locator("#search-results a").first).to_have_text("Passport")

        assert unquote(page.url) == f"{address}en/search/?q=passport"


def test_without_a_script_search_is_a_list(chromium: Browser, address: str, site: Path) -> None:
    """Without JavaScript the form leads to a list of every service by letter, whose links work."""
    with (site / "data/services.csv").open(encoding="utf-8", newline="") as table:
        services = sum(1 for _ in csv.DictReader(table))
    with opened(chromium, width=360, java_script_enabled=False) as (page, log):
        page.goto(address)
        page.locator("#q").fill("ต่อทะเบียนรถ")
        page.locator("#q").press("Enter")
        links = page.locator("#search-az h3 + * a")
        title = links.first.inner_text()

        assert page.locator("#search-az").is_visible()
        assert page.locator("#search-az a[href*='agencies/']").count() >= services
        links.first.click()
        assert page.get_by_role("heading", level=1).inner_text() == title
        assert log.failed == []


@pytest.fixture(scope="module")
def national(site: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a site whose page of search asks an index of 10,000 services, and the index's folder."""
    copy = tmp_path_factory.mktemp("national")
    shutil.copytree(site / "assets", copy / "assets", ignore=shutil.ignore_patterns("search"))
    index = copy / "assets" / "search" / "th"
    pairs = synonyms(load_strings("th")("search.synonyms"))
    folder = index / write_index(index, made_entries(), made_groups(), pairs)
    page = (site / "search" / "index.html").read_text(encoding="utf-8")
    (copy / "search").mkdir()
    asks = re.sub('data-index="[^"]+"', f'data-index="../{folder.relative_to(copy).as_posix()}/"', page)
    (copy / "search" / "index.html").write_text(asks, encoding="utf-8")
    return copy, folder


@pytest.mark.slow
def test_the_first_search_is_light(chromium: Browser, national: tuple[Path, Path]) -> None:
    """Among 10,000 services the first search sends at most 100 KB, its results included, whatever is typed."""
    with serving(national[0]) as address, opened(chromium) as (page, log):
        sent = {query: first_search(page, log, f"{address}search/", national[1], query) for query in made_queries()}

    worst = max(sent, key=lambda query: sent[query])
    assert sent[worst] <= FIRST_SEARCH, (worst, sent[worst])
    assert min(sent.values()) > 1000, "no search was made"
    assert log.console == []


def first_search(page: Page, log: Log, url: str, index: Path, query: str) -> int:
    """Return the bytes of the index's files that one search asked for, on a page where nothing was searched before."""
    log.requests.clear()
    page.goto(f"{url}?q={quote(query)}")
    expect(page.get_by_role("status")).not_to_be_empty()
    asked = {request for request in log.requests if f"/{index.name}/" in request}
    return sum((index / request.rpartition("/")[2]).stat().st_size for request in asked)


@pytest.mark.slow
def test_nothing_is_missed_among_ten_thousand(chromium: Browser, national: tuple[Path, Path]) -> None:
    """The number of services said equals the number that hold the query."""
    entries = made_entries()
    truth = Truth(entries, made_groups(), synonyms(load_strings("th")("search.synonyms")))
    queries = [*parts_of_titles(entries, 20, 1), *(entry.summary for entry in entries[:3000:600])]
    with serving(national[0]) as address, opened(chromium) as (page, _):
        for query in queries:
            page.goto(f"{address}search/?q={quote(query)}")
            said = page.get_by_role("status")
            expect(said).not_to_be_empty()
            number = re.search(r"พบ ([\d,]+)", said.inner_text())

            assert number, query
            assert int(number[1].replace(",", "")) == len(truth.finds(query)), query
