"""The first document: Streamlit's own with the page's element in it, usable before Streamlit has come.

The element ``#rk`` (``renkei.browser.element``) is the page's one map with everything that chooses; Streamlit's
component adopts it (``renkei.page.component``) and draws cards and tables beside it.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from renkei.browser.element import script_json
from renkei.present.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.browser.contract import StartOptions
    from renkei.present.words import Language

_STREAMLIT_SCRIPTS = re.compile(r'<script type="module"[^>]*></script>|<link rel="modulepreload"[^>]*>')


def head(options: StartOptions, style: str, scripts: Sequence[str]) -> str:
    """Return what goes into the document's head: the style, and what is fetched beside it rather than after it."""
    fetched = [options["base"] + options["files"][name] for name in ("z5", "facts", "prefectures", "northern")]
    return (
        "".join(f'<link rel="preload" as="script" href="{source}">' for source in scripts)
        + "".join(f'<link rel="preload" as="fetch" crossorigin href="{source}">' for source in fetched)
        + style
    )


@cache
def streamlit_document() -> str:
    """Return Streamlit's own first document."""
    return (files("streamlit") / "static" / "index.html").read_text(encoding="utf-8")


@cache
def _reconnect_script() -> str:
    return (files("renkei.browser") / "script" / "early" / "page_loader.js").read_text(encoding="utf-8")


def first_document(language: Language, title: str, parts: dict[str, Any]) -> str:
    """Return Streamlit's first document with the page's element in it.

    Streamlit's own scripts lie in a template until the map is painted: both together would be slower. A document of
    another form is returned as it is: the component then fetches the element.

    Parameters
    ----------
    language, title
        Of the document.
    parts
        ``head``, ``html``, ``scripts`` (addresses) and ``start`` (the script that Folium wrote).
    """
    document = streamlit_document()
    held = _STREAMLIT_SCRIPTS.findall(document)
    if document.count("<body>") != 1 or sum("<script" in each for each in held) != 1:
        return document
    scripts = "".join(f'<script src="{source}"></script>' for source in parts["scripts"])
    words = script_json({"lost": word("connection_lost", language)})
    body = (
        f'<body><template id="renkei-page">{"".join(held)}</template>{parts["html"]}{scripts}'
        f"<script>{parts['start']}</script><script>const renkeiWords = {words};\n{_reconnect_script()}</script>"
    )
    document = (
        _STREAMLIT_SCRIPTS.sub("", document).replace("<body>", body).replace("</head>", f"{parts['head']}</head>")
    )
    return document.replace("<title>Streamlit</title>", f"<title>{escape(title)}</title>").replace(
        '<html lang="en">', f'<html lang="{language}">'
    )
