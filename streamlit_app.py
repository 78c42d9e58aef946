"""The page: opens the atlas, takes what is chosen, draws. ``renkei app`` and ``streamlit run`` start it."""

from __future__ import annotations

import time
from pathlib import Path

import streamlit as st

from renkei.browser.map_state import map_state, shown
from renkei.page import choices, component, error_page
from renkei.page.card import card
from renkei.page.current_atlas import current_atlas
from renkei.page.own.session import session_atlas
from renkei.page.panels import draw_panel
from renkei.page.server import ELEMENT, server_parts


@st.fragment
def explore() -> None:
    """Draw the page: a fragment, so that a change runs no more than this, and sends only what it changed."""
    with error_page.instead():
        atlas = session_atlas(current_atlas())
        kept = choices.current(atlas)
        state = kept.state
        left = shown(atlas, state.filters)
        message = map_state(atlas, state, left, fly=kept.flights, n=kept.answers, found=kept.found)
        component.mount(message, ELEMENT, lambda: None)
        # The map's answer goes first: let the server's thread send it before the rest is made.
        time.sleep(0.002)
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
