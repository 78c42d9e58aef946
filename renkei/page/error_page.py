"""What stands on the page when drawing it fails: a sentence in both languages and a way back, never a traceback."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from renkei.present.words import LANGUAGES, word

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOG = logging.getLogger(__name__)


def error_html() -> str:
    """Return the error page: what happened, and the link that begins anew."""
    parts = "".join(
        f'<section lang="{language}"><h2>{escape(word("error_title", language))}</h2>'
        f"<p>{escape(word('error_text', language))}</p>"
        f'<p><a href="?{"lang=en" if language == "en" else ""}" target="_self">'
        f"{escape(word('error_back', language))}</a></p></section>"
        for language in LANGUAGES
    )
    return f'<div class="rk-error" role="alert">{parts}</div>'


@contextmanager
def instead() -> Iterator[None]:
    """Draw the error page instead of whatever fails inside; the fault goes to the server's log."""
    try:
        yield
    except Exception:  # noqa: BLE001 - whatever it is, nobody sees a traceback
        _LOG.exception("the page could not be drawn")
        with st.container(key="card-error"):
            st.html(error_html())
