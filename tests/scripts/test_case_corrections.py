"""Every row of the three files of corrections is applied, or is answered here."""

from __future__ import annotations

import re

import pytest

from layers.cases import case_contents, cases, figures
from scripts.cases import corrections
from scripts.source_files import SHARED
from tests.shared_atlas import TABLES

pytestmark = pytest.mark.skipif(
    not (SHARED / "cases" / "other_corrections.csv").is_file(), reason="the corrections are not beside this checkout"
)

ANSWERED = {
    (
        "statements.csv",
        "（保留）33214 digital_grant",
        "行",
    ): "held back: the line is broken, not before the original is seen",
    ("statements.csv", "（保留）28201・27211・01303 digital_grant", "行"): "held back: advice and intentions only",
    ("cases.csv", "dispatch-r4-008（9行目）", "title"): "unchanged, as the source has it",
    ("cases.csv", "dispatch-r4-106（107行目）", "title"): "unchanged, as the source has it",
    ("cases.csv", "dispatch-r4-013・052・094・022", "themes"): "see the themes",
    ("bloc_schedule.csv", "living-area-5 年", "year_inferred"): "unchanged: the year stays inferred",
    (
        "partnerships.csv",
        "dispatch-tie-01（32行目）",
        "strength",
    ): "said in the note: strength tells how it is evidenced",
}


def test_figures():
    found = figures(TABLES).set_index(["case_id", "number"])
    for row in corrections.read(SHARED, "figure"):
        own = found.loc[(row["case_id"], row["number"])]
        for column in ("qualifier", "status", "scope", "value_min", "value_max"):
            assert own[column] == row[column], row
        if row["corrected_value"]:
            assert own["value"] == row["corrected_value"]
        if row["corrected_as_of"]:
            assert own["as_of"] == row["corrected_as_of"].removeprefix("-")
        if row["corrected_label"]:
            assert own["label"] == row["corrected_label"]
        if unit := re.search("単位「.+?」は「(.+?)」に", row["comment"]):
            assert own["unit"] == unit[1]
        assert bool(own["district"]) == ("地区：" in row["comment"])


def test_themes():
    found = cases(TABLES).set_index("id")
    for row in corrections.read(SHARED, "theme"):
        proposed = [theme for theme in row["themes_proposed"].split(";") if theme]
        own = found.loc[row["id"]]
        assert list(own["themes"]) == [theme for theme in proposed if theme != "復興"]
        if "復興" in proposed:
            assert "復興" in case_contents(TABLES).at[row["id"], "keywords"]
        elif proposed:
            assert own["primary_theme"] == row["primary_proposed"]
        else:
            assert "名称だけ" in own["note"]


def _name(row):
    return re.split("[（ ]", row["row_id"].removeprefix("（追加）"))[0]


def _added(row, frame):
    cells = set(row["right"].split(",")) - {""}
    return sum(cells <= set(found) for found in frame.to_numpy().tolist()) == 1


def _agreement(row, frame):
    return {
        "行": not frame["organisation"].str.contains("セイノー").any(),
        "kind": not frame["kind"].str.contains("模索").any(),
        "since": (frame["since"] + "（" + frame["note"] + "）").eq("2022（秋ごろ）").any(),
        "organisation": frame["organisation"].eq(row["right"]).any(),
    }[row["column"]]


def _phase(row, frame):
    phase = re.sub(r"\W", "", row["row_id"].split(" ", 1)[1].split("（")[0])
    phases = frame["phase"].str.replace(r"\W", "", regex=True)
    own = frame[frame["bloc_id"].eq(_name(row)) & phases.str.startswith(phase)].iloc[0]
    if row["column"] == "start,end":
        return f"{own['start']}, {own['end']}" in row["right"] and own["year_inferred"] == "1"
    return bool(own["note"]) and own["note"] in row["right"]


def _cell(row, frame):
    if row["file"] == "completeness.csv":
        own = frame[frame["programme"].eq("dispatch-r4") & frame["layer"].eq("partnerships")]
    elif row["file"] == "statements.csv":
        topic = row["row_id"].split(" ")[1].split("（")[0]
        own = frame[frame["code"].eq(_name(row)) & frame["topic"].eq(topic) & frame["case_id"].ne("")]
        return row["right"] in own[row["column"]].tolist()
    elif row["file"] == "unnamed_partners.csv":
        return row["right"] in frame.loc[frame["code"].eq(_name(row)), row["column"]].tolist()
    else:
        key = next(column for column in ("id", "fact_id", "bloc_id", "name") if column in frame)
        own = frame[frame[key].eq(_name(row))]
    # 「（空…）」 asks for an empty cell.
    right = "" if row["right"].startswith(("（空", "（ワークショップ")) else row["right"]
    return set(own[row["column"]]) == {right}


CHECKS = {"agreements.csv": _agreement, "bloc_schedule.csv": _phase}


def _applied(row):
    frame = TABLES.read("cases", row["file"])
    check = _added if row["row_id"].startswith("（追加）") else CHECKS.get(row["file"], _cell)
    return check(row, frame)


def test_other_rows():
    rows = corrections.read(SHARED, "other")
    assert len(rows) == 76
    left = [row for row in rows if (row["file"], row["row_id"], row["column"]) not in ANSWERED]
    assert len(left) == 76 - len(ANSWERED)
    assert [row for row in left if not _applied(row)] == []
