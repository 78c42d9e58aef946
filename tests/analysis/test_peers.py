from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics.pairwise import nan_euclidean_distances

from geo.errors import InvalidFilterError, UnknownNameError
from renkei.analysis.municipality_types import municipality_types, type_of
from renkei.analysis.peers import GROUPS, chosen_measures, peers, standardize, what_moved

SETAGAYA, KAWABA = "13112", "10444"


def test_parts_add_up_and_the_nearest_come_first(atlas):
    found = peers(atlas, KAWABA, top=50)
    assert KAWABA not in {each.code for each in found.candidates}
    assert all(each.score == sum(each.parts.values()) for each in found.candidates)
    scores = [each.score for each in found.candidates]
    assert scores == sorted(scores)
    assert set(found.candidates[0].parts) == set(found.on)


def test_the_distance_is_that_of_scikit_learn(atlas):
    found = peers(atlas, KAWABA, ("population", "finance"), top=5)
    table = np.column_stack([standardize(atlas.values(each).to_numpy(dtype=float)) for each in found.on])
    place = list(atlas.municipalities().index).index(KAWABA)
    squared = nan_euclidean_distances(table[[place]], table)[0] ** 2 / table.shape[1]
    for each in found.candidates:
        other = list(atlas.municipalities().index).index(each.code)
        assert each.score == pytest.approx(squared[other] * 1000, abs=len(found.on))


def test_kawaba_is_no_peer_of_setagaya(atlas):
    assert KAWABA not in {each.code for each in peers(atlas, SETAGAYA, top=100).candidates}
    assert {each.type_name for each in peers(atlas, SETAGAYA, ("population",), top=5).candidates}


def test_what_is_not_known_is_named_and_never_filled(atlas):
    missing = atlas.values("projected_population").isna()
    code = str(missing.index[missing][0])
    found = peers(atlas, code, ("population",))
    assert "population_change_2020_2050" in found.missing
    assert all("population_change_2020_2050" not in each.parts for each in found.candidates)
    with pytest.raises(InvalidFilterError, match="値がありません"):
        peers(atlas, code, ("population_change_2020_2050",))


def test_groups_and_indicators_mix_each_once(atlas):
    measures, absent = chosen_measures(atlas, ("finance", "fiscal_capacity", "share_65"))
    assert measures.count("fiscal_capacity") == 1
    assert "share_65" in measures
    assert set(measures) | set(absent) == {*GROUPS["finance"], "share_65"}


def test_within_is_kept_to(atlas):
    gunma = frozenset(code for code in atlas.municipalities().index if code.startswith("10"))
    assert all(each.prefecture == "群馬県" for each in peers(atlas, KAWABA, within=gunma).candidates)


def test_a_wrong_question_is_answered(atlas):
    with pytest.raises(InvalidFilterError, match="組は"):
        peers(atlas, KAWABA, ("luck",))
    with pytest.raises(UnknownNameError):
        peers(atlas, "99999")


def test_what_a_newer_figure_moves_is_who_comes_and_goes(atlas):
    first = {each.code for each in peers(atlas, KAWABA).candidates}
    moves = what_moved(atlas, KAWABA)
    for each in moves:
        assert set(each.entered) <= first
        assert not first & set(each.left)
        assert each.before < each.after


@pytest.mark.parametrize(
    ("kind", "population", "shares", "expected"),
    [
        ("市", 49_999, [10, 25, 65], "都市Ⅰ－３"),
        ("市", 50_000, [10, 26, 64], "都市Ⅱ－２"),
        ("市", 100_000, [10.1, 34.9, 55], "都市Ⅲ－１"),
        ("市", 150_000, [20, 30, 50], "都市Ⅳ－０"),
        ("町", 4_999, [20, 20, 60], "町村Ⅰ－２"),
        ("村", 5_000, [20, 21, 59], "町村Ⅱ－１"),
        ("町", 10_000, [20.1, 19.9, 60], "町村Ⅲ－０"),
        ("町", 15_000, [0, 50, 50], "町村Ⅳ－１"),
        ("町", 20_000, [0, 10, 90], "町村Ⅴ－２"),
        ("町", float("nan"), [0, 10, 90], ""),
        ("町", 20_000, [float("nan")] * 3, ""),
    ],
)
def test_types_by_population_and_industry(kind, population, shares, expected):
    assert type_of(kind, population, shares) == expected


def test_all_have_a_type_but_those_without_workers(atlas):
    types = municipality_types(atlas)
    assert types.eq("政令指定都市").sum() == 20
    assert types.eq("特別区").sum() == 23
    workers = sum(atlas.values(f"{each}_industry_workers") for each in ("primary", "secondary", "tertiary"))
    assert set(types.index[types.eq("")]) <= set(workers.index[workers.isna() | workers.eq(0)])


def test_standardize_takes_logarithms_of_the_skewed_only():
    skewed = np.array([1.0, 1, 2, 2, 3, 4, 1000])
    assert standardize(skewed)[-1] < 5.01
    assert standardize(np.array([2.0, 2, 2])).tolist() == [0, 0, 0]
    assert np.isnan(standardize(np.array([np.nan, np.nan]))).all()
