"""``renkei data update``: get official files, show what they change, replace tables as a whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.errors import InvalidFilterError, RenkeiError
from renkei.cli.conventions import SOME_OPEN, Command, confirmed, line, quiet_option, say

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from renkei.official.update import Update

_QUESTION = "  表 {} の新しい値を書きますか？"
NOT_WRITTEN = "  書き込んでいません。書き込むには --yes を付けてください。"
SHOWN = 8
"""So many blocks of a table are told of one by one; the rest are counted."""


class ManyValues(Command):
    """A command some of whose options take every value up to the next option: ``--from a.xlsx b.xlsx``."""

    many = ("--from", "--place")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Write such an option before each of its values."""
        told: list[str] = []
        option = ""
        for each in args:
            if each.startswith("--"):
                option = each if each in self.many else ""
            elif option and told[-1] != option:
                told.append(option)
            told.append(each)
        return super().parse_args(ctx, told)


@dataclass(frozen=True)
class Asked:
    """What was asked for on the command line."""

    source: tuple[str, ...]
    list_sources: bool
    given: tuple[str, ...]
    as_of: str | None
    place: tuple[str, ...]
    mirror: str
    dry_run: bool
    yes: bool
    allow_loss: bool
    quiet: bool


@click.command("update", cls=ManyValues, help="公式ファイルを取得し、違いを示して表を置き換える。")
@click.argument("source", nargs=-1, metavar="SOURCE")
@click.option("--list", "list_sources", is_flag=True, help="取得元の一覧を出す")
@click.option("--from", "given", multiple=True, metavar="FILE …", help="手元にある公式ファイルを使う")
@click.option("--as-of", metavar="D", help="時点（2026-06-29、2026-06、FY2024 など）")
@click.option("--place", multiple=True, metavar="P …", help="1市区町村に1ファイルの取得元で、その市区町村")
@click.option("--mirror", default="", metavar="URL", help="庁内に置いた写し（URL/取得元/ファイル名）から取得する")
@click.option("--dry-run", is_flag=True, help="違いを示すだけで書き込まない")
@click.option("--yes", is_flag=True, help="確かめずに書き込む")
@click.option("--allow-loss", is_flag=True, help="値が大きく減ってもよい")
@quiet_option
def update(**options: Any) -> int:
    """Update each source by itself: one that fails leaves its table and does not stop the others; 3 if any did."""
    from renkei.official.sources import source, updatable  # noqa: PLC0415 - keeps --help quick

    asked = Asked(**options)
    if asked.list_sources:
        for each in updatable():
            line(f"{each.name}\t{each.title}\t{each.publisher}\t{each.table}\t{each.note}")
        return 0
    chosen = [source(name) for name in dict.fromkeys(asked.source)]
    if (asked.given or asked.as_of) and len(chosen) != 1:
        msg = "--from と --as-of は取得元を1つ指定して使います（例：renkei data update fiscal --from 財政指標.xlsx）。"
        raise InvalidFilterError(msg)
    if asked.place and not (chosen and all(each.per_place for each in chosen)):
        msg = "--place は、1市区町村に1ファイルの取得元（emission-record）で使います。"
        raise InvalidFilterError(msg)
    everything = chosen or [each for each in updatable() if each.urls and not each.per_place]
    failed = 0
    for each in everything:
        line(f"{each.title}（{each.publisher}）")
        try:
            _update(each, asked)
        except RenkeiError as error:
            if len(everything) == 1:
                raise
            failed += 1
            say(f"  取得元 {each.name}：{error}")
    return SOME_OPEN if failed else 0


def _update(each: Any, asked: Asked) -> None:
    from layers.user_folder import user_folder  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415
    from renkei.official.sources import check_as_of  # noqa: PLC0415
    from renkei.official.update import Fetching, prepare, write  # noqa: PLC0415

    how = Fetching(
        given=tuple(map(Path, asked.given)),
        mirror=asked.mirror,
        places=asked.place,
        progress=partial(_bar, quiet=asked.quiet),
    )
    atlas = Atlas.open()
    found = prepare(atlas, each, how, check_as_of(asked.as_of, each), allow_loss=asked.allow_loss)
    tell(found)
    if found.same:
        say("  変わりはありません。", quiet=asked.quiet)
    elif asked.dry_run:
        say("  書き込んでいません（--dry-run）。", quiet=asked.quiet)
    elif asked.yes or confirmed(_QUESTION.format(found.source.table), NOT_WRITTEN):
        write(atlas, found)
        say(
            f"  表 {found.source.table} の新しい値を利用者のフォルダーに書きました（{user_folder()}）。"
            "開いている地図には、次の操作から出ます。",
            quiet=asked.quiet,
        )


def _bar(name: str, total: int | None, have: int, *, quiet: bool) -> AbstractContextManager[Any]:
    from tqdm import tqdm  # noqa: PLC0415

    return tqdm(
        total=total,
        initial=have,
        unit="B",
        unit_scale=True,
        desc=f"  {name}",
        leave=False,
        disable=True if quiet else None,
    )


def tell(found: Update) -> None:
    """Print the files with their checksums, and block by block what changes."""
    from renkei.official.definition_files import definitions  # noqa: PLC0415

    titles = {identifier: each["title"] for identifier, each in definitions().items()}
    for got in found.files[:SHOWN]:
        state = "前回と同じ" if got.unchanged else "取得"
        line(f"  {state}\t{got.path.name}\t{got.bytes:,} バイト\tSHA-256 {got.sha256}")
    if len(found.files) > SHOWN:
        line(f"  ほか {len(found.files) - SHOWN:,} ファイル")
    for note in found.notes:
        line(f"  {note}")
    line(f"  表 {found.source.table}\t今 {found.rows_before:,} 行\t読んだもの {len(found.frame):,} 行")
    told = [change for change in found.changes if not change.same]
    for change in told[:SHOWN]:
        what = "新しい時点" if change.new else f"変わる {len(change.changed):,}"
        lost = f"、値がなくなる {len(change.lost):,}（{'・'.join(change.lost[:5])}）" if change.lost else ""
        line(
            f"  {titles[change.indicator]}\t{change.date}\t{what}、値が加わる {len(change.gained):,}{lost}"
            f"\t合計 {change.before:,.10g} → {change.after:,.10g}"
        )
    if len(told) > SHOWN:
        line(f"  ほか {len(told) - SHOWN:,} 件の指標・時点")
    if len(found.changes) > len(told):
        line(f"  同じもの {len(found.changes) - len(told):,} 件の指標・時点")
