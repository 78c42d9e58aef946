"""``renkei import``: a planner's own table as a project file that the page opens."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from renkei.cli.conventions import SOME_OPEN, Command, output_option, quiet_option, say, write_output


@click.command(
    cls=Command,
    help="自分の表（CSV、XLSX）を作業ファイル（.renkei.json）にする。地図の「自分のデータ」から開ける。",
)
@click.argument("file", metavar="FILE")
@output_option(text="作業ファイル（.renkei.json）")
@quiet_option
def command(file: str, output: str, *, quiet: bool) -> int:
    """Write the project file; 3 when rows are left to fix."""
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick
    from renkei.exchange.own_files import project_of, read_own_table, read_rows  # noqa: PLC0415
    from renkei.exchange.own_table import SHOWN  # noqa: PLC0415
    from renkei.exchange.project_file import write_project  # noqa: PLC0415

    path = Path(file)
    found = read_own_table(path)
    today = datetime.now(UTC).astimezone().date().isoformat()
    project = project_of(path.name, read_rows(path), found, Atlas.open().status(), today)
    write_output(output, write_project(project))
    shown = sum(row.outcome in SHOWN for row in found.rows)
    say(f"{output} に {len(found.rows)} 行（地図に出るのは {shown} 行）を書き出しました。", quiet=quiet)
    return 0 if shown == len(found.rows) else SOME_OPEN
