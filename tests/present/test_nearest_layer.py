"""How far the nearest fact is, as a layer: the same figures as the analysis, no data where no theme has a record."""

from __future__ import annotations

import io

import geopandas as gpd
import pytest

from geo.gazetteer import display_name
from layers.filters import Filters
from renkei.analysis.nearest_facts import distance_to_nearest
from renkei.present.layer_files import export, layer_rows
from renkei.present.nearest_layer import KINDS
from renkei.present.page_state import PageState
from tests.shared_atlas import ATLAS


@pytest.mark.parametrize("theme", ["", "防災"])
def test_figures_are_those_of_the_analysis(theme):
    view = PageState(filters=Filters(themes=(theme,) if theme else ()))
    rows = {row["code"]: row for row in layer_rows(ATLAS, "nearest", view).rows}
    assert len(rows) == 1741
    for kind in KINDS:
        found = distance_to_nearest(ATLAS, kind, theme)
        assert {code: row[f"{kind}_km"] for code, row in rows.items()} == found["km"].round(1).to_dict()
        assert rows["13401"][f"{kind}_at"] == display_name(found.at["13401", "nearest"])


def test_a_file_holds_the_prefecture_asked_for():
    view = PageState(filters=Filters(prefectures=("10",), themes=("脱炭素",)))
    frame = gpd.read_file(io.BytesIO(export(ATLAS, "nearest", "geojson", view)))
    assert len(frame) == 35
    assert set(frame["theme"]) == {"脱炭素"}
    assert (frame["tie_km"] >= 0).all()
