"""What is shown, in one sentence: the same on the page, on the sheet, in the kept file and in every export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.kinds import kinds
from renkei.present.area_codes import read_area
from renkei.present.party_names import area_name, party_name
from renkei.present.words import dated, word

if TYPE_CHECKING:
    from collections.abc import Callable

    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState
    from renkei.present.words import Language


def describe(atlas: Atlas, view: PageState) -> str:
    """Put every choice of a view into words, in its language.

    Examples
    --------
    >>> from renkei.atlas import Atlas
    >>> from renkei.present.page_state import from_query
    >>> atlas = Atlas.open()
    >>> view, _ = from_query(atlas, {"prefecture": ["10"], "indicator": ["share_65"], "programme": ["core-city"]})
    >>> print(describe(atlas, view).split("。")[0])
    絞り込み：都道府県＝群馬県、事業・資料＝連携中枢都市圏
    """
    told = [tell(atlas, view) for tell in _TOLD]
    return (". " if view.language == "en" else "。").join(part for part in told if part)


def filters_in_words(atlas: Atlas, view: PageState) -> str:
    """Put what the filters ask into words; that nothing is asked, too.

    Examples
    --------
    >>> from renkei.atlas import Atlas
    >>> from renkei.present.page_state import PageState
    >>> filters_in_words(Atlas.open(), PageState())
    '絞り込み：なし'
    """
    language = view.language
    asked = [
        _pair(each.title(language), [each.said(atlas.tables, value, language) for value in _several(chosen)], language)
        for each, chosen in view.filters.chosen()
    ]
    return _headed("filters", asked, language) or _headed("filters", [word("none", language)], language)


def background_in_words(atlas: Atlas, view: PageState) -> str:
    """Put into words what is painted: indicator, date, unit, classes, and the indicator beside it."""
    language = view.language
    parts = [_indicator(atlas, view.indicator_id, view.date, language)]
    if view.base:
        parts.append(word("said_change", language, start=dated(view.base, "", language)))
    if view.unit != "municipality":
        parts.append(word("by_unit", language, unit=layer_name(view.unit, language)).strip("（）()"))
    if view.scheme != "auto":
        parts.append(f"{word('scheme', language)}{_equals(language)}{word(view.scheme, language)}")
    if view.scheme == "manual" and view.breaks:
        parts.append(f"{word('breaks', language)}{_equals(language)}{'・'.join(f'{each:g}' for each in view.breaks)}")
    if view.second_id:
        second = _indicator(atlas, view.second_id, atlas.indicator(view.second_id).dates[-1], language)
        parts.append(_pair(word("second", language), [second, word(view.compare, language)], language))
    return _headed("indicator", parts, language)


def layers_in_words(_atlas: Atlas, view: PageState) -> str:
    """Put the layers into words, the first on top."""
    names = [layer_name(layer, view.language) for layer in view.layers] or [word("none", view.language)]
    return _headed("shown_layers", names, view.language)


def layer_name(layer: str, language: Language) -> str:
    """Return what a layer of the map is called.

    Examples
    --------
    >>> layer_name("core_city", "ja"), layer_name("blocs", "ja"), layer_name("ties", "en")
    ('連携中枢都市圏', '官民連携の圏域', 'Ties')
    """
    if layer == "blocs":
        return word("other_blocs", language)
    of = next((kind for kind in kinds() if kind.layers == (layer,)), None)
    return of.title(language) if of else word(layer, language)


def chosen_in_words(atlas: Atlas, view: PageState) -> str:
    """Name the municipality, prefecture, pair, bloc, network or area that is chosen."""
    language = view.language
    if view.area:
        return _headed("chosen", [area_name(read_area(view.area), language)], language)
    names = [party_name(code, language) for code in ((view.code,) if view.code else view.pair.split("-")) if code]
    for identifier, frame in ((view.bloc, atlas.blocs), (view.network, atlas.networks)):
        if identifier:
            names += list(frame().set_index("id").loc[[identifier], "name"])
    return _headed("chosen", ["–".join(names)] if view.pair and not view.code else names, language) if names else ""


_TOLD: tuple[Callable[[Atlas, PageState], str], ...] = (
    filters_in_words,
    background_in_words,
    layers_in_words,
    chosen_in_words,
)


def _indicator(atlas: Atlas, identifier: str, date: str, language: Language) -> str:
    chosen = atlas.indicator(identifier)
    when = date or chosen.dates[-1]
    title = chosen.title_en if language == "en" else chosen.title
    said = dated(when, chosen.flag(when), language)
    return f"{title} ({said})" if language == "en" else f"{title}（{said}）"


def _several(chosen: object) -> tuple[object, ...]:
    return chosen if isinstance(chosen, tuple) else (chosen,)


def _equals(language: Language) -> str:
    return ": " if language == "en" else "＝"


def _pair(name: str, values: list[str], language: Language) -> str:
    return f"{name}{_equals(language)}{(', ' if language == 'en' else '・').join(values)}"


def _headed(key: str, parts: list[str], language: Language) -> str:
    if not parts:
        return ""
    return f"{word(f'said_{key}', language)}{(', ' if language == 'en' else '、').join(parts)}"
