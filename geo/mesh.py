"""地域メッシュ: codes of the standard grid square (JIS X 0410) and the cells they stand for.

Levels by the number of digits: 4 (第1次, about 80 km), 6 (第2次, 10 km), 8 (第3次, 1 km), 9 (2分の1, 500 m),
10 (4分の1, 250 m) and 11 (8分の1, 125 m). The integrated squares of 2 and 5 km and the squares of a tenth share their
numbers of digits with these; they are refused where a digit tells them, and are not read. Cells are half open: their
western and southern edges belong to them.
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.errors import InvalidMeshError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import ArrayLike, NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]


class Level(NamedTuple):
    """A level of the grid: ``rows`` cells in a degree of latitude (times two thirds for 4 digits), ``columns``."""

    name: str
    rows: float
    columns: int


LEVELS: Mapping[int, Level] = MappingProxyType(
    {
        4: Level("第1次（約80km）", 1.5, 1),
        6: Level("第2次（約10km）", 12.0, 8),
        8: Level("第3次（約1km）", 120.0, 80),
        9: Level("2分の1（約500m）", 240.0, 160),
        10: Level("4分の1（約250m）", 480.0, 320),
        11: Level("8分の1（約125m）", 960.0, 640),
    }
)
"""Number of digits to level."""

_WRITTEN = re.compile(r"(\d{4}|\d{6}|\d{8,11})(?:\.0+)?")
_FIRST_COLUMN = 100
_IN_SECOND, _IN_THIRD = 8, 10


class Cells(NamedTuple):
    """Cells of one level (``digits``): ``row`` and ``column`` from latitude 0 and longitude 0, shape (n,)."""

    digits: int
    row: IntArray
    column: IntArray


def parse_mesh(text: object) -> int | None:
    """Return a written code as a number, or None where it is none; full-width digits, hyphens and ``.0`` are read.

    Examples
    --------
    >>> parse_mesh("5339-45-25"), parse_mesh("５３３９４５２５"), parse_mesh(53394525.0), parse_mesh("53399525")
    (53394525, 53394525, 53394525, None)
    """
    written = unicodedata.normalize("NFKC", str(text)).strip().replace("-", "")
    found = _WRITTEN.fullmatch(written)
    if not found or not found[1].isascii():
        return None
    number = int(found[1])
    return number if bool(valid(np.array([number]))[0]) else None


def valid(numbers: IntArray) -> NDArray[np.bool_]:
    """Tell which numbers are codes of one of ``LEVELS``; that a cell lies in Japan is not asked."""
    answer = np.zeros(len(numbers), dtype=bool)
    for digits in LEVELS:
        mask = _has_digits(numbers, digits)
        answer[mask] = _valid(numbers[mask], digits)
    return answer


def _has_digits(numbers: IntArray, digits: int) -> NDArray[np.bool_]:
    answer: NDArray[np.bool_] = (numbers >= 10 ** (digits - 1)) & (numbers < 10**digits)
    return answer


def _valid(numbers: IntArray, digits: int) -> NDArray[np.bool_]:
    ok = np.ones(len(numbers), dtype=bool)
    if digits >= 6:  # noqa: PLR2004
        pair = numbers // 10 ** (digits - 6) % 100
        ok &= (pair // 10 < _IN_SECOND) & (pair % 10 < _IN_SECOND)
    for place in range(digits - 9, -1, -1):
        quarter = numbers // 10**place % 10
        ok &= (quarter >= 1) & (quarter <= 4)  # noqa: PLR2004
    return ok


def cells_of(numbers: IntArray) -> list[tuple[IntArray, Cells]]:
    """Return the cells of valid codes, level by level, each with the places of its codes in ``numbers``.

    Raises
    ------
    InvalidMeshError
        When a number is no code; the message names the first.

    Examples
    --------
    >>> [(places, cells)] = cells_of(np.array([53394525]))
    >>> cells.digits, cells.row, cells.column
    (8, array([4282]), array([11175]))
    """
    wrong = ~valid(numbers)
    if wrong.any():
        msg = f"地域メッシュのコードではありません：{numbers[wrong][0]}（4・6・8〜11桁、JIS X 0410）"
        raise InvalidMeshError(msg)
    found = []
    for digits in LEVELS:
        places = np.flatnonzero(_has_digits(numbers, digits))
        if len(places):
            found.append((places, _cells(numbers[places], digits)))
    return found


def _cells(numbers: IntArray, digits: int) -> Cells:
    first = numbers // 10 ** (digits - 4)
    row, column = first // 100, first % 100 + _FIRST_COLUMN
    for last, size in ((6, _IN_SECOND), (8, _IN_THIRD)):
        if digits >= last:
            pair = numbers // 10 ** (digits - last) % 100
            row, column = row * size + pair // 10, column * size + pair % 10
    for place in range(digits - 9, -1, -1):
        quarter = numbers // 10**place % 10 - 1
        row, column = row * 2 + quarter // 2, column * 2 + quarter % 2
    return Cells(digits, row, column)


def numbers_of(cells: Cells) -> IntArray:
    """Return the codes of cells, as numbers: the inverse of ``cells_of``."""
    row, column = cells.row, cells.column
    tail, weight = np.zeros_like(row), 1
    for _ in range(max(0, cells.digits - 8)):
        tail = tail + (row % 2 * 2 + column % 2 + 1) * weight
        row, column, weight = row // 2, column // 2, weight * 10
    for last, size in ((8, _IN_THIRD), (6, _IN_SECOND)):
        if cells.digits >= last:
            tail = tail + (row % size * 10 + column % size) * weight
            row, column, weight = row // size, column // size, weight * 100
    numbers: IntArray = tail + (row * 100 + column - _FIRST_COLUMN) * weight
    return numbers


def cells_at(x: ArrayLike, y: ArrayLike, digits: int = 8) -> Cells:
    """Return the cells of a level that hold points.

    Parameters
    ----------
    x, y
        Finite longitude (100 to 200) and latitude (0 to 66) in degrees, shape (n,).
    digits
        The level, one of ``LEVELS``.

    Raises
    ------
    InvalidMeshError
        When there is no such level, or a point lies where the standard has no cells.
    """
    level = _level(digits)
    across, up = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if not ((across >= 100) & (across < 200) & (up >= 0) & (up < 66)).all():  # noqa: PLR2004
        msg = "地域メッシュのない場所の座標があります（東経100〜200度、北緯0〜66度）。"
        raise InvalidMeshError(msg)
    return Cells(digits, _cell(up, level.rows), _cell(across, float(level.columns)))


def _cell(values: FloatArray, in_degree: float) -> IntArray:
    """Return the cell whose edges, as ``edges`` gives them, hold each value: rounding moves none across an edge."""
    cell = np.floor(values * in_degree).astype(np.int64)
    cell += (cell + 1) / in_degree <= values
    cell -= cell / in_degree > values
    return cell


def mesh_codes(x: ArrayLike, y: ArrayLike, digits: int = 8) -> list[str]:
    """Return the codes of the cells that hold points; parameters and errors as ``cells_at``.

    Examples
    --------
    >>> mesh_codes([139.7006], [35.6895]), mesh_codes([139.7006], [35.6895], digits=11)
    (['53394526'], ['53394526313'])
    """
    return [str(number) for number in numbers_of(cells_at(x, y, digits)).tolist()]


def edges(cells: Cells) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return west, south, east and north of cells, in degrees (JGD2011, EPSG:6668)."""
    level = _level(cells.digits)
    return (
        cells.column / level.columns,
        cells.row / level.rows,
        (cells.column + 1) / level.columns,
        (cells.row + 1) / level.rows,
    )


def mesh_bounds(code: object) -> tuple[float, float, float, float]:
    """Return west, south, east and north of one code, in degrees (JGD2011, EPSG:6668).

    Raises
    ------
    InvalidMeshError
        When it is no code.

    Examples
    --------
    >>> mesh_bounds("5339")
    (139.0, 35.333333333333336, 140.0, 36.0)
    """
    [(_, cells)] = cells_of(parse_all([code]))
    west, south, east, north = (float(values[0]) for values in edges(cells))
    return west, south, east, north


def parse_all(codes: Iterable[object]) -> IntArray:
    """Return written codes as numbers.

    Raises
    ------
    InvalidMeshError
        When one is no code; the message names the first.
    """
    numbers = []
    for code in codes:
        number = parse_mesh(code)
        if number is None:
            msg = f"地域メッシュのコードではありません：{str(code)[:20]!r}（4・6・8〜11桁、JIS X 0410）"
            raise InvalidMeshError(msg)
        numbers.append(number)
    return np.array(numbers, dtype=np.int64)


def _level(digits: int) -> Level:
    if digits not in LEVELS:
        msg = f"地域メッシュの桁数は 4、6、8〜11 です（指定：{digits}）。"
        raise InvalidMeshError(msg)
    return LEVELS[digits]
