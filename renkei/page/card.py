"""The card at the side: what is here, or what is known of what is chosen; one tab at a time."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from geo.codes import to_code6
from geo.gazetteer import municipalities
from geo.measure import distance_km, party_point
from layers.tables import rows
from layers.themes import NO_THEME, THEMES
from renkei.analysis.bloc_values import bloc_values, told_of_several
from renkei.browser.map_facts import case_place
from renkei.page.area_card import area_card
from renkei.page.case_view import draw_case
from renkei.page.choices import ask, choose
from renkei.page.partner_view import partner_view
from renkei.page.place_facts import (
    bloc_line,
    by_time,
    case_heading,
    case_line,
    having,
    line,
    network_line,
    other_ties,
    place_buttons,
    programme_lines,
    section,
    statement_lines,
    tie_line,
    ties_by_partner,
    ties_of,
    where,
)
from renkei.page.place_figures import figure_text, indicator_lines
from renkei.page.place_profile import place_profile
from renkei.page.pyramid import draw_pyramid
from renkei.page.timeline_view import timeline_view
from renkei.page.ward_panel import ward_panel
from renkei.present.indicator_classes import formatted_values, title_of
from renkei.present.markdown import plain
from renkei.present.party_names import party_name
from renkei.present.source_names import cited
from renkei.present.words import dated, japanese_date, word

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from renkei.atlas import Atlas
    from renkei.browser.map_state import Shown
    from renkei.present.page_state import PageState
    from renkei.present.words import Language

IN_BLOC = ("projected_population", "population_change_2020_2050", "share_65", "fit_solar_kw_per_1000", "online_rate_32")
"""Told of a chosen area as a whole."""
MOST_LISTED = 8
"""So many cases are listed where nothing is chosen."""
TAB = "card-tab"
"""Under this key of Streamlit's session lies which tab of a municipality's card is open."""
TABS = ("about", "cases", "ties", "networks", "blocs", "figures", "partners")


def card(atlas: Atlas, state: PageState, left: Shown) -> None:
    """Draw the card of what is chosen, or of what is shown."""
    if state.area:
        area_card(atlas, state, lambda title, small: _head(title, small, state))
    elif state.pair:
        pair_card(atlas, state)
    elif state.bloc:
        bloc_card(atlas, state)
    elif state.network:
        network_card(atlas, state)
    elif state.code.endswith("000"):
        prefecture_card(atlas, state, left)
    elif state.code:
        municipality_card(atlas, state)
    else:
        overview(atlas, state, left)


def _head(title: str, small: str, state: PageState) -> None:
    st.markdown(f"### {plain(title)}")
    st.button(
        "✕",
        on_click=choose,
        kwargs={"fly": False},
        key="close-card",
        help=word("close", state.language),
        type="tertiary",
    )
    if small:
        st.caption(plain(small))


def _big(figures: list[tuple[str, str]]) -> None:
    """Draw a few figures large, each with its word below."""
    st.html(
        '<div class="rk-big">'
        + "".join(f"<span><b>{escape(value)}</b>{escape(name)}</span>" for name, value in figures)
        + "</div>"
    )


# ---- nothing chosen ------------------------------------------------------------------------------------------


def overview(atlas: Atlas, state: PageState, left: Shown) -> None:
    """Say what is here: how many of each, the themes as bars, the cases in view."""
    language = state.language
    st.markdown(f"### {plain(word('overview' if state.filters.is_empty else 'overview_filtered', language))}")
    if state.filters.is_empty:
        st.caption(plain(word("nothing_chosen", language)))
    _counts(atlas, state, left)
    if left.is_empty:
        nothing_left(state)
        return
    _themes(state, left)
    _case_list(atlas, state, left.cases, word("cases_in_view", language))


def _counts(atlas: Atlas, state: PageState, left: Shown) -> None:
    language = state.language
    _big(
        [
            (word("cases", language), f"{len(left.cases):,}"),
            (word("pairs", language), f"{left.pair_count:,}"),
            (word("networks", language), f"{len(left.networks):,}"),
            (word("blocs", language), f"{len(left.blocs):,}"),
            (word("municipalities", language), f"{len(left.municipality_codes):,}"),
        ]
    )
    totals = {
        "cases": (len(left.cases), len(atlas.cases())),
        "blocs": (len(left.blocs), len(atlas.blocs())),
    }
    if any(count != total for count, total in totals.values()):
        told = "、".join(
            f"{word(key, language)} {word('of', language, n=count, total=total)}"
            for key, (count, total) in totals.items()
        )
        st.caption(plain(told))


def nothing_left(state: PageState) -> None:
    """Say that nothing matches and which filter to loosen."""
    language, filters = state.language, state.filters
    used = [each.title(language) for each, _ in filters.chosen()]
    st.warning(word("nothing", language, what="・".join(used)))


def _themes(state: PageState, left: Shown) -> None:
    counts = left.cases["primary_theme"].value_counts()
    if counts.empty:
        return
    longest = int(counts.max())
    bars = []
    for theme in (*THEMES, NO_THEME):
        number = int(counts.get("" if theme is NO_THEME else theme.name, 0))
        if number:
            name = theme.name_en if state.language == "en" else theme.name
            bar = f'<i style="width:{100 * number / longest:.0f}%;background:{theme.color}"></i>'
            bars.append(f"<span>{escape(name)}</span><span>{bar}</span><span>{number}</span>")
    st.markdown(f"##### {plain(word('by_theme', state.language))}")
    st.html(f'<div class="rk-bars">{"".join(bars)}</div>')


def _case_list(atlas: Atlas, state: PageState, cases: pd.DataFrame, title: str) -> None:
    """List cases as buttons that go to their place."""
    language = state.language
    st.markdown(f"##### {plain(title)}")
    for position, row in enumerate(rows(cases.head(MOST_LISTED))):
        place = case_place(row)
        text = f"**{plain(party_name(place, language))}**　{plain(case_heading(atlas, row, language))}"
        st.button(text, key=f"listed-{position}", on_click=choose, kwargs={"code": place}, type="tertiary")
    if len(cases) > MOST_LISTED:
        st.caption(word("more_in_table", language, n=len(cases) - MOST_LISTED))


# ---- a municipality ------------------------------------------------------------------------------------------


def municipality_card(atlas: Atlas, state: PageState) -> None:
    """Draw everything known of the chosen municipality, whatever the filters leave."""
    code, language = state.code, state.language
    row = municipalities().loc[code]
    kana = row["kana"] if language == "ja" else row["name"]
    _head(
        party_name(code, language),
        f"{kana}　{word('code', language)} {to_code6(code)}　{row['area_km2']:,.2f} km²",
        state,
    )
    every = ties_of(atlas.ties(), code)
    own = {
        "cases": having(atlas.cases(), code),
        "ties": every[every["counted"].astype(bool)],
        "networks": having(atlas.networks(), code),
        "blocs": having(atlas.blocs(), code),
    }
    references = every[~every["counted"].astype(bool)]
    draw: dict[str, Callable[[], None]] = {
        "about": lambda: _about(atlas, state, own),
        "cases": lambda: _cases(atlas, state, own["cases"]),
        "ties": lambda: _ties(atlas, state, own["ties"], references),
        "networks": lambda: _networks(state, own["networks"]),
        "blocs": lambda: _blocs(atlas, state, own["blocs"]),
        "figures": lambda: _figures(atlas, state),
        "partners": lambda: partner_view(atlas, state),
    }
    draw[_tab(state, {key: len(frame) for key, frame in own.items()})]()


def _tab(state: PageState, counts: dict[str, int]) -> str:
    """Draw the tabs with how many each holds; return the one that is open."""
    language = state.language
    return str(
        st.segmented_control(
            word("card_tabs", language),
            TABS,
            key=TAB,
            default="about",
            label_visibility="collapsed",
            required=True,
            format_func=lambda each: (
                f"{word(f'tab_{each}', language)} {counts[each]}" if each in counts else word(f"tab_{each}", language)
            ),
        )
        or "about"
    )


def _nothing(key: str, state: PageState) -> str:
    return word("nothing_known", state.language, what=word(key, state.language))


def _about(atlas: Atlas, state: PageState, own: dict[str, pd.DataFrame]) -> None:
    """Draw the first look: three figures, partners one press away, cases by their titles."""
    code, language = state.code, state.language
    _big(
        [
            (word("population", language), figure_text(atlas, "register_population", code, language)),
            (word("change_to_2050", language), figure_text(atlas, "population_change_2020_2050", code, language)),
            (word("share_65", language), figure_text(atlas, "share_65", code, language)),
        ]
    )
    partners = list(
        dict.fromkeys(
            each
            for ends in zip(own["ties"]["from_code"], own["ties"]["to_code"], strict=True)
            for each in ends
            if each != code
        )
    )
    if section(word("partners", language), len(partners), _nothing("ties", state)):
        for partner in partners[:MOST_LISTED]:
            _open(state, partner, pair="-".join(sorted((code, partner))))
    if section(word("cases", language), len(own["cases"]), _nothing("cases", state)):
        for _, each in own["cases"].iterrows():
            case_line(atlas, each, language)
    if not partners:
        st.caption(word("how_to_add", language))
    area_button(language)


def area_button(language: Language) -> None:
    """Draw the button by which a chosen place becomes the first of an area; the browser's tool takes the press."""
    st.html(f'<button type="button" class="rk-edge" data-area-open="1">{escape(word("area_begin", language))}</button>')


def _open(state: PageState, partner: str, *, pair: str) -> None:
    label = plain(party_name(partner, state.language))
    st.button(f"{label}　›", key=f"partner-{pair}-{partner}", on_click=choose, kwargs={"pair": pair}, type="tertiary")


def _cases(atlas: Atlas, state: PageState, own: pd.DataFrame) -> None:
    if not len(own):
        st.caption(_nothing("cases", state))
    for identifier in own["id"]:
        draw_case(atlas, identifier, state.language, opened=len(own) == 1)
    timeline_view(atlas, state.language, code=state.code)
    statement_lines(atlas, state.code, state.language)


def _ties(atlas: Atlas, state: PageState, own: pd.DataFrame, references: pd.DataFrame) -> None:
    language, code = state.language, state.code
    if not len(own):
        st.caption(_nothing("ties", state))
        st.caption(word("how_to_add", language))
    ties_by_partner(own, code, language)
    if len(references):
        section(word("references", language), len(references), "")
        ties_by_partner(references, code, language)
    other_ties(atlas, code, language)


def _networks(state: PageState, own: pd.DataFrame) -> None:
    if not len(own):
        st.caption(_nothing("networks", state))
    for _, each in own.iterrows():
        network_line(each, state)


def _blocs(atlas: Atlas, state: PageState, own: pd.DataFrame) -> None:
    if not len(own):
        st.caption(_nothing("blocs", state))
        st.caption(word("how_to_add", state.language))
    for _, each in own.iterrows():
        bloc_line(atlas, each, state)
    programme_lines(atlas, state.code, state.language)


def _figures(atlas: Atlas, state: PageState) -> None:
    ward_panel(atlas, state.code, state.language)
    place_profile(atlas, state)
    draw_pyramid(atlas.age_groups([state.code]), state.language)
    indicator_lines(atlas, state.code, state)
    beside = {
        "panel": "indicators",
        "towns": "-".join(dict.fromkeys((state.code, *filter(None, state.towns.split("-"))))),
    }
    st.button(word("compare_with", state.language), key="compare-with", on_click=ask, kwargs=beside)


# ---- a prefecture, a pair, an area, a network ----------------------------------------------------------------


def prefecture_card(atlas: Atlas, state: PageState, left: Shown) -> None:
    """Draw a prefecture: its own cases, those of its towns, its areas and networks, its towns."""
    code, language = state.code, state.language
    prefecture = code[:2]
    towns = [each for each in municipalities().index if each.startswith(prefecture)]
    _head(
        party_name(code, language),
        f"{word('municipalities', language)} {len(towns)}　{word('code', language)} {to_code6(code)}",
        state,
    )

    def inside(frame: pd.DataFrame) -> pd.DataFrame:
        return where(frame, [prefecture in codes for codes in frame["prefecture_codes"]])

    cases, blocs, networks = inside(left.cases), inside(left.blocs), inside(left.networks)
    ties = inside(left.ties)
    _big(
        [
            (word("cases", language), f"{len(cases):,}"),
            (word("ties", language), f"{len(ties):,}"),
            (word("networks", language), f"{len(networks):,}"),
            (word("blocs", language), f"{len(blocs):,}"),
        ]
    )
    own = where(cases, [not members for members in cases["member_codes"]])
    if len(own):
        section(word("own_cases", language, prefecture=party_name(code, language)), len(own), "")
        for _, each in own.iterrows():
            case_line(atlas, each, language)
    others = where(cases, [bool(members) for members in cases["member_codes"]])
    if len(others):
        _case_list(atlas, state, others, word("cases_of_towns", language))
    if section(word("blocs", language), len(blocs), _nothing("blocs", state)):
        for _, each in blocs.head(MOST_LISTED).iterrows():
            bloc_line(atlas, each, state)
        if len(blocs) > MOST_LISTED:
            st.caption(word("more_in_table", language, n=len(blocs) - MOST_LISTED))
    with st.expander(f"{word('towns_of', language, prefecture=party_name(code, language))} {len(towns)}"):
        place_buttons(towns, "town", language)


def pair_card(atlas: Atlas, state: PageState) -> None:
    """Draw the ties of the chosen pair one by one, with the distance between the two offices."""
    language = state.language
    first, second = state.pair.split("-")
    distance = distance_km(party_point(first), party_point(second))
    _head(f"{party_name(first, language)} – {party_name(second, language)}", f"{distance:,.0f} km", state)
    own = ties_of(ties_of(atlas.ties(), first), second)
    if not len(own):
        st.caption(_nothing("ties", state))
    for counted, title in ((True, "ties"), (False, "references")):
        some = by_time(own[own["counted"].astype(bool).eq(counted)])
        if len(some):
            section(word(title, language), len(some), "")
        for _, each in some.iterrows():
            tie_line(each, language)
    for code in (first, second):
        st.button(
            f"{plain(party_name(code, language))}　›", on_click=choose, kwargs={"code": code}, key=f"party-{code}"
        )


def _members(codes: tuple[str, ...], state: PageState) -> None:
    st.markdown(f"##### {plain(word('members', state.language))} {len(codes)}")
    place_buttons(codes, "member", state.language)


def bloc_card(atlas: Atlas, state: PageState) -> None:
    """Draw what is known of the chosen area: members, evidence, and its indicators as one."""
    language = state.language
    frame = atlas.blocs()
    row = frame[frame["id"].eq(state.bloc)].iloc[0]
    _head(row["name"], "", state)
    bloc_line(atlas, row, state)
    if row["until"]:
        st.caption(f"{word('until', language)} {japanese_date(row['until'])}")
    st.markdown(f"##### {plain(word('indicators', language))}")
    known = {each.id for each in atlas.indicators()}
    for identifier in dict.fromkeys((state.indicator_id, *IN_BLOC)):
        if identifier not in known or not told_of_several(each := atlas.indicator(identifier)):
            continue
        date = state.date if each.id == state.indicator_id else each.dates[-1]
        of_bloc = bloc_values(atlas, str(row["layer"]), each.id, date).loc[[state.bloc]]
        told = formatted_values(each, of_bloc, language)[0]
        about = plain(f"{word('source', language)}：{cited(each, language)}")
        value = plain(told or word("no_data", language))
        line(f"{plain(title_of(each, language))}　**{value}**", plain(dated(date, each.flag(date), language)), about)
    st.caption(word("unit_help", language))
    area_button(language)
    _members(tuple(row["member_codes"]), state)


def network_card(atlas: Atlas, state: PageState) -> None:
    """Draw what is known of the chosen network: what it is, what says so, its members."""
    frame = atlas.networks()
    row = frame[frame["id"].eq(state.network)].iloc[0]
    _head(row["name"], "", state)
    network_line(row, state)
    area_button(state.language)
    _members((*row["member_codes"], *row["prefecture_members"]), state)
