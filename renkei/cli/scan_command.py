"""``renkei scan``: every municipality named in a text file, with line and span."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

    from geo.scan import Mention


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "scan",
        help="文章の中の市区町村を拾い出す",
        description="テキストに出てくる市区町村を、行・位置・コードと共に出す。会社や大学の名前の一部は拾わない。",
    )
    parser.add_argument("file", metavar="FILE", help="テキスト（UTF-8 か Shift_JIS）")
    parser.add_argument("--prefecture", metavar="P", help="同名があるときに探す都道府県")
    parser.add_argument("--json", action="store_true", help="1行に1つの JSON で出す")
    parser.set_defaults(run=run)


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


def run(arguments: argparse.Namespace) -> int:
    """Print the mentions, one a line."""
    from geo.scan import scan  # noqa: PLC0415
    from renkei.exchange.input_text import read_text_file  # noqa: PLC0415

    text, _ = read_text_file(Path(arguments.file))
    for mention in scan(text, prefecture=arguments.prefecture):
        record = as_record(mention)
        if arguments.json:
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
            continue
        where = f"{mention.line}行 {mention.column}-{mention.column + mention.end - mention.start - 1}字"
        names = (record["prefecture"] or "") + (record["name"] or "") + (record["ward"] or "")
        names = names or "、".join(each["name"] for each in record["candidates"])
        written = " ".join(mention.text.split())
        note = "、".join(mention.changes)
        sys.stdout.write(f"{where}\t{written}\t{mention.status}\t{mention.code or ''}\t{names}\t{note}\n")
    return 0
