"""What search engines read: every address in every language, and where that list is."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from generator.website.chrome import Sibling

MOST_ADDRESSES = 50_000  # per file; sitemaps.org
_OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


class Address(NamedTuple):
    """A page that search engines may keep: its path under every edition's root, and when it changed, if known."""

    path: str
    changed: str


def write_sitemap(
    site: Path, url: str, siblings: Sequence[Sibling], addresses: Iterable[Address], most: int = MOST_ADDRESSES
) -> None:
    """Write ``sitemap.xml`` (parted where it is long) and ``robots.txt``.

    A sitemap holds whole addresses; where nobody said where the site stands there is none.
    """
    robots = "User-agent: *\nAllow: /\n"
    if url:
        robots += f"\nSitemap: {url}sitemap.xml\n"
        _write_maps(site, url, siblings, sorted(set(addresses)), most // len(siblings))
    (site / "robots.txt").write_text(robots, encoding="utf-8")


def _write_maps(site: Path, url: str, siblings: Sequence[Sibling], addresses: Sequence[Address], at_once: int) -> None:
    chunks = [addresses[start : start + at_once] for start in range(0, len(addresses), at_once)] or [()]
    if len(chunks) == 1:
        return _write(site / "sitemap.xml", "urlset", (_entries(url, siblings, address) for address in chunks[0]))
    names = [f"sitemap-{number}.xml" for number in range(1, len(chunks) + 1)]
    for name, chunk in zip(names, chunks, strict=True):
        _write(site / name, "urlset", (_entries(url, siblings, address) for address in chunk))
    maps = (f"<sitemap><loc>{escape(url + name)}</loc></sitemap>\n" for name in names)
    return _write(site / "sitemap.xml", "sitemapindex", maps)


def _entries(url: str, siblings: Sequence[Sibling], address: Address) -> str:
    """Return an entry for each language; each names all of them, itself too."""
    places = [
        (sibling.language, escape(f"{url}{sibling.prefix}{address.path}", {'"': "&quot;"})) for sibling in siblings
    ]
    changed = f"<lastmod>{address.changed}</lastmod>" if address.changed else ""
    links = "".join(f'<xhtml:link rel="alternate" hreflang="{language}" href="{place}"/>' for language, place in places)
    both = links if len(places) > 1 else ""
    return "".join(f"<url><loc>{place}</loc>{changed}{both}</url>\n" for _, place in places)


def _write(path: Path, root: str, entries: Iterable[str]) -> None:
    path.write_text(f"{_OPEN}<{root} {_NAMESPACES}>\n{''.join(entries)}</{root}>\n", encoding="utf-8")
