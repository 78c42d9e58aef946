"""What lies under the facts: outlines of prefectures and of the Northern Territories, wards, blocs with their sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geo.boundaries import northern_territories, prefectures
from geo.codes import PREFECTURES, PREFECTURES_EN
from geo.gazetteer import wards
from layers.tables import rows
from renkei.present.layer_rows import LayerRows, RowField

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState

_BORDER = {"color": "#374151", "outline": "#374151", "width": 0.3, "filled": False}
_UNKNOWN_LAND = {"color": "#9ca3af", "outline": "#ffffff", "width": 0.1, "hatched": True}
_MARK = {"color": "#475569", "outline": "#ffffff"}


def prefecture_layer(_: Atlas, view: PageState) -> LayerRows:
    """Return the 47 prefectures, or those that the filters ask for."""
    frame = prefectures()
    codes = [code for code in PREFECTURES if not view.filters.prefectures or code in view.filters.prefectures]
    return LayerRows(
        "prefectures",
        ("都道府県", "Prefectures"),
        (
            RowField("prefecture_code", "都道府県コード", "Prefecture code"),
            RowField("name", "都道府県", "Prefecture"),
            RowField("name_en", "英語名", "Name in English"),
        ),
        [{"prefecture_code": each, "name": PREFECTURES[each], "name_en": PREFECTURES_EN[each]} for each in codes],
        lambda: list(frame.geometry.loc[codes]),
        "MultiPolygon",
        legend=(("都道府県", "TRUE", _BORDER),),
    )


def northern_territory_layer(_: Atlas, __: PageState) -> LayerRows:
    """Return the Northern Territories: drawn, without data."""
    shape = shapely.unary_union(list(northern_territories().geometry))
    return LayerRows(
        "northern_territories",
        ("北方領土", "Northern Territories"),
        (RowField("name", "名称", "Name"),),
        [{"name": "北方領土"}],
        lambda: [shape],
        "MultiPolygon",
        legend=(("北方領土（データなし）", "TRUE", _UNKNOWN_LAND),),
    )


def ward_layer(atlas: Atlas, view: PageState) -> LayerRows:
    """Return the wards of the designated cities at their offices, with the newest figures that the sources give."""
    frame = wards()
    keep = set(view.filters.prefectures)
    chosen = [row for row in rows(frame.reset_index()) if not keep or row["prefecture_code"] in keep]
    values = {code: atlas.ward_values(code) for code in frame.index}
    known = {name for found in values.values() for name in found["indicator"]}
    listed = [each for each in atlas.indicators() if each.id in known]
    fields = [
        RowField("code", "団体コード", "Code"),
        RowField("name", "区", "Ward"),
        RowField("city_code", "市のコード", "Code of the city"),
    ]
    for each in listed:
        fields += [
            RowField(each.id, each.title, each.title_en, "real", each.unit, each.definition),
            RowField(f"{each.id}_date", f"{each.title}の時点", f"{each.title_en}, as of"),
        ]
    cells: list[dict[str, object]] = []
    for row in chosen:
        cell: dict[str, object] = {key: row[key] for key in ("code", "name", "city_code")}
        for found in rows(values[row["code"]]):
            cell[found["indicator"]], cell[f"{found['indicator']}_date"] = found["value"], found["date"]
        cells.append(cell)
    return LayerRows(
        "wards",
        ("政令指定都市の区", "Wards"),
        tuple(fields),
        list(cells),
        lambda: [shapely.Point(row["lon"], row["lat"]) for row in chosen],
        "Point",
        legend=(("区", "TRUE", _MARK),),
    )
