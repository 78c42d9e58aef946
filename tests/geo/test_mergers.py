from __future__ import annotations

from datetime import date, timedelta

import pytest

from geo.codes import PREFECTURES
from geo.counties import counties_of, county_prefectures
from geo.gazetteer_rows import gazetteer_rows
from geo.mergers import FIRST_DAY, changes, former_names, founding_day, named_since
from geo.name_folding import fold_kanji
from geo.place_names import place_names
from geo.resolve import resolve

BEFORE = timedelta(days=1)


def city_of(code):
    return place_names().places[code].code


def full_old_name(change):
    """Prefecture, 郡 and name as written before the change; a ward behind its city's name."""
    city = "" if change.old_name.endswith(("市", "郡")) else "".join(sorted(counties_of(change.old_code))[:1])
    if change.old_name.endswith("区"):
        city = place_names().places[city_of(change.successors[0])].name
    return PREFECTURES[change.old_code[:2]] + city + change.old_name


def test_all_pairs_are_there():
    # 2,248 of the list, and what happened under one code.
    reviewed = list(gazetteer_rows("reviewed_changes.csv"))
    assert len(changes()) == 2248 + len(reviewed)
    assert {change.date.year for change in changes()} <= set(range(1954, 2025))


def leads_to(result, successors):
    """Whether a result names one of the successors of today, or its city."""
    reached = {result.code, result.ward_code, *result.candidates}
    return any(code in reached or city_of(code) in reached for code in successors)


def test_every_pair_leads_to_its_successor_with_the_date():
    wrong = []
    for change in changes():
        if change.date < FIRST_DAY:
            continue
        result = resolve(full_old_name(change), as_of=change.date - BEFORE)
        # A name that is still in use (札幌市 before it was a designated city) is simply today's.
        told = result.status == "resolved" or change.date.isoformat() in " ".join(result.history)
        if result.status not in ("merged", "resolved") or not leads_to(result, change.successors) or not told:
            wrong.append((full_old_name(change), change.date, result.status, result.code))
    assert wrong == []


def test_almost_every_pair_is_told_as_merged():
    statuses = [resolve(full_old_name(change), as_of=change.date - BEFORE).status for change in changes()]
    assert statuses.count("merged") > 2300


def test_every_former_name_without_a_day():
    """Today's names come first; every other former name, with its prefecture, is found as merged."""
    current = {place.full_name for place in place_names().places.values()}
    former = {place for places in former_names().values() for place in places if place.full_name not in current}
    missed = []
    for place in former:
        result = resolve(place.full_name)
        if result.status not in ("merged", "ambiguous") or not leads_to(result, place.successors):
            missed.append((place.full_name, result.status, result.code))
    assert len(former) > 2000
    assert missed == []


@pytest.mark.parametrize(
    ("written", "code", "told"),
    [
        ("田無市", "13229", "2001-01-21 新設合併"),
        ("浦和市", "11100", "2003-04-01 政令指定都市移行"),
        ("篠山市", "28221", "2019-05-01 名称変更"),
        ("兵庫県多紀郡篠山町", "28221", "1999-04-01 新設合併"),
        ("徳島県阿波郡市場町", "36206", "2005-04-01 新設合併"),
        ("阿波郡市場町", "36206", "2005-04-01 新設合併"),
        ("滝沢村", "03216", "2014-01-01 市制施行"),
        ("鳩ヶ谷市", "11203", "2011-10-11 編入"),
        ("長野県木曽郡山口村", "21206", "2005-02-13 編入"),
        ("札幌市豊平区", "01100", ""),
        ("浜松市浜北区", "22130", "2024-01-01 区の再編"),
        ("旧清水市", "22100", "2003-04-01 新設合併"),
    ],
)
def test_what_became_of(written, code, told):
    result = resolve(written)
    assert result.code == code
    assert told in result.explanation


@pytest.mark.parametrize(
    ("written", "candidates"),
    [
        ("山梨県上九一色村", {"19201", "19430"}),
        ("浜松市北区", {"22138", "22139"}),
        ("北九州市小倉区", {"40106", "40107"}),
    ],
)
def test_what_was_divided_names_all_successors(written, candidates):
    result = resolve(written)
    assert result.status == "merged"
    assert set(result.candidates) == candidates


def test_a_divided_ward_still_has_one_city():
    assert resolve("静岡県浜松市北区").code == "22130"
    assert resolve("静岡県浜松市北区").ward_code is None


@pytest.mark.parametrize(
    ("written", "day", "status", "code"),
    [
        ("東京都大和町", date(1970, 1, 1), "merged", "13220"),
        ("宮城県大和町", date(1970, 1, 1), "resolved", "04421"),
        ("西東京市", date(2000, 12, 31), "unknown", None),
        ("西東京市", date(2001, 1, 21), "resolved", "13229"),
        ("さいたま市", date(2002, 1, 1), "resolved", "11100"),
        ("さいたま市", date(2000, 4, 1), "unknown", None),
        ("静岡市", date(2000, 4, 1), "resolved", "22100"),
        ("群馬県利根郡川場村", date(1960, 4, 1), "resolved", "10444"),
        ("群馬県川場村", date(1960, 4, 1), "unknown", None),
        ("大阪市", date(1950, 4, 1), "resolved", "27100"),
        ("大和町", date(1970, 1, 1), "ambiguous", None),
        ("昭和町", date(2024, 1, 1), "resolved", "19384"),
        ("帯広市", date(1990, 1, 1), "resolved", "01207"),
    ],
)
def test_names_are_those_of_the_day_of_writing(written, day, status, code):
    result = resolve(written, as_of=day)
    assert (result.status, result.code) == (status, code)


def test_a_name_before_its_time_still_says_whose_it_is():
    result = resolve("西東京市", as_of=date(1999, 1, 1))
    assert result.candidates[0] == "13229"
    assert "1999-01-01" in result.explanation


def test_a_county_is_no_municipality():
    result = resolve("東京都北多摩郡")
    assert (result.status, result.code) == ("merged", None)
    assert "1970-11-03 郡の廃止" in result.explanation


def test_founding_days():
    assert founding_day("13229", "西東京市") == date(2001, 1, 21)
    assert founding_day("13101", "千代田区") is None


@pytest.mark.parametrize(
    ("code", "name", "since"),
    [
        ("24201", "津市", None),
        ("01345", "森町", None),
        ("30206", "田辺市", None),
        ("46404", "長島町", None),
        ("12237", "山武市", date(2006, 3, 27)),
        ("01564", "大空町", date(2006, 3, 31)),
        ("15307", "聖籠町", date(1977, 8, 1)),
    ],
)
def test_a_name_may_be_older_than_the_last_founding(code, name, since):
    assert named_since(code, name) == since
    before = resolve(name, prefecture=code[:2], as_of=date(1975, 1, 1))
    assert before.status == ("resolved" if since is None else "unknown")


@pytest.mark.parametrize(
    ("code", "county"),
    [
        ("01346", {"二海郡", "山越郡"}),
        ("24541", {"北牟婁郡"}),
        ("42443", {"下県郡"}),
        ("47375", {"宮古郡"}),
        ("24201", set()),
    ],
)
def test_the_code_tells_the_county(code, county):
    assert counties_of(code) == county


def test_every_town_of_today_and_of_before_has_its_county():
    for place in place_names().places.values():
        if place.county:
            assert fold_kanji(place.county) in place.counties
    former = {place for places in former_names().values() for place in places if place.short.endswith(("町", "村"))}
    islands = {place.name for place in former if not place.counties}
    assert islands == {"新島本村"}
    assert {"石川郡", "国後郡", "東村山郡"} <= set(county_prefectures())


def test_a_former_code_is_read():
    result = resolve("13216")
    assert (result.status, result.code) == ("merged", "13229")


def test_todays_name_tells_of_its_former_namesakes():
    assert "秋田県昭和町" in resolve("昭和町").explanation
