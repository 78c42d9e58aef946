from __future__ import annotations

import io

import pyarrow.parquet as pq
import pytest

from geo.codes import to_code6
from geo.errors import DataError
from geo.gazetteer import municipalities
from renkei.official.age_groups import AGES, age_group_bytes, age_groups_of
from renkei.official.resident_register import Book

HEADING = [
    ["令和8年1月1日住民基本台帳年齢階級別人口（市区町村別）（総計）"],
    [None, None, None, None, "総数", *(f"{age}歳～{age + 4}歳" for age in AGES[:-1]), "100歳以上"],
    ["団体コード", "都道府県名", "市区町村名", "性別", *["人"] * 22],
]


def book(change=lambda rows: rows):
    """Rows of the workbook: 2 men of 0–4 and 1 woman of 100 in each, and one whose age is not told."""
    codes = list(municipalities().index)
    rows = [[*HEADING[0]], [*HEADING[1]], [*HEADING[2]], ["-", "合計", "-", "計", 4 * len(codes), *[0] * 21]]
    for code in codes:
        about = [to_code6(code), "県", "市"]
        rows.append([*about, "計", 4, 2, *[0] * 19, 1])
        rows.append([*about, "男", 2, 2, *[0] * 20])
        rows.append([*about, "女", 2, *[0] * 20, 1])
    return Book("a.xlsx", change(rows))


def test_men_women_and_who_is_not_told_by_age():
    frame = age_groups_of(book())
    assert len(frame) == 1741 * 43
    own = frame[frame["code"].eq("10444")]
    assert list(own["date"].unique()) == ["2026-01-01"]
    found = own[own["people"].gt(0)][["sex", "age", "people"]].to_numpy().tolist()
    assert found == [["male", 0, 2], ["female", 100, 1], ["unlisted", -1, 1]]
    table = pq.read_table(io.BytesIO(age_group_bytes(frame))).to_pandas()
    assert table.astype(dict.fromkeys(("code", "date", "sex"), object)).to_dict("list") == frame.to_dict("list")


def changed(line, column, value):
    def change(rows):
        rows[line][column] = value
        return rows

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (changed(0, 0, "年齢階級別人口"), "令和○年1月1日"),
        (changed(1, 5, "0歳～9歳"), "5歳ごと"),
        (changed(4, 5, 99), "総数と合いません"),
        (changed(4, 5, "多数"), "数でない値"),
        (changed(5, 4, -1), "総数と合いません"),
        (changed(3, 4, 7), "和が計と合いません"),
        (lambda rows: rows[:-1], "行がありません"),
    ],
)
def test_a_workbook_that_is_not_as_it_was_is_refused(change, said):
    with pytest.raises(DataError, match=said):
        age_groups_of(book(change))
