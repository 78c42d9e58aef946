"""Writings of all 1,741 municipalities and 171 wards that we make ourselves, with the code each must lead to."""

from __future__ import annotations

import random
import unicodedata
from typing import TYPE_CHECKING

from benchmarks.resolver_sets import Verdict
from geo.codes import PREFECTURES, PREFECTURES_EN
from geo.gazetteer_rows import gazetteer_rows
from geo.mergers import former_names, named_since
from geo.name_folding import fold_kanji
from geo.place_names import Place, place_names
from geo.resolve import resolve, resolve_many

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_RADICALS = (
    "長⻑ 西⻄ 青⻘ 食⻝ 竜⻯ 日⽇ 月⽉ 山⼭ 田⽥ 大⼤ 小⼩ 石⽯ 高⾼ 黒⿊ 馬⾺ 魚⿂ 鳥⿃ 羽⽻ 竹⽵ 米⽶ 角⾓ 里⾥ 金⾦ 門⾨ 雨⾬ 香⾹ 木⽊ 水⽔ 火⽕ "
    "玉⽟ 白⽩ 目⽬ 立⽴ 土⼟ 女⼥ 手⼿ 見⾒ 谷⾕ 足⾜ 麻⿇"
)
_VARIANTS = "龍竜 竈釜 沢澤 辺邊 桜櫻 広廣 浜濱 島嶋 富冨 崎﨑 塩鹽 国國 会會 斎齋 恵惠 徳德 高髙 黒黑 条條 栄榮 真眞 関關 滝瀧 宝寶 豊豐 静靜 渓溪 市巿 ケヶ ケが"
_MARKS = ("🌸", "《", "➡", "〇", "（再掲）", "・", "1.", "※", "〒100-0001 ")
BETWEEN = (
    *"、，,､・･／/；; 　\n\tとや×→～〜｜|•‐－-―＆&＋…：＿※★◆＞＝\u2028",
    *("及び", "および", "並びに", "ならびに", "又は", "または", "、及び", "(幹事)、", "（代表）・", "ほか、"),
)
OFFICES = [
    "役所",
    "長",
    "副市長",
    "議会",
    "市議会議員",
    "議会事務局",
    "教育委員会",
    "教育長",
    "企画課",
    "総務部",
    "市民課",
    "民",
    "消防本部",
    "水道局",
    "選挙管理委員会",
    "農業委員会",
    "監査委員",
    "立図書館",
    "職員",
    "当局",
    "長選",
    "役所本庁舎",
    "会計管理者",
    "議会議長",
]


def _rows() -> list[tuple[Place, dict[str, str]]]:
    places = place_names().places
    return [(places[row["code"]], row) for name in ("municipalities.csv", "wards.csv") for row in gazetteer_rows(name)]


def _katakana(kana: str) -> str:
    return "".join(chr(ord(each) + 0x60) if "ぁ" <= each <= "ゖ" else each for each in kana)


def _with_prefecture(place: Place) -> Iterator[str]:
    prefecture = PREFECTURES[place.code[:2]]
    name = prefecture + place.county + place.name
    yield from (
        name,
        prefecture + place.name,
        f"{prefecture}　{place.county} {place.name}",
        f"【{prefecture}】{place.name}",
    )
    yield from (f"{prefecture}・{place.name}", f"({prefecture}){place.name}", f"{place.name}（{prefecture}）")
    yield unicodedata.normalize("NFD", name)
    yield from (mark + name for mark in _MARKS)
    for pair in (*_RADICALS.split(), *_VARIANTS.split()):
        for old, new in (pair, pair[::-1]):
            if old in place.name:
                yield prefecture + place.name.replace(old, new)


def every_writing() -> list[Verdict]:
    """Judge the writings with prefecture: each leads to its own code, or says why not."""
    verdicts = []
    for place, _ in _rows():
        for text in _with_prefecture(place):
            result = resolve(text)
            right = (result.code, result.ward_code) == (place.code, place.ward_code)
            outcome = "right" if right else "wrong" if result.code else "open"
            verdicts.append(Verdict(text, place.own_code, outcome, f"{result.status}:{result.code}", ""))
    return verdicts


def katakana() -> list[Verdict]:
    """Judge the way of the postal code list: 都道府県 and municipality (or city and ward) in katakana, full and half width.

    The list's 郡 is not among our readings; those of the development set are in ``failing.csv``.
    """
    kana_of = {place.code: row["kana"] for place, row in _rows() if not place.ward_code}
    prefectures = _prefecture_kana()
    verdicts = []
    for place, row in _rows():
        city = kana_of[place.code] if place.ward_code else ""
        text = _katakana(prefectures[place.code[:2]] + city + row["kana"])
        for written in (text, unicodedata.normalize("NFD", text)):
            result = resolve(written)
            right = (result.code, result.ward_code) == (place.code, place.ward_code)
            outcome = "right" if right else "wrong" if result.code else "open"
            verdicts.append(Verdict(written, place.own_code, outcome, f"{result.status}:{result.code}", ""))
    return verdicts


def _prefecture_kana() -> dict[str, str]:
    from geo.place_names import PREFECTURE_KANA  # noqa: PLC0415

    return {code: kana for kana, code in PREFECTURE_KANA.items()}


def offices() -> list[Verdict]:
    """Judge titles and offices behind a municipality's name, with its prefecture."""
    verdicts = []
    for place in place_names().places.values():
        if place.ward_code:
            continue
        kind = place.name[-1]
        for office in OFFICES:
            behind = office.replace("市", kind)
            behind = behind.replace("役所", "役場") if kind in "町村" else behind
            text = PREFECTURES[place.code[:2]] + place.name + behind
            result = resolve(text)
            outcome = "right" if result.code == place.code else "wrong" if result.code else "open"
            verdicts.append(Verdict(text, place.code, outcome, f"{result.status}:{result.code}", office))
    return verdicts


def english() -> list[Verdict]:
    """Judge the English names with prefecture, and the postal code list's rōmaji for cities and special wards."""
    verdicts = []
    for place, row in _rows():
        if place.ward_code:
            continue
        prefecture = PREFECTURES_EN[place.code[:2]]
        result = resolve(f"{row['english']}, {prefecture}")
        outcome = "right" if result.code == place.code else "wrong" if result.code else "open"
        verdicts.append(Verdict(row["english"], place.code, outcome, f"{result.status}:{result.code}", prefecture))
    return verdicts


def two_in_a_cell(pairs_of_each: int = 500) -> list[Verdict]:
    """Judge two municipalities in one cell, by every mark and word that may stand between them: never one alone."""
    municipalities = [place for place in place_names().places.values() if not place.ward_code]
    chosen = random.Random(7)
    verdicts = []
    for mark in BETWEEN:
        for number in range(pairs_of_each):
            one, other = chosen.sample(municipalities, 2)
            text = (one.full_name if number % 2 else one.name) + mark + (other.name if number % 3 else other.full_name)
            result = resolve(text)
            outcome = "wrong" if result.code else "right" if result.status == "several" else "open"
            verdicts.append(Verdict(text, f"{one.code},{other.code}", outcome, f"{result.status}:{result.code}", mark))
    return verdicts


def names_of_a_day(day: date) -> list[Verdict]:
    """Judge each municipality of today that had its name on a day, with its prefecture, as written on that day."""
    verdicts = []
    for place in place_names().places.values():
        if place.ward_code or (named_since(place.code, place.name) or day) > day:
            continue
        result = resolve(place.full_name, as_of=day)
        outcome = "right" if result.code == place.code else "wrong" if result.code else "open"
        verdicts.append(Verdict(place.full_name, place.code, outcome, f"{result.status}:{result.code}", ""))
    return verdicts


def tables_of_a_day(day: date) -> list[Verdict]:
    """Judge the tables of a day: for each prefecture its municipalities, names only, as one column."""
    verdicts = []
    for code in PREFECTURES:
        truth = _municipalities_of(code, day)
        names = sorted(truth)
        for name, result in zip(names, resolve_many(names, one_table=True), strict=True):
            reached = result.code in truth[name] or result.ward_code in truth[name]
            outcome = "right" if reached else "wrong" if result.code else "open"
            verdicts.append(
                Verdict(PREFECTURES[code] + name, ",".join(truth[name]), outcome, f"{result.status}:{result.code}", "")
            )
    return verdicts


def _municipalities_of(prefecture: str, day: date) -> dict[str, set[str]]:
    """Return the names of a prefecture's municipalities on a day to the codes that they are today."""
    places = place_names().places
    truth: dict[str, set[str]] = {}
    for place in places.values():
        if place.code[:2] == prefecture and not place.ward_code and (named_since(place.code, place.name) or day) <= day:
            truth.setdefault(place.name, set()).add(place.code)
    for former in former_names().values():
        for each in former:
            if each.prefecture == prefecture and each.short[-1] in "市町村" and each.existed(day):
                codes = {places[code].code for code in each.successors}
                truth.setdefault(fold_kanji(each.name), set()).update(codes)
    return truth
