"""``renkei indicators``: the catalog, one place's figures, one indicator's values."""

from __future__ import annotations

import csv
import io
import json
import sys
from math import isnan
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geo.errors import UnknownNameError
from renkei.cli.conventions import Group, json_option, line, output_option, record, write_output

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.resolution import Resolution
    from layers.catalog import Indicator
    from renkei.atlas import Atlas

F = TypeVar("F", bound="Callable[..., Any]")


@click.group(cls=Group, help="指標の一覧、1つの自治体の値、1つの指標の値。")
def command() -> None:
    """Gather the commands about indicators."""


def _form_option(*forms: str) -> Callable[[F], F]:
    """Add ``--format``, which came before ``--json``: ``json`` is one document, not one object a line."""
    return click.option("--format", "form", type=click.Choice(forms), default=forms[0], help="形式")


def _about(each: Indicator) -> dict[str, Any]:
    return {
        "id": each.id,
        "title": each.title,
        "title_en": each.title_en,
        "group": each.group,
        "unit": each.unit,
        "direction": each.direction,
        "group_common": each.common,
        "dates": list(each.dates),
        "published": dict(each.published),
        "published_note": each.published_note,
        "flags": {date: flag for date, flag in each.flags if flag},
        "coverage": each.coverage,
        "definition": each.definition,
        "source": each.source,
        "source_url": each.source_url,
        "publisher": each.publisher,
        "licence": each.licence,
        "gaps": each.gaps,
    }


@command.command("list", help="指標の一覧。")
@click.option("--group", default="", metavar="G", help="分野（population、decarbonization、dx、finance など）")
@click.option("--search", default="", metavar="S", help="名前・別名・定義に含む言葉（空白で区切るとすべて）")
@click.option("--common", is_flag=True, help="よく使うものだけ")
@_form_option("text", "json")
@json_option
def list_indicators(group: str, search: str, form: str, *, common: bool, as_json: bool) -> int:
    """Print the catalog: survey dates (基準日) and the publication (公表日) of the newest."""
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick

    atlas = Atlas.open()
    known = [each.id for each in atlas.indicator_groups()]
    if group and group not in known:
        msg = f"分野「{group[:40]}」はありません。次のどれかを指定してください：{'、'.join(known)}"
        raise UnknownNameError(msg, tuple(known))
    found = [each for each in atlas.find_indicators(search, group or None) if each.common or not common]
    if as_json:
        for each in found:
            record(_about(each))
    elif form == "json":
        line(json.dumps([_about(each) for each in found], ensure_ascii=False, indent=1))
    else:
        for each in found:
            span = each.dates[-1] if len(each.dates) == 1 else f"{each.dates[0]}～{each.dates[-1]}"
            published = f"公表 {each.published_text(each.dates[-1])}"
            line(f"{each.id}\t{each.title}\t{each.unit}\t{span}\t{published}\t{each.coverage}/1741\t{each.publisher}")
    return 0


@command.command("groups", help="指標の分野。よく使うものから。")
@json_option
def list_groups(*, as_json: bool) -> int:
    """Print the groups, the most used first, with how many indicators each has."""
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick

    atlas = Atlas.open()
    for each in atlas.indicator_groups():
        count = len(atlas.find_indicators("", each.id))
        if as_json:
            record({**each._asdict(), "count": count})
        else:
            line(f"{each.id}\t{each.title}\t{each.title_en}\t{count}")
    return 0


@command.command("history", help="確定値などに置き換えられた前の値。")
@click.argument("indicator", metavar="INDICATOR")
@json_option
def show_history(indicator: str, *, as_json: bool) -> int:
    """Print, for each municipality, the figure that was replaced, the one that stands now, and their difference."""
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick

    atlas = Atlas.open()
    chosen = atlas.indicator(indicator)
    frame = atlas.superseded()
    own = frame[frame["indicator"].eq(chosen.id)]
    columns = ("code", "date", "flag", "before", "now", "difference")
    if not as_json:
        line(",".join(columns))
    for when, rows in own.groupby("date", sort=True):
        now = atlas.values(chosen.id, str(when))
        for code, before, flag in zip(rows["code"], rows["value"], rows["flag"], strict=True):
            told = (code, str(when), flag, before, float(now[code]), float(now[code]) - before)
            if as_json:
                record(dict(zip(columns, told, strict=True)))
            else:
                line(",".join(f"{each:.10g}" if isinstance(each, float) else str(each) for each in told))
    return 0


@command.command("show", help="1つの自治体（名前かコード）のすべての値。")
@click.argument("place", metavar="PLACE")
@_form_option("text", "json")
@json_option
def show_place(place: str, form: str, *, as_json: bool) -> int:
    """Print every newest value of one place."""
    from geo.resolve import resolve  # noqa: PLC0415 - keeps --help quick
    from renkei.atlas import Atlas  # noqa: PLC0415

    found = resolve(place)
    code = found.ward_code or found.one_code()
    records = _values_of(Atlas.open(), found)
    if as_json:
        for each in records:
            record({"code": code, **each})
    elif form == "json":
        told = {"code": code, "indicators": records}
        line(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for each in records:
            line(_written(each))
    return 0


def _values_of(atlas: Atlas, found: Resolution) -> list[dict[str, Any]]:
    """Return every newest value of a place."""
    # A ward has what the sources say of wards; all else is said of its city alone.
    of_ward = atlas.ward_values(found.ward_code).set_index("indicator")["value"] if found.ward_code else None
    records: list[dict[str, Any]] = []
    for each in atlas.indicators():
        if of_ward is not None and each.id not in of_ward.index:
            continue
        value = float(atlas.values(each.id)[found.code or ""] if of_ward is None else of_ward[each.id])
        written: float | str | None = None
        if not isnan(value):
            written = each.labels[int(value)] if each.labels else round(value, each.decimals or None)
        records.append(
            {
                "id": each.id,
                "title": each.title,
                "value": written,
                "unit": each.unit,
                "date": each.dates[-1],
                "published": each.published_on(each.dates[-1]),
                "published_note": each.published_note,
                "status": each.flag(each.dates[-1]) or "final",
                "source": each.source,
                "publisher": each.publisher,
            }
        )
    return records


def _written(each: dict[str, Any]) -> str:
    from layers.classify import with_unit  # noqa: PLC0415
    from renkei.present.words import word  # noqa: PLC0415

    written = "データなし" if each["value"] is None else f"{each['value']}{with_unit(each['unit'])}"
    when = each["date"] if each["status"] == "final" else f"{each['date']}（{word(each['status'], 'ja')}）"
    published = f"{each['published']}まで" if each["published_note"] else each["published"]
    return f"{each['title']}\t{written}\t{when}\t公表 {published}\t{each['publisher']}"


@command.command("get", help="1つの指標（id）のすべての値。")
@click.argument("indicator", metavar="INDICATOR")
@click.option("--date", default="", metavar="D", help="時点（省くとすべて）")
@_form_option("csv", "json")
@json_option
@output_option(required=False)
def get_values(indicator: str, date: str, form: str, output: str | None, *, as_json: bool) -> int:
    """Print code, date, value and flag."""
    from renkei.atlas import Atlas  # noqa: PLC0415

    atlas = Atlas.open()
    chosen = atlas.indicator(indicator)
    columns = ("code", "date", "value", "flag")
    rows = [
        (code, when, None if isnan(value) else value, flag)
        for when in ([date] if date else chosen.dates)
        for (code, value), flag in zip(atlas.values(chosen.id, when).items(), atlas.flags(chosen.id, when), strict=True)
    ]
    text = io.StringIO()
    if as_json:
        text.writelines(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) + "\n" for row in rows)
    elif form == "json":
        text.write(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False) + "\n")
    else:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    if output is None:
        sys.stdout.write(text.getvalue())
    else:
        write_output(output, text.getvalue().encode())
    return 0
