"""A planner's own table: dropped, previewed row by row, painted; kept in the session and on the planner's disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

import pandas as pd
import streamlit as st

from geo.errors import RenkeiError
from geo.gazetteer import display_name
from renkei.exchange.column_roles import ROLE_NAMES
from renkei.exchange.own_files import project_of, table_csv
from renkei.exchange.own_table import OUTCOME_NAMES, SHOWN, OwnTable, preview_table
from renkei.exchange.project_file import SUFFIX, read_project, write_project
from renkei.exchange.sheets import Sheet, read_sheet
from renkei.own_indicators import OwnAtlas, own_indicator
from renkei.page.choices import ask
from renkei.present.markdown import plain
from renkei.present.words import word

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.exchange.column_roles import Role
    from renkei.present.page_state import PageState
    from renkei.present.words import Language

_KEY = "renkei-own"
LARGEST_MB = 10
MOST_OPEN = 50
"""So many rows that are left to decide are shown with a choice."""
_SAMPLE_ROWS = 200


@dataclass
class OwnFile:
    """What a session holds of its own: the sheet, the roles and decisions of the person, and the atlas made of it."""

    name: str
    sheet: Sheet
    roles: tuple[Role, ...] | None = None
    decisions: dict[int, str] = field(default_factory=dict)
    table: OwnTable | None = None
    atlas: OwnAtlas | None = None


def session_atlas(shared: Atlas) -> Atlas:
    """Return the atlas of this session: everybody's, and with it the own indicators where there are any."""
    own = cast("OwnFile | None", st.session_state.get(_KEY))
    if own is None or own.table is None or not own.table.indicators:
        return shared
    if own.atlas is None or own.atlas.tables is not shared.tables:
        day = _today()
        made = [own_indicator(n, each, own.name, day) for n, each in enumerate(own.table.indicators, 1)]
        own.atlas = OwnAtlas(shared, made)
    return own.atlas


def own_view(atlas: Atlas, state: PageState) -> None:
    """Draw the panel: the file, what became of each row, the figures that can be painted, the project file."""
    language = state.language
    st.caption(plain(word("own_lead", language)))
    given = st.file_uploader(
        word("own_file", language),
        type=["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "json"],
        key="own-upload",
        max_upload_size=LARGEST_MB,
        on_change=_take_file,
    )
    if problem := st.session_state.get(f"{_KEY}-problem"):
        st.warning(plain(problem))
    own = cast("OwnFile | None", st.session_state.get(_KEY))
    if own is None:
        if given is None:
            st.info(plain(word("own_nothing", language)))
        return
    _preview(own)
    table = own.table
    if table is None:
        _roles(own, language)
        return
    _counts(table, language)
    _paint(session_atlas(atlas), table, state)
    with st.expander(word("own_columns", language)):
        _roles(own, language)
    _open_rows(own, table, language)
    _outputs(atlas, own, table, state)


def _take_file() -> None:
    """Read the file that was dropped; keep what was there when it cannot be read."""
    session = st.session_state
    given = session.get("own-upload")
    session[f"{_KEY}-problem"] = ""
    if given is None:
        session.pop(_KEY, None)
        return
    try:
        content = given.getvalue()
        if given.name.lower().endswith(".json"):
            (table, *_) = read_project(content, given.name).tables or (None,)
            if table is None:
                session[f"{_KEY}-problem"] = f"{given.name} に自分の表はありません。"
                return
            sheet = Sheet(table.header, [(number, list(cells)) for number, cells in table.rows], (), 0, "", "")
            session[_KEY] = OwnFile(table.name, sheet, table.roles, dict(table.decisions))
        else:
            session[_KEY] = OwnFile(given.name, read_sheet(content, given.name))
    except RenkeiError as error:
        session.pop(_KEY, None)
        session[f"{_KEY}-problem"] = str(error)


def _preview(own: OwnFile) -> None:
    if own.table is not None:
        return
    try:
        own.table = preview_table(own.sheet.header, own.sheet.rows, roles=own.roles, decisions=own.decisions)
        own.roles = own.table.roles
    except RenkeiError as error:
        st.warning(plain(error))


def _changed(own: OwnFile) -> None:
    own.table = own.atlas = None


def _counts(table: OwnTable, language: Language) -> None:
    at = 1 if language == "en" else 0
    told = "　".join(f"{OUTCOME_NAMES[key][at]} **{count:,}**" for key, count in table.counts().items())
    st.markdown(f"{plain(word('own_rows', language, n=len(table.rows)))}　{told}")


def _paint(atlas: Atlas, table: OwnTable, state: PageState) -> None:
    language = state.language
    if not table.indicators:
        st.info(plain(word("own_no_figures", language)))
        return
    columns = st.columns(min(len(table.indicators), 4))
    for number, each in enumerate(table.indicators, 1):
        known = atlas.indicator(f"own_{number}")
        column = columns[(number - 1) % len(columns)]
        unit = f"（{each.unit}）" if each.unit else ""
        column.button(
            f"{plain(each.title)}{plain(unit)}　{word('own_paint', language)}",
            key=f"own-paint-{number}",
            type="primary" if state.indicator_id != known.id else "secondary",
            on_click=ask,
            kwargs={"indicator_id": known.id, "date": known.dates[-1], "scheme": "auto", "breaks": ()},
        )
        if each.unread:
            cells = "、".join(f"{row}行「{cell[:12]}」" for row, cell, _ in each.unread[:5])
            column.caption(plain(word("own_unread", language, n=len(each.unread), cells=cells)))


def _roles(own: OwnFile, language: Language) -> None:
    at = 1 if language == "en" else 0
    roles: list[Role] = list(ROLE_NAMES)
    plain_text: Role = "text"
    current: tuple[Role, ...] = own.roles or (plain_text,) * len(own.sheet.header)
    sample = {
        heading or f"{n}": [cells[n] for _, cells in own.sheet.rows[:3]] for n, heading in enumerate(own.sheet.header)
    }
    for number, (heading, role) in enumerate(zip(own.sheet.header, current, strict=True)):
        label = f"{heading or number + 1}（{'、'.join(cell[:12] for cell in sample[heading or f'{number}'] if cell)}）"
        key = f"own-role-{own.name}-{number}"
        st.selectbox(
            plain(label),
            [str(each) for each in roles],
            index=roles.index(role),
            key=key,
            format_func=lambda each: ROLE_NAMES[cast("Role", each)][at],
            on_change=_take_role,
            args=(own, current, number, key),
        )


def _take_role(own: OwnFile, current: tuple[Role, ...], number: int, key: str) -> None:
    own.roles = (*current[:number], cast("Role", st.session_state[key]), *current[number + 1 :])
    _changed(own)


def _take_decision(own: OwnFile, row: int, key: str) -> None:
    if code := str(st.session_state[key]):
        own.decisions[row] = code
        _changed(own)


def _open_rows(own: OwnFile, table: OwnTable, language: Language) -> None:
    """Show the rows that are not on the map; where candidates are known, let the person choose."""
    left = [row for row in table.rows if row.outcome not in SHOWN]
    if not left:
        return
    at = 1 if language == "en" else 0
    st.markdown(f"**{plain(word('own_open', language, n=len(left)))}**")
    for row in left[:MOST_OPEN]:
        if not row.candidates:
            continue
        key = f"own-choice-{own.name}-{row.number}"
        st.selectbox(
            plain(f"{row.number}　{row.written[:60]}　{row.reason}"),
            ["", *row.candidates],
            key=key,
            format_func=lambda code: display_name(code) if code else word("own_choose", language),
            on_change=_take_decision,
            args=(own, row.number, key),
        )
    shown = [(str(row.number), row.written, OUTCOME_NAMES[row.outcome][at], row.reason) for row in left[:_SAMPLE_ROWS]]
    heads = [word(f"own_{key}", language) for key in ("row", "written", "outcome", "reason")]
    st.dataframe(pd.DataFrame(shown, columns=heads), hide_index=True, width="stretch")


def _outputs(atlas: Atlas, own: OwnFile, table: OwnTable, state: PageState) -> None:
    language = state.language
    first, second = st.columns(2)
    first.download_button(
        word("own_fix_list", language),
        data=lambda: table_csv(table.fix_list()),
        file_name="renkei-fix-list.csv",
        mime="text/csv",
        key="own-fix-list",
        on_click="ignore",
    )

    def project() -> bytes:
        view = {key: tuple(values) for key, values in state.to_query(atlas).items()}
        made = project_of(own.name, own.sheet, table, atlas.status(), _today(), view=view, decisions=own.decisions)
        return write_project(made)

    second.download_button(
        word("own_save", language),
        data=project,
        file_name=f"{own.name.rsplit('.', 1)[0]}{SUFFIX}",
        mime="application/json",
        key="own-save",
        on_click="ignore",
    )


def _today() -> str:
    return datetime.now(UTC).astimezone().date().isoformat()
