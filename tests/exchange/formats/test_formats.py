"""Every format, read back by tools that are not ours: same rows, codes, values, shapes."""

import csv
import io
import json
import shutil
import sqlite3
import subprocess
import zipfile

import geopandas as gpd
import openpyxl
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from geo.errors import DataError, InvalidFilterError, UnsafeFileError
from renkei.exchange.formats import find_format, formats
from renkei.exchange.formats.bundle import MANIFEST, verify_bundle
from renkei.exchange.formats.csv_cp932 import missing_characters
from renkei.exchange.formats.csv_table import csvt_text
from renkei.exchange.formats.shapefile import short_names


def written(identifier, layer, tmp_path):
    chosen = find_format(identifier)
    path = tmp_path / f"layer{chosen.suffix}"
    path.write_bytes(chosen.write([layer]))
    return path


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("a.geojson", "geojson"),
        ("A.GPKG", "gpkg"),
        ("x.shp.zip", "shapefile"),
        ("x.zip", "bundle"),
        ("x.sjis.csv", "csv-cp932"),
        ("x.csv", "csv"),
        ("csv-cp932", "csv-cp932"),
        ("x.parquet", "geoparquet"),
    ],
)
def test_a_format_is_found_by_id_and_by_suffix(asked, found):
    assert find_format(asked).id == found


@pytest.mark.parametrize("asked", ["x.kml", "", "geo json", "x.gpkg.bak"])
def test_another_suffix_is_refused_and_the_formats_are_named(asked):
    with pytest.raises(InvalidFilterError, match="geojson"):
        find_format(asked)


def test_ids_and_suffixes_are_all_different():
    assert len({each.id for each in formats()}) == len({each.suffix for each in formats()}) == len(formats())


@pytest.mark.parametrize("identifier", ["geojson", "gpkg", "flatgeobuf", "geoparquet"])
@pytest.mark.parametrize("fixture", ["areas", "marks", "nothing"])
def test_geopandas_reads_back_rows_values_and_shapes(identifier, fixture, tmp_path, request):
    layer = request.getfixturevalue(fixture)
    path = written(identifier, layer, tmp_path)
    read = gpd.read_parquet(path) if identifier == "geoparquet" else gpd.read_file(path, layer=layer.name)
    assert len(read) == len(layer.frame)
    if identifier != "geojson" or len(layer.frame):
        assert {each.name for each in layer.fields} <= set(read.columns)
    if not len(layer.frame):
        return
    read = read.set_index("code").loc[list(layer.frame["code"])]
    assert list(read["themes"].fillna("")) == ["DX;防災", "", "脱炭素"]
    assert read["share_65"].isna().tolist() == [False, True, False]
    assert read["share_65"].dropna().tolist() == [33.1, -3.5]
    assert {each.geom_type for each in read.geometry} == {layer.geometry_type}
    ours = shapely.set_precision(layer.frame.geometry.array, 1e-6)
    assert shapely.equals(
        shapely.normalize(ours), shapely.normalize(shapely.set_precision(read.geometry.array, 1e-6))
    ).all()


@pytest.mark.parametrize("fixture", ["areas", "nothing"])
@pytest.mark.parametrize("identifier", ["gpkg", "flatgeobuf"])
def test_the_schema_does_not_depend_on_the_rows(identifier, fixture, tmp_path, request):
    info = pyogrio.read_info(written(identifier, request.getfixturevalue(fixture), tmp_path), layer="municipalities")
    assert list(info["fields"]) == ["code", "name", "themes", "cases", "share_65"]
    assert [str(each) for each in info["dtypes"]] == ["object", "object", "object", "int64", "float64"]
    assert info["geometry_type"] == "MultiPolygon"
    assert info["crs"] == "EPSG:6668"


def test_geojson_is_rfc_7946_and_says_what_it_is(areas, tmp_path):
    collection = json.loads(written("geojson", areas, tmp_path).read_bytes())
    assert "crs" not in collection
    assert collection["renkei"]["shown"].startswith("都道府県：群馬県")
    assert collection["renkei"]["fields"]["share_65"]["unit"] == "%"
    assert all(not isinstance(value, list | dict) for f in collection["features"] for value in f["properties"].values())
    assert all(
        polygon.exterior.is_ccw
        for f in collection["features"]
        for polygon in shapely.from_geojson(json.dumps(f["geometry"])).geoms
    )


@pytest.mark.skipif(not shutil.which("ogr2ogr"), reason="no ogr2ogr here (Debian: gdal-bin)")
@pytest.mark.parametrize("driver", ["FlatGeobuf", "GPKG"])
def test_ogr2ogr_converts_the_geojson(areas, driver, tmp_path):
    source = written("geojson", areas, tmp_path)
    target = tmp_path / f"out.{'fgb' if driver == 'FlatGeobuf' else 'gpkg'}"
    done = subprocess.run(["ogr2ogr", "-f", driver, target, source], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(gpd.read_file(target)) == 3


def test_the_geopackage_has_index_aliases_styles_and_sources(areas, marks, tmp_path):
    path = tmp_path / "both.gpkg"
    path.write_bytes(find_format("gpkg").write([areas, marks]))
    assert [name for name, _ in pyogrio.list_layers(path)] == ["municipalities", "cases", "layer_styles"]
    with sqlite3.connect(path) as database:
        aliases = dict(
            database.execute("SELECT column_name, name FROM gpkg_data_columns WHERE table_name = 'municipalities'")
        )
        styles = database.execute("SELECT f_table_name, useAsDefault, styleQML FROM layer_styles").fetchall()
        indexed = database.execute("SELECT table_name FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'")
        assert {name for (name,) in indexed} == {"municipalities", "cases"}
    database.close()
    assert aliases["share_65"] == "65歳以上の割合（%）"
    assert [(name, default) for name, default, _ in styles] == [("municipalities", 1), ("cases", 1)]
    assert all("RuleRenderer" in style for *_, style in styles)
    told = pyogrio.read_info(path, layer="cases")["layer_metadata"]
    assert told["出典"] == "総務省「住民基本台帳」を加工して作成"


def test_the_workbook_is_typed_and_runs_no_formula(areas, marks, tmp_path):
    path = tmp_path / "both.xlsx"
    path.write_bytes(find_format("xlsx").write([areas, marks]))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["市区町村", "事例", "出典", "項目の定義"]
    sheet = book["市区町村"]
    assert [cell.value for cell in sheet[1]] == ["団体コード", "名称", "テーマ", "事例", "65歳以上の割合（%）"]
    assert [cell.value for cell in sheet[2]] == ["01234", "北広島市", "DX;防災", 2, 33.1]
    assert [cell.value for cell in sheet[3]] == ["29441", "𠮷野町", None, None, None]
    assert sheet["B4"].data_type == "s"
    assert sheet["B4"].value.startswith("=")
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:E4"
    assert book["事例"]["F4"].value == pytest.approx(139.1234568)
    assert book["出典"]["B3"].value.startswith("都道府県：群馬県")


def test_csv_for_excel_keeps_codes_and_disarms_formulas(areas, tmp_path):
    content = written("csv", areas, tmp_path).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["code"] for row in rows] == ["01234", "29441", "10444"]
    assert rows[2]["name"].startswith("'=")
    assert [row["share_65"] for row in rows] == ["33.1", "", "-3.5"]
    assert csvt_text(areas) == '"String","String","String","Integer64","Real"'


def test_csv_in_cp932_names_what_it_cannot_hold(areas, tmp_path):
    text = written("csv-cp932", areas, tmp_path).read_bytes().decode("cp932")
    assert "〓野町" in text
    assert "U+20BB7" in text.splitlines()[-1]
    assert missing_characters("川場村") == ""


def test_the_shapefile_has_short_names_a_key_and_no_half_character(areas, tmp_path):
    with zipfile.ZipFile(written("shapefile", areas, tmp_path)) as archive:
        archive.extractall(tmp_path / "shp")
    read = gpd.read_file(tmp_path / "shp" / "municipalities.shp", encoding="CP932")
    assert list(read["code"]) == ["01234", "29441", "10444"]
    assert list(read["themes"].fillna("")) == ["DX;防災", "", "脱炭素"]
    assert "65歳以上の割合" in (tmp_path / "shp" / "municipalities_columns.csv").read_bytes().decode("cp932")
    assert len(set(short_names(f"population_projected_{n}" for n in range(120)).values())) == 120


def test_parquet_carries_the_crs_and_a_covering_box(areas, tmp_path):
    about = json.loads(pq.read_schema(written("geoparquet", areas, tmp_path)).metadata[b"geo"])
    assert about["version"] == "1.1.0"
    assert about["columns"]["geometry"]["crs"]["id"] == {"authority": "EPSG", "code": 6668}
    assert "covering" in about["columns"]["geometry"]


def test_a_bundle_verifies_until_a_byte_changes(areas, marks):
    content = find_format("bundle").write([areas, marks])
    assert verify_bundle(content) == []
    source = zipfile.ZipFile(io.BytesIO(content))
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as target:
        for info in source.infolist():
            body = source.read(info)
            if info.filename == "csv/cases.csv":
                body += b"x"
            if info.filename != "csv/cases.csvt":
                target.writestr(info.filename, body)
        target.writestr("added.txt", b"")
    assert verify_bundle(changed.getvalue()) == [
        "added.txt は目録にありません。",
        "csv/cases.csv は書き出したときの内容と違います。",
        "csv/cases.csvt がありません。",
    ]


@pytest.mark.parametrize("name", ["../out.txt", "/etc/passwd", "a\\..\\..\\b"])
def test_a_bundle_that_leads_out_of_its_folder_is_refused(name):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(MANIFEST, b'{"@graph": []}')
        archive.writestr(name, b"x")
    with pytest.raises(UnsafeFileError):
        verify_bundle(target.getvalue())


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip", b"\x00" * 100])
def test_what_is_no_bundle_is_said_to_be_none(content):
    with pytest.raises(DataError, match="ZIP"):
        verify_bundle(content)
