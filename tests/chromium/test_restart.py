"""``streamlit run`` starts the same page; the server is stopped and started again under it, now by ``renkei app``."""

from __future__ import annotations

import sys

from benchmarks.browser import ROOT, free_port, page_command, serving

from .conftest import Visit
from .hands import press_theme


def streamlit_command(port: int) -> list[str]:
    """Return the command that Streamlit's own users know."""
    script = str(ROOT / "streamlit_app.py")
    options = ["--server.port", str(port), "--server.headless", "true"]
    return [sys.executable, "-m", "streamlit", "run", script, *options]


def test_the_page_comes_back_with_its_state_whoever_starts_it(chromium, tmp_path):
    port = free_port()
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="ja-JP", reduced_motion="reduce")
    with serving(streamlit_command(port), port, tmp_path / "log.txt") as url:
        visit = Visit(context.new_page(), url)
        with visit.page.expect_websocket(lambda socket: socket.url.endswith("/server")):
            visit.open("?prefecture=10&code=10444&map=8/36.5/139")
        visit.page.get_by_role("heading", name="群馬県川場村").wait_for()
        assert visit.errors == []
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
    with serving(page_command(port), port):
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
