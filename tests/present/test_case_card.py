"""The card holds enough to decide whom to call, in both languages, and nothing that is a person."""

from __future__ import annotations

import re

import pytest

from geo.errors import UnknownNameError
from layers.organisations import KINDS
from renkei.present.case_card import LISTS, case_card
from renkei.present.case_words import CASE_WORDS
from tests.shared_atlas import ATLAS

IDS = list(ATLAS.cases()["id"])


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_case_has_a_card(language):
    items = ATLAS.items().groupby("case_id").size()
    for identifier in IDS:
        card = case_card(ATLAS, identifier, language)
        assert card.title
        assert card.place
        assert card.summary
        assert card.stage
        assert card.ask
        assert card.source.title
        assert card.source.publisher
        assert [each.id for each in card.lists] == [name for name, _ in LISTS]
        assert sum(len(each.entries) for each in card.lists) == items[identifier]
        assert len(card.similar) <= 3
        assert all(link.why and link.id != identifier for link in (*card.similar, *card.done))
        assert not any("派遣者氏名" in note for note in card.notes)


def test_the_english_card_is_english_where_it_can_be():
    card = case_card(ATLAS, "dispatch-r4-041", "en")
    japanese = re.compile("[ぁ-んァ-ヴ一-龥]")
    for text in (card.summary, card.stage, card.place, *card.headings.values(), *card.means):
        assert not japanese.search(text), text
    assert next(english for _, english in card.themes) == "Agriculture, forestry, fishery"
    assert all(
        partner.kind in {english for _, english in KINDS.values()} | {"Municipality"} for partner in card.partners
    )
    assert {each.heading for each in card.lists} == {"Challenges", "Measures", "Results and lessons", "Outlook"}


def test_all_themes_not_only_the_first():
    assert len(case_card(ATLAS, "dispatch-r4-013").themes) == 12
    assert case_card(ATLAS, "gunma-project-03").themes == ()


def test_results_and_lessons_are_told_apart():
    result = next(each for each in case_card(ATLAS, "dispatch-r4-099").lists if each.id == "result")
    assert {entry.label for entry in result.entries} == {"成果", "難しかったこと"}
    assert all(entry.where.endswith("行") for entry in result.entries)


def test_partners_lead_to_their_other_cases():
    card = case_card(ATLAS, "dispatch-r4-111")
    ministry = next(partner for partner in card.partners if partner.name == "環境省")
    assert ministry.others
    assert all(link.id != "dispatch-r4-111" for link in ministry.others)
    chamber = next(p for p in case_card(ATLAS, "dispatch-r4-007").partners if p.name == "商工会議所")
    assert [(link.id, link.why) for link in chamber.others] == [("dispatch-r4-019", "別の商工会議所")]


@pytest.mark.parametrize(
    ("identifier", "asked"),
    [
        ("dispatch-r4-041", "岡山県真庭市の「産業政策統括監」"),
        ("setagaya-forum", "世田谷区 生活文化政策部 区民健康村・ふるさと・交流推進課"),
        ("dispatch-r4-093", "愛媛県西予市（担当部署は資料にありません）"),
    ],
)
def test_whom_to_ask_is_an_office_or_a_role(identifier, asked):
    assert case_card(ATLAS, identifier).ask.startswith(asked)


def test_what_is_inferred_from_a_name_says_so():
    assert case_card(ATLAS, "gunma-idea-05").inferred
    assert "名称からの推定" in "".join(case_card(ATLAS, "gunma-idea-05").notes)
    assert not case_card(ATLAS, "living-area-3").inferred


def test_the_source_is_a_title_and_a_page_before_lines():
    source = case_card(ATLAS, "dispatch-r4-041").source
    assert (source.page, source.lines) == ("29ページ付近", "3427～3508行")
    assert source.note
    assert case_card(ATLAS, "setagaya-forum").source.page == ""


def test_the_same_challenge_is_of_another_place():
    own = set(case_card(ATLAS, "dispatch-r4-020").codes)
    for link in case_card(ATLAS, "dispatch-r4-020").similar:
        assert own.isdisjoint(case_card(ATLAS, link.id).codes)


def test_words_are_complete():
    assert all(len(words) == 2 for words in CASE_WORDS.values())


def test_an_unknown_case_is_named():
    with pytest.raises(UnknownNameError, match="no-such"):
        case_card(ATLAS, "no-such")
