"""``renkei place``: what is known of one municipality."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from renkei.cli.conventions import Command, json_option, line, output_option, record, write_output

if TYPE_CHECKING:
    from renkei.analysis.place import Place, Standing


@click.command(
    cls=Command, help="1つの自治体についてわかっていることを、全国・県内・似た自治体の中での位置と共に示す。"
)
@click.argument("place", metavar="PLACE")
@output_option(required=False, text="書き出すファイル（.pdf なら A4 の1枚）。- は標準出力")
@json_option
def command(place: str, *, output: str | None, as_json: bool) -> int:
    """Print the profile, or write the A4 sheet."""
    from geo.resolve import resolve  # noqa: PLC0415
    from renkei.analysis import place as places  # noqa: PLC0415 - keeps --help quick
    from renkei.atlas import Atlas  # noqa: PLC0415

    atlas = Atlas.open()
    found = places.place(atlas, resolve(place).one_code())
    if output is not None and Path(output).suffix.casefold() == ".pdf":
        from renkei.paper.place_sheet import place_sheet  # noqa: PLC0415

        write_output(output, place_sheet(atlas, found))
    elif as_json:
        record(found.to_json())
    elif output is not None:
        write_output(output, ("\n".join(_lines(found)) + "\n").encode())
    else:
        for each in _lines(found):
            line(each)
    return 0


def _percent(value: float | None) -> str:
    return "－" if value is None else f"{value:.0f}"


def _figure(each: Standing) -> str:
    if each.value is None:
        return f"{each.title}\tデータなし"
    ranks = f"全国 {_percent(each.country)}・県内 {_percent(each.prefecture)}・似た自治体 {_percent(each.peers)}"
    value = f"{each.value:,.10g}{each.unit}\t{each.date}"
    return f"{each.title}\t{value}\tパーセンタイル {ranks}\t中央値 {each.median:,.6g}（n={each.n}）\t{each.source}"


def _lines(found: Place) -> list[str]:
    lines = [f"{found.prefecture}{found.name}（{found.code}、類型 {found.type_name or '不明'}）", ""]
    lines += [_figure(each) for each in found.indicators.values()]
    for title, facts in (("事例", found.cases), ("枠組み", found.networks), ("圏域", found.blocs)):
        lines += [
            "",
            f"{title}（{len(facts)}）",
            *(f"{each.id}\t{each.name}\t{'、'.join(each.themes)}" for each in facts),
        ]
    lines += ["", f"連携（{len(found.ties)}）"]
    lines += [f"{each.name}\t{each.kind}\t{each.since}\t{each.source}" for each in found.ties]
    lines += [
        "",
        f"団体：{'、'.join(each.name for each in found.organisations) or 'なし'}",
        f"隣接：{'、'.join(name for _, name in found.neighbours) or 'なし（島など）'}",
        f"二次医療圏：{'、'.join(name for _, name in found.medical_areas)}",
        f"わかっていないこと：{'、'.join(found.missing) or 'なし'}",
    ]
    return lines
