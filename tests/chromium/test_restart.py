"""The server is stopped and started again under an open page."""

from __future__ import annotations

import sys

from benchmarks.browser import free_port, serving

from .conftest import Visit


def test_the_page_comes_back_with_its_state(chromium):
    port = free_port()
    command = [sys.executable, "-m", "renkei.cli", "app", "--port", str(port), "--no-browser"]
    context = chromium.new_context(viewport={"width": 1440, "height": 960}, locale="ja-JP")
    with serving(command, port) as url:
        visit = Visit(context.new_page(), url)
        visit.open("?prefecture=10&code=10444&map=8/36.5/139")
        first = visit.wait_painted()
        visit.page.get_by_role("button", name="防災", exact=True).click()
        chosen = visit.wait_painted(other_than=first)
        before = visit.state()
        visit.page.wait_for_url("**theme=**")
        visit.page.wait_for_timeout(3500)
    visit.page.get_by_role("status").get_by_text("接続が切れました").wait_for()
    # The map goes on without the server, and paints what it knows.
    visit.frame.evaluate("() => { renkeiMap.map.setView([36.6, 139.1], 8, { animate: false }); }")
    assert visit.frame.evaluate("() => renkeiMap.paintAhead({ indicator: 'share_65' })")
    with serving(command, port):
        visit.page.wait_for_event("load", timeout=60_000)
        visit.page.wait_for_timeout(1000)
        visit.wait_painted(timeout=60)
        after = visit.state()
        for part in ("cases", "ties", "chosen", "shown", "classes"):
            assert after[part] == before[part], part
        assert visit.frame.evaluate("() => renkeiMap.map.getZoom()") == 8
        visit.page.locator("#renkei-early-map").wait_for(state="detached")
        visit.page.get_by_role("button", name="防災", exact=True).click()
        visit.wait_painted(other_than=chosen)
        visit.frame.wait_for_function("(marks) => renkeiMap.state.cases !== marks", arg=before["cases"])
        assert visit.page.get_by_text("接続が切れました").count() == 0
    context.close()
