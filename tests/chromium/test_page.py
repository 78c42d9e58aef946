"""The page under a planner's hands, in a real Chromium."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.page import LAND
from geo.codes import PREFECTURES
from geo.gazetteer import municipalities
from renkei.browser.backgrounds import class_digits
from renkei.present.indicator_classes import classify_indicator
from renkei.present.page_state import DEFAULT_INDICATOR
from tests.chromium.hands import choose_indicator, choose_prefecture, click_on_map, press_theme
from tests.shared_atlas import ATLAS

ROOT = Path(__file__).resolve().parents[2]
LAND_BEFORE = 0.028
"""Of the window at 1440×900, on the first page: land."""
MOST_LEGEND = 0.08


def painted_colors(visit) -> dict[str, str]:
    """Read back from the map which colour each municipality has; "" is the hatch of no data."""
    return visit.evaluate(
        """() => Object.fromEntries([...renkeiPage.fills.polygons].map(([code, layers]) =>
           [code, layers[0].options.hatched ? "" : layers[0].options.fillColor]))"""
    )


def expected_colors(identifier: str, date: str = "", scheme: str = "auto") -> dict[str, str]:
    chosen = ATLAS.indicator(identifier)
    classes = classify_indicator(ATLAS, chosen, date or chosen.dates[-1], scheme)
    return {
        code: "" if digit == "-" else classes.colors[ord(digit) - 48]
        for code, digit in zip(municipalities().index, class_digits(classes), strict=True)
    }


def test_the_first_sight_is_what_the_server_classed_and_asks_nobody_else(visit):
    visit.open()
    assert painted_colors(visit) == expected_colors(DEFAULT_INDICATOR)
    names = visit.evaluate("() => renkeiPage.facts.prefectures")
    assert names == PREFECTURES
    land, legend = visit.evaluate(LAND)
    assert land >= 2.5 * LAND_BEFORE, "Japan is as large as the window allows"
    assert legend <= MOST_LEGEND
    assert visit.evaluate(LAND.replace("&& seen(column, row)", ""))[0] == pytest.approx(land, rel=0.02), (
        "land lies under a panel"
    )
    assert visit.foreign_requests() == []
    assert visit.errors == []
    hide_and_show_a_class(visit)


def test_change_of_indicator_repaints_without_new_geometry(visit):
    visit.open()
    geometry = [url for url in visit.requests if "geojson" in url or "z5" in url]
    choose_indicator(visit, "fit_solar_kw_per_1000")
    visit.settle_on("() => renkeiPage.answer.query.indicator?.[0] === 'fit_solar_kw_per_1000'")
    assert painted_colors(visit) == expected_colors("fit_solar_kw_per_1000")
    assert [url for url in visit.requests if "geojson" in url or "z5" in url] == geometry
    assert "indicator=fit_solar_kw_per_1000" in visit.page.url


def test_filter_click_and_download_agree_with_the_command_line(visit, tmp_path):
    """Filter to 脱炭素 in 北海道, click 帯広市, download, compare with the command line."""
    visit.open()
    press_theme(visit, "脱炭素")
    choose_prefecture(visit, "北海道")
    visit.settle_on("() => renkeiPage.answer.query.prefecture?.[0] === '01' && renkeiPage.answer.query.theme")
    visit.page.locator("#rk-share-open").click()
    with visit.page.expect_download() as download:
        visit.page.locator("[data-output='cases.geojson']").click()
    saved = tmp_path / "page.geojson"
    download.value.save_as(saved)
    assert download.value.suggested_filename == "renkei_北海道_脱炭素_cases.geojson"
    target = tmp_path / "cli.geojson"
    command = [sys.executable, "-m", "renkei.cli", "export", "cases", "--theme", "脱炭素", "--prefecture", "北海道"]
    subprocess.run([*command, "--format", "geojson", "-o", str(target)], check=True, cwd=ROOT)
    collection, other = (json.loads(path.read_text(encoding="utf-8")) for path in (saved, target))
    assert collection["features"] == other["features"]  # the page's file says too what is chosen
    assert collection["features"]
    for feature in collection["features"]:
        assert "脱炭素" in feature["properties"]["themes"]
        assert feature["properties"]["prefecture"] == "北海道"
    visit.page.keyboard.press("Escape")
    obihiro = municipalities().loc["01207"]
    click_on_map(visit, obihiro["lon"], obihiro["lat"])
    visit.settle_on("() => renkeiPage.answer.query.code?.[0] === '01207'")
    visit.page.get_by_role("heading", name="北海道帯広市").wait_for()
    assert "code=01207" in visit.page.url


def test_the_address_shows_the_same_page_again(visit):
    visit.open("?theme=DX&prefecture=10&indicator=fit_solar_kw_per_1000&code=10444&lang=ja")
    assert visit.query()["code"] == ["10444"]
    visit.page.get_by_role("heading", name="群馬県川場村").wait_for()
    marks = dict(zip(municipalities().index, visit.state()["shown"], strict=True))
    assert {code[:2] for code, mark in marks.items() if mark == "1"} == {"10"}


def test_wrong_address_values_are_named_and_ignored(visit):
    visit.open("?theme=%E3%81%AA%E3%81%84&indicator=nope&code=99999&date=1800&prefecture=99&show=zzz")
    visit.page.get_by_text("リンクの一部を無視しました").wait_for()
    assert "code" not in visit.query()
    assert visit.errors == []


def test_nothing_found_is_a_sentence(visit):
    visit.open("?text=%E3%81%82%E3%82%8A%E3%81%88%E3%81%AA%E3%81%84%E8%AA%9E")
    visit.page.get_by_text("条件に合う事例・連携・圏域はありません").wait_for()
    assert set(visit.state()["cases"]) == {"0"}


def test_ambiguous_name_asks_which(visit):
    visit.open()
    visit.page.locator("#rk-find").fill("府中市")
    visit.page.locator("#rk-find").press("Enter")
    visit.page.get_by_text("「府中市」は複数あります").wait_for()
    visit.page.get_by_role("option", name="広島県府中市").click()
    visit.settle_on("() => renkeiPage.answer.query.code?.[0] === '34208'")


def test_a_name_of_the_past_is_explained_by_the_server(visit):
    visit.open()
    visit.page.locator("#rk-find").fill("浦和市")
    visit.page.locator("#rk-find").press("Enter")
    visit.page.get_by_text("新設合併でさいたま市に").wait_for()
    visit.page.get_by_role("option", name="埼玉県さいたま市").click()
    visit.settle_on("() => renkeiPage.answer.query.code?.[0] === '11100'")


def test_english_switch_and_then_anything(visit):
    """Pressing English, then anything, once replaced the page by a traceback."""
    visit.open("?prefecture=10")
    visit.page.locator("#rk-language").click()
    visit.settle_on("() => document.documentElement.lang === 'en' && window.renkeiPage?.english")
    assert visit.query()["prefecture"] == ["10"]
    assert visit.state()["legend"]["title"] == ATLAS.indicator(DEFAULT_INDICATOR).title_en
    choose_indicator(visit, "share_65", english=True)
    visit.settle_on("() => renkeiPage.answer.query.indicator?.[0] === 'share_65'")
    press_theme(visit, "Decarbonization")
    visit.settle_on("() => renkeiPage.answer.query.theme?.[0] === '脱炭素'")
    visit.page.locator("#rk-language").click()
    visit.settle_on("() => document.documentElement.lang === 'ja' && window.renkeiPage && !renkeiPage.english")
    assert visit.query()["theme"] == ["脱炭素"]
    assert visit.page.locator(".rk-error").count() == 0
    assert visit.errors == []


def test_pan_and_zoom_never_run_the_server(visit):
    visit.open()
    client = visit.page.context.new_cdp_session(visit.page)
    client.send("Network.enable")
    sent: list[object] = []
    client.on("Network.webSocketFrameSent", lambda event: sent.append(event))  # noqa: PLW0108 - a builtin has no place for its mark
    visit.evaluate("() => { renkeiPage.moved = true; renkeiPage.view.map.setView([43, 143], 8, {animate: false}); }")
    visit.wait("() => location.search.includes('map=8/43')")
    visit.wait("() => [...renkeiPage.fine?.values() ?? renkeiPage.fills.fine.values()].every(Boolean)")
    assert sent == []
    finer = [url for url in visit.requests if "/z8/" in url]
    assert finer
    assert all("/z8/01" in url or "/z8/02" in url for url in finer), finer


def test_the_link_keeps_the_view_through_a_change(visit):
    visit.open("?map=8.5/36.6/139.1")
    before = visit.evaluate("() => [renkeiPage.view.map.getZoom(), renkeiPage.view.map.getCenter()]")
    press_theme(visit, "DX")
    visit.settle_on("() => renkeiPage.answer.query.theme?.[0] === 'DX'")
    assert "map=8.5/36.6" in visit.page.url
    assert visit.evaluate("() => [renkeiPage.view.map.getZoom(), renkeiPage.view.map.getCenter()]") == before
    assert visit.open("?map=15/36.6/139.1").evaluate("() => renkeiPage.view.map.getZoom()") == 13
    assert visit.page.get_by_text("リンクの一部を無視しました").count() == 0


def test_hostile_text_is_shown_as_text(visit):
    hostile = "%3Cimg%20src=x%20onerror=window.top.hacked=1%3E%22%27%60${alert(1)}%3C/script%3E"
    visit.open(f"?text={hostile}&theme={hostile}&code={hostile}")
    assert visit.evaluate("() => window.hacked") is None
    assert visit.page.locator("img[src='x']").count() == 0


def test_a_bloc_has_a_link_a_card_and_its_figures(visit):
    visit.open("?bloc=living-area-1")
    visit.page.get_by_role("heading", name="帯広圏官民連携プラットフォーム").wait_for()
    visit.page.get_by_text("将来推計人口").first.wait_for()
    assert visit.evaluate("() => renkeiPage.view.map.getZoom()") > 7
    visit.page.get_by_role("button", name="北海道音更町").click()
    visit.page.get_by_role("heading", name="北海道音更町").wait_for()
    visit.page.wait_for_url("**code=01631**")
    assert "bloc=" not in visit.page.url


def test_a_network_is_a_star_when_it_is_chosen(visit):
    network = ATLAS.networks().iloc[0]
    visit.open(f"?network={network['id']}")
    visit.page.locator(".st-key-card").get_by_role("heading", name=network["name"]).first.wait_for()
    drawn = visit.evaluate("() => renkeiPage.layers.groups.networks.getLayers().length")
    members = len(network["member_codes"]) + len(network["prefecture_members"])
    assert members < drawn <= 3 * members  # a line with its halo and a point a member: never all pairs


def test_a_prefecture_is_something_to_choose(visit):
    visit.open()
    choose_prefecture(visit, "群馬県")
    visit.page.get_by_role("heading", name="群馬県", exact=True).wait_for()
    visit.settle()
    assert visit.query()["code"] == ["10000"]
    assert visit.evaluate("() => renkeiPage.view.map.getZoom()") > 7.5, "the map stays on Japan"
    centre = visit.evaluate("() => { const c = renkeiPage.view.map.getCenter(); return [c.lng, c.lat]; }")
    assert 138 < centre[0] < 140.5
    assert 35.5 < centre[1] < 37.5
    visit.page.get_by_role("button", name="群馬県の絞り込みを外す").click()
    visit.settle_on("() => !renkeiPage.answer.query.prefecture")
    assert "code" not in visit.query()


def test_ties_are_calm_far_out_and_there_near_and_of_the_chosen(visit):
    visit.open("?show=ties")
    drawn = "() => renkeiPage.layers.pairs.map(({ pair }) => pair.from + '-' + pair.to)"
    assert visit.evaluate(drawn) == []
    visit.evaluate("() => { renkeiPage.view.map.setView([36, 139], 8, {animate: false}); }")
    near = visit.evaluate(drawn)
    ties = ATLAS.ties()
    pairs = {"-".join(sorted(ends)) for ends in zip(ties["from_code"], ties["to_code"], strict=True)}
    counted = ties[ties["counted"].astype(bool)]
    own = {"-".join(sorted(ends)) for ends in zip(counted["from_code"], counted["to_code"], strict=True)}
    assert set(near) == own <= pairs
    visit.open("?show=ties&code=10444")
    assert {code for pair in visit.evaluate(drawn) for code in pair.split("-")} == {"10444", "13112"}


def test_outlines_are_made_of_the_borders_that_are_drawn(visit):
    """The area inside a bloc's rings is the sum of its members' areas, on the browser's own coordinates."""
    visit.open("?map=7.5/36/138&show=none")
    worst = visit.evaluate(
        """() => {
          const area = (ring) => { let sum = 0; ring.forEach((a, i) => { const b = ring[(i + 1) % ring.length];
            sum += a.lng * b.lat - b.lng * a.lat; }); return sum / 2; };
          const rings = (points, found) => { if (points.length && points[0].lat !== undefined) found.push(points);
            else points.forEach((part) => rings(part, found)); return found; };
          const page = renkeiPage;
          let worst = 0;
          for (const prefecture of page.fills.levels.keys()) page.fills.levels.set(prefecture, "z5");
          page.layers.outlines.clear();
          page.layers.groups.blocs.clearLayers();
          page.facts.blocs.forEach((bloc) => {
            let members = 0, outer = 0;
            for (const code of bloc.members) {
              for (const ring of rings(page.fills.polygons.get(code)[0].getLatLngs(), [])) members += Math.abs(area(ring));
            }
            page.choose({ bloc: bloc.id }, { untold: true });
            for (const ring of page.layers.outlines.get("z5bloc-" + bloc.id) ?? []) outer += Math.abs(area(ring));
            worst = Math.max(worst, Math.abs(outer / members - 1));
          });
          return worst;
        }"""
    )
    assert worst < 0.12  # a hole that another municipality fills counts twice in this simple sum


def test_a_municipality_with_nothing_says_so_and_how_to_add(visit):
    visit.open("?code=13401")
    visit.page.get_by_text("この地図には未収録です").first.wait_for()
    visit.page.get_by_text("情報を寄せる").first.wait_for()


def test_two_indicators_side_by_side(visit):
    visit.open("?indicator=share_65&second=online_rate_32&show=none")
    assert painted_colors(visit) == expected_colors("share_65")
    other = visit.evaluate(
        """() => Object.fromEntries([...renkeiPage.fills.polygons].map(([code, layers]) =>
           [code, layers[0].options.second.hatched ? "" : layers[0].options.second.fillColor]))"""
    )
    assert other == expected_colors("online_rate_32")
    slider = visit.page.locator("#rk-swipe-input")
    before = visit.evaluate("() => renkeiPage.view.canvases.fills.divide")
    slider.focus()
    slider.press("ArrowRight")
    assert visit.evaluate("() => renkeiPage.view.canvases.fills.divide") > before
    assert visit.errors == []


def test_two_indicators_in_nine_classes(visit):
    visit.open("?indicator=share_65&second=online_rate_32&compare=bivariate")
    cells = visit.page.locator(".rk-grid td").all_text_contents()
    assert len(cells) == 9
    assert sum(int(cell.replace(",", "")) for cell in cells) == 1741 - 2
    assert visit.evaluate("() => renkeiPage.view.canvases.fills.divide") is None


def test_a_series_is_drawn_beside_prefecture_and_country(visit):
    visit.open("?code=10444&indicator=projected_population")
    visit.page.locator(".st-key-card").get_by_text("指標", exact=True).click()
    visit.page.get_by_text("将来推計人口").first.wait_for()
    visit.page.locator("[data-testid='stVegaLiteChart'] canvas, [data-testid='stVegaLiteChart'] svg").first.wait_for()


def hide_and_show_a_class(visit):
    row = visit.page.locator("button.rk-class").first
    assert row.get_attribute("aria-pressed") == "true"
    row.focus()
    row.press("Enter")
    assert row.get_attribute("aria-pressed") == "false"
    colors = expected_colors(DEFAULT_INDICATOR)
    first = visit.state()["colors"][0]
    painted = painted_colors(visit)
    assert {painted[code] for code, color in colors.items() if color == first} == {"#ffffff"}
    row.press("Enter")
    assert painted_colors(visit) == colors


def test_classes_of_ones_own_and_a_year(visit):
    visit.open("?indicator=share_65&year=2022")
    before = visit.state()
    visit.page.locator("#rk-painting-open").click()
    visit.page.get_by_label("区分の方法").select_option("manual")
    visit.settle_on("() => renkeiPage.answer.breaks")
    box = visit.page.get_by_label("階級の境目")
    visit.page.locator("#rk-painting-open").click()
    visit.page.locator("#rk-painting-open").click()
    begun = [float(each) for each in box.input_value().split("、")]
    assert len(begun) + 1 == len(before["colors"]), "it begins with the breaks of the standard"
    box.fill("30、20")
    box.press("Enter")
    visit.page.get_by_text("境目を読めません").wait_for()
    box.fill("30、42.5")
    box.press("Enter")
    visit.settle_on("() => renkeiPage.answer.colors.length === 3")
    assert [row["label"] for row in visit.state()["legend"]["rows"]] == ["30.0% 未満", "30.0 ～ 42.5", "42.5% 以上"]
    visit.page.wait_for_url("**breaks=30%2C42.5**")
    assert set(painted_colors(visit).values()) == set(visit.state()["colors"])
    # What an address asks can be taken back on the page.
    visit.page.get_by_role("button", name="2022年の絞り込みを外す").click()
    visit.settle_on("() => !renkeiPage.answer.query.year")
    assert visit.errors == []


def test_reload_and_back_keep_their_state(visit):
    visit.open("?prefecture=10")
    choose_indicator(visit, "share_65")
    second = visit.settle_on("() => renkeiPage.answer.query.indicator?.[0] === 'share_65'")
    visit.page.reload()
    visit.settle()
    assert visit.state()["legend"]["title"] == ATLAS.indicator("share_65").title
    assert visit.state()["shown"].count("1") == 35
    assert visit.state()["classes"] == visit.evaluate("() => renkeiPage.state.classes")
    visit.page.go_back()
    visit.settle_on("() => !renkeiPage.answer.query.indicator")
    assert visit.state()["legend"]["title"] == ATLAS.indicator(DEFAULT_INDICATOR).title
    assert visit.query()["prefecture"] == ["10"]
    assert second
    assert visit.errors == []


def test_a_later_year_never_shows_an_earlier_one_and_breaks_stay(visit):
    visit.open("?indicator=projected_population&date=2020")
    chosen = ATLAS.indicator("projected_population")
    slider = visit.page.locator("#rk-date")
    slider.focus()
    labels = set()
    for year in chosen.dates[1:4]:
        slider.press("ArrowRight")
        visit.settle_on("(year) => renkeiPage.answer.query.date?.[0] === year", year)
        assert painted_colors(visit) == expected_colors("projected_population", year)
        labels.add(tuple(row["label"] for row in visit.state()["legend"]["rows"] if row["color"]))
    assert len(labels) == 1, "the classes of one year are not those of another"


@pytest.mark.parametrize("chosen", ["", "10444"])
def test_a_click_inside_a_town_chooses_the_town(visit, chosen):
    """Random points on land, as the map draws it: a line, a ring or an outline never takes the click."""
    visit.open("?map=6/36.69/139.1" + (f"&code={chosen}" if chosen else ""))
    for zoom in (6, 8, 11):
        visit.evaluate("(zoom) => { renkeiPage.view.map.setZoom(zoom, { animate: false }); }", zoom)
        visit.wait("() => [...renkeiPage.fills.fine.values()].every(Boolean)")
        assert wrong_clicks(visit, 200) == [], zoom


def wrong_clicks(visit, wanted: int) -> list:
    """Click at so many random points of the window that are land; return what they chose instead of their town."""
    return visit.evaluate(
        """(wanted) => {
          const page = renkeiPage, { map } = page.view;
          let seed = 20261126;
          const random = () => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648; };
          const inside = (ring, p) => { let odd = false; ring.forEach((a, i) => { const b = ring[(i + 1) % ring.length];
            if (a.lat > p.lat !== b.lat > p.lat && p.lng < ((b.lng - a.lng) * (p.lat - a.lat)) / (b.lat - a.lat) + a.lng) odd = !odd; }); return odd; };
          const rings = (points) => points[0]?.lat !== undefined ? [points] : points.flatMap(rings);
          let told = null;
          const choose = page.choose;
          page.choose = (change) => { told = change; };
          const size = map.getSize(), wrong = [];
          let tried = 0;
          while (tried < wanted) {
            const point = L.point(60 + random() * (size.x - 480), 70 + random() * (size.y - 130));
            const where = map.containerPointToLatLng(point);
            const town = [...page.fills.polygons].find(([, layers]) => {
              const drawn = layers.find((each) => map.hasLayer(each));
              return drawn && rings(drawn.getLatLngs()).reduce((odd, ring) => odd !== inside(ring, where), false);
            });
            if (!town) continue;
            tried += 1;
            told = null;
            map.fire("click", { latlng: where, layerPoint: map.latLngToLayerPoint(where), containerPoint: point, originalEvent: new MouseEvent("click") });
            if (told?.code !== town[0]) wrong.push([town[0], told]);
          }
          page.choose = choose;
          return wrong;
        }""",
        wanted,
    )


def test_the_wheel_ends_at_the_nearest_zoom(visit):
    visit.open("?map=12.5/36.69/139.1")
    visit.page.mouse.move(700, 450)
    for _ in range(12):
        visit.page.mouse.wheel(0, -600)
        visit.page.wait_for_timeout(60)
    visit.wait("() => renkeiPage.view.map.getZoom() === 13")
