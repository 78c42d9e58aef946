"""The tables below the map as files: Excel, and CSV that Excel opens with its Japanese."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pandas as pd

from geo.codes import to_code6
from geo.gazetteer import municipalities
from layers.cases import told_cases
from renkei.page.data_table import harmless
from renkei.present.fact_frames import blocs_frame, cases_frame, networks_frame, ties_frame
from renkei.present.indicator_classes import title_of
from renkei.present.party_names import party_name
from renkei.present.words import dated, word

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.browser.map_state import Shown
    from renkei.present.page_state import PageState

ALWAYS = (
    "register_population",
    "share_65",
    "population_change_2020_2050",
    "fiscal_capacity",
    "fit_solar_kw_per_1000",
    "online_rate_32",
)
"""Indicators of the table municipality × indicator, behind the one that is painted."""


def told_towns(state: PageState, left: Shown) -> list[str]:
    """Return whom the table municipality × indicator tells of.

    Those that are compared; else those of the chosen prefectures; else those that take part in what is shown.
    """
    table = municipalities()
    if state.towns:
        return state.towns.split("-")
    if state.filters.prefectures:
        codes = list(table.index[table["prefecture_code"].isin(state.filters.prefectures)])
    elif state.code.endswith("000"):
        codes = [code for code in table.index if code.startswith(state.code[:2])]
    elif state.filters.is_empty:
        codes = list(table.index)
    else:
        codes = [code for code in table.index if code in left.municipality_codes]
    if state.code in table.index:
        codes = [state.code, *(code for code in codes if code != state.code)]
    return codes


def told_indicators(atlas: Atlas, state: PageState) -> list[str]:
    """Return the ids of the indicators that the table tells: the chosen ones, else the painted and the usual ones."""
    if state.columns:
        return state.columns.split("-")
    known = {each.id for each in atlas.indicators()}
    return [each for each in dict.fromkeys((state.indicator_id, state.second_id, *ALWAYS)) if each in known]


def indicators_frame(atlas: Atlas, state: PageState, left: Shown) -> pd.DataFrame:
    """Return municipality × indicator, each indicator with its unit and date."""
    language = state.language
    codes = told_towns(state, left)
    columns: dict[str, object] = {
        word("code", language): [to_code6(code) for code in codes],
        word("place", language): [party_name(code, language) for code in codes],
    }
    for identifier in told_indicators(atlas, state):
        chosen = atlas.indicator(identifier)
        date = state.date if identifier == state.indicator_id else chosen.dates[-1]
        series = atlas.values(identifier, date).loc[codes]
        unit = chosen.unit_en if language == "en" else chosen.unit
        parts = "、".join(part for part in (unit, dated(date, chosen.flag(date), language)) if part)
        name = f"{title_of(chosen, language)}（{parts}）"
        if chosen.kind == "number":
            columns[name] = series.round(chosen.decimals).to_numpy()
        else:
            labels = chosen.labels_en if language == "en" else chosen.labels
            columns[name] = [None if pd.isna(value) else labels[int(value)] for value in series]
    return pd.DataFrame(columns)


def panel_frame(atlas: Atlas, state: PageState, left: Shown, panel: str) -> pd.DataFrame:
    """Return the table of a panel, as the page shows it.

    Raises
    ------
    KeyError
        When the panel has no table.
    """
    match panel:
        case "table":
            told = told_cases(atlas.tables)
            return cases_frame(told[told["id"].isin(set(left.cases["id"]))], state.language)
        case "ties":
            return ties_frame(left.ties, state.language)
        case "networks":
            return networks_frame(left.networks, state.language)
        case "blocs":
            return blocs_frame(atlas, left.blocs, state.language)
        case "indicators":
            return indicators_frame(atlas, state, left)
        case _:
            raise KeyError(panel)


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Write a table as CSV: UTF-8 with the mark by which Excel knows it, no cell a formula."""
    return harmless(frame).to_csv(index=False).encode("utf-8-sig")


def xlsx_bytes(frame: pd.DataFrame) -> bytes:
    """Write a table as a workbook: texts are texts, numbers numbers."""
    output = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with pd.ExcelWriter(output, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        frame.to_excel(writer, index=False, sheet_name="renkei", freeze_panes=(1, 0))
    return output.getvalue()
