"""What stands behind a row: the documents, by line, and the programmes."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from geo.errors import InvalidFilterError
from layers.tables import read_table, rows

if TYPE_CHECKING:
    import pandas as pd


@cache
def documents() -> pd.DataFrame:
    """Return the documents; index ``id``; ``title``, ``publisher``, ``published``, ``lines``, ``sha256``.

    A row's line numbers count in the document's text of that checksum.
    """
    frame = read_table("cases", "documents.csv").set_index("id")
    frame["lines"] = frame["lines"].astype(int)
    return frame


@cache
def programmes() -> pd.DataFrame:
    """Return the programmes; index ``id``; ``name``, ``name_en``, ``document``, ``publisher``, ``as_of``, ``note``."""
    return read_table("cases", "programmes.csv").set_index("id")


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def find_programme(text: str) -> str:
    """Return the id of a programme given by id, Japanese or English name.

    Raises
    ------
    InvalidFilterError
        When it is none; the message names those that exist.

    Examples
    --------
    >>> find_programme("地方創生人材支援制度"), find_programme("living-area")
    ('dispatch-r4', 'living-area')
    """
    wanted = _folded(text)
    known = rows(programmes().reset_index())
    for row in known:
        if wanted in (_folded(row["id"]), _folded(row["name"]), _folded(row["name_en"])):
            return str(row["id"])
    names = "、".join(f"{row['name']}（{row['id']}）" for row in known)
    msg = f"事業「{text[:40]}」はありません。次のどれかを指定してください：{names}"
    raise InvalidFilterError(msg)


def with_evidence(frame: pd.DataFrame) -> pd.DataFrame:
    """Add ``source`` (title, publisher, date) and ``evidence`` (document and lines, readable) to facts.

    Parameters
    ----------
    frame
        Facts with ``document`` and ``lines`` (``12;15-18``).
    """
    known = documents()
    titles = known["title"] + "（" + known["publisher"] + "、" + known["published"] + "）"
    frame["source"] = titles.loc[frame["document"]].to_numpy()
    readable = frame["lines"].str.replace("-", "～").str.replace(";", "・")
    frame["evidence"] = "資料" + frame["document"] + " " + readable + "行"
    return frame
