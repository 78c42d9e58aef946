"""``renkei register``: check the register of ties and blocs, and let it grow by evidence."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from geo.data_folder import write_atomic
from geo.errors import DataError, InvalidFilterError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

SOME_OPEN = 3
CORRECTED = ("自治体", "相手・構成自治体", "名称", "種類", "開始日", "終了日", "テーマ", "備考")
"""Columns of the template that a correction can change."""
MANY = 500
"""From so many rows on, a bar tells how far the reading is."""
_JAPAN = timezone(timedelta(hours=9))


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("register", help="連携・圏域の登録を点検する、加える", description=__doc__)
    actions = parser.add_subparsers(dest="action", metavar="操作", required=True, parser_class=type(parser))
    check = actions.add_parser("check", help="登録全体を点検し、人が見るべきものを並べる")
    check.add_argument("--json", action="store_true", help="1行に1つの JSON で出す")
    check.set_defaults(run=run_check)
    template = actions.add_parser("template", help="記入用の様式を書き出す（.csv、.xlsx、.yaml）")
    template.add_argument("-o", "--output", required=True, metavar="FILE", help="書き出すファイル")
    template.set_defaults(run=run_template)
    add = actions.add_parser("add", help="記入した様式を読み、違いを示して加える")
    add.add_argument("file", metavar="FILE", help="記入した様式（.csv、.xlsx、.yaml）")
    add.add_argument("--dry-run", action="store_true", help="違いを示すだけで書き込まない")
    add.add_argument("--yes", action="store_true", help="確かめずに書き込む")
    add.set_defaults(run=run_add)
    for name, operation, what in (
        ("correct", "訂正", "登録された事実を訂正する（前の値も記録に残る）"),
        ("end", "終了", "登録された事実が終わったことを記す"),
        ("retract", "取り消し", "事実を取り消して地図から外す、または記録（log-0001 など）を取り消して元に戻す"),
    ):
        change = actions.add_parser(name, help=what)
        change.add_argument("fact", metavar="ID", help="事実の番号（一覧や書き出したファイルの id）")
        change.add_argument("--reason", required=True, metavar="S", help="理由")
        change.add_argument("--url", default="", metavar="URL", help="そのことが書かれたページ")
        change.add_argument(
            "--tier", default="公式ページ", metavar="R", help="公式ページ、報道・関係団体のページ、写し"
        )
        change.add_argument("--page-date", default="", metavar="D", help="ページの日付")
        change.add_argument("--dry-run", action="store_true", help="違いを示すだけで書き込まない")
        change.add_argument("--yes", action="store_true", help="確かめずに書き込む")
        if name == "correct":
            change.add_argument(
                "--set",
                action="append",
                required=True,
                metavar="欄=値",
                help=f"欄は {'、'.join(CORRECTED)}。- で空にする",
            )
        if name == "end":
            change.add_argument("--on", default="", metavar="D", help="終わった日（分からなければ省く）")
        change.set_defaults(run=run_change, operation=operation)
    log = actions.add_parser("log", help="加えた・直した記録を並べる")
    log.add_argument("--json", action="store_true", help="1行に1つの JSON で出す")
    log.set_defaults(run=run_log)
    areas = actions.add_parser("areas", help="省庁の圏域一覧（圏域・中心市・構成市町村）を様式に直す")
    areas.add_argument("file", metavar="FILE", help="一覧（.csv、.xlsx、.yaml）")
    areas.add_argument("--programme", required=True, metavar="X", help="事業：連携中枢都市圏、定住自立圏 など")
    areas.add_argument("-o", "--output", required=True, metavar="FILE", help="書き出す様式（.csv）")
    areas.set_defaults(run=run_areas)


def run_check(arguments: argparse.Namespace) -> int:
    """Print what the check found; 3 when something is wrong."""
    from layers.register_check import check_register  # noqa: PLC0415 - keeps --help quick
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick

    atlas = Atlas.open()
    found = check_register(atlas.tables)
    errors = sum(each.level == "error" for each in found)
    for each in found:
        if arguments.json:
            print(json.dumps(each._asdict(), ensure_ascii=False))
        else:
            print(f"{'誤り' if each.level == 'error' else '要確認'}\t{each.fact_id}\t{each.message}")
    print(f"誤り {errors} 件、人が確かめるもの {len(found) - errors} 件。", file=sys.stderr)
    return SOME_OPEN if errors else 0


def _write(path: Path, content: bytes) -> None:
    if path.is_dir() or not path.parent.is_dir():
        msg = f"{path} には書けません。既にあるフォルダーの中のファイル名を指定してください。"
        raise InvalidFilterError(msg)
    try:
        write_atomic(path, content)
    except OSError as error:
        msg = f"{path} に書けません（{error.strerror}）。書き込める場所を指定してください。"
        raise InvalidFilterError(msg) from error


def run_template(arguments: argparse.Namespace) -> int:
    """Write the template."""
    from renkei.exchange.fact_tables import template  # noqa: PLC0415

    path = Path(arguments.output)
    _write(path, template(path.suffix.lower()))
    print(f"{path} に様式を書き出しました。1行に1つ記入し、renkei register add {path} で加えます。", file=sys.stderr)
    return 0


def run_add(arguments: argparse.Namespace) -> int:
    """Show the difference that a filled-in template makes, ask, and write all of it or nothing."""
    from renkei.exchange.fact_tables import read_rows  # noqa: PLC0415 - keeps --help quick

    header, filled = read_rows(Path(arguments.file))
    if "分類" not in header or "根拠のURL" not in header:
        msg = (
            f"{arguments.file} は様式と違います。renkei register template -o 様式.csv で作った様式に記入してください。"
        )
        raise DataError(msg)
    return _take_up(filled, arguments)


def run_change(arguments: argparse.Namespace) -> int:
    """Show what a correction, an end or a retraction changes, ask, and write it."""
    row = {
        "操作": arguments.operation,
        "番号": arguments.fact,
        "理由": arguments.reason,
        "根拠のURL": arguments.url,
        "根拠の種類": arguments.tier,
        "ページの日付": arguments.page_date,
        "終了日": getattr(arguments, "on", ""),
    }
    for cell in getattr(arguments, "set", ()):
        column, separator, value = cell.partition("=")
        if not separator or column not in CORRECTED:
            msg = f"--set「{cell[:40]}」は 欄=値 の形にしてください。欄は {'、'.join(CORRECTED)} です。"
            raise InvalidFilterError(msg)
        row[column] = value
    return _take_up([(1, row)], arguments)


def _take_up(filled: list[tuple[int, dict[str, str]]], arguments: argparse.Namespace) -> int:
    from layers.register_additions import OUTCOMES, read_additions, take_up  # noqa: PLC0415
    from layers.user_folder import UserFolder  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415

    atlas = Atlas.open()
    shown = read_additions(atlas.tables, _counted(filled))
    for each in shown:
        print(f"{each.number}行目\t{OUTCOMES[each.outcome]}\t{each.message}")
    rejected = sum(each.outcome == "rejected" for each in shown)
    counts = "、".join(f"{name} {sum(each.outcome == key for each in shown)}" for key, name in OUTCOMES.items())
    print(f"{len(shown)}行：{counts}。", file=sys.stderr)
    wanted = sum(bool(each.cells) for each in shown)
    if wanted and not arguments.dry_run and (arguments.yes or _confirmed(wanted)):
        folder = atlas.tables.own or UserFolder()
        done = take_up(folder, filled, datetime.now(UTC).astimezone(_JAPAN).date().isoformat())
        for before, each in zip(shown, done, strict=True):
            if before.outcome != each.outcome:  # another one wrote meanwhile
                print(f"{each.number}行目\t{OUTCOMES[each.outcome]}\t{each.message}")
        written = sum(bool(each.cells) for each in done)
        print(f"{written}件を {folder.path} の登録に記しました。地図には次の操作から載ります。", file=sys.stderr)
    return SOME_OPEN if rejected else 0


def _counted(filled: list[tuple[int, dict[str, str]]]) -> Iterable[tuple[int, dict[str, str]]]:
    if len(filled) < MANY:
        return filled
    from tqdm import tqdm  # noqa: PLC0415

    return tqdm(filled, desc="読んでいます", unit="行", leave=False, disable=None)


def _confirmed(count: int) -> bool:
    if not sys.stdin.isatty():
        print("書き込んでいません。書き込むには --yes を付けてください。", file=sys.stderr)
        return False
    print(f"{count}件を登録に記しますか？ [y/N] ", end="", flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "はい")


def run_log(arguments: argparse.Namespace) -> int:
    """Print the log, oldest entry first."""
    from layers.register_log import ACTIONS, FIELDS, entries  # noqa: PLC0415
    from layers.tables import rows  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415

    found = rows(entries(Atlas.open().tables))
    for each in found:
        if arguments.json:
            print(json.dumps(each, ensure_ascii=False))
            continue
        told = "、".join(f"{label}={each[key]}" for key, label in FIELDS.items() if each[key])
        mark = "" if each["in_force"] else "（取り消し済み）"
        action = ACTIONS.get(each["action"], each["action"])
        print(
            f"{each['entry']}\t{each['made_on']}\t{action}{mark}\t{each['fact_id']}\t{told}\t{each['reason']}\t{each['url']}"
        )
    print(f"{len(found)}件の記録。", file=sys.stderr)
    return 0


def run_areas(arguments: argparse.Namespace) -> int:
    """Turn a ministry's table of areas into the template; 3 when a name stayed open."""
    from layers.evidence import find_programme  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick
    from renkei.exchange.area_tables import read_area_table  # noqa: PLC0415
    from renkei.exchange.fact_tables import COLUMNS  # noqa: PLC0415

    atlas = Atlas.open()
    programme = str(atlas.programmes().at[find_programme(atlas.tables, arguments.programme), "name"])
    found = read_area_table(Path(arguments.file), programme)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(COLUMNS), lineterminator="\n")
    writer.writeheader()
    writer.writerows(each.row for each in found)
    _write(Path(arguments.output), b"\xef\xbb\xbf" + text.getvalue().encode())
    open_names = 0
    for each in found:
        for name, why, candidates in each.open_names:
            open_names += 1
            hint = f"　候補：{'、'.join(candidates)}" if candidates else ""
            print(f"{each.number}行目\t{each.row['名称']}\t「{name}」は決まりません：{why}{hint}")
    print(
        f"{len(found)}圏域を {arguments.output} に書き出しました。決まらない名前 {open_names} 件。"
        "根拠のURLを記入して renkei register add で加えてください。",
        file=sys.stderr,
    )
    return SOME_OPEN if open_names else 0
