"""What the map stands on inside streamlit-folium; a new release that changes it is named here."""

from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path

import folium
import pytest
import streamlit_folium
from hypothesis import given
from hypothesis import strategies as st

from renkei.page.map_component import _Show, folium_map, script_json

BUILD = Path(streamlit_folium.__file__).parent / "frontend" / "build" / "static" / "js"


def leaflet() -> str:
    built = folium_map(("leaflet.js",), ("leaflet.css",), {"base": "/app/static/", "files": {}, "credit": "x"})
    built.render()
    return streamlit_folium._get_map_string(built)


def script() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in BUILD.glob("main.*.js"))


def test_the_release_is_the_one_that_was_read():
    assert importlib.metadata.version("streamlit-folium") == "0.27.4"


def test_the_map_script_never_changes():
    assert leaflet() == leaflet()
    assert "renkeiMap.start(map_div, " in leaflet()


def test_a_state_is_one_call_in_the_feature_group():
    built = folium_map(("leaflet.js",), ("leaflet.css",), {})
    group = folium.FeatureGroup(name="state")
    group.add_child(_Show({"classes": "0-1", "note": "a_1 {{'x'}} </script>"}))
    text = streamlit_folium._get_feature_group_string(group, map=built)
    call = next(line for line in text.splitlines() if "renkeiMap.show(" in line)
    written = call[call.index("(") + 1 : call.rindex(")")]
    assert json.loads(written) == {"classes": "0-1", "note": "a_1 {{'x'}} </script>"}


@pytest.mark.parametrize(
    ("leans_on", "part"),
    [
        ("window.Streamlit, by which a click answers", "window.Streamlit="),
        ("the feature group's text is evaluated", "eval("),
        ("the frame's map", "window.map"),
        ("returned_objects keeps pans from answering", "returned_objects"),
    ],
)
def test_the_frontend_still_has_what_the_map_leans_on(leans_on, part):
    assert part in script(), leans_on


def test_only_our_scripts_are_loaded():
    built = folium_map(("a/leaflet.js", "b.js"), ("a.css",), {})
    assert [url for _, url in built.default_js] == ["/app/static/a/leaflet.js", "/app/static/b.js"]
    assert [url for _, url in built.default_css] == ["/app/static/a.css"]


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_any_value_is_safe_in_a_script_and_comes_back(value):
    text = script_json(value)
    assert json.loads(text) == value
    assert not set("<>&_`\u2028\u2029") & set(text)
