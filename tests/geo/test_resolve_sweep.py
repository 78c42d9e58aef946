"""Every municipality and ward in every writing: itself, or several with itself among them."""

from __future__ import annotations

import unicodedata

import pytest

from geo.codes import PREFECTURES, PREFECTURES_EN, to_code6
from geo.gazetteer import municipalities, wards
from geo.place_names import place_names
from geo.resolve import resolve

MUNICIPALITIES = municipalities().reset_index().to_dict("records")
WARDS = wards().reset_index().to_dict("records")
PAIRS = (
    "竈釜 檮梼 驒騨 龍竜 吉𠮷 沢澤 辺邊 辺邉 桜櫻 広廣 浜濱 島嶋 富冨 崎﨑 塩鹽 国國 会會 斎齋 恵惠 徳德 高髙 黒黑 条條 栄榮 真眞 "
    "県縣 関關 滝瀧 渕淵 宝寶 豊豐 静靜 円圓 与與 来來 内內 礼禮 霊靈 当當 帯帶 応應"
)
VARIANTS = PAIRS.split()
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def katakana(kana):
    return "".join(chr(ord(each) + 0x60) if "ぁ" <= each <= "ゖ" else each for each in kana)


def is_itself(result, code, ward=None):
    if result.status == "resolved":
        return result.code == code and result.ward_code == ward
    return result.status in ("ambiguous", "prefecture") and (ward or code) in result.candidates


def short(row):
    name = row["prefecture"]
    return name if row["prefecture_code"] == "01" else name[:-1]


WRITINGS = {
    "full": lambda row: [row["prefecture"] + row["name"]],
    "bare": lambda row: [row["name"]],
    "with 郡": lambda row: [row["prefecture"] + row["county"] + row["name"], row["county"] + row["name"]],
    "without 県": lambda row: [short(row) + row["name"], short(row) + row["county"] + row["name"]],
    "with 振興局": lambda row: [row["prefecture"] + row["subprefecture"] + row["county"] + row["name"]],
    "spaces": lambda row: [
        f"{row['prefecture']}　{row['county']} {row['name']}",
        f"{row['prefecture']}\r\n{row['name']}",
        " ".join(row["name"]),
    ],
    "NFD": lambda row: [unicodedata.normalize("NFD", row["prefecture"] + row["name"])],
    "office": lambda row: (
        [row["name"] + office for office in ("役所", "役場", "長", "議会", "教育委員会")]
        + [row["prefecture"] + row["name"] + "長"]
    ),
    "address": lambda row: [f"{row['prefecture']}{row['county']}{row['name']}大字山田１２３番地"],
    "without 市町村": lambda row: [row["prefecture"] + row["name"][:-1], row["name"][:-1]],
    "in brackets": lambda row: [f"{row['name']}（{row['prefecture']}）", f"「{row['prefecture']}{row['name']}」"],
    "kana": lambda row: [
        row["kana"],
        katakana(row["kana"]),
        unicodedata.normalize("NFD", row["kana"]),
        row["prefecture"] + row["kana"],
    ],
    "english": lambda row: [
        row["english"],
        row["english"].upper(),
        f"{row['english']}, {PREFECTURES_EN[row['prefecture_code']]}",
        row["english"].rpartition(" ")[0],
        row["english"].replace(" Village", "-mura").replace(" City", "-ku" if row["name"].endswith("区") else "-shi"),
    ],
    "code": lambda row: [
        row["code"],
        row["code6"],
        int(row["code"]),
        float(int(row["code"])),
        f"{int(row['code'])}.0",
        str(int(row["code6"])),
        row["code6"].translate(FULL_WIDTH),
        f"{row['code6']} {row['name']}",
    ],
    "ヶ and ケ": lambda row: [
        row["prefecture"] + row["name"].replace(old, new) for old in "ヶケ" if old in row["name"] for new in "ヶケがｹヵ"
    ],
    "old and new kanji": lambda row: [
        row["prefecture"] + row["name"].replace(old, new)
        for pair in VARIANTS
        for old, new in (pair, pair[::-1])
        if old in row["name"]
    ],
}


@pytest.mark.parametrize("kind", WRITINGS)
def test_every_municipality_in_every_writing(kind):
    wrong = []
    for row in MUNICIPALITIES:
        for written in WRITINGS[kind](row):
            result = resolve(written)
            if not is_itself(result, row["code"]):
                wrong.append((written, row["code"], result.status, result.code, result.candidates[:3]))
    assert wrong == []


@pytest.mark.parametrize("kind", ["full", "with 郡", "with 振興局", "NFD", "address", "ヶ and ケ", "old and new kanji"])
def test_with_the_prefecture_there_is_no_doubt(kind):
    writings = [(row["prefecture"], written) for row in MUNICIPALITIES for written in WRITINGS[kind](row)]
    full = [written for prefecture, written in writings if written.startswith(prefecture)]
    assert [written for written in full if resolve(written).status != "resolved"] == []


def test_bare_names_are_unsure_only_where_there_are_namesakes():
    names = municipalities()["name"]
    ward_names = set(wards()["ward"])
    namesakes = set(names[names.duplicated(keep=False)]) | ward_names
    # 泊村 is a village of the Northern Territories, too.
    assert {name for name in names if resolve(name).status != "resolved"} <= namesakes | {"泊村"}


def test_a_wrong_ending_is_read_only_as_a_place_grows():
    existing = {place.full_name for place in place_names().places.values()}
    wrong = []
    for row in MUNICIPALITIES:
        for ending in "市町村":
            written = row["prefecture"] + row["name"][:-1] + ending
            if written in existing:
                continue
            result = resolve(written)
            # A name of before (秋田県仙北町) is read as what it was.
            grew = ending + row["name"][-1] in ("村町", "町市")
            named = is_itself(result, row["code"]) if result.code else row["code"] in result.candidates
            if result.status != "merged" and not (named and (grew or result.code is None)):
                wrong.append((written, result.status, result.code))
    assert wrong == []


def test_every_ward_in_every_writing():
    wrong = []
    for row in WARDS:
        prefecture = PREFECTURES[row["prefecture_code"]]
        city = row["name"].removesuffix(row["ward"])
        writings = (
            prefecture + row["name"],
            row["name"],
            row["ward"],
            prefecture + row["ward"],
            f"{prefecture} {city} {row['ward']}",
            row["kana"],
            katakana(row["kana"]),
            row["code"],
            to_code6(row["code"]),
            row["name"] + "役所",
            unicodedata.normalize("NFD", row["name"]),
            row["name"].replace("ケ", "ヶ"),
        )
        for written in writings:
            result = resolve(written)
            if not is_itself(result, row["city_code"], row["code"]):
                wrong.append((written, row["code"], result.status, result.code, result.ward_code))
    assert wrong == []


def test_a_ward_named_with_its_city_is_never_in_doubt():
    assert [row["name"] for row in WARDS if resolve(row["name"]).ward_code != row["code"]] == []
