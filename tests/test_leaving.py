"""Leaving the stack: without Material the same site stands, plainer; the weekly form leaves mkdocs too (``make leave``)."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from same_site import differences
from sites import AS_OF, REPOSITORY, built

from generator.website.build import build_site
from generator.website.plan import Request

SAMPLE = REPOSITORY / "tests" / "sample"
PLAIN = REPOSITORY / "tests" / "plain.yml"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as it is built every day."""
    return built(tmp_path_factory, "sample", SAMPLE)


def test_under_another_theme_nothing_that_is_said_changes(site: Path, tmp_path: Path) -> None:
    """With mkdocs' own theme there are the same addresses, pages say the same, and every other file is the same bytes."""
    build_site(Request(SAMPLE, date.fromisoformat(AS_OF)), tmp_path / "plain", PLAIN)
    page = (tmp_path / "plain/about/index.html").read_text(encoding="utf-8")

    assert list(differences(site, tmp_path / "plain")) == []
    assert "md-container" not in page
    assert not list((tmp_path / "plain").glob("assets/main.*"))


def test_a_figure_that_differs_is_found(site: Path, tmp_path: Path) -> None:
    """The comparison names a page with another figure, a file with another byte, and addresses that one site lacks."""
    other = tmp_path / "other"
    shutil.copytree(site, other)
    page = next(other.glob("agencies/*/*/index.html"))
    page.write_text(page.read_text(encoding="utf-8").replace("</main>", "<b>91%</b></main>"), encoding="utf-8")
    (other / "robots.txt").write_text("", encoding="utf-8")
    (other / "status.json").rename(other / "state.json")

    assert list(differences(site, other)) == [
        f"only in {site}: status.json",
        f"only in {other}: state.json",
        f"differs: {page.relative_to(other)}",
        "differs: robots.txt",
    ]
