"""XLSX: a sheet a layer (typed, filters, frozen header, widths that fit), then the sources and the definitions."""

from __future__ import annotations

import io
import math
import unicodedata
from typing import TYPE_CHECKING, Any

import pandas as pd
import xlsxwriter

from renkei.exchange.about_file import about_rows
from renkei.exchange.escaping import plain_cell
from renkei.exchange.formats import Format
from renkei.exchange.formats.csv_table import with_points

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from renkei.exchange.flat_layer import FlatLayer

WIDEST = 48
LONGEST_CELL = 32_767
"""Characters that a cell of Excel holds."""
MEASURED_ROWS = 200
"""Rows by which a column's width is found."""


def write(layers: Sequence[FlatLayer]) -> bytes:
    """Return one workbook; texts are written as texts, so that no cell is ever a formula or a link."""
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        looks = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#e8eef4"}),
            "integer": book.add_format({"num_format": "#,##0"}),
            "real": book.add_format({"num_format": "#,##0.0##"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        names: set[str] = set()
        for layer in layers:
            _data_sheet(book, layer, looks, _sheet_name(layer.title, names))
        _plain_sheet(book, "出典", ("項目", "内容"), (row for layer in layers for row in about_rows(layer)), looks)
        _plain_sheet(
            book,
            "項目の定義",
            ("レイヤー", "列", "列名（ファイル）", "英語", "単位", "説明"),
            (
                (layer.title, each.title, each.name, each.title_en, each.unit, each.description)
                for layer in layers
                for each in layer.fields
            ),
            looks,
        )
    return target.getvalue()


def _sheet_name(title: str, taken: set[str]) -> str:
    kept = "".join("・" if each in "[]:*?/\\'" else each for each in title)[:28] or "シート"
    name, number = kept, 2
    while name in taken:
        name, number = f"{kept}_{number}", number + 1
    taken.add(name)
    return name


def _data_sheet(book: Any, layer: FlatLayer, looks: dict[str, Any], name: str) -> None:
    sheet = book.add_worksheet(name)
    table = with_points(layer)
    fields = list(layer.fields)
    heads = [f"{each.title}（{each.unit}）" if each.unit else each.title for each in fields]
    heads += ["経度", "緯度"][: len(table.columns) - len(fields)]
    for column, (head, name_) in enumerate(zip(heads, table.columns, strict=True)):
        sheet.write_string(0, column, head, looks["head"])
        kind = fields[column].type if column < len(fields) else "real"
        look = looks.get(kind)
        cells = table[name_].astype(object).tolist()
        sheet.set_column(column, column, _width(head, cells), look)
        for row, cell in enumerate(cells, 1):
            _write_cell(sheet, row, column, cell, look)
    sheet.freeze_panes(1, min(2, len(table.columns)))
    if len(table.columns):
        sheet.autofilter(0, 0, max(len(table), 1), len(table.columns) - 1)
    sheet.set_row(0, 32)


def _write_cell(sheet: Any, row: int, column: int, cell: object, look: Any) -> None:
    if isinstance(cell, str):
        if cell:
            sheet.write_string(row, column, plain_cell(cell)[:LONGEST_CELL])
    elif cell is not None and not pd.isna(cell) and math.isfinite(float(cell)):  # type: ignore[call-overload, arg-type]
        sheet.write_number(row, column, cell, look)


def _width(head: str, cells: Sequence[object]) -> float:
    texts = [*(str(cell) for cell in cells[:MEASURED_ROWS] if cell is not None), head[: max(len(head) // 2, 6)]]
    return min(WIDEST, max(8.0, 1.5 + max(map(_columns_of, texts))))


def _columns_of(text: str) -> int:
    line = max(text.split("\n"), key=len, default="")
    return sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in line[:WIDEST])


def _plain_sheet(
    book: Any, name: str, heads: Sequence[str], rows: Iterable[Sequence[str]], looks: dict[str, Any]
) -> None:
    sheet = book.add_worksheet(name)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, looks["head"])
        sheet.set_column(column, column, WIDEST if column == len(heads) - 1 else 24, looks["wrap"])
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, plain_cell(cell)[:LONGEST_CELL])
    sheet.freeze_panes(1, 0)


FORMAT = Format(
    "xlsx",
    ".xlsx",
    "Excel（XLSX）",
    "Excel (XLSX)",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    write,
    many=True,
)
