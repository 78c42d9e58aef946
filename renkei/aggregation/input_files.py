"""The files that are read: found in folders or object stores, opened, and watched for changes."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, NamedTuple, cast
from urllib.parse import unquote

from geo.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable

_SUFFIXES = {".parquet": "parquet", ".pq": "parquet", ".csv": "csv", ".tsv": "csv", ".txt": "csv"}
_GZIP = ".gz"


class InputFile(NamedTuple):
    """A file as it was found.

    ``stamp`` changes when the file does; ``constants`` are columns that the folders' names give
    (``month=2024-01/part.parquet``), with their values.
    """

    path: str
    size: int
    stamp: str
    kind: Literal["parquet", "csv"]
    gzip: bool
    constants: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The file's name, with the folders that give constants."""
        parts = PurePosixPath(self.path.replace("\\", "/")).parts
        return "/".join([*(part for part in parts[:-1] if "=" in part), parts[-1]])


def is_remote(path: str) -> bool:
    """Tell whether a path is an address of an object store (``s3://…``, ``file://…``) rather than a local path."""
    return "://" in path


def find_files(inputs: Iterable[str]) -> list[InputFile]:
    """Return the files of inputs, those of a folder by name, each once.

    Raises
    ------
    DataError
        When an input is missing, is no CSV or Parquet, or a folder holds none.
    """
    found: dict[str, InputFile] = {}
    for path in inputs:
        for file in _find_remote(path) if is_remote(path) else _find_local(path):
            found.setdefault(file.path, file)
    return list(found.values())


def _find_local(path: str) -> list[InputFile]:
    top = Path(path)
    try:
        there = top.exists()
    except OSError:  # a name too long for the system
        there = False
    if not there:
        msg = f"{path} がありません。ファイル名を確かめてください。"
        raise DataError(msg)
    if not top.is_dir():
        return [_local(top, top)]
    inside = (each for each in sorted(top.rglob("*")) if each.is_file() and _kind(each.name))
    files = [_local(each, top) for each in inside if not _hidden(each.relative_to(top).parts)]
    return _some(files, path)


def _hidden(parts: tuple[str, ...]) -> bool:
    return any(part.startswith((".", "_")) for part in parts)


def _local(path: Path, top: Path) -> InputFile:
    state = path.stat()
    stamp = f"{state.st_mtime_ns}"
    return _file(str(path), state.st_size, stamp, path.relative_to(top).parts[:-1] if path != top else ())


def _find_remote(path: str) -> list[InputFile]:
    system, root = _store(path)
    try:
        details = system.find(root, detail=True) or {root: system.info(root)}
    except (OSError, ValueError) as error:
        msg = f"{path} を読めません（{error}）。アドレスと権限を確かめてください。"
        raise DataError(msg) from error
    files = []
    for name, about in sorted(details.items()):
        inner = PurePosixPath(name).relative_to(PurePosixPath(root)).parts if name != root else ()
        if (_kind(name) and not _hidden(inner)) or name == root:
            files.append(_file(str(system.unstrip_protocol(name)), int(about["size"] or 0), _stamp(about), inner[:-1]))
    return _some(files, path)


def _stamp(about: dict[str, Any]) -> str:
    return next((str(about[key]) for key in ("ETag", "etag", "mtime", "LastModified", "updated") if key in about), "")


def _some(files: list[InputFile], path: str) -> list[InputFile]:
    if not files:
        msg = f"{path} に CSV も Parquet もありません。"
        raise DataError(msg)
    return files


def _store(path: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - comes with the extra "scale"
    except ImportError as error:
        msg = f"{path} のようなアドレスを読むには pip install renkei[scale] が要ります。"
        raise DataError(msg) from error
    try:
        system, root = url_to_fs(path)
    except (ImportError, ValueError) as error:
        msg = f"{path} を開けません（{error}）。"
        raise DataError(msg) from error
    return system, str(root)


def _kind(name: str) -> str:
    plain = PurePosixPath(name.lower().removesuffix(_GZIP))
    kind = _SUFFIXES.get(plain.suffix, "")
    return "" if kind == "parquet" and name.lower().endswith(_GZIP) else kind


def _file(path: str, size: int, stamp: str, folders: Iterable[str]) -> InputFile:
    kind = _kind(path)
    if not kind:
        msg = f"{path} は CSV（.csv、.tsv、.csv.gz）でも Parquet（.parquet）でもありません。"
        raise DataError(msg)
    if not size:
        msg = f"{path} は空です。中身のあるファイルを指定してください。"
        raise DataError(msg)
    constants = tuple(
        (unquote(key), unquote(value)) for key, mark, value in (each.partition("=") for each in folders) if mark
    )
    known = cast("Literal['parquet', 'csv']", kind)
    return InputFile(path, size, stamp, known, path.lower().endswith(_GZIP), constants)


def open_input(path: str) -> BinaryIO:
    """Open a file for reading.

    Raises
    ------
    DataError
        When it cannot be opened.
    """
    try:
        if is_remote(path):
            system, root = _store(path)
            return cast("BinaryIO", system.open(root, "rb"))
        return Path(path).open("rb")
    except OSError as error:
        msg = f"{path} を開けません（{error.strerror or error}）。"
        raise DataError(msg) from error


def check_unchanged(file: InputFile) -> None:
    """Check that a file is still the one that was found.

    Raises
    ------
    DataError
        When it grew, shrank or was written to.
    """
    try:
        if is_remote(file.path):
            system, root = _store(file.path)
            about = system.info(root)
            now = (int(about["size"] or 0), _stamp(about))
        else:
            state = Path(file.path).stat()
            now = (state.st_size, f"{state.st_mtime_ns}")
    except OSError as error:
        msg = f"{file.name} が読んでいる間になくなりました。"
        raise DataError(msg) from error
    if now != (file.size, file.stamp):
        size = f"{file.size:,} → {now[0]:,} バイト"
        msg = f"{file.name} が読んでいる間に書き換えられました（{size}）。書き込みが終わってから実行してください。"
        raise DataError(msg)
