"""Papers as a browser paints them: the code and the numbers of a poster are read back from its picture."""

import base64
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
import zxingcpp
from browser import PATIENCE
from digits import Picture, Shape, numbers_in, shapes
from on_paper import VERSION, Made, leaves, numbers, papers
from playwright.sync_api import Browser, Page
from sites import REPOSITORY

pytestmark = pytest.mark.browser

DATA = REPOSITORY / "sla_data"
TAX = ("land-transport", "annual-vehicle-tax")
SCALE = 4  # dots for each point of the screen
_GRAY = """async picture => {
  const image = new Image();
  image.src = "data:image/png;base64," + picture;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const dots = pen.getImageData(0, 0, image.width, image.height).data, gray = new Uint8Array(dots.length / 4);
  for (let at = 0; at < gray.length; at++) gray[at] = dots[at * 4 + 1];
  let text = "";
  for (let at = 0; at < gray.length; at += 32768) text += String.fromCharCode(...gray.subarray(at, at + 32768));
  return [image.width, image.height, btoa(text)];
}"""

FONTS = REPOSITORY / "generator" / "paper" / "fonts"


class Poster(NamedTuple):
    """A poster, and its picture."""

    made: Made
    picture: Picture


@pytest.fixture(scope="module")
def painter(chromium: Browser) -> Iterator[Page]:
    """Return a page in which PDFs are shown, with many dots."""
    context = chromium.new_context(viewport={"width": 820, "height": 1140}, device_scale_factor=SCALE)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module", params=["th", "en"])
def poster(request: pytest.FixtureRequest, painter: Page, tmp_path_factory: pytest.TempPathFactory) -> Poster:
    """Return the poster of the vehicle tax in each language, and its picture."""
    made = papers(DATA, *TAX, request.param)[1]
    return Poster(made, painted(painter, tmp_path_factory.mktemp("poster"), made.pdf))


def painted(page: Page, folder: Path, pdf: bytes, number: int = 1) -> Picture:
    """Return one page of a PDF as Chromium's own viewer paints it."""
    (folder / "paper.pdf").write_bytes(pdf)
    show = f'<body style="margin:0"><embed src="paper.pdf#toolbar=0&page={number}" width="820" height="1140">'
    (folder / f"show-{number}.html").write_text(show, encoding="utf-8")
    page.goto(f"file://{folder}/show-{number}.html")
    before = b""
    for _ in range(PATIENCE // 500):
        page.wait_for_timeout(500)
        now = page.screenshot()
        if now == before and len(now) > 20_000:  # painted, and nothing is still to come
            break
        before = now
    return _dots(page, before)


def _dots(page: Page, png: bytes) -> Picture:
    width, height, dots = page.evaluate(_GRAY, base64.b64encode(png).decode())
    return np.frombuffer(base64.b64decode(dots), np.uint8).reshape(height, width)


def test_the_code_leads_to_the_very_version(poster: Poster) -> None:
    """The code on the poster is read from its picture: the page's address, and the version."""
    found = zxingcpp.read_barcodes(poster.picture)

    assert [code.text for code in found] == [f"{poster.made.sheet.address}#v-{VERSION}"]


def test_every_number_of_a_poster_is_read_from_its_picture(poster: Poster, painter: Page, tmp_path: Path) -> None:
    """Each is read at least as often as the views have it; with another last digit none of them is read."""
    printed = [digits_of(number) for text in leaves(poster.made.sheet) for number in numbers(text)]
    raised = {f"{number[:-1]}{(int(number[-1]) + 1) % 10}" for number in printed if len(number) > 1} - {*printed}
    read = Counter(numbers_in(poster.picture, list(examples(painter, tmp_path))))

    assert len(printed) > 15
    assert not Counter(printed) - read
    assert raised
    assert not raised & read.keys()


def digits_of(number: str) -> str:
    """Return a number without what groups its digits."""
    return "".join(filter(str.isdigit, number))


def examples(page: Page, folder: Path) -> Iterator[Sequence[Shape]]:
    """Yield the ten digits of each weight of the typeface, small and large: small ones look otherwise."""
    for weight, size in product(("Regular", "SemiBold"), (9, 10, 12, 16, 40)):
        face = f"@font-face{{font-family:P;src:url('file://{FONTS}/Sarabun-{weight}.ttf')}}"
        body = f"body{{font:{size}px P;letter-spacing:{size}px;margin:20px;white-space:nowrap}}"
        (folder / "digits.html").write_text(f"<style>{face}{body}</style>0123456789", encoding="utf-8")
        page.goto(f"file://{folder}/digits.html")
        page.evaluate("document.fonts.ready.then(() => {})")
        ten = sorted(shapes(_dots(page, page.screenshot())), key=lambda shape: shape.left)
        assert len(ten) == 10
        yield ten
