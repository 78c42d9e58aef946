"""``renkei print``: the map as an A4 sheet, PDF or PNG, with every choice of the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import click

from geo.errors import InvalidFilterError
from renkei.cli.conventions import STDOUT, Command, output_option, quiet_option, say, writable, write_output
from renkei.cli.view_options import filter_options, view_of, view_options

FORMS = ("pdf", "png")


@click.command(cls=Command, help="地図を A4 の PDF か PNG に印刷する。形式は -o の拡張子か --format で決まる。")
@output_option(text="書き出すファイル（.pdf か .png）。- は標準出力")
@click.option("--format", "form", default="", metavar="F", help="形式（pdf、png）。-o - の既定は pdf")
@click.option("--indicator", default="", metavar="ID", help="背景の指標（renkei indicators list の id）")
@click.option("--date", default="", metavar="D", help="指標の時点（省くと最新）")
@click.option("--sheet", default="", metavar="P", help="1つの都道府県を大きく（名前か2桁コード）")
@click.option("--code", default="", metavar="C", help="太く囲む市区町村のコード")
@filter_options
@view_options
@quiet_option
def command(output: str, form: str, sheet: str, *, quiet: bool, **options: Any) -> int:
    """Write the sheet; nothing is left behind when something is wrong."""
    from geo.codes import normalize_prefecture  # noqa: PLC0415 - keeps --help quick
    from renkei.atlas import Atlas  # noqa: PLC0415
    from renkei.paper.print_map import Format, Sheet, render  # noqa: PLC0415
    from renkei.present.describe import describe  # noqa: PLC0415

    wanted = _form(output, form)
    if output != STDOUT:
        writable(output)
    atlas = Atlas.open()
    view = view_of(atlas, options)
    paper = Sheet(normalize_prefecture(sheet) if sheet else "")
    write_output(output, render(atlas, view, paper, cast("Format", wanted)))
    say(describe(atlas, view), quiet=quiet or output == STDOUT)
    return 0


def _form(output: str, form: str) -> str:
    suffix = Path(output).suffix.lower().lstrip(".")
    wanted = form or ("pdf" if output == STDOUT else suffix)
    if wanted not in FORMS or (form and suffix in FORMS and suffix != form):
        msg = f"形式「{wanted or output}」では印刷できません。-o の拡張子か --format に pdf か png を指定してください。"
        raise InvalidFilterError(msg)
    return wanted
