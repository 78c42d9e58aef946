"""``renkei check``: a planner's own file, looked at before it is used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from renkei.cli.conventions import (
    SOME_OPEN,
    Command,
    json_option,
    line,
    output_option,
    record,
    say,
    write_output,
)
from renkei.cli.import_ import AS_OPTION

if TYPE_CHECKING:
    from renkei.exchange.own_table import OwnTable


@click.command(
    cls=Command,
    help="自分の表や図形（CSV、XLSX、GeoJSON、GeoPackage）を読み、行ごとに、どの自治体に当たるか・読めないかを示す。",
)
@click.argument("file", metavar="FILE")
@AS_OPTION
@json_option
@output_option(required=False, text="直すべき行の一覧を書き出すファイル（.csv）")
def command(file: str, kind: str, output: str | None, *, as_json: bool) -> int:
    """Print what became of each row; 3 when a row is not shown."""
    from renkei.exchange.official_lists import read_as  # noqa: PLC0415 - keeps --help quick
    from renkei.exchange.own_files import preview, table_csv  # noqa: PLC0415
    from renkei.exchange.own_kinds import KIND_NAMES  # noqa: PLC0415
    from renkei.exchange.own_table import OUTCOME_NAMES, SHOWN  # noqa: PLC0415

    source, said = read_as(Path(file), kind)
    found = preview(source, kind=said)
    for row in found.rows:
        if as_json:
            record(
                {
                    "row": row.number,
                    "input": row.written,
                    "outcome": row.outcome,
                    "code": row.code or None,
                    "candidates": list(row.candidates),
                    "reason": row.reason,
                    "kind": found.kind,
                }
            )
        elif row.outcome not in SHOWN:
            line(f"{row.number}行目\t{row.written}\t{OUTCOME_NAMES[row.outcome][0]}\t{row.reason}")
    counts = "、".join(f"{OUTCOME_NAMES[key][0]} {count}" for key, count in found.counts().items())
    notes = "".join(source.notes)
    say(f"{KIND_NAMES[found.kind][0]} {len(found.rows)}行：{counts}。{_what(found)}{notes}")
    if output:
        write_output(output, table_csv(found.fix_list()))
    return SOME_OPEN if any(row.outcome not in SHOWN for row in found.rows) else 0


def _what(found: OwnTable) -> str:
    """Say what would be drawn."""
    if found.kind != "indicator":
        return f"地図に出るのは {len(found.facts)}件。"
    return f"指標の列：{'、'.join(each.title for each in found.indicators) or 'なし'}。"
