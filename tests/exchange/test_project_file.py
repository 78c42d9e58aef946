import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError, RenkeiError
from renkei.exchange.column_roles import ROLE_NAMES
from renkei.exchange.escaping import plain_cell
from renkei.exchange.own_kinds import KIND_NAMES
from renkei.exchange.project_file import Project, ProjectTable, read_project, write_project

TEXT = st.text(max_size=12).map(plain_cell)


@st.composite
def tables(draw):
    width = draw(st.integers(0, 4))
    line = st.lists(TEXT, min_size=width, max_size=width).map(tuple)
    return ProjectTable(
        draw(TEXT),
        draw(line),
        tuple(draw(st.lists(st.sampled_from(sorted(ROLE_NAMES)), min_size=width, max_size=width))),
        tuple(draw(st.lists(st.tuples(st.integers(1, 10**6), line), max_size=4))),
        draw(st.dictionaries(st.sampled_from(["4", "5:府中市"]), st.sampled_from(["10444", "13206"]), max_size=3)),
        draw(st.sampled_from(sorted(KIND_NAMES))),
        draw(st.sampled_from(["", "point", "area"])),
        draw(st.dictionaries(st.integers(1, 99), TEXT, max_size=2)),
    )


PROJECTS = st.builds(
    Project,
    st.dictionaries(TEXT, st.lists(TEXT, max_size=3).map(tuple), max_size=3),
    st.lists(tables(), max_size=2).map(tuple),
    st.dictionaries(TEXT, TEXT, max_size=3),
    st.just("2026-11-26"),
)


@given(PROJECTS)
def test_what_is_saved_is_what_is_opened(project):
    assert read_project(write_project(project), "a.renkei.json") == project


def damaged(**changes):
    made = json.loads(
        write_project(Project({}, (ProjectTable("a", ("x",), ("name",), ((2, ("川場村",)),)),), {}, "2026"))
    )
    return json.dumps({**made, **changes}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b'{"format": "x"}',
        damaged(version=2),
        damaged(version=None),
        damaged(view=[]),
        damaged(tables={}),
        damaged(tables=[1]),
        damaged(tables=[{}]),
        damaged(data=None),
        damaged(written=3),
        damaged(tables=[{"name": "a", "header": ["x"], "roles": ["nonsense"], "rows": [], "decisions": {}}]),
        damaged(tables=[{"name": "a", "header": ["x"], "roles": ["name"], "rows": [[2, "a", "b"]], "decisions": {}}]),
        damaged(tables=[{"name": "a", "header": ["x"], "roles": ["name"], "rows": [[]], "decisions": {}}]),
        damaged(tables=[{"name": "a", "header": ["x"], "roles": ["name"], "rows": [[True, "a"]], "decisions": {}}]),
        damaged(tables=[{"name": "a", "header": ["x"], "roles": ["name"], "rows": [], "decisions": {"x": "1"}}]),
    ],
)
def test_a_damaged_file_is_one_sentence(content):
    with pytest.raises(DataError, match=r"a\.renkei\.json"):
        read_project(content, "a.renkei.json")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    with contextlib.suppress(RenkeiError):
        read_project(content, "a.renkei.json")
