"""The page that stands in for one that was never read on this device, while there is no connection."""

from dataclasses import dataclass

from generator.model import Catalog
from generator.views.page import PageView
from generator.views.words import Line, Words

OFFLINE = "offline.html"


@dataclass(frozen=True, slots=True)
class OfflineView:
    """What it says; a script lists the pages that are at hand."""

    line: Line


def offline_page(catalog: Catalog, words: Words) -> PageView:
    """Return the page for lost connections; search engines do not keep it."""
    line = words.line("offline.line")
    return PageView(
        path=OFFLINE,
        template="offline.html",
        title=words.strings("offline.title"),
        description=line,
        content=OfflineView(line),
        demonstration=catalog.settings.demonstration,
        index=False,
    )
