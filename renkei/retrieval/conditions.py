"""Conditions in the words: size of a town, islands, regions, prefectures, senders, how far a case has come."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from geo.codes import PREFECTURES, PREFECTURES_EN
from layers.cases import STAGES
from layers.folding import fold
from layers.tables import per_snapshot, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from renkei.atlas import Atlas

REGIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "東北": ("Tohoku", ("02", "03", "04", "05", "06", "07")),
    "北関東": ("Northern Kanto", ("08", "09", "10")),
    "関東": ("Kanto", ("08", "09", "10", "11", "12", "13", "14")),
    "甲信越": ("Koshinetsu", ("15", "19", "20")),
    "北陸": ("Hokuriku", ("15", "16", "17", "18")),
    "中部": ("Chubu", ("15", "16", "17", "18", "19", "20", "21", "22", "23")),
    "東海": ("Tokai", ("21", "22", "23", "24")),
    "近畿": ("Kinki", ("24", "25", "26", "27", "28", "29", "30")),
    "関西": ("Kansai", ("25", "26", "27", "28", "29", "30")),
    "山陰": ("San'in", ("31", "32")),
    "山陽": ("San'yo", ("33", "34", "35")),
    "中国地方": ("Chugoku", ("31", "32", "33", "34", "35")),
    "中四国": ("Chugoku and Shikoku", ("31", "32", "33", "34", "35", "36", "37", "38", "39")),
    "瀬戸内": ("Setouchi", ("28", "33", "34", "35", "37", "38")),
    "四国": ("Shikoku", ("36", "37", "38", "39")),
    "南九州": ("Southern Kyushu", ("45", "46")),
    "北部九州": ("Northern Kyushu", ("40", "41", "42", "44")),
    "九州": ("Kyushu and Okinawa", ("40", "41", "42", "43", "44", "45", "46", "47")),
}
"""Region as typed → English name and its prefectures (2 digits). 九州 as the block that planners mean, with 沖縄."""

SENDERS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "民間企業": ("company", "Sent by a company", ("company",)),
    "企業": ("company", "Sent by a company", ("company",)),
    "民間": ("company", "Sent by a company", ("company",)),
    "国": ("national", "Sent by the national government", ("national_ministry", "national_regional_bureau")),
    "省庁": ("national", "Sent by the national government", ("national_ministry", "national_regional_bureau")),
    "中央省庁": ("national", "Sent by the national government", ("national_ministry", "national_regional_bureau")),
    "霞が関": ("national", "Sent by the national government", ("national_ministry", "national_regional_bureau")),
    "大学": ("university", "Sent by a university", ("university",)),
}
SENDER_WORDS = {"company": "企業から派遣", "national": "国から派遣", "university": "大学から派遣"}

Strictness = Literal["must", "rather"]


@dataclass(frozen=True)
class Place:
    """What is known of a place by which conditions choose.

    Parameters
    ----------
    prefectures
        2-digit codes.
    populations
        Of its municipalities, at the newest census; empty for a prefecture.
    sizes
        市, 区, 町, 村 – of the names of its municipalities.
    island
        Whether one of them lies on islands, or in good part.
    sender_kind, senders
        Of a case: kind and folded names of the body that sent the expert.
    stage
        Of a case.
    """

    prefectures: frozenset[str] = frozenset()
    populations: tuple[float, ...] = ()
    sizes: frozenset[str] = frozenset()
    island: bool = False
    sender_kind: str = ""
    senders: frozenset[str] = frozenset()
    stage: str = ""


@dataclass(frozen=True)
class Condition:
    """One condition that was understood; a chip that can be taken off.

    Parameters
    ----------
    id
        As the address keeps it.
    label, label_en
        As shown.
    strictness
        ``must``: what does not meet it is left out; ``rather``: it comes later.
    """

    id: str
    label: str
    label_en: str
    strictness: Strictness = "must"
    meets: Callable[[Place], bool] = field(default=lambda _: True, compare=False, repr=False)

    @property
    def is_place(self) -> bool:
        """Whether it is a prefecture or region: of several, one is enough."""
        return self.id.startswith(("prefecture:", "region:"))

    def meets_codes(self, codes: tuple[str, ...]) -> bool:
        """Tell whether a fact of these municipalities or prefectures meets it; of a fact only the place is known."""
        return self.meets(Place(prefectures=frozenset(code[:2] for code in codes)))

    def named(self, language: str) -> str:
        """Return the label in a language."""
        return self.label_en if language == "en" else self.label


Test = Callable[[Place], bool]
Spot = tuple[int, int, Condition]

_NUMBER = r"(?P<number>\d+(?:[.,]\d+)*|[一二三四五六七八九十百]+)(?P<scale>万|千|百)?(?P<extra>\d+千)?人?"
_BOUND = r"(?P<bound>未満|以下|以上|超|を超え|を切|に満たな|より少な|より多|弱|前後|程度|くらい|規模|台|ほど)"
_POPULATION = re.compile(
    rf"人口(?:が|は|の少な[いく]|約|およそ|規模)*{_NUMBER}(?:の|を)?{_BOUND}?(?:える|る|い)?(?:の)?"
)
_PEOPLE = re.compile(rf"{_NUMBER.replace('人?', '人')}{_BOUND}(?:の)?(?=の?(?:町|村|市|自治体|まち|小|島)|で|$)")
_SMALL = re.compile(
    "小さな(?:町|村|まち|自治体|市町村)|小さい(?:町|村|まち|自治体)|小規模(?:な)?(?:自治体|市町村|町村|団体)?|人口の少ない"
)
_KANJI_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "百": 100}
_SCALES = {"万": 10_000, "千": 1_000, "百": 100, None: 1}
SMALL = 10_000
ABOUT = 0.3
"""「1万人程度」 means 30 % more or less."""

_AFTER_PREFECTURE = (
    r"(?=で|の(?!.{0,5}(?:企業|会社|局|出版|人材|百貨店|店|消費者|客))|に|県|内|、|や|$|は|における|を除|で)"
)
_AFTER_REGION = r"(?:地方|地域|エリア|管内)?(?=で|の|に|、|や|$|は|における|沖縄)"
_STAGES: tuple[tuple[re.Pattern[str], str, Strictness], ...] = (
    (re.compile("実証(?:実験)?(?:まで|段階|止まり|どまり|した段階|の段階)"), "実証", "must"),
    (re.compile("(?:計画|構想|検討)(?:まで|段階|中の段階|の段階)"), "計画", "must"),
    (re.compile("(?:本格)?(?:実施|運用|稼働)(?:まで|段階|の段階)"), "実施", "must"),
    (re.compile("(?:成果|結果|効果)(?:が|の)(?:出た|出て|上が|あがっ|あった)"), "成果", "rather"),
)
_SENT_BY = (
    "(?:から|の)(?:派遣(?:され|してもら)?|来て(?:もら|くれ)?|人材|社員|職員|出向|専門人材|人(?=[をがに]))[っいたる]*"
)
_SENT = re.compile(
    r"(?P<who>民間企業|企業|民間|国|中央省庁|省庁|霞が関|大学)から(?:の)?(?P<what>派遣|来て|来た|来てもら|出向|人を|人材|専門人材|職員|社員|送|受入|$|、|\s)"
)
_SIZES = re.compile(
    r"(?<=[ぁ-ん、])(?P<sizes>(?:離島|有人離島|島しょ部|山村|町村|島|町|村|市)(?:(?:や|と|・|、|か|または|及び|および)(?:離島|島しょ部|山村|町村|島|町|村|市))*)(?=$|で|の(?:例|事例|話|取組)|を知|が知|に聞|を教|、)"
)
_ISLANDS = re.compile(
    "(?:有人)?離島(?:部|地域|振興)?|島しょ(?:部|地域)?|(?<![一-龥ァ-ヴ])島(?=の|で|に|$|、|ならでは)|しまの"
)


@per_snapshot()
def _sender_names(atlas: Atlas) -> list[tuple[str, str]]:
    """Return (folded name, name) of every body that sent an expert, longest first."""
    links = atlas.organisation_links()
    sent = set(links.loc[links["link"].eq("sent"), "organisation_id"])
    frame = atlas.organisations()
    frame = frame[frame.index.isin(sent)]
    pairs = {(fold(name), str(row["name"])) for row in rows(frame) for name in (row["name"], *row["names"])}
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _amount(found: re.Match[str]) -> float:
    written = found["number"].replace(",", "")
    number = float(written) if written[0].isdigit() else float(sum(_KANJI_DIGITS[digit] for digit in written))
    extra = float(found["extra"][:-1]) * 1000 if found["extra"] else 0
    return number * _SCALES[found["scale"]] + extra


def _population(found: re.Match[str]) -> Condition | None:
    amount, bound = _amount(found), found["bound"] or "程度"
    if amount < 100:  # noqa: PLR2004 - no municipality is that small: it was no population
        return None
    shown = f"{amount / 10_000:g}万" if amount >= 10_000 else f"{amount:,.0f}"  # noqa: PLR2004
    if bound in ("未満", "以下", "を切", "に満たな", "より少な"):
        least, most, words, english = (
            0.0,
            amount,
            f"人口{shown}人{'以下' if bound == '以下' else '未満'}",
            f"under {amount:,.0f} people",
        )
    elif bound in ("以上", "超", "を超え", "より多"):
        least, most, words, english = amount, float("inf"), f"人口{shown}人以上", f"{amount:,.0f} people or more"
    else:
        least, most = amount * (1 - ABOUT), amount * (1 + ABOUT)
        words, english = f"人口{shown}人程度", f"about {amount:,.0f} people"
    return Condition(
        f"population:{least:.0f}-{most:.0f}",
        words,
        english,
        meets=lambda place: any(least <= people <= most for people in place.populations),
    )


def _of_prefectures(identifier: str, label: str, label_en: str, codes: tuple[str, ...]) -> Condition:
    wanted = frozenset(codes)
    return Condition(identifier, label, label_en, meets=lambda place: not wanted.isdisjoint(place.prefectures))


_CODES = {name: code for code, name in PREFECTURES.items()} | {
    name[:-1]: code for code, name in PREFECTURES.items() if code != "01"
}
_FULL = "|".join(PREFECTURES.values())
_SHORT = "|".join(name[:-1] for code, name in PREFECTURES.items() if code != "01")
_PREFECTURE = re.compile(f"(?:{_FULL})|(?<![一-龥])(?:{_SHORT}){_AFTER_PREFECTURE}")
_REGION = re.compile(f"(?<![一-龥])(?:{'|'.join(sorted(REGIONS, key=len, reverse=True))}){_AFTER_REGION}")
_REGION_NAME = re.compile("|".join(sorted(REGIONS, key=len, reverse=True)))


def _prefectures(text: str) -> Iterator[Spot]:
    for found in _PREFECTURE.finditer(text):
        if not text[found.end() :].startswith(("大学", "市", "銀行", "新幹線", "湾")):
            code = _CODES[found[0]]
            yield (
                *found.span(),
                _of_prefectures(f"prefecture:{code}", PREFECTURES[code], PREFECTURES_EN[code], (code,)),
            )
    for found in _REGION.finditer(text):
        if name := _REGION_NAME.match(found[0]):
            english, codes = REGIONS[name[0]]
            label = "九州・沖縄" if name[0] == "九州" else name[0]
            yield (*found.span(), _of_prefectures(f"region:{name[0]}", label, english, codes))


def _sizes(text: str) -> Iterator[Spot]:
    for found in _SIZES.finditer(text):
        named = set(re.findall("離島|島しょ部|山村|町村|島|町|村|市", found["sizes"]))
        sizes = {size for word in named for size in ("町村" if word == "町村" else word[-1])} & {"市", "町", "村"}
        islands = bool(named & {"離島", "島しょ部", "島"})
        if found["sizes"] == "町" or not sizes:
            continue  # 「…した町の話」 is any municipality; islands alone are a condition of their own
        words = found["sizes"]
        yield (
            *found.span(),
            Condition(
                f"size:{words}",
                f"{words}を先に",
                f"first: {words}",
                "rather",
                _of_size(frozenset(sizes), islands=islands),
            ),
        )


def _senders(atlas: Atlas, text: str) -> Iterator[Spot]:
    for name, written in _sender_names(atlas):
        for found in re.finditer(re.escape(name) + _SENT_BY, text):
            yield (
                *found.span(),
                Condition(
                    f"sender:{written}", f"{written}から派遣", f"Sent by {written}", meets=_sent_by(fold(written))
                ),
            )
    for found in _SENT.finditer(text):
        kind, english, kinds = SENDERS[found["who"]]
        end = found.end() if found["what"] == "派遣" else found.start("what")
        yield (
            found.start(),
            end,
            Condition(f"sender:{kind}", SENDER_WORDS[kind], english, meets=_sent_by_kind(kinds)),
        )


def _sent_by(name: str) -> Test:
    return lambda place: name in place.senders


def _sent_by_kind(kinds: tuple[str, ...]) -> Test:
    return lambda place: place.sender_kind in kinds


def _at_stage(stage: str) -> Test:
    return lambda place: place.stage == stage


def _of_size(sizes: frozenset[str], *, islands: bool) -> Test:
    return lambda place: bool(sizes & place.sizes) or (islands and place.island)


def _populations(text: str) -> Iterator[Spot]:
    for pattern in (_POPULATION, _PEOPLE):
        for found in pattern.finditer(text):
            if condition := _population(found):
                yield (*found.span(), condition)
    for found in _SMALL.finditer(text):
        yield (
            *found.span(),
            Condition(
                "population:small",
                "人口1万人未満を先に",
                "first: under 10,000 people",
                "rather",
                lambda place: any(people < SMALL for people in place.populations),
            ),
        )


def _stages(text: str) -> Iterator[Spot]:
    for pattern, stage, strictness in _STAGES:
        for found in pattern.finditer(text):
            words, english = STAGES[stage]
            condition = Condition(f"stage:{stage}", f"段階：{words}", f"Stage: {english}", strictness, _at_stage(stage))
            yield (*found.span(), condition)


def _islands(text: str) -> Iterator[Spot]:
    for found in _ISLANDS.finditer(text):
        yield (*found.span(), Condition("island", "島", "Islands", meets=lambda place: place.island))


def _spots(atlas: Atlas, text: str) -> Iterator[Spot]:
    """Yield what may be a condition, the surest first."""
    yield from _senders(atlas, text)
    for read in (_populations, _prefectures, _stages, _sizes, _islands):
        yield from read(text)


def read_conditions(atlas: Atlas, text: str, without: tuple[str, ...] = ()) -> tuple[str, list[Condition]]:
    """Take the conditions out of a question.

    Parameters
    ----------
    text
        Folded.
    without
        Ids of conditions that were taken off: their words are left in the question.

    Returns
    -------
    str, list of Condition
        What is left to look for, and the conditions in the order of the text.
    """
    taken: list[Spot] = []
    for spot in _spots(atlas, text):
        start, end, condition = spot
        if condition.id not in without and all(end <= other or start >= until for other, until, _ in taken):
            taken.append(spot)
    taken.sort(key=lambda spot: spot[0])
    rest, at = [], 0
    for start, end, _ in taken:
        rest.append(text[at:start])
        at = end
    rest.append(text[at:])
    return "、".join(rest), list({condition.id: condition for _, _, condition in taken}.values())
