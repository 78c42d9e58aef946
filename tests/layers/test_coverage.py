from __future__ import annotations

import io

import geopandas as gpd
from PIL import Image

from geo.gazetteer import municipalities
from layers.coverage import LEVELS
from layers.partnerships import partnerships
from renkei.present.coverage_layer import coverage_map
from renkei.present.layer_files import export
from renkei.present.page_state import PageState
from tests.shared_atlas import ATLAS, TABLES


def test_every_municipality_has_a_level_and_four_of_five_are_named():
    frame = ATLAS.coverage()
    assert list(frame.index) == list(municipalities().index)
    counts = frame["level"].value_counts()
    assert set(counts.index) <= {each for each, _, _ in LEVELS}
    assert counts["named"] >= 0.78 * 1_741


def test_being_summed_up_or_in_a_forum_alone_names_nobody():
    frame = ATLAS.coverage()
    assert frame.loc["01202", "summed_up"] >= 1  # 函館市, one of 「道と全市町村」
    forum = partnerships(TABLES).query("not counted")
    ties = partnerships(TABLES).query("counted")
    only_there = {*forum["from_code"], *forum["to_code"]} - {*ties["from_code"], *ties["to_code"]}
    assert only_there
    assert frame.loc[sorted(code for code in only_there if code in frame.index), "ties"].eq(0).all()


def test_a_town_with_nothing_has_noughts_and_its_level_says_so():
    nothing = ATLAS.coverage().query("level == 'nothing'")
    assert len(nothing) > 0
    assert nothing[["ties", "networks", "blocs", "summed_up"]].to_numpy().sum() == 0


def test_it_leaves_as_a_layer_that_a_gis_reads():
    frame = gpd.read_file(io.BytesIO(export(ATLAS, "coverage", "x.geojson", PageState())))
    assert len(frame) == 1_741
    assert frame["level"].nunique() == 3
    assert frame["ties"].sum() == ATLAS.coverage()["ties"].sum()


def test_the_picture_has_the_three_colours():
    for language in ("ja", "en"):
        picture = Image.open(io.BytesIO(coverage_map(ATLAS, language))).convert("RGB")
        colors = {color for _, color in picture.getcolors(1 << 24)}
        assert {(0x2A, 0x78, 0x8E), (0xA5, 0xCF, 0xC4), (0xF2, 0xEA, 0xD7)} <= colors
