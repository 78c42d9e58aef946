"""Parts of the query of which nothing that Streamlit has drawn speaks: the browser need not tell it of their changes.

Named is what is left out, so that a new part of the query is told until somebody says that it need not be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from layers.filters import FILTERS
from renkei.page.card import TAB

if TYPE_CHECKING:
    from renkei.present.page_state import PageState

PAINTED = ("indicator", "date", "second")
"""What the map is painted by: a few cards and tables tell its figures."""
ON_THE_MAP = ("show", "scheme", "breaks", "unit", "compare", "from")
"""What the map alone shows."""
FILTERED = tuple(each.key for each in FILTERS)
_TELL_PAINTED = ("indicators", "analysis", "own")
_TELL_FILTERED = ("table", "ties", "networks", "blocs", "indicators", "themes", "analysis")
"""Panels in which the painted indicator, and what the filters leave, are told."""


def undrawn(state: PageState) -> list[str]:
    """Return the parts of the query of which neither card nor table speaks."""
    municipality = (
        bool(state.code) and not state.code.endswith("000") and not (state.pair or state.bloc or state.network)
    )
    tab = st.session_state.get(TAB) if municipality else None
    found = list(ON_THE_MAP)
    if not (state.panel in _TELL_PAINTED or state.bloc or tab == "figures"):
        found += PAINTED
    # Without anything chosen the card says what the filters leave; a prefecture's, what they leave there.
    about_one = municipality or state.pair or state.bloc or state.network
    if about_one and tab != "partners" and state.panel not in _TELL_FILTERED:
        found += FILTERED
    return found
