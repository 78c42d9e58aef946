"""Two spellings of one word become the same, and every folded character knows where it came from."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.folding import fold, fold_all, fold_with_places

JAPANESE = st.text(
    st.sampled_from(
        "空家き子供買い物取り組みーＤＸdxＡI・- 　1０年人口、。ペパレスこども来ない作り手続問合せ引越賑わい"
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("空家", "空き家"),
        ("ペーパレス", "ペーパーレス"),
        ("子供の居場所", "こどもの居場所"),
        ("買い物支援", "買物支援"),
        ("ＲＰＡ", "rpa"),
        ("サーバー", "サーバ"),
        ("セブン-イレブン", "セブンイレブン"),
        ("手続き", "手続"),
        ("取り組み", "取組"),
        ("寄付", "寄附"),
        ("障がい者", "障害者"),
        ("オンデマンド　バス", "オンデマンドバス"),
    ],
)
def test_spellings(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize("text", ["Society 5.0", "wi-fi", "1.5万人", "AI・RPA", "J-LIS"])
def test_latin_words_stay_apart(text):
    assert len(fold(text)) == len(text)


@given(JAPANESE)
def test_a_folded_text_is_left_as_it_is(text):
    assert fold(fold(text)) == fold(text)


@given(JAPANESE)
def test_places_agree_with_folding(text):
    folded, places = fold_with_places(text)
    assert folded == fold(text)
    assert len(places) == len(folded)
    assert all(0 <= start < end <= len(text) for start, end in places)


@given(st.lists(JAPANESE, max_size=6))
def test_many_at_once_are_as_one_by_one(texts):
    assert fold_all(texts) == [fold(text) for text in texts]


@given(st.text(max_size=40))
def test_never_raises(text):
    fold_with_places(unicodedata.normalize("NFC", text))
    fold(text)
