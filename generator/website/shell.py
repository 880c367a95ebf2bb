"""The theme, rendered once per edition and cut where each page puts its own.

mkdocs spends most of a build on the chrome around pages; a page that is filled into a shell costs a join of bytes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from markupsafe import escape

from generator.claims import claims_of
from generator.views.offline import OFFLINE
from generator.views.page import Link, PageView
from generator.website.chrome import MENU, SiteFacts, chrome_part, chrome_parts
from generator.website.fragments import PageWords
from generator.website.printcode import print_code

NOT_FOUND = "404.html"
ANYWHERE = (NOT_FOUND, OFFLINE)  # pages that are shown at any address, so that their links cannot be relative
PROSE = "prose.html"

# Control characters mark a slot: no text of the data holds one (data contract, section 1), so none can forge a slot.
_SLOT = re.compile(r"\x02([a-z0-9-]+)\x03")
# What Material's base template puts outside its blocks, for scripts that we do not use.
_DEAD = re.compile(
    r'<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>'
    r'|<div data-md-component="(?:skip|announce)">\s*</div>'
    r'|<div class="md-dialog"[^>]*>\s*<div class="md-dialog__inner md-typeset"></div>\s*</div>'
)
_LINE_BREAKS = re.compile(r"\n\s*")

_WITH_OWN_SEARCH = ("home.html", "search.html")
_WITH_PRINT_CODE = ("service.html",)  # what people carry to a counter; a code costs a tenth of a millisecond

# What only some pages have, each a template of the chrome, and the slots in them.
_OF_SOME = ("notice", "search", "links", "prose-styles", "print", "print-code", "print-demonstration")
_SLOTS_OF_SOME = ("home", "root", "path", "dark", "size", "print-code", "print-demonstration")


class Cut(NamedTuple):
    """A text in pieces: ``slots[i]`` stands between ``parts[i]`` and ``parts[i + 1]``."""

    parts: tuple[str, ...]
    slots: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Shell:
    """The chrome of one edition: the document around every page, and by slot what only some pages have in it."""

    facts: SiteFacts
    document: Cut
    some: Mapping[str, Cut]


def theme_context(facts: SiteFacts) -> dict[str, object]:
    """Return what the theme's document prints, with a slot where each page puts its own."""
    slots = {name.replace("-", "_"): _slot(name) for name in _slot_names(facts)}
    return {**chrome_parts(facts, slots), "language": facts.language, "direction": facts.t("shell.direction")}


def make_shell(facts: SiteFacts, document: str) -> Shell:
    """Return the shell of a rendered document; a slot that no page could fill is a ValueError."""
    whole = _cut(_LINE_BREAKS.sub("\n", _DEAD.sub("", document)))
    unknown = set(whole.slots) - set(_slot_names(facts))
    if unknown:
        raise ValueError(f"the theme has slots that no page fills: {sorted(unknown)}")
    slots = {name.replace("-", "_"): _slot(name) for name in _SLOTS_OF_SOME}
    some = {name: _cut(chrome_part(name.replace("-", "_"), facts, **slots)) for name in _OF_SOME}
    return Shell(facts, whole, some)


def words_of_page(facts: SiteFacts, path: str) -> PageWords:
    """Return what the page at a path speaks and points with."""
    if path in ANYWHERE:
        return PageWords(facts.language, facts.t, facts.w, facts.base_path + facts.prefix, facts.base_path)
    up = "../" * path.count("/")
    root = up + "../" * facts.prefix.count("/")
    return PageWords(facts.language, facts.t, facts.w, up or "./", root or "./")


def fill(shell: Shell, view: PageView, body_html: str) -> bytes:
    """Return the whole page.  ``body_html`` and ``view.structured`` are trusted; everything else is escaped."""
    facts, words = shell.facts, words_of_page(shell.facts, view.path)
    values = _own(facts, view) | _ways(facts, view, words) | {"body": body_html}
    for name in _some_of(facts, view):
        if name == "print-code":
            values["size"], values["dark"] = print_code(f"{facts.url}{facts.prefix}{view.path}")
        values[name] = _filled(shell.some[name], values)
    if view.crumbs:
        values["crumbs"] = _crumbs(shell, view.crumbs, words.home)
    return _filled(shell.document, values).encode()


def _slot(name: str) -> str:
    return f"\x02{name}\x03"


def _cut(text: str) -> Cut:
    pieces = _SLOT.split(text)
    return Cut(tuple(pieces[0::2]), tuple(pieces[1::2]))


def _filled(cut: Cut, values: Mapping[str, str]) -> str:
    """Return the whole text; a slot that has no value on this page stays empty."""
    pieces = [cut.parts[0]]
    for slot, part in zip(cut.slots, cut.parts[1:], strict=True):
        pieces += (values.get(slot, ""), part)
    return "".join(pieces)


def _slot_names(facts: SiteFacts) -> tuple[str, ...]:
    head = ("title", "heading", "description", "claims", "robots", "links", "structured", "prose-styles")
    around = ("home", "root", "notice", "search", "crumbs", "body", "print")
    languages = (f"to-{sibling.language}" for sibling in facts.siblings)
    return (*head, *around, *(f"current-{section}" for section in MENU), *languages)


def _claims(view: PageView) -> str:
    """Return what the numbers of the description are made of, as attributes."""
    claims = claims_of(view.description)
    return f' data-of="{escape(view.of)}" data-figures="{escape(" ".join(claims))}"' if claims else ""


def _own(facts: SiteFacts, view: PageView) -> dict[str, str]:
    """Return what the page says of itself."""
    whole = view.title if view.title == facts.title else f"{view.title} · {facts.title}"
    return {
        "title": escape(whole),
        "heading": escape(view.title),
        "description": escape(view.description),
        "claims": _claims(view),
        "robots": "" if view.index else '<meta name="robots" content="noindex">',
        "structured": f'<script type="application/ld+json">{view.structured}</script>' if view.structured else "",
    }


def _ways(facts: SiteFacts, view: PageView, words: PageWords) -> dict[str, str]:
    """Return where the page is, and the ways from it."""
    path = "" if view.path in ANYWHERE else view.path
    to = {f"to-{sibling.language}": escape(words.root + sibling.prefix + path) for sibling in facts.siblings}
    here = {"home": words.home, "root": words.root, "path": escape(path), f"current-{view.section}": _current(view)}
    return to | here


def _some_of(facts: SiteFacts, view: PageView) -> Iterator[str]:
    """Yield the slots of what only some pages have, as far as this one has it; what stands in another one first."""
    if view.demonstration:
        yield from ("notice", "print-demonstration")
    if view.template not in _WITH_OWN_SEARCH:
        yield "search"
    if view.path not in ANYWHERE:
        yield "links"
    if view.template == PROSE and facts.prose_styles:
        yield "prose-styles"
    if facts.url and view.index:
        yield from ("print-code", "print") if view.template in _WITH_PRINT_CODE else ("print",)


@lru_cache(maxsize=64)
def _crumbs(shell: Shell, crumbs: Sequence[Link], home: str) -> str:
    """Return the way here; the pages of one agency have the same."""
    return chrome_part("crumbs", shell.facts, crumbs=crumbs, home=home)


def _current(view: PageView) -> str:
    """The menu's item is the page itself, or stands for a page below it."""
    return f' aria-current="{"page" if view.path == f"{view.section}/" else "true"}"'
