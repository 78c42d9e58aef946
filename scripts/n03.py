"""Read the official 国土数値情報 N03 (行政区域) archive, shapefile or GeoJSON, 2021 to 2025 field variants.

Fields: N03_001 都道府県, N03_002 支庁・振興局, N03_003 郡 (to 2023 also the designated city), N03_004 市区町村
(from 2024 the designated city, with the ward in N03_005), N03_007 code. Areas of no municipality
(所属未定地, codes ending 000) are left out.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

import geopandas as gpd

from geo.errors import DataError

CRS = "EPSG:6668"
LARGEST = 4_000_000_000
"""Bytes that one member of the archive may unpack to; the full N03 is about 1 GB."""

NORTHERN_TERRITORIES = "hoppo"
NORTHERN_VILLAGES = tuple(f"01{number}" for number in range(695, 701))
"""色丹村, 泊村, 留夜別村, 留別村, 紗那村, 蘂取村: drawn, without data, not among the 1,741."""

_SHAPE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_NAME = re.compile(r"N03-(?:\d{2,4})[\w-]*", re.ASCII)
_CODE = re.compile(r"(?!\d{2}000)\d{5}", re.ASCII)


def _wanted(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the shapefile's parts, or else the GeoJSON; never another member."""
    members = [
        info
        for info in archive.infolist()
        if not info.is_dir()
        and _NAME.match(PurePosixPath(info.filename).name)
        # 2021 to 2023 ship a second, prefecture-level layer beside the municipalities.
        and "subprefecture" not in info.filename
        and "prefecture" not in PurePosixPath(info.filename).stem
    ]
    shapes = [info for info in members if PurePosixPath(info.filename).suffix.lower() in _SHAPE_PARTS]
    if any(info.filename.lower().endswith(".shp") for info in shapes):
        return shapes
    return [info for info in members if info.filename.lower().endswith((".geojson", ".json"))][:1]


def read_n03(path: Path) -> tuple[gpd.GeoDataFrame, dict[str, str]]:
    """Read an N03 archive.

    Parameters
    ----------
    path
        ``N03-YYYYMMDD_GML.zip`` or one prefecture's ``N03-YYYYMMDD_PP_GML.zip``.

    Returns
    -------
    geopandas.GeoDataFrame, dict
        Columns ``code`` (5 digits; a ward keeps its own) and geometry (EPSG:6668), one row a polygon; and
        what the archive is: source, publisher, date, licence, credit.

    Raises
    ------
    DataError
        When the file is no archive, holds no N03 layer, or lacks N03_007.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        msg = f"{path.name} は N03 の ZIP ファイルとして開けません。"
        raise DataError(msg) from error
    with archive, tempfile.TemporaryDirectory() as temporary:
        wanted = _wanted(archive)
        if not wanted:
            msg = f"{path.name} に N03 の shp か geojson がありません。"
            raise DataError(msg)
        for info in wanted:
            if info.file_size > LARGEST:
                msg = f"{path.name} の {info.filename} が大きすぎます。"
                raise DataError(msg)
            # Only the base name is used: a member's folders, "..", or a drive never reach the disk.
            target = Path(temporary) / PurePosixPath(info.filename).name
            with archive.open(info) as source, target.open("wb") as file:
                while block := source.read(1 << 20):
                    file.write(block)
        layer = next(p for p in sorted(Path(temporary).iterdir()) if p.suffix.lower() in (".shp", ".geojson", ".json"))
        frame = gpd.read_file(layer)
    if "N03_007" not in frame.columns:
        msg = f"{path.name} に列 N03_007（行政区域コード）がありません。列：{'、'.join(frame.columns)}"
        raise DataError(msg)
    codes = frame["N03_007"].fillna("").astype(str)
    keep = codes.str.fullmatch(_CODE.pattern) & frame.geometry.notna() & (frame["N03_004"].fillna("") != "所属未定地")
    codes = codes.where(~codes.isin(NORTHERN_VILLAGES), NORTHERN_TERRITORIES)
    areas = gpd.GeoDataFrame({"code": codes[keep]}, geometry=frame.geometry[keep].set_crs(CRS, allow_override=True))
    date = re.search(r"N03-(\d{4})(\d{2})(\d{2})", path.name) or re.search(r"N03-(\d{2})()()", path.name)
    return areas.reset_index(drop=True), {
        "publisher": "国土交通省",
        "source": f"国土数値情報 行政区域データ N03（{path.name}）",
        "as_of": "-".join(part for part in date.groups() if part) if date else "",
        "licence": "国土数値情報利用規約",
        "credit": "「国土数値情報（行政区域データ）」（国土交通省）を加工して作成",
    }
