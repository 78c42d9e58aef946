from __future__ import annotations

import json
import subprocess
import sys

import pytest

from geo.data_folder import data_path
from layers.blocs import blocs
from layers.partnerships import partnerships
from layers.register_log import entries
from layers.tables import Tables
from layers.user_folder import UserFolder
from renkei.cli import main, register

HEADER = "分類,自治体,相手・構成自治体,名称,種類,事業,開始日,終了日,テーマ,根拠のURL,根拠の種類,ページの日付,備考\n"
ROWS = (
    "連携,東京都府中市,長野県佐久穂町,,姉妹都市,,1985,,,https://www.example.jp/z.html,公式ページ,2024-04-01,\n"
    "圏域,埼玉県本庄市,埼玉県美里町、埼玉県上里町,試験圏域,,定住自立圏,2009,,,https://www.example.jp/y.html,写し,,\n"
)


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    """An empty user's folder."""
    monkeypatch.setenv("RENKEI_DATA", str(tmp_path / "own"))
    return UserFolder(tmp_path / "own")


def test_check_is_clean_and_prints_a_review_list(capsys):
    assert main(["register", "check", "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found
    assert {each["level"] for each in found} == {"review"}


def test_what_is_added_is_in_the_register_with_its_evidence(own_folder, tmp_path, capsys):
    path = tmp_path / "new.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    before = {each: each.read_bytes() for each in data_path("cases").iterdir()}
    assert main(["register", "add", str(path), "--yes"]) == 0
    assert "新しい 2" in capsys.readouterr().err
    tables = Tables.open()
    ties = partnerships(tables).set_index("id")
    assert ties.loc["added-0001", ["from_code", "to_code", "tier"]].tolist() == ["13206", "20309", "official"]
    areas = blocs(tables).set_index("id")
    assert areas.loc["added-0002", "member_codes"] == ("11211", "11381", "11385")
    assert areas.loc["added-0002", "urls"] == ()
    assert own_folder.damages() == []
    assert {each: each.read_bytes() for each in data_path("cases").iterdir()} == before  # what is shipped is read only
    assert main(["register", "check"]) == 0
    capsys.readouterr()
    assert main(["register", "add", str(path), "--yes"]) == 0
    assert "登録済み 2" in capsys.readouterr().err
    assert main(["register", "log", "--json"]) == 0
    assert [json.loads(line)["entry"] for line in capsys.readouterr().out.splitlines()] == ["log-0001", "log-0002"]


def test_nothing_is_written_without_a_yes_and_a_refusal_is_said(own_folder, tmp_path, capsys):
    path = tmp_path / "new.csv"
    path.write_text(HEADER + ROWS + "連携,府中市,x,,,,,,,,,,\n", encoding="cp932")
    assert main(["register", "add", str(path), "--dry-run"]) == 3
    assert "受け付けられない 1" in capsys.readouterr().err
    assert main(["register", "add", str(path)]) == 3
    assert own_folder.names() == ()


PAGE = ["--url", "https://www.example.jp/c.html", "--reason", "協定書による", "--yes"]


def test_correct_end_retract_and_take_back(own_folder, capsys):
    assert main(["register", "correct", "tie-020", "--set", "開始日=平成25年4月", "--set", "備考=再締結", *PAGE]) == 0
    assert main(["register", "end", "tie-021", "--on", "2020-03-31", *PAGE]) == 0
    assert main(["register", "retract", "tie-022", *PAGE]) == 0
    ties = partnerships(Tables.open()).set_index("id")
    assert ties.loc["tie-020", ["since", "note"]].tolist() == ["2013-04", "再締結"]
    assert ties.loc["tie-021", "until"] == "2020-03-31"
    assert "tie-022" not in ties.index
    assert main(["register", "retract", "log-0003", "--reason", "間違えた", "--yes"]) == 0
    assert "tie-022" in partnerships(Tables.open()).set_index("id").index
    capsys.readouterr()
    assert main(["register", "log"]) == 0
    told = capsys.readouterr().out
    assert "取り消し（取り消し済み）" in told
    assert len(own_folder.entries()) == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["correct", "tie-020", "--set", "開始日", *PAGE], 2),
        (["correct", "tie-020", "--set", "色=赤", *PAGE], 2),
        (["correct", "nope", "--set", "開始日=2000", *PAGE], 3),
        (["end", "tie-020", "--on", "昨日", *PAGE], 3),
    ],
)
def test_a_change_that_cannot_be_is_refused(own_folder, capsys, arguments, code):
    assert main(["register", *arguments]) == code
    assert capsys.readouterr()
    assert own_folder.names() == ()


def test_parallel_additions_lose_nothing(own_folder, tmp_path):
    workers = []
    for number in range(6):
        path = tmp_path / f"{number}.csv"
        path.write_text(
            HEADER + f"連携,東京都府中市,長野県佐久穂町,,姉妹都市,,,,,https://a.jp/{number},公式ページ,,\n",
            encoding="utf-8",
        )
        command = [sys.executable, "-m", "renkei.cli", "register", "add", str(path), "--yes"]
        workers.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))
    assert [worker.wait(120) for worker in workers] == [0] * 6
    log = entries(Tables.open(own_folder.path))
    assert sorted(log["url"]) == [f"https://a.jp/{number}" for number in range(6)]
    assert set(log["fact_id"]) == {"added-0001"}  # one fact with six pages, not six facts


def test_a_prompt_that_waited_reads_anew_before_it_writes(own_folder, tmp_path, monkeypatch, capsys):
    path = tmp_path / "new.csv"
    path.write_text(HEADER + ROWS.splitlines()[0] + "\n", encoding="utf-8")

    def while_the_prompt_waits(*_):
        monkeypatch.undo()
        monkeypatch.setenv("RENKEI_DATA", str(own_folder.path))
        assert main(["register", "add", str(path), "--yes"]) == 0  # another one adds the same
        return True

    monkeypatch.setattr(register, "confirmed", while_the_prompt_waits)
    assert main(["register", "add", str(path)]) == 0
    assert "登録済み" in capsys.readouterr().out
    assert len(entries(Tables.open(own_folder.path))) == 1


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
