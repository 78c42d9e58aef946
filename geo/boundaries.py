"""Polygons of the municipalities: one exact level for measuring, joining and export, and drawing levels.

Source: 気象庁 warning areas, 2025-03 (公共データ利用規約 第1.0版), made one valid coverage of 1,741
municipalities by ``scripts/build_boundaries.py``. A drawing level is a file for the browser; it is never
measured, joined or exported.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.border_edges import sharing_pairs
from geo.data_folder import data_path
from geo.errors import DataError, UnknownNameError
from geo.private_copies import once

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SOURCE = "「気象庁ホームページ」（警報等区域 2025年3月）を加工して作成"
CRS = "EPSG:6668"
"""JGD2011, longitude and latitude in degrees."""

DRAWING_LEVELS = ("z5", "z8", "z11")
"""Drawing levels by the zoom at which their tolerance is one pixel; all but the first are split by prefecture."""


def _read(name: str, key: str) -> gpd.GeoDataFrame:
    path = data_path("boundaries", name)
    try:
        frame = gpd.read_parquet(path)
    except (OSError, ValueError) as error:
        msg = f"{path} を読めません。インストールし直すか、scripts/build_boundaries.py で作り直してください。"
        raise DataError(msg) from error
    return frame.set_index(key)


@once
def exact() -> gpd.GeoDataFrame:
    """Return the exact level.

    Returns
    -------
    geopandas.GeoDataFrame
        Index ``code`` (the gazetteer's 1,741, same order), geometry (EPSG:6668): a valid coverage.

    Raises
    ------
    DataError
        When the file is missing or damaged.

    Examples
    --------
    >>> exact().shape, exact().index[0]
    ((1741, 1), '01100')
    """
    return _read("municipalities.parquet", "code")


@once
def prefectures() -> gpd.GeoDataFrame:
    """Return the 47 prefecture outlines, exact level; index ``prefecture_code`` ("01"), EPSG:6668."""
    return _read("prefectures.parquet", "prefecture_code")


@once
def northern_territories() -> gpd.GeoDataFrame:
    """Return the Northern Territories: drawn, without data; EPSG:6668."""
    return _read("northern_territories.parquet", "code")


class Edition(NamedTuple):
    """Which boundaries these are: ``source`` and ``as_of`` (YYYY-MM), and the SHA-256 of the exact level's file."""

    source: str
    as_of: str
    sha256: str


@cache
def edition() -> Edition:
    """Return the edition of the exact level, as ``data/boundaries/SOURCE.json`` tells it.

    Raises
    ------
    DataError
        When the file is missing or damaged.

    Examples
    --------
    >>> edition().as_of
    '2025-03'
    """
    path = data_path("boundaries", "SOURCE.json")
    try:
        tables = json.loads(path.read_text(encoding="utf-8"))["tables"]
        table = next(each for each in tables if each["file"] == "municipalities.parquet")
        return Edition(table["source"], table["as_of"], table["sha256"])
    except (OSError, ValueError, LookupError, StopIteration) as error:
        msg = f"{path} を読めません。インストールし直すか、scripts/build_boundaries.py で作り直してください。"
        raise DataError(msg) from error


def drawing_file(level: str, prefecture: str | None = None) -> Path:
    """Return the GeoJSON file of a drawing level; its features have one property ``c``, the code.

    Parameters
    ----------
    level
        One of ``DRAWING_LEVELS``.
    prefecture
        2-digit code; needed for every level but ``z5``.

    Raises
    ------
    DataError
        When there is no such file.
    """
    name = "z5.geojson" if level == "z5" and prefecture is None else f"{level}/{prefecture}.geojson"
    path = data_path("boundaries", name)
    if level not in DRAWING_LEVELS or not path.is_file():
        msg = f"描画用の境界 {name} がありません。"
        raise DataError(msg)
    return path


def prefecture_lines_file() -> Path:
    """Return the GeoJSON file of the borders between prefectures, for drawing."""
    return data_path("boundaries", "prefecture_lines.geojson")


def northern_territories_file() -> Path:
    """Return the GeoJSON file of the Northern Territories, for drawing."""
    return data_path("boundaries", "northern_territories.geojson")


def _geometries(codes: Iterable[str]) -> np.ndarray:
    wanted = list(dict.fromkeys(codes))
    frame = exact()
    unknown = [code for code in wanted if code not in frame.index]
    if unknown:
        msg = f"境界のない市区町村コードです：{'、'.join(unknown)}"
        raise UnknownNameError(msg)
    return np.asarray(frame.geometry.loc[wanted].array)


@lru_cache(maxsize=4096)
def _outline(codes: tuple[str, ...]) -> shapely.Geometry:
    return shapely.coverage_union_all(_geometries(codes))


def outline(codes: Iterable[str]) -> shapely.Geometry:
    """Return the union of municipalities, as one outline.

    Parameters
    ----------
    codes
        5-digit codes; repeats count once.

    Returns
    -------
    shapely.Geometry
        Polygon or MultiPolygon, EPSG:6668; an empty one for no codes.

    Raises
    ------
    UnknownNameError
        When a code has no boundary.
    """
    return _outline(tuple(sorted(set(codes))))


@once
def adjacency() -> pd.DataFrame:
    """Return the pairs of municipalities that share a border line.

    Returns
    -------
    pandas.DataFrame
        Columns ``code``, ``neighbour``; each pair once in each direction. A pair that meets in one point
        only, or across water, is not in it.
    """
    frame = exact()
    left, right = sharing_pairs(np.asarray(frame.geometry.array))
    codes = frame.index.to_numpy()
    pairs = pd.DataFrame({"code": codes[np.r_[left, right]], "neighbour": codes[np.r_[right, left]]})
    return pairs.sort_values(["code", "neighbour"], ignore_index=True)


def part_count(codes: Iterable[str]) -> int:
    """Return into how many parts municipalities fall that do not touch: 1 for a contiguous bloc.

    Islands of one municipality count with it.

    Examples
    --------
    >>> part_count(["01207", "01631", "01637", "01643"]), part_count(["13112", "10444"])
    (1, 2)
    """
    return _part_count(frozenset(codes))


@lru_cache(maxsize=4096)
def _part_count(codes: frozenset[str]) -> int:
    members = set(codes)
    _geometries(members)
    pairs = adjacency()
    inside = pairs[pairs["code"].isin(members) & pairs["neighbour"].isin(members)]
    neighbours: dict[str, set[str]] = {code: set() for code in members}
    for code, neighbour in zip(inside["code"], inside["neighbour"], strict=True):
        neighbours[code].add(neighbour)
    parts = 0
    while members:
        parts += 1
        waiting = [members.pop()]
        while waiting:
            reached = neighbours[waiting.pop()] & members
            members -= reached
            waiting += reached
    return parts


@once
def representative_points() -> gpd.GeoSeries:
    """Return one point inside the largest part of each municipality; index ``code``, EPSG:6668."""
    frame = exact()
    largest = []
    for geometry in frame.geometry:
        parts = shapely.get_parts(geometry)
        largest.append(parts[shapely.area(parts).argmax()])
    return gpd.GeoSeries(shapely.point_on_surface(largest), index=frame.index, crs=CRS)
