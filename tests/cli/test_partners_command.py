from __future__ import annotations

import json
import re

import pytest

from renkei.cli import main


def test_partners_as_json_gives_as_many_as_asked_for_and_parts_that_add_up(capsys):
    assert main(["partners", "川場村", "--theme", "脱炭素", "--top", "7", "--json"]) == 0
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    found = json.loads(said)
    assert (found["place"], found["theme"], len(found["candidates"])) == ("10444", "脱炭素", 7)
    assert all(each["score"] == sum(each["parts"].values()) for each in found["candidates"])


def test_partners_as_text_says_what_the_list_is_not(capsys):
    assert main(["partners", "帯広市", "--theme", "防災", "--near", "--top", "3", "--sensitivity"]) == 0
    said = capsys.readouterr().out
    assert "順位表として使わないでください" in said
    assert "音更町" in said
    assert "×0.5" in said
    shifts = said.split("重みを変えると")[1]
    assert "北海道" in shifts
    assert not re.search(r"[0-9]{5}|third_parties|complement", shifts)


def test_a_weight_is_named_as_it_is_shown(capsys):
    main(["partners", "川場村", "--theme", "防災", "--weight", "距離=2", "--json"])
    shown = capsys.readouterr().out
    main(["partners", "川場村", "--theme", "防災", "--weight", "distance=2", "--json"])
    assert capsys.readouterr().out == shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["川場村", "--theme", "健康"], "テーマ"),
        (["府中市", "--theme", "防災"], "府中市"),
        (["川場村", "--theme", "防災", "--km", "x"], "距離"),
        (["川場村", "--theme", "防災", "--weight", "size=many"], "重み"),
    ],
)
def test_a_mistake_is_answered_in_one_line(arguments, said, capsys):
    assert main(["partners", *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
