"""The command ``renkei``: what planners' IT staff script. One module a command, imported when it is asked for."""

from __future__ import annotations

import errno
import io
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from geo.errors import RenkeiError
from renkei import __version__
from renkei.cli.conventions import Group
from renkei.cli.said import say_fault, say_wrong

if TYPE_CHECKING:
    from collections.abc import Sequence

MISUSED = 2
FAULT = 1
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})
"""What a system says when there is no room to write."""
INTERRUPTED = 130

COMMANDS: dict[str, str] = {
    "app": "地図を開く",
    "resolve": "書かれた名前を市区町村コードにする",
    "scan": "文章の中の市区町村を拾い出す",
    "search": "課題・ことば・地名・団体から探す",
    "cases": "事例の中身を読む、比べる、テーマごと・時間の順に見る",
    "export": "レイヤーを GIS・表計算のファイルに書き出す",
    "draft": "報告書から事例の下書きを作る",
    "check": "自分の表や図形を読み、行ごとに確かめる",
    "import": "自分の表を作業ファイルにする",
    "verify": "書き出した一式が元のままか確かめる",
    "serve-ogc": "QGIS などから読めるように公開する",
    "publish": "PostGIS の表にする",
    "place": "1つの自治体についてわかっていること",
    "peers": "よく似た自治体",
    "partners": "連携相手の候補（1つの自治体・1つのテーマ）",
    "bloc": "いくつかの市区町村を1つの圏域として見る",
    "gaps": "空白と分布（事例の少ない所、近隣との似かた、連携の網）",
    "aggregate": "点・メッシュ・コードのある大きな表を、市区町村や圏域ごとに合計する",
    "print": "地図を A4 の PDF か PNG に印刷する",
    "indicators": "指標の一覧・自治体ごとの値",
    "register": "連携・圏域の登録を点検する、加える",
    "data": "データの状態を見る、新しくする",
    "completion": "シェルの補完を入れる",
}
"""Name of a command, and of its module in this folder, to what it does; the module holds ``command``."""

_MODULES = {"import": "import_", "serve-ogc": "serve_ogc"}
"""Names that are no names of modules."""


class Commands(Group):
    """All commands; each is imported only when it is run, so that ``--help`` and ``resolve`` are quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order in which they are shown."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"{__name__}.{_MODULES.get(cmd_name, cmd_name)}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=Commands,
    help="自治体連携の事例・つながり・圏域を地図で見て、GIS へ渡す道具。",
    epilog="終了コード：0 できた、2 指定か入力の誤り、3 できたが確かめるべきものがある。",
)
@click.option("--data", metavar="FOLDER", help="自分のデータのフォルダー（既定は renkei data status に出ます）")
@click.version_option(__version__, message="renkei %(version)s", help="版を出す")
def root(data: str | None) -> None:
    """Set what holds for every command."""
    if data is not None:
        os.environ["RENKEI_DATA"] = data


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status.

    Returns
    -------
    int
        0 done; 1 a fault of renkei itself, told in one sentence with the file that reports it; 2 wrong arguments or
        input, with one sentence on stderr; 3 done, but something did not pass.
    """
    _write_utf8()
    try:
        status = root.main(None if argv is None else list(argv), prog_name="renkei", standalone_mode=False)
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - no user ever sees a traceback
        return _status_of(error)
    return status if isinstance(status, int) else 0


def _status_of(error: BaseException) -> int:
    """Say what went wrong, where there is something to say; return the exit status."""
    match error:
        case click.exceptions.Exit() | SystemExit():
            code = error.exit_code if isinstance(error, click.exceptions.Exit) else error.code
            return code if isinstance(code, int) else FAULT
        case click.Abort() | KeyboardInterrupt():
            return INTERRUPTED
        case click.ClickException() | RenkeiError():
            say_wrong(error)
            return MISUSED
        case BrokenPipeError():
            # The reader of a pipe went away ("| head"): end quietly, and keep Python from flushing once more.
            _end_quietly()
            return 0
        case OSError() if error.errno in _FULL:
            _end_quietly()
            say_wrong(
                RenkeiError("書き込めません（ディスクに空きがありません）。空きを作ってから、もう一度お試しください。")
            )
            return MISUSED
        case _:
            say_fault(error)
            return FAULT


def _end_quietly() -> None:
    """Keep Python from flushing stdout once more, which would only fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_utf8() -> None:
    """Write UTF-8 and LF whatever the system's code page: on Japanese Windows a redirected output is CP932."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
