"""Drop, look, show: each kind of own file stands on the map beside the register's, and leaves by the same buttons."""

import json

import pytest

TIES = "自治体名,相手自治体,締結日,種類\n世田谷区,十日町市,平成20年,災害協定\n世田谷区,真庭市,令和元年,電力\n世田谷区,府中市,,交流\n"
AREAS = "圏域名,中心市,構成市町村\n試しの圏,高山市,飛騨市、下呂市\n"
FIGURES = "自治体,登録者数（人）\n高山市,120\n飛騨市,400\n下呂市,90\n"
POINTS = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": "道の駅"},
                "geometry": {"type": "Point", "coordinates": [139.1, 36.7]},
            }
        ],
    }
)
OWN = """(kind) => renkeiPage.facts[kind].filter((each, i) => each.tier === "own" && renkeiPage.state[kind][i] === "1").length"""


def drop(visit, *files):
    visit.page.locator(".st-key-drawer input[type=file]").set_input_files(
        [{"name": name, "mimeType": "text/csv", "buffer": text.encode()} for name, text in files]
    )


@pytest.fixture
def own(visit):
    visit.open("?panel=own")
    drop(visit, ("連携.csv", TIES), ("圏域.csv", AREAS), ("地点.geojson", POINTS), ("登録.csv", FIGURES))
    visit.page.get_by_role("button", name="2件を地図に出す").wait_for()
    visit.settle_on("() => renkeiPage.made.includes('/own-')")
    return visit


def test_every_kind_stands_on_the_map_after_one_click_each(own):
    own.page.get_by_role("button", name="2件を地図に出す").click()
    own.settle_on("() => renkeiPage.whole.query.code?.[0] === '13112'")
    assert own.evaluate(OWN, "ties") == 2
    drawn = own.evaluate(
        "() => renkeiPage.layers.pairs.map((each) => [each.pair.from, each.pair.to, each.layer.options.color])"
    )
    color = own.evaluate("() => renkeiPage.facts.ownColor")
    assert {(a, b) for a, b, ink in drawn if ink == color} == {("13112", "33214")}, (
        "with 十日町市 there is one of the register's"
    )
    own.page.locator(".st-key-own-show-2 button").click()
    own.settle_on("() => renkeiPage.whole.query.bloc?.[0] === 'own-2-2'")
    assert own.evaluate(
        "() => renkeiPage.layers.outlines.has('z5bloc-own-2-2') || [...renkeiPage.layers.outlines.keys()].some((key) => key.endsWith('bloc-own-2-2'))"
    )
    own.page.locator(".st-key-own-show-3 button").click()
    own.settle_on("() => renkeiPage.whole.query.code?.[0] === '10444'")
    assert own.evaluate(
        "() => renkeiPage.facts.cases.filter((each) => each.tier === 'own').map((each) => [each.lon, each.lat])"
    ) == [[139.1, 36.7]]
    own.page.locator(".st-key-own-paint-4-1 button").click()
    own.settle_on("() => renkeiPage.whole.query.indicator?.[0] === 'own_4_1'")
    classes = own.evaluate(
        "() => renkeiPage.facts.codes.map((code, i) => [code, renkeiPage.state.classes[i]]).filter((each) => each[1] !== '-').map((each) => each[0])"
    )
    assert classes == ["21203", "21217", "21220"]
    figures = own.evaluate("() => renkeiPage.load(renkeiPage.state.values)")
    assert {each for each in figures if each} == {"120人", "400人", "90人"}
    assert own.errors == []


def test_what_is_own_leaves_with_its_source_is_found_and_goes_when_it_is_taken_out(own):
    address = own.evaluate("() => renkeiPage.made")
    exported = own.evaluate(
        "(made) => fetch(made + 'output/ties.geojson?tier=own').then((answer) => answer.json())", address
    )
    assert [each["properties"]["id"] for each in exported["features"]] == ["own-1-2", "own-1-3"]
    assert all("連携.csv" in each["properties"]["source"] for each in exported["features"])
    own.page.locator("#rk-find").fill("試しの圏")
    own.page.get_by_role("option").first.click()
    own.settle_on("() => renkeiPage.whole.query.bloc?.[0] === 'own-2-2'")
    for number in (1, 2, 3, 4):
        own.page.locator(f".st-key-own-remove-{number} button").click()
        own.page.locator(f".st-key-own-remove-{number}").wait_for(state="detached")
    own.settle_on("() => !renkeiPage.made.includes('/own-')")
    assert own.evaluate(OWN, "ties") == 0
    told = own.evaluate("(made) => fetch(made + 'output/ties.geojson').then((answer) => answer.text())", address)
    assert "閉じられました" in told
