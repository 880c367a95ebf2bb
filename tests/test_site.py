"""What holds on every page of a whole site, whatever it shows."""

import csv
import io
import json
import re
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import orjson
import pytest
from bones import VOID, Bare
from sites import REPOSITORY, built, canada_site

from generator.website.chrome import POLICY

THAI = re.compile("[\u0e00-\u0e7f]")
BASE = "https://clearly.example.go.th/sla/"


class Page(Bare):
    """A page as a list of tags and of the texts under each language, and what is wrong with its source."""

    def __init__(self, path: Path) -> None:
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str, str]] = []  # (element, language, text)
        self._languages: list[str] = []  # of each element that is open
        super().__init__(path.read_text(encoding="utf-8"))
        self.bones.clear()
        self.words.clear()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag, and the language that holds below it."""
        super().handle_starttag(tag, attrs)
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        if tag not in VOID:
            self._languages.append(found.get("lang") or (self._languages[-1] if self._languages else ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag that closes itself."""
        super().handle_startendtag(tag, attrs)
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        super().handle_endtag(tag)
        del self._languages[len(self._open) :]

    def handle_data(self, data: str) -> None:
        """Keep a text with its element and its language."""
        if data.strip() and self._open:
            drawn = "svg" in self._open  # a drawing's parts have titles too
            element = self._open[-1]
            self.texts.append((f"svg-{element}" if drawn else element, self._languages[-1], data))

    def all(self, tag: str) -> Iterator[dict[str, str]]:
        """Yield the attributes of every such tag."""
        return (attrs for name, attrs in self.tags if name == tag)

    @cached_property
    def ids(self) -> list[str]:
        """Return every id, in order."""
        return [attrs["id"] for _, attrs in self.tags if "id" in attrs]


@lru_cache(maxsize=4096)
def page(path: Path) -> Page:
    """Return a page, read once."""
    return Page(path)


def pages(site: Path) -> list[Path]:
    """Return every page of a site."""
    return sorted(site.rglob("*.html"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demonstration's site."""
    return built(tmp_path_factory, "demonstration", REPOSITORY / "sla_data")


@pytest.fixture(scope="module")
def canada(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Canadian site."""
    return canada_site(tmp_path_factory)


@pytest.fixture(scope="module", params=["site", "canada"])
def any_site(request: pytest.FixtureRequest) -> Path:
    """Return each site in turn."""
    found: Path = request.getfixturevalue(request.param)
    return found


def broken_links(site: Path, base: str) -> Iterator[str]:
    """Yield every link, image, script or form that leads to no file, or to no place in its page."""
    for path in pages(site):
        address = urljoin(base, path.relative_to(site).as_posix().removesuffix("index.html"))
        for tag, attrs in page(path).tags:
            for name in ("href", "src", "action"):
                if name in attrs and not (tag == "link" and attrs.get("rel") in {"canonical", "alternate"}):
                    problem = _leads_nowhere(site, base, urljoin(address, attrs[name]))
                    if problem:
                        yield f"{path.relative_to(site)}: <{tag} {name}={attrs[name]!r}> {problem}"


@cache
def _leads_nowhere(site: Path, base: str, target: str) -> str:
    parts = urlsplit(target)
    if parts.scheme in {"tel", "mailto", "data"} or not target.startswith(base.rstrip("/")):
        return ""
    file = site / unquote(parts.path).removeprefix(urlsplit(base).path)
    file = (
        file / "index.html"
        if target.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0].endswith("/") or file.is_dir()
        else file
    )
    if not file.is_file():
        return "leads to no file"
    if parts.fragment and file.suffix == ".html" and unquote(parts.fragment) not in page(file).ids:
        return "leads to no such place"
    return ""


def test_no_link_is_broken(any_site: Path) -> None:
    """Every link inside the site leads to a file, and to a place that its page has."""
    broken = list(broken_links(any_site, BASE))

    assert not broken, "\n".join(broken[:20])


def test_every_page_is_well_formed(any_site: Path) -> None:
    """Every element is closed by its own tag, and every attribute quoted and written once."""
    for path in pages(any_site):
        assert page(path).faults == [], path


def test_every_file_of_data_can_be_read(any_site: Path) -> None:
    """Every JSON file, and every description within a page, is strict JSON; every CSV has a cell for each column."""
    for path in sorted(any_site.rglob("*.json")):
        orjson.loads(path.read_bytes())
    for path in pages(any_site):
        for element, _, text in page(path).texts:
            if element == "script":
                orjson.loads(text)
    for path in sorted(any_site.rglob("*.csv")):
        rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""), strict=True)

        assert len({len(row) for row in rows}) == 1, path


def test_ids_are_unique(any_site: Path) -> None:
    """No page has two elements with one id."""
    for path in pages(any_site):
        ids = page(path).ids

        assert len(ids) == len(set(ids)), f"{path}: {sorted({one for one in ids if ids.count(one) > 1})}"


def test_every_page_says_what_it_is(any_site: Path) -> None:
    """Every page has one title, a description, one first heading, a language and a picture for a shared link."""
    for path in pages(any_site):
        shown = page(path)
        metas = {meta.get("name") or meta.get("property"): meta.get("content", "") for meta in shown.all("meta")}

        assert sum(element == "title" for element, _, _ in shown.texts) == 1, path
        assert metas["description"].strip(), path
        assert all(metas[name].strip() for name in ("og:title", "og:description")), path
        # A picture needs a whole address, which a catalog without url does not give.
        assert metas.get("og:image", "").startswith("https://") or "canonical" not in {
            link.get("rel") for link in shown.all("link")
        }, path
        assert len(list(shown.all("h1"))) == 1, path
        assert next(shown.all("html"))["lang"], path


def test_headings_never_skip_a_level(any_site: Path) -> None:
    """A heading is at most one level below the one before."""
    for path in pages(any_site):
        levels = [int(tag[1]) for tag, _ in page(path).tags if re.fullmatch("h[1-6]", tag)]

        assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False)), (path, levels)


def test_a_strict_policy_has_nothing_to_refuse(any_site: Path) -> None:
    """Every page has a content security policy, and no inline script, style or handler that it would refuse."""
    for path in pages(any_site):
        shown = page(path)
        policies = [
            meta["content"] for meta in shown.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"
        ]

        place = next(at for at, (_, attrs) in enumerate(shown.tags) if attrs.get("content") in policies)

        assert policies == [POLICY], path
        assert {tag for tag, _ in shown.tags[:place]} <= {"html", "head", "meta"}, path  # nothing loads before it
        assert not list(shown.all("style")), path
        assert all("src" in script or "json" in script.get("type", "") for script in shown.all("script")), path
        assert not [attrs for _, attrs in shown.tags if "style" in attrs or any(a.startswith("on") for a in attrs)], (
            path
        )


def test_nothing_comes_from_elsewhere(any_site: Path) -> None:
    """No page loads anything from another host."""
    loads = {"img": "src", "script": "src", "iframe": "src", "source": "src", "use": "href"}
    for path in pages(any_site):
        for tag, attrs in page(path).tags:
            address = attrs.get(loads.get(tag, ""), "")
            if tag == "link" and attrs.get("rel") not in {"canonical", "alternate", "license"}:
                address = attrs["href"]

            assert not re.match("(?:https?:)?//", address), (path, tag, address)


def test_the_two_languages_point_to_each_other(site: Path) -> None:
    """Every Thai page has an English twin; both name both as alternates, and each is its own canonical address."""
    for path in pages(site):
        relative = path.relative_to(site)
        if relative.parts[0] == "en" or relative.name == "404.html":
            continue
        twin = site / "en" / relative

        assert twin.is_file(), twin
        for one, language in ((path, "th"), (twin, "en")):
            links = list(page(one).all("link"))
            address = BASE + one.relative_to(site).as_posix().removesuffix("index.html")
            alternates = {
                link["hreflang"]: link["href"]
                for link in links
                if link.get("rel") == "alternate" and "hreflang" in link
            }
            assert next(page(one).all("html"))["lang"] == language
            if any(meta.get("content") == "noindex" for meta in page(one).all("meta")):
                continue
            assert [link["href"] for link in links if link.get("rel") == "canonical"] == [address], one
            assert alternates["th"] == BASE + relative.as_posix().removesuffix("index.html"), one
            assert alternates["en"] == BASE + "en/" + relative.as_posix().removesuffix("index.html"), one


def test_text_of_another_language_is_marked(site: Path) -> None:
    """A text on an English page that is mostly Thai stands in an element that says so; a Thai term may stand in brackets."""
    for path in pages(site / "en"):
        for element, language, text in page(path).texts:
            thai, latin = len(THAI.findall(text)), len(re.findall("[A-Za-z]", text))
            if thai > latin and element not in {"title", "svg-title", "script"}:
                assert language == "th", (path, element, text[:80])


def test_demonstration_data_says_so_on_every_page(site: Path) -> None:
    """No page of the demonstration can be taken for real."""
    for path in pages(site):
        words = " ".join(text for _, _, text in page(path).texts)

        assert "ข้อมูลสาธิต" in words or "Demonstration data" in words, path


def test_the_canadian_site_has_no_thai_letter(canada: Path) -> None:
    """Built for English readers, no page of the Canadian data holds a Thai letter, and it stands at the root."""
    with_thai = [str(path) for path in pages(canada) if THAI.search(path.read_text(encoding="utf-8"))]

    assert not with_thai, with_thai[:10]
    assert next(page(canada / "index.html").all("html"))["lang"] == "en"
    assert not (canada / "en").exists()


def test_the_canadian_site_publishes_every_service(canada: Path) -> None:
    """864 services have a page, and status.json counts the 14 withheld rows and no withheld service."""
    status = json.loads((canada / "status.json").read_text(encoding="utf-8"))

    assert len(list((canada / "agencies").glob("*/*/index.html"))) == 864
    assert (status["agencies"], status["services"]) == (66, 864)
    assert status["rows"] + status["withheld_rows"] == 3927
    assert status["withheld_rows"] == 14


def test_the_sitemap_names_every_page_for_readers(site: Path) -> None:
    """Every page that may be indexed stands in the sitemap under the site's own address, and no other."""
    listed = set(re.findall("<loc>([^<]+)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8")))
    expected = {
        BASE + path.relative_to(site).as_posix().removesuffix("index.html")
        for path in pages(site)
        if not any(meta.get("content") == "noindex" for meta in page(path).all("meta"))
    }

    assert listed == expected


def test_percentages_stand_with_their_counts(site: Path) -> None:
    """The headline of every service names counts beside its percentage or natural frequency."""
    for path in sorted((site / "agencies").glob("*/*/index.html")):
        description = next(meta["content"] for meta in page(path).all("meta") if meta.get("name") == "description")
        if "%" in description or "ใน 100" in description:
            assert re.search(r"\d[\d,]* จาก \d[\d,]*", description.replace("\u00a0", " ")), (path, description)
