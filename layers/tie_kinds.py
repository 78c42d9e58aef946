"""Kinds of ties: the words of the sources, gathered into few families that a planner filters by."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from geo.errors import InvalidFilterError


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
    """

    id: str
    name: str
    name_en: str
    words: tuple[str, ...]


TIE_KINDS: tuple[TieKind, ...] = (
    TieKind("sister", "縁組・姉妹・友好", "Sister and friendship cities", ("縁組", "姉妹", "友好")),
    TieKind("disaster", "災害時の応援・避難", "Mutual aid in disasters", ("災害", "相互補助", "避難")),
    TieKind("energy", "電力・木質エネルギー", "Electricity and wood energy", ("電力", "木質", "再エネ", "脱炭素")),
    TieKind("exchange", "交流・体験・観光", "Exchange, stays, tourism", ("交流", "区民健康村", "施設", "観光")),
    TieKind("agreement", "連携協定・首長会", "Cooperation, mayors' associations", ("連携協定", "首長会", "協議会")),
    TieKind("forum", "フォーラム", "Forum", ("フォーラム",)),
    TieKind("person", "同じ人材の派遣", "The same seconded expert", ("同一人材",)),
    TieKind("other", "その他", "Other", ("",)),
)
"""In the order in which they are shown; the last takes what no other does."""


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
    wanted = unicodedata.normalize("NFKC", text).strip().casefold()
    for each in TIE_KINDS:
        if wanted in (each.id, each.name.casefold(), each.name_en.casefold()):
            return each
    names = "、".join(f"{each.name}（{each.id}）" for each in TIE_KINDS)
    msg = f"連携の種類「{text[:40]}」はありません。次のどれかを指定してください：{names}"
    raise InvalidFilterError(msg)
