"""Whom could we work with, about what, and why: candidates by theme with the points of their score; like towns."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from layers.themes import THEMES
from renkei.analysis.partners.finder import Search, partners
from renkei.analysis.peers import GROUP_NAMES, peers
from renkei.page.choices import choose
from renkei.present.markdown import link, plain
from renkei.present.party_names import party_name
from renkei.present.words import word

if TYPE_CHECKING:
    from renkei.analysis.partners.finder import Candidate, Distance, Partners
    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState
    from renkei.present.words import Language

MOST_CANDIDATES = 10
MOST_PEERS = 8
DISTANCES = ("any", "near", "far")


def partner_view(atlas: Atlas, state: PageState) -> None:
    """Draw the partner finder and the like towns of the chosen municipality."""
    language = state.language
    what = st.segmented_control(
        word("tab_partners", language),
        ("partners", "peers"),
        key="partner-what",
        default="partners",
        required=True,
        label_visibility="collapsed",
        format_func=lambda each: word(f"finder_{each}", language),
    )
    if what == "peers":
        _peers(atlas, state)
    else:
        _partners(atlas, state)


def _partners(atlas: Atlas, state: PageState) -> None:
    language = state.language
    english = language == "en"
    names = {each.name: each.name_en if english else each.name for each in THEMES}
    asked = next(iter(state.filters.themes), "防災")
    left, right = st.columns([1.3, 1])
    theme = left.selectbox(
        word("theme", language),
        list(names),
        index=list(names).index(asked),
        key=f"finder-theme-{asked}",
        format_func=lambda each: names[each],
    )
    distance = right.selectbox(
        word("finder_distance", language),
        DISTANCES,
        key="finder-distance",
        format_func=lambda each: word(f"finder_{each}", language),
    )
    problem = st.text_input(
        word("finder_problem", language), key="finder-problem", placeholder=word("finder_example", language)
    )
    found = partners(
        atlas,
        state.code,
        Search(theme, problem=problem.strip()[:200], distance=cast("Distance", distance)),
        top=MOST_CANDIDATES,
    )
    st.caption(plain(word("finder_lead", language)))
    parts = {each.id: each.name_en if english else each.name for each in found.parts}
    for each in found.candidates:
        _candidate(each, parts, state)
    _known(found, state)
    if found.missing:
        st.caption(plain(f"{word('finder_missing', language)}：{'、'.join(found.missing)}"))


def _candidate(each: Candidate, parts: dict[str, str], state: PageState) -> None:
    language = state.language
    name = plain(party_name(each.code, language))
    known = f"　:small[{plain(word('finder_known', language))}]" if each.known_tie else ""
    st.button(f"{name}　›", key=f"candidate-{each.code}", on_click=choose, kwargs={"code": each.code}, type="tertiary")
    shown = sorted(((value, parts.get(key, key)) for key, value in each.parts.items() if value), reverse=True)
    told = "　".join(f"{plain(part)} {value:+d}" for value, part in shown)
    st.markdown(f"**{each.score}**{known}　:gray[{each.distance_km:,.0f} km]  \n:gray[:small[{told}]]")
    if each.evidence:
        with st.expander(word("finder_why", language)):
            for piece in each.evidence:
                source = link(piece.url, piece.source) if piece.url else plain(piece.source)
                st.markdown(f"{plain(piece.text)}　:gray[:small[{source}]]")


def _known(found: Partners, state: PageState) -> None:
    if not found.known:
        return
    names = "、".join(party_name(each.code, state.language) for each in found.known[:MOST_CANDIDATES])
    st.caption(plain(f"{word('finder_already', state.language)}：{names}"))


def _peers(atlas: Atlas, state: PageState) -> None:
    language = state.language
    group = st.selectbox(
        word("finder_measures", language),
        list(GROUP_NAMES),
        key="peer-group",
        format_func=lambda each: _group_name(each, language),
    )
    found = peers(atlas, state.code, on=(group,), top=MOST_PEERS)
    st.caption(plain(word("peers_lead", language)))
    for each in found.candidates:
        name = plain(party_name(each.code, language))
        st.button(f"{name}　›", key=f"peer-{each.code}", on_click=choose, kwargs={"code": each.code}, type="tertiary")
        apart = sorted(each.parts.items(), key=lambda item: -item[1])[:3]
        titles = "、".join(
            (atlas.indicator(key).title_en if language == "en" else atlas.indicator(key).title) for key, _ in apart
        )
        st.caption(plain(f"{word('peers_apart', language)}：{titles}"))


def _group_name(group: str, language: Language) -> str:
    return group.capitalize() if language == "en" else GROUP_NAMES[group]
