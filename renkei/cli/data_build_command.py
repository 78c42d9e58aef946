"""``renkei data build``: make the shipped tables of indicators anew out of archived inputs, or check them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

FAILED = 3
INPUTS = Path("inputs")


def add_parser(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the action to those of ``renkei data``."""
    action = actions.add_parser(
        "build", help="入力ファイルから指標の表を作り直す、配布の表と一致するか確かめる", description=__doc__
    )
    action.add_argument(
        "--inputs", type=Path, default=INPUTS, metavar="FOLDER", help=f"入力ファイルのフォルダー（既定 {INPUTS}）"
    )
    action.add_argument("--list", action="store_true", help="要る入力ファイルとチェックサムの一覧を出す")
    action.add_argument("--check", action="store_true", help="書かずに、今の表と1バイトも違わないか確かめる")
    action.add_argument(
        "-o", "--output", type=Path, metavar="FOLDER", help="書き出すフォルダー（--check では比べる先）"
    )
    action.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Build or check; 3 when an input is missing or a table differs."""
    from geo.data_folder import data_path  # noqa: PLC0415 - keeps --help quick
    from geo.errors import InvalidFilterError  # noqa: PLC0415
    from renkei.official.build import build, differing, write  # noqa: PLC0415
    from renkei.official.inputs import Archive, listed_inputs  # noqa: PLC0415

    if arguments.list:
        for each in listed_inputs().values():
            print(f"{each.file}\t{each.bytes}\t{each.sha256}\t{each.what}\t{each.address}")
        return 0
    if not arguments.check and arguments.output is None:
        msg = "書き出すフォルダーを -o で指定してください。配布の表と比べるだけなら --check を付けます。"
        raise InvalidFilterError(msg)
    built = build(Archive(arguments.inputs), lambda title: print(f"  {title}", file=sys.stderr))
    for table, lacking in built.missing.items():
        print(f"表 {table}：入力ファイルがありません")
        for each in lacking:
            print(f"  {each.file}\t{each.what}\tSHA-256 {each.sha256}\t{each.address}")
    if not arguments.check:
        write(built, arguments.output)
        print(f"{len(built.files)} ファイルを {arguments.output} に書きました。")
        return FAILED if built.missing else 0
    wrong = differing(built, arguments.output or data_path("indicators"))
    for name in wrong:
        print(f"{name}\t違います")
    if not wrong:
        print(f"{len(built.files)} ファイルが1バイトも違いません。")
    return FAILED if wrong or built.missing else 0
