"""The wards of a designated city, beside what is known of the city."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo.gazetteer import wards
from renkei.page.data_table import data_table
from renkei.present.source_names import publisher_name
from renkei.present.words import dated, word

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.present.words import Language

SHOWN = ("register_population", "register_households", "share_65", "social_change_rate", "projected_population")
"""Indicators told of each ward, at their newest date."""


def ward_panel(atlas: Atlas, code: str, language: Language) -> None:
    """Draw the figures of a city's wards, folded; nothing where there are none."""
    found = atlas.ward_values(code)
    if not len(found):
        return
    table = found.pivot_table(index="code", columns="indicator", values="value", sort=False, dropna=False)
    english = language == "en"
    columns = {}
    for each in (atlas.indicator(identifier) for identifier in SHOWN):
        date = str(found.loc[found["indicator"] == each.id, "date"].iloc[0])
        name = f"{each.title_en if english else each.title}（{each.unit}、{dated(date, each.flag(date), language)}）"
        columns[name] = table[each.id].round(each.decimals)
    names = wards().loc[table.index, "english" if english else "name"]
    with st.expander(word("wards", language, n=len(table))):
        data_table(pd.DataFrame({word("name", language): names, **columns}))
        publishers = dict.fromkeys(publisher_name(atlas.indicator(each).publisher, language) for each in SHOWN)
        st.caption(f"{word('source', language)}：{'、'.join(publishers)}")
