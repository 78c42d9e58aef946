"""Class breaks and colours, by schemes that planners know: 自然階級, 等量, 等間隔, 手動; categories apart."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.errors import InvalidFilterError

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEMES = ("natural", "quantile", "equal", "manual", "categories")

# ColorBrewer ramps, safe for the colour-blind: YlGnBu-like for amounts, PuOr for two-sided change.
_SEQUENTIAL = ("#f1f7f3", "#cfe5e0", "#a3cfcf", "#6fb1bd", "#3f8ba6", "#256488", "#173f5f")
_DIVERGING = ("#b0602a", "#d9925a", "#efc59b", "#f8ecdc", "#e3e0ee", "#b9b0d4", "#8474b2", "#5b4590")
_SAMPLE = 120
_CATEGORIES = ("#e9ecef", "#7fb8c9", "#1f6f8b", "#c98b2b", "#7b4fa3", "#5b8c5a")


@dataclass(frozen=True)
class Classes:
    """Classes of a series.

    Parameters
    ----------
    scheme
        The scheme used.
    breaks
        Inner breaks, ascending: a value belongs to the class above each break that it reaches.
    labels, counts, colors
        One entry a class, from low to high.
    no_data_count
        Values that are NaN.
    codes
        Class number of each value, same index as the series; −1 is no data.
    """

    scheme: str
    breaks: tuple[float, ...]
    labels: tuple[str, ...]
    counts: tuple[int, ...]
    colors: tuple[str, ...]
    no_data_count: int
    codes: pd.Series = field(repr=False)


HALF = 1e-6
"""So near to a half, in units of the last decimal, rounding is left to the writing itself."""

SMALLEST = 1e-290
"""Below this a power of ten can no longer be divided by."""


def _natural(values: np.ndarray, k: int) -> list[float]:
    from mapclassify import FisherJenks  # noqa: PLC0415 - half a second to import

    # Fisher–Jenks is quadratic: quantiles of the values stand for them, so that it is quick and always the same.
    sample = np.quantile(values, np.linspace(0, 1, _SAMPLE)) if len(values) > _SAMPLE else values
    k = min(k, len(np.unique(sample)))  # many equal values leave fewer in the sample
    if k < 2:  # noqa: PLR2004 - one value, no break
        return []
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Numba not installed")
        return [float(upper) for upper in FisherJenks(sample, k=k).bins[:-1]]


def _breaks(values: np.ndarray, scheme: str, k: int) -> list[float]:
    if scheme == "natural":
        return _natural(values, k)
    if scheme == "quantile":
        return [float(value) for value in np.quantile(values, np.arange(1, k) / k)]
    low, high = float(values.min()), float(values.max())
    return [low + (high - low) * i / k for i in range(1, k)]


def readable(number: float, step: float) -> float:
    """Round a break to a number that people read: the coarsest that moves it less than a tenth of ``step``.

    Examples
    --------
    >>> readable(12345.6, 8000), readable(0.4567, 0.05), readable(-33.21, 5)
    (12000.0, 0.46, -33.0)
    """
    if step <= SMALLEST or not np.isfinite(step):
        return number
    unit = 10 ** np.floor(np.log10(step / 5))
    for factor in (10, 5, 2, 1):
        rounded = round(number / (unit * factor)) * unit * factor
        if abs(rounded - number) <= step / 10:
            return float(np.round(rounded, 10))
    return float(np.round(round(number / unit) * unit, 10))


def _readable_breaks(breaks: list[float], values: np.ndarray) -> list[float]:
    edges = [float(values.min()), *breaks, float(values.max())]
    steps = [min(b - a, c - b) for a, b, c in zip(edges, edges[1:], edges[2:], strict=False)]
    rounded = [readable(value, step) for value, step in zip(breaks, steps, strict=True)]
    # A break that rounding moved past values it should part, or onto another break, stays as it was.
    counts = np.histogram(values, [-np.inf, *sorted(set(rounded)), np.inf])[0] if rounded else np.array([1])
    return rounded if len(set(rounded)) == len(rounded) and counts.all() else breaks


def _diverging_breaks(values: np.ndarray, scheme: str, k: int) -> list[float]:
    """Part both sides of zero, each in proportion to how much of the values it holds."""
    low, high = values[values < 0], values[values > 0]
    sides = []
    for side in (low, high):
        classes = 0 if not len(side) else max(1, min(k - 1, round(k * len(side) / len(values))))
        distinct = len(np.unique(side))
        if classes > 1 and distinct > classes:
            sides += _breaks(side, scheme, classes)
    zero = [0.0] if len(low) and len(values) > len(low) else []
    return sorted({*sides, *zero})


def with_unit(unit: str) -> str:
    """Return a unit as it stands behind a number: Japanese units and % at once, others after a space.

    Examples
    --------
    >>> with_unit("世帯"), with_unit("kW/km²")
    ('世帯', ' kW/km²')
    """
    return f" {unit}" if unit[:1].isascii() and unit not in ("", "%") else unit


def class_labels(breaks: Sequence[float], decimals: int, unit: str, *, english: bool = False) -> tuple[str, ...]:
    """Name the classes that inner breaks make.

    Examples
    --------
    >>> class_labels((2, 5), 0, "人"), class_labels((2, 5), 0, "", english=True)
    (('2人 未満', '2 ～ 5', '5人 以上'), ('under 2', '2 – 5', '5 or more'))
    """
    numbers = [f"{value:,.{decimals}f}".replace("-", "−") for value in breaks]
    if not numbers:
        return ("all",) if english else ("すべて",)
    if english:
        return (f"under {numbers[0]}", *(f"{a} – {b}" for a, b in pairwise(numbers)), f"{numbers[-1]} or more")
    first, last = f"{numbers[0]}{with_unit(unit)}", f"{numbers[-1]}{with_unit(unit)}"
    return (f"{first} 未満", *(f"{a} ～ {b}" for a, b in pairwise(numbers)), f"{last} 以上")


def _ramp(keys: Sequence[str], count: int) -> list[str]:
    """Return ``count`` colours at equal steps along a ramp, mixed in RGB between its key colours."""
    channels = np.array([[int(key[i : i + 2], 16) for i in (1, 3, 5)] for key in keys], dtype=float)
    positions = np.linspace(0, len(keys) - 1, count) if count > 1 else np.array([(len(keys) - 1) / 2])
    mixed = [np.interp(positions, range(len(keys)), channels[:, channel]) for channel in range(3)]
    return ["#" + "".join(f"{round(value):02x}" for value in color) for color in zip(*mixed, strict=True)]


def _diverging_colors(breaks: Sequence[float], *, all_negative: bool) -> list[str]:
    """Give the classes below zero the warm side, those above the cool side, strongest far from zero."""
    if all_negative:
        return _ramp(_DIVERGING[:4], len(breaks) + 1)
    below = sum(1 for value in breaks if value <= 0)
    return _ramp(_DIVERGING[:4], below) * (below > 0) + _ramp(_DIVERGING[4:], len(breaks) + 1 - below)


def classify(
    values: pd.Series,
    *,
    scheme: str = "natural",
    k: int = 6,
    breaks: Sequence[float] | None = None,
    diverging: bool = False,
    decimals: int | None = None,
    shown: int | None = None,
    unit: str = "",
    labels: Sequence[str] = (),
) -> Classes:
    """Class values for a map.

    Parameters
    ----------
    values
        Numbers; NaN is no data.
    scheme
        ``natural`` (Fisher–Jenks), ``quantile``, ``equal``, ``manual`` (with ``breaks``), or ``categories``
        (whole numbers from 0, named by ``labels``).
    k
        Number of classes wanted; fewer where there are fewer distinct values.
    breaks
        Inner breaks, ascending: of ``manual``; of another scheme, when they were found before for these values
        (none at all where all are in one class).
    diverging
        Part at zero, with a two-sided ramp.
    decimals, unit
        How breaks are written, so that a break is what its label says; as they come where no decimals are given.
    shown
        Decimals with which the values are written, ``decimals`` by default: a value is classed as it is read, so
        that −11.04 written as −11.0 never stands in "under −11.0".
    labels
        Names of categories.

    Returns
    -------
    Classes
        Breaks are rounded to readable numbers where that empties no class.

    Raises
    ------
    InvalidFilterError
        When the scheme does not exist, manual breaks do not rise, or a value is infinite.

    Examples
    --------
    >>> found = classify(pd.Series([1.0, 2.0, 9.0, float("nan")]), scheme="manual", breaks=(2, 5))
    >>> found.labels, found.counts, found.no_data_count
    (('2 未満', '2 ～ 5', '5 以上'), (1, 1, 1), 1)
    >>> classify(pd.Series([-11.04, -3.0]), scheme="manual", breaks=(-11.0,), decimals=1, unit="%").counts
    (0, 2)
    """
    if scheme not in SCHEMES:
        msg = f"階級の分け方「{scheme}」はありません。{'、'.join(SCHEMES)} のどれかです。"
        raise InvalidFilterError(msg)
    numbers = values.to_numpy(dtype=float)
    known = numbers[~np.isnan(numbers)]
    if np.isinf(known).any():
        msg = "無限大の値は階級に分けられません。"
        raise InvalidFilterError(msg)
    if scheme == "categories":
        return _categories(values, numbers, labels)
    read_with = decimals if shown is None else shown
    if read_with is not None:
        numbers = as_written(numbers, read_with)
        known = numbers[~np.isnan(numbers)]
    if scheme == "manual" or breaks is not None:
        chosen = [float(value) for value in breaks or ()]
        if any(a >= b for a, b in pairwise(chosen)):
            msg = "手動の区切りは小さい順に並べてください。"
            raise InvalidFilterError(msg)
    else:
        chosen = list(_automatic(known.tobytes(), scheme, k, diverging, decimals))
    codes = np.where(np.isnan(numbers), -1, np.searchsorted(chosen, numbers, side="right"))
    counts = np.bincount(codes[codes >= 0], minlength=len(chosen) + 1)
    all_negative = len(known) > 0 and float(known.max()) < 0
    two_sided = _diverging_colors(chosen, all_negative=all_negative) if diverging else []
    return Classes(
        scheme,
        tuple(chosen),
        class_labels(chosen, decimals or 0, unit),
        tuple(int(count) for count in counts),
        tuple(two_sided or _ramp(_SEQUENTIAL, len(chosen) + 1)),
        int(np.isnan(numbers).sum()),
        pd.Series(codes, index=values.index),
    )


def as_written(numbers: np.ndarray, decimals: int) -> np.ndarray:
    """Return numbers as they are read when written with some decimals.

    Examples
    --------
    >>> as_written(np.array([-11.04, 2.25, 0.35]), 1).tolist()
    [-11.0, 2.2, 0.3]
    """
    written = np.round(numbers, decimals)
    # Halves are another matter: numpy makes 0.35 to 0.4, while it is written 0.3 (its binary value lies below).
    scaled = np.abs(numbers) * 10.0**decimals
    for place in np.flatnonzero(np.abs(scaled - np.floor(scaled) - 0.5) < HALF):
        written[place] = float(f"{numbers[place]:.{decimals}f}")
    return written


@lru_cache(maxsize=512)
def _automatic(content: bytes, scheme: str, k: int, diverging: bool, decimals: int | None) -> tuple[float, ...]:  # noqa: FBT001 - a cache key
    known = np.frombuffer(content)
    distinct = len(np.unique(known))
    if distinct <= 1:
        return ()
    if diverging and known.min() < 0:
        found = _diverging_breaks(known, scheme, k)
    else:
        found = sorted(set(_breaks(known, scheme, min(k, distinct))))
    inside = [value for value in found if known.min() < value <= known.max()]
    breaks = _readable_breaks(inside, known) if inside else []
    if decimals is not None:
        written = dict.fromkeys(float(value) for value in as_written(np.array(breaks, dtype=float), decimals))
        breaks = [value for value in written if known.min() < value <= known.max()]
    return tuple(breaks if scheme == "equal" else _without_empty_classes(breaks, known))


def _without_empty_classes(breaks: Sequence[float], known: np.ndarray) -> list[float]:
    """Drop the breaks below which no value is left: breaks of a sample may part nothing."""
    kept: list[float] = []
    low = -np.inf
    for value in breaks:
        if ((known >= low) & (known < value)).any():
            kept.append(value)
            low = value
    return kept


def _categories(values: pd.Series, numbers: np.ndarray, labels: Sequence[str]) -> Classes:
    codes = np.where(np.isnan(numbers), -1, np.nan_to_num(numbers, nan=-1)).astype(int)
    count = max(len(labels), int(codes.max(initial=-1)) + 1)
    names = tuple(labels) + tuple(str(i) for i in range(len(labels), count))
    counts = np.bincount(codes[codes >= 0], minlength=count)
    colors = tuple(_CATEGORIES[i % len(_CATEGORIES)] for i in range(count))
    if count == 2:  # noqa: PLR2004 - no and yes
        colors = (_CATEGORIES[0], _CATEGORIES[2])
    return Classes(
        "categories",
        (),
        names,
        tuple(int(each) for each in counts),
        colors,
        int(np.isnan(numbers).sum()),
        pd.Series(codes, index=values.index),
    )
