"""Read what is known of municipalities' part in national programmes, one page a fact: a yes is known, else unknown."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.errors import DataError
from geo.gazetteer import municipalities, wards
from geo.mergers import changes
from renkei.official.tables_of_text import text_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from renkei.official.municipal_series import Block

Fact = tuple[str, str, str, str, str, str]
"""Code, indicator, date, detail, address of the page, tier of the evidence."""

PROGRAMMES = {
    "SDGs未来都市": "sdgs_future_city",
    "広域連携SDGs未来都市": "sdgs_future_city",
    "バイオマス産業都市": "biomass_industrial_city",
    "環境モデル都市": "environmental_model_city",
    "国家戦略特区 スーパーシティ/デジタル田園健康特区": "super_city",
    "スマートシティ関連事業(合同審査)": "smart_city",
    "スマートシティモデルプロジェクト(国交省)": "smart_city",
    "スマートシティ実装化支援事業(国交省)": "smart_city",
}
"""Programme as the table names it → indicator. Applications not chosen and single grants are no membership."""

NEWEST = {
    "sdgs_future_city": "2025",
    "biomass_industrial_city": "2023",
    "environmental_model_city": "2013",
    "super_city": "2022",
    "smart_city": "2025",
}
COMPLETE_LISTS = ("山梨県", "山口県", "奈良県", "沖縄県")
"""Prefectures whose list of declarations is complete on its day: who is not on it had not declared."""


def _city(code: str) -> str:
    """Return the municipality of a code; a ward stands for its city, a prefecture for none."""
    if code in municipalities().index:
        return code
    if code in wards().index:
        return str(wards().at[code, "city_code"])
    if code.endswith("000"):
        return ""
    for change in changes():  # wards that have been joined since, as in 浜松市
        if change.old_code == code and change.successors:
            return _city(change.successors[0])
    msg = f"national_programmes.csv: コード {code} がありません"
    raise DataError(msg)


def _address(written: str) -> str:
    """Return the page's address out of what is written beside it; "" where there is none."""
    found = re.search(r"https?://[^\s（）、]+", written)
    return found[0] if found else ""


def programme_facts(path: Path) -> list[Fact]:
    """Return the dated memberships; rows without a page are no evidence."""
    found: list[Fact] = []
    for row in text_rows(path):
        identifier = PROGRAMMES.get(row["programme"])
        code, url = _city(row["code"]), _address(row["evidence_url"])
        if not identifier or not code or not url or row["from_memory"] == "yes":
            continue
        year = "" if row["from_memory"] == "year" else row["year"]  # a year from memory alone is no date
        found.append((code, identifier, year, row["type"], url, row["evidence_kind"] or "secondary"))
    return found


def zero_carbon_facts(path: Path) -> list[Fact]:
    """Return the known declarations of ゼロカーボンシティ, dated where the page says when."""
    found: list[Fact] = []
    for row in text_rows(path):
        url, day = _address(row["evidence_url"]), row["declared_date"]
        if url:
            detail = f"表明（{day[2:]}の時点で表明済み）" if day.startswith("<=") else "表明"
            exact = "" if day.startswith("<=") else day
            found.append((_city(row["code"]), "zero_carbon_city", exact, detail, url, _tier(url)))
    return found


def _tier(url: str) -> str:
    return "official" if re.search(r"\.lg\.jp|\.go\.jp|//(www\.)?(city|town|vill|pref)\.", url) else "secondary"


def facts(programmes: Path, declarations: Path) -> list[Fact]:
    """Return all facts, in order of code, indicator and date."""
    return sorted(set(programme_facts(programmes)) | set(zero_carbon_facts(declarations)))


def read_programmes(paths: Sequence[Path]) -> list[Block]:
    """Known members: 1; all others have no value, for absence from an incomplete list says nothing."""
    members: dict[str, set[str]] = defaultdict(set)
    for code, identifier, *_ in programme_facts(paths[0]):
        members[identifier].add(code)
    index = municipalities().index
    return [
        (
            identifier,
            NEWEST[identifier],
            pd.Series(np.where(index.isin(list(codes)), 1.0, np.nan), index=index),
            "incomplete",
        )
        for identifier, codes in members.items()
    ]


def read_zero_carbon_pages(paths: Sequence[Path]) -> list[Block]:
    """1: a declaration is known; 0: not on a list that is complete on its day; none: unknown."""
    frame = municipalities()
    declared = {code for code, *_ in zero_carbon_facts(paths[0])}
    values = pd.Series(np.where(frame["prefecture"].isin(COMPLETE_LISTS), 0.0, np.nan), index=frame.index)
    values[values.index.isin(list(declared))] = 1.0
    return [("zero_carbon_city", "2026-06", values, "incomplete")]


def medical_areas(path: Path) -> list[tuple[str, str, str, str, str]]:
    """Return 二次医療圏: code, name, prefecture, members, parts (wards and municipalities) as given."""
    areas: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in text_rows(path):
        areas[row["area_code"]].append(row)
    return [
        (
            code,
            rows[0]["area_name"],
            rows[0]["pref_name"],
            ";".join(dict.fromkeys(filter(None, (_city(row["muni_code"]) for row in rows)))),
            ";".join(row["muni_code"] for row in rows),
        )
        for code, rows in sorted(areas.items())
    ]
