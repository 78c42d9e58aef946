"""``renkei aggregate``: points, meshes or coded rows summed by municipality or joint area."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

SOME_BAD = 3


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "aggregate",
        help="点・メッシュ・コードのある大きな表を、市区町村や圏域ごとに合計する",
        description="人流などの点、地域メッシュ、市区町村コードのある CSV や Parquet を、市区町村や圏域ごとに合計する。"
        "途中で止まっても、同じコマンドをもう一度実行すれば続きから始め、二重には数えない。",
        epilog="不良の行がなければ終了コード 0、あれば 3（一覧を OUT.bad.csv に書く）、使い方や入力の誤りは 2。",
    )
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="CSV・Parquet のファイル、フォルダー、s3://… など")
    parser.add_argument(
        "--by",
        default="municipality",
        metavar="B",
        help="municipality（既定）、prefecture、medical-area、bloc、network",
    )
    parser.add_argument("--x", default="", metavar="列", help="経度（度、JGD2011・WGS84）の列")
    parser.add_argument("--y", default="", metavar="列", help="緯度（度）の列")
    parser.add_argument(
        "--nearest-within", type=float, default=0.0, metavar="M", help="海上の点を M メートル以内の岸へ"
    )
    parser.add_argument("--mesh", default="", metavar="列", help="地域メッシュコード（4・6・8〜11桁）の列")
    parser.add_argument(
        "--rule", default="area", metavar="R", help="メッシュの分け方：area（面積按分、既定）か centre（中心点）"
    )
    parser.add_argument("--code", default="", metavar="列", help="市区町村コード（5桁・6桁）の列")
    parser.add_argument(
        "--sum", action="append", default=[], metavar="列", dest="sums", help="合計する列（繰り返し可）"
    )
    parser.add_argument(
        "--group", action="append", default=[], metavar="列", help="値ごとに分ける列（月など、繰り返し可）"
    )
    parser.add_argument("-o", "--output", required=True, metavar="OUT", help="書き出す表（.parquet か .csv）")
    parser.add_argument("--memory", default="2GB", metavar="S", help="使うメモリの上限（既定 2GB）")
    parser.add_argument("--workers", type=int, default=0, metavar="N", help="プロセスの数（既定はコアの数）")
    parser.add_argument(
        "--engine", default="local", metavar="E", help="local（既定）か dask（pip install renkei[scale]）"
    )
    parser.add_argument(
        "--scheduler", default="", metavar="ADDRESS", help="Dask のスケジューラー（例：tcp://host:8786）"
    )
    parser.add_argument("--quiet", action="store_true", help="進み具合と結果の要約を出さない")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Aggregate and print the balance to stderr; 3 when there are bad rows."""
    from renkei.aggregate.request import Request, Work, read_size  # noqa: PLC0415 - keeps --help quick
    from renkei.aggregate.run import aggregate  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415

    request = Request(
        x=arguments.x,
        y=arguments.y,
        mesh=arguments.mesh,
        code=arguments.code,
        sums=tuple(arguments.sums),
        group=tuple(arguments.group),
        rule=arguments.rule,
        nearest_within=arguments.nearest_within,
    )
    work = Work(
        inputs=tuple(arguments.inputs),
        output=Path(arguments.output),
        by=arguments.by,
        engine=arguments.engine,
        scheduler=arguments.scheduler,
        workers=arguments.workers,
        memory=read_size(arguments.memory),
        quiet=arguments.quiet,
    )
    report = aggregate(Atlas.open(), request, work)
    if not arguments.quiet:
        sys.stderr.write(f"{report.text()}\n")
    return SOME_BAD if report.bad else 0
