"""Papers for tests: the sheets of a folder of data, PDFs made of them, and what can be read from a PDF again.

Nothing is typeset in the tests' own process: it forks workers later, and typst's threads would not be in them.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import orjson
from pypdf import PdfReader
from sites import AS_OF, REPOSITORY

from generator.paper.typeset import typeset
from generator.pipeline import measured
from generator.views.paper import Sheet, Subject, manual_sheet, poster_sheet
from generator.views.service import service_page
from generator.views.words import Words
from generator.website.papers import _data, _encoded
from generator.website.plan import Request, make_plan, words_of
from generator.workers import each

DAY = date.fromisoformat(AS_OF)
VERSION = "0a1b2c3d"
# A number as it is printed: digits with what groups them.  What stands inside an address is no number.
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


@dataclass(frozen=True)
class Made:
    """A sheet, the words that it was written with, and its PDF."""

    sheet: Sheet
    pdf: bytes

    @property
    def reader(self) -> PdfReader:
        """Return what reads the PDF."""
        return PdfReader(io.BytesIO(self.pdf))

    @property
    def text(self) -> str:
        """Return the text layer of all pages, without the foot of each."""
        return "\n".join(page.extract_text() for page in self.reader.pages)


@cache
def papers(data: Path, agency_id: str, service_id: str, language: str) -> tuple[Made, Made]:
    """Return the manual and the poster of a service as they stand in a folder of data."""
    with make_plan(Request(data, DAY), REPOSITORY / "content") as plan:
        catalog = plan.prepared.catalog
        _, result = measured(plan.prepared, agency_id)
        assert result is not None
        words = Words(language, *words_of(plan, language), catalog.first_language, DAY)
        service = result.services[service_id]
        view = service_page(catalog, result, service, words)
        subject = Subject(catalog, result.agency, service, view.content)
        manual, poster = made(words, (manual_sheet(words, subject), poster_sheet(words, subject)))
    return manual, poster


def made(words: Words, sheets: Sequence[Sheet]) -> tuple[Made, ...]:
    """Return sheets with their PDFs."""
    data = [(sheet.kind, _data(words, sheet, VERSION, DAY), DAY) for sheet in sheets]
    pdfs = each(lambda given: typeset(*given), data, 1)
    return tuple(map(Made, sheets, pdfs))


def leaves(sheet: Sheet) -> Iterator[str]:
    """Yield every text that a sheet holds, as it goes to the typesetter, but for what names parts and not readers."""
    yield from _leaves(orjson.loads(_encoded(sheet)))


def _leaves(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _leaves(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part, key)
    elif isinstance(value, str) and value and key not in ("kind", "symbol", "language", "author"):
        yield value


def numbers(text: str) -> list[str]:
    """Return the numbers of a text in order."""
    return NUMBER.findall(text)


def bare(text: str) -> str:
    """Return text without spaces, which a line's end may add or take."""
    return re.sub(r"[\s\u00a0\u200b]", "", text)
