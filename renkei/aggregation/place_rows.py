"""Rows to municipalities: by point, by mesh cell with its shares, or by code."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.assign import swapped
from geo.boundaries import exact
from geo.codes import possible_codes
from geo.errors import DataError
from geo.mesh import cells_of, parse_mesh, valid
from geo.mesh_shares import shares_of
from geo.nearest_shore import nearest_shore
from geo.point_grid import OUTSIDE, point_grid
from geo.resolve import resolve
from renkei.aggregation.numbers import MISSING, NO_NUMBER, NOT_FINITE, to_numbers, to_texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from renkei.aggregation.request import Request

    IntArray = NDArray[np.int64]

REASONS: dict[str, str] = {
    "broken_row": "列の数が見出しと違う",
    "no_place": "場所（座標・メッシュ・コード）がない",
    "place_no_number": "座標が数でない",
    "place_not_finite": "座標が有限の数でない",
    "unknown_mesh": "地域メッシュのコードでない",
    "unknown_code": "市区町村コードでない",
    "ambiguous_code": "今の市区町村が一つに決まらないコード",
    "no_value": "合計する値がない",
    "value_no_number": "合計する値が数でない",
    "value_not_finite": "合計する値が有限の数でない",
}
"""Why a row is bad → in Japanese, in the order in which they are looked for."""

NUMBER_OF: dict[str, int] = {reason: number for number, reason in enumerate(REASONS, 1)}
"""Reason → its number; 0 is a good row."""

_FEW = 100
"""Points from which swapped axes can be told."""


class Placed(NamedTuple):
    """Where the rows of a batch lie.

    ``reason`` is a number of ``NUMBER_OF`` for each row (0: good). ``row`` and ``position`` have one entry for each
    good row and each municipality it lies in (-1: outside); ``weight`` (of ``geo.mesh_shares.UNITS``) stands beside
    them where rows are divided.
    """

    reason: NDArray[np.uint8]
    row: IntArray
    position: NDArray[np.int16]
    weight: IntArray | None


def place(columns: dict[str, pa.Array], request: Request, label: str) -> Placed:
    """Return where rows lie.

    Raises
    ------
    DataError
        When the axes are swapped; the message begins with ``label``.
    """
    if request.x:
        return _by_point(columns, request, label)
    if request.mesh:
        return _by_mesh(columns[request.mesh], request)
    return _by_code(columns[request.code])


def _by_point(columns: dict[str, pa.Array], request: Request, label: str) -> Placed:
    x, y = to_numbers(columns[request.x]), to_numbers(columns[request.y])
    reason = np.zeros(len(x.state), dtype=np.uint8)
    for state, name in ((NOT_FINITE, "place_not_finite"), (NO_NUMBER, "place_no_number"), (MISSING, "no_place")):
        reason[(x.state == state) | (y.state == state)] = NUMBER_OF[name]
    row = np.flatnonzero(reason == 0)
    across, up = x.value[row].astype(np.float64), y.value[row].astype(np.float64)
    if len(row) >= _FEW and swapped(across, up):
        msg = f"{label}：経度と緯度が逆のようです。--x に経度、--y に緯度の列を指定してください。"
        raise DataError(msg)
    position = point_grid().locate(across, up)
    if request.nearest_within:
        outside = np.flatnonzero(position == OUTSIDE)
        position[outside] = nearest_shore(across[outside], up[outside], request.nearest_within).position
    return Placed(reason, row, position, None)


def _by_mesh(column: pa.Array, request: Request) -> Placed:
    numbers, missing = _mesh_numbers(column)
    reason = np.where(valid(numbers), 0, NUMBER_OF["unknown_mesh"]).astype(np.uint8)
    reason[missing] = NUMBER_OF["no_place"]
    good = np.flatnonzero(reason == 0)
    rows, positions, weights = [], [], []
    for places, cells in cells_of(numbers[good]):
        shares = shares_of(cells, request.rule)
        rows.append(np.repeat(good[places], shares.size))
        positions.append(shares.position)
        weights.append(shares.units)
    if not rows:
        return Placed(
            reason, good, np.zeros(0, dtype=np.int16), np.zeros(0, dtype=np.int64) if request.shared else None
        )
    row, position, weight = np.concatenate(rows), np.concatenate(positions), np.concatenate(weights)
    if not request.shared:
        return Placed(reason, row, position, None)
    some = weight > 0
    return Placed(reason, row[some], position[some], weight[some])


def _mesh_numbers(column: pa.Array) -> tuple[IntArray, NDArray[np.bool_]]:
    """Return mesh codes as numbers (0: none) and which cells are empty."""
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        found = to_numbers(column)
        whole = np.where(found.value == np.trunc(found.value), found.value, 0)
        numbers = np.where((whole > 0) & (whole < 10**11), whole, 0).astype(np.int64)
        return numbers, found.state == MISSING
    text = pc.utf8_trim_whitespace(to_texts(column))
    missing = pc.equal(text, "").to_numpy(zero_copy_only=False)
    plain = pc.match_substring_regex(text, r"^[0-9]{4,11}$")
    numbers = pc.if_else(plain, text, "0").cast(pa.int64()).to_numpy(zero_copy_only=False).copy()
    odd = np.flatnonzero(~plain.to_numpy(zero_copy_only=False) & ~missing)
    for number, cell in zip(odd.tolist(), text.take(pa.array(odd)).to_pylist(), strict=True):
        numbers[number] = parse_mesh(cell) or 0
    return numbers, missing


def _by_code(column: pa.Array) -> Placed:
    coded = pc.dictionary_encode(pc.utf8_trim_whitespace(to_texts(column)))
    known = [_of_code(text) for text in coded.dictionary.to_pylist()]
    index = coded.indices.to_numpy(zero_copy_only=False)
    reason = np.array([reason for _, reason in known], dtype=np.uint8)[index]
    position = np.array([position for position, _ in known], dtype=np.int16)[index]
    row = np.flatnonzero(reason == 0)
    return Placed(reason, row, position[row], None)


@lru_cache(maxsize=1 << 16)
def _of_code(text: str) -> tuple[int, int]:
    """Return the position of a code's municipality of today, and the number of the reason where there is none.

    A ward's code is its city's; a code that ended is its successor's, where there is one successor.
    """
    if not text:
        return OUTSIDE, NUMBER_OF["no_place"]
    if not possible_codes(text):
        return OUTSIDE, NUMBER_OF["unknown_code"]
    found = resolve(text)
    if found.code:
        return int(exact().index.get_loc(found.code)), 0
    return OUTSIDE, NUMBER_OF["ambiguous_code" if found.candidates else "unknown_code"]
