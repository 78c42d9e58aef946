"""``renkei serve-ogc``: the view as a live service that QGIS and others read."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import click

from renkei.cli.conventions import Command, quiet_option, say
from renkei.cli.view_options import filter_options, view_of, view_options

LAYERS = ("municipalities", "cases", "ties", "networks", "blocs", "medical", "organisations", "prefectures")


@click.command(
    cls=Command,
    help="地図のレイヤーを OGC API - Features として公開する（QGIS の「WFS / OGC API」から開ける）。"
    "pip install 'renkei[serve]'。",
)
@click.option("--host", default="127.0.0.1", metavar="H", help="待ち受ける名前（既定 127.0.0.1）")
@click.option("--port", default=5000, type=click.IntRange(1, 65535), metavar="N", help="番号（既定 5000）")
@click.option("--indicator", multiple=True, metavar="ID", help="市区町村に付ける指標（繰り返せる）")
@click.option("--date", default="", metavar="D", help="指標の時点（省くと最新）")
@filter_options
@view_options
@quiet_option
def command(host: str, port: int, *, quiet: bool, **options: Any) -> int:
    """Serve until interrupted."""
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick
    from renkei.exchange.ogc_service import serve  # noqa: PLC0415
    from renkei.present.layer_files import flat, layer_rows  # noqa: PLC0415

    atlas = Atlas.open()
    indicators, date = options.pop("indicator"), options.pop("date")
    view = view_of(atlas, options | {"indicator": indicators[:1], "date": date if indicators else ""})
    layers = [flat(atlas, layer_rows(atlas, each, view, indicators=indicators, date=date), view) for each in LAYERS]
    say(f"http://{host}:{port} で公開しています。終えるには Ctrl+C。", quiet=quiet)
    with tempfile.TemporaryDirectory(prefix="renkei-ogc-") as folder:
        serve(layers, Path(folder), host, port)
    return 0
