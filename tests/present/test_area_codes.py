from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import municipalities
from renkei.present.area_codes import MOST_MEMBERS, read_area, written_area

CODES = list(municipalities().index)


@given(st.sets(st.sampled_from(CODES), min_size=1, max_size=MOST_MEMBERS))
def test_what_is_written_is_read_again(codes):
    written = written_area(codes)
    assert read_area(written) == tuple(sorted(codes))
    assert len(written) <= 47 * 3 + 3 * len(codes)


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("01207", ("01207",)),
        ("01631, 01207 01207", ("01207", "01631")),
        ("01207631-10444", ("01207", "01631", "10444")),
        ("", ()),
        ("01207-", ("01207",)),
        ("０１２０７", ()),
        ("1207", ()),
        ("01000", ()),
        ("01207<b>", ()),
    ],
)
def test_addresses_of_persons_and_of_mischief(written, codes):
    assert read_area(written) == codes


@given(st.text())
def test_any_text_is_an_area_or_none(text):
    assert set(read_area(text)) <= set(CODES)


def test_no_more_than_a_link_holds():
    assert len(read_area(written_area(CODES[:MOST_MEMBERS]))) == MOST_MEMBERS
    assert read_area(written_area(CODES[: MOST_MEMBERS + 1])) == ()
    assert len(written_area(CODES[:MOST_MEMBERS])) < 1700
