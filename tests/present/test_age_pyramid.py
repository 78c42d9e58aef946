from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from layers.age_groups import AGES, AgeGroups
from renkei.present.age_pyramid import age_pyramid, pyramid_in_words

SVG = "{http://www.w3.org/2000/svg}"
TINY = AgeGroups("2025-01-01", AGES, (0, 10, *[0] * 19), (20, *[0] * 19, 5), 3)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_bars_are_as_long_as_people_are_many(language):
    drawn = ET.fromstring(age_pyramid(TINY, language))
    bars = drawn.findall(f"{SVG}rect")
    assert len(bars) == 42
    longest = max(float(each.get("width")) for each in bars)
    widths = sorted(float(each.get("width")) for each in bars if float(each.get("width")))
    assert widths == [pytest.approx(longest / 4), pytest.approx(longest / 2), longest]
    assert drawn.get("role") == "img"
    assert drawn.find(f"{SVG}desc").text == pyramid_in_words(TINY, language)


def test_the_youngest_are_below_and_men_to_the_left():
    bars = [each for each in ET.fromstring(age_pyramid(TINY, "ja")).findall(f"{SVG}rect") if float(each.get("width"))]
    old_women, young_men, young_women = bars
    assert float(old_women.get("y")) < float(young_men.get("y")) < float(young_women.get("y"))
    assert float(young_men.get("x")) < float(old_women.get("x"))


def test_a_pyramid_of_nobody_is_drawn():
    nobody = AgeGroups("2025-01-01", AGES, (0,) * 21, (0,) * 21, 0)
    assert "0人" in pyramid_in_words(nobody, "ja")
    assert ET.fromstring(age_pyramid(nobody, "en")) is not None


def test_ten_year_steps_in_words():
    said = pyramid_in_words(TINY, "ja")
    assert said.startswith(
        "人口ピラミッド（令和7年（2025）1月1日、計38人）。年齢別に、0～9歳 男10・女20、10～19歳 男0・女0"
    )
    assert said.endswith("100歳以上 男0・女5")
