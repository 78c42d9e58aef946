"""総務省 住民基本台帳 年齢階級別人口: men and women by five-year age groups, of each municipality."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import DataError
from geo.gazetteer import municipalities
from renkei.official.resident_register import AGES_FROM, read_book, register_day
from renkei.official.workbook import KEPT, folded

if TYPE_CHECKING:
    from pathlib import Path

    from renkei.official.resident_register import Book
    from renkei.official.workbook import Row

COLUMNS = ("code", "date", "sex", "age", "people")
FIELDS = [
    {"name": "code", "type": "string", "description": "JIS X 0402, 5 digits"},
    {"name": "date", "type": "string", "description": "ISO date"},
    {"name": "sex", "type": "string", "description": "male, female; unlisted: age not published, or neither sex"},
    {"name": "age", "type": "integer", "description": "first year of the five-year group; 100 and over; -1 unlisted"},
    {"name": "people", "type": "integer"},
]
AGES = tuple(range(0, 105, 5))
SEXES = {"男": "male", "女": "female"}
BOTH = "計"
UNLISTED = "unlisted"
_SEX, _TOTAL, _FIRST = 3, 4, 5


def read_age_groups(path: Path) -> pd.DataFrame:
    """Read the workbook 「住民基本台帳年齢階級別人口（市区町村別）（総計）」 (``age_groups_of``)."""
    return age_groups_of(read_book(path))


def age_groups_of(book: Book) -> pd.DataFrame:
    """Return the people of each municipality by sex and five-year age group.

    Where few foreign residents live (注1 of the workbook: 1–9 men or women, or 49 in all) their ages are not published:
    men and women by age then lack them. They, and who is entered as neither (注3), are told as one figure without age.

    Parameters
    ----------
    book
        Rows of the sheet: three a body (計, 男, 女).

    Returns
    -------
    pandas.DataFrame
        ``COLUMNS``; 1,741 × 43 rows: municipalities in gazetteer order; male, then female, ages rising; then
        ``UNLISTED`` with age −1. Together they are the residents of the municipality.

    Raises
    ------
    DataError
        When the layout is not the known one, a municipality is missing, or people do not add up: nobody twice, and
        municipalities to the country.
    """
    where, rows = book
    year = register_day(rows, where)
    _check_heading(rows, where)
    known = municipalities().index
    found: dict[tuple[str, str], list[int]] = {}
    country = 0
    for line, row in enumerate(rows[AGES_FROM - 1 :], AGES_FROM):
        code, sex = folded(row[0])[:5], folded(row[_SEX])
        if code in known:
            found[code, sex] = _people(row, f"{where}の{line}行目")
        elif code in ("-", "－") and sex == BOTH:
            country = _people(row, f"{where}の{line}行目")[0]
    if missing := [code for code in known for sex in (*SEXES, BOTH) if (code, sex) not in found]:
        msg = f"{where}に {len(set(missing))} 市区町村の行がありません（例：{missing[0]}）。{KEPT}"
        raise DataError(msg)
    men, women, both = (np.array([found[code, sex] for code in known]) for sex in (*SEXES, BOTH))
    unlisted = both[:, 0] - men[:, 1:].sum(axis=1) - women[:, 1:].sum(axis=1)
    if both[:, 0].sum() != country or (unlisted < 0).any() or (men + women > both).any():
        msg = f"{where}：男女の和、または市区町村の和が計と合いません。{KEPT}"
        raise DataError(msg)
    each = np.concatenate([men[:, 1:], women[:, 1:], unlisted[:, None]], axis=1)
    sexes = [*np.repeat(list(SEXES.values()), len(AGES)), UNLISTED]
    return pd.DataFrame(
        {
            "code": np.repeat(np.asarray(known, dtype=object), len(sexes)),
            "date": f"{year}-01-01",
            "sex": sexes * len(known),
            "age": [*AGES, *AGES, -1] * len(known),
            "people": each.ravel(),
        }
    )


def _check_heading(rows: list[Row], where: str) -> None:
    heads = [[int(each) for each in re.findall(r"\d+", folded(cell))] for cell in rows[1][_FIRST : _FIRST + len(AGES)]]
    if heads != [*([age, age + 4] for age in AGES[:-1]), [AGES[-1]]]:
        msg = f"{where}の年齢階級の見出しが0歳から5歳ごとではありません。配布元が様式を変えたようです。{KEPT}"
        raise DataError(msg)


def _people(row: Row, where: str) -> list[int]:
    """Return the total of a row, then its people by age."""
    try:
        own = [int(cell or 0) for cell in row[_TOTAL : _FIRST + len(AGES)]]
    except (TypeError, ValueError) as error:
        msg = f"{where}に数でない値があります。配布元が様式を変えたようです。{KEPT}"
        raise DataError(msg) from error
    if len(own) != len(AGES) + 1 or min(own) < 0 or sum(own[1:]) > own[0]:
        msg = f"{where}の年齢別の人数が総数と合いません。{KEPT}"
        raise DataError(msg)
    return own


def age_group_bytes(frame: pd.DataFrame) -> bytes:
    """Return the table as Parquet: words as dictionaries, counts packed."""
    words = {each: pa.array(frame[each].tolist()).dictionary_encode() for each in ("code", "date", "sex")}
    numbers = {"age": pa.array(frame["age"], pa.int16()), "people": pa.array(frame["people"], pa.int32())}
    buffer = io.BytesIO()
    pq.write_table(
        pa.table(words | numbers),
        buffer,
        compression="zstd",
        compression_level=19,
        use_dictionary=["code", "date", "sex", "age"],
        column_encoding={"people": "BYTE_STREAM_SPLIT"},
        row_group_size=len(frame),
    )
    return buffer.getvalue()
