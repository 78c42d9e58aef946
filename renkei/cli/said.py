"""What the command says when something is wrong: one sentence in Japanese, never a traceback."""

from __future__ import annotations

import sys
import traceback
from datetime import UTC, datetime

import click

from geo.errors import RenkeiError


def say_wrong(error: click.ClickException | RenkeiError) -> None:
    """Say what is wrong with the arguments or the input."""
    if isinstance(error, RenkeiError):
        click.echo(f"renkei: {error}", err=True)
        return
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "renkei"
    click.echo(f"{path}: {usage_sentence(error)}（使い方: {path} --help）", err=True)


def usage_sentence(error: click.ClickException) -> str:
    """Return one sentence that says what is wrong with the arguments.

    Examples
    --------
    >>> usage_sentence(click.NoSuchOption("--thema", possibilities=["--theme"]))
    '--thema という指定はありません（--theme のことですか）'
    """
    match error:
        case click.exceptions.NoArgsIsHelpError():
            return "コマンドを指定してください"
        case click.NoSuchOption():
            hint = f"（{'、'.join(error.possibilities)} のことですか）" if error.possibilities else ""
            return f"{error.option_name} という指定はありません{hint}"
        case click.MissingParameter():
            return f"{_name(error)} を指定してください"
        case click.BadParameter():
            return f"{_name(error)} が正しくありません：{_one_line(error.message)}"
        case click.BadOptionUsage():
            return f"{error.option_name} の使い方が正しくありません：{_one_line(error.message)}"
        case _:
            return _one_line(error.format_message())


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return "値"
    if isinstance(error.param, click.Option):
        return "・".join(error.param.opts)
    return error.param.make_metavar(error.ctx or click.Context(click.Command("renkei")))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def say_fault(error: BaseException) -> None:
    """Say that renkei itself is at fault, and where it is written down for those who can mend it."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - only when something went wrong

    what = _one_line(f"{type(error).__name__}: {error}")[:160]
    now = datetime.now(UTC)
    report = "".join(traceback.format_exception(error))
    lines = f"renkei {now.isoformat(timespec='seconds')}\npython {sys.version}\n{report}"
    try:
        folder = user_cache_path("renkei", appauthor=False) / "reports"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{now:%Y%m%d-%H%M%S-%f}.txt"
        path.write_text(lines, encoding="utf-8")
        where = f"くわしい記録：{path}。開発者に渡してください。"
    except OSError:
        where = "記録は残せませんでした。"
    click.echo(f"renkei: 予期しない誤りです（{what}）。{where}", err=True)
