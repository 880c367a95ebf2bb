"""How a page looks to a browser and to axe-core, at the widths and in the colours that readers have."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from browser import RULES, Log, opened, sideways, violations
from playwright.sync_api import Browser, Page

WIDE, PHONE, SMALL = 1280, 360, 320  # SMALL is WIDE at 400 % (WCAG 1.4.10)

Schemes = Sequence[Literal["light", "dark"]]
SCHEMES: Final[Schemes] = ("light", "dark")


@dataclass(frozen=True)
class Look:
    """What was seen of one page: broken rules and pixels too wide, each with where, and what the page did."""

    broken: list[str]
    too_wide: list[str]
    log: Log


def look_at(chromium: Browser, url: str, widths: Sequence[int] = (WIDE, PHONE), schemes: Schemes = SCHEMES) -> Look:
    """Open a page once and look at it wide and narrow; at ``widths`` axe looks at it too, in these colour schemes."""
    broken, too_wide = [], []
    with opened(chromium, WIDE, service_workers="allow") as (page, log):
        page.goto(url)
        for width in (WIDE, PHONE, SMALL):
            page.set_viewport_size({"width": width, "height": 800})
            if sideways(page):
                too_wide.append(f"{width} px: {sideways(page)} px too wide")
            broken += [f"{width} px, {one}" for one in (broken_rules(page, schemes) if width in widths else ())]
    return Look(broken, too_wide, log)


def broken_rules(page: Page, schemes: Schemes = SCHEMES) -> list[str]:
    """Return the rules that a page breaks as it stands, in the light and in the dark."""
    return [f"{scheme}: {one}" for scheme in schemes for one in _broken(page, scheme)]


def _broken(page: Page, scheme: Literal["light", "dark"]) -> list[str]:
    """Return the rules that are broken in these colours; in the dark nothing but the colours is other."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")  # no colour is on its way any more
    return violations(page, ["color-contrast"] if scheme == "dark" else RULES)
