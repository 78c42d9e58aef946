"""Reports, ideas and projects as cases; the figures that they state."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from scripts.cases.read_out import load, written_lines

if TYPE_CHECKING:
    from pathlib import Path

CASE_COLUMNS = (
    "id",
    "programme",
    "kind",
    "fiscal_year",
    "workshop_year",
    "member_codes",
    "prefecture_codes",
    "themes",
    "title",
    "organisation",
    "organisation_type",
    "parent_organisation",
    "role",
    "office",
    "document",
    "lines",
    "pages",
    "note",
)
FIGURE_COLUMNS = (
    "case_id",
    "number",
    "kind",
    "label",
    "value",
    "value_text",
    "value_min",
    "value_max",
    "unit",
    "qualifier",
    "status",
    "scope",
    "district",
    "as_of",
    "document",
    "line",
)


OWN_THEMES_FROM = 3
"""Items of a theme that make it one of the case's, where the case itself was given none by reading."""


def _case(**cells: object) -> dict[str, object]:
    return {column: cells.get(column, "") for column in CASE_COLUMNS}


def dispatch(shared: Path) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Return the 111 reports as cases, and their figures."""
    cases, figures = [], []
    for fact in load(shared, "dispatch_r4")["facts"]:
        identifier = f"dispatch-r4-{fact['seq']:03}"
        primary = fact["themes_primary"]
        cases.append(
            _case(
                id=identifier,
                programme="dispatch-r4",
                kind=fact["category"],
                fiscal_year=2022,
                member_codes=[fact["jis_code"]],
                prefecture_codes=[fact["jis_code"][:2]],
                themes=[*primary, *(theme for theme in fact["themes"] if theme not in primary)],
                title=re.sub(r"\(L\d+\)", "", fact["title"] or "").strip(),
                organisation=fact["sender_group"],
                organisation_type=fact["sender_type"],
                parent_organisation=fact["sender_group"],
                role=fact["role"],
                document="001",
                lines=f"{fact['line_start']}-{fact['line_end']}",
                pages="-".join(str(page) for page in dict.fromkeys(fact["page_estimate"])),
            )
        )
        figures += [_figure(identifier, number, figure) for number, figure in enumerate(fact["figures"], 1)]
    return cases, figures


def _figure(identifier: str, number: int, figure: dict[str, object]) -> dict[str, object]:
    value = figure["value"]
    written = value if isinstance(value, str) else ""
    return {
        **dict.fromkeys(FIGURE_COLUMNS, ""),
        "case_id": identifier,
        "number": number,
        "kind": figure["kind"],
        "label": figure["label"],
        "value": "" if written else value,
        "value_text": written,
        "unit": figure["unit"],
        "as_of": figure["as_of"],
        "document": "001",
        "line": figure["line"],
    }


def gunma_cases(shared: Path) -> list[dict[str, object]]:
    """Return Gunma's ideas and projects as cases; one without a municipality is the prefecture's.

    The year of an area's workshop is no year of an idea or a project: it has a column of its own.
    """
    facts = load(shared, "gunma_cocreation")["facts"]
    years = {area["area"]: area["year"] for area in facts["areas"]}
    rows = []
    for kind, key, place_key in (("アイデア", "ideas", "proposer"), ("プロジェクト", "projects", "municipality")):
        for number, fact in enumerate(facts[key], 1):
            place = fact[place_key]
            area = fact.get("area")
            note = f"{area}圏域" if area else "自治体名は資料にない"
            if fact.get("municipality_basis") or fact.get("area_basis"):
                note += "（名称からの推定）"
            rows.append(
                _case(
                    id=f"gunma-{key[:-1]}-{number:02}",
                    programme="gunma-cocreation",
                    kind=kind,
                    workshop_year=years.get(area, ""),
                    member_codes=[place["code"]] if place and len(place["code"]) == 5 else [],  # noqa: PLR2004
                    prefecture_codes=["10"],
                    themes=fact.get("themes") or ["まちづくり"],
                    title=fact["title"],
                    office=GUNMA_OFFICE,
                    document="003",
                    lines=written_lines(fact["line"]),
                    note=note,
                )
            )
    return rows


GUNMA_OFFICE = "群馬県 知事戦略部 戦略企画課"
FORUM_OFFICE = "世田谷区 生活文化政策部 区民健康村・ふるさと・交流推進課"
YEAR_INFERRED = "年度は公募と日程からの推定（令和7年度）"


def programmes_as_cases(shared: Path) -> list[dict[str, object]]:
    """Return what is told of beside the reports: the 5 platforms, the forum, 隠岐の島町, Gunma's programme."""
    told = {each["case_id"]: each for each in load(shared, "content")["others"]}
    rows = []
    for each in load(shared, "living_area")["facts"]["platforms"]:
        first, last = each["lines"]["detail"]
        codes = [member["code"] for member in each["members"]]
        rows.append(
            _case(
                id=f"living-area-{each['no']}",
                programme="living-area",
                kind="プラットフォーム",
                fiscal_year=2025,
                member_codes=codes,
                prefecture_codes=sorted({code[:2] for code in codes}),
                themes=each["themes"],
                title=each["programme"],
                office=each["representative"],
                document="004",
                lines=f"{first}-{last}",
                note=YEAR_INFERRED,
            )
        )
    for identifier, programme, kind, year, code, title, office, document in (
        (
            "setagaya-forum",
            "setagaya-forum",
            "フォーラム",
            2022,
            "13112",
            "自治体間連携フォーラム（第7回）",
            FORUM_OFFICE,
            "002",
        ),
        (
            "okinoshima-employment",
            "setagaya-forum",
            "フォーラムでの発表",
            2022,
            "32528",
            "隠岐の島町における商工業及び雇用対策の現状と活性化の取組み",
            "",
            "002",
        ),
        (
            "gunma-cocreation",
            "gunma-cocreation",
            "県の取組",
            2023,
            "",
            "官民共創コミュニティの理念を活かした行政手法の導入",
            GUNMA_OFFICE,
            "003",
        ),
    ):
        items = told[identifier]["items"]
        counts = Counter(theme for item in items for theme in item["themes"])
        rows.append(
            _case(
                id=identifier,
                programme=programme,
                kind=kind,
                fiscal_year=year,
                member_codes=[code] if code else [],
                prefecture_codes=[code[:2] if code else "10"],
                themes=[theme for theme, count in counts.most_common() if count >= OWN_THEMES_FROM],
                title=title,
                office=office,
                document=document,
                lines=f"{min(i['lines'][0] for i in items)}-{max(i['lines'][1] for i in items)}",
            )
        )
    return rows
