"""``renkei scan``: every municipality named in a text file, with line and span."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from renkei.cli.conventions import Command, input_file, json_option, line, record

if TYPE_CHECKING:
    from geo.scan import Mention


def as_record(mention: Mention) -> dict[str, Any]:
    """Return a mention as the command's JSON object."""
    from geo.codes import PREFECTURES, to_code6  # noqa: PLC0415 - keeps --help quick
    from geo.place_names import place_names  # noqa: PLC0415
    from geo.resolution import name_of  # noqa: PLC0415

    places = place_names().places
    return {
        "line": mention.line,
        "column": mention.column,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "status": mention.status,
        "code": mention.code,
        "code6": to_code6(mention.code) if mention.code else None,
        "prefecture": PREFECTURES[mention.prefecture] if mention.prefecture else None,
        "name": places[mention.code].name if mention.code else None,
        "ward": places[mention.ward_code].short if mention.ward_code else None,
        "candidates": [{"code": code, "code6": to_code6(code), "name": name_of(code)} for code in mention.candidates],
        "changes": list(mention.changes),
    }


@click.command(
    cls=Command,
    help="テキストに出てくる市区町村を、行・位置・コードと共に出す。会社や大学の名前の一部は拾わない。",
)
@click.argument("file", metavar="FILE")
@click.option("--prefecture", metavar="P", help="同名があるときに探す都道府県")
@json_option
def command(file: str, prefecture: str | None, *, as_json: bool) -> int:
    """Print the mentions, one a line."""
    from geo.scan import scan  # noqa: PLC0415
    from renkei.exchange.input_text import read_text_file  # noqa: PLC0415

    with input_file(file) as path:
        text, _ = read_text_file(path)
    for mention in scan(text, prefecture=prefecture):
        if as_json:
            record(as_record(mention))
        else:
            line(_written(mention))
    return 0


def _written(mention: Mention) -> str:
    about = as_record(mention)
    where = f"{mention.line}行 {mention.column}-{mention.column + mention.end - mention.start - 1}字"
    names = (about["prefecture"] or "") + (about["name"] or "") + (about["ward"] or "")
    names = names or "、".join(each["name"] for each in about["candidates"])
    written = " ".join(mention.text.split())
    return f"{where}\t{written}\t{mention.status}\t{mention.code or ''}\t{names}\t{'、'.join(mention.changes)}"
