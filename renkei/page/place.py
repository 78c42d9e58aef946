"""The panel on the right: what is known of the chosen municipality or tie, each line with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import altair as alt
import streamlit as st

from geo.codes import PREFECTURES, PREFECTURES_EN, prefecture_of, to_code6
from geo.gazetteer import municipalities
from geo.measure import distance_km, party_point
from layers.statements import STATUSES, TOPICS
from layers.tables import per_snapshot
from renkei.analysis.bloc_values import bloc_values, told_of_several
from renkei.analysis.series import series_beside
from renkei.browser.map_state import formatted_values, no_data_word
from renkei.page.choices import choose
from renkei.page.ward_panel import ward_panel
from renkei.present.markdown import link, plain
from renkei.present.party_names import party_name
from renkei.present.words import dated, japanese_date, word

if TYPE_CHECKING:
    import pandas as pd

    from layers.catalog import Indicator
    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState
    from renkei.present.words import Language


def _line(main: str, small: str) -> None:
    st.markdown(f"{main}  \n:gray[:small[{small}]]" if small else main)


def _evidence(row: pd.Series, language: Language) -> str:
    return plain(f"{word('source', language)}：{row['source']}　{word('evidence', language)}：{row['evidence']}")


def _pages(row: pd.Series, language: Language) -> str:
    """Write the evidence of a tie or bloc: the kind of source, links to its pages, what each source says."""
    pieces = dict.fromkeys(piece.split(" http")[0] for piece in row["evidence"].split("；"))
    lines = plain(f"{word('evidence', language)}：{'；'.join(pieces)}")
    links = "　".join(link(url, urlsplit(url).hostname or url) for url in row["urls"])
    lines += f"　{links}" if links else ""
    if row["stated"]:
        lines += "  \n" + plain(f"{word('stated', language)}：{row['stated']}")
    if row["note"]:
        lines += "  \n" + plain(row["note"])
    return lines


def ties_of(frame: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return the ties that a party takes part in."""
    return frame[frame["from_code"].eq(code) | frame["to_code"].eq(code)]


def _having(frame: pd.DataFrame, code: str) -> pd.DataFrame:
    return frame[[code in members for members in frame["member_codes"]]]


@per_snapshot()
def _median(atlas: Atlas, identifier: str, date: str, prefecture: str) -> float:
    series = atlas.values(identifier, date)
    if prefecture:
        series = series[series.index.str.startswith(prefecture)]
    return float(series.median())


def _indicator_lines(atlas: Atlas, code: str, state: PageState) -> None:
    language = state.language
    english = language == "en"
    position = list(municipalities().index).index(code)
    chosen = state.indicator_id
    for each in sorted(_headline_indicators(atlas, chosen), key=lambda item: item.id != chosen):
        date = state.date if each.id == chosen else each.dates[-1]
        text = _value_text(atlas, each, date, position) or no_data_word(each, language)
        title = each.title_en if english else each.title
        when = dated(date, each.flag(date), language)
        small = plain(f"{when}　{word('source', language)}：{each.source}（{each.publisher}）")
        if each.kind == "number" and each.id == chosen:
            prefecture = prefecture_of(code)
            name = PREFECTURES_EN[prefecture] if english else PREFECTURES[prefecture]
            for label, where in (
                (word("compare_prefecture", language, prefecture=name), prefecture),
                (word("compare_country", language), ""),
            ):
                median = f"{_median(atlas, each.id, date, where):,.{each.decimals}f} {each.unit}"
                small += f"  \n{plain(label)} {plain(median)}"
        _line(f"{plain(title)}　**{plain(text)}**", small)
        if each.id == chosen and len(each.dates) > 2:  # noqa: PLR2004 - two dates are no course
            _series_chart(atlas, code, each, language)


def _series_chart(atlas: Atlas, code: str, each: Indicator, language: Language) -> None:
    """Draw the indicator over time beside the prefecture and the country."""
    frame, counted = series_beside(atlas, code, each.id)
    if frame["own"].notna().sum() < 2:  # noqa: PLR2004 - nothing to draw
        return
    prefecture = (PREFECTURES_EN if language == "en" else PREFECTURES)[prefecture_of(code)]
    names = {"own": party_name(code, language)}
    if counted:
        names |= {
            "prefecture": word("series_prefecture", language, prefecture=prefecture),
            "country": word("series_country", language),
        }
    else:
        names |= {
            "prefecture": word("compare_prefecture", language, prefecture=prefecture),
            "country": word("compare_country", language),
        }
    long = (
        frame.rename(columns=names).rename_axis("date").reset_index().melt("date", var_name="who", value_name="value")
    )
    start = frame["own"].first_valid_index() or ""
    title = (
        word("series_index", language, start=str(start)[:4])
        if counted
        else word("series_value", language, unit=each.unit)
    )
    chart = (
        alt.Chart(long.dropna(), title=alt.Title(title, fontSize=12, anchor="start"))
        .mark_line(point=alt.OverlayMarkDef(size=28))
        .encode(
            x=alt.X("date:O", title=None, axis=alt.Axis(labelExpr="slice(datum.label, 0, 4)", labelAngle=0)),
            y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=False)),
            color=alt.Color(
                "who:N",
                sort=list(names.values()),
                scale=alt.Scale(domain=list(names.values()), range=["#0f6b5c", "#d0701e", "#7d8791"]),
                legend=alt.Legend(title=None, orient="bottom", direction="vertical", labelLimit=260),
            ),
            strokeDash=alt.StrokeDash("who:N", sort=list(names.values()), legend=None),
            tooltip=[
                alt.Tooltip("who:N", title=word("name", language)),
                alt.Tooltip("date:O", title=word("date", language)),
                alt.Tooltip("value:Q", title=word("value", language), format=",.1f"),
            ],
        )
    )
    st.altair_chart(chart, width="stretch", height=280)


HEADLINE = (
    "census_population",
    "population_change_2020_2050",
    "fit_solar_kw_per_1000",
    "decarbonization_leading_area",
    "online_rate_32",
    "mynumber_issue_rate",
)
"""Shown for every municipality; the rest of the catalog is one choice away."""


def _headline_indicators(atlas: Atlas, chosen: str) -> list[Indicator]:
    return [each for each in atlas.indicators() if each.id in HEADLINE or each.id == chosen]


def _value_text(atlas: Atlas, each: Indicator, date: str, position: int) -> str | None:
    return _formatted(atlas, each, date)[position]


@per_snapshot()
def _formatted(atlas: Atlas, each: Indicator, date: str) -> list[str | None]:
    return formatted_values(each, atlas.values(each.id, date))


def _case(atlas: Atlas, row: pd.Series, language: Language) -> None:
    head = f"**{plain(row['primary_theme'])}**　{plain(row['title'] or row['organisation'] or row['kind'])}"
    who = "　".join(plain(part) for part in (row["organisation"], row["role"]) if part)
    year = f"FY{row['fiscal_year']}" if row["fiscal_year"] else ""
    when = year if language == "en" else japanese_date(year)
    _line(head + (f"  \n{who}" if who else ""), plain(f"{row['kind']}　{when}　") + _evidence(row, language))
    own = atlas.figures()[atlas.figures()["case_id"].eq(row["id"])]
    if len(own):
        with st.expander(f"{word('figures', language)}（{len(own)}）"):
            st.dataframe(
                own[["label", "value", "unit", "as_of"]],
                hide_index=True,
                width="stretch",
                column_config={
                    "label": word("name", language),
                    "value": word("value", language),
                    "unit": word("unit", language),
                    "as_of": word("as_of", language),
                },
            )


def _tie(row: pd.Series, other: str, language: Language) -> None:
    since = row["since"] if language == "en" else japanese_date(row["since"])
    inferred = "" if row["strength"] == "explicit" else f"（{word('inferred', language)}）"
    partner = f"{plain(party_name(other, language))}　" if other else ""
    _line(f"{partner}**{plain(row['kind'])}**{inferred}　{plain(since)}", _pages(row, language))


def _bloc(atlas: Atlas, row: pd.Series, state: PageState) -> None:
    language = state.language
    members = "、".join(party_name(code, language) for code in row["member_codes"])
    programme = atlas.programmes().at[row["programme"], "name_en" if language == "en" else "name"]
    since = row["since"] if language == "en" else japanese_date(row["since"])
    basis = word("listed" if row["membership"] == "listed" else "implied", language)
    _line(
        f"**{plain(row['name'])}**　:gray[:small[{plain(programme)}　{plain(since)}]]  \n"
        f"{plain(word('members', language))}（{len(row['member_codes'])}）：{plain(members)}",
        plain(basis) + "  \n" + _pages(row, language),
    )
    if state.bloc != row["id"]:
        key = f"bloc-{row['id']}"
        st.button(word("see_bloc", language), key=key, on_click=choose, kwargs={"bloc": row["id"], "fly": True})


def _section(title: str, count: int, nothing: str) -> bool:
    st.markdown(f"##### {plain(title)} {count}")
    if not count:
        st.caption(nothing)
    return bool(count)


def municipality_panel(atlas: Atlas, state: PageState) -> None:
    """Draw everything known of the chosen municipality, whatever the filters leave."""
    code, language = state.code, state.language
    row = municipalities().loc[code]
    st.markdown(f"### {plain(party_name(code, language))}")
    kana = row["kana"] if language == "ja" else row["name"]
    st.caption(f"{kana}　{code}（{to_code6(code)}）　{row['area_km2']:,.2f} km²")
    st.button(word("close", language), on_click=choose, key="close-place")
    own_cases, own_ties, own_blocs = (
        _having(atlas.cases(), code),
        ties_of(atlas.ties(), code),
        _having(atlas.blocs(), code),
    )

    def nothing(key: str) -> str:
        return word("nothing_known", language, what=word(key, language))

    if _section(word("cases", language), len(own_cases), nothing("cases")):
        for _, each in own_cases.iterrows():
            _case(atlas, each, language)
    if _section(word("ties", language), len(own_ties), nothing("ties")):
        for _, each in own_ties.iterrows():
            _tie(each, each["to_code"] if each["from_code"] == code else each["from_code"], language)
    if _section(word("blocs", language), len(own_blocs), nothing("blocs")):
        for _, each in own_blocs.iterrows():
            _bloc(atlas, each, state)
    _other_ties(atlas, code, language)
    if not (len(own_ties) and len(own_blocs)):
        st.caption(word("how_to_add", language))
    _programmes(atlas, code, language)
    _statements(atlas, code, language)
    st.markdown(f"##### {word('indicators', language)}")
    ward_panel(atlas, code, language)
    _indicator_lines(atlas, code, state)


def _other_ties(atlas: Atlas, code: str, language: Language) -> None:
    """Draw the ties whose partner is unnamed, and the agreements with companies, universities and offices."""
    unnamed = atlas.unnamed_partners()[atlas.unnamed_partners()["code"].eq(code)]
    if len(unnamed):
        _section(word("unnamed", language), len(unnamed), "")
    for _, each in unnamed.iterrows():
        _line(f"**{plain(each['kind'])}**", _evidence(each, language))
    others = atlas.agreements()[atlas.agreements()["code"].eq(code)]
    if len(others):
        _section(word("agreements", language), len(others), "")
    for _, each in others.iterrows():
        since = each["since"] if language == "en" else japanese_date(each["since"])
        head = f"{plain(each['organisation'])}　**{plain(each['kind'])}**　{plain(since)}"
        _line(head, _evidence(each, language))


def _programmes(atlas: Atlas, code: str, language: Language) -> None:
    """Draw the municipality's part in national programmes and its declarations, and its 二次医療圏."""
    facts = atlas.programme_facts()[atlas.programme_facts()["code"].eq(code)]
    areas = _having(atlas.medical_areas(), code)["name"]
    _section(word("programme_facts", language), len(facts), word("unknown_programmes", language))
    for _, fact in facts.iterrows():
        about = atlas.indicator(fact["indicator"])
        title = about.title_en if language == "en" else about.title
        when = fact["date"] if language == "en" else japanese_date(fact["date"])
        page = link(fact["url"], urlsplit(fact["url"]).hostname or "") if fact["tier"] != "copy" else ""
        tier = word(f"tier_{fact['tier']}", language)
        small = f"{plain(fact['detail'])}　{plain(word('evidence', language))}：{plain(tier)}　{page}"
        _line(f"**{plain(title)}**　{plain(when)}", small)
    st.caption(f"{word('medical', language)}：{plain('・'.join(areas))}　（{plain(word('medical_source', language))}）")


def _statements(atlas: Atlas, code: str, language: Language) -> None:
    """Draw what the municipality states of itself in the reports; nothing where it states nothing."""
    own = atlas.statements()[atlas.statements()["code"].eq(code)]
    if len(own):
        _section(word("statements", language), len(own), "")
    number = 1 if language == "en" else 0
    for _, each in own.iterrows():
        when = each["date"] if language == "en" else japanese_date(each["date"])
        year = each["target_year"] if language == "en" else japanese_date(each["target_year"])
        amount = f"{int(each['value']):,}{each['unit']}" if each["value"] else ""
        told = "　".join(filter(None, (STATUSES[each["status"]][number], when, year, amount)))
        _line(
            f"**{plain(TOPICS[each['topic']][number])}**　{plain(told)}",
            f"{plain(each['detail'])}　{_evidence(each, language)}",
        )


def pair_panel(atlas: Atlas, state: PageState) -> None:
    """Draw the ties of the chosen pair one by one, with the distance between the two offices."""
    language = state.language
    first, second = state.pair.split("-")
    st.markdown(f"### {plain(party_name(first, language))} – {plain(party_name(second, language))}")
    distance = distance_km(party_point(first), party_point(second))
    st.caption(f"{distance:,.0f} km")
    st.button(word("close", language), on_click=choose, key="close-pair")
    own = ties_of(ties_of(atlas.ties(), first), second)
    for _, each in own.sort_values("since").iterrows():
        _tie(each, "", language)
    for code in (first, second):
        if not code.endswith("000"):
            st.button(party_name(code, language), on_click=choose, args=(code,), key=f"party-{code}")


IN_BLOC = ("projected_population", "population_change_2020_2050", "share_65", "fit_solar_kw_per_1000", "online_rate_32")
"""Told of a chosen bloc as a whole."""


def bloc_panel(atlas: Atlas, state: PageState) -> None:
    """Draw what is known of the chosen bloc: members, evidence, and its indicators as one."""
    language = state.language
    english = language == "en"
    frame = atlas.blocs()
    row = frame[frame["id"].eq(state.bloc)].iloc[0]
    st.markdown(f"### {plain(row['name'])}")
    st.button(word("close", language), on_click=choose, key="close-bloc")
    _bloc(atlas, row, state)
    if row["until"]:
        st.caption(f"{word('until', language)} {japanese_date(row['until'])}")
    st.markdown(f"##### {word('indicators', language)}")
    for each in map(atlas.indicator, dict.fromkeys((state.indicator_id, *IN_BLOC))):
        if not told_of_several(each):
            continue
        date = state.date if each.id == state.indicator_id else each.dates[-1]
        told = formatted_values(each, bloc_values(atlas, str(row["layer"]), each.id, date).loc[[state.bloc]])[0]
        when = dated(date, each.flag(date), language)
        small = plain(f"{when}　{word('source', language)}：{each.source}（{each.publisher}）")
        title = each.title_en if english else each.title
        _line(f"{plain(title)}　**{plain(told or word('no_data', language))}**", small)
    st.caption(word("unit_help", language))
    st.markdown(f"##### {word('members', language)}")
    for code in row["member_codes"]:
        st.button(party_name(code, language), on_click=choose, args=(code,), kwargs={"fly": True}, key=f"member-{code}")
