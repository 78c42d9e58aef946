import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError
from geo.gazetteer import municipalities
from renkei.exchange.own_table import SHOWN, preview_table


def preview(header, *rows, **more):
    return preview_table(header, [(number, row) for number, row in enumerate(rows, 2)], **more)


@pytest.mark.parametrize(
    ("cells", "outcome", "code"),
    [
        (["104442", "川場村"], "matched", "10444"),
        (["10444", ""], "matched", "10444"),
        (["1207", "帯広市"], "matched", "01207"),
        (["", "川場村"], "matched", "10444"),
        (["", "府中市"], "ambiguous", ""),
        (["", "田無市"], "merged", "13229"),
        (["10444", "帯広市"], "conflict", ""),
        (["", "どこでもない町"], "unknown", ""),
        (["", "群馬県"], "not_a_place", ""),
    ],
)
def test_what_becomes_of_a_row(cells, outcome, code):
    found = preview(["団体コード", "自治体", "値"], [*cells, "1"])
    (row,) = found.rows
    assert (row.outcome, row.code) == (outcome, code)
    assert bool(row.reason) == (outcome != "matched")


def test_rows_in_are_rows_shown_and_rows_listed():
    names = ["川場村", "府中市", "川場村", "", "合計", "帯広市", "ない村"]
    found = preview(["自治体", "率（%）"], *([name, "1"] for name in names))
    assert sum(found.counts().values()) == len(names)
    shown = sum(row.outcome in SHOWN for row in found.rows)
    assert shown + len(found.fix_list()) == len(names)
    assert [row.outcome for row in found.rows if row.written == "川場村"] == ["matched", "repeated"]


def test_a_prefecture_column_decides():
    found = preview(["都道府県", "自治体", "値"], ["東京都", "府中市", "1"], ["広島県", "府中市", "2"])
    assert [row.code for row in found.rows] == ["13206", "34208"]


def test_a_choice_by_hand_decides_and_a_wrong_one_is_told():
    rows = (["府中市", "1"], ["泊村", "2"])
    found = preview(["自治体", "値"], *rows, decisions={"2": "13206", "3": "99999"})
    assert [(row.outcome, row.code) for row in found.rows] == [("chosen", "13206"), ("unknown", "")]


def test_figures_with_scale_unit_gaps_and_cells_that_are_none():
    found = preview(
        ["自治体", "歳出（千円）", "人口"],
        ["川場村", "1,234", "3,137人"],
        ["帯広市", "▲2", "…"],
        ["音更町", "不可", "4万人"],
        ["芽室町", "5", "1"],
    )
    money, people = found.indicators
    assert (money.title, money.unit, money.scale) == ("歳出", "円", 1000)
    assert money.figures["10444"] == 1_234_000
    assert money.figures["01207"] == -2000
    assert money.unread[0][:2] == (4, "不可")
    assert (people.unit, people.figures["01631"]) == ("人", 40_000)
    assert math.isnan(people.figures["01207"])
    assert len(people.figures) == 1741


def test_a_table_without_municipalities_says_which_columns_it_has():
    with pytest.raises(DataError, match="備考"):
        preview(["備考", "値"], ["よい", "1"])


def test_roles_given_by_hand_are_taken():
    found = preview(["a", "b"], ["川場村", "5"], roles=("name", "value"))
    assert found.indicators[0].figures["10444"] == 5


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*municipalities()["name"][:40], "府中市", "", "x", "合計", "全国"]), st.text(max_size=6)
        ),
        max_size=12,
    )
)
def test_any_rows_are_shown_or_listed(rows):
    found = preview(["自治体", "値"], *map(list, rows), roles=("name", "value"))
    shown = [row for row in found.rows if row.outcome in SHOWN]
    assert len(shown) + len(found.fix_list()) == len(rows)
    assert len({row.code for row in shown}) == len(shown)
