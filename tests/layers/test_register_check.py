"""The register passes its own check, and each kind of fault is caught where it is planted."""

from __future__ import annotations

import pandas as pd
import pytest

from layers.blocs import blocs
from layers.evidence import pages
from layers.partnerships import partnerships
from layers.register_check import check_register
from tests.shared_atlas import TABLES


def errors(**frames):
    return {(each.check, each.fact_id) for each in check_register(TABLES, **frames) if each.level == "error"}


def changed(frame, identifier, **cells):
    copy = frame.copy()
    row = copy.index[copy["id"] == identifier][0]
    for column, value in cells.items():
        copy.at[row, column] = value
    return copy


def test_the_register_has_no_error_and_a_review_list():
    found = check_register(TABLES)
    assert [each for each in found if each.level == "error"] == []
    assert {each.check for each in found} == {
        "contradiction",
        "duplicate",
        "ended",
        "evidence",
        "members",
        "merged",
        "similar",
        "surroundings",
    }


@pytest.mark.parametrize(
    ("check", "cells"),
    [
        ("code", {"to_code": "99999"}),
        ("code", {"to_code": "13112"}),
        ("date", {"since": "1981/11"}),
        ("date", {"since": "2999"}),
        ("date", {"until": "1970"}),
        ("theme", {"themes": ("まつり",)}),
        ("theme", {"themes": ()}),
        ("programme", {"programme": "nope"}),
        ("person", {"note": "担当 090-1234-5678"}),
        ("person", {"note": "山田太郎氏"}),
        ("person", {"note": "a.b@example.jp"}),
    ],
)
def test_a_fault_of_a_tie_is_caught(check, cells):
    assert (check, "setagaya-01") in errors(ties=changed(partnerships(TABLES), "setagaya-01", **cells))


def test_a_code_before_a_merger_names_its_successor():
    ties = changed(partnerships(TABLES), "setagaya-01", to_code="13217")  # 田無市
    found = [each for each in check_register(TABLES, ties=ties) if each.check == "code"]
    assert "西東京市" in found[0].message


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("11381", "04505"), ("34302", "13206"), ("31402", "25383"), ("01644", "20481")],  # 美里町, 府中, 日野町, 池田町
)
def test_a_member_far_away_is_for_a_person_to_see(right, wrong):
    areas = blocs(TABLES)
    inside = areas[[right in members and len(members) > 1 for members in areas["member_codes"]]]
    assert len(inside)
    area = inside["id"].iloc[0]
    members = tuple(wrong if code == right else code for code in inside["member_codes"].iloc[0])
    found = check_register(TABLES, areas=changed(areas, area, member_codes=members))
    assert ("review", "surroundings", area) in {each[:3] for each in found}


def test_a_tie_twice_is_a_duplicate():
    ties = pd.concat([partnerships(TABLES), partnerships(TABLES).iloc[[0]].assign(id="again")], ignore_index=True)
    found = errors(ties=ties)
    assert ("duplicate", "setagaya-01") in found
    assert ("evidence", "again") in found


@pytest.mark.parametrize(
    "cells",
    [{"tier": "rumour"}, {"url": "javascript:alert(1)", "document": ""}, {"document": "002", "lines": "999999"}],
)
def test_faulty_evidence_is_caught(cells):
    evidence = pages(TABLES).copy()
    for column, value in cells.items():
        evidence.loc[0, column] = value
    assert ("evidence", "setagaya-01") in errors(evidence=evidence)


def test_evidence_of_nothing_and_a_fact_without_evidence():
    evidence = pages(TABLES).copy()
    evidence.loc[evidence["fact_id"] == "tie-050", "fact_id"] = "tie-x"
    assert {("evidence", "tie-050"), ("evidence", "tie-x")} <= errors(evidence=evidence)


@pytest.mark.parametrize(("stated", "differ"), [(("1995", "1995-04-01"), False), (("1995", "1996"), True)])
def test_dates_that_say_the_same_less_precisely_do_not_contradict(stated, differ):
    pieces = pd.DataFrame(
        [
            {
                "fact_id": "setagaya-02",
                "document": "",
                "lines": "",
                "url": "https://a.jp/b",
                "tier": "official",
                "stated_kind": "",
                "stated_since": each,
                "stated_on": "",
            }
            for each in stated
        ]
    )
    others = pages(TABLES)[pages(TABLES)["fact_id"] != "setagaya-02"]
    found = check_register(TABLES, evidence=pd.concat([others, pieces]))
    assert any(each[1:3] == ("contradiction", "setagaya-02") for each in found) == differ
