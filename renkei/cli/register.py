"""``renkei register``: check the register of ties and blocs, and let it grow by evidence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geo.errors import DataError, InvalidFilterError
from renkei.cli.conventions import (
    SOME_OPEN,
    Group,
    confirmed,
    input_file,
    json_option,
    line,
    output_option,
    quiet_option,
    record,
    say,
    write_output,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

F = TypeVar("F", bound="Callable[..., Any]")
NOT_WRITTEN = "書き込んでいません。書き込むには --yes を付けてください。"
CORRECTED = ("自治体", "相手・構成自治体", "名称", "種類", "開始日", "終了日", "テーマ", "備考")
"""Columns of the template that a correction can change."""
MANY = 500
"""From so many rows on, a bar tells how far the reading is."""
_JAPAN = timezone(timedelta(hours=9))


def writing(function: F) -> F:
    """Add ``--dry-run``, ``--yes`` and ``--quiet``."""
    for option in (
        quiet_option,
        click.option("--yes", is_flag=True, help="確かめずに書き込む"),
        click.option("--dry-run", is_flag=True, help="違いを示すだけで書き込まない"),
    ):
        function = option(function)
    return function


@click.group(cls=Group, help="連携・圏域の登録を点検する、加える、直す。")
def command() -> None:
    """Gather the commands about the register."""


@command.command("check", help="登録全体を点検し、人が見るべきものを並べる。")
@json_option
@quiet_option
def check(*, as_json: bool, quiet: bool) -> int:
    """Print what the check found; 3 when something is wrong."""
    from layers.register_check import check_register  # noqa: PLC0415 - keeps --help quick
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick

    atlas = Atlas.open()
    found = check_register(atlas.tables)
    errors = sum(each.level == "error" for each in found)
    for each in found:
        if as_json:
            record(each._asdict())
        else:
            line(f"{'誤り' if each.level == 'error' else '要確認'}\t{each.fact_id}\t{each.message}")
    say(f"誤り {errors} 件、人が確かめるもの {len(found) - errors} 件。", quiet=quiet)
    return SOME_OPEN if errors else 0


@command.command("template", help="記入用の様式を書き出す（.csv、.xlsx、.yaml）。")
@output_option()
@quiet_option
def write_template(output: str, *, quiet: bool) -> int:
    """Write the template."""
    from renkei.exchange.fact_tables import template  # noqa: PLC0415

    path = Path(output)
    write_output(output, template(path.suffix.lower()))
    say(f"{path} に様式を書き出しました。1行に1つ記入し、renkei register add {path} で加えます。", quiet=quiet)
    return 0


@command.command("add", help="記入した様式（.csv、.xlsx、.yaml）を読み、違いを示して加える。")
@click.argument("file", metavar="FILE")
@writing
def add(file: str, **how: bool) -> int:
    """Show the difference that a filled-in template makes, ask, and write all of it or nothing."""
    from renkei.exchange.fact_tables import read_rows  # noqa: PLC0415 - keeps --help quick

    with input_file(file) as path:
        header, filled = read_rows(path)
    if "分類" not in header or "根拠のURL" not in header:
        msg = f"{file} は様式と違います。renkei register template -o 様式.csv で作った様式に記入してください。"
        raise DataError(msg)
    return _take_up(filled, **how)


def changing(function: F) -> F:
    """Add what a correction, an end and a retraction share: which fact, why, and the page that says so."""
    for option in (
        click.option("--page-date", default="", metavar="D", help="ページの日付"),
        click.option("--tier", default="公式ページ", metavar="R", help="公式ページ、報道・関係団体のページ、写し"),
        click.option("--url", default="", metavar="URL", help="そのことが書かれたページ"),
        click.option("--reason", required=True, metavar="S", help="理由"),
        click.argument("fact", metavar="ID"),
    ):
        function = option(function)
    return writing(function)


@command.command("correct", help="登録された事実を訂正する（前の値も記録に残る）。")
@changing
@click.option(
    "--set", "cells", multiple=True, required=True, metavar="欄=値", help=f"欄は {'、'.join(CORRECTED)}。- で空にする"
)
def correct(cells: tuple[str, ...], **options: Any) -> int:
    """Show what a correction changes, ask, and write it."""
    changed = {}
    for cell in cells:
        column, separator, value = cell.partition("=")
        if not separator or column not in CORRECTED:
            msg = f"--set「{cell[:40]}」は 欄=値 の形にしてください。欄は {'、'.join(CORRECTED)} です。"
            raise InvalidFilterError(msg)
        changed[column] = value
    return _change("訂正", changed, **options)


@command.command("end", help="登録された事実が終わったことを記す。")
@changing
@click.option("--on", default="", metavar="D", help="終わった日（分からなければ省く）")
def end(on: str, **options: Any) -> int:
    """Show what an end changes, ask, and write it."""
    return _change("終了", {"終了日": on}, **options)


@command.command("retract", help="事実を取り消して地図から外す、または記録（log-0001 など）を取り消して元に戻す。")
@changing
def retract(**options: Any) -> int:
    """Show what a retraction changes, ask, and write it."""
    return _change("取り消し", {}, **options)


def _change(
    operation: str,
    cells: dict[str, str],
    *,
    fact: str,
    reason: str,
    url: str,
    tier: str,
    page_date: str,
    **how: bool,
) -> int:
    row = {"操作": operation, "番号": fact, "理由": reason, "根拠のURL": url, "根拠の種類": tier}
    return _take_up([(1, row | {"ページの日付": page_date, "終了日": ""} | cells)], **how)


def _take_up(filled: list[tuple[int, dict[str, str]]], *, dry_run: bool, yes: bool, quiet: bool) -> int:
    from layers.register_additions import OUTCOMES, read_additions, take_up  # noqa: PLC0415
    from layers.user_folder import UserFolder  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415

    atlas = Atlas.open()
    shown = read_additions(atlas.tables, _counted(filled))
    for each in shown:
        line(f"{each.number}行目\t{OUTCOMES[each.outcome]}\t{each.message}")
    rejected = sum(each.outcome == "rejected" for each in shown)
    counts = "、".join(f"{name} {sum(each.outcome == key for each in shown)}" for key, name in OUTCOMES.items())
    say(f"{len(shown)}行：{counts}。", quiet=quiet)
    wanted = sum(bool(each.cells) for each in shown)
    if wanted and not dry_run and (yes or confirmed(f"{wanted}件を登録に記しますか？", NOT_WRITTEN)):
        folder = atlas.tables.own or UserFolder()
        done = take_up(folder, filled, datetime.now(UTC).astimezone(_JAPAN).date().isoformat())
        for before, each in zip(shown, done, strict=True):
            if before.outcome != each.outcome:  # another one wrote meanwhile
                line(f"{each.number}行目\t{OUTCOMES[each.outcome]}\t{each.message}")
        written = sum(bool(each.cells) for each in done)
        say(f"{written}件を {folder.path} の登録に記しました。地図には次の操作から載ります。", quiet=quiet)
    return SOME_OPEN if rejected else 0


def _counted(filled: list[tuple[int, dict[str, str]]]) -> Iterable[tuple[int, dict[str, str]]]:
    if len(filled) < MANY:
        return filled
    from tqdm import tqdm  # noqa: PLC0415

    return tqdm(filled, desc="読んでいます", unit="行", leave=False, disable=None)


@command.command("log", help="加えた・直した記録を並べる。")
@json_option
@quiet_option
def log(*, as_json: bool, quiet: bool) -> int:
    """Print the log, oldest entry first."""
    from layers.register_log import ACTIONS, FIELDS, entries  # noqa: PLC0415
    from layers.tables import rows  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415

    found = rows(entries(Atlas.open().tables))
    for each in found:
        if as_json:
            record(each)
            continue
        told = "、".join(f"{label}={each[key]}" for key, label in FIELDS.items() if each[key])
        mark = "" if each["in_force"] else "（取り消し済み）"
        action = ACTIONS.get(each["action"], each["action"])
        line(
            f"{each['entry']}\t{each['made_on']}\t{action}{mark}\t{each['fact_id']}\t{told}\t{each['reason']}\t{each['url']}"
        )
    say(f"{len(found)}件の記録。", quiet=quiet)
    return 0


@command.command("areas", help="省庁の圏域一覧（圏域・中心市・構成市町村）を様式に直す。")
@click.argument("file", metavar="FILE")
@click.option("--programme", required=True, metavar="X", help="事業：連携中枢都市圏、定住自立圏 など")
@output_option(text="書き出す様式（.csv）")
@quiet_option
def areas(file: str, programme: str, output: str, *, quiet: bool) -> int:
    """Turn a ministry's table of areas into the template; 3 when a name stayed open."""
    from layers.evidence import find_programme  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick
    from renkei.exchange.area_tables import read_area_table  # noqa: PLC0415
    from renkei.exchange.fact_tables import filled_template  # noqa: PLC0415

    atlas = Atlas.open()
    programme = str(atlas.programmes().at[find_programme(atlas.tables, programme), "name"])
    with input_file(file) as path:
        found = read_area_table(path, programme)
    write_output(output, filled_template(each.row for each in found))
    open_names = 0
    for each in found:
        for name, why, candidates in each.open_names:
            open_names += 1
            hint = f"　候補：{'、'.join(candidates)}" if candidates else ""
            line(f"{each.number}行目\t{each.row['名称']}\t「{name}」は決まりません：{why}{hint}")
    say(
        f"{len(found)}圏域を {output} に書き出しました。決まらない名前 {open_names} 件。"
        "根拠のURLを記入して renkei register add で加えてください。",
        quiet=quiet,
    )
    return SOME_OPEN if open_names else 0
