"""The map as Folium writes it: its place in a document, and the one call that starts the script."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import folium
from branca.element import Figure, MacroElement
from jinja2 import Template

from renkei.browser.element import HOME, script_json

if TYPE_CHECKING:
    from renkei.browser.contract import StartOptions


class _Start(MacroElement):
    """The one call that starts the map script."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "renkeiPage.start({{ this._parent.get_name() }}, {{ this.text }});"
        "{% endmacro %}"
    )

    def __init__(self, options: StartOptions) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Start"
        self.text = script_json(options)


def folium_map(options: StartOptions) -> tuple[str, str]:
    """Return the map as Folium writes it: the place in the document, and the script that starts it."""
    (south, west), (north, east) = HOME
    built = folium.Map(
        tiles=None,
        prefer_canvas=True,
        zoom_control=True,
        control_scale=False,
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
    built.add_child(_Start(options))
    figure = cast("Figure", built.get_root())
    figure.render()
    return str(figure.html.render()), str(figure.script.render())
