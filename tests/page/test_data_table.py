"""No table of the page carries a formula to a spreadsheet: neither ours, nor Streamlit's "Download as CSV", nor a copy."""

import ast
import io
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from renkei.page.data_table import harmless
from renkei.page.table_files import csv_bytes

PAGE = Path(__file__).resolve().parents[2] / "renkei" / "page"
POISON = ["=HYPERLINK(1)", "+cmd|' /C calc'!A0", "@SUM(1)", "\t=1+1", "\u200b=1+1", "＝1", "-2+3"]


def is_formula(cell):
    return str(cell).lstrip("\u200b \t").startswith(("=", "+", "@", "＝", "-2+3"))


@pytest.mark.parametrize("dtype", ["str", "object", "category"])
def test_no_heading_and_no_cell_is_a_formula(dtype):
    frame = pd.DataFrame({"=1": pd.Series(POISON, dtype=dtype), "n": range(len(POISON)), "x": [-1.5] * len(POISON)})
    safe = harmless(frame)
    assert not any(map(is_formula, [*safe.columns, *safe.iloc[:, 0]]))
    assert list(safe["n"]) == list(range(len(POISON)))
    assert list(safe["x"]) == [-1.5] * len(POISON)
    read = pd.read_csv(io.BytesIO(csv_bytes(frame)), encoding="utf-8-sig", dtype=str)
    assert not any(map(is_formula, [*read.columns, *read.iloc[:, 0]]))


def drawn_tables():
    for path in PAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in (
                "dataframe",
                "table",
                "data_editor",
            ):
                yield f"{path.name}:{node.lineno}", ast.unparse(node.args[0])


@pytest.mark.parametrize(("where", "what"), list(drawn_tables()))
def test_every_table_of_the_page_goes_through_the_one_escape(where, what):
    assert "harmless(" in what, where


def panel():
    from renkei.page.data_table import data_table  # noqa: PLC0415 - a script of its own

    data_table(__import__("pandas").DataFrame({"=h": ["=1+1", "川場村"]}))


def test_what_streamlit_sends_to_the_browser_is_harmless():
    page = AppTest.from_function(panel).run()
    (sent,) = page.dataframe
    assert sent.value.to_dict("list") == {"'=h": ["'=1+1", "川場村"]}
