"""Names of municipalities in one cell of a planner's table, several perhaps, each resolved once for the whole table."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from geo.codes import PREFECTURES, possible_codes
from geo.gazetteer import display_name, municipalities
from geo.resolve import resolve, resolve_many
from layers.register_rows import RowError, parties
from renkei.exchange.own_table import outcome_of
from renkei.exchange.written_codes import read_codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from renkei.exchange.own_table import Outcome

MOST_NAMES = 2_000
"""In one cell."""
_SPLIT = re.compile(r"[、,，・･;；／/\n\r\t]+|\s+と\s+")
_REST = re.compile(r"(ほか|など|等|他)[0-9０-９]*(団体|自治体|市区?町村|市|町|村|区)?$")
_ALL = re.compile(r".{2,3}[都道府県](?:内)?の?全(?:市町村|市区町村|市町|町村|市区)")
_PREFECTURE_CODE = re.compile(r"(\d{2})000\d?")
_BY_NAME = {name: f"{code}000" for code, name in PREFECTURES.items()}


class Party(NamedTuple):
    """What a name is: its outcome, code ("" where it is open), candidates, and why it is open."""

    outcome: Outcome
    code: str
    candidates: tuple[str, ...]
    reason: str


def names_in(cell: str) -> list[str]:
    """Return the names in a cell, as written, without 「ほか」.

    Examples
    --------
    >>> names_in("川場村、沼田市・みなかみ町ほか")
    ['川場村', '沼田市', 'みなかみ町']
    """
    parts = (_REST.sub("", part.strip()) for part in _SPLIT.split(cell))
    return list(dict.fromkeys(part for part in parts if part))[:MOST_NAMES]


def resolved(names: Iterable[str]) -> dict[str, Party]:
    """Return what each name is: a municipality, or a prefecture as PP000.

    Examples
    --------
    >>> found = resolved(["川場村", "群馬県", "104442", "府中市"])
    >>> found["群馬県"].code, found["104442"].code, found["府中市"].candidates
    ('10000', '10444', ('13206', '34208'))
    """
    found: dict[str, Party] = {}
    open_names: list[str] = []
    names = list(dict.fromkeys(names))
    codes = read_codes(names)
    for name in names:
        plain = unicodedata.normalize("NFKC", name).strip()
        of_prefecture = _PREFECTURE_CODE.fullmatch(plain)
        if plain in _BY_NAME:
            found[name] = Party("matched", _BY_NAME[plain], (), "")
        elif of_prefecture and of_prefecture[1] in PREFECTURES:
            found[name] = Party("matched", f"{of_prefecture[1]}000", (), "")
        elif plain.isdigit() and possible_codes(plain):
            found[name] = Party(*outcome_of(resolve(codes.get(name, plain))))
        else:
            open_names.append(name)
    for name, each in zip(open_names, resolve_many(open_names, one_table=True), strict=True):
        found[name] = Party(*outcome_of(each))
    return found


def all_of_a_prefecture(name: str) -> tuple[str, ...]:
    """Return the codes that 「兵庫県内の全市町」 names; () where a text says no such thing.

    Examples
    --------
    >>> len(all_of_a_prefecture("群馬県内の全市町村")), all_of_a_prefecture("川場村")
    (35, ())
    """
    if not _ALL.fullmatch(name):
        return ()
    try:
        return tuple(parties({"自治体": "", "相手・構成自治体": name})[0])
    except RowError:
        return ()


def decided(party: Party, choice: str) -> Party:
    """Return a party as a person chose it.

    Examples
    --------
    >>> decided(Party("ambiguous", "", ("13206",), "?"), "13206").outcome
    'chosen'
    """
    if not choice:
        return party
    if choice in municipalities().index:
        return Party("chosen", choice, (), "")
    return Party("unknown", "", party.candidates, f"選んだコード {choice[:20]} は今の市区町村にありません。")


def told(names: Mapping[str, Party]) -> str:
    """Return the places that names turned out to be, for people."""
    return "、".join(display_name(each.code) for each in names.values() if each.code)
