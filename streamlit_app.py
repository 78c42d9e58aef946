"""The page: opens the atlas, takes what is chosen, draws. ``renkei app`` and ``streamlit run`` start it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from renkei.browser.map_state import shown
from renkei.page import choices, component, error_page
from renkei.page.card import card
from renkei.page.current_atlas import current_atlas
from renkei.page.finder_ground import finder_ground
from renkei.page.own.session import session_atlas
from renkei.page.panels import draw_panel
from renkei.page.server import ELEMENT, server_parts
from renkei.page.undrawn import undrawn

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState


@st.fragment
def explore() -> None:
    """Draw the page: a fragment, so that a change runs no more than this, and sends only what it changed."""
    with error_page.instead():
        atlas = session_atlas(current_atlas())
        kept = choices.current(atlas)
        component.mount(kept.said(atlas, undrawn(kept.state)), ELEMENT)
        # What a card chose goes first: let the server's thread send it before the rest is made.
        time.sleep(0.002)
        draw(atlas, kept.state)
        finder_ground(atlas).begin()


def draw(atlas: Atlas, state: PageState) -> None:
    """Draw the card and, where one is open, the table."""
    left = shown(atlas, state.filters)
    with st.container(key="card"):
        card(atlas, state, left)
    if state.panel:
        with st.container(key="drawer"):
            draw_panel(atlas, state, left)


def main() -> None:
    """Draw the page once."""
    st.set_page_config(page_title="連携マップ renkei", page_icon="🗾", layout="wide")
    explore()


if __name__ == "__main__":
    main()
else:  # ``streamlit run`` looks for this
    app = st.App(__file__, **server_parts(Path(__file__).resolve().parent / "static"))
