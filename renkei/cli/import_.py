"""``renkei import``: a planner's own file as a project file that the page opens."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from renkei.cli.conventions import SOME_OPEN, Command, output_option, quiet_option, say, write_output

AS_OPTION = click.option(
    "--as",
    "kind",
    metavar="KIND",
    default="",
    help="何の表か（indicator、cases、ties、networks、blocs、points、ward-partners、joint-procurement）。"
    "指定しなければ見出しから判断する。",
)


@click.command(
    cls=Command,
    help="自分の表や図形（CSV、XLSX、GeoJSON、GeoPackage）を作業ファイル（.renkei.json）にする。"
    "地図の「自分のデータ」から開ける。",
)
@click.argument("file", metavar="FILE")
@AS_OPTION
@output_option(text="作業ファイル（.renkei.json）")
@quiet_option
def command(file: str, kind: str, output: str, *, quiet: bool) -> int:
    """Write the project file; 3 when rows are left to fix."""
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick
    from renkei.exchange.official_lists import read_as  # noqa: PLC0415
    from renkei.exchange.own_files import preview, project_of, table_of  # noqa: PLC0415
    from renkei.exchange.own_kinds import KIND_NAMES  # noqa: PLC0415
    from renkei.exchange.own_table import SHOWN  # noqa: PLC0415
    from renkei.exchange.project_file import write_project  # noqa: PLC0415

    source, said = read_as(Path(file), kind)
    found = preview(source, kind=said)
    today = datetime.now(UTC).astimezone().date().isoformat()
    write_output(output, write_project(project_of([table_of(source, found)], Atlas.open().status(), today)))
    shown = sum(row.outcome in SHOWN for row in found.rows)
    name = KIND_NAMES[found.kind][0]
    say(f"{output} に{name} {len(found.rows)} 行（地図に出るのは {shown} 行）を書き出しました。", quiet=quiet)
    return 0 if shown == len(found.rows) else SOME_OPEN
