"""Texts in Streamlit's Markdown: shown as they are written."""

from __future__ import annotations

from urllib.parse import quote

_MARKUP = str.maketrans({character: f"\\{character}" for character in "\\`*_{}[]()<>#+-.!|$~:&"})


def plain(text: object) -> str:
    r"""Escape a text so that Streamlit's Markdown shows it as it is written.

    Examples
    --------
    >>> plain("<b>$x$</b>")
    '\\<b\\>\\$x\\$\\</b\\>'
    """
    return str(text).replace("\n", " ").translate(_MARKUP)


def link(address: str, text: object) -> str:
    r"""Write a link of Streamlit's Markdown; an address that is not http(s) stays a text.

    Examples
    --------
    >>> link("https://example.jp/a(1)", "x")
    '[x](https://example.jp/a%281%29)'
    >>> link("javascript:alert(1)", "x")
    'x'
    """
    if not address.startswith(("https://", "http://")):
        return plain(text)
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "/:.?=&%_-~#,;+@!") else quote(c) for c in address)
    return f"[{plain(text)}]({safe})"
