"""The current view as one HTML file that asks for nothing: kept, sent by mail, opened in ten years.

Everything that the page's own server gives a browser is inside: Leaflet, the map script, borders, facts, figures.
The document forbids itself every request (Content-Security-Policy).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from html import escape
from typing import TYPE_CHECKING

import orjson

from renkei.browser.backgrounds import figures, series
from renkei.browser.element import element
from renkei.browser.map_facts import map_facts
from renkei.browser.map_state import map_state
from renkei.browser.name_index import name_index
from renkei.browser.start_options import start_options
from renkei.exchange.geojson import CREDITS
from renkei.kept.folium_map import folium_map
from renkei.present.describe import describe
from renkei.present.fact_frames import blocs_frame, cases_frame, ties_frame
from renkei.present.words import japanese_date, word

if TYPE_CHECKING:
    import pandas as pd

    from renkei.atlas import Atlas
    from renkei.browser.contract import MapState, StartOptions
    from renkei.browser.map_state import Shown
    from renkei.browser.static_files import Published
    from renkei.present.page_state import PageState
    from renkei.present.words import Language

MOST_FINE_PREFECTURES = 3
"""Filters to so many prefectures bring their borders of the next finer level into the file."""
LONGEST_CELL = 2000
"""Characters of one cell of the tables."""
SERIES = "series.json"
"""Name of the painted indicator's years inside the file."""
_JAPAN = timezone(timedelta(hours=9))
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
_STYLE = """html,body{height:auto;margin:0;overflow:auto;background:var(--paper);color:var(--ink)}
.renkei-page{font:14px/1.6 "Noto Sans JP","Yu Gothic UI",Meiryo,"Hiragino Sans",sans-serif;padding:10px 18px}
.renkei-page h1{font-size:20px;margin:4px 0}
.rk-alone{position:relative;height:80vh;min-height:460px;transform:translateZ(0);overflow:hidden;--card:0px;--tabs:0px}
.rk-alone .rk-drawer,.rk-alone .rk-phone,.rk-alone #rk-more-open,.rk-alone #rk-share-open,.rk-alone #rk-language,
.rk-alone #rk-painting-open,.rk-alone .rk-handle{display:none!important}
.rk-alone .rk-legend{max-height:60vh}
.renkei-page table{border-collapse:collapse;font-size:12.5px;margin:6px 0 18px}
.renkei-page th,.renkei-page td{border:1px solid #c9ced3;padding:3px 7px;text-align:left;vertical-align:top}
.renkei-page td{overflow-wrap:anywhere;min-width:4em}
.renkei-page th{background:var(--hover);position:sticky;top:0}
.renkei-scroll{overflow:auto;max-height:70vh}"""


def offline_page(atlas: Atlas, state: PageState, left: Shown, published: Published, view: str = "") -> bytes:
    """Return the current view as one HTML document.

    Parameters
    ----------
    state, left
        What is chosen, and what the filters leave.
    published
        The files that the browser would fetch.
    view
        Where the map stands, as in the address: ``zoom/latitude/longitude``; "" for all that is shown at first.

    Returns
    -------
    bytes
        UTF-8, 1.0 to 1.6 MB.
    """
    message = map_state(atlas, state)
    language = state.language
    options = start_options(atlas, published, language, message, alone=True, view=view)
    options["files"] |= {"series": SERIES}
    place, start = folium_map(options)
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    styles = "".join(f"<style>{_read(published, name)}</style>" for name in published.styles)
    scripts = "".join(f"<script>{_script(_read(published, name))}</script>" for name in published.scripts)
    data = "".join(
        f'<script type="application/json" data-file="{escape(name)}">{_json(content)}</script>'
        for name, content in _files(atlas, state, message, options, published).items()
    )
    about = f'<div class="renkei-page"><h1>{_title(atlas, state)}</h1><p>{_about(atlas, state)}</p></div>'
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{policy}'
        f"<title>{_title(atlas, state)}</title>"
        f"{styles}<style>{_STYLE}</style></head><body>{about}{data}{element(language, place, alone=True)}{scripts}"
        f"<script>{start}</script>{_below(atlas, left, language)}</body></html>"
    ).encode()


def _read(published: Published, name: str) -> str:
    return (published.static.folder / name).read_text(encoding="utf-8")


def _script(text: str) -> str:
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _json(content: bytes) -> str:
    """Return JSON that cannot end the element that holds it."""
    return content.decode().replace("<", "\\u003c")


def _files(
    atlas: Atlas, state: PageState, message: MapState, options: StartOptions, published: Published
) -> dict[str, bytes]:
    """Return what the map script will ask for: name, content."""
    names = [published.files[name] for name in ("z5", "prefectures", "northern")]
    if len(state.filters.prefectures) <= MOST_FINE_PREFECTURES:
        names += [
            published.files["levels"].replace("{level}", "z8").replace("{prefecture}", prefecture)
            for prefecture in state.filters.prefectures
        ]
    content = {name: (published.static.folder / name).read_bytes() for name in dict.fromkeys(names)}
    content[published.files["facts"]] = map_facts(atlas)
    content[options["files"]["index"]] = name_index(atlas, state.language)
    painted: list[tuple[str, str]] = [(message["values"], state.date)]
    if "second" in message:
        other = atlas.indicator(state.second_id)
        content[message["second"]["values"]] = orjson.dumps(figures(atlas, other.id, other.dates[-1], state.language))
    if not (state.base or state.second_id):
        own = series(atlas, state.indicator_id, state.language, state.scheme, state.unit, state.breaks)
        content[SERIES] = orjson.dumps(own)
        painted += [(each["values"], date) for date, each in own["backgrounds"].items()]
    else:
        content[SERIES] = orjson.dumps({"dates": [], "labels": [], "backgrounds": {}})
    for name, date in painted:
        unit = name.rpartition("/")[2].removesuffix(".json")
        content[name] = orjson.dumps(figures(atlas, state.indicator_id, date, state.language, unit))
    return content


def _title(atlas: Atlas, state: PageState) -> str:
    chosen = atlas.indicator(state.indicator_id)
    return escape(f"{word('title', state.language)}　{chosen.title_en if state.language == 'en' else chosen.title}")


def _about(atlas: Atlas, state: PageState) -> str:
    """Say what is shown, and when the file was made."""
    language = state.language
    today = datetime.now(UTC).astimezone(_JAPAN).date().isoformat()
    made = word("made_on", language, day=japanese_date(today) if language == "ja" else today)
    return escape(f"{describe(atlas, state)}　／　{made}") + "<br>" + escape(word("offline_file", language))


def _table(frame: pd.DataFrame) -> str:
    cut = frame.astype(object).where(frame.notna(), "").map(lambda cell: _cell(str(cell)))
    return f'<div class="renkei-scroll">{cut.to_html(index=False, escape=True, border=0)}</div>'


def _cell(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _below(atlas: Atlas, left: Shown, language: Language) -> str:
    """Write the table twins of what is drawn, and the credits."""
    parts = ['<div class="renkei-page">']
    for key, facts, frame in (
        ("cases", left.cases, cases_frame(left.cases, language)),
        ("ties", left.ties, ties_frame(left.ties, language)),
        ("blocs", left.blocs, blocs_frame(atlas, left.blocs, language)),
    ):
        parts.append(f"<h2>{escape(word(key, language))} {len(facts):,}</h2>")
        parts.append(_table(frame) if len(facts) else f"<p>{escape(word('none_here', language))}</p>")
    parts.append(f"<h2>{escape(word('credits', language))}</h2><p>")
    parts.append("<br>".join(escape(credit) for credit in CREDITS))
    parts.append("</p></div>")
    return "".join(parts)
