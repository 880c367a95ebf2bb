"""Papers as a browser paints them: the code on a poster is read back from its picture."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zxingcpp
from browser import PATIENCE
from on_paper import VERSION, Made, papers
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

Picture = Any  # a numpy array: rows of dots, 0 is black


@pytest.fixture
def painter(chromium: Browser) -> Iterator[Page]:
    """Return a page in which PDFs are shown, with many dots."""
    context = chromium.new_context(viewport={"width": 820, "height": 1140}, device_scale_factor=SCALE)
    yield context.new_page()
    context.close()


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
    width, height, dots = page.evaluate(_GRAY, base64.b64encode(before).decode())
    return np.frombuffer(base64.b64decode(dots), np.uint8).reshape(height, width)


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_code_leads_to_the_very_version(painter: Page, tmp_path: Path, language: str) -> None:
    """The code on the poster is read from its picture: the page's address, and the version."""
    poster: Made = papers(DATA, *TAX, language)[1]
    found = zxingcpp.read_barcodes(painted(painter, tmp_path, poster.pdf))

    assert [code.text for code in found] == [f"{poster.sheet.address}#v-{VERSION}"]
