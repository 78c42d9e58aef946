"""``renkei gaps``: where cases are missing, how an indicator clusters, how the ties hang together."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from geo.codes import normalize_prefecture
from geo.errors import InvalidFilterError
from renkei.cli.conventions import Command, Group, json_option, line, record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from renkei.analysis.nearest_facts import FactKind
    from renkei.analysis.spatial_patterns import Moran
    from renkei.analysis.tie_network import TieNetwork
    from renkei.atlas import Atlas


@click.group(cls=Group, help="空白と分布：事例の少ない所、近隣との似かた、連携の網。")
def command() -> None:
    """Hold the subcommands."""


HEADINGS = {
    "theme": "テーマ",
    "prefecture_code": "都道府県コード",
    "prefecture": "都道府県",
    "cases": "事例",
    "municipalities": "自治体",
    "people": "その住民",
    "means": "手段",
    "stage": "段階",
    "case_ids": "事例のid",
    "code": "コード",
    "name": "市区町村",
    "need": "必要度（全国での位置、%）",
    "figures": "もとの指標",
    "challenges": "同じ県の事例にある課題",
    "km": "距離（km）",
    "nearest": "最も近い所のコード",
    "nearest_name": "最も近い所",
    "cluster": "まとまり",
}
"""Columns as people read them; JSON keeps the ids."""

CLUSTERS = {
    "hot": "高い所の集まり",
    "cold": "低い所の集まり",
    "high_low": "周りより高い",
    "low_high": "周りより低い",
}


def _put(rows: Iterable[dict[str, Any]], *, as_json: bool, titles: Mapping[str, str] = MappingProxyType({})) -> None:
    for number, row in enumerate(rows):
        if as_json:
            record(row)
            continue
        if not number:
            line("\t".join(HEADINGS[key] for key in row))
        line("\t".join(_said(value, titles) for value in row.values()))


def _said(value: object, titles: Mapping[str, str]) -> str:
    if isinstance(value, Mapping):
        return "、".join(f"{titles.get(each, each)} {number:,.10g}" for each, number in value.items())
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return "" if value is None else CLUSTERS.get(str(value), f"{value:,}" if isinstance(value, int) else str(value))


def _labels(atlas: Atlas) -> dict[str, str]:
    places = atlas.municipalities()
    return dict(zip(places.index.astype(str), places["prefecture"] + places["name"], strict=True))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


@command.command("themes", cls=Command, help="テーマ×都道府県：事例・自治体・住民の数。")
@json_option
def themes(*, as_json: bool) -> int:
    """Print one row a theme and prefecture."""
    from renkei.analysis.gaps import theme_by_prefecture  # noqa: PLC0415 - keeps --help quick
    from renkei.atlas import Atlas  # noqa: PLC0415

    _put(_records(theme_by_prefecture(Atlas.open())), as_json=as_json)
    return 0


@command.command("means", cls=Command, help="手段×段階：事例と自治体の数。")
@click.option("--theme", default="", metavar="T", help="テーマ（省くとすべて）")
@json_option
def means(*, theme: str, as_json: bool) -> int:
    """Print one row a means and stage."""
    from renkei.analysis.gaps import means_by_stage  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415

    _put(_records(means_by_stage(Atlas.open(), theme)), as_json=as_json)
    return 0


@command.command("need", cls=Command, help="必要度が高く（全国の上位2割）、事例のない自治体。")
@click.option("--theme", required=True, metavar="T", help="テーマ")
@click.option("--by", multiple=True, metavar="INDICATOR=±1", help="必要度とする指標（1 大きいほど、-1 小さいほど必要）")
@click.option("--prefecture", multiple=True, metavar="P", help="都道府県")
@json_option
def need(*, theme: str, by: tuple[str, ...], prefecture: tuple[str, ...], as_json: bool) -> int:
    """Print one row a municipality."""
    from renkei.analysis.gaps import need_without_case  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415

    atlas, chosen = Atlas.open(), dict(_signed(each) for each in by)
    found = need_without_case(
        atlas, theme, chosen or None, prefectures=[normalize_prefecture(each) for each in prefecture]
    )
    titles = {each.id: each.title for each in atlas.indicators()}
    if not (found or as_json):
        line("当てはまる市区町村はありません（必要度が全国の上位2割で、このテーマの事例がない所）。")
    _put((each._asdict() for each in found), as_json=as_json, titles=titles)
    return 0


def _signed(text: str) -> tuple[str, int]:
    name, _, sign = text.partition("=")
    if sign.strip() not in {"1", "+1", "-1"}:
        msg = f"「{text[:40]}」を読めません。「指標=1」（大きいほど必要）か「指標=-1」（その逆）で指定してください。"
        raise InvalidFilterError(msg)
    return name.strip(), int(sign)


@command.command("nearest", cls=Command, help="全市区町村から、テーマの最も近い事例・連携・枠組みまでの距離。")
@click.argument("kind", type=click.Choice(("case", "tie", "network")))
@click.option("--theme", default="", metavar="T", help="テーマ（省くとすべて）")
@json_option
def nearest(kind: FactKind, *, theme: str, as_json: bool) -> int:
    """Print one row a municipality."""
    from renkei.analysis.nearest_facts import distance_to_nearest  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415

    atlas = Atlas.open()
    found, labels = distance_to_nearest(atlas, kind, theme).round({"km": 1}), _labels(atlas)
    rows = (
        {"code": code, "name": labels[code], "km": km, "nearest": nearest, "nearest_name": labels[nearest]}
        for code, km, nearest in found.itertuples(name=None)
    )
    _put(rows, as_json=as_json)
    return 0


@command.command("spots", cls=Command, help="指標の空間的なまとまり：全体と局所の Moran の I。")
@click.argument("indicator", metavar="INDICATOR")
@click.option("--date", default="", metavar="D", help="時点（省くと最新）")
@json_option
def spots(indicator: str, *, date: str, as_json: bool) -> int:
    """Print Moran's I, then the municipalities that are hot, cold or unlike their neighbours."""
    from renkei.analysis.spatial_patterns import moran  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415

    atlas = Atlas.open()
    found, labels = moran(atlas, indicator, date), _labels(atlas)
    about = {
        "indicator": found.indicator,
        "date": found.date,
        "moran_i": round(found.global_i, 4),
        "expected": round(found.expected_i, 6),
        "p": found.p,
        "threshold": found.threshold,
        "n": found.n,
        "islands": len(found.islands),
    }
    if as_json:
        record(about)
    else:
        for each in _moran_lines(atlas, found):
            line(each)
    seen = found.clusters[~found.clusters.isin(["none", "no_data"])]
    _put(
        ({"code": code, "name": labels[str(code)], "cluster": cluster} for code, cluster in seen.items()),
        as_json=as_json,
    )
    return 0


def _moran_lines(atlas: Atlas, found: Moran) -> Iterator[str]:
    from renkei.present.words import japanese_date  # noqa: PLC0415

    counts = found.clusters.value_counts()
    yield f"{atlas.indicator(found.indicator).title}（{japanese_date(found.date)}、{found.n:,}市区町村）"
    yield (
        f"全体の Moran の I：{found.global_i:.3f}（近隣どうしが無関係なら {found.expected_i:.4f}、p={found.p:.3f}、"
        "999回の並べ替え。1 に近いほど、似た値が隣り合う）"
    )
    told = "、".join(f"{word} {counts.get(key, 0)}" for key, word in CLUSTERS.items())
    yield f"局所：{told}（偽発見率 5% で調整。p のしきい値 {found.threshold:.4f}）"
    yield f"境界を接する相手のない {len(found.islands)} 市区町村（島など）は、役所が最も近い所を隣とした。"
    yield ""


@command.command("network", cls=Command, help="連携の網：要、橋、県をまたぐ割合、最も長い連携。")
@click.option("--top", type=click.IntRange(min=0), default=20, metavar="N", help="要と長い連携の数（既定 20）")
@json_option
def network(*, top: int, as_json: bool) -> int:
    """Print the figures of the network."""
    from renkei.analysis.tie_network import tie_network  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415

    atlas = Atlas.open()
    found = tie_network(atlas)
    about = {
        "municipalities": len(found.graph),
        "pairs": found.graph.size(),
        "components": [len(part) for part in found.components],
        "cross_prefecture_share": round(found.cross_prefecture_share, 4),
        "bridges": len(found.bridges),
        "isolated": len(found.isolated),
        "hubs": [each._asdict() for each in found.hubs[:top]],
        "longest": [{"from": one, "to": other, "km": km} for one, other, km in found.longest[:top]],
        "note": found.note,
    }
    if as_json:
        record(about)
        return 0
    for each in _network_lines(_labels(atlas), found, top):
        line(each)
    return 0


def _network_lines(labels: Mapping[str, str], found: TieNetwork, top: int) -> Iterator[str]:
    yield found.note
    crossing = f"{found.cross_prefecture_share:.1%}"
    yield f"連携のある市区町村 {len(found.graph):,}、組 {found.graph.size():,}、県をまたぐ組 {crossing}"
    sizes = "、".join(str(len(part)) for part in found.components[:5])
    yield f"つながったまとまり {len(found.components)}（大きい順に {sizes}…）"
    yield f"連携の記録のない市区町村 {len(found.isolated):,}"
    yield f"橋（それがなくなるとまとまりが分かれる組） {len(found.bridges)}"
    yield from ("", "要（相手の数、ほかの組の最短経路に占める割合）")
    yield from (f"{labels[each.code]}\t{each.partners}\t{each.betweenness:.1%}" for each in found.hubs[:top])
    yield from ("", "長い連携")
    yield from (f"{labels[one]}\t{labels[other]}\t{km:,.0f}km" for one, other, km in found.longest[:top])
