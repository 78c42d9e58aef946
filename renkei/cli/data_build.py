"""``renkei data build``: make the shipped tables of indicators anew out of archived inputs, or check them."""

from __future__ import annotations

from pathlib import Path

import click

from renkei.cli.conventions import SOME_OPEN, Command, line, quiet_option, say

INPUTS = Path("inputs")


@click.command("build", cls=Command, help="入力ファイルから指標の表を作り直す、配布の表と一致するか確かめる。")
@click.option(
    "--inputs",
    type=click.Path(path_type=Path),
    default=INPUTS,
    metavar="FOLDER",
    help=f"入力ファイルのフォルダー（既定 {INPUTS}）",
)
@click.option("--list", "list_inputs", is_flag=True, help="要る入力ファイルとチェックサムの一覧を出す")
@click.option("--table", "tables", multiple=True, metavar="T", help="この表だけ（繰り返せる。指標の一覧は作らない）")
@click.option("--check", is_flag=True, help="書かずに、今の表と1バイトも違わないか確かめる")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="書き出すフォルダー（--check では比べる先）",
)
@quiet_option
def build_tables(
    *, inputs: Path, list_inputs: bool, tables: tuple[str, ...], check: bool, output: Path | None, quiet: bool
) -> int:
    """Build or check; 3 when an input is missing or a table differs."""
    from geo.data_folder import data_path  # noqa: PLC0415 - keeps --help quick
    from geo.errors import InvalidFilterError  # noqa: PLC0415
    from renkei.official.build import build, differing, write  # noqa: PLC0415
    from renkei.official.inputs import Archive, listed_inputs  # noqa: PLC0415

    if list_inputs:
        for each in listed_inputs().values():
            line(f"{each.file}\t{each.bytes}\t{each.sha256}\t{each.what}\t{each.address}")
        return 0
    if not check and output is None:
        msg = "書き出すフォルダーを -o で指定してください。配布の表と比べるだけなら --check を付けます。"
        raise InvalidFilterError(msg)
    built = build(Archive(inputs), lambda title: say(f"  {title}", quiet=quiet), tables)
    for table, lacking in built.missing.items():
        line(f"表 {table}：入力ファイルがありません")
        for each in lacking:
            line(f"  {each.file}\t{each.what}\tSHA-256 {each.sha256}\t{each.address}")
    if not check and output is not None:
        write(built, output)
        line(f"{len(built.files)} ファイルを {output} に書きました。")
        return SOME_OPEN if built.missing else 0
    wrong = differing(built, output or data_path("indicators"))
    for name in wrong:
        line(f"{name}\t違います")
    if not wrong:
        line(f"{len(built.files)} ファイルが1バイトも違いません。")
    return SOME_OPEN if wrong or built.missing else 0
