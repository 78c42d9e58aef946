"""What each column of an own file is, mappable by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from renkei.exchange.column_roles import ROLE_NAMES
from renkei.present.markdown import plain

if TYPE_CHECKING:
    from renkei.exchange.column_roles import Role
    from renkei.page.own.session import OwnFile, OwnFiles
    from renkei.present.words import Language

MOST_COLUMNS = 40
"""So many columns can be mapped by hand; a wider table is better cut first."""
_LONGEST_SAMPLE = 12
_SAMPLES = 3


def columns_view(own: OwnFiles, each: OwnFile, language: Language) -> None:
    """Draw a choice for each column, with its heading and first cells."""
    at = 1 if language == "en" else 0
    roles: list[Role] = list(ROLE_NAMES)
    header, rows = each.source.sheet.header, each.source.sheet.rows
    text: Role = "text"
    current: tuple[Role, ...] = each.roles or (text,) * len(header)
    places = st.columns(3)
    for number, (heading, role) in enumerate(zip(header[:MOST_COLUMNS], current, strict=False)):
        sample = "、".join(cells[number][:_LONGEST_SAMPLE] for _, cells in rows[:_SAMPLES] if cells[number])
        key = f"own-role-{each.number}-{number}"
        places[number % len(places)].selectbox(
            plain(f"{heading or number + 1}（{sample}）"),
            [str(one) for one in roles],
            index=roles.index(role),
            key=key,
            format_func=lambda one: ROLE_NAMES[cast("Role", one)][at],
            on_change=_take_role,
            args=(own, each, current, number, key),
        )


def _take_role(own: OwnFiles, each: OwnFile, current: tuple[Role, ...], number: int, key: str) -> None:
    each.roles = (*current[:number], cast("Role", st.session_state[key]), *current[number + 1 :])
    each.read()
    own.changed()
