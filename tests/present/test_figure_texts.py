"""Figures say what they are: with qualifier, unit and date; a target is never a fact."""

from __future__ import annotations

import pytest

from layers.tables import rows
from renkei.present.figure_texts import figure_line, figure_text
from tests.shared_atlas import ATLAS

FIGURES = {(row["case_id"], row["number"]): row for row in rows(ATLAS.figures())}


@pytest.mark.parametrize(
    ("case", "number", "text", "status"),
    [
        ("dispatch-r4-007", "2", "約3.4万人弱", "推計"),
        ("dispatch-r4-001", "1", "1,600人", "目標"),
        ("dispatch-r4-001", "2", "2,900人未満", ""),
        ("dispatch-r4-041", "7", "50余名", ""),
        ("dispatch-r4-046", "1", "年500～600人", ""),
        ("dispatch-r4-008", "1", "約3割強", ""),
        ("dispatch-r4-033", "6", "年のべ約2,800人", ""),
        ("dispatch-r4-015", "13", "約2億円", "予算"),
        ("dispatch-r4-002", "10", "2億9,300万円", "計画"),
        ("dispatch-r4-041", "9", "2施設", "予算"),
        ("dispatch-r4-030", "2", "約半分", ""),
        ("dispatch-r4-013", "3", "40%超", ""),
    ],
)
def test_as_a_person_reads_it(case, number, text, status):
    line = figure_line(FIGURES[case, number])
    assert (line.text, line.status) == (text, status)
    assert line.is_fact == (status == "")


def test_scope_and_district_are_said():
    assert figure_line(FIGURES["dispatch-r4-106", "4"]).scope == "役所の事務・事業"
    assert figure_line(FIGURES["dispatch-r4-020", "2"]).scope == "全国"
    assert figure_line(FIGURES["dispatch-r4-053", "4"]).scope == "甑島"
    assert figure_line(FIGURES["dispatch-r4-106", "4"], "en").scope == "the municipality's own operations"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_figure_has_a_text_and_a_label(language):
    for row in FIGURES.values():
        line = figure_line(row, language)
        assert line.label
        assert line.text
        assert "nan" not in line.text
        assert line.is_fact or line.status


def test_a_date_is_what_a_schedule_tells():
    line = figure_line(FIGURES["dispatch-r4-001", "3"])
    assert (line.text, line.date, line.status) == ("令和5年（2023）4月", "", "計画")


def test_english():
    assert figure_text(FIGURES["dispatch-r4-007", "2"], "en") == "just under 34,000 people"
    assert figure_line(FIGURES["dispatch-r4-007", "2"], "en").status == "projection"
