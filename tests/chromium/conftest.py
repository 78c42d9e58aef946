"""A real Chromium against the real page. Skipped, with the reason, where there is no Chromium."""

from __future__ import annotations

import os
import shutil
import time
from urllib.parse import urlsplit

import pytest

from benchmarks.browser import CHROMIUM_FLAGS, chromium_path, serving_page


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The page as a planner starts it, on a free port."""
    with serving_page(tmp_path_factory.mktemp("server") / "log.txt") as url:
        yield url


@pytest.fixture(scope="session")
def chromium():
    """One Chromium for the session."""
    # Without windows it needs a quarter less of the processor.
    path = shutil.which("chromium-headless-shell") or chromium_path()
    if path is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


class Visit:
    """One open page, with every request and console error that it made."""

    def __init__(self, page, server: str) -> None:
        self.page = page
        self.server = server
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, query: str = "") -> Visit:
        self.page.goto(f"{self.server}/{query}")
        self.wait_painted()
        return self

    @property
    def frame(self):
        for frame in self.page.frames:
            if "streamlit_folium" in frame.url:
                return frame
        return None

    def wait_painted(self, other_than: str | None = None, timeout: float = 30) -> str:
        """Wait until a state that the server sent, other than the given one, is on the canvas; return its name."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            frame = self.frame
            if frame:
                painted = frame.evaluate("() => window.renkeiMap ? window.renkeiMap.painted : null")
                if painted and painted != other_than and not painted.startswith("ahead-"):
                    return painted
            self.page.wait_for_timeout(50)
        raise AssertionError("the map was not painted in time")

    def state(self) -> dict:
        return self.frame.evaluate("() => window.renkeiMap.state")

    def foreign_requests(self) -> list[str]:
        return [
            url
            for url in self.requests
            if url.startswith(("http", "ws")) and urlsplit(url).hostname not in ("127.0.0.1", "localhost")
        ]


@pytest.fixture(scope="session")
def context(chromium):
    """One browser context: what it has fetched it need not fetch for every test."""
    context = chromium.new_context(
        viewport={"width": 1440, "height": 960}, locale="ja-JP", accept_downloads=True, reduced_motion="reduce"
    )
    yield context
    context.close()


@pytest.fixture
def visit(context, server):
    """A fresh page."""
    page = context.new_page()
    yield Visit(page, server)
    for each in context.pages:
        each.close()


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path).replace(os.sep, "/"):
            item.add_marker(pytest.mark.browser)
