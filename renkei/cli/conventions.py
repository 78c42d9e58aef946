"""What every command keeps to: Japanese help, ``--json``, ``-o FILE|-``, ``-`` for stdin, ``--quiet``."""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geo.errors import InvalidFilterError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

F = TypeVar("F", bound="Callable[..., Any]")
STDIN = STDOUT = "-"
SOME_OPEN = 3
"""Exit status: done, but something needs a person."""


class Formatter(click.HelpFormatter):
    """Help with Japanese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of usage."""
        told = args.replace("[OPTIONS]", "[指定]").replace("COMMAND [ARGS]...", "コマンド …")
        super().write_usage(prog, told, prefix or "使い方: ")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Write a heading."""
        with super().section({"Options": "指定", "Commands": "コマンド"}.get(name, name)):
            yield

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names and what they mean."""
        told = [(name, text.replace("[required]", "［必須］").replace("[default:", "［既定:")) for name, text in rows]
        super().write_dl(told, col_max, col_spacing)


class Context(click.Context):
    """The context of our commands."""

    formatter_class = Formatter


class Command(click.Command):
    """A command with Japanese help."""

    context_class = Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option ``--help``."""
        return _japanese(super().get_help_option(ctx))


class Group(click.Group):
    """Several commands under one name, with Japanese help."""

    context_class = Context
    command_class = Command

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option ``--help``."""
        return _japanese(super().get_help_option(ctx))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant, or say which there are."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            known = "、".join(self.list_commands(ctx))
            msg = f"「{args[0][:40]}」というコマンドはありません。次のどれかを指定してください：{known}"
            raise click.UsageError(msg, ctx)
        return super().resolve_command(ctx, args)


def _japanese(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "この説明を出す"
    return option


def json_option(function: F) -> F:
    """Add ``--json``: one object a line."""
    return click.option("--json", "as_json", is_flag=True, help="1行に1つの JSON で出す")(function)


def quiet_option(function: F) -> F:
    """Add ``--quiet``: nothing on stderr but what is wrong."""
    return click.option("--quiet", is_flag=True, help="途中経過や件数を出さない")(function)


def output_option(*, required: bool = True, text: str = "書き出すファイル。- は標準出力") -> Callable[[F], F]:
    """Add ``-o``."""
    return click.option("-o", "--output", required=required, metavar="FILE", help=text)


def say(text: str, *, quiet: bool = False) -> None:
    """Say something to the person at the terminal, on stderr."""
    if not quiet:
        click.echo(text, err=True)


def line(text: str) -> None:
    """Write a line of the result on stdout."""
    sys.stdout.write(text + "\n")


def record(found: object) -> None:
    """Write a result as one line of JSON on stdout."""
    line(json.dumps(found, ensure_ascii=False))


def write_output(where: str, content: bytes) -> None:
    """Write a file as a whole or not at all; ``-`` is stdout.

    Raises
    ------
    InvalidFilterError
        When it cannot be written; the message says what to do.
    """
    from geo.data_folder import write_atomic  # noqa: PLC0415 - keeps --help quick

    if where == STDOUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    path = writable(where)
    try:
        write_atomic(path, content)
    except OSError as error:
        msg = f"{path} に書けません（{error.strerror}）。書き込める場所を指定してください。"
        raise InvalidFilterError(msg) from error


def writable(where: str) -> Path:
    """Return the path of a file that is to be written.

    Raises
    ------
    InvalidFilterError
        When it is a folder, or its folder does not exist.
    """
    path = Path(where)
    if path.is_dir() or not path.absolute().parent.is_dir():
        msg = f"{path} には書けません。既にあるフォルダーの中のファイル名を指定してください。"
        raise InvalidFilterError(msg)
    return path


@contextmanager
def input_file(written: str) -> Iterator[Path]:
    """Give the file that is to be read; ``-`` is what comes on stdin."""
    if written != STDIN:
        yield Path(written)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "標準入力"
        path.write_bytes(sys.stdin.buffer.read())
        yield path


def confirmed(question: str, refused: str) -> bool:
    """Ask the person at the terminal; where there is none, say ``refused`` and take it as no."""
    if not sys.stdin.isatty():
        say(refused)
        return False
    click.echo(f"{question} [y/N] ", nl=False)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "はい")
