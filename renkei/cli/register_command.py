"""``renkei register``: check the register of ties and blocs, and let it grow by evidence."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from geo.data_folder import data_path, write_atomic
from geo.errors import DataError, InvalidFilterError

if TYPE_CHECKING:
    import argparse

    from layers.register_additions import Addition
    from renkei.atlas import Atlas

SOME_OPEN = 3


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("register", help="連携・圏域の登録を点検する、加える", description=__doc__)
    actions = parser.add_subparsers(dest="action", metavar="操作", required=True, parser_class=type(parser))
    check = actions.add_parser("check", help="登録全体を点検し、人が見るべきものを並べる")
    check.add_argument("--json", action="store_true", help="1行に1つの JSON で出す")
    check.set_defaults(run=run_check)
    template = actions.add_parser("template", help="記入用の様式を書き出す（.csv、.xlsx、.yaml）")
    template.add_argument("-o", "--output", required=True, metavar="FILE", help="書き出すファイル")
    template.set_defaults(run=run_template)
    add = actions.add_parser("add", help="記入した様式を読み、違いを示して加える")
    add.add_argument("file", metavar="FILE", help="記入した様式（.csv、.xlsx、.yaml）")
    add.add_argument("--dry-run", action="store_true", help="違いを示すだけで書き込まない")
    add.add_argument("--yes", action="store_true", help="確かめずに書き込む")
    add.set_defaults(run=run_add)
    areas = actions.add_parser("areas", help="省庁の圏域一覧（圏域・中心市・構成市町村）を様式に直す")
    areas.add_argument("file", metavar="FILE", help="一覧（.csv、.xlsx、.yaml）")
    areas.add_argument("--programme", required=True, metavar="X", help="事業：連携中枢都市圏、定住自立圏 など")
    areas.add_argument("-o", "--output", required=True, metavar="FILE", help="書き出す様式（.csv）")
    areas.set_defaults(run=run_areas)


def run_check(arguments: argparse.Namespace) -> int:
    """Print what the check found; 3 when something is wrong."""
    from layers.register_check import check_register  # noqa: PLC0415 - keeps --help quick
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick

    atlas = Atlas.open()
    found = check_register(atlas.tables)
    errors = sum(each.level == "error" for each in found)
    for each in found:
        if arguments.json:
            print(json.dumps(each._asdict(), ensure_ascii=False))
        else:
            print(f"{'誤り' if each.level == 'error' else '要確認'}\t{each.fact_id}\t{each.message}")
    print(f"誤り {errors} 件、人が確かめるもの {len(found) - errors} 件。", file=sys.stderr)
    return SOME_OPEN if errors else 0


def _write(path: Path, content: bytes) -> None:
    if path.is_dir() or not path.parent.is_dir():
        msg = f"{path} には書けません。既にあるフォルダーの中のファイル名を指定してください。"
        raise InvalidFilterError(msg)
    try:
        write_atomic(path, content)
    except OSError as error:
        msg = f"{path} に書けません（{error.strerror}）。書き込める場所を指定してください。"
        raise InvalidFilterError(msg) from error


def run_template(arguments: argparse.Namespace) -> int:
    """Write the template."""
    from renkei.exchange.fact_tables import template  # noqa: PLC0415

    path = Path(arguments.output)
    _write(path, template(path.suffix.lower()))
    print(f"{path} に様式を書き出しました。1行に1つ記入し、renkei register add {path} で加えます。", file=sys.stderr)
    return 0


def run_add(arguments: argparse.Namespace) -> int:
    """Show the difference that a filled-in template makes, ask, and write all of it or nothing."""
    from layers.register_additions import OUTCOMES, read_additions  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick
    from renkei.exchange.fact_tables import read_rows  # noqa: PLC0415

    atlas = Atlas.open()
    header, filled = read_rows(Path(arguments.file))
    if "分類" not in header or "根拠のURL" not in header:
        msg = (
            f"{arguments.file} は様式と違います。renkei register template -o 様式.csv で作った様式に記入してください。"
        )
        raise DataError(msg)
    found = read_additions(atlas.tables, filled)
    for each in found:
        print(f"{each.number}行目\t{OUTCOMES[each.outcome]}\t{each.message}")
    wanted = [each for each in found if each.cells]
    rejected = sum(each.outcome == "rejected" for each in found)
    counts = "、".join(f"{name} {sum(each.outcome == key for each in found)}" for key, name in OUTCOMES.items())
    print(f"{len(found)}行：{counts}。", file=sys.stderr)
    if wanted and not arguments.dry_run and (arguments.yes or _confirmed(len(wanted))):
        _save(atlas, wanted)
        print(f"{len(wanted)}件を加えました。", file=sys.stderr)
    return SOME_OPEN if rejected else 0


def _confirmed(count: int) -> bool:
    if not sys.stdin.isatty():
        print("書き込んでいません。書き込むには --yes を付けてください。", file=sys.stderr)
        return False
    print(f"{count}件を登録に加えますか？ [y/N] ", end="", flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "はい")


def _save(atlas: Atlas, wanted: list[Addition]) -> None:
    """Write the table of additions with one replacement, then its statement of source."""
    from layers.additions import COLUMNS, FILE, additions  # noqa: PLC0415
    from layers.tables import rows  # noqa: PLC0415

    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    everything = [*rows(additions(atlas.tables)), *(each.cells for each in wanted)]
    writer.writerows(everything)
    content = text.getvalue().encode()
    folder = data_path("cases")
    about = orjson.loads((folder / "SOURCE.json").read_bytes())
    newest = max((row["stated_on"] for row in everything), default="")
    entry = {
        "file": FILE,
        "rows": len(everything),
        "as_of": newest or "2026",
        "publisher": "各行のページの発行者",
        "source": "renkei register add で加えた事実（各行の url）",
        "licence": "事実の記載",
        "note": "one row a piece of evidence",
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    tables = [each for each in about["tables"] if each["file"] != FILE] + [entry]
    _write(folder / FILE, content)
    _write(folder / "SOURCE.json", b'{"tables":[\n' + b",\n".join(map(orjson.dumps, tables)) + b"\n]}\n")


def run_areas(arguments: argparse.Namespace) -> int:
    """Turn a ministry's table of areas into the template; 3 when a name stayed open."""
    from layers.evidence import find_programme  # noqa: PLC0415
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick
    from renkei.exchange.area_tables import read_area_table  # noqa: PLC0415
    from renkei.exchange.fact_tables import COLUMNS  # noqa: PLC0415

    atlas = Atlas.open()
    programme = str(atlas.programmes().at[find_programme(atlas.tables, arguments.programme), "name"])
    found = read_area_table(Path(arguments.file), programme)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(COLUMNS), lineterminator="\n")
    writer.writeheader()
    writer.writerows(each.row for each in found)
    _write(Path(arguments.output), b"\xef\xbb\xbf" + text.getvalue().encode())
    open_names = 0
    for each in found:
        for name, why, candidates in each.open_names:
            open_names += 1
            hint = f"　候補：{'、'.join(candidates)}" if candidates else ""
            print(f"{each.number}行目\t{each.row['名称']}\t「{name}」は決まりません：{why}{hint}")
    print(
        f"{len(found)}圏域を {arguments.output} に書き出しました。決まらない名前 {open_names} 件。"
        "根拠のURLを記入して renkei register add で加えてください。",
        file=sys.stderr,
    )
    return SOME_OPEN if open_names else 0
