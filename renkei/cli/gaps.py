"""``renkei gaps``: where cases are missing, how an indicator clusters, how the ties hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from geo.codes import normalize_prefecture
from geo.errors import InvalidFilterError
from renkei.cli.conventions import Command, Group, json_option, line, record

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from renkei.analysis.nearest_facts import FactKind


@click.group(cls=Group, help="空白と分布：事例の少ない所、近隣との似かた、連携の網。")
def command() -> None:
    """Hold the subcommands."""


def _put(rows: Iterable[dict[str, Any]], *, as_json: bool) -> None:
    for number, row in enumerate(rows):
        if as_json:
            record(row)
            continue
        if not number:
            line("\t".join(row))
        line("\t".join("" if value is None else str(value) for value in row.values()))


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

    chosen = dict(_signed(each) for each in by)
    found = need_without_case(
        Atlas.open(), theme, chosen or None, prefectures=[normalize_prefecture(each) for each in prefecture]
    )
    _put((each._asdict() for each in found), as_json=as_json)
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

    found = distance_to_nearest(Atlas.open(), kind, theme).round({"km": 1}).reset_index(names="code")
    _put(_records(found), as_json=as_json)
    return 0


@command.command("spots", cls=Command, help="指標の空間的なまとまり：全体と局所の Moran の I。")
@click.argument("indicator", metavar="INDICATOR")
@click.option("--date", default="", metavar="D", help="時点（省くと最新）")
@json_option
def spots(indicator: str, *, date: str, as_json: bool) -> int:
    """Print Moran's I, then the municipalities that are hot, cold or unlike their neighbours."""
    from renkei.analysis.spatial_patterns import moran  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415

    found = moran(Atlas.open(), indicator, date)
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
        line("　".join(f"{key} {value}" for key, value in about.items()))
    seen = found.clusters[~found.clusters.isin(["none", "no_data"])]
    _put(({"code": code, "cluster": cluster} for code, cluster in seen.items()), as_json=as_json)
    return 0


@command.command("network", cls=Command, help="連携の網：要、橋、県をまたぐ割合、最も長い連携。")
@click.option("--top", type=click.IntRange(min=0), default=20, metavar="N", help="要と長い連携の数（既定 20）")
@json_option
def network(*, top: int, as_json: bool) -> int:
    """Print the figures of the network."""
    from renkei.analysis.tie_network import tie_network  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415

    found = tie_network(Atlas.open())
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
    for key, value in about.items():
        line(f"{key}\t{value}")
    return 0
