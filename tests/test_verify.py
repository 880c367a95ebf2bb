"""Every figure of a site follows from its published data, and one wrong digit anywhere is found."""

import csv
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sites import REPOSITORY, built, canada_site

from generator import cli
from generator.verify import verify

PROSE = {"about", "methods", "for-agencies", "dictionary"}  # pages of words: their examples are no figures
DIGIT = re.compile(r"\d")
WANTED = 300  # changed figures
# Every kind of figure of a page: what stands in the group is a number.
TOLD = "(?:<data[^>]*>)?"  # what says of the figure which cells it is made of
KINDS = {
    "a cell": r"<td>([\d,.]+)%?</td>",
    "a cell of a part": r'<td role="cell" class="r"[^>]*>([\d,.]+)%?</td>',
    "the promise or the result": rf'<b class="figure[^"]*">{TOLD}[^<\d]*([\d,.]+)',
    "the limit and share of a target": r"<td>(\d+)\s[^<]*\d+%</td>",
    "a sentence": r'([\d,]+) (?:of|จาก) <span class="n">[\d,]+\xa0(?:cases|เรื่อง)',
    "a count with its unit": r'<span class="n">\(?([\d,]+)\xa0[^\xa0<\d]*</span>',
    "a year of a period": r'<span class="n">\(?[^<\d]*(\d{4})[^<\d]*</span>',
    "a day": r'<span class="n">\(?(\d+)\xa0[^<\d]*\xa0\d{4}</span>',
    "the words of a point": r"<title[^>]*>[^<\d]*\d{4}: [^<\d]*([\d,]+) (?:of|จาก)",
    "the per cent of a point": r"<title[^>]*>[^<]*\(([\d.]+)%\)",
    "the period of a row": r'<th scope="row">[^<\d]*(\d{4})',
    "an axis": r'text-anchor="end">([\d.]+)</text>',
    "a year under the axis": r'class="axis strong"[^>]*>(\d{4})</text>',
    "the name of a promise in a chart": r'<text class="say strong halo[^>]*>(\d+)',
    "the promise on its bar": r'<text data-figures="share"[^>]*>[^<\d]*([\d.]+)',
    "a tally": rf"</svg><b>{TOLD}(\d+)",
    "a headline of promises": rf'<b class="figure">{TOLD}(\d+) (?:of|จาก)',
    "a number of reports": rf'(?:<td role="cell">|<p class="basis">|<p>){TOLD}[^<\d]*(\d+) (?:of|จาก) <span class="n">',
    "the key of reports": rf'<span class="n q">{TOLD}(\d+)',
    "a description": r'<meta name="description" content="[^"]*?(\d+) (?:of|จาก)',
    "a number of services": rf'<a [^>]*>[^<]*</a> <(?:span|small) class="n">{TOLD}<span class="n">(\d+)',
}
# What is no figure of ours, though it looks like one: what somebody typed, and what follows the page.
NOT_OURS = re.compile(r"<(\w+)[^>]* data-typed.*?</\1>|</main>.*", re.DOTALL)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the sample."""
    return built(tmp_path_factory, "sample", REPOSITORY / "tests" / "sample")


@pytest.fixture
def copied(sample: Path, tmp_path: Path) -> Path:
    """Return a copy of that site, to change."""
    return shutil.copytree(sample, tmp_path / "site")


def test_every_figure_of_the_sample_follows_from_its_data(sample: Path) -> None:
    """Every state, grain, measure and breakdown once, in Thai and English: nothing differs."""
    assert list(verify(sample)) == []


@pytest.mark.slow
def test_every_figure_of_the_demonstration_follows_from_its_data(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Three years of months of many agencies: nothing differs."""
    assert list(verify(built(tmp_path_factory, "demonstration", REPOSITORY / "sla_data"))) == []


@pytest.mark.canada
def test_every_figure_of_canada_follows_from_its_data(tmp_path_factory: pytest.TempPathFactory) -> None:
    """956 pages of real figures, with rows that are held back: nothing differs."""
    assert list(verify(canada_site(tmp_path_factory))) == []


def test_one_digit_of_a_page_is_found(copied: Path) -> None:
    """Whichever digit of whichever kind of figure is another one, the page is named."""
    chance, hit, changed = random.Random(20261122), set(), 0
    pages = {page: page.read_text("utf-8") for page in sorted(copied.rglob("index.html")) if not PROSE & {*page.parts}}
    while changed < WANTED:
        tampered = {}
        for page, html in pages.items():
            places = list(_places(html))
            if places:
                kind, at = chance.choice([one for one in places if one[0] not in hit] or places)
                hit.add(kind)
                other = chance.choice([digit for digit in "0123456789" if digit != html[at]])
                tampered[page] = f"{html[:at]}{other}{html[at + 1 :]}", kind, html[at - 60 : at + 20]
        for page, (html, _, _) in tampered.items():
            page.write_text(html, "utf-8")
        named = {page for page, *_ in verify(copied)}
        missed = [told for page, (_, *told) in tampered.items() if _address(copied, page) not in named]
        for page in tampered:
            page.write_text(pages[page], "utf-8")
        changed += len(tampered)

        assert missed == []
    assert hit == KINDS.keys()


def _places(html: str) -> Iterator[tuple[str, int]]:
    """Yield where each kind of figure has a digit."""
    free = [found.span() for found in NOT_OURS.finditer(html)]
    for kind, pattern in KINDS.items():
        for found in re.finditer(pattern, html):
            begin, end = found.span(1)
            if not any(start <= begin < stop for start, stop in free):
                yield from ((kind, begin + digit.start()) for digit in DIGIT.finditer(html[begin:end]))


def _address(site: Path, page: Path) -> str:
    return page.parent.relative_to(site).as_posix()


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("performance", "volume"), ("performance", "within_target"), ("performance", "target_share"),
        ("service_levels", "within_target"), ("agencies", "promises_met"), ("services", "reports_due"),
        ("targets", "target_share"), ("history", "volume"), ("performance", "attainment"), ("history", "target_share"),
        ("service_levels", "reports_received"), ("service_levels", "judged_volume"), ("services", "promises_met"),
        ("documents", "copies"), ("fees", "amount"), ("services", "documents"), ("services", "fees"),
    ],
)  # fmt: skip
def test_one_digit_of_a_table_is_found(copied: Path, table: str, column: str) -> None:
    """A cell that holds another digit than the pages were made of is found."""
    path = copied / f"data/{table}.csv"
    header, row, *rest = path.read_text("utf-8").split("\n")
    place, cells = header.split(",").index(column), row.split(",")
    assert DIGIT.search(cells[place])
    cells[place] = DIGIT.sub(lambda one: str((int(one[0]) + 1) % 10), cells[place], count=1)
    path.write_text("\n".join([header, ",".join(cells), *rest]), "utf-8")

    assert list(verify(copied)) != []


@pytest.mark.parametrize(
    ("said", "other"),
    [
        (">20\xa0baht", ">21\xa0baht"), (">1\xa0original", ">2\xa0original"), ("fees.amount:number=1", "fees.amount:number=2"),
        ("documents.originals:number=1", "documents.originals:number=2"),
    ],
)  # fmt: skip
def test_another_line_of_a_manual_is_found(copied: Path, said: str, other: str) -> None:
    """What a service asks for and costs, on its own page, follows from the tables of documents and fees."""
    page = copied / "en/agencies/transport/vehicle-tax/index.html"
    html = page.read_text("utf-8")
    part = html.index('id="documents"')
    assert said in html[part:]
    page.write_text(html[:part] + html[part:].replace(said, other, 1), "utf-8")

    assert {page for page, *_ in verify(copied)} == {"en/agencies/transport/vehicle-tax"}


def test_one_digit_of_any_report_is_found(copied: Path) -> None:
    """Whichever report has another volume, another number kept, or another promised share, is found."""
    chance, path = random.Random(20261123), copied / "data/performance.csv"
    text = path.read_text("utf-8")
    header, *rows = csv.reader(text.splitlines())
    found = []
    for _ in range(30):
        row, place = (
            chance.randrange(len(rows)),
            header.index(chance.choice(["volume", "within_target", "target_share"])),
        )
        if digits := [*DIGIT.finditer(rows[row][place])]:
            at = chance.choice(digits).start()
            cell = f"{rows[row][place][:at]}{(int(rows[row][place][at]) + 1) % 10}{rows[row][place][at + 1 :]}"
            changed = [*rows[row][:place], cell, *rows[row][place + 1 :]]
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows([header, *rows[:row], changed, *rows[row + 1 :]])
            found.append((rows[row][:6], header[place], list(verify(copied)) != []))
    path.write_text(text, "utf-8")

    assert len(found) > 20
    assert [one for one in found if not one[2]] == []


def test_a_number_that_nobody_accounts_for_is_found(copied: Path) -> None:
    """Digits beside the figures are a difference too, on every kind of page."""
    for path in (".", "agencies", "agencies/transport", "agencies/transport/vehicle-tax", "data-quality", "search"):
        page = copied / path / "index.html"
        html = page.read_text("utf-8")
        page.write_text(html.replace('<div class="print-end"', "<p>77</p>" + '<div class="print-end"', 1), "utf-8")

        assert [(page, found) for page, _, found, _ in verify(copied)] == [(path, "77")]
        page.write_text(html, "utf-8")


@pytest.mark.parametrize(
    ("claim", "other"),
    [
        ('data-of="counter-time/"', 'data-of="site/"'), ('"2026-07..2026-10 ', '"2026-08..2026-10 '),
        ('value="rate 100"', 'value="volume/volume 100"'), ("rate within_target volume", "rate volume within_target"),
        ("target_limit@2026-01-01", "target_limit@2026-09-01"), ("target_limit@2026-01-01", "target_limit@2026-01-02"),
        ("verdict=missed", "verdict=no_cases"), ("at=2026-07..2026-10", "at=2026-09..2026-10"),
        ('value="reports_due"', 'value="median"'), ("p90@2026-07", "p90@2026-08"),
        ('data-at="2026-07"', 'data-at="2026-08"'), ('data-at="//north"', 'data-at="//south"'),
        ("volume@2026-08r0", "received@2026-08r0"),
    ],
)  # fmt: skip
def test_a_wrong_claim_is_found(copied: Path, claim: str, other: str) -> None:
    """A page that says of its figures that they are of other periods, columns, promises or parts is named."""
    page = copied / "agencies/transport/vehicle-tax/index.html"
    html = page.read_text("utf-8")
    assert claim in html
    page.write_text(html.replace(claim, other), "utf-8")

    assert {page for page, *_ in verify(copied)} == {"agencies/transport/vehicle-tax"}


def test_a_figure_without_a_claim_is_found(copied: Path) -> None:
    """Right digits that do not say what they are made of are a difference too."""
    page = copied / "en/agencies/district/index.html"
    page.write_text(re.sub(r"<data [^>]*>", "<data>", page.read_text("utf-8")), "utf-8")

    assert {page for page, *_ in verify(copied)} == {"en/agencies/district"}


def test_another_mark_is_found(copied: Path) -> None:
    """A promise that is below and wears the mark of one that is met is found."""
    page = copied / "agencies/transport/vehicle-tax/index.html"
    page.write_text(page.read_text("utf-8").replace('class="mark missed"', 'class="mark met"', 1), "utf-8")

    assert {page for page, *_ in verify(copied)} == {"agencies/transport/vehicle-tax"}


def test_the_command_names_page_and_figure(copied: Path) -> None:
    """It ends with 0 where all agrees, with 1 and the page where one figure differs, with 2 where there is no site."""
    page = copied / "en/agencies/transport/vehicle-tax/index.html"
    runs = [CliRunner().invoke(cli.main, ["verify", str(copied)])]
    page.write_text(page.read_text("utf-8").replace("<td>150</td>", "<td>151</td>", 1), "utf-8")
    runs += [CliRunner().invoke(cli.main, ["verify", str(one)]) for one in (copied, copied / "data")]

    assert [run.exit_code for run in runs] == [0, 1, 2]
