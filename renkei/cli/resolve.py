"""``renkei resolve``: written names to codes, one JSON object a line, or a table with codes."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from geo.errors import DataError, InvalidFilterError
from renkei.cli.conventions import (
    SOME_OPEN,
    STDIN,
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
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from geo.resolution import Resolution
    from renkei.exchange.sheets import Sheet

LONG_WORK = 5_000
"""From so many rows on, a terminal shows a progress bar."""


def read_day(text: str | None) -> date | None:
    """Return a day given as YYYY, YYYY-MM or YYYY-MM-DD (the first of the year or month).

    Raises
    ------
    InvalidFilterError
        When it is none.

    Examples
    --------
    >>> read_day("2004-11")
    datetime.date(2004, 11, 1)
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text + "-01-01"[3 * text.count("-") :])
    except ValueError as error:
        msg = f"日付「{text[:20]}」を読めません。2000-01-01 のように書いてください。"
        raise InvalidFilterError(msg) from error


def as_record(result: Resolution) -> dict[str, Any]:
    """Return a result as the command's JSON object."""
    from geo.codes import PREFECTURES  # noqa: PLC0415 - keeps --help quick

    found = dict.fromkeys(("code", "code6", "prefecture", "name", "ward"))
    if result.code:
        found = _place(result.ward_code or result.code)
        # The code is the municipality's; the ward's stands beside it.
        found |= {key: _place(result.code)[key] for key in ("code", "code6")}
    elif result.prefecture:
        found["prefecture"] = PREFECTURES[result.prefecture]
    return {
        "input": result.input,
        "status": result.status,
        **found,
        "ward_code": result.ward_code,
        "candidates": [{**_place(each.code), "reason": each.reason} for each in result.options],
        "matched": result.matched,
        "rest": result.rest,
        "others": result.others,
        "changes": list(result.changes),
        "history": list(result.history),
        "explanation": result.explanation,
    }


def _place(code: str) -> dict[str, str | None]:
    from geo.codes import PREFECTURES, to_code6  # noqa: PLC0415
    from geo.place_names import place_names  # noqa: PLC0415

    place = place_names().places[code]
    city = place_names().places[place.code]
    return {
        "code": code,
        "code6": to_code6(code),
        "prefecture": PREFECTURES[code[:2]],
        "name": city.name,
        "ward": place.short if place.ward_code else None,
    }


@dataclass(frozen=True)
class Asked:
    """What was asked for on the command line."""

    names: tuple[str, ...]
    file: str | None
    column: str | None
    prefecture_column: str | None
    code_column: str | None
    header_row: int | None
    sheet: str | None
    split: bool
    output: str | None
    fix_list: str | None
    prefecture: str | None
    as_of: str | None
    as_json: bool
    explain: bool
    quiet: bool


@click.command(
    cls=Command,
    help="名前・住所・コードを、今の市区町村コードにする。推測はしない：決まらないものは候補と理由を示す。",
    epilog="すべて決まれば終了コード 0、決まらない行があれば 3、使い方や入力の誤りは 2。",
)
@click.argument("names", nargs=-1, metavar="NAME")
@click.option(
    "--file",
    metavar="F",
    help="1行に1つ書いたテキスト、または --column と共に表（CSV・TSV・Excel。- は標準入力）",
)
@click.option("--column", metavar="列", help="表の、名前のある列。見出しの行は、この列名のある行とみなす")
@click.option("--prefecture-column", metavar="列", help="表の、都道府県のある列。名前がその県になければ決めない")
@click.option("--code-column", metavar="列", help="表の、コードのある列。名前と照らし合わせ、合わなければ決めない")
@click.option("--header-row", type=int, metavar="N", help="見出しの行（シートの何行目か）。指定しなければ探す")
@click.option("--sheet", metavar="名", help="Excel のシート。指定しなければ最初のシート")
@click.option("--split", is_flag=True, help="一つの欄に並んだ市区町村を、1行ずつに分ける")
@output_option(required=False, text="コードの列を加えた CSV（UTF-8, BOM つき）の書き出し先")
@click.option("--fix-list", metavar="OUT", help="決まらない行だけの一覧（CSV）の書き出し先")
@click.option("--prefecture", metavar="P", help="都道府県のない名前を探す都道府県")
@click.option("--as-of", metavar="日付", help="書かれた日（例：2000-01-01）。その日にあった名前として読む")
@json_option
@click.option("--explain", is_flag=True, help="読み替え・候補・合併の経緯を文で出す")
@quiet_option
def command(**options: Any) -> int:
    """Resolve and print; 3 when something did not resolve to one municipality of today."""
    asked = Asked(**options)
    if asked.names == (STDIN,) and asked.file is None:
        asked = replace(asked, names=(), file=STDIN)
    _check(asked)
    if asked.file is None:
        return _resolve_names(asked, None)
    with input_file(asked.file) as path:
        return _resolve_names(asked, path) if asked.column is None else _resolve_table(asked, path)


def _resolve_names(asked: Asked, path: Path | None) -> int:
    from geo.resolve import resolve_many  # noqa: PLC0415

    day = read_day(asked.as_of)
    # Bytes that are no text in the terminal's encoding come as lone surrogates, which cannot be printed.
    names = [name.encode("utf-8", "replace").decode() for name in asked.names]
    named: list[tuple[int | None, str]] = [(None, name) for name in names]
    results = resolve_many(names, prefecture=asked.prefecture, as_of=day)
    if path is not None:
        from renkei.exchange.input_text import read_lines  # noqa: PLC0415

        lines = read_lines(path)
        values = _with_progress([text for _, text in lines], quiet=asked.quiet)
        results += resolve_many(values, prefecture=asked.prefecture, as_of=day, one_table=True)
        named += lines
    _print(asked, [row for row, _ in named], results)
    return 0 if all(result.status == "resolved" for result in results) else SOME_OPEN


def _check(asked: Asked) -> None:
    if not asked.names and not asked.file:
        msg = "名前を指定してください（例：renkei resolve 川場村）。--file でファイルも読めます。"
        raise InvalidFilterError(msg)
    if asked.column is not None and not asked.file:
        msg = "--column は --file の CSV の列です。--file も指定してください。"
        raise InvalidFilterError(msg)
    if asked.column is not None and asked.names:
        msg = "--column で表を読むときは、名前を別に並べられません。どちらかにしてください。"
        raise InvalidFilterError(msg)
    for option, value in (("-o", asked.output), ("--fix-list", asked.fix_list)):
        if value and asked.column is None:
            msg = f"{option} は CSV に列を加えて書き出すものです。--file と --column も指定してください。"
            raise InvalidFilterError(msg)
    of_tables = {
        "--prefecture-column": asked.prefecture_column,
        "--code-column": asked.code_column,
        "--header-row": asked.header_row,
        "--sheet": asked.sheet,
        "--split": asked.split,
    }
    for option, given in of_tables.items():
        if given and asked.column is None:
            msg = f"{option} は --column と共に使います。"
            raise InvalidFilterError(msg)


def _with_progress(values: Sequence[str], *, quiet: bool) -> Iterable[str]:
    if quiet or len(values) < LONG_WORK:
        return values
    from tqdm import tqdm  # noqa: PLC0415

    # disable=None: no bar where stderr is no terminal.
    return tqdm(values, unit="行", file=sys.stderr, leave=False, disable=None)


def _print(asked: Asked, rows: Sequence[int | None], results: Sequence[Resolution]) -> None:
    for row, result in zip(rows, results, strict=True):
        if asked.as_json:
            record(as_record(result) | ({} if row is None else {"row": row}))
        elif asked.explain:
            sys.stdout.write(_explained(result))
        else:
            sys.stdout.write(f"{result.input}\t{result.status}\t{result.code or ''}\t{result.explanation}\n")


def _explained(result: Resolution) -> str:
    from geo.resolution import name_of  # noqa: PLC0415
    from geo.resolve_frame import STATUS_NAMES  # noqa: PLC0415

    lines = [
        f"{result.input}",
        f"  判定　　：{STATUS_NAMES[result.status]}（{result.status}）",
        *([f"  コード　：{result.code}　{name_of(result.ward_code or result.code)}"] if result.code else []),
        *([f"  読んだ所：「{result.matched}」　残り：「{result.rest}」"] if result.matched else []),
        *(f"  読み替え：{change}" for change in result.changes),
        *(f"  経緯　　：{step}" for step in result.history),
        *(f"  候補　　：{each.code}　{name_of(each.code)}（{each.reason}）" for each in result.options),
        f"  説明　　：{result.explanation}",
    ]
    return "\n".join(lines) + "\n"


def _resolve_table(asked: Asked, path: Path) -> int:
    import pandas as pd  # noqa: PLC0415

    from geo.resolve_frame import resolve_column  # noqa: PLC0415

    wanted = [each for each in (asked.column, asked.prefecture_column, asked.code_column) if each]
    sheet, named = _read_sheet(asked, path, wanted)
    done, fixes = resolve_column(
        pd.DataFrame([cells for _, cells in sheet.rows], columns=list(sheet.header), dtype=str),
        named[asked.column or ""],
        prefecture=asked.prefecture,
        prefecture_column=named.get(asked.prefecture_column or ""),
        code_column=named.get(asked.code_column or ""),
        as_of=read_day(asked.as_of),
        split=asked.split,
        numbers=[number for number, _ in sheet.rows],
    )
    if asked.output:
        write_output(asked.output, _csv_bytes(done))
        say(f"{len(done)}行のうち{len(done) - len(fixes)}行が一つに決まりました。", quiet=asked.quiet)
    else:
        sys.stdout.write(_csv_text(done))
    if asked.fix_list:
        write_output(asked.fix_list, _csv_bytes(fixes))
    return SOME_OPEN if len(fixes) else 0


def _read_sheet(asked: Asked, path: Path, wanted: Sequence[str]) -> tuple[Sheet, dict[str, str]]:
    """Return the sheet whose headings include the wanted ones, and each wanted one as it is written there."""
    from renkei.exchange.input_text import read_content  # noqa: PLC0415
    from renkei.exchange.sheets import SEARCHED_ROWS, read_sheet  # noqa: PLC0415

    content = read_content(path)
    sheet = read_sheet(content, path.name, header_row=asked.header_row, sheet=asked.sheet or "")
    named = _headings(sheet.header, wanted)
    if len(named) < len(set(wanted)) and asked.header_row is None:
        # The row that has the columns is the headings' row, whatever it looks like.
        rows = [(number, line.split()) for number, line in enumerate(sheet.above, 1)] + sheet.rows[:SEARCHED_ROWS]
        row = next((number for number, cells in rows if len(_headings(cells, wanted)) == len(set(wanted))), None)
        if row is not None:
            sheet = read_sheet(content, path.name, header_row=row, sheet=asked.sheet or "")
            named = _headings(sheet.header, wanted)
    for column in wanted:
        if column not in named:
            there = "、".join(heading for heading in sheet.header[:20] if heading)
            told = "見出しの行は --header-row で選べます"
            msg = f"{path.name} に列「{column}」がありません。あるのは {there} です。{told}。"
            raise DataError(msg)
        if f"{named[column]}_2" in sheet.header:
            msg = f"{path.name} に同じ名前の列「{column}」があります。見出しを直してください。"
            raise DataError(msg)
    return sheet, named


def _headings(cells: Sequence[str], wanted: Sequence[str]) -> dict[str, str]:
    """Return the wanted columns that stand among headings, whatever spaces and line breaks those have."""
    written = {"".join(cell.split()): cell for cell in reversed(cells)}
    return {each: written["".join(each.split())] for each in wanted if "".join(each.split()) in written}


def _csv_text(frame: Any) -> str:
    """Write a table for a spreadsheet; a stranger's cell is no formula in it."""
    from renkei.exchange.escaping import spreadsheet_cell  # noqa: PLC0415 - keeps names quick

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in (frame.columns, *frame.itertuples(index=False)):
        writer.writerow([spreadsheet_cell(each) if isinstance(each, str) else each for each in row])
    return text.getvalue()


def _csv_bytes(frame: Any) -> bytes:
    return _csv_text(frame).encode("utf-8-sig")
