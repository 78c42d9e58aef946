"""The choices on the left: find, filter, background indicator, layers; kept in step with the address."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import streamlit as st

from geo.codes import PREFECTURES, PREFECTURES_EN, to_code6
from geo.gazetteer import display_name, municipalities, wards
from geo.resolve import resolve
from layers.evidence import TIERS
from layers.filters import Filters, filter_options
from layers.themes import THEMES
from layers.tie_kinds import TIE_KINDS
from renkei.analysis.bloc_values import told_of_several
from renkei.browser.map_state import classify_indicator
from renkei.present.markdown import plain
from renkei.present.page_state import (
    COMPARE,
    LAYERS,
    SCHEMES,
    UNITS,
    PageState,
    from_query,
    possible_view,
    read_breaks,
    written_breaks,
)
from renkei.present.words import japanese_date, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.resolve import Resolution
    from renkei.atlas import Atlas
    from renkei.present.words import Language

MAP_KEY = "renkei-map"
"""Key under which the map component leaves what was chosen on it."""

_MAP_ADDRESS = "map"
"""The address parameter that the browser alone keeps: zoom/latitude/longitude."""


def _address() -> dict[str, list[str]]:
    return {key: st.query_params.get_all(key) for key in st.query_params if key != _MAP_ADDRESS}


def _put_into_widgets(state: PageState) -> None:
    """Set every widget to a state; only before the widgets of this run are made."""
    session = st.session_state
    session["themes"] = [theme.name for theme in THEMES if theme.name in state.filters.themes]
    session["prefectures"] = list(state.filters.prefectures)
    session["programmes"] = list(state.filters.programmes)
    session["kinds"] = list(state.filters.kinds)
    session["tiers"] = list(state.filters.tiers)
    session["years"] = [str(year) for year in state.filters.years]
    session["text"] = state.filters.text
    session["indicator"] = state.indicator_id
    session["date"] = state.date
    session["scheme"] = state.scheme
    session["breaks"] = written_breaks(state.breaks)
    session["unit"] = state.unit
    session["second"] = state.second_id
    session["compare"] = state.compare
    session["layers"] = list(state.layers)
    session["panel"] = state.panel
    session["state"] = state


def read_address(atlas: Atlas) -> list[str]:
    """Take over the address when it is not the one this page wrote: first visit, link, back button.

    Returns
    -------
    list of str
        Notes on the values that were ignored.
    """
    query = _address()
    if st.session_state.get("address") == query and "state" in st.session_state:
        return cast("list[str]", st.session_state.get("notes", []))
    state, notes = from_query(atlas, query)
    where = st.query_params.get(_MAP_ADDRESS, "")
    if where and not possible_view(where):
        notes.append(f"{_MAP_ADDRESS}={where[:40]}")
    _put_into_widgets(state)
    st.session_state["address"] = query
    st.session_state["notes"] = notes
    if state.code or state.bloc:
        st.session_state["fly"] = st.session_state.get("fly", 0) + ("map" not in st.query_params)
    return notes


def write_address(atlas: Atlas, state: PageState) -> None:
    """Write a state into the address, leaving the map's own parameter as it is."""
    query = state.to_query(atlas)
    st.session_state["state"] = state
    if query == _address():
        st.session_state["address"] = query
        return
    where = {_MAP_ADDRESS: [st.query_params[_MAP_ADDRESS]]} if _MAP_ADDRESS in st.query_params else {}
    st.query_params.from_dict({**query, **where})
    st.session_state["address"] = query


def choose(code: str = "", pair: str = "", bloc: str = "", *, fly: bool = False) -> None:
    """Choose a municipality, a pair or a bloc; ``fly`` moves the map to it. For callbacks."""
    st.session_state["state"] = replace(st.session_state["state"], code=code, pair=pair, bloc=bloc)
    if fly:
        st.session_state["fly"] = st.session_state.get("fly", 0) + 1


def read_map_choice(atlas: Atlas) -> None:
    """Take over what was clicked on the map since the last run."""
    event = st.session_state.get(MAP_KEY)
    if not isinstance(event, dict) or event.get("n") == st.session_state.get("map_event"):
        return
    st.session_state["map_event"] = event.get("n")
    if "pair" in event:
        query: Mapping[str, list[str]] = {"tie": [str(event["pair"])]}
        choose(pair=from_query(atlas, query)[0].pair)
    elif "layers" in event:
        asked = [str(layer)[:40] for layer in list(event["layers"])[: len(LAYERS)]]
        st.session_state["layers"] = list(from_query(atlas, {"show": asked or ["none"]})[0].layers)
    elif "date" in event:
        session = st.session_state
        if event["date"] in atlas.indicator(session["indicator"]).dates:
            session["date"] = event["date"]
    elif "code" in event:
        query = {"code": [str(event["code"])]}
        choose(code=from_query(atlas, query)[0].code)


def _look_for() -> None:
    """Look for what was typed; one municipality is chosen at once, anything else is left to be shown."""
    text = st.session_state["find"].strip()
    found = resolve(text) if text else None
    if found is not None and found.code is not None and found.status in ("resolved", "merged"):
        choose(found.code, fly=True)
    st.session_state["found"] = found


def _find(language: Language) -> None:
    st.text_input(word("find", language), placeholder=word("find_example", language), key="find", on_change=_look_for)
    found: Resolution | None = st.session_state.get("found")
    if found is None or found.status == "resolved":
        return
    text = plain(found.input)
    if found.status == "merged":
        st.info(word("merged", language, text=text, explanation=plain(found.explanation)))
    elif found.status == "ambiguous":
        st.info(word("ambiguous", language, text=text))
    else:
        st.warning(word("unknown", language, text=text))
        if found.candidates:
            st.caption(word("did_you_mean", language))
    for code in _cities(found.candidates):
        label = f"{display_name(code)}（{to_code6(code)}）"
        st.button(label, key=f"candidate-{code}", on_click=_take, args=(code,), width="stretch")


def _cities(candidates: tuple[str, ...]) -> list[str]:
    """Return at most eight municipalities; a ward stands for its city."""
    cities = [str(wards()["city_code"].get(code, code)) for code in candidates]
    return [code for code in dict.fromkeys(cities) if code in municipalities().index][:8]


def _take(code: str) -> None:
    st.session_state["found"] = None
    choose(code, fly=True)


def _clear_filters() -> None:
    for key in ("themes", "prefectures", "programmes", "kinds", "tiers", "years"):
        st.session_state[key] = []
    st.session_state["text"] = ""


def _swap_language() -> None:
    state: PageState = st.session_state["state"]
    st.session_state["state"] = replace(state, language="en" if state.language == "ja" else "ja")


def chosen_state(atlas: Atlas) -> PageState:
    """Return the state that the widgets hold, before they are drawn: the map need not wait for them."""
    session = st.session_state
    state: PageState = session["state"]
    now = replace(
        state,
        filters=Filters.from_values(
            atlas.tables,
            themes=session["themes"],
            prefectures=session["prefectures"],
            programmes=session["programmes"],
            years=session["years"],
            text=session["text"],
            kinds=session["kinds"],
            tiers=session["tiers"],
        ),
        indicator_id=session["indicator"],
        date=session.get("date", ""),
        scheme=session.get("scheme") or "auto",
        breaks=read_breaks(session.get("breaks") or "") if session.get("scheme") == "manual" else (),
        unit=session.get("unit") or "municipality",
        second_id=session.get("second") or "",
        compare=session.get("compare") or "swipe",
        layers=tuple(session["layers"]),
        panel=session.get("panel") or "table",
    ).with_default_date(atlas)
    session["date"] = now.date
    return now


def _start_by_hand(atlas: Atlas) -> None:
    """Begin with the breaks that the indicator has by itself."""
    session = st.session_state
    if session.get("scheme") == "manual":
        chosen = atlas.indicator(session["indicator"])
        session["breaks"] = written_breaks(classify_indicator(atlas, chosen, chosen.dates[-1]).breaks)


def _background(atlas: Atlas, language: Language) -> None:
    english = language == "en"
    catalog = {each.id: each for each in atlas.indicators()}
    groups = list(dict.fromkeys(each.group for each in catalog.values()))
    group = st.pills(
        word("group", language), groups, key="group", format_func=lambda each: word(f"group_{each}", language)
    )
    offered = [each.id for each in catalog.values() if group in (None, each.group)]
    if st.session_state["indicator"] not in offered:
        offered.insert(0, st.session_state["indicator"])
    identifier = st.selectbox(
        word("indicator", language),
        offered,
        key="indicator",
        on_change=_start_by_hand,
        args=(atlas,),
        format_func=lambda each: catalog[each].title_en if english else catalog[each].title,
    )
    numbers = [each.id for each in catalog.values() if each.kind == "number"]
    st.selectbox(
        word("second", language),
        ["", *numbers],
        key="second",
        format_func=lambda each: (
            (catalog[each].title_en if english else catalog[each].title) if each else word("no_second", language)
        ),
    )
    if st.session_state["second"]:
        st.segmented_control(
            word("compare", language),
            COMPARE,
            key="compare",
            required=True,
            format_func=lambda each: word(each, language),
        )
    if told_of_several(catalog[identifier]):
        st.selectbox(
            word("unit_of", language),
            UNITS,
            key="unit",
            format_func=lambda each: word("other_blocs" if each == "blocs" else str(each), language),
            help=word("unit_help", language),
        )
    if atlas.indicator(identifier).kind == "number":
        st.segmented_control(
            word("scheme", language),
            SCHEMES,
            key="scheme",
            required=True,
            on_change=_start_by_hand,
            args=(atlas,),
            format_func=lambda each: word(each, language),
        )
        if st.session_state["scheme"] == "manual":
            st.text_input(word("breaks", language), key="breaks", placeholder=word("breaks_example", language))
            if st.session_state["breaks"].strip() and not read_breaks(st.session_state["breaks"]):
                st.warning(word("breaks_wrong", language))


def _narrowed() -> bool:
    session = st.session_state
    return any(session[key] for key in ("programmes", "kinds", "tiers", "years", "text"))


def _more_filters(atlas: Atlas, language: Language) -> None:
    english = language == "en"
    names = atlas.programmes()["name_en" if english else "name"]
    st.multiselect(
        word("programme", language),
        list(atlas.programmes().index),
        key="programmes",
        format_func=lambda each: names[each],
        placeholder=word("all", language),
    )
    kinds = {each.id: each.name_en if english else each.name for each in TIE_KINDS}
    st.multiselect(
        word("kinds", language),
        filter_options(atlas.tables)["kinds"],
        key="kinds",
        format_func=lambda each: kinds[each],
        placeholder=word("all", language),
    )
    st.multiselect(
        word("tiers", language),
        list(TIERS),
        key="tiers",
        format_func=lambda each: word(f"tier_{each}", language),
        placeholder=word("all", language),
    )
    st.multiselect(
        word("years", language),
        sorted({*filter_options(atlas.tables)["years"], *st.session_state["years"]}, reverse=True),
        key="years",
        format_func=lambda each: each if english else japanese_date(each),
        placeholder=word("all", language),
    )
    st.text_input(word("text", language), key="text", placeholder=word("text_example", language))


def all_choices(atlas: Atlas, language: Language) -> None:
    """Draw the choices."""
    english = language == "en"
    _find(language)
    st.pills(
        word("theme", language),
        [theme.name for theme in THEMES],
        selection_mode="multi",
        key="themes",
        format_func=lambda name: next(t.name_en if english else t.name for t in THEMES if t.name == name),
    )
    st.multiselect(
        word("prefecture", language),
        list(PREFECTURES),
        key="prefectures",
        format_func=lambda code: PREFECTURES_EN[code] if english else PREFECTURES[code],
        placeholder=word("all", language),
    )
    with st.expander(word("more_filters", language), expanded=_narrowed()):
        _more_filters(atlas, language)
    _background(atlas, language)
    left, right = st.columns(2)
    left.button(word("clear", language), on_click=_clear_filters, width="stretch", type="tertiary")
    right.button(word("language", language), on_click=_swap_language, width="stretch", type="tertiary")
