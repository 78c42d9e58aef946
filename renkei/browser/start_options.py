"""What the map script is started with: addresses, words, defaults, and the state of the first painting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.codes import PREFECTURES
from renkei.browser.addresses import BASE_URL, PLACE, VISITOR, made_address
from renkei.browser.element import HOME
from renkei.present.page_state import defaults
from renkei.present.words import japanese_date, word

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.browser.contract import MapState, StartOptions
    from renkei.browser.static_files import Published
    from renkei.present.words import Language

CREDIT = {
    "ja": "「気象庁ホームページ」（警報等区域 2025年3月）を加工して作成",
    "en": "Made by processing data of the JMA website (warning areas, March 2025)",
}
TABLES = ("table", "ties", "networks", "blocs", "indicators")
"""The panels whose table is kept as a file."""
_REGIONS = (
    ("北海道・東北", "Hokkaido, Tohoku", 1, 7),
    ("関東", "Kanto", 8, 14),
    ("中部", "Chubu", 15, 23),
    ("近畿", "Kinki", 24, 30),
    ("中国・四国", "Chugoku, Shikoku", 31, 39),
    ("九州・沖縄", "Kyushu, Okinawa", 40, 47),
)
_WORDS = [
    "all",
    "ambiguous",
    "apart",
    "area_count",
    "area_hint",
    "area_hint_draw",
    "area_make",
    "area_make_note",
    "area_no_names",
    "area_none_inside",
    "area_none_left",
    "area_not_drawn",
    "area_read",
    "area_together",
    "area_too_many",
    "area_unknown",
    "auto",
    "bad_link",
    "bivariate",
    "breaks",
    "breaks_example",
    "breaks_wrong",
    "calm",
    "cases_here",
    "chip_text",
    "clear",
    "compare",
    "definition",
    "difference_from",
    "dismiss",
    "downward",
    "each_municipality",
    "equal",
    "hide_class",
    "layer_blocs",
    "layer_cases",
    "layer_core_city",
    "layer_medical",
    "layer_networks",
    "layer_self_reliant",
    "layer_ties",
    "layer_tiles",
    "line_0",
    "line_1",
    "line_2",
    "line_3",
    "link_copied",
    "loading",
    "making",
    "manual",
    "map_label",
    "nansei",
    "natural",
    "no_answer",
    "no_difference",
    "no_indicator",
    "no_second",
    "no_tiles",
    "not_made",
    "ogasawara",
    "pairs_and_ties",
    "pause",
    "play",
    "quantile",
    "queueing",
    "scheme",
    "search_words",
    "search_words_note",
    "second",
    "sheet_down",
    "sheet_up",
    "swipe",
    "take_off",
    "text",
    "text_example",
    "unit_help",
    "unit_of",
    "upward",
    "what_kind",
    "what_programme",
    "what_tier",
    "what_year",
    "working",
]


def data_age(atlas: Atlas, language: Language) -> str:
    """Say how old what is shown is."""
    newest = atlas.indicator("register_population").dates[-1]
    return word("data_age", language, population=japanese_date(newest) if language == "ja" else newest)


def start_options(
    atlas: Atlas,
    published: Published,
    language: Language,
    state: MapState,
    *,
    alone: bool = False,
    view: str = "",
    notes: tuple[str, ...] = (),
) -> StartOptions:
    """Return what the map script is started with.

    Parameters
    ----------
    atlas, published, language
        Of the page.
    state
        What is painted first.
    alone
        A file of its own: no server answers.
    view
        Where a map of its own stands: ``zoom/latitude/longitude``, or "".
    notes
        Parts of the address that were ignored.
    """
    codes = list(PREFECTURES)
    files = {key: name for key, name in published.files.items() if not key.startswith("index-")}
    return {
        "base": BASE_URL,
        "made": made_address(atlas),
        "place": PLACE,
        "visitor": VISITOR,
        "files": files | {"index": published.files[f"index-{language}"]},
        "credit": CREDIT[language],
        "home": HOME,
        "language": language,
        "words": {key: word(key, language) for key in _WORDS},
        "defaults": defaults(),
        "regions": [
            (name if language == "ja" else english, codes[first - 1 : last]) for name, english, first, last in _REGIONS
        ],
        "tables": list(TABLES),
        "state": state,
        "alone": alone,
        "view": view,
        "notes": list(notes),
    }
