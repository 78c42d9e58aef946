"""Reading a name at the beginning of a text: 都道府県, 振興局, 郡, then the longest name of today or of before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.codes import PREFECTURES
from geo.counties import county_prefectures, northern_villages
from geo.doubts import doubt, grown_namesakes
from geo.mergers import FIRST_DAY, FormerPlace, former_lengths, former_names, named_since
from geo.name_folding import fold_kanji
from geo.name_start import Start, county_at, longest_name
from geo.place_names import PREFECTURE_NAMES, PREFECTURE_SHORT, Place, place_names
from geo.resolution import PREFECTURE_ADDED, Candidate, Finding, Resolution, unique_candidates

if TYPE_CHECKING:
    from datetime import date

    from geo.written_text import WrittenText

_SUBPREFECTURE = re.compile(r"([^0-9郡市町村区]{1,7}?(?:総合振興局|振興局|支庁))(?:管内)?")
_COUNTY = re.compile(r"[^0-9市町村区]{1,6}?郡")
_SHORT_BEGINNINGS = frozenset(short[:2] for short in PREFECTURE_SHORT)
_ISLAND = re.compile(r"([^0-9市町村区郡]{1,4})島(\1)")
_SECOND_COUNTY = re.compile(r"[/・]([^0-9市町村区/・]{1,6}?郡)")
_SHORT_NAME = 2
_PREFECTURE_FOLLOWS = re.compile(
    rf"[(\[〔]?({'|'.join(PREFECTURE_NAMES)})|[(\[〔]({'|'.join(PREFECTURE_SHORT)})[)\]〕]"
)


def read_name(text: WrittenText, start: Start) -> Resolution | None:
    """Match the longest name at ``start``; then again behind a 振興局 and a 郡."""
    result = _match(text, start)
    if result is None and (skipped := _behind_subprefecture(text, start)):
        start = skipped
        result = _match(text, start)
    if result is None and (skipped := _behind_county(text, start) or _behind_island(text, start)):
        start = skipped
        result = _match(text, start)
    return result


def _behind_island(text: WrittenText, start: Start) -> Start | None:
    """Skip an island that the municipality behind it is named for: 八丈島八丈町, as the postal code list writes."""
    island = _ISLAND.match(text.folded, start.length)
    return start._replace(length=island.start(2)) if island else None


def _behind_subprefecture(text: WrittenText, start: Start) -> Start | None:
    found = _SUBPREFECTURE.match(text.folded, start.length)
    if found is None:
        return None
    name = text.plain[found.start(1) : found.end(1)]
    return start._replace(length=found.end(), subprefecture=name, changes=(*start.changes, f"{name}を除いて読む"))


def _behind_county(text: WrittenText, start: Start) -> Start | None:
    county = county_at(text.folded, start.length)
    if county and (start.inside is None or start.inside in county_prefectures()[county]):
        end = start.length + len(county)
        # A list of former municipalities names both: 甘楽郡/北甘楽郡妙義町.
        second = _SECOND_COUNTY.match(text.folded, end)
        return start._replace(
            length=second.end() if second else end, county=county + (f"/{second[1]}" if second else "")
        )
    if start.inside is None and text.folded[start.length : start.length + 2] in _SHORT_BEGINNINGS:
        # 福島石川郡: read_short_prefecture comes to it.
        return None
    unknown = _COUNTY.match(text.folded, start.length)
    return start._replace(length=unknown.end(), county=unknown[0]) if unknown else None


def _match(text: WrittenText, start: Start) -> Resolution | None:
    body = text.folded[start.length :]
    index = place_names()
    found, length = longest_name(index.names, index.lengths, body, start.inside)
    former, former_length = longest_name(former_names(), former_lengths(), body, start.inside)
    former = [place for place in former if not place.is_county]
    if not former:
        former_length = 0
    if former_length > length:
        found, length = [], former_length
    elif length > former_length:
        former = []
    if start.county:
        return _in_county(text, start, length, found, former)
    # 東村山郡 is no place of 東村.
    if not length or len(county_at(text.folded, start.length)) > length:
        return None
    if length == _SHORT_NAME and start.inside is None and body in index.stems:
        # 東村山 is 東村山市 without its ending, and not 東村.
        return None
    end = start.length + length
    return text.result(_decide(text, start, end, found, former), end)


def _in_county(
    text: WrittenText, start: Start, length: int, found: list[Place], former: list[FormerPlace]
) -> Resolution | None:
    """Read a name behind a 郡: only what is, or was, of that 郡 counts."""
    end = start.length + length
    counties = set(start.county.split("/"))
    written = [each for each in found if counties & each.counties]
    written_former = [each for each in former if counties & each.counties]
    if written or written_former:
        return text.result(_decide(text, start, end, written, written_former), end)
    for village in northern_villages():
        name = fold_kanji(village.name)
        if fold_kanji(village.county) == start.county and text.folded.startswith(name, start.length):
            note = f"北方領土の{village.full_name}（{village.code}）です。1,741市区町村には数えません"
            return text.result(Finding("unknown", note=note), start.length + len(name))
    if not length:
        return None
    options = [Candidate(each.own_code, "郡が違う") for each in found]
    options += [Candidate(code, f"郡が違う（{each.describe()}）") for each in former for code in each.successors]
    note = f"「{start.county}」に、この名前の市町村はありません"
    return text.result(Finding("unknown", options=unique_candidates(options), changes=start.changes, note=note), end)


def _decide(text: WrittenText, start: Start, end: int, found: list[Place], former: list[FormerPlace]) -> Finding:
    if start.inside is None and (where := _where_behind(text, end)):
        options = _all_options(found, former)
        kept = [place for place in found if place.code[:2] == where]
        kept_former = [place for place in former if place.prefecture == where]
        if not kept and not kept_former:
            return Finding("unknown", options=options, note="書かれた都道府県にはない名前です")
        narrowed = len(kept) + len(kept_former) < len(found) + len(former)
        found, former = kept, kept_former
        changes = (*start.changes, f"{PREFECTURES[where]}に限定") if narrowed else start.changes
        start = start._replace(inside=where, given=True, changes=changes)
    elif start.given and start.inside is not None and _elsewhere(text, start, end):
        start = start._replace(changes=(*start.changes, f"{PREFECTURES[start.inside]}に限定"))
    if text.as_of is not None:
        finding = _at_the_time(text, start, end, found, former, text.as_of)
        if finding is not None:
            return finding
    elif former and (start.former_first or not found):
        added = (PREFECTURE_ADDED,) if start.bare else ()
        finding = former_finding(former, (*start.changes, *added))
        own = Candidate(finding.ward_code or finding.code or "", "今はない名前")
        if not start.bare or not finding.code:
            return finding
        return doubt(text, start, end, own, former[0].short) or _perhaps_grown(finding, own, former[0]) or finding
    return _current(text, start, end, found)


def _perhaps_grown(finding: Finding, own: Candidate, former: FormerPlace) -> Finding | None:
    """Leave a village of before open when a town elsewhere may have been a village of that name still earlier."""
    others = grown_namesakes(fold_kanji(former.short), finding.code or "")
    if not others:
        return None
    note = "同じ名前の村が、1970年より前にほかにもあったかもしれません（今の同じ名前の市町）"
    return finding._replace(
        status="ambiguous", code=None, ward_code=None, options=unique_candidates((own, *others)), note=note
    )


def _at_the_time(
    text: WrittenText, start: Start, end: int, found: list[Place], former: list[FormerPlace], day: date
) -> Finding | None:
    """Choose among namesakes of all times by the day of writing; None when today's are all right."""
    living = [place for place in found if (named_since(place.own_code, place.short) or day) <= day]
    dead = [place for place in former if place.existed(day)]
    kinds = {each.short[-1] for each in living} | {each.short[-1] for each in dead}
    with_county = start.county or county_at(text.folded, start.length)
    if day < FIRST_DAY and not with_county and kinds & set("町村"):
        note = f"{FIRST_DAY.year}年より前の町村の名前は一覧にありません。郡から書けば、同じ郡の町村として読みます"
        return Finding("unknown", options=_all_options(found, former), changes=start.changes, note=note)
    if living and {code for place in dead for code in place.successors} <= {place.own_code for place in living}:
        return _current(text, start, end, living)
    lives_on = [place for place in found if place.own_code in {code for each in dead for code in each.successors}]
    if len(lives_on) == 1 and {code for each in dead for code in each.successors} == {lives_on[0].own_code}:
        # さいたま市 of 2002 had another code, and is さいたま市 still.
        return _current(text, start, end, lives_on)
    if dead and not living:
        return former_finding(dead, start.changes)
    options = _all_options(living or found, dead or former)
    if living or dead:
        return Finding("ambiguous", options=options, changes=start.changes, note="同じ名前が複数あります")
    return Finding("unknown", options=options, note=f"{day.isoformat()}には、この名前の市区町村はありません")


def _where_behind(text: WrittenText, end: int) -> str | None:
    """Return the prefecture that is written behind a name, or else the one that is known from elsewhere."""
    follows = _PREFECTURE_FOLLOWS.match(text.folded, end)
    if follows is None:
        return text.hint
    names = place_names()
    bare = follows.start(1) == end
    if bare and longest_name(names.names, names.lengths, text.folded[follows.end() :], PREFECTURE_NAMES[follows[1]])[1]:
        # 国分寺市、秋田県大潟村: the prefecture begins another name.
        return text.hint
    return PREFECTURE_NAMES[follows[1]] if follows[1] else PREFECTURE_SHORT[follows[2]]


def _all_options(found: list[Place], former: list[FormerPlace]) -> tuple[Candidate, ...]:
    options = [Candidate(place.own_code, "今の市区町村") for place in found]
    options += [Candidate(code, place.describe()) for place in former for code in place.successors]
    return unique_candidates(options)


def former_finding(former: list[FormerPlace], changes: tuple[str, ...]) -> Finding:
    """Return what former places of one name became: ``merged`` when it is one municipality, or one place split."""
    places = place_names().places
    options = unique_candidates([Candidate(code, place.describe()) for place in former for code in place.successors])
    history = tuple(place.describe() for place in former)
    cities = {places[option.code].code for option in options}
    if len(cities) == 1:
        ward = places[options[0].code].ward_code if len(options) == 1 else None
        return Finding(
            "merged",
            cities.pop(),
            ward,
            options if len(options) > 1 else (),
            changes,
            "今はない名前です",
            history=history,
        )
    if len({place.code for place in former}) == 1:
        return Finding("merged", None, None, options, changes, "いくつかに分かれた名前です", history=history)
    note = "同じ名前の旧市町村が複数あります"
    return Finding("ambiguous", options=options, changes=changes, note=note, history=history)


def _current(text: WrittenText, start: Start, end: int, found: list[Place]) -> Finding:
    changes = [*start.changes]
    found = _narrowed(start, found, changes)
    if len(found) > 1:
        options = tuple(Candidate(place.own_code, "同じ名前") for place in found)
        return Finding(
            "ambiguous", options=options, changes=tuple(changes), note=f"同じ名前が{len(options)}か所にあります"
        )
    place = found[0]
    own = Candidate(place.own_code, "文字の並びは同じ")
    doubtful = doubt(text, start, end, own, place.short) if start.bare else None
    if doubtful:
        return doubtful
    village = next((each for each in northern_villages() if each.name == place.short), None)
    if start.bare and village is not None:
        before = [each for each in former_names().get(fold_kanji(place.short), ()) if not each.is_county]
        others = [Candidate(code, each.describe()) for each in before for code in each.successors]
        note = f"同じ名前が、北方領土の{village.full_name}（{village.code}）にもあります"
        return Finding("ambiguous", options=unique_candidates([own, *others]), changes=tuple(changes), note=note)
    changes += _differences(text, start, end, place)
    return Finding("resolved", place.code, place.ward_code, changes=tuple(changes))


def _narrowed(start: Start, found: list[Place], changes: list[str]) -> list[Place]:
    """Keep the namesakes that the written 振興局 allows; say in ``changes`` when the 郡 is one of before."""
    if start.subprefecture:
        kept = [place for place in found if place.subprefecture in ("", start.subprefecture)]
        found = kept or found
    if start.county and not any(fold_kanji(place.county) in start.county.split("/") for place in found):
        changes.append("郡名が今と違う")
    return found


def _elsewhere(text: WrittenText, start: Start, end: int) -> tuple[Candidate, ...]:
    found = place_names().names.get(text.folded[start.length : end], ())
    return tuple(Candidate(place.own_code, "都道府県が違う") for place in found if place.code[:2] != start.inside)


def _differences(text: WrittenText, start: Start, end: int, place: Place) -> list[str]:
    changes = list(text.width_changes(end))
    part = text.plain[start.length : end]
    if part not in (place.name, place.short, place.county + place.name):
        changes.append(f"「{part}」を「{place.name}」と同じ字とみなす")
    if place.ward_code and not part.startswith(place.name[:2]) and part != place.name:
        changes.append("市を補完")
    if start.given or start.inside is None:
        changes.append(PREFECTURE_ADDED)
    return changes


def read_short_prefecture(text: WrittenText, start: Start) -> Resolution | None:
    """Match a name behind a prefecture without 都府県: 福島石川郡石川町."""
    for length in (2, 3):
        code = PREFECTURE_SHORT.get(text.folded[start.length : start.length + length])
        if code is not None and (start.inside is None or (start.given and start.length == 0)):
            short = text.plain[start.length : start.length + length]
            behind = start._replace(
                length=start.length + length,
                inside=code,
                given=False,
                changes=(*start.changes, f"「{short}」を{PREFECTURES[code]}と読む"),
            )
            result = read_name(text, behind)
            if result is not None:
                return result
    return None
