"""The page under a planner's hands, in a real Chromium."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from geo.codes import PREFECTURES
from geo.gazetteer import municipalities
from layers.catalog import indicator
from layers.partnerships import partnerships
from renkei.browser.map_state import class_digits, classify_indicator
from renkei.present.page_state import DEFAULT_INDICATOR
from tests.shared_atlas import ATLAS, TABLES

ROOT = Path(__file__).resolve().parents[2]


def choose_option(page, label: str, option: str) -> None:
    page.get_by_label(label).first.click()
    page.keyboard.type(option)  # the list holds only the options in view
    page.get_by_role("option", name=option, exact=True).click()


def click_on_map(visit, lon: float, lat: float) -> None:
    """Click where a place is drawn, through the page like a person's pointer."""
    x, y = visit.frame.evaluate(
        "([lon, lat]) => { const p = renkeiMap.map.latLngToContainerPoint([lat, lon]); return [p.x, p.y]; }",
        [lon, lat],
    )
    box = visit.page.locator("iframe[title*='streamlit_folium']").bounding_box()
    visit.page.mouse.click(box["x"] + x, box["y"] + y)


def painted_colors(frame) -> dict[str, str]:
    """Read back from the map which colour each municipality has; "" is the hatch of no data."""
    return frame.evaluate(
        """() => Object.fromEntries([...renkeiMap.polygons].map(([code, layers]) =>
           [code, layers[0].options.hatched ? "" : layers[0].options.fillColor]))"""
    )


def expected_colors(identifier: str) -> dict[str, str]:
    chosen = indicator(TABLES, identifier)
    classes = classify_indicator(ATLAS, chosen, chosen.dates[-1])
    return {
        code: "" if digit == "-" else classes.colors[ord(digit) - 48]
        for code, digit in zip(municipalities().index, class_digits(classes), strict=True)
    }


def test_all_requests_are_loopback_and_the_console_is_clean(visit):
    visit.open()
    assert visit.foreign_requests() == []
    assert visit.errors == []


def test_every_municipality_is_painted_as_the_server_classed_it(visit):
    visit.open()
    assert painted_colors(visit.frame) == expected_colors(DEFAULT_INDICATOR)


def test_change_of_indicator_repaints_without_new_geometry(visit):
    first = visit.open().wait_painted()
    requests = len([url for url in visit.requests if "geojson" in url or "z5" in url])
    choose_option(visit.page, "背景の指標", indicator(TABLES, "fit_solar_kw_per_1000").title)
    visit.wait_painted(other_than=first)
    assert painted_colors(visit.frame) == expected_colors("fit_solar_kw_per_1000")
    assert len([url for url in visit.requests if "geojson" in url or "z5" in url]) == requests
    assert "indicator=fit_solar_kw_per_1000" in visit.page.url


def test_filter_click_and_download_agree_with_the_command_line(visit, tmp_path):
    """The issue's walk: switch, filter to 脱炭素 in 北海道, click 帯広市, download, compare with the CLI."""
    first = visit.open().wait_painted()
    visit.page.get_by_role("button", name="脱炭素", exact=True).click()
    second = visit.wait_painted(other_than=first)
    choose_option(visit.page, "都道府県", "北海道")
    third = visit.wait_painted(other_than=second)
    visit.page.keyboard.press("Escape")
    obihiro = municipalities().loc["01207"]
    click_on_map(visit, obihiro["lon"], obihiro["lat"])
    visit.wait_painted(other_than=third)
    visit.page.get_by_role("heading", name="北海道帯広市").wait_for()
    assert "code=01207" in visit.page.url

    visit.page.get_by_role("button", name="保存・出力").click()
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="事例を GeoJSON で保存").click()
    saved = tmp_path / "page.geojson"
    download.value.save_as(saved)
    command = [
        sys.executable,
        "-m",
        "renkei.cli",
        "export",
        "cases",
        "--theme",
        "脱炭素",
        "--prefecture",
        "北海道",
        "--format",
        "geojson",
        "-o",
        str(tmp_path / "cli.geojson"),
    ]
    subprocess.run(command, check=True, cwd=ROOT)
    assert saved.read_bytes() == (tmp_path / "cli.geojson").read_bytes()
    collection = json.loads(saved.read_text(encoding="utf-8"))
    assert collection["features"]
    for feature in collection["features"]:
        assert "脱炭素" in feature["properties"]["themes"]
        assert feature["properties"]["prefecture"] == "北海道"


def test_the_address_shows_the_same_page_again(visit):
    visit.open("?theme=DX&prefecture=10&indicator=fit_solar_kw_per_1000&code=10444&lang=ja")
    state = visit.state()
    assert state["chosen"] == "10444"
    visit.page.get_by_role("heading", name="群馬県川場村").wait_for()
    marks = dict(zip(municipalities().index, state["shown"], strict=True))
    assert {code[:2] for code, mark in marks.items() if mark == "1"} == {"10"}


def test_wrong_address_values_are_named_and_ignored(visit):
    visit.open("?theme=%E3%81%AA%E3%81%84&indicator=nope&code=99999&date=1800&prefecture=99&show=zzz")
    visit.page.get_by_text("リンクの一部を無視しました").wait_for()
    assert visit.state()["chosen"] == ""
    assert visit.errors == []


def test_nothing_found_is_a_sentence(visit):
    visit.open("?text=%E3%81%82%E3%82%8A%E3%81%88%E3%81%AA%E3%81%84%E8%AA%9E")
    visit.page.get_by_text("条件に合う事例・連携・圏域はありません").wait_for()
    assert set(visit.state()["cases"]) == {"0"}


def test_ambiguous_name_asks_which(visit):
    first = visit.open().wait_painted()
    visit.page.get_by_label("自治体を探す").fill("府中市")
    visit.page.get_by_label("自治体を探す").press("Enter")
    visit.page.get_by_text("「府中市」は複数あります").wait_for()
    visit.page.get_by_role("button", name="広島県府中市").click()
    visit.wait_painted(other_than=first)
    assert visit.state()["chosen"] == "34208"


def test_english_switch(visit):
    first = visit.open().wait_painted()
    visit.page.get_by_role("button", name="English").click()
    visit.wait_painted(other_than=first)
    visit.page.get_by_text("Background indicator").first.wait_for()
    assert visit.state()["legend"]["title"] == indicator(TABLES, DEFAULT_INDICATOR).title_en


def test_pan_and_zoom_never_run_the_server(visit):
    visit.open()
    client = visit.page.context.new_cdp_session(visit.page)
    client.send("Network.enable")
    sent: list[object] = []
    client.on("Network.webSocketFrameSent", lambda event: sent.append(event))  # noqa: PLW0108 - a builtin has no place for its mark
    visit.frame.evaluate("() => { renkeiMap.map.setView([43, 143], 8, {animate: false}); }")
    visit.page.wait_for_timeout(1500)
    assert sent == []
    assert "map=8/43" in visit.page.url
    finer = [url for url in visit.requests if "/z8/" in url]
    assert finer
    assert all("/z8/01" in url or "/z8/02" in url for url in finer), finer


def test_hostile_text_is_shown_as_text(visit):
    hostile = "%3Cimg%20src=x%20onerror=window.top.hacked=1%3E%22%27%60${alert(1)}%3C/script%3E"
    visit.open(f"?text={hostile}&theme={hostile}&code={hostile}")
    visit.page.wait_for_timeout(300)
    assert visit.page.evaluate("() => window.hacked") is None
    assert visit.page.locator("img[src='x']").count() == 0


@pytest.mark.parametrize("prefecture", ["01", "47"])
def test_prefecture_names_are_in_the_facts(visit, prefecture):
    visit.open()
    names = visit.frame.evaluate("() => renkeiMap.facts.prefectures")
    assert names[prefecture] == PREFECTURES[prefecture]


def test_a_bloc_has_a_link_a_panel_and_its_figures(visit):
    visit.open("?bloc=living-area-1")
    visit.page.get_by_role("heading", name="帯広圏官民連携プラットフォーム").wait_for()
    visit.page.get_by_text("将来推計人口").first.wait_for()
    assert visit.frame.evaluate("() => renkeiMap.map.getZoom()") > 7
    visit.page.get_by_role("button", name="北海道音更町").click()
    visit.page.get_by_role("heading", name="北海道音更町").wait_for()
    assert "code=01631" in visit.page.url
    assert "bloc=" not in visit.page.url


def test_ties_are_gathered_far_out_and_come_apart_near(visit):
    visit.open("?show=ties")
    counts = visit.frame.evaluate(
        """() => [renkeiMap.gathered, renkeiMap.flows.length, renkeiMap.flows.reduce((n, f) => n + f.count, 0)
           + renkeiMap.pairs.filter((p) => p.layer).reduce((n, p) => n + p.visible.length, 0)]"""
    )
    assert counts[0] is True
    assert 0 < counts[1] < 110
    assert counts[2] == len(partnerships(TABLES))
    visit.frame.evaluate("() => { renkeiMap.map.setView([36, 139], 8, {animate: false}); }")
    near = visit.frame.evaluate(
        "() => [renkeiMap.flows.length, renkeiMap.pairs.filter((pair) => pair.layer).length, renkeiMap.pairs.length]"
    )
    assert near[0] == 0
    assert near[1] == near[2]


def test_outlines_are_made_of_the_borders_that_are_drawn(visit):
    """The area inside a bloc's rings is the sum of its members' areas, on the browser's own coordinates."""
    visit.open()
    worst = visit.frame.evaluate(
        """() => {
          const area = (ring) => { let sum = 0; ring.forEach((a, i) => { const b = ring[(i + 1) % ring.length];
            sum += a.lng * b.lat - b.lng * a.lat; }); return sum / 2; };
          const rings = (points, found) => { if (points.length && points[0].lat !== undefined) found.push(points);
            else points.forEach((part) => rings(part, found)); return found; };
          let worst = 0;
          renkeiMap.facts.blocs.forEach((bloc, i) => {
            let members = 0, outer = 0;
            for (const code of bloc.members) {
              for (const ring of rings(renkeiMap.polygons.get(code)[0].getLatLngs(), [])) members += Math.abs(area(ring));
            }
            for (const ring of renkeiMap.outlineOf(i)) outer += Math.abs(area(ring));
            worst = Math.max(worst, Math.abs(outer / members - 1));
          });
          return worst;
        }"""
    )
    assert worst < 0.12  # a hole that another municipality fills counts twice in this simple sum


def test_a_municipality_with_nothing_says_so_and_how_to_add(visit):
    visit.open("?code=13401")
    visit.page.get_by_text("把握している連携はありません").wait_for()
    visit.page.get_by_text("renkei register template").wait_for()


def test_two_indicators_side_by_side(visit):
    visit.open("?indicator=share_65&second=online_rate_32&show=none")
    assert painted_colors(visit.frame) == expected_colors("share_65")
    other = visit.frame.evaluate(
        """() => Object.fromEntries([...renkeiMap.polygons].map(([code, layers]) =>
           [code, layers[0].options.second.hatched ? "" : layers[0].options.second.fillColor]))"""
    )
    assert other == expected_colors("online_rate_32")
    slider = visit.frame.get_by_role("slider")
    before = visit.frame.evaluate("() => renkeiMap.renderers.fills.divide")
    slider.focus()
    slider.press("ArrowRight")
    assert visit.frame.evaluate("() => renkeiMap.renderers.fills.divide") > before
    assert visit.errors == []


def test_two_indicators_in_nine_classes(visit):
    visit.open("?indicator=share_65&second=online_rate_32&compare=bivariate")
    cells = visit.frame.locator(".renkei-grid td").all_text_contents()
    assert len(cells) == 9
    assert sum(int(cell.replace(",", "")) for cell in cells) == 1741 - 2
    assert visit.frame.evaluate("() => renkeiMap.renderers.fills.divide") is None


def test_a_series_is_drawn_beside_prefecture_and_country(visit):
    visit.open("?code=10444&indicator=projected_population")
    visit.page.get_by_text("将来推計人口").first.wait_for()
    visit.page.locator("[data-testid='stVegaLiteChart'] canvas, [data-testid='stVegaLiteChart'] svg").first.wait_for()


def test_the_map_is_saved_as_a_sheet(visit, tmp_path):
    visit.open("?prefecture=10")
    visit.page.get_by_role("button", name="保存・出力").click()
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="地図を A4 の PDF で保存").click()
    saved = tmp_path / "map.pdf"
    download.value.save_as(saved)
    assert saved.read_bytes().startswith(b"%PDF-")
    assert visit.errors == []


def test_a_class_of_the_legend_can_be_hidden(visit):
    visit.open()
    row = visit.frame.locator("button.renkei-row").first
    assert row.get_attribute("aria-pressed") == "true"
    row.focus()
    row.press("Enter")
    assert row.get_attribute("aria-pressed") == "false"
    colors = expected_colors(DEFAULT_INDICATOR)
    first = visit.state()["colors"][0]
    painted = painted_colors(visit.frame)
    assert {painted[code] for code, color in colors.items() if color == first} == {"#ffffff"}
    row.press("Enter")
    assert painted_colors(visit.frame) == colors


def test_classes_by_hand_and_a_year(visit):
    visit.open("?indicator=share_65&year=2022")
    before = visit.state()
    visit.page.get_by_text("手動", exact=True).click()
    box = visit.page.get_by_label("階級の境目")
    box.wait_for()
    begun = [float(each) for each in box.input_value().split("、")]
    assert len(begun) + 1 == len(before["colors"]), "it begins with the breaks of the standard"
    for written, labels in (("30、20", None), ("30、42.5", ["30.0% 未満", "30.0 ～ 42.5", "42.5% 以上"])):
        box.fill(written)
        box.press("Enter")
        if labels is None:
            visit.page.get_by_text("境目を読めません").wait_for()
            continue
        visit.frame.wait_for_function("() => renkeiMap.state.colors.length === 3")
        assert [row["label"] for row in visit.state()["legend"]["rows"]] == labels
    visit.page.wait_for_url("**breaks=30%2C42.5**")
    assert set(painted_colors(visit.frame).values()) == set(visit.state()["colors"])
    visit.page.get_by_text(
        "令和4年（2022）", exact=True
    ).first.wait_for()  # what an address asks can be taken back on the page
    assert visit.errors == []


def test_reload_and_back_keep_their_state(visit):
    first = visit.open("?prefecture=10").wait_painted()
    choose_option(visit.page, "背景の指標", indicator(TABLES, "share_65").title)
    second = visit.wait_painted(other_than=first)
    visit.page.reload()
    visit.wait_painted()
    assert visit.state()["legend"]["title"] == indicator(TABLES, "share_65").title
    assert visit.state()["shown"].count("1") == 35
    assert visit.state()["sequence"] == second
    visit.page.wait_for_timeout(500)
    visit.page.go_back()
    visit.wait_painted(other_than=second)
    assert visit.state()["legend"]["title"] == indicator(TABLES, DEFAULT_INDICATOR).title
    assert visit.errors == []


def test_a_later_year_never_shows_an_earlier_one(visit):
    visit.open("?indicator=projected_population&date=2020")
    chosen = indicator(TABLES, "projected_population")
    slider = visit.frame.get_by_role("slider", name="年")
    slider.focus()
    painted = visit.wait_painted()
    for year in chosen.dates[1:4]:
        slider.press("ArrowRight")
        painted = visit.wait_painted(other_than=painted)
        classes = classify_indicator(ATLAS, chosen, year)
        expected = {
            code: "" if digit == "-" else classes.colors[ord(digit) - 48]
            for code, digit in zip(municipalities().index, class_digits(classes), strict=True)
        }
        assert painted_colors(visit.frame) == expected
