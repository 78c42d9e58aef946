"""A chosen area as the address holds it: the codes of its municipalities, those of a prefecture in one run.

``01207631-10444`` is 01207 and 01631 (after the prefecture's two digits three for each), and 10444. Plain codes between
commas, spaces or hyphens are read too. ``area_codes.js`` does the same in the browser.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from geo.gazetteer import municipalities

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_MEMBERS = 500
"""So many fit a link that mail and chat programs leave whole: at most 1,700 characters."""
_RUN = re.compile(r"\d{2}(?:\d{3})+")
_PLACE = 3


def written_area(codes: Iterable[str]) -> str:
    """Write municipalities as an address holds them: ascending, each once.

    Parameters
    ----------
    codes
        5-digit codes.

    Examples
    --------
    >>> written_area(["10444", "01631", "01207"])
    '01207631-10444'
    """
    runs = groupby(sorted(set(codes)), key=lambda code: code[:2])
    return "-".join(prefecture + "".join(code[2:] for code in run) for prefecture, run in runs)


def read_area(written: str) -> tuple[str, ...]:
    """Read municipalities from an address; () where one of them is none, or there are more than ``MOST_MEMBERS``.

    Returns
    -------
    tuple of str
        5-digit codes, ascending, each once.

    Examples
    --------
    >>> read_area("01207631-10444"), read_area("10444,01207"), read_area("99999"), read_area("1020")
    (('01207', '01631', '10444'), ('01207', '10444'), (), ())
    """
    runs = [each for each in re.split(r"[-,\s]+", written.strip()) if each]
    if not runs or not all(_RUN.fullmatch(each) and each.isascii() for each in runs):
        return ()
    codes = {each[:2] + each[at : at + _PLACE] for each in runs for at in range(2, len(each), _PLACE)}
    if len(codes) > MOST_MEMBERS:
        return ()
    index = municipalities().index
    return tuple(sorted(codes)) if all(code in index for code in codes) else ()
