"""``renkei aggregate``: points, meshes or coded rows summed by municipality or joint area."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from renkei.cli.conventions import SOME_OPEN, Command, output_option, quiet_option, say

_WORK = ("inputs", "output", "by", "engine", "scheduler", "workers", "memory", "quiet")


@click.command(
    cls=Command,
    help="人流などの点、地域メッシュ、市区町村コードのある CSV や Parquet を、市区町村や圏域ごとに合計する。"
    "途中で止まっても、同じコマンドをもう一度実行すれば続きから始め、二重には数えない。",
    epilog="不良の行がなければ終了コード 0、あれば 3（一覧を OUT.bad.csv に書く）、使い方や入力の誤りは 2。",
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT …")
@click.option(
    "--by",
    default="municipality",
    metavar="B",
    help="municipality（既定）、prefecture、medical-area、bloc、network",
)
@click.option("--x", default="", metavar="列", help="経度（度、JGD2011・WGS84）の列")
@click.option("--y", default="", metavar="列", help="緯度（度）の列")
@click.option("--nearest-within", type=float, default=0.0, metavar="M", help="海上の点を M メートル以内の岸へ")
@click.option("--mesh", default="", metavar="列", help="地域メッシュコード（4・6・8〜11桁）の列")
@click.option("--rule", default="area", metavar="R", help="メッシュの分け方：area（面積按分、既定）か centre（中心点）")
@click.option("--code", default="", metavar="列", help="市区町村コード（5桁・6桁）の列")
@click.option("--sum", "sums", multiple=True, metavar="列", help="合計する列（繰り返し可）")
@click.option("--group", multiple=True, metavar="列", help="値ごとに分ける列（月など、繰り返し可）")
@output_option(text="書き出す表（.parquet か .csv）")
@click.option("--memory", default="2GB", metavar="S", help="使うメモリの上限（既定 2GB）")
@click.option("--workers", type=int, default=0, metavar="N", help="プロセスの数（既定はコアの数）")
@click.option("--engine", default="local", metavar="E", help="local（既定）か dask（pip install renkei[scale]）")
@click.option("--scheduler", default="", metavar="ADDRESS", help="Dask のスケジューラー（例：tcp://host:8786）")
@quiet_option
def command(**options: Any) -> int:
    """Aggregate and print the balance to stderr; 3 when there are bad rows."""
    from renkei.aggregation.request import Request, Work, read_size  # noqa: PLC0415 - keeps --help quick
    from renkei.aggregation.run import aggregate  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415

    work = {name: options.pop(name) for name in _WORK}
    work |= {"output": Path(work["output"]), "memory": read_size(work["memory"])}
    report = aggregate(Atlas.open(), Request(**options), Work(**work))
    say(report.text(), quiet=work["quiet"])
    return SOME_OPEN if report.bad else 0
