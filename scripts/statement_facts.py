"""What municipalities state of themselves in the reports: declared, chosen, applied for, aimed at, with line.

Read by hand from document 001 (地方創生人材支援制度 派遣者取組概要, 令和4年度版); said in our words. A day, month or
year is given only where the lines give one.
"""

from __future__ import annotations

Row = list[object]

COLUMNS = ("code", "topic", "status", "date", "target_year", "value", "unit", "detail", "case_id", "document", "lines")

_ZERO, _AREA, _TARGET, _GRANT = "zero_carbon", "leading_area", "emission_target", "digital_grant"

STATEMENTS: list[Row] = [
    ["08212", _ZERO, "declared", "2022-09", "", "", "", "カーボンニュートラル宣言", "dispatch-r4-013", "001", "1080"],
    ["27225", _ZERO, "declared", "2021", "", "", "", "ゼロカーボンシティ宣言", "dispatch-r4-030", "001", "2624"],
    ["01229", _ZERO, "declared", "", "2050", "", "", "ゼロカーボンシティ宣言（宣言の年月日は記載なし）", "dispatch-r4-100", "001", "7766;7767"],
    ["01364", _ZERO, "declared", "2022-06-01", "", "", "", "ゼロカーボンシティ宣言", "dispatch-r4-101", "001", "7823"],
    ["33214", _AREA, "selected", "2022-04", "", "", "", "脱炭素先行地域に選定", "dispatch-r4-041", "001", "3488"],
    ["01633", _AREA, "selected", "2022-04", "", "", "", "脱炭素先行地域に選定", "dispatch-r4-103", "001", "7969"],
    ["10366", _AREA, "selected", "2022-11-01", "", "", "", "脱炭素先行地域（第2回）に選定", "dispatch-r4-105", "001", "8110"],
    ["15581", _AREA, "selected", "2022-11", "", "", "", "脱炭素先行地域（第2回）に選定", "dispatch-r4-107", "001", "8224"],
    ["46534", _AREA, "selected", "2022-04", "", "", "", "脱炭素先行地域に選定（隣町などと共同）", "dispatch-r4-111", "001", "8529"],
    ["01229", _TARGET, "target", "", "2050", "", "", "CO2排出量 実質ゼロ", "dispatch-r4-100", "001", "7781"],
    ["06209", _TARGET, "target", "", "2050", "", "", "CO2排出量 実質ゼロ（計画・施策を検討）", "dispatch-r4-104", "001", "8021;8035"],
    ["43202", _TARGET, "target", "", "2050", "", "", "カーボンニュートラル（施策の検討を開始）", "dispatch-r4-049", "001", "4085"],
    ["10366", _TARGET, "target", "", "2030", "60", "%", "村全体のCO2排出量を2013年度比で削減", "dispatch-r4-105", "001", "8118"],
    ["10366", _TARGET, "target", "", "2030", "", "", "民生部門の電力消費に伴うCO2排出 実質ゼロ", "dispatch-r4-105", "001", "8116"],
    ["46534", _TARGET, "target", "", "2030", "", "", "指定区域の民生部門の電力のCO2排出 ゼロ", "dispatch-r4-111", "001", "8529"],
    ["01639", _GRANT, "applied", "FY2023", "", "293000000", "円", "デジタル田園都市国家構想推進交付金 TYPE-X", "dispatch-r4-002", "001", "156"],
    ["04207", _GRANT, "selected", "FY2023", "", "360000000", "円", "デジタル田園都市国家構想交付金 デジタル実装タイプ TYPE1", "dispatch-r4-064", "001", "5083;5085"],
    ["28201", _GRANT, "selected", "2023-04", "", "", "", "デジタル田園都市国家構想交付金 TYPE3", "dispatch-r4-086", "001", "6610;6612"],
    ["46215", _GRANT, "used", "", "", "", "", "デジタル田園都市国家構想交付金 デジタル実装タイプ TYPE1（デジタル地域通貨）", "dispatch-r4-053", "001", "4352"],
    ["22212", _GRANT, "used", "", "", "", "", "デジタル田園都市国家構想交付金 TYPE2（都市OS）", "dispatch-r4-079", "001", "6123"],
    ["07447", _GRANT, "planned", "", "", "", "", "デジタル田園都市国家構想交付金 TYPE1（町内WiFi、データ連携基盤）", "dispatch-r4-070", "001", "5500"],
    ["15224", _GRANT, "planned", "FY2023", "", "", "", "デジタル田園都市国家構想交付金 TYPE1（新庁舎の窓口）", "dispatch-r4-076", "001", "5927"],
]  # fmt: skip
