"""Pages into files: each edition's shell is filled with what the views say."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.paper.typeset import Unable
from generator.texts import Strings, Wording
from generator.views.page import PageView
from generator.website.fragments import render_body
from generator.website.shell import Shell, fill, words_of_page
from generator.website.sitemap import Address


@dataclass(frozen=True, slots=True)
class Edition:
    """The site in one language.  ``prefix`` is its folder: "" for the first, "en/".  ``prose`` are its Markdown pages by path."""

    language: str
    prefix: str
    strings: Strings
    wording: Wording
    shell: Shell
    prose: Mapping[str, PageView]


class Published(NamedTuple):
    """What was written, and why no papers were, where there are none."""

    pages: int
    no_papers: Unable | None = None


def page_html(edition: Edition, view: PageView) -> bytes:
    """Return one whole page of one edition."""
    return fill(edition.shell, view, render_body(view, words_of_page(edition.shell.facts, view.path)))


def write_page(edition: Edition, view: PageView, site: Path) -> None:
    """Write one page of one edition."""
    target = site / f"{edition.prefix}{view.path}"
    if not view.path or view.path.endswith("/"):
        target /= "index.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(page_html(edition, view))


def write_pages(edition: Edition, views: Iterable[PageView], site: Path) -> Iterator[Address]:
    """Write pages of one edition; yield the address of each that may be indexed."""
    for view in views:
        write_page(edition, view, site)
        if view.index:
            yield Address(view.path, view.changed)
