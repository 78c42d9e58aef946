from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.register_additions import read_additions
from renkei.exchange.fact_tables import COLUMNS, EXAMPLES
from tests.shared_atlas import TABLES

TIE = {
    "分類": "連携",
    "自治体": "東京都府中市",
    "相手・構成自治体": "長野県佐久穂町",
    "種類": "姉妹都市",
    "開始日": "1985",
    "根拠のURL": "https://www.example.jp/a.html",
    "根拠の種類": "公式ページ",
}
BLOC = {
    "分類": "圏域",
    "自治体": "埼玉県本庄市",
    "相手・構成自治体": "埼玉県美里町、埼玉県上里町",
    "名称": "試験圏域",
    "事業": "定住自立圏",
    "根拠のURL": "https://www.example.jp/b.html",
    "根拠の種類": "公式ページ",
}
KAWABA = TIE | {"自治体": "群馬県川場村", "相手・構成自治体": "東京都世田谷区", "種類": "縁組協定"}


def outcome(row):
    return read_additions(TABLES, [(2, row)])[0]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (TIE, "new"),
        (BLOC, "new"),
        (KAWABA | {"開始日": "1981-11"}, "confirmed"),
        (KAWABA | {"開始日": ""}, "confirmed"),
        (KAWABA | {"開始日": "1985"}, "contradicting"),
        (TIE | {"相手・構成自治体": "長野県"}, "new"),
    ],
)
def test_what_a_row_would_change(row, expected):
    assert outcome(row).outcome == expected


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (TIE | {"分類": "うわさ"}, "分類"),
        (TIE | {"自治体": "府中市"}, "広島県府中市"),
        (TIE | {"自治体": "あいうえお"}, "決まりません"),
        (TIE | {"種類": ""}, "種類"),
        (TIE | {"根拠のURL": ""}, "根拠のURL"),
        (TIE | {"根拠のURL": "javascript:alert(1)"}, "根拠のURL"),
        (TIE | {"根拠の種類": "うわさ"}, "根拠の種類"),
        (TIE | {"根拠の種類": "資料"}, "根拠の種類"),
        (TIE | {"開始日": "昭和60年"}, "開始日"),
        (TIE | {"開始日": "2999"}, "未来"),
        (TIE | {"備考": "山田太郎氏"}, "個人"),
        (TIE | {"テーマ": "まつり"}, "テーマ"),
        (TIE | {"相手・構成自治体": "東京都府中市"}, "自分自身"),
        (BLOC | {"名称": ""}, "名称"),
        (BLOC | {"事業": "なし"}, "事業"),
    ],
)
def test_what_is_refused_says_why(row, why):
    found = outcome(row)
    assert found.outcome == "rejected"
    assert why in found.message
    assert found.cells == {}


def test_a_merged_municipality_comes_with_both_names():
    cells = outcome(TIE | {"自治体": "東京都田無市"}).cells
    assert cells["from_code"] == "13229"
    assert "田無市" in cells["note"]


def test_themes_with_a_dot_in_their_name():
    assert outcome(TIE | {"テーマ": "防災・移住定住・関係人口・DX"}).cells["themes"] == "防災;移住定住・関係人口;DX"


def test_the_same_fact_twice_in_one_file_is_one_fact():
    second = TIE | {
        "自治体": TIE["相手・構成自治体"],
        "相手・構成自治体": TIE["自治体"],
        "根拠のURL": "https://www.example.jp/c.html",
    }
    found = read_additions(TABLES, [(2, TIE), (3, second), (4, second)])
    assert [each.outcome for each in found] == ["new", "confirmed", "known"]
    assert found[0].cells["fact_id"] == found[1].cells["fact_id"]


def test_examples_are_never_facts():
    assert read_additions(TABLES, [(2, dict(zip(COLUMNS, example, strict=True))) for example in EXAMPLES]) == []


@given(st.dictionaries(st.sampled_from(list(COLUMNS)), st.text(max_size=40)))
def test_never_raises(row):
    read_additions(TABLES, [(2, {"分類": "連携", "根拠のURL": "https://a.jp/x"} | row)])
