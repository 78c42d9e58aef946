"""The recipes of CONTRIBUTING.md, done in a copy: what one module adds is there everywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]

KIND = '''"""Twinned harbours, an example."""

from __future__ import annotations

import pandas as pd
import shapely

from geo.measure import party_point
from layers.kinds.kind import Column, Kind


def _read(tables):
    return pd.DataFrame(
        {
            "id": ["harbour-1"],
            "name": ["試験港"],
            "member_codes": [("47201",)],
            "prefecture_codes": [("47",)],
            "themes": [("観光",)],
            "programme": ["register-ties"],
            "source": ["試験"],
            "evidence": ["試験"],
        }
    )


KIND = Kind(
    "harbours",
    "港",
    "Harbours",
    90,
    _read,
    (Column("id", "ID", "ID"), Column("name", "名称", "Name"), Column("source", "出典", "Source")),
    lambda row: shapely.MultiPoint([party_point(code) for code in row["member_codes"]]),
    "MultiPoint",
    "#0e7490",
    "circle",
    year="",
    searched=("name",),
)
'''
FILTER = '''"""By the length of a fact's id, an example."""

from layers.filters.choice import FilterChoice

FILTER = FilterChoice(
    "length",
    "lengths",
    90,
    "IDの長さ",
    "Length of id",
    "ID の長さ",
    lambda _, written: int(str(written)),
    lambda _, __, frame, values: [len(each) in values for each in frame["id"]],
    lambda _, value, language: str(value),
    sorted=True,
)
'''
FORMAT = '''"""Lines of names, an example."""

from renkei.exchange.formats import Format


def write(layers):
    return "\\n".join(str(each) for layer in layers for each in layer.frame["name"]).encode()


FORMAT = Format("names", ".names", "名前", "Names", "text/plain", write)
'''


@pytest.fixture
def copy(tmp_path):
    """A copy of the code beside the data, and a way to run Python in it."""
    for name in ("geo", "layers", "renkei"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "data").symlink_to(ROOT / "data")
    before = {path.relative_to(tmp_path) for path in tmp_path.rglob("*.py")}

    def run(code: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(tmp_path), "RENKEI_DATA": str(tmp_path / "own")}
        ended = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    yield tmp_path, run
    added = {path.relative_to(tmp_path) for path in tmp_path.rglob("*.py")} - before
    assert len(added) == 1, "one module, no more"


def test_a_kind_of_fact_is_one_module(copy):
    folder, run = copy
    (folder / "layers" / "kinds" / "harbours.py").write_text(KIND, encoding="utf-8")
    out = run(
        "import json, sys\n"
        "from renkei.atlas import Atlas\n"
        "from renkei.cli import main\n"
        "from renkei.present.layer_files import export, layer_ids\n"
        "from renkei.present.page_state import from_query\n"
        "from layers.filters import Filters\n"
        "atlas = Atlas.open()\n"
        "print('harbours' in layer_ids())\n"
        "print(len(Filters.from_values(atlas.tables, text='試験港').apply(atlas.tables, 'harbours')))\n"
        "print(len(Filters.from_values(atlas.tables, themes=['DX']).apply(atlas.tables, 'harbours')))\n"
        "view, _ = from_query(atlas, {'prefecture': ['47']})\n"
        "print(json.loads(export(atlas, 'harbours', 'geojson', view))['features'][0]['properties']['name'])\n"
        "print(main(['export', 'harbours', '-o', 'x.gpkg', '--quiet']))\n"
    )
    assert out.split() == ["True", "1", "0", "試験港", "0"]
    assert (folder / "x.gpkg").is_file()


def test_a_filter_is_one_module(copy):
    folder, run = copy
    (folder / "layers" / "filters" / "length.py").write_text(FILTER, encoding="utf-8")
    out = run(
        "from renkei.atlas import Atlas\n"
        "from renkei.present.describe import describe\n"
        "from renkei.present.page_state import from_query\n"
        "import renkei as rk\n"
        "atlas = Atlas.open()\n"
        "view, notes = from_query(atlas, {'length': ['11']})\n"
        "print(view.filters.lengths, notes, view.to_query(atlas)['length'])\n"
        "print(set(view.filters.apply(atlas.tables, 'ties')['id'].str.len()), len(rk.ties(lengths=11)) > 0)\n"
        "print(describe(atlas, view).split('。')[0])\n"
    )
    assert out.splitlines() == ["(11,) [] ['11']", "{11} True", "絞り込み：IDの長さ＝11"]


def test_an_export_format_is_one_module_and_its_name(copy):
    folder, run = copy
    (folder / "renkei" / "exchange" / "formats" / "names.py").write_text(FORMAT, encoding="utf-8")
    listed = folder / "renkei" / "exchange" / "formats" / "__init__.py"
    listed.write_text(listed.read_text(encoding="utf-8").replace('"bundle")', '"bundle", "names")'), encoding="utf-8")
    run("from renkei.cli import main; raise SystemExit(main(['export', 'medical', '-o', 'x.names', '--quiet']))")
    assert "南渡島" in (folder / "x.names").read_text(encoding="utf-8").splitlines()
