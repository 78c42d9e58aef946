from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InvalidFilterError
from layers.catalog import indicators, values
from layers.classify import _DIVERGING, as_written, classify
from tests.shared_atlas import TABLES

NUMBERS = st.lists(st.one_of(st.floats(-1e9, 1e9), st.just(float("nan"))), max_size=60)


@settings(deadline=None)  # the first natural break waits for an import
@given(NUMBERS, st.sampled_from(["natural", "quantile", "equal"]), st.booleans())
def test_every_value_has_its_class(numbers, scheme, diverging):
    series = pd.Series(numbers, dtype=float)
    found = classify(series, scheme=scheme, diverging=diverging)
    assert len(found.labels) == len(found.counts) == len(found.colors) == len(found.breaks) + 1
    assert sum(found.counts) + found.no_data_count == len(series)
    assert (found.codes[series.isna()] == -1).all()
    known = series.notna()
    for value, code in zip(series[known], found.codes[known], strict=True):
        low = found.breaks[code - 1] if code else -np.inf
        high = found.breaks[code] if code < len(found.breaks) else np.inf
        assert low <= value < high


@pytest.mark.parametrize(
    ("numbers", "classes"), [([], 1), ([float("nan")], 1), ([3.0], 1), ([3.0, 3.0], 1), ([1.0, 2.0], 2)]
)
def test_few_values(numbers, classes):
    assert len(classify(pd.Series(numbers, dtype=float), scheme="quantile").labels) == classes


@pytest.mark.parametrize(
    "each", [each for each in indicators(TABLES) if each.kind == "number"], ids=lambda each: each.id
)
@pytest.mark.parametrize("scheme", ["natural", "quantile", "equal"])
def test_real_indicators(each, scheme):
    found = classify(
        values(TABLES, each.id), scheme=scheme, diverging=each.diverging, decimals=each.decimals, unit=each.unit
    )
    if scheme != "equal" and each.coverage:  # of four procedures no municipality states a rate
        assert 0 not in found.counts
    assert len(set(found.colors)) == len(found.colors)
    assert len(set(found.labels)) == len(found.labels), found.labels
    if each.diverging and values(TABLES, each.id).min() < 0 < values(TABLES, each.id).max():
        assert 0 in found.breaks


def test_known_breaks_are_the_ones_that_would_be_found():
    for each in indicators(TABLES):
        if each.kind == "number" and each.id in ("share_65", "population_change_2020_2050"):
            sought = classify(
                values(TABLES, each.id), scheme="natural", diverging=each.diverging, decimals=each.decimals
            )
            assert sought.breaks == each.breaks(each.dates[-1])


def test_categories_have_their_names():
    found = classify(pd.Series([0.0, 1.0, float("nan")]), scheme="categories", labels=("未実施", "実施"))
    assert found.labels == ("未実施", "実施")
    assert found.counts == (1, 1)
    assert found.no_data_count == 1


@pytest.mark.parametrize(
    "arguments", [{"scheme": "rainbow"}, {"scheme": "manual", "breaks": (3, 2)}, {"scheme": "manual", "breaks": (2, 2)}]
)
def test_what_cannot_be_classed(arguments):
    with pytest.raises(InvalidFilterError):
        classify(pd.Series([1.0, 2.0, 3.0]), **arguments)


def test_infinity_is_refused():
    with pytest.raises(InvalidFilterError):
        classify(pd.Series([1.0, float("inf")]))


def test_classes_below_zero_alone_keep_the_warm_side():
    below = classify(pd.Series([-50.0, -40, -30, -20, -10, -5]), diverging=True)
    both = classify(pd.Series([-50.0, -40, -30, 20, 30, 40]), diverging=True)
    assert set(below.colors) <= set(_DIVERGING[:4])
    assert not set(both.colors[1:]) & set(below.colors)


@pytest.mark.parametrize("few", [3, 40])
def test_natural_classes_of_many_equal_values(few):
    values = pd.Series([0.0] * 1700 + [float(i) for i in range(1, few + 1)])
    classes = classify(values, scheme="natural")
    assert sum(classes.counts) == len(values)


@pytest.mark.parametrize("scheme", ["auto", "quantile", "equal"])
def test_no_label_is_contradicted_by_a_value_as_it_is_written(scheme):
    """−11.04 was written as −11.0 % and stood in "under −11.0 %"."""
    for each in indicators(TABLES):
        if each.kind != "number":
            continue
        date = each.dates[-1]
        wanted = each.scheme if scheme == "auto" else scheme
        found = classify(
            values(TABLES, each.id, date),
            scheme=wanted,
            breaks=each.breaks(date) if wanted == "natural" else None,
            diverging=each.diverging,
            decimals=each.decimals,
            unit=each.unit,
        )
        edges = [-np.inf, *(float(f"{value:.{each.decimals}f}") for value in found.breaks), np.inf]
        assert edges == sorted(set(edges)), each.id
        read = as_written(values(TABLES, each.id, date).to_numpy(), each.decimals)
        codes = found.codes.to_numpy()
        known = codes >= 0
        low, high = np.array(edges)[codes[known]], np.array(edges)[codes[known] + 1]
        assert ((low <= read[known]) & (read[known] < high)).all(), each.id
        assert sum(found.counts) == known.sum()


@settings(deadline=None)
@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_numbers_are_read_as_they_are_written(number, decimals):
    assert as_written(np.array([number]), decimals)[0] == float(f"{number:.{decimals}f}")
