from __future__ import annotations

import csv
import io
import json
import re

import openpyxl
import pytest

from renkei.cli import main

TABLE = "番号,自治体名,都道府県\n1,川場村,群馬県\n2,府中市,広島県\n3,田無市,\n4,札幌市中央区,北海道\n"
CODES = "市区町村コード"


@pytest.fixture
def run(capsys):
    def call(*arguments):
        status = main(["resolve", *map(str, arguments)])
        out, error = capsys.readouterr()
        return status, out, error

    return call


def records(out):
    return [json.loads(line) for line in out.splitlines()]


def rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_one_object_a_line(run):
    status, out, error = run("川場村", "札幌市中央区", "--json")
    assert (status, error) == (0, "")
    first, second = records(out)
    assert first["input"] == "川場村"
    assert (first["status"], first["code"], first["code6"]) == ("resolved", "10444", "104442")
    assert (first["prefecture"], first["name"], first["ward"], first["candidates"]) == ("群馬県", "川場村", None, [])
    assert (second["code"], second["ward"], second["ward_code"]) == ("01100", "中央区", "01101")


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("府中市", "ambiguous", None),
        ("田無市", "merged", "13229"),
        ("四十万市", "unknown", None),
        ("長野県", "prefecture", None),
        ("東京都市大学", "not_a_place", None),
    ],
)
def test_what_did_not_resolve_ends_with_3(run, name, status, code):
    ended, out, _ = run(name, "--json")
    (record,) = records(out)
    assert (ended, record["status"], record["code"]) == (3, status, code)
    assert record["explanation"]


def test_candidates_are_whole_places_with_reasons(run):
    _, out, _ = run("府中市", "--json")
    (record,) = records(out)
    assert [(each["code"], each["code6"], each["prefecture"], each["name"]) for each in record["candidates"]] == [
        ("13206", "132063", "東京都", "府中市"),
        ("34208", "342084", "広島県", "府中市"),
    ]
    assert all(each["reason"] for each in record["candidates"])


def test_a_prefecture_is_named(run):
    _, out, _ = run("長野県", "--json")
    assert records(out)[0]["prefecture"] == "長野県"


def test_prefecture_and_day_of_writing(run):
    assert records(run("府中市", "--prefecture", "広島県", "--json")[1])[0]["code"] == "34208"
    assert records(run("大和町", "--as-of", "1970", "--prefecture", "東京", "--json")[1])[0]["code"] == "13220"


def test_explanations_are_readable(run):
    status, out, _ = run("田無市", "帯広町", "--explain")
    assert status == 3
    assert "2001-01-21 新設合併で西東京市に" in out
    assert "呼び方と違う" in out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_file_of_names_in_any_encoding(run, tmp_path, encoding, newline):
    file = tmp_path / "names.txt"
    file.write_bytes(newline.join(["川場村", "", "帯広市", ""]).encode(encoding))
    status, out, _ = run("--file", file, "--json")
    assert status == 0
    assert [(each["row"], each["code"]) for each in records(out)] == [(1, "10444"), (3, "01207")]


def test_the_rows_of_a_file_are_one_table(run, tmp_path):
    file = tmp_path / "wards.txt"
    file.write_text("左京区\n中京区\n伏見区\n北区\n", encoding="utf-8")
    assert [each["ward_code"] for each in records(run("--file", file, "--json")[1])][-1] == "26101"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_column_gets_codes_and_a_fix_list(run, tmp_path, encoding):
    file, out, fixes = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "fixes.csv"
    file.write_bytes(TABLE.encode(encoding))
    status, printed, _ = run("--file", file, "--column", "自治体名", "-o", out, "--fix-list", fixes)
    assert (status, printed) == (3, "")
    assert [row[CODES] for row in rows(out)] == ["10444", "", "13229", "01100"]
    assert [row["自治体名"] for row in rows(out)] == ["川場村", "府中市", "田無市", "札幌市中央区"]
    assert [(row["行"], row["入力"], row["判定"]) for row in rows(fixes)] == [
        # The row numbers are those of the sheet.
        ("3", "府中市", "いくつかに読める"),
        ("4", "田無市", "今はない名前"),
    ]
    assert "広島県府中市（34208）" in rows(fixes)[0]["候補"]
    assert file.read_bytes() == TABLE.encode(encoding)


def test_a_column_of_prefectures_narrows(run, tmp_path):
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    file.write_text(TABLE, encoding="utf-8")
    run("--file", file, "--column", "自治体名", "--prefecture-column", "都道府県", "-o", out)
    assert [row[CODES] for row in rows(out)] == ["10444", "34208", "13229", "01100"]


def test_a_column_without_output_is_printed(run, tmp_path):
    file = tmp_path / "in.csv"
    file.write_text("自治体名\n川場村\n", encoding="utf-8")
    status, out, _ = run("--file", file, "--column", "自治体名")
    assert status == 0
    assert "10444" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "名前を指定"),
        (["x", "--as-of", "昨日"], "日付"),
        (["x", "--prefecture", "関東"], "都道府県"),
        (["--column", "a"], "--file"),
        (["x", "-o", "y.csv"], "--column"),
        (["x", "--prefecture-column", "a"], "--column"),
        (["x", "--code-column", "a"], "--column"),
        (["x", "--split"], "--column"),
        (["--file", "no-such-file"], "読めません"),
        (["--file", "."], "フォルダー"),
    ],
)
def test_wrong_arguments_are_one_sentence(run, arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, out, error = run(*arguments)
    assert (status, out) == (2, "")
    assert said in error
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空です"),
        (b" \n\n", "空です"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "文字のファイルではありません|文字の表として"),
        (b"\x01\x02\x03\x04", "文字のファイルではありません|文字の表として"),
        ("川場村".encode("utf-16")[:-1], "UTF-16|文字の表として"),
        (b"PK\x03\x04 no workbook", "文字のファイルではありません|Excel のファイルとして読めません"),
        ("川場村 你们".encode("gb18030") + b"\xff\xff", "文字コード|文字の表として"),
        (b"a" * 10_000_000, "長すぎる行"),
    ],
)
def test_bad_files_are_refused_and_nothing_is_left(run, tmp_path, content, said):
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    file.write_bytes(content)
    for arguments in (["--file", file], ["--file", file, "--column", "a", "-o", out]):
        status, _, error = run(*arguments)
        assert status == 2
        assert re.search(said, error)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a,b\n1,2\n", "列「自治体名」がありません"),
        ("自治体名\n川場村,余り\n", "2行目"),
        ("自治体名,自治体名\n1,2\n", "同じ名前の列"),
    ],
)
def test_bad_tables_are_refused_and_nothing_is_left(run, tmp_path, content, said):
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    file.write_text(content, encoding="utf-8")
    status, _, error = run("--file", file, "--column", "自治体名", "-o", out)
    assert status == 2
    assert said in error
    assert not out.exists()


SHEET = [
    ["全市町村の主要財政指標", "", ""],
    ["（注）速報値", "", ""],
    ["", "", ""],
    ["都道府県名", "団体名 ", "財政力指数"],
    ["北海道", "札幌市", 0.72],
    ["", "", ""],
    ["広島県", "府中市", 0.5],
    ["群馬県", "前橋市計", 1.0],
    ["静岡県", "三島市・長泉町", ""],
]


def workbook(path, rows=SHEET, title="R3"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    sheet.merge_cells("A1:C1")
    book.create_sheet("別表").append(["団体名"])
    book.save(path)
    return path


def as_csv(path, encoding):
    text = io.StringIO()
    csv.writer(text).writerows(SHEET)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


@pytest.mark.parametrize("kind", ["xlsx", "utf-8-sig", "cp932", "utf-16"])
def test_titles_above_the_headings_and_the_numbers_of_the_sheet(run, tmp_path, kind):
    file = workbook(tmp_path / "in.xlsx") if kind == "xlsx" else as_csv(tmp_path / "in.csv", kind)
    out, fixes = tmp_path / "out.csv", tmp_path / "fixes.csv"
    status, _, _ = run(
        "--file", file, "--column", "団体名", "--prefecture-column", "都道府県名", "-o", out, "--fix-list", fixes
    )
    assert status == 3
    assert [row[CODES] for row in rows(out)] == ["01100", "34208", "", ""]
    assert [(row["行"], row["判定"]) for row in rows(fixes)] == [("8", "地名でない"), ("9", "いくつか並んでいる")]


def test_several_in_a_cell_are_put_in_rows_of_their_own(run, tmp_path):
    file, out = workbook(tmp_path / "in.xlsx"), tmp_path / "out.csv"
    run("--file", file, "--column", "団体名", "--split", "-o", out)
    assert [row["市区町村"] for row in rows(out)][-2:] == ["三島市", "長泉町"]
    assert [row["都道府県名"] for row in rows(out)][-2:] == ["静岡県", "静岡県"]


def test_the_headings_row_and_the_sheet_can_be_told(run, tmp_path):
    file = workbook(tmp_path / "in.xlsx")
    assert run("--file", file, "--column", "団体名", "--header-row", "4")[0] == 3
    status, _, error = run("--file", file, "--column", "団体名", "--header-row", "1")
    assert status == 2
    assert "見出し" in error
    status, _, error = run("--file", file, "--column", "団体名", "--sheet", "R4")
    assert status == 2
    assert "R3、別表" in error
    assert run("--file", file, "--column", "団体名", "--sheet", "別表")[0] == 0


def test_a_code_column_is_compared_with_the_names(run, tmp_path):
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    file.write_text("コード,名\n132063,府中市\n104442,沼田市\n,川場村\n011002,札幌市\n", encoding="utf-8")
    status, _, _ = run("--file", file, "--column", "名", "--code-column", "コード", "-o", out)
    assert status == 3
    assert [row[CODES] for row in rows(out)] == ["13206", "", "10444", "01100"]
    assert "コードの列と名前が合いません" in rows(out)[1]["説明"]


def test_what_was_not_read_is_in_a_column(run, tmp_path):
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    file.write_text("名\n川場村谷地2390\n帯広市ほか3町\n", encoding="utf-8")
    run("--file", file, "--column", "名", "-o", out)
    assert [row["読まなかった部分"] for row in rows(out)] == ["谷地2390", "ほか3町"]


def test_a_folder_that_is_not_there_is_said_before_the_work(run, tmp_path):
    file = tmp_path / "in.csv"
    file.write_text(TABLE, encoding="utf-8")
    status, _, error = run("--file", file, "--column", "自治体名", "-o", tmp_path / "none" / "out.csv")
    assert status == 2
    assert "フォルダ" in error


def test_scan_prints_line_and_span(tmp_path, capsys):
    file = tmp_path / "report.txt"
    file.write_bytes("一行目\r\n群馬県川場村と三島信用金庫\r\n".encode("cp932"))
    assert main(["scan", str(file), "--json"]) == 0
    (record,) = records(capsys.readouterr().out)
    assert (record["line"], record["column"], record["text"], record["code"]) == (2, 1, "群馬県川場村", "10444")
    assert main(["scan", str(file)]) == 0
    assert "2行 1-6字\t群馬県川場村\tresolved\t10444" in capsys.readouterr().out
    assert main(["scan", str(tmp_path / "none.txt")]) == 2
