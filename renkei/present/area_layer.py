"""An area that someone put together, as layers of a file: its outline with what it is, and its figures one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.boundaries import outline
from geo.errors import InvalidFilterError
from layers.age_groups import SOURCE
from renkei.analysis.bloc import bloc
from renkei.present.area_codes import read_area
from renkei.present.layer_rows import LayerRows, RowField, no_shapes
from renkei.present.painted import indicator_note
from renkei.present.party_names import area_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from renkei.analysis.bloc import Bloc
    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState

COLOR = "#1d4ed8"
_FIELDS = (
    RowField("name", "名称", "Name"),
    RowField("member_codes", "構成市区町村のコード", "Codes of members"),
    RowField("members", "構成市区町村", "Members"),
    RowField("member_count", "構成市区町村の数", "Number of members", "integer"),
    RowField("prefectures", "都道府県", "Prefectures"),
    RowField("area_km2", "面積", "Area", "real", "km²", "面積調の合計"),
    RowField("parts", "地続きの部分の数", "Parts", "integer"),
    RowField("compactness", "まとまり（円で1）", "Compactness", "real"),
    RowField("centre", "中心（人口最大）", "Most populous member"),
    RowField("themes", "取り組むテーマ", "Themes"),
    RowField("missing_themes", "記録のないテーマ", "Themes without a record"),
    RowField("medical_areas", "重なる二次医療圏", "Secondary medical areas crossed"),
    RowField("other_areas", "重なる圏域・枠組み", "Other joint areas crossed"),
    RowField("ties_inside", "域内の連携のID", "Ids of ties inside"),
    RowField("ties_outward", "域外との連携のID", "Ids of ties outward"),
)
_FIGURE_FIELDS = (
    RowField("indicator", "指標のID", "Indicator id"),
    RowField("title", "指標", "Indicator"),
    RowField("value", "値", "Value", "real"),
    RowField("unit", "単位", "Unit"),
    RowField("date", "時点", "Date"),
    RowField("rule", "まとめ方", "How members are put together"),
    RowField("source", "出典", "Source"),
    RowField("publisher", "公表", "Publisher"),
)
_AGE_FIELDS = (
    RowField("age", "年齢", "Age"),
    RowField("male", "男", "Men", "integer", "人"),
    RowField("female", "女", "Women", "integer", "人"),
    RowField("unlisted", "男女・年齢別でない人", "Not by age", "integer", "人"),
    RowField("date", "時点", "Date"),
    RowField("source", "出典", "Source"),
)
_RULES = {"sum": "合計", "mean": "加重平均"}
_FROM_PARTS = "分子と分母から計算し直し"


def chosen_area(atlas: Atlas, view: PageState) -> Bloc:
    """Return the chosen area of a view.

    Raises
    ------
    InvalidFilterError
        When none is chosen.
    """
    codes = read_area(view.area)
    if not codes:
        msg = "圏域が選ばれていません。--area に市区町村を「,」で区切って指定してください（例：--area 帯広市,音更町）。"
        raise InvalidFilterError(msg)
    return bloc(atlas, codes)


def area_layer(atlas: Atlas, view: PageState) -> LayerRows:
    """Return the area as one feature: outline, members, population by year, what it crosses, its ties."""
    found = chosen_area(atlas, view)
    fields = [
        *_FIELDS,
        *(
            RowField(f"population_{year}", f"人口（{year}年）", f"Population {year}", "integer")
            for year in found.population
        ),
    ]
    row: dict[str, Any] = {
        "name": area_name(found.members, "ja"),
        "member_codes": found.members,
        "members": found.names,
        "member_count": len(found.members),
        "prefectures": found.prefectures,
        "area_km2": found.area_km2,
        "parts": len(found.components),
        "compactness": found.compactness,
        "centre": found.centre,
        "themes": found.themes,
        "missing_themes": found.missing_themes,
        "medical_areas": tuple(each.name for each in found.medical_areas),
        "other_areas": tuple(each.name for each in found.other_blocs),
        "ties_inside": found.ties_inside,
        "ties_outward": found.ties_outward,
    }
    row |= {f"population_{year}": people for year, people in found.population.items()}
    return LayerRows(
        "area",
        ("選んだ圏域", "Chosen area"),
        tuple(fields),
        [row],
        lambda: [outline(found.members)],
        "MultiPolygon",
        legend=(("選んだ圏域", "TRUE", {"color": COLOR, "outline": COLOR, "width": 0.7, "filled": False}),),
    )


def area_age_layer(atlas: Atlas, view: PageState) -> LayerRows:
    """Return the people of the area by five-year age group, youngest first; last who is not told by age."""
    groups = chosen_area(atlas, view).age_groups
    rows: list[Mapping[str, Any]] = [
        {
            "age": f"{first}～{first + 4}歳" if first < groups.ages[-1] else f"{first}歳以上",
            "male": men,
            "female": women,
        }
        for first, men, women in zip(groups.ages, groups.male, groups.female, strict=True)
    ]
    rows.append({"age": "年齢別に公表されていない人など", "male": None, "female": None, "unlisted": groups.unlisted})
    told = [{"unlisted": None} | dict(row) | {"date": groups.date, "source": SOURCE} for row in rows]
    title = ("選んだ圏域の年齢", "Ages of the chosen area")
    return LayerRows("area_ages", title, _AGE_FIELDS, list(told), no_shapes, "None")


def area_figure_layer(atlas: Atlas, view: PageState) -> LayerRows:
    """Return the figures of the area, one row an indicator that can be told of several municipalities."""
    found = chosen_area(atlas, view)
    rows: list[Mapping[str, Any]] = []
    notes = {}
    for identifier, figure in found.indicators.items():
        each = atlas.indicator(identifier)
        kind = each.rule.kind if each.rule else ""
        rows.append(
            {
                "indicator": identifier,
                "title": each.title,
                "value": figure.value,
                "unit": figure.unit,
                "date": figure.date,
                "rule": _RULES.get(kind, _FROM_PARTS),
                "source": each.source,
                "publisher": each.publisher,
            }
        )
        notes[identifier] = indicator_note(each, figure.date)
    title = ("選んだ圏域の指標", "Figures of the chosen area")
    return LayerRows("area_figures", title, _FIGURE_FIELDS, rows, no_shapes, "None", indicators=notes)
