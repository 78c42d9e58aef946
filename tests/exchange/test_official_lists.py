"""The two official lists by their layout; the tests make files of that form, none is a copy."""

import io

import pytest
from openpyxl import Workbook

from geo.errors import DataError
from renkei.exchange.official_lists import read_any, read_list, recognize_list
from renkei.exchange.own_files import preview


def saved(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def one_table():
    """A column of wards in merged cells, under a title and a note."""
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "特別区全国連携プロジェクト　連携事業一覧"
    sheet["A2"] = "※令和6年4月1日現在"
    sheet.append([])
    sheet.append(["区名", "都道府県", "連携自治体名", "分野", "事業内容", "開始年月", "備考"])
    for row in (
        ["千代田区", "群馬県", "嬬恋村", "環境", "森林整備", "平成22年4月", None],
        [None, "福島", "郡山市", "産業", "物産展", "H30.10", "毎年"],
        ["港区", "秋田県", "にかほ市、由利本荘市", "木材", "国産材の活用", "2011年", None],
        [None, "どこか県", "ない町", "x", "y", "z", None],
    ):
        sheet.append(row)
    sheet.merge_cells("A5:A6")
    sheet.merge_cells("A7:A8")
    sheet.merge_cells("A1:G1")
    return saved(book)


def one_block_a_ward():
    book = Workbook()
    sheet = book.active
    sheet.append(["特別区と全国各地との連携"])
    for ward, partner in (("１．千代田区", "嬬恋村"), ("２．中央区", "檜原村")):
        sheet.append([])
        sheet.append([ward])
        sheet.append(["No.", "自治体", "取組内容", "締結日"])
        sheet.append([1, partner, "交流", "昭和63年10月1日"])
    return saved(book)


def one_sheet_a_ward():
    book = Workbook()
    book.remove(book.active)
    for ward, partner in (("千代田区", "嬬恋村"), ("世田谷区", "川場村")):
        sheet = book.create_sheet(ward)
        sheet.append(["連携先", "事業名"])
        sheet.append([partner, "交流"])
    return saved(book)


@pytest.mark.parametrize(
    ("content", "ties"),
    [
        (
            one_table(),
            [
                ("13101", "10425", "2010-04"),
                ("13101", "07203", "2018-10"),
                ("13103", "05214", "2011"),
                ("13103", "05210", "2011"),
            ],
        ),
        (one_block_a_ward(), [("13101", "10425", "1988-10-01"), ("13102", "13307", "1988-10-01")]),
        (one_sheet_a_ward(), [("13101", "10425", ""), ("13112", "10444", "")]),
    ],
)
def test_the_wards_list_in_each_of_its_forms(content, ties):
    source = recognize_list(content, "wards.xlsx")
    found = preview(source)
    assert found.kind == "ties"
    assert [(*fact.codes, fact.since) for fact in found.facts] == ties
    assert len(found.rows) == len(source.sheet.rows)


def test_what_stands_in_the_other_columns_stays_as_a_remark():
    found = preview(read_any(one_table(), "wards.xlsx"))
    assert found.facts[1].note.endswith("事業内容：物産展／備考：毎年")
    assert [row.outcome for row in found.rows] == ["matched", "matched", "matched", "unknown"]


def procurement():
    book = Workbook()
    sheet = book.active
    sheet.append(["共同調達の実施状況"])
    sheet.append([None, None, None, "単位：千円"])
    sheet.append(["調達名", "幹事団体", "構成団体", "契約電力（kW）", "費用（千円）", "開始年度"])
    sheet.append(["電力の共同調達", "真庭市", "真庭市、津山市、新庄村", "１，２００", "▲3,400", "令和5年度"])
    sheet.append(["システムの共同調達", "", "帯広市、音更町ほか", "", "1億2,000万円", "H31"])
    return saved(book)


def test_joint_procurement_becomes_networks_with_size_and_cost():
    found = preview(recognize_list(procurement(), "p.xlsx"))
    assert found.kind == "networks"
    assert [fact.codes for fact in found.facts] == [("33214", "33203", "33586"), ("01207", "01631")]
    first, second = found.facts
    assert (first.name, first.kind, first.since) == ("電力の共同調達", "共同調達", "2023")
    assert first.note == "契約電力（kW）：１，２００／費用（千円）：▲3,400"
    assert second.note == "費用（千円）：1億2,000万円"


def test_another_table_is_none_of_them_and_saying_so_by_hand_is_answered():
    plain = "自治体,相手\n川場村,世田谷区\n".encode()
    assert recognize_list(plain, "a.csv") is None
    assert recognize_list(b"\x00\x01", "a.csv") is None
    for kind in ("ward-partners", "joint-procurement"):
        with pytest.raises(DataError):
            read_list("値\n1\n".encode(), "a.csv", kind)
