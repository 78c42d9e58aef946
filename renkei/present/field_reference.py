"""The columns of every layer that leaves in files, as a document: made from the layers themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from renkei.exchange.flat_layer import CRS, JOINER
from renkei.present.layer_files import AREA_ONLY, flat, layer_ids, layer_rows
from renkei.present.page_state import PageState

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.exchange.flat_layer import Field

_TYPES = {"text": "文字", "integer": "整数", "real": "小数"}
_HEAD = f"""# 書き出すファイルの列

この文書は `make docs` が作ります。手で直さないでください。

どの層も、絞り込みにかかわらず列は同じです。文字の列に欠測はなく（空の文字）、数の列の空欄は
「データなし」で、0 ではありません。
複数の値は「{JOINER}」でつなぎます。座標は経度・緯度（GeoJSON は RFC 7946、そのほかは {CRS}）です。別名は
GeoPackage に書き込み、XLSX では見出しになります。市区町村の層の指標は、選んだものだけが
`指標の id` と `指標の id_date` の組で加わります
（下の例は `share_65`）。指標の一覧は `renkei indicators list` で見られます。
"""


_ANY_AREA = "01207"


def field_reference(atlas: Atlas) -> str:
    """Return the document (Markdown, Japanese with English names): one table a layer, those of an area last.

    Parameters
    ----------
    atlas
        The tables; their newest dates stand in the descriptions.
    """
    view = PageState(area=_ANY_AREA)  # the columns are the same whatever is chosen
    parts = [_HEAD.rstrip("\n")]
    for name in (*layer_ids(), *AREA_ONLY):
        layer = flat(atlas, layer_rows(atlas, name, view, indicators=["share_65"]), view)
        shape = layer.geometry_type if layer.has_shapes else "図形なし"
        parts.append(f"\n## {layer.name}：{layer.title}（{layer.title_en}、{shape}）\n")
        parts.append("| 列 | 日本語の別名 | 英語の別名 | 型 | 単位 | 説明 |\n|---|---|---|---|---|---|")
        parts.extend(_row(each) for each in layer.fields)
    return "\n".join(parts) + "\n"


def _row(each: Field) -> str:
    cells = (each.name, each.title, each.title_en, _TYPES[each.type], each.unit, each.description)
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
