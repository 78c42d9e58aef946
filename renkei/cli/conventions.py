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
    from collections.abc import Callable, Iterable, Iterator, Mapping

F = TypeVar("F", bound="Callable[..., Any]")
STDIN = STDOUT = "-"
_WRITTEN = frozenset({"output", "fix_list"})
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
    """A command with Japanese help that never writes over a file that it reads, nor one result over another."""

    context_class = Context

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, once what it writes can be written and is apart from all else.

        Raises
        ------
        InvalidFilterError
            When it cannot be written, or one file is meant twice.
        """
        _keep_apart(self.params, ctx.params)
        return super().invoke(ctx)

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


def _keep_apart(parameters: Iterable[click.Parameter], given: Mapping[str, object]) -> None:
    """Refuse a file that cannot be written, or that is to be written and is also read, or written twice."""
    read: list[tuple[str, str]] = []
    written: list[tuple[str, str]] = []
    for each in parameters:
        value = given.get(each.name or "")
        paths = [path for path in (value if isinstance(value, tuple) else (value,)) if isinstance(path, str) and path]
        name = each.opts[0] if isinstance(each, click.Option) else (each.metavar or "入力")
        if each.name in _WRITTEN:
            written += [(name, path) for path in paths]
        elif isinstance(each, click.Argument) or each.name == "file" or "FILE" in (each.metavar or ""):
            read += [(name, path) for path in paths if path != STDIN]
    for at, (name, path) in enumerate(written):
        if path != STDOUT:
            writable(path)  # said before the work, not after it
        for other, known in (*read, *written[:at]):
            if _is_same_file(path, known):
                msg = f"{name} と {other} が同じファイル {path} です。失われないように、別の名前を指定してください。"
                raise InvalidFilterError(msg)


def _is_same_file(first: str, second: str) -> bool:
    """Tell whether two paths lead to one regular file, there already or not."""
    if STDOUT in (first, second):
        return first == second
    try:
        one, other = Path(first), Path(second)
        if one.exists() and other.exists():
            return one.is_file() and one.samefile(other)
        return one.resolve() == other.resolve()
    except (OSError, ValueError):  # no path that this system can have: said by whoever reads or writes it
        return False


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
        When it is a folder, its folder does not exist, or this system has no such name.
    """
    path = Path(where)
    try:
        wrong = path.is_dir() or not path.absolute().parent.is_dir()
    except (OSError, ValueError) as error:
        msg = f"「{where[:40]}…」というファイル名では書けません。短い名前を指定してください。"
        raise InvalidFilterError(msg) from error
    if wrong:
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
