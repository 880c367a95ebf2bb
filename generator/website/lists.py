"""The pages that stand for all agencies together, in one language."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.report import Resolved
from generator.results_log import Logged
from generator.views.agencies import agencies_page
from generator.views.data import DataFiles, data_page
from generator.views.data_quality import data_quality_page
from generator.views.dictionary import dictionary_page
from generator.views.documents import document_pages
from generator.views.home import home_page
from generator.views.journeys import journey_pages
from generator.views.offline import offline_page
from generator.views.page import PageView
from generator.views.revisions import revisions_page
from generator.views.rules import rules_page
from generator.views.same_manual import same_pages
from generator.views.search_page import not_found_page, search_page
from generator.views.services import service_pages
from generator.views.summary import AgencyCard
from generator.website.publish import Edition
from generator.website.shares import Press


@dataclass(frozen=True, slots=True)
class Gathered:
    """What all agencies together gave: their cards, every problem, and the files of data that were written."""

    cards: tuple[AgencyCard, ...]
    problems: tuple[Resolved, ...]
    files: DataFiles
    logged: tuple[Logged, ...] = ()


def list_pages(press: Press, edition: Edition, gathered: Gathered, index: str) -> Iterator[PageView]:
    """Yield every page that is neither prose nor one agency's; ``index`` is where this language's search index stands."""
    catalog, words, cards = press.plan.prepared.catalog, press.words(edition), gathered.cards
    yield home_page(catalog, cards, words)
    yield from service_pages(catalog, cards, index, words)
    yield from journey_pages(catalog, cards, words)
    yield from document_pages(catalog, cards, words)
    yield from same_pages(catalog, cards, words)
    yield agencies_page(catalog, cards, words)
    yield data_page(catalog, cards, gathered.files, words)
    yield dictionary_page(catalog, words)
    yield revisions_page(catalog, gathered.logged, press.named, words)
    yield data_quality_page(catalog, cards, gathered.problems, words)
    yield rules_page(catalog, words)
    yield search_page(catalog, cards, index, words)
    yield not_found_page(catalog, words)
    yield offline_page(catalog, words)
