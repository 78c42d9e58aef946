"""A planner's own table on the page: dropped, previewed, painted, decided, saved; hostile files are one sentence."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
TABLE = "令和6年度 調査\n自治体,導入率（％）\n川場村,12.5\n帯広市,40\n府中市,3\nどこか村,1\n"


def panel():
    from renkei.page.choices import current  # noqa: PLC0415 - a script of its own
    from renkei.page.current_atlas import current_atlas  # noqa: PLC0415 - a script of its own
    from renkei.page.own_data import own_view, session_atlas  # noqa: PLC0415 - a script of its own

    atlas = session_atlas(current_atlas())
    kept = current(atlas)
    own_view(atlas, kept.state)


@pytest.fixture
def app():
    return AppTest.from_function(panel, default_timeout=120).run()


def dropped(app, content, name="own.csv"):
    app.file_uploader[0].set_value((name, content, "text/csv")).run()
    assert not app.exception
    return app


def test_nothing_yet_says_what_is_needed(app):
    assert not app.exception
    assert "団体コード" in app.info[0].value


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16"])
def test_a_table_is_previewed_and_painted(app, encoding):
    dropped(app, TABLE.encode(encoding))
    assert "一致 **2**" in app.markdown[0].value
    assert "見つからない **1**" in app.markdown[0].value
    app.button(key="own-paint-1").click().run()
    assert not app.exception
    assert app.session_state["renkei-choices"].state.indicator_id == "own_1"


def test_an_ambiguous_row_is_decided_by_hand(app):
    dropped(app, TABLE.encode())
    app.selectbox(key="own-choice-own.csv-5").select("13206").run()
    assert not app.exception
    assert "選んだ自治体 **1**" in app.markdown[0].value


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv", b""),
        ("x.csv", b"\x00\x01"),
        ("x.xlsx", b"PK\x03\x04zzzz"),
        ("x.json", b"{}"),
        ("x.csv", b'a,"b\nc,d\n'),
        ("<img src=x>.csv", "備考,値\nよい,1\n".encode()),
    ],
)
def test_a_bad_file_is_one_sentence(app, name, content):
    dropped(app, content, name)
    assert len(app.warning) == 1
