"""A case opened: what was wrong, done, reached, is next; partners, figures, similar cases, whom to ask, the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from renkei.page.choices import choose
from renkei.present.case_card import case_card
from renkei.present.markdown import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.atlas import Atlas
    from renkei.present.case_card import CaseCard, CaseLink
    from renkei.present.figure_texts import FigureLine
    from renkei.present.words import Language


def case_panel(atlas: Atlas, identifier: str, language: Language) -> None:
    """Draw a case, all of it; every text of it is plain."""
    card = case_card(atlas, identifier, language)
    words = card.headings
    st.markdown(plain(card.summary))
    st.caption(plain("　".join((f"{words['stage']}：{card.stage}", "・".join(name for _, name in card.themes)))))
    if words["japanese_only"]:
        st.caption(plain(words["japanese_only"]))
    for each in card.lists:
        if each.entries:
            _list(
                each.heading,
                [(f"［{entry.label}］" if entry.label else "") + entry.text for entry in each.entries],
            )
    _list(words["partners"], [f"{each.name}（{each.kind}）：{each.role}" for each in card.partners])
    _figures(words["figures"], card.figures)
    _links(card, "similar", card.similar)
    _links(card, "done", card.done)
    st.markdown(f"**{plain(words['ask'])}**　{plain(card.ask)}")
    for note in card.notes:
        st.caption(plain(f"{words['notes']}：{note}"))
    source = card.source
    cited = (source.title, source.publisher, source.published, source.page)
    told = "　".join(filter(None, cited))
    st.caption(plain(f"{words['source']}：{told}"), help=plain("　".join(filter(None, (source.lines, source.note)))))


def _list(heading: str, texts: Sequence[str]) -> None:
    if texts:
        st.markdown(f"**{plain(heading)}**\n" + "\n".join(f"- {plain(text)}" for text in texts))


def _figures(heading: str, figures: Sequence[FigureLine]) -> None:
    """Draw figures; what is no fact is said before its number."""
    lines = []
    for each in figures:
        status = f":orange[{plain(each.status)}] " if each.status else ""
        about = "・".join(filter(None, (each.scope, each.date)))
        lines.append(
            f"- {plain(each.label)}　{status}**{plain(each.text)}**" + (f"　:gray[{plain(about)}]" if about else "")
        )
    if lines:
        st.markdown(f"**{plain(heading)}**\n" + "\n".join(lines))


def _links(card: CaseCard, which: str, links: Sequence[CaseLink]) -> None:
    if links:
        st.markdown(f"**{plain(card.headings[which])}**")
        for link in links:
            st.button(
                plain(f"{link.place}「{link.title}」"),
                key=f"{which}-{card.id}-{link.id}",
                on_click=choose,
                kwargs={"code": link.code},
                help=plain(link.why) or None,
                type="tertiary",
            )
