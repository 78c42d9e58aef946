"""Kinds of ties: the words of the sources, gathered into few families that a planner filters by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from layers.vocabulary import find_word

Form = Literal["agreement", "office", "system", "scheme", "body", "participation"]

FORMS: dict[Form, tuple[str, str]] = {
    "agreement": ("協定・交流", "Agreement or exchange"),
    "office": ("法律による共同の組織", "Joint body by law"),
    "system": ("システム・施設の共同利用", "Shared system or facility"),
    "scheme": ("制度・枠組みへの参加", "Taking part in a scheme"),
    "body": ("首長会・協議会", "Association"),
    "participation": ("催しへの参加・推定", "Presence at an event, or inferred"),
}
"""What joins the parties: told apart by the line on the map and by these words. Form → Japanese, English."""


@dataclass(frozen=True)
class TieKind:
    """A family of kinds.

    Parameters
    ----------
    id
        In addresses and commands.
    name, name_en
        As shown.
    words
        A kind belongs here when it begins with one of these.
    form
        What joins the parties.
    counted
        Whether it is a tie. What is none (taking part in an event, one sender's experts) is shown when asked for, and
        never counted as one.
    """

    id: str
    name: str
    name_en: str
    words: tuple[str, ...]
    form: Form = "agreement"
    counted: bool = True


TIE_KINDS: tuple[TieKind, ...] = (
    TieKind(
        "sister",
        "縁組・姉妹・友好",
        "Sister and friendship cities",
        ("縁組", "姉妹", "友好", "親善", "兄弟", "知音", "フレンドシップ", "ゆかりのまち", "市政提携"),
    ),
    TieKind("relief", "被災地への応援派遣", "Relief staff sent after a disaster", ("災害対口支援",)),
    TieKind(
        "disaster",
        "災害時の応援・避難",
        "Mutual aid in disasters",
        ("災害", "相互補助", "避難", "防災", "消防相互"),
    ),
    TieKind(
        "timber",
        "森林整備・木材・カーボンオフセット",
        "Forests, timber, carbon offsets",
        ("森林整備", "森林環境", "国産木材", "地域の木材", "Ｊ－クレジット", "地球環境保全", "水源地域"),
        "scheme",
    ),
    TieKind(
        "energy",
        "電力・脱炭素・木質エネルギー",
        "Electricity, decarbonization, wood energy",
        ("電力", "木質", "再エネ", "脱炭素", "地域電力", "ゼロカーボン", "温暖化防止", "持続可能な循環型"),
    ),
    TieKind(
        "joint_office",
        "一部事務組合・広域連合・事務の共同処理",
        "Joint offices by law",
        ("一部事務組合", "広域連合", "消防指令", "連携自立圏", "事務の委託", "機関等の共同設置"),
        "office",
    ),
    TieKind(
        "shared_system",
        "システム・施設の共同利用",
        "Shared systems and facilities",
        (
            "自治体クラウド",
            "電算",
            "電子図書館",
            "電子申請",
            "システムの共同",
            "共同利用",
            "共同調達",
            "共同確保",
            "AI・RPA",
            "DXの広域",
            "図書館",
        ),
        "system",
    ),
    TieKind("tourism", "観光圏・DMO", "Tourism areas", ("観光圏", "地域連携DMO", "集客"), "scheme"),
    TieKind(
        "heritage",
        "日本遺産・ジオパーク・農業遺産",
        "Heritage, geoparks",
        ("日本遺産", "ジオパーク", "世界農業遺産", "日本農業遺産"),
        "scheme",
    ),
    TieKind(
        "exchange",
        "交流・体験・観光",
        "Exchange, stays, tourism",
        ("交流", "ふるさと交流", "区民健康村", "施設", "観光", "文化・観光", "横軸交流", "まるごと保養地"),
    ),
    TieKind(
        "agreement",
        "連携協定",
        "Cooperation agreements",
        ("連携協定", "包括連携", "連携の表明", "広域・共創"),
    ),
    TieKind("association", "首長会・協議会", "Mayors' associations", ("首長会", "協議会"), "body"),
    TieKind("forum", "フォーラムへの参加", "Taking part in a forum", ("フォーラム",), "participation", counted=False),
    TieKind(
        "person", "同じ派遣元（参考）", "Same sender (for reference)", ("同一人材",), "participation", counted=False
    ),
    TieKind("other", "その他", "Other", ("",)),
)
"""In the order in which they are shown; the last takes what no other does."""

COUNTED = frozenset(each.id for each in TIE_KINDS if each.counted)
"""Families that are ties."""


def kind_of(written: str) -> TieKind:
    """Return the family of a kind as a source writes it.

    Examples
    --------
    >>> kind_of("相互補助協定（災害）の再確認").id, kind_of("観光連携（小木直江津航路）").id
    ('disaster', 'exchange')
    """
    return next(each for each in TIE_KINDS if written.startswith(each.words))


def find_kind(text: str) -> TieKind:
    """Return a family by id, Japanese or English name.

    Raises
    ------
    InvalidFilterError
        When it is none; the message names those that exist.
    """
    found = find_word(text, {each.id: (each.name, each.name_en) for each in TIE_KINDS}, "連携の種類")
    return next(each for each in TIE_KINDS if each.id == found)
