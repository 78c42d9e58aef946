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
from renkei.official.definitions import PROCEDURES
from scripts.indicator_readers import dashboard_rows, rows_of

if TYPE_CHECKING:
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
"""Programme as the table names it → indicator. Applications that were not chosen and single grants are no membership."""

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


def programme_facts(folder: Path) -> list[Fact]:
    """Return the dated memberships; rows without a page are no evidence."""
    found: list[Fact] = []
    for row in rows_of(folder / "national_programmes.csv"):
        identifier = PROGRAMMES.get(row["programme"])
        code, url = _city(row["code"]), _address(row["evidence_url"])
        if not identifier or not code or not url or row["from_memory"] == "yes":
            continue
        year = "" if row["from_memory"] == "year" else row["year"]  # a year from memory alone is no date
        found.append((code, identifier, year, row["type"], url, row["evidence_kind"] or "secondary"))
    return found


def zero_carbon_facts(folder: Path) -> list[Fact]:
    """Return the known declarations of ゼロカーボンシティ, dated where the page says when."""
    found: list[Fact] = []
    for row in rows_of(folder / "zero_carbon_declarations_partial.csv"):
        url, day = _address(row["evidence_url"]), row["declared_date"]
        if url:
            detail = f"表明（{day[2:]}の時点で表明済み）" if day.startswith("<=") else "表明"
            exact = "" if day.startswith("<=") else day
            found.append((_city(row["code"]), "zero_carbon_city", exact, detail, url, _tier(url)))
    return found


def _tier(url: str) -> str:
    return "official" if re.search(r"\.lg\.jp|\.go\.jp|//(www\.)?(city|town|vill|pref)\.", url) else "secondary"


def facts(folder: Path) -> list[Fact]:
    """Return all facts, in order of code, indicator and date."""
    return sorted(set(programme_facts(folder)) | set(zero_carbon_facts(folder)))


def read_programmes(folder: Path) -> list[Block]:
    """Known members: 1; all others have no value, for absence from an incomplete list says nothing."""
    members: dict[str, set[str]] = defaultdict(set)
    for code, identifier, *_ in programme_facts(folder):
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


def read_zero_carbon(folder: Path) -> list[Block]:
    """1: a declaration is known; 0: not on a list that is complete on its day; none: unknown."""
    frame = municipalities()
    declared = {code for code, *_ in zero_carbon_facts(folder)}
    values = pd.Series(np.where(frame["prefecture"].isin(COMPLETE_LISTS), 0.0, np.nan), index=frame.index)
    values[values.index.isin(list(declared))] = 1.0
    return [("zero_carbon_city", "2026-06", values, "incomplete")]


def medical_areas(folder: Path) -> list[tuple[str, str, str, str, str]]:
    """Return 二次医療圏: code, name, prefecture, members (municipalities), parts (wards and municipalities) as given."""
    areas: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows_of(folder / "secondary_medical_areas_339.csv"):
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


def read_procedures(folder: Path) -> list[Block]:
    """デジタル庁 2024-07: share of each of 52 procedures that was applied for online; blank is no data, 0 is 0."""
    name = "digital_agency_dx_2024_online_rate_raw.csv"
    rows = dashboard_rows(folder / name)
    if [title for title, _ in rows] != [title for _, title, _ in PROCEDURES]:
        msg = f"{name}: 手続の名前か並びが変わりました"
        raise DataError(msg)
    index = municipalities().index
    blocks: list[Block] = []
    for (identifier, _, _), (_, cells) in zip(PROCEDURES, rows, strict=True):
        values = pd.Series([float(cell.rstrip("%")) if cell else np.nan for cell in cells], index=index)
        blocks.append((identifier, "2024-07", values, ""))
    return blocks


def read_area(_: Path) -> list[Block]:
    """国土地理院 面積調 2020-10-01, as the gazetteer holds it."""
    return [("official_area", "2020-10-01", municipalities()["area_km2"].astype(float), "")]
