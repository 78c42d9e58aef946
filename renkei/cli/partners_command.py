"""``renkei partners``: whom a municipality could work with, about one theme, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from geo.errors import InvalidFilterError

if TYPE_CHECKING:
    import argparse

    from renkei.analysis.partners import Partners, Shift


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("partners", help="連携相手の候補（1つの自治体・1つのテーマ）", description=__doc__)
    parser.add_argument("place", metavar="PLACE", help="自治体の名前かコード")
    parser.add_argument("--theme", required=True, metavar="T", help="テーマ（例：防災、脱炭素、DX）")
    parser.add_argument("--problem", default="", metavar="TEXT", help="困りごとを自分の言葉で")
    reach = parser.add_mutually_exclusive_group()
    reach.add_argument("--far", action="store_true", help="100km以上離れた相手（同じ災害に遭いにくい）")
    reach.add_argument("--near", action="store_true", help="60km以内の相手")
    reach.add_argument("--km", metavar="A-B", help="距離の範囲（km）")
    parser.add_argument(
        "--weight", action="append", default=[], metavar="PART=W", help="部分の重み（1 がふつう、0 は使わない）"
    )
    parser.add_argument("--top", type=int, default=20, metavar="N", help="候補の数（既定 20）")
    parser.add_argument(
        "--sensitivity", action="store_true", help="重みを半分・1.5倍にすると上位10がどう変わるかも示す"
    )
    parser.add_argument("--json", action="store_true", help="JSON で出す")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the candidates."""
    from renkei.analysis.partners import Search, partners, sensitivity  # noqa: PLC0415 - keeps --help quick
    from renkei.atlas import Atlas  # noqa: PLC0415
    from renkei.cli.named_place import code_of  # noqa: PLC0415

    atlas = Atlas.open()
    search = Search(
        theme=arguments.theme,
        problem=arguments.problem,
        distance="far" if arguments.far else "near" if arguments.near else "any",
        km=_km(arguments.km) if arguments.km else None,
        weights=dict(_weight(each) for each in arguments.weight),
    )
    code = code_of(arguments.place)
    found = partners(atlas, code, search, top=max(arguments.top, 0))
    shifts = sensitivity(atlas, code, search) if arguments.sensitivity else ()
    if arguments.json:
        more = {"sensitivity": [each._asdict() for each in shifts]} if shifts else {}
        print(json.dumps(found.to_json() | more, ensure_ascii=False))
    else:
        print("\n".join([*_lines(found), *_shift_lines(shifts)]))
    return 0


def _km(text: str) -> tuple[float, float]:
    least, _, most = text.partition("-")
    try:
        return float(least), float(most)
    except ValueError as error:
        msg = f"距離「{text[:20]}」を読めません。「小さい方-大きい方」（km）で指定してください。例：100-300"
        raise InvalidFilterError(msg) from error


def _weight(text: str) -> tuple[str, float]:
    part, _, number = text.partition("=")
    try:
        return part.strip(), float(number)
    except ValueError as error:
        msg = f"重み「{text[:30]}」を読めません。「部分=数」で指定してください。例：distance=0.5"
        raise InvalidFilterError(msg) from error


def _lines(found: Partners) -> list[str]:
    names = {part.id: part.name for part in found.parts}
    lines = [f"{found.name}の連携相手の候補：{found.theme}", found.note, ""]
    for each in found.candidates:
        parts = " ".join(f"{names[part]}{number:+d}" for part, number in each.parts.items() if number)
        tied = "（すでに連携）" if each.known_tie else ""
        lines.append(
            f"{each.score}\t{each.prefecture}{each.name}{tied}\t{each.band}\t{each.distance_km:.0f}km\t{parts}"
        )
    if found.missing:
        lines += ["", f"データがなく点数に入っていない項目：{'、'.join(found.missing)}"]
    return lines


def _shift_lines(shifts: tuple[Shift, ...]) -> list[str]:
    return [
        f"{each.part} ×{each.factor}：入る {'、'.join(each.entered) or 'なし'}／外れる {'、'.join(each.left) or 'なし'}"
        for each in shifts
        if each.entered or each.left
    ]
