"""``renkei print``: the map as an A4 sheet, PDF or PNG."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from geo.data_folder import write_atomic
from geo.errors import InvalidFilterError

if TYPE_CHECKING:
    import argparse

    from renkei.paper.print_map import Format


LAYERS_HELP = "表示するもの（cases、ties、blocs、core_city、self_reliant）"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("print", help="地図を A4 の PDF か PNG に印刷する", description=__doc__)
    parser.add_argument("--indicator", default="", metavar="ID", help="背景の指標（renkei indicators list の id）")
    parser.add_argument("--date", default="", metavar="D", help="指標の日付（省略すると最新）")
    parser.add_argument("--sheet", default="", metavar="P", help="1つの都道府県を大きく（名前か2桁コード）")
    parser.add_argument("--code", default="", metavar="C", help="太く囲む市区町村のコード")
    parser.add_argument(
        "--layer",
        action="append",
        default=[],
        metavar="L",
        help=LAYERS_HELP,
    )
    filters = {
        "theme": "テーマ",
        "prefecture": "都道府県",
        "programme": "事業",
        "kind": "連携の種類",
        "tier": "根拠の種類",
    }
    for option, name in filters.items():
        parser.add_argument(
            f"--{option}", action="append", default=[], metavar="X", help=f"{name}（繰り返しは「または」）"
        )
    parser.add_argument("--text", default="", metavar="S", help="含む言葉")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="書き出すファイル（.pdf か .png）")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the sheet; nothing is left behind when something is wrong."""
    from geo.codes import normalize_prefecture  # noqa: PLC0415 - keeps --help quick
    from layers.filters import Filters  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick
    from renkei.paper.print_map import Sheet, render  # noqa: PLC0415
    from renkei.present.page_state import from_query  # noqa: PLC0415

    atlas = Atlas.open()
    path = Path(arguments.output)
    if path.is_dir() or not path.parent.is_dir():
        msg = f"{path} には書けません。既にあるフォルダーの中のファイル名を指定してください。"
        raise InvalidFilterError(msg)
    filters = Filters.from_values(
        atlas.tables,
        themes=arguments.theme,
        prefectures=arguments.prefecture,
        programmes=arguments.programme,
        text=arguments.text,
        kinds=arguments.kind,
        tiers=arguments.tier,
    )
    query = filters.to_query() | {
        key: [value]
        for key, value in (("indicator", arguments.indicator), ("date", arguments.date), ("code", arguments.code))
        if value
    }
    if arguments.layer:
        query["show"] = arguments.layer
    state, notes = from_query(atlas, query)
    if notes:
        msg = f"{'、'.join(notes)} はありません。renkei indicators list などで確かめてください。"
        raise InvalidFilterError(msg)
    sheet = Sheet(normalize_prefecture(arguments.sheet) if arguments.sheet else "")
    content = render(atlas, state, sheet, cast("Format", path.suffix.lower().lstrip(".")))
    try:
        write_atomic(path, content)
    except OSError as error:
        msg = f"{path} に書けません（{error.strerror}）。書き込める場所を指定してください。"
        raise InvalidFilterError(msg) from error
    return 0
