"""The command ``renkei``: what planners' IT staff script. One module a command."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from geo.errors import RenkeiError
from renkei import __version__
from renkei.cli import (
    aggregate_command,
    app_command,
    data_status_command,
    export_command,
    indicators_command,
    partners_command,
    print_command,
    register_command,
    resolve_command,
    scan_command,
    search_command,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

MISUSED = 2


class Parser(argparse.ArgumentParser):
    """A parser that answers a mistake with one sentence."""

    def error(self, message: str) -> NoReturn:
        """Print what is wrong, in one line, and end with status 2."""
        self.exit(MISUSED, f"{self.prog}: {message}（使い方: {self.prog} --help）\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    root = Parser(prog="renkei", description="自治体連携の事例・つながり・圏域を地図で見て、GIS へ渡す道具")
    root.add_argument("--version", action="version", version=f"renkei {__version__}")
    commands = root.add_subparsers(dest="command", metavar="コマンド", required=True, parser_class=Parser)
    modules = (
        app_command,
        resolve_command,
        scan_command,
        search_command,
        aggregate_command,
        export_command,
        indicators_command,
        partners_command,
        print_command,
        register_command,
        data_status_command,
    )
    for module in modules:
        module.add_parser(commands)
    return root


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status.

    Returns
    -------
    int
        0 done; 2 wrong arguments or input, with one sentence on stderr; 3 done, but something did not pass.
    """
    arguments = parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except RenkeiError as error:
        print(f"renkei: {error}", file=sys.stderr)
        return MISUSED
    except BrokenPipeError:
        # The reader of a pipe went away ("| head"): end quietly, and keep Python from flushing once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return status
