"""What is known of a place, line by line: cases, ties, areas, networks, programmes; the evidence one ⓘ away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
import streamlit as st

from layers.cases import case_contents
from layers.evidence import OWN
from layers.networks import COMPLETE, MEMBERSHIPS, STANDINGS
from layers.statements import STATUSES, TOPICS
from renkei.page.case_panel import case_panel
from renkei.page.choices import choose
from renkei.present.case_words import case_word
from renkei.present.fact_frames import theme_names
from renkei.present.markdown import link, plain
from renkei.present.party_names import party_name
from renkei.present.words import japanese_date, word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    import pandas as pd

    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState
    from renkei.present.words import Language

_MOST_NAMED = 12
"""So many members are named in one line."""


def line(main: str, small: str = "", about: str = "") -> None:
    """Draw a line, a smaller one below it, and what it stands on behind an ⓘ."""
    st.markdown(f"{main}  \n:gray[:small[{small}]]" if small else main, help=about or None)


def own_mark(row: pd.Series, language: Language) -> str:
    """Return a badge for what a planner's own file says; "" for what the register holds."""
    return f"　:blue-badge[{word('own_mark', language)}]" if row["tier"] == OWN else ""


def _date(written: str, language: Language) -> str:
    return written if language == "en" else japanese_date(written)


def evidence_line(row: pd.Series, language: Language) -> str:
    """Write the evidence of a case: its document and lines."""
    return plain(f"{word('source', language)}：{row['source']}　{word('evidence', language)}：{row['evidence']}")


def evidence_pages(row: pd.Series, language: Language) -> str:
    """Write the evidence of a tie or bloc: the kind of source, links to its pages, what each source says."""
    pieces = dict.fromkeys(piece.split(" http")[0] for piece in row["evidence"].split("；"))
    lines = plain(f"{word('evidence', language)}：{'；'.join(pieces)}")
    links = "　".join(link(url, urlsplit(url).hostname or url) for url in row["urls"])
    lines += f"　{links}" if links else ""
    if row["stated"]:
        lines += "  \n" + plain(f"{word('stated', language)}：{row['stated']}")
    if row["note"]:
        lines += "  \n" + plain(row["note"])
    if row["changes"]:
        lines += "  \n" + plain(f"{word('corrections', language)}：{row['changes']}")
    return lines


def ties_of(frame: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return the ties that a party takes part in."""
    return frame[frame["from_code"].eq(code) | frame["to_code"].eq(code)]


def where(frame: pd.DataFrame, passes: list[bool]) -> pd.DataFrame:
    """Return the rows that pass; of an empty frame, its columns: an empty list would ask for no column."""
    return frame[np.asarray(passes, dtype=bool)]


def having(frame: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return the rows that a municipality is a member of."""
    return where(frame, [code in members for members in frame["member_codes"]])


def case_heading(atlas: Atlas, row: pd.Series | Mapping[str, Any], language: Language) -> str:
    """Return what a case is called; in English, what it is in a sentence: titles are Japanese."""
    summary = case_contents(atlas.tables)["summary_en"].get(row["id"], "") if language == "en" else ""
    return str(summary or row["title"] or row["organisation"] or row["kind"])


def case_line(atlas: Atlas, row: pd.Series, language: Language) -> None:
    """Draw a case: theme, title, who; all that it says folded."""
    theme = theme_names((row["primary_theme"],), language) if row["primary_theme"] else ""
    if row["tier"] == OWN and not row["themes"]:
        theme = row["kind"]
    head = f"**{plain(theme)}**　{plain(case_heading(atlas, row, language))}{own_mark(row, language)}"
    who = "　".join(plain(part) for part in (row["organisation"], row["role"]) if part)
    year = f"FY{row['fiscal_year']}" if row["fiscal_year"] else ""
    small = "　".join(part for part in (who, plain(_date(year, language))) if part)
    line(head, small, f"{plain(row['kind'])}　{evidence_line(row, language)}")
    with st.expander(case_word("read", language)):
        case_panel(atlas, row["id"], language)


def by_time(frame: pd.DataFrame) -> pd.DataFrame:
    """Return facts in the order of time, those without a date last."""
    return frame.sort_values("since", key=lambda column: column.mask(column.eq(""), "9999"), kind="stable")


def place_buttons(codes: Sequence[str], key: str, language: Language) -> None:
    """Draw places side by side; one is chosen by a press."""
    with st.container(horizontal=True, gap="xxsmall", key=f"places-{key}"):
        for code in codes:
            name = plain(party_name(code, language))
            st.button(name, key=f"{key}-{code}", on_click=choose, kwargs={"code": code}, type="tertiary")


def ties_by_partner(frame: pd.DataFrame, code: str, language: Language) -> None:
    """Draw the ties of a place partner by partner, each partner's in the order of time."""
    others = frame["to_code"].where(frame["from_code"].eq(code), frame["from_code"])
    for partner in dict.fromkeys(others):
        own = frame[others.eq(partner)]
        st.button(
            f"**{plain(party_name(partner, language))}**　{len(own)}　›",
            key=f"tie-{code}-{partner}-{own.index[0]}",
            on_click=choose,
            kwargs={"pair": "-".join(sorted((code, partner)))},
            type="tertiary",
        )
        for _, each in by_time(own).iterrows():
            tie_line(each, language)


def tie_line(row: pd.Series, language: Language) -> None:
    """Draw a tie: what, since when; what says so behind an ⓘ."""
    inferred = "" if row["strength"] == "explicit" else f"（{word('inferred', language)}）"
    since = f"　:gray[{plain(_date(row['since'], language))}]" if row["since"] else ""
    line(f"{plain(row['kind'])}{inferred}{since}{own_mark(row, language)}", "", evidence_pages(row, language))


def _members_line(codes: Sequence[str], language: Language) -> str:
    named = "、".join(party_name(code, language) for code in codes[:_MOST_NAMED])
    more = f" ＋{len(codes) - _MOST_NAMED}" if len(codes) > _MOST_NAMED else ""
    return plain(f"{word('members', language)}（{len(codes)}）：{named}{more}")


def bloc_line(atlas: Atlas, row: pd.Series, state: PageState) -> None:
    """Draw a joint area: its members, and a button that shows it."""
    language = state.language
    programme = atlas.programmes().at[row["programme"], "name_en" if language == "en" else "name"]
    basis = word("listed" if row["membership"] == "listed" else "implied", language)
    about = plain(basis) + "  \n" + evidence_pages(row, language)
    told = f"{plain(programme)}　{plain(_date(row['since'], language))}"
    if state.bloc == row["id"]:  # its card says its name and members
        line(f"{told}{own_mark(row, language)}", "", about)
    else:
        name = f"**{plain(row['name'])}**{own_mark(row, language)}"
        line(name, f"{told}  \n{_members_line(row['member_codes'], language)}", about)
        st.button(word("see_bloc", language), key=f"bloc-{row['id']}", on_click=choose, kwargs={"bloc": row["id"]})


def network_line(row: pd.Series, state: PageState) -> None:
    """Draw a network: its members, and a button that shows it as a star."""
    language = state.language
    number = 1 if language == "en" else 0
    members = (*row["member_codes"], *row["prefecture_members"])
    told = [MEMBERSHIPS[row["membership"]][number], COMPLETE[row["complete"]][number]]
    if row["standing"]:
        told.append(STANDINGS[row["standing"]][number])
    about = plain("、".join(told)) + "  \n" + evidence_pages(row, language)
    head = f"{plain(row['kind'])}　{plain(_date(row['since'], language))}"
    if state.network == row["id"]:  # its card says its name and members
        line(f"{head}{own_mark(row, language)}", "", about)
    else:
        name = f"**{plain(row['name'])}**{own_mark(row, language)}"
        line(name, f"{head}  \n{_members_line(members, language)}", about)
        key = f"network-{row['id']}"
        st.button(word("see_network", language), key=key, on_click=choose, kwargs={"network": row["id"]})


def section(title: str, count: int, nothing: str) -> bool:
    """Draw a heading with how many follow, or that none is recorded."""
    st.markdown(f"##### {plain(title)} {count}")
    if not count:
        st.caption(nothing)
    return bool(count)


def other_ties(atlas: Atlas, code: str, language: Language) -> None:
    """Draw the ties whose partner is unnamed, and the agreements with companies, universities and offices."""
    unnamed = atlas.unnamed_partners()[atlas.unnamed_partners()["code"].eq(code)]
    if len(unnamed):
        section(word("unnamed", language), len(unnamed), "")
    for _, each in unnamed.iterrows():
        line(f"**{plain(each['kind'])}**", evidence_line(each, language))
    others = atlas.agreements()[atlas.agreements()["code"].eq(code)]
    if len(others):
        section(word("agreements", language), len(others), "")
    for _, each in others.iterrows():
        since = _date(each["since"], language)
        head = f"{plain(each['organisation'])}　**{plain(each['kind'])}**　{plain(since)}"
        line(head, evidence_line(each, language))


def programme_lines(atlas: Atlas, code: str, language: Language) -> None:
    """Draw the municipality's part in national programmes and its declarations, and its 二次医療圏."""
    facts = atlas.programme_facts()[atlas.programme_facts()["code"].eq(code)]
    areas = having(atlas.medical_areas(), code)["name"]
    section(word("programme_facts", language), len(facts), word("unknown_programmes", language))
    for _, fact in facts.iterrows():
        about = atlas.indicator(fact["indicator"])
        title = about.title_en if language == "en" else about.title
        when = fact["date"] if language == "en" else japanese_date(fact["date"])
        page = link(fact["url"], urlsplit(fact["url"]).hostname or "") if fact["tier"] != "copy" else ""
        tier = word(f"tier_{fact['tier']}", language)
        small = f"{plain(fact['detail'])}　{plain(word('evidence', language))}：{plain(tier)}　{page}"
        line(f"**{plain(title)}**　{plain(when)}", small)
    st.caption(f"{word('medical', language)}：{plain('・'.join(areas))}　（{plain(word('medical_source', language))}）")


def statement_lines(atlas: Atlas, code: str, language: Language) -> None:
    """Draw what the municipality states of itself in the reports; nothing where it states nothing."""
    own = atlas.statements()[atlas.statements()["code"].eq(code)]
    if len(own):
        section(word("statements", language), len(own), "")
    number = 1 if language == "en" else 0
    for _, each in own.iterrows():
        when = each["date"] if language == "en" else japanese_date(each["date"])
        year = each["target_year"] if language == "en" else japanese_date(each["target_year"])
        amount = f"{int(each['value']):,}{each['unit']}" if each["value"] else ""
        told = "　".join(filter(None, (STATUSES[each["status"]][number], when, year, amount)))
        line(
            f"**{plain(TOPICS[each['topic']][number])}**　{plain(told)}",
            f"{plain(each['detail'])}　{evidence_line(each, language)}",
        )
