"""What the audit of accessibility (AUDIT.md) asks of a page in a browser, beyond what axe sees."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

# WCAG 1.4.12: what a reader may set, and nothing is lost.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
SPACED = (
    """css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }"""
)
# Boxes that cut what does not fit, but for those that scroll, and those that hold words for ears alone.
CUT = """() => Array.from(document.querySelectorAll("body *")).filter(one => {
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  if (one.closest(".hide, .sprite, .search button, thead, svg") || !box.width || !one.textContent.trim()) return false;
  const cuts = axis => ["hidden", "clip"].includes(style[`overflow${axis}`]);
  const beside = () => Array.from(one.querySelectorAll("*")).some(part => !part.closest(".hide, .scroll, pre") && part.getBoundingClientRect().right > box.right + 1);
  return cuts("X") && one.scrollWidth > one.clientWidth + 1 && beside() || cuts("Y") && one.scrollHeight > one.clientHeight + 1;
}).map(one => one.outerHTML.slice(0, 100))"""
# WCAG 2.5.8: 24 pixels each way; or a circle of 24 around its middle meets no other target; or a link inside a sentence.
SMALL = """() => {
  const all = Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary, [role=button]"))
    .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".hide, .skip") && one.getClientRects().length);
  const boxes = all.map(one => one.type === "radio" || one.type === "checkbox" ? (one.closest("label") || one) : one).map(one => one.getBoundingClientRect());
  const meets = (box, x, y) => Math.hypot(x - Math.max(box.left, Math.min(x, box.right)), y - Math.max(box.top, Math.min(y, box.bottom))) < 12;
  return all.filter((one, at) => {
    const box = boxes[at], x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    if (box.width >= 24 && box.height >= 24) return false;
    if (getComputedStyle(one).display === "inline" && one.parentElement.textContent.trim() !== one.textContent.trim()) return false;
    return boxes.some((other, to) => to !== at && !all[to].contains(one) && !one.contains(all[to]) && meets(other, x, y));
  }).map(one => one.outerHTML.slice(0, 100));
}"""
# What the keyboard meets is written down by the page itself: where, with which ring, and what lies above it.
LISTEN = """() => {
  window.stops = [];
  document.addEventListener("focusin", event => {
    const one = event.target, box = one.getClientRects()[0] || one.getBoundingClientRect(), style = getComputedStyle(one);
    const x = Math.max(0, Math.min(innerWidth - 1, box.left + box.width / 2)), y = (Math.max(0, box.top) + Math.min(innerHeight, box.bottom)) / 2;
    const above = document.elementFromPoint(x, y), label = one.id && document.querySelector(`label[for="${one.id}"]`);
    const seen = above && (above === one || one.contains(above) || above.contains(one) || label && label.contains(above));
    const last = window.stops.length ? window.stops[window.stops.length - 1].one : null;
    window.stops.push({ one, name: one.outerHTML.slice(0, 90), seen: Boolean(seen), ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
      onward: !last || Boolean(last.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) });
  });
}"""
STOPS = "() => window.stops.map(({ name, seen, ring, onward }) => ({ name, seen, ring, onward }))"
LEFT = "() => document.activeElement === document.body || window.stops.length > 1 && document.activeElement === window.stops[0].one"
# Roles of the accessibility tree that are nothing without a name.
NAMED = {
    "button", "checkbox", "combobox", "dialog", "form", "heading", "image", "link", "navigation", "radio", "radiogroup",
    "region", "searchbox", "spinbutton", "textbox", "DisclosureTriangle", "Date", "graphics-document",
}  # fmt: skip


def spaced_out(page: Page) -> list[str]:
    """Return what is cut off, once a reader has set the text wider apart."""
    page.evaluate(SPACED, SPACING)
    return [str(one) for one in page.evaluate(CUT)]


def small_targets(page: Page) -> list[str]:
    """Return what is too small to be met by a finger."""
    return [str(one) for one in page.evaluate(SMALL)]


def walked(page: Page, most: int = 400) -> list[dict[str, Any]]:
    """Return every stop of the Tab key, from the top of the page until it leaves; it is an error where it never does."""
    page.evaluate(LISTEN)
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(LEFT):
            break
    else:
        raise AssertionError(f"the keyboard is still inside after {most} stops")
    stops = list(page.evaluate(STOPS))
    return stops[:-1] if stops[-1]["name"] == stops[0]["name"] else stops


def heard(page: Page) -> list[tuple[str, str]]:
    """Return role and name of all that Chromium tells a screen reader, in its order."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    shown = [node for node in tree if not node["ignored"]]
    return [(_value(node, "role"), " ".join(_value(node, "name").split())) for node in shown]


def nameless(told: list[tuple[str, str]]) -> Iterator[str]:
    """Yield the roles that need a name and have none."""
    yield from (role for role, name in told if role in NAMED and not name)


def _value(node: dict[str, Any], part: str) -> str:
    return str(node.get(part, {}).get("value", ""))
