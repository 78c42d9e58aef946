"""A case on the card: challenge, measure, result, outlook; its figures, partners, source, and the same elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from layers.tables import rows
from renkei.browser.map_facts import case_place
from renkei.page.choices import choose
from renkei.page.current_atlas import current_atlas
from renkei.page.place_facts import line
from renkei.present.case_card import case_card
from renkei.present.markdown import plain
from renkei.present.words import word

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.present.case_card import CaseCard, CaseLink
    from renkei.present.words import Language


def draw_case(atlas: Atlas, identifier: str, language: Language, *, opened: bool) -> None:
    """Draw a case.

    Parameters
    ----------
    atlas, identifier, language
        Which case, in which language.
    opened
        Whether what it says in substance is open at once.
    """
    card = case_card(atlas, identifier, language)
    themes = "・".join(name for name, _ in card.themes)
    head = f"**{plain(card.title)}**"
    small = "　".join(plain(part) for part in (themes, card.year, card.stage) if part)
    line(head, small, _source(card))
    if card.summary:
        st.markdown(plain(card.summary))
    if card.ask:
        st.caption(plain(card.ask))
    lists = [each for each in card.lists if each.entries]
    if not (lists or card.figures or card.partners):
        return
    with st.expander(word("case_details", language), expanded=opened):
        for each in lists:
            st.markdown(f"###### {plain(each.heading)}")
            st.markdown("\n".join(f"- {plain(entry.text)}" for entry in each.entries))
        _figures(card)
        _partners(card, language)
    _links(identifier, card.similar, word("similar_cases", language))


def _source(card: CaseCard) -> str:
    source = card.source
    told = "　".join(
        part for part in (source.title, source.publisher, source.published, source.page, source.lines) if part
    )
    return plain("　".join(part for part in (card.kind, card.programme, told, *card.notes) if part))


def _figures(card: CaseCard) -> None:
    for figure in card.figures:
        told = "　".join(part for part in (figure.date, figure.status, figure.scope) if part)
        st.markdown(f"{plain(figure.label)}　**{plain(figure.text)}**　:gray[{plain(told)}]")


def _partners(card: CaseCard, language: Language) -> None:
    if not card.partners:
        return
    st.markdown(f"###### {plain(word('case_partners', language))}")
    names = ["　".join(part for part in (partner.name, partner.role) if part) for partner in card.partners]
    st.markdown("\n".join(f"- {plain(name)}" for name in names))


def _links(identifier: str, links: tuple[CaseLink, ...], title: str) -> None:
    """List cases elsewhere as buttons that go to their place."""
    if not links:
        return
    with st.expander(f"{title} {len(links)}"):
        for each in links:
            label = f"{plain(each.place)}　{plain(each.title)}"
            key = f"similar-{identifier}-{each.id}"
            st.button(label, key=key, on_click=_go, args=(each.id,), type="tertiary", help=plain(each.why) or None)


def _go(identifier: str) -> None:
    atlas = current_atlas()
    frame = atlas.cases()
    (row,) = rows(frame[frame["id"].eq(identifier)])
    choose(code=case_place(row))
