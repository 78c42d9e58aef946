"""``renkei verify``: whether a bundle still is as it was written."""

from __future__ import annotations

from pathlib import Path

import click

from renkei.cli.conventions import SOME_OPEN, Command, line, say


@click.command(cls=Command, help="renkei export all -o FILE.zip で作った一式を、目録（RO-Crate）の検査合計と照合する。")
@click.argument("file", metavar="FILE")
def command(file: str) -> int:
    """Print what differs; 3 when anything does."""
    from renkei.exchange.file_bytes import read_bytes  # noqa: PLC0415
    from renkei.exchange.formats.bundle import verify_bundle  # noqa: PLC0415 - keeps --help quick

    faults = verify_bundle(read_bytes(Path(file)))
    for each in faults:
        line(each)
    say("書き出したときのままです。" if not faults else f"{len(faults)}か所が違います。")
    return SOME_OPEN if faults else 0
