"""The card of an area that someone put together: what it is as one, what would change, and files of it."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo.boundaries import adjacency
from geo.codes import PREFECTURES_EN
from geo.gazetteer import municipalities
from layers.tables import per_snapshot
from layers.themes import THEMES
from renkei.analysis.bloc import bloc, compare
from renkei.analysis.contiguity import MOST_PARTS
from renkei.page.choices import choose
from renkei.page.data_table import data_table
from renkei.page.place_facts import line, section, tie_line
from renkei.page.pyramid import draw_pyramid
from renkei.present.area_codes import MOST_MEMBERS, read_area, written_area
from renkei.present.indicator_classes import formatted_values, title_of
from renkei.present.markdown import plain
from renkei.present.party_names import area_name, party_name
from renkei.present.words import dated, word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import altair as alt

    from renkei.analysis.bloc import Bloc, Crossed
    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState
    from renkei.present.words import Language

TABS = ("about", "figures", "ties", "themes", "what_if", "members", "files")
BIG = (
    ("register_population", "population"),
    ("population_change_2020_2050", "change_to_2050"),
    ("share_65", "share_65"),
)
"""Indicator and word of the three figures that are drawn large."""
MOST_LISTED = 12
FILES = (
    ("area-all.xlsx", "area_xlsx"),
    ("area-municipalities.csv", "area_csv"),
    ("area-all.gpkg", "area_gpkg"),
    ("area-municipalities.geojson", "area_geojson"),
    ("area.geojson", "area_outline"),
)
"""Name of an output and the word for it."""
TOLD = (
    "members",
    "area_km2",
    "components",
    "population_2020",
    "population_2025",
    "population_2050",
    "population_change_2020_2050",
    "share_65",
    "themes",
    "ties_inside",
    "ties_outward",
    "local_tax_per_resident",
)
"""Rows of the comparison that come first; after them all that differ."""


@per_snapshot(maxsize=64)
def bloc_of(atlas: Atlas, codes: tuple[str, ...]) -> Bloc:
    """Return what several municipalities are together; kept, since every press on the card asks for it."""
    return bloc(atlas, codes)


def area_card(atlas: Atlas, state: PageState, close: Callable[[str, str], None]) -> None:
    """Draw the card of the chosen area.

    Parameters
    ----------
    atlas, state
        The tables; the choices, an area among them.
    close
        Draws title, button to close, and a smaller line.
    """
    language = state.language
    found = bloc_of(atlas, read_area(state.area))
    prefectures = found.prefectures if language == "ja" else [PREFECTURES_EN[each] for each in _prefectures(found)]
    close(
        area_name(found.members, language),
        f"{word('municipalities', language)} {len(found.members)}　{'・'.join(prefectures)}　{found.area_km2:,.2f} km²",
    )
    st.html(
        f'<button type="button" class="rk-edge" data-area-open="1">{escape(word("area_change", language))}</button>'
    )
    tab = str(
        st.segmented_control(
            word("card_tabs", language),
            TABS,
            key="area-tab",
            default="about",
            label_visibility="collapsed",
            required=True,
            format_func=lambda each: word(f"area_tab_{each}", language),
        )
        or "about"
    )
    draw: dict[str, Callable[[], None]] = {
        "about": lambda: _about(atlas, found, language),
        "figures": lambda: _figures(atlas, found, state),
        "ties": lambda: _ties(atlas, found, language),
        "themes": lambda: _themes(found, language),
        "what_if": lambda: _what_if(atlas, found, state),
        "members": lambda: _members(found, language),
        "files": lambda: _files(language),
    }
    draw[tab]()


def _prefectures(found: Bloc) -> list[str]:
    return sorted({code[:2] for code in found.members})


def _written(atlas: Atlas, found: Bloc, identifier: str, language: Language) -> str:
    """Write a figure of the whole; the word for no data where a member has none."""
    figure = found.indicators.get(identifier)
    if figure is None or figure.value is None:
        return word("no_data", language)
    return formatted_values(atlas.indicator(identifier), pd.Series([figure.value]), language)[0] or ""


def _about(atlas: Atlas, found: Bloc, language: Language) -> None:
    st.html(
        '<div class="rk-big">'
        + "".join(
            f"<span><b>{escape(_written(atlas, found, identifier, language))}</b>{escape(word(key, language))}</span>"
            for identifier, key in BIG
            if identifier in found.indicators
        )
        + "</div>"
    )
    _population(found, language)
    draw_pyramid(found.age_groups, language)
    line(f"**{plain(word('area_together_title', language))}**　{plain(_contiguity(found, language))}")
    for crossed, key in ((found.medical_areas, "medical"), (found.other_blocs, "area_other_blocs")):
        line(f"**{plain(word(key, language))}** {len(crossed)}", plain(_crossed(crossed, language)))
    names = party_name(found.centre, language)
    farthest = max(found.to_centre_km, key=lambda code: found.to_centre_km[code])
    if len(found.members) > 1:
        line(
            f"**{plain(word('area_centre', language))}**　{plain(names)}",
            plain(
                word(
                    "area_farthest",
                    language,
                    name=party_name(farthest, language),
                    km=f"{found.to_centre_km[farthest]:g}",
                )
            ),
        )


def _population(found: Bloc, language: Language) -> None:
    """Draw the people from census to projection as one line; what no member lacks."""
    import altair as alt  # noqa: PLC0415 - seconds to import, for a chart

    known = {year: people for year, people in found.population.items() if people is not None}
    if not known:
        st.caption(word("area_no_population", language))
        return
    status = {year: word("area_projected" if year > "2025" else "area_census", language) for year in known}
    frame = pd.DataFrame({"year": list(known), "people": list(known.values()), "status": list(status.values())})
    chart = (
        alt.Chart(frame, title=alt.Title(word("area_population", language), fontSize=12, anchor="start"))
        .mark_line(point=alt.OverlayMarkDef(size=28), color="#0f6b5c")
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("people:Q", title=None, axis=_people_axis(max(known.values()), language)),
            tooltip=[
                alt.Tooltip("year:O", title=word("date", language)),
                alt.Tooltip("people:Q", title=word("population", language), format=","),
                alt.Tooltip("status:N", title=word("area_status", language)),
            ],
        )
    )
    st.altair_chart(chart, width="stretch", height=170)
    st.caption(word("area_population_note", language))


MAN = 10_000


def _people_axis(most: int, language: Language) -> alt.Axis:
    """Return an axis of people: in 万 where that is how one says it."""
    import altair as alt  # noqa: PLC0415 - seconds to import, for a chart

    if language == "ja" and most >= 5 * MAN:
        return alt.Axis(labelExpr=f"datum.value ? format(datum.value / {MAN}, ',') + '万' : '0'", tickCount=4)
    return alt.Axis(format=",d", tickCount=4)


def _contiguity(found: Bloc, language: Language) -> str:
    if found.contiguous:
        return word("area_one_part", language)
    told = word("area_parts", language, n=len(found.components))
    if len(found.components) > MOST_PARTS:
        return told
    if found.connectors is None:
        return told + word("area_no_land", language)
    return told + word("area_connectors", language, names=_named(found.connectors, language))


def _named(codes: Sequence[str], language: Language) -> str:
    return ("、" if language == "ja" else ", ").join(party_name(code, language) for code in codes)


def _crossed(areas: Sequence[Crossed], language: Language) -> str:
    told = [
        word("area_crossed", language, name=each.name, inside=each.inside, outside=each.outside)
        for each in areas[:MOST_LISTED]
    ]
    return ("、" if language == "ja" else ", ").join(told) + (
        f" ＋{len(areas) - MOST_LISTED}" if len(areas) > MOST_LISTED else ""
    )


def _figures(atlas: Atlas, found: Bloc, state: PageState) -> None:
    """Draw the figures of a group of indicators: the whole, and the members' least and greatest."""
    language = state.language
    groups = {each.id: each for each in atlas.indicator_groups()}
    listed = [atlas.indicator(each) for each in found.indicators]
    known = [each for each in groups if any(one.group == each for one in listed)]
    painted = atlas.indicator(state.indicator_id).group
    group = st.selectbox(
        word("group", language),
        known,
        index=known.index(painted) if painted in known else 0,
        key="area-group",
        format_func=lambda each: groups[each].title_en if language == "en" else groups[each].title,
    )
    for each in listed:
        if each.group != group:
            continue
        figure = found.indicators[each.id]
        about = plain(f"{word('source', language)}：{each.source}（{each.publisher}）　{each.definition}")
        small = plain(dated(figure.date, each.flag(figure.date), language))
        if span := found.spread.get(each.id):
            low, high = (formatted_values(each, pd.Series([one]), language)[0] for one in (span.least, span.greatest))
            names = [party_name(code, language) for code in (span.least_code, span.greatest_code)]
            small += plain(f"　{word('area_spread', language)}：{low}（{names[0]}） – {high}（{names[1]}）")
        value = _written(atlas, found, each.id, language)
        line(f"{plain(title_of(each, language))}　**{plain(value)}**", small, about)
    st.caption(word("area_rule", language))


def _ties(atlas: Atlas, found: Bloc, language: Language) -> None:
    frame = atlas.ties()
    members = set(found.members)
    for ids, key in ((found.ties_inside, "area_ties_inside"), (found.ties_outward, "area_ties_outward")):
        if not section(word(key, language), len(ids), word("area_no_ties", language)):
            continue
        for identifier in ids[:MOST_LISTED]:
            row = frame[frame["id"].eq(identifier)].iloc[0]
            ends = [str(row["from_code"]), str(row["to_code"])]
            own = [code for code in ends if code in members]
            other = [code for code in ends if code not in members]
            st.markdown(f":gray[:small[{plain(' – '.join(party_name(code, language) for code in own + other))}]]")
            tie_line(row, language)
        if len(ids) > MOST_LISTED:
            st.caption(word("area_more_in_files", language, n=len(ids) - MOST_LISTED))


def _themes(found: Bloc, language: Language) -> None:
    names = {each.name: each.name_en if language == "en" else each.name for each in THEMES}
    for themes, key in ((found.themes, "area_themes"), (found.missing_themes, "area_missing_themes")):
        st.markdown(f"##### {plain(word(key, language))} {len(themes)}")
        st.markdown(plain("、".join(names[each] for each in themes) or word("none", language)))
    st.caption(word("area_missing_note", language))


def _neighbours(members: set[str]) -> list[str]:
    pairs = adjacency()
    beside = pairs.loc[pairs["code"].isin(members), "neighbour"]
    return sorted(set(beside) - members)


def _what_if(atlas: Atlas, found: Bloc, state: PageState) -> None:
    """Draw the area as it is beside what it would be when some join and some leave."""
    language = state.language
    members = set(found.members)
    near = _neighbours(members)
    others = [*near, *(code for code in municipalities().index if code not in members and code not in set(near))]
    joining = st.multiselect(
        word("area_joining", language),
        others,
        key=f"joining-{state.area}",
        placeholder=word("area_joining_example", language),
        format_func=lambda code: party_name(code, language),
    )
    leaving = st.multiselect(
        word("area_leaving", language),
        found.members,
        key=f"leaving-{state.area}",
        placeholder=word("area_leaving_example", language),
        format_func=lambda code: party_name(code, language),
    )
    then = tuple(sorted((members | set(joining)) - set(leaving)))
    if not joining and not leaving:
        st.caption(word("area_what_if_lead", language))
        return
    if not then or len(then) > MOST_MEMBERS:
        st.warning(word("area_what_if_empty", language) if not then else _too_many(len(then), language))
        return
    other = bloc_of(atlas, then)
    table = _beside(atlas, found, other, language)
    st.html(_small_table(table.head(MOST_LISTED)))
    with st.expander(word("area_all_measures", language, n=len(table))):
        data_table(table)
    told = (("area_now", found), ("area_then", other))
    for key, one in told:
        line(f"**{plain(word(key, language))}**　{plain(_contiguity(one, language))}")
    gained = [each for each in other.themes if each not in found.themes]
    lost = [each for each in found.themes if each not in other.themes]
    names = {each.name: each.name_en if language == "en" else each.name for each in THEMES}
    for themes, key in ((gained, "area_gained"), (lost, "area_lost")):
        if themes:
            line(f"**{plain(word(key, language))}**　{plain('、'.join(names[each] for each in themes))}")
    st.button(
        word("area_take", language),
        key=f"take-{written_area(then)}",
        on_click=choose,
        kwargs={"area": written_area(then)},
    )


def _small_table(frame: pd.DataFrame) -> str:
    """Return a table that fits the card, for eyes and screen readers."""
    head = "".join(f'<th scope="col">{escape(str(each))}</th>' for each in frame.columns)
    body = "".join(
        "<tr>"
        + "".join(
            f'<th scope="row">{escape(str(cell))}</th>' if not at else f"<td>{escape(str(cell))}</td>"
            for at, cell in enumerate(row)
        )
        + "</tr>"
        for row in frame.itertuples(index=False)
    )
    return f'<table class="rk-figures"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _too_many(count: int, language: Language) -> str:
    return word("area_too_many", language, n=count, most=MOST_MEMBERS)


def _beside(atlas: Atlas, found: Bloc, other: Bloc, language: Language) -> pd.DataFrame:
    """Return the comparison as it is read: what differs, the telling measures first, numbers written."""
    table = compare(atlas, found, other)
    order = [each for each in TOLD if each in table.index]
    changed = table.index[table["difference"].ne(0) & table["difference"].notna()]
    table = table.loc[[*order, *(each for each in changed if each not in order)]]

    def number(measure: str, value: float, sign: str = "") -> str:
        if math.isnan(value):
            return word("no_data", language)
        decimals = atlas.indicator(measure).decimals if measure in found.indicators else 0 if value == int(value) else 2
        return f"{value:{sign},.{decimals}f}"

    def numbers(column: str, sign: str = "") -> list[str]:
        return [number(str(each), value, sign) for each, value in table[column].items()]

    titles = [
        title_of(atlas.indicator(each), language) if each in found.indicators else _measure(each, title, language)
        for each, title in zip(table.index, table["title"], strict=True)
    ]
    units = [f"（{unit}）" if unit else "" for unit in table["unit"]]
    return pd.DataFrame(
        {
            word("area_measure", language): [title + unit for title, unit in zip(titles, units, strict=True)],
            word("area_now", language): numbers("one"),
            word("area_then", language): numbers("other"),
            word("area_difference", language): numbers("difference", "+"),
        }
    )


_MEASURES = {
    "members": "Members",
    "area_km2": "Area",
    "components": "Parts",
    "compactness": "Compactness (circle 1)",
    "themes": "Themes",
    "ties_inside": "Ties inside",
    "ties_outward": "Ties outward",
}


def _measure(identifier: str, title: str, language: Language) -> str:
    if language == "ja":
        return title
    return _MEASURES.get(identifier, identifier.replace("population_", "Population "))


def _members(found: Bloc, language: Language) -> None:
    st.caption(word("area_members_note", language))
    for code in found.members:
        away = "" if code == found.centre else f"　:gray[:small[{found.to_centre_km[code]:g} km]]"
        st.button(
            plain(party_name(code, language)) + away,
            key=f"area-member-{code}",
            on_click=choose,
            kwargs={"code": code},
            type="tertiary",
        )


def _files(language: Language) -> None:
    st.caption(word("area_files_note", language))
    st.html(
        '<div class="rk-share-group">'
        + "".join(
            f'<button type="button" class="rk-act" data-output="{name}">{escape(word(key, language))}</button>'
            for name, key in FILES
        )
        + "</div>"
    )
