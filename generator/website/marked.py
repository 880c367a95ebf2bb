"""What the views say as HTML: the filters of our templates.

A macro of a template takes 30 times as long as a function, and a service's page prints hundreds of words.  Everything
is escaped here; what is added are languages, and the elements that hold words together or apart.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from generator.claims import NUMBER, claims_of
from generator.views.page import Link
from generator.views.places import Phone
from generator.views.results_table import Row, Table
from generator.views.states import Badge
from generator.views.words import Block, Line, Mixed, Prose, Said

# What belongs together, as a figure and its unit: Thai browsers would otherwise break after its no-break space.
_GLUED = re.compile(r"([^ \n]*\u00a0[^ \n]*)")
_APART = "\x1f"  # stands between cells until they are escaped; text has no such character (data contract, section 1)
_FIRST = ' class="first"'
LONGEST_NUMBER = 24  # letters of a telephone number that are kept on one line
_NEXT_CELL = "</td><td>"


def said(words: Mixed | Said | Line | str) -> Markup:
    """Return words as HTML: parts that belong together never break, and another language than the page's is marked.

    A plain string is only escaped: it is no sentence of the interface.  What the words claim is written down.
    """
    if isinstance(words, str):
        return claimed(_line(words) if isinstance(words, Line) else escape(str(words)), claims_of(words))
    parts = (words,) if isinstance(words, Said) else words
    return claimed(Markup("").join(map(_said, parts)), tuple(claim for one in parts for claim in claims_of(one.text)))


def claimed(html: Markup, claims: tuple[str, ...]) -> Markup:
    """Return words with what their numbers are made of, for machines."""
    return Markup(f'<data value="{escape(" ".join(claims))}">{html}</data>') if claims else html


def claims(words: str) -> Markup:
    """Return what the numbers of words are made of, as an attribute of the element that holds them."""
    return Markup(_attribute(" ".join(claims_of(words))))


def prose(text: Prose, kind: str = "") -> Markup:
    """Return an agency's paragraphs, of this class, and lists."""
    return Markup("").join(_block(block, _lang(text.language), kind) for block in text.blocks)


def item(text: Prose) -> Markup:
    """Return an agency's text inside a list item: one paragraph stands alone, more of them as they are."""
    if len(text.blocks) != 1 or text.blocks[0].kind != "paragraph":
        return prose(text)
    return said(Said(text.first_line, text.language))


def between(cells: Iterable[str], mark: str) -> Markup:
    """Return plain texts with this HTML between them, all of them escaped at once: a table has hundreds."""
    return Markup(str(escape(_APART.join(cells))).replace(_APART, mark))


def segments(line: Line) -> Markup:
    """Return a sentence of several statements: on a phone each has its own line."""
    parts = (Markup(f'<span class="seg">{_line(segment)}</span>') for segment in line.segments)
    return claimed(Markup('<span class="dot"> · </span>').join(parts), claims_of(line))


def badge(of: Badge, size: str = "") -> Markup:
    """Return a state: its shape and its word."""
    kind = f"{of.kind} {size}" if size else of.kind
    return Markup(
        f'<span class="verdict {kind}"><svg class="mark {of.kind}" aria-hidden="true">'
        f'<use href="#{of.symbol}"/></svg>{escape(of.word)}</span>'
    )


def link(to: Link, home: str) -> Markup:
    """Return a link from a page whose way to the edition's root is ``home``; its words alone where it leads nowhere."""
    if not to.path:
        return said(Said(to.text, to.language))
    whole = to.path.startswith("#") or ":" in to.path.partition("/")[0]
    path = escape(to.path if whole else home + to.path)
    return Markup(f'<a href="{path}"{_lang(to.language)}>{said(to.text)}</a>')


def phone(number: Phone) -> Markup:
    """Return a telephone number, which a telephone dials where it can."""
    text = escape(number.text)
    kept = ' class="n"' if len(number.text) <= LONGEST_NUMBER else ""  # what is longer must break somewhere
    return Markup(f'<a{kept} href="tel:{escape(number.dial)}">{text}</a>') if number.dial else text


def figures(table: Table) -> Markup:
    """Return the rows of a table of results: there are 72 on the pages of a usual service."""
    states: dict[str, Markup] = {}
    return Markup("\n".join([_figures(row, states, table.noted) for row in table.rows]))


def _figures(row: Row, states: dict[str, Markup], noted: bool) -> str:
    code, own, period, state, target, cells, note, first = row
    if state.kind not in states:
        states[state.kind] = badge(state)
    return (
        f'<tr{_FIRST if first else ""} data-at="{_plain(code)}"{_attribute(own)}><th scope="row">{_plain(period)}</th>'
        f"<td>{states[state.kind]}</td><td>{_plain(target)}</td>"
        f"<td>{between((*cells, note) if noted else cells, _NEXT_CELL)}</td></tr>"
    )


@lru_cache(maxsize=4096)
def _attribute(claims: str) -> str:
    return f' data-figures="{escape(claims)}"' if claims else ""


@lru_cache(maxsize=16384)
def _plain(text: str) -> str:
    return str(escape(text))


@lru_cache(maxsize=16384)
def _line(line: Line) -> Markup:
    html = escape(str(line))
    return Markup(_GLUED.sub(r'<span class="n">\1</span>', str(html))) if "\u00a0" in line else html


def _said(one: Said) -> Markup:
    text = one.text
    if one.language:
        return Markup(f"<span{_lang(one.language)}>{escape(str(text))}</span>")
    return _line(text) if isinstance(text, Line) else escape(str(text))


def _lang(language: str) -> str:
    return f' lang="{escape(language)}"' if language else ""


def _block(block: Block, lang: str, kind: str) -> Markup:
    if block.kind == "list":
        free = " data-typed" if any(map(NUMBER.search, block.items)) else ""
        return Markup(f'<ul class="dots"{free}{lang}><li>{between(block.items, "</li><li>")}</li></ul>')
    of_class = f' class="{escape(kind)}"' if kind else ""
    free = " data-typed" if NUMBER.search(block.items[0]) else ""
    return Markup(f"<p{of_class}{free}{lang}>{escape(block.items[0])}</p>")


FILTERS: dict[str, Callable[..., Markup]] = {
    "said": said, "claims": claims, "prose": prose, "item": item, "segments": segments, "badge": badge, "link": link, "phone": phone,
    "figures": figures,
}  # fmt: skip
