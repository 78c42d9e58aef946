"""Folding of Japanese as it is typed: width, case, long vowels, spellings that planners use side by side."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SPELLINGS = {
    "子供": "子ども",
    "こども": "子ども",
    "障がい": "障害",
    "障碍": "障害",
    "無い": "ない",
    "無く": "なく",
    "無か": "なか",
    "出来": "でき",
    "寄付": "寄附",
    "空家": "空き家",
    "買い物": "買物",
    "取り組み": "取組",
    "取組み": "取組",
    "取り組": "取組",
    "問い合わせ": "問合",
    "問合せ": "問合",
    "引っ越し": "引越",
    "引越し": "引越",
    "手続き": "手続",
    "ひとり暮らし": "一人暮らし",
    "1人暮らし": "一人暮らし",
    "独り暮らし": "一人暮らし",
    "後継ぎ": "跡継ぎ",
    "跡取り": "跡継ぎ",
    "あと継ぎ": "跡継ぎ",
    "年寄": "年寄り",
    "年寄りり": "年寄り",
    "繋が": "つなが",
    "繋げ": "つなげ",
    "仕組み": "仕組",
    "賑わい": "にぎわい",
    "賑やか": "にぎやか",
    "町づくり": "まちづくり",
    "街づくり": "まちづくり",
    "まち作り": "まちづくり",
    "人作り": "人づくり",
    "作る": "つくる",
    "作っ": "つくっ",
    "作り": "づくり",
    "造る": "つくる",
    "造っ": "つくっ",
    "ゴミ": "ごみ",
    "田圃": "田んぼ",
    "御年寄": "お年寄り",
    "来な": "こな",
    "来ない": "こない",
    "島嶼": "島しょ",
    "申し込み": "申込",
    "申込み": "申込",
    "呼び込み": "呼込",
    "呼び込む": "呼込む",
    "呼び込ん": "呼込ん",
    "受け入れ": "受入",
    "受入れ": "受入",
    "生かし": "活かし",
    "生かす": "活かす",
    "人達": "人たち",
}
"""Written → folded: two spellings of one word become the same."""

_SPELLING = re.compile("|".join(sorted(map(re.escape, SPELLINGS), key=len, reverse=True)))
_DROPPED = re.compile(r"(?<![a-z0-9])[-・‐―–.,'’]+|[-・‐―–.,'’]+(?![a-z0-9])|[ー〜~\u200b]")
_SPACE = re.compile(r"(?<=[a-z0-9])\s+(?=[a-z0-9])")


def fold(text: str) -> str:
    """Fold a text for searching.

    Examples
    --------
    >>> fold("ＤＸ　推進の ペーパレス化、空家"), fold("Society 5.0"), fold("ペーパーレス")
    ('dx推進のペパレス化、空き家', 'society 5.0', 'ペパレス')
    """
    narrow = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(_SPACE.sub("\0", narrow).split()).replace("\0", " ")
    return _SPELLING.sub(lambda found: SPELLINGS[found[0]], _DROPPED.sub("", kept))


_APART = "\ue000"
"""Stands between texts that are folded together; no text holds it."""


def fold_all(texts: Iterable[str]) -> list[str]:
    """Fold many texts at once, ten times as fast as one by one.

    Examples
    --------
    >>> fold_all(["ＤＸ　", "空家"])
    ['dx', '空き家']
    """
    every = [text.replace(_APART, "") for text in texts]
    return fold(_APART.join(every)).split(_APART) if every else []


def fold_with_places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Fold a text and tell, for each folded character, where it stands in the text (start, end).

    Examples
    --------
    >>> folded, places = fold_with_places("空家の ＤＸ")
    >>> folded, places[-2:]
    ('空き家のdx', [(4, 5), (5, 6)])
    """
    spots = [
        (character, position, position + 1)
        for position, original in enumerate(text)
        for character in unicodedata.normalize("NFKC", original).casefold()
    ]
    spots = _kept(spots, _SPACE, " ")
    spots = [spot for spot in spots if spot[0] == " " or not spot[0].isspace()]
    spots = [spot for position, spot in enumerate(spots) if spot[0] != " " or _between_words(spots, position)]
    spots = _kept(spots, _DROPPED, "")
    written = "".join(spot[0] for spot in spots)
    folded: list[tuple[str, int, int]] = []
    at = 0
    for found in _SPELLING.finditer(written):
        start, end = found.span()
        folded += spots[at:start]
        folded += [(character, spots[start][1], spots[end - 1][2]) for character in SPELLINGS[found[0]]]
        at = end
    folded += spots[at:]
    return "".join(spot[0] for spot in folded), [(start, end) for _, start, end in folded]


def _between_words(spots: list[tuple[str, int, int]], position: int) -> bool:
    around = spots[position - 1 : position] + spots[position + 1 : position + 2]
    return len(around) == 2 and all(spot[0].isascii() and spot[0].isalnum() for spot in around)  # noqa: PLR2004


def _kept(spots: list[tuple[str, int, int]], pattern: re.Pattern[str], instead: str) -> list[tuple[str, int, int]]:
    """Replace what a pattern finds by one character, or by nothing."""
    kept: list[tuple[str, int, int]] = []
    at = 0
    for found in pattern.finditer("".join(spot[0] for spot in spots)):
        start, end = found.span()
        kept += spots[at:start]
        kept += [(character, spots[start][1], spots[end - 1][2]) for character in instead]
        at = end
    return kept + spots[at:]
