from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.codes import PREFECTURES
from geo.errors import InvalidFilterError
from layers.evidence import find_programme, programmes
from layers.filters import Filters, filter_options
from layers.filters.text import holds
from layers.folding import fold
from layers.themes import THEMES, find_theme
from tests.shared_atlas import TABLES

SHARED = Path(__file__).resolve().parents[3] / "shared"


def test_or_within_and_between():
    both = Filters.from_values(TABLES, themes=["脱炭素", "DX"], prefectures=["北海道", "群馬県"]).apply(TABLES, "cases")
    assert len(both)
    assert all({"脱炭素", "DX"} & set(themes) for themes in both["themes"])
    assert all({"01", "10"} & set(codes) for codes in both["prefecture_codes"])
    one = Filters.from_values(TABLES, themes=["脱炭素"], prefectures=["北海道"]).apply(TABLES, "cases")
    assert set(one["id"]) < set(both["id"])


@pytest.mark.parametrize(("text", "count"), [("博報堂", 9), ("川場村", 0), ("上田 あ", 0), ("ＮＴＴ東日本", 16)])
def test_text(text, count):
    frame = Filters.from_values(TABLES, text=text, programmes=["dispatch-r4"]).apply(TABLES, "cases")
    assert len(frame) == count


def test_text_finds_ties_and_blocs_by_place():
    filters = Filters.from_values(TABLES, text="川場村")
    assert set(filters.apply(TABLES, "ties")["to_code"]) == {"10444"}
    assert filters.apply(TABLES, "blocs")["name"].str.contains("利根沼田").all()


def test_years_are_fiscal_years_of_cases_and_beginnings_of_ties():
    assert (
        len(Filters.from_values(TABLES, years=[2022], programmes=["地方創生人材支援制度"]).apply(TABLES, "cases"))
        == 111
    )
    began = Filters.from_values(TABLES, years=["1981"], programmes=["setagaya-forum"]).apply(TABLES, "ties")
    assert began["kind"].tolist() == ["縁組協定"]


def test_municipalities():
    assert len(Filters().municipality_codes(TABLES)) == 1741
    assert len(Filters.from_values(TABLES, prefectures=["群馬県"]).municipality_codes(TABLES)) == 35
    assert "01207" in Filters.from_values(TABLES, programmes=["living-area"]).municipality_codes(TABLES)
    assert Filters.from_values(TABLES, text="かわばむら").municipality_codes(TABLES) == ["10444"]
    assert set(Filters.from_values(TABLES, text="川場村").municipality_codes(TABLES)) >= {"10444", "13112"}


@pytest.mark.parametrize(
    "values",
    [
        {"themes": ["ない"]},
        {"prefectures": ["北海"]},
        {"prefectures": ["99"]},
        {"programmes": ["x"]},
        {"years": ["20x2"]},
        {"years": ["-1"]},
    ],
)
def test_what_does_not_exist_is_refused(values):
    with pytest.raises(InvalidFilterError):
        Filters.from_values(TABLES, **values)


def test_wrong_address_values_are_named():
    filters, notes = Filters.from_query(TABLES, {"theme": ["脱炭素", "<img>"], "prefecture": ["77"], "year": ["x"]})
    assert filters == Filters(themes=("脱炭素",))
    assert notes == ["theme=<img>", "prefecture=77", "year=x"]


ASKED = st.builds(
    partial(Filters.from_values, TABLES),
    themes=st.lists(st.sampled_from([theme.name for theme in THEMES])),
    prefectures=st.lists(st.sampled_from(sorted(PREFECTURES))),
    programmes=st.lists(st.sampled_from(list(programmes(TABLES).index))),
    years=st.lists(st.integers(1900, 2100)),
    text=st.text(max_size=30),
)


@given(ASKED)
def test_address_round_trip(filters):
    again, notes = Filters.from_query(TABLES, filters.to_query())
    assert again == filters
    assert notes == []


@given(st.dictionaries(st.sampled_from(["theme", "prefecture", "programme", "year", "text"]), st.lists(st.text())))
def test_any_address_is_read(query):
    filters, _ = Filters.from_query(TABLES, query)
    filters.apply(TABLES, "cases")
    filters.municipality_codes(TABLES)


@pytest.mark.parametrize("theme", THEMES)
def test_themes_are_found_in_both_languages(theme):
    assert find_theme(theme.name) == find_theme(theme.name_en.upper()) == theme


def test_a_theme_is_told_without_colour():
    assert len({(theme.family, theme.shape) for theme in THEMES}) == len(THEMES) == 15


@pytest.mark.parametrize("text", ["地方創生人材支援制度", "dispatch-r4", " 官民共創 コミュニティ "])
def test_programmes_are_found(text):
    assert find_programme(TABLES, text) in programmes(TABLES).index


def test_options_lead_to_something():
    options = filter_options(TABLES)
    for code in options["prefectures"]:
        filters = Filters(prefectures=(code,))
        assert (
            len(filters.apply(TABLES, "cases"))
            + len(filters.apply(TABLES, "ties"))
            + len(filters.apply(TABLES, "blocs"))
        )


def _ids(text):
    return set(Filters.from_values(TABLES, text=text).apply(TABLES, "cases")["id"])


@pytest.mark.parametrize(
    ("text", "within", "without"),
    [
        ("EV", {"dispatch-r4-111", "dispatch-r4-013"}, {"dispatch-r4-006"}),  # r-ev-italization, d-ev-elopment
        ("AI", {"dispatch-r4-050"}, {"dispatch-r4-003"}),
        ("RPA", {"dispatch-r4-099", "dispatch-r4-057"}, {"dispatch-r4-062"}),
        ("ドローン", {"dispatch-r4-029", "dispatch-r4-048", "dispatch-r4-096"}, set()),
        ("空家", {"living-area-5", "gunma-idea-03"}, set()),
        ("ペーパレス", {"dispatch-r4-091"}, set()),
        ("ドローン 農業", {"dispatch-r4-096"}, {"dispatch-r4-029"}),
    ],
)
def test_words_are_found_in_what_a_case_says(text, within, without):
    found = _ids(text)
    assert within <= found
    assert not without & found


def test_a_latin_word_stands_whole_and_no_word_reaches_across_two_fields():
    assert len(_ids("EV")) < 15
    title = "真庭市における地域脱炭素実現に向けた活動報告"
    assert _ids("脱炭素実現に向けた活動報告") == {"dispatch-r4-109"}
    assert _ids(title[-2:] + "テス") == set()


WORDS = [
    "ドローン",
    "空き家",
    "地域通貨",
    "RPA",
    "PPA",
    "EV",
    "AI",
    "GX",
    "ワーケーション",
    "テレワーク",
    "自動運転",
    "キャッシュレス",
    "ペーパーレス",
    "SNS",
    "YouTube",
    "BPR",
    "EBPM",
    "LPWA",
    "IoT",
    "5G",
    "MaaS",
    "路線バス",
    "フレイル",
    "返礼品",
    "地域商社",
    "インバウンド",
    "DMO",
    "関係人口",
    "サテライトオフィス",
    "事業承継",
    "シビックプライド",
    "太陽光",
    "バイオマス",
    "マイクログリッド",
    "耕作放棄地",
    "鳥獣",
    "豪雨",
    "廃校",
    "古民家",
    "世界遺産",
    "インターン",
    "副業",
    "回覧板",
    "kintone",
    "ローコード",
    "ICOCA",
]


def test_words_of_the_trade_are_found_where_the_document_has_them():
    source = SHARED / "sources" / "001_469f536ad1b43afb.txt"
    if not source.is_file():
        pytest.skip("the documents are not beside this checkout")
    lines = [fold(line) for line in source.read_text(encoding="utf-8").split("\n")]
    pairs, found = 0, 0
    for word in WORDS:
        ids, wanted = _ids(word), fold(word)
        for identifier, span, document in TABLES.read("cases", "cases.csv")[["id", "lines", "document"]].itertuples(
            index=False
        ):
            if document == "001":
                first, last = map(int, span.split("-"))
                own = [line for line in lines[first - 1 : last] if "氏名" not in line]
                if any(holds(line, wanted) for line in own):
                    pairs += 1
                    found += identifier in ids
    assert pairs > 150
    assert found / pairs >= 0.98
