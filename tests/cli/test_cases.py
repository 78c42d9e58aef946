"""A case, several side by side, a theme, and time – by one command each."""

from __future__ import annotations

import json

import pytest

from renkei import cli


def run(capsys, *arguments):
    status = cli.main(arguments)
    out, err = capsys.readouterr()
    return status, out, err


def test_a_card(capsys):
    status, out, _ = run(capsys, "cases", "show", "dispatch-r4-007")
    assert status == 0
    for told in (
        "【課題】",
        "【成果・教訓】",
        "約3.4万人弱（推計・令和32年（2050）",
        "問い合わせるとき：福島県喜多方市の「産業部参事」",
        "5ページ付近",
    ):
        assert told in out


def test_a_card_as_json(capsys):
    status, out, _ = run(capsys, "cases", "show", "dispatch-r4-007", "--json", "--lang", "en")
    card = json.loads(out)
    assert (status, card["stage"], card["lists"][0]["heading"]) == (0, "under way", "Challenges")


def test_side_by_side(capsys):
    status, out, _ = run(capsys, "cases", "show", "dispatch-r4-041", "dispatch-r4-105")
    assert status == 0
    assert "(2) dispatch-r4-105" in out
    assert out.count("【取組】") == 1


def test_a_theme(capsys):
    status, out, _ = run(capsys, "cases", "theme", "脱炭素", "--json")
    page = json.loads(out)
    assert (status, page["stages"]) == (0, ["計画", "実証", "実施", "成果"])
    assert page["hard"]


def test_until_when_the_bloc_of_a_town_plans(capsys):
    status, out, _ = run(capsys, "cases", "time", "音更町")
    assert status == 0
    assert "令和7年（2025）10月～令和8年（2026）2月" in out
    assert "医療機関との連携検討" in out


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("cases", "show", "no-such"), 2, "no-such"),
        (("cases", "theme", "宇宙"), 2, "宇宙"),
        (("cases", "time", "北海道札幌市"), 3, "未収録"),
    ],
)
def test_what_is_wrong_or_missing_is_one_sentence(capsys, arguments, status, said):
    found, out, err = run(capsys, *arguments)
    assert (found, out) == (status, "")
    assert said in err
    assert len(err.strip().splitlines()) == 1
