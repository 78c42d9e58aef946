import math

import pytest

from geo.errors import UnknownNameError
from renkei.analysis.bloc_values import aggregate
from renkei.browser.backgrounds import backgrounds
from renkei.browser.map_facts import OWN_COLOR
from renkei.browser.map_state import shown
from renkei.exchange.own_files import preview, read_source
from renkei.exchange.own_table import preview_table
from renkei.own_atlas import OwnPart, own_atlas
from renkei.paper.print_facts import marks
from renkei.paper.print_map import Sheet, render
from renkei.present.layer_files import export
from renkei.present.page_state import from_query
from tests.shared_atlas import ATLAS

TABLE = preview_table(
    ["自治体", "登録者数（人）", "満足度"],
    [(2, ["帯広市", "120", "3.5"]), (3, ["音更町", "80", "-1"]), (4, ["川場村", "…", "2"])],
)


@pytest.fixture
def atlas():
    return own_atlas(ATLAS, [OwnPart(1, "own.csv", TABLE)], "2026-11-26")


def test_own_figures_are_indicators_beside_the_official_ones(atlas):
    assert len(atlas.indicators()) == len(ATLAS.indicators()) + 2
    assert atlas.values("own_1_1")["01207"] == 120
    assert math.isnan(atlas.values("own_1_1")["10444"])
    assert atlas.flags("own_1_1")["10444"] == "no_data"
    assert atlas.indicator("own_1_2").diverging
    assert [each.id for each in atlas.find_indicators("登録者")] == ["own_1_1"]
    assert atlas.values("census_population").equals(ATLAS.values("census_population"))


@pytest.mark.parametrize(
    ("query", "title", "grid"),
    [
        ({"indicator": ["own_1_1"]}, "登録者数", False),
        ({"indicator": ["own_1_1"], "scheme": ["manual"], "breaks": ["90,100"]}, "登録者数", False),
        ({"indicator": ["own_1_1"], "unit": ["blocs"]}, "登録者数　（官民連携の圏域ごと）", False),
        ({"indicator": ["own_1_2"], "unit": ["blocs"]}, "満足度", False),
        (
            {"indicator": ["own_1_1"], "second": ["census_population"], "compare": ["bivariate"]},
            "登録者数 × 人口（国勢調査）",
            True,
        ),
        (
            {"indicator": ["census_population"], "second": ["own_1_2"], "compare": ["bivariate"]},
            "人口（国勢調査） × 満足度",
            True,
        ),
    ],
)
def test_they_are_painted_classed_summed_and_crossed_like_the_others(atlas, query, title, grid):
    view, notes = from_query(atlas, query)
    (painted, *_) = backgrounds(atlas, view)
    assert (notes, painted["legend"]["title"], "grid" in painted["legend"]) == ([], title, grid)
    assert "自分のデータ「own.csv（未確認）」" in painted["legend"]["source"]
    # The sum of an area of which not every member has a figure is no figure.
    assert bool(set(painted["classes"]) - {"-", "."}) == ("unit" not in query or query["indicator"] == ["own_1_2"])


def test_they_stay_with_their_session(atlas):
    assert atlas.memo is not ATLAS.memo
    with pytest.raises(UnknownNameError):
        ATLAS.indicator("own_1_1")


def test_counts_add_over_a_bloc_and_other_figures_are_not_told(atlas):
    assert aggregate(atlas, {"a": ["01207", "01631"]}, "own_1_1").tolist() == [200]
    with pytest.raises(ValueError, match="まとめられません"):
        aggregate(atlas, {"a": ["01207", "01631"]}, "own_1_2")


def test_an_own_indicator_is_a_view_and_leaves_in_files_with_its_source(atlas):
    view, notes = from_query(atlas, {"indicator": ["own_1_1"], "prefecture": ["01"]})
    assert (view.indicator_id, notes) == ("own_1_1", [])
    content = export(atlas, "municipalities", "geojson", view).decode()
    assert "自分のデータ「own.csv（未確認）」" in content
    assert from_query(ATLAS, {"indicator": ["own_1_1"]})[1] == ["indicator=own_1_1"]


@pytest.mark.slow
def test_own_facts_are_drawn_on_the_sheet_with_a_line_of_their_own():
    text = "自治体,相手,種類\n川場村,帯広市,縁組協定\n"
    table = preview(read_source(text.encode(), "t.csv"))
    atlas = own_atlas(ATLAS, [OwnPart(1, "t.csv", table)], "2026-11-26")
    view = from_query(atlas, {"programme": ["own-1"]})[0]
    legend = {name: look for name, _, look in marks(atlas, view, shown(atlas, view.filters))}
    assert legend["線：自分のデータ（未確認）"]["color"] == OWN_COLOR
    assert render(atlas, view, Sheet(), "png").startswith(b"\x89PNG")
