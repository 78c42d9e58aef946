"""What is on the screen as files: every format takes the whole view, and says in one sentence what it shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from layers.kinds import find_kind, kinds
from layers.tables import rows
from renkei.exchange.flat_layer import About, Field, Rule, Style, Symbol, flat_layer
from renkei.exchange.formats import find_format
from renkei.exchange.geojson import CREDITS, geojson, geometry_fragments
from renkei.present.describe import describe
from renkei.present.fact_layers import fact_layer
from renkei.present.municipality_layer import municipality_layer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from renkei.atlas import Atlas
    from renkei.exchange.flat_layer import FlatLayer
    from renkei.present.layer_rows import LayerRows
    from renkei.present.page_state import PageState

MUNICIPALITIES = "municipalities"
EVERYTHING = "all"
_JAPAN = timezone(timedelta(hours=9))


def layer_ids() -> tuple[str, ...]:
    """Return what can be exported: the municipalities and each kind of fact.

    Examples
    --------
    >>> layer_ids()[:3]
    ('municipalities', 'cases', 'ties')
    """
    return (MUNICIPALITIES, *(kind.id for kind in kinds()))


def export(
    atlas: Atlas, what: str, form: str, view: PageState, *, indicators: Sequence[str] = (), date: str = ""
) -> bytes:
    r"""Return what a view shows as the content of a file.

    Parameters
    ----------
    atlas
        The tables.
    what
        One of ``layer_ids()``, or ``all`` for a format that holds several layers.
    form
        Id of a format, or a file name whose suffix says it (``renkei.exchange.formats``).
    view
        Filters, indicator and date, unit, second indicator, classes, layers: as on the page.
    indicators
        Ids of the indicators that municipalities carry; all by default.
    date
        Date of these indicators; without it each is at its newest, and the view's own at the view's date.

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
    names = _drawn(view) if what == EVERYTHING and writer.many else [what]
    layers = [layer_rows(atlas, name, view, indicators=indicators, date=date) for name in names]
    if writer.id == "geojson":
        (layer,) = layers
        made = layer.geojson() if layer.geojson else geometry_fragments(layer.shapes())
        return geojson(layer.rows, made, about_of(atlas, layer, view))
    return writer.write([flat(atlas, layer, view) for layer in layers])


def layer_rows(
    atlas: Atlas, what: str, view: PageState, *, indicators: Sequence[str] = (), date: str = ""
) -> LayerRows:
    """Return columns, rows and shapes of a layer as a view shows it.

    Raises
    ------
    InvalidFilterError
        When the layer does not exist; the message names those that do.
    """
    if what == MUNICIPALITIES:
        return municipality_layer(atlas, view, indicators=indicators, date=date)
    return fact_layer(atlas, find_kind(what), view)


def _drawn(view: PageState) -> list[str]:
    """Return the municipalities and the kinds that the view's layers draw."""
    return [MUNICIPALITIES, *(kind.id for kind in kinds() if set(kind.layers) & set(view.layers))]


def about_of(atlas: Atlas, layer: LayerRows, view: PageState) -> dict[str, Any]:
    """Return what a file says of itself, as a record."""
    about: dict[str, Any] = {
        "layer": layer.id,
        "shown": describe(atlas, view),
        "view": view.to_query(atlas),
        "filters": view.filters.to_query(),
        "count": len(layer.rows),
        "written": _today(),
        "credits": list(CREDITS),
        "completeness": completeness_of(atlas, layer.id),
    }
    if layer.indicators:
        about["indicators"] = layer.indicators
    return about


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
    notes = [
        f"{row['name']}：収録 {row['held']:,}"
        + (f"／{row['known']:,}" if row["known"] else "（総数不明）")
        + (f"。足りないもの：{row['missing']}" if row["missing"] else "")
        for row in completeness_of(atlas, layer.id)
    ]
    about = About(describe(atlas, view), _today(), CREDITS, _sources(layer), tuple(notes))
    return flat_layer(
        layer.id,
        layer.titles,
        fields,
        layer.rows,
        about,
        shapes=list(layer.shapes()),
        geometry_type=layer.geometry_type,
        style=Style(tuple(Rule(label, test, Symbol(**look)) for label, test, look in layer.legend), layer.label),
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
