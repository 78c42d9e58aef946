"""Attacks in every free text of the data: they are texts wherever they surface."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from benchmarks.browser import free_port, serving

from .conftest import Visit
from .hostile_server import ATTACKS

HERE = Path(__file__).resolve().parent
ELEMENTS = "img[src='x'], svg[onload], b:has-text('&'), a[href^='javascript']"


@pytest.fixture(scope="module")
def hostile_server(tmp_path_factory):
    folder, port = tmp_path_factory.mktemp("hostile"), free_port()
    command = [sys.executable, str(HERE / "hostile_server.py"), str(folder), str(port)]
    with serving(command, port, folder / "log.txt") as url:
        yield url


@pytest.fixture
def hostile(context, hostile_server):
    visit = Visit(context.new_page(), hostile_server)
    visit.page.on("dialog", lambda dialog: visit.errors.append("dialog: " + dialog.message))
    yield visit
    for each in context.pages:
        each.close()


def assert_harmless(visit):
    assert visit.page.evaluate("() => window.hacked") is None
    for frame in visit.page.frames:
        assert frame.locator(ELEMENTS).count() == 0
    assert visit.errors == []
    assert visit.foreign_requests() == []


PANELS = ("連携", "圏域", "都道府県どうし", "アンケート", "出典", "事例")


@pytest.mark.parametrize(
    ("query", "panels"),
    [
        ("?code=01438", PANELS),
        ("?code=10444", ()),
        ("?bloc=living-area-1", ()),
        ("?tie=10444-13112", ()),
        ("?lang=en&code=01207", ()),
    ],
)
def test_on_the_page_they_are_texts(hostile, query, panels):
    hostile.open(query)
    for panel in ("", *panels):
        if panel:
            chosen = hostile.page.locator('.st-key-panels [data-testid="stButtonGroup"]').get_by_text(panel, exact=True)
            chosen.click()
        hostile.page.wait_for_timeout(1200)
        assert_harmless(hostile)
        assert hostile.page.evaluate("() => document.documentElement.scrollWidth") <= 1440
        assert hostile.page.get_by_text("Traceback").count() == 0
    if panels:
        assert "panel=" not in hostile.page.url, "the last one chosen is the first one of the page"


def test_on_the_map_they_are_texts(hostile):
    """Tooltips of cases, ties and blocs, the legend, the list of layers."""
    hostile.open("?show=cases,ties,blocs,medical")
    told = hostile.frame.evaluate("""() => {
      const map = renkeiMap, told = [];
      const at = (lat, lon) => map.map.latLngToLayerPoint([lat, lon]);
      for (const cluster of map.clusters) told.push(map.describe(at(cluster.lat, cluster.lon)).outerHTML);
      map.map.setView([36, 138], 7, { animate: false });
      for (const pair of map.pairs) {
        if (!pair.layer) continue;
        const line = pair.layer.getLatLngs(), box = map.describe(at(line[12].lat, line[12].lng));
        if (box) told.push(box.outerHTML);
      }
      for (const bloc of map.facts.blocs.slice(0, 20)) {
        const centre = map.polygons.get(bloc.members[0])[0].getBounds().getCenter();
        const box = map.describe(at(centre.lat, centre.lng));
        if (box) told.push(box.outerHTML);
      }
      const last = map.describe(at(map.clusters[0].lat, map.clusters[0].lon));
      map.tooltip.setLatLng(map.map.getCenter()).setContent(last || "").addTo(map.map);
      return told;
    }""")
    assert len(told) > 50
    everything = "".join(told)
    assert "&lt;img src=x" in everything
    assert "<img" not in everything
    assert "<script" not in everything
    assert max(len(text) for text in told) < 60_000
    box = hostile.frame.evaluate("() => renkeiMap.tooltip.getElement().getBoundingClientRect().height")
    assert box < 640
    assert_harmless(hostile)


def test_in_the_kept_file_they_are_texts(hostile, tmp_path):
    hostile.open()
    hostile.page.get_by_role("button", name="保存・出力").click()
    with hostile.page.expect_download() as started:
        hostile.page.get_by_role("button", name="HTML").click()
    path = tmp_path / "kept.html"
    started.value.save_as(path)
    page = hostile.page.context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    page.goto(path.as_uri())
    page.wait_for_function("() => window.renkeiMap && renkeiMap.painted")
    assert page.evaluate("() => window.hacked") is None
    assert page.locator(ELEMENTS).count() == 0
    assert errors == []
    text = page.inner_text("body")
    assert ATTACKS[0] in text
    assert ATTACKS[1] in text


def test_in_the_downloads_they_are_texts(hostile, tmp_path):
    hostile.open("?prefecture=10")
    hostile.page.get_by_role("button", name="保存・出力").click()
    for name, suffix in (("事例", "geojson"), ("PDF", "pdf"), ("PNG", "png")):
        with hostile.page.expect_download() as started:
            hostile.page.get_by_role("button", name=name).last.click()
        path = tmp_path / f"file.{suffix}"
        started.value.save_as(path)
        content = path.read_bytes()
        assert len(content) > 1000
        if suffix == "geojson":
            texts = [feature["properties"].get("title") or "" for feature in json.loads(content)["features"]]
            assert any(attack in texts for attack in ATTACKS)
    assert_harmless(hostile)
