"""Make ``data/boundaries/`` from the 気象庁 warning areas, or from an official N03 archive.

Usage::

    python -m scripts.build_boundaries [--input FOLDER] [--n03 N03-….zip] [--output FOLDER]

Without ``--input`` the folder in ../shared is taken where there is one; otherwise the same files are got
from the source distribution of the PyPI package reversejp 0.1.1, whose checksum is pinned.
"""

from __future__ import annotations

import argparse
import io
import tarfile
import tempfile
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import orjson
import shapely

from geo.codes import PREFECTURES
from geo.errors import DataError
from geo.gazetteer import municipalities, wards
from scripts.n03 import NORTHERN_TERRITORIES, read_n03
from scripts.source_files import ROOT, SHARED, sha256, write_folder

CRS = "EPSG:6668"
WARNING_AREAS = SHARED / "reference" / "jma_warning_areas_2025-03"
SDIST = ("reversejp", "0.1.1", "5cb677783c9a74b53f39055e3ff21f7ca9d3070457da860b697bf9267ee9f757")
SNAPPING = 1e-7
"""Degrees. 0 would empty 6 municipalities and still report a valid coverage."""

MERCATOR_WORLD = 40_075_016.686
LEVELS: dict[str, tuple[float, int]] = {"z5": (5, 3), "z8": (7.7, 3), "z11": (10.3, 4)}
"""Drawing level: (zoom whose pixel is the tolerance, decimals of the written degrees)."""

DECLARATION = {
    "publisher": "気象庁",
    "source": "気象庁 予報区等GISデータ（市町村等をまとめた地域・警報等区域）2025-03",
    "as_of": "2025-03",
    "licence": "公共データ利用規約（第1.0版）",
    "credit": "「気象庁ホームページ」を加工して作成",
}


def fetch_warning_areas(folder: Path) -> Path:
    """Get the warning areas from the pinned source distribution; return the folder that holds them.

    Raises
    ------
    DataError
        When the checksum is not the pinned one.
    """
    from pypi_simple import PyPISimple  # noqa: PLC0415 - only where the files are not at hand

    name, version, pinned = SDIST
    with PyPISimple() as client:
        page = client.get_project_page(name)
        package = next(p for p in page.packages if p.version == version and p.package_type == "sdist")
        archive = folder / package.filename
        client.download_package(package, archive)
    content = archive.read_bytes()
    if sha256(content) != pinned:
        msg = f"{archive.name}: sha256 {sha256(content)} is not the pinned one"
        raise DataError(msg)
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        for member in tar.getmembers():
            path = Path(member.name)
            if path.match("landslides_*.json.zip") and (file := tar.extractfile(member)):
                (folder / path.name).write_bytes(file.read())
    return folder


def read_warning_areas(folder: Path) -> gpd.GeoDataFrame:
    """Read the warning areas; 5-digit ``code`` (or ``hoppo``) and geometry in EPSG:6668.

    Raises
    ------
    DataError
        When there are not ten files with 1,855 polygons.
    """
    features = []
    for path in sorted(folder.glob("landslides_*.json.zip")):
        with zipfile.ZipFile(path) as archive:
            features += orjson.loads(archive.read(archive.namelist()[0]))["features"]
    frame = gpd.GeoDataFrame.from_features(features, crs=CRS)
    if len(frame) != 1855:  # noqa: PLR2004
        msg = f"{folder}: {len(frame)} areas, not 1,855"
        raise DataError(msg)
    frame["code"] = frame["code"].str[:5]
    return frame[["code", "geometry"]]


def to_municipalities(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Make one valid coverage of areas and dissolve it to the 1,741 municipalities.

    Returns
    -------
    geopandas.GeoDataFrame
        Index ``code`` in gazetteer order, polygons in EPSG:6668.

    Raises
    ------
    DataError
        When the result is not exactly the gazetteer's municipalities, none empty, coverage valid.
    """
    city = wards()["city_code"]
    clean = areas.assign(code=[city.get(code, code) for code in areas["code"]])
    clean["geometry"] = shapely.coverage_clean(
        [_polygons_only(geometry) for geometry in shapely.make_valid(clean.geometry.to_numpy())],
        snapping_distance=SNAPPING,
    )
    dissolved = clean.dissolve("code", method="coverage")
    missing = municipalities().index.symmetric_difference(dissolved.index)
    if len(missing):
        msg = f"codes that are not in both the boundaries and the gazetteer: {', '.join(missing)}"
        raise DataError(msg)
    dissolved = dissolved.loc[municipalities().index]
    if dissolved.is_empty.any() or not shapely.coverage_is_valid(dissolved.geometry.to_numpy()):
        msg = "the dissolved municipalities are not a valid coverage"
        raise DataError(msg)
    return dissolved[["geometry"]]


def _polygons_only(geometry: shapely.Geometry) -> shapely.Geometry:
    polygons = [part for part in shapely.get_parts(geometry) if part.geom_type in ("Polygon", "MultiPolygon")]
    return geometry if geometry.geom_type in ("Polygon", "MultiPolygon") else shapely.union_all(polygons)


def to_prefectures(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Dissolve municipalities to the 47 prefectures; index ``prefecture_code``."""
    return frame.dissolve(frame.index.str[:2].rename("prefecture_code"), method="coverage")[["geometry"]]


def drawing_level(frame: gpd.GeoDataFrame, zoom: float, decimals: int) -> gpd.GeoDataFrame:
    """Simplify a coverage to one CSS pixel at a zoom; drop islands under one square pixel.

    Each feature keeps its largest part, however small. For drawing only: rounding makes some polygons invalid.
    """
    pixel = MERCATOR_WORLD / 256 / 2**zoom / 111_320
    simple = shapely.coverage_simplify(frame.geometry.to_numpy(), pixel, simplify_boundary=True)
    kept = [_without_specks(geometry, pixel**2) for geometry in simple]
    return frame.assign(geometry=[_rounded(geometry, decimals) for geometry in kept])


def _without_specks(geometry: shapely.Geometry, smallest: float) -> shapely.Geometry:
    parts = shapely.get_parts(geometry)
    areas = shapely.area(parts)
    keep = (areas >= smallest) | (np.arange(len(parts)) == areas.argmax())
    return parts[keep][0] if keep.sum() == 1 else shapely.multipolygons(parts[keep])


def _rounded(geometry: shapely.Geometry, decimals: int) -> shapely.Geometry:
    return shapely.transform(geometry, lambda points: points.round(decimals))


def geojson(frame: gpd.GeoDataFrame) -> bytes:
    """Write a drawing level: FeatureCollection whose only property is ``c``, the code."""
    features = [
        orjson.Fragment(
            b'{"type":"Feature","properties":{"c":"%s"},"geometry":%s}' % (str(code).encode(), _compact(geometry))
        )
        for code, geometry in frame.geometry.items()
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def _compact(geometry: shapely.Geometry) -> bytes:
    parsed = orjson.loads(shapely.to_geojson(geometry))
    parsed["coordinates"] = _without_repeats(parsed["coordinates"])
    return orjson.dumps(parsed)


def _without_repeats(coordinates: list) -> list:  # type: ignore[type-arg]
    """Leave out points that rounding made equal to the one before."""
    if not isinstance(coordinates[0][0], (int, float)):
        return [_without_repeats(each) for each in coordinates]
    kept = [point for i, point in enumerate(coordinates) if i == 0 or point != coordinates[i - 1]]
    return kept if len(kept) > 3 else coordinates  # noqa: PLR2004 - a ring keeps four points


def prefecture_lines(prefectures: gpd.GeoDataFrame) -> bytes:
    """Write the borders between prefectures as lines, at the coarsest drawing level."""
    coarse = prefectures.geometry.to_numpy()
    shared = []
    tree = shapely.STRtree(coarse)
    for i, j in zip(*tree.query(coarse, predicate="touches"), strict=True):
        if i < j:
            common = shapely.intersection(coarse[i], coarse[j])
            shared += [part for part in shapely.get_parts(common) if part.geom_type == "LineString"]
    merged = shapely.line_merge(shapely.multilinestrings(shared))
    line = _rounded(shapely.simplify(merged, 0.01), 3)
    return b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":%s}]}' % (
        shapely.to_geojson(line).encode()
    )


def parquet(frame: gpd.GeoDataFrame) -> bytes:
    """Write GeoParquet with the index as a column; the same input gives the same bytes."""
    buffer = io.BytesIO()
    frame.reset_index().to_parquet(buffer, index=False, compression="zstd", compression_level=19)
    return buffer.getvalue()


def build_tables(frame: gpd.GeoDataFrame, northern: gpd.GeoDataFrame) -> tuple[dict[str, bytes], dict[str, int]]:
    """Make every level; return file name to content and to the number of features."""
    prefectures = to_prefectures(frame)
    tables = {
        "municipalities.parquet": parquet(frame),
        "prefectures.parquet": parquet(prefectures),
        "northern_territories.parquet": parquet(northern),
        "prefecture_lines.geojson": prefecture_lines(to_prefectures(frame)),
        "northern_territories.geojson": geojson(drawing_level(northern, *LEVELS["z8"])),
    }
    rows = {
        "municipalities.parquet": len(frame),
        "prefectures.parquet": len(prefectures),
        "northern_territories.parquet": len(northern),
        "prefecture_lines.geojson": 1,
        "northern_territories.geojson": len(northern),
    }
    for level, (zoom, decimals) in LEVELS.items():
        drawn = drawing_level(frame, zoom, decimals)
        if level == "z5":
            tables["z5.geojson"], rows["z5.geojson"] = geojson(drawn), len(drawn)
            continue
        for prefecture in PREFECTURES:
            part = drawn[drawn.index.str[:2] == prefecture]
            name = f"{level}/{prefecture}.geojson"
            tables[name], rows[name] = geojson(part), len(part)
    return tables, rows


def build(areas: gpd.GeoDataFrame, output: Path, declaration: dict[str, str]) -> None:
    """Write ``data/boundaries/`` from areas of warning-area or N03 kind."""
    northern = areas[areas["code"] == NORTHERN_TERRITORIES]
    northern = northern.assign(geometry=shapely.make_valid(northern.geometry.to_numpy())).dissolve("code")
    frame = to_municipalities(areas[areas["code"] != NORTHERN_TERRITORIES])
    tables, rows = build_tables(frame, northern)
    note = {
        True: "for drawing only: simplified as a coverage, islands under one pixel left out",
        False: "exact level: make_valid, coverage_clean, wards to their city, coverage union",
    }
    about = {name: {**declaration, "rows": rows[name], "note": note[name.endswith("geojson")]} for name in tables}
    write_folder(output, tables, about)


def main(argv: list[str] | None = None) -> None:
    """Build from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", type=Path)
    parser.add_argument("--n03", type=Path)
    parser.add_argument("--output", type=Path, default=ROOT / "data" / "boundaries")
    arguments = parser.parse_args(argv)
    if arguments.n03 is not None:
        areas, declaration = read_n03(arguments.n03)
        build(areas, arguments.output, declaration)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.input or (WARNING_AREAS if WARNING_AREAS.is_dir() else fetch_warning_areas(Path(temporary)))
        build(read_warning_areas(folder), arguments.output, DECLARATION)


if __name__ == "__main__":
    main()
