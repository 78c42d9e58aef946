"""The user's folder: what a person added, corrected or renewed, kept apart from what is shipped.

Files are written beside the old ones under names that carry their checksum; then one small statement,
``manifest.json``, is replaced, and with it all of them at once. Whatever happens before that, a fault, a full disk,
``kill -9``, leaves the old state whole; whatever it leaves behind is swept up by the next write.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from filelock import FileLock, Timeout
from platformdirs import user_data_path

from geo.data_folder import write_atomic
from geo.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ENVIRONMENT = "RENKEI_DATA"
MANIFEST = "manifest.json"
LOCK = ".lock"
FORMAT = 1
WAIT_SECONDS = 30.0
"""So long a writer waits for another one before it gives up."""

_NAME = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def user_folder() -> Path:
    """Return where the user's folder is: ``RENKEI_DATA``, else the place that the system has for a user's data.

    The folder need not exist. ``--data`` of the command line sets ``RENKEI_DATA``.
    """
    given = os.environ.get(ENVIRONMENT, "")
    return Path(given).expanduser().absolute() if given else user_data_path("renkei", appauthor=False)


@dataclass(frozen=True)
class Entry:
    """A file that is in use.

    Parameters
    ----------
    name
        As others ask for it: ``cases/register_log.csv``.
    file
        Where its content lies, relative to the folder.
    sha256, bytes
        Of the content.
    about
        What else is said of it: ``rows``, ``as_of``, ``publisher``, ``source``, ``licence``, ``note``.
    """

    name: str
    file: str
    sha256: str
    bytes: int
    about: Mapping[str, Any]


@dataclass(frozen=True)
class Damage:
    """A file in use that is not as it was written, and a sentence that says what to do."""

    name: str
    message: str


class UserFolder:
    """The folder's files, by name; read at any time, written as a whole or not at all.

    Parameters
    ----------
    path
        The folder; ``user_folder()`` where none is given.

    Examples
    --------
    >>> import tempfile
    >>> folder = UserFolder(Path(tempfile.mkdtemp()))
    >>> folder.write({"cases/a.csv": b"id,name"})
    ('cases/a.csv',)
    >>> folder.read("cases/a.csv"), folder.read("cases/b.csv")
    (b'id,name', None)
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = user_folder() if path is None else path

    def stamp(self) -> str:
        """Return a text that changes whenever the folder's content does; "" where nothing was written yet."""
        content = self._statement()
        return hashlib.sha256(content).hexdigest() if content else ""

    def entries(self) -> tuple[Entry, ...]:
        """Return the files in use, by name.

        Raises
        ------
        DataError
            When the statement of what is in use cannot be read.
        """
        return tuple(sorted(self._entries(self._statement()), key=lambda entry: entry.name))

    def names(self) -> tuple[str, ...]:
        """Return the names of the files in use."""
        return tuple(entry.name for entry in self.entries())

    def read(self, name: str) -> bytes | None:
        """Return a file's content; None where there is none of that name.

        Raises
        ------
        DataError
            When it is not as it was written; the message names the file and what to do.
        """
        before = b""
        while True:
            statement = self._statement()
            entry = next((each for each in self._entries(statement) if each.name == name), None)
            if entry is None:
                return None
            content = self._content(entry)
            if isinstance(content, bytes):
                return content
            if statement == before:  # the same state twice: it is no writer that came between
                raise DataError(content.message)
            before = statement

    def damages(self) -> list[Damage]:
        """Return what is not as it was written, of exactly the files in use; empty where all is sound."""
        try:
            entries = self.entries()
        except DataError as error:
            return [Damage(MANIFEST, str(error))]
        return [found for entry in entries if isinstance(found := self._content(entry), Damage)]

    @contextmanager
    def locked(self, wait: float = WAIT_SECONDS) -> Iterator[None]:
        """Keep other writers out, of this and of other processes: to read, decide and write in one.

        Raises
        ------
        DataError
            When another one writes for longer than ``wait`` seconds, or the folder cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path / LOCK, timeout=wait, is_singleton=True)
            lock.acquire()
        except Timeout as error:
            msg = f"ほかの renkei が {self.path} に書き込んでいます。終わるのを待ってから、もう一度実行してください。"
            raise DataError(msg) from error
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            yield
        finally:
            lock.release()

    def write(
        self, files: Mapping[str, bytes | None], about: Mapping[str, Mapping[str, Any]] | None = None
    ) -> tuple[str, ...]:
        """Put these files in the place of those of the same names, all of them or none.

        Parameters
        ----------
        files
            Name to content; None takes the file away. Files that are not named stay.
        about
            Name to what else is said of the file (``Entry.about``).

        Returns
        -------
        tuple of str
            The names of the files that are in use now.

        Raises
        ------
        ValueError
            When a name is no plain relative name.
        DataError
            When the folder cannot be written; then nothing has changed.
        """
        for name in files:
            if not _NAME.fullmatch(name) or name == MANIFEST:
                msg = f"{name!r} is no name of a file of the user's folder"
                raise ValueError(msg)
        with self.locked():
            before = {entry.name: entry for entry in self.entries()}
            staged = {
                name: _entry(name, content, (about or {}).get(name, {}))
                for name, content in files.items()
                if content is not None
            }
            after = {name: entry for name, entry in before.items() if name not in files} | staged
            try:
                for name, entry in staged.items():
                    self._stage(entry, files[name] or b"")
                write_atomic(self.path / MANIFEST, _manifest(after))
            except OSError as error:
                self._sweep(before.values())
                raise self._unwritable(error) from error
            # What was in use until now may just be being read: it goes with the next write.
            self._sweep([*before.values(), *after.values()])
        return tuple(sorted(after))

    def _statement(self) -> bytes:
        try:
            return (self.path / MANIFEST).read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            msg = f"{self.path / MANIFEST} を読めません（{error.strerror}）。フォルダーの場所と権限を確かめてください。"
            raise DataError(msg) from error

    def _entries(self, statement: bytes) -> list[Entry]:
        if not statement:
            return []
        try:
            content = orjson.loads(statement)
            if content["format"] > FORMAT:
                msg = (
                    f"{self.path} は新しい版の renkei が書いたものです。renkei を新しくするか、"
                    f"{ENVIRONMENT} で別のフォルダーを指定してください。"
                )
                raise DataError(msg)
            return [_checked(each) for each in content["files"]]
        except (ValueError, KeyError, TypeError) as error:
            if isinstance(error, DataError):
                raise
            msg = (
                f"{self.path / MANIFEST} が壊れています。控えから戻すか、"
                f"{self.path} の名前を変えて renkei を起動し直してください（加えた事実はその中に残ります）。"
            )
            raise DataError(msg) from error

    def _content(self, entry: Entry) -> bytes | Damage:
        path = self.path / entry.file
        try:
            content = path.read_bytes()
        except OSError as error:
            return Damage(entry.name, f"{path} を読めません（{error.strerror}）。控えから戻してください。")
        if hashlib.sha256(content).hexdigest() != entry.sha256:
            return Damage(
                entry.name,
                f"{path} は renkei が書いたときの内容と違います。控えから戻してください"
                "（訂正は表を直さず renkei register correct で行います）。",
            )
        return content

    def _stage(self, entry: Entry, content: bytes) -> None:
        path = self.path / entry.file
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(self._content(entry), Damage):
            write_atomic(path, content)

    def _sweep(self, in_use: Iterable[Entry]) -> None:
        """Take away what no statement names: files of earlier states, and what a killed writer left."""
        keep = {self.path / entry.file for entry in in_use} | {self.path / MANIFEST, self.path / LOCK}
        for path in sorted(self.path.rglob("*"), reverse=True):
            if path not in keep and path.is_file() and _ours(path):
                path.unlink(missing_ok=True)

    def _unwritable(self, error: OSError) -> DataError:
        return DataError(
            f"{self.path} に書けません（{error.strerror}）。何も変わっていません。空き容量と権限を確かめるか、"
            f"{ENVIRONMENT} で書き込める場所を指定してください。"
        )


_STAGED = re.compile(r".+-[0-9a-f]{12}(\.[A-Za-z0-9]+)?")
_TEMPORARY = re.compile(r"\..+\.[A-Za-z0-9_]{8}")


def _ours(path: Path) -> bool:
    """Whether a file is one that ``write`` makes; anything else in the folder is the user's own and stays."""
    return bool(_STAGED.fullmatch(path.name) or _TEMPORARY.fullmatch(path.name))


def _entry(name: str, content: bytes, about: Mapping[str, Any]) -> Entry:
    digest = hashlib.sha256(content).hexdigest()
    path = Path(name)
    file = path.with_name(f"{path.stem}-{digest[:12]}{path.suffix}").as_posix()
    return Entry(name, file, digest, len(content), dict(about))


def _manifest(entries: Mapping[str, Entry]) -> bytes:
    files = [
        {"name": each.name, "file": each.file, "sha256": each.sha256, "bytes": each.bytes, **each.about}
        for _, each in sorted(entries.items())
    ]
    # The moment makes each state another one, also where a file was put back as it had been.
    head = {"format": FORMAT, "written": time.time_ns()}
    body = b",\n".join(orjson.dumps(each) for each in files)
    return orjson.dumps(head)[:-1] + b',"files":[\n' + body + b"\n]}\n"


def _checked(stated: dict[str, Any]) -> Entry:
    """Take a line of the statement: a stranger may have written it."""
    about = dict(stated)
    name, file, digest, size = (about.pop(key) for key in ("name", "file", "sha256", "bytes"))
    if not (_NAME.fullmatch(name) and _NAME.fullmatch(file) and _DIGEST.fullmatch(digest) and isinstance(size, int)):
        msg = f"no entry: {stated!r}"
        raise ValueError(msg)
    return Entry(name, file, digest, size, about)
