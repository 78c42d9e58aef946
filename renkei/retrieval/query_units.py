"""What is asked, in units: words of the trade with their other names, and plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from renkei.retrieval.case_passages import SHORT
from renkei.retrieval.trade_words import TradeWord, everyday_words, triggers

if TYPE_CHECKING:
    from collections.abc import Callable

EXACT, WORD, SAME, SAID, NEAR = 1.0, 0.55, 0.5, 0.55, 0.2
"""What a hit counts by how it stands to what was typed: itself, another name of it, a neighbour of another name, …"""

AGAIN = 0.35
"""What a second name of the same thing adds to its weight."""

EVERYDAY_WEIGHT, UNSAID_WEIGHT = 0.5, 0.35
"""What a word of everyday talk counts, and a short word that no case uses."""

PLAIN = frozenset(
    """
    市 連携 生 活 導入 場合 人 今 日本 生活 何 村民 知 選 受 自分たち 送 悪 弱 先 向 推進 持 置 社会 者ら 状況
    整備 利用 決 中 強化 具体的 解決 起 合 計画的 大 詳 入 続 町村 開 事業 見 結果 場所 町民 良 失敗 変 近
    自治体 取組 多 少 一番 ところ 様々 成果 同 始 願 実際 住民 対策 考 暮 問題 所 場 面 役所 必要 点 暮らし 県
    小 協力 支援 仕組 行 職場 困 間 運 地元 付 得 感 相談相手 協働 相手 取 参考 頼 受入 高 引 着 市町村 情報
    外部 話 向上 事例 目 今後 強 等 例 的 実施 効果 促進 止 届 上 書 県庁 他 経験 方法 国内 市区町村 用 探 後 低
    村 作 物 終 思 関係 読 組 出 担当 内部 改善 役場 市民 教 時 使 分 むら 政策 下 進 活用 話し 情報交換 課題 事
    うち 言 最近 地域 全国 現在 化 来 型 可能 早 度 込 目的 区 施策 者 町 支 聞 増 前 実現 市役所 我 まち 活動
    対応 方 一緒 新 回 検討 減 成功 悩 立 遠 提供 自分 a an and are at by for from how in is it of on or our
    that the their they this to was we what where which who with town towns city cities village villages
    municipality municipalities case cases example examples 機会 雰囲気 不満 理由 原因 状態 様子 気持 姿 形 力
    手間 時間 期間 予定 準備 条件 内容 種類 部分 全体 周辺 周囲 一部 最初 最後 途中 本当 普段 毎日 毎年 毎月
    以前 近年 昨今 将来 当時 自身 仲間 大人 男性 書類 難 言葉 声 名前 気 好 楽 費用 値段 役割 立場 参加者 関係者
    当事者 意味 価値 考慮 判断 決定 開始 終了 完了 継続 発生 存在 増加 減少 拡大 縮小 変化 移行 対象 範囲
    先進的 後押 後押し 積極的 本格的 総合的 全体的 一般的 役 者たち
    """.split()  # noqa: SIM905 - a list that people read and mend
)
"""Words so common among planners that they tell nothing, or too little to ask for."""

LIGHT_WORDS = {
    0.1: "事業 検討",
    0.2: "地元 支援 改善 整備 社会 協力 活動 解決 工夫 プロジェクト",
    0.25: "地域 住民 市民 サービス",
    0.3: "連携 暮らし 生活 役場 不安 参加 情報 調査",
    0.35: "計画 元気 方針 専門 困りごと 改革 意識",
    0.4: "外部 職員 会社 相談 庁内 仕事 維持 期限 理解 制度 技術 システム 協議会 施設 商品",
    0.5: "企業 環境 人材 魅力 業務 負担 データ 実証 体験",
    0.6: "デジタル 対話 協定 教室 講師",
    0.7: "窓口",
}
LIGHT = {word: weight for weight, words in LIGHT_WORDS.items() for word in words.split()}
"""Words that tell a little: what they count beside a full word."""

_RUN = re.compile(r"[a-z0-9][a-z0-9 .&+-]*[a-z0-9]|[a-z]|[ァ-ヴ]{2,}|[一-龥々〆ヶ]+")
_ONE_KANJI = re.compile(r"[一-龥々]")


@dataclass(frozen=True)
class Unit:
    """One thing that is asked for.

    Parameters
    ----------
    surface, surfaces
        As typed, folded: the first name, and all.
    terms
        What is looked for → what a hit counts (0–1).
    weight
        How much of the question it is.
    solid
        Whether a case that lacks it may be no answer at all.
    partner
        Whether it is whom one would work with.
    problem
        Whether it was said as something that is wrong.
    """

    surface: str
    terms: dict[str, float]
    surfaces: tuple[str, ...] = ()
    weight: float = 1.0
    solid: bool = True
    partner: bool = False
    problem: bool = False


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
        return not (re.match("[ァ-ヴ]", before) or re.match("[ァ-ヴ]", after)) or len(piece) > SHORT
    return True


def _found(text: str, keywords: frozenset[str]) -> list[tuple[int, int, str]]:
    """Return the trade words in a folded question, longest first, without overlaps; in the order of the text."""
    words = triggers().keys() | everyday_words().keys() | keywords
    longest = max(map(len, words))
    spots = [
        (start, end)
        for start in range(len(text))
        for end in range(start + 1, min(len(text), start + longest) + 1)
        if text[start:end] in words and _bounded(text, start, end)
    ]
    taken: list[tuple[int, int]] = []
    for start, end in sorted(spots, key=lambda spot: (spot[0] - spot[1], spot[0])):
        if all(end <= other or start >= until for other, until in taken):
            taken.append((start, end))
    return [(start, end, text[start:end]) for start, end in sorted(taken)]


_PARTNER = re.compile(
    "(?:さん|など|等|、|や|と|・|地元の|近くの)*(?:と|に|を巻き込)(?:組[んみむ]|連携|一緒|協力|協働|共同|ともに|共に|タッグ|手を|頼|協定|つく)"
)
"""What follows the one whom one would work with."""


def _unit(surface: str, pairs: tuple[tuple[TradeWord, str], ...]) -> Unit:
    terms: dict[str, float] = {}
    own = [pair for pair in pairs if pair[1] == "word"] or list(pairs)
    for word, role in own:
        if role == "kinds":
            for term in (word.word, *word.same):
                terms[term] = max(terms.get(term, 0), NEAR)
            continue
        inner = {"word": WORD, "same": SAME, "said": SAID}[role]
        for term in word.kinds:
            terms[term] = max(terms.get(term, 0), SAME)
        for term in (word.word, *word.same):
            terms[term] = max(terms.get(term, 0), max(inner, WORD) if term == word.word and role == "same" else inner)
        for term in word.near:
            terms[term] = max(terms.get(term, 0), NEAR)
    said = all(role == "said" for _, role in own)
    if not said:
        terms[surface] = EXACT
    return Unit(surface, terms, (surface,), weight=LIGHT.get(surface, 1.0), problem=said)


def _everyday(surface: str) -> Unit:
    """Return the unit of a word that is no word of the trade: a keyword of a case, or one of everyday talk."""
    means = everyday_words().get(surface, ())
    if not means:
        return Unit(surface, {surface: EXACT}, (surface,), LIGHT.get(surface, 1.0))
    terms = dict.fromkeys(means, SAID) | ({surface: EXACT} if len(surface) > 1 else {})
    return Unit(surface, terms, (surface,), EVERYDAY_WEIGHT, solid=False)


def _merged(found: list[tuple[int, int, str]]) -> list[Unit]:
    """Return one unit a thing: two names of one trade word in a question ask for it once."""
    units: list[tuple[set[str], Unit]] = []
    for _, _, surface in found:
        pairs = triggers().get(surface, ())
        if not pairs:
            units.append((set(), _everyday(surface)))
            continue
        words = {word.word for word, _ in pairs}
        unit = _unit(surface, pairs)
        for position, (known, other) in enumerate(units):
            if known & words:
                terms = {t: max(other.terms.get(t, 0), unit.terms.get(t, 0)) for t in (*other.terms, *unit.terms)}
                more = replace(
                    other,
                    terms=terms,
                    surfaces=(*other.surfaces, surface),
                    weight=other.weight + AGAIN * unit.weight,
                    problem=other.problem or unit.problem,
                )
                units[position] = (known | words, more)
                break
        else:
            units.append((words, unit))
    return [unit for _, unit in units]


def units(question: str, count: Callable[[str], int], keywords: frozenset[str] = frozenset()) -> list[Unit]:
    """Return the units of a question.

    Parameters
    ----------
    question
        Folded, conditions left out.
    count
        In how many cases a folded term stands.
    keywords
        Of the cases, folded: they are words of their own, however they are written.
    """
    found = _found(question, keywords)
    asked = {unit.surface: unit for unit in _merged(found)}
    rest = list(question)
    for start, end, _ in found:
        rest[start:end] = "、" * (end - start)
    for run in _RUN.findall("".join(rest).replace(" ", "、")):
        for piece in _pieces(run.strip(), count):
            if piece not in PLAIN or piece in LIGHT:
                asked.setdefault(piece, _plain(piece, count))
    return _leaning(
        [
            replace(unit, partner=any(_is_partner(question, surface) for surface in unit.surfaces))
            for unit in asked.values()
        ]
    )


def _is_partner(question: str, surface: str) -> bool:
    return any(_PARTNER.match(question, at.end()) for at in re.finditer(re.escape(surface), question))


def _leaning(asked: list[Unit]) -> list[Unit]:
    """Let a unit that is a neighbour of another one lean on it: what is asked for is the other."""
    solid = {unit.surface: unit.solid for unit in asked}
    for unit in asked:
        others = (other for other in asked if other is not unit and solid[other.surface])
        if any(other.terms.get(unit.surface) == NEAR for other in others):
            solid[unit.surface] = False
    return [replace(unit, solid=solid[unit.surface]) for unit in asked]


def _plain(piece: str, count: Callable[[str], int]) -> Unit:
    weight = LIGHT.get(piece, 0.3 if len(piece) == 1 else 0.8)
    # Two characters that no case has are more often a turn of phrase than the thing itself.
    unsaid = not count(piece) and re.fullmatch("[一-龥々]{2}", piece) is not None
    weight = UNSAID_WEIGHT if unsaid else weight
    terms = {piece: EXACT}
    if piece.isascii() and piece.isalpha() and len(piece) > SHORT:
        terms |= {piece.removesuffix("s"): EXACT, f"{piece}s": EXACT}
    return Unit(piece, terms, (piece,), weight, solid=len(piece) > 1 and piece not in LIGHT and not unsaid)


def _pieces(run: str, count: Callable[[str], int]) -> list[str]:
    """Split a run of one script into the longest pieces that the cases know; what is unknown stays whole."""

    def known(piece: str) -> bool:
        return piece in PLAIN or piece in LIGHT or count(piece) > 0

    if len(run) <= 1 or run.isascii() or known(run) or re.fullmatch("[ァ-ヴ]+", run):
        return [run]
    pieces: list[str] = []
    unknown, at = "", 0
    while at < len(run):
        size = next((size for size in range(len(run) - at, 1, -1) if known(run[at : at + size])), 0)
        if size:
            pieces += [unknown] * bool(unknown) + [run[at : at + size]]
            unknown = ""
        else:
            unknown += run[at]
        at += size or 1
    return pieces + [unknown] * bool(unknown)
