"""Geodesic distance, great-circle arcs and extents, on the GRS80 ellipsoid of JGD2011."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Geod

from geo.boundaries import exact, outline, prefectures
from geo.errors import UnknownNameError
from geo.gazetteer import municipalities

if TYPE_CHECKING:
    from collections.abc import Iterable

_GRS80 = Geod(ellps="GRS80")


def distance_km(from_lonlat: tuple[float, float], to_lonlat: tuple[float, float]) -> float:
    """Return the geodesic distance of two points in kilometres (Karney's method, by PROJ).

    Parameters
    ----------
    from_lonlat, to_lonlat
        Longitude and latitude in degrees, EPSG:6668.

    Examples
    --------
    >>> round(distance_km((139.6917, 35.6895), (135.5200, 34.6863)), 1)
    395.9
    """
    return float(_GRS80.inv(*from_lonlat, *to_lonlat)[2]) / 1000


def great_circle(
    from_lonlat: tuple[float, float], to_lonlat: tuple[float, float], points: int = 33
) -> shapely.LineString:
    """Return the shortest line over the ellipsoid between two points.

    Parameters
    ----------
    from_lonlat, to_lonlat
        Longitude and latitude in degrees, EPSG:6668.
    points
        Number of points on the line, both ends among them; at least 2.

    Returns
    -------
    shapely.LineString
        Points at equal distances; equal ends give a line of no length.
    """
    between = _GRS80.npts(*from_lonlat, *to_lonlat, points - 2) if points > 2 else []  # noqa: PLR2004
    return shapely.LineString(np.array([from_lonlat, *between, to_lonlat]))


def extent(codes: Iterable[str]) -> tuple[float, float, float, float]:
    """Return west, south, east, north (degrees, EPSG:6668) of municipalities; of all for no codes.

    Raises
    ------
    UnknownNameError
        When a code has no boundary.
    """
    wanted = tuple(codes)
    west, south, east, north = shapely.bounds(outline(wanted)) if wanted else exact().total_bounds
    return float(west), float(south), float(east), float(north)


@cache
def party_point(code: str) -> tuple[float, float]:
    """Return longitude and latitude (degrees, EPSG:6668) where a party's markers and lines stand.

    A municipality stands at its office (地方公共団体一覧, 2026-07); a prefecture (PP000) at a point inside its
    outline.

    Raises
    ------
    UnknownNameError
        When the code is neither.

    Examples
    --------
    >>> party_point("10444")
    (139.106667, 36.694722)
    """
    if code.endswith("000") and code[:2] in prefectures().index:
        point = shapely.point_on_surface(prefectures().geometry.loc[code[:2]])
        return round(float(shapely.get_x(point)), 6), round(float(shapely.get_y(point)), 6)
    try:
        return _offices()[code]
    except KeyError as error:
        msg = f"市区町村コード「{code}」は現在の1,741市区町村にありません。"
        raise UnknownNameError(msg) from error


@cache
def _offices() -> dict[str, tuple[float, float]]:
    frame = municipalities()
    points = zip(frame["lon"].astype(float), frame["lat"].astype(float), strict=True)
    return {str(code): (float(lon), float(lat)) for code, (lon, lat) in zip(frame.index, points, strict=True)}


def offices_within(shape: shapely.Geometry) -> tuple[str, ...]:
    """Return the municipalities whose office lies inside a shape: the one rule by which a drawn area is read.

    Parameters
    ----------
    shape
        Polygon of longitudes and latitudes in degrees, EPSG:6668.

    Returns
    -------
    tuple of str
        5-digit codes, ascending.

    Examples
    --------
    >>> offices_within(shapely.box(143.0, 42.8, 143.3, 43.05))
    ('01207', '01631', '01637')
    """
    offices = _offices()
    lon, lat = np.array(list(offices.values())).T
    inside = shapely.contains_xy(shape, lon, lat)
    return tuple(sorted(code for code, within in zip(offices, inside, strict=True) if within))


_SEATS = {"13": "13104", "35": "35203", "40": "40130"}
"""Where a prefecture's government does not sit in PP100 or PP201: 新宿区, 山口市, 福岡市."""


@cache
def prefecture_seat(prefecture: str) -> tuple[float, float]:
    """Return longitude and latitude (degrees, EPSG:6668) of the office of the city of a prefecture's government.

    Where ties gathered by prefecture begin and end.

    Parameters
    ----------
    prefecture
        2-digit code (JIS X 0401).

    Examples
    --------
    >>> prefecture_seat("47") == party_point("47201"), prefecture_seat("01") == party_point("01100")
    (True, True)
    """
    designated = f"{prefecture}100"
    seat = _SEATS.get(prefecture) or (designated if designated in municipalities().index else f"{prefecture}201")
    return party_point(seat)


def middle(points: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """Return the middle of points on the sphere: the mean of their unit vectors, brought back to the surface.

    Parameters
    ----------
    points
        Longitude and latitude in degrees, EPSG:6668; one at least.

    Returns
    -------
    tuple of float
        Longitude and latitude in degrees, 6 decimals.

    Examples
    --------
    >>> middle([(139.0, 35.0), (141.0, 35.0)])
    (140.0, 35.0041)
    """
    lon, lat = np.radians(np.array(list(points), dtype=float)).T
    x, y, z = (np.cos(lat) * np.cos(lon)).mean(), (np.cos(lat) * np.sin(lon)).mean(), np.sin(lat).mean()
    return round(float(np.degrees(np.arctan2(y, x))), 6), round(float(np.degrees(np.arctan2(z, np.hypot(x, y)))), 6)
