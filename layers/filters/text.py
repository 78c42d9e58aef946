"""By words: each must occur in a fact's names, kinds, organisations, places, programme or themes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.codes import PREFECTURES
from geo.gazetteer import display_name
from layers.evidence import programmes
from layers.filters.choice import FilterChoice
from layers.folding import fold, fold_all
from layers.kinds import find_kind
from layers.kinds.kind import codes_of
from layers.tables import per_snapshot, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from layers.kinds.kind import Kind
    from layers.tables import Tables

LONGEST_TEXT = 200
"""Characters of a text filter that count; more than any name here has."""


def joined(parts: Iterable[str]) -> str:
    """Fold texts and put a bar between them, so that a word never matches across two of them."""
    return "|".join(fold_all(parts))


def holds(text: str, word: str) -> bool:
    """Tell whether a folded text holds a folded word; one of Latin letters or digits must stand whole.

    Examples
    --------
    >>> holds("ev・太陽光|revitalization", "ev"), holds("revitalization", "ev"), holds("空き家対策", "空き家")
    (True, False, True)
    """
    if word not in text:
        return False
    return not word.isascii() or re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None


@per_snapshot()
def search_texts(tables: Tables, identifier: str) -> dict[str, str]:
    """Return a fact's id to everything that is searched, of one kind. Not to be changed."""
    kind = find_kind(identifier)
    names = {str(row["id"]): f"{row['name']} {row['name_en']}" for row in rows(programmes(tables).reset_index())}
    texts = {}
    for row in rows(kind.read(tables)):
        cells = [row[column] for column in kind.searched]
        words = [word for cell in cells for word in (cell if isinstance(cell, tuple) else (str(cell),))]
        words += [names[each] for each in row.get("programmes", (row["programme"],) if "programme" in row else ())]
        places = [display_name(code) for code in codes_of(row)] + [
            PREFECTURES[code] for code in row["prefecture_codes"]
        ]
        texts[row["id"]] = joined([*words, *row["themes"], *places])
    return texts


def _passes(tables: Tables, kind: Kind, frame: pd.DataFrame, value: str) -> list[bool]:
    words = [fold(word) for word in value.split()]
    searched = search_texts(tables, kind.id)
    return [all(holds(searched[identifier], word) for word in words) for identifier in frame["id"]]


FILTER = FilterChoice(
    "text",
    "text",
    70,
    "ことば",
    "Text",
    "含む言葉（空白区切りは「かつ」）",
    lambda _, written: " ".join(str(written).split())[:LONGEST_TEXT],
    _passes,
    lambda _, value, language: f"“{value}”" if language == "en" else f"「{value}」",
    single=True,
    metavar="S",
)
