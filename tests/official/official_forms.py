"""Files in the official forms, written by literal rules: what the readers must read, and what they must refuse."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import orjson

from geo.codes import to_code6
from geo.gazetteer import municipalities
from renkei.official.dx_survey import ITEMS

CO2_HEADER = (
    "都道府県コード",
    "都道府県",
    "市区町村コード",
    "市区町村",
    "製造業",
    "建設業・鉱業",
    "農林水産業",
    "小計",
    "業務その他",
    "家庭",
    "小計",
    "旅客自動車",
    "貨物自動車",
    "鉄道",
    "船舶",
    "小計",
    "一般廃棄物",
    "合計",
)
RECORD_HEADER = (
    "",
    "",
    "",
    "",
    "年度",
    "",
    "自治体コード",
    "自治体名",
    "",
    "製造業",
    "建設業・鉱業",
    "農林水産業",
    "業務その他部門",
    "家庭部門",
    "旅客自動車",
    "貨物自動車",
    "鉄道",
    "船舶",
    "一般廃棄物",
)


def names() -> list[tuple[str, str, str]]:
    """Code, prefecture, name of the 1,741."""
    frame = municipalities()
    return list(zip(frame.index, frame["prefecture"], frame["name"], strict=True))


def workbook(sheets: dict[str, list[tuple]]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def co2(
    sheet: str = "2023_一覧表", header: tuple = CO2_HEADER, factor: float = 1.0, unit: str = "単位：1,000tCO2"
) -> bytes:
    """Sectors 1, 2, … thousand tonnes times a factor, sums right."""
    rows: list[tuple] = [(unit,), header]
    for code, prefecture, name in names():
        a = [factor * n for n in (1, 2, 3)]
        b, c, w = [factor * n for n in (4, 5)], [factor * n for n in (6, 7, 8, 9)], factor * 10
        total = sum(a) + sum(b) + sum(c) + w
        rows.append((code[:2], prefecture, code, name, *a, sum(a), *b, sum(b), *c, sum(c), w, total))
    return workbook({sheet: rows})


def emission_record(code: str, years: tuple[int, ...] = (2021, 2022), header: tuple = RECORD_HEADER) -> bytes:
    rows: list[tuple] = [("排出量カルテ",)] + [()] * 6 + [header]
    for year in years:
        rows += [
            ("", "", "", "", f"{year}年度", "", written, "名", "", *(year - 2000 + n for n in range(10)))
            for written in (code, "01000")
        ]
    return workbook({"表紙": [("x",)], "データシート1": rows})


def cards(first: int = 119, shift: float = 1.0) -> bytes:
    rows: list[tuple] = [("マイナンバーカード",)] * (first - 1)
    rows += [(prefecture, name, 1000, 750, 0.75 * shift) for _, prefecture, name in names()]
    rows.append(("※ 注",))
    return workbook({"目次": [("x",)], "公表用": rows})


def land_area(extra: float = 0.0) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["標準地域コード", "都道府県", "郡", "市区町村", "令和8年4月1日(km2)", "令和7年10月1日(km2)"])
    writer.writerow(["01000", "北海道", "", "", "83422.29", "83422.29"])
    for code, prefecture, name in names():
        writer.writerow(
            [code, prefecture, "", name, f"{float(municipalities().at[code, 'area_km2']) + extra:,.2f}", "1"]
        )
    return text.getvalue().encode("cp932", errors="replace")


def zero_carbon(declared: list[tuple[str, str, str]]) -> bytes:
    rows: list[tuple] = [("2050年 二酸化炭素排出実質ゼロ表明 自治体",), (), ("都道府県", "市区町村", "表明日")]
    return workbook({"一覧": rows + [tuple(row) for row in declared]})


class _WindowsName(zipfile.ZipInfo):
    """A member whose name is cp932 without saying so, as Windows writes it."""

    def _encodeFilenameFlags(self):  # noqa: N802 - the library's hook
        return self.filename.encode("cp932"), self.flag_bits


def dx_survey(yes: str = "○", *, twice: bool = False) -> bytes:
    header = ("団体コード", "都道府県名", "市区町村名", *(title for _, title, _, _ in ITEMS))
    above = ("", "", "", *["問"] * len(ITEMS))
    rows: list[tuple] = [("令和6年度 自治体DX・情報化推進概要",), above, header]
    for n, (code, prefecture, name) in enumerate(names()):
        answers = [yes if (n + k) % 2 else "×" for k in range(len(ITEMS))]
        rows.append((to_code6(code), prefecture, name, *answers))
    if twice:
        rows = [(*row, "CIOの任命" if i == 2 else "") for i, row in enumerate(rows)]
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_WindowsName("R6/市区町村調査.xlsx"), workbook({"調査結果": rows}))
    return output.getvalue()


def estat(codes: list[str], status: int = 0, value: int | dict[str, int] = 100, total: str = "総数") -> bytes:
    """One answer of getStatsData: two classes of sex, the total among them."""
    result = {"STATUS": status, "ERROR_MSG": "" if status == 0 else "認証に失敗しました。"}
    if status:
        return orjson.dumps({"GET_STATS_DATA": {"RESULT": result}})
    sexes = [{"@code": "0", "@name": total}, {"@code": "1", "@name": "男"}]
    classes = [
        {"@id": "cat01", "@name": "男女", "CLASS": sexes},
        {"@id": "tab", "@name": "表章項目", "CLASS": {"@code": "020", "@name": "人口"}},
        {"@id": "area", "@name": "地域", "CLASS": [{"@code": code, "@name": code} for code in codes]},
        {"@id": "time", "@name": "時間軸", "CLASS": {"@code": "2025000000", "@name": "2025年"}},
    ]
    values = [
        {
            "@tab": "020",
            "@cat01": sex,
            "@area": code,
            "@time": "2025000000",
            "$": "1" if sex == "1" else str(value if isinstance(value, int) else value[code]),
        }
        for code in codes
        for sex in ("0", "1")
    ]
    data = {
        "RESULT_INF": {"TOTAL_NUMBER": len(values)},
        "CLASS_INF": {"CLASS_OBJ": classes},
        "DATA_INF": {"VALUE": values},
    }
    return orjson.dumps({"GET_STATS_DATA": {"RESULT": result, "STATISTICAL_DATA": data}})
