"""The pages that stand for all agencies together, in one language."""

from collections.abc import Iterator, Mapping, Sequence

from generator.views.home import home_page
from generator.views.page import PageView
from generator.views.services import service_pages
from generator.website.publish import Edition
from generator.website.shares import Press, Share


def list_pages(
    press: Press, edition: Edition, shares: Sequence[Share], sizes: Mapping[str, int], index: str
) -> Iterator[PageView]:
    """Yield every page that is neither prose nor one agency's."""
    catalog, words = press.plan.prepared.catalog, press.words(edition)
    cards = [share.card for share in shares]
    yield home_page(catalog, cards, words)
    yield from service_pages(catalog, cards, words)
