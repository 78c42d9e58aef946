"""Texts in Streamlit's Markdown: shown as they are written."""

from __future__ import annotations

_MARKUP = str.maketrans({character: f"\\{character}" for character in "\\`*_{}[]()<>#+-.!|$~:&"})


def plain(text: object) -> str:
    r"""Escape a text so that Streamlit's Markdown shows it as it is written.

    Examples
    --------
    >>> plain("<b>$x$</b>")
    '\\<b\\>\\$x\\$\\</b\\>'
    """
    return str(text).replace("\n", " ").translate(_MARKUP)
