"""The manual and the poster as PDFs: all that the page says is on paper, as text, in both languages, and the same each time."""

import os
import re
import shutil
from collections import Counter
from pathlib import Path

import orjson
import pytest
from made import AS_OF as TODAY
from made import made_agency, made_catalog, made_data, made_level, made_row, made_service, made_target
from on_paper import DAY, VERSION, Made, bare, leaves, made, numbers, papers
from sites import AS_OF, REPOSITORY, build, built
from test_headline import limit, words_in

import generator.paper.typeset as setter
from generator.stats import measure_agency
from generator.views.paper import Subject, manual_sheet, poster_sheet
from generator.views.service import service_page
from generator.website.papers import LISTS

DATA, SAMPLE = REPOSITORY / "sla_data", REPOSITORY / "tests" / "sample"
TAX = ("land-transport", "annual-vehicle-tax")
SHOWN = {
    "the longest": TAX,
    "neither fee nor document": ("lands", "land-value"),
    "not in English": ("sample-district", "market-stall"),
    "suspended": ("land-transport", "plate-replacement"),
}
# What typst would take for markup, a label, a comment, a number or a sign, were it not text.
PROBES = (
    "#panic(1)", "#import \"x\"", "$x^2$", "*bold*", "_slanted_", "<label>", "@reference", "// nothing", "/* nothing */",
    "= heading", "- item", "+ item", "/ term: x", "`raw`", "~", "---", "...", "\"quoted\"", "'quoted'", "\\", "\\u{41}",
    "a\\ b", "[content]", "{code}", "https://example.go.th/a_b*c", "1. one", "#", "%", "&amp;",
)  # fmt: skip
# Words that stand in every manual; a line may end between them and never inside one.
THAI_WORDS = (
    "เอกสาร", "ค่าธรรมเนียม", "ทะเบียน", "ประกัน", "สำนักงาน", "หน่วยงาน", "กำหนด", "ตรวจสอบ", "ประจำตัว", "ประชาชน",
    "ขั้นตอน", "ร้องเรียน", "สัญญา", "รายงาน", "บริการ", "เคาน์เตอร์", "จดทะเบียน", "ใบรับรอง", "เครื่องหมาย", "ไปรษณีย์",
    "อินเทอร์เน็ต", "กฎหมาย", "พระราชบัญญัติ", "เวลา", "วันทำการ", "คำสัญญา", "เจ้าของ", "สำเนา", "ฉบับจริง", "หนังสือ",
)  # fmt: skip
both = pytest.mark.parametrize("language", ["th", "en"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demonstration's site."""
    return built(tmp_path_factory, "demonstration", DATA)


@both
@pytest.mark.parametrize("service", SHOWN.values(), ids=SHOWN)
def test_all_that_a_sheet_says_is_in_the_text_of_its_pdf(service: tuple[str, str], language: str) -> None:
    """Every text of the views stands in the text layer, in either language, letter for letter."""
    for paper in papers(DATA, *service, language):
        found = bare(paper.text)
        said = [text for text in leaves(paper.sheet) if bare(text) not in found]

        assert len(list(leaves(paper.sheet))) > 15
        assert [text for text in said if text != paper.sheet.address] == []


@both
@pytest.mark.parametrize("service", SHOWN.values(), ids=SHOWN)
def test_every_number_is_read_back_from_the_text(service: tuple[str, str], language: str) -> None:
    """Each number is in the text layer at least as often as in the views, and no digit stands there unaccounted for."""
    for paper in papers(DATA, *service, language):
        expected = Counter(digit for text in leaves(paper.sheet) for digit in bare(text) if digit.isdigit())
        missing = Counter(number for text in leaves(paper.sheet) for number in numbers(text))
        missing -= Counter(numbers(paper.text))
        split = [number for number in missing if number not in bare(paper.text)]

        assert expected
        assert split == []
        assert not expected - Counter(digit for digit in paper.text if digit.isdigit())


@both
def test_a_manual_is_a_tagged_document(language: str) -> None:
    """It claims PDF/UA-1, has a tree of tags, a language, a title, its agency as author, and the day of its version."""
    for paper in papers(DATA, *TAX, language):
        reader, information = paper.reader, paper.reader.metadata
        catalog = reader.root_object
        assert information is not None

        assert "pdfuaid:part" in paper.pdf.decode("latin-1")
        assert bool(catalog["/MarkInfo"]["/Marked"])
        assert "/StructTreeRoot" in catalog
        assert catalog["/Lang"] == language
        assert information.title == paper.sheet.title.text
        assert information.author == paper.sheet.author
        assert information.creation_date is not None
        assert information.creation_date.date() == DAY
        for page in reader.pages:
            assert abs(float(page.mediabox.width) - 595.28) < 1
            assert abs(float(page.mediabox.height) - 841.89) < 1


@both
def test_every_page_says_what_it_is(language: str) -> None:
    """On each page stand its number, their count, the version and that the data are a demonstration; a poster is one page."""
    manual, poster = papers(DATA, *TAX, language)
    pages = [bare(page.extract_text()) for page in manual.reader.pages]
    words = words_in(language)

    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert bare(words.strings("paper.page", page=number, pages=len(pages))) in text
        assert VERSION in text
        assert bare(manual.sheet.demonstration) in text
    assert len(poster.reader.pages) == 1
    assert bare(poster.sheet.demonstration) in bare(poster.text)


def test_no_line_ends_inside_a_thai_word() -> None:
    """Lines end between Thai words, also where there is no space, and never in one of thirty that every manual uses."""
    texts = [paper.text for service in SHOWN.values() for paper in papers(DATA, *service, "th")]
    broken = [word for word in THAI_WORDS for text in texts if _broken(word, text)]
    used = [word for word in THAI_WORDS if any(word in text for text in texts)]
    ends = sum(len(re.findall("[ก-๙]\n[ก-๙]", text)) for text in texts)

    assert broken == []
    assert len(used) > 25
    assert ends > 100


def _broken(word: str, text: str) -> bool:
    """Return whether a word stands in a text with its line ending inside it."""
    return any(f"{word[:at]}\n{word[at:]}" in text for at in range(1, len(word)))


def _papers_of(**service: object) -> tuple[Made, Made]:
    """Return the papers in English of a service made by hand."""
    catalog, one = made_catalog(demonstration=True), made_service(**service)  # type: ignore[arg-type]
    result = measure_agency(catalog, made_data([made_row("2026-10", 20, 19)], [one], made_agency()), TODAY)
    words, shown = words_in("en"), result.services[one.id]
    view = service_page(catalog, result, shown, words)
    subject = Subject(catalog, result.agency, shown, view.content)
    manual, poster = made(words, (manual_sheet(words, subject), poster_sheet(words, subject)))
    return manual, poster


def test_what_an_agency_writes_is_text() -> None:
    """Nothing that means something to typst means anything in an agency's text: it is printed as it was typed."""
    criteria = tuple({"en": f"{number} {probe} end"} for number, probe in enumerate(PROBES))
    documents = tuple({"title": {"en": f"{probe} {probe}"}} for probe in PROBES)
    for title in ("#panic(1) $x$ *b* <l> @r // c", '= h /* \\ "q" \' --- ~ `r`'):
        manual, poster = _papers_of(
            title={"en": title}, requirements={"criteria": criteria, "documents": documents}, levels=_levels(1)
        )
        text = bare(manual.text)

        assert [one for one in criteria if bare(one["en"]) not in text] == []
        assert [one for one in documents if bare(one["title"]["en"]) not in text] == []
        assert bare(title) in bare(poster.text)
        assert manual.reader.metadata is not None
        assert manual.reader.metadata.title == title


def test_letters_that_the_typeface_lacks_stop_no_paper() -> None:
    """A title in Chinese is on a paper that does not claim to be accessible; its number is there."""
    manual, poster = _papers_of(title={"en": "許可 42"}, levels=_levels(1))

    assert "42" in manual.text
    assert "42" in poster.text
    assert "pdfuaid:part" not in manual.pdf.decode("latin-1")


def _levels(count: int) -> tuple[dict[str, object], ...]:
    """Return that many promises, each of its own length."""
    return tuple(
        made_level(
            "time" if not number else f"time-{number}",
            title={"en": f"Answer of kind {number} to the applicant"},
            targets=(made_target("2025-10-01", limit=limit(str(number + 100), "working_day")),),
        )
        for number in range(count)
    )


def test_ninety_promises_are_all_on_paper() -> None:
    """A manual with 90 promises names each with its limit, and heads the table anew on every page that it goes over."""
    manual, poster = _papers_of(levels=_levels(90))
    text = bare(manual.text)
    pages = [page.extract_text() for page in manual.reader.pages]
    head = words_in("en").strings("column.level")

    for number in range(90):
        assert bare(f"Answer of kind {number} to the applicant") in text
        assert bare(f"{number + 100} working days") in text
    assert sum(head in page for page in pages) > 2
    assert len(poster.reader.pages) == 1


def test_the_same_sheet_gives_the_same_bytes() -> None:
    """Two workers set the same sheet alike, to the byte."""
    first, second = (_papers_of(levels=_levels(3)) for _ in range(2))

    assert [one.pdf for one in first] == [one.pdf for one in second]


def test_offered_services_have_papers_and_others_none(site: Path) -> None:
    """Each page of an offered service links its two PDFs with their size; one that is offered no more has none."""
    retired = site / "agencies/land-transport/vehicle-tax-by-post"
    pages = {path.parent for path in site.glob("**/agencies/*/*/index.html")}
    with_papers = {path.parent for path in site.glob("**/agencies/*/*/manual.pdf")}
    sums = (site / "SHA256SUMS").read_text(encoding="utf-8")

    assert len(with_papers) > 100
    assert retired in pages - with_papers
    for folder in with_papers:
        html = (folder / "index.html").read_text(encoding="utf-8")
        for name in ("manual.pdf", "poster.pdf"):
            path = (folder / name).relative_to(site).as_posix()
            size = words_in("en").wording.size((folder / name).stat().st_size)
            assert f'{path}" type="application/pdf"' in html
            assert bare(size) in bare(html)
            assert f"  {path}\n" in sums


def test_the_next_build_makes_only_what_changed(tmp_path: Path) -> None:
    """A day later unchanged papers are the same bytes, taken from the last site; a changed manual has a new version and day."""
    data, site = tmp_path / "sla_data", tmp_path / "site"
    shutil.copytree(SAMPLE, data)
    build(data, site)
    before = _listed(site)
    kept, changed = site / "agencies/district/birth/manual.pdf", site / "agencies/district/waste/manual.pdf"
    kept.write_bytes(kept.read_bytes() + b"% taken\n")
    old = changed.read_bytes()
    file = data / "agencies/district/services/waste.yml"
    file.write_text(re.sub(r"(?m)^(title: \{th: )", r"\g<1>ใหม่ ", file.read_text(encoding="utf-8")), encoding="utf-8")
    build(data, site, "--as-of", "2026-11-23")
    after = _listed(site)

    assert kept.read_bytes().endswith(b"% taken\n")
    assert changed.read_bytes() != old
    assert after["agencies/district/birth/"] == before["agencies/district/birth/"]
    assert before["agencies/district/waste/"]["since"] == AS_OF
    assert after["agencies/district/waste/"]["since"] == "2026-11-23"
    assert after["agencies/district/waste/"]["version"] != before["agencies/district/waste/"]["version"]


def _listed(site: Path) -> dict[str, dict[str, str]]:
    """Return what a site knows of the papers of a district."""
    listed: dict[str, dict[str, str]] = orjson.loads((site / LISTS / "district.json").read_bytes())
    return listed


def test_papers_can_be_left_out(tmp_path: Path) -> None:
    """With --no-papers there is no PDF, no list of versions and no link to one, and nobody is told of a fault."""
    done = build(SAMPLE, tmp_path / "site", "--no-papers")
    page = (tmp_path / "site/agencies/transport/vehicle-tax/index.html").read_text(encoding="utf-8")

    assert not list((tmp_path / "site").rglob("*.pdf"))
    assert not (tmp_path / "site" / LISTS).exists()
    assert ".pdf" not in page
    assert done.stderr.count("PDF") == 0


def test_without_typst_a_site_is_built_and_says_so(tmp_path: Path) -> None:
    """Where typst cannot be imported there is no PDF and no link to one, and the build says why in both languages."""
    (tmp_path / "typst.py").write_text('raise ImportError("no wheel for this machine")\n', encoding="utf-8")
    done = build(SAMPLE, tmp_path / "site", PYTHONPATH=str(tmp_path))
    page = (tmp_path / "site/agencies/transport/vehicle-tax/index.html").read_text(encoding="utf-8")

    assert not list((tmp_path / "site").rglob("*.pdf"))
    assert ".pdf" not in page
    for language in ("th", "en"):
        assert words_in(language).strings("cli.no_typst", said="no wheel for this machine") in done.stderr


def test_a_broken_typeface_is_found_before_anything_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fonts that cannot be read, or lack a weight, are the reason why no paper is made; whole ones are none."""
    assert setter.unable() is None
    (tmp_path / "Sarabun-Regular.ttf").write_bytes(b"\x00\x01\x00\x00 no font")
    shutil.copy(setter.FONTS / "Sarabun-SemiBold.ttf", tmp_path)
    monkeypatch.setattr(setter, "FONTS", tmp_path)

    assert setter.unable() == setter.Unable("no_fonts", tmp_path.name)


def test_a_process_forked_after_typesetting_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of waiting for ever for threads that no fork has, typesetting in such a process is an error."""
    monkeypatch.setattr(setter, "_made_in", os.getpid() - 1)
    setter._compiler.cache_clear()

    with pytest.raises(RuntimeError, match="workers only"):
        setter.typeset("manual", b"{}", DAY)
