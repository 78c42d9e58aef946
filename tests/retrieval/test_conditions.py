"""Conditions are understood as planners type them, and left alone where the words mean something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.folding import fold
from renkei.retrieval.conditions import Place, read_conditions
from tests.shared_atlas import ATLAS


def understood(text, without=()):
    rest, conditions = read_conditions(ATLAS, fold(text), without)
    return [condition.id for condition in conditions], rest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("人口1万人未満で窓口のオンライン化", ["population:0-10000"]),
        ("人口１万人未満の町", ["population:0-10000"]),
        ("人口一万人以下", ["population:0-10000"]),
        ("5千人以下の村", ["population:0-5000", "size:村"]),
        ("人口5,000人未満", ["population:0-5000"]),
        ("人口10万人以上の市", ["population:100000-inf", "size:市"]),
        ("人口3万人程度", ["population:21000-39000"]),
        ("小さな町のDX", ["population:small"]),
        ("島しょ部の交通", ["island"]),
        ("離島で再エネ", ["island"]),
        ("北海道で脱炭素", ["prefecture:01"]),
        ("群馬県の取組", ["prefecture:10"]),
        ("群馬で住民参加", ["prefecture:10"]),
        ("九州で企業誘致", ["region:九州"]),
        ("東北の買い物支援", ["region:東北"]),
        ("企業から派遣された人", ["sender:company"]),
        ("国から来た副市長", ["sender:national"]),
        ("NTT東日本から来てもらった自治体", ["sender:NTT東日本"]),
        ("自動運転を実証まで進めた", ["stage:実証"]),
        ("計画段階のスマートシティ", ["stage:計画"]),
        ("世界遺産に取り組む村や島", ["size:村や島"]),
        ("脱炭素先行地域に選ばれた町や村", ["size:町や村"]),
        ("北海道の島で人口1万人未満", ["prefecture:01", "island", "population:0-10000"]),
    ],
)
def test_what_is_understood(text, expected):
    assert sorted(understood(text)[0]) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "人口減少",
        "企業からの寄附",
        "岡山大学と組んだ例",
        "東日本大震災からの復興",
        "福島市",
        "半島の観光",
        "島根労働局",
        "NTT東日本と組んだ",
        "実証実験",
        "野菜を売った町の話を聞きたい",
        "",
    ],
)
def test_what_is_no_condition(text):
    assert understood(text)[0] == []


def test_a_condition_that_was_taken_off_leaves_its_words():
    ids, rest = understood("北海道で脱炭素", without=("prefecture:01",))
    assert ids == []
    assert "北海道" in rest
    assert "北海道" not in understood("北海道で脱炭素")[1]


@pytest.mark.parametrize(
    ("text", "place", "met"),
    [
        ("人口1万人未満", Place(populations=(9_999,)), True),
        ("人口1万人未満", Place(populations=(10_000.0 + 1,)), False),
        ("人口1万人未満", Place(), False),
        ("離島で", Place(island=True), True),
        ("九州で", Place(prefectures=frozenset({"47"})), True),
        ("四国で", Place(prefectures=frozenset({"47"})), False),
        ("企業から派遣", Place(sender_kind="company"), True),
        ("企業から派遣", Place(sender_kind="university"), False),
    ],
)
def test_who_meets_it(text, place, met):
    (condition,) = read_conditions(ATLAS, fold(text))[1]
    assert condition.meets(place) is met


def test_labels_in_both_languages():
    (condition,) = read_conditions(ATLAS, fold("人口1万人未満で"))[1]
    assert condition.named("ja") == "人口1万人未満"
    assert condition.named("en") == "under 10,000 people"


@given(st.text(st.sampled_from("人口万千百一1０,.人未満以上程度島離の北海道県企業から実証までや市町村"), max_size=25))
def test_never_raises(text):
    read_conditions(ATLAS, fold(text))
