"""``renkei peers``: the municipalities that are most like one, in chosen measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from geo.codes import normalize_prefecture
from renkei.cli.conventions import Command, json_option, line, record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from renkei.analysis.peers import Move, Peers
    from renkei.atlas import Atlas


@click.command(cls=Command, help="選んだ指標で、よく似た自治体を近い順に挙げる。")
@click.argument("place", metavar="PLACE")
@click.option(
    "--on",
    multiple=True,
    metavar="INDICATOR|GROUP",
    help="指標の id、または組（人口、産業、財政、DX、脱炭素、すべて）。いくつでも。既定 すべて",
)
@click.option("--within", multiple=True, metavar="PREF", help="この都道府県の中で")
@click.option("--top", type=click.IntRange(min=0), default=10, metavar="N", help="自治体の数（既定 10）")
@click.option("--moved", "with_moves", is_flag=True, help="新しい値が出て顔ぶれがどう変わったかも示す")
@json_option
def command(
    place: str, on: tuple[str, ...], within: tuple[str, ...], *, top: int, with_moves: bool, as_json: bool
) -> int:
    """Print the peers."""
    from geo.resolve import resolve  # noqa: PLC0415
    from renkei.analysis.peers import ALL, peers, what_moved  # noqa: PLC0415 - keeps --help quick
    from renkei.atlas import Atlas  # noqa: PLC0415

    atlas, code = Atlas.open(), resolve(place).one_code()
    found = peers(atlas, code, on or (ALL,), top=top, within=_codes_in(atlas, within))
    moves = what_moved(atlas, code, on or (ALL,)) if with_moves else ()
    if as_json:
        record(found.to_json() | ({"moved": [each._asdict() for each in moves]} if with_moves else {}))
    else:
        for each in (*_lines(atlas, found), *(_move_lines(atlas, moves) if with_moves else ())):
            line(each)
    return 0


def _codes_in(atlas: Atlas, prefectures: tuple[str, ...]) -> frozenset[str] | None:
    wanted = {normalize_prefecture(each) for each in prefectures}
    return frozenset(code for code in atlas.municipalities().index if code[:2] in wanted) if wanted else None


def _lines(atlas: Atlas, found: Peers) -> list[str]:
    titles = dict(zip(found.on, _titles(atlas, found.on), strict=True))
    kind = found.type_name or "データなし"
    lines = [f"{found.name}とよく似た自治体（類似団体の型、計算による：{kind}）", found.note, ""]
    for each in found.candidates:
        same = "同じ型" if each.same_type else each.type_name or "型はデータなし"
        most = sorted(each.parts, key=lambda part: -each.parts[part])[:3]
        apart = "、".join(f"{titles[part]} {each.parts[part]}" for part in most if each.parts[part])
        tied = "（連携あり）" if each.known_tie else ""
        lines.append(f"{each.score}\t{each.prefecture}{each.name}{tied}\t{same}\t違いの大きい順：{apart}")
    lines += ["", f"比べた指標：{'、'.join(titles.values())}"]
    if found.missing:
        lines.append(f"値がなく比べていない指標：{'、'.join(_titles(atlas, found.missing))}")
    if found.not_compared:
        lines.append(f"値が足りず比べていない自治体：{found.not_compared}")
    return lines


def _titles(atlas: Atlas, identifiers: Iterable[str]) -> list[str]:
    known = {each.id: each.title for each in atlas.indicators()}
    return [known.get(each, each) for each in identifiers]


def _move_lines(atlas: Atlas, moves: Sequence[Move]) -> Iterator[str]:
    from renkei.present.words import japanese_date  # noqa: PLC0415

    yield from ("", "新しい値が出て、上位10がどう変わったか（1つの指標だけを前の時点に戻して比べる）")
    if not moves:
        yield "どの指標でも変わりません。"
    names = atlas.municipalities()["name"]
    for each in moves:
        entered, left = ("、".join(names[code] for code in codes) for codes in (each.entered, each.left))
        when = f"{japanese_date(each.before)}→{japanese_date(each.after)}"
        yield f"{atlas.indicator(each.indicator).title}（{when}）：入る {entered}／外れる {left}"
