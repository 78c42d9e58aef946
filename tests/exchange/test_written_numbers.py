import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renkei.exchange.written_numbers import read_number, scale_of_heading


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        ("1234", 1234, ""),
        ("1,234", 1234, ""),
        ("１，２３４人", 1234, "人"),
        (" 12.5 % ", 12.5, "%"),
        ("12.5％", 12.5, "%"),
        ("▲3.5", -3.5, ""),
        ("△1,200", -1200, ""),
        ("-3.5", -3.5, ""),
        ("−3.5", -3.5, ""),
        ("(3.5)", -3.5, ""),
        ("3億2,000万円", 320_000_000, "円"),
        ("1.5億円", 150_000_000, "円"),
        ("2千人", 2000, "人"),
        ("3百万円", 3_000_000, "円"),
        ("1兆2億3万4", 1_000_200_030_004, ""),
        ("約3.4万人", 34_000, "人"),
        ("1e3", 1000, ""),
        (5, 5, ""),
        (2.5, 2.5, ""),
        ("0", 0, ""),
        (".5", 0.5, ""),
        ("12か所", 12, "か所"),
        ("1,741市区町村", 1741, "市区町村"),
    ],
)
def test_numbers_as_they_are_written(cell, value, unit):
    found = read_number(cell)
    assert found.value == pytest.approx(value)
    assert found.unit == unit


@pytest.mark.parametrize("cell", ["", "-", "－", "…", "x", "***", "なし", None, "　", "N/A", "#N/A"])
def test_signs_for_no_data_are_no_data_and_never_zero(cell):
    assert read_number(cell).value is None


@pytest.mark.parametrize(
    "cell",
    [
        "川場村",
        "1,23",
        "3万2億",
        "令和7年10月1日",
        "12-34",
        "1.2.3",
        "=1+1",
        "inf",
        "1e999",
        "nanabc",
        "10～20",
        "1/2",
    ],
)
def test_what_is_no_number_is_refused(cell):
    with pytest.raises(ValueError, match="読めません"):
        read_number(cell)


@given(st.text(max_size=30))
def test_any_text_is_a_finite_number_or_refused(text):
    try:
        found = read_number(text)
    except ValueError:
        return
    assert found.value is None or math.isfinite(found.value)


@given(st.integers(-(10**12), 10**12))
def test_what_is_written_with_separators_is_read_back(number):
    assert read_number(f"{number:,}").value == number


@pytest.mark.parametrize(
    ("heading", "scale", "unit"),
    [
        ("歳入総額（千円）", 1e3, "円"),
        ("予算額（単位：百万円）", 1e6, "円"),
        ("人口(人)", 1, "人"),
        ("割合［％］", 1, "%"),
        ("名称", 1, ""),
        ("人口（2020）", 1, ""),
        ("面積（km2）", 1, ""),
    ],
)
def test_the_scale_in_a_heading(heading, scale, unit):
    assert scale_of_heading(heading) == (scale, unit)
