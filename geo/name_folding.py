"""Folding of written names: width, spaces, ヶ and ケ, old and new forms of kanji, kana, rōmaji."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_OLD_TO_NEW = (
    "竈釜 檮梼 驒騨 龍竜 𠮷吉 澤沢 邊辺 邉辺 檜桧 瀨瀬 鰺鯵 榮栄 國国 廣広 濱浜 嶋島 嶌島 曾曽 縣県 區区 眞真 﨑崎 嵜崎 碕崎 德徳 萬万 會会 豐豊 麴麹 "
    "條条 與与 邨村 鄕郷 惠恵 寶宝 靜静 學学 圓円 鹽塩 櫻桜 瀧滝 淵渕 藏蔵 彌弥 礪砺 礒磯 穗穂 藪薮 讚讃 藝芸 關関 鷗鴎 諫諌 姬姫 籠篭 驛駅 佛仏 "
    "臺台 靏鶴 靍鶴 狹狭 峽峡 鑛鉱 黑黒 壽寿 槇槙 薗園 埜野 冨富 舘館 龜亀 齋斎 齊斉 髙高 鐵鉄 蠣蛎 廳庁 勳勲 拂払 祿禄 壳売 賣売 蘆芦 橫横 黃黄 "
    "來来 內内 兩両 圍囲 增増 壯壮 將将 巖巌 嶽岳 恆恒 拜拝 晉晋 步歩 每毎 氣気 溫温 爲為 狀状 產産 產産 當当 疊畳 總総 縱縦 聲声 舊旧 莊荘 號号 輕軽 "
    "遙遥 錢銭 鎭鎮 隱隠 靈霊 顯顕 鷄鶏 麥麦 點点 齡齢 繩縄 帶帯 冲沖 霸覇 讀読 禮礼 擇択 絲糸 稻稲 滿満 灣湾 澁渋 澀渋 觀観 兒児 靑青 淸清 戶戸 綠緑 "
    "劍剣 單単 對対 祗祇 衹祇 檢検 檞柏 栢柏 峯峰 蘒萩 畠畑 緖緒 县県 岛島 滨浜 泽沢 龙竜 东東 齐斉 兎菟 兔菟 莵菟 "
    "頸頚 頴穎 頴穎 箇ケ 个ケ 個ケ 刈苅 吞呑 燒焼 摠総 冝宜 𡈽土 𣘺橋 𫝆今 僊仙 栁柳 桒桑 溪渓 磎渓 谿渓 "
    # 巿 (fu, U+5DFF) is drawn like 市.
    "巿市 "
)
# CJK Radicals Supplement: drawn like the kanji, and put in their place by some PDF writers; NFKC leaves them as they
# are (Unicode, EquivalentUnifiedIdeograph.txt).
_RADICALS = (
    "⺁厂 ⺄乙 ⺈刀 ⺊卜 ⺌小 ⺍小 ⺎兀 ⺒巳 ⺓幺 ⺛旡 ⺜日 ⺝月 ⺟母 ⺠民 ⺧牛 ⺩王 ⺫目 ⺬示 ⺮竹 ⺶羊 ⺷羊 ⺻聿 ⺼肉 ⺽臼 ⻁虎 ⻃西 ⻄西 ⻆角 ⻇角 ⻊足 "
    "⻑長 ⻒長 ⻓長 ⻕阜 ⻗雨 ⻘青 ⻝食 ⻞食 ⻡首 ⻣骨 ⻤鬼 ⻨麦 ⻩黄 ⻫斉 ⻬斉 ⻭歯 ⻯竜 ⻰竜 ⻱亀 ⻲亀 ⻳亀 "
)
_TABLE: dict[int, str] = {ord(pair[0]): pair[1] for pair in (_OLD_TO_NEW + _RADICALS).split()}
_TABLE |= {ord(character): "ケ" for character in "ヶがガヵ"}
_TABLE |= {ord(character): "ノ" for character in "のﾉ之"}
_TABLE |= {ord(character): "ツ" for character in "ッっつ"}
_TABLE |= {ord("ニ"): "二", ord("ハ"): "八"}
_SPACES = dict.fromkeys(map(ord, " \t\r\n\v\f\u0085\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff,，、\u2028\u2029"), "")
# Variation selectors only choose a glyph of the kanji before them.
_SPACES |= dict.fromkeys([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)], "")
_KATAKANA_TO_HIRAGANA: dict[int, int | str] = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_SAME_SOUND = {"ぢ": "じ", "づ": "ず", "ヂ": "じ", "ヅ": "ず", "ゐ": "い", "ゑ": "え", "を": "お", "ヲ": "お"}
_KATAKANA_TO_HIRAGANA |= {ord(kana): sound for kana, sound in _SAME_SOUND.items()}


def squeeze(text: str) -> str:
    r"""Fold width (NFKC) and leave out spaces, line breaks and commas.

    Examples
    --------
    >>> squeeze(" 帯広市\n ﾆｼ１ ")
    '帯広市ニシ1'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return text.translate(_SPACES)


_JOIN = "\u0300-\u036f\u3099\u309a\uff9e\uff9f"
_ONE_FOR_ONE = "!-+\\--~\u3041-\u3096\u309d\u309e\u30a1-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff0b\uff0d-\uff5e\u2010-\u2015\u2212"
# Characters that fold to one character each, and do not join with what follows; or one of the others, with its joins.
_RUNS = re.compile(f"(?P<same>[{_ONE_FOR_ONE}]+(?![{_JOIN}]))|.[{_JOIN}]*", re.DOTALL)


def squeeze_with_ends(text: str) -> tuple[str, Sequence[int]]:
    """Squeeze, and tell for each character left where it ends in the text as written.

    Returns
    -------
    tuple of str and sequence of int
        The squeezed text, and one offset (behind the character) for each of its characters.

    Examples
    --------
    >>> squeeze_with_ends("ｶﾞ 市")
    ('ガ市', [2, 4])
    """
    first = _RUNS.match(text)
    if first is None or (first["same"] and first.end() == len(text)):
        return squeeze(text), range(1, len(text) + 1)
    squeezed: list[str] = []
    ends: list[int] = []
    for run in _RUNS.finditer(text):
        part = squeeze(run[0])
        squeezed.append(part)
        ends += range(run.start() + 1, run.end() + 1) if run["same"] else [run.end()] * len(part)
    return "".join(squeezed), ends


def fold_kanji(text: str) -> str:
    """Fold old and new kanji, ヶ/ケ/が and の/ノ, character by character, so that positions stay.

    Examples
    --------
    >>> fold_kanji("塩竈市") == fold_kanji("塩釜市"), fold_kanji("龍ヶ崎市") == fold_kanji("竜ケ崎市")
    (True, True)
    """
    return text.translate(_TABLE)


_SMALL_TO_LARGE = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")


def fold_sound(text: str) -> str:
    """Fold kana as ``fold_kana`` does, and write small ones large, as lists of codes and of post offices once did.

    Examples
    --------
    >>> fold_sound("ギョウダシ") == fold_sound("ギヨウダシ")
    True
    """
    return fold_kana(text).translate(_SMALL_TO_LARGE)


def fold_kana(text: str) -> str:
    """Write katakana as hiragana, and づ, ぢ as they sound.

    Examples
    --------
    >>> fold_kana("カワバムラ"), fold_kana("あいづ")
    ('かわばむら', 'あいず')
    """
    return text.translate(_KATAKANA_TO_HIRAGANA)


_KANA_IN_ORDER = "かきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわがぎぐげござじずぜぞだでどばびぶべぼぱぴぷぺぽんあいうえおー"
_LETTERS_IN_ORDER = (
    "ka ki ku ke ko sa si su se so ta ti tu te to na ni nu ne no ha hi hu he ho ma mi mu me mo ya yu yo ra ri ru re ro wa "
    "ga gi gu ge go za zi zu ze zo da de do ba bi bu be bo pa pi pu pe po n a i u e o"
)
_CONSONANTS = dict(zip(_KANA_IN_ORDER, [*_LETTERS_IN_ORDER.split(), ""], strict=True))
_SMALL_Y = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo"}
_SPELLINGS = (
    (re.compile(r"[^a-z]"), ""),
    (re.compile(r"tch"), "cch"),
    (re.compile(r"cch"), "tch"),
    (re.compile(r"sh(?=[aueo])"), "sy"),
    (re.compile(r"ch(?=[aueo])"), "ty"),
    (re.compile(r"j(?=[aueo])y?"), "zy"),
    (re.compile(r"jy"), "zy"),
    (re.compile(r"shi"), "si"),
    (re.compile(r"chi"), "ti"),
    (re.compile(r"ji|di"), "zi"),
    (re.compile(r"tsu"), "tu"),
    (re.compile(r"dzu|du"), "zu"),
    (re.compile(r"fu"), "hu"),
    (re.compile(r"m(?=[bpm])"), "n"),
    (re.compile(r"oh(?![aiueoy])"), "o"),
    (re.compile(r"o[ou]+"), "o"),
    (re.compile(r"uu+"), "u"),
    (re.compile(r"ii+"), "i"),
    (re.compile(r"nn+"), "n"),
)


def fold_romaji(text: str) -> str:
    """Fold the ways to spell Japanese in Latin letters (Hepburn, Kunrei, macrons, doubled vowels) into one.

    Examples
    --------
    >>> fold_romaji("Ōtsu") == fold_romaji("Ohtsu") == fold_romaji("Otu"), fold_romaji("Shimbara")
    (True, 'sinbara')
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    for pattern, spelling in _SPELLINGS:
        plain = pattern.sub(spelling, plain)
    return plain


def kana_to_romaji(kana: str) -> str:
    """Spell hiragana in the folded rōmaji of ``fold_romaji``.

    Examples
    --------
    >>> kana_to_romaji("にっこうし") == fold_romaji("Nikkō-shi"), kana_to_romaji("じょうえつ")
    (True, 'zyoetu')
    """
    spelled = ""
    for character in fold_kana(kana):
        if character in _SMALL_Y and spelled.endswith("i"):
            spelled = spelled[:-1] + _SMALL_Y[character]
        else:
            spelled += "*" if character == "っ" else _CONSONANTS.get(character, "")
    return fold_romaji(re.sub(r"\*([a-z])", r"\1\1", spelled))
