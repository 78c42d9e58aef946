from __future__ import annotations

import pytest

from layers.catalog import indicator, indicators, values
from renkei.analysis.series import series_beside
from tests.shared_atlas import ATLAS, TABLES


def test_counts_are_an_index_of_sums():
    frame, counted = series_beside(ATLAS, "10444", "projected_population")
    assert counted
    assert frame.loc["2020"].tolist() == [100, 100, 100]
    own = (
        values(TABLES, "projected_population", "2050")["10444"]
        / values(TABLES, "projected_population", "2020")["10444"]
        * 100
    )
    assert frame.loc["2050", "own"] == pytest.approx(own)
    country = (
        values(TABLES, "projected_population", "2050").sum()
        / values(TABLES, "projected_population", "2020").dropna().sum()
        * 100
    )
    assert frame.loc["2050", "country"] == pytest.approx(country, rel=1e-3)


def test_rates_stand_beside_medians():
    frame, counted = series_beside(ATLAS, "10444", "projected_share_65")
    assert not counted
    assert frame.loc["2050", "own"] == values(TABLES, "projected_share_65", "2050")["10444"]
    assert frame.loc["2050", "country"] == values(TABLES, "projected_share_65", "2050").median()


def test_no_data_stays_no_data():
    frame, _ = series_beside(ATLAS, "07546", "projected_population")  # 双葉町 has no projection
    assert frame["own"].isna().all()


@pytest.mark.parametrize("identifier", [each.id for each in indicators(TABLES) if len(each.dates) > 1])
def test_every_series_has_every_date(identifier):
    frame, _ = series_beside(ATLAS, "01207", identifier)
    assert list(frame.index) == list(indicator(TABLES, identifier).dates)
