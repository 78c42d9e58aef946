"""``renkei publish``: the view as tables of a PostGIS database."""

from __future__ import annotations

from typing import Any

import click

from renkei.cli.conventions import Command, quiet_option, say
from renkei.cli.view_options import filter_options, view_of, view_options


@click.command(
    cls=Command,
    help="地図のレイヤーを PostGIS の表にする（主キー・索引・コメントつき、まとめて置き換え）。"
    "pip install 'renkei[postgis]'。",
)
@click.option("--postgis", "url", required=True, metavar="URL", help="postgresql://利用者@ホスト:番号/データベース")
@click.option("--schema", default="renkei", metavar="S", help="スキーマ（既定 renkei）")
@click.option("--indicator", multiple=True, metavar="ID", help="市区町村に付ける指標（繰り返せる）")
@click.option("--date", default="", metavar="D", help="指標の時点（省くと最新）")
@filter_options
@view_options
@quiet_option
def command(url: str, schema: str, *, quiet: bool, **options: Any) -> int:
    """Write every layer in one transaction."""
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick
    from renkei.exchange.postgis import publish  # noqa: PLC0415
    from renkei.present.layer_files import flat, layer_ids, layer_rows  # noqa: PLC0415

    atlas = Atlas.open()
    indicators, date = options.pop("indicator"), options.pop("date")
    view = view_of(atlas, options | {"indicator": indicators[:1], "date": date if indicators else ""})
    layers = [
        flat(atlas, layer_rows(atlas, each, view, indicators=indicators, date=date), view) for each in layer_ids()
    ]
    written = publish(layers, url, schema)
    say("、".join(f"{name} {count:,}行" for name, count in written.items()) + "。", quiet=quiet)
    return 0
