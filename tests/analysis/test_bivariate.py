from __future__ import annotations

import pandas as pd

from layers.catalog import values
from renkei.analysis.bivariate import COLORS, bivariate
from tests.shared_atlas import TABLES


def test_all_municipalities_are_in_one_of_nine_classes_or_without_data():
    found = bivariate(values(TABLES, "share_65"), values(TABLES, "online_rate_32"))
    assert sum(found.counts) + found.no_data_count == 1741
    assert len(found.counts) == len(set(COLORS)) == 9
    assert set(found.codes) <= set(range(-1, 9))


def test_one_without_data_leaves_the_pair_without():
    found = bivariate(pd.Series([1.0, 2, 3, float("nan")]), pd.Series([3.0, float("nan"), 1, 2]))
    assert list(found.codes)[1] == list(found.codes)[3] == -1
    assert found.no_data_count == 2


def test_the_corners_are_where_they_belong():
    ramp = pd.Series([float(i) for i in range(9)])
    found = bivariate(ramp, ramp[::-1].reset_index(drop=True))
    assert found.codes.iloc[0] == 2  # lowest first, highest second
    assert found.codes.iloc[-1] == 6
