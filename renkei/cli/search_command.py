"""``renkei search``: one question, everything that answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from renkei.search import Hit

KINDS = ("case", "place", "tie", "network", "bloc", "organisation", "indicator")
NOTHING = 3
MOST = 50


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("search", help="課題・ことば・地名・団体から探す", description=__doc__)
    parser.add_argument("text", metavar="TEXT", help="探すことば。文でもよい（例：人口1万人未満で窓口のオンライン化）")
    parser.add_argument(
        "--kind", action="append", default=[], choices=KINDS, metavar="K", help=f"種類だけ（{'、'.join(KINDS)}）"
    )
    parser.add_argument("--limit", type=int, default=MOST, metavar="N", help="最大の件数")
    parser.add_argument("--json", action="store_true", help="1行に1件のJSON（よく当たる順）")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print what was found, best first; return 3 and print no line where nothing was."""
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick
    from renkei.search import search  # noqa: PLC0415

    answer = search(Atlas.open(), arguments.text, kinds=arguments.kind, limit=max(1, arguments.limit))
    for hit in answer.hits:
        print(_line(hit, as_json=arguments.json))
    return 0 if answer.hits else NOTHING


def _line(hit: Hit, *, as_json: bool) -> str:
    import orjson  # noqa: PLC0415

    if as_json:
        found = {
            key: getattr(hit, key) for key in ("kind", "id", "title", "score", "match", "place", "aspect", "codes")
        }
        return orjson.dumps(found).decode()
    texts = (hit.kind, hit.id, hit.place, hit.title, hit.match)
    return "\t".join(" ".join(text.split()) for text in texts)
