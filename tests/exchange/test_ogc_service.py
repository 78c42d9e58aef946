"""OGC API – Features, asked over HTTP on loopback by tools that are not ours."""

import json
import shutil
import subprocess

import geopandas as gpd
import pytest
import requests

pytest.importorskip("pygeoapi", reason="pygeoapi is not installed (extra serve)")
pytestmark = pytest.mark.slow


@pytest.fixture
def url(ogc_url):
    return ogc_url


def get(url, path, **params):
    answer = requests.get(f"{url}{path}", params={"f": "json", **params}, timeout=60)
    return answer.status_code, json.loads(answer.content)


def test_it_conforms_to_features_and_geojson(url):
    _, found = get(url, "/conformance")
    wanted = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
    assert {f"{wanted}core", f"{wanted}geojson"} <= set(found["conformsTo"])
    status, openapi = get(url, "/openapi")
    assert status == 200
    assert "/collections/municipalities/items" in openapi["paths"]


def test_collections_have_both_languages_and_no_empty_layer(url):
    _, ja = get(url, "/collections", lang="ja-JP")
    _, en = get(url, "/collections", lang="en-US")
    assert [each["title"] for each in ja["collections"]] == ["市区町村"]
    assert [each["title"] for each in en["collections"]] == ["Municipalities"]


@pytest.mark.parametrize(
    ("params", "matched", "first"),
    [
        ({"limit": 5}, 25, "10000"),
        ({"limit": 5, "offset": 5}, 25, "10005"),
        ({"bbox": "139.95,35,140.05,37"}, 2, "10009"),
        ({"n": 1, "limit": 50}, 8, "10001"),
        ({"code": "10007"}, 1, "10007"),
        ({"bbox": "130,30,131,31"}, 0, None),
    ],
)
def test_items_by_limit_box_and_property(url, params, matched, first):
    status, found = get(url, "/collections/municipalities/items", **params)
    assert status == 200
    assert found["numberMatched"] == matched
    assert (found["features"][0]["properties"]["code"] if found["features"] else None) == first


def test_one_item_and_one_that_is_not_there(url):
    status, found = get(url, "/collections/municipalities/items/10003")
    assert (status, found["properties"]["name"]) == (200, "町3")
    assert get(url, "/collections/municipalities/items/99999")[0] == 404


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", ""])
def test_another_name_for_this_machine_is_not_answered(url, host):
    assert requests.get(f"{url}/", headers={"Host": host}, timeout=60).status_code == 421


def test_its_pages_are_told_to_ask_nobody_else(url):
    answer = requests.get(f"{url}/", params={"f": "html"}, timeout=60)
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")


@pytest.mark.skipif(not shutil.which("ogr2ogr"), reason="no ogr2ogr here (Debian: gdal-bin)")
def test_ogr2ogr_takes_everything(url, tmp_path):
    target = tmp_path / "taken.gpkg"
    subprocess.run(["ogr2ogr", target, f"OAPIF:{url}", "municipalities"], check=True, capture_output=True)
    assert sorted(gpd.read_file(target)["code"]) == [str(10000 + n) for n in range(25)]
