"""The template by which facts are added to the register: CSV, XLSX or YAML, one row a fact, evidence obligatory."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import yaml

from geo.errors import DataError
from renkei.exchange.escaping import spreadsheet_cell
from renkei.exchange.input_text import read_content, read_table, read_text_file
from renkei.exchange.workbook_bounds import check_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

COLUMNS: dict[str, str] = {
    "分類": "「連携」（2者）、「ネットワーク」（3者以上）、「圏域」のどれか",
    "自治体": "連携の一方、または圏域の中心市（都道府県から）",
    "相手・構成自治体": "連携の相手1つ。ほかは構成自治体をすべて「、」で区切る（「兵庫県内の全市町」も可）",
    "名称": "ネットワークや圏域の名前（連携は空欄でよい）",
    "種類": "姉妹都市、災害時相互応援協定、電力連携、交流、首長会・協議会、一部事務組合 など（圏域は空欄）",
    "事業": "圏域の制度：連携中枢都市圏、定住自立圏 など（ほかは空欄）",
    "開始日": "2005、2005-10、2005-10-04、平成17年10月4日 など（不明は空欄）",
    "終了日": "終わったものだけ",
    "テーマ": "15のテーマから。複数は「・」で区切る",
    "根拠のURL": "必須。そのことが書かれたページ",
    "根拠の種類": "公式ページ、報道・関係団体のページ、写し のどれか",
    "ページの日付": "ページに書かれた日付（不明は空欄）",
    "備考": "個人の名前は書かない",
    "構成": "ネットワークで、書いた構成自治体が 全部、一部、不明 のどれか",
    "操作": "空欄なら加える。登録済みのものは 訂正、終了、取り消し（番号と理由が必須）",
    "番号": "訂正・終了・取り消しをするものの番号（地図の一覧や書き出したファイルの id）",
    "理由": "訂正・終了・取り消しの理由",
}
"""Column → what to write there."""

EXAMPLE_NOTE = "記入例（この行は消してください）"
_FILLED: tuple[dict[str, str], ...] = (
    {
        "分類": "連携",
        "自治体": "埼玉県坂戸市",
        "相手・構成自治体": "新潟県南魚沼市",
        "種類": "災害時相互応援協定",
        "開始日": "2012",
        "テーマ": "防災",
        "根拠のURL": "https://www.example.lg.jp/kyotei.html",
    },
    {
        "分類": "ネットワーク",
        "自治体": "神奈川県相模原市",
        "相手・構成自治体": "北海道大樹町、岩手県大船渡市、秋田県能代市",
        "名称": "記入例のネットワーク",
        "種類": "首長会・協議会",
        "開始日": "昭和62年11月",
        "根拠のURL": "https://www.example.lg.jp/network.html",
        "構成": "一部",
    },
    {
        "分類": "圏域",
        "自治体": "北海道帯広市",
        "相手・構成自治体": "北海道音更町、北海道芽室町",
        "名称": "記入例の圏域",
        "事業": "定住自立圏",
        "開始日": "2011-07-07",
        "テーマ": "まちづくり・医療福祉",
        "根拠のURL": "https://www.example.lg.jp/kenniki.html",
    },
    {
        "操作": "訂正",
        "番号": "tie-020",
        "開始日": "2013-04",
        "理由": "協定書の日付による",
        "根拠のURL": "https://www.example.lg.jp/kyotei.html",
    },
)
EXAMPLES: tuple[list[str], ...] = tuple(
    [(each | {"根拠の種類": "公式ページ", "備考": EXAMPLE_NOTE}).get(column, "") for column in COLUMNS]
    for each in _FILLED
)
"""Rows that show how each kind of row is filled in, in the order of ``COLUMNS``."""

YAML = (".yaml", ".yml")
MOST_ROWS = 20_000
DEEPEST_YAML = 10
"""Levels in a YAML file: a list of mappings, with room for lists in a cell."""


def template(suffix: str) -> bytes:
    """Return the empty template with example rows.

    Parameters
    ----------
    suffix
        ``.csv`` (UTF-8 with BOM, as Excel opens it), ``.xlsx``, ``.yaml`` or ``.yml``.

    Raises
    ------
    DataError
        When the format is another one, or XLSX cannot be written here.
    """
    if suffix == ".csv":
        text = io.StringIO()
        csv.writer(text).writerows([list(COLUMNS), *EXAMPLES])
        return b"\xef\xbb\xbf" + text.getvalue().encode()
    if suffix in YAML:
        rows = [dict(zip(COLUMNS, example, strict=True)) for example in EXAMPLES]
        return yaml.safe_dump(rows, allow_unicode=True, sort_keys=False).encode()
    if suffix != ".xlsx":
        msg = f"「{suffix}」では作れません。.csv、.xlsx、.yaml のどれかのファイル名を指定してください。"
        raise DataError(msg)
    openpyxl = _openpyxl()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "連携・圏域"
    for row in ([*COLUMNS], *EXAMPLES):
        sheet.append(row)
    for number, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[sheet.cell(1, number).column_letter].width = max(12, 2.2 * len(column))
    sheet.freeze_panes = "A2"
    guide = book.create_sheet("書き方")
    for column, text_ in COLUMNS.items():
        guide.append([column, text_])
    guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 22, 70
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _openpyxl() -> Any:
    try:
        import openpyxl  # noqa: PLC0415 - of the extra "build"
    except ImportError as error:
        msg = "Excel のファイルを扱う openpyxl がありません。CSV を使うか pip install openpyxl としてください。"
        raise DataError(msg) from error
    return openpyxl


def read_rows(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Read a table that a person filled in; every cell is text.

    Returns
    -------
    list of str, list of (int, dict)
        The header; each row's number (the header is 1) and its cells by column. Rows without a text are left out.

    Raises
    ------
    DataError
        When the file cannot be read as a table; the message says what to do.
    """
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        header, body = _read_xlsx(path)
    elif path.suffix.lower() in YAML:
        header, body = _read_yaml(path)
    else:
        header, body = read_table(path)
    header = [cell.strip() for cell in header]
    while header and not header[-1]:  # a sheet is read wider than it is
        header.pop()
    if len(body) > MOST_ROWS:
        msg = f"{path.name} は{len(body):,}行あります（{MOST_ROWS:,}行まで）。分けてください。"
        raise DataError(msg)
    found = [
        (number, dict(zip(header, (cell.strip() for cell in row), strict=False))) for number, row in enumerate(body, 2)
    ]
    return header, [(number, row) for number, row in found if any(row.values())]


def _read_yaml(path: Path) -> tuple[list[str], list[list[str]]]:
    """Read a list of mappings; names that stand for other parts (aliases) are refused: they can swell without end."""
    text, _ = read_text_file(path)
    depth = 0
    try:
        # libyaml, where it is: PyYAML's own parser takes seconds for a few thousand brackets.
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if isinstance(event, yaml.AliasEvent):
                msg = f"{path.name} の別名（* で始まる参照）は使えません。値をそのまま書いてください。"
                raise DataError(msg)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST_YAML:
                msg = f"{path.name} は入れ子が深すぎ、YAML として読めません。「- 分類: 連携」の形の並びにしてください。"
                raise DataError(msg)
        # The base loader leaves every value as it is written: 2012 and 2005-10-04 are texts here.
        content = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506 - makes texts alone
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if isinstance(error, DataError):
            raise
        msg = f"{path.name} を YAML として読めません。「- 分類: 連携」の形の並びにしてください。"
        raise DataError(msg) from error
    if not isinstance(content, list) or not all(isinstance(row, dict) for row in content):
        msg = f"{path.name} は「- 分類: 連携」の形の並びではありません。様式に合わせてください。"
        raise DataError(msg)
    header = list(dict.fromkeys(str(key) for row in content for key in row))
    rows = [{str(key): value for key, value in row.items()} for row in content]
    return header, [["" if row.get(key) is None else str(row[key]) for key in header] for row in rows]


def _read_xlsx(path: Path) -> tuple[list[str], list[list[str]]]:
    openpyxl = _openpyxl()
    if path.exists() and not path.is_file() and not path.is_dir():
        msg = f"{path} はファイルではありません（パイプや装置）。Excel のファイルを指定してください。"
        raise DataError(msg)
    content = read_content(path)
    check_workbook(content, path.name)
    try:
        # Formulas come as the text that they are, never as a value of unknown origin.
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        cells = book.worksheets[0].iter_rows(max_row=MOST_ROWS + 2, max_col=50, values_only=True)
        body = [["" if cell is None else _cell(cell) for cell in row] for row in cells]
        book.close()
    except Exception as error:  # a damaged workbook fails in many ways
        msg = f"{path.name} を Excel のファイルとして読めません。Excel で開いて保存し直すか、CSV にしてください。"
        raise DataError(msg) from error
    if not body:
        msg = f"{path.name} は空です。中身のあるファイルを指定してください。"
        raise DataError(msg)
    return body[0], body[1:]


def _cell(value: object) -> str:
    text = str(value)
    # Excel turns 2005-10-04 into a day with a time, and 2005 into a number.
    return text.removesuffix(" 00:00:00").removesuffix(".0")


def filled_template(rows: Iterable[dict[str, str]]) -> bytes:
    """Return rows in the template as CSV (UTF-8 with BOM); no cell of a stranger's file becomes a formula.

    Parameters
    ----------
    rows
        Cells by column, in any order; columns that are missing are empty.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([spreadsheet_cell(row.get(column, "")) for column in COLUMNS] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()
