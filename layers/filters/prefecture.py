"""By prefecture: a fact passes with a party in any of the chosen ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.codes import PREFECTURES, PREFECTURES_EN, normalize_prefecture
from geo.errors import InvalidFilterError, RenkeiError
from layers.filters.choice import FilterChoice
from layers.kinds import kinds

if TYPE_CHECKING:
    from layers.tables import Tables


def _read(_: Tables, written: object) -> str:
    try:
        return normalize_prefecture(written)
    except RenkeiError as error:
        raise InvalidFilterError(str(error)) from error


def _options(tables: Tables) -> list[str]:
    frames = [kind.read(tables) for kind in kinds() if kind.filtered]
    there = {code for frame in frames for codes in frame["prefecture_codes"] for code in codes}
    return [code for code in PREFECTURES if code in there]


FILTER = FilterChoice(
    "prefecture",
    "prefectures",
    20,
    "都道府県",
    "Prefecture",
    "都道府県名か2桁コード",
    _read,
    lambda _, __, frame, values: [not set(values).isdisjoint(own) for own in frame["prefecture_codes"]],
    lambda _, value, language: (PREFECTURES_EN if language == "en" else PREFECTURES)[value],
    _options,
    sorted=True,
    metavar="P",
)
