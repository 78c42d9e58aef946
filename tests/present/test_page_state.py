from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.catalog import indicator, indicators
from layers.filters import Filters
from renkei.present.page_state import (
    COMPARE,
    LAYERS,
    MOST_BREAKS,
    PANELS,
    SCHEMES,
    UNITS,
    PageState,
    from_query,
    read_breaks,
)
from renkei.present.words import LANGUAGES, WORDS
from tests.shared_atlas import ATLAS, TABLES

STATES = (
    st.builds(
        PageState,
        filters=st.builds(
            partial(Filters.from_values, TABLES),
            themes=st.lists(st.sampled_from(["脱炭素", "DX"])),
            text=st.text(max_size=9),
        ),
        indicator_id=st.sampled_from([each.id for each in indicators(TABLES)]),
        scheme=st.sampled_from([each for each in SCHEMES if each != "manual"]),
        unit=st.sampled_from(UNITS),
        second_id=st.sampled_from(["", "share_65", "online_rate_32"]),
        compare=st.sampled_from(COMPARE),
        layers=st.sets(st.sampled_from(LAYERS)).map(lambda chosen: tuple(each for each in LAYERS if each in chosen)),
        code=st.sampled_from(["", "10444", "13112", "10000"]),
        pair=st.sampled_from(["", "10444-13112", "13112-20000"]),
        bloc=st.sampled_from(["", "core-city-001", "living-area-1"]),
        network=st.sampled_from(["", str(ATLAS.networks()["id"].iloc[0])]),
        area=st.sampled_from(["", "01207631-13112", "10444"]),
        panel=st.sampled_from(PANELS),
        language=st.sampled_from(LANGUAGES),
    )
    .map(lambda state: state.with_default_date(ATLAS))
    .filter(lambda state: state.second_id != state.indicator_id)
)


BREAKS = st.sets(st.floats(-1e14, 1e14), max_size=MOST_BREAKS).map(lambda found: tuple(sorted(found)))


@given(STATES, BREAKS)
def test_breaks_of_a_person_are_in_the_address(state, breaks):
    chosen = replace(state, scheme="manual", breaks=breaks)
    assert from_query(ATLAS, chosen.to_query(ATLAS)) == (chosen, [])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("10、20、30", (10, 20, 30)),
        ("10 20.5\u3000３０", (10, 20.5, 30)),
        ("−5％, 0%; 1e3", (-5, 0, 1000)),
        ("", ()),
        ("30、20", ()),
        ("10、10", ()),
        ("nan", ()),
        ("1、inf", ()),
        ("1、2、3、4、5、6、7、8、9", ()),
        ("<b>", ()),
        ("1" * 500, ()),
    ],
)
def test_breaks_as_a_person_writes_them(written, read):
    assert read_breaks(written) == read


@given(st.text())
def test_any_text_is_breaks_or_none(written):
    assert len(read_breaks(written)) <= MOST_BREAKS


@given(STATES)
def test_the_address_shows_the_same_page_again(state):
    assert from_query(ATLAS, state.to_query(ATLAS)) == (state, [])


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "indicator",
                "date",
                "scheme",
                "breaks",
                "unit",
                "second",
                "compare",
                "show",
                "code",
                "tie",
                "bloc",
                "area",
                "panel",
                "lang",
                "theme",
                "x",
            ]
        ),
        st.lists(st.text()),
    )
)
def test_any_address_is_a_page(query):
    state, _ = from_query(ATLAS, query)
    assert state.date in indicator(TABLES, state.indicator_id).dates


@pytest.mark.parametrize(
    ("query", "notes"),
    [
        ({"indicator": ["nope"]}, ["indicator=nope"]),
        ({"code": ["99999"]}, ["code=99999"]),
        ({"code": ["104442"]}, []),
        ({"tie": ["10444-99999"]}, ["tie=10444-99999"]),
        ({"show": ["cases,roads"]}, ["show=roads"]),
        ({"map": ["7/43/142"]}, []),
        ({"bloc": ["<img>"]}, ["bloc=<img>"]),
        ({"tie": ["13112-13112"]}, ["tie=13112-13112"]),
        ({"network": ["x"]}, ["network=x"]),
        ({"area": ["01207,01631 10444"]}, []),
        ({"area": ["01207-99999"]}, ["area=01207-99999"]),
        ({"from": ["1800"]}, ["from=1800"]),
        ({"code": ["10000"]}, []),
        ({"panel": ["matrix"]}, []),
        ({"panel": ["nope"]}, ["panel=nope"]),
    ],
)
def test_wrong_values_are_named(query, notes):
    assert from_query(ATLAS, query)[1] == notes


def test_every_word_is_in_both_languages():
    assert all(japanese and english for japanese, english in WORDS.values())
