"""Names that the browser does not hold (former names, slips, addresses) as the places that they may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.gazetteer import municipalities, wards
from geo.resolve import resolve
from renkei.present.party_names import party_name
from renkei.present.words import word

if TYPE_CHECKING:
    from renkei.browser.contract import FoundEntry, NamedPlace
    from renkei.present.words import Language

MOST_FOUND = 8
"""So many answers stand under the search."""


def places(candidates: tuple[str, ...], language: Language) -> list[FoundEntry]:
    """Return at most eight municipalities as choices; a ward stands for its city."""
    cities = [str(wards()["city_code"].get(code, code)) for code in candidates]
    known = [code for code in dict.fromkeys(cities) if code in municipalities().index][:MOST_FOUND]
    kana = municipalities()["kana"]
    return [
        {"choice": "code", "id": code, "label": party_name(code, language), "note": str(kana[code])} for code in known
    ]


def place_named(text: str, language: Language) -> NamedPlace:
    """Return what one name of a list means; with a sentence where it is not certain, or has another name today.

    Examples
    --------
    >>> [each["label"] for each in place_named("府中市", "ja")["entries"]]
    ['東京都府中市', '広島県府中市']
    >>> place_named("篠山市", "ja")["entries"][0]["label"]
    '兵庫県丹波篠山市'
    """
    found = resolve(text)
    certain = found.code is not None and found.status in ("resolved", "merged")
    entries = places(tuple(filter(None, (found.code, *(() if certain else found.candidates)))), language)
    if language == "ja":
        message = "" if found.status == "resolved" else found.explanation
    else:
        message = "" if certain else word("ambiguous" if entries else "unknown", language, text=found.input)
    return {"text": text, "certain": certain, "message": message, "entries": entries}
