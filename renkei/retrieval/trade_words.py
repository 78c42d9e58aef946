"""The words of the trade: what is one thing under several names, what lies near, and how people say it."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from layers.folding import fold

TABLE = Path(__file__).with_name("trade_words.csv")
EVERYDAY = Path(__file__).with_name("everyday_words.csv")


@dataclass(frozen=True)
class TradeWord:
    """One thing of the trade; all texts are folded.

    Parameters
    ----------
    word
        As most say it.
    same
        Other names of it, or of what it is made of: who types one means them all.
    kinds
        Kinds of it: found by who asks for the whole; who types one means just that one.
    near
        What is often written of beside it.
    said
        Beginnings of everyday phrases that mean it; looked for in what is asked, never in the cases.
    """

    word: str
    same: tuple[str, ...]
    kinds: tuple[str, ...]
    near: tuple[str, ...]
    said: tuple[str, ...]


def _folded(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(fold, cell.split(";")))))


@cache
def trade_words() -> tuple[TradeWord, ...]:
    """Return the table, which is part of the code and reviewed as such."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            TradeWord(
                fold(row["word"]),
                *(_folded(row[column]) for column in ("same", "kinds", "near", "said")),
            )
            for row in csv.DictReader(file)
        )


@cache
def everyday_words() -> dict[str, tuple[str, ...]]:
    """Return words of everyday talk → how reports write of it; all folded."""
    with EVERYDAY.open(encoding="utf-8", newline="") as file:
        return {fold(row["said"]): _folded(row["means"]) for row in csv.DictReader(file)}


@cache
def written_names() -> dict[str, str]:
    """Return every word of the table that cases may use: folded → as it is written."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            fold(name): name
            for row in csv.DictReader(file)
            for name in (row["word"], *row["same"].split(";"), *row["kinds"].split(";"), *row["near"].split(";"))
            if fold(name)
        }


@cache
def triggers() -> dict[str, tuple[tuple[TradeWord, str], ...]]:
    """Return each text that means a trade word → the words, and how it stands to them: word, same, kinds or said."""
    found: dict[str, list[tuple[TradeWord, str]]] = defaultdict(list)
    for each in trade_words():
        found[each.word].append((each, "word"))
        for role in ("same", "kinds", "said"):
            for text in getattr(each, role):
                if text != each.word:
                    found[text].append((each, role))
    return {text: tuple(pairs) for text, pairs in found.items()}
