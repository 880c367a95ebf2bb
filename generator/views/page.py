"""What every page has, whatever it shows."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """A link.  ``path`` starts at the edition's root ("agencies/x/"), unless it is a whole address (https:, mailto:)."""

    text: str
    path: str
    language: str = ""  # of the text, where it is not the page's own


@dataclass(frozen=True, slots=True)
class PageView:
    """One generated page, ready to print.

    ``path`` is the address under the edition's root: "" for home, "agencies/x/y/" for a service, "404.html" for a file.
    ``template`` names the fragment that prints ``content`` (as ``view``) into the shell's ``<main>``.  ``section`` is the
    item of the menu that the page belongs to.  ``description`` is for search engines and shared links, plain text.
    """

    path: str
    template: str
    title: str
    description: str
    content: Any
    section: str = ""
    crumbs: tuple[Link, ...] = ()
    demonstration: bool = False
    structured: str = ""  # JSON-LD, already encoded for a script element
    changed: str = ""  # ISO date for the sitemap, where known
    of: str = ""  # what the figures of the description are about, below what the page is about
    index: bool = True  # False: not in the sitemap, and robots are told so
