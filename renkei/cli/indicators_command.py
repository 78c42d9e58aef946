"""``renkei indicators``: the catalog, one place's figures, one indicator's values."""

from __future__ import annotations

import csv
import json
import sys
from math import isnan
from typing import TYPE_CHECKING, Any

from geo.errors import AmbiguousNameError, UnknownNameError

if TYPE_CHECKING:
    import argparse

    from layers.catalog import Indicator


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("indicators", help="指標の一覧・自治体ごとの値", description=__doc__)
    actions = parser.add_subparsers(dest="action", metavar="list|show|get", required=True, parser_class=type(parser))
    listing = actions.add_parser("list", help="指標の一覧")
    listing.add_argument("--format", choices=("json", "text"), default="text")
    listing.set_defaults(run=run_list)
    show = actions.add_parser("show", help="1つの自治体のすべての値")
    show.add_argument("place", metavar="PLACE", help="自治体の名前かコード")
    show.add_argument("--format", choices=("json", "text"), default="text")
    show.set_defaults(run=run_show)
    get = actions.add_parser("get", help="1つの指標のすべての値")
    get.add_argument("indicator", metavar="INDICATOR", help="指標の id")
    get.add_argument("--date", metavar="D", help="時点（省くとすべて）")
    get.add_argument("--format", choices=("csv", "json"), default="csv")
    get.set_defaults(run=run_get)


def _about(each: Indicator) -> dict[str, Any]:
    return {
        "id": each.id,
        "title": each.title,
        "title_en": each.title_en,
        "group": each.group,
        "unit": each.unit,
        "direction": each.direction,
        "dates": list(each.dates),
        "coverage": each.coverage,
        "definition": each.definition,
        "source": each.source,
        "source_url": each.source_url,
        "publisher": each.publisher,
        "licence": each.licence,
        "gaps": each.gaps,
    }


def run_list(arguments: argparse.Namespace) -> int:
    """Print the catalog."""
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick

    atlas = Atlas.open()
    if arguments.format == "json":
        print(json.dumps([_about(each) for each in atlas.indicators()], ensure_ascii=False, indent=1))
        return 0
    for each in atlas.indicators():
        span = each.dates[-1] if len(each.dates) == 1 else f"{each.dates[0]}～{each.dates[-1]}"
        print(f"{each.id}\t{each.title}\t{each.unit}\t{span}\t{each.coverage}/1741\t{each.publisher}")
    return 0


def run_show(arguments: argparse.Namespace) -> int:
    """Print every newest value of one place."""
    from geo.resolve import resolve  # noqa: PLC0415
    from layers.classify import with_unit  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick
    from renkei.present.words import word  # noqa: PLC0415

    atlas = Atlas.open()
    found = resolve(arguments.place)
    if found.code is None:
        kind = AmbiguousNameError if found.status == "ambiguous" else UnknownNameError
        raise kind(f"「{arguments.place[:40]}」：{found.explanation}", found.candidates)
    # A ward has what the sources say of wards; all else is said of its city alone.
    of_ward = atlas.ward_values(found.ward_code).set_index("indicator")["value"] if found.ward_code else None
    records: list[dict[str, Any]] = []
    for each in atlas.indicators():
        if of_ward is not None and each.id not in of_ward.index:
            continue
        value = float(atlas.values(each.id)[found.code] if of_ward is None else of_ward[each.id])
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
                "status": each.flag(each.dates[-1]) or "final",
                "source": each.source,
                "publisher": each.publisher,
            }
        )
    if arguments.format == "json":
        print(json.dumps({"code": found.ward_code or found.code, "indicators": records}, ensure_ascii=False, indent=1))
        return 0
    for record in records:
        written = "データなし" if record["value"] is None else f"{record['value']}{with_unit(record['unit'])}"
        when = record["date"] if record["status"] == "final" else f"{record['date']}（{word(record['status'], 'ja')}）"
        print(f"{record['title']}\t{written}\t{when}\t{record['publisher']}")
    return 0


def run_get(arguments: argparse.Namespace) -> int:
    """Print code, date, value and flag."""
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick

    atlas = Atlas.open()
    chosen = atlas.indicator(arguments.indicator)
    dates = [arguments.date] if arguments.date else list(chosen.dates)
    rows = [
        (code, date, None if isnan(value) else value, flag)
        for date in dates
        for (code, value), flag in zip(atlas.values(chosen.id, date).items(), atlas.flags(chosen.id, date), strict=True)
    ]
    if arguments.format == "json":
        print(
            json.dumps(
                [dict(zip(("code", "date", "value", "flag"), row, strict=True)) for row in rows], ensure_ascii=False
            )
        )
        return 0
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("code", "date", "value", "flag"))
    writer.writerows(rows)
    return 0
