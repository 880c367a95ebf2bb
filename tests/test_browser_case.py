"""A service's page for one reader, in a real browser: what do I bring, what does it cost, where do I go."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import opened, serving, sideways
from looks import broken_rules
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader
from sites import REPOSITORY, built
from test_browser_pages import bare
from test_case import ANSWERS, SERVICES, SUMS
from test_headline import words_in

from generator.locales import load_strings
from generator.views.case import case_of
from generator.website.assets import ASSETS

pytestmark = pytest.mark.browser

MOUNT = "/sla/"
PHONE = 360
TAX = "agencies/land-transport/annual-vehicle-tax/"
SEALS = "agencies/consular-affairs/legalisation/"
PREFIX = {"th": "", "en": "en/"}
BYTES_OF_SCRIPTS = 25_000  # of all that a page's case needs before anything is asked
# What the browser's engines make of the vectors: the same shape as the vectors themselves.
RUN = """async ([blocks, answers, sums]) => {
  const { asked, narrowed } = await import("./case/answers.js");
  const { sumUp } = await import("./case/fees.js");
  const plain = (number) => (number.includes(".") ? number.replace(/0+$/, "").replace(/\\.$/, "") : number);
  const line = (part) => [part.kind, part.number, plain(part.size), plain(part.rate), plain(part.result)];
  return [
    answers.map(({ manual, given }) => {
      const { questions, items } = blocks[manual];
      return { asked: asked(questions, items, given), left: narrowed(items, given) };
    }),
    sums.map(({ manual, given, counts }) => {
      const { fees, items } = blocks[manual];
      const found = sumUp(fees, items, given, counts);
      return { fees: found.fees.map((fee) => ({ state: fee.state, parts: fee.parts.map(line), exact: fee.exact ?? null })), totals: found.totals };
    }),
  ];
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demonstration's site."""
    return built(tmp_path_factory, "demonstration", REPOSITORY / "sla_data")


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Return where the demonstration is served."""
    with serving(site, MOUNT) as served:
        yield served


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """Return the Thai page of the vehicle tax on a phone, with the questions."""
    with opened(chromium, PHONE) as (page, log):
        visit(page, address + TAX)
        yield page
        assert log.console == []
        assert log.outside(address) == []


def visit(page: Page, url: str) -> None:
    """Open a page and wait for its script."""
    page.goto(url)
    expect(page.locator("#case-panel")).to_be_visible()


def answer(page: Page, **answers: str) -> None:
    """Give answers: the value of a choice, or what is typed."""
    for name, value in answers.items():
        field = page.locator(f"#ask-{name}")
        if field.count():
            field.fill(value)
        else:
            page.locator(f"input[name={name}][value={value}]").check()


def own_car(page: Page, age: str = "8") -> None:
    """Answer as the owner of a car with 1,500 cc does."""
    answer(page, vehicle="private-car", company="false", engine="1500", age=age, post="false")


def shown(page: Page) -> list[str]:
    """Return which questions are on the page."""
    return [
        str(box.get_attribute("data-question")) for box in page.locator("[data-question]").all() if box.is_visible()
    ]


def listed(page: Page) -> list[str]:
    """Return the documents that are to be brought."""
    return page.locator("#documents > div > ol.docs > li b").all_inner_texts()


def said(page: Page) -> str:
    """Return what the panel says it did, as it is read aloud."""
    return page.locator("#case-said").inner_text()


def test_the_browser_reckons_as_python_does(chromium: Browser, tmp_path: Path) -> None:
    """Every vector, in one load of a page: the same questions, the same rest, the same sums to the last digit."""
    (tmp_path / "case").mkdir()
    for name in ("answers.js", "fees.js"):
        (tmp_path / "case" / name).write_bytes((ASSETS / "case" / name).read_bytes())
    (tmp_path / "index.html").write_text("<!doctype html><title>vectors</title>", encoding="utf-8")
    blocks = {}
    for name, service in SERVICES.items():
        case = case_of(words_in("en"), "office", service)
        assert case
        blocks[name] = case.data
    with serving(tmp_path) as local, opened(chromium) as (page, _):
        page.goto(local)
        answers, sums = page.evaluate(RUN, [blocks, ANSWERS, SUMS])

    assert len(answers) == len(ANSWERS) >= 200
    for got, wanted in zip(answers, ANSWERS, strict=True):
        conditional = {key: left for key, left in wanted["left"].items() if key in got["left"]}
        assert got == {"asked": wanted["asked"], "left": conditional}, wanted
        assert all(left is True for key, left in wanted["left"].items() if key not in got["left"])
    for got, wanted in zip(sums, SUMS, strict=True):
        assert got == {"fees": wanted["fees"], "totals": wanted["totals"]}, wanted


@pytest.mark.parametrize("case", [("8", 3, "1,155"), ("3", 2, "1,650")])
@pytest.mark.parametrize("language", PREFIX)
def test_what_do_i_bring_and_pay(chromium: Browser, address: str, language: str, case: tuple[str, int, str]) -> None:
    """I own a car with 1,500 cc in its eighth year: the inspection certificate is needed, and the tax is 1,155 baht."""
    words = load_strings(language)
    age, papers, total = case
    with opened(chromium, PHONE) as (page, _):
        visit(page, f"{address}{PREFIX[language]}{TAX}")
        own_car(page, age)

        assert len(listed(page)) == papers
        assert words("case.left", n=papers, all=5) in said(page)
        assert total in said(page)
        assert total in page.locator("#sum-total").inner_text()
        assert words("case.done") in said(page)


@pytest.mark.parametrize("language", PREFIX)
def test_the_answers_at_the_top_become_the_readers_own(chromium: Browser, address: str, language: str) -> None:
    """What to bring and what to pay, at the top, are those of the reader's case, and those of all cases when it is cleared."""
    words = load_strings(language)
    with opened(chromium, PHONE) as (page, _):
        visit(page, f"{address}{PREFIX[language]}{TAX}")
        tops = [page.locator(f".facts dd:has(> a[href='#{part}'])") for part in ("documents", "fees")]
        before = [top.inner_text() for top in tops]
        own_car(page, "8")
        own = [top.inner_text() for top in tops]
        page.locator("#case-clear").click()

        assert words("service.of", n=3, all=5) in own[0]
        assert "1,155" in own[1]
        assert [text for text in own if words("case.yours") not in text] == []
        assert [top.inner_text() for top in tops] == before


@pytest.mark.parametrize("language", PREFIX)
def test_time_and_place_at_the_top_follow_the_answers(chromium: Browser, address: str, language: str) -> None:
    """Where another promise is the reader's, its time stands at the top; where a place is not for them, how many are left."""
    words, page_of = load_strings(language), "agencies/consular-affairs/legalisation/"
    with opened(chromium, PHONE) as (page, _):
        visit(page, f"{address}{PREFIX[language]}{page_of}")
        tops = [page.locator(f".facts dd:has(> a[href='#{part}'])") for part in ("channels", "steps")]

        def top() -> list[str]:
            return [one.inner_text().replace("\u00a0", " ") for one in tops]

        before = top()
        answer(page, **{"same-day": "true"})
        fast = top()
        answer(page, **{"same-day": "false"})
        slow = top()

    hours = {"th": "7 ชั่วโมงทำการ", "en": "7 working hours"}[language]
    assert before[0] == fast[0]
    assert (hours in fast[1], words("case.yours") in fast[1]) == (True, True)
    assert hours not in before[1]
    assert (words("service.of", n=2, all=3) in slow[0], words("case.yours") in slow[0]) == (True, True)
    assert slow[1] == before[1]


def test_the_sum_stands_line_by_line(page: Page) -> None:
    """Each band with its size and rate, the reduction for age, and the total can be worked out again by hand."""
    own_car(page)
    lines = page.locator("#sum-lines dl > div").all_inner_texts()

    assert [re.sub(r"\s+", " ", line) for line in lines] == [
        "600 ซีซี × 0.50 = 300.00",
        "900 ซีซี × 1.50 = 1,350.00",
        "ลดตามอายุรถ × 0.70 = 1,155.00",
    ]


def test_only_what_matters_is_asked_and_two_at_a_time(page: Page) -> None:
    """A motorcycle's engine and owner change nothing, so nobody is asked; who changes their mind is asked again."""
    assert shown(page) == ["vehicle", "company"]

    answer(page, vehicle="motorcycle")
    assert shown(page) == ["vehicle", "age", "post"]
    assert "100" in said(page)

    answer(page, vehicle="private-car")
    assert shown(page) == ["vehicle", "company", "engine"]


def test_nothing_is_lost_and_everything_comes_back(page: Page) -> None:
    """What is not for this reader is folded away in its own section, and clearing the answers puts all back in order."""
    before = page.locator("#main").inner_text()
    own_car(page)

    fold = page.locator("#documents details.out")
    fold.locator("summary").click()
    assert fold.locator("li").count() == 2
    assert page.locator("#steps details.out").count() == 2
    expect(page.locator("#level-post-delivery")).to_be_visible()

    page.locator("#case-clear").click()
    fold.evaluate("fold => { fold.open = false; }")
    assert page.locator("#main").inner_text() == before
    assert (
        page.locator("#fees > div > dl.rows > div[data-if] + div:not([data-if])").count() == 1
    )  # the copy of the manual
    expect(page.locator("input[name=vehicle]").first).to_be_focused()


def test_a_number_that_cannot_be_is_told(page: Page) -> None:
    """Outside the range, with decimals or without digits a number does not count, and the field says what would."""
    answer(page, vehicle="private-car", company="false")
    field, wrong = page.locator("#ask-engine"), page.locator("#wrong-engine")
    for typed in ("49", "10001", "1500.5", "x"):
        field.fill(typed)
        field.blur()
        expect(wrong).to_be_visible()
        assert field.get_attribute("aria-invalid") == "true"
        assert "10,000" in wrong.inner_text()
    for typed in ("50", "10,000", "๑๕๐๐", " 1 500 "):
        field.fill(typed)
        field.blur()
        expect(wrong).to_be_hidden()
        assert field.get_attribute("aria-invalid") == "false"


def test_a_fee_per_piece_waits_for_the_number(page: Page) -> None:
    """Postage is charged by item: it stands beside the total until the reader says how many."""
    answer(page, vehicle="private-car", company="false", engine="1500", age="8", post="true")
    total, count = page.locator("#sum-total"), page.locator("#sum input")
    expect(total).to_have_text(re.compile("1,155"))
    assert "1" in page.locator("#sum-apart").inner_text()

    count.fill("3")
    expect(total).to_have_text(re.compile("1,251"))
    assert page.locator("#sum-apart").inner_text() == ""
    assert "1,251" in said(page)


def test_the_checklist_counts_and_is_kept(page: Page, address: str) -> None:
    """Ticks are counted among what is needed, stay after the page is closed, in the other language too, and can be cleared."""
    own_car(page)
    page.locator("#documents li label").first.click()
    status = page.locator(".ticked [role=status]")
    expect(status).to_have_text("เตรียมแล้ว 1 จาก 3 รายการ")

    visit(page, f"{address}en/{TAX}")
    expect(page.locator(".ticked [role=status]")).to_have_text("Ready: 1 of 3")
    assert page.locator("#ask-engine").input_value() == "1500"

    page.locator("#tick-clear").click()
    page.reload()
    expect(page.locator(".ticked [role=status]")).to_have_text("Ready: 0 of 3")
    page.locator("#case-clear").click()
    assert page.evaluate("localStorage.length") == 0


def test_what_was_kept_is_believed_only_as_far_as_it_fits(page: Page) -> None:
    """Answers, ticks and numbers of another manual, or of somebody's tinkering, are dropped and not shown."""
    own_car(page)
    name = page.evaluate("localStorage.key(0)")
    assert name == "clearly:/sla/:land-transport/annual-vehicle-tax"
    for kept in (
        {"answers": {"vehicle": "tank", "engine": "5", "age": 8, "company": "true"}, "ticks": ["ffffffff"], "counts": {"2": "-1"}},
        {"answers": None, "ticks": 3},
        ["nothing"],
    ):  # fmt: skip
        page.evaluate("([name, kept]) => localStorage.setItem(name, JSON.stringify(kept))", [name, kept])
        page.reload()
        expect(page.locator("#case-panel")).to_be_visible()
        assert len(listed(page)) == 5
        assert page.locator("input:checked").count() == 0


def test_the_page_works_where_nothing_may_be_kept(chromium: Browser, address: str) -> None:
    """A browser that refuses storage still narrows and reckons."""
    with opened(chromium, PHONE) as (page, log):
        page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })")
        visit(page, address + TAX)
        own_car(page)

        assert "1,155" in said(page)
        assert log.console == []


def test_nothing_is_sent(chromium: Browser, address: str) -> None:
    """Answering asks no server for anything and changes no address."""
    with opened(chromium, PHONE) as (page, log):
        visit(page, address + TAX)
        page.wait_for_load_state("networkidle")
        before = list(log.requests)
        own_car(page)

        assert log.requests == before
        assert page.url == address + TAX


def test_a_keyboard_is_enough(page: Page) -> None:
    """From the first question on, Tab and arrows alone lead through the questions to the total."""
    page.locator("input[name=vehicle]").first.focus()
    for key in ("Space", "Tab", "ArrowDown", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("1500")
    page.keyboard.press("Tab")
    page.keyboard.type("8")

    assert "1,155" in page.locator("#sum-total").inner_text()
    expect(page.locator("#ask-age")).to_be_focused()


@pytest.mark.parametrize(("language", "width"), [("th", 360), ("en", 1280)])
def test_an_answered_page_is_for_everyone(chromium: Browser, address: str, language: str, width: int) -> None:
    """With answers, folds open, a wrong number and a tick, axe finds nothing, and nothing is wider than the window."""
    with opened(chromium, width) as (page, _):
        visit(page, f"{address}{PREFIX[language]}{TAX}")
        answer(page, vehicle="private-car", company="true")
        page.locator("#ask-engine").fill("7")
        page.locator("#ask-engine").blur()
        page.locator("#tick-0").check()
        for fold in page.locator("details.out").all():
            fold.evaluate("fold => { fold.open = true; }")

        assert broken_rules(page) == []
        assert sideways(page) == 0


def test_every_target_is_large_enough(chromium: Browser, address: str) -> None:
    """What is tapped is 24 pixels high and wide at least, and 44 on a phone, with its label."""
    for touch, least in ((False, 24), (True, 44)):
        with opened(chromium, PHONE, has_touch=touch, is_mobile=touch) as (page, _):
            visit(page, address + TAX)
            own_car(page)
            page.locator("#tick-0").check()
            targets = page.locator(
                "#case-panel label:has(input), #case-panel input[type=text], #case-panel button, .ticked button, #sum input"
            )
            small = [target.inner_text() for target in targets.all() if target.is_visible() and height(target) < least]

            assert small == []
            assert all(height(box) >= 24 for box in page.locator(".ready:visible").all())


def height(target: Locator) -> float:
    """Return the smaller side of what can be tapped."""
    box = target.bounding_box()
    assert box
    return round(min(box["width"], box["height"]), 1)


@pytest.mark.parametrize("language", PREFIX)
def test_the_checklist_is_one_page(chromium: Browser, address: str, language: str) -> None:
    """Title, answers, documents, sum, places and the page's address are on one sheet, and no result, law or download."""
    words = load_strings(language)
    with opened(chromium) as (page, _):
        page.add_init_script("window.print = () => { window.printed = true; }")
        visit(page, f"{address}{PREFIX[language]}{TAX}")
        own_car(page)
        page.locator("#case-print").click()
        assert page.evaluate("window.printed")
        paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        needed = [
            *page.locator(
                "h1, #case-answers li, #documents > div > ol.docs b, #sum-lines dt, #sum-total"
            ).all_inner_texts(),
            *page.locator("#channels > div > ul.places > li > div:first-child > b").all_inner_texts(),
            page.get_attribute("link[rel=canonical]", "href") or "-",
        ]
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert "checklist" not in (page.get_attribute("html", "class") or "")
    printed = bare("".join(sheet.extract_text() for sheet in paper.pages))

    assert len(paper.pages) == 1
    assert len(needed) > 15
    assert [text for text in needed if bare(text) not in printed] == []
    assert [key for key in ("manual.performance", "manual.law", "manual.data") if bare(words(key)) in printed] == []


@pytest.mark.parametrize(("same_day", "left", "total"), [("true", "counter-same-day", "2,000"), ("false", "", "1,000")])
def test_channels_and_promises_are_narrowed_too(
    chromium: Browser, address: str, same_day: str, left: str, total: str
) -> None:
    """Same-day legalisation has its own window, its own promise and twice the rate."""
    with opened(chromium, PHONE) as (page, _):
        visit(page, address + SEALS)
        answer(page, **{"same-day": same_day, "seals": "5"})

        assert page.locator("#channels > div > ul.places > li").count() == (3 if left else 2)
        kept = page.locator("#steps > div > dl.rows > div").evaluate_all("rows => rows.map(row => row.dataset.if)")
        assert ("level-same-day" in kept) is bool(left)
        assert ("level-normal-time" in kept) is not bool(left)
        assert total in said(page)


def test_scripts_are_light(site: Path) -> None:
    """All that the page loads to narrow and to reckon is at most 25 KB, uncompressed."""
    html = (site / TAX / "index.html").read_text(encoding="utf-8")
    pending, taken = re.findall(r'<script type="module" src="(?:\.\./)+([^"]+)"', html), {}
    while pending:
        name = pending.pop()
        taken[name] = (site / name).read_bytes()
        found = re.findall(r'^import .* from "\./([^"]+)";', taken[name].decode(), re.MULTILINE)
        pending += [str(Path(name).parent / one) for one in found]

    assert len(taken) >= 3
    assert sum(map(len, taken.values())) <= BYTES_OF_SCRIPTS


def test_pages_with_nothing_to_reckon_load_no_script(site: Path) -> None:
    """A retired service has neither the block nor the script, and every block on the site is good JSON."""
    retired = (site / "agencies/land-transport/vehicle-tax-by-post/index.html").read_text(encoding="utf-8")
    pages = [path.read_text(encoding="utf-8") for path in sorted(site.glob("agencies/*/*/index.html"))]
    blocks: list[Any] = [json.loads(block) for page in pages for block in re.findall(r'id="case">(.*?)</script>', page)]

    assert 'id="case"' not in retired
    assert "case." not in "".join(re.findall(r'src="([^"]+)"', retired))
    assert len(blocks) > 40
    assert sum("questions" in block for block in blocks) >= 10
