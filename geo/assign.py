"""Points to municipalities: exact on every point, by a grid of cells that are certain.

The rule. A point belongs to the municipality whose polygon holds it, the boundary included: a point on the shore is
inside. A point on a border that several share belongs to the one with the lowest code. A point that no polygon holds
is *outside*: at sea, abroad, on a lake that is in no municipality, or on the Northern Territories, for which there is
no municipality's boundary. Coordinates are of JGD2011 (those of WGS 84 differ by less than the boundaries are exact);
the old Tokyo datum is off by about 400 m and must be converted first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.boundaries import exact
from geo.errors import InvalidCoordinatesError
from geo.nearest_shore import FARTHEST, nearest_shore
from geo.point_grid import INVALID, OUTSIDE, point_grid

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    FloatArray = NDArray[np.float64]

OUTCOMES = ("inside", "nearest", "outside", "invalid")
"""How a point came by its municipality, or why it has none."""

JAPAN = (122.0, 20.0, 154.1, 46.0)
"""West, south, east, north in degrees: what holds all of Japan."""


def locate(x: ArrayLike, y: ArrayLike) -> NDArray[np.int16]:
    """Return the position of each point's municipality in ``geo.boundaries.exact()``.

    Parameters
    ----------
    x, y
        Longitude and latitude in degrees, EPSG:6668, shape (n,).

    Returns
    -------
    numpy.ndarray
        int16, shape (n,); -1 outside, -2 where a coordinate is no finite number.

    Raises
    ------
    InvalidCoordinatesError
        When x and y are not one-dimensional, of one length and of numbers, or when they seem to be swapped.

    Examples
    --------
    >>> positions = locate([139.7006, 150.0], [35.6895, 30.0])
    >>> exact().index[positions[0]], positions[1].item()
    ('13104', -1)
    """
    across, up = _numbers(x), _numbers(y)
    if across.shape != up.shape:
        msg = f"経度（{across.size}個）と緯度（{up.size}個）の数が違います。"
        raise InvalidCoordinatesError(msg)
    if swapped(across, up):
        msg = "経度と緯度が逆のようです（例：経度 139.7、緯度 35.7）。x に経度、y に緯度を指定してください。"
        raise InvalidCoordinatesError(msg)
    return point_grid().locate(across, up)


def assign(x: ArrayLike, y: ArrayLike, *, nearest_within: float = 0.0) -> pd.DataFrame:
    """Return the municipality of each point, and how it was found.

    Parameters
    ----------
    x, y
        Longitude and latitude in degrees, EPSG:6668, shape (n,); Series of one index are taken by position.
    nearest_within
        Metres, at most 50,000. A point outside goes to the nearest municipality within so much (geodesic, GRS80);
        of two equally near (to the millimetre) to the one with the lower code. 0: points outside stay outside.

    Returns
    -------
    pandas.DataFrame
        A row a point, with the index of ``x`` where it has one: ``code`` (categorical, missing where there is none),
        ``outcome`` (``inside``, ``nearest``, ``outside`` or ``invalid``), ``distance_m`` (0 inside, NaN where there
        is no municipality).

    Raises
    ------
    InvalidCoordinatesError
        As ``locate``; and when ``nearest_within`` is not between 0 and 50,000.

    Examples
    --------
    >>> assign([139.7006, 139.80], [35.6895, 35.56], nearest_within=2_000)["outcome"].tolist()
    ['inside', 'nearest']
    """
    if not 0 <= nearest_within <= FARTHEST:
        msg = f"nearest_within は 0 から {FARTHEST:,.0f}（メートル）の間で指定してください。"
        raise InvalidCoordinatesError(msg)
    positions = locate(x, y)
    outcome = np.zeros(len(positions), dtype=np.int8)
    outcome[positions == OUTSIDE] = OUTCOMES.index("outside")
    outcome[positions == INVALID] = OUTCOMES.index("invalid")
    distance = np.where(positions >= 0, 0.0, np.nan)
    if nearest_within:
        outside = np.flatnonzero(positions == OUTSIDE)
        near = nearest_shore(_numbers(x)[outside], _numbers(y)[outside], nearest_within)
        positions[outside], distance[outside] = near
        outcome[outside[near.position >= 0]] = OUTCOMES.index("nearest")
    return pd.DataFrame(
        {
            "code": pd.Categorical.from_codes(np.maximum(positions, OUTSIDE), exact().index),
            "outcome": pd.Categorical.from_codes(outcome, pd.Index(OUTCOMES)),
            "distance_m": distance,
        },
        index=x.index if isinstance(x, pd.Series) else None,
    )


def swapped(x: FloatArray, y: FloatArray) -> bool:
    """Tell whether most points lie in Japan only when x is read as latitude and y as longitude.

    Examples
    --------
    >>> swapped(np.array([35.7]), np.array([139.7])), swapped(np.array([139.7]), np.array([35.7]))
    (True, False)
    """
    west, south, east, north = JAPAN
    exchanged = (y >= west) & (y <= east) & (x >= south) & (x <= north)
    return bool(2 * np.count_nonzero(exchanged) > np.count_nonzero(np.isfinite(x) & np.isfinite(y)))


def _numbers(values: ArrayLike) -> FloatArray:
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        msg = "座標に数でないものがあります。経度・緯度は度の数（例：139.7、35.7）で指定してください。"
        raise InvalidCoordinatesError(msg) from error
    if numbers.ndim != 1:
        msg = "経度と緯度は、点の数だけ並べた1列で指定してください。"
        raise InvalidCoordinatesError(msg)
    return numbers
