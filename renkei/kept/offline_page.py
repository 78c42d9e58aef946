"""The current view as one HTML file that asks for nothing: kept, sent by mail, opened in ten years.

Everything that the page's own server gives a browser is inside: Leaflet, the map script, borders, facts, figures.
The document forbids itself every request (Content-Security-Policy).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from html import escape
from typing import TYPE_CHECKING

import orjson

from renkei.browser.all_backgrounds import series
from renkei.browser.map_state import map_state, publish_figures
from renkei.browser.static_files import BASE_URL
from renkei.exchange.geojson import CREDITS
from renkei.page.map_component import CREDIT, HOME, map_document
from renkei.present.describe import describe
from renkei.present.fact_frames import blocs_frame, cases_frame, ties_frame
from renkei.present.words import japanese_date, word

if TYPE_CHECKING:
    import pandas as pd

    from renkei.atlas import Atlas
    from renkei.browser.map_state import Shown
    from renkei.browser.static_files import Published
    from renkei.present.page_state import PageState
    from renkei.present.words import Language

MOST_FINE_PREFECTURES = 3
"""Filters to so many prefectures bring their borders of the next finer level into the file."""
LONGEST_CELL = 2000
"""Characters of one cell of the tables."""
AHEAD = "series.json"
_JAPAN = timezone(timedelta(hours=9))
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
_STYLE = """html,body{height:auto;margin:0;color:#1f2a36;background:#fff}
.renkei-page{font:14px/1.6 "Noto Sans JP","Yu Gothic UI",Meiryo,"Hiragino Sans",sans-serif;padding:10px 18px}
.renkei-page h1{font-size:20px;margin:4px 0}
.folium-map{position:relative!important;height:74vh!important;min-height:420px;width:100%!important}
.renkei-page table{border-collapse:collapse;font-size:12.5px;margin:6px 0 18px}
.renkei-page th,.renkei-page td{border:1px solid #c9ced3;padding:3px 7px;text-align:left;vertical-align:top}
.renkei-page td{overflow-wrap:anywhere;min-width:4em}
.renkei-page th{background:#eef2f4;position:sticky;top:0}
.renkei-scroll{overflow:auto;max-height:70vh}"""
_SCRIPT_TAG = re.compile(r'<script src="([^"]*)"></script>')
_STYLE_TAG = re.compile(r'<link rel="stylesheet" href="([^"]*)"\s*/?>')
_PRELOAD = re.compile(r'<link rel="preload"[^>]*>')


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
    message = map_state(atlas, state, left, published.static, 0, AHEAD)
    options = {"base": BASE_URL, "files": published.files, "credit": CREDIT, "home": HOME, "alone": True, "view": view}
    document = map_document(published.scripts, published.styles, options, message)
    document = _PRELOAD.sub("", document)
    document = _STYLE_TAG.sub(lambda found: f"<style>{_read(published, found[1])}</style>", document)
    document = _SCRIPT_TAG.sub(lambda found: f"<script>{_script(_read(published, found[1]))}</script>", document)
    language = state.language
    head = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><title>{_title(atlas, state)}</title>'
    document = document.replace("<head>", f"<head>{head}", 1).replace("</head>", f"<style>{_STYLE}</style></head>", 1)
    above = f'<div class="renkei-page"><h1>{_title(atlas, state)}</h1><p>{_about(atlas, state)}</p></div>'
    data = "".join(
        f'<script type="application/json" data-file="{escape(name)}">{_json(content)}</script>'
        for name, content in _files(atlas, state, message, published).items()
    )
    document = document.replace("<body>", f"<body>{above}{data}", 1)
    return document.replace("</body>", f"{_below(atlas, left, language)}</body>", 1).encode()


def _read(published: Published, address: str) -> str:
    if not address.startswith(BASE_URL):
        msg = f"{address} is not one of the page's own files"
        raise ValueError(msg)
    return (published.static.folder / address.removeprefix(BASE_URL)).read_text(encoding="utf-8")


def _script(text: str) -> str:
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _json(content: bytes) -> str:
    """Return JSON that cannot end the element that holds it."""
    return content.decode().replace("<", "\\u003c")


def _files(atlas: Atlas, state: PageState, message: dict[str, object], published: Published) -> dict[str, bytes]:
    """Return what the map script will ask for: name, content."""
    folder = published.static.folder
    names = [published.files[name] for name in ("z5", "facts", "prefectures", "northern")]
    names += [str(each["values"]) for each in (message, message.get("second")) if isinstance(each, dict)]
    if len(state.filters.prefectures) <= MOST_FINE_PREFECTURES:
        names += [
            published.files["levels"].replace("{level}", "z8").replace("{prefecture}", prefecture)
            for prefecture in state.filters.prefectures
        ]
    own = series(atlas, state.indicator_id, state.language, published.static)
    if message["dates"]:
        names += [
            publish_figures(atlas, state.indicator_id, date, "municipality", published.static) for date in own["dates"]
        ]
    return {name: (folder / name).read_bytes() for name in dict.fromkeys(names)} | {
        AHEAD: orjson.dumps({state.indicator_id: own})
    }


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
