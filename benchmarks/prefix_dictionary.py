"""What a planner would write in forty lines: a dictionary of names, and the longest one that the address begins with.

It takes the first of several namesakes, knows no former names, and says nothing of doubt.
"""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

GAZETTEER = Path(__file__).resolve().parents[1] / "data" / "gazetteer"
CHANGES = str.maketrans({"ヶ": "ケ", "ｹ": "ケ", "龍": "竜", "竈": "釜", "檮": "梼", "驒": "騨", " ": "", "\u3000": ""})


def fold(text: str) -> str:
    """Fold width, spaces and the usual variants."""
    return unicodedata.normalize("NFKC", text).translate(CHANGES)


def build(prefectures: dict[str, str]) -> dict[str, str]:
    """Return folded names to codes."""
    names: dict[str, str] = {}
    cities: dict[str, str] = {}
    with (GAZETTEER / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            prefecture = prefectures[row["code"][:2]]
            cities[row["code"]] = row["name"]
            for name in (row["name"], row["county"] + row["name"]):
                names.setdefault(fold(name), row["code"])
                names[fold(prefecture + name)] = row["code"]
    with (GAZETTEER / "wards.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = cities[row["city_code"]] + row["ward"]
            names[fold(name)] = names[fold(prefectures[row["code"][:2]] + name)] = row["code"]
            names.setdefault(row["ward"], row["code"])
    return names


def find(names: dict[str, str], longest: int, text: str) -> str | None:
    """Return the code of the longest name that the text begins with."""
    folded = fold(text)
    for length in range(min(longest, len(folded)), 1, -1):
        code = names.get(folded[:length])
        if code is not None:
            return code
    return None
