"""``renkei search``: one question, everything that answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from renkei.cli.conventions import SOME_OPEN, Command, json_option, line, say

if TYPE_CHECKING:
    from renkei.retrieval import Hit

KINDS = ("case", "place", "tie", "network", "bloc", "organisation", "indicator")
MOST = 50


@click.command(cls=Command, help="課題・ことば・地名・団体から、事例・自治体・連携・圏域・指標を探す。")
@click.argument("text", metavar="TEXT")
@click.option("--kind", multiple=True, type=click.Choice(KINDS), metavar="K", help=f"種類だけ（{'、'.join(KINDS)}）")
@click.option("--limit", type=click.IntRange(min=1), default=MOST, metavar="N", help=f"最大の件数（既定 {MOST}）")
@json_option
def command(text: str, kind: tuple[str, ...], limit: int, *, as_json: bool) -> int:
    """Print what was found, best first; return 3 and print no line where nothing was."""
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick
    from renkei.retrieval import search  # noqa: PLC0415

    answer = search(Atlas.open(), text, kinds=kind, limit=limit)
    for hit in answer.hits:
        line(_line(hit, as_json=as_json))
    if not answer.hits:
        say(answer.message)
    return 0 if answer.hits else SOME_OPEN


def _line(hit: Hit, *, as_json: bool) -> str:
    import orjson  # noqa: PLC0415

    if as_json:
        found = {
            key: getattr(hit, key) for key in ("kind", "id", "title", "score", "match", "place", "aspect", "codes")
        }
        return orjson.dumps(found).decode()
    texts = (hit.kind, hit.id, hit.place, hit.title, hit.match)
    return "\t".join(" ".join(text.split()) for text in texts)
