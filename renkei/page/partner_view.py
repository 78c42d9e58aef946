"""Whom could we work with, about what, and why: candidates by theme with the points of their score; like towns."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from layers.themes import THEMES
from renkei.analysis.partners import PARTS, Search, partners, sensitivity
from renkei.analysis.peers import GROUP_NAMES, peers, what_moved
from renkei.page.choices import choose
from renkei.page.finder_ground import finder_ground
from renkei.present.analysis_words import analysis_word
from renkei.present.indicator_classes import title_of
from renkei.present.markdown import link, plain
from renkei.present.party_names import party_name
from renkei.present.words import dated, word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from renkei.analysis.partners.finder import Candidate, Distance, Partners
    from renkei.analysis.peers import Peer
    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState
    from renkei.present.words import Language

MOST_CANDIDATES = 10
MOST_PEERS = 8
DISTANCES = ("any", "near", "far")
WEIGHTS = (0.0, 0.5, 1.0, 1.5, 2.0)


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
    parts = {each.id: each.name_en if english else each.name for each in PARTS}
    weights = _weights(parts, language)
    search = Search(theme, problem=problem.strip()[:200], distance=cast("Distance", distance), weights=weights)
    _wait_for_the_ground(atlas, language)
    found = partners(atlas, state.code, search, top=MOST_CANDIDATES)
    st.caption(plain(f"{word('finder_lead', language)} {analysis_word('bands', language)}"))
    for each in found.candidates:
        _candidate(each, parts, state)
    _known(found, state)
    if st.toggle(analysis_word("shifts", language), key="finder-shifts"):
        _shifts(atlas, state, search, parts)
    with st.expander(analysis_word("parts", language)):
        told = "\n".join(f"- **{plain(parts[each.id])}**：{plain(each.meaning)}" for each in found.parts)
        st.markdown(told)
    if found.missing:
        titles = indicator_titles(atlas, found.missing, language)
        st.caption(plain(f"{word('finder_missing', language)}：{'、'.join(titles)}"))


def _wait_for_the_ground(atlas: Atlas, language: Language) -> None:
    ground = finder_ground(atlas)
    if not ground.is_ready:
        with st.spinner(analysis_word("preparing", language)):
            ground.make()


def _weights(parts: dict[str, str], language: Language) -> dict[str, float]:
    """Draw a weight for each part; return those that are not 1."""
    with st.expander(analysis_word("weights", language)):
        st.caption(plain(analysis_word("weights_lead", language)))
        columns = st.columns(2)
        chosen = {
            part: columns[at % 2].selectbox(name, WEIGHTS, index=2, key=f"finder-weight-{part}")
            for at, (part, name) in enumerate(parts.items())
        }
    return {part: weight for part, weight in chosen.items() if weight != 1}


def _shifts(atlas: Atlas, state: PageState, search: Search, parts: dict[str, str]) -> None:
    language = state.language
    shifts = sensitivity(atlas, state.code, search)
    moved = [each for each in shifts if each.entered or each.left]
    lines = []
    for each in moved:
        entered, left = (
            "、".join(party_name(code, language) for code in codes) or "－" for codes in (each.entered, each.left)
        )
        said = analysis_word("shift", language, part=parts[each.part], factor=each.factor, entered=entered, left=left)
        lines.append(f"- {plain(said)}")
    if len(moved) < len(shifts):
        lines.append(f"- {plain(analysis_word('no_shift', language))}")
    st.markdown("\n".join(lines))


def _candidate(each: Candidate, parts: dict[str, str], state: PageState) -> None:
    language = state.language
    name = plain(party_name(each.code, language))
    known = f"　:small[{plain(word('finder_known', language))}]" if each.known_tie else ""
    band = analysis_word(f"band_{each.band}", language)
    st.button(f"{name}　›", key=f"candidate-{each.code}", on_click=choose, kwargs={"code": each.code}, type="tertiary")
    shown = sorted(((value, parts.get(key, key)) for key, value in each.parts.items() if value), reverse=True)
    told = "　".join(f"{plain(part)} {value:+d}" for value, part in shown)
    st.markdown(f"**{each.score}**{known}　:gray[{each.distance_km:,.0f} km　{plain(band)}]  \n:gray[:small[{told}]]")
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
    if found.type_name:
        st.caption(plain(analysis_word("own_type", language, type=found.type_name)))
    for each in found.candidates:
        _peer(atlas, each, state)
    if found.missing or found.not_compared:
        missing = "、".join(indicator_titles(atlas, found.missing, language)) or "－"
        st.caption(plain(analysis_word("not_compared", language, missing=missing, n=found.not_compared)))
    if st.toggle(analysis_word("moved", language), key="peers-moved"):
        _moves(atlas, state, group)


def _peer(atlas: Atlas, each: Peer, state: PageState) -> None:
    language = state.language
    name = plain(party_name(each.code, language))
    st.button(f"{name}　›", key=f"peer-{each.code}", on_click=choose, kwargs={"code": each.code}, type="tertiary")
    apart = sorted((item for item in each.parts.items() if item[1]), key=lambda item: -item[1])[:3]
    titles = indicator_titles(atlas, [key for key, _ in apart], language)
    parts = "、".join(f"{title} {value}" for title, (_, value) in zip(titles, apart, strict=True)) or "－"
    kind = "same_type" if each.same_type else "other_type" if each.type_name else "no_type"
    tied = f"　{word('finder_known', language)}" if each.known_tie else ""
    said = analysis_word("distance_parts", language, score=each.score, parts=parts)
    st.caption(plain(f"{said}　{analysis_word(kind, language, type=each.type_name)}{tied}"))


def _moves(atlas: Atlas, state: PageState, group: str) -> None:
    language = state.language
    lines = []
    for each in what_moved(atlas, state.code, (group,), top=MOST_PEERS):
        entered, left = ("、".join(party_name(code, language) for code in codes) for codes in (each.entered, each.left))
        (title,) = indicator_titles(atlas, [each.indicator], language)
        before, after = (dated(date, "", language) for date in (each.before, each.after))
        said = analysis_word("move", language, title=title, before=before, after=after, entered=entered, left=left)
        lines.append(f"- {plain(said)}")
    st.markdown("\n".join(lines) or plain(analysis_word("no_move", language)))


def indicator_titles(atlas: Atlas, identifiers: Iterable[str], language: Language) -> list[str]:
    """Return the titles of indicators; an id that the catalog does not hold stays as it is."""
    known = {each.id: each for each in atlas.indicators()}
    return [title_of(known[each], language) if each in known else each for each in identifiers]


def _group_name(group: str, language: Language) -> str:
    return group.capitalize() if language == "en" else GROUP_NAMES[group]
