"""One escape at each border: a cell that a spreadsheet would run, a text that a terminal would obey.

Source of the list of dangerous first characters: OWASP, CSV Injection.
"""

from __future__ import annotations

import re
import unicodedata

_FORMULA = re.compile(r"^[\s\u200b-\u200f\ufeff]*[=+\-@＝＋－＠\t\r]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_NUMBER = re.compile(r"[+\-]?(\d+(,\d{3})*(\.\d*)?|\.\d+)([eE][+\-]?\d+)?\s*%?")
_INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)


def spreadsheet_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; a number such as −3.5 stays as it is.

    Examples
    --------
    >>> spreadsheet_cell("=HYPERLINK(1)"), spreadsheet_cell("-3.5"), spreadsheet_cell("川場村"), spreadsheet_cell("-")
    ("'=HYPERLINK(1)", '-3.5', '川場村', '-')
    """
    if not _FORMULA.match(text) or _NUMBER.fullmatch(text.strip()) or not text.strip("-－ー–—　 "):
        return text
    return f"'{text}"


def terminal_text(text: str) -> str:
    r"""Return a text without what moves a terminal: control characters become their picture, marks of direction go.

    Examples
    --------
    >>> terminal_text("川場\x1b[31m村\n")
    '川場␛[31m村\n'
    """
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    code = ord(character)
    if character in "\n\t":
        return character
    if code < 0x20:  # noqa: PLR2004 - C0, pictured at U+2400
        return chr(0x2400 + code)
    if code == 0x7F or 0x80 <= code < 0xA0:  # noqa: PLR2004 - DEL, C1
        return "\ufffd"
    return "" if character in _INVISIBLE else character


def plain_cell(text: str) -> str:
    r"""Return a text for one cell: NUL and other control characters out, NFC, line breaks as they are.

    Examples
    --------
    >>> plain_cell("a\x00b")
    'ab'
    """
    if _CONTROL.search(text):
        text = _CONTROL.sub("", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
