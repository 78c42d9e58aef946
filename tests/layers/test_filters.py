from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.codes import PREFECTURES
from geo.errors import InvalidFilterError
from layers.evidence import find_programme, programmes
from layers.filters import Filters, filter_options
from layers.themes import THEMES, find_theme
from tests.shared_atlas import TABLES


def test_or_within_and_between():
    both = Filters.from_values(TABLES, themes=["脱炭素", "DX"], prefectures=["北海道", "群馬県"]).apply(TABLES, "cases")
    assert len(both)
    assert all({"脱炭素", "DX"} & set(themes) for themes in both["themes"])
    assert all({"01", "10"} & set(codes) for codes in both["prefecture_codes"])
    one = Filters.from_values(TABLES, themes=["脱炭素"], prefectures=["北海道"]).apply(TABLES, "cases")
    assert set(one["id"]) < set(both["id"])


@pytest.mark.parametrize(("text", "count"), [("博報堂", 8), ("川場村", 0), ("上田 あ", 0), ("ＮＴＴ東日本", 16)])
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
