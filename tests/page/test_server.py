"""The page's server: what it answers, to whom, and how small."""

from __future__ import annotations

import gzip
import json
from urllib.parse import unquote

import pytest
from starlette.applications import Starlette

from geo.errors import RenkeiError
from renkei.browser.addresses import BASE_URL, made_address
from renkei.browser.map_state import map_state, shown
from renkei.browser.static_files import publish_all
from renkei.page.compression import CompressedFiles
from renkei.page.current_atlas import current_atlas
from renkei.page.document import first_document, streamlit_document
from renkei.page.made_answers import read_query
from renkei.page.outputs import file_stem, made_output, read_extent
from renkei.page.server import attachment, element_parts, server_parts
from renkei.page.table_files import csv_bytes, indicators_frame, panel_frame, xlsx_bytes
from renkei.present.page_state import PageState, from_query
from renkei.present.words import word
from tests.shared_atlas import ATLAS

from .asgi_client import ask


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("static")


@pytest.fixture(scope="module")
def client(folder):
    parts = server_parts(folder)
    app = Starlette(routes=parts["routes"], middleware=parts["middleware"])
    return lambda address, **options: ask(app, address, **options)


def test_the_first_document_holds_streamlit_back_until_the_map_is_painted(client):
    document = client("/").text
    held = document.partition('<template id="renkei-page">')[2].partition("</template>")[0]
    assert '<script type="module"' in held, "Streamlit's index.html is of another form: the map comes later"
    assert '<script type="module"' not in document.replace(held, "")
    assert '<html lang="ja">' in document
    assert document.count('id="rk"') == 1
    assert '<html lang="en">' in client("/?lang=en").text


def test_another_document_is_left_as_it_is(monkeypatch):
    other = "<html><body class='x'></body></html>"
    monkeypatch.setattr("renkei.page.document.streamlit_document", lambda: other)
    assert first_document("ja", "t", {"scripts": [], "html": "", "start": "", "head": ""}) == other
    assert streamlit_document().count("<body>") == 1


def test_every_control_is_in_the_first_document(client):
    document = client("/").text
    for identifier in [
        "rk-find",
        "rk-themes-open",
        "rk-prefectures-open",
        "rk-more-open",
        "rk-chips",
        "rk-share-open",
        "rk-copy-link",
        "rk-language",
        "rk-home",
        "rk-insets",
        "rk-legend",
        "rk-indicator-open",
        "rk-date",
        "rk-play",
        "rk-painting-open",
        "rk-layers",
        "rk-drawer-close",
        "rk-notices",
    ]:
        assert f'id="{identifier}"' in document, identifier


def test_titles_and_notes_of_an_address(folder):
    published = publish_all(ATLAS, folder)
    _, parts = element_parts(ATLAS, published, {"code": ["10444"]})
    assert parts["title"] == "群馬県川場村"
    _, parts = element_parts(ATLAS, published, {"code": ["99999"], "map": ["x"]})
    assert '"notes":["code=99999","map=x"]' in parts["start"]


def test_an_address_is_cut_or_refused():
    assert len(read_query("text=" + "a" * 20_000)["text"][0]) < 8000
    with pytest.raises(ValueError, match="fields"):
        read_query("&".join(f"k{i}=1" for i in range(500)))


@pytest.mark.parametrize("path", ["../pyproject.toml", "..%2f..%2fetc/passwd", "%2e%2e/x", "nothing.json", ""])
def test_nothing_outside_the_folder_is_served(client, path):
    assert client(BASE_URL + path).status_code in (404, 405)


def test_files_are_compressed_and_kept_for_good(client, folder):
    name = next(path.name for path in folder.iterdir() if path.name.startswith("facts"))
    answer = client(BASE_URL + name)
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert len(answer.content) == (folder / name).stat().st_size
    plain = client(BASE_URL + name, accept="identity")
    assert "content-encoding" not in plain.headers
    assert plain.content == answer.content


def test_streamlits_scripts_travel_compressed():
    async def behind(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 418, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    files = CompressedFiles(behind)
    script = max(files.folder.glob("static/js/*.js"), key=lambda path: path.stat().st_size)
    answer = ask(files, f"/static/js/{script.name}")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == script.read_bytes()
    assert len(gzip.compress(answer.content, 6)) < len(answer.content) / 2
    for path in ("/static/../version.py", "/static/%2e%2e/version.py", "/static/js/none.js"):
        assert ask(files, path).status_code == 418
    assert ask(files, f"/static/js/{script.name}", method="POST").status_code == 418


def test_names_and_what_the_filters_leave_are_told(client):
    made = made_address(current_atlas())
    told = client(f"{made}names/ja.json?name=篠山市&name=府中市&name=abcxyz").json()
    assert [(each["text"], each["certain"], len(each["entries"])) for each in told] == [
        ("篠山市", True, 1),
        ("府中市", False, 2),
        ("abcxyz", False, 0),
    ]
    assert all(each["message"] for each in told)
    assert client(f"{made}names/xx.json?name=篠山市").status_code == 404
    left = client(f"{made}filtered.json?prefecture=31&map=7/35/134").json()
    assert left
    assert all(code.startswith("31") for code in left)


@pytest.mark.parametrize(
    "query", ["", "theme=DX&prefecture=10", "indicator=projected_population&date=2030&lang=en", "code=99999&theme=<b>"]
)
def test_the_maps_state_is_made_of_the_query_alone(client, query):
    answer = client(f"{made_address(current_atlas())}state.json?{query}")
    state, _ = from_query(current_atlas(), read_query(query))
    assert answer.json() == json.loads(json.dumps(map_state(current_atlas(), state)))
    assert "immutable" in answer.headers["cache-control"]
    assert len(gzip.compress(answer.content, 5)) <= 5_000
    plain = client(f"{made_address(current_atlas())}state.json?{query}", accept="identity")
    assert plain.content == answer.content


def test_a_state_is_made_once_for_all_visitors(client, monkeypatch):
    address = f"{made_address(current_atlas())}state.json?theme=DX&year=2011"
    first = client(address).content
    monkeypatch.setattr("renkei.page.made_answers.map_state", None)
    assert client(address).content == first


def test_who_asked_for_no_file_has_no_place(client):
    assert client("/renkei/place").json() == {"ahead": -1}


def test_too_long_a_query_of_a_state_is_no_state(client):
    many = "&".join(f"k{i}=1" for i in range(500))
    assert client(f"{made_address(current_atlas())}state.json?{many}").status_code == 404


def test_series_and_figures_are_made_when_asked_for(client):
    made = made_address(current_atlas())
    series = client(f"{made}series/ja/projected_population.json?scheme=quantile").json()
    assert series["dates"][0] == "2020"
    figures = client(f"{made}figures/ja/share_65/2025-01-01/municipality.json")
    assert len(figures.json()) == 1741
    assert "immutable" in figures.headers["cache-control"]
    other = client("/renkei/made/another/figures/ja/share_65/2025-01-01/municipality.json")
    assert other.headers["cache-control"] == "no-store"
    for wrong in (
        "series/xx/share_65.json",
        "series/ja/nope.json",
        "series/ja/share_65.json?scheme=nope",
        "figures/ja/share_65/1800/municipality.json",
        "figures/ja/share_65/2025-01-01/nope.json",
        "figures/ja/share_65/2025-01-01/since-1800.json",
        "figures/ja/%3Cb%3E/x/y.json",
        "",
    ):
        assert client(made + wrong).status_code == 404, wrong


@pytest.mark.parametrize(
    ("name", "query", "start"),
    [
        ("cases.geojson", {}, b"{"),
        ("table.csv", {"prefecture": ["10"]}, b"\xef\xbb\xbf"),
        ("ties.xlsx", {}, b"PK"),
        ("networks.csv", {}, b"\xef\xbb\xbf"),
        ("blocs.csv", {"lang": ["en"]}, b"\xef\xbb\xbf"),
        ("indicators.xlsx", {"prefecture": ["10"]}, b"PK"),
        ("place.pdf", {"code": ["13382"]}, b"%PDF"),
        ("map.html", {"code": ["10444"]}, b"<!DOCTYPE html>"),
        ("slide.png", {"extent": ["138.4,36.1,139.7,37.0"]}, b"\x89PNG"),
        ("portrait.pdf", {"extent": ["138.4,36.1,139.7,37.0"], "code": ["10000"]}, b"%PDF"),
    ],
)
def test_files_of_what_is_shown(folder, name, query, start):
    content, kept, kind = made_output(ATLAS, folder, name, query)
    assert content.startswith(start)
    assert kept.startswith("renkei_")
    assert kind
    assert unquote(attachment(kept)).endswith(kept)


def test_what_cannot_be_made_is_said_or_not_found(client, folder):
    made = made_address(current_atlas())
    answer = client(f"{made}output/table.csv?text=%E3%81%82%E3%82%8A%E3%81%88%E3%81%AA%E3%81%84%E8%AA%9E")
    assert (answer.status_code, answer.text) == (400, word("no_rows", "ja"))
    assert client(f"{made}output/place.pdf").status_code == 400
    for wrong in ("x.exe", "sheet.svg", "nope.png", "..pdf", "place.png"):
        with pytest.raises((KeyError, RenkeiError)):
            made_output(ATLAS, folder, wrong, {})
        assert client(f"{made}output/{wrong}").status_code in (400, 404)


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "a,b,c,d", "139,37,138,36", "0,0,1,1", "nan,1,2,3", "1e999,0,0,0", "138,36,139,37,1"]
)
def test_a_window_that_is_none_is_left_out(text):
    assert read_extent(text) is None


def test_files_are_named_for_what_they_show():
    assert file_stem(PageState(code="10444"), "地図") == "renkei_群馬県川場村_地図"


def test_the_compared_towns_and_chosen_indicators_are_the_table_and_the_file():
    state, notes = from_query(ATLAS, {"with": ["13112-10444-99999-13112"], "columns": ["share_65-nope"]})
    assert notes == []
    assert (state.towns, state.columns) == ("13112-10444", "share_65")
    assert state.to_query(ATLAS) == {"with": ["13112-10444"], "columns": ["share_65"]}
    frame = indicators_frame(ATLAS, state, shown(ATLAS, state.filters))
    assert list(frame.iloc[:, 0]) == ["131121", "104442"]
    assert frame.shape == (2, 3)
    assert from_query(ATLAS, {"with": ["99999"]})[1] == ["with=99999"]


def test_tables_are_those_of_the_page_and_no_cell_is_a_formula():
    state = PageState(code="10000").with_default_date(ATLAS)
    left = shown(ATLAS, state.filters)
    frame = indicators_frame(ATLAS, state, left)
    assert len(frame) == 35
    assert panel_frame(ATLAS, state, left, "table").shape[0] == len(left.cases)
    frame.iloc[0, 1] = "=cmd|' /C calc'!A0"
    text = csv_bytes(frame).decode("utf-8-sig")
    assert "'=cmd" in text
    assert xlsx_bytes(frame).startswith(b"PK")


def test_the_element_can_be_fetched_whole(client):
    parts = json.loads(client("/renkei/element?code=10444").content)
    assert {"head", "html", "style", "scripts", "start", "title"} == set(parts)
    assert client("/renkei/element?" + "&".join(f"k{i}=1" for i in range(500))).status_code == 400


@pytest.mark.slow
@pytest.mark.parametrize("form", ["gpkg", "xlsx", "zip"])
def test_everything_in_one_file(form, folder):
    content, name, kind = made_output(ATLAS, folder, f"all.{form}", {"prefecture": ["47"]})
    assert name.endswith(f"一式.{form}")
    assert content[:4] in (b"SQLi", b"PK\x03\x04")
    assert kind.startswith("application/")
