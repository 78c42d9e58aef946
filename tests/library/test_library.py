"""``import renkei as rk``: quick, complete, documented, private, and never with somebody else's ``geo``."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest

import renkei as rk
from geo.errors import InvalidFilterError, UnknownNameError
from layers.user_folder import UserFolder
from renkei.library import default_atlas as default_room

ROOT = Path(__file__).resolve().parents[2]
TABLES = ("municipalities", "prefectures", "cases", "ties", "networks", "blocs", "organisations", "medical_areas")


@pytest.fixture(autouse=True)
def _the_default_atlas():
    rk.open()


def fresh(code: str, cwd: Path = ROOT, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **more}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", rk.__all__)
def test_every_name_is_there_typed_and_documented(name):
    found = getattr(rk, name)
    told = inspect.getdoc(found)
    assert told
    assert "Examples\n--------" in told, "no runnable example"
    if inspect.isfunction(found):
        signature = inspect.signature(found)
        assert signature.return_annotation is not inspect.Signature.empty
        for each in signature.parameters.values():
            assert each.annotation is not inspect.Parameter.empty, each
            if each.kind is not inspect.Parameter.VAR_KEYWORD:
                assert re.search(rf"\b{each.name}\b", told), f"{each.name} is not explained"


def test_import_is_quick_and_imports_no_pandas():
    ended = fresh("import sys, renkei; print('pandas' in sys.modules, 'streamlit' in sys.modules, len(renkei.__all__))")
    assert ended.stdout.split() == ["False", "False", str(len(rk.__all__))]


@pytest.mark.parametrize("name", ["geo", "layers"])
def test_somebody_elses_package_is_refused_in_one_sentence(name, tmp_path):
    (tmp_path / f"{name}.py").write_text("x = 1\n", encoding="utf-8")
    command = subprocess.run(
        [sys.executable, "-m", "renkei.cli", "--version"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert command.returncode == 1
    assert command.stderr.count("\n") == 1
    assert str(tmp_path / f"{name}.py") in command.stderr
    library = fresh("import renkei", tmp_path)
    assert f"{name}.py は renkei の {name} ではありません" in library.stderr.splitlines()[-1]


def test_a_folder_named_analysis_beside_the_program_is_no_matter(tmp_path):
    (tmp_path / "analysis").mkdir()
    (tmp_path / "analysis" / "__init__.py").write_text("raise SystemExit('mine')", encoding="utf-8")
    assert fresh("import renkei as rk; print(len(rk.prefectures()))", tmp_path).stdout.strip() == "47"


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_private_geo_frames_with_their_sources(name):
    frame = getattr(rk, name)()
    assert isinstance(frame, gpd.GeoDataFrame)
    assert frame.crs.to_epsg() == 6668
    assert frame.geometry.is_valid.all()
    assert frame.attrs["sources"]
    kept = frame.columns.tolist()
    for column in kept:
        del frame[column]
    assert getattr(rk, name)().columns.tolist() == kept


def test_municipalities_carry_indicators_beside_their_dates():
    frame = rk.municipalities("群馬県", indicators=["projected_population"], date="2030", geometry="office")
    assert frame.loc["10444", ["projected_population", "projected_population_date"]].tolist() == [2921, "2030"]
    assert frame.geometry.loc["10444"].x == pytest.approx(139.106667)
    assert rk.municipalities(codes=["10444", "01207"], geometry=None).index.tolist() == ["10444", "01207"]
    with pytest.raises(UnknownNameError):
        rk.municipalities(codes=["99999"])


def test_values_wide_and_long():
    wide = rk.values(["share_65", "projected_population"])
    assert wide.shape == (1741, 2)
    years = rk.values("projected_population", dates="all", codes=["10444"])
    assert years.columns.names == ["indicator", "date"]
    long = rk.values("projected_population", dates=["2030", "2050"], codes=["10444", "07204"], form="long", flags=True)
    assert long[["date", "value", "flag"]].to_numpy().tolist()[0] == ["2030", 2921.0, "projection"]
    assert long.loc[long["code"].eq("07204"), "flag"].tolist() == ["no_data", "no_data"]
    with pytest.raises(ValueError, match="form='long'"):
        rk.values("share_65", flags=True)


def test_filters_take_one_value_or_several_and_refuse_what_is_none():
    assert len(rk.cases(themes=["DX", "防災"])) >= len(rk.cases(theme="DX")) > 0
    with pytest.raises(InvalidFilterError, match="脱炭素"):
        rk.cases(themes="ない")
    with pytest.raises(TypeError, match="themes"):
        rk.cases(colour="red")


def test_ties_are_gathered_by_pair_and_by_prefecture():
    every, pairs, prefectures = rk.ties(), rk.ties(aggregate="pair"), rk.ties(aggregate="prefecture")
    assert pairs["count"].sum() == prefectures["count"].sum() == len(every)
    assert prefectures["from_code"].str.endswith("000").all()
    assert rk.ties(geometry="line").geometry.count_coordinates().eq(2).all()


def test_a_bloc_with_and_without():
    bloc = rk.Bloc("core-city-004")
    more = bloc.with_("01207")
    assert len(more.codes) == len(bloc.codes) + 1
    assert more.without("01207").codes == bloc.codes
    assert bloc.values("census_population").iloc[0] < more.values("census_population").iloc[0]
    series = bloc.series("projected_population")
    assert series.index.tolist() == list(rk.open().indicator("projected_population").dates)
    assert more.outline.area > bloc.outline.area
    with pytest.raises(UnknownNameError):
        rk.Bloc("core-city-999")


def test_what_has_no_rule_is_not_told_of_several():
    with pytest.raises(InvalidFilterError, match="まとめられません"):
        rk.aggregate({"a": ["01207", "01631"]}, "fiscal_capacity")


def test_neighbours_are_symmetric_and_islands_are_tied_to_the_nearest():
    graph, alone = rk.neighbours(), rk.neighbours(islands=None)
    assert graph.n == alone.n == 1741
    assert not len(graph.isolates)
    assert len(alone.isolates) > 10
    assert graph.asymmetry().empty


def test_the_network_of_ties():
    ties = rk.ties(kinds="sister")
    graph = rk.network(ties)
    assert isinstance(graph, nx.MultiGraph)
    assert graph.number_of_edges() == len(ties)
    assert all(data["distance_km"] > 0 for _, _, data in graph.edges(data=True))


def test_distances_are_geodesic():
    frame = rk.distances(["13112", "10444"], ["10444", "47201"])
    assert frame.shape == (2, 2)
    assert frame.loc["10444", "10444"] == 0
    assert np.isfinite(frame).all().all()


@pytest.mark.slow
@pytest.mark.parametrize(
    "shown",
    [
        None,
        {"theme": "DX", "indicator": "share_65", "unit": "core_city"},
        pd.Series([1.0, 2.0, np.nan], index=["10444", "01207", "13112"], name="<script>alert(1)</script>"),
    ],
)
def test_a_map_in_a_notebook_asks_for_nothing(shown):
    text = rk.explore(shown).get_root().render()
    fetched = re.findall(r"""(?:src|<link[^>]*href)=["'](http[^"']*)|url\((["']?http[^)]*)\)|@import""", text)
    assert fetched == []
    assert "L.map(" in text
    assert "<script>alert" not in text


def test_an_own_folder_is_the_default_from_then_on(tmp_path):
    folder = UserFolder(tmp_path)
    lines = (ROOT / "data" / "cases" / "documents.csv").read_text(encoding="utf-8").replace("内閣府", "試験")
    folder.write({"cases/documents.csv": lines.encode()})
    atlas = rk.open(tmp_path)
    assert default_room.default_atlas() is atlas
    folder.write({"cases/documents.csv": None})
    assert default_room.default_atlas() is not atlas, "a changed folder is a new snapshot"
    assert atlas.documents()["publisher"].str.contains("試験").any()


def test_no_room_hides_a_name():
    rooms = {path.stem for path in (ROOT / "renkei").iterdir()}
    assert not rooms & set(rk.__all__)
