from __future__ import annotations

import json
import shutil

import pytest

from geo import data_folder
from layers.blocs import blocs
from layers.partnerships import partnerships
from layers.table_status import table_status
from layers.tables import Tables
from renkei.cli import main

HEADER = "分類,自治体,相手・構成自治体,名称,種類,事業,開始日,終了日,テーマ,根拠のURL,根拠の種類,ページの日付,備考\n"
ROWS = (
    "連携,東京都府中市,長野県佐久穂町,,姉妹都市,,1985,,,https://www.example.jp/z.html,公式ページ,2024-04-01,\n"
    "圏域,埼玉県本庄市,埼玉県美里町、埼玉県上里町,試験圏域,,定住自立圏,2009,,,https://www.example.jp/y.html,写し,,\n"
)


@pytest.fixture
def own_data(tmp_path, monkeypatch):
    """A copy of the data that a test may change."""
    folder = tmp_path / "data"
    shutil.copytree(data_folder.data_path(), folder)
    monkeypatch.setattr(data_folder, "_root", lambda: folder)
    yield folder
    monkeypatch.undo()


def test_check_is_clean_and_prints_a_review_list(capsys):
    assert main(["register", "check", "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found
    assert {each["level"] for each in found} == {"review"}


def test_what_is_added_is_in_the_register_with_its_evidence(own_data, tmp_path, capsys):
    path = tmp_path / "new.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    assert main(["register", "add", str(path), "--yes"]) == 0
    assert "新しい 2" in capsys.readouterr().err
    tables = Tables.open()
    ties = partnerships(tables).set_index("id")
    assert ties.loc["added-0001", ["from_code", "to_code", "tier"]].tolist() == ["13206", "20309", "official"]
    areas = blocs(tables).set_index("id")
    assert areas.loc["added-0002", "member_codes"] == ("11211", "11381", "11385")
    assert areas.loc["added-0002", "urls"] == ()
    assert all(each["checksum_ok"] for each in table_status(tables) if each["table"].startswith("cases/"))
    assert main(["register", "check"]) == 0
    capsys.readouterr()
    assert main(["register", "add", str(path), "--yes"]) == 0
    assert "登録済み 2" in capsys.readouterr().err
    assert (own_data / "cases" / "additions.csv").read_text(encoding="utf-8").count("\n") == 3


@pytest.mark.usefixtures("own_data")
def test_nothing_is_written_without_a_yes_and_a_refusal_is_said(tmp_path, capsys):
    path = tmp_path / "new.csv"
    path.write_text(HEADER + ROWS + "連携,府中市,x,,,,,,,,,,\n", encoding="cp932")
    assert main(["register", "add", str(path), "--dry-run"]) == 3
    assert "受け付けられない 1" in capsys.readouterr().err
    assert main(["register", "add", str(path)]) == 3
    assert not data_folder.data_path("cases", "additions.csv").exists()


@pytest.mark.parametrize(
    ("content", "why"), [("", "空です"), ("a,b\n1,2\n", "様式と違います"), ("\0\1", "文字のファイルではありません")]
)
def test_a_file_that_is_no_template_is_refused(tmp_path, capsys, content, why):
    path = tmp_path / "x.csv"
    path.write_text(content, encoding="utf-8")
    assert main(["register", "add", str(path)]) == 2
    assert why in capsys.readouterr().err


def test_a_published_table_becomes_the_template(tmp_path, capsys):
    path = tmp_path / "areas.csv"
    path.write_text('圏域名,中心市,構成市町村\n本庄圏域,埼玉県本庄市,"美里町、幻町"\n', encoding="utf-8")
    out = tmp_path / "out.csv"
    assert main(["register", "areas", str(path), "--programme", "定住自立圏", "-o", str(out)]) == 3
    assert "「幻町」は決まりません" in capsys.readouterr().out
    assert "埼玉県美里町" in out.read_text(encoding="utf-8-sig")
