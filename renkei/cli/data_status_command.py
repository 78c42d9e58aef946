"""``renkei data status``: every table with rows, date, source, licence, and whether its checksum holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from renkei.cli import data_build_command, data_update_command

if TYPE_CHECKING:
    import argparse


FAILED = 3


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("data", help="データの状態を見る、新しくする", description=__doc__)
    actions = parser.add_subparsers(
        dest="action", metavar="status|update|build", required=True, parser_class=type(parser)
    )
    status = actions.add_parser(
        "status", help="表ごとの件数・基準日・出典・利用条件・チェックサム", description=__doc__
    )
    status.add_argument("--json", action="store_true", help="1行に1つの JSON で出す")
    status.set_defaults(run=run)
    data_update_command.add_parser(actions)
    data_build_command.add_parser(actions)


def run(arguments: argparse.Namespace) -> int:
    """Print every table and how complete each kind of fact is; 3 when a checksum does not hold."""
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick

    atlas = Atlas.open()
    statuses = atlas.status()
    for each in statuses:
        if arguments.json:
            print(json.dumps(each, ensure_ascii=False))
        else:
            mark = "OK" if each["checksum_ok"] else "NG（チェックサムが合いません）"
            print(
                f"{each['table']}\t{each['rows']:,}件\t{each['as_of']}\t{each['publisher']}：{each['source']}\t{each['licence']}\t{mark}"
            )
    for row in [] if arguments.json else [kind for each in statuses for kind in each.get("completeness", [])]:
        known = f"{row['known']}（{row['known_by']}、{row['known_on']}）" if row["known"] else "総数不明"
        held = f"{row['held']:,}件 / {known}\t{row['held_municipalities']:,}市区町村"
        print(f"網羅：{row['name']}\t{held}\t足りないもの：{row['missing']}")
    return 0 if all(each["checksum_ok"] for each in statuses) else FAILED
