"""More than one municipality in a cell: all of them named, or the first "and others", or all but the one that is named.

A cell such as 三島市・長泉町, 帯広市ほか3町, 札幌市を除く or 大阪市外 begins with the name of one municipality and does
not mean that one alone. Between the names stand marks that seldom stand in an address (、；／・×｜ and so on), or ones
that do (a space, －): after those, only a cell that is nothing but names is a list.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from geo.mergers import former_names, longest_former_name
from geo.name_folding import fold_kanji, squeeze
from geo.name_start import split_prefecture
from geo.place_names import Place, place_names
from geo.resolution import Candidate, Finding, Resolution, unique_candidates

_STRONG = r"[、,;\n\r\v\f/|・･&×→⇔↔⇒＋+•‣∙●○◆■~〜～]|及び|および|並びに|ならびに|又は|または|もしくは|若しくは"
_WORDS = r"と|や|及|並"
_WEAK = r"[\s　\-‐‑–—―−ｰ_:]"
_REMARK = r"(?:[(\[〔【][^)\]〕】]{0,30}[)\]〕】])?"
_BETWEEN = re.compile(rf"\s*{_REMARK}\s*(?P<mark>{_STRONG}|{_WORDS}|{_WEAK})(?:{_STRONG}|{_WEAK})*")
_DEEP = re.compile(rf"(?:{_STRONG})(?:{_STRONG}|{_WEAK})*")
_AFTER_A_NAME = re.compile(rf"\s*{_REMARK}\s*(?:{_STRONG}|{_WORDS}|{_WEAK}|$|ほか|他|外|など|等|ら|の|[(\[])")
_COUNT = r"[0-9一二三四五六七八九十百数]+"
_UNITS = r"[ヶケか箇カ个]?(?:市|町|村|区|県|団体|自治体|所|名)"
_OTHERS = re.compile(
    rf"\s*{_REMARK}\s*[、,・]?\s*(?:(?:ほか|他)(?=$|[\s、。(\[)の各全]|{_COUNT})|外{_COUNT}{_UNITS}"
    rf"|(?:等|など)(?=$|[\s、。)のをがはにで]|{_COUNT})|ら$)"
)
_EXCEPT = re.compile(rf"\s*{_REMARK}\s*(?:を除|以外|を含まない|は除|除く)|\s*[(\[](?:を|は)?除")
_OUTSIDE = re.compile(r"\s*外(?=$|[\sのにへでを、。)])")
_AROUND = re.compile(r"\s*(?:内|周辺|近郊|付近|一帯|方面|圏域?|地方|管内)(?=$|[\sのにへでをがは、。)])")
_REST_OF_LIST = re.compile(r"(?:都|道|府|県)[内外]|(?:市|区|町|村)[内外]")
_ADDRESS = re.compile(r"[^、,;|0-9]*[0-9]")
_LONGEST = 200
_NOTED = 30
_STARTS = frozenset(
    " \t\n\r\v\f\u3000、,，､;；|｜/／・･&＆×→⇔↔⇒＋+•‣∙●○◆■~〜～とや及並又まもなお若-‐‑–—―−－ｰ_＿:："
    "(（[［〔【ほ他外等らを以は除内周近付一方圏地管"
)
_SUSPECT = re.compile(r"[、,，､;；\n\r\v\f|｜/／・･&＆×→⇔↔⇒＋+•‣∙●○◆■~〜～及並おなまも又若]")


class Part(NamedTuple):
    """One of several names in a cell: where it stands in the text behind the first, and what it may be."""

    text: str
    places: tuple[Place, ...]
    former: tuple[str, ...]
    end: int


def beside_others(result: Resolution) -> Finding | None:
    """Return what a result is when its text goes on with more municipalities, or sets the named one apart.

    Parameters
    ----------
    result
        A result whose ``rest`` is not empty.

    Returns
    -------
    Finding or None
        ``several`` with all that are named; None when the rest is no list.
    """
    written = result.rest
    if not written or (written[0] not in _STARTS and not _SUSPECT.search(written)):
        return None
    rest = unicodedata.normalize("NFKC", written[:_LONGEST])
    own = Candidate(result.ward_code or result.code or "", "初めに書かれた名前")
    firsts = (own,) if own.code else result.finding.options
    if _EXCEPT.match(rest):
        options = tuple(each._replace(reason="除くと書かれている") for each in firsts)
        return Finding("unknown", options=options, note=f"「{result.matched}」は除くと書かれています")
    if _OUTSIDE.match(rest):
        note = f"「{result.matched}外」は、そのほかとも、その外側とも読めます"
        return Finding("ambiguous", options=firsts, changes=result.changes, note=note)
    if _AROUND.match(rest):
        note = f"「{result.matched}」の中か周りのどこかと書かれています。そのものとは限りません"
        return Finding("ambiguous", options=firsts, changes=result.changes, note=note)
    parts = _parts(rest, result)
    others = _OTHERS.match(rest[parts[-1].end :] if parts else rest)
    if parts or others:
        return _several(result, firsts, parts, rest[parts[-1].end :] if others and parts else rest if others else "")
    return None


def _several(result: Resolution, firsts: tuple[Candidate, ...], parts: list[Part], others: str) -> Finding:
    inside = result.prefecture
    options = list(firsts)
    for part in parts:
        kept = [each for each in part.places if each.code[:2] == inside] or list(part.places)
        options += [Candidate(each.own_code, "並べて書かれた名前") for each in kept]
        options += [Candidate(code, "並べて書かれた、今はない名前") for code in part.former if not part.places]
    unnamed = others.strip(" 、,・") or next((part.text for part in parts if not part.places and not part.former), "")
    note = f"「{unnamed[:12]}」と書かれ、名前のない市区町村があります" if unnamed else "市区町村がいくつか並んでいます"
    found = unique_candidates(options)
    return Finding("several", options=found, changes=result.changes, note=note, others=unnamed[:_NOTED])


def _parts(rest: str, result: Resolution) -> list[Part]:
    between = _BETWEEN.match(rest)
    if between:
        strong = re.fullmatch(_STRONG, between["mark"]) is not None
        found = _listed(rest, between.end(), result, strong=strong)
        if found:
            return found
    found = []
    for mark in _DEEP.finditer(rest):
        part = _name_at(rest, mark.end(), result) or _name_at(rest, mark.end(), result, before_address=True)
        if part is not None and part.places and _is_other(part, result, strong=False):
            found.append(part)
    return found


def _listed(rest: str, position: int, result: Resolution, *, strong: bool) -> list[Part]:
    """Read names one behind the other; after a weak mark, the whole rest must be names."""
    found: list[Part] = []
    end = position
    between: re.Match[str] | None = None
    while end < len(rest):
        part = _name_at(rest, end, result)
        if part is None:
            break
        found.append(part)
        end = part.end
        between = _BETWEEN.match(rest, end)
        if between is None:
            break
        end = between.end()
    whole = not rest[found[-1].end :].strip(" 　、。)）") if found else False
    ends_well = whole or bool(found and _OTHERS.match(rest, found[-1].end))
    if not strong and not ends_well:
        return []
    elsewhere = _REST_OF_LIST.match(rest, position) if strong else None
    if not found and elsewhere:
        return [Part(elsewhere[0], (), (), elsewhere.end())]
    return found if any(_is_other(part, result, strong=strong) for part in found) else []


def _is_other(part: Part, result: Resolution, *, strong: bool) -> bool:
    """Whether a name behind the first is another municipality, and not a 町 of the first that bears its name."""
    first = result.ward_code or result.code
    codes = {each.own_code for each in part.places} | set(part.former)
    cities = {place_names().places[code].code for code in codes}
    if first in codes or (result.code in cities and not any(each.ward_code for each in part.places)):
        return False
    if strong or any(each.short[-1] == "市" for each in part.places):
        return True
    # 横浜市 大和町 is more likely a 町 of 横浜市 than two municipalities far apart.
    return any(code[:2] == result.prefecture for code in codes)


def _name_at(rest: str, position: int, result: Resolution, *, before_address: bool = False) -> Part | None:
    """Return the municipality or ward whose name stands at a position, and ends there (or goes on as an address)."""
    body = rest[position : position + 30].lstrip()
    start = position + len(rest[position : position + 30]) - len(body)
    folded = fold_kanji(body)
    inside, cut = split_prefecture(folded)
    names = place_names()
    for length in range(min(names.longest, len(folded) - cut), 1, -1):
        word = folded[cut : cut + length]
        places = tuple(each for each in names.names.get(word, ()) if inside in (None, each.code[:2]))
        if places and all(each.ward_code for each in places) and inside is None:
            # 「札幌市中央区、北区」: of the same city.
            places = tuple(each for each in places if each.code == result.code) or places
        ends = _ends_as_name(rest, start + cut + length) or (before_address and _ADDRESS.search(rest, start + cut))
        if places and ends:
            former = _former_codes(word, inside)
            return Part(body[: cut + length], places, former, start + cut + length)
    for length in range(min(longest_former_name(), len(folded) - cut), 2, -1):
        word = folded[cut : cut + length]
        former = _former_codes(word, inside)
        if former and _ends_as_name(rest, start + cut + length):
            return Part(body[: cut + length], (), former, start + cut + length)
    return None


def _former_codes(word: str, inside: str | None) -> tuple[str, ...]:
    former = former_names().get(word, ())
    return tuple(
        code for each in former if not each.is_county and inside in (None, each.prefecture) for code in each.successors
    )


def _ends_as_name(rest: str, end: int) -> bool:
    return end >= len(rest) or _AFTER_A_NAME.match(rest, end) is not None


def split_names(text: str, result: Resolution) -> list[str]:
    """Return the names of a ``several`` cell as written, the first one first.

    A name without prefecture stands behind one that has it: its prefecture is not put before it here.
    """
    rest = unicodedata.normalize("NFKC", result.rest[:_LONGEST])
    head = squeeze(text[: len(text) - len(result.rest)])
    return [head, *(squeeze(part.text) for part in _parts(rest, result))]
