"""The reader of official N03 archives, on archives of literal polygons in every form."""

from __future__ import annotations

import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.errors import DataError
from scripts.build_boundaries import to_municipalities
from scripts.n03 import read_n03

SHARED = Path(__file__).resolve().parents[3] / "shared" / "reference" / "n03_2021_simplified_topo.json"


def frame(year: int) -> gpd.GeoDataFrame:
    """Two municipalities, a ward, an area of no municipality, a row without code."""
    rows = [
        ("群馬県", None, "利根郡", "川場村", None, "10444"),
        ("群馬県", None, None, "沼田市", None, "10206"),
        ("北海道", "石狩振興局", "札幌市", "中央区", None, "01101"),
        ("北海道", None, None, "所属未定地", None, "01000"),
        ("北海道", None, None, None, None, None),
    ]
    if year >= 2024:
        rows[2] = ("北海道", "石狩振興局", None, "札幌市", "中央区", "01101")
    columns = ["N03_001", "N03_002", "N03_003", "N03_004", "N03_005", "N03_007"]
    if year < 2024:
        rows = [(*row[:4], row[5]) for row in rows]
        columns.remove("N03_005")
    return gpd.GeoDataFrame(rows, columns=columns, geometry=[shapely.box(i, 36, i + 1, 37) for i in range(5)], crs=6668)


def archive(tmp_path: Path, year: int, form: str) -> Path:
    name = f"N03-{year}0101" if year >= 2022 else f"N03-{year - 2000}_{year - 2000}0101"
    folder = tmp_path / "made"
    folder.mkdir()
    if form == "shp":
        frame(year).to_file(folder / f"{name}.shp", encoding="cp932" if year < 2022 else "utf-8")
    else:
        frame(year).to_file(folder / f"{name}.geojson", driver="GeoJSON")
    path = tmp_path / f"{name}_GML.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("KS-META-N03.xml", "<x/>")
        for part in folder.iterdir():
            packed.write(part, f"{name}_GML/{part.name}")
    return path


@pytest.mark.parametrize("form", ["shp", "geojson"])
@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024, 2025])
def test_every_variant_reads_to_the_same_shape(tmp_path, year, form):
    areas, declaration = read_n03(archive(tmp_path, year, form))
    assert areas["code"].tolist() == ["10444", "10206", "01101"]
    assert areas.crs.to_epsg() == 6668
    assert declaration["publisher"] == "国土交通省"
    assert declaration["as_of"].startswith(str(year) if year >= 2022 else "21")


def test_hostile_members_never_reach_the_disk(tmp_path):
    path = archive(tmp_path, 2025, "geojson")
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("../../N03-evil.geojson", "{}")
        packed.writestr("run.sh", "echo")
    areas, _ = read_n03(path)
    assert len(areas) == 3
    assert not list(tmp_path.parent.glob("N03-evil*"))


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_what_is_no_archive(tmp_path, content):
    path = tmp_path / "N03-20250101_GML.zip"
    path.write_bytes(content)
    with pytest.raises(DataError):
        read_n03(path)


def test_archive_without_n03(tmp_path):
    path = tmp_path / "N03-20250101_GML.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("readme.txt", "x")
    with pytest.raises(DataError, match="shp か geojson"):
        read_n03(path)


def test_layer_without_codes(tmp_path):
    made = frame(2025).drop(columns=["N03_007"])
    made.to_file(tmp_path / "N03-20250101.geojson", driver="GeoJSON")
    path = tmp_path / "N03-20250101_GML.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.write(tmp_path / "N03-20250101.geojson", "N03-20250101.geojson")
    with pytest.raises(DataError, match="N03_007"):
        read_n03(path)


def test_incomplete_boundaries_are_refused(tmp_path):
    areas, _ = read_n03(archive(tmp_path, 2025, "geojson"))
    with pytest.raises(DataError, match="both the boundaries and the gazetteer"):
        to_municipalities(areas)


def test_an_archive_made_of_the_real_thing(tmp_path):
    if not SHARED.is_file():
        pytest.skip("N03 is not beside this checkout")
    real = gpd.read_file(SHARED)
    # As in the official file: one row a polygon. 浜松市's seven old wards are the one thing that changed since.
    real = real[real["N03_007"].notna()].set_crs(6668, allow_override=True)
    real["N03_007"] = real["N03_007"].where(~real["N03_007"].str.match(r"2213[1-7]"), "22138")
    real.geometry = real.geometry.make_valid()
    real.to_file(tmp_path / "N03-20250101.geojson", driver="GeoJSON")
    path = tmp_path / "N03-20250101_GML.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(tmp_path / "N03-20250101.geojson", "N03-20250101.geojson")
    areas, _ = read_n03(path)
    assert len(to_municipalities(areas[areas["code"] != "hoppo"])) == 1741
    assert (areas["code"] == "hoppo").any()
