"""What is on the screen as files: every format takes the whole view, and says in one sentence what it shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING, Any

from layers.kinds import find_kind, kinds
from layers.kinds.kind import codes_of
from layers.tables import rows
from renkei.exchange.flat_layer import About, Field, Rule, Style, Symbol, flat_layer
from renkei.exchange.formats import find_format
from renkei.exchange.geojson import CREDITS
from renkei.present.area_layer import area_age_layer, area_figure_layer, area_layer
from renkei.present.coverage_layer import coverage_layer
from renkei.present.describe import describe
from renkei.present.detail_layers import TITLES, detail_layer, membership_layer
from renkei.present.fact_layers import fact_layer, shown_facts
from renkei.present.ground_layers import northern_territory_layer, prefecture_layer, ward_layer
from renkei.present.layer_rows import rows_of
from renkei.present.municipality_layer import municipality_layer
from renkei.present.nearest_layer import nearest_layer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from renkei.atlas import Atlas
    from renkei.exchange.flat_layer import FlatLayer
    from renkei.present.layer_rows import LayerRows
    from renkei.present.page_state import PageState

MUNICIPALITIES = "municipalities"
EVERYTHING = "all"
_MORE: dict[str, Callable[[Atlas, PageState], LayerRows]] = {
    "prefectures": prefecture_layer,
    "northern_territories": northern_territory_layer,
    "wards": ward_layer,
    "memberships": membership_layer,
    "coverage": coverage_layer,
    "nearest": nearest_layer,
    **{name: partial(detail_layer, name) for name in TITLES},
}
AREA_ONLY: dict[str, Callable[[Atlas, PageState], LayerRows]] = {
    "area": area_layer,
    "area_figures": area_figure_layer,
    "area_ages": area_age_layer,
}
"""What there is only where an area is chosen (``PageState.area``)."""
_JAPAN = timezone(timedelta(hours=9))


def layer_ids() -> tuple[str, ...]:
    """Return what can be exported: the municipalities, each kind of fact, what lies under and behind them.

    Examples
    --------
    >>> layer_ids()[:3]
    ('municipalities', 'cases', 'ties')
    """
    return (MUNICIPALITIES, *(kind.id for kind in kinds()), *_MORE)


def export(
    atlas: Atlas,
    what: str,
    form: str,
    view: PageState,
    *,
    indicators: Sequence[str] = (),
    date: str = "",
    codes: Sequence[str] = (),
) -> bytes:
    r"""Return what a view shows as the content of a file.

    Parameters
    ----------
    atlas
        The tables.
    what
        One of ``layer_ids()``, or ``all`` for a format that holds several layers; ``area``, ``area_figures`` and
        ``area_ages`` where the view has an area.
    form
        Id of a format, or a file name whose suffix says it (``renkei.exchange.formats``).
    view
        Filters, indicator and date, unit, second indicator, classes, layers: as on the page.
    indicators
        Ids of the indicators that municipalities carry; all by default.
    date
        Date of these indicators; without it each is at its newest, and the view's own at the view's date.
    codes
        Only these municipalities and what they take part in; all by default.

    Raises
    ------
    InvalidFilterError
        When the layer or the format does not exist, or an indicator has no such date.

    Examples
    --------
    >>> from renkei.atlas import Atlas
    >>> from renkei.present.page_state import PageState
    >>> export(Atlas.open(), "medical", "x.csv", PageState())[:3] == b"\xef\xbb\xbf"
    True
    """
    writer = find_format(form)
    names = _everything(view, codes) if what == EVERYTHING and writer.many else (what,)
    layers = [layer_rows(atlas, name, view, indicators=indicators, date=date, codes=codes) for name in names]
    return writer.write([flat(atlas, layer, view) for layer in layers])


def _everything(view: PageState, codes: Sequence[str]) -> tuple[str, ...]:
    """Return every layer; of a chosen area, itself and what can be told of its members."""
    if view.area and codes:
        return (*AREA_ONLY, MUNICIPALITIES, *(kind.id for kind in kinds()), "wards", "memberships", *TITLES)
    return layer_ids()


def layer_rows(
    atlas: Atlas,
    what: str,
    view: PageState,
    *,
    indicators: Sequence[str] = (),
    date: str = "",
    codes: Sequence[str] = (),
) -> LayerRows:
    """Return columns, rows and shapes of a layer as a view shows it.

    Raises
    ------
    InvalidFilterError
        When the layer does not exist; the message names those that do.
    """
    if what == MUNICIPALITIES:
        return municipality_layer(atlas, view, indicators=indicators, date=date, only=codes)
    if what in AREA_ONLY:
        return AREA_ONLY[what](atlas, view)
    if what in _MORE:
        layer = _MORE[what](atlas, view)
        return rows_of(layer, codes, _case_ids(atlas, view, codes)) if codes else layer
    return fact_layer(atlas, find_kind(what), view, codes)


def _case_ids(atlas: Atlas, view: PageState, codes: Sequence[str]) -> set[str]:
    """Return the shown cases that municipalities take part in."""
    cases = shown_facts(atlas, find_kind("cases"), view)
    return {row["id"] for row in rows(cases) if set(codes) & set(codes_of(row))}


def completeness_of(atlas: Atlas, layer: str) -> list[dict[str, Any]]:
    """Return, kind by kind, how many are known to exist and what a layer lacks; all kinds for municipalities."""
    found = []
    for row in rows(atlas.completeness()):
        of = find_kind(row["layer"]).id
        if layer not in (of, MUNICIPALITIES):
            continue
        told = {key: row[key] or None for key in ("programme", "name", "known_on", "known_by", "missing")}
        known = int(row["known"]) if row["known"] else None
        found.append(
            {
                **told,
                "layer": of,
                "held": row["held"],
                "held_municipalities": row["held_municipalities"],
                "known": known,
            }
        )
    return found


def flat(atlas: Atlas, layer: LayerRows, view: PageState) -> FlatLayer:
    """Return a layer as one flat table with what the file says of itself and how the page draws it."""
    fields = tuple(
        Field(each.name, each.title, each.title_en, each.type, each.unit, each.about) for each in layer.fields
    )
    told = completeness_of(atlas, layer.id)
    notes = [
        f"{row['name']}：収録 {row['held']:,}"
        + (f"／{row['known']:,}" if row["known"] else "（総数不明）")
        + (f"。足りないもの：{row['missing']}" if row["missing"] else "")
        for row in told
    ]
    about = About(
        describe(atlas, view),
        _today(),
        CREDITS,
        _sources(layer),
        tuple(notes),
        view.to_query(atlas),
        layer.indicators,
        tuple(told),
    )
    return flat_layer(
        layer.id,
        layer.titles,
        fields,
        layer.rows,
        about,
        shapes=list(layer.shapes()),
        geometry_type=layer.geometry_type,
        style=Style(tuple(Rule(label, test, Symbol(**look)) for label, test, look in layer.legend), layer.label),
        prepared=layer.geojson,
    )


def _sources(layer: LayerRows) -> tuple[Mapping[str, str], ...]:
    return tuple(
        {
            "title": f"{each['title']}：{each['source']}",
            "publisher": each["publisher"],
            "licence": each["licence"],
            "as_of": each["date"],
        }
        for each in layer.indicators.values()
    )


def _today() -> str:
    return datetime.now(UTC).astimezone(_JAPAN).date().isoformat()
