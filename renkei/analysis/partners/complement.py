"""Complement: city and country, sea and inland, demand and supply of renewable power, ageing and young."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from renkei.analysis.partners.asker import Evidence, Part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from renkei.analysis.partners.asker import Asker

PART = Part(
    "complement", "補い合い", "Complement", "都市と農山村、海と内陸、電力を使う側と生む側、所得・年齢構成の違い"
)

URBAN, RURAL = 3_000, 300
"""People per km² from which a place counts as a city, and below which as country."""

_AGEING_GAP = 10.0


def measures(asker: Asker) -> dict[str, NDArray[np.float64]]:
    """Return the differences of density, income, ageing and solar power, and the pairs city–country and sea–inland."""
    ground, place = asker.ground, asker.place
    dense = np.log(np.maximum(ground.density, 0.1))
    income, ageing = ground.standard["income"], ground.standard["ageing"]
    urban, rural = ground.density >= URBAN, ground.density < RURAL
    ward = np.char.startswith(ground.codes, "131")
    return {
        "density_difference": np.abs(dense - dense[place]) / 2,
        "city_and_country": ((urban & rural[place]) | (rural & urban[place])).astype(float),
        "ward_and_country": ((ward & rural[place]) | (rural & ward[place])).astype(float),
        "income_difference": np.abs(income - income[place]),
        "ageing_difference": np.abs(ageing - ageing[place]),
        "sea_and_inland": (ground.coast != ground.coast[place]).astype(float),
    }


def evidence(asker: Asker, candidate: int) -> tuple[Evidence, ...]:
    """Say which pairs the two make."""
    ground, place = asker.ground, asker.place
    ours, theirs = ground.density[place], ground.density[candidate]
    said: list[Evidence] = []
    if asker.counts("city_and_country") and max(ours, theirs) >= URBAN and min(ours, theirs) < RURAL:
        text = f"都市と農山村（人口密度 {ours:,.0f}人/km²と{theirs:,.0f}人/km²）"
        said.append(Evidence(PART.id, text, "住民基本台帳人口・面積調による計算"))
    if asker.counts("sea_and_inland") and ground.coast[place] != ground.coast[candidate]:
        said.append(Evidence(PART.id, "海に面する自治体と内陸の自治体", "気象庁 警報等区域の境界による計算"))
    said += _old_and_young(asker, candidate)
    return (*said, *_power(asker, candidate))


def _old_and_young(asker: Asker, candidate: int) -> list[Evidence]:
    share = asker.ground.figure("share_65")
    ours, theirs = share[asker.place], share[candidate]
    if not (asker.counts("ageing_difference") and abs(ours - theirs) >= _AGEING_GAP):
        return []
    return [Evidence(PART.id, f"高齢化率の違い（{ours:.1f}%と{theirs:.1f}%）", "住民基本台帳（総務省、2025-01-01）")]


def _power(asker: Asker, candidate: int) -> list[Evidence]:
    if asker.theme != "脱炭素":
        return []
    solar = asker.ground.figure("fit_solar_kw_per_km2") / asker.ground.density
    median = np.nanmedian(solar)
    ours, theirs = solar[asker.place], solar[candidate]
    if not (ours < median / 2 and theirs > median * 2):
        return []
    text = f"再エネの需要地と供給地（人口1人当たりの太陽光発電 {ours:.2f}kWと{theirs:.2f}kW）"
    return [Evidence(PART.id, text, "FIT 認定設備（資源エネルギー庁）")]
