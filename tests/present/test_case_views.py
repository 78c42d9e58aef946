"""Comparison, theme page and time: counts that add up, plans apart from facts, every phase shown."""

from __future__ import annotations

import re

import pytest

from geo.errors import InvalidFilterError, UnknownNameError
from layers.cases import MEANS, STAGES
from layers.needs_and_offers import BASES, SIDES
from layers.themes import THEMES
from renkei.present.case_comparison import compare_cases
from renkei.present.case_time import timeline
from renkei.present.theme_page import OF_A_THEME, OF_EVERY_THEME, theme_page
from tests.shared_atlas import ATLAS

PAIR = ("dispatch-r4-041", "dispatch-r4-105")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_cases_side_by_side(language):
    found = compare_cases(ATLAS, PAIR, language)
    assert all(len(cells) == 2 for _, cells in found.rows)
    assert all(lines for _, cells in found.rows for lines in cells)
    headings = [heading for heading, _ in found.rows]
    assert len(headings) == len(set(headings))
    rows = dict(found.rows)
    assert "2025" in rows["人口" if language == "ja" else "Population"][0][0]
    assert len(rows["課題" if language == "ja" else "Challenges"][0]) > 2


@pytest.mark.parametrize("ids", [(), PAIR[:1], (PAIR[0], PAIR[0]), [f"dispatch-r4-{n:03}" for n in range(1, 7)]])
def test_two_to_five_cases(ids):
    with pytest.raises(InvalidFilterError, match="2～5件"):
        compare_cases(ATLAS, ids)


def test_an_unknown_case_is_named():
    with pytest.raises(UnknownNameError, match="nowhere"):
        compare_cases(ATLAS, [PAIR[0], "nowhere"])


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
def test_the_matrix_adds_up(theme):
    page = theme_page(ATLAS, theme)
    cases, contents = ATLAS.cases(), ATLAS.case_contents()
    own = [identifier for identifier, themes in zip(cases["id"], cases["themes"], strict=True) if theme in themes]
    assert {link.id for link in page.cases} == set(own)
    assert page.stages == tuple(STAGES)
    assert sum(len(cell) for row in page.matrix for cell in row.cells) == contents.loc[own, "means"].map(len).sum()
    assert all(told.case.id in own for told in (*page.hard, *page.worked))
    assert page.expectations
    assert page.municipalities > 0


def test_a_theme_and_one_means():
    page = theme_page(ATLAS, "DX", "en", means="実証実験")
    assert 0 < len(page.cases) < len(theme_page(ATLAS, "DX").cases)
    assert page.matrix[0].means == MEANS["実証実験"]


def test_the_survey_has_every_item_that_is_told():
    items = set(ATLAS.survey()["item"])
    assert set(OF_EVERY_THEME) | {item for own in OF_A_THEME.values() for item in own} <= items
    assert set(OF_A_THEME) <= {theme.name for theme in THEMES}


def test_an_unknown_theme_is_refused():
    with pytest.raises(InvalidFilterError):
        theme_page(ATLAS, "宇宙")


def test_every_phase_of_the_platforms_is_on_a_line():
    phases = [moment for moment in timeline(ATLAS).moments if moment.nature == "phase"]
    assert len(phases) == 18 == len(ATLAS.schedule())
    obihiro = timeline(ATLAS, code="01207").moments
    assert [(each.start, each.end) for each in obihiro] == [("2025-10", "2026-02")]
    arao = [each for each in timeline(ATLAS, code="43204").moments if each.nature == "phase"]
    assert any("2か月に1回程度" in each.text for each in arao)
    assert all(each.inferred for each in arao)


def test_plans_are_no_facts():
    for moment in timeline(ATLAS).moments:
        assert (moment.nature == "fact") or moment.label
    targets = [each for each in timeline(ATLAS, theme="脱炭素").moments if each.label == "目標"]
    assert targets
    assert all(each.nature == "planned" for each in targets)


def test_moments_are_in_order_and_dated():
    moments = timeline(ATLAS, theme="DX").moments
    years = [int(re.search(r"\d{4}", moment.start)[0]) for moment in moments if moment.start]
    assert years == sorted(years)
    assert all(moment.when for moment in moments if moment.start)


def test_planned_beside_reached():
    pairs = timeline(ATLAS, code="01639").pairs
    assert {"人口", "高齢化率"} <= {pair.label for pair in pairs}
    for pair in pairs:
        assert pair.planned.nature == "planned"
        assert pair.reached.nature == "fact"
        assert pair.planned.case_id == pair.reached.case_id


def test_needs_and_offers():
    frame = ATLAS.needs_and_offers()
    assert set(frame["side"]) == set(SIDES)
    assert set(frame["basis"]) == set(BASES)
    assert not frame["id"].duplicated().any()
    assert frame[["text", "source", "evidence"]].ne("").all().all()
    forum = frame[frame["case_id"].eq("setagaya-forum")]
    assert set(forum["said_on"]) == {"2022-12-09"}
    assert set(forum.loc[forum["code"].ne(""), "code"]) == {"13112"}  # who said the rest is not told
    open_challenges = frame[frame["basis"].eq("no_measure")]
    measured = (
        ATLAS.items()
        .query("aspect == 'measure'")
        .groupby("case_id")["themes"]
        .agg(lambda own: {t for themes in own for t in themes})
    )
    for row in open_challenges.to_dict("records"):
        assert measured[row["case_id"]].isdisjoint(row["themes"])
