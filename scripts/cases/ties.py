"""Ties between municipalities, with unnamed partners, with companies and others; the forum's participants."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scripts.cases.read_out import load, party_code, written_lines

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.cases.read_out import Row

TIE_COLUMNS = (
    "id",
    "from_code",
    "to_code",
    "kind",
    "since",
    "until",
    "strength",
    "programme",
    "themes",
    "document",
    "lines",
    "note",
)

TIE_KINDS: dict[str, tuple[str, list[str]]] = {
    "縁組協定": ("縁組協定", ["移住定住・関係人口", "観光"]),
    "災害協定(相互補助協定)": ("相互補助協定（災害）", ["防災"]),
    "災害協定(再確認・強化)": ("相互補助協定（災害）の再確認", ["防災"]),
    "区民健康村事業・移動教室・交流事業": ("区民健康村・移動教室・交流事業", ["教育・人材育成", "移住定住・関係人口"]),
    "施設(ふじやまビレッジ・なかのビレッジ)": (
        "施設（ふじやまビレッジ・なかのビレッジ）",
        ["観光", "移住定住・関係人口"],
    ),
    "木質バイオマス(村産木質チップのボイラー)": ("木質バイオマスボイラー（川場村産チップ）", ["脱炭素", "農林水産"]),
    "フォーラム開催地(第2回)": ("フォーラム開催地（第2回）", ["まちづくり"]),
    "フォーラム参加": ("フォーラム参加", ["まちづくり"]),
    "発言者(意見交換)": ("フォーラム発言（意見交換）", ["まちづくり"]),
    "発表者": ("フォーラム発表", ["産業振興"]),
}
"""Kind as read out → kind as shown and themes (assigned by reading)."""

UNNAMED_THEMES = {
    "46534": ["脱炭素"],
    "27225": ["脱炭素"],
    "07447": ["DX"],
    "11346": ["DX"],
    "04211": ["DX"],
    "46392": ["脱炭素"],
    "29402": ["観光"],
    "15224": ["観光"],
    "32203": ["観光"],
    "05210": ["DX"],
    "13112": ["脱炭素"],
    "32528": ["移住定住・関係人口"],
}


def ties(shared: Path) -> list[Row]:
    """Return the ties: Setagaya's 30 one by one, 佐渡–上越, the shared experts (inferred)."""
    rows: list[Row] = []
    for number, pair in enumerate(load(shared, "setagaya_forum")["facts"]["pairs"], 1):
        kind, themes = TIE_KINDS[pair["kind"]]
        strength = "explicit" if pair["strength"] == "explicit" else "inferred"
        note = "村産チップの利用からの推定。電力連携ではない" if strength == "inferred" else ""
        rows.append(
            [
                f"setagaya-{number:02}",
                party_code(pair["a"]),
                party_code(pair["b"]),
                kind,
                pair["date"],
                "",
                strength,
                "setagaya-forum",
                themes,
                "002",
                written_lines(pair["line"]),
                note,
            ]
        )
    other = load(shared, "other_relations")
    for number, pair in enumerate((each for each in other["named_in_001"] if each["is_partnership"]), 1):
        rows.append(
            [
                f"dispatch-tie-{number:02}",
                party_code(pair["a"]),
                party_code(pair["b"]),
                "観光連携（小木直江津航路）",
                "",
                "",
                "explicit",
                "dispatch-r4",
                ["観光", "交通"],
                "001",
                written_lines(pair["lines"]),
                "",
            ]
        )
    reports = {fact["seq"]: fact for fact in load(shared, "dispatch_r4")["facts"]}
    for number, pair in enumerate(other["shared_expert_pairs_in_001"], 1):
        first, second = (reports[seq] for seq in pair["seqs"])
        themes = [theme for theme in first["themes_primary"] if theme in second["themes"]] or first["themes_primary"][
            :1
        ]
        rows.append(
            [
                f"shared-expert-{number:02}",
                party_code(pair["a"]),
                party_code(pair["b"]),
                f"同一人材の派遣（{pair['sender']}）",
                "2022",
                "",
                "inferred",
                "dispatch-r4",
                themes,
                "001",
                f"{first['heading_line']};{second['heading_line']}",
                "派遣記載からの推定。連携の記載はない",
            ]
        )
    return rows


def unnamed(shared: Path) -> list[Row]:
    """Return the ties whose partner the source does not name; it stays unnamed."""
    rows: list[Row] = [
        [
            each["a"]["code"],
            each["kind"],
            each["scope"],
            UNNAMED_THEMES[each["a"]["code"]],
            "001",
            written_lines(each["lines"]),
        ]
        for each in load(shared, "other_relations")["unnamed_partners_in_001"]
        if each["is_partnership"]
    ]
    for each in load(shared, "setagaya_forum")["facts"]["pairs_not_supported"]:
        if each["kind"] == "電力連携":
            rows.append(
                [
                    "13112",
                    "自然エネルギー・電力による連携",
                    "",
                    UNNAMED_THEMES["13112"],
                    "002",
                    written_lines(each["line"]),
                ]
            )
        if each["kind"] == "都市交流自治体等":
            rows.append(
                ["32528", "都市交流自治体等との連携", "", UNNAMED_THEMES["32528"], "002", written_lines(each["line"])]
            )
    return rows


def agreements(shared: Path) -> list[Row]:
    """Return the agreements of municipalities with companies, universities and offices."""
    rows: list[Row] = []
    for each in load(shared, "other_relations")["agreements_with_non_municipal_bodies_in_001"]:
        since = re.sub(r"\s*秋$", "", each["date"] or "")
        organisation = re.sub(r"\s*\([^)]*\)$", "", each["org"])
        rows.append(
            [each["municipality"]["code"], organisation, each["kind"], since, "dispatch-r4", "001", each["line"]]
        )
    rows.append(["32528", "島根労働局", "雇用対策協定", "2022-10", "setagaya-forum", "002", 201])
    return rows


def forum_participants(shared: Path) -> list[Row]:
    """Return the forum's 24 organisations with their parts in it."""
    facts = load(shared, "setagaya_forum")["facts"]
    rows: list[Row] = [
        [
            each["name"],
            party_code(each),
            each["kind"],
            int(each["speaker"]),
            int(each["presenter"]),
            "002",
            each["line"],
        ]
        for each in facts["participants"]
    ]
    rows += [
        [name, "", "university", 0, 0, "002", facts["forum"]["lines"]["participants"]] for name in facts["universities"]
    ]
    return rows
