from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from geo.errors import InvalidFilterError, UnknownNameError
from layers.themes import THEMES
from renkei.analysis.bloc import bloc, compare
from renkei.analysis.bloc_values import aggregate
from renkei.analysis.contiguity import borders, compactness, components, joining_set

OBIHIRO = ["01207", "01631", "01637", "01643"]
MISHIMA_NAGAIZUMI_HAKONE = ["22206", "22342", "14382"]
SETAGAYA_KAWABA = ["13112", "10444"]


def test_obihiros_four_are_one_part_of_tokachi(atlas):
    found = bloc(atlas, [*OBIHIRO[::-1], "01207"])
    assert found.members == tuple(OBIHIRO)
    assert (found.contiguous, found.components, found.connectors) == (True, (tuple(OBIHIRO),), ())
    assert found.prefectures == ("北海道",)
    assert [(each.name, each.inside) for each in found.medical_areas] == [("十勝", 4)]
    for year, date in (("2015", "2015-10-01"), ("2020", "2020-10-01"), ("2025", "2025-10-01")):
        assert found.population[year] == int(atlas.values("census_population", date)[OBIHIRO].sum())
    assert found.population["2050"] == int(atlas.values("projected_population", "2050")[OBIHIRO].sum())
    assert found.area_km2 == pytest.approx(atlas.municipalities()["area_km2"][OBIHIRO].sum(), abs=0.01)
    assert sum(found.ages[band] for band in ("0_14", "15_64", "65")) == int(
        atlas.values("register_population")[OBIHIRO].sum()
    )
    assert found.age_groups.total == int(atlas.values("register_population")[OBIHIRO].sum())
    assert found.to_json()["age_groups"]["male"] == found.age_groups.male
    assert found.centre == "01207"
    assert found.to_centre_km["01207"] == 0
    assert "living-area-1" in {each.id for each in found.other_blocs}
    assert "交通" in found.themes
    assert {*found.themes, *found.missing_themes} == {theme.name for theme in THEMES}


def test_every_indicator_is_as_the_rule_takes_it(atlas):
    found = bloc(atlas, OBIHIRO)
    told = [each.id for each in atlas.indicators() if each.rule is not None]
    assert list(found.indicators) == told
    for identifier in told:
        expected = aggregate(atlas, {"": OBIHIRO}, identifier).iloc[0]
        value = found.indicators[identifier].value
        assert (value is None and np.isnan(expected)) or value == pytest.approx(expected)


def test_a_border_of_prefectures_is_no_border_of_the_ground(atlas):
    found = bloc(atlas, MISHIMA_NAGAIZUMI_HAKONE)
    assert found.contiguous
    assert found.prefectures == ("神奈川県", "静岡県")


def test_setagaya_and_kawaba_are_two_parts_with_a_tie_inside(atlas):
    found = bloc(atlas, SETAGAYA_KAWABA)
    assert (found.contiguous, len(found.components)) == (False, 2)
    assert found.connectors is not None
    graph = borders(atlas)
    assert components(graph, [*SETAGAYA_KAWABA, *found.connectors]) == (
        tuple(sorted([*SETAGAYA_KAWABA, *found.connectors])),
    )
    assert len(found.connectors) == nx.shortest_path_length(graph, *SETAGAYA_KAWABA) - 1
    assert "setagaya-01" in found.ties_inside
    assert not set(found.ties_inside) & set(found.ties_outward)


def test_a_member_without_a_projection_leaves_the_whole_without_one(atlas):
    missing = atlas.values("projected_population").isna()
    found = bloc(atlas, [*OBIHIRO, str(missing.index[missing][0])])
    assert found.population["2050"] is None
    assert found.population["2020"] is not None
    assert found.indicators["projected_population"].value is None


def test_who_joins_and_who_leaves(atlas):
    before, after = bloc(atlas, OBIHIRO), bloc(atlas, OBIHIRO, add=["01639"], drop=["01631"])
    assert set(after.members) == {*OBIHIRO, "01639"} - {"01631"}
    rows = compare(atlas, before, after)
    change = after.population["2020"] - before.population["2020"]
    assert rows.loc["population_2020", "difference"] == change
    assert rows.loc["members"].tolist()[2:] == [4, 4, 0]


@pytest.mark.parametrize(
    ("codes", "options", "error"),
    [
        (["99999"], {}, UnknownNameError),
        (OBIHIRO, {"drop": ["10444"]}, InvalidFilterError),
        (["10444"], {"drop": ["10444"]}, InvalidFilterError),
        ([], {}, InvalidFilterError),
    ],
)
def test_a_wrong_bloc_is_refused(atlas, codes, options, error):
    with pytest.raises(error):
        bloc(atlas, codes, **options)


def test_islands_are_joined_by_no_land(atlas):
    graph = borders(atlas)
    island = next(code for code in graph if graph.degree(code) == 0)
    assert joining_set(graph, [["01207"], [island]]) is None


def test_the_smallest_joining_set_of_three_parts_meets_in_the_middle():
    """A star of three arms of two steps: the middle and the three inner nodes; the ring outside is longer."""
    graph = nx.Graph([("m", "a1"), ("a1", "a"), ("m", "b1"), ("b1", "b"), ("m", "c1"), ("c1", "c")])
    nx.add_path(graph, ["a", "x1", "x2", "x3", "b"])
    assert joining_set(graph, [["a"], ["b"], ["c"]]) == ("a1", "b1", "c1", "m")
    assert joining_set(graph, [["c"], ["a", "a1"], ["b"]]) == ("b1", "c1", "m")


def test_compactness_is_below_one_and_greater_for_the_round():
    one = compactness(["01207"])
    assert 0 < one.isoperimetric < 1
    assert 0 < one.of_hull <= 1
    assert compactness(SETAGAYA_KAWABA).of_hull < one.of_hull
