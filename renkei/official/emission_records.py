"""環境省 自治体排出量カルテ: one workbook a municipality, the emissions of ten sectors year by year."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.errors import DataError
from geo.gazetteer import municipalities
from renkei.official.municipal_series import number
from renkei.official.workbook import KEPT, check_header, column_letter, folded, sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from renkei.official.municipal_series import Block

HEADER = 8
FIRST_COLUMN = 9
THOUSAND_TONNES = 1000
SECTORS: tuple[tuple[str, str, str, str], ...] = (
    ("manufacturing", "製造業", "製造業", "Manufacturing"),
    ("construction_mining", "建設業・鉱業", "建設業", "Construction and mining"),
    ("agriculture", "農林水産業", "農林水産", "Agriculture, forestry and fisheries"),
    ("business", "業務その他部門", "業務", "Business"),
    ("household", "家庭部門", "家庭", "Households"),
    ("passenger", "旅客自動車", "旅客", "Passenger cars"),
    ("freight", "貨物自動車", "貨物", "Freight vehicles"),
    ("railway", "鉄道", "鉄道", "Railways"),
    ("shipping", "船舶", "船舶", "Shipping"),
    ("waste", "一般廃棄物", "廃棄物", "Municipal waste"),
)
"""Id, name, what the header says, name in English; columns J to S."""


def read_emission_records(paths: Sequence[Path]) -> list[Block]:
    """Read the records of some municipalities; all others have no data.

    Parameters
    ----------
    paths
        Workbooks with the sheet 「データシート1」, each the record of one municipality (``code5.xlsx``).

    Raises
    ------
    DataError
        When a layout is not the known one, or a workbook holds no row of the municipality it is named for.
    """
    index = municipalities().index
    found: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for path in paths:
        name, rows = sheet(path, "データシート1")
        where = f"{path.name} のシート「{name}」"
        header = {4: "年", 6: "コード", 7: "名|自治体|市区町村"}
        header |= {FIRST_COLUMN + place: words for place, (_, _, words, _) in enumerate(SECTORS)}
        check_header(rows, HEADER, header, where)
        wanted = path.stem if re.fullmatch(r"\d{5}", path.stem) else ""
        seen = False
        for line, row in enumerate(rows[HEADER:], HEADER + 1):
            code = folded(row[6]).zfill(5)[:5]
            year = re.search(r"\d{4}", folded(row[4]))
            if code not in index or year is None or wanted not in ("", code):
                continue  # the prefecture's and the country's rows beside
            seen = True
            for place, (identifier, *_) in enumerate(SECTORS, FIRST_COLUMN):
                try:
                    value = number(row[place])
                except (ValueError, IndexError) as error:
                    msg = f"{where}の{line}行目の{column_letter(place)}列に数でない値があります。{KEPT}"
                    raise DataError(msg) from error
                found[identifier, f"FY{year[0]}"][code] = np.nan if value is None else value * THOUSAND_TONNES
        if not seen:
            msg = f"{where}に {wanted or '市区町村'} の行（G列）がありません。正しいファイルか確かめてください。{KEPT}"
            raise DataError(msg)
    return [
        (f"emission_record_{identifier}", year, pd.Series(own, dtype=float).reindex(index), "incomplete")
        for (identifier, year), own in sorted(found.items())
    ]
