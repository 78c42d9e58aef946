import contextlib
import csv
import io
import os
from datetime import date

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError, RenkeiError
from renkei.exchange.file_bytes import read_bytes
from renkei.exchange.own_files import table_csv
from renkei.exchange.sheets import find_header, read_sheet

CSV = '令和6年度 一覧表\n\n団体コード,自治体名,人口（人）\n104442,川場村,"3,137"\n,,\n012076,帯広市,"165,000"\n'


def workbook(*rows, merge=(), title="一覧"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for area in merge:
        book.active.merge_cells(area)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_text_in_every_encoding_with_a_title_above(encoding):
    found = read_sheet(CSV.encode(encoding), "x.csv")
    assert found.header == ("団体コード", "自治体名", "人口（人）")
    assert found.rows == [(4, ["104442", "川場村", "3,137"]), (6, ["012076", "帯広市", "165,000"])]
    assert found.above == ("令和6年度 一覧表",)
    assert found.blank == 1


def test_a_workbook_with_title_notes_merged_cells_dates_and_numbers():
    content = workbook(
        ["共同調達の状況"],
        [None, None, "単位：千円"],
        ["県", "自治体", "締結日", "金額"],
        ["群馬県", "川場村", date(1981, 12, 7), 1200],
        [None, "片品村", None, 3.5],
        merge=["A4:A5"],
    )
    found = read_sheet(content, "x.xlsx")
    assert found.header == ("県", "自治体", "締結日", "金額")
    assert found.rows == [(4, ["群馬県", "川場村", "1981-12-07", "1200"]), (5, ["群馬県", "片品村", "", "3.5"])]
    assert found.name == "一覧"


def test_a_header_row_and_a_sheet_can_be_told():
    assert read_sheet(CSV.encode(), "x.csv", header_row=4).header[1] == "川場村"
    with pytest.raises(DataError, match="99行目"):
        read_sheet(CSV.encode(), "x.csv", header_row=99)
    with pytest.raises(DataError, match="あるのは 一覧"):
        read_sheet(workbook(["a"]), "x.xlsx", sheet="ない")


def test_headings_that_stand_twice_are_told_apart():
    assert read_sheet("名称,値,値\na,1,2\n".encode(), "x.csv").header == ("名称", "値", "値_2")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "空"),
        (b"\xef\xbb\xbf", "空"),
        (b"\xff\xfe", "空"),
        (b"  \n \n", "空"),
        (b'a,b\n1,"x\n2,y\n3,z\n', "2行目から先"),
        (b"a,b\n1,2,3\n", "2行目は見出し"),
        (b"\x00\x01\x02", "文字の表として読めません"),
        (b"a" * 1_000_001, "長すぎる行"),
    ],
)
def test_what_is_no_table_is_one_sentence(content, told):
    with pytest.raises(DataError, match=told):
        read_sheet(content, "x.csv")


def test_an_unclosed_quotation_mark_never_swallows_rows():
    rows = "".join(f"町{n},{n}\n" for n in range(50))
    with pytest.raises(DataError, match="閉じていない"):
        read_sheet(f'名,値\n"川場村,1\n{rows}'.encode(), "x.csv")


@pytest.mark.parametrize(
    ("grid", "at"),
    [
        ([["a", "b"], ["1", "2"]], 0),
        ([["表1"], ["コード", "名"], ["1", "x"]], 1),
        ([[]], 0),
        ([], 0),
        ([["注：速報", "", "", ""], ["団体", "2020", "2021", "2022"], ["川場村", "1", "2", "3"]], 1),
    ],
)
def test_where_the_header_is(grid, at):
    assert find_header(grid) == at


@given(st.lists(st.lists(st.text(alphabet='市町村1 ,"\n', max_size=4), min_size=2, max_size=3), min_size=1, max_size=6))
def test_rows_in_are_rows_out(table):
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(table)
    with contextlib.suppress(RenkeiError):
        found = read_sheet(target.getvalue().encode(), "x.csv", header_row=1)
        filled = sum(any(cell.strip() for cell in row) for row in table[1:])
        assert len(found.rows) == filled


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    with contextlib.suppress(RenkeiError):
        read_sheet(content, "x.csv")


def test_what_is_no_file_is_said_to_be_none(tmp_path):
    os.mkfifo(tmp_path / "p.xlsx")
    for path, told in ((tmp_path, "フォルダー"), (tmp_path / "p.xlsx", "パイプ"), (tmp_path / "none", "確かめて")):
        with pytest.raises(DataError, match=told):
            read_bytes(path)


def test_a_fix_list_disarms_formulas():
    assert b"'=1+1" in table_csv(pd.DataFrame({"a": ["=1+1"]}))
