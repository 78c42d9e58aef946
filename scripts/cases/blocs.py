"""Joint areas that the documents name: members, schedule, members that are no municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.cases.read_out import load, written_lines

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.cases.read_out import Row

BLOC_COLUMNS = (
    "id",
    "name",
    "project",
    "member_codes",
    "programme",
    "representative",
    "since",
    "membership",
    "themes",
    "elements",
    "prefecture_members",
    "document",
    "lines",
    "note",
    "until",
)


def blocs(shared: Path) -> dict[str, list[Row]]:
    """Return the 5 living-area platforms and Gunma's 9 areas, with elements, schedule and other members."""
    tables: dict[str, list[Row]] = {"blocs": [], "schedule": [], "others": []}
    for each in load(shared, "living_area")["facts"]["platforms"]:
        identifier = f"living-area-{each['no']}"
        first, last = each["lines"]["detail"]
        tables["blocs"].append(
            [
                identifier,
                each["platform"],
                each["programme"],
                [m["code"] for m in each["members"]],
                "living-area",
                each["representative"],
                "",
                "listed",
                each["themes"],
                [name for name, applies in each["elements"].items() if applies],
                [f"{p['pref_code']}000" for p in each["prefectures_as_members"]],
                "004",
                f"{first}-{last}",
                "",
            ]
        )
        for step in each["schedule"]:
            tables["schedule"].append(
                [
                    identifier,
                    step["phase"],
                    step.get("start"),
                    step.get("end"),
                    int(step["year_inferred"]),
                    "004",
                    step["line"],
                ]
            )
        tables["others"] += [[identifier, name, "004", each["lines"]["members"]] for name in each["other_members"]]
    for number, each in enumerate(load(shared, "gunma_cocreation")["facts"]["areas"], 1):
        tables["blocs"].append(
            [
                f"gunma-{number}",
                f"{each['area']}圏域（群馬県 官民共創コミュニティ）",
                "官民共創コミュニティ ワークショップ",
                [m["code"] for m in each["members"]],
                "gunma-cocreation",
                "群馬県",
                str(each["year"]),
                "implied",
                ["まちづくり"],
                [],
                ["10000"],
                "003",
                written_lines(each["line"]),
                "構成自治体は資料に列挙されず、圏域名から推定",
            ]
        )
    return tables
