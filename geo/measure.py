"""Geodesic distance, great-circle arcs and extents, on the GRS80 ellipsoid of JGD2011."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Geod

from geo.boundaries import exact, outline

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
