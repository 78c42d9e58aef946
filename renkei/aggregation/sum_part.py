"""One part summed: read, placed, added up exactly; what every engine runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.mesh_shares import UNITS
from renkei.aggregation.exact_sums import ExactSums, is_whole
from renkei.aggregation.grouped_sums import BAD, GroupedSums
from renkei.aggregation.input_files import check_unchanged
from renkei.aggregation.numbers import GOOD, MISSING, NO_NUMBER, NOT_FINITE, Numbers, to_numbers, to_texts
from renkei.aggregation.place_rows import NUMBER_OF, REASONS, place
from renkei.aggregation.read_rows import Batch, BrokenRows, read_batches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from renkei.aggregation.parts import Part
    from renkei.aggregation.request import Request

BAD_COLUMNS = ("file", "row", "reason")
_NAMES = list(REASONS)


class PartResult(NamedTuple):
    """What a part yields: ``sums`` (a ``GroupedSums`` as a table), and its bad rows with the columns as text."""

    sums: pa.Table
    bad: pa.Table


def sum_part(part: Part, request: Request, batch_rows: int) -> PartResult:
    """Read a part and sum it.

    Parameters
    ----------
    part
        What to read.
    request
        What to sum.
    batch_rows
        Rows held in memory at once; it changes no result.

    Raises
    ------
    DataError
        When the file is damaged, was changed meanwhile, or has its axes swapped; the message names file and row group.
    """
    check_unchanged(part.file)
    broken = BrokenRows()
    sums = GroupedSums(1 + len(request.sums))
    bad: list[_BadRows] = []
    for batch in read_batches(part, request.columns, batch_rows, broken):
        found = _add_batch(sums, batch, part, request)
        if len(found.number):
            bad.append(found)
    if broken.found:
        rows = np.full(len(broken.found), NUMBER_OF["broken_row"])
        _add_bad(
            sums, rows, [np.ones(len(rows), dtype=np.int64), *([np.zeros(len(rows))] * len(request.sums))], request
        )
        sums.totals[0] += len(rows) * _unit(request)
    check_unchanged(part.file)
    return PartResult(sums.to_table(), _bad_table(bad, broken, part, request))


class _BadRows(NamedTuple):
    number: NDArray[np.int64]
    reason: NDArray[np.int64]
    cells: dict[str, pa.Array]


def _unit(request: Request) -> int:
    """What a whole row weighs: sums of divided rows are kept in parts of a row."""
    return UNITS if request.shared else 1


def _add_batch(sums: GroupedSums, batch: Batch, part: Part, request: Request) -> _BadRows:
    given = dict(part.file.constants)
    columns = {name: batch.columns.get(name, pa.repeat(given.get(name, ""), batch.rows)) for name in request.columns}
    placed = place(columns, request, part.label)
    numbers = [to_numbers(columns[name]) for name in request.sums]
    reason = placed.reason.astype(np.int64)
    for state, name in ((NOT_FINITE, "value_not_finite"), (NO_NUMBER, "value_no_number"), (MISSING, "no_value")):
        for column in numbers:
            reason[(column.state == state) & (reason == 0)] = NUMBER_OF[name]
    values = [np.ones(batch.rows, dtype=np.int64), *(column.value for column in numbers)]
    _add_totals(sums, values, numbers, request)
    row, position, weight = placed.row, placed.position, placed.weight
    if reason.any():
        good = reason[row] == 0
        row, position, weight = row[good], position[good], None if weight is None else weight[good]
    texts = [to_texts(columns[name]) for name in request.group]
    keys, code = _keys(position, texts, row)
    sums.add(keys, code, [each[row] for each in values], weight)
    wrong = np.flatnonzero(reason)
    _add_bad(sums, reason[wrong], [each[wrong] for each in values], request)
    cells = {name: to_texts(column.take(pa.array(wrong))) for name, column in columns.items()} if len(wrong) else {}
    return _BadRows(batch.number[wrong], reason[wrong], cells)


def _add_totals(sums: GroupedSums, values: list[NDArray[Any]], numbers: list[Numbers], request: Request) -> None:
    for place_, each in enumerate(values):
        total = ExactSums(1)
        total.add(np.zeros(len(each), dtype=np.int64), each)
        sums.totals[place_] += total.fractions()[0] * _unit(request)
    for place_, column in enumerate(numbers, 1):
        sums.whole[place_] = sums.whole[place_] and is_whole(column.value[column.state == GOOD])


def _keys(
    position: NDArray[np.int16], texts: list[pa.Array], row: NDArray[np.int64]
) -> tuple[list[tuple[Any, ...]], NDArray[np.int64]]:
    """Return the different keys of rows, and which each row has."""
    code = position.astype(np.int64) - np.iinfo(np.int16).min
    dictionaries = []
    for text in texts:
        coded = text.dictionary_encode()
        dictionaries.append(coded.dictionary.to_pylist())
        code = code * len(dictionaries[-1]) + coded.indices.to_numpy(zero_copy_only=False)[row]
    number, distinct = pd.factorize(code)
    parts: list[list[Any]] = []
    rest = np.asarray(distinct)
    for dictionary in reversed(dictionaries):
        rest, index = np.divmod(rest, max(1, len(dictionary)))
        parts.insert(0, [dictionary[each] for each in index.tolist()])
    positions = (rest + np.iinfo(np.int16).min).tolist()
    return list(zip(positions, *parts, strict=True)), number.astype(np.int64)


def _add_bad(sums: GroupedSums, reason: NDArray[np.int64], values: list[NDArray[Any]], request: Request) -> None:
    if not len(reason):
        return
    found, code = np.unique(reason, return_inverse=True)
    keys = [(BAD - each, *([""] * len(request.group))) for each in found.tolist()]
    weights = np.full(len(reason), UNITS, dtype=np.int64) if request.shared else None
    sums.add(keys, code, values, weights)


def _bad_table(bad: list[_BadRows], broken: BrokenRows, part: Part, request: Request) -> pa.Table:
    good = np.concatenate([each.number for each in bad]) if bad else np.zeros(0, dtype=np.int64)
    rows = [*broken.numbers(good).tolist(), *(number for number, _ in broken.found)]
    reasons = [_NAMES[number - 1] for each in bad for number in each.reason.tolist()]
    cells = {name: [cell for each in bad for cell in each.cells[name].to_pylist()] for name in request.columns}
    first = request.columns[0]
    for name, column in cells.items():
        column.extend(text if name == first else "" for _, text in broken.found)
    frame = pd.DataFrame(
        {
            "row": [part.first_row + row for row in rows],
            "reason": reasons + ["broken_row"] * len(broken.found),
            **{f"column:{name}": column for name, column in cells.items()},
        }
    ).sort_values("row", kind="stable")
    types = {name: pa.int64() if name == "row" else pa.string() for name in frame.columns}
    arrays = {name: pa.array(frame[name].tolist(), kind) for name, kind in types.items()}
    return pa.table({"file": pa.array([part.file.name] * len(frame), pa.string()), **arrays})
