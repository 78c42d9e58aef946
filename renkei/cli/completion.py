"""``renkei completion``: the script that lets a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from renkei.cli.conventions import Command, line

SHELLS = ("bash", "zsh", "fish")


@click.command(
    cls=Command,
    help="シェルの補完のための設定を出す。例：renkei completion bash >> ~/.bashrc",
)
@click.argument("shell", type=click.Choice(SHELLS), metavar="bash|zsh|fish")
def command(shell: str) -> int:
    """Print the script."""
    from renkei.cli import root  # noqa: PLC0415 - it imports this module

    made = get_completion_class(shell)
    if made is not None:
        line(made(root, {}, "renkei", "_RENKEI_COMPLETE").source())
    return 0
