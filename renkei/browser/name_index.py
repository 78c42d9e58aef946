"""What choosing needs and painting does not: places by all their names, the filters' values, the indicators.

The browser fetches it after the first painting, in the page's language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from geo.codes import PREFECTURES, PREFECTURES_EN, to_code6
from geo.gazetteer import municipalities
from layers.filters import FILTERS
from layers.tables import per_snapshot, rows
from renkei.analysis.bloc_values import told_of_several
from renkei.present.indicator_classes import title_of
from renkei.present.words import dated, word

if TYPE_CHECKING:
    from layers.catalog import Indicator
    from renkei.atlas import Atlas
    from renkei.browser.contract import IndicatorEntry, NameEntry, NameIndex, OptionEntry
    from renkei.present.words import Language

_ENDINGS = ("市", "町", "村", "区", "都", "道", "府", "県")


def _stem(name: str) -> str:
    """Return a name without its ending, as people type it; the whole name where that leaves one character."""
    return name[:-1] if name.endswith(_ENDINGS) and len(name) > 2 else name  # noqa: PLR2004 - 津市 stays


def _municipality(row: dict[str, str], language: Language) -> NameEntry:
    code, name = row["code"], row["name"]
    full = row["prefecture"] + name
    english = f"{row['english']}, {PREFECTURES_EN[code[:2]]}"
    keys = [name, full, _stem(name), row["kana"], _stem_kana(row["kana"]), row["english"], code, row["code6"]]
    return {
        "id": code,
        "choice": "code",
        "label": full if language == "ja" else english,
        "note": row["kana"] if language == "ja" else full,
        "keys": list(dict.fromkeys(key for key in keys if key)),
    }


def _stem_kana(kana: str) -> str:
    """Return a reading without that of its ending."""
    for ending in ("ちょう", "まち", "むら", "そん", "し", "く"):
        if kana.endswith(ending) and len(kana) > len(ending) + 1:
            return kana.removesuffix(ending)
    return kana


def _places(atlas: Atlas, language: Language) -> list[NameEntry]:
    japanese = language == "ja"
    prefecture_note, bloc_note, network_note = (word(key, language) for key in ("prefecture", "bloc", "network"))
    found: list[NameEntry] = [
        {
            "id": f"{code}000",
            "choice": "code",
            "label": name if japanese else PREFECTURES_EN[code],
            "note": prefecture_note,
            "keys": list(
                dict.fromkeys((name, _stem(name), PREFECTURES_EN[code], f"{code}000", to_code6(f"{code}000")))
            ),
        }
        for code, name in PREFECTURES.items()
    ]
    found += [_municipality(row, language) for row in rows(municipalities().reset_index())]
    for choice, note, frame in (("bloc", bloc_note, atlas.blocs()), ("network", network_note, atlas.networks())):
        found += [
            {"id": identifier, "choice": choice, "label": name, "note": note, "keys": [name]}
            for identifier, name in zip(frame["id"], frame["name"], strict=True)
        ]
    return found


def _options(atlas: Atlas, language: Language) -> dict[str, list[OptionEntry]]:
    """Return what each filter offers; the newest year first."""
    tables = atlas.tables
    found: dict[str, list[OptionEntry]] = {}
    for each in FILTERS:
        values = list(each.options(tables))
        if each.key == "year":
            values.reverse()
        found[each.key] = [{"id": str(value), "label": each.said(tables, value, language)} for value in values]
    return found


def _groups(atlas: Atlas, language: Language) -> dict[str, str]:
    """Return the groups of the chooser, the most used indicators before all."""
    names = {each.id: each.title_en if language == "en" else each.title for each in atlas.indicator_groups()}
    return {"common": word("group_common", language), **names}


def _period(chosen: Indicator) -> str:
    """Return the years that a series is of.

    Examples
    --------
    >>> from renkei.atlas import Atlas
    >>> _period(Atlas.open().indicator("revenue")), _period(Atlas.open().indicator("doctors"))
    ('2010–2021', '2010–2022')
    """
    first, last = (date.removeprefix("FY")[:4] for date in (chosen.dates[0], chosen.dates[-1]))
    return f"{first}–{last}"


def _indicators(atlas: Atlas, language: Language) -> list[IndicatorEntry]:
    return [
        {
            "id": each.id,
            "title": title_of(each, language),
            "group": each.group,
            "kind": each.kind,
            "when": dated(each.dates[-1], each.flag(each.dates[-1]), language)
            if len(each.dates) == 1
            else _period(each),
            "definition": each.definition,
            "keywords": f"{each.keywords} {each.publisher}",
            "common": each.common,
            "by_area": told_of_several(each),
        }
        for each in atlas.indicators()
    ]


@per_snapshot()
def name_index(atlas: Atlas, language: Language) -> bytes:
    """Return the index in a language as JSON."""
    index: NameIndex = {
        "places": _places(atlas, language),
        "options": _options(atlas, language),
        "groups": _groups(atlas, language),
        "indicators": _indicators(atlas, language),
    }
    return orjson.dumps(index)
