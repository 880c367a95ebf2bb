"""What stands around every page of an edition: the facts it is made of, and its parts as HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from generator.model import Catalog
from generator.texts import Strings, Wording, in_language
from generator.views.page import Link
from generator.website.fragments import render_chrome

# The menu: sections of the site, each at an address of its own name, called by ``nav.<section>``.
MENU = ("services", "agencies", "data", "data-quality", "methods", "for-agencies", "about")

# A strict policy: nothing of another host, nothing inline, and no script that makes elements out of text.  As nothing is
# inline there is nothing to hash.  Data for search engines is no script and stays allowed; forms lead to our own search.
# The one type that our script may make is the address of the worker (clearly.js), and no other.
POLICY = "; ".join((
    "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'", "font-src 'self'",
    "connect-src 'self'", "worker-src 'self'", "base-uri 'none'", "form-action 'self'",
    "require-trusted-types-for 'script'", "trusted-types clearly",
))  # fmt: skip

# The letters that a page of this language needs first; all others, and weights, come as the page asks for them.
_FIRST_FONT = {"th": "fonts/sarabun-thai-400-normal.woff2"}
_LATIN_FONT = "fonts/sarabun-latin-400-normal.woff2"


@dataclass(frozen=True, slots=True)
class Sibling:
    """An edition as others point at it: its language, what that calls itself, and its folder ("" or "en/")."""

    language: str
    name: str
    prefix: str


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What the chrome of one edition says.

    ``url`` is where the whole site stands ("https://…/", "" where nobody said); ``policy`` is empty in a preview, whose
    server adds a script of its own.  ``prose_styles`` is the theme's style sheet, which only Markdown pages need;
    ``worker`` is where the worker stands that keeps pages, "" where none shall.
    """

    language: str
    prefix: str
    siblings: tuple[Sibling, ...]
    t: Strings
    w: Wording
    title: str
    other_title: tuple[str, str]  # the title in another language, and which; empty where it is the same
    publisher: str
    publisher_url: str
    email: str
    licence: Link
    repository: str
    url: str
    as_of: date
    demonstration: bool
    prose_styles: str = ""
    policy: str = POLICY
    worker: str = ""

    @property
    def first_font(self) -> str:
        """Return the font file that pages of this language need at once."""
        return _FIRST_FONT.get(self.language, _LATIN_FONT)

    @property
    def base_path(self) -> str:
        """Return the path under which the whole site stands, with a slash at both ends."""
        return urlsplit(self.url).path or "/"


def site_facts(
    catalog: Catalog, siblings: Sequence[Sibling], words: tuple[Strings, Wording], as_of: date, url: str
) -> SiteFacts:
    """Return the facts of the edition whose words these are."""
    settings = catalog.settings
    language, first = words[0].language, catalog.first_language
    title, _ = in_language(settings.title, language, first)
    publisher, _ = in_language(settings.publisher.title, language, first)
    licence, licence_language = in_language(settings.licence.title, language, first)
    return SiteFacts(
        language=language,
        prefix=next(sibling.prefix for sibling in siblings if sibling.language == language),
        siblings=tuple(siblings),
        t=words[0],
        w=words[1],
        title=title,
        other_title=_other_title(settings.title, title, siblings),
        publisher=publisher,
        publisher_url=settings.publisher.url or "",
        email=settings.publisher.email or "",
        licence=Link(licence, settings.licence.url or "", "" if licence_language == language else licence_language),
        repository=(settings.repository or "").rstrip("/"),
        url=url if not url or url.endswith("/") else f"{url}/",
        as_of=as_of,
        demonstration=settings.demonstration,
    )


def chrome_parts(facts: SiteFacts, slots: Mapping[str, str]) -> dict[str, str]:
    """Return the parts of the theme's document by name; ``slots`` are what each page puts its own in place of."""
    context = _context(facts) | {"slot": slots, "home": slots["home"], "root": slots["root"], "menu": MENU}
    return {name: render_chrome(f"{name}.html", context) for name in ("head", "header", "main", "footer")}


def chrome_part(name: str, facts: SiteFacts, **of_page: object) -> str:
    """Return a part that only some pages have, as the notice of demonstration data or the way here."""
    return render_chrome(f"{name}.html", _context(facts) | of_page)


def _context(facts: SiteFacts) -> dict[str, object]:
    return {"site": facts, "t": facts.t, "w": facts.w, "language": facts.language}


def _other_title(titles: Mapping[str, str], title: str, siblings: Sequence[Sibling]) -> tuple[str, str]:
    for sibling in siblings:
        if titles.get(sibling.language, title) != title:
            return titles[sibling.language], sibling.language
    return "", ""
