"""The indicators most used, at every date, in one file: a choice of them is painted before the server answers.

The browser reads the file when it is idle. What it paints from it is what
``renkei.browser.map_state.background`` gives,
for the standard classes of each municipality; every other choice waits for the server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from layers.tables import per_snapshot
from renkei.browser.map_state import background, publish_figures
from renkei.present.words import dated

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.browser.static_files import StaticFolder
    from renkei.present.words import Language


@per_snapshot()
def series(atlas: Atlas, identifier: str, language: Language, static: StaticFolder) -> dict[str, Any]:
    """Return an indicator at each of its dates, as the file holds it. Not to be changed.

    Returns
    -------
    dict
        ``title``, ``dates`` (ISO), ``labels`` (as the page writes them) and ``backgrounds`` by date.
    """
    chosen = atlas.indicator(identifier)
    return {
        "title": chosen.title_en if language == "en" else chosen.title,
        "dates": chosen.dates,
        "labels": [dated(date, chosen.flag(date), language) for date in chosen.dates],
        "backgrounds": {
            date: background(atlas, identifier, date, "auto", "municipality", language)
            | {"values": publish_figures(atlas, identifier, date, "municipality", static)}
            for date in chosen.dates
        },
    }


@per_snapshot()
def publish_backgrounds(atlas: Atlas, static: StaticFolder, language: Language) -> str:
    """Publish the ``series`` of the indicators most used, by id; return the file's name. Others wait for the server."""
    content = {each.id: series(atlas, each.id, language, static) for each in atlas.indicators() if each.common}
    return static.put(f"backgrounds-{language}.json", orjson.dumps(content))
