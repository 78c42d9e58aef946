"""A real Chromium against the real page. Skipped, with the reason, where there is no Chromium."""

from __future__ import annotations

import os
import shutil
from urllib.parse import urlsplit

import pytest

from benchmarks.browser import CHROMIUM_FLAGS, chromium_path, serving_page

PATIENCE_MS = 60_000
"""So long a test waits for a condition: a busy machine is no fault of the page."""
# Streamlit's part is there and drawn, and what is painted is what the server answered.
SETTLED = """() => window.renkeiPage && renkeiPage.painted && !renkeiPage.wish && renkeiPage.index && !renkeiPage.link.waits()
  && !renkeiPage.painted.startsWith("ahead-") && document.querySelector("#rk").dataset.adopted"""


@pytest.fixture(scope="session")
def server_log(tmp_path_factory):
    """What the server says, faults among it."""
    return tmp_path_factory.mktemp("server") / "log.txt"


@pytest.fixture(scope="session")
def server(server_log):
    """The page as a planner starts it, on a free port."""
    with serving_page(server_log) as url:
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
        page.set_default_timeout(PATIENCE_MS)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, query: str = "") -> Visit:
        self.page.goto(f"{self.server}/{query}")
        self.settle()
        return self

    def settle(self) -> str:
        """Wait until a state that the server sent is painted and nothing waits for an answer; return its name."""
        self.page.wait_for_function(SETTLED, timeout=PATIENCE_MS)
        return self.page.evaluate("() => renkeiPage.painted")

    def settle_on(self, condition: str, argument: object = None) -> str:
        """Wait until a condition on the page holds, and until it is settled."""
        self.page.wait_for_function(condition, arg=argument, timeout=PATIENCE_MS)
        return self.settle()

    def state(self) -> dict:
        """What the server said last."""
        return self.page.evaluate("() => renkeiPage.answer")

    def query(self) -> dict[str, list[str]]:
        return self.page.evaluate("() => renkeiPage.whole.query")

    def evaluate(self, script: str, argument: object = None):
        return self.page.evaluate(script, argument)

    def wait(self, condition: str, argument: object = None) -> None:
        self.page.wait_for_function(condition, arg=argument, timeout=PATIENCE_MS)

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
        viewport={"width": 1440, "height": 900}, locale="ja-JP", accept_downloads=True, reduced_motion="reduce"
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
        if "tests/chromium" in str(item.path).replace(os.sep, "/"):
            item.add_marker(pytest.mark.browser)
