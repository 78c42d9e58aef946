"""A layer of one row a municipality: whose it is and its outline stand here, what is told of it comes from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.boundaries import exact
from geo.codes import PREFECTURES, to_code6
from geo.gazetteer import municipalities
from renkei.exchange.geojson import municipality_geometries
from renkei.present.layer_rows import LayerRows, RowField

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from renkei.present.page_state import PageState

_WHOSE = (
    RowField("code", "団体コード", "Code"),
    RowField("code6", "団体コード（6桁）", "Code (6 digits)"),
    RowField("prefecture", "都道府県", "Prefecture"),
    RowField("name", "市区町村", "Municipality"),
)


def municipality_rows(
    identifier: str,
    titles: tuple[str, str],
    fields: Sequence[RowField],
    told: Callable[[str], Mapping[str, Any]],
    view: PageState,
    legend: Sequence[tuple[str, str, dict[str, Any]]],
) -> LayerRows:
    """Return the municipalities, or those of the prefectures asked for, with what is told of each.

    Parameters
    ----------
    identifier, titles, legend
        As in ``LayerRows``.
    fields, told
        The columns behind code, prefecture and name; their values of a 5-digit code.
    view
        Its prefectures are asked for.
    """
    names = municipalities()["name"]
    keep = set(view.filters.prefectures)
    codes = [code for code in names.index if not keep or code[:2] in keep]
    outlines, geometries = exact(), municipality_geometries()
    return LayerRows(
        identifier,
        titles,
        (*_WHOSE, *fields),
        [
            {
                "code": code,
                "code6": to_code6(code),
                "prefecture": PREFECTURES[code[:2]],
                "name": names[code],
                **told(code),
            }
            for code in codes
        ],
        lambda: list(outlines.geometry.loc[codes]),
        "MultiPolygon",
        geojson=lambda: [geometries[code] for code in codes],
        legend=tuple(legend),
    )
