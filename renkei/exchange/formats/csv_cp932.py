"""CSV in CP932 (Shift_JIS as Windows has it), for systems that read nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from renkei.exchange.formats import Format
from renkei.exchange.formats.csv_table import csv_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.exchange.flat_layer import FlatLayer

REPLACEMENT = "〓"
"""GETA MARK: what print shops and old systems set where a character is missing."""


def missing_characters(text: str) -> str:
    """Return, once each, the characters that CP932 cannot hold.

    Examples
    --------
    >>> missing_characters("𠮷野町と𠮷野川、檮原町")
    '𠮷'
    """
    return "".join(dict.fromkeys(each for each in text if not _holds(each)))


def _holds(character: str) -> bool:
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def encoded(text: str) -> bytes:
    """Return a text in CP932, ``REPLACEMENT`` where it cannot hold a character."""
    lacking = missing_characters(text)
    return text.translate(dict.fromkeys(map(ord, lacking), REPLACEMENT)).encode("cp932")


def write(layers: Sequence[FlatLayer]) -> bytes:
    """Return one layer's table; a last line names the characters that were replaced, where there were any."""
    (layer,) = layers
    text = csv_text(layer)
    if lacking := missing_characters(text):
        told = "、".join(f"U+{ord(each):04X}" for each in lacking)
        text += f'"注：CP932 にない文字を「{REPLACEMENT}」に置き換えました（{told}）"\r\n'
    return encoded(text)


FORMAT = Format("csv-cp932", ".sjis.csv", "CSV（Shift_JIS）", "CSV (CP932)", "text/csv", write)
