"""The browser's modules under Node: types, lint, and the pure model on vectors that Python writes.

Skipped, with the reason, on a machine without Node or without the checkers (``npm ci``).
"""

from __future__ import annotations

import json
import math
import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest
import shapely

from geo.codes import PREFECTURES
from geo.measure import offices_within, party_point
from layers.filters import Filters
from layers.themes import THEMES
from renkei.browser.backgrounds import series
from renkei.browser.map_facts import facts_of
from renkei.browser.map_state import map_state
from renkei.present.area_codes import written_area
from renkei.present.page_state import LAYERS, PageState, defaults, from_query, read_breaks
from tests.shared_atlas import ATLAS, TABLES

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="no Node on this machine (Debian: apt-get install nodejs)")


def checker(name: str) -> str:
    path = ROOT / "node_modules" / ".bin" / name
    if not path.exists():
        pytest.skip(f"no {name} here (npm ci)")
    return str(path)


def run(*command: str, **environment: str) -> None:
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]


@needs_node
def test_types_hold():
    run(checker("tsc"), "--project", "tsconfig.json")


@needs_node
def test_lint_is_clean():
    run(checker("biome"), "lint", "--error-on-warnings", "renkei/browser/script", "tests/browser")


CHOSEN = ("code", "bloc", "tie", "network", "area")


def random_filters(draw: random.Random) -> Filters:
    return Filters.from_values(
        TABLES,
        themes=[theme.name for theme in draw.sample(THEMES, draw.randint(0, 3))],
        prefectures=draw.sample(list(PREFECTURES), draw.randint(0, 3)),
        tiers=draw.sample(["document", "official", "secondary"], draw.randint(0, 2)),
        years=draw.sample([1981, 2011, 2018, 2022], draw.randint(0, 2)),
        kinds=draw.sample(["sister", "disaster", "forum", "exchange"], draw.randint(0, 2)),
        programmes=draw.sample(["dispatch-r4", "core-city"], draw.randint(0, 1)),
        text=draw.choice(["", "", "市", "協定"]),
    )


def filter_vectors(draw: random.Random) -> list[dict]:
    """Return filters with the marks that the server makes."""
    found = []
    for _ in range(60):
        state = PageState(filters=random_filters(draw)).with_default_date(ATLAS)
        answer = map_state(ATLAS, state)
        kept = ("query", "cases", "ties", "blocs", "networks", "rest", "shown")
        found.append({key: answer[key] for key in kept})
    return found


def query_vectors(draw: random.Random) -> list[dict]:
    """Return a query, a change and the query after it, as the server reads and writes them."""
    changes = [
        {"indicator": "share_65"},
        {"indicator": "population_change_2020_2050"},
        {"scheme": "quantile"},
        {"scheme": "auto"},
        {"show": list(LAYERS[:2])},
        {"show": []},
        {"code": "10444"},
        {"bloc": "core-city-001"},
        {"area": "01207631-10444"},
        {"panel": "ties"},
        {"panel": ""},
        {"theme": ["DX", "防災"]},
        {"text": "公共交通"},
        {"second": "share_65"},
    ]
    found = []
    for _ in range(60):
        state = PageState(
            filters=random_filters(draw),
            indicator_id=draw.choice(["projected_population", "share_65", "fit_solar_kw"]),
            scheme=draw.choice(["auto", "equal"]),
            code=draw.choice(["", "13112", "10000"]),
            panel=draw.choice(["", "table"]),
        ).with_default_date(ATLAS)
        before = state.to_query(ATLAS)
        for change in draw.sample(changes, 4):
            after = dict(before)
            if change.get("code") or change.get("bloc") or change.get("area"):
                after = {key: value for key, value in after.items() if key not in CHOSEN}
            if "indicator" in change:
                after = {key: value for key, value in after.items() if key != "date"}
            after |= {key: (value if isinstance(value, list) else [value]) or ["none"] for key, value in change.items()}
            read, _ = from_query(ATLAS, after)
            found.append({"before": before, "change": change, "after": read.to_query(ATLAS)})
    return found


def area_vectors(draw: random.Random) -> list[dict]:
    """Return drawn rings with the municipalities that lie in them, and how an address holds these."""
    found: list[dict] = []
    offices = shapely.points([party_point(code) for code in ATLAS.municipalities().index])
    while len(found) < 30:
        lon, lat, size = draw.uniform(128, 145), draw.uniform(31, 45), draw.uniform(0.05, 3)
        turns = sorted(draw.uniform(0, 2 * math.pi) for _ in range(draw.randint(3, 40)))
        reach = [size * draw.uniform(0.3, 1) for _ in turns]
        ring = [
            (round(lon + far * math.cos(turn), 6), round(lat + far * math.sin(turn), 6))
            for turn, far in zip(turns, reach, strict=True)
        ]
        shape = shapely.Polygon(ring)
        # A line that crosses itself has no one shape; the browser's offices are rounded to about ten metres.
        if not shape.is_valid or shapely.dwithin(shape.boundary, offices, 0.0001).any():
            continue
        inside = offices_within(shape)
        found.append({"ring": ring, "inside": inside, "written": written_area(inside)})
    return found


def foretold_vectors() -> list[dict]:
    """Return an answer, the query wished for, and the answer that the server then gives."""
    found = []
    for first, then in (
        ({}, {"indicator": ["share_65"]}),
        ({"indicator": ["projected_population"]}, {"indicator": ["projected_population"], "date": ["2030"]}),
        ({"theme": ["DX"]}, {"theme": ["DX"], "prefecture": ["10"], "indicator": ["fit_solar_kw"]}),
        ({"scheme": ["quantile"]}, {"scheme": ["equal"]}),
        ({}, {"unit": ["core_city"], "indicator": ["share_65"]}),
        ({}, {"scheme": ["manual"], "breaks": ["-50,-20,0"]}),
    ):
        states = [from_query(ATLAS, query)[0] for query in (first, then)]
        answers = [map_state(ATLAS, state) for state in states]
        wished = states[1]
        of = series(ATLAS, wished.indicator_id, "ja", wished.scheme, wished.unit, wished.breaks)
        found.append({"answer": answers[0], "query": answers[1]["query"], "series": of, "expected": answers[1]})
    return found


BREAKS = (
    "10、20、30",
    "10 20.5\u3000３０",
    "−5％, 0%; 1e3",
    "",
    "30、20",
    "10、10",
    "nan",
    "1、inf",
    "<b>",
    "1、2、3、4、5、6、7、8、9",
)


@pytest.fixture(scope="module")
def vectors(tmp_path_factory):
    draw = random.Random(20261126)
    path = tmp_path_factory.mktemp("vectors") / "vectors.json"
    content = {
        "facts": facts_of(ATLAS),
        "defaults": defaults(),
        "filters": filter_vectors(draw),
        "queries": query_vectors(draw),
        "foretold": foretold_vectors(),
        "areas": area_vectors(draw),
        "breaks": [[text, list(read_breaks(text))] for text in BREAKS],
    }
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


@needs_node
def test_the_pure_model_agrees_with_the_server(vectors):
    tests = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "browser").glob("*.test.mjs"))
    assert tests
    run(str(NODE), "--test", *tests, RENKEI_VECTORS=str(vectors))
