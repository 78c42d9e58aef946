"""What leaves the page comes back as own data to the same map: export, own file, the same facts."""

import json

import pytest

from renkei.browser.map_facts import tie_pairs
from renkei.exchange.own_files import preview, read_source
from renkei.own_atlas import OwnPart, own_atlas
from renkei.present.layer_files import export
from renkei.present.page_state import from_query
from tests.shared_atlas import ATLAS

VIEW = from_query(ATLAS, {"prefecture": ["10"]})[0]


def came_back(layer, view=VIEW):
    """Return what a layer of the page holds, and the atlas of a session that dropped its file."""
    content = export(ATLAS, layer, "geojson", view)
    table = preview(read_source(content, f"{layer}.geojson"))
    return table, own_atlas(ATLAS, [OwnPart(1, f"{layer}.geojson", table)], "2026-11-26")


@pytest.mark.parametrize(
    ("layer", "table", "columns"),
    [
        ("ties", "ties", ("from_code", "to_code", "kind", "family", "since", "themes", "name", "prefecture_codes")),
        ("networks", "networks", ("name", "kind", "family", "member_codes", "since", "themes", "prefecture_codes")),
        ("blocs", "blocs", ("name", "member_codes", "since", "themes", "prefecture_codes")),
        ("cases", "cases", ("member_codes", "themes", "title", "fiscal_year")),
    ],
)
def test_facts_come_back_as_they_left(layer, table, columns):
    found, atlas = came_back(layer)
    assert found.kind == table
    official = VIEW.filters.apply(ATLAS.tables, layer)
    own = getattr(atlas, layer)().iloc[len(getattr(ATLAS, layer)()) :]
    assert len(own) == len(official) > 0
    for column in columns:
        pairs = list(zip(own[column], official[column], strict=True))
        # A case without a title is called by what it does.
        assert [one for one, two in pairs if two or column != "title"] == [
            two for _, two in pairs if two or column != "title"
        ]


def test_arcs_join_the_same_pairs():
    _, atlas = came_back("ties")
    before = len(ATLAS.ties())
    own = {(a, b) for a, b, ties in tie_pairs(atlas) if any(each >= before for each in ties)}
    official = {
        tuple(sorted(ends)) for ends in VIEW.filters.apply(ATLAS.tables, "ties")[["from_code", "to_code"]].to_numpy()
    }
    assert own == official


def test_figures_of_all_municipalities_come_back():
    found, atlas = came_back("municipalities", from_query(ATLAS, {"indicator": ["census_population"]})[0])
    titles = [each.title for each in found.indicators]
    own = atlas.values(f"own_1_{1 + titles.index(next(t for t in titles if t.startswith('census_population')))}")
    assert own.tolist() == ATLAS.values("census_population").tolist()


def test_own_facts_leave_by_the_same_buttons_with_their_source():
    text = "自治体,相手,種類\n川場村,帯広市,縁組協定\n".encode()
    table = preview(read_source(text, "mine.csv"))
    atlas = own_atlas(ATLAS, [OwnPart(1, "mine.csv", table)], "2026-11-26")
    view = from_query(atlas, {"programme": ["own-1"]})[0]
    (feature,) = json.loads(export(atlas, "ties", "geojson", view))["features"]
    told = feature["properties"]
    assert (told["id"], told["tier"], told["programme_name"]) == ("own-1-2", "own", "自分のデータ（mine.csv）")
    assert "mine.csv" in told["source"]
    assert "自分のデータ1 2行" in told["evidence"]
    assert len(export(atlas, "all", "bundle", view)) > 0
