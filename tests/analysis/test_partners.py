from __future__ import annotations

import json
from types import MappingProxyType

import numpy as np
import pytest

from geo.errors import InvalidFilterError, UnknownNameError
from renkei.analysis.partners import PARTS, Search, partners, sensitivity
from renkei.analysis.partners.ground import ground
from renkei.analysis.partners.links import counted_ties, make_links
from renkei.analysis.partners.scores import ALREADY_POINTS, asker, measures, part_points

SETAGAYA, KAWABA, OBIHIRO = "13112", "10444", "01207"
ALL = 1740


def test_parts_add_up_to_the_score_and_the_asker_is_never_its_own_partner(atlas):
    for code, theme in ((SETAGAYA, "防災"), (KAWABA, "脱炭素"), (OBIHIRO, "DX"), ("47382", "観光")):
        found = partners(atlas, code, Search(theme), top=ALL)
        assert len(found.candidates) == ALL
        assert code not in {each.code for each in found.candidates}
        assert all(each.score == sum(each.parts.values()) for each in found.candidates)
        assert set(found.candidates[0].parts) == {part.id for part in PARTS}
        scores = [each.score for each in found.candidates]
        assert scores == sorted(scores, reverse=True)


def test_existing_partners_come_as_ties_with_evidence(atlas):
    found = partners(atlas, SETAGAYA, Search("移住定住・関係人口"), top=ALL)
    ties = counted_ties(atlas.ties())
    ours = ties[ties["from_code"].eq(SETAGAYA) | ties["to_code"].eq(SETAGAYA)]
    expected = (set(ours["from_code"]) | set(ours["to_code"])) - {SETAGAYA}
    assert KAWABA in expected
    known = {each.code: each for each in found.candidates if each.known_tie}
    assert set(known) == expected
    kawaba = known[KAWABA]
    assert kawaba.parts["already"] == ALREADY_POINTS
    tied = [each for each in kawaba.evidence if each.part == "already"]
    assert any("縁組協定" in each.text for each in tied)
    assert all(each.source for each in tied)
    assert {each.code for each in found.known} <= expected
    assert not any(each.parts["already"] for each in found.candidates if not each.known_tie)


def test_kawaba_complements_setagaya(atlas):
    kawaba = next(c for c in partners(atlas, SETAGAYA, Search("脱炭素"), top=ALL).candidates if c.code == KAWABA)
    assert kawaba.parts["complement"] > 0
    assert kawaba.parts["likeness"] <= 0
    assert any("都市と農山村" in each.text for each in kawaba.evidence)


def test_the_neighbours_of_obihiro_are_said_to_be_adjacent(atlas):
    found = {each.code: each for each in partners(atlas, OBIHIRO, Search("防災"), top=ALL).candidates}
    for code in ("01631", "01637", "01643"):
        assert any(each.part == "adjacency" for each in found[code].evidence)
        assert found[code].prefecture == "北海道"
    assert not any(each.part == "adjacency" for each in found["01204"].evidence)


def test_order_of_rows_and_duplicates_change_nothing(atlas):
    where = ground(atlas)
    pairs = [(5, 9), (9, 30), (2, 5)]
    one, other = make_links(where, pairs), make_links(where, [(9, 5), (30, 9), *pairs[::-1], (5, 2), (7, 7)])
    assert np.array_equal(one.ends, other.ends)
    assert one.partners == other.partners
    first, second = (measures(asker(atlas, SETAGAYA, "防災", known=each)) for each in (one, other))
    for part, found in first.items():
        for name, values in found.items():
            assert np.array_equal(values, second[part][name])


def test_a_small_example_computed_by_hand(atlas):
    """Ties 0–1, 1–2, 1–3: 0 and 2 share the partner 1, which has three, so 1 ÷ ln 4; half of 20 points is 10."""
    where = ground(atlas)
    known = make_links(where, [(0, 1), (1, 2), (1, 3)], [((0, 4), ("防災",)), ((0, 4, 5), ("DX",))])
    found = measures(asker(atlas, str(where.codes[0]), "防災", known=known))
    assert found["third_parties"]["shared_partner"][[1, 2, 3]].tolist() == [0, 1 / np.log(4), 1 / np.log(4)]
    assert found["networks"]["shared_network"][[4, 5]].tolist() == [1 / np.log(3), 0]
    assert found["networks"]["shared_network_of_other_theme"][[4, 5]].tolist() == [1 / np.log(4)] * 2
    few = {"third": {"a": np.array([0.0, 0.5, 1.24]), "b": np.array([1.0, 0.0, 0.0])}}
    assert part_points(few, {"a": 20, "b": -3}, {})["third"].tolist() == [-3, 10, 25]
    assert part_points(few, {"a": 20, "b": -3}, {"third": 0.5})["third"].tolist() == [-2, 5, 12]


def test_distance_weights_and_the_places_to_look_in_are_kept_to(atlas):
    far = partners(atlas, SETAGAYA, Search("防災", distance="far"), top=50)
    assert min(each.distance_km for each in far.candidates) >= 100
    near = partners(atlas, SETAGAYA, Search("防災", distance="near"), top=50)
    assert max(each.distance_km for each in near.candidates) <= 60
    ring = partners(atlas, SETAGAYA, Search("防災", km=(100, 300)), top=50)
    assert all(100 <= each.distance_km <= 300 for each in ring.candidates)
    among = partners(atlas, SETAGAYA, Search("防災", within=frozenset({KAWABA, SETAGAYA})), top=50)
    assert [each.code for each in among.candidates] == [KAWABA]
    without = partners(atlas, SETAGAYA, Search("防災", weights=MappingProxyType({"distance": 0})), top=50)
    assert all(each.parts["distance"] == 0 for each in without.candidates)


def test_the_planners_words_find_measures_and_quote_them(atlas):
    found = partners(
        atlas, OBIHIRO, Search("交通", problem="路線バスが減り高齢者の移動手段がない", weights={"needs": 10})
    )
    best = found.candidates[0]
    assert best.parts["needs"] > 0
    quoted = [each for each in best.evidence if each.part == "needs"]
    assert quoted
    assert all("資料" in each.source for each in quoted)


@pytest.mark.parametrize(
    ("search", "said"),
    [
        (Search("健康"), "テーマ「健康」はありません"),
        (Search("防災", weights={"luck": 2}), "「luck」はありません"),
        (Search("防災", weights={"size": -1}), "0 以上"),
        (Search("防災", weights={"size": float("nan")}), "0 以上"),
        (Search("防災", km=(300, 100)), "小さい方-大きい方"),
    ],
)
def test_a_wrong_question_is_answered_with_what_to_do(atlas, search, said):
    with pytest.raises(InvalidFilterError, match=said):
        partners(atlas, SETAGAYA, search)


def test_an_unknown_code_is_an_error(atlas):
    with pytest.raises(UnknownNameError):
        partners(atlas, "99999", Search("防災"))


def test_sensitivity_names_who_comes_and_who_goes(atlas):
    shifts = sensitivity(atlas, SETAGAYA, Search("防災"))
    assert {each.factor for each in shifts} == {0.5, 1.5}
    assert all(len(each.entered) == len(each.left) for each in shifts)
    first = {each.code for each in partners(atlas, SETAGAYA, Search("防災"), top=10).candidates}
    for each in shifts:
        assert set(each.left) <= first
        assert not first & set(each.entered)
    assert any(each.entered for each in shifts)


def test_the_json_is_what_checks_rely_on(atlas):
    found = json.loads(json.dumps(partners(atlas, SETAGAYA, Search("防災"), top=3).to_json()))
    assert found["place"] == SETAGAYA
    assert found["theme"] == "防災"
    assert len(found["candidates"]) == 3
    for each in found["candidates"]:
        assert {"code", "name", "prefecture", "score", "parts", "evidence", "known_tie"} <= set(each)
        assert each["score"] == sum(each["parts"].values())
    assert "順位表" in found["note"]
