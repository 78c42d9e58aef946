"""The server is stopped and started again under an open page."""

from __future__ import annotations

import sys

from benchmarks.browser import free_port, serving

from .conftest import Visit
from .hands import press_theme


def test_the_page_comes_back_with_its_state(chromium):
    port = free_port()
    command = [sys.executable, "-m", "renkei.cli", "app", "--port", str(port), "--no-browser"]
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="ja-JP", reduced_motion="reduce")
    with serving(command, port) as url:
        visit = Visit(context.new_page(), url)
        with visit.page.expect_websocket(lambda socket: socket.url.endswith("/server")):
            visit.open("?prefecture=10&code=10444&map=8/36.5/139")
        press_theme(visit, "防災")
        visit.settle_on("() => renkeiPage.answer.query.theme?.[0] === '防災'")
        before = visit.evaluate("() => renkeiPage.whole")
        visit.page.wait_for_url("**theme=**")
    visit.page.get_by_text("接続が切れました").wait_for()
    # The map goes on without the server, and paints what it knows.
    visit.evaluate(
        "() => { renkeiPage.view.map.setView([36.6, 139.1], 8, { animate: false }); renkeiPage.choose({ show: ['cases'] }); }"
    )
    assert visit.evaluate("() => renkeiPage.state.ties").count("1") == 0
    visit.evaluate("() => { renkeiPage.choose({ show: renkeiPage.defaults.show }); }")
    with serving(command, port):
        visit.page.wait_for_event("load")
        visit.settle()
        after = visit.evaluate("() => renkeiPage.whole")
        for part in ("cases", "ties", "query", "shown", "classes"):
            assert after[part] == before[part], part
        assert visit.evaluate("() => renkeiPage.view.map.getZoom()") == 8
        press_theme(visit, "防災")
        visit.settle_on("() => !renkeiPage.answer.query.theme")
        assert visit.page.get_by_text("接続が切れました").count() == 0
    context.close()
