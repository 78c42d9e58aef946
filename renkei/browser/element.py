"""The page's element: the map's place and every control, as HTML of the first document and of the kept file."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from renkei.present.page_state import PANELS
from renkei.present.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.present.words import Language

HOME = ((30.98, 128.6), (45.54, 148.95))
"""South-west and north-east of the first view, latitude and longitude in degrees.

From 佐多岬 and 五島列島 to 宗谷岬 and 択捉島; 南西諸島 and 小笠原 are in insets.
"""
PICTURES = (("sheet.pdf", "sheet_pdf"), ("portrait.pdf", "portrait_pdf"), ("sheet.png", "sheet_png"))
SLIDE = ("slide.png", "slide_png")
EVERYTHING = (("all.gpkg", "all_gpkg"), ("all.xlsx", "all_xlsx"), ("all.zip", "all_zip"))
LAYERS = (
    ("cases.geojson", "cases"),
    ("partnerships.geojson", "ties"),
    ("blocs.geojson", "blocs"),
    ("municipalities.geojson", "municipalities"),
)


def script_json(value: object) -> str:
    r"""Return JSON that is safe inside a script.

    Examples
    --------
    >>> script_json({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&`\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.replace("{{", "\\u007b\\u007b")


def _button(identifier: str, text: str, kind: str = "rk-button rk-menu") -> str:
    return (
        f'<button type="button" id="{identifier}" class="{kind}" data-word="{escape(text)}" aria-expanded="false">'
        f"{escape(text)}</button>"
    )


def _pop(identifier: str, label: str, content: str = "") -> str:
    return f'<div id="{identifier}" class="rk-pop" role="dialog" aria-label="{escape(label)}" hidden>{content}</div>'


def _bar(language: Language) -> str:
    other = "en" if language == "ja" else "ja"
    find = escape(word("find_anything", language))
    return (
        f'<header class="rk-bar"><a class="rk-brand" href="?{"lang=en" if language == "en" else ""}">'
        f"{escape(word('title', language))}</a>"
        '<div class="rk-search" role="search"><input id="rk-find" type="text" role="combobox" autocomplete="off" '
        f'spellcheck="false" aria-expanded="false" aria-controls="rk-found" aria-label="{find}" placeholder="{find}">'
        f'<div id="rk-found" class="rk-found" role="listbox" aria-label="{find}" hidden></div></div>'
        + _button("rk-filters-open", word("filter", language), "rk-button")
        + _button("rk-themes-open", word("theme", language))
        + _button("rk-prefectures-open", word("prefecture", language))
        + _button("rk-more-open", word("details", language))
        + '<div id="rk-chips" class="rk-chips"></div>'
        + _button("rk-share-open", word("share", language))
        + f'<a id="rk-language" class="rk-button" data-language="{other}" href="?lang={other}" lang="{other}">'
        f"{word('language', language)}</a></header>"
    )


def _share(language: Language, outputs: Sequence[tuple[str, str]]) -> str:
    def act(name: str, text: str) -> str:
        return f'<button type="button" class="rk-act" data-output="{name}">{escape(text)}</button>'

    copy = f'<button type="button" id="rk-copy-link" class="rk-act">{escape(word("copy_link", language))}</button>'
    if not outputs:
        return copy
    pictures = "".join(act(name, word(key, language)) for name, key in (SLIDE, *PICTURES))
    kept = act("map.html", word("save_html", language))
    whole = "".join(act(name, word(key, language)) for name, key in EVERYTHING)
    layers = whole + "".join(act(name, word("download", language, layer=word(key, language))) for name, key in LAYERS)
    groups = (("as_screen", pictures), ("to_keep", kept), ("for_gis", layers))
    return copy + "".join(
        f'<div class="rk-share-group"><div class="rk-small">{escape(word(title, language))}</div>{content}</div>'
        for title, content in groups
    )


def _legend(language: Language) -> str:
    def fold(key: str, identifier: str, *, opened: bool = False) -> str:
        return (
            f'<details class="rk-fold"{" open" if opened else ""}><summary>{escape(word(key, language))}</summary>'
            f'<div id="{identifier}"></div></details>'
        )

    return (
        '<details id="rk-legend" class="rk-legend" open>'
        f'<summary aria-label="{escape(word("fold_legend", language))}">'
        f'<span class="rk-word">{escape(word("legend", language))}</span></summary>'
        '<button type="button" id="rk-indicator-open" class="rk-indicator" aria-expanded="false"></button>'
        '<div id="rk-indicator-dated" class="rk-small"></div><div id="rk-classes"></div>'
        f'<div id="rk-dates" class="rk-dates" hidden><output id="rk-date-label" for="rk-date"></output>'
        f'<button type="button" id="rk-play" class="rk-play"></button>'
        f'<input id="rk-date" type="range" min="0" step="1" '
        f'aria-label="{escape(word("date", language))}"></div>'
        + _button("rk-painting-open", word("painting", language), "rk-quiet")
        + fold("layers", "rk-layers")
        + fold("signs", "rk-theme-signs")
        + "</details>"
    )


def _drawer(language: Language, age: str) -> str:
    tabs = "".join(
        f'<button type="button" class="rk-tab" data-panel="{panel}" aria-pressed="false">'
        f"{escape(word(f'panel_{panel}', language))}</button>"
        for panel in PANELS
        if panel
    )
    files_of_table = "".join(
        f'<button type="button" class="rk-tab rk-table-file" data-output="{{panel}}.{form}" hidden>{name}</button>'
        for form, name in (("xlsx", "Excel"), ("csv", "CSV"))
    )
    return (
        f'<nav class="rk-drawer" aria-label="{escape(word("tables_below", language))}">{tabs}'
        '<span class="rk-space"></span>'
        f'<span class="rk-small rk-age">{escape(age)}</span>{files_of_table}'
        f'<button type="button" id="rk-drawer-close" class="rk-tab" hidden>{escape(word("fold_table", language))}'
        "</button></nav>"
    )


def _area_tool(language: Language) -> str:
    """Return the bar by which an area is put together; hidden until someone asks for it."""

    def act(key: str, *, more: str = "") -> str:
        text = escape(word(f"area_{key}", language))
        return f'<button type="button" id="rk-area-{key.replace("_", "-")}" class="rk-edge"{more}>{text}</button>'

    names = escape(word("area_names_label", language))
    ways = (
        f'<label class="rk-small" for="rk-area-text">{names}</label>'
        f'<textarea id="rk-area-text" class="rk-field rk-area-text" rows="5" '
        f'placeholder="{escape(word("area_names_example", language))}"></textarea>'
        + act("add")
        + '<div id="rk-area-told" role="status"></div><div class="rk-share-group">'
        + act("view")
        + act("filtered")
        + f'<div id="rk-area-unfiltered" class="rk-small">{escape(word("area_unfiltered", language))}</div></div>'
    )
    return (
        f'<div id="rk-area" class="rk-area" role="toolbar" aria-label="{escape(word("area_make", language))}" hidden>'
        '<b id="rk-area-count" aria-live="polite"></b>'
        + act("draw", more=' aria-pressed="false"')
        + act("names_open", more=' aria-expanded="false"')
        + act("undo")
        + act("clear")
        + act("done")
        + '<span id="rk-area-hint" class="rk-small"></span></div>'
        '<svg id="rk-draw" class="rk-draw" aria-hidden="true"><polygon points=""></polygon></svg>'
        + _pop("rk-area-names", word("area_names_open", language), ways)
    )


def _phone(language: Language) -> str:
    buttons = "".join(
        f'<button type="button" id="rk-phone-{key}">{escape(word(f"phone_{key}", language))}</button>'
        for key in ("map", "list", "output")
    )
    return f'<nav class="rk-phone">{buttons}</nav>'


def element(language: Language, map_place: str, *, title: str = "", age: str = "", alone: bool = False) -> str:
    """Return the element: the map's place and every control, in the page's language.

    Parameters
    ----------
    language
        Of the words.
    map_place
        The map's place in the document, as Folium writes it.
    title
        What is chosen, shown at the card's place until Streamlit has come.
    age
        How old what is shown is.
    alone
        A file of its own: without what only the server can do.
    """
    find = escape(word("find_indicator", language))
    indicators = (
        f'<input id="rk-indicator-find" class="rk-field" type="search" aria-label="{find}" '
        f'placeholder="{find}"><div id="rk-indicator-list"></div>'
    )
    zoom = "".join(
        f'<button type="button" id="rk-{key}" aria-label="{escape(word(f"zoom_{key}", language))}" '
        f'title="{escape(word(f"zoom_{key}", language))}">{sign}</button>'
        for key, sign in (("home", "⌂"), ("in", "＋"), ("out", "－"))
    )
    card = (
        f'<aside id="rk-card-wait" class="rk-card-wait" aria-busy="true"><h1>{escape(title)}</h1>'
        f'<p class="rk-small">{escape(word("loading", language))}</p></aside>'
    )
    skip = f'<button type="button" id="rk-skip" class="rk-skip">{escape(word("skip_to_card", language))}</button>'
    return (
        f'<div id="rk" class="rk{" rk-alone" if alone else ""}" lang="{language}">'
        f"{'' if alone else skip}"
        f'<div class="rk-place">{map_place}</div>'
        f"{_bar(language)}"
        f"{_pop('rk-filters', word('filter', language))}{_pop('rk-themes', word('theme', language))}"
        f"{_pop('rk-prefectures', word('prefecture', language))}{_pop('rk-more', word('details', language))}"
        f"{_pop('rk-share', word('share', language), _share(language, () if alone else PICTURES))}"
        f"{_pop('rk-indicators', word('indicator', language), indicators)}"
        f"{_pop('rk-painting', word('painting', language))}"
        f'<div class="rk-zoom">{zoom}</div><div id="rk-insets" class="rk-insets"></div>{_legend(language)}'
        f"{'' if alone else _area_tool(language)}"
        '<div id="rk-swipe" class="rk-swipe" hidden><div id="rk-swipe-line" class="rk-swipe-line"></div>'
        '<input id="rk-swipe-input" type="range" min="2" max="98" value="50" step="1" '
        f'aria-label="{escape(word("swipe_label", language))}"></div>'
        f"{'' if alone else card}{_drawer(language, age)}{_phone(language)}"
        '<button type="button" id="rk-handle" class="rk-handle"></button>'
        '<div id="rk-busy" class="rk-busy" role="status" hidden></div>'
        '<div id="rk-notices" class="rk-notices" role="status" aria-live="polite"></div></div>'
    )
