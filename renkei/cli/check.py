"""``renkei check``: a planner's own file, looked at before it is used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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


@click.command(
    cls=Command,
    help="自分の表や図形（CSV、XLSX、GeoJSON、GeoPackage）を読み、行ごとに、どの自治体に当たるか・読めないかを示す。",
)
@click.argument("file", metavar="FILE")
@json_option
@output_option(required=False, text="直すべき行の一覧を書き出すファイル（.csv）")
def command(file: str, output: str | None, *, as_json: bool) -> int:
    """Print what became of each row; 3 when a row is not shown."""
    from renkei.exchange.file_bytes import read_bytes  # noqa: PLC0415
    from renkei.exchange.own_files import GEO_SUFFIXES, read_own_table  # noqa: PLC0415
    from renkei.exchange.own_table import OUTCOME_NAMES, SHOWN  # noqa: PLC0415

    path = Path(file)
    if path.suffix.lower() in GEO_SUFFIXES:
        return _geo(read_bytes(path), path.name, as_json=as_json)
    found = read_own_table(path)
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
                }
            )
        elif row.outcome not in SHOWN:
            line(f"{row.number}行目\t{row.written}\t{OUTCOME_NAMES[row.outcome][0]}\t{row.reason}")
    counts = "、".join(f"{OUTCOME_NAMES[key][0]} {count}" for key, count in found.counts().items())
    say(f"{len(found.rows)}行：{counts}。指標の列：{'、'.join(each.title for each in found.indicators) or 'なし'}。")
    if output:
        from renkei.exchange.own_files import table_csv  # noqa: PLC0415

        write_output(output, table_csv(found.fix_list()))
    return SOME_OPEN if any(row.outcome not in SHOWN for row in found.rows) else 0


def _geo(content: bytes, name: str, *, as_json: bool) -> int:
    from renkei.exchange.geo_files import read_geo_file  # noqa: PLC0415

    found = read_geo_file(content, name)
    for number, why in found.faults:
        fault: dict[str, Any] = {"feature": number, "reason": why}
        if as_json:
            record(fault)
        else:
            line(f"{number}番目\t{why}")
    notes = "".join(found.notes)
    say(f"{found.rows_in}件のうち{len(found.frame)}件を読めます。{notes}")
    return SOME_OPEN if found.faults else 0
