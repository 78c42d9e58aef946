"""Codes of a whole column: 5 digits, 6 digits, or 6 with the leading zero lost; the others of the table decide."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from geo.codes import possible_codes, to_code6
from geo.gazetteer import municipalities

if TYPE_CHECKING:
    from collections.abc import Iterable

FIVE = 5


def read_codes(written: Iterable[str]) -> dict[str, str]:
    """Return the 6-digit code of each code that is ambiguous alone and plain beside the others of its table.

    Five digits may be a whole code, or one of six digits of which a spreadsheet has taken the zero. Where every other
    code of the table is of one of the two ways, so are these.

    Examples
    --------
    >>> read_codes(["23213", "10444"]), read_codes(["23213", "12076"]), read_codes(["23213"])
    ({'23213': '232131'}, {'23213': '023213'}, {})
    """
    known = set(municipalities().index)
    fives = {text: plain for text in set(written) if len(plain := _plain(text)) == FIVE}
    found = {text: [code for code in possible_codes(plain) if code in known] for text, plain in fives.items()}
    whole = {_plain(text) == codes[0] for text, codes in found.items() if len(codes) == 1}
    if len(whole) != 1:
        return {}
    as_written = whole.pop()
    decided = {
        text: [code for code in codes if (code == _plain(text)) == as_written]
        for text, codes in found.items()
        if len(codes) > 1
    }
    return {text: to_code6(codes[0]) for text, codes in decided.items() if len(codes) == 1}


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix(".0")
    return plain if plain.isascii() and plain.isdigit() else ""
