"""Tables without shapes that stand behind the facts: items, figures, partners, statements, agreements, memberships."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.codes import to_code6
from geo.gazetteer import display_name
from layers.kinds import find_kind
from layers.kinds.kind import codes_of
from layers.tables import rows
from renkei.present.layer_rows import LayerRows, RowField, no_shapes

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState

TITLES: dict[str, tuple[str, str]] = {
    "items": ("事例の内容（課題・取組・成果・今後）", "What cases say"),
    "figures": ("事例の数値", "Figures of cases"),
    "partners": ("事例の連携先", "Partners of cases"),
    "statements": ("自治体の表明・選定・目標", "Statements"),
    "agreements": ("企業・大学等との協定", "Agreements"),
    "needs_and_offers": ("求めていること・出せること", "Needs and offers"),
}
"""Layer to its name; what it holds is ``Atlas.<table>()``."""
TABLES = {"partners": "case_partners"}
"""Layer to its table, where the two are not called alike."""

MEMBERSHIPS = ("構成自治体（1行1自治体）", "Memberships")

_COLUMNS: dict[str, tuple[str, str]] = {
    "case_id": ("事例ID", "Case"),
    "id": ("ID", "ID"),
    "side": ("求める・出せる", "Need or offer"),
    "basis": ("根拠の種類", "Basis"),
    "said_on": ("述べた日", "Said on"),
    "member_codes": ("自治体のコード", "Codes"),
    "prefecture_codes": ("都道府県コード", "Prefectures"),
    "number": ("番号", "Number"),
    "aspect": ("区分", "Aspect"),
    "text": ("内容", "Text"),
    "themes": ("テーマ", "Themes"),
    "document": ("資料", "Document"),
    "lines": ("行", "Lines"),
    "line": ("行", "Line"),
    "kind": ("種類", "Kind"),
    "label": ("何の数値か", "Label"),
    "value": ("値", "Value"),
    "value_min": ("下限", "From"),
    "value_max": ("上限", "To"),
    "unit": ("単位", "Unit"),
    "qualifier": ("程度", "Qualifier"),
    "status": ("実績・目標など", "Status"),
    "scope": ("対象", "Scope"),
    "district": ("地区", "District"),
    "as_of": ("時点", "As of"),
    "name": ("名称", "Name"),
    "code": ("団体コード", "Code"),
    "role": ("役割", "Role"),
    "topic": ("事項", "Topic"),
    "date": ("日付", "Date"),
    "target_year": ("目標年", "Target year"),
    "detail": ("内容", "Detail"),
    "organisation": ("団体", "Organisation"),
    "since": ("開始", "Since"),
    "programme": ("事業のID", "Programme id"),
    "note": ("備考", "Note"),
    "source": ("出典", "Source"),
    "evidence": ("根拠", "Evidence"),
}


def detail_layer(name: str, atlas: Atlas, view: PageState) -> LayerRows:
    """Return one of ``TITLES``, as far as the filters leave the case or the municipality that a row belongs to."""
    read: Callable[[], pd.DataFrame] = getattr(atlas, TABLES.get(name, name))
    frame = _left(atlas, read(), view)
    fields = tuple(
        RowField(column, *_COLUMNS.get(column, (column, column.replace("_", " ").capitalize())))
        for column in frame.columns
    )
    return LayerRows(name, TITLES[name], fields, list(rows(frame)), no_shapes, "None")


def _left(atlas: Atlas, frame: pd.DataFrame, view: PageState) -> pd.DataFrame:
    if "case_id" in frame.columns and (frame["case_id"] != "").any():
        kept = set(view.filters.apply(atlas.tables, "cases")["id"])
        return frame[frame["case_id"].isin(kept)].reset_index(drop=True)
    if "code" in frame.columns:
        codes = set(view.filters.municipality_codes(atlas.tables))
        return frame[frame["code"].isin(codes)].reset_index(drop=True)
    return frame


_MEMBERSHIP_FIELDS = (
    RowField("fact_id", "ID", "ID"),
    RowField("fact_kind", "ネットワークか圏域か", "Network or joint area"),
    RowField("fact_name", "名称", "Name"),
    RowField("kind", "種類", "Kind"),
    RowField("code", "団体コード", "Code"),
    RowField("code6", "団体コード（6桁）", "Code (6 digits)"),
    RowField("member", "構成自治体", "Member"),
    RowField("membership", "構成自治体の根拠", "How members are known"),
    RowField("complete", "全構成自治体か", "Whether all members"),
    RowField("as_of", "構成の時点", "Members as of"),
    RowField("since", "開始", "Since"),
    RowField("themes", "テーマ", "Themes"),
    RowField("source", "出典", "Source"),
    RowField("evidence", "根拠", "Evidence"),
)


def membership_layer(atlas: Atlas, view: PageState) -> LayerRows:
    """Return one row a membership: a network or joint area, and a party of it (a municipality, or PP000)."""
    listed: list[dict[str, object]] = []
    for identifier in ("networks", "blocs"):
        name = find_kind(identifier).name
        for row in rows(view.filters.apply(atlas.tables, identifier)):
            about = {each.name: row.get(each.name, "") for each in _MEMBERSHIP_FIELDS}
            about |= {"fact_id": row["id"], "fact_kind": name, "fact_name": row["name"]}
            listed += [
                about | {"code": code, "code6": to_code6(code), "member": display_name(code)} for code in codes_of(row)
            ]
    return LayerRows("memberships", MEMBERSHIPS, _MEMBERSHIP_FIELDS, list(listed), no_shapes, "None")
