"""Make ``data/gazetteer/`` from the official lists.

Usage: ``python -m scripts.build_gazetteer [--shared FOLDER]``
"""

from __future__ import annotations

import argparse
import csv
import json
import unicodedata
import zipfile
from collections import defaultdict
from pathlib import Path

from geo.codes import PREFECTURES, check_digit
from geo.errors import DataError
from scripts.source_files import ROOT, SHARED, table_bytes, write_folder

LIST = "localgov_list_2026-07.csv"
AREAS = "census_2025_confirmed.csv"
N03 = "n03_2021_simplified_topo.json"
WARNING_AREAS = "jma_warning_areas_2025-03/area.json.zip"

# The list still has 浜松市's seven wards of before 2024-01-01 (e-Stat: reorganizationOfWards). Each ward of today
# has its office in that of the old ward named here: 中央区 in the city hall (中区), 浜名区 in 浜北区, 天竜区 as before.
WARDS_OF_2024 = (
    ("22138", "中央区", "ちゅうおうく", "22131"),
    ("22139", "浜名区", "はまなく", "22136"),
    ("22140", "天竜区", "てんりゅうく", "22137"),
)
# A letter is missing in the list of the warning areas ("Miamiizu Town"; みなみいずちょう).
ENGLISH_CORRECTED = {"22304": "Minamiizu Town"}
WARDS_UNTIL_2024 = frozenset(f"2213{digit}" for digit in range(1, 8))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def english_names(path: Path) -> dict[str, str]:
    """Return each municipality's English name, such as "Kawaba Village".

    A municipality that is several warning areas ("Eastern Sendai City", "Western Sendai City") is named by
    the words that all of its areas end in.
    """
    with zipfile.ZipFile(path) as archive:
        areas = json.loads(archive.read("area.json"))["class20s"]
    names: dict[str, list[list[str]]] = defaultdict(list)
    for code, area in areas.items():
        words = area["enName"].split(", ")[-1].split()
        ends = [i for i, word in enumerate(words, 1) if word in ("City", "Town", "Village")]
        # 広島市 is given by its wards only ("Hiroshima City Naka Ward").
        owner = f"{code[:3]}00" if words[-1] == "Ward" else code[:5]
        names[owner].append(words[: ends[0]] if ends else words)
    return {code: " ".join(_common_end(each)) for code, each in names.items()} | ENGLISH_CORRECTED


def _common_end(names: list[list[str]]) -> list[str]:
    end: list[str] = []
    for words in zip(*(reversed(name) for name in names), strict=False):
        if len(set(words)) > 1:
            break
        end.insert(0, words[0])
    return end


def counties(path: Path) -> dict[str, tuple[str, str]]:
    """Return each municipality's 郡 and, in 北海道, 振興局 (N03_003, N03_002)."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    found: dict[str, tuple[str, str]] = {}
    for layer in topology["objects"].values():
        for geometry in layer["geometries"]:
            properties = geometry["properties"]
            code = properties.get("N03_007")
            if code:
                county = properties.get("N03_003") or ""
                found[code] = (county if county.endswith("郡") else "", properties.get("N03_002") or "")
    return found


def _reorganized(wards: list[list[str]]) -> list[list[str]]:
    """Put 浜松市's three wards of 2024 in the place of its seven older ones."""
    old = {ward[0]: ward for ward in wards if ward[0] in WARDS_UNTIL_2024}
    today = [[code, old[seat][1], ward, kana, *old[seat][4:]] for code, ward, kana, seat in WARDS_OF_2024]
    return [ward for ward in wards if ward[0] not in WARDS_UNTIL_2024] + today


def build(shared: Path, output: Path) -> None:
    """Write ``municipalities.csv`` and ``wards.csv``.

    Raises
    ------
    DataError
        When the list does not hold 1,741 municipalities with right check digits, areas and names.
    """
    reference = shared / "reference"
    english = english_names(reference / WARNING_AREAS)
    county = counties(reference / N03)
    area = {row["code"]: row["area_km2"] for row in _rows(reference / AREAS)}
    municipalities, wards = [], []
    city_codes: dict[tuple[str, str], str] = {}
    for row in _rows(reference / LIST):
        code = row["lgcode"][:5]
        if check_digit(code) != row["lgcode"][5] or PREFECTURES[code[:2]] != row["pref"]:
            msg = f"{LIST}: {row['lgcode']}"
            raise DataError(msg)
        city, _, ward = (unicodedata.normalize("NFC", row["city"])).partition(" ")
        kana = row["citykana"].split()
        place = (f"{float(row['lng']):.6f}", f"{float(row['lat']):.6f}")
        if ward:
            wards.append([code, city_codes[row["pref"], city], ward, kana[-1], *place])
            continue
        city_codes[row["pref"], city] = code
        municipalities.append(
            [code, city, *county.get(code, ("", "")), "".join(kana), english[code], *place, area[code]]
        )
    wards = _reorganized(wards)
    designated = {ward[1] for ward in wards}
    municipalities = sorted([*row, "1" if row[0] in designated else "0"] for row in municipalities)
    if len(municipalities) != 1741 or len(designated) != 20:  # noqa: PLR2004
        msg = f"{len(municipalities)} municipalities, {len(designated)} designated cities"
        raise DataError(msg)
    columns = (
        "code",
        "name",
        "county",
        "subprefecture",
        "kana",
        "english",
        "lon",
        "lat",
        "area_km2",
        "designated_city",
    )
    tables = {
        "municipalities.csv": table_bytes(columns, municipalities),
        "wards.csv": table_bytes(("code", "city_code", "ward", "kana", "lon", "lat"), sorted(wards)),
    }
    listing = "地方公共団体一覧（名称・かな・庁舎位置, 2026-07）"
    about = {
        "municipalities.csv": {
            "rows": len(municipalities),
            "as_of": "2026-07",
            "source": f"{listing}; 気象庁 警報等区域（英語名, 2025-03）; 国土数値情報 N03-21（郡・振興局）; "
            "国土地理院 面積調（2025-10-01、令和7年国勢調査の参考表示）",
            "publisher": "地方公共団体一覧 / 気象庁 / 国土交通省 / 国土地理院",
            "licence": "CC0 / 公共データ利用規約（第1.0版） / 国土数値情報利用規約 / CC BY 4.0 互換",
            "note": "lon, lat: office, EPSG:6668; area_km2: official area of 2025-10-01; county: 郡 of N03-21",
        },
        "wards.csv": {
            "rows": len(wards),
            "as_of": "2026-07",
            "source": listing,
            "publisher": "地方公共団体一覧",
            "licence": "CC0",
            "note": "wards of the 20 designated cities; 浜松市 by its three wards since 2024-01-01",
        },
    }
    write_folder(output, tables, about)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    build(parser.parse_args().shared, ROOT / "data" / "gazetteer")
