"""``renkei bloc``: several municipalities as one; what changes when one joins or leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from geo.errors import UnknownNameError
from renkei.cli.conventions import Command, json_option, line, record

if TYPE_CHECKING:
    from renkei.analysis.bloc import Bloc
    from renkei.atlas import Atlas


@click.command(cls=Command, help="いくつかの市区町村を1つの圏域としてまとめて見る。加わる・外れる場合も比べる。")
@click.argument("places", metavar="PLACE…", nargs=-1)
@click.option("--id", "identifier", default="", metavar="ID", help="登録されている圏域・枠組みの id")
@click.option("--with", "joining", multiple=True, metavar="PLACE", help="加わる市区町村")
@click.option("--without", "leaving", multiple=True, metavar="PLACE", help="外れる市区町村")
@click.option("--versus", default="", metavar="ID", help="比べる圏域・枠組みの id")
@json_option
def command(
    places: tuple[str, ...],
    *,
    identifier: str,
    joining: tuple[str, ...],
    leaving: tuple[str, ...],
    versus: str,
    as_json: bool,
) -> int:
    """Print the bloc, and what it was before or what it is compared with."""
    from geo.resolve import resolve  # noqa: PLC0415
    from renkei.analysis.bloc import bloc  # noqa: PLC0415 - keeps --help quick
    from renkei.atlas import Atlas  # noqa: PLC0415

    atlas = Atlas.open()
    named, add, drop = ([resolve(each).one_code() for each in given] for given in (places, joining, leaving))
    codes = [*named, *(_registered(atlas, identifier) if identifier else ())]
    found = bloc(atlas, codes, add=add, drop=drop)
    before = bloc(atlas, codes) if (joining or leaving) and codes else None
    other = bloc(atlas, _registered(atlas, versus)) if versus else None
    if as_json:
        more = {"before": before, "versus": other}
        record(found.to_json() | {key: each.to_json() for key, each in more.items() if each is not None})
        return 0
    for each in _lines(atlas, found):
        line(each)
    for title, one in (("変わる前", before), ("比べる圏域", other)):
        if one is not None:
            for each in _beside(atlas, title, one, found):
                line(each)
    return 0


def _registered(atlas: Atlas, identifier: str) -> tuple[str, ...]:
    for frame in (atlas.blocs(), atlas.networks()):
        known = dict(zip(frame["id"], frame["member_codes"], strict=True))
        if identifier in known:
            return tuple(known[identifier])
    msg = f"圏域「{identifier[:40]}」はありません。renkei search で名前から id を探せます。"
    raise UnknownNameError(msg)


def _number(value: float | None, unit: str = "") -> str:
    return "データなし" if value is None else f"{value:,.10g}{unit}"


def _lines(atlas: Atlas, found: Bloc) -> list[str]:
    from renkei.present.age_pyramid import pyramid_in_words  # noqa: PLC0415

    names = dict(zip(found.members, found.names, strict=True))
    people = "　".join(f"{year}年 {_number(count, '人')}" for year, count in found.population.items())
    ages = "　".join(f"{band}歳 {_number(count, '人')}" for band, count in found.ages.items())
    lines = [
        f"構成（{len(found.members)}）：{'、'.join(found.names)}",
        f"面積：{found.area_km2:,.2f}km²（面積調）　都道府県：{'、'.join(found.prefectures)}",
        f"人口：{people}（2030年からは推計）",
        f"年齢：{ages}",
        pyramid_in_words(found.age_groups, "ja"),
        f"地続き：{'はい' if found.contiguous else f'いいえ（{len(found.components)}つに分かれる）'}",
        f"まとまり：{found.compactness}（円で1）　凸包に占める割合：{found.of_hull}",
    ]
    if not found.contiguous:
        lines.append(f"つなぐのに最も少ない市区町村：{_joining(atlas, found)}")
    away = "、".join(f"{names[code]} {km:g}km" for code, km in found.to_centre_km.items() if code != found.centre)
    crossed = [*found.medical_areas, *found.other_blocs]
    cut = "、".join(f"{each.name}（中{each.inside}・外{each.outside}）" for each in crossed)
    lines += [
        f"重なる区域：{cut or 'なし'}",
        f"取り組むテーマ：{'、'.join(found.themes) or 'なし'}",
        f"記録のないテーマ：{'、'.join(found.missing_themes) or 'なし'}",
        f"中心（人口最大）：{names[found.centre]}　そこから：{away}",
        f"連携：域内 {len(found.ties_inside)}、域外と {len(found.ties_outward)}",
        "",
    ]
    for each, figure in found.indicators.items():
        title = atlas.indicator(each).title
        lines.append(f"{title}\t{_number(figure.value, figure.unit)}\t{figure.date}")
    return lines


def _joining(atlas: Atlas, found: Bloc) -> str:
    from renkei.analysis.contiguity import MOST_PARTS  # noqa: PLC0415

    if found.connectors is not None:
        return "、".join(_named(atlas, found.connectors))
    if len(found.components) > MOST_PARTS:
        return f"{MOST_PARTS}つより多くの部分に分かれるため、求めていません"
    return "陸続きにはできません"


def _named(atlas: Atlas, codes: tuple[str, ...]) -> list[str]:
    places = atlas.municipalities()
    return [str(places["prefecture"][code] + places["name"][code]) for code in codes]


def _beside(atlas: Atlas, title: str, one: Bloc, found: Bloc) -> list[str]:
    from renkei.analysis.bloc import compare  # noqa: PLC0415

    rows = compare(atlas, one, found)
    changed = rows[rows["difference"].ne(0)]
    return [
        "",
        f"項目\t{title}\tこの圏域\t差",
        *(
            f"{row.title}\t{row.one:,.10g}\t{row.other:,.10g}\t{row.difference:+,.10g}{row.unit}"
            for row in changed.dropna().itertuples()
        ),
    ]
