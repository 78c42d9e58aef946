from __future__ import annotations

import hashlib
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.boundaries import (
    adjacency,
    drawing_file,
    exact,
    northern_territories,
    northern_territories_file,
    outline,
    part_count,
    prefecture_lines_file,
    prefectures,
    representative_points,
)
from geo.codes import PREFECTURES
from geo.data_folder import data_path
from geo.errors import DataError, UnknownNameError
from geo.gazetteer import municipalities

N03 = Path(__file__).resolve().parents[3] / "shared" / "reference" / "n03_2021_simplified_topo.json"


def test_exactly_1741_as_a_valid_coverage():
    frame = exact()
    assert frame.index.equals(municipalities().index)
    assert frame.crs.to_epsg() == 6668
    assert frame.is_valid.all()
    assert not frame.is_empty.any()
    assert shapely.coverage_is_valid(np.asarray(frame.geometry.array))


def test_prefectures_and_northern_territories():
    assert list(prefectures().index) == list(PREFECTURES)
    assert len(northern_territories()) == 1
    assert northern_territories().total_bounds[0] > 145


def test_offices_lie_in_or_near_their_municipality():
    offices = gpd.GeoSeries(gpd.points_from_xy(municipalities()["lon"], municipalities()["lat"]), index=exact().index)
    inside = shapely.covers(np.asarray(exact().geometry.array), np.asarray(offices.array))
    # 竹富町, 三島村 and 十島村 keep their offices in another city, 双葉町 is listed at its former one in いわき市;
    # some others stand at the border or shore.
    assert inside.sum() > 1700
    distance = shapely.distance(np.asarray(exact().geometry.array), np.asarray(offices.array))
    far = set(municipalities().index[distance > 0.05])
    assert far <= {"07546", "46303", "46304", "47381"}


def test_every_drawing_level_draws_every_municipality():
    for level in ("z8", "z11"):
        codes = [
            feature["properties"]["c"]
            for prefecture in PREFECTURES
            for feature in json.loads(drawing_file(level, prefecture).read_bytes())["features"]
        ]
        assert codes == list(municipalities().index)
    whole = json.loads(drawing_file("z5").read_bytes())["features"]
    assert [feature["properties"]["c"] for feature in whole] == list(municipalities().index)
    assert all(feature["geometry"]["coordinates"] for feature in whole)
    for path in (prefecture_lines_file(), northern_territories_file()):
        assert json.loads(path.read_bytes())["features"]


@pytest.mark.parametrize(
    ("level", "prefecture"), [("z5", "01"), ("z8", None), ("z8", "48"), ("../z8", "01"), ("z99", "01")]
)
def test_what_is_no_drawing_level(level, prefecture):
    with pytest.raises(DataError):
        drawing_file(level, prefecture)


def test_files_are_as_they_were_built_and_small():
    folder = data_path("boundaries")
    tables = json.loads((folder / "SOURCE.json").read_text(encoding="utf-8"))["tables"]
    assert {each["file"] for each in tables} | {"SOURCE.json"} == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    }
    for each in tables:
        assert hashlib.sha256((folder / each["file"]).read_bytes()).hexdigest() == each["sha256"]
        assert each["publisher"]
        assert each["licence"]
        assert each["as_of"]
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 6_000_000


@pytest.mark.parametrize(
    ("codes", "parts"),
    [
        (["01207", "01631", "01643", "01637"], 1),
        (["22206", "22342", "14382"], 1),
        (["13112", "10444"], 2),
        (["43204"], 1),
        ([], 0),
    ],
)
def test_parts_of_a_bloc(codes, parts):
    assert part_count(codes) == parts


def test_neighbours():
    pairs = adjacency()
    assert "10206" in set(pairs.loc[pairs["code"] == "10444", "neighbour"])
    assert set(zip(pairs["code"], pairs["neighbour"], strict=True)) == set(
        zip(pairs["neighbour"], pairs["code"], strict=True)
    )


def test_outline_is_the_union():
    members = ["01207", "01631"]
    whole = shapely.area(outline(members))  # square degrees, on both sides
    assert whole == pytest.approx(shapely.area(np.asarray(exact().geometry.loc[members].array)).sum())
    assert outline([]).is_empty
    with pytest.raises(UnknownNameError):
        outline(["99999"])


def test_representative_points_are_inside():
    assert exact().covers(representative_points()).all()


def test_agreement_with_n03():
    """Mean intersection over union with 国土数値情報 N03 of 2021 (simplified to 1 %)."""
    if not N03.is_file():
        pytest.skip("N03 is not beside this checkout")
    frame = gpd.read_file(N03)
    frame = frame[frame["N03_007"].notna()]
    frame["code"] = frame["N03_007"]
    from geo.gazetteer import wards  # noqa: PLC0415

    old_hamamatsu = {f"2213{i}": "22130" for i in range(1, 8)}
    city = wards()["city_code"].to_dict() | old_hamamatsu
    frame["code"] = frame["code"].map(lambda code: city.get(code, code))
    frame["geometry"] = frame.geometry.make_valid()
    other = frame.set_crs(6668, allow_override=True).dissolve("code").geometry.to_crs(6933)
    ours = exact().geometry.to_crs(6933)
    common = ours.index.intersection(other.index)
    assert len(common) == 1741
    a, b = np.asarray(ours.loc[common].array), np.asarray(other.loc[common].array)
    union = shapely.area(shapely.union(a, b))
    ratio = shapely.area(shapely.intersection(a, b)) / union
    print(f"mean IoU {ratio.mean():.4f}, lowest {ratio.min():.3f} ({common[ratio.argmin()]})")
    assert ratio.mean() >= 0.96
