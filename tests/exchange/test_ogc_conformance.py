"""OGC API – Features, held against the standard by others' tools: what pygeoapi's package ships of a conformance run.

The OGC's own suite (CITE, a Java program) comes with no registry that tests may use. In its place: pygeoapi's validator of
the API definition, the requirements of an API definition (ogcapi-registry), models of every answer (pydantic-ogcapi), a
client (OWSLib), and the abstract tests of part 1, core, asked one by one.
"""

from __future__ import annotations

import pytest
import requests

from .test_ogc_service import get

openapi = pytest.importorskip("pygeoapi.openapi", reason="pygeoapi is not installed (extra serve)")
owslib_features = pytest.importorskip("owslib.ogcapi.features", reason="OWSLib is not installed (extra test)")
models = pytest.importorskip("pydantic_ogcapi", reason="pydantic-ogcapi is not installed (extra test)")
registry = pytest.importorskip("ogcapi_registry", reason="ogcapi-registry is not installed (extra test)")
pytestmark = pytest.mark.slow

ITEMS = "/collections/municipalities/items"


def test_the_api_definition_is_what_its_conformance_classes_ask(ogc_url):
    _, definition = get(ogc_url, "/openapi")
    _, conformance = get(ogc_url, "/conformance")
    assert openapi.validate_openapi_document(definition)
    classes = registry.parse_conformance_classes(conformance["conformsTo"])
    found = registry.validate_ogc_api(definition, classes)
    assert (found.is_valid, list(found.errors)) == (True, [])


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("/", "LandingPage"),
        ("/conformance", "ConformanceDeclaration"),
        ("/collections", "Collections"),
        ("/collections/municipalities", "Collection"),
        (ITEMS, "FeatureCollection"),
        (f"{ITEMS}/10003", "Feature"),
        ("/collections/municipalities/queryables", "Queryables"),
    ],
)
def test_every_answer_is_of_the_standards_form(ogc_url, path, model):
    status, found = get(ogc_url, path)
    assert status == 200
    getattr(models, model).model_validate(found)


@pytest.mark.parametrize(
    ("path", "relations"),
    [
        ("/", {"self", "service-desc", "conformance", "data"}),  # /conf/core/root-success
        ("/collections", {"self"}),  # /conf/core/fc-md-links
        ("/collections/municipalities", {"items"}),  # /conf/core/sfc-md-success
        (f"{ITEMS}?limit=2", {"self", "next"}),  # /conf/core/fc-links
        (f"{ITEMS}/10003", {"self", "collection"}),  # /conf/core/f-links
    ],
)
def test_links_that_the_core_asks_for(ogc_url, path, relations):
    _, found = get(ogc_url, path)
    assert relations <= {each["rel"] for each in found["links"]}
    assert all({"href", "rel"} <= set(each) for each in found["links"])


@pytest.mark.parametrize(
    ("path", "params", "status"),
    [
        (ITEMS, {"limit": 0}, 400),  # /conf/core/fc-limit-definition, query-param-invalid
        (ITEMS, {"limit": "x"}, 400),
        (ITEMS, {"limit": 1_000_000}, 200),  # more than the most is the most
        (ITEMS, {"bbox": "1,2,3"}, 400),  # /conf/core/fc-bbox-definition
        (ITEMS, {"bbox": "a,b,c,d"}, 400),
        (ITEMS, {"bbox": "139,36,140,37"}, 200),
        (ITEMS, {"datetime": "2020-01-01"}, 200),  # without a time of its own a feature matches any: fc-time-response
        (ITEMS, {"crs": "http://www.opengis.net/def/crs/EPSG/0/9999"}, 400),  # part 2, /conf/crs
        ("/collections/none/items", {}, 404),
        (f"{ITEMS}/none", {}, 404),  # /conf/core/f-success
    ],
)
def test_parameters_within_and_out_of_bounds(ogc_url, path, params, status):
    assert get(ogc_url, path, **params)[0] == status


def test_the_chain_of_pages_holds_every_feature_once(ogc_url):
    seen, page = [], f"{ogc_url}{ITEMS}?f=json&limit=7"
    while page:
        found = requests.get(page, timeout=60).json()
        assert found["numberReturned"] == len(found["features"])
        seen += [each["id"] for each in found["features"]]
        page = next((each["href"] for each in found["links"] if each["rel"] == "next"), "")
    assert (len(seen), len(set(seen)), found["numberMatched"]) == (25, 25, 25)


def test_coordinates_are_in_the_order_of_the_system_that_is_asked_for(ogc_url):
    def corner(**params):
        answer = requests.get(f"{ogc_url}{ITEMS}/10003", params={"f": "json", **params}, timeout=60)
        return answer.headers["Content-Crs"], answer.json()["geometry"]["coordinates"][0][0][0]

    jgd2011 = "http://www.opengis.net/def/crs/EPSG/0/6668"
    default, lonlat = corner()
    asked, latlon = corner(crs=jgd2011)
    assert (default, asked) == ("<http://www.opengis.net/def/crs/OGC/1.3/CRS84>", f"<{jgd2011}>")
    assert latlon == pytest.approx(lonlat[::-1])


def test_a_client_that_is_not_ours_reads_it(ogc_url):
    client = owslib_features.Features(ogc_url)
    assert client.feature_collections() == ["municipalities"]
    found = client.collection_items("municipalities", bbox=[139.95, 35, 140.05, 37], limit=10)
    assert [each["properties"]["code"] for each in found["features"]] == ["10009", "10010"]
    assert client.collection_item("municipalities", "10003")["properties"]["name"] == "町3"
    assert "code" in client.collection_queryables("municipalities")["properties"]
