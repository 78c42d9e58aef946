from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renkei.aggregation.numbers import GOOD, MISSING, NO_NUMBER, NOT_FINITE, to_numbers, to_texts


@pytest.mark.parametrize(
    ("cell", "value", "state"),
    [
        ("139.7", 139.7, GOOD),
        (" 139.7 ", 139.7, GOOD),
        ("-5e-3", -0.005, GOOD),
        ("１３９．７", 139.7, GOOD),
        ("1,234", 1234.0, GOOD),
        ("▲3.5", -3.5, GOOD),
        ("", 0.0, MISSING),
        (None, 0.0, MISSING),
        ("-", 0.0, MISSING),
        ("X", 0.0, MISSING),
        ("NaN", 0.0, MISSING),
        ("東京", 0.0, NO_NUMBER),
        ("1.2.3", 0.0, NO_NUMBER),
        ("inf", 0.0, NOT_FINITE),
        ("-Infinity", 0.0, NOT_FINITE),
        ("1e999", 0.0, NOT_FINITE),
    ],
)
def test_a_written_number_reads_the_same_alone_and_among_others(cell, value, state):
    for column in ([cell], [cell, "1"], [cell, "odd", ""]):
        found = to_numbers(pa.array(column, pa.string()))
        assert (found.value[0], found.state[0]) == (value, state)


@pytest.mark.parametrize(
    ("column", "values", "states"),
    [
        (pa.array([1, None, 2**62 + 1]), [1, 0, 2**62 + 1], [GOOD, MISSING, GOOD]),
        (pa.array([2**64 - 1], pa.uint64()), [2**64 - 1], [GOOD]),
        (pa.array([1.5, None, float("nan"), float("inf")]), [1.5, 0, 0, 0], [GOOD, MISSING, MISSING, NOT_FINITE]),
        (pa.array([Decimal("1.25"), None]), [1.25, 0], [GOOD, MISSING]),
        (pa.array(["1", "x1"]).dictionary_encode(), [1, 0], [GOOD, NO_NUMBER]),
        (pa.array([True, None]), [0, 0], [NO_NUMBER, MISSING]),
        (pa.array([date(2024, 1, 1)]), [0], [NO_NUMBER]),
        (pa.array([], pa.string()), [], []),
    ],
)
def test_typed_columns(column, values, states):
    found = to_numbers(column)
    assert (found.value.tolist(), found.state.tolist()) == (values, states)


@given(st.lists(st.one_of(st.none(), st.text(max_size=8), st.floats().map(str), st.integers().map(str)), max_size=12))
def test_no_text_raises_and_none_yields_what_is_not_finite(cells):
    found = to_numbers(pa.array(cells, pa.string()))
    assert np.isfinite(found.value).all()
    assert len(found.state) == len(cells)


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        (pa.array([202401, None]), ["202401", ""]),
        (pa.array([2024.0, 2.5, None]), ["2024", "2.5", ""]),
        (pa.array([date(2024, 1, 2)]), ["2024-01-02"]),
        (pa.array([datetime(2024, 1, 2, 3, tzinfo=UTC)], pa.timestamp("s")), ["2024-01-02 03:00:00"]),
        (pa.array(["01", "平日"]).dictionary_encode(), ["01", "平日"]),
        (pa.array([True]), ["true"]),
    ],
)
def test_texts(column, texts):
    assert to_texts(column).to_pylist() == texts
