"""A real Chromium and a folder served to it: what every browser test stands on.

Use the fixtures ``chromium`` (one browser for the session) and, with ``serving``, pages of your own::

    pytestmark = pytest.mark.browser

    def test_it(chromium: Browser, tmp_path: Path) -> None:
        with serving(tmp_path, "/sub/path/") as address, opened(chromium, width=360) as (page, log):
            page.goto(address)
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without these a browser alone in a container fails, or asks its maker for news while a test listens.
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
# What drops down from the address bar is two pages of the browser's own in every window, and takes more of a core than
# all of ours.  A list of features that are off takes the place of Playwright's own, so what that has is here too.
FEATURES_OFF = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "AimEnabled", "OptimizationHints", "PaintHolding",
    "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "AvoidUnnecessaryBeforeUnloadCheckSync", "MediaRouter", "LensOverlay",
    "DestroyProfileOnBrowserClose", "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect",
    "NetworkTimeServiceQuerying", "PreconnectToSearch",
)  # fmt: skip
# A busy machine is slow, not wrong: what is waited for may take this many milliseconds.
PATIENCE = 120_000
expect.set_options(timeout=PATIENCE)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@dataclass
class Log:
    """What a page did: the addresses it asked for, those that failed, and what its console said."""

    requests: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def outside(self, address: str) -> list[str]:
        """Return the addresses that are not below this one."""
        return [url for url in self.requests if not url.startswith((address, "data:", "blob:"))]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser for the whole session; skipped, saying so, where none is installed, but never in CI."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        assert not os.environ.get("CI"), "the browser tests need a Chromium on PATH"
        pytest.skip(f"no Chromium on PATH (looked for {', '.join(NAMES)})")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=[*ARGUMENTS, f"--disable-features={','.join(FEATURES_OFF)}"]
        )
        yield browser
        browser.close()


@contextmanager
def serving(folder: Path, mount: str = "/") -> Iterator[str]:
    """Serve a folder on this machine below a path; yield its address, with a slash at its end.

    Unknown addresses are answered with the folder's 404.html, as GitHub Pages does.
    """
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, folder=folder, mount=mount)) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{mount}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def opened(chromium: Browser, width: int = 1280, *, dark: bool = False, **options: Any) -> Iterator[tuple[Page, Log]]:
    """Yield an empty page of this width, and the log of what it does.  ``options`` are those of ``new_context``.

    The site's worker stays out unless ``service_workers="allow"``: what it fetches is not what the page asked for, and no
    route of a test holds for it.
    """
    scheme = "dark" if dark else "light"
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, **{"service_workers": "block", **options}
    )
    context.set_default_timeout(PATIENCE)
    page, log = context.new_page(), Log()
    page.on("request", lambda request: log.requests.append(request.url))
    page.on("requestfailed", lambda request: None if _left(request) else log.failed.append(_failure(request)))
    page.on(
        "response", lambda answer: log.failed.append(answer.url) if answer.status >= HTTPStatus.BAD_REQUEST else None
    )
    page.on("console", lambda message: log.console.extend(_said(message)))
    page.on("pageerror", lambda error: log.console.append(f"error: {error}"))
    try:
        yield page, log
    finally:
        context.close()


def violations(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """Return what axe-core finds against WCAG 2.2 AA and good practice: the rule, and the elements that break it.

    ``rules`` are tags of rules, or their names.  A page's policy forbids the scripts of others, but not what the browser
    itself is told to evaluate.
    """
    if page.evaluate("!window.axe"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", list(rules))
    return [
        f"{rule['id']}: {' | '.join(node['html'][:120] for node in rule['nodes'][:5])}" for rule in found["violations"]
    ]


def sideways(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def _said(message: ConsoleMessage) -> list[str]:
    """Return what a page said to its console, but for what the test's own browser says of workers that stay out."""
    return [] if message.text.endswith("blocked by Playwright") else [f"{message.type}: {message.text}"]


def _left(request: Request) -> bool:
    """Whoever goes on to the next page stops what the last one still asked for: an icon, most often."""
    return request.failure == "net::ERR_ABORTED"


def _failure(request: Request) -> str:
    return f"{request.url} {request.failure}"


class _Handler(SimpleHTTPRequestHandler):
    """A folder below a path, without words on the terminal."""

    def __init__(self, *arguments: Any, folder: Path, mount: str) -> None:
        self.mount, self.folder = mount, folder
        super().__init__(*arguments, directory=str(folder))

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.mount):
            return str(self.folder / "nothing-here")
        return super().translate_path("/" + path.removeprefix(self.mount))

    def list_directory(self, path: str) -> None:  # type: ignore[override]
        """A folder without a page is no page."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = self.folder / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  # the library's own name
        pass
