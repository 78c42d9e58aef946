from __future__ import annotations

import os
import zipfile

import openpyxl
import pytest

from geo.errors import DataError, UnsafeFileError
from renkei.exchange.area_tables import read_area_table
from renkei.exchange.fact_tables import COLUMNS, EXAMPLES, filled_template, read_rows, template

TABLE = """圏域名,都道府県,中心市,構成市町村
本庄圏域,埼玉県,本庄市,"美里町、神川町・上里町（3町）"
広島圏域,広島県,広島市,"府中町、岩国市
島根県浜田市、幻町"
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_members_in_one_cell_go_through_the_resolver(tmp_path, encoding):
    path = tmp_path / "areas.csv"
    path.write_text(TABLE, encoding=encoding)
    honjo, hiroshima = read_area_table(path, "定住自立圏")
    assert honjo.row["自治体"] == "埼玉県本庄市"
    assert honjo.row["相手・構成自治体"] == "埼玉県美里町、埼玉県神川町、埼玉県上里町"
    assert honjo.open_names == ()
    assert hiroshima.row["相手・構成自治体"] == "広島県府中町、山口県岩国市、島根県浜田市"
    assert [name for name, _, _ in hiroshima.open_names] == ["幻町"]


def test_no_member_is_lost_or_taken_from_another_prefecture(tmp_path):
    path = tmp_path / "areas.csv"
    rows = (
        "埼玉県,試験圏,熊谷市,深谷市　本庄市　寄居町",
        "愛知県,試験圏,豊田市,三好町",
        "静岡県,試験圏,三島市,長泉町ほか2町",
        "広島県,試験圏,福山市,笠岡市、協和村",
    )
    path.write_text("\n".join(["都道府県,圏域名,中心市,構成市町村", *rows]), encoding="utf-8")
    spaces, former, others, beyond = read_area_table(path, "x")
    assert spaces.row["相手・構成自治体"] == "埼玉県深谷市、埼玉県本庄市、埼玉県寄居町"
    assert former.row["相手・構成自治体"] == "愛知県みよし市"
    assert (spaces.open_names, former.open_names) == ((), ())
    assert [name for name, _, _ in others.open_names] == ["長泉町ほか2町"]
    assert beyond.row["相手・構成自治体"] == "岡山県笠岡市、広島県府中市"


def test_a_namesake_without_context_stays_open(tmp_path):
    path = tmp_path / "areas.csv"
    path.write_text("圏域名,中心市,構成市町村\nどこか,府中市,上里町\n", encoding="utf-8")
    (area,) = read_area_table(path, "x")
    name, _, candidates = area.open_names[0]
    assert (name, set(candidates)) == ("府中市", {"東京都府中市", "広島県府中市"})


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "areas.csv"
    path.write_text("名前,市\nx,y\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"中心市.*名前"):
        read_area_table(path, "x")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".yaml"])
def test_the_template_is_read_back(tmp_path, suffix):
    path = tmp_path / f"template{suffix}"
    path.write_bytes(template(suffix))
    header, body = read_rows(path)
    assert header == list(COLUMNS)
    assert [list(row.values()) for _, row in body] == list(EXAMPLES)


def test_other_formats_are_refused():
    with pytest.raises(DataError, match=r"\.csv"):
        template(".pdf")


def test_a_formula_is_a_text(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["分類", "根拠のURL"])
    book.active.append(["=1+1", '=HYPERLINK("http://x")'])
    path = tmp_path / "formula.xlsx"
    book.save(path)
    assert read_rows(path)[1] == [(2, {"分類": "=1+1", "根拠のURL": '=HYPERLINK("http://x")'})]


def test_damaged_and_swollen_workbooks_are_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"<html>not a workbook</html>")
    with pytest.raises(DataError, match="Excel"):
        read_rows(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<x>" + b"0" * 250_000_000)
    with pytest.raises(UnsafeFileError, match="大きすぎます"):
        read_rows(path)


def test_values_of_yaml_are_texts_whatever_their_tag(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("- {分類: !!bool maybe, 開始日: 2005-10-04, 名称: 0x1F}\n", encoding="utf-8")
    assert read_rows(path)[1] == [(2, {"分類": "maybe", "開始日": "2005-10-04", "名称": "0x1F"})]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('a,b\n1,"2\n3,4\n', "引用符"),
        ('a,b\n1,"2"x\n', "引用符"),
        ("\ufeff", "空"),
        ("\ufeff \n", "空"),
    ],
)
def test_a_table_that_would_lose_rows_is_refused(tmp_path, content, why):
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=why):
        read_rows(path)


def test_what_is_no_file_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "a.xlsx")
    for path, why in ((tmp_path / "a.xlsx", "パイプ"), (tmp_path, "フォルダー")):
        with pytest.raises(DataError, match=why):
            read_rows(path)


def test_a_strangers_cell_becomes_no_formula_in_the_template():
    content = filled_template([{"名称": "=1+1", "自治体": "北海道帯広市"}]).decode("utf-8-sig")
    assert "'=1+1" in content


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("a: &x [1]\nb: *x\n", "別名"),
        ("- [1, 2]\n", "並び"),
        ("x\n", "並び"),
        ("- 分類: [連携\n", "YAML"),
        ("- !!python/object/apply:os.system [ls]\n", "並び"),
        ("[" * 1_000_000, "入れ子"),
        ("- {a: " * 100_000, "YAML"),
    ],
)
def test_hostile_yaml_is_refused(tmp_path, content, why):
    path = tmp_path / "x.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=why):
        read_rows(path)


def test_yaml_values_are_texts(tmp_path):
    path = tmp_path / "x.yml"
    path.write_text("- 分類: 連携\n  開始日: 2012-04-01\n  備考: yes\n- 分類: 圏域\n", encoding="utf-8")
    assert read_rows(path)[1] == [
        (2, {"分類": "連携", "開始日": "2012-04-01", "備考": "yes"}),
        (3, {"分類": "圏域", "開始日": "", "備考": ""}),
    ]
