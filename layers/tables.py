"""A snapshot of all tables: what is shipped and, over it, what lies in the user's folder."""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache, partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

import pandas as pd

from geo.data_folder import data_path
from geo.errors import DataError
from geo.private_copies import private_copy
from layers.integrity import REPAIR, stated_files
from layers.user_folder import UserFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path


class Snapshot(Protocol):
    """Anything that keeps what was made of it: ``Tables``, and the atlas over them."""

    @property
    def memo(self) -> dict[Any, Any]:
        """What was made of this snapshot, by the function that made it."""


P = ParamSpec("P")
S = TypeVar("S", bound=Snapshot)
T = TypeVar("T")


def per_snapshot(
    maxsize: int | None = None,
) -> Callable[[Callable[Concatenate[S, P], T]], Callable[Concatenate[S, P], T]]:
    """Let a function run once a snapshot (its first argument) and set of arguments.

    What it made is kept in the snapshot and goes with it; frames and series are handed out as private copies.

    Parameters
    ----------
    maxsize
        So many results are kept, those used last; all by default.

    Examples
    --------
    >>> @per_snapshot()
    ... def count(tables, name):
    ...     return len(tables.read("cases", name))
    >>> count(Tables.open(), "documents.csv")
    5
    """

    def remembering(function: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
        @wraps(function)
        def remembered(snapshot: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
            kept = snapshot.memo.get(function)
            if kept is None:
                kept = snapshot.memo.setdefault(function, lru_cache(maxsize)(partial(function, snapshot)))
            return private_copy(cast("T", kept(*args, **kwargs)))

        return remembered

    return remembering


class Tables:
    """An immutable snapshot of the shipped tables and of the user's folder that lies over them.

    Parameters
    ----------
    shipped
        The folder ``data/``; read only.
    own
        The user's folder; a file there stands for the shipped one of the same name.
    """

    def __init__(self, shipped: Path, own: UserFolder | None = None) -> None:
        self._shipped = shipped
        self._own = own
        self._memo: dict[Any, Any] = {}
        self._stamp, self._files = _state_of(own)

    @classmethod
    def open(cls, folder: Path | None = None) -> Tables:
        """Open the shipped tables with a user's folder over them: ``layers.user_folder.user_folder()`` by default."""
        return cls(data_path(), UserFolder(folder))

    @property
    def memo(self) -> dict[Any, Any]:
        """What was made of this snapshot, by the function that made it (``per_snapshot``)."""
        return self._memo

    @property
    def shipped(self) -> Path:
        """The folder ``data/``."""
        return self._shipped

    @property
    def own(self) -> UserFolder | None:
        """The user's folder; None where the shipped tables stand alone."""
        return self._own

    @property
    def is_current(self) -> bool:
        """Whether the user's folder still is as it was when this snapshot was taken."""
        return self._own is None or self._own.stamp() == self._stamp

    def path(self, folder: str, name: str) -> Path:
        """Return the path of a table: the user's where there is one, else the shipped one."""
        if self._own is not None and (own := self._files.get(f"{folder}/{name}")):
            return self._own.path / own
        return self._shipped / folder / name

    def own_names(self) -> tuple[str, ...]:
        """Return the names of the files that the user's folder held when this snapshot was taken."""
        return tuple(sorted(self._files))

    def differing(self, other: Tables) -> tuple[str, ...]:
        """Return the names of the tables that are not the same in another snapshot: ``cases/register_log.csv``.

        Examples
        --------
        >>> Tables.open().differing(Tables.open())
        ()
        """
        if self._shipped != other.shipped:
            folders = (self._shipped, other.shipped)
            names = {path.relative_to(each).as_posix() for each in folders for path in each.rglob("*.*")}
        else:
            names = {*self._files, *other.own_names()}
        # A file of the user's folder carries the checksum of its content in its name.
        pairs = ((name, self.path(*_split(name)), other.path(*_split(name))) for name in sorted(names))
        return tuple(name for name, one, two in pairs if one != two and _content(one) != _content(two))

    def has(self, folder: str, name: str) -> bool:
        """Tell whether there is such a table."""
        return self.path(folder, name).is_file()

    def read(self, folder: str, name: str, lists: tuple[str, ...] = ()) -> pd.DataFrame:
        """Return a CSV table, every column as text.

        Parameters
        ----------
        folder, name
            Folder below ``data/`` and file name.
        lists
            Columns whose cells hold several values joined by ``;``: they become tuples.

        Returns
        -------
        pandas.DataFrame
            A private copy: changing it changes no later answer.

        Raises
        ------
        DataError
            When the file is missing or lacks one of the list columns.

        Examples
        --------
        >>> Tables.open().read("cases", "blocs.csv", lists=("member_codes",)).at[0, "member_codes"][:2]
        ('01207', '01631')
        """
        frame = _read_csv(self, folder, name)
        if missing := set(lists) - set(frame.columns):
            msg = f"{self.path(folder, name)} に列がありません：{'、'.join(sorted(missing))}"
            raise DataError(msg)
        return with_lists(frame, lists)


class ExtendedTables(Tables):
    """A snapshot with further rows at the end of some tables: those of one session, never written to disk.

    What is made of it is kept in it alone; the tables below it stay as they are.

    Parameters
    ----------
    below
        The snapshot that everybody shares.
    added
        Table (``cases/partnerships.csv``) to rows as text, by column; a column that a row does not name is "".

    Examples
    --------
    >>> shared = Tables.open()
    >>> found = ExtendedTables(shared, {"cases/documents.csv": [{"id": "own-1"}]})
    >>> len(found.read("cases", "documents.csv")) - len(shared.read("cases", "documents.csv"))
    1
    """

    def __init__(self, below: Tables, added: Mapping[str, Sequence[Mapping[str, str]]]) -> None:
        super().__init__(below.shipped, below.own)
        self._below = below
        self._added = added

    def read(self, folder: str, name: str, lists: tuple[str, ...] = ()) -> pd.DataFrame:
        """Return a CSV table with the session's rows at its end, every column as text."""
        frame = self._below.read(folder, name)
        if added := self._added.get(f"{folder}/{name}"):
            frame = pd.concat([frame, pd.DataFrame(list(added), dtype=str)], ignore_index=True).fillna("")
        return with_lists(frame, lists)


def _state_of(own: UserFolder | None) -> tuple[str, dict[str, str]]:
    """Return the stamp of a user's folder and its files by name, both of one moment."""
    if own is None:
        return "", {}
    while True:
        stamp = own.stamp()
        files = {entry.name: entry.file for entry in own.entries()}
        if own.stamp() == stamp:
            return stamp, files


def _split(name: str) -> tuple[str, str]:
    folder, _, file = name.partition("/")
    return folder, file


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


@per_snapshot()
def _read_csv(tables: Tables, folder: str, name: str) -> pd.DataFrame:
    path = tables.path(folder, name)
    try:
        content = path.read_bytes()
        stated = _stated(tables, path.parent).get(path)
        if stated and hashlib.sha256(content).hexdigest() != stated:
            what = "出荷したとき" if tables.shipped in path.parents else "renkei が書いたとき"
            msg = f"{path} は{what}の内容と違います。renkei data status で確かめてください。"
            raise DataError(msg)
        return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        if isinstance(error, DataError):
            raise
        msg = f"{path} を読めません。{REPAIR}"
        raise DataError(msg) from error


@per_snapshot()
def _stated(tables: Tables, folder: Path) -> dict[Path, str]:
    """Return the checksums that a folder's statement gives; {} for one without (``layers.integrity`` tells)."""
    if tables.own is not None and tables.own.path in folder.parents:
        return {tables.own.path / each.file: each.sha256 for each in tables.own.entries()}
    try:
        return {each.path: each.about["sha256"] for each in stated_files(folder)}
    except DataError:
        return {}


def with_lists(frame: pd.DataFrame, lists: tuple[str, ...]) -> pd.DataFrame:
    """Split the cells of some columns, values joined by ``;``, into tuples."""
    for column in lists:
        frame[column] = pd.Series(
            [tuple(filter(None, cell.split(";"))) for cell in frame[column]], dtype=object, index=frame.index
        )
    return frame


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame's rows as dictionaries, column name to cell; the index is left out."""
    # Names and columns once as Python's own: pandas walks a column of texts ten times as slowly.
    names = list(frame.columns)
    columns = [frame[name].to_numpy(dtype=object) for name in names]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]
