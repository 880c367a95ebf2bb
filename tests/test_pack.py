"""A site packed for an office without a connection opens from a folder: its links lead to pages, and search finds."""

import re
import subprocess
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from browser import opened
from playwright.sync_api import Browser
from sites import built

from generator.locales import load_strings
from generator.pack import Packed, pack, packed_page
from generator.views.data import SUMS

SAMPLE = Path(__file__).parent / "sample"
LINK_FROM_ROOT = re.compile(r'\b(?:href|src|action)="/')
LINK = re.compile(r'\b(?:href|src|action)="(?![a-z]+:|//|#)([^"?#]+)')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample's site."""
    return built(tmp_path_factory, "sample", SAMPLE)


@pytest.fixture(scope="module")
def folder(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the sample's archive is unpacked."""
    made = tmp_path_factory.mktemp("packed")
    pack(site, made / "site.zip")
    with ZipFile(made / "site.zip") as archive:
        archive.extractall(made / "site")
    return made / "site"


def test_the_same_site_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    """Two archives are equal, say how large they are, and nothing is left beside them."""
    packed = [pack(site, tmp_path / name) for name in ("one.zip", "two.zip")]
    sums = {sha256((tmp_path / name).read_bytes()).hexdigest() for name in ("one.zip", "two.zip")}

    assert len(sums) == 1
    assert packed[0] == packed[1] == Packed(packed[0].files, (tmp_path / "one.zip").stat().st_size)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.zip", "two.zip"]


def test_a_copy_can_be_checked(folder: Path) -> None:
    """sha256sum finds every unpacked file as the archive's own list has it, and no other file is there."""
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", SUMS], cwd=folder, capture_output=True, check=False
    )
    listed = (folder / SUMS).read_text("utf-8").splitlines()

    assert done.returncode == 0, done.stdout
    assert len(listed) == sum(1 for path in folder.rglob("*") if path.is_file()) - 1


def test_every_link_leads_to_a_file(site: Path, folder: Path) -> None:
    """What a link of the site leads to is a file of the archive: none ends at a folder, or at what was left out."""
    broken = []
    for path in folder.rglob("*.html"):
        for link in LINK.findall(path.read_text("utf-8")):
            place = normpath(f"{dirname(path.relative_to(folder).as_posix())}/{unquote(link)}".lstrip("/"))
            if (site / place).exists() and not (folder / place).is_file():
                broken.append((path.relative_to(folder).as_posix(), link))

    assert len(list(folder.rglob("*.html"))) > 50
    assert broken == []
    assert not [path for path in folder.rglob("*.html") if LINK_FROM_ROOT.search(path.read_text("utf-8"))]


@pytest.mark.parametrize(
    ("link", "packed"),
    [
        ("./", "./index.html"), ("../../", "../../index.html"), ("a/b/#c", "a/b/index.html#c"), ("search/?q=x", "search/index.html?q=x"),
        ("#here", "#here"), ("", ""), ("https://example.go.th/", "https://example.go.th/"), ("mailto:a@example.go.th", "mailto:a@example.go.th"),
        ("data/a.csv", "data/a.csv"),
    ],
)  # fmt: skip
def test_a_link_to_a_folder_names_its_page(link: str, packed: str) -> None:
    """What ends at a folder ends at its page; everything else stays."""
    assert f'<a href="{packed}">' in packed_page(f'<html lang="en"><a href="{link}">x</a></html>')


@pytest.mark.browser
def test_an_office_without_a_connection_searches_and_reads(chromium: Browser, folder: Path) -> None:
    """Opened as a file the site has its styles and typeface, finds what is searched for, and says that it is a copy."""
    with opened(chromium, 360) as (page, log):
        for language, prefix, query in (("th", "", "ใบขับขี่"), ("en", "en/", "licence")):
            page.goto(f"{folder.as_uri()}/{prefix}index.html")
            assert load_strings(language)("pack.copy") in page.locator(".notice.kept").inner_text()
            page.locator("#q").fill(query)
            page.locator("#q").press("Enter")
            page.locator("#search-results a").first.click()
            page.wait_for_url("**/agencies/**/index.html")

            assert page.evaluate("getComputedStyle(document.querySelector('.top-in')).display") == "flex"
            assert page.evaluate(
                "document.fonts.ready.then(all => Array.from(all).some(one => one.status === 'loaded'))"
            )
            assert page.locator("html").get_attribute("lang") == language
        page.locator(".top-lang").click()
        page.wait_for_url("**/index.html")
        assert log.console == []
        assert log.failed == []
