"""``renkei place``: what is known of one municipality."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from renkei.cli.conventions import Command, json_option, line, output_option, record, write_output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from renkei.analysis.place import Place, Standing
    from renkei.atlas import Atlas


@click.command(
    cls=Command, help="1つの自治体についてわかっていることを、全国・県内・似た自治体の中での位置と共に示す。"
)
@click.argument("place", metavar="PLACE")
@output_option(required=False, text="書き出すファイル（.pdf なら A4 の1枚）。- は標準出力")
@click.option("--all", "every", is_flag=True, help="すべての指標を分野ごとに示す")
@json_option
def command(place: str, *, output: str | None, every: bool, as_json: bool) -> int:
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
        write_output(output, ("\n".join(_lines(atlas, found, every=every)) + "\n").encode())
    else:
        for each in _lines(atlas, found, every=every):
            line(each)
    return 0


def _percent(value: float | None) -> str:
    return "－" if value is None else f"{value:.0f}%"


def _figure(atlas: Atlas, identifier: str, each: Standing) -> str:
    import pandas as pd  # noqa: PLC0415 - keeps --help quick

    from renkei.present.indicator_classes import formatted_values  # noqa: PLC0415
    from renkei.present.words import dated  # noqa: PLC0415

    if each.value is None:
        return f"{each.title}\tデータなし"
    value, median = formatted_values(atlas.indicator(identifier), pd.Series([each.value, each.median]))
    ranks = f"全国 {_percent(each.country)}・県内 {_percent(each.prefecture)}・似た団体 {_percent(each.peers)}"
    when = dated(each.date, each.flag, "ja")
    return f"{each.title}\t{value}\t{when}\t{ranks}\t全国の中央値 {median}（{each.n:,}団体）\t{each.source}"


def _figures(atlas: Atlas, found: Place, *, every: bool) -> Iterator[str]:
    """Tell the figures by heading: the glance, or with ``every`` all of them by group."""
    from renkei.analysis.place import GLANCE  # noqa: PLC0415

    headings: dict[str, list[str]] = {title: list(told) for title, told in GLANCE.items()}
    if every:
        titles = {group.id: group.title for group in atlas.indicator_groups()}
        headings = {}
        for each in found.indicators:
            headings.setdefault(titles[atlas.indicator(each).group], []).append(each)
    for title, told in headings.items():
        yield f"【{title}】"
        yield from (_figure(atlas, each, found.indicators[each]) for each in told if each in found.indicators)


def _lines(atlas: Atlas, found: Place, *, every: bool) -> Iterator[str]:
    from renkei.present.age_pyramid import pyramid_in_words  # noqa: PLC0415 - keeps --help quick

    kind = f"、類似団体の型（計算による） {found.type_name}" if found.type_name else ""
    yield f"{found.prefecture}{found.name}（{found.code}{kind}）"
    people = "　".join(f"{year}年 {count:,.0f}人" for year, count in found.population.items())
    yield f"人口の推移（2030年からは推計）：{people}"
    yield pyramid_in_words(found.age_groups, "ja")
    yield (
        "％は、値の小さい方から数えた位置（パーセンタイル）。似た団体は、すべての分野で近い20市区町村。順位表ではありません。"
    )
    yield ""
    yield from _figures(atlas, found, every=every)
    if not every:
        yield f"ほかの指標（全{len(found.indicators)}）は --all で見られます。"
    yield from ("", f"事例（{len(found.cases)}）")
    for case in found.cases:
        yield f"{case.id}\t{case.name}\t{'、'.join(case.themes)}"
        yield from (f"\t課題\t{text}\t{evidence}" for text, evidence in case.challenges)
        yield from (f"\t成果\t{text}\t{evidence}" for text, evidence in case.results)
    for title, facts in (("枠組み", found.networks), ("圏域", found.blocs)):
        yield from ("", f"{title}（{len(facts)}）")
        yield from (f"{each.id}\t{each.name}\t{'、'.join(each.themes)}" for each in facts)
    yield from ("", f"連携（{len(found.ties)}）")
    yield from (f"{each.name}\t{each.kind}\t{each.since}\t{each.source}" for each in found.ties)
    yield from ("", f"団体：{'、'.join(each.name for each in found.organisations) or 'なし'}")
    yield f"隣接：{'、'.join(name for _, name in found.neighbours) or 'なし（島など）'}"
    yield f"二次医療圏：{'、'.join(name for _, name in found.medical_areas) or 'データなし'}"
    yield f"わかっていないこと：{'、'.join(found.missing) or 'なし'}"
