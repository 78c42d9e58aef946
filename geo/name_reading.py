"""Reading a name at the beginning of a text: 都道府県, 振興局, 郡, then the longest name of today or of before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from geo.codes import PREFECTURES
from geo.mergers import FormerPlace, former_names, founding_day, longest_former_name
from geo.place_names import PREFECTURE_NAMES, PREFECTURE_SHORT, Place, place_names
from geo.resolution import Candidate, Finding, Resolution

if TYPE_CHECKING:
    from datetime import date

    from geo.written_text import WrittenText

_Named = TypeVar("_Named", Place, FormerPlace)

_SUBPREFECTURE = re.compile(r"([^0-9郡市町村区]{1,7}?(?:総合振興局|振興局|支庁))(?:管内)?")
_COUNTY = re.compile(r"[^0-9市町村区]{1,6}?郡")
_COUNTY_OF_MARKETS = re.compile(r"[^0-9]{1,6}?郡")
_NUMBER_FOLLOWS = re.compile(r"[0-9]|[一二三四五六七八九十]+(?:丁|番|条|号)|丁目|番地")
_SHORT_BEGINNINGS = frozenset(short[:2] for short in PREFECTURE_SHORT)
_PREFECTURE_FOLLOWS = re.compile(rf"[(\[〔]?({'|'.join(PREFECTURE_NAMES)})")


class Start(NamedTuple):
    """How far a text is read before the name itself.

    ``inside`` is the prefecture in which the name is looked for (2 digits), ``changes`` what was done so far.
    ``former_first``: the text says 旧.
    """

    length: int
    inside: str | None
    changes: tuple[str, ...] = ()
    former_first: bool = False
    county: str = ""
    subprefecture: str = ""


def split_prefecture(folded: str, start: int = 0) -> tuple[str | None, int]:
    """Return the prefecture that is written in full at ``start``, and where it ends.

    Examples
    --------
    >>> split_prefecture("群馬県川場村"), split_prefecture("川場村")
    (('10', 3), (None, 0))
    """
    for length in (3, 4):
        code = PREFECTURE_NAMES.get(folded[start : start + length])
        if code is not None:
            return code, start + length
    return None, start


def _longest(
    index: dict[str, tuple[_Named, ...]], body: str, longest: int, inside: str | None
) -> tuple[list[_Named], int]:
    for length in range(min(longest, len(body)), 1, -1):
        found = index.get(body[:length])
        if found:
            kept = [place for place in found if inside is None or place.code[:2] == inside]
            if kept:
                return kept, length
    return [], 0


def read_name(text: WrittenText, start: Start) -> Resolution | None:
    """Match the longest name at ``start``; then again behind a 振興局 and a 郡."""
    result = _match(text, start)
    if result is None and (skipped := _behind_subprefecture(text, start)):
        start = skipped
        result = _match(text, start)
    if result is None and (skipped := _behind_county(text, start)):
        start = skipped
        result = _match(text, start)
    return result


def _behind_subprefecture(text: WrittenText, start: Start) -> Start | None:
    found = _SUBPREFECTURE.match(text.folded, start.length)
    if found is None:
        return None
    name = text.plain[found.start(1) : found.end(1)]
    return start._replace(length=found.end(), subprefecture=name, changes=(*start.changes, f"{name}を除いて読む"))


def county_prefectures(county: str) -> tuple[str, ...]:
    """Return the prefectures that have, or had, a 郡 of this folded name."""
    former = tuple(place.prefecture for place in former_names().get(county, ()) if place.is_county)
    return tuple(dict.fromkeys((*place_names().counties.get(county, ()), *former)))


def _behind_county(text: WrittenText, start: Start) -> Start | None:
    for pattern in (_COUNTY, _COUNTY_OF_MARKETS):
        found = pattern.match(text.folded, start.length)
        if found is None:
            continue
        known = [code for code in county_prefectures(found[0]) if start.inside in (None, code)]
        if not known and start.inside is None and found[0][:2] in _SHORT_BEGINNINGS:
            # 福島石川郡: read_short_prefecture comes to it.
            return None
        if pattern is _COUNTY_OF_MARKETS and not known:
            return None
        inside = start.inside or (known[0] if len(known) == 1 else None)
        written = text.plain[found.start() : found.end()]
        changes = start.changes if known else (*start.changes, f"郡名「{written}」は確認できない")
        return start._replace(length=found.end(), inside=inside, county=found[0], changes=changes)
    return None


def _match(text: WrittenText, start: Start) -> Resolution | None:
    body = text.folded[start.length :]
    index = place_names()
    found, length = _longest(index.names, body, index.longest, start.inside)
    former, former_length = _longest(former_names(), body, longest_former_name(), start.inside)
    former = [place for place in former if not place.is_county]
    if not former:
        former_length = 0
    if not found and not former:
        return None
    if former_length > length:
        found, length = [], former_length
    elif length > former_length:
        former = []
    end = start.length + length
    return text.result(_decide(text, start, end, found, former), end)


def _decide(text: WrittenText, start: Start, end: int, found: list[Place], former: list[FormerPlace]) -> Finding:
    if start.inside is None and text.hint is not None and not _PREFECTURE_FOLLOWS.match(text.folded, end):
        kept = [place for place in found if place.code[:2] == text.hint]
        kept_former = [place for place in former if place.prefecture == text.hint]
        if (kept or kept_former) and len(kept) + len(kept_former) < len(found) + len(former):
            found, former = kept, kept_former
            start = start._replace(changes=(*start.changes, f"{PREFECTURES[text.hint]}に限定"))
    if text.as_of is not None:
        finding = _at_the_time(text, start, end, found, former, text.as_of)
        if finding is not None:
            return finding
    elif former and (start.former_first or not found):
        finding = former_finding(former, start.changes, text.hint if start.inside is None else None)
        bare = start.inside is None and not start.county and finding.code
        own = Candidate(finding.ward_code or finding.code or "", "今はない名前")
        return (_doubt(text, start, end, own, former[0].short) if bare else None) or finding
    return _current(text, start, end, found)


def _at_the_time(
    text: WrittenText, start: Start, end: int, found: list[Place], former: list[FormerPlace], day: date
) -> Finding | None:
    """Choose among namesakes of all times by the day of writing; None when today's are all right."""
    living = [place for place in found if (founding_day(place.own_code, place.short) or day) <= day]
    dead = [place for place in former if place.existed(day)]
    if living and {code for place in dead for code in place.successors} <= {place.own_code for place in living}:
        return _current(text, start, end, living)
    lives_on = [place for place in found if place.own_code in {code for each in dead for code in each.successors}]
    if len(lives_on) == 1 and {code for each in dead for code in each.successors} == {lives_on[0].own_code}:
        # さいたま市 of 2002 had another code, and is さいたま市 still.
        return _current(text, start, end, lives_on)
    if dead and not living:
        return former_finding(dead, start.changes, text.hint if start.inside is None else None)
    options = [Candidate(place.own_code, "今の市区町村") for place in living or found]
    options += [Candidate(code, place.describe()) for place in dead or former for code in place.successors]
    if living or dead:
        return Finding("ambiguous", options=_unique(options), changes=start.changes, note="同じ名前が複数あります")
    return Finding("unknown", options=_unique(options), note=f"{day.isoformat()}には、この名前の市区町村はありません")


def _unique(options: list[Candidate]) -> tuple[Candidate, ...]:
    return tuple({option.code: option for option in reversed(options)}.values())[::-1]


def former_finding(former: list[FormerPlace], changes: tuple[str, ...], hint: str | None = None) -> Finding:
    """Return what former places of one name became: ``merged`` when it is one municipality, or one place split."""
    narrowed = [place for place in former if place.prefecture == hint]
    if narrowed and len(narrowed) < len(former):
        former = narrowed
        changes = (*changes, f"{PREFECTURES[former[0].prefecture]}に限定")
    places = place_names().places
    options = _unique([Candidate(code, place.describe()) for place in former for code in place.successors])
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
    if len({(place.prefecture, place.name) for place in former}) == 1:
        return Finding("merged", None, None, options, changes, "いくつかに分かれた名前です", history=history)
    note = "同じ名前の旧市町村が複数あります"
    return Finding("ambiguous", options=options, changes=changes, note=note, history=history)


def _current(text: WrittenText, start: Start, end: int, found: list[Place]) -> Finding:
    changes = [*start.changes]
    rest = text.folded[end:]
    bare = start.inside is None and not start.county
    found = _narrowed(text, start, rest, found, changes)
    if not found:
        return Finding("unknown", options=_elsewhere(text, start, end), note="書かれた都道府県にはない名前です")
    if len(found) > 1:
        options = tuple(Candidate(place.own_code, "同じ名前") for place in found)
        return Finding(
            "ambiguous", options=options, changes=tuple(changes), note=f"同じ名前が{len(options)}か所にあります"
        )
    place = found[0]
    own = Candidate(place.own_code, "文字の並びは同じ")
    doubt = _doubt(text, start, end, own, place.short) if bare else None
    if doubt:
        return doubt
    changes += _differences(text, start, end, place)
    return Finding("resolved", place.code, place.ward_code, changes=tuple(changes))


def _narrowed(text: WrittenText, start: Start, rest: str, found: list[Place], changes: list[str]) -> list[Place]:
    """Keep the namesakes that what stands around the name allows, and say so in ``changes``."""
    if start.subprefecture:
        kept = [place for place in found if place.subprefecture in ("", start.subprefecture)]
        found = kept or found
    if start.county:
        kept = [place for place in found if place.county and start.county == place.county]
        if not kept and not any("郡名" in change for change in changes):
            changes.append("郡名が今と違う")
        found = kept or found
    if start.inside is None:
        follows = _PREFECTURE_FOLLOWS.match(rest)
        code = PREFECTURE_NAMES[follows[1]] if follows else text.hint
        if code is not None:
            kept = [place for place in found if place.code[:2] == code]
            if len(kept) < len(found):
                changes.append(f"{PREFECTURES[code]}に限定")
            return kept
    return found


def _elsewhere(text: WrittenText, start: Start, end: int) -> tuple[Candidate, ...]:
    found = place_names().names.get(text.folded[start.length : end], ())
    return tuple(Candidate(place.own_code, "都道府県が違う") for place in found)


def _doubt(text: WrittenText, start: Start, end: int, own: Candidate, name: str) -> Finding | None:
    """Return why a name without prefecture is perhaps not the one that it looks like, or None."""
    rest = text.folded[end:]
    if (name[-1] + rest[:1]) in ("市場", "区域"):
        note = f"「{name[-1]}{rest[0]}」という言葉の一部かもしれません"
        return Finding("unknown", options=(own,), note=note)
    if name[-1] in "町村" and _NUMBER_FOLLOWS.match(rest):
        # Not ambiguous: what is meant is perhaps a town that no list of municipalities holds.
        note = "ほかの市区の中の町名かもしれません（都道府県がなく、番地が続く）"
        return Finding("unknown", options=(own,), note=note)
    other = _short_prefecture_reading(text, start, end)
    if other is not None and other.own_code != own.code:
        options = (own, Candidate(other.own_code, f"{PREFECTURES[other.code[:2]]}の略と読めば"))
        return Finding("ambiguous", options=options, note="区切り方が二通りあります")
    longer = place_names().stems.get(text.folded[start.length :], ()) if rest else ()
    if longer:
        others = tuple(Candidate(place.own_code, "市・町・村を補えば") for place in longer)
        return Finding("ambiguous", options=(own, *others), note="区切り方が二通りあります")
    return None


def _short_prefecture_reading(text: WrittenText, start: Start, end: int) -> Place | None:
    """Return the place of a longer reading such as 千葉 + 市川市 beside 千葉市 + 川市."""
    index = place_names()
    for length in (2, 3):
        code = PREFECTURE_SHORT.get(text.folded[start.length : start.length + length])
        if code is not None:
            cut = start.length + length
            found, reach = _longest(index.names, text.folded[cut:], index.longest, code)
            if cut + reach > end:
                return found[0]
    return None


def _differences(text: WrittenText, start: Start, end: int, place: Place) -> list[str]:
    changes = list(text.width_changes(end))
    part = text.plain[start.length : end]
    if part not in (place.name, place.short, place.county + place.name):
        changes.append(f"「{part}」を「{place.name}」と同じ字とみなす")
    if place.ward_code and not part.startswith(place.name[:2]) and part != place.name:
        changes.append("市を補完")
    if text.folded[: start.length] == "" or (start.inside is None):
        changes.append("都道府県を補完")
    return changes


def read_short_prefecture(text: WrittenText, start: Start) -> Resolution | None:
    """Match a name behind a prefecture without 都府県: 福島石川郡石川町."""
    for length in (2, 3):
        code = PREFECTURE_SHORT.get(text.folded[start.length : start.length + length])
        if code is not None and start.inside is None:
            short = text.plain[start.length : start.length + length]
            behind = start._replace(
                length=start.length + length,
                inside=code,
                changes=(*start.changes, f"「{short}」を{PREFECTURES[code]}と読む"),
            )
            result = read_name(text, behind)
            if result is not None:
                return result
    return None
