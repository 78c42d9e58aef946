"""A kind of fact is one module: everything else iterates over the registry, and an unknown kind is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pandera.pandas as pa
import pytest
import shapely

import layers.kinds
from geo.codes import PREFECTURES
from geo.errors import InvalidFilterError
from geo.gazetteer import municipalities
from layers.completeness import completeness
from layers.filters import FILTERS, Filters
from layers.kinds import find_kind, kind_of_layer, kinds
from layers.kinds.kind import codes_of
from layers.tables import Tables, rows
from layers.user_folder import UserFolder
from renkei.present.layer_files import layer_ids
from renkei.present.page_state import LAYERS
from tests.shared_atlas import TABLES

KINDS = {kind.id: kind for kind in kinds()}
PARTIES = {*municipalities().index, *(f"{code}000" for code in PREFECTURES)}
LONGEST_MODULE = 60


@pytest.mark.parametrize("identifier", KINDS)
def test_a_kind_keeps_to_what_it_says(identifier):
    kind = KINDS[identifier]
    frame = kind.read(TABLES)
    assert frame["id"].is_unique
    assert len(frame)
    first = rows(frame)[0]
    for column in kind.columns:
        column.cell(TABLES, first)
    for row in rows(frame)[::7]:
        assert set(codes_of(row)) <= PARTIES
        shape = kind.shape(row)
        assert shapely.is_valid(shape)
        assert not shape.is_empty
        assert kind.geometry_type.removeprefix("Multi") in shape.geom_type
    if kind.filtered:
        assert {"themes", "prefecture_codes"} <= set(frame)
    if kind.year:
        assert kind.year in frame
    assert set(kind.searched) <= set(frame)


@pytest.mark.parametrize("identifier", KINDS)
def test_the_source_tables_match_their_schema(identifier):
    kind = KINDS[identifier]
    frame = kind.read(TABLES)
    own = [each for each in kind.columns if each.pattern and each.value is None and each.name in frame]
    checks = {each.name: pa.Column(checks=pa.Check.str_matches(f"^(?:{each.pattern})$")) for each in own}
    pa.DataFrameSchema({"id": pa.Column(unique=True), **checks}).validate(frame, lazy=True)


def test_a_kind_is_one_short_module():
    folder = Path(layers.kinds.__path__[0])
    for path in folder.glob("*.py"):
        if path.stem not in ("kind", "columns"):
            assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE, path.name


@pytest.mark.parametrize("name", ["", "roads", "partnership", "blocs2", "<img>"])
def test_an_unknown_kind_is_refused(name):
    with pytest.raises(InvalidFilterError, match="事例"):
        find_kind(name)
    with pytest.raises(InvalidFilterError):
        Filters().apply(TABLES, name)


def test_an_unknown_kind_in_the_table_of_completeness_is_no_bloc(tmp_path):
    folder = UserFolder(tmp_path)
    content = TABLES.path("cases", "completeness.csv").read_text(encoding="utf-8")
    folder.write({"cases/completeness.csv": content.replace(",blocs,", ",roads,", 1).encode()})
    with pytest.raises(InvalidFilterError, match="roads"):
        completeness(Tables.open(tmp_path))


def test_every_layer_of_the_map_is_of_a_kind():
    assert {layer for layer in LAYERS if kind_of_layer(layer) is None} == {"tiles"}


def test_the_registry_does_the_rest():
    assert set(layer_ids()) >= {"municipalities", *KINDS}
    assert {"organisations", "members"} <= set(KINDS), "held before, shown nowhere"


@pytest.mark.parametrize("each", FILTERS, ids=lambda each: each.key)
@pytest.mark.parametrize("identifier", KINDS)
def test_every_filter_asks_every_kind(each, identifier):
    if not KINDS[identifier].filtered:
        return
    value = each.options(TABLES)[0] if not each.single and each.options(TABLES) else "川場村"
    value = int(value) if each.key == "year" else value
    filters = Filters(**{each.field: value if each.single else (value,)})
    left = filters.apply(TABLES, identifier)
    assert len(left) <= len(KINDS[identifier].read(TABLES))
    assert each.said(TABLES, value, "ja")
    assert each.said(TABLES, value, "en")


def test_no_room_names_the_kinds_one_by_one():
    root = Path(__file__).resolve().parents[2]
    triple = re.compile(r"[\"']cases[\"'].{0,40}[\"'](?:ties|partnerships)[\"'].{0,40}[\"']blocs[\"']")
    rooms = ("layers", "renkei/exchange", "renkei/present")
    found = {
        path.relative_to(root).as_posix()
        for room in rooms
        for path in (root / room).rglob("*.py")
        if path.parent.name != "kinds" and triple.search(path.read_text(encoding="utf-8"))
    }
    # The page's state says in which order layers stand at first; a planner's tables are read each in its own way.
    assert found <= {"renkei/present/page_state.py", "renkei/exchange/own_kinds.py"}
