from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.codes import (
    PREFECTURES,
    check_digit,
    normalize_code,
    normalize_prefecture,
    possible_codes,
    to_code6,
)
from geo.errors import InvalidCodeError, UnknownNameError
from geo.gazetteer import municipalities


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("011002", "01100"),
        ("01100", "01100"),
        (1207, "01207"),
        (1207.0, "01207"),
        ("1207.0", "01207"),
        ("０１２０７", "01207"),
        (" 131121 ", "13112"),
        (131121, "13112"),
        ("47382", "47382"),
    ],
)
def test_codes_are_read(written, code):
    assert normalize_code(written) == code


@pytest.mark.parametrize(
    "written", ["", "川場村", "123", "1234567", "011003", "48001", None, True, "1e5", "-1207", "nan"]
)
def test_what_is_no_code_is_refused(written):
    with pytest.raises(InvalidCodeError):
        normalize_code(written)


def test_lost_zero_leaves_both_readings():
    assert possible_codes("11002") == ("11002", "01100")


def test_every_municipality_round_trips():
    for code in municipalities().index:
        assert normalize_code(to_code6(code)) == code
        assert code in possible_codes(to_code6(code).lstrip("0"))


@given(st.text())
def test_possible_codes_never_raises(text):
    assert all(len(code) == 5 for code in possible_codes(text))


@given(st.from_regex(r"[0-9]{5}", fullmatch=True))
def test_check_digit_is_one_digit(code):
    assert check_digit(code) in "0123456789"


@pytest.mark.parametrize(
    ("written", "code"), [("北海道", "01"), ("東京", "13"), ("13", "13"), (1, "01"), ("Kyoto", "26"), (" 沖縄県", "47")]
)
def test_prefectures_are_read(written, code):
    assert normalize_prefecture(written) == code


@pytest.mark.parametrize("written", ["", "0", "48", "北海", "京", "東京市"])
def test_what_is_no_prefecture_is_refused(written):
    with pytest.raises(UnknownNameError):
        normalize_prefecture(written)


def test_there_are_47():
    assert len(PREFECTURES) == 47
