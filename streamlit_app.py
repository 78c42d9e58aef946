"""The page: reads the address, lays out, draws. ``renkei app`` starts it."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from renkei.browser.all_backgrounds import publish_backgrounds
from renkei.browser.map_state import Shown, map_state, shown
from renkei.browser.static_files import BASE_URL, Published, publish_all
from renkei.kept.offline_page import offline_page
from renkei.page import choices, panels, place
from renkei.page.current_atlas import current_atlas
from renkei.page.map_component import CREDIT, HOME, draw, folium_map
from renkei.paper.print_map import Sheet, render
from renkei.present.layer_files import export
from renkei.present.markdown import plain
from renkei.present.page_state import PANELS, PageState
from renkei.present.words import word

if TYPE_CHECKING:
    from renkei.atlas import Atlas

MAP_HEIGHT = 640
# On a narrow screen: the map and what is chosen on it, the choices, the tables.
STYLE = """<style>
.block-container {padding: 2.2rem 1.4rem 1rem;}
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] * {color: inherit !important; opacity: .9;}
@media (max-width: 640px) {
[data-testid="stColumn"]:has(.st-key-panels), [data-testid="stColumn"]:has(.st-key-panels) > div {display: contents;}
[data-testid="stColumn"]:has(> div .st-key-choices) {order: 2;}
[data-testid="stLayoutWrapper"]:has(> .st-key-panels) {order: 3; width: 100%;}
[data-testid="stLayoutWrapper"]:has(> .st-key-place), .st-key-place {
  height: auto !important; max-height: 680px; flex-basis: auto !important;}
}
</style>"""


def counts_line(atlas: Atlas, state: PageState, left: Shown) -> None:
    """Say what the filters leave, of how many."""
    language = state.language
    everything = Shown(atlas.cases(), atlas.ties(), atlas.blocs())

    def part(key: str, count: int, total: int) -> str:
        return (
            f"{word(key, language)} **{count:,}**"
            if count == total
            else (f"{word(key, language)} **{word('of', language, n=count, total=total)}**")
        )

    st.markdown(
        " · ".join(
            (
                part("cases", len(left.cases), len(everything.cases)),
                part("municipalities", len(left.municipality_codes), len(everything.municipality_codes)),
                part("ties", len(left.ties), len(everything.ties)),
                part("blocs", len(left.blocs), len(everything.blocs)),
            )
        )
    )


def nothing_left(state: PageState) -> None:
    """Say that nothing matches and which filter to loosen."""
    language = state.language
    used = [
        word(f"what_{key}", language)
        for key, value in (
            ("text", state.filters.text),
            ("theme", state.filters.themes),
            ("programme", state.filters.programmes),
            ("prefecture", state.filters.prefectures),
            ("kind", state.filters.kinds),
            ("tier", state.filters.tiers),
            ("year", state.filters.years),
        )
        if value
    ]
    st.warning(word("nothing", language, what="・".join(used)))


def downloads(atlas: Atlas, state: PageState, left: Shown, published: Published) -> None:
    """Offer what is on the screen: GeoJSON, one file a layer; one HTML file; a sheet."""
    language = state.language
    menu = st.popover(word("save", language), width="stretch", on_change="rerun", key="save")
    if not menu.open:
        return
    with menu:
        st.caption(word("prepare", language))
        for layer, key in (
            ("cases", "cases"),
            ("partnerships", "ties"),
            ("blocs", "blocs"),
            ("municipalities", "municipalities"),
        ):
            st.download_button(
                word("download", language, layer=word(key, language)),
                data=lambda layer=layer: export(atlas, layer, "geojson", state),
                file_name=f"renkei-{layer}-{date.today().isoformat()}.geojson",  # noqa: DTZ011 - the planner's day
                mime="application/geo+json",
                key=f"download-{layer}",
                on_click="ignore",
                width="stretch",
            )
        page = offline_page(atlas, state, left, published, st.query_params.get("map", ""))
        st.download_button(
            word("save_html", language, size=f"{len(page) / 1e6:.1f}"),
            data=page,
            file_name=f"renkei-{date.today().isoformat()}.html",  # noqa: DTZ011 - the planner's day
            mime="text/html",
            key="save-html",
            on_click="ignore",
            width="stretch",
        )
        sheet = Sheet(state.filters.prefectures[0] if len(state.filters.prefectures) == 1 else "")
        for form in ("pdf", "png"):
            st.download_button(
                word(f"print_{form}", language),
                data=lambda form=form: render(atlas, state, sheet, form),
                file_name=f"renkei-{date.today().isoformat()}.{form}",  # noqa: DTZ011 - the planner's day
                mime="application/pdf" if form == "pdf" else "image/png",
                key=f"print-{form}",
                on_click="ignore",
                width="stretch",
            )


def below_the_map(atlas: Atlas, state: PageState, left: Shown) -> None:
    """Draw the one panel that is open."""
    names = {
        "table": "cases",
        "ties": "ties",
        "blocs": "blocs",
        "matrix": "matrix",
        "multiples": "multiples",
        "survey": "survey",
        "sources": "sources",
    }
    language = state.language
    short = {"survey": "アンケート" if language == "ja" else "Survey"}
    st.segmented_control(
        word("table", language),
        PANELS,
        key="panel",
        label_visibility="collapsed",
        required=True,
        format_func=lambda each: short.get(each) or word(names[each], language),
    )
    match state.panel:
        case "ties":
            panels.ties_table(state, left)
        case "blocs":
            panels.blocs_table(atlas, state, left)
        case "matrix":
            panels.matrix_panel(state, left)
        case "multiples":
            panels.multiples_panel(atlas, state)
        case "survey":
            panels.survey_table(atlas, state)
        case "sources":
            panels.sources_panel(atlas, state)
        case _:
            panels.cases_table(atlas, state, left)


@st.fragment
def explore(notes: list[str]) -> None:
    """Draw the page: a fragment, so that a change runs no more than this, and sends only what it changed."""
    atlas = current_atlas()
    published = publish_all(atlas, Path(__file__).resolve().parent / "static")
    choices.read_map_choice(atlas)
    state = choices.chosen_state(atlas)
    choices.write_address(atlas, state)
    language = state.language
    left = shown(atlas, state.filters)
    # Made before anything is sent: what comes in one go is drawn in one go.
    options = {"base": BASE_URL, "files": published.files, "credit": CREDIT, "home": HOME}
    built = folium_map(published.scripts, published.styles, options)
    ahead = publish_backgrounds(atlas, published.static, language)
    message = map_state(atlas, state, left, published.static, st.session_state.get("fly", 0), ahead)
    if notes:
        st.info(word("bad_link", language, what=plain("、".join(notes))))
    head, save = st.columns([5, 1], vertical_alignment="bottom")
    choices_column, right = st.columns([1, 4.15])
    map_column, place_column = right.columns([3, 1.15])
    # The map goes first: it is what the planner waits for.
    with map_column, st.container(key="map-part"):
        whole = draw(built, message, height=MAP_HEIGHT)
        # Let the server's thread send the map now, before the rest is made.
        time.sleep(0.002)
        if not whole:
            st.warning(word("plain_map", language))
        counts, about = st.columns([3, 1.2], vertical_alignment="center")
        with counts:
            counts_line(atlas, state, left)
        with about:
            panels.completeness_line(atlas, language)
        if not (len(left.cases) or len(left.ties) or len(left.blocs)):
            nothing_left(state)
    with choices_column, st.container(key="choices"):
        choices.all_choices(atlas, language)
    with head:
        st.markdown(f"#### {word('title', language)}　:gray[:small[{word('lead', language)}]]")
    with save:
        downloads(atlas, state, left, published)
    with place_column, st.container(height=MAP_HEIGHT + 40, border=False, key="place"):
        if state.pair:
            place.pair_panel(atlas, state)
        elif state.bloc:
            place.bloc_panel(atlas, state)
        elif state.code:
            place.municipality_panel(atlas, state)
        else:
            st.info(word("nothing_chosen", language))
    with right, st.container(key="panels"):
        below_the_map(atlas, state, left)


def main() -> None:
    """Draw the page once."""
    st.set_page_config(page_title="連携マップ renkei", page_icon="🗾", layout="wide")
    st.html(STYLE)
    explore(choices.read_address(current_atlas()))


main()
