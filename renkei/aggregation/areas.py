"""The areas that sums are given by: municipalities, or sets of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo.codes import PREFECTURES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from renkei.aggregation.request import By
    from renkei.atlas import Atlas


class Area(NamedTuple):
    """An area: ``id``, its name, its prefecture's name ("" where it has several), the codes of its municipalities."""

    id: str
    name: str
    prefecture: str
    codes: tuple[str, ...]


def areas(atlas: Atlas, by: By) -> list[Area]:
    """Return the areas of a kind.

    Municipalities, prefectures and medical areas do not overlap; joint areas and networks may, and do not cover all
    of Japan. Those that have ended are left out. A city that lies in two medical areas by its wards (川崎市) cannot be
    divided by boundaries of municipalities: its areas are given as one, with both ids.
    """
    if by == "municipality":
        towns = atlas.municipalities()
        rows = zip(towns.index, towns["name"], strict=True)
        return [Area(code, name, PREFECTURES[code[:2]], (code,)) for code, name in rows]
    if by == "prefecture":
        codes = list(atlas.municipalities().index)
        return [
            Area(number, name, name, tuple(code for code in codes if code[:2] == number))
            for number, name in PREFECTURES.items()
        ]
    if by == "medical-area":
        frame = atlas.medical_areas()
        return _joined(_area(*row) for row in zip(frame["code"], frame["name"], frame["member_codes"], strict=True))
    frame = atlas.blocs() if by == "bloc" else atlas.networks()
    return [area for area in _going_on(frame) if area.codes]


def _going_on(frame: pd.DataFrame) -> list[Area]:
    frame = frame[frame["until"] == ""]
    return [_area(*row) for row in zip(frame["id"], frame["name"], frame["member_codes"], strict=True)]


def _area(number: str, name: str, codes: tuple[str, ...]) -> Area:
    prefectures = {code[:2] for code in codes}
    prefecture = PREFECTURES[prefectures.pop()] if len(prefectures) == 1 else ""
    return Area(number, name, prefecture, tuple(dict.fromkeys(codes)))


def _joined(every: Iterable[Area]) -> list[Area]:
    """Join areas that share a municipality."""
    found: list[Area] = []
    for area in every:
        same = [other for other in found if set(other.codes) & set(area.codes)]
        for other in same:
            found.remove(other)
        group = [*same, area]
        codes = tuple(dict.fromkeys(code for each in group for code in each.codes))
        ids, names = ";".join(each.id for each in group), "・".join(each.name for each in group)
        found.append(Area(ids, names, area.prefecture, codes))
    return found
