"""The shell: cut once, filled per page, right at every depth."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from markupsafe import Markup
from small import CATALOG, write_small

from generator.intake.load_catalog import load_catalog
from generator.texts import Wording, load_strings
from generator.views.page import Link, PageView
from generator.website import assets
from generator.website.chrome import MENU, Sibling, SiteFacts
from generator.website.fragments import render_body
from generator.website.printcode import print_code
from generator.website.prose import Markdown
from generator.website.shell import NOT_FOUND, Shell, fill, make_shell, theme_context, words_of_page

SIBLINGS = (Sibling("th", "ไทย", ""), Sibling("en", "English", "en/"))
DOCUMENT = "<html><head>{head}</head><body>{header}{main}{footer}</body></html>"


def facts_in(language: str) -> SiteFacts:
    """Return the facts of an edition of a site under a path."""
    strings = load_strings(language)
    return SiteFacts(
        language=language,
        prefix={"th": "", "en": "en/"}[language],
        siblings=SIBLINGS,
        t=strings,
        w=Wording(strings),
        title="ชัดเจน" if language == "th" else "Clearly",
        other_title=("Clearly", "en") if language == "th" else ("ชัดเจน", "th"),
        publisher="Sample & Sons",
        publisher_url="https://example.go.th/",
        email="open@example.go.th",
        licence=Link("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        repository="https://github.com/example/clearly",
        url="https://example.go.th/sla/",
        as_of=date(2026, 11, 22),
        demonstration=True,
        prose_styles="assets/main.0.min.css",
    )


def shell_in(language: str, **changes: object) -> Shell:
    """Return a shell in a document without the theme's own."""
    facts = replace(facts_in(language), **changes)  # type: ignore[arg-type]
    context = theme_context(facts)
    document = DOCUMENT.format(**{name: context[name] for name in ("head", "header", "main", "footer")})
    return make_shell(facts, document)


def page(path: str, **changes: object) -> PageView:
    """Return a prose page."""
    view = PageView(path, "prose.html", "A page", "What it holds", Markdown(Markup("<p>body</p>"), ""), "services")
    return replace(view, **changes)  # type: ignore[arg-type]


def filled(language: str, view: PageView, **changes: object) -> str:
    """Return a whole page; ``changes`` are to the facts."""
    shell = shell_in(language, **changes)
    return fill(shell, view, render_body(view, words_of_page(shell.facts, view.path))).decode()


class Addresses(HTMLParser):
    """Every address of a page, by element and attribute."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, value or "") for name, value in attrs if name in ("href", "src", "action")]


@pytest.mark.parametrize(
    ("language", "path", "home", "root"),
    [
        ("th", "", "./", "./"),
        ("th", "services/", "../", "../"),
        ("th", "agencies/a/b/", "../../../", "../../../"),
        ("en", "", "./", "../"),
        ("en", "agencies/a/b/", "../../../", "../../../../"),
        ("th", NOT_FOUND, "/sla/", "/sla/"),
        ("en", NOT_FOUND, "/sla/en/", "/sla/"),
    ],
)
def test_pages_point_home_from_every_depth(language: str, path: str, home: str, root: str) -> None:
    """A page's prefixes lead to its edition's root and to the site's, without knowing where the site stands."""
    words = words_of_page(facts_in(language), path)

    assert (words.home, words.root) == (home, root)


def test_no_slot_stays_open() -> None:
    """A filled page has no mark of a slot left."""
    assert not re.search("[\x02\x03]", filled("en", page("services/")))


def test_a_slot_that_nothing_fills_is_refused() -> None:
    """A misspelt slot fails when the shell is made, not silently on every page."""
    with pytest.raises(ValueError, match="tittle"):
        make_shell(facts_in("en"), "<title>\x02tittle\x03</title>")


def test_no_text_forges_a_slot() -> None:
    """A catalog whose title or publisher is spelt as a slot has it printed, on every page, as it was typed."""
    shell = shell_in("en", title="@@body@@ {{ body }} {body}", publisher="\\x02body\\x03")
    html = fill(shell, page("services/"), "<p>the only body</p>").decode()

    assert html.count("the only body") == 1
    assert "@@body@@ {{ body }} {body}" in html
    assert "\\x02body\\x03" in html


def test_a_title_with_the_mark_of_a_slot_is_refused(tmp_path: Path) -> None:
    """The marks of slots are control characters, and a catalog that holds one is not read."""
    write_small(tmp_path)
    path = tmp_path / "catalog.yml"
    path.write_text(CATALOG.replace("ศูนย์ตัวอย่าง", '"\\u0002body\\u0003"'), encoding="utf-8")
    catalog, problems = load_catalog(tmp_path)

    assert catalog is None
    assert [problem.code for problem in problems] == ["text-hidden-character"]


def test_titles_are_escaped() -> None:
    """What a page is called is text, in every place of the head."""
    html = filled("en", page("services/", title='</title><script>alert("1")</script>', description='" onload="x'))

    assert "<script>alert" not in html
    assert 'content="&#34; onload=' in html


def test_the_switch_stays_on_the_page() -> None:
    """The other language's link leads to the same page."""
    assert '<a class="top-lang" href="../../../en/agencies/a/b/" lang="en"' in filled("th", page("agencies/a/b/"))
    assert '<a class="top-lang" href="../../../../agencies/a/b/" lang="th"' in filled("en", page("agencies/a/b/"))


def test_canonical_and_language_links() -> None:
    """Each edition names itself as canonical and all editions as alternates, the first one by default."""
    html = filled("en", page("services/"))

    assert '<link rel="canonical" href="https://example.go.th/sla/en/services/">' in html
    assert '<link rel="alternate" hreflang="th" href="https://example.go.th/sla/services/">' in html
    assert '<link rel="alternate" hreflang="en" href="https://example.go.th/sla/en/services/">' in html
    assert '<link rel="alternate" hreflang="x-default" href="https://example.go.th/sla/services/">' in html


def test_the_menu_says_where_the_page_is() -> None:
    """The section's own page is "page"; a page below it is "true"; nothing else is current."""
    own, below = filled("en", page("services/")), filled("en", page("services/x/"))

    assert re.findall(r'href="\.\./services/" aria-current="page"', own)
    assert re.findall(r'href="\.\./\.\./services/" aria-current="true"', below)
    assert own.count("aria-current") == 2  # the tabs, and the menu of narrow screens


def test_pages_that_do_not_exist_have_absolute_links() -> None:
    """The page for unknown addresses works at any depth, and search engines are told nothing of it."""
    html = filled("en", page(NOT_FOUND, index=False))
    own = ("/sla/", "https:", "mailto:", "#")
    relative = [href for _, href in Addresses(html).found if href and not href.startswith(own)]  # "" is any page itself

    assert relative == []
    assert '<meta name="robots" content="noindex">' in html
    assert "canonical" not in html


def test_a_site_without_a_known_address() -> None:
    """Where nobody said where the site stands, no page pretends to know."""
    html = filled("en", page("services/"), url="", repository="")

    assert "canonical" not in html
    assert "og:image" not in html
    assert 'href="mailto:open@example.go.th"' in html


def test_nothing_comes_from_elsewhere() -> None:
    """Everything that a page loads is its own site's, and nothing in it is inline."""
    html = filled("th", page("services/", structured='{"@type": "Thing"}'))
    loaded = [address for tag, address in Addresses(html).found if tag in ("link", "script", "img", "form")]
    outside = [address for address in loaded if address.startswith(("http:", "https:", "//"))]

    assert set(outside) <= {
        "https://example.go.th/sla/services/",
        "https://example.go.th/sla/en/services/",
        "https://creativecommons.org/licenses/by/4.0/",
    }
    assert re.findall(r"<script(?! src=)[^>]*>", html) == ['<script type="application/ld+json">']
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:", html)
    assert "default-src 'none'" in html.replace("&#39;", "'")


def test_the_notice_of_demonstration_data() -> None:
    """A page of demonstration data says so; another does not."""
    banner = load_strings("en")("demo.banner")

    assert banner in filled("en", page("services/", demonstration=True))
    assert banner not in filled("en", page("services/"))


def test_only_prose_loads_the_theme() -> None:
    """The theme's style sheet is sent where Markdown stands, and nowhere else."""
    shell = shell_in("en")
    other = fill(shell, page("services/", template="services.html"), "<p>body</p>").decode()

    assert "../../assets/main.0.min.css" in filled("en", page("services/"))
    assert "main.0.min.css" not in other


def test_paper_leads_back() -> None:
    """A service's page carries its address on paper, as words and as a code."""
    shell = shell_in("en")
    html = fill(shell, page("agencies/a/b/", template="service.html", section="agencies"), "").decode()

    assert "https://example.go.th/sla/en/agencies/a/b/" in html.split('class="print-end"')[1]
    assert '<path d="M0 0.5h7m' in html


def test_the_print_code_reads_as_what_was_encoded() -> None:
    """A camera that sees the drawing reads the address."""
    address = "https://example.go.th/sla/agencies/a/b/"
    size, path = print_code(address)
    seen = np.full((int(size) + 8, int(size) + 8), 255, np.uint8)  # with the four light modules around it
    for y, steps in re.findall(r"M0 (\d+)\.5([^M]*)", path):
        x = 4
        for run, gap in re.findall(r"h(\d+)|m(\d+) 0", steps):
            seen[int(y) + 4, x : x + int(run or 0)] = 0
            x += int(run or gap)
    enlarged = seen.repeat(4, axis=0).repeat(4, axis=1)

    assert [found.text for found in zxingcpp.read_barcodes(enlarged)] == [address]


def test_prose_of_another_language_says_so() -> None:
    """Prose that is not translated is marked with its own language and announced."""
    html = filled("en", page("methods/", content=Markdown(Markup("<p>ไทย</p>"), "th")))

    assert '<article class="md-typeset" data-typed lang="th">' in html
    assert load_strings("en")("translation.page_prose", language="English", first_language="Thai") in html


def test_every_section_has_a_name() -> None:
    """Each item of the menu has its words in every language."""
    names = [load_strings(language)(f"nav.{name.replace('-', '_')}") for language in ("th", "en") for name in MENU]

    assert all(names)


def test_scripts_are_published_without_what_only_we_read() -> None:
    """A script's comments and indentation stay in the repository, which no line that goes on in a text would survive."""
    for name in (name for name in assets.asset_paths() if name.endswith(".js")):
        written, published = (assets.ASSETS / name).read_text("utf-8"), assets._content(name).decode()

        assert not re.search(r"^(\s|//|$)", published.removesuffix("\n"), re.MULTILINE)
        assert len(published.splitlines()) > 3
        assert all(re.sub(r'"[^"]*"', "", line).count("`") % 2 == 0 for line in written.splitlines())


def test_a_module_names_what_it_imports_by_its_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A script points at the published names of its modules, and has another name when one of them changes."""
    (tmp_path / "case").mkdir()
    (tmp_path / "page.js").write_text('import { one } from "./case/one.js";\n', encoding="utf-8")
    (tmp_path / "case/one.js").write_text('export { two as one } from "./two.js";\n', encoding="utf-8")
    (tmp_path / "case/two.js").write_text("export const two = 2;\n", encoding="utf-8")
    monkeypatch.setattr(assets, "ASSETS", tmp_path)
    assets.asset_paths.cache_clear()
    before = dict(assets.asset_paths())
    assets.write_assets(tmp_path / "site")
    (tmp_path / "case/two.js").write_text("export const two = 3;\n", encoding="utf-8")
    assets.asset_paths.cache_clear()
    after = dict(assets.asset_paths())
    monkeypatch.undo()
    assets.asset_paths.cache_clear()

    site = tmp_path / "site"
    assert Path(before["case/one.js"]).name in (site / before["page.js"]).read_text("utf-8")
    assert f'"./{Path(before["case/two.js"]).name}"' in (site / before["case/one.js"]).read_text("utf-8")
    assert {name for name, path in before.items() if after.get(name) == path} == set()
