"""A choice is painted before the server answers, and what is painted is what the server then says."""

from __future__ import annotations

import pytest

from .hands import choose_indicator, choose_prefecture, press_theme

# Each painting since the call, as its own state.
RECORD = """() => {
  window.paintings = [];
  new MutationObserver(() => window.paintings.push(JSON.parse(JSON.stringify({ ...renkeiPage.whole, painted: renkeiPage.painted }))))
    .observe(renkeiPage.view.map.getContainer(), { attributes: true, attributeFilter: ["data-painted"] });
}"""
PAINTED_PARTS = ("classes", "colors", "legend", "shown", "cases", "ties", "blocs", "networks", "values", "dates")


def ready(visit, query=""):
    visit.open(query)
    visit.evaluate(RECORD)
    return visit


def foretold_and_answered(visit):
    """Return the last foretold painting, and the last, which the server sent."""
    visit.settle_on("() => window.paintings.length > 1")
    paintings = visit.evaluate("() => window.paintings")
    foretold = [each for each in paintings if each["painted"].startswith("ahead-") and not each["partial"]]
    assert foretold, "nothing was foretold"
    assert not paintings[-1]["painted"].startswith("ahead-")
    return foretold[-1], paintings[-1]


def choose_indicator_by_keyboard(visit):
    visit.page.locator("#rk-indicator-open").press("Enter")
    visit.page.locator("#rk-indicator-find").fill("太陽光")
    visit.wait("() => renkeiPage.series.size")  # the first match is fetched while one types
    visit.page.keyboard.press("Enter")


def move_year(series):
    """Return the act that moves the year, once so many series have come: until then the server alone knows."""

    def move(visit):
        visit.wait("(series) => renkeiPage.series.size >= series", series)
        visit.page.locator("#rk-date").press("ArrowLeft")

    return move


def hide_a_layer(visit):
    visit.page.locator("summary", has_text="表示するもの").click()
    visit.page.locator("[data-act=core_city]").uncheck()


@pytest.mark.parametrize(
    ("query", "acts"),
    [
        ("?theme=DX", [choose_indicator_by_keyboard]),
        (
            "",
            [lambda visit: choose_indicator(visit, "share_65"), lambda visit: press_theme(visit, "防災"), hide_a_layer],
        ),
        ("?theme=DX&show=cases", [lambda visit: press_theme(visit, "防災")]),
        (
            "?prefecture=10&tier=official&year=2018",
            [
                lambda visit: press_theme(visit, "防災"),
                lambda visit: choose_prefecture(visit, "北海道"),
                "{ tier: [], year: [], theme: ['DX'] }",
                lambda visit: choose_prefecture(visit, "群馬県"),
            ],
        ),
        (
            "?indicator=projected_population",
            [move_year(1), "{ scheme: 'quantile' }", move_year(2), "{ unit: 'core_city' }", move_year(3)],
        ),
    ],
)
def test_what_is_foretold_is_what_the_server_answers(visit, query, acts):
    """A text among the acts is a change that leads to where the next act starts; it is not looked at."""
    ready(visit, query)
    for act in acts:
        if isinstance(act, str):
            visit.evaluate(f"() => renkeiPage.choose({act})")
            visit.settle()
            continue
        visit.evaluate("() => { window.paintings = []; }")
        act(visit)
        foretold, answered = foretold_and_answered(visit)
        for part in PAINTED_PARTS:
            assert foretold[part] == answered[part], part
    assert visit.errors == []


def test_an_answer_to_an_earlier_choice_does_not_undo_a_later_one(visit):
    ready(visit, "?indicator=projected_population&date=2020")
    held = []

    def hold(route):
        held.append(route)

    visit.page.route("**/state.json*2030*", hold)
    seen = visit.evaluate("""() => {
      const page = renkeiPage, seen = [];
      for (const date of ["2030", "2040"]) { page.choose({ date }); seen.push(page.whole.query.date[0]); }
      return seen;
    }""")
    assert seen == ["2030", "2040"]
    visit.settle_on("() => renkeiPage.answer.query.date?.[0] === '2040'")
    with visit.page.expect_response("**/state.json*2030*") as late:
        held[0].continue_()
    late.value.finished()
    visit.page.evaluate("() => new Promise(requestAnimationFrame)")
    assert visit.query()["date"] == ["2040"]


def test_without_an_answer_the_last_one_comes_back(visit):
    ready(visit)
    before = visit.state()["cases"]
    visit.page.route("**/state.json*", lambda route: route.abort())
    visit.evaluate("() => { renkeiPage.giveUp = 300; renkeiPage.choose({ theme: ['防災'] }); }")
    assert visit.evaluate("() => renkeiPage.whole.cases") != before
    visit.wait("() => !renkeiPage.wish")
    assert visit.evaluate("() => renkeiPage.whole.cases") == before
    assert "theme" not in visit.page.url
    visit.page.get_by_text("サーバーから返事がありません").wait_for()


def test_years_play_to_the_end_and_the_server_is_asked_once(visit):
    ready(visit, "?indicator=projected_population&date=2040&scheme=equal")
    asked = []
    visit.page.on("request", lambda request: asked.append(request.url) if "/state.json" in request.url else None)
    visit.page.get_by_role("button", name="年の順に動かす").click()
    assert visit.page.get_by_role("button", name="止める").is_visible()
    visit.settle_on("() => !renkeiPage.answer.query.date")
    assert len(asked) == 1
    assert "date" not in asked[0]
