"""Random addresses of the page: legal ones, and now and then a value that no link of ours has."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from geo.codes import PREFECTURES
from layers.filters import FILTERS
from renkei.present.page_state import COMPARE, LAYERS, PANELS, SCHEMES, UNITS
from renkei.present.words import LANGUAGES
from tests.shared_atlas import ATLAS, TABLES

if TYPE_CHECKING:
    import random

PARTIES = [*ATLAS.municipalities().index[::40], *(f"{code}000" for code in PREFECTURES)]
INDICATORS = [each.id for each in ATLAS.indicators()]
HOSTILE = (
    "<b>",
    "99999",
    "\u202e",
    "x" * 300,
    "\x00",
    "\x1b[31m",
    "1905",
    "0000",
    "2005-02-31",
    "3000-13-99",
    "../../etc/passwd",
    "{{7*7}}",
    "'; DROP TABLE cases;--",
    "-1",
    "NaN",
    "None",
    "=1+1",
    "\ud7ff\uffff",
    "１３１１２",
)


def random_query(draw: random.Random) -> dict[str, list[str]]:
    """Return a legal address, with a wrong value now and then."""
    choices = {
        "indicator": INDICATORS,
        "scheme": SCHEMES,
        "unit": UNITS,
        "second": INDICATORS,
        "compare": COMPARE,
        "panel": [each for each in PANELS if each],
        "lang": LANGUAGES,
        "bloc": list(ATLAS.blocs()["id"]),
        "network": list(ATLAS.networks()["id"]),
        "code": PARTIES,
        "breaks": ["10,20,30", "-5", "x"],
    }
    query = {key: [draw.choice(list(values))] for key, values in choices.items() if draw.random() < 0.3}
    for each in FILTERS:
        offered = [str(value) for value in each.options(TABLES)] or ["市", "協定", "ありえない"]
        if draw.random() < 0.35:
            query[each.key] = draw.sample(offered, min(len(offered), draw.randint(1, 3)))
    if draw.random() < 0.3:
        query["tie"] = ["-".join(draw.sample(PARTIES, 2))]
    if draw.random() < 0.3:
        query["show"] = draw.sample(list(LAYERS), draw.randint(1, len(LAYERS)))
    dates = ATLAS.indicator(query.get("indicator", ["share_65"])[0]).dates
    for key in ("date", "from"):
        if draw.random() < 0.4:
            query[key] = [draw.choice(dates)]
    if draw.random() < 0.1:
        query[draw.choice(list(query) or ["code"])] = [draw.choice(HOSTILE)]
    return query


def hostile_query(draw: random.Random) -> dict[str, list[str]]:
    """Return an address in which at least one value is none of ours."""
    query = random_query(draw)
    keys = [*query, "code", "tie", "year", "date", "map", "panel", "lang", "unknown"]
    for _ in range(draw.randint(1, 3)):
        query[draw.choice(keys)] = [draw.choice(HOSTILE)]
    return query


def written(query: dict[str, list[str]]) -> str:
    """Return a query as the end of a link."""
    return "?" + urlencode([(key, value) for key, values in query.items() for value in values])
