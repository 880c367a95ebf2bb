"""Pages into files: each edition's shell is filled with what the views say, many agencies at a time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.texts import Strings, Wording
from generator.views.page import PageView
from generator.website.assets import write_assets
from generator.website.fragments import load_templates, render_body
from generator.website.plan import Plan
from generator.website.shell import Shell, fill, words_of_page
from generator.website.sitemap import Address, write_sitemap
from generator.workers import each


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
    """What was written."""

    pages: int


Pages = Callable[[str, Edition], Iterable[PageView]]


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


def write_agencies(
    agency_ids: Sequence[str], pages: Pages, editions: Sequence[Edition], site: Path, jobs: int | None = None
) -> Iterator[tuple[Address, ...]]:
    """Write the pages of each agency in every edition; yield its addresses, agency by agency.

    Workers are forked: they have ``pages``, the editions and the templates without a copy.
    """
    load_templates()

    def write(agency_id: str) -> tuple[Address, ...]:
        return tuple(
            address for edition in editions for address in write_pages(edition, pages(agency_id, edition), site)
        )

    yield from each(write, agency_ids, jobs)


def publish(plan: Plan, editions: Sequence[Edition], site: Path) -> Published:
    """Write everything that is no prose into the site, and say what was written."""
    addresses = [Address(view.path, view.changed) for view in editions[0].prose.values() if view.index]
    write_assets(site)
    write_sitemap(site, plan.url, plan.siblings, addresses)
    return Published(len(addresses) * len(editions))
