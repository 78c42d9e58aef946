"""Attacks in every free text of the data: they are texts wherever they surface."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest

from benchmarks.browser import free_port, serving

from .conftest import PATIENCE_MS, Visit
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
    assert visit.evaluate("() => window.hacked") is None
    assert visit.page.locator(ELEMENTS).count() == 0
    assert visit.errors == []
    assert visit.foreign_requests() == []


PANELS = ("ties", "networks", "blocs", "indicators", "sources", "table")


def assert_page_is_whole(visit):
    visit.page.locator(".st-key-card").wait_for()
    assert_harmless(visit)
    assert visit.evaluate("() => document.documentElement.scrollWidth") <= 1440
    assert visit.page.get_by_text("Traceback").count() == 0
    assert visit.page.locator(".rk-error").count() == 0


@pytest.mark.parametrize(
    ("query", "choices"),
    [
        ("?code=01438", [("code", "10444"), ("bloc", "living-area-1"), ("tie", "10444-13112")]),
        ("?lang=en&code=01207", [("code", "")]),
    ],
)
def test_on_the_card_they_are_texts(hostile, query, choices):
    hostile.open(query)
    assert_page_is_whole(hostile)
    for key, value in choices:
        hostile.evaluate("([key, value]) => renkeiPage.choose({ [key]: value })", [key, value])
        hostile.settle_on("([key, value]) => (renkeiPage.answer.query[key]?.[0] ?? '') === value", [key, value])
        assert_page_is_whole(hostile)


def test_in_the_tables_they_are_texts(hostile):
    hostile.open()
    for panel in PANELS:
        hostile.page.locator(f".rk-tab[data-panel={panel}]").click()
        hostile.settle_on("(panel) => renkeiPage.answer.query.panel?.[0] === panel", panel)
        hostile.page.locator(".st-key-drawer [data-testid=stDataFrame] canvas").first.wait_for(state="attached")
        assert_page_is_whole(hostile)


def test_on_the_map_they_are_texts(hostile):
    """Tooltips of cases, ties and towns, the legend, the list of layers, the search."""
    hostile.open("?show=cases,ties,blocs,medical")
    hostile.page.locator("#rk-find").fill("img")
    told = hostile.evaluate("""() => {
      const page = renkeiPage, told = [document.querySelector("#rk-found").outerHTML];
      const { describe, tooltip } = page.pointer;
      for (const each of page.layers.gathered) told.push(describe(L.latLng(each.lat, each.lon)).outerHTML);
      page.view.map.setView([38.2, 138.3], 7.2, { animate: false });
      for (const { layer } of page.layers.pairs) {
        const line = layer.getLatLngs(), box = describe(line[12]);
        if (box) told.push(box.outerHTML);
      }
      const first = page.facts.cases[0];
      const last = describe(L.latLng(first.lat, first.lon));
      tooltip.setLatLng(page.view.map.getCenter()).setContent(last || "").addTo(page.view.map);
      return told;
    }""")
    assert len(told) > 50
    everything = "".join(told)
    assert "&lt;img src=x" in everything
    assert "<img" not in everything
    assert "<script" not in everything
    assert max(len(text) for text in told) < 60_000
    assert hostile.evaluate("() => renkeiPage.pointer.tooltip.getElement().getBoundingClientRect().height") < 640
    assert_harmless(hostile)


def saved(visit, output, tmp_path):
    """Press what makes a file; return where it was kept."""
    if not visit.page.locator("#rk-share").is_visible():
        visit.page.locator("#rk-share-open").click()
    with visit.page.expect_download() as started:
        visit.page.locator(f"[data-output='{output}']").click()
    path = tmp_path / output
    started.value.save_as(path)
    return path


def test_in_the_kept_file_they_are_texts(hostile, tmp_path):
    hostile.open()
    path = saved(hostile, "map.html", tmp_path)
    page = hostile.page.context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    page.goto(path.as_uri())
    page.wait_for_function("() => window.renkeiPage && renkeiPage.painted")
    assert page.evaluate("() => window.hacked") is None
    assert page.locator(ELEMENTS).count() == 0
    assert errors == []
    text = page.inner_text("body")
    assert ATTACKS[0] in text
    assert ATTACKS[1] in text


def test_in_the_downloads_they_are_texts(hostile, tmp_path):
    hostile.open("?prefecture=10")
    for output in ("cases.geojson", "sheet.pdf", "slide.png"):
        content = saved(hostile, output, tmp_path).read_bytes()
        assert len(content) > 1000
        if output == "cases.geojson":
            texts = [feature["properties"].get("title") or "" for feature in json.loads(content)["features"]]
            assert any(attack in texts for attack in ATTACKS)
    hostile.page.keyboard.press("Escape")
    hostile.page.locator(".rk-tab[data-panel=table]").click()
    with hostile.page.expect_download() as started:
        hostile.page.locator("[data-output='{panel}.csv']").click()
    table = tmp_path / "table.csv"
    started.value.save_as(table)
    with table.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert any(cell.startswith("'=cmd") for cell in cells)
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)
    assert_harmless(hostile)
