"""The same poison through every exit: a stranger's formula is a text in each table that a command writes or prints."""

import csv
import io

import pytest

from renkei.cli import main

FORMULAS = ("=HYPERLINK(1)", "+cmd|' /C calc'!A0", "@SUM(1)", "＝1+1", "\u200b=1+1", "-2+3")
HEADING = "=見出し"
EXITS = {
    "resolve on stdout": ["resolve", "--file", "{table}", "--column", "自治体"],
    "resolve -o": ["resolve", "--file", "{table}", "--column", "自治体", "-o", "{out}"],
    "resolve --fix-list": ["resolve", "--file", "{table}", "--column", "備考", "--fix-list", "{out}"],
    "check -o": ["check", "{table}", "-o", "{out}"],
    "aggregate -o": [
        "aggregate", "{table}", "--by", "municipality", "--code", "自治体", "--sum", "値", "--group", "備考", "-o", "{out}",
    ],
    "register areas -o": ["register", "areas", "{areas}", "--programme", "連携中枢都市圏", "-o", "{out}"],
}  # fmt: skip


@pytest.fixture
def files(tmp_path):
    table, areas = tmp_path / "in.csv", tmp_path / "areas.csv"
    rows = [("10444", number, formula) for number, formula in enumerate(FORMULAS)] + [("どこか村", 1, FORMULAS[0])]
    with table.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("自治体", "値", "備考", HEADING), *((*row, row[-1]) for row in rows)])
    with areas.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("圏域名", "中心市", "構成市町村", "備考"))
        writer.writerows((formula, "府中市", "川場村、どこか村", formula) for formula in FORMULAS)
    return {"table": table, "areas": areas, "out": tmp_path / "out.csv"}


@pytest.mark.parametrize("exit_", EXITS)
def test_a_formula_of_a_stranger_is_a_text(exit_, files, capsys):
    assert main([part.format(**files) for part in EXITS[exit_]]) in (0, 3)
    printed = capsys.readouterr().out
    written = files["out"].read_text(encoding="utf-8-sig") if files["out"].exists() else printed
    cells = [cell for row in csv.reader(io.StringIO(written)) for cell in row]
    assert not [cell for cell in cells if cell in (*FORMULAS, HEADING)]
    # The fix-list of check names what was not found, which no formula is.
    assert exit_ == "check -o" or f"'{FORMULAS[0]}" in cells
