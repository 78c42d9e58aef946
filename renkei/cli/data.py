"""``renkei data``: the state of every table; new official files in their place."""

from __future__ import annotations

import click

from layers.coverage import LEVELS
from renkei.cli.conventions import SOME_OPEN, Group, json_option, line, record, say
from renkei.cli.data_build import build_tables
from renkei.cli.data_update import update


@click.group(cls=Group, help="データの状態を見る、新しくする。")
def command() -> None:
    """Gather the commands about tables."""


command.add_command(update)
command.add_command(build_tables)


@command.command("status", help="表ごとの件数・基準日・出典・利用条件・チェックサムと、種類ごとの網羅。")
@json_option
def status(*, as_json: bool) -> int:
    """Print every table and how complete each kind of fact is; 3 when a file is not as it was built or written."""
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick

    atlas = Atlas.open()
    statuses = atlas.status()
    awaits = atlas.awaited()
    own = atlas.tables.own
    say(f"配布のデータ：{atlas.tables.shipped}", quiet=as_json)
    say(f"自分のデータ：{own.path if own else 'なし'}", quiet=as_json)
    for each in statuses:
        if as_json:
            found = [awaited._asdict() for awaited in awaits if each["table"] == f"indicators/{awaited.table}.parquet"]
            record({**each, "awaited": found} if found else each)
        else:
            mark = "OK" if each["checksum_ok"] else "NG（チェックサムが合いません）"
            about = f"{each['as_of']}\t{each['publisher']}：{each['source']}\t{each['licence']}\t{mark}"
            where = "自分" if each["layer"] == "own" else "配布"
            line(f"{each['table']}\t{where}\t{each['rows']:,}件\t{about}")
    for row in [] if as_json else [kind for each in statuses for kind in each.get("completeness", [])]:
        whose = "、".join(filter(None, (row["known_by"], row["known_on"])))
        known = f"{int(row['known']):,}（{whose}）" if row["known"] else "総数不明"
        held = f"{row['held']:,}件 / {known}\t{row['held_municipalities']:,}市区町村"
        line(f"網羅：{row['name']}\t{held}\t足りないもの：{row['missing']}")
    damaged = atlas.damages()
    if not as_json and not damaged:
        levels = atlas.coverage()["level"].value_counts()
        line("網羅：市区町村\t" + "、".join(f"{name} {levels.get(each, 0):,}" for each, name, _ in LEVELS))
    for awaited in [] if as_json else awaits:
        line(f"更新：{awaited.sentence()}")
    for damage in damaged:
        say(f"破損：{damage.message}", quiet=False)
    return SOME_OPEN if damaged else 0
