"""What is on the screen, as GeoJSON (RFC 7946): WGS 84, right-hand rule, no ``crs``, at most 7 decimals.

Coordinates are JGD2011 (EPSG:6668) as they stand: it agrees with WGS 84 to within centimetres, far below
the accuracy of the boundaries.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import shapely

from geo.boundaries import exact, outline
from geo.codes import PREFECTURES, prefecture_of, to_code6
from geo.errors import InvalidFilterError
from geo.gazetteer import display_name, municipalities
from geo.measure import great_circle, party_point
from layers.tables import per_snapshot, rows
from renkei.exchange.network_tables import network_feature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from layers.filters import Filters
    from renkei.atlas import Atlas

DECIMALS = 7
CREDITS = (
    "「気象庁ホームページ」（警報等区域 2025年3月）を加工して作成",
    "国土交通省 国土数値情報（行政区域データ N03）、国土地理院 面積調を加工して作成",
    "総務省統計局「国勢調査」、総務省「住民基本台帳人口」「マイナンバーカード交付状況」「主要財政指標」を加工して作成",
    "国立社会保障・人口問題研究所「日本の地域別将来推計人口（令和5年推計）」を加工して作成",
    "デジタル庁「自治体DX推進状況」、環境省「脱炭素先行地域」、資源エネルギー庁「FIT公表情報」を加工して作成",
    "国土交通省 国土数値情報（医療圏 A38）、内閣府・農林水産省・国土交通省ほかの選定事業の公表を加工して作成",
)
_JAPAN = timezone(timedelta(hours=9))

Feature = dict[str, Any]


def _geometry(shape: shapely.Geometry) -> orjson.Fragment:
    rounded = shapely.transform(shape, lambda points: points.round(DECIMALS))
    return _shortest(shapely.to_geojson(shapely.orient_polygons(rounded)))


def _shortest(text: str) -> orjson.Fragment:
    """Write coordinates again with their shortest digits: GEOS writes 36.1052073 as 36.105207299999996."""
    return orjson.Fragment(orjson.dumps(orjson.loads(text)))


@cache
def _municipality_geometries() -> dict[str, orjson.Fragment]:
    """Return each municipality's geometry as prepared text: made once a process, spliced into every export."""
    frame = exact()
    shapes = shapely.orient_polygons(shapely.transform(np.asarray(frame.geometry.array), lambda p: p.round(DECIMALS)))
    return {code: _shortest(text) for code, text in zip(frame.index, shapely.to_geojson(shapes), strict=True)}


@cache
def _municipality_names() -> dict[str, str]:
    return {str(code): str(name) for code, name in municipalities()["name"].items()}


def _place(code: str) -> Feature:
    """Return the properties that say which municipality (or prefecture, PP000) is meant."""
    prefecture = PREFECTURES[prefecture_of(code)]
    name = prefecture if code.endswith("000") else _municipality_names()[code]
    return {"code": code, "code6": to_code6(code), "prefecture": prefecture, "name": name}


def _programme(atlas: Atlas, identifier: str) -> Feature:
    return {"programme": identifier, "programme_name": _programme_names(atlas)[identifier]}


@per_snapshot()
def _programme_names(atlas: Atlas) -> dict[str, str]:
    return {str(key): str(name) for key, name in atlas.programmes()["name"].items()}


def _evidence(row: Feature) -> Feature:
    return {"source": row["source"], "evidence": row["evidence"]}


def _pages(row: Feature) -> Feature:
    """Return the evidence of a tie or bloc: whose page it is, its addresses, and what each source says."""
    return {**_evidence(row), "tier": row["tier"], "urls": list(row["urls"]), "stated": row["stated"] or None}


def _case(atlas: Atlas, row: Feature) -> tuple[Feature, shapely.Geometry]:
    codes = row["member_codes"] or tuple(f"{code}000" for code in row["prefecture_codes"])
    points = [party_point(code) for code in codes]
    properties = {
        "id": row["id"],
        **_place(codes[0]),
        "member_codes": list(row["member_codes"]),
        "themes": list(row["themes"]),
        "primary_theme": row["primary_theme"] if row["themes"] else None,
        **_programme(atlas, row["programme"]),
        "kind": row["kind"],
        "fiscal_year": int(row["fiscal_year"]) if row["fiscal_year"] else None,
        "title": row["title"] or None,
        "organisation": row["organisation"] or None,
        "role": row["role"] or None,
        "note": row["note"] or None,
        **_evidence(row),
    }
    return properties, shapely.Point(points[0]) if len(points) == 1 else shapely.MultiPoint(points)


def _tie(atlas: Atlas, row: Feature) -> tuple[Feature, shapely.Geometry]:
    first, second = row["from_code"], row["to_code"]
    properties = {
        "id": row["id"],
        "from_code": first,
        "from_code6": to_code6(first),
        "from_name": display_name(first),
        "to_code": second,
        "to_code6": to_code6(second),
        "to_name": display_name(second),
        "kind": row["kind"],
        "since": row["since"] or None,
        "until": row["until"] or None,
        "strength": row["strength"],
        "name": row["name"] or None,
        "family": row["family"],
        "form": row["form"],
        "standing": row["standing"] or None,
        "themes": list(row["themes"]),
        **_programme(atlas, row["programme"]),
        "note": row["note"] or None,
        **_pages(row),
    }
    return properties, great_circle(party_point(first), party_point(second))


def _bloc(atlas: Atlas, row: Feature) -> tuple[Feature, shapely.Geometry]:
    members = row["member_codes"]
    properties = {
        "id": row["id"],
        "name": row["name"],
        "project": row["project"],
        "member_codes": list(members),
        "member_code6s": [to_code6(code) for code in members],
        "member_names": [display_name(code) for code in members],
        "prefecture": "・".join(PREFECTURES[code] for code in row["prefecture_codes"]),
        "representative": row["representative"] or None,
        "since": row["since"] or None,
        "until": row["until"] or None,
        "membership": row["membership"],
        "elements": list(row["elements"]),
        "themes": list(row["themes"]),
        **_programme(atlas, row["programme"]),
        "note": row["note"] or None,
        **_pages(row),
    }
    return properties, outline(members)


def _features(pairs: Iterable[tuple[Feature, shapely.Geometry]]) -> list[Feature]:
    return [{"type": "Feature", "properties": p, "geometry": _geometry(shape)} for p, shape in pairs]


def _cases(atlas: Atlas, filters: Filters) -> list[Feature]:
    return _features(_case(atlas, row) for row in rows(filters.apply(atlas.tables, "cases")))


def _ties(atlas: Atlas, filters: Filters) -> list[Feature]:
    return _features(_tie(atlas, row) for row in rows(filters.apply(atlas.tables, "ties")))


def _blocs(atlas: Atlas, filters: Filters) -> list[Feature]:
    return _features(_bloc(atlas, row) for row in rows(filters.apply(atlas.tables, "blocs")))


def _networks(atlas: Atlas, filters: Filters) -> list[Feature]:
    pairs = ((row, *network_feature(row)) for row in rows(filters.apply(atlas.tables, "networks")))
    return _features(
        (properties | _programme(atlas, row["programme"]) | _pages(row), shape) for row, properties, shape in pairs
    )


def _facts_by_municipality(atlas: Atlas, filters: Filters) -> dict[str, dict[str, list[Any]]]:
    """Return, per code, the themes, programmes and evidence of the facts that the filters leave."""
    found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    layers = (
        ("cases", filters.apply(atlas.tables, "cases")),
        ("partnerships", filters.apply(atlas.tables, "ties")),
        ("networks", filters.apply(atlas.tables, "networks")),
        ("blocs", filters.apply(atlas.tables, "blocs")),
    )
    for layer, frame in layers:
        for row in rows(frame):
            for code in row.get("member_codes", ()) or [row[end] for end in ("from_code", "to_code") if end in row]:
                own = found[code]
                own[layer].append(row["id"])
                own["themes"] += [theme for theme in row["themes"] if theme not in own["themes"]]
                own["programme"] += [row["programme"]] * (row["programme"] not in own["programme"])
                own["evidence"] += [row["evidence"]] * (row["evidence"] not in own["evidence"])
    return found


def _municipalities(atlas: Atlas, filters: Filters) -> list[Feature]:
    facts = _facts_by_municipality(atlas, filters)
    geometries = _municipality_geometries()
    columns = _indicator_columns(atlas)
    frame = municipalities()
    position = {code: i for i, code in enumerate(frame.index)}
    features = []
    for code in filters.municipality_codes(atlas.tables):
        own, i = facts.get(code, {}), position[code]
        properties = {
            **_place(code),
            "kana": frame["kana"].iat[i],
            "name_en": frame["english"].iat[i],
            "county": frame["county"].iat[i] or None,
            "area_km2": frame["area_km2"].iat[i],
            "themes": own.get("themes", []),
            "programme": own.get("programme", []),
            "cases": own.get("cases", []),
            "partnerships": own.get("partnerships", []),
            "networks": own.get("networks", []),
            "blocs": own.get("blocs", []),
            "source": CREDITS[0],
            "evidence": own.get("evidence", []),
            **{identifier: column[i] for identifier, column in columns.items()},
        }
        features.append({"type": "Feature", "properties": properties, "geometry": geometries[code]})
    return features


@per_snapshot()
def _indicator_columns(atlas: Atlas) -> dict[str, list[float | str | None]]:
    """Return each indicator's newest values in gazetteer order: a number, a category's name, None = no data."""
    columns: dict[str, list[float | str | None]] = {}
    for each in atlas.indicators():
        series = atlas.values(each.id)
        known = series.notna().tolist()
        numbers = series.fillna(0).tolist()
        columns[each.id] = [
            None if not there else each.labels[int(value)] if each.labels else round(value, 6)
            for value, there in zip(numbers, known, strict=True)
        ]
    return columns


def _indicator_notes(atlas: Atlas) -> dict[str, Feature]:
    return {
        each.id: {
            "title": each.title,
            "unit": each.unit,
            "date": each.dates[-1],
            "status": each.flag(each.dates[-1]) or "final",
            "definition": each.definition,
            "source": each.source,
            "publisher": each.publisher,
            "licence": each.licence,
            "gaps": each.gaps,
        }
        for each in atlas.indicators()
    }


def _completeness(atlas: Atlas, layer: str) -> list[Feature]:
    """Return, kind by kind, how many are known to exist and what this layer lacks; all kinds for municipalities."""
    frame = atlas.completeness()
    own = frame if layer == "municipalities" else frame[frame["layer"].eq(layer)]
    return [
        {
            **{key: row[key] or None for key in ("programme", "layer", "name", "known_on", "known_by", "missing")},
            "held": row["held"],
            "held_municipalities": row["held_municipalities"],
            "known": int(row["known"]) if row["known"] else None,
        }
        for row in rows(own)
    ]


LAYERS: dict[str, Callable[[Atlas, Filters], list[Feature]]] = {
    "municipalities": _municipalities,
    "cases": _cases,
    "partnerships": _ties,
    "networks": _networks,
    "blocs": _blocs,
}
"""What can be exported."""


def feature_collection(atlas: Atlas, layer: str, filters: Filters) -> bytes:
    """Return a layer as the filters leave it.

    Parameters
    ----------
    atlas
        The tables.
    layer
        One of ``LAYERS``.
    filters
        The same value that the page and its address hold.

    Returns
    -------
    bytes
        A FeatureCollection in UTF-8. Besides ``features`` it carries ``renkei``: layer, filters, count, day of
        writing (Japan), credits, completeness kind by kind and, for municipalities, what each
        indicator is and where it comes from.

    Raises
    ------
    InvalidFilterError
        When the layer does not exist.
    """
    if layer not in LAYERS:
        msg = f"レイヤー「{layer[:40]}」はありません。{'、'.join(LAYERS)} のどれかを指定してください。"
        raise InvalidFilterError(msg)
    features = LAYERS[layer](atlas, filters)
    about: Feature = {
        "layer": layer,
        "filters": filters.to_query(),
        "count": len(features),
        "written": datetime.now(UTC).astimezone(_JAPAN).date().isoformat(),
        "credits": CREDITS,
    }
    about["completeness"] = _completeness(atlas, layer)
    if layer == "municipalities":
        about["indicators"] = _indicator_notes(atlas)
    return orjson.dumps(
        {"type": "FeatureCollection", "renkei": about, "features": features}, option=orjson.OPT_SERIALIZE_NUMPY
    )
