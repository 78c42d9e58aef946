"""The survey among heads of municipalities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.cases.read_out import load

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.cases.read_out import Row


def survey(shared: Path) -> list[Row]:
    """Return every table of the Platinum network survey as tidy rows; None is "not asked"."""
    facts = load(shared, "platinum_survey_2024")["facts"]
    tables = facts["tables"]
    rows: list[Row] = [
        ["実施概要", "回答数", "", facts["responses"], "件", "000", facts["line"]],
        ["実施概要", "回答率", "", facts["response_rate_pct"], "%", "000", facts["line"]],
    ]
    for name, key in (
        ("ネットワークの庁内認知度", "awareness_of_network"),
        ("案内の庁内展開方法", "distribution_of_notices"),
    ):
        rows += [[name, row["answer"], "", row["pct"], "%", "000", row["line"]] for row in tables[key]["rows"]]
    for name, key in (("事業の認知", "project_awareness"), ("情報共有", "information_sharing")):
        rows += [
            [name, row["answer"], column, value, "%", "000", row["line"]]
            for row in tables[key]["rows"]
            for column, value in row["values"].items()
        ]
    for row in tables["expectations"]["rows"]:
        for column in ("p5", "p4", "p3", "p2", "p1"):
            rows.append(
                ["ネットワークへの期待（5=大～1=小）", row["item"], column[1], row[column], "%", "000", row["line"]]
            )
        rows.append(["ネットワークへの期待（5=大～1=小）", row["item"], "平均", row["mean"], "点", "000", row["line"]])
    return rows
