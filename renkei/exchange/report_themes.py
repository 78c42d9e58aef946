"""The themes of a report, by the words that it uses: each theme with the words that decided."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_WRITTEN = {
    "脱炭素": (
        "脱炭素 カーボンニュートラル ゼロカーボン 再生可能エネルギー 再エネ 温室効果ガス CO2 "
        "太陽光 バイオマス 地域新電力 GX 省エネ ZEB 水素 電気自動車 PPA 蓄電池"
    ),
    "防災": ("防災 災害 避難 ハザードマップ 減災 消防 備蓄 危機管理"),
    "DX": (
        "DX デジタル AI RPA BPR オンライン申請 電子申請 マイナンバーカード 書かない窓口 LINE "
        "システム標準化 標準化 ペーパーレス ICT IoT スマートシティ CIO 自治体クラウド テレワーク "
        "データ活用 情報システム 電子決裁 チャットボット スマホ"
    ),
    "産業振興": (
        "産業振興 企業誘致 創業 起業 事業承継 商店街 中小企業 商品開発 販路 雇用 地域商社 "
        "工業団地 サテライトオフィス ものづくり スタートアップ 特産品 産業 商工"
    ),
    "観光": ("観光 DMO インバウンド 誘客 旅行 ツーリズム 宿泊 観光客 周遊 文化財 道の駅 世界遺産"),
    "農林水産": ("農業 林業 漁業 水産 農産物 森林 木材 畜産 農家 鳥獣 ジビエ 6次産業 農林"),
    "ふるさと納税": ("ふるさと納税 企業版ふるさと納税 返礼品 寄附"),
    "シティプロモーション": ("シティプロモーション ブランディング ブランド 情報発信 広報 PR動画 認知度 魅力発信"),
    "まちづくり": (
        "まちづくり 中心市街地 都市計画 空き家 公共施設 再開発 にぎわい 賑わい エリア 拠点 "
        "公民連携 コミュニティ 集落 官民連携 総合戦略 総合計画 SDGs 地方創生"
    ),
    "移住定住・関係人口": (
        "移住 定住 関係人口 交流人口 Uターン 二地域居住 ワーケーション 地域おこし協力隊 転出 若者の流出 お試し"
    ),
    "交通": ("公共交通 デマンド交通 バス 鉄道 MaaS 自動運転 タクシー 交通空白 路線 ライドシェア"),
    "医療福祉": ("医療 福祉 健康 介護 高齢者 病院 ヘルスケア 予防 看護 地域包括 フレイル 障害者"),
    "教育・人材育成": ("教育 高校 学校 人材育成 大学 研修 GIGA 探究 生徒 児童 学び リスキリング"),
    "子育て": ("子育て 保育 出産 少子化 妊娠 こども園 結婚 育児 待機児童"),
    "行財政・組織改革": (
        "行財政 財政 組織改革 職員の意識 働き方改革 業務改善 人事 行政改革 事務事業 縦割り 庁内 組織づくり 離職"
    ),
}
WORDS: dict[str, tuple[str, ...]] = {theme: tuple(words.split()) for theme, words in _WRITTEN.items()}
"""Theme to words of the trade; a longer word counts for more, a word inside a longer one of the same theme once."""

COMMON = {"まちづくり": 0.45, "行財政・組織改革": 0.45, "教育・人材育成": 0.5, "産業振興": 0.7, "DX": 0.9}
"""Weight of themes whose words stand in every report."""
HEADING_WEIGHT = 4.0
"""Of the role and the title: what an expert is sent for."""
ANOTHER = 0.45
"""A further theme has at least this share of the first one's score."""
MOST = 3


class ThemeGuess(NamedTuple):
    """A theme, its share of all points (0 to 1) and the words that decided, most frequent first."""

    name: str
    share: float
    words: tuple[str, ...]


def guess_themes(body: Iterable[str], headings: Iterable[str] = ()) -> list[ThemeGuess]:
    """Guess a report's themes.

    Parameters
    ----------
    body
        Its lines.
    headings
        Its title, the role, the sender's department: they weigh more.

    Returns
    -------
    list of ThemeGuess
        At most three, the primary first; empty where no word of any theme occurs.

    Examples
    --------
    >>> [each.name for each in guess_themes(["デマンド交通の実証とバス路線の再編"], ["公共交通アドバイザー"])]
    ['交通']
    """
    found: dict[str, Counter[str]] = {theme: Counter() for theme in WORDS}
    for weight, texts in ((1.0, body), (HEADING_WEIGHT, headings)):
        text = unicodedata.normalize("NFKC", "\n".join(texts))
        for theme, pattern in _PATTERNS.items():
            for match in pattern.finditer(text):
                found[theme][match[0]] += weight  # type: ignore[assignment]
    scores = {
        # The root keeps one word that is repeated on every line from outweighing all others.
        theme: sum(count**0.7 * min(len(word), 5) ** 0.5 for word, count in words.items()) * COMMON.get(theme, 1.0)
        for theme, words in found.items()
    }
    total = sum(scores.values())
    if not total:
        return []
    ranked = sorted(scores, key=lambda theme: -scores[theme])[:MOST]
    kept = [theme for theme in ranked if scores[theme] >= ANOTHER * scores[ranked[0]]]
    return [
        ThemeGuess(theme, round(scores[theme] / total, 3), tuple(word for word, _ in found[theme].most_common(5)))
        for theme in kept
    ]


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda word: -len(word))
    # A short ASCII term is a word of its own: AI is not in MAIL.
    parts = [rf"(?<![A-Za-z0-9]){re.escape(w)}(?![A-Za-z])" if w.isascii() else re.escape(w) for w in ordered]
    return re.compile("|".join(parts))


_PATTERNS = {theme: _pattern(words) for theme, words in WORDS.items()}
