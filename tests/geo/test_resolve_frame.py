from __future__ import annotations

import pandas as pd
import pytest

from geo.errors import DataError
from geo.resolve_frame import FIX_COLUMNS, RESULT_COLUMNS, resolve_column

TABLE = pd.DataFrame(
    {"名": ["川場村", None, "府中市", "1207.0", "田無市"], "県": ["群馬県", "", "広島県", None, "東京"]}
)


def test_the_table_keeps_its_rows_and_gets_columns():
    done, _ = resolve_column(TABLE, "名")
    assert list(done.columns) == ["名", "県", *RESULT_COLUMNS]
    assert done["市区町村コード"].tolist() == ["10444", "", "", "01207", "13229"]
    assert list(TABLE.columns) == ["名", "県"]


def test_the_fix_list_names_row_input_candidates_and_why():
    _, fixes = resolve_column(TABLE, "名")
    assert list(fixes.columns) == list(FIX_COLUMNS)
    assert fixes["行"].tolist() == [2, 3, 5]
    assert fixes["候補"].tolist()[1] == "東京都府中市（13206）、広島県府中市（34208）"
    assert fixes["理由"].str.endswith("。").all()


def test_a_column_of_prefectures_is_used_where_it_holds_one():
    done, fixes = resolve_column(TABLE, "名", prefecture_column="県")
    assert done["市区町村コード"].tolist() == ["10444", "", "34208", "01207", "13229"]
    assert fixes["行"].tolist() == [2, 5]


def test_own_columns_are_never_overwritten():
    table = pd.DataFrame({"名": ["川場村"], "市区町村コード": ["x"]}, index=[7])
    done, _ = resolve_column(table, "名")
    assert done.loc[7, ["市区町村コード", "市区町村コード_2"]].tolist() == ["x", "10444"]


def test_a_missing_column_is_said():
    with pytest.raises(DataError, match="列「町」がありません"):
        resolve_column(TABLE, "町")


def test_an_empty_table_stays_empty():
    done, fixes = resolve_column(pd.DataFrame({"名": []}, dtype=str), "名")
    assert len(done) == len(fixes) == 0
