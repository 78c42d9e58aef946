"""The addresses of public geocoders' test suites: none wrong, and why the few that stay open are open."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from geo.codes import PREFECTURES
from geo.place_names import place_names
from geo.resolve import resolve, resolve_many

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "geocode" / "cases.csv"

pytestmark = pytest.mark.skipif(not CASES.exists(), reason="shared/geocode/cases.csv is not beside the project")

TOWN_ALONE = "a town without any municipality: to name one would take a list of all towns, and be a guess without"
NAMESAKES = "two cities bear the name; only the list of their towns tells them apart"
ARGUABLE = {
    "紀尾井町1-3": TOWN_ALONE,
    "紀尾井町": TOWN_ALONE,
    "上麻生島下麻生島上野田野土打川島下唯野１字": TOWN_ALONE,
    "志比４９字熊ケ谷その二": TOWN_ALONE,
    "中の島２－２－５－２０": TOWN_ALONE,
    "三軒茶屋二丁目": TOWN_ALONE,
    "三軒茶屋二丁目ビル": TOWN_ALONE,
    "府中市府川町315": NAMESAKES,
}
"""Cases that stay open when each is asked alone, besides wards without their city."""

SUCCESSORS = {"埼玉県浦和市": "11100"}
"""Expected names that are no more: the suite itself names the successor."""

EASY = ("", "seirei_ward")
"""Traits of the plain cases: none, or a ward with its city."""


def names_of(code):
    place = place_names().places[code]
    city = place_names().places[place.code]
    prefecture = PREFECTURES[code[:2]]
    return {prefecture + place.name, prefecture + place.county + place.name, prefecture + city.name}


def verdict(row, result):
    """right; wrong; open (the expected one among the candidates, or honestly unknown); lost (not among them)."""
    expected = row["expected_pref"] + row["expected_city"]
    if not expected:
        return "wrong" if result.code else "right"
    if result.code:
        right = expected in names_of(result.ward_code or result.code) or SUCCESSORS.get(expected) == result.code
        return "right" if right else "wrong"
    if result.status == "ambiguous":
        return "open" if any(expected in names_of(code) for code in result.candidates) else "lost"
    return "unknown"


@pytest.fixture(scope="module")
def tables():
    rows = defaultdict(list)
    with CASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[row["source"]].append(row)
    return dict(rows)


@pytest.fixture(scope="module")
def alone(tables):
    return [(row, resolve(row["input"])) for rows in tables.values() for row in rows]


@pytest.fixture(scope="module")
def in_tables(tables):
    pairs = []
    for rows in tables.values():
        pairs += zip(rows, resolve_many([row["input"] for row in rows], one_table=True), strict=True)
    return pairs


def share(pairs):
    counts = Counter(verdict(*pair) for pair in pairs)
    return counts["right"] / sum(counts.values())


def hard(pairs):
    return [pair for pair in pairs if pair[0]["traits"] not in EASY]


def test_none_is_wrong(alone, in_tables):
    assert [row["input"] for row, result in alone + in_tables if verdict(row, result) == "wrong"] == []


def test_the_expected_one_is_always_among_the_candidates(alone, in_tables):
    assert [row["input"] for row, result in alone + in_tables if verdict(row, result) == "lost"] == []


def test_shares_that_are_right(alone, in_tables):
    assert share(alone) >= 0.992
    assert share(in_tables) >= 0.998
    assert share(hard(in_tables)) >= 0.97


def test_what_stays_open_alone_is_a_bare_ward_or_listed(alone):
    unclear = {row["input"] for row, result in alone if verdict(row, result) != "right"}
    wards = {text for text in unclear if text[:2] in ("北区", "南区", "東区", "西区", "中区", "港区")}
    assert unclear - wards == set(ARGUABLE)


def test_what_is_said_of_the_arguable_ones():
    for written in ARGUABLE:
        result = resolve(written)
        assert result.status in ("unknown", "ambiguous")
        assert result.code is None


def test_their_tables_tell_bare_wards_and_a_town_apart(in_tables):
    unclear = {row["input"] for row, result in in_tables if verdict(row, result) != "right"}
    assert unclear < set(ARGUABLE)
