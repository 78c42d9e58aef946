"""Whether a stranger's workbook can be opened without harm: looked at as a stream, before any library unpacks it.

What is counted is what really comes out of the archive, not what its directory says; a document type, an encrypted
part, a cell beyond the bounds or more cells than a table of ours may have end the look at once.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.parsers import expat

from geo.errors import DataError, RenkeiError, UnsafeFileError

if TYPE_CHECKING:
    from typing import NoReturn

LARGEST = 20_000_000
"""Bytes of the file."""
LARGEST_UNPACKED = 120_000_000
"""Bytes of all its parts together."""
MOST_PARTS = 2_000
MOST_CELLS = 2_000_000
MOST_STRINGS = 1_000_000
MOST_GRID = 8_000_000
"""Rows times columns of the rectangle that a sheet's cells span: libraries lay it out in full."""
MOST_COLUMNS = 2_000
_CHUNK = 1 << 16
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_STRINGS = "xl/sharedStrings.xml"
_DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check_workbook(content: bytes, name: str) -> None:
    """Refuse a workbook that would take more memory or time than a table of ours can.

    Parameters
    ----------
    content
        The file's bytes: XLSX (or XLSM, ODS), or XLS.
    name
        Its name, for messages.

    Raises
    ------
    UnsafeFileError
        When it is too large, packed too densely, encrypted, or spans too many cells.
    DataError
        When it is no workbook.
    """
    if len(content) > LARGEST:
        _refuse(name, f"大きすぎます（{LARGEST // 1_000_000} MB まで）。必要なシートだけにしてください")
    if content.startswith(_OLE):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_archive(archive, name)
    except RenkeiError:
        raise
    except _DAMAGED as error:
        msg = f"{name} を Excel のファイルとして読めません。Excel で開いて保存し直すか、CSV にしてください。"
        raise DataError(msg) from error


def _refuse(name: str, why: str) -> NoReturn:
    msg = f"{name} は{why}。"
    raise UnsafeFileError(msg)


def _check_archive(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        _refuse(name, f"中の部品が多すぎます（{len(parts):,}個）。Excel で保存し直してください")
    if any(part.flag_bits & 1 for part in parts):
        _refuse(name, "パスワードで保護されています。保護を外して保存し直してください")
    unpacked = 0
    for part in parts:
        look = _Look(name, part.filename) if part.filename.endswith((".xml", ".rels")) else None
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > LARGEST_UNPACKED:
                    _refuse(name, f"展開すると大きすぎます（{LARGEST_UNPACKED // 1_000_000} MB まで）。分けてください")
                if look:
                    look.feed(chunk)


class _Look:
    """Counts the cells and texts of one part as it streams by."""

    def __init__(self, name: str, part: str) -> None:
        self._name = name
        self._sheet = _SHEET.fullmatch(part) is not None or part == "content.xml"
        self._strings = part == _STRINGS
        self._cells = self._texts = self._row = self._rows = self._columns = self._in_row = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start

    def feed(self, chunk: bytes) -> None:
        try:
            self._parser.Parse(chunk, False)  # noqa: FBT003 - expat's own call
        except expat.ExpatError as error:
            msg = f"{self._name} の中身が壊れています。Excel で開いて保存し直してください。"
            raise DataError(msg) from error

    def _doctype(self, *_: object) -> None:
        _refuse(self._name, "文書型の宣言（DOCTYPE）を含みます。Excel で保存し直してください")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        element = tag.rsplit(" ", 1)[-1]
        if self._strings and element in ("si", "t", "r"):
            self._texts += 1
            if self._texts > MOST_STRINGS * 2:
                _refuse(self._name, f"文字列が多すぎます（{MOST_STRINGS:,}個まで）。分けてください")
        elif self._sheet and element in ("row", "table-row"):
            self._row = _whole(attributes.get("r", ""), self._row + 1)
            self._rows, self._in_row = max(self._rows, self._row), 0
        elif self._sheet and element in ("c", "table-cell"):
            self._cell(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        self._cells += 1
        row, column = _position(attributes.get("r", ""))
        self._in_row = column or self._in_row + 1
        self._rows, self._columns = max(self._rows, row), max(self._columns, self._in_row)
        if self._cells > MOST_CELLS:
            _refuse(self._name, f"セルが多すぎます（{MOST_CELLS:,}個まで）。分けてください")
        if self._columns > MOST_COLUMNS or self._rows * self._columns > MOST_GRID:
            _refuse(self._name, f"表が広すぎます（{self._rows:,}行×{self._columns:,}列）。使う範囲だけにしてください")


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else otherwise  # noqa: PLR2004


def _position(reference: str) -> tuple[int, int]:
    """Return row and column (from 1) of a reference such as BC23; 0 where it says none."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters[:6].upper():
        if not "A" <= letter <= "Z":
            return 0, 0
        column = column * 26 + ord(letter) - 64
    return _whole(reference[len(letters) :], 0), column
