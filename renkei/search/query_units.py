"""What is asked, in units: words of the trade with their other names, and plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from renkei.search.trade_words import TradeWord, triggers

if TYPE_CHECKING:
    from collections.abc import Callable

EXACT, WORD, SAME, SAID, NEAR = 1.0, 0.55, 0.5, 0.55, 0.2
"""What a hit counts by how it stands to what was typed: itself, another name of it, a neighbour of another name, …"""

AGAIN = 0.35
"""What a second name of the same thing adds to its weight."""

PLAIN = set(
    """自治体 市町村 町 村 市 区 県 町村 市区町村 まち むら 事例 例 話 経験 情報交換 情報 知 聞 教 見 取組 実施 推進 活用 対応 対策
    問題 課題 方法 仕組 場合 人 方 所 者 者ら 何 今 今後 前 後 中 上 下 時 的 化 等 型 用 感 参考 結果 成功 失敗 効果 利用 導入 使 行 進
    言 思 考 出 入 持 組 受 来 得 探 事 物 他 自分 自分たち うち 我 全国 日本 国内 一番 最近 現在 状況 実際 具体的 一緒 同 多 少 大 小
    新 高 低 強 弱 良 悪 増 減 続 始 終 作 変 困 悩 詳 必要 可能 様々 近 遠 早 間 先 度 回 目 点 面 場 場所 頼 支 相手 置 取 活 選 起 生
    向 引 立 合 分 開 付 着 込 願 決 止 運 送 届 書 読 話し 担当 役場 役所 市役所 県庁 職場 提供 検討 計画的 目的 成果 地域 地元 住民 受入 相談相手
    市民 町民 村民 暮 暮らし 生活 社会 関係 外部 内部 連携 協力 協働 支援 整備 向上 改善 強化 促進 実現 解決 事業 施策 政策 活動
    ところ""".split()
)
"""Words so common among planners that they tell nothing, or too little to ask for."""

LIGHT = {
    "地域": 0.25, "地元": 0.2, "住民": 0.25, "市民": 0.25, "連携": 0.3, "支援": 0.2, "計画": 0.35, "事業": 0.1, "暮らし": 0.3,
    "生活": 0.3, "改善": 0.2, "検討": 0.1, "外部": 0.4, "職員": 0.4, "企業": 0.5, "会社": 0.4, "相談": 0.4, "デジタル": 0.6,
    "役場": 0.3, "庁内": 0.4, "環境": 0.5, "人材": 0.5, "整備": 0.2, "社会": 0.2, "協力": 0.2, "活動": 0.2, "解決": 0.2,
    "対話": 0.6, "仕事": 0.4, "不安": 0.3, "維持": 0.4, "期限": 0.4, "魅力": 0.5, "工夫": 0.2, "参加": 0.3, "理解": 0.4, "業務": 0.5, "制度": 0.4, "負担": 0.5, "情報": 0.3, "技術": 0.4, "サービス": 0.25, "システム": 0.4, "データ": 0.5, "プロジェクト": 0.2, "窓口": 0.7,
    "実証": 0.5, "調査": 0.3, "協議会": 0.4, "協定": 0.6, "施設": 0.4, "商品": 0.4, "体験": 0.5, "教室": 0.6, "講師": 0.6,
}  # fmt: skip
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


_PARTNER = re.compile(
    "(?:さん|など|等|、|や|と|・|地元の|近くの)*(?:と|に|を巻き込)(?:組[んみむ]|連携|一緒|協力|協働|共同|ともに|共に|タッグ|手を|頼|協定|つく)"
)
"""What follows the one whom one would work with."""


def _unit(surface: str, pairs: tuple[tuple[TradeWord, str], ...]) -> Unit:
    terms: dict[str, float] = {}
    own = [pair for pair in pairs if pair[1] == "word"] or list(pairs)
    for word, role in own:
        inner = {"word": WORD, "same": SAME, "said": SAID}[role]
        for term in (word.word, *word.same):
            terms[term] = max(terms.get(term, 0), max(inner, WORD) if term == word.word and role == "same" else inner)
        for term in word.near:
            terms[term] = max(terms.get(term, 0), NEAR)
    said = own[0][1] == "said"
    if not said:
        terms[surface] = EXACT
    return Unit(surface, terms, (surface,), weight=LIGHT.get(surface, 1.0), problem=said)


def _merged(found: list[tuple[int, int, str]]) -> list[Unit]:
    """Return one unit a thing: two names of one trade word in a question ask for it once."""
    units: list[tuple[set[str], Unit]] = []
    for _, _, surface in found:
        pairs = triggers()[surface]
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


def units(question: str, count: Callable[[str], int]) -> list[Unit]:
    """Return the units of a question.

    Parameters
    ----------
    question
        Folded, conditions left out.
    count
        In how many cases a folded term stands.
    """
    found = _found(question)
    asked = {unit.surface: unit for unit in _merged(found)}
    rest = list(question)
    for start, end, _ in found:
        rest[start:end] = "、" * (end - start)
    for run in _RUN.findall("".join(rest)):
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
    if not count(piece) and re.fullmatch("[一-龥々]{2}", piece):
        weight = 0.6  # two characters that no case has: more often a turn of phrase than the thing itself
    return Unit(piece, {piece: EXACT}, (piece,), weight, solid=len(piece) > 1 and piece not in LIGHT)


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
