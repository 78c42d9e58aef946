"""What a session holds of its own: files with what was decided about them, and the atlas made of them.

Nothing is written to disk. The browser asks for facts, figures and exports at an address that only this session knows.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast
from weakref import WeakValueDictionary

import streamlit as st

from geo.errors import RenkeiError, UnsafeFileError
from renkei.browser.addresses import snapshot_name
from renkei.exchange.official_lists import read_any
from renkei.exchange.own_files import OwnSource, preview, source_of
from renkei.exchange.project_file import SUFFIX, read_project
from renkei.own_atlas import OwnAtlas, OwnPart, own_atlas

if TYPE_CHECKING:
    from collections.abc import Iterable

    from renkei.atlas import Atlas
    from renkei.exchange.column_roles import Role
    from renkei.exchange.own_kinds import OwnKind
    from renkei.exchange.own_table import OwnTable

KEY = "renkei-own"
LARGEST_MB = 10
MOST_MB = 60
"""Of all files of a session together."""
MOST_FILES = 20
OWN_GONE = "自分のデータのあるページは閉じられました。ページでファイルを開き直してください。"

_ATLASES: WeakValueDictionary[str, OwnAtlas] = WeakValueDictionary()
"""Name in addresses to a session's atlas; it goes with its session."""


@dataclass
class OwnFile:
    """A file of a session: what it holds, what the person said of it, and what became of it."""

    number: int
    source: OwnSource
    digest: str
    size: int
    kind: OwnKind | None = None
    roles: tuple[Role, ...] | None = None
    decisions: dict[str, str] = field(default_factory=dict)
    table: OwnTable | None = None
    problem: str = ""

    def read(self) -> None:
        """Read the rows anew, with what the person said; what is wrong with them as a whole is kept as a sentence."""
        try:
            self.table = preview(self.source, kind=self.kind, roles=self.roles, decisions=self.decisions)
            self.kind, self.roles, self.problem = self.table.kind, self.table.roles, ""
        except RenkeiError as error:
            self.table, self.problem = None, str(error)


@dataclass
class OwnFiles:
    """The files of a session, in the order in which they came; one that was taken out can be put back."""

    files: list[OwnFile] = field(default_factory=list)
    taken_out: OwnFile | None = None
    problems: list[str] = field(default_factory=list)
    count: int = 0
    """How many files there have been: the number of the last one."""
    atlas: OwnAtlas | None = None
    view: dict[str, list[str]] = field(default_factory=dict)
    """The address that an opened project brought, to be taken over once."""

    def changed(self) -> None:
        """Forget the atlas: something it was made of has changed; its address answers no longer."""
        if self.atlas is not None:
            _ATLASES.pop(snapshot_name(self.atlas), None)
        self.atlas = None

    def add(self, source: OwnSource, content: bytes, **said: object) -> None:
        """Put a file to the others.

        Raises
        ------
        UnsafeFileError
            When there would be too many, or too much.
        """
        if len(self.files) >= MOST_FILES:
            msg = f"自分のファイルは{MOST_FILES}個までです。使わないものを外してください。"
            raise UnsafeFileError(msg)
        if sum(each.size for each in self.files) + len(content) > MOST_MB * 1_000_000:
            msg = f"自分のファイルは合わせて {MOST_MB} MB までです。使わないものを外してください。"
            raise UnsafeFileError(msg)
        self.count += 1
        made = replace(OwnFile(self.count, source, _digest(content), len(content)), **said)  # type: ignore[arg-type]
        made.read()
        self.files.append(made)
        self.changed()

    def remove(self, number: int) -> None:
        """Take a file out; it can be put back until another is taken out."""
        for each in [each for each in self.files if each.number == number]:
            self.files.remove(each)
            self.taken_out = each
        self.changed()

    def put_back(self) -> None:
        """Put back the file that was taken out last."""
        if self.taken_out is not None:
            self.files = sorted([*self.files, self.taken_out], key=lambda each: each.number)
            self.taken_out = None
            self.changed()

    def holds(self, content: bytes) -> bool:
        """Whether a file of this very content is there."""
        return any(each.digest == _digest(content) for each in self.files)

    def parts(self) -> Iterable[OwnPart]:
        """Return the files that can be shown."""
        for each in self.files:
            if each.table is not None:
                yield OwnPart(each.number, each.source.name, each.table)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def own_files() -> OwnFiles:
    """Return the files of this session."""
    return cast("OwnFiles", st.session_state.setdefault(KEY, OwnFiles()))


def today() -> str:
    """Return today's ISO day."""
    return datetime.now(UTC).astimezone().date().isoformat()


def session_atlas(shared: Atlas) -> Atlas:
    """Return the atlas of this session: everybody's, and with it the own data where there are any."""
    own = cast("OwnFiles | None", st.session_state.get(KEY))
    parts = list(own.parts()) if own else []
    if own is None or not any(each.table.indicators or each.table.facts for each in parts):
        return shared
    if own.atlas is not None and own.atlas.shared is not shared:
        own.changed()
    if own.atlas is None:
        own.atlas = own_atlas(shared, parts, today())
        _ATLASES[snapshot_name(own.atlas)] = own.atlas
    return own.atlas


def own_atlas_named(name: str) -> OwnAtlas | None:
    """Return the atlas of a session by its name in addresses; None when the session is over or its data changed."""
    return _ATLASES.get(name)


def take_files(given: Iterable[tuple[str, bytes]]) -> None:
    """Read files that were dropped; what cannot be read is told, and what was there stays."""
    own = own_files()
    own.problems = []
    for name, content in given:
        try:
            if own.holds(content):
                own.problems.append(f"{name} はもう読み込んであります。")
            else:
                _take(own, name, content)
        except RenkeiError as error:
            own.problems.append(str(error))


def _take(own: OwnFiles, name: str, content: bytes) -> None:
    if len(content) > LARGEST_MB * 1_000_000:
        msg = f"{name} は大きすぎます（{LARGEST_MB} MB まで）。分けてください。"
        raise UnsafeFileError(msg)
    if name.lower().endswith((SUFFIX, ".json")) and _says_project(content):
        _open_project(own, name, content)
    else:
        own.add(read_any(content, name), content)


def _says_project(content: bytes) -> bool:
    return b'"renkei-project"' in content[:200]


def _open_project(own: OwnFiles, name: str, content: bytes) -> None:
    project = read_project(content, name)
    if not project.tables:
        own.problems.append(f"{name} に自分の表はありません。")
    for table in project.tables:
        part = repr(table).encode()
        said = {"kind": table.kind, "roles": table.roles, "decisions": dict(table.decisions)}
        own.add(source_of(table), part, **said)
    own.view = {key: list(values) for key, values in project.view.items()}
