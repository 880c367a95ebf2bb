"""The bones of a page: its elements in order, as its source has them and as a browser makes them.

A source is well formed where both are the same: a browser closes, moves and drops what is not.
"""

import re
from html.parser import HTMLParser

from playwright.sync_api import Page

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
# Attributes whose value decides what an element is or where it leads; of others the name is kept.
KEPT = frozenset(["action", "class", "for", "href", "http-equiv", "id", "lang", "name", "rel", "role", "src", "type"])
# A start tag: attributes with their values in double quotes, or with none.
_TAG = re.compile(r'<[a-zA-Z][\w-]*(?:\s+[a-zA-Z][\w:-]*(?:="[^"<]*")?)*\s*/?>')

Bones = list[str]

_IN_BROWSER = """([html, kept]) => {
  const found = [];
  const bone = (depth, name, attributes) => [depth, name, ...attributes].join(" ");
  const walk = (node, depth) => {
    const marks = Array.from(node.attributes, one => kept.includes(one.name) ? one.name + "=" + one.value : one.name.toLowerCase());
    found.push(bone(depth, node.localName.toLowerCase(), marks));
    for (const child of node.children) walk(child, depth + 1);
  };
  walk(new DOMParser().parseFromString(html, "text/html").documentElement, 0);
  return found;
}"""


def bones_in_browser(page: Page, html: str) -> Bones:
    """Return the elements that a browser makes of a page, with their depth and attributes."""
    found: Bones = page.evaluate(_IN_BROWSER, [html, sorted(KEPT)])
    return found


class Bare(HTMLParser):
    """Reads a source as it is written: every element is closed by its own tag, and every value quoted."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.bones: Bones = []
        self.faults: list[str] = []
        self.words: list[str] = []  # what is said: between tags, and in attributes
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{name}> is never closed" for name in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element, and wait for its end."""
        self._keep(tag, attrs)
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element that ends itself, as only those of a drawing may."""
        self._keep(tag, attrs)
        if tag not in VOID and "svg" not in self._open:
            self.faults.append(f"<{tag}/> ends itself")

    def handle_endtag(self, tag: str) -> None:
        """Leave the element that was opened last."""
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing, at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.words.append(data)

    def _keep(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        source = self.get_starttag_text() or ""
        names = [name for name, _ in attrs]
        if not _TAG.fullmatch(source):
            self.faults.append(f"not quoted: {source[:200]}")
        if len(names) != len(set(names)):
            self.faults.append(f"an attribute twice: {source[:200]}")
        self.words += [value for _, value in attrs if value]
        marks = (f"{name}={value or ''}" if name in KEPT else name for name, value in attrs)
        self.bones.append(" ".join((str(len(self._open)), tag, *marks)))
