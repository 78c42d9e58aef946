"""The Folium map inside streamlit-folium: everything that leans on that package's internals.

It stands on these internals of streamlit-folium 0.27 (``tests/page/test_map_component.py`` names the
one that broke when a new release changes it):

1. the component is keyed by a hash of the map's script: the script here never changes, so the map is
   made once and never remounted;
2. ``feature_group_to_add`` is evaluated in the component's frame at each change of its text: it carries
   one call of ``renkeiMap.show``;
3. the frame has ``window.Streamlit``: the script answers a click by ``setComponentValue`` itself, and
   ``returned_objects=[]`` keeps the package from answering pans and zooms;
4. ``default_js`` and ``default_css`` of the map are the only scripts and styles loaded.
"""

from __future__ import annotations

import json
import logging
from typing import Any, cast

import folium
import streamlit as st
from branca.element import Element, Figure, MacroElement
from jinja2 import Template

from renkei.browser.static_files import BASE_URL

_LOG = logging.getLogger(__name__)
CREDIT = "「気象庁ホームページ」（警報等区域 2025年3月）を加工して作成"
HOME = ((25.9, 127.2), (45.6, 146.2))
"""South-west and north-east corner of the first view, latitude and longitude in degrees (沖縄 to 択捉)."""


class _Start(MacroElement):
    """The one call that starts the map script; its text is the same for every state."""

    _template = Template(
        "{% macro script(this, kwargs) %}renkeiMap.start({{ this._parent.get_name() }}, {{ this.text }});{% endmacro %}"
    )

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Start"
        self.text = script_json(options)


class _Show(MacroElement):
    """The one call that paints a state."""

    _template = Template("{% macro script(this, kwargs) %}renkeiMap.show({{ this.text }});{% endmacro %}")

    def __init__(self, state: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Show"
        self.text = script_json(state)


def script_json(value: object) -> str:
    r"""Return JSON that is safe inside a script and untouched by folium's renaming of variables.

    Examples
    --------
    >>> script_json({"name": "</script>_1"})
    '{"name":"\\u003c/script\\u003e\\u005f1"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # "_" starts the names that streamlit-folium replaces; "{{" (only ever inside a string) what it resolves.
    for character in "<>&_`\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.replace("{{", "\\u007b\\u007b")


def folium_map(scripts: tuple[str, ...], styles: tuple[str, ...], options: dict[str, Any]) -> folium.Map:
    """Build the Folium map whose script never changes.

    Parameters
    ----------
    scripts, styles
        Paths below the static folder, in loading order; the first script is Leaflet.
    options
        What ``renkeiMap.start`` gets: ``base``, ``files``, ``credit``.
    """
    (south, west), (north, east) = HOME
    built = folium.Map(
        tiles=None,
        control_scale=False,
        prefer_canvas=True,
        min_zoom=4,
        max_zoom=13,
        zoom_snap=0.25,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=90,
        location=((south + north) / 2, (west + east) / 2),
        zoom_start=5,
        world_copy_jump=False,
        max_bounds=True,
        min_lat=10,
        max_lat=60,
        min_lon=105,
        max_lon=170,
    )
    built.default_js = [(path, BASE_URL + path) for path in scripts]
    built.default_css = [(path, BASE_URL + path) for path in styles]
    built.add_child(_Start(options))
    return built


def draw(built: folium.Map, state: dict[str, Any], *, height: int) -> bool:
    """Draw the map with a state; what is chosen on it comes back under the key ``renkei-map``.

    Returns
    -------
    bool
        False when a new streamlit-folium is called otherwise: the map is then drawn as a document of its own, anew at
        each change and without an answer to clicks.
    """
    group = folium.FeatureGroup(name="state")
    group.add_child(_Show(state))
    try:
        # Its import tells the running server of the component: before there is one, that is lost.
        from streamlit_folium import st_folium  # noqa: PLC0415

        st_folium(
            built,
            key="renkei-map",
            height=height,
            use_container_width=True,
            returned_objects=[],
            feature_group_to_add=group,
        )
    except (ImportError, TypeError, AttributeError):
        _LOG.exception("streamlit-folium is not as in 0.27.4; the map is drawn without it")
        built.add_child(_Show(state))
        st.iframe(built.get_root().render(), height=height)
        return False
    return True


def map_document(
    scripts: tuple[str, ...], styles: tuple[str, ...], options: dict[str, Any], state: dict[str, Any]
) -> str:
    """Return the map in a state as a document of its own, without Streamlit.

    Parameters
    ----------
    scripts, styles, options
        As for ``folium_map``.
    state
        As for ``draw``.
    """
    built = folium_map(scripts, styles, options)
    built.add_child(_Show(state))
    figure = cast("Figure", built.get_root())
    # What the script fetches at once comes beside it, not after it.
    for name in ("z5", "facts", "prefectures", "northern"):
        path = options["base"] + options["files"][name]
        figure.header.add_child(Element(f'<link rel="preload" as="fetch" crossorigin href="{path}">'))
    return str(figure.render())
