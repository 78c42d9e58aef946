"""``renkei data update``: get official files, show what they change, replace tables as a whole or not at all."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import InvalidFilterError, RenkeiError

if TYPE_CHECKING:
    import argparse
    from contextlib import AbstractContextManager

    from renkei.official.update import Update

FAILED = 3
SHOWN = 8
"""So many blocks of a table are told of one by one; the rest are counted."""


def add_parser(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the action to those of ``renkei data``."""
    update = actions.add_parser("update", help="公式ファイルを取得し、違いを示して表を置き換える", description=__doc__)
    update.add_argument("source", nargs="*", metavar="SOURCE", help="取得元（省くと、自動で取得できるものすべて）")
    update.add_argument("--list", action="store_true", help="取得元の一覧を出す")
    update.add_argument("--from", dest="given", nargs="+", metavar="FILE", help="手元にある公式ファイルを使う")
    update.add_argument("--as-of", metavar="D", help="時点（2026-06-29、2026-06、FY2024 など）")
    update.add_argument(
        "--place", nargs="+", default=(), metavar="P", help="1市区町村に1ファイルの取得元で、その市区町村"
    )
    update.add_argument(
        "--mirror", default="", metavar="URL", help="庁内に置いた写し（URL/取得元/ファイル名）から取得する"
    )
    update.add_argument("--dry-run", action="store_true", help="違いを示すだけで書き込まない")
    update.add_argument("--yes", action="store_true", help="確かめずに書き込む")
    update.add_argument("--allow-loss", action="store_true", help="値が大きく減ってもよい")
    update.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Update each source by itself: one that fails leaves its table and does not stop the others; 3 if any did."""
    from renkei.official.sources import source, updatable  # noqa: PLC0415 - keeps --help quick

    if arguments.list:
        for each in updatable():
            print(f"{each.name}\t{each.title}\t{each.publisher}\t{each.table}\t{each.note}")
        return 0
    chosen = [source(name) for name in dict.fromkeys(arguments.source)]
    if (arguments.given or arguments.as_of) and len(chosen) != 1:
        msg = "--from と --as-of は取得元を1つ指定して使います（例：renkei data update fiscal --from 財政指標.xlsx）。"
        raise InvalidFilterError(msg)
    if arguments.place and not (chosen and all(each.per_place for each in chosen)):
        msg = "--place は、1市区町村に1ファイルの取得元（emission-record）で使います。"
        raise InvalidFilterError(msg)
    everything = chosen or [each for each in updatable() if each.urls and not each.per_place]
    failed = 0
    for each in everything:
        print(f"{each.title}（{each.publisher}）")
        try:
            _update(each, arguments)
        except RenkeiError as error:
            if len(everything) == 1:
                raise
            failed += 1
            print(f"  取得元 {each.name}：{error}", file=sys.stderr)
    return FAILED if failed else 0


def _update(each: Any, arguments: argparse.Namespace) -> None:
    from layers.user_folder import user_folder  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415
    from renkei.official.sources import check_as_of  # noqa: PLC0415
    from renkei.official.update import Fetching, prepare, write  # noqa: PLC0415

    how = Fetching(
        given=tuple(map(Path, arguments.given or ())),
        mirror=arguments.mirror,
        places=tuple(arguments.place),
        progress=_bar,
    )
    atlas = Atlas.open()
    found = prepare(atlas, each, how, check_as_of(arguments.as_of, each), allow_loss=arguments.allow_loss)
    tell(found)
    if found.same:
        print("  変わりはありません。", file=sys.stderr)
    elif arguments.dry_run:
        print("  書き込んでいません（--dry-run）。", file=sys.stderr)
    elif arguments.yes or _confirmed(found.source.table):
        write(atlas, found)
        print(
            f"  表 {found.source.table} の新しい値を利用者のフォルダーに書きました（{user_folder()}）。"
            "開いている地図には、次の操作から出ます。",
            file=sys.stderr,
        )


def _bar(name: str, total: int | None, have: int) -> AbstractContextManager[Any]:
    from tqdm import tqdm  # noqa: PLC0415

    return tqdm(total=total, initial=have, unit="B", unit_scale=True, desc=f"  {name}", leave=False, disable=None)


def tell(found: Update) -> None:
    """Print the files with their checksums, and block by block what changes."""
    from renkei.official.definition_files import definitions  # noqa: PLC0415

    titles = {identifier: each["title"] for identifier, each in definitions().items()}
    for got in found.files[:SHOWN]:
        state = "前回と同じ" if got.unchanged else "取得"
        print(f"  {state}\t{got.path.name}\t{got.bytes:,} バイト\tSHA-256 {got.sha256}")
    if len(found.files) > SHOWN:
        print(f"  ほか {len(found.files) - SHOWN:,} ファイル")
    for note in found.notes:
        print(f"  {note}")
    print(f"  表 {found.source.table}\t今 {found.rows_before:,} 行\t読んだもの {len(found.frame):,} 行")
    told = [change for change in found.changes if not change.same]
    for change in told[:SHOWN]:
        what = "新しい時点" if change.new else f"変わる {len(change.changed):,}"
        lost = f"、値がなくなる {len(change.lost):,}（{'・'.join(change.lost[:5])}）" if change.lost else ""
        print(
            f"  {titles[change.indicator]}\t{change.date}\t{what}、値が加わる {len(change.gained):,}{lost}"
            f"\t合計 {change.before:,.10g} → {change.after:,.10g}"
        )
    if len(told) > SHOWN:
        print(f"  ほか {len(told) - SHOWN:,} 件の指標・時点")
    if len(found.changes) > len(told):
        print(f"  同じもの {len(found.changes) - len(told):,} 件の指標・時点")


def _confirmed(table: str) -> bool:
    if not sys.stdin.isatty():
        print("  書き込んでいません。書き込むには --yes を付けてください。", file=sys.stderr)
        return False
    print(f"  表 {table} の新しい値を書きますか？ [y/N] ", end="", flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "はい")
