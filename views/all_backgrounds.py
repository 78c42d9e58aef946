"""Every indicator at every date as the map paints it, in one file: a choice is painted before the server answers.

The browser reads the file when it is idle. What it paints from it is what ``views.map_state.background`` gives,
for the standard classes of each municipality; every other choice waits for the server.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import orjson

from layers.catalog import indicators
from views.map_state import background, publish_figures
from views.words import dated

if TYPE_CHECKING:
    from views.static_files import StaticFolder
    from views.words import Language


@cache
def publish_backgrounds(static: StaticFolder, language: Language) -> str:
    """Publish the backgrounds of a language; return the file's name (350 kB, 63 kB as sent).

    Returns
    -------
    str
        Path below the static folder. The file holds, by id of the indicator, ``title``, ``dates`` (ISO),
        ``labels`` (as the page writes them) and ``backgrounds`` by date.
    """
    content = {
        each.id: {
            "title": each.title_en if language == "en" else each.title,
            "dates": each.dates,
            "labels": [dated(date, each.flag(date), language) for date in each.dates],
            "backgrounds": {
                date: background(each.id, date, "auto", "municipality", language)
                | {"values": publish_figures(each.id, date, "municipality", static)}
                for date in each.dates
            },
        }
        for each in indicators()
    }
    return static.put(f"backgrounds-{language}.json", orjson.dumps(content))
