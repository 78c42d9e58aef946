"""``renkei cases``: a case on a card, cases side by side, a theme, and what is dated."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from renkei.cli.conventions import SOME_OPEN, Command, Group, json_option, line, record, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from renkei.present.case_card import CaseCard, CaseLink
    from renkei.present.case_comparison import Comparison
    from renkei.present.theme_page import ThemePage
    from renkei.present.words import Language

LANGUAGES = ("ja", "en")
language_option = click.option(
    "--lang", "language", type=click.Choice(LANGUAGES), default="ja", help="ことば（既定 ja。文は日本語だけ）"
)


@click.group(cls=Group, help="事例の中身を読む：課題・取組・成果・今後、比べる、テーマごと、時間の順に。")
def command() -> None:
    """Hold the commands of cases."""


@command.command("show", cls=Command, help="事例の中身。2～5件を並べると比較になる。ID は renkei search で探す。")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@language_option
@json_option
def show(ids: tuple[str, ...], language: Language, *, as_json: bool) -> int:
    """Print one card, or several cases side by side."""
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick

    atlas = Atlas.open()
    if len(set(ids)) == 1:
        from renkei.present.case_card import case_card  # noqa: PLC0415

        card = case_card(atlas, ids[0], language)
        if as_json:
            record({key: value for key, value in asdict(card).items() if key != "headings"})
        else:
            _print(_card_lines(card))
        return 0
    from renkei.present.case_comparison import compare_cases  # noqa: PLC0415

    found = compare_cases(atlas, ids, language)
    if as_json:
        record(asdict(found))
    else:
        _print(_comparison_lines(found))
    return 0


@command.command(
    "theme", cls=Command, help="1つのテーマについて、試されたこと・どこまで・難しかったこと・うまくいったこと。"
)
@click.argument("theme", metavar="THEME")
@click.option("--means", default="", metavar="M", help="手段（例：実証実験）だけ")
@language_option
@json_option
def of_theme(theme: str, means: str, language: Language, *, as_json: bool) -> int:
    """Print what is known of a theme."""
    from renkei.atlas import Atlas  # noqa: PLC0415
    from renkei.present.theme_page import theme_page  # noqa: PLC0415

    page = theme_page(Atlas.open(), theme, language, means=means)
    if as_json:
        record(asdict(page))
    else:
        _print(_theme_lines(page))
    return 0 if page.cases else SOME_OPEN


@command.command("time", cls=Command, help="日付のあること（実績・目標・計画・日程）を時間の順に。")
@click.argument("place", default="", metavar="[PLACE]")
@click.option("--theme", default="", metavar="T", help="テーマだけ")
@language_option
@json_option
def over_time(place: str, theme: str, language: Language, *, as_json: bool) -> int:
    """Print what is dated of a place, of a theme, or of both."""
    from geo.resolve import resolve  # noqa: PLC0415
    from layers.themes import find_theme  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415
    from renkei.present.case_time import timeline  # noqa: PLC0415

    code = resolve(place).one_code() if place else ""
    found = timeline(Atlas.open(), code, find_theme(theme).name if theme else "", language)
    for moment in found.moments:
        if as_json:
            record(asdict(moment))
        else:
            line("\t".join((moment.when, moment.label, moment.text, moment.case_id or moment.bloc_id)))
    if not found.moments:
        say("日付のある記載は、この地図には未収録です。")
    return 0 if found.moments else SOME_OPEN


def _print(lines: Iterator[str]) -> None:
    for each in lines:
        line(" ".join(each.split()) if not each.startswith("  ") else each)


def _link_text(link: CaseLink) -> str:
    return f"  {link.id} {link.place}「{link.title}」 {link.why}"


def _card_lines(card: CaseCard) -> Iterator[str]:
    words = card.headings
    yield f"{card.title}（{card.place}）"
    yield "・".join(filter(None, (card.programme, card.kind, card.year, card.stage)))
    yield f"{words['themes']}：{'、'.join(name for _, name in card.themes) or words['none']}"
    yield card.summary
    for each in card.lists:
        if each.entries:
            yield f"【{each.heading}】"
            yield from (
                f"  - {f'［{entry.label}］' if entry.label else ''}{entry.text}（{entry.where}）"
                for entry in each.entries
            )
    if card.partners:
        yield f"【{words['partners']}】"
        yield from (f"  - {partner.name}（{partner.kind}）：{partner.role}" for partner in card.partners)
    if card.figures:
        yield f"【{words['figures']}】"
        for figure in card.figures:
            about = "・".join(filter(None, (figure.status, figure.scope, figure.date)))
            yield f"  - {figure.label}：{figure.text}" + (f"（{about}）" if about else "")
    for heading, links in ((words["similar"], card.similar), (words["done"], card.done)):
        if links:
            yield f"【{heading}】"
            yield from map(_link_text, links)
    yield from (f"{words['notes']}：{note}" for note in card.notes)
    yield f"{words['ask']}：{card.ask}"
    source = card.source
    cited = (source.title, source.publisher, source.published, source.page, source.lines)
    yield f"{words['source']}：{' '.join(filter(None, cited))}"
    if source.note:
        yield source.note


def _comparison_lines(found: Comparison) -> Iterator[str]:
    for number, title in enumerate(found.titles, 1):
        yield f"({number}) {found.ids[number - 1]} {title}"
    for heading, cells in found.rows:
        yield f"【{heading}】"
        for number, lines in enumerate(cells, 1):
            yield from (f"  ({number}) {text}" for text in lines)


def _theme_lines(page: ThemePage) -> Iterator[str]:
    yield f"{page.name}（{len(page.cases)}）"
    yield "\t".join(("", *page.stages))
    for row in page.matrix:
        yield "  " + "\t".join((row.means, *(str(len(cell)) if cell else "-" for cell in row.cells)))
    for told in page.hard:
        yield f"  △ {told.text}（{told.case.place} {told.case.id}）"
    for told in page.worked:
        yield f"  ○ {told.text}（{told.case.place} {told.case.id}）"
    yield from (f"  {each.item}：{each.mean:g}（5点満点、4以上 {each.high:g}%）" for each in page.expectations)
    yield page.note
