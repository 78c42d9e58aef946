"""One look-up for every vocabulary: full width, spaces and case do not matter, and a refusal names what exists."""

from __future__ import annotations

import pytest

from geo.errors import InvalidFilterError
from layers.evidence import find_programme, find_tier
from layers.kinds import find_kind as find_fact_kind
from layers.themes import find_theme
from layers.tie_kinds import find_kind
from tests.shared_atlas import TABLES

LOOK_UPS = {
    "theme": (lambda text: find_theme(text).name, "ふるさと 納税", "ふるさと納税"),
    "theme, English": (lambda text: find_theme(text).name, "ＨＯＭＥＴＯＷＮ ｔａｘ", "ふるさと納税"),
    "kind of tie": (lambda text: find_kind(text).id, "災害時の 応援・避難", "disaster"),
    "tier": (find_tier, "公式 ページ", "official"),
    "programme": (lambda text: find_programme(TABLES, text), "官民共創 コミュニティ", "gunma-cocreation"),
    "kind of fact": (lambda text: find_fact_kind(text).id, "事 例", "cases"),
}


@pytest.mark.parametrize("name", LOOK_UPS)
def test_a_word_is_found_however_it_is_typed(name):
    look_up, written, expected = LOOK_UPS[name]
    assert look_up(written) == expected


@pytest.mark.parametrize("name", LOOK_UPS)
@pytest.mark.parametrize("text", ["", " ", "ない", "<script>", "x" * 5000])
def test_a_word_that_is_none_is_refused_with_those_that_are(name, text):
    look_up, _, _ = LOOK_UPS[name]
    with pytest.raises(InvalidFilterError, match="次のどれか") as refused:
        look_up(text)
    assert len(str(refused.value)) < 2000
