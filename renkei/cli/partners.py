"""``renkei partners``: whom a municipality could work with, about one theme, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from geo.errors import InvalidFilterError
from renkei.cli.conventions import Command, json_option, line, record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from renkei.analysis.partners import Partners, Shift
    from renkei.atlas import Atlas


@click.command(cls=Command, help="連携相手の候補を、1つの自治体・1つのテーマについて、根拠と共に挙げる。")
@click.argument("place", metavar="PLACE")
@click.option("--theme", required=True, metavar="T", help="テーマ（例：防災、脱炭素、DX）")
@click.option("--problem", default="", metavar="TEXT", help="困りごとを自分の言葉で")
@click.option("--far", is_flag=True, help="100km以上離れた相手（同じ災害に遭いにくい）")
@click.option("--near", is_flag=True, help="60km以内の相手")
@click.option("--km", default="", metavar="A-B", help="距離の範囲（km）")
@click.option("--weight", multiple=True, metavar="PART=W", help="部分の重み（1 がふつう、0 は使わない。例：距離=0.5）")
@click.option("--top", type=click.IntRange(min=0), default=20, metavar="N", help="候補の数（既定 20）")
@click.option("--sensitivity", "with_shifts", is_flag=True, help="重みを半分・1.5倍にすると上位10がどう変わるかも示す")
@json_option
def command(place: str, *, as_json: bool, with_shifts: bool, top: int, **options: Any) -> int:
    """Print the candidates."""
    from geo.resolve import resolve  # noqa: PLC0415
    from renkei.analysis.partners import Search, partners, sensitivity  # noqa: PLC0415 - keeps --help quick
    from renkei.atlas import Atlas  # noqa: PLC0415

    if sum(bool(options[each]) for each in ("far", "near", "km")) > 1:
        msg = "--far、--near、--km は、どれか1つだけ指定してください。"
        raise InvalidFilterError(msg)
    atlas = Atlas.open()
    asked = Search(
        theme=options["theme"],
        problem=options["problem"],
        distance="far" if options["far"] else "near" if options["near"] else "any",
        km=_km(options["km"]) if options["km"] else None,
        weights=dict(_weight(each) for each in options["weight"]),
    )
    code = resolve(place).one_code()
    found = partners(atlas, code, asked, top=top)
    shifts = sensitivity(atlas, code, asked) if with_shifts else ()
    if as_json:
        record(found.to_json() | ({"sensitivity": [each._asdict() for each in shifts]} if shifts else {}))
    else:
        for each in (*_lines(atlas, found), *(_shift_lines(atlas, shifts) if with_shifts else ())):
            line(each)
    return 0


def _km(text: str) -> tuple[float, float]:
    least, _, most = text.partition("-")
    try:
        return float(least), float(most)
    except ValueError as error:
        msg = f"距離「{text[:20]}」を読めません。「小さい方-大きい方」（km）で指定してください。例：100-300"
        raise InvalidFilterError(msg) from error


def _weight(text: str) -> tuple[str, float]:
    from renkei.analysis.partners import PARTS  # noqa: PLC0415 - keeps --help quick

    part, _, number = text.partition("=")
    called = {each.name: each.id for each in PARTS}
    try:
        return called.get(part.strip(), part.strip()), float(number)
    except ValueError as error:
        msg = f"重み「{text[:30]}」を読めません。「部分=数」で指定してください。例：距離=0.5"
        raise InvalidFilterError(msg) from error


def _lines(atlas: Atlas, found: Partners) -> Iterator[str]:
    names = {part.id: part.name for part in found.parts}
    yield f"{found.name}の連携相手の候補：{found.theme}"
    yield found.note
    yield "点数は各部分の点の合計。A は全候補の上位1%、B は上位5%（確率ではありません）。根拠は --json にあります。"
    yield ""
    for each in found.candidates:
        parts = " ".join(f"{names[part]}{number:+d}" for part, number in each.parts.items() if number)
        tied = "（すでに連携）" if each.known_tie else ""
        yield f"{each.score}\t{each.prefecture}{each.name}{tied}\t{each.band}\t{each.distance_km:.0f}km\t{parts}"
    if found.known:
        yield from ("", "このテーマですでに連携している相手")
        for each in found.known:
            told = "、".join(one.text.removeprefix("すでに連携：") for one in each.evidence if one.part == "already")
            yield f"{each.prefecture}{each.name}\t{told}"
    if found.missing:
        titles = {each.id: each.title for each in atlas.indicators()}
        absent = "、".join(titles.get(each, each) for each in found.missing)
        yield from ("", f"データがなく点数に入っていない項目：{absent}")


def _shift_lines(atlas: Atlas, shifts: tuple[Shift, ...]) -> Iterator[str]:
    from renkei.analysis.partners import PARTS  # noqa: PLC0415

    yield from ("", "重みを変えると上位10がどう変わるか")
    places, names = atlas.municipalities(), {part.id: part.name for part in PARTS}
    label = places["prefecture"] + places["name"]
    moved = [each for each in shifts if each.entered or each.left]
    for each in moved:
        entered, left = ("、".join(label[code] for code in codes) for codes in (each.entered, each.left))
        yield f"{names[each.part]} ×{each.factor}：入る {entered}／外れる {left}"
    if len(moved) < len(shifts):
        yield (
            "ほかの部分の重みを半分・1.5倍にしても、上位10の顔ぶれは変わりません。"
            if moved
            else ("どの部分の重みを半分・1.5倍にしても、上位10の顔ぶれは変わりません。")
        )
