"""Names that are written like a text: suggestions for a person to choose from, never a match on their own."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from geo.name_folding import fold_kanji
from geo.place_names import place_names
from geo.resolution import Candidate

LIMIT = 5
LONGEST = 12
ALIKE = 60
"""Least ``rapidfuzz.fuzz.ratio`` (0-100) of a suggestion."""

_HEAD = re.compile(r".{1,11}?[市町村区](?![市町村区])")


@cache
def _choices(prefecture: str | None) -> dict[str, str]:
    return {
        code: fold_kanji(place.short if place.ward_code else place.name)
        for code, place in place_names().places.items()
        if prefecture in (None, code[:2])
    }


@lru_cache(maxsize=4096)
def suggestions(text: str, prefecture: str | None) -> tuple[Candidate, ...]:
    """Return up to five places whose names are written alike, best first.

    Parameters
    ----------
    text
        Squeezed text; only its head, up to 市町村区, is compared.
    prefecture
        2 digits, or None for all.

    Examples
    --------
    >>> suggestions("帯弘市", None)[0].code
    '01207'
    """
    head = _HEAD.match(text)
    part = head[0] if head else text[:LONGEST]
    if not part or (len(text) > LONGEST and head is None):
        return ()
    near = process.extract(fold_kanji(part), _choices(prefecture), scorer=fuzz.ratio, limit=LIMIT, score_cutoff=ALIKE)
    return tuple(Candidate(code, f"つづりが似ています（{score:.0f}）") for _, score, code in near)
