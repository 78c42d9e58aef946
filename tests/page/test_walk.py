"""A seeded walk through sessions and addresses without a browser: most steps of the walk in ``tests/chromium/test_walk.py``.

Streamlit's AppTest draws the page, presses what stands on card and drawer, takes files of one's own; the server's routes
answer the first document, the element, files and series at the same address. ``RENKEI_WALK`` steps in all (300), of which
two thirds are gone here; ``RENKEI_SEED`` is the seed of the first leg. Each leg is a session and a seed of its own.
"""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from renkei.browser.addresses import made_address
from renkei.browser.map_state import shown
from renkei.page.current_atlas import current_atlas
from renkei.page.server import server_parts
from renkei.present.page_state import from_query
from tests.random_address import HOSTILE, hostile_query, random_query, written
from tests.shared_atlas import ATLAS
from tests.trust.hostile_files import FILES

from .asgi_client import ask

SCRIPT = Path(__file__).resolve().parents[2] / "streamlit_app.py"
STEPS = int(os.environ.get("RENKEI_WALK", "300")) * 2 // 3
FIRST_SEED = int(os.environ.get("RENKEI_SEED", "1"))
LEG = 100
"""Steps of one session."""
SEEDS = range(FIRST_SEED, FIRST_SEED + -(-STEPS // LEG))
QUICK_FILES = ("cases.geojson", "partnerships.geojson", "blocs.geojson", "table.csv", "ties.xlsx", "networks.csv")
TABLE = "令和6年度 調査\n自治体,導入率（％）,件数\n川場村,12.5,3\n帯広市,40,1\n府中市,3,2\nどこか村,1,x\n"
UPLOADS = {"own.csv": TABLE.encode(), "own-cp932.csv": TABLE.encode("cp932")} | {
    name: content
    for name, content in FILES.items()
    if len(content) < 1_000_000 and name.rpartition(".")[2] in ("csv", "xlsx", "xls", "json")
}
ROUTES = ("/", "/renkei/element", "/app/static/", "/renkei/made/")
WRONG = (
    "/..%2f..%2fetc/passwd",
    "/%00",
    "/series/ja/none.json",
    "/output/none.exe",
    "/figures/ja/x/y/z.json",
    "/" + "x" * 3000,
)


class Session:
    """One visitor: the page as AppTest draws it, and the server's routes at the same address."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.page = AppTest.from_file(SCRIPT, default_timeout=20).run()

    def message(self) -> dict[str, Any]:
        """Return what the browser was told last."""
        return dict(orjson.loads(self.page.get("bidi_component")[0].proto.json)["said"])

    def painted(self) -> dict[str, Any]:
        """Return the map's state that the browser asks for then."""
        said = self.message()
        return dict(self.client(f"{said['made']}state.json{written(said['query'])}").json())

    def follow(self, query: dict[str, list[str]]) -> None:
        self.page.query_params.clear()
        for key, values in query.items():
            self.page.query_params[key] = values
        self.page.run()


def follow_link(session: Session, draw: random.Random) -> str:
    query = random_query(draw) if draw.random() < 0.6 else hostile_query(draw)
    session.follow(query)
    return f"address {written(query)}"


def pull_up_table(session: Session, draw: random.Random) -> str:
    panel = draw.choice(
        ["own", "own", "table", "ties", "networks", "blocs", "indicators", "themes", "analysis", "sources"]
    )
    session.follow({**session.message()["query"], "panel": [panel]})
    return f"panel {panel}"


def press(session: Session, draw: random.Random) -> str:
    """Use something of card and drawer."""
    page = session.page
    offered = [
        each for kind in ("button", "selectbox", "toggle", "checkbox", "button_group") for each in getattr(page, kind)
    ]
    offered = [each for each in offered if not getattr(each, "disabled", False)]
    if not offered:
        return "nothing to press"
    chosen = draw.choice(offered)
    match chosen.type:
        case "button":
            chosen.click().run()
        case "selectbox":
            chosen.select_index(draw.randrange(len(chosen.options))).run()
        case "toggle" | "checkbox":
            chosen.set_value(not chosen.value).run()
        case _:
            chosen.set_value(draw.choice(chosen.options)).run()
    return f"press {chosen.type} {chosen.key}"


def upload(session: Session, draw: random.Random) -> str:
    if not session.page.file_uploader:
        pull_up_table(session, random.Random(0))
        session.follow({**session.message()["query"], "panel": ["own"]})
    name = draw.choice(["own.csv", "own-cp932.csv", *UPLOADS])
    session.page.file_uploader[0].set_value((name, UPLOADS[name], "text/csv")).run()
    return f"upload {name}"


def ask_server(session: Session, draw: random.Random) -> str:
    """Ask for the first document, the element or a file at the address, or for what there is not."""
    query = written(session.message()["query"] if draw.random() < 0.5 else hostile_query(draw))
    made = made_address(current_atlas())
    address = draw.choice(
        ["/", "/renkei/element", *(f"{made}output/{name}" for name in QUICK_FILES), f"{made}series/ja/share_65.json"]
    )
    answer = session.client(address + query)
    allowed = (200,) if address in ("/", "/renkei/element") else (200, 400, 404)
    assert answer.status_code in allowed, (address, query, answer.status_code)
    assert b"Traceback" not in answer.content, (address, query)
    assert b"<b>" not in answer.content if "geojson" not in address and "series" in address else True
    return f"ask {address}{query}"


def ask_for_nothing(session: Session, draw: random.Random) -> str:
    address = draw.choice(ROUTES).rstrip("/") + draw.choice(WRONG) + "?" + quote(draw.choice(HOSTILE), errors="replace")
    answer = session.client(address)
    assert answer.status_code in (307, 400, 404, 405), (address, answer.status_code)
    assert b"Traceback" not in answer.content, address
    return f"ask {address[:80]}"


STEPS_AND_WEIGHTS = {follow_link: 8, pull_up_table: 3, press: 9, upload: 2, ask_server: 2, ask_for_nothing: 1}


def assert_sound(session: Session, story: object) -> None:
    page = session.page
    assert not page.exception, (story, [each.value for each in page.exception])
    assert not any("rk-error" in each.proto.body for each in page.get("html")), story
    query = session.message()["query"]
    if any(value.startswith("own_") for values in query.values() for value in values):
        return
    state, notes = from_query(ATLAS, query)
    assert notes == [], story
    assert state.to_query(ATLAS) == query, story
    assert page.session_state["renkei-choices"].state == state, story
    left = shown(ATLAS, state.filters)
    map_state = session.painted()
    assert map_state["query"] == query, story
    painted = {key: map_state[key].count("1") for key in ("cases", "ties")}
    known = {"cases": len(left.cases), "ties": len(left.ties)}
    if session.message()["made"] == made_address(current_atlas()):
        assert painted == known, story
    else:  # a session with facts of its own beside the register's
        assert all(painted[key] >= known[key] for key in known), story


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    parts = server_parts(tmp_path_factory.mktemp("static"))
    app = Starlette(routes=parts["routes"], middleware=parts["middleware"])
    return lambda address: ask(app, address)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_walk_without_a_browser_breaks_nothing(client, seed):
    draw = random.Random(seed)
    session = Session(client)
    done: list[str] = []
    for number in range(min(LEG, STEPS - (seed - FIRST_SEED) * LEG)):
        act = draw.choices([*STEPS_AND_WEIGHTS], [*STEPS_AND_WEIGHTS.values()])[0]
        done.append(f"{number}. {act.__name__}")
        done[-1] = f"{number}. {act(session, draw)}"
        assert_sound(session, (seed, done[-6:]))
    print(f"seed {seed}: {len(done)} steps")
