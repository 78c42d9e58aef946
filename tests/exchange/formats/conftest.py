import pytest
import shapely

from renkei.exchange.flat_layer import About, Field, Rule, Style, Symbol, flat_layer

ABOUT = About(
    "都道府県：群馬県。指標：65歳以上の割合（2025年1月1日）",
    "2026-11-26",
    ("総務省「住民基本台帳」を加工して作成",),
    ({"title": "住民基本台帳人口", "publisher": "総務省", "as_of": "2025-01-01", "licence": "CC BY 4.0 互換"},),
    ("この地図にないことは、取組がないという意味ではありません。",),
)
FIELDS = (
    Field("code", "団体コード", "Code"),
    Field("name", "名称", "Name"),
    Field("themes", "テーマ", "Themes"),
    Field("cases", "事例", "Cases", "integer"),
    Field("share_65", "65歳以上の割合", "Share 65+", "real", "%", "住民基本台帳、2025-01-01"),
)
ROWS = [
    {"code": "01234", "name": "北広島市", "themes": ("DX", "防災"), "cases": 2, "share_65": 33.1},
    {"code": "29441", "name": "𠮷野町", "themes": (), "cases": None, "share_65": None},
    {"code": "10444", "name": '=HYPERLINK("http://x")', "themes": ("脱炭素",), "cases": 0, "share_65": -3.5},
]
STYLE = Style(
    (
        Rule("30 未満", '"share_65" < 30', Symbol("#deebf7", "#ffffff")),
        Rule("30 以上", '"share_65" >= 30', Symbol("#3182bd", "#ffffff")),
        Rule("データなし", '"share_65" IS NULL', Symbol("#9ca3af", "#ffffff", hatched=True)),
    ),
    "name",
)


@pytest.fixture
def areas():
    shapes = [
        shapely.box(141.0, 42.0, 142.0, 43.0),
        shapely.MultiPolygon([shapely.box(135, 34, 136, 35), shapely.box(137, 34, 138, 35)]),
        shapely.box(139.0, 36.0, 139.5, 36.5),
    ]
    return flat_layer(
        "municipalities",
        ("市区町村", "Municipalities"),
        FIELDS,
        ROWS,
        ABOUT,
        shapes=shapes,
        geometry_type="MultiPolygon",
        style=STYLE,
    )


@pytest.fixture
def nothing():
    return flat_layer(
        "municipalities",
        ("市区町村", "Municipalities"),
        FIELDS,
        [],
        ABOUT,
        shapes=[],
        geometry_type="MultiPolygon",
        style=STYLE,
    )


@pytest.fixture
def marks():
    rules = (
        Rule("DX", "\"themes\" = 'DX'", Symbol("#2563b0")),
        Rule("防災", "\"themes\" = '防災'", Symbol("#2f855a", shape="triangle")),
    )
    return flat_layer(
        "cases",
        ("事例", "Cases"),
        FIELDS,
        ROWS,
        ABOUT,
        shapes=[shapely.Point(141, 42), shapely.Point(135, 34), shapely.Point(139.123456789, 36)],
        geometry_type="Point",
        style=Style(rules),
    )
