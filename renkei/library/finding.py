"""One question, everything that answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from renkei.library.default_atlas import default_atlas
from renkei.retrieval import search as answer_to

if TYPE_CHECKING:
    from collections.abc import Iterable

_COLUMNS = ("kind", "id", "title", "place", "match", "score", "codes")


def search(text: str, kinds: Iterable[str] = (), limit: int = 50) -> pd.DataFrame:
    """Search cases, places, ties, networks, joint areas, organisations and indicators, best first.

    Parameters
    ----------
    text
        A word, a name or a sentence in Japanese.
    kinds
        Only these: ``case``, ``place``, ``tie``, ``network``, ``bloc``, ``organisation``, ``indicator``.
    limit
        At most so many.

    Returns
    -------
    pandas.DataFrame
        ``kind``, ``id``, ``title``, ``place``, ``match`` (the sentence that answers), ``score``, ``codes`` (tuple);
        where nothing was found, ``.attrs["message"]`` says why and what to do.

    Examples
    --------
    >>> import renkei as rk
    >>> rk.search("川場村").loc[0, ["kind", "id"]].tolist()
    ['place', '10444']
    """
    answer = answer_to(default_atlas(), text, kinds=kinds, limit=limit)
    frame = pd.DataFrame([{name: getattr(hit, name) for name in _COLUMNS} for hit in answer.hits], columns=[*_COLUMNS])
    frame.attrs["message"] = answer.message
    return frame
