"""Where a name begins in a text, behind 都道府県 and 郡, and how far the longest name in an index reaches."""

from __future__ import annotations

import re
from typing import NamedTuple, TypeVar

from geo.counties import county_prefectures
from geo.mergers import FormerPlace
from geo.place_names import PREFECTURE_NAMES, Place

_Named = TypeVar("_Named", Place, FormerPlace)

_COUNTY = re.compile(r"[^0-9市町村区]{1,6}?郡")
_COUNTY_OF_MARKETS = re.compile(r"[^0-9]{1,6}?郡")
_LONGEST_COUNTY = 9


class Start(NamedTuple):
    """How far a text is read before the name itself.

    ``inside`` is the prefecture in which the name is looked for (2 digits), ``changes`` what was done so far.
    ``former_first``: the text says 旧. ``given``: the prefecture is not written, but known from elsewhere.
    ``county`` is the written 郡, folded.
    """

    length: int
    inside: str | None
    changes: tuple[str, ...] = ()
    former_first: bool = False
    county: str = ""
    subprefecture: str = ""
    given: bool = False

    @property
    def bare(self) -> bool:
        """Whether neither a prefecture nor a 郡 tells where the name is."""
        return self.inside is None and not self.county


def split_prefecture(folded: str, start: int = 0) -> tuple[str | None, int]:
    """Return the prefecture that is written in full at ``start``, and where it ends.

    Examples
    --------
    >>> split_prefecture("群馬県川場村"), split_prefecture("川場村")
    (('10', 3), (None, 0))
    """
    for length in (3, 4):
        code = PREFECTURE_NAMES.get(folded[start : start + length])
        if code is not None:
            return code, start + length
    return None, start


def longest_name(
    index: dict[str, tuple[_Named, ...]], lengths: dict[str, tuple[int, ...]], body: str, inside: str | None
) -> tuple[list[_Named], int]:
    """Return the places whose name in an index is the longest that a text begins with, and its length.

    Parameters
    ----------
    index
        Folded names to places.
    lengths
        First two characters of the names to the lengths of those that begin so.
    body
        Folded text.
    inside
        2-digit code of the prefecture in which they lie, or None for any.

    Examples
    --------
    >>> from geo.place_names import place_names
    >>> names = place_names()
    >>> found, length = longest_name(names.names, names.lengths, "川場村谷地", "10")
    >>> found[0].full_name, length
    ('群馬県川場村', 3)
    """
    for length in lengths.get(body[:2], ()):
        found = index.get(body[:length])
        if found and length <= len(body):
            kept = [place for place in found if inside is None or place.code[:2] == inside]
            if kept:
                return kept, length
    return [], 0


def county_at(folded: str, start: int = 0) -> str:
    """Return the 郡, of today or of before, that is written at ``start``, or "".

    Examples
    --------
    >>> county_at("東村山郡山辺町"), county_at("大和郡山市"), county_at("郡上郡八幡町")
    ('東村山郡', '', '郡上郡')
    """
    if "郡" in folded[start + 1 : start + _LONGEST_COUNTY]:
        for pattern in (_COUNTY, _COUNTY_OF_MARKETS):
            found = pattern.match(folded, start)
            if found is not None and found[0] in county_prefectures():
                return found[0]
    return ""
