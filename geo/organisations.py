"""Names of organisations and facilities that begin with a municipality's name, or are written like one."""

from __future__ import annotations

import re

_KINDS = (
    # Several municipalities together, or apart from them.
    r"組合|広域連合|連合|企業団|公社|公団|機構|協議会|協会|連盟|財団|法人|委員会連合会|連合会|振興会|医師会|商工会|商工会議所|会議所|"
    r"農協|漁協|生協|森林組合|土地改良区|社会福祉協議会|社協|連絡会|楽団|青年会議所|観光協会|観光局|シルバー人材センター|"
    # Schools and science.
    r"大学院?|短大|短期大学部?|高専|高等専門学校|高校|高等学校|専門学校|学園|学院|女学院|研究所|研究会|"
    # Health.
    r"病院|医院|クリニック|診療所|医療センター|薬局|歯科|整骨院|"
    # Companies.
    r"株式会社|有限会社|合同会社|合資会社|\(株\)|\(有\)|銀行|信用金庫|信金|信用組合|新聞社?|放送局?|テレビ|ラジオ|"
    r"ホールディングス|システムズ|ジャパン|工業|産業|商事|商店|建設|興業|製作所|電機|電鉄|鉄道|交通|バス|運輸|ガス|ホテル|旅館|"
    # Offices of the state or of a prefecture, and stations.
    r"駅|空港|インターチェンジ|税務署|警察署|郵便局|法務局|労働局|裁判所|検察庁|保健所|ハローワーク|公共職業安定所|年金事務所"
)
_HOLDS = re.compile(_KINDS)
# Facilities that a town is named for, or that say where something is: 東京都大田区羽田空港, 兵庫県三田市学園.
_PLACES = re.compile(r"(?:駅|空港|インターチェンジ|学園|学院|研究所|ホテル|旅館)(?:[東西南北]?口|前)?$")
_ENDS = re.compile(rf"(?:{_KINDS})(?:連合会|本部|本店|本社|支部|支店|支所|支社|[東西南北]?口|前)?$")
_OWN = re.compile(
    # Organs and institutions of the municipality itself; 立小学校 names no single school.
    r"^(?:(?:役所|役場|議会|教育委員会|選挙管理委員会|農業委員会|公平委員会|監査委員|固定資産評価審査委員会|消防|上下水道|水道|下水道|"
    r"交通局|病院局|企業局|長|副|市民|町民|村民|区民|立(?:小学校|中学校|小中学校|図書館|学校|保育所|幼稚園|公民館|博物館|美術館))"
    r"(?!.*(?:組合|株式会社|有限会社)))"
)
_NUMBER = re.compile(r"[0-9]")
_COMPANY_BEFORE = re.compile(
    r"^(?:\((?:株|有|合|一社|一財|公社|公財|社福|医|学|特非)\)|株式会社|有限会社|合同会社|"
    r"(?:一般|公益)?(?:社団|財団)法人)"
)


def is_organisation(text: str) -> bool:
    """Whether a whole text ends like the name of an organisation or facility.

    Examples
    --------
    >>> is_organisation("三島信用金庫"), is_organisation("三島市役所")
    (True, False)
    """
    return _ENDS.search(text) is not None


def holds_organisation(text: str) -> bool:
    """Whether a word for an organisation or facility stands anywhere in a text.

    Examples
    --------
    >>> holds_organisation("薬局1号店"), holds_organisation("猪尻西上野61-1")
    (True, False)
    """
    return _HOLDS.search(text) is not None


def names_organisation(rest: str, *, with_prefecture: bool = False) -> bool:
    """Whether what follows a municipality's name makes it the name of an organisation.

    An address (with a number) and the municipality's own organs are none: 三島市役所, 江東区立小学校. Behind a name
    with its prefecture, a facility such as an airport tells where it is.

    Examples
    --------
    >>> names_organisation("外五ケ市町箱根山組合"), names_organisation("市立大学"), names_organisation("立小学校")
    (True, True, False)
    >>> names_organisation("羽田空港"), names_organisation("羽田空港", with_prefecture=True)
    (True, False)
    >>> names_organisation("大"), names_organisation("社協")
    (True, True)
    >>> names_organisation("南町1-2北海道銀行"), names_organisation("役所")
    (False, False)
    """
    if not rest or _NUMBER.search(rest) or _OWN.match(rest) or (with_prefecture and _PLACES.search(rest)):
        return False
    return _ENDS.search(rest) is not None or rest == "大" or (rest.startswith("立") and _OWN.match(rest) is None)


def begins_as_company(text: str) -> bool:
    """Whether a text begins with a legal form, as in (株)川崎.

    Examples
    --------
    >>> begins_as_company("株式会社川越市場"), begins_as_company("川越市")
    (True, False)
    """
    return _COMPANY_BEFORE.match(text) is not None
