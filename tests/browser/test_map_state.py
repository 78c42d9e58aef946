"""The state that is sent: small, and right for each kind of background."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from geo.gazetteer import municipalities
from layers.classify import as_written
from layers.filters import Filters
from renkei.browser.backgrounds import (
    OUTSIDE,
    background,
    backgrounds,
    change,
    changed_background,
    figures,
    series,
)
from renkei.browser.element import script_json
from renkei.browser.map_facts import bloc_styles, facts_of, map_facts, tie_styles
from renkei.browser.map_state import map_state, shown
from renkei.browser.name_index import name_index
from renkei.present.page_state import UNITS, PageState
from renkei.present.words import LANGUAGES
from tests.shared_atlas import ATLAS


def state(**choices):
    chosen = PageState(**choices).with_default_date(ATLAS)
    return map_state(ATLAS, chosen)


@pytest.mark.parametrize("unit", UNITS)
def test_one_character_a_municipality_and_a_fact(unit):
    sent = state(unit=unit)
    assert len(sent["classes"]) == len(municipalities())
    assert [len(sent[key]) for key in ("cases", "ties", "blocs", "networks")] == [
        len(ATLAS.cases()),
        len(ATLAS.ties()),
        len(ATLAS.blocs()) + 339,
        len(ATLAS.networks()),
    ]
    assert len(script_json(sent).encode()) < 7_500
    assert sent["values"].endswith(f"/{unit}.json")


def test_only_members_are_painted_by_blocs():
    digits = background(ATLAS, "share_65", "2025-01-01", "auto", "core_city", "ja")["classes"]
    blocs = ATLAS.blocs()
    members = {code for codes in blocs.loc[blocs["layer"] == "core_city", "member_codes"] for code in codes}
    outside = {code for code, digit in zip(municipalities().index, digits, strict=True) if digit == OUTSIDE}
    assert outside == set(municipalities().index) - members


@pytest.mark.parametrize("unit", UNITS)
def test_classes_of_ones_own(unit):
    made = background(ATLAS, "share_65", "2025-01-01", "manual", unit, "ja", (30.0, 42.25))
    labels = [row["label"] for row in made["legend"]["rows"][:3]]
    assert labels == ["30.00% 未満", "30.00 ～ 42.25", "42.25% 以上"]
    assert len(made["colors"]) == 3
    if unit == "municipality":
        # A value is classed as it is read: 29.96 is written 30.0.
        read = as_written(ATLAS.values("share_65", "2025-01-01").to_numpy(), 1)
        expected = np.searchsorted([30, 42.25], read, side="right")
        assert made["classes"] == "".join(map(str, expected))


def test_ones_own_without_breaks_is_the_recommended():
    made = [background(ATLAS, "share_65", "2025-01-01", scheme, "municipality", "ja") for scheme in ("manual", "auto")]
    assert made[0] == made[1]


def test_an_indicator_that_cannot_be_told_of_a_bloc_stays_with_the_municipalities():
    both = [
        background(ATLAS, "fiscal_capacity", "FY2021", "auto", unit, "ja")["classes"]
        for unit in ("municipality", "core_city")
    ]
    assert both[0] == both[1]


@pytest.mark.parametrize("unit", ["municipality", "core_city"])
@pytest.mark.parametrize("scheme", ["auto", "quantile", "equal"])
def test_a_series_has_the_same_breaks_and_colours_at_all_its_dates(scheme, unit):
    every = series(ATLAS, "projected_population", "ja", scheme, unit)["backgrounds"].values()
    labels = {tuple(row["label"] for row in each["legend"]["rows"] if row["color"]) for each in every}
    assert len(labels) == 1
    assert len({tuple(each["colors"]) for each in every}) == 1
    assert len({each["classes"] for each in every}) > 1, "the years look alike"


def test_the_change_since_a_year_is_of_the_two_values():
    found = change(ATLAS, "projected_population", "2050", "2020")
    now, then = ATLAS.values("projected_population", "2050"), ATLAS.values("projected_population", "2020")
    pd.testing.assert_series_equal(found, (now / then - 1) * 100, check_names=False)
    shares = change(ATLAS, "share_65", "2025-01-01", ATLAS.indicator("share_65").dates[0])
    assert shares.abs().max() < 100
    made = changed_background(ATLAS, "projected_population", "2050", "2020", "ja")
    falling = made["classes"][list(municipalities().index).index("10444")]
    assert ord(falling) - 48 < sum("−" in row["label"] or "未満" in row["label"] for row in made["legend"]["rows"])
    assert figures(ATLAS, "projected_population", "2050", "ja", "since-2020")[0].startswith(("+", "-"))
    chosen = PageState(indicator_id="projected_population", date="2050", base="2020")
    assert backgrounds(ATLAS, chosen) == [made]


def test_every_mark_is_sent_and_which_layers_are_on_is_in_the_query():
    sent, all_on = state(layers=("core_city", "cases")), state()
    assert sent["query"]["show"] == ["core_city", "cases"]  # the browser masks, so that a layer comes back at once
    assert [sent[kind] for kind in ("cases", "ties", "blocs")] == [all_on[kind] for kind in ("cases", "ties", "blocs")]


def test_presence_at_an_event_is_no_tie_unless_it_is_asked_for():
    ties = ATLAS.ties()
    events = ~ties["counted"].astype(bool)
    assert events.any()
    usual, asked = shown(ATLAS, Filters()), shown(ATLAS, Filters(kinds=("forum",)))
    assert set(usual.ties.index) == set(ties.index[~events])
    assert set(usual.references.index) == set(ties.index[events])
    assert set(asked.ties.index) == set(ties.index[events & ties["family"].eq("forum")])


def test_lines_are_drawn_by_their_evidence():
    ties = ATLAS.ties()
    inferred = ties["strength"] == "inferred"
    assert [style == 2 for style in tie_styles(ATLAS)] == list(inferred)
    solid = ~inferred & ties["tier"].isin(["document", "official"])
    assert [style == 0 for style in tie_styles(ATLAS)] == list(solid)
    assert [style == 2 for style in bloc_styles(ATLAS)] == list(ATLAS.blocs()["membership"] != "listed")


def test_facts_are_small_and_hold_every_tie_bloc_and_network():
    facts = json.loads(map_facts(ATLAS))
    assert len(map_facts(ATLAS)) < 700_000
    blocs = ATLAS.blocs()
    assert [each["id"] for each in facts["blocs"]][: len(blocs)] == list(blocs["id"])
    assert {each["layer"] for each in facts["blocs"][len(blocs) :]} == {"medical"}
    assert sorted(position for pair in facts["pairs"] for position in pair["ties"]) == list(range(len(ATLAS.ties())))
    parties = {code for pair in facts["pairs"] for code in (pair["from"], pair["to"])}
    parties |= {code for each in facts["networks"] for code in each["members"]}
    assert parties <= set(facts["points"])
    assert sorted(facts["byPopulation"]) == list(range(1741))
    assert facts == json.loads(json.dumps(facts_of(ATLAS)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_names_every_place_filter_and_indicator(language):
    index = json.loads(name_index(ATLAS, language))
    codes = [each["id"] for each in index["places"] if each["choice"] == "code"]
    assert len(codes) == 1741 + 47
    assert {each["id"] for each in index["indicators"]} == {each.id for each in ATLAS.indicators()}
    # Those most used come first, as a group of their own.
    assert next(iter(index["groups"])) == "common"
    assert {each["group"] for each in index["indicators"]} == set(index["groups"]) - {"common"}
    assert 20 <= sum(each["common"] for each in index["indicators"]) <= 40
    assert "高齢者" in next(each["keywords"] for each in index["indicators"] if each["id"] == "share_65")
    assert set(index["options"]) >= {"programme", "kind", "tier", "year"}
    assert all(entry["label"] for entries in index["options"].values() for entry in entries)


def test_the_legend_says_when_its_figures_were_published():
    made = background(ATLAS, "census_population", "2025-10-01", "auto", "municipality", "ja")
    assert "令和8年（2026）9月29日 公表" in made["legend"]["source"]
    made = background(ATLAS, "doctors", "2022-12-31", "auto", "municipality", "en")
    assert "published by 2026-11-23" in made["legend"]["source"]
