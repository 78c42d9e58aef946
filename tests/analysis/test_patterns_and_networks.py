from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from geo.errors import InvalidFilterError
from geo.measure import distance_km, party_point
from renkei.analysis.contiguity import borders
from renkei.analysis.gaps import means_by_stage, need_without_case, theme_by_prefecture
from renkei.analysis.nearest_facts import distance_to_nearest
from renkei.analysis.partners.links import counted_ties
from renkei.analysis.spatial_patterns import moran, neighbour_lists
from renkei.analysis.tie_network import tie_graph, tie_network


def test_every_theme_and_prefecture_has_its_cell(atlas):
    cells = theme_by_prefecture(atlas)
    assert len(cells) == cells["theme"].nunique() * 47
    cases = atlas.cases()
    dx = cases[["DX" in themes for themes in cases["themes"]]]
    hokkaido = {case for case, at in zip(dx["id"], dx["prefecture_codes"], strict=True) if "01" in at}
    cell = cells[cells["theme"].eq("DX") & cells["prefecture_code"].eq("01")].iloc[0]
    assert cell["cases"] == len(hokkaido)
    assert cell["people"] >= cell["municipalities"]


def test_means_and_stages_hold_the_cases_of_the_theme(atlas):
    found = means_by_stage(atlas, "DX")
    cases = atlas.cases()
    dx = {case for case, themes in zip(cases["id"], cases["themes"], strict=True) if "DX" in themes}
    assert {case for ids in found["case_ids"] for case in ids} <= dx
    assert found["cases"].tolist() == [len(ids) for ids in found["case_ids"]]


def test_high_need_without_a_case(atlas):
    found = need_without_case(atlas, "医療福祉", {"share_75": 1})
    have = {
        code
        for members, themes in atlas.cases()[["member_codes", "themes"]].itertuples(index=False)
        if "医療福祉" in themes
        for code in members
    }
    assert not have & {each.code for each in found}
    share = atlas.values("share_75")
    assert min(share[each.code] for each in found) >= share.quantile(0.79)
    assert [each.need for each in found] == sorted((each.need for each in found), reverse=True)
    with pytest.raises(InvalidFilterError):
        need_without_case(atlas, "防災")


def test_the_nearest_fact_is_at_home_or_measured(atlas):
    found = distance_to_nearest(atlas, "tie", "防災")
    ties = counted_ties(atlas.ties())
    mine = ties[["防災" in themes for themes in ties["themes"]]]
    ends = {*mine["from_code"], *mine["to_code"]}
    assert len(found) == 1741
    assert found.loc[sorted(ends), "km"].eq(0).all()
    row = found.loc["47382"]
    assert row["km"] == pytest.approx(
        min(distance_km(party_point("47382"), party_point(code)) for code in ends), rel=5e-3
    )
    with pytest.raises(InvalidFilterError):
        distance_to_nearest(atlas, "nothing")


def test_a_small_network_by_hand():
    """A triangle of three prefectures and a tail: one bridge, and the pair that is told twice is one edge."""
    ends = [("01207", "10444"), ("10444", "13112"), ("13112", "01207"), ("13112", "13113"), ("13113", "13112")]
    rows = [(f"t{n}", one, other, ("防災",)) for n, (one, other) in enumerate(ends)]
    ties = pd.DataFrame(rows, columns=["id", "from_code", "to_code", "themes"])
    graph = tie_graph(ties)
    assert graph.size() == 4
    assert graph.edges["13112", "13113"]["ids"] == ("t3", "t4")
    assert list(nx.bridges(graph)) in ([("13112", "13113")], [("13113", "13112")])
    assert nx.utils.graphs_equal(graph, tie_graph(ties.iloc[::-1]))


def test_the_network_of_all_ties(atlas):
    found = tie_network(atlas)
    ties = counted_ties(atlas.ties())
    pairs = {frozenset(pair) for pair in zip(ties["from_code"], ties["to_code"], strict=True)}
    assert found.graph.size() == len(pairs)
    assert sum(map(len, found.components)) + len(found.isolated) == 1741
    assert found.cross_prefecture_share == pytest.approx(
        np.mean([len({code[:2] for code in pair}) == 2 for pair in pairs])
    )
    assert found.hubs[0].partners == max(dict(found.graph.degree).values())
    assert found.longest[0][2] == max(data["km"] for *_, data in found.graph.edges(data=True))


def test_islands_take_the_nearest_office_and_are_its_neighbour(atlas):
    lists, islands = neighbour_lists(atlas)
    assert set(islands) == {code for code, degree in borders(atlas).degree if degree == 0}
    for island in islands:
        (nearest, *_), *_ = (lists[island],)
        assert island in lists[nearest]
    assert all(code in lists[other] for code, others in lists.items() for other in others)


def test_morans_i_is_that_of_the_formula(atlas):
    pytest.importorskip("esda")
    pytest.importorskip("libpysal")
    found = moran(atlas, "share_65", permutations=99)
    values = atlas.values("share_65")
    away = values - values.mean()
    lists, _ = neighbour_lists(atlas)
    lagged = sum(away[code] * away[list(others)].mean() for code, others in lists.items())
    assert found.global_i == pytest.approx(lagged / (away**2).sum())
    assert found.expected_i == pytest.approx(-1 / 1740)
    assert found.p <= 0.01 + 1e-9
    assert set(found.clusters) <= {"hot", "cold", "high_low", "low_high", "none", "no_data"}
    hot = found.clusters.index[found.clusters.eq("hot")]
    assert (values[hot] > values.mean()).all()


def test_the_same_question_has_the_same_answer_and_gaps_take_no_part(atlas):
    pytest.importorskip("esda")
    first, second = (moran(atlas, "future_burden_ratio", permutations=99) for _ in range(2))
    assert first.clusters.equals(second.clusters)
    assert first.p == second.p
    missing = atlas.values("future_burden_ratio").isna()
    assert first.clusters[missing].eq("no_data").all()
    assert first.n == int((~missing).sum())
    with pytest.raises(InvalidFilterError):
        moran(atlas, "dx_cio")
