from __future__ import annotations

import re

import pytest

from geo.codes import PREFECTURES
from geo.errors import UnknownNameError
from geo.gazetteer import display_name, municipalities, wards


def test_there_are_1741_in_order():
    frame = municipalities()
    assert len(frame) == 1741
    assert frame.index.is_unique
    assert frame.index.is_monotonic_increasing
    assert set(frame["prefecture_code"]) == set(PREFECTURES)


def test_kinds_of_municipality():
    last = municipalities()["name"].str[-1].value_counts()
    assert last.to_dict() == {"市": 792, "町": 743, "村": 183, "区": 23}
    assert municipalities()["designated_city"].sum() == 20


def test_names_are_whole():
    frame = municipalities()
    assert frame["english"].str.fullmatch(r"[A-Z][A-Za-z'\- ]+ (City|Town|Village)").all()
    assert frame["kana"].map(lambda kana: bool(re.fullmatch(r"[ぁ-ゖー]+", kana))).all()


def test_offices_are_in_japan_and_areas_are_positive():
    frame = municipalities()
    assert frame["lon"].between(122.9, 146).all()
    assert frame["lat"].between(24, 45.6).all()
    assert frame["area_km2"].min() > 3


def test_wards_belong_to_designated_cities():
    frame = wards()
    assert len(frame) == 171
    assert frame.index[frame["city_code"] == "22130"].tolist() == ["22138", "22139", "22140"]
    assert municipalities()["designated_city"].loc[frame["city_code"].unique()].all()


@pytest.mark.parametrize(
    ("code", "name"), [("01207", "北海道帯広市"), ("13112", "東京都世田谷区"), ("20000", "長野県")]
)
def test_display_name(code, name):
    assert display_name(code) == name


@pytest.mark.parametrize("code", ["99999", "", "01101"])
def test_unknown_code_has_no_name(code):
    with pytest.raises(UnknownNameError):
        display_name(code)
