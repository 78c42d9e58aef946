"""One writer a format. A format is one module: ``FORMAT`` says its suffix and words, ``write`` makes its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from geo.errors import InvalidFilterError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from renkei.exchange.flat_layer import FlatLayer


@dataclass(frozen=True)
class Format:
    """A file format.

    Parameters
    ----------
    id
        In commands.
    suffix
        By which a file name asks for it.
    title, title_en
        As shown.
    media_type
        For downloads.
    write
        Layers to the file's bytes.
    many
        Whether one file holds several layers.
    """

    id: str
    suffix: str
    title: str
    title_en: str
    media_type: str
    write: Callable[[Sequence[FlatLayer]], bytes]
    many: bool = False


MODULES = ("geojson", "gpkg", "xlsx", "csv_table", "csv_cp932", "flatgeobuf", "geoparquet", "shapefile", "bundle")
"""Modules of this folder, in the order in which formats are offered."""


def format_ids() -> tuple[str, ...]:
    """Return the ids of all formats, in the order in which they are offered."""
    return tuple(each.id for each in formats())


def formats() -> tuple[Format, ...]:
    """Return every format.

    Examples
    --------
    >>> [each.suffix for each in formats()][:3]
    ['.geojson', '.gpkg', '.xlsx']
    """
    return tuple(import_module(f"{__name__}.{name}").FORMAT for name in MODULES)


def find_format(asked: str) -> Format:
    """Return a format by its id or by the suffix of a file name.

    Raises
    ------
    InvalidFilterError
        When it is none; the message names those that exist.

    Examples
    --------
    >>> find_format("連携.GPKG").id, find_format("geojson").suffix
    ('gpkg', '.geojson')
    """
    wanted = asked.lower()
    for each in formats():
        if wanted == each.id:
            return each
    # The longest first: .sjis.csv is also .csv.
    for each in sorted(formats(), key=lambda each: -len(each.suffix)):
        if wanted.endswith(each.suffix):
            return each
    names = "、".join(f"{each.suffix}（{each.id}）" for each in formats())
    msg = f"「{asked[:60]}」の形式では書き出せません。次のどれかを指定してください：{names}"
    raise InvalidFilterError(msg)
