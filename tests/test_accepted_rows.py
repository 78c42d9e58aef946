"""What the register's writer accepts, every reader shows: exports, sheet and page, in both languages."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layers.filters import Filters
from layers.register_additions import take_up
from layers.register_check import check_register
from layers.user_folder import UserFolder
from renkei.atlas import Atlas
from renkei.paper.print_map import render
from renkei.present.fact_frames import blocs_frame, ties_frame
from renkei.present.layer_files import export
from renkei.present.page_state import PageState

ROOT = Path(__file__).resolve().parents[1]
TODAY = "2026-11-26"
DATES = [
    "1868",
    "明治元年1月25日",
    "1905",
    "M38.4",
    "大正元年",
    "1926-12-25",
    "昭和64年1月7日",
    "2019-05",
    "2026-11",
    "",
]
TEXTS = [
    "姉妹都市",
    "<img src=x onerror=alert(1)>",
    "**[押す](javascript:alert(1))**",
    '=HYPERLINK("http://x")',
    "'\"`\\;{}$",
    "𠮷野町とのつながり😀",
    "災害時相互応援協定" * 22,
    "・・・a",
    "a\u202eb\u200b",
]  # fmt: skip

ROWS = st.fixed_dictionaries(
    {
        "分類": st.sampled_from(["連携", "ネットワーク", "圏域"]),
        "自治体": st.just("東京都府中市"),
        "相手・構成自治体": st.sampled_from(
            ["長野県佐久穂町", "長野県佐久穂町、沖縄県与那国町、北海道", "北海道、沖縄県那覇市"]
        ),
        "名称": st.sampled_from(TEXTS) | st.text(max_size=20),
        "種類": st.sampled_from(TEXTS) | st.text(max_size=20),
        "事業": st.sampled_from(["定住自立圏", "連携中枢都市圏"]),
        "開始日": st.sampled_from(DATES) | st.text("0123456789-/年月日明治昭和令元", max_size=10),
        "終了日": st.sampled_from(DATES),
        "テーマ": st.sampled_from(["", "防災", "防災・DX・移住定住・関係人口"]),
        "根拠のURL": st.sampled_from(["https://a.jp/<b>", "https://a.jp/x?y=1&z=%22", "https://例え.jp/道?a=b"]),
        "根拠の種類": st.sampled_from(["公式ページ", "写し"]),
        "ページの日付": st.sampled_from(DATES),
        "備考": st.sampled_from(["", *TEXTS]),
    }
)


def accepted(folder, rows):
    done = take_up(folder, list(enumerate(rows, 2)), TODAY)
    assert all(each.message for each in done)
    return Atlas.open(folder.path), [each for each in done if each.cells]


@given(st.lists(ROWS, min_size=8, max_size=12))
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_accepted_is_checked_listed_and_exported(tmp_path_factory, rows):
    folder = UserFolder(tmp_path_factory.mktemp("own"))
    atlas, done = accepted(folder, rows)
    assert [each for each in check_register(atlas.tables) if each.level == "error"] == []
    added = {each.cells["fact_id"] for each in done}
    everything = {
        each["properties"]["id"]
        for layer in ("ties", "networks", "blocs")
        for each in json.loads(export(atlas, layer, "x.geojson", PageState()))["features"]
    }
    assert added <= everything
    for language in ("ja", "en"):
        ties_frame(atlas.ties(), language)
        blocs_frame(atlas, atlas.blocs(), language)
    for layer in ("ties", "networks", "blocs", "memberships"):
        text = export(atlas, layer, "x.csv", PageState()).decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]


@pytest.fixture(scope="module")
def extreme(tmp_path_factory):
    """A user's folder with one row of each extreme, and what a second person corrected in it."""
    folder = UserFolder(tmp_path_factory.mktemp("own"))
    base = {
        "分類": "連携",
        "自治体": "東京都府中市",
        "相手・構成自治体": "長野県佐久穂町",
        "根拠のURL": "https://a.jp/x",
    }
    rows = [base | {"種類": text, "開始日": date} for text, date in zip(TEXTS, DATES, strict=False)]
    network = {
        "分類": "ネットワーク",
        "相手・構成自治体": "長野県佐久穂町、沖縄県与那国町、北海道",
        "種類": "首長会・協議会",
    }
    rows += [base | network | {"名称": text, "開始日": "明治38年"} for text in TEXTS]
    rows += [base | {"分類": "圏域", "事業": "定住自立圏", "名称": text, "終了日": "1905"} for text in TEXTS]
    _, done = accepted(folder, rows)
    assert len(done) > 20
    why = {"理由": "<b>協定書</b>による", "根拠のURL": "https://a.jp/y"}
    accepted(folder, [{"操作": "訂正", "番号": done[0].cells["fact_id"], "開始日": "1905", "備考": "<i>x</i>"} | why])
    return Atlas.open(folder.path)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_sheet_is_printed(extreme, language):
    state = PageState(filters=Filters(prefectures=("13",)), language=language, code="13206").with_default_date(extreme)
    assert render(extreme, state, form="pdf").startswith(b"%PDF-")


PAGE = """
import sys
from streamlit.testing.v1 import AppTest
for query in ({"code": "13206"}, {"code": "13206", "lang": "en"}, {"tie": "13206-20309"}, {"code": "20309"}):
    page = AppTest.from_file(sys.argv[1], default_timeout=120)
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, (query, [each.value for each in page.exception])
print("whole")
"""


def test_the_page_is_whole(extreme):
    environment = os.environ | {"RENKEI_DATA": str(extreme.tables.own.path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", PAGE, str(ROOT / "streamlit_app.py")]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip().endswith("whole"), done.stderr[-3000:]
