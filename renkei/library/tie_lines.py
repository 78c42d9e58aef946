"""Ties gathered by pair of parties or of prefectures, and drawn as straight lines."""

from __future__ import annotations

from typing import Literal

import geopandas as gpd
import shapely

from geo.measure import great_circle, party_point, prefecture_seat


def gathered(ties: gpd.GeoDataFrame, by: Literal["pair", "prefecture"]) -> gpd.GeoDataFrame:
    """Return one row a pair: ``from_code``, ``to_code``, ``count``, ``kinds`` (tuple), a great circle.

    Parameters
    ----------
    ties
        As ``rk.ties()`` returns them.
    by
        ``pair`` of parties, or ``prefecture`` (codes PP000; lines run between the seats of government; ties inside one
        prefecture have a line of no length).
    """
    found: dict[tuple[str, str], list[str]] = {}
    for first, second, kind in zip(ties["from_code"], ties["to_code"], ties["kind"], strict=True):
        ends = (first, second) if by == "pair" else (f"{first[:2]}000", f"{second[:2]}000")
        found.setdefault((min(ends), max(ends)), []).append(kind)
    table = {
        "from_code": [first for first, _ in found],
        "to_code": [second for _, second in found],
        "count": [len(kinds) for kinds in found.values()],
        "kinds": [tuple(dict.fromkeys(kinds)) for kinds in found.values()],
    }
    where = party_point if by == "pair" else _seat
    lines = [great_circle(where(first), where(second)) for first, second in found]
    made = gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(lines, crs=ties.crs), crs=ties.crs)
    made.attrs["sources"] = ties.attrs.get("sources", ())
    return made


def _seat(code: str) -> tuple[float, float]:
    return prefecture_seat(code[:2])


def straightened(ties: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the ties as straight lines in degrees between their two ends."""
    ends = [shapely.get_coordinates(line)[[0, -1]] for line in ties.geometry]
    return ties.set_geometry(gpd.GeoSeries(shapely.linestrings(ends), index=ties.index, crs=ties.crs))
