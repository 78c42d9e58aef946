from __future__ import annotations

import json
import re
import shutil
import subprocess

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.boundaries import exact
from geo.codes import PREFECTURES, to_code6
from geo.errors import InvalidFilterError
from geo.gazetteer import municipalities
from layers.catalog import indicators, values
from layers.filters import Filters
from layers.themes import THEMES
from renkei.exchange.formats import formats
from renkei.present.describe import describe
from renkei.present.layer_files import export, flat, layer_ids, layer_rows
from renkei.present.page_state import PageState, from_query
from tests.shared_atlas import ATLAS, TABLES

ALL = Filters()


def geojson(layer, filters=ALL):
    return export(ATLAS, layer, "geojson", PageState(filters=filters))


def parsed(layer, filters=ALL):
    return json.loads(geojson(layer, filters))


@pytest.mark.parametrize(
    ("layer", "count"),
    [
        ("municipalities", 1741),
        ("cases", 133),
        ("partnerships", 526),
        ("networks", 275),
        ("blocs", 163),
        ("medical", 339),
        ("organisations", 187),
        ("members", 35),
    ],
)
def test_everything_is_exported_and_read_by_geopandas(layer, count, tmp_path):
    path = tmp_path / f"{layer}.geojson"
    path.write_bytes(geojson(layer))
    frame = gpd.read_file(path)
    assert len(frame) == count
    assert frame.crs.to_epsg() == 4326
    assert frame.is_valid.all()
    assert not frame.is_empty.any()
    if ogrinfo := shutil.which("ogrinfo"):
        told = subprocess.run([ogrinfo, "-ro", "-so", "-al", str(path)], capture_output=True, text=True, check=True)
        assert f"Feature Count: {count}" in told.stdout


SHAPED = [
    "municipalities",
    "cases",
    "ties",
    "networks",
    "blocs",
    "medical",
    "prefectures",
    "northern_territories",
    "wards",
]


@pytest.mark.parametrize("layer", SHAPED)
def test_rfc_7946(layer):
    content = geojson(layer, Filters(prefectures=("01", "10", "13")))
    collection = json.loads(content)
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    assert not re.search(rb"\d\.\d{8,}", re.sub(rb'"properties":\{.*?\},"geometry"', b"", content))
    for feature in collection["features"]:
        for polygon in shapely.get_parts(shapely.from_geojson(json.dumps(feature["geometry"]))):
            if polygon.geom_type == "Polygon":
                assert polygon.exterior.is_ccw
                assert not any(hole.is_ccw for hole in polygon.interiors)


def test_keyed_properties():
    village = next(
        f for f in parsed("municipalities", Filters(text="川場村"))["features"] if f["properties"]["code"] == "10444"
    )
    assert {key: village["properties"][key] for key in ("code6", "prefecture", "name")} == {
        "code6": to_code6("10444"),
        "prefecture": "群馬県",
        "name": "川場村",
    }
    for key in ("themes", "programme", "source", "evidence"):
        assert village["properties"][key]
    tie = parsed("partnerships")["features"][0]["properties"]
    assert (tie["from_code"], tie["to_code"], tie["programme"]) == ("13112", "10444", "setagaya-forum")
    assert parsed("blocs")["features"][0]["properties"]["member_codes"] == "01207;01631;01643;01637"
    assert (tie["since_year"], round(tie["length_km"])) == (1981, 126)
    case = parsed("cases")["features"][0]["properties"]
    assert (case["code"], case["code6"], case["prefecture"], case["name"]) == ("01438", "014389", "北海道", "沼田町")
    for layer in ("cases", "partnerships", "blocs"):
        for feature in parsed(layer)["features"]:
            assert all(
                feature["properties"][key] or (key == "themes" and "名称だけ" in feature["properties"]["note"])
                for key in ("themes", "programme", "programme_name", "source", "evidence")
            )


def test_indicators_travel_with_unit_date_source_and_no_data():
    everything = [each.id for each in indicators(TABLES)]
    collection = json.loads(export(ATLAS, "municipalities", "geojson", PageState(), indicators=everything))
    notes = collection["renkei"]["indicators"]
    assert set(notes) == set(everything)
    for note in notes.values():
        assert all(note[key] for key in ("title", "date", "source", "publisher", "licence"))
    iwaki = next(f["properties"] for f in collection["features"] if f["properties"]["code"] == "07204")
    assert iwaki["population_change_2020_2050"] is None
    assert iwaki["census_population"] == values(TABLES, "census_population")["07204"]
    assert collection["renkei"]["credits"]


def test_a_prefecture_is_a_party():
    case = next(f for f in parsed("cases")["features"] if not f["properties"]["member_codes"])
    assert (case["properties"]["code"], case["properties"]["name"]) == ("10000", "群馬県")
    assert any(f["properties"]["to_name"] == "長野県" for f in parsed("partnerships")["features"])


def test_exported_shapes_are_the_exact_ones():
    found = gpd.GeoDataFrame.from_features(parsed("municipalities", Filters(prefectures=("47",))), crs=6668)
    ours = exact().geometry.loc[found["code"]].reset_index(drop=True)
    left_over = found.geometry.symmetric_difference(ours)
    share = shapely.area(np.asarray(left_over.array)) / shapely.area(np.asarray(ours.array))
    assert share.max() < 1e-5  # the seventh decimal is a centimetre


def test_nothing_is_a_collection_too():
    assert parsed("cases", Filters.from_values(TABLES, text="ありえない語"))["features"] == []


def test_unknown_layer():
    with pytest.raises(InvalidFilterError):
        geojson("roads")


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["cases", "ties", "networks", "blocs", "organisations", "members"]),
    st.lists(st.sampled_from([t.name for t in THEMES]), max_size=2),
    st.lists(st.sampled_from(sorted(PREFECTURES)), max_size=3),
    st.text(max_size=5),
)
def test_export_holds_what_the_filters_leave(layer, themes, prefectures, text):
    filters = Filters.from_values(TABLES, themes=themes, prefectures=prefectures, text=text)
    left = filters.apply(TABLES, layer)
    assert [f["properties"]["id"] for f in parsed(layer, filters)["features"]] == list(left["id"])


def test_municipalities_follow_the_gazetteer():
    filters = Filters.from_values(TABLES, prefectures=["群馬県"])
    codes = [f["properties"]["code"] for f in parsed("municipalities", filters)["features"]]
    assert codes == list(municipalities().index[municipalities()["prefecture_code"] == "10"])


def view(**query):
    state, notes = from_query(
        ATLAS, {key: [value] if isinstance(value, str) else value for key, value in query.items()}
    )
    assert not notes
    return state


def village(state, **more):
    found = json.loads(export(ATLAS, "municipalities", "geojson", state, **more))
    return next(f["properties"] for f in found["features"] if f["properties"]["code"] == "10444"), found["renkei"]


def test_the_year_on_the_screen_is_the_year_in_the_file():
    at_2030, about = village(view(indicator="projected_population", date="2030", prefecture="10"))
    assert (at_2030["projected_population"], at_2030["projected_population_date"]) == (2921, "2030")
    assert (at_2030["map_value"], at_2030["map_date"]) == (2921, "2030")
    assert about["indicators"]["projected_population"]["date"] == "2030"
    assert "2030" in about["shown"]
    assert not [key for key in at_2030 if key.startswith("online_")]
    newest, _ = village(view(prefecture="10"), indicators=["projected_population"])
    assert (newest["projected_population"], newest["projected_population_date"]) == (2164, "2050")


def test_each_exported_indicator_stands_beside_its_date():
    own, _ = village(view(), indicators=["projected_population", "share_65"], date="")
    dated = [key for key in own if key.endswith("_date") and key != "map_date"]
    assert dated == ["projected_population_date", "share_65_date"]
    asked, _ = village(view(), indicators=["projected_population"], date="2040")
    assert asked["projected_population_date"] == "2040"
    with pytest.raises(InvalidFilterError, match="ある時点"):
        village(view(), indicators=["projected_population", "share_65"], date="2040")


@pytest.mark.parametrize(
    ("query", "count"),
    [({}, 163), ({"show": ["core_city"]}, 38), ({"show": ["cases"]}, 0), ({"show": ["blocs", "self_reliant"]}, 125)],
)
def test_blocs_are_those_of_the_layers_that_are_drawn(query, count):
    found = json.loads(export(ATLAS, "blocs", "geojson", view(**query)))
    assert len(found["features"]) == count
    assert {f["properties"]["layer"] for f in found["features"]} <= set(view(**query).layers)


def test_unit_and_classes_travel():
    own, _ = village(view(indicator="share_65", unit="self_reliant", scheme="quantile", prefecture="10"))
    area = json.loads(export(ATLAS, "blocs", "geojson", view(indicator="share_65", show=["self_reliant"])))
    told = next(f["properties"] for f in area["features"] if "10444" in f["properties"]["member_codes"])
    assert own["map_unit"] == "self_reliant"
    assert own["map_value"] == pytest.approx(told["share_65"], abs=0.06)
    assert told["share_65_date"] == own["map_date"]
    by_hand, _ = village(view(indicator="share_65", scheme="manual", breaks="10,20"))
    assert by_hand["map_class"] == "20.0% 以上"


def test_every_format_says_the_same_sentence_of_what_is_shown():
    state = view(theme="DX", prefecture="10", programme="gunma-cocreation", tier="document", text="群馬")
    sentence = describe(ATLAS, state)
    assert all(part in sentence for part in ("テーマ＝DX", "群馬県", "官民共創コミュニティ", "資料", "「群馬」"))
    for each in formats():
        content = export(ATLAS, "cases", each.id, state)
        assert content
        if each.id == "geojson":
            assert json.loads(content)["renkei"]["shown"] == sentence


@pytest.mark.parametrize("name", layer_ids())
def test_the_schema_is_the_same_on_every_filter(name):
    whole, few, none = (
        flat(ATLAS, layer_rows(ATLAS, name, state), state)
        for state in (view(), view(prefecture="10"), view(text="ありえない語"))
    )
    assert whole.fields == few.fields == none.fields
    assert whole.geometry_type == few.geometry_type == none.geometry_type
    assert [str(each) for each in whole.frame.dtypes] == [str(each) for each in none.frame.dtypes]
    assert len(whole.frame) >= len(few.frame)
    if whole.has_shapes:
        assert {each.geom_type for each in whole.frame.geometry} == {whole.geometry_type}
        assert whole.frame.geometry.is_valid.all()
        assert whole.frame.crs.to_epsg() == 6668


@pytest.mark.skipif(not shutil.which("ogr2ogr"), reason="no ogr2ogr here (Debian: gdal-bin)")
@pytest.mark.parametrize("name", SHAPED)
def test_every_geojson_becomes_a_flatgeobuf_and_a_parquet_file(name, tmp_path):
    source, target = tmp_path / f"{name}.geojson", tmp_path / f"{name}.fgb"
    source.write_bytes(export(ATLAS, name, "geojson", view(prefecture="10")))
    done = subprocess.run(["ogr2ogr", target, source], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    gpd.read_file(target).to_parquet(tmp_path / "x.parquet")


@pytest.mark.slow
def test_everything_drawn_goes_into_one_file(tmp_path):
    path = tmp_path / "all.gpkg"
    path.write_bytes(export(ATLAS, "all", path.name, view(prefecture="10", show=["cases", "medical"])))
    assert {"municipalities", "cases", "medical"} <= set(gpd.list_layers(path)["name"])


def test_a_suffix_that_is_no_format_is_refused():
    with pytest.raises(InvalidFilterError, match=r"\.gpkg"):
        export(ATLAS, "cases", "x.docx", view())
