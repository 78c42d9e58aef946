from __future__ import annotations

import pytest

from geo.errors import InvalidFilterError
from layers.cases import cases
from layers.filters import Filters
from layers.partnerships import partnerships
from layers.tie_kinds import TIE_KINDS, find_kind
from tests.shared_atlas import TABLES


def test_every_kind_of_the_register_has_a_family():
    assert "other" not in set(partnerships(TABLES)["family"])


@pytest.mark.parametrize("kind", TIE_KINDS)
def test_families_are_found_by_id_and_names(kind):
    assert find_kind(kind.id) == find_kind(kind.name) == find_kind(kind.name_en.upper()) == kind


def test_a_family_that_is_none_is_refused():
    with pytest.raises(InvalidFilterError, match="disaster"):
        find_kind("なかよし")


def test_kinds_filter_ties_alone():
    filters = Filters.from_values(TABLES, kinds=["災害時の応援・避難"])
    assert set(filters.apply(TABLES, "ties")["family"]) == {"disaster"}
    assert len(filters.apply(TABLES, "cases")) == len(cases(TABLES))


def test_tiers_filter_by_the_best_evidence():
    assert set(Filters.from_values(TABLES, tiers=["copy"]).apply(TABLES, "ties")["tier"]) == {"copy"}
    assert len(Filters.from_values(TABLES, tiers=["copy"]).apply(TABLES, "cases")) == 0
    assert len(Filters.from_values(TABLES, tiers=["資料"]).apply(TABLES, "cases")) == len(cases(TABLES))
