"""The ten tasks of a planner: each in at most three actions, timed until the answer is on the screen."""

from __future__ import annotations

import io
import json
import time

import pandas as pd
import pytest

from .conftest import Visit
from .hands import choose_indicator, choose_prefecture, press_theme

SECONDS = 20.0
"""Longest on a busy machine; the figures of a quiet one are in benchmarks/."""
MOST_ACTIONS = 3


class Task:
    """Counts what a planner does, and how long it takes until the answer is there."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.actions = 0
        self.started = time.monotonic()

    def act(self, action) -> None:
        self.actions += 1
        action()

    def done(self) -> float:
        taken = time.monotonic() - self.started
        assert self.actions <= MOST_ACTIONS
        assert taken < SECONDS
        assert self.visit.errors == []
        assert self.visit.page.locator(".rk-error").count() == 0
        return taken


@pytest.fixture
def task(visit):
    return Task(visit.open())


def find(visit, text: str) -> None:
    visit.page.locator("#rk-find").fill(text)
    visit.page.locator("#rk-find").press("Enter")


def test_find_my_town_by_name(task):
    task.act(lambda: find(task.visit, "川場村"))
    task.visit.page.get_by_role("heading", name="群馬県川場村").wait_for()
    assert task.visit.evaluate("() => renkeiPage.view.map.getZoom()") > 6.5
    task.done()


def test_find_by_a_sentence(task):
    visit = task.visit
    task.act(lambda: find(visit, "公共交通が足りない高齢者の移動を助けたい"))
    visit.page.locator("#rk-found [role=option]").first.wait_for()
    task.act(visit.page.locator("#rk-found [role=option]").first.click)
    visit.page.locator(".st-key-card h3").first.wait_for()
    visit.settle()
    task.done()


def test_see_its_partners_and_open_one(task):
    visit = task.visit
    task.act(lambda: find(visit, "川場村"))
    task.act(lambda: visit.page.locator(".st-key-card").get_by_role("button", name="東京都世田谷区").click())
    visit.page.get_by_role("heading", name="群馬県川場村 – 東京都世田谷区").wait_for()
    visit.settle_on("() => renkeiPage.answer.query.tie")
    assert visit.query()["tie"] == ["10444-13112"]
    task.done()


def test_list_and_map_decarbonization_in_hokkaido(task):
    visit = task.visit
    task.act(lambda: press_theme(visit, "脱炭素"))
    task.act(lambda: choose_prefecture(visit, "北海道"))
    task.act(lambda: visit.page.locator(".rk-tab[data-panel=table]").click())
    visit.settle_on(
        "() => renkeiPage.answer.query.panel?.[0] === 'table' && renkeiPage.answer.query.theme && renkeiPage.answer.query.prefecture"
    )
    visit.page.locator(".st-key-drawer [data-testid=stDataFrame]").wait_for()
    marks = visit.evaluate("() => renkeiPage.layers.gathered.reduce((n, each) => n + each.items.length, 0)")
    assert marks == visit.state()["cases"].count("1") > 0
    task.done()


def test_the_areas_of_gunma_as_a_table_in_excel(task):
    visit = task.visit
    task.act(lambda: choose_prefecture(visit, "群馬県"))
    task.act(lambda: visit.page.locator(".rk-tab[data-panel=blocs]").click())
    with visit.page.expect_download() as download:
        task.act(lambda: visit.page.get_by_role("button", name="Excel").click())
    frame = pd.read_excel(io.BytesIO(download.value.path().read_bytes()), engine="openpyxl")
    assert "利根沼田圏域" in " ".join(frame["名称"])
    assert download.value.suggested_filename == "renkei_群馬県_圏域.xlsx"
    task.done()


def test_compare_ageing_and_online_rate(task):
    visit = task.visit
    task.act(lambda: choose_indicator(visit, "share_65"))
    task.act(lambda: visit.page.locator("#rk-painting-open").click())
    task.act(lambda: visit.page.get_by_label("組み合わせる指標").select_option("online_rate_32"))
    visit.settle_on("() => renkeiPage.answer.second?.classes")
    assert visit.page.locator("#rk-swipe").is_visible()
    task.done()


def test_the_population_of_2050_against_that_of_2020(task):
    visit = task.visit
    task.act(lambda: choose_indicator(visit, "projected_population"))
    task.act(lambda: visit.page.locator("#rk-painting-open").click())
    task.act(lambda: visit.page.get_by_label("年の差を塗る").select_option("2020"))
    visit.settle_on("() => renkeiPage.answer.query.from?.[0] === '2020'")
    assert "2020" in visit.page.locator("#rk-indicator-open").inner_text()
    task.done()


def test_a_slide_of_what_is_on_the_screen(visit):
    visit.open("?map=9/36.69/139.1&code=10444")
    task = Task(visit)
    task.act(lambda: visit.page.locator("#rk-share-open").click())
    with visit.page.expect_download() as download:
        task.act(lambda: visit.page.locator("[data-output='slide.png']").click())
    content = download.value.path().read_bytes()
    assert int.from_bytes(content[16:20]) * 9 == pytest.approx(int.from_bytes(content[20:24]) * 16, abs=20)
    assert download.value.suggested_filename == "renkei_群馬県川場村_地図.png"
    task.done()


def test_send_the_link_and_get_the_same(task):
    visit = task.visit
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.evaluate(
        "() => { renkeiPage.moved = true; renkeiPage.view.map.setView([36.7, 139.1], 9, { animate: false }); }"
    )
    task.act(lambda: press_theme(visit, "DX"))
    task.act(lambda: visit.page.locator("#rk-share-open").click())
    task.act(lambda: visit.page.locator("#rk-copy-link").click())
    visit.page.get_by_text("リンクをコピーしました").wait_for()
    link = visit.evaluate("() => navigator.clipboard.readText()")
    task.done()
    other = Visit(visit.page.context.new_page(), visit.server)
    other.page.goto(link)
    other.settle()
    same = "() => JSON.stringify([renkeiPage.whole.query, renkeiPage.view.map.getZoom(), renkeiPage.view.map.getCenter(), renkeiPage.whole.cases])"
    assert json.loads(other.evaluate(same))[0] == {"theme": ["DX"]}
    visit.settle()
    first, second = json.loads(visit.evaluate(same)), json.loads(other.evaluate(same))
    assert first[:2] == second[:2]
    assert (first[2]["lat"], first[2]["lng"]) == pytest.approx((second[2]["lat"], second[2]["lng"]), abs=0.01)
    assert first[3] == second[3]


def test_a_town_about_which_nothing_is_known(task):
    visit = task.visit
    task.act(lambda: find(visit, "青ヶ島村"))
    visit.page.get_by_role("heading", name="東京都青ヶ島村").wait_for()
    visit.page.get_by_text("この地図には未収録です").first.wait_for()
    visit.page.get_by_text("情報を寄せる").first.wait_for()
    task.done()


def test_the_same_on_a_phone(chromium, server):
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="ja-JP", has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    visit = Visit(context.new_page(), server).open()
    task = Task(visit)
    task.act(lambda: find(visit, "川場村"))
    visit.page.get_by_role("heading", name="群馬県川場村").wait_for()
    visit.settle()
    # A tap on the neighbour chooses the neighbour, never a line.
    x, y = visit.evaluate(
        """() => { const page = renkeiPage; page.view.map.setView([36.35, 139.0], 9.5, { animate: false });
          const [lon, lat] = page.facts.points["10449"]; const p = page.view.map.latLngToContainerPoint([lat, lon]); return [p.x, p.y]; }"""
    )
    task.act(lambda: visit.page.touchscreen.tap(x, y))
    visit.settle_on("() => renkeiPage.answer.query.code?.[0] === '10449'")
    visit.page.get_by_role("heading", name="群馬県みなかみ町").wait_for()
    task.act(lambda: visit.page.locator("#rk-phone-list").click())
    visit.settle_on("() => renkeiPage.answer.query.panel?.[0] === 'table'")
    assert visit.evaluate("() => document.documentElement.scrollWidth") <= 390
    task.done()
    context.close()
