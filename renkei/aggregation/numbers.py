"""Columns of a stranger's table as numbers and texts, with the reason where a cell is neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from renkei.exchange.written_numbers import read_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

GOOD, MISSING, NO_NUMBER, NOT_FINITE = range(4)

_PLAIN_NUMBER = r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?$"


class Numbers(NamedTuple):
    """A column as numbers: ``value`` (int64, uint64 or float64; 0 where not GOOD) and ``state`` of each cell."""

    value: NDArray[Any]
    state: NDArray[np.uint8]


def to_numbers(column: pa.Array) -> Numbers:
    """Return a column as numbers.

    Parameters
    ----------
    column
        Numbers, or text that people have written (full-width digits, thousands separators, ▲), or anything else,
        whose cells then are no numbers. Whole numbers of a typed column stay exact; text is read as float64. Empty
        cells, NaN and the usual signs for "no data" are missing.

    Examples
    --------
    >>> to_numbers(pa.array(["1,200", "", "abc", "1e999"])).state.tolist()
    [0, 1, 2, 3]
    """
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    if pa.types.is_integer(kind):
        state = np.where(column.is_null().to_numpy(zero_copy_only=False), MISSING, GOOD).astype(np.uint8)
        filled = column.fill_null(0) if column.null_count else column
        values = filled.to_numpy(zero_copy_only=False)
        return Numbers(values if values.dtype == np.uint64 else values.astype(np.int64), state)
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return _of_floats(column.cast(pa.float64()).to_numpy(zero_copy_only=False))
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _of_text(column)
    state = np.where(column.is_null().to_numpy(zero_copy_only=False), MISSING, NO_NUMBER).astype(np.uint8)
    return Numbers(np.zeros(len(column)), state)


def _of_floats(values: NDArray[np.float64]) -> Numbers:
    state = np.where(np.isfinite(values), GOOD, np.where(np.isnan(values), MISSING, NOT_FINITE)).astype(np.uint8)
    return Numbers(np.where(state == GOOD, values, 0.0), state)


def _of_text(column: pa.Array) -> Numbers:
    text = pc.utf8_trim_whitespace(column)
    try:
        return _of_floats(text.cast(pa.float64()).to_numpy(zero_copy_only=False))
    except pa.ArrowInvalid:
        pass
    plain = pc.match_substring_regex(text, _PLAIN_NUMBER).fill_null(False)  # noqa: FBT003
    values = pc.if_else(plain, text, pa.scalar(None, text.type)).cast(pa.float64()).to_numpy(zero_copy_only=False)
    values, state = values.copy(), np.full(len(values), GOOD, dtype=np.uint8)
    odd = np.flatnonzero(~plain.to_numpy(zero_copy_only=False))
    for place, cell in zip(odd.tolist(), text.take(pa.array(odd)).to_pylist(), strict=True):
        values[place], state[place] = _of_cell(cell)
    overflown = (state == GOOD) & ~np.isfinite(values)
    state[overflown] = NOT_FINITE
    values[state != GOOD] = 0.0
    return Numbers(values, state)


def _of_cell(cell: str | None) -> tuple[float, int]:
    if cell is None:
        return 0.0, MISSING
    if cell.lower().lstrip("+-") in {"inf", "infinity"}:
        return 0.0, NOT_FINITE
    try:
        value = read_number(cell).value
    except ValueError:
        return 0.0, NO_NUMBER
    return (0.0, MISSING) if value is None else (value, GOOD)


def to_texts(column: pa.Array) -> pa.Array:
    """Return a column as text: whole numbers without a point, days and times in ISO 8601, missing cells empty.

    Examples
    --------
    >>> to_texts(pa.array([202401, None])).to_pylist(), to_texts(pa.array([1.0, 2.5])).to_pylist()
    (['202401', ''], ['1', '2.5'])
    """
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_floating(column.type):
        cells = [None if value is None else repr(value).removesuffix(".0") for value in column.to_pylist()]
        column = pa.array(cells, pa.string())
    try:
        return column.cast(pa.string()).fill_null("")
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return pa.array(["" if cell is None else str(cell) for cell in column.to_pylist()], pa.string())
