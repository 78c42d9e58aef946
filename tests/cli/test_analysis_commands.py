from __future__ import annotations

import json
import re

import pytest

from renkei.cli import main


def run(capsys, *arguments):
    status = main(list(arguments))
    out, error = capsys.readouterr()
    return status, out, error


def test_peers_as_json(capsys):
    status, out, _ = run(capsys, "peers", "川場村", "--on", "population", "--within", "群馬県", "--top", "4", "--json")
    found = json.loads(out)
    assert status == 0
    assert {"place", "theme", "candidates"} <= set(found)
    assert len(found["candidates"]) == 4
    for each in found["candidates"]:
        assert {"code", "name", "prefecture", "score", "parts", "evidence", "known_tie"} <= set(each)
        assert each["score"] == sum(each["parts"].values())
        assert each["prefecture"] == "群馬県"


def test_bloc_by_names_by_id_and_what_if(capsys):
    status, out, _ = run(capsys, "bloc", "帯広市", "音更町", "芽室町", "幕別町", "--json")
    named = json.loads(out)
    assert status == 0
    assert named["members"] == ["01207", "01631", "01637", "01643"]
    assert {"2020", "2025", "2050"} <= set(named["population"])
    assert json.loads(run(capsys, "bloc", "--id", "living-area-1", "--json")[1]) == named
    what_if = json.loads(run(capsys, "bloc", "--id", "living-area-1", "--without", "音更町", "--json")[1])
    assert what_if["before"] == named
    assert what_if["members"] == ["01207", "01637", "01643"]
    said = run(capsys, "bloc", "--id", "living-area-1", "--with", "更別村", "--versus", "self-reliant-001")[1]
    assert "変わる前" in said
    assert "比べる圏域" in said


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (["川場村", "世田谷区"], "つなぐのに最も少ない市区町村：群馬県"),
        (["大島町", "利島村"], "陸続きにはできません"),
        (["大島町", "利島村", "新島村", "神津島村", "三宅村", "御蔵島村", "八丈町", "青ヶ島村"], "7つより多くの部分"),
    ],
)
def test_what_would_join_the_parts_is_said(places, said, capsys):
    assert said in run(capsys, "bloc", *places)[1]


def test_place_as_json_and_text(capsys):
    found = json.loads(run(capsys, "place", "川場村", "--json")[1])
    assert {"code", "indicators", "cases", "ties", "networks", "blocs", "neighbours"} <= set(found)
    assert found["code"] == "10444"
    said = run(capsys, "place", "川場村")[1]
    assert "パーセンタイル" in said
    assert "世田谷区" in said
    assert "医師数" not in said
    assert "医師数" in run(capsys, "place", "川場村", "--all")[1]


@pytest.mark.parametrize("name", ["世田谷区", "帯広市", "御蔵島村", "双葉町", "浜松市", "鳥取市"])
def test_figures_are_told_as_the_page_writes_them(name, capsys):
    said = run(capsys, "place", name)[1]
    figures = [each.split("\t") for each in said.split("事例（")[0].splitlines() if each.count("\t") == 5]
    assert figures
    assert not any(re.search(r"\d\.\d{4}|e\+", told) for row in figures for told in (row[1], row[4]))


def test_peers_take_the_names_of_groups_in_japanese_and_in_capitals(capsys):
    named = run(capsys, "peers", "浜松市", "--on", "財政", "--on", "DX", "--top", "3", "--moved")[1]
    assert named == run(capsys, "peers", "浜松市", "--on", "finance", "--on", "dx", "--top", "3", "--moved")[1]
    assert "新しい値が出て" in named


def test_place_as_a_sheet(tmp_path, capsys):
    path = tmp_path / "sheet.pdf"
    assert run(capsys, "place", "川場村", "-o", str(path))[0] == 0
    content = path.read_bytes()
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gaps", "themes"), "都道府県"),
        (("gaps", "means", "--theme", "DX"), "段階"),
        (("gaps", "need", "--theme", "DX", "--prefecture", "群馬"), "必要度"),
        (("gaps", "nearest", "case", "--theme", "DX"), "北海道当別町"),
        (("gaps", "spots", "share_65"), "高い所の集まり"),
        (("gaps", "network", "--top", "3"), "東京都港区"),
    ],
)
def test_gaps_as_text_and_json(arguments, said, capsys):
    status, out, _ = run(capsys, *arguments)
    assert status == 0
    assert said in out
    lines = run(capsys, *arguments, "--json")[1].splitlines()
    assert all(isinstance(json.loads(each), dict) for each in lines)


@pytest.mark.parametrize(
    "arguments",
    [
        ("bloc",),
        ("bloc", "--id", "nothing"),
        ("bloc", "川場村", "--without", "世田谷区"),
        ("peers", "川場村", "--on", "luck"),
        ("place", "どこにもない町"),
        ("gaps", "need", "--theme", "DX", "--by", "share_65=2"),
        ("gaps", "need", "--theme", "防災"),
    ],
)
def test_a_mistake_is_one_line_and_status_two(arguments, capsys):
    status, out, error = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert error.count("\n") == 1
