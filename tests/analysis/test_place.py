from __future__ import annotations

import numpy as np
import pytest

from geo.errors import UnknownNameError
from renkei.analysis.place import percentile, place


def test_setagaya_at_a_glance(atlas):
    found = place(atlas, "13112")
    people = found.indicators["register_population"]
    assert people.value == atlas.values("register_population")["13112"]
    assert people.n == 1741
    assert 98 < people.country < 100
    assert people.prefecture > 90
    assert people.median == atlas.values("register_population").median()
    tied = {tie.code: tie for tie in found.ties}
    assert tied["10444"].name == "群馬県川場村"
    assert all(tie.source for tie in found.ties)
    assert "10444" not in found.peers
    assert {code for code, _ in found.neighbours} >= {"13115", "13111"}
    assert found.type_name == "特別区"


def test_cases_come_with_what_they_tell_and_areas_with_names(atlas):
    found = place(atlas, "01639")
    assert any(case.challenges for case in found.cases)
    assert all("資料" in evidence for case in found.cases for _, evidence in case.challenges)
    assert [name for _, name in found.medical_areas] == ["十勝"]
    assert any("テーマ" in each for each in found.missing)


def test_what_has_no_value_is_said_to_be_missing(atlas):
    missing = atlas.values("projected_population").isna()
    found = place(atlas, str(missing.index[missing][0]))
    standing = found.indicators["projected_population"]
    assert (standing.value, standing.country, standing.peers) == (None, None, None)
    assert f"指標：{standing.title}" in found.missing


def test_percentile_counts_equal_ones_by_half():
    among = np.array([1.0, 2, 2, 4, np.nan])
    assert [percentile(value, among) for value in (0, 1, 2, 5)] == [0, 12.5, 50, 100]
    assert percentile(float("nan"), among) is None
    assert percentile(1.0, np.array([])) is None


def test_an_unknown_code_is_an_error(atlas):
    with pytest.raises(UnknownNameError):
        place(atlas, "00000")
