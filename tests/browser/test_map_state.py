"""The state that is sent: small, and right for each kind of background."""

from __future__ import annotations

import gzip
import json

import numpy as np
import pytest

from geo.gazetteer import municipalities
from layers.blocs import blocs
from layers.cases import cases
from layers.catalog import values
from layers.classify import as_written
from layers.partnerships import partnerships
from renkei.browser.map_facts import bloc_styles, map_facts, tie_styles
from renkei.browser.map_state import OUTSIDE, background, map_state, shown
from renkei.browser.static_files import StaticFolder
from renkei.page.map_component import script_json
from renkei.present.page_state import UNITS, PageState
from tests.shared_atlas import ATLAS, TABLES


def state(tmp_path, **choices):
    chosen = PageState(**choices).with_default_date(ATLAS)
    return map_state(ATLAS, chosen, shown(ATLAS, chosen.filters), StaticFolder(tmp_path), 0)


@pytest.mark.parametrize("unit", UNITS)
def test_one_character_a_municipality_and_a_fact(tmp_path, unit):
    sent = state(tmp_path, unit=unit)
    assert len(sent["classes"]) == len(municipalities())
    assert [len(sent[key]) for key in ("cases", "ties", "blocs")] == [
        len(cases(TABLES)),
        len(partnerships(TABLES)),
        len(blocs(TABLES)) + 339,
    ]
    assert len(script_json(sent).encode()) < 6_000
    assert (tmp_path / sent["values"]).is_file()


def test_only_members_are_painted_by_blocs():
    digits = background(ATLAS, "share_65", "2025-01-01", "auto", "core_city", "ja")["classes"]
    members = {
        code for codes in blocs(TABLES).loc[blocs(TABLES)["layer"] == "core_city", "member_codes"] for code in codes
    }
    outside = {code for code, digit in zip(municipalities().index, digits, strict=True) if digit == OUTSIDE}
    assert outside == set(municipalities().index) - members


@pytest.mark.parametrize("unit", UNITS)
def test_classes_by_hand(unit):
    made = background(ATLAS, "share_65", "2025-01-01", "manual", unit, "ja", (30.0, 42.25))
    labels = [row["label"] for row in made["legend"]["rows"][:3]]
    assert labels == ["30.00% 未満", "30.00 ～ 42.25", "42.25% 以上"]
    assert len(made["colors"]) == 3
    if unit == "municipality":
        # A value is classed as it is read: 29.96 is written 30.0.
        read = as_written(values(TABLES, "share_65", "2025-01-01").to_numpy(), 1)
        expected = np.searchsorted([30, 42.25], read, side="right")
        assert made["classes"] == "".join(map(str, expected))


def test_by_hand_without_breaks_is_the_standard():
    made = [background(ATLAS, "share_65", "2025-01-01", scheme, "municipality", "ja") for scheme in ("manual", "auto")]
    assert made[0] == made[1]


def test_an_indicator_that_cannot_be_told_of_a_bloc_stays_with_the_municipalities():
    both = [
        background(ATLAS, "fiscal_capacity", "FY2021", "auto", unit, "ja") for unit in ("municipality", "core_city")
    ]
    assert both[0] == both[1]


def test_every_mark_is_sent_and_which_layers_are_on(tmp_path):
    sent, all_on = state(tmp_path, layers=("core_city", "cases")), state(tmp_path)
    assert sent["layers"] == ["core_city", "cases"]  # the browser masks, so that a layer comes back at once
    assert [sent[kind] for kind in ("cases", "ties", "blocs")] == [all_on[kind] for kind in ("cases", "ties", "blocs")]


def test_lines_are_drawn_by_their_evidence():
    ties = partnerships(TABLES)
    inferred = ties["strength"] == "inferred"
    assert [style == 2 for style in tie_styles(ATLAS)] == list(inferred)
    solid = ~inferred & ties["tier"].isin(["document", "official"])
    assert [style == 0 for style in tie_styles(ATLAS)] == list(solid)
    assert [style == 2 for style in bloc_styles(ATLAS)] == list(blocs(TABLES)["membership"] != "listed")


def test_facts_are_small_and_hold_every_tie_and_bloc():
    facts = json.loads(map_facts(ATLAS))
    assert len(gzip.compress(map_facts(ATLAS))) <= 150_000
    assert [each["id"] for each in facts["blocs"]][: len(blocs(TABLES))] == list(blocs(TABLES)["id"])
    assert {each["layer"] for each in facts["blocs"][len(blocs(TABLES)) :]} == {"medical"}
    assert sorted(position for pair in facts["pairs"] for position in pair["ties"]) == list(
        range(len(partnerships(TABLES)))
    )
    assert {code for pair in facts["pairs"] for code in (pair["from"], pair["to"])} == set(facts["points"])
