from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renkei.aggregation.exact_sums import ExactSums, is_whole

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
INTEGERS = st.integers(-(2**63), 2**63 - 1)


def _sum(values: np.ndarray, group: np.ndarray, groups: int, weights: np.ndarray | None = None) -> list[Fraction]:
    sums = ExactSums(groups)
    sums.add(group, values, weights)
    return sums.fractions()


@given(st.lists(st.tuples(FLOATS, st.integers(0, 2)), max_size=40))
def test_sums_of_any_floats_are_exact(rows):
    values, group = np.array([row[0] for row in rows], dtype=float), np.array([row[1] for row in rows], dtype=np.int64)
    expected = [sum((Fraction(value) for value, number in rows if number == each), Fraction(0)) for each in range(3)]
    assert _sum(values, group, 3) == expected


@given(st.lists(INTEGERS, max_size=40))
def test_sums_of_any_integers_are_exact(numbers):
    assert _sum(np.array(numbers, dtype=np.int64), np.zeros(len(numbers), dtype=np.int64), 1) == [sum(numbers)]


@given(st.lists(st.integers(0, 2**64 - 1), max_size=10))
def test_sums_of_unsigned_integers_are_exact(numbers):
    assert _sum(np.array(numbers, dtype=np.uint64), np.zeros(len(numbers), dtype=np.int64), 1) == [sum(numbers)]


@given(st.lists(st.tuples(FLOATS, st.integers(0, 2**20)), max_size=40))
def test_weighted_sums_are_exact(rows):
    values, weights = (
        np.array([row[0] for row in rows], dtype=float),
        np.array([row[1] for row in rows], dtype=np.int64),
    )
    expected = sum((Fraction(value) * weight for value, weight in rows), Fraction(0))
    assert _sum(values, np.zeros(len(rows), dtype=np.int64), 1, weights) == [expected]


@settings(deadline=None)
@given(
    st.lists(st.tuples(FLOATS, st.integers(0, 3)), min_size=1, max_size=60),
    st.randoms(use_true_random=False),
    st.integers(1, 9),
)
def test_neither_order_nor_partition_changes_a_sum(rows, random, parts):
    whole = _sum(np.array([row[0] for row in rows]), np.array([row[1] for row in rows]), 4)
    random.shuffle(rows)
    merged = ExactSums(4)
    for part in (rows[start::parts] for start in range(parts)):
        sums = ExactSums(4)
        sums.add(np.array([row[1] for row in part], dtype=np.int64), np.array([row[0] for row in part], dtype=float))
        merged.merge(sums, np.arange(4))
    assert merged.fractions() == whole


def test_many_of_the_largest_weighted_limbs_do_not_overflow():
    count = 600_000
    sums = ExactSums(1)
    sums.add(np.zeros(count, dtype=np.int64), np.full(count, -(2.0**24 - 1)), np.full(count, 1 << 20))
    assert sums.fractions() == [-count * (2**24 - 1) * 2**20]
    merged = ExactSums(1)
    for _ in range(200):
        merged.merge(sums, np.zeros(1, dtype=np.int64))
    assert merged.fractions() == [-200 * count * (2**24 - 1) * 2**20]
    assert len(merged.limbs) < 6


@pytest.mark.parametrize(
    ("values", "whole"),
    [
        (np.array([1.0, -2.0, 1e300]), True),
        (np.array([1.5]), False),
        (np.array([3], dtype=np.int32), True),
        (np.array([]), True),
    ],
)
def test_whole_numbers_are_known(values, whole):
    assert is_whole(values) is whole
