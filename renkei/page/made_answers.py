"""What is made of a snapshot when the browser asks for it by name: the map's state, a series, figures, facts, names.

Each is made of its address alone: made once, compressed once, and kept for all visitors.
"""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import orjson

from layers.tables import per_snapshot
from renkei.browser.backgrounds import figures, series
from renkei.browser.map_facts import map_facts
from renkei.browser.map_state import map_state
from renkei.browser.name_index import name_index
from renkei.page.named_places import place_named
from renkei.present.page_state import SCHEMES, UNITS, from_query, read_breaks
from renkei.present.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from renkei.atlas import Atlas
    from renkei.present.words import Language

    Query = dict[str, list[str]]

LONGEST_QUERY = 8000
"""Characters of an address; a link with every choice has under 1,000."""
MOST_FIELDS = 200


def read_query(text: str) -> dict[str, list[str]]:
    """Return the parameters of an address, cut where no link is as long.

    Raises
    ------
    ValueError
        When there are more of them than a link has.
    """
    return parse_qs(text[:LONGEST_QUERY], max_num_fields=MOST_FIELDS)


@per_snapshot(maxsize=1024)
def made_answer(atlas: Atlas, path: str, query: str) -> bytes:
    """Return what the browser asks for by name, as JSON, gzipped.

    Parameters
    ----------
    path
        ``state.json``, ``series/LANGUAGE/INDICATOR.json``, ``figures/LANGUAGE/INDICATOR/DATE/UNIT.json``,
        ``filtered.json``, ``names/LANGUAGE.json``, ``facts.json`` or ``index/LANGUAGE.json``.
    query
        The rest of the address: of a state, the page's own query.

    Raises
    ------
    KeyError, ValueError, RenkeiError
        When there is no such thing.
    """
    return gzip.compress(made_json(atlas, path, query), compresslevel=5, mtime=0)


def made_json(atlas: Atlas, path: str, query: str) -> bytes:
    """Return what ``made_answer`` compresses."""
    name, *parts = path.removesuffix(".json").split("/")
    if not path.endswith(".json") or name not in _MADE:
        raise KeyError(path)
    asked = {key: values for key, values in read_query(query).items() if key != "map"}
    try:
        return _MADE[name](atlas, parts, asked)
    except ValueError as error:
        raise KeyError(path) from error


def _language(written: str) -> Language:
    if written not in LANGUAGES:
        raise KeyError(written)
    return written


def _state(atlas: Atlas, parts: list[str], asked: Query) -> bytes:
    [] = parts
    return orjson.dumps(map_state(atlas, from_query(atlas, asked)[0]))


def _series(atlas: Atlas, parts: list[str], asked: Query) -> bytes:
    language, identifier = parts
    scheme, unit = (asked.get(key, [usual])[-1] for key, usual in (("scheme", "auto"), ("unit", "municipality")))
    if scheme not in SCHEMES or unit not in UNITS:
        raise KeyError(scheme)
    breaks = read_breaks(asked.get("breaks", [""])[-1]) if scheme == "manual" else ()
    return orjson.dumps(series(atlas, identifier, _language(language), scheme, unit, breaks))


def _figures(atlas: Atlas, parts: list[str], _asked: Query) -> bytes:
    language, identifier, date, unit = parts
    if unit not in UNITS and not unit.startswith("since-"):
        raise KeyError(unit)
    return orjson.dumps(figures(atlas, identifier, date, _language(language), unit))


def _filtered(atlas: Atlas, parts: list[str], asked: Query) -> bytes:
    [] = parts
    return orjson.dumps(list(from_query(atlas, asked)[0].filters.municipality_codes(atlas.tables)))


def _names(_atlas: Atlas, parts: list[str], asked: Query) -> bytes:
    [language] = parts
    return orjson.dumps([place_named(each, _language(language)) for each in asked.get("name", [])])


def _facts(atlas: Atlas, parts: list[str], _asked: Query) -> bytes:
    [] = parts
    return map_facts(atlas)


def _index(atlas: Atlas, parts: list[str], _asked: Query) -> bytes:
    [language] = parts
    return name_index(atlas, _language(language))


_MADE: dict[str, Callable[[Atlas, list[str], Query], bytes]] = {
    "state": _state,
    "series": _series,
    "figures": _figures,
    "filtered": _filtered,
    "names": _names,
    "facts": _facts,
    "index": _index,
}
