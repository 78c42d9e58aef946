"""``renkei draft``: a report as draft cases, to be reviewed by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from renkei.cli.conventions import (
    STDOUT,
    Command,
    input_file,
    json_option,
    output_option,
    quiet_option,
    record,
    say,
    write_output,
)

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    cls=Command,
    help="報告書（PDF かテキスト）から事例の下書きを作る。"
    "自治体・派遣元・役職・テーマ（決めた言葉つき）・数値・連携先を、行番号と共に出す。"
    "人の名前は出さない。人が確かめて直すためのもの。",
)
@click.argument("file", metavar="REPORT")
@output_option(required=False, text="書き出すファイル（.xlsx、.zip）。省くと一覧だけを出す")
@json_option
@quiet_option
def command(file: str, output: str | None, *, as_json: bool, quiet: bool) -> int:
    """Print the drafts, or write them as a workbook."""
    from renkei.exchange.formats import find_format  # noqa: PLC0415 - keeps --help quick
    from renkei.exchange.report_draft import draft_cases, draft_layers  # noqa: PLC0415

    with input_file(file) as path:
        name = path.name
        cases = draft_cases(_lines(path), name)
    if output and output != STDOUT:
        write_output(output, find_format(output).write(draft_layers(cases, name)))
        say(f"{output} に下書き {len(cases)} 件を書き出しました。確かさの低いものから確かめてください。", quiet=quiet)
        return 0
    for each in cases:
        found: dict[str, Any] = {
            "number": each.number,
            "code": each.code,
            "municipality": each.municipality,
            "sender": each.sender,
            "role": each.role,
            "themes": [theme.name for theme in each.themes],
            "confidence": each.confidence,
            "lines": [each.first_line, each.last_line],
            "figures": [figure._asdict() for figure in each.figures],
            "items": [{"aspect": item.aspect, "text": item.text, "line": item.line} for item in each.items],
            "partners": [{"name": partner, "line": line} for partner, line in each.partners],
        }
        if as_json:
            record(found)
        else:
            texts = (each.code, each.municipality, each.sender, each.role, "・".join(found["themes"]), each.confidence)
            click.echo("\t".join(texts))
    return 0


def _lines(path: Path) -> list[str]:
    from renkei.exchange.input_text import read_text_file  # noqa: PLC0415
    from renkei.exchange.report_sections import pdf_lines  # noqa: PLC0415

    if path.suffix.lower() == ".pdf":
        from renkei.exchange.file_bytes import read_bytes  # noqa: PLC0415

        return pdf_lines(read_bytes(path), path.name)
    return read_text_file(path)[0].split("\n")
