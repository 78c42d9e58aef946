"""``renkei export``: a layer as GeoJSON, filtered as on the page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geo.data_folder import write_atomic
from geo.errors import InvalidFilterError

if TYPE_CHECKING:
    import argparse

    from layers.filters import Filters
    from renkei.atlas import Atlas

LAYERS = ("municipalities", "cases", "partnerships", "networks", "blocs", "memberships")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("export", help="レイヤーを GeoJSON に書き出す", description=__doc__)
    parser.add_argument("layer", choices=LAYERS, metavar="LAYER", help="、".join(LAYERS))
    parser.add_argument("--theme", action="append", default=[], metavar="T", help="テーマ（繰り返すと「または」）")
    parser.add_argument("--prefecture", action="append", default=[], metavar="P", help="都道府県名か2桁コード")
    parser.add_argument("--programme", action="append", default=[], metavar="X", help="事業の id か日本語名")
    parser.add_argument("--year", action="append", default=[], metavar="Y", help="年度・開始年（西暦）")
    parser.add_argument("--kind", action="append", default=[], metavar="K", help="連携の種類（disaster、sister など）")
    parser.add_argument(
        "--tier", action="append", default=[], metavar="R", help="根拠の種類（document、official、secondary、copy）"
    )
    parser.add_argument("--text", default="", metavar="S", help="含む言葉（空白区切りは「かつ」）")
    parser.add_argument("--format", choices=("geojson",), default="geojson", help="形式")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="書き出すファイル。- は標準出力")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the layer; nothing is left behind when something is wrong."""
    from layers.filters import Filters  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick

    atlas = Atlas.open()
    filters = Filters.from_values(
        atlas.tables,
        themes=arguments.theme,
        prefectures=arguments.prefecture,
        programmes=arguments.programme,
        years=arguments.year,
        text=arguments.text,
        kinds=arguments.kind,
        tiers=arguments.tier,
    )
    if arguments.output == "-":
        sys.stdout.buffer.write(_content(atlas, arguments.layer, filters))
        return 0
    path = Path(arguments.output)
    if path.is_dir() or not path.parent.is_dir():
        msg = f"{path} には書けません。既にあるフォルダーの中のファイル名を指定してください。"
        raise InvalidFilterError(msg)
    try:
        write_atomic(path, _content(atlas, arguments.layer, filters))
    except OSError as error:
        msg = f"{path} に書けません（{error.strerror}）。書き込める場所を指定してください。"
        raise InvalidFilterError(msg) from error
    return 0


def _content(atlas: Atlas, layer: str, filters: Filters) -> bytes:
    if layer == "memberships":  # a table: one row a membership of a network
        from renkei.exchange.network_tables import membership_csv  # noqa: PLC0415

        return membership_csv(filters.apply(atlas.tables, "networks"))
    from renkei.present.layer_files import export  # noqa: PLC0415 - keeps --help quick
    from renkei.present.page_state import PageState  # noqa: PLC0415

    return export(atlas, layer, "geojson", PageState(filters=filters))
