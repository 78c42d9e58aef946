"""``renkei resolve``: written names to codes, one JSON object a line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import DataError, InvalidFilterError

if TYPE_CHECKING:
    import argparse

    from geo.resolve import Resolution

UNRESOLVED = 3
LARGEST = 50_000_000


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("resolve", help="書かれた名前を市区町村コードにする", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="名前・住所・コード")
    parser.add_argument("--file", metavar="F", help="1行に1つ書いたテキスト")
    parser.add_argument("--prefecture", metavar="P", help="同名があるときに探す都道府県")
    parser.add_argument("--json", action="store_true", help="1行に1つの JSON で出す")
    parser.set_defaults(run=run)


def read_lines(path: Path) -> list[str]:
    """Return the lines of a text file in UTF-8 (with or without BOM) or CP932.

    Raises
    ------
    DataError
        When the file is missing, too large, or not text.
    """
    try:
        if path.stat().st_size > LARGEST:
            msg = f"{path.name} は大きすぎます（{LARGEST // 1_000_000} MB まで）。分けてください。"
            raise DataError(msg)
        content = path.read_bytes()
    except OSError as error:
        msg = f"{path} を読めません（{error.strerror}）。"
        raise DataError(msg) from error
    if b"\0" in content:
        msg = f"{path.name} は文字のファイルではありません。CSV かテキストで保存してください。"
        raise DataError(msg)
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding).splitlines()
        except UnicodeDecodeError:
            continue
    msg = f"{path.name} の文字コードが分かりません。UTF-8 か Shift_JIS で保存してください。"
    raise DataError(msg)


def as_record(result: Resolution) -> dict[str, Any]:
    """Return a result as the command's JSON object."""
    from geo.codes import PREFECTURES, to_code6  # noqa: PLC0415 - keeps --help quick
    from geo.gazetteer import municipalities, wards  # noqa: PLC0415

    def place(code: str) -> dict[str, Any]:
        is_ward = code in wards().index
        city = str(wards().loc[code, "city_code"]) if is_ward else code
        return {
            "code": code, "code6": to_code6(code), "prefecture": PREFECTURES[code[:2]],
            "name": str(municipalities().loc[city, "name"]),
            "ward": str(wards().loc[code, "ward"]) if is_ward else None,
        }  # fmt: skip

    empty = dict.fromkeys(("code", "code6", "prefecture", "name", "ward"))
    found = place(result.code) if result.code else empty
    if result.ward_code:
        found = found | {"ward": place(result.ward_code)["ward"]}
    return {
        "input": result.input, "status": result.status, **found, "ward_code": result.ward_code,
        "candidates": [place(code) for code in result.candidates], "matched": result.matched, "rest": result.rest,
        "changes": list(result.changes), "explanation": result.explanation,
    }  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Resolve and print; 3 when something did not resolve to one municipality."""
    from geo.resolve import resolve_many  # noqa: PLC0415

    written = [*arguments.names, *(read_lines(Path(arguments.file)) if arguments.file else [])]
    if not written:
        msg = "名前を指定してください（例：renkei resolve 川場村）。--file でファイルも読めます。"
        raise InvalidFilterError(msg)
    results = resolve_many(written, prefecture=arguments.prefecture)
    for result in results:
        if arguments.json:
            sys.stdout.write(json.dumps(as_record(result), ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(f"{result.input}\t{result.status}\t{result.code or ''}\t{result.explanation}\n")
    return 0 if all(result.status == "resolved" for result in results) else UNRESOLVED
