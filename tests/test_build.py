"""The whole build: put in place at once, nothing left beside it, the same bytes every time."""

import fcntl
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from small import write_small

from generator.website.build import BusyError, NotASiteError, build_site, find_configuration
from generator.website.chrome import Sibling
from generator.website.plan import RefusedError, Request, clock
from generator.website.sitemap import Address, write_sitemap

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A catalog of one agency with one service."""
    return write_small(tmp_path / "data")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Where the site goes, in a folder of its own."""
    return tmp_path / "out" / "site"


def built(data: Path, site: Path, **options: object) -> None:
    """Build with our own configuration, for a day that stands still."""
    request = Request(data, date(2026, 11, 22), jobs=1, **options)  # type: ignore[arg-type]
    build_site(request, site, find_configuration())


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def modes(folder: Path) -> set[tuple[bool, int]]:
    """Return which modes folders (True) and files have."""
    return {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in (folder, *folder.rglob("*"))}


@pytest.fixture
def umask() -> Iterator[None]:
    """A shell that lets nobody else read what it makes."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def test_a_site_has_every_edition_and_its_files_once(data: Path, site: Path) -> None:
    """Prose stands in both languages; style sheet, script and fonts stand once, at the root; nothing is left beside."""
    built(data, site)
    names = tree(site).keys()

    assert {"about/index.html", "en/about/index.html", "for-agencies/figures/index.html", "sitemap.xml"} <= names
    assert not [name for name in names if name.startswith("en/assets/")]
    assert len([name for name in names if re.fullmatch(r"assets/clearly\.[0-9a-f]{8}\.(css|js)", name)]) == 2
    assert not [name for name in names if "javascripts" in name or name.endswith(".map")]
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_the_sums_of_a_site_cover_it(data: Path, site: Path) -> None:
    """Every file of a whole site, prose, pages and data, has the sum that SHA256SUMS says."""
    built(data, site)
    files = tree(site)
    sums = files.pop("SHA256SUMS").decode().splitlines()

    assert sums == [f"{hashlib.sha256(files[name]).hexdigest()}  {name}" for name in sorted(files)]


def test_building_again_gives_the_same_bytes(data: Path, site: Path, tmp_path: Path, umask: None) -> None:
    """A second build elsewhere, under another file mask, equals the first; so does one in the first one's place."""
    built(data, site)
    first = tree(site)
    built(data, tmp_path / "other")
    built(data, site)

    assert tree(tmp_path / "other") == first
    assert tree(site) == first
    assert modes(site) == {(True, 0o755), (False, 0o644)}


def test_what_is_refused_leaves_the_old_site(data: Path, site: Path) -> None:
    """Where nothing can be published the old site stays as it was, and nothing is left beside it."""
    built(data, site)
    before = tree(site)
    (data / "agencies/sample/agency.yml").write_text("id: other\n", encoding="utf-8")

    with pytest.raises(RefusedError):
        built(data, site, strict=True)
    (data / "catalog.yml").write_text("[", encoding="utf-8")
    with pytest.raises(RefusedError):
        built(data, site)

    assert tree(site) == before
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_a_file_that_is_gone_is_gone_from_the_site(data: Path, site: Path) -> None:
    """A page of the old site that the new one does not have does not stay."""
    built(data, site)
    (site / "stale.html").write_text("old", encoding="utf-8")
    built(data, site)

    assert not (site / "stale.html").exists()


def test_a_folder_of_something_else_is_never_replaced(data: Path, tmp_path: Path) -> None:
    """A folder that no build made is refused, and keeps what it holds."""
    other = tmp_path / "letters"
    other.mkdir()
    (other / "letter.txt").write_text("dear", encoding="utf-8")

    with pytest.raises(NotASiteError):
        built(data, other)

    assert tree(other) == {"letter.txt": b"dear"}


def test_one_build_at_a_time(data: Path, site: Path) -> None:
    """While another build holds the site, this one gives up at once."""
    site.parent.mkdir()
    with (site.parent / ".site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        with pytest.raises(BusyError):
            built(data, site)


def test_a_killed_build_is_cleared_away(data: Path, site: Path) -> None:
    """What a killed build left is removed; an old site that it had already moved away comes back first."""
    built(data, site)
    site.rename(site.with_name(".site.old"))
    (site.with_name(".site.new") / "half").mkdir(parents=True)
    (data / "catalog.yml").write_text("[", encoding="utf-8")

    with pytest.raises(RefusedError):
        built(data, site)

    assert (site / "about/index.html").exists()
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_one_language_alone(data: Path, site: Path) -> None:
    """A site of one language has no folder for it, no switch and no language links; prose of others does not show."""
    built(data, site, languages=("en",))
    about = (site / "about/index.html").read_text(encoding="utf-8")

    assert not (site / "en").exists()
    assert "hreflang" not in about
    assert not re.search("[\u0e00-\u0e7f]", about)


def test_the_sitemap_names_every_page_in_every_language(data: Path, site: Path) -> None:
    """Each indexed page stands once per language, below the site's path, with links to all its languages."""
    built(data, site)
    root = ET.fromstring((site / "sitemap.xml").read_bytes())
    entries = {url.findtext(f"{SITEMAP}loc"): url for url in root}
    links = entries["https://clearly.example.go.th/sla/en/about/"].findall(f"{XHTML}link")

    assert {link.get("href") for link in links} == {
        "https://clearly.example.go.th/sla/about/",
        "https://clearly.example.go.th/sla/en/about/",
    }
    for address in entries:
        path = str(address).removeprefix("https://clearly.example.go.th/sla/")
        assert (site / path / "index.html").exists(), address
    assert "Sitemap: https://clearly.example.go.th/sla/sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")


def test_a_long_sitemap_is_parted(tmp_path: Path) -> None:
    """No file holds more addresses than search engines read, and together they hold each once."""
    siblings = (Sibling("th", "ไทย", ""), Sibling("en", "English", "en/"))
    addresses = [Address(f"agencies/a{number}/", "2026-11-01") for number in range(5)]
    write_sitemap(tmp_path, "https://example.go.th/", siblings, addresses, most=4)
    index = (tmp_path / "sitemap.xml").read_text(encoding="utf-8")
    parts = [(tmp_path / f"sitemap-{number}.xml").read_text(encoding="utf-8") for number in (1, 2, 3)]

    assert [part.count("<url>") for part in parts] == [4, 4, 2]
    assert index.count("<loc>https://example.go.th/sitemap-") == 3


def test_the_day_can_stand_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH says what day it is, in the catalog's timezone; a day that is given goes before."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795284000")  # 2026-11-21 18:00 UTC

    assert clock(None)("Asia/Bangkok") == date(2026, 11, 22)
    assert clock(None)("UTC") == date(2026, 11, 21)
    assert clock(date(2020, 1, 1))("Asia/Bangkok") == date(2020, 1, 1)
