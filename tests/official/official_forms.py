"""Files in the official forms, written by literal rules: what the readers must read, and what they must refuse."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import orjson
import xlwt

from geo.codes import to_code6
from geo.gazetteer import municipalities, wards
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


FISCAL_HEADER = (
    "団体コード",
    "都道府県名",
    "団体名",
    "財政力指数",
    "経常収支比率",
    "実質公債費比率",
    "将来負担比率",
    "ラスパイレス指数",
)


def old_workbook(sheets: dict[str, list[tuple]]) -> bytes:
    """A workbook of Excel 97–2003."""
    book = xlwt.Workbook()
    for title, rows in sheets.items():
        sheet = book.add_sheet(title)
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(line, column, cell)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def cards_long(stated: str = "令和8年7月末時点", *, codes: bool = True, months: tuple[str, ...] = ()) -> bytes:
    """The long form: every row says what it is, under a header of its own."""
    header = ("団体コード", "都道府県名", "市区町村名", "人口（R8.1.1）", "保有枚数", "保有枚数率")
    rows: list[tuple] = [
        ("マイナンバーカードの保有状況", stated),
        (),
        (*(header if codes else header[1:]), *(["時点"] if months else [])),
    ]
    for month in months or ("",):
        for code, prefecture, name in names():
            row = (to_code6(code), prefecture, name, 1000, 800, 0.8)
            rows.append((*(row if codes else row[1:]), *([month] if months else [])))
    rows.append(("※ 注", "", ""))
    return workbook({"市区町村別": rows})


def census_bodies(change: dict[str, dict[str, object]] | None = None) -> list[dict[str, object]]:
    """Every body of a census in which each ward has 1,000 people, each municipality without wards 2,000."""
    of_city = wards()["city_code"].value_counts()
    found = [
        {"code": code, "name": name, "level": "municipality", "population": 1000 * int(of_city.get(code, 2))}
        for code, _, name in names()
    ]
    totals: dict[str, int] = {}
    for each in found:
        totals[each["code"][:2]] = totals.get(each["code"][:2], 0) + each["population"]
    found += [{"code": code, "name": "区", "level": "ward", "population": 1000} for code in wards().index]
    found += [{"code": f"{p}000", "name": "県", "level": "prefecture", "population": n} for p, n in totals.items()]
    return [{**each, "area_km2": 10.5, "share_65": 30.25, **(change or {}).get(each["code"], {})} for each in found]


def census_csv(change: dict[str, dict[str, object]] | None = None) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, ("code", "name", "level", "population", "area_km2", "share_65"), lineterminator="\n")
    writer.writeheader()
    writer.writerows(census_bodies(change))
    return text.getvalue().encode()


def census_workbook(change: dict[str, dict[str, object]] | None = None, area: str = "面積（参考）(km2)") -> bytes:
    """The workbook of main results: two header rows, codes joined to names, the Japanese below again."""
    header = (
        "都道府県・市区町村",
        "人口（総数）",
        "男",
        "5年間の人口増減率（％）",
        "世帯数",
        area,
        "人口密度",
        "65歳以上",
    )
    rows: list[tuple] = [("令和7年国勢調査 主な結果",), header, ("", "人", "人", "％", "世帯", "", "", "割合（％）")]
    bodies = census_bodies(change)
    for each in bodies:
        name = f"{each['code']}_{each['name']}"
        rows.append((name, each["population"], 1, -2.5, 3, each["area_km2"], 9.9, each["share_65"]))
    rows += [(f"{each['code']}_{each['name']}", 1, 1, 1, 1, 1, 1, 1) for each in bodies[:3]]
    return workbook({"主な結果": [*rows, ("注）人口は確定値",)]})


def register_persons(total: int = 174_100, stated: str = "【総計】令和8年1月1日住民基本台帳人口") -> bytes:
    """Persons and moves: 100 people and 40 households a municipality."""
    rows: list[tuple] = [(stated,), (), (), (), (), (), ("-", "合計", "", "", "", total)]
    figures = {5: 100, 6: 40, 9: 7, 10: 3, 15: 6, 16: 2, 22: 0.5, 24: -0.25}
    for code, prefecture, name in names():
        rows.append((to_code6(code), prefecture, name, *(figures.get(column) for column in range(3, 26))))
    return workbook({"市区町村別": rows})


def register_ages() -> bytes:
    """Age groups: eleven below 15, 80 from 15 to 64, five of 65 to 69, four of 75 to 79."""
    rows: list[tuple] = [("【総計】令和8年1月1日住民基本台帳年齢階級別人口",), (), ()]
    groups = [11, *[0] * 7, 80, *[0] * 4, 5, 0, 4, *[0] * 5]
    for code, prefecture, name in names():
        rows += [
            (to_code6(code), prefecture, name, "計", 100, *groups),
            (to_code6(code), prefecture, name, "男", 50, 9),
        ]
    return workbook({"市区町村別": rows})


FISCAL_HEADER = (
    "団体コード",
    "都道府県名",
    "団体名",
    "財政力指数",
    "経常収支比率",
    "実質公債費比率",
    "将来負担比率",
    "ラスパイレス指数",
)


def by_name(blocks):
    """Return the series of blocks by indicator and date."""
    return {(indicator, day): series for indicator, day, series, _ in blocks}
