"""The panel: drop files, look at what became of each row, show them on the map, save the project."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

import pandas as pd
import streamlit as st

from layers.evidence import OWN
from renkei.exchange.own_files import project_of, table_csv, table_of
from renkei.exchange.own_kinds import KIND_NAMES
from renkei.exchange.own_table import OUTCOME_NAMES, SHOWN
from renkei.exchange.project_file import SUFFIX, write_project
from renkei.own_indicators import PREFIX
from renkei.own_rows import own_id
from renkei.page.choices import ask, take_view
from renkei.page.own.columns import columns_view
from renkei.page.own.open_rows import open_rows
from renkei.page.own.session import LARGEST_MB, MOST_MB, OwnFile, OwnFiles, own_files, take_files, today
from renkei.present.markdown import plain
from renkei.present.words import word

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.exchange.own_kinds import OwnKind
    from renkei.exchange.own_table import OwnTable
    from renkei.present.page_state import PageState
    from renkei.present.words import Language

TYPES = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods", "geojson", "gpkg", "json"]
MOSTLY = 0.6
"""Share of a file's facts that a municipality must have a part in to be what the file is about."""
_MOST_BUTTONS = 12


def own_view(atlas: Atlas, state: PageState) -> None:
    """Draw the panel."""
    language = state.language
    own = own_files()
    _take_view(atlas, own)
    st.caption(plain(word("own_lead", language)))
    # Its key changes with every drop: what was dropped is in the list below, not in the uploader.
    key = f"own-upload-{own.count}-{len(own.problems)}"
    st.file_uploader(
        word("own_file", language, each=LARGEST_MB, all=MOST_MB),
        type=TYPES,
        accept_multiple_files=True,
        key=key,
        max_upload_size=LARGEST_MB,
        on_change=_take,
        args=(key,),
    )
    for problem in own.problems:
        st.warning(plain(problem))
    if own.taken_out is not None:
        label = word("own_put_back", language, name=own.taken_out.source.name)
        st.button(plain(label), key="own-put-back", on_click=own.put_back)
    if not own.files:
        st.info(plain(word("own_nothing", language)))
        return
    for each in reversed(own.files):
        _file(own, each, state)
    _save(atlas, own, state)


def _take(key: str) -> None:
    given = st.session_state.get(key) or []
    take_files((each.name, each.getvalue()) for each in given)


def _take_view(atlas: Atlas, own: OwnFiles) -> None:
    """Show what an opened project showed, now that its own data are there."""
    if own.view:
        view, own.view = own.view, {}
        take_view(atlas, view)
        st.rerun()


def _file(own: OwnFiles, each: OwnFile, state: PageState) -> None:
    language = state.language
    with st.container(border=True):
        head, kind, out = st.columns([5, 3, 1.2], vertical_alignment="bottom")
        head.markdown(f"**{plain(each.source.name)}**  \n{_counts(each, language)}")
        _kind(kind, own, each, language)
        out.button(
            word("own_remove", language), key=f"own-remove-{each.number}", on_click=own.remove, args=(each.number,)
        )
        for note in each.source.notes:
            st.caption(plain(note))
        if each.problem:
            st.warning(plain(each.problem))
        if each.table is not None:
            _show(each, each.table, state)
        with st.expander(word("own_columns", language), expanded=each.table is None):
            columns_view(own, each, language)
        if each.table is not None:
            open_rows(own, each, each.table, language)


def _counts(each: OwnFile, language: Language) -> str:
    if each.table is None:
        return plain(word("own_rows", language, n=len(each.source.sheet.rows)))
    at = 1 if language == "en" else 0
    counted = each.table.counts()
    told = "　".join(f"{OUTCOME_NAMES[key][at]} **{count:,}**" for key, count in counted.items())
    return f"{plain(word('own_rows', language, n=len(each.table.rows)))}　{told}"


def _kind(place: st.delta_generator.DeltaGenerator, own: OwnFiles, each: OwnFile, language: Language) -> None:
    at = 1 if language == "en" else 0
    kinds: list[OwnKind] = list(KIND_NAMES)
    key = f"own-kind-{each.number}"
    place.selectbox(
        word("own_kind", language),
        [str(kind) for kind in kinds],
        index=kinds.index(each.kind or "indicator"),
        key=key,
        format_func=lambda kind: KIND_NAMES[cast("OwnKind", kind)][at],
        on_change=_take_kind,
        args=(own, each, key),
    )


def _take_kind(own: OwnFiles, each: OwnFile, key: str) -> None:
    each.kind = cast("OwnKind", st.session_state[key])
    each.read()
    own.changed()


def _show(each: OwnFile, table: OwnTable, state: PageState) -> None:
    """Draw the buttons that bring what was read onto the map."""
    language = state.language
    if table.facts:
        first, second, _ = st.columns([2, 2, 3])
        for place, key, name, style in (
            (first, "own-show", word("own_show_facts", language, n=f"{len(table.facts):,}"), "primary"),
            (second, "own-only", word("own_show_only", language), "secondary"),
        ):
            place.button(
                name,
                key=f"{key}-{each.number}",
                type=style,  # type: ignore[arg-type]
                on_click=_show_facts,
                args=(each, table, state),
                kwargs={"alone": key == "own-only"},
            )
    elif table.indicators:
        _paint(each, table, state)
    else:
        st.info(plain(word("own_no_figures" if table.kind == "indicator" else "own_no_facts", language)))
    _unread(table, language)


def _show_facts(each: OwnFile, table: OwnTable, state: PageState, *, alone: bool) -> None:
    """Show a file's facts: their layer on, no filter that hides them, and what they are about chosen."""
    layer = table.facts[0].table
    filters = type(state.filters)(programmes=(f"{OWN}-{each.number}",) if alone else ())
    layers = state.layers if layer in state.layers else (layer, *state.layers)
    chosen = {"code": "", "pair": "", "bloc": "", "network": ""} | _subject(each.number, table)
    ask(fly=True, filters=filters, layers=layers, **chosen)


def _subject(number: int, table: OwnTable) -> dict[str, str]:
    """Return what a file is about, to be chosen: its one group, the party of most ties, the one place of all cases."""
    facts = table.facts
    kind = facts[0].table
    if kind == "networks" or (kind == "blocs" and len(facts) == 1):
        return {kind.removesuffix("s"): own_id(number, facts[0])}
    codes = Counter(code for fact in facts for code in fact.codes)
    code, times = codes.most_common(1)[0]
    if kind == "ties":
        return {"code": code} if times >= MOSTLY * len(facts) and not code.endswith("000") else {}
    prefectures = {each[:2] for each in codes}
    if kind == "blocs" or len(prefectures) > 1:
        return {}
    return {"code": code if len(codes) == 1 else f"{code[:2]}000"}


def _paint(each: OwnFile, table: OwnTable, state: PageState) -> None:
    language = state.language
    columns = st.columns(min(len(table.indicators), 4))
    for at, found in enumerate(table.indicators[:_MOST_BUTTONS], 1):
        identifier = f"{PREFIX}{each.number}_{at}"
        unit = f"（{found.unit}）" if found.unit else ""
        columns[(at - 1) % len(columns)].button(
            f"{plain(found.title)}{plain(unit)}　{word('own_paint', language)}",
            key=f"own-paint-{each.number}-{at}",
            type="primary" if state.indicator_id != identifier else "secondary",
            on_click=ask,
            kwargs={"indicator_id": identifier, "date": today(), "base": "", "scheme": "auto", "breaks": ()},
        )


def _unread(table: OwnTable, language: Language) -> None:
    cells = [*table.unread, *(cell for each in table.indicators for cell in each.unread)]
    if cells:
        said = "、".join(f"{row}行「{cell[:12]}」" for row, cell, _ in cells[:5])
        key = "own_unread" if table.kind == "indicator" else "own_unread_cells"
        st.caption(plain(word(key, language, n=len(cells), cells=said)))


def _save(atlas: Atlas, own: OwnFiles, state: PageState) -> None:
    language = state.language
    read = [each for each in own.files if each.table is not None]
    if not read:
        return
    left = [row for each in read if each.table for row in each.table.rows if row.outcome not in SHOWN]

    first, second = st.columns(2)
    if left:
        first.download_button(
            word("own_fix_list", language),
            data=lambda: table_csv(_fix_list(read)),
            file_name="renkei-fix-list.csv",
            mime="text/csv",
            key="own-fix-list",
            on_click="ignore",
        )
    stem = read[0].source.name.rsplit(".", 1)[0] if len(read) == 1 else "renkei"
    second.download_button(
        word("own_save", language),
        data=lambda: saved_project(atlas, own, state),
        file_name=f"{stem}{SUFFIX}",
        mime="application/json",
        key="own-save",
        on_click="ignore",
    )


def saved_project(atlas: Atlas, own: OwnFiles, state: PageState) -> bytes:
    """Return the project file of what is shown: the view, the own files, what was decided, the data's editions."""
    view = {key: tuple(values) for key, values in state.to_query(atlas).items()}
    tables = [table_of(each.source, each.table, each.decisions) for each in own.files if each.table]
    return write_project(project_of(tables, atlas.status(), today(), view))


def _fix_list(read: list[OwnFile]) -> pd.DataFrame:
    lists = []
    for each in read:
        if each.table is not None:
            frame = each.table.fix_list()
            frame.insert(0, "ファイル", each.source.name)
            lists.append(frame)
    return pd.concat(lists, ignore_index=True)
