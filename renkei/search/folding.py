"""Folding of Japanese as it is typed: width, case, long vowels, spellings that planners use side by side."""

from __future__ import annotations

import re
import unicodedata

SPELLINGS = {
    "子供": "子ども", "こども": "子ども", "障がい": "障害", "障碍": "障害", "無い": "ない", "無く": "なく", "無か": "なか",
    "出来": "でき", "寄付": "寄附", "空家": "空き家", "買い物": "買物", "取り組み": "取組", "取組み": "取組",
    "取り組": "取組", "問い合わせ": "問合", "問合せ": "問合", "引っ越し": "引越", "引越し": "引越", "手続き": "手続",
    "ひとり暮らし": "一人暮らし", "1人暮らし": "一人暮らし", "独り暮らし": "一人暮らし", "後継ぎ": "跡継ぎ",
    "跡取り": "跡継ぎ", "あと継ぎ": "跡継ぎ", "年寄": "年寄り", "年寄りり": "年寄り", "繋が": "つなが", "繋げ": "つなげ",
    "仕組み": "仕組", "賑わい": "にぎわい", "賑やか": "にぎやか", "町づくり": "まちづくり", "街づくり": "まちづくり",
    "まち作り": "まちづくり", "人作り": "人づくり", "作る": "つくる", "作っ": "つくっ", "作り": "づくり", "造る": "つくる",
    "造っ": "つくっ", "ゴミ": "ごみ", "田圃": "田んぼ", "御年寄": "お年寄り", "来な": "こな", "来ない": "こない",
    "島嶼": "島しょ", "申し込み": "申込", "申込み": "申込", "呼び込み": "呼込", "呼び込む": "呼込む", "呼び込ん": "呼込ん",
    "受け入れ": "受入", "受入れ": "受入", "担い手": "担い手", "生かし": "活かし", "生かす": "活かす", "人達": "人たち",
}  # fmt: skip
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
