"""Points of a planner's table: where each stands, which municipality holds it, or why it cannot be shown."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from geo.assign import assign
from renkei.exchange.geo_files import JAPAN
from renkei.exchange.written_numbers import read_number

if TYPE_CHECKING:
    from renkei.exchange.own_reading import Reading

NEAR_SHORE = 500.0
"""Metres within which a point off the shore is taken to the nearest municipality: a quay, a lighthouse."""


def points_of(read: Reading) -> dict[int, tuple[tuple[float, float] | None, str, str]]:
    """Return each row's point, the municipality that holds it ("" where none does), and why there is none."""
    across, up = read.columns("longitude")[:1], read.columns("latitude")[:1]
    if not (across and up):
        return {}
    pairs = np.array([(_degrees(cells[across[0]]), _degrees(cells[up[0]])) for _, cells in read.body], dtype=float)
    pairs = pairs.reshape(-1, 2)
    faults = [point_fault(longitude, latitude) for longitude, latitude in pairs]
    good = [at for at, fault in enumerate(faults) if not fault]
    codes = [""] * len(pairs)
    if good:
        found = assign(pairs[good, 0], pairs[good, 1], nearest_within=NEAR_SHORE)["code"]
        for at, code in zip(good, found, strict=True):
            codes[at] = code if isinstance(code, str) else ""
    sea = "どの市区町村の中にもありません（海の上か国外）。経度・緯度を確かめてください。"
    return {
        number: (
            None if faults[at] else (float(pairs[at, 0]), float(pairs[at, 1])),
            codes[at],
            faults[at] or (not codes[at]) * sea,
        )
        for at, (number, _) in enumerate(read.body)
    }


def _degrees(cell: str) -> float:
    try:
        value = read_number(cell.replace("度", "").replace("°", "")).value
    except ValueError:
        return math.nan
    return math.nan if value is None else value


def point_fault(longitude: float, latitude: float) -> str:
    """Say why a point cannot be in Japan; "" where it can.

    Examples
    --------
    >>> point_fault(139.1, 36.7), point_fault(36.7, 139.1)
    ('', '緯度と経度が逆のようです。')
    """
    west, south, east, north = JAPAN
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        return "経度・緯度が数として読めません（度の小数で書いてください。例：139.1、36.7）。"
    if west <= longitude <= east and south <= latitude <= north:
        return ""
    swapped = west <= latitude <= east and south <= longitude <= north
    return "緯度と経度が逆のようです。" if swapped else "座標が日本の範囲の外にあります。"
