"""A planner's own files on the page: dropped, looked at, shown, decided, taken out, saved; hostile ones a sentence."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from renkei.browser.addresses import snapshot_name
from renkei.browser.map_facts import map_facts
from renkei.exchange.project_file import read_project
from renkei.page.own.panel import saved_project
from renkei.page.own.session import KEY, own_atlas_named, session_atlas
from tests.shared_atlas import ATLAS

ROOT = Path(__file__).resolve().parents[2]
TABLE = "令和6年度 調査\n自治体,導入率（％）\n川場村,12.5\n帯広市,40\n府中市,3\nどこか村,1\n"
TIES = "自治体名,相手自治体,締結日,種類\n世田谷区,川場村,昭和56年12月,縁組協定\n世田谷区,十日町市,平成20年,災害協定\n世田谷区,府中市,,交流\n"
POINTS = b"""{"type":"FeatureCollection","features":[
 {"type":"Feature","properties":{"name":"\xe9\x81\x93\xe3\x81\xae\xe9\xa7\x85"},"geometry":{"type":"Point","coordinates":[139.1,36.7]}},
 {"type":"Feature","properties":{"name":"x"},"geometry":{"type":"Point","coordinates":[36.7,139.1]}}]}"""


def panel():
    from renkei.page.choices import current  # noqa: PLC0415 - a script of its own
    from renkei.page.current_atlas import current_atlas  # noqa: PLC0415 - a script of its own
    from renkei.page.own.panel import own_view  # noqa: PLC0415 - a script of its own
    from renkei.page.own.session import session_atlas  # noqa: PLC0415 - a script of its own

    atlas = session_atlas(current_atlas())
    kept = current(atlas)
    own_view(atlas, kept.state)


@pytest.fixture
def app():
    return AppTest.from_function(panel, default_timeout=120).run()


def dropped(app, *files):
    app.file_uploader[0].set_value([(name, content, "text/csv") for name, content in files]).run()
    assert not app.exception
    return app


def told(app):
    return "\n".join(each.value for each in app.markdown)


def state(app):
    return app.session_state["renkei-choices"].state


def test_nothing_yet_says_what_is_needed(app):
    assert not app.exception
    assert "団体コード" in app.info[0].value


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16"])
def test_a_table_is_previewed_and_painted(app, encoding):
    dropped(app, ("own.csv", TABLE.encode(encoding)))
    assert "一致 **2**" in told(app)
    assert "見つからない **1**" in told(app)
    app.button(key="own-paint-1-1").click().run()
    assert not app.exception
    assert state(app).indicator_id == "own_1_1"


def test_an_ambiguous_row_is_decided_by_hand(app):
    dropped(app, ("own.csv", TABLE.encode()))
    app.selectbox(key="own-choice-1-5").select("13206").run()
    assert not app.exception
    assert "選んだ自治体 **1**" in told(app)


def test_ties_are_shown_about_the_one_they_are_of_and_a_partner_is_decided_by_hand(app):
    dropped(app, ("ties.csv", TIES.encode()))
    assert app.selectbox(key="own-kind-1").value == "ties"
    app.button(key="own-show-1").click().run()
    assert state(app).code == "13112"
    app.button(key="own-only-1").click().run()
    assert state(app).filters.programmes == ("own-1",)
    app.selectbox(key="own-choice-1-4:府中市").select("34208").run()
    assert not app.exception
    facts = app.session_state[KEY].files[0].table.facts
    assert [fact.codes for fact in facts] == [("13112", "10444"), ("13112", "15210"), ("13112", "34208")]


def test_several_files_are_a_list_with_one_step_back(app):
    dropped(app, ("own.csv", TABLE.encode()), ("p.geojson", POINTS), ("own.csv", TABLE.encode()))
    assert [each.kind for each in app.session_state[KEY].files] == ["indicator", "points"]
    assert "もう読み込んであります" in app.warning[0].value
    app.button(key="own-remove-2").click().run()
    assert [each.number for each in app.session_state[KEY].files] == [1]
    app.button(key="own-put-back").click().run()
    assert [each.number for each in app.session_state[KEY].files] == [1, 2]


def test_another_kind_and_another_role_in_one_choice_each(app):
    dropped(app, ("ties.csv", TIES.encode()))
    app.selectbox(key="own-kind-1").select("cases").run()
    assert {fact.table for fact in app.session_state[KEY].files[0].table.facts} == {"cases"}
    app.selectbox(key="own-kind-1").select("ties").run()
    app.selectbox(key="own-role-1-1").select("text").run()
    assert "相手の自治体" in app.warning[0].value
    app.selectbox(key="own-role-1-1").select("partner").run()
    assert len(app.session_state[KEY].files[0].table.facts) == 2


def test_a_project_opens_to_the_same_map(app):
    dropped(app, ("own.csv", TABLE.encode()), ("ties.csv", TIES.encode()), ("p.geojson", POINTS))
    app.selectbox(key="own-choice-2-4:府中市").select("34208").run()
    app.button(key="own-paint-1-1").click().run()
    own = app.session_state[KEY]
    saved = saved_project(own.atlas, own, state(app))
    assert len(read_project(saved, "x.renkei.json").tables) == 3
    again = AppTest.from_function(panel, default_timeout=120).run()
    dropped(again, ("x.renkei.json", saved))
    before, after = (each.session_state[KEY].atlas for each in (app, again))
    assert map_facts(before) == map_facts(after)
    assert before.values("own_1_1").equals(after.values("own_1_1"))
    assert state(again).indicator_id == "own_1_1"


def test_own_data_are_found_by_their_address_while_their_session_has_them(app):
    dropped(app, ("ties.csv", TIES.encode()))
    app.run()
    name = snapshot_name(app.session_state[KEY].atlas)
    assert own_atlas_named(name) is app.session_state[KEY].atlas
    app.button(key="own-remove-1").click().run()
    assert own_atlas_named(name) is None


def test_without_own_data_the_atlas_is_everybodys():
    assert session_atlas(ATLAS) is ATLAS


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv", b""),
        ("x.csv", b"\x00\x01"),
        ("x.xlsx", b"PK\x03\x04zzzz"),
        ("x.json", b"{}"),
        ("x.geojson", b"<OGRVRTDataSource/>"),
        ("x.gpkg", b"SQLite format 3\x00"),
        ("x.csv", b'a,"b\nc,d\n'),
        ("<img src=x>.csv", "備考,値\nよい,1\n".encode()),
    ],
)
def test_a_bad_file_is_one_sentence(app, name, content):
    dropped(app, (name, content))
    assert len(app.warning) == 1
