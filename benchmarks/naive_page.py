"""The page that most would write: all municipalities as folium.GeoJson, again for every choice.

Started by ``benchmarks.page`` only. Leaflet comes from the PyPI package, or nothing would be drawn offline.
"""

from __future__ import annotations

from pathlib import Path

import folium
import orjson
import streamlit as st
from streamlit_folium import st_folium

from geo.boundaries import drawing_file
from geo.codes import PREFECTURES
from layers.catalog import indicator, indicators, values
from renkei.atlas import Atlas
from renkei.browser.static_files import publish_leaflet, static_folder
from renkei.present.indicator_classes import classify_indicator
from renkei.present.page_state import DEFAULT_INDICATOR

ATLAS = Atlas.open()

BASE_URL = "/app/static/"
CHOICES = sorted(
    (each.id for each in indicators(ATLAS.tables) if each.kind == "number"), key=lambda each: each != DEFAULT_INDICATOR
)
static = static_folder(Path(__file__).resolve().parent / "static")
script, style = publish_leaflet(static)
chosen = indicator(ATLAS.tables, st.selectbox("indicator", CHOICES))
series = values(ATLAS.tables, chosen.id)
classes = classify_indicator(ATLAS, chosen, chosen.dates[-1])
color = {code: classes.colors[k] if k >= 0 else "#ddd" for code, k in classes.codes.items()}
features = [f for pp in PREFECTURES for f in orjson.loads(drawing_file("z8", pp).read_bytes())["features"]]
collection = {"type": "FeatureCollection", "features": features}
for feature in collection["features"]:
    feature["properties"]["value"] = str(series[feature["properties"]["c"]])
built = folium.Map(location=(36, 138), zoom_start=5, tiles=None)
built.default_js = [("leaflet", BASE_URL + script)]
built.default_css = [("leaflet", BASE_URL + style)]
folium.GeoJson(
    collection,
    style_function=lambda feature: {
        "fillColor": color[feature["properties"]["c"]],
        "weight": 0.3,
        "color": "#777",
        "fillOpacity": 0.8,
    },
    tooltip=folium.GeoJsonTooltip(["c", "value"]),
).add_to(built)
st_folium(built, height=640, use_container_width=True, returned_objects=[])
