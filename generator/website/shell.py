"""The theme, rendered once per edition and cut where each page puts its own.

mkdocs spends most of a build on the chrome around pages; a page that is filled into a shell costs a join of bytes.
"""

import re
from dataclasses import dataclass

from markupsafe import escape

from generator.views.page import PageView
from generator.website.chrome import MENU, SiteFacts, chrome_part, chrome_parts
from generator.website.fragments import PageWords

NOT_FOUND = "404.html"
PROSE = "prose.html"

_SLOT = re.compile(r"@@([a-z0-9-]+)@@")
# What Material's base template puts outside its blocks, for scripts that we do not use.
_DEAD = re.compile(
    r'<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>'
    r'|<div data-md-component="(?:skip|announce)">\s*</div>'
    r'|<div class="md-dialog"[^>]*>\s*<div class="md-dialog__inner md-typeset"></div>\s*</div>'
)
_LINE_BREAKS = re.compile(r"\n\s*")

_WITH_OWN_SEARCH = ("home.html", "search.html")
_WITH_PRINT_CODE = ("service.html",)  # what people carry to a counter; a code costs two milliseconds


@dataclass(frozen=True, slots=True)
class Shell:
    """The chrome of one edition in pieces: ``slots[i]`` stands between ``parts[i]`` and ``parts[i + 1]``.

    ``notice`` and ``search`` are what only some pages have, the same on each.
    """

    facts: SiteFacts
    parts: tuple[bytes, ...]
    slots: tuple[str, ...]
    notice: str
    search: str


def theme_context(facts: SiteFacts) -> dict[str, object]:
    """Return what the theme's document prints, with a slot where each page puts its own."""
    slots = {name.replace("-", "_"): f"@@{name}@@" for name in _slot_names(facts)}
    return {**chrome_parts(facts, slots), "language": facts.language, "direction": facts.t("shell.direction")}


def make_shell(facts: SiteFacts, document: str) -> Shell:
    """Return the shell of a rendered document; a slot that no page could fill is a ValueError."""
    pieces = _SLOT.split(_LINE_BREAKS.sub("\n", _DEAD.sub("", document)))
    unknown = set(pieces[1::2]) - set(_slot_names(facts))
    if unknown:
        raise ValueError(f"the theme has slots that no page fills: {sorted(unknown)}")
    return Shell(
        facts,
        tuple(piece.encode() for piece in pieces[0::2]),
        tuple(pieces[1::2]),
        notice=chrome_part("notice", facts),
        search=chrome_part("search", facts, home="@@home@@"),
    )


def words_of_page(facts: SiteFacts, path: str) -> PageWords:
    """Return what the page at a path speaks and points with."""
    if path == NOT_FOUND:  # it is shown at any address, so that its links cannot be relative
        return PageWords(facts.language, facts.t, facts.w, facts.base_path + facts.prefix, facts.base_path)
    up = "../" * path.count("/")
    root = up + "../" * facts.prefix.count("/")
    return PageWords(facts.language, facts.t, facts.w, up or "./", root or "./")


def fill(shell: Shell, view: PageView, body_html: str) -> bytes:
    """Return the whole page.  ``body_html`` and ``view.structured`` are trusted; everything else is escaped."""
    words = words_of_page(shell.facts, view.path)
    values = _head(shell.facts, view) | _around(shell, view, words) | {"body": body_html}
    filled = [shell.parts[0]]
    for slot, part in zip(shell.slots, shell.parts[1:], strict=True):
        filled += (values.get(slot, "").encode(), part)
    return b"".join(filled)


def _slot_names(facts: SiteFacts) -> tuple[str, ...]:
    head = ("title", "heading", "description", "robots", "links", "structured", "prose-styles")
    around = ("home", "root", "notice", "search", "crumbs", "body", "print")
    languages = (f"to-{sibling.language}" for sibling in facts.siblings)
    return (*head, *around, *(f"current-{section}" for section in MENU), *languages)


def _head(facts: SiteFacts, view: PageView) -> dict[str, str]:
    whole = view.title if view.title == facts.title else f"{view.title} · {facts.title}"
    return {
        "title": escape(whole),
        "heading": escape(view.title),
        "description": escape(view.description),
        "robots": "" if view.index else '<meta name="robots" content="noindex">',
        "links": chrome_part("links", facts, path=view.path) if view.path != NOT_FOUND else "",
        "structured": f'<script type="application/ld+json">{view.structured}</script>' if view.structured else "",
    }


def _around(shell: Shell, view: PageView, words: PageWords) -> dict[str, str]:
    facts, path = shell.facts, "" if view.path == NOT_FOUND else view.path
    parts: dict[str, str] = {
        f"to-{sibling.language}": escape(words.root + sibling.prefix + path) for sibling in facts.siblings
    }
    parts |= {"home": words.home, "root": words.root, f"current-{view.section}": _current(view)}
    if view.demonstration:
        parts["notice"] = shell.notice
    if view.template not in _WITH_OWN_SEARCH:
        parts["search"] = shell.search.replace("@@home@@", words.home)
    if view.crumbs:
        parts["crumbs"] = chrome_part("crumbs", facts, crumbs=view.crumbs, home=words.home)
    if view.template == PROSE:
        parts["prose-styles"] = chrome_part("prose_styles", facts, root=words.root)
    if facts.url and view.index:
        with_code = view.template in _WITH_PRINT_CODE
        parts["print"] = chrome_part("print", facts, path=path, with_code=with_code, demonstration=view.demonstration)
    return parts


def _current(view: PageView) -> str:
    """The menu's item is the page itself, or stands for a page below it."""
    return f' aria-current="{"page" if view.path == f"{view.section}/" else "true"}"'
