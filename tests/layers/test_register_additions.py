from __future__ import annotations

import pytest
from hypothesis import given, settings
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
NETWORK = {
    "分類": "ネットワーク",
    "自治体": "神奈川県相模原市",
    "相手・構成自治体": "北海道大樹町、岩手県大船渡市、秋田県能代市",
    "名称": "試験ネットワーク",
    "種類": "首長会・協議会",
    "根拠のURL": "https://www.example.jp/n.html",
}
KAWABA = TIE | {"自治体": "群馬県川場村", "相手・構成自治体": "東京都世田谷区", "種類": "縁組協定"}


def outcome(row):
    return read_additions(TABLES, [(2, row)])[0]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (TIE, "new"),
        (BLOC, "new"),
        (NETWORK, "new"),
        (NETWORK | {"名称": "銀河 連邦"}, "contradicting"),  # other members than are held
        (BLOC | {"事業": "自治体間の協定・交流", "相手・構成自治体": "鹿児島県枕崎市、北海道芦別市"}, "new"),
        (KAWABA | {"種類": "姉妹都市", "開始日": "昭和56年11月16日"}, "confirmed"),
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
        (TIE | {"開始日": "昭和65年"}, "開始日"),
        (TIE | {"開始日": "2005-02-31"}, "という日はありません"),
        (TIE | {"開始日": "0000"}, "開始日"),
        (TIE | {"終了日": "1800"}, "明治より前"),
        (TIE | {"ページの日付": "3000-13-99"}, "ページの日付"),
        (TIE | {"種類": "\u200b\u2060"}, "種類"),
        (TIE | {"種類": "姉妹\x1b[31m都市"}, "使えない文字"),
        (TIE | {"備考": "a\x00b"}, "使えない文字"),
        (TIE | {"開始日": "2010", "終了日": "2005"}, "前です"),
        (NETWORK | {"相手・構成自治体": "北海道大樹町"}, "3者以上"),
        (NETWORK | {"名称": "\u3000"}, "名称"),
        (NETWORK | {"構成": "たぶん"}, "構成"),
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


CELLS = st.text(max_size=40) | st.sampled_from(
    ["東京都府中市", "長野県", "訂正", "終了", "取り消し", "tie-020", "2005", "-"]
)


ROWS = st.tuples(
    st.sampled_from([TIE, NETWORK, BLOC, {"操作": "訂正", "番号": "tie-020", "理由": "x"}]),
    st.dictionaries(st.sampled_from(list(COLUMNS)), CELLS),
)


@given(st.lists(ROWS, min_size=20, max_size=40))
@settings(max_examples=15, deadline=None)
def test_never_raises(several):
    found = read_additions(TABLES, [(number, valid | row) for number, (valid, row) in enumerate(several)])
    assert all(each.message for each in found)


def test_a_network_over_the_whole_country_is_taken_without_a_word_about_distance():
    found = outcome(NETWORK | {"相手・構成自治体": "沖縄県那覇市、北海道稚内市", "構成": "全部"})
    assert (found.outcome, found.cells["table"], found.cells["complete"]) == ("new", "networks", "yes")
    assert "km" not in found.message


def test_an_area_with_a_namesake_far_away_is_taken_and_shown_to_a_person():
    found = outcome(BLOC | {"相手・構成自治体": "宮城県美里町、埼玉県上里町"})
    assert found.outcome == "new"
    assert "宮城県美里町" in found.message
    assert "km" in found.message


def test_all_municipalities_of_a_prefecture_are_members_by_that_word():
    cells = outcome(NETWORK | {"自治体": "兵庫県", "相手・構成自治体": "兵庫県内の全市町"}).cells
    codes = cells["member_codes"].split(";")
    assert codes[0] == "28000"
    assert len(codes) == 42
    assert cells["membership"] == "whole_prefecture"


def test_a_tie_like_one_that_is_held_is_shown_to_a_person():
    found = outcome(KAWABA | {"種類": "災害時相互応援協定", "開始日": "2020"})
    assert found.outcome == "new"
    assert "setagaya-02" in found.message
