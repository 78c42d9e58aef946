"""What is asked, in units: words of the trade with their other names, and plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from renkei.search.trade_words import TradeWord, triggers

EXACT, WORD, SAME, SAID, NEAR = 1.0, 0.75, 0.5, 0.7, 0.25
"""What a hit counts by how it stands to what was typed: itself, another name of it, a neighbour of another name, …"""

PLAIN = set(
    """自治体 市町村 町 村 市 区 県 町村 市区町村 まち むら 事例 例 話 経験 情報交換 情報 知 聞 教 見 取組 実施 推進 活用 対応 対策
    問題 課題 方法 仕組 場合 人 方 所 者 者ら 何 今 今後 前 後 中 上 下 時 的 化 等 型 用 感 参考 結果 成功 失敗 効果 利用 導入 使 行 進
    言 思 考 出 入 持 組 受 来 得 探 事 物 他 自分 自分たち うち 我 全国 日本 国内 一番 最近 現在 状況 実際 具体的 一緒 同 多 少 大 小
    新 高 低 強 弱 良 悪 増 減 続 始 終 作 変 困 悩 詳 必要 可能 様々 近 遠 早 間 先 度 回 目 点 面 場 場所 頼 支 相手 置 取 活 選 起 生
    向 引 立 合 分 開 付 着 込 願 決 止 運 送 届 書 読 話し 担当 役場 役所 市役所 県庁 職場 提供 検討 計画的 目的 成果 地域 地元 住民
    市民 町民 村民 暮 暮らし 生活 社会 関係 外部 内部 連携 協力 協働 支援 整備 向上 改善 強化 促進 実現 解決 事業 施策 政策 活動
    ところ""".split()
)
"""Words so common among planners that they tell nothing, or too little to ask for."""

LIGHT = {
    "地域": 0.25, "地元": 0.2, "住民": 0.25, "市民": 0.25, "連携": 0.3, "支援": 0.2, "計画": 0.35, "事業": 0.1, "暮らし": 0.3,
    "生活": 0.3, "改善": 0.2, "検討": 0.1, "外部": 0.4, "職員": 0.4, "企業": 0.5, "会社": 0.4, "相談": 0.4, "デジタル": 0.6,
    "役場": 0.3, "庁内": 0.4, "環境": 0.5, "人材": 0.5, "整備": 0.2, "社会": 0.2, "協力": 0.2, "活動": 0.2, "解決": 0.2,
    "対話": 0.6, "情報": 0.3, "技術": 0.4, "サービス": 0.25, "システム": 0.4, "データ": 0.5, "プロジェクト": 0.2, "窓口": 0.7,
    "実証": 0.5, "調査": 0.3, "協議会": 0.4, "協定": 0.6, "施設": 0.4, "商品": 0.4, "体験": 0.5, "教室": 0.6, "講師": 0.6,
}  # fmt: skip
"""Words that tell a little: what they count beside a full word."""

_RUN = re.compile(r"[a-z0-9][a-z0-9 .&+-]*[a-z0-9]|[a-z0-9]|[ァ-ヴ]{2,}|[一-龥々〆ヶ]+(?:[ぁ-ん](?=[一-龥々]))?[一-龥々〆ヶ]*")
_ONE_KANJI = re.compile(r"[一-龥々]")


@dataclass(frozen=True)
class Unit:
    """One thing that is asked for.

    Parameters
    ----------
    surface
        As typed, folded.
    terms
        What is looked for → what a hit counts (0–1).
    weight
        How much of the question it is.
    solid
        Whether a case that lacks it may be no answer at all.
    """

    surface: str
    terms: dict[str, float]
    weight: float = 1.0
    solid: bool = True


def _bounded(text: str, start: int, end: int) -> bool:
    """Whether a piece of a folded question stands as a word: ASCII whole, one kanji alone."""
    piece = text[start:end]
    before, after = text[start - 1] if start else "", text[end] if end < len(text) else ""
    if piece[0].isascii() and before.isascii() and before.isalnum():
        return False
    if piece[-1].isascii() and after.isascii() and after.isalnum():
        return False
    if len(piece) == 1:
        return not (_ONE_KANJI.match(before) or _ONE_KANJI.match(after))
    if re.fullmatch("[ァ-ヴ]+", piece):
        return not (re.match("[ァ-ヴ]", before) or re.match("[ァ-ヴ]", after)) or len(piece) > 3
    return True


def _found(text: str) -> list[tuple[int, int, str]]:
    """Return the trade words in a folded question, longest first, without overlaps; in the order of the text."""
    table = triggers()
    longest = max(map(len, table))
    spots = [
        (start, end)
        for start in range(len(text))
        for end in range(start + 1, min(len(text), start + longest) + 1)
        if text[start:end] in table and _bounded(text, start, end)
    ]
    taken: list[tuple[int, int]] = []
    for start, end in sorted(spots, key=lambda spot: (spot[0] - spot[1], spot[0])):
        if all(end <= other or start >= until for other, until in taken):
            taken.append((start, end))
    return [(start, end, text[start:end]) for start, end in sorted(taken)]


def _unit(surface: str, pairs: tuple[tuple[TradeWord, str], ...]) -> Unit:
    terms: dict[str, float] = {}
    own = [pair for pair in pairs if pair[1] == "word"] or list(pairs)
    for word, role in own:
        inner = {"word": WORD, "same": SAME, "said": SAID}[role]
        for term in (word.word, *word.same):
            terms[term] = max(terms.get(term, 0), inner if term != word.word or role == "said" else max(inner, WORD))
        for term in word.near:
            terms[term] = max(terms.get(term, 0), NEAR)
    if own[0][1] != "said":
        terms[surface] = EXACT
    return Unit(surface, terms, weight=LIGHT.get(surface, 1.0))


def units(question: str, known: set[str] | None = None, count=lambda _: 0) -> list[Unit]:
    """Return the units of a folded question, conditions left out; ``count``: in how many cases a term stands."""
    found = _found(question)
    merged: dict[str, Unit] = {}
    for _, _, surface in found:
        merged.setdefault(surface, _unit(surface, triggers()[surface]))
    rest = list(question)
    for start, end, _ in found:
        rest[start:end] = "、" * (end - start)
    for run in _RUN.findall("".join(rest)):
        for piece, is_known in _pieces(run.strip(), count):
            if piece in PLAIN and piece not in LIGHT:
                continue
            light = LIGHT.get(piece, 0.3 if len(piece) == 1 else 0.8)
            merged.setdefault(piece, Unit(piece, {piece: EXACT}, light, solid=len(piece) > 1 and piece not in LIGHT))
    return list(merged.values())


def _pieces(run: str, count) -> list[tuple[str, bool]]:
    """Split a run of one script into the longest pieces that the cases know; what is unknown stays whole."""
    if run in LIGHT or run in PLAIN or len(run) <= 1 or run.isascii():
        return [(run, bool(count(run)))]
    if count(run):
        return [(run, True)]
    pieces: list[tuple[str, bool]] = []
    unknown, at = "", 0
    while at < len(run):
        size = next((n for n in range(len(run) - at, 1, -1) if run[at : at + n] in PLAIN or run[at : at + n] in LIGHT or count(run[at : at + n])), 0)
        if size:
            if unknown:
                pieces.append((unknown, False))
                unknown = ""
            pieces.append((run[at : at + size], True))
            at += size
        else:
            unknown += run[at]
            at += 1
    if unknown:
        pieces.append((unknown, False))
    return pieces
