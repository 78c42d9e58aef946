from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InvalidFilterError
from layers.dates import ERAS, era_of, is_date, read_date
from renkei.present.words import dated, japanese_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("", ""), ("  ", ""), ("2005", "2005"), ("2005-10", "2005-10"), ("2005-10-04", "2005-10-04"),
        ("2005/10/4", "2005-10-04"), ("2005.10.4", "2005-10-04"), ("2005年10月4日", "2005-10-04"), ("2005年", "2005"),
        ("平成17年10月4日", "2005-10-04"), ("平成 17 年 10 月", "2005-10"), ("H17.10.4", "2005-10-04"),
        ("h17/10/4", "2005-10-04"), ("昭和60年", "1985"), ("Ｓ６０", "1985"), ("令和元年5月1日", "2019-05-01"),
        ("明治38年", "1905"), ("1905", "1905"), ("明治元年", "1868"), ("大正元年8月", "1912-08"), ("昭和64年", "1989"),
        ("平成31年4月30日", "2019-04-30"), ("２０１２", "2012"),
    ],
)  # fmt: skip
def test_what_people_write_is_read(written, iso):
    assert read_date(written) == iso


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2005-02-31", "という日はありません"), ("2005-13", "という日はありません"), ("0000", "という日はありません"),
        ("1800", "明治より前"), ("1867-12-31", "明治より前"), ("3000-01-01", "未来"), ("令和99年", "未来"),
        ("昭和65年", "という日はありません"), ("令和元年4月", "という日はありません"), ("平成0年", "という日はありません"),
        ("200510", "どれかの形"), ("20051004", "どれかの形"), ("昨年", "どれかの形"), ("2005-10-04T00:00", "どれかの形"),
        ("2005\x00", "どれかの形"), ("西暦2005年", "どれかの形"), ("3000-13-99", "という日はありません"), ("2005-", None),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_reason(written, why):
    if why is None:
        assert read_date(written) == "2005"
        return
    with pytest.raises(InvalidFilterError, match=why):
        read_date(written)


days = st.dates(date(1868, 1, 25), date(2026, 11, 1))


@given(days, st.sampled_from([4, 7, 10]))
def test_a_date_survives_the_way_out_and_back(day, length):
    iso = day.isoformat()[:length]
    assert is_date(iso)
    assert read_date(iso) == iso
    shown = japanese_date(iso)
    if length == 10:
        assert read_date(shown.replace(f"（{day.year}）", "")) == iso
    assert str(day.year) in shown


@given(days)
def test_every_day_since_meiji_has_an_era(day):
    name, number = era_of(day.year, day.month, day.day)
    assert name in {each.name for each in ERAS}
    assert number >= 1


@given(
    st.text(max_size=12)
    | st.from_regex(r"\A(FY)?-?\d{0,5}(-\d{0,3}){0,3}\Z")
    | st.sampled_from(["0000", "2005-02-31", "1800", "3000-13-99", "²", "FY", "FY²", "-", "1905-", "\x00", "\u202e"])
)
def test_showing_a_date_never_raises(text):
    assert isinstance(japanese_date(text), str)
    for language in ("ja", "en"):
        assert isinstance(dated(text, "", language), str)


@given(st.text(max_size=14))
def test_reading_a_date_gives_a_date_or_a_reason(text):
    try:
        found = read_date(text)
    except InvalidFilterError:
        return
    assert found == "" or is_date(found)


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("1905", "明治38年（1905）"),
        ("1800", "1800年"),
        ("0000", "0000"),
        ("2005-02-31", "2005-02-31"),
        ("昨年", "昨年"),
    ],
)
def test_old_and_impossible_dates_are_shown(iso, shown):
    assert japanese_date(iso) == shown
