from __future__ import annotations

import pytest

from geo.errors import UnknownNameError
from layers.age_groups import AGES


def test_residents_by_age_are_the_residents_of_the_register(atlas):
    codes = list(atlas.municipalities().index)
    register = atlas.values("register_population", "2025-01-01")
    for code in codes[::25]:
        assert atlas.age_groups([code]).total == register[code]
    country = atlas.age_groups(codes)
    assert country.total == register.sum() == 124_330_690
    assert len(country.male) == len(country.female) == len(AGES) == 21
    # 注1 of the workbook: 409 bodies do not publish the ages of their few foreign residents.
    assert 0 < country.unlisted < 20_000


def test_several_are_the_sum_of_each(atlas):
    one, other = (atlas.age_groups([code]) for code in ("01207", "13112"))
    both = atlas.age_groups(["13112", "01207", "13112"])
    assert both.male == tuple(map(sum, zip(one.male, other.male, strict=True)))
    assert both.female == tuple(map(sum, zip(one.female, other.female, strict=True)))
    assert (both.total, both.unlisted) == (one.total + other.total, one.unlisted + other.unlisted)
    assert sum(one.male[13:]) + sum(one.female[13:]) == atlas.values("register_aged_65")["01207"]


def test_of_nobody_and_of_none(atlas):
    assert atlas.age_groups([]).total == 0
    with pytest.raises(UnknownNameError, match="99999"):
        atlas.age_groups(["99999"])
