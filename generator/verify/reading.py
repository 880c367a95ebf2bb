"""A page as a reader finds it: every number, mark and position after the place where it stands."""

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape

from generator.verify.published import texts

TAG = re.compile(r"<(/?)([\w-]+)([^>]*)>|([^<]+)")
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
DATE = re.compile(r"\b\d{1,2} (?!\S*ปี|FY )[^\d\s]+ \d{4}\b")  # a quarter of a year is no day
DESCRIPTION = re.compile(r'<meta (?:name|property)="(?:og:)?description" content="([^"]*)"')
# What holds no figure: headings, code, addresses, days, files and their sizes, and all that an agency wrote itself; and
# the log of revisions, which is read out from a table whose rows vouch for each other.
FREE = frozenset((
    "h1", "h2", "h4", "ol", "script", "pre", "code", "form", ".onpage", ".crumbs", ".print-end", ".findings", ".list",
    ".life", ".files", ".fmt", ".cite", ".get", ".log", ".note", ".k", "#data", "#offices", "#addresses", "#copy", "#chain", "data-typed",
    "data-channel", "data-office",
))  # fmt: skip
MANUAL = frozenset((
    ".lead", "#who", "#documents", "#fees", "#channels", "#steps", "#complaints", "#improvements", "#law", "#about",
))  # fmt: skip
DRAWN = frozenset((
    ".kept", ".below", ".plain", ".target", ".fill", ".goal", ".end", ".met", ".missed", ".not_reported", ".no_target",
    ".no_cases", ".suppressed", ".not_applicable",
))  # fmt: skip
PLACES = ("cx", "cy", "x", "y", "y1", "width", "points", "d")
SHAPES = ("circle", "rect", "line", "svg")


def typed_pattern(known: Iterable[str], cells: Iterable[str]) -> re.Pattern[str]:
    """Return what finds the texts with digits that others wrote, where they stand by themselves; the longest first."""
    parts = (part for cell in cells for part in (cell, *re.split(r"\n- |\n|;", cell), cell.removeprefix("- ")))
    typed = {*known, *(text for part in parts for text in texts(part))}
    listed = "|".join(map(re.escape, sorted(typed, key=lambda one: (-len(one), one)))) or "(?!)"
    return re.compile(rf"(?:^|(?<=[:·(]) ?)(?:{listed})(?=$| ?[·:,()])")


def figures(text: str, typed: re.Pattern[str]) -> list[str]:
    """Return the numbers in a text, less what others typed and days of the calendar."""
    plain = unescape(text)
    if not re.search(r"\d", plain):
        return []
    return FIGURE.findall(DATE.sub("", typed.sub(" ", " ".join(plain.split()))))


class Reader:
    """Reads one page; ``linked`` pages are about what their links lead to, the others about the promise of a heading."""

    def __init__(self, typed: re.Pattern[str], linked: bool) -> None:
        self.typed, self.linked, self.free_names = typed, linked, FREE if linked else FREE | MANUAL
        self.found: Counter[str] = Counter()
        self.where, self.code, self.at, self.column, self.columns = "", "", "", -1, [""]
        self.free, self.depth = "", 0

    def read(self, html: str) -> Counter[str]:
        """Return all that stands in the main part of a page."""
        for closing, tag, inside, text in TAG.findall(html[html.index("<main") : html.index("</main>")]):
            if self.free:
                self.depth += (tag == self.free) * (-1 if closing else not inside.endswith("/"))
                self.free = self.free if self.depth else ""
            elif text:
                self._text(text)
            elif closing:
                self._close(tag)
            else:
                self._open(tag, inside)
        return self.found

    def _text(self, text: str) -> None:
        place = f"{self.where} {self.code} {self.columns[self.column]}" if self.code else self.where + self.at
        self.found.update(f"{place} {one}" for one in figures(text, self.typed))

    def _close(self, tag: str) -> None:
        self.at = ""
        if tag == "tr":
            self.code, self.column = "", -1

    def _open(self, tag: str, inside: str) -> None:
        named = {name: unescape(value) for name, value in ATTRIBUTE.findall(inside)}
        names = {tag, f"#{named.get('id')}", *named, *(f".{one}" for one in named.get("class", "").split())}
        heading = named.get("scope") == "col"
        if heading:
            self.columns.append(named.get("data-column", ""))
        for kind in ("channel", "office"):
            self.code = f"{kind} {named[f'data-{kind}']}" if f"data-{kind}" in named else self.code
        if not inside.endswith("/") and (heading or names & self.free_names):
            self.free, self.depth = tag, 1
        elif not self._moves(tag, names, named):
            self._draws(tag, names, named)

    def _moves(self, tag: str, names: set[str], named: dict[str, str]) -> bool:
        """Note the place that an element begins; return whether it begins one."""
        if names & {"#more"} or (
            tag in ("section", "h3", "dl") and (named.get("id") or names & {".promise", ".facts"})
        ):
            self.where = named.get("id") or named["class"]
        elif tag == "table":
            self.columns = []
        elif tag in ("td", "th"):
            self.column += 1
        elif self.column == 0 and tag in ("time", "data"):
            self.code = named.get("datetime") or named["value"]
        elif tag == "text" and names & {".say", ".axis"} and named["x"] != "10.0%":
            self.at = f" x={named['x']}"
        elif tag == "a" and self.linked:
            self.where = re.sub(r"^[./]+", "", named.get("href", ""))
        else:
            return False
        return True

    def _draws(self, tag: str, names: set[str], named: dict[str, str]) -> None:
        """Note a mark by its kind, and a shape by its position."""
        if tag == "svg" and names & {".mark", ".cell"}:
            self.found[f"{self.where} {self.code}".rstrip() + " " + named["class"].split()[1]] += 1
        elif (
            (tag in SHAPES and names & DRAWN)
            or tag == "polyline"
            or (tag == "path" and not named["d"].startswith("M0-5"))
        ):
            drawn = (named[name] for name in PLACES if name in named)
            self.found[f"{self.where} {' '.join(drawn)}"] += 1
