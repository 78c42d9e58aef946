"""What each indicator is called, measured in, and where it comes from: the catalog's text, in one place."""

from __future__ import annotations

from typing import Any

CENSUS = {
    "source": "国勢調査 人口等基本集計（2015・2020年）、人口速報集計（2025年）", "publisher": "総務省統計局",
    "source_url": "https://www.stat.go.jp/data/kokusei/2020/", "licence": "CC BY 4.0 互換（政府標準利用規約 第2.0版）",
}  # fmt: skip
IPSS = {
    "source": "日本の地域別将来推計人口（令和5年推計）", "publisher": "国立社会保障・人口問題研究所",
    "source_url": "https://www.ipss.go.jp/pp-shicyoson/j/shicyoson23/t-page.asp", "licence": "出典を明記して利用",
}  # fmt: skip
REGISTER = {
    "source": "住民基本台帳に基づく人口、人口動態及び世帯数（令和7年1月1日現在、総計）", "publisher": "総務省",
    "source_url": "https://www.soumu.go.jp/main_sosiki/jichi_gyousei/daityo/jinkou_jinkoudoutai-setaisuu.html",
    "licence": "CC BY 4.0 互換（政府標準利用規約 第2.0版）",
}  # fmt: skip
FIT = {
    "source": "再生可能エネルギー電気の利用の促進に関する特別措置法 情報公表用ウェブサイト B表（導入容量、各年12月末）",
    "publisher": "資源エネルギー庁", "source_url": "https://www.fit-portal.go.jp/PublicInfoSummary",
    "licence": "出典を明記して利用",
}  # fmt: skip
LEADING = {
    "source": "脱炭素先行地域（第1回～第7回）。選定団体を1件ずつ確認", "publisher": "環境省",
    "source_url": "https://policies.env.go.jp/policy/roadmap/preceding-region/", "licence": "事実の記載（出典を明記）",
}  # fmt: skip
DX = {
    "source": "自治体DX推進状況ダッシュボード 市区町村（2024年7月）", "publisher": "デジタル庁",
    "source_url": "https://www.digital.go.jp/resources/govdashboard/local-government-dx",
    "licence": "公共データ利用規約（第1.0版）",
}  # fmt: skip
MYNUMBER = {
    "source": "マイナンバーカード交付状況（令和4年12月末時点）", "publisher": "総務省",
    "source_url": "https://www.soumu.go.jp/kojinbango_card/kofujokyo.html",
    "licence": "CC BY 4.0 互換（政府標準利用規約 第2.0版）",
}  # fmt: skip
FISCAL = {
    "source": "令和3年度 全市町村の主要財政指標", "publisher": "総務省",
    "source_url": "https://www.soumu.go.jp/iken/shihyo_ichiran.html",
    "licence": "CC BY 4.0 互換（政府標準利用規約 第2.0版）",
}  # fmt: skip

NO_PROJECTION = "福島県浜通り地域の13市町村は、推計の設計上、市町村別の値がない"
NO_BASE = "人口が0だった年を基準とする率は計算しない"
PRELIMINARY = "2025年は速報値"


def _number(
    identifier: str, group: str, title: str, title_en: str, unit: str, unit_en: str, definition: str,
    source: dict[str, str], **more: Any,
) -> dict[str, Any]:  # fmt: skip
    return {
        "id": identifier, "group": group, "title": title, "title_en": title_en, "unit": unit, "unit_en": unit_en,
        "kind": "number", "direction": "none", "scheme": "natural", "decimals": 0, "diverging": False, "labels": [], "labels_en": [],
        "definition": definition, "gaps": "", **source, **more,
    }  # fmt: skip


def _yes_no(identifier: str, title: str, title_en: str, **more: Any) -> dict[str, Any]:
    return {
        "id": identifier, "group": "dx", "title": title, "title_en": title_en, "unit": "", "unit_en": "",
        "kind": "category", "direction": "up", "scheme": "categories", "decimals": 0, "diverging": False,
        "labels": ["未実施", "実施"], "labels_en": ["No", "Yes"], "definition": f"{title}の有無（市区町村の回答）", "gaps": "", **DX, **more,
    }  # fmt: skip


NOT_SURVEYED = "石川県の8市町は能登半島地震のため調査無し"

INDICATORS: list[dict[str, Any]] = [
    _number("census_population", "population", "人口（国勢調査）", "Population (census)", "人", "persons",
            "常住人口総数", CENSUS, scheme="quantile", gaps=f"{PRELIMINARY}。富谷市・那珂川市の2015年は町のときの値"),
    _number("census_change_rate", "population", "人口増減率（5年間）", "Population change (5 years)", "%", "%",
            "（当年の国勢調査人口 − 5年前の国勢調査人口）÷ 5年前の人口 × 100", CENSUS, decimals=1, diverging=True,
            direction="up", gaps=f"{PRELIMINARY}。{NO_BASE}"),
    _number("population_density", "population", "人口密度", "Population density", "人/km²", "persons/km²",
            "国勢調査人口 ÷ 国土地理院 面積調（2020-10-01）の面積", CENSUS, scheme="quantile", gaps=PRELIMINARY),
    _number("projected_population", "population", "将来推計人口", "Projected population", "人", "persons",
            "2020年は国勢調査、2025年以降は推計", IPSS, scheme="quantile", gaps=NO_PROJECTION),
    _number("population_change_2020_2050", "population", "将来人口増減率（2020→2050年）",
            "Projected population change, 2020 to 2050", "%", "%", "（2050年推計人口 − 2020年人口）÷ 2020年人口 × 100",
            IPSS, decimals=1, diverging=True, direction="up", gaps=NO_PROJECTION),
    _number("projected_share_65", "population", "高齢化率（将来推計、65歳以上）", "Share aged 65+ (projection)", "%", "%",
            "65歳以上人口 ÷ 総人口 × 100。2020年は国勢調査、2025年以降は推計", IPSS, decimals=1, gaps=NO_PROJECTION),
    _number("projected_share_75", "population", "75歳以上の割合（将来推計）", "Share aged 75+ (projection)", "%", "%",
            "75歳以上人口 ÷ 総人口 × 100。2020年は国勢調査、2025年以降は推計", IPSS, decimals=1, gaps=NO_PROJECTION),
    _number("register_population", "population", "住民基本台帳人口", "Registered residents", "人", "persons",
            "住民基本台帳の人口（日本人と外国人の総計）", REGISTER, scheme="quantile"),
    _number("register_households", "population", "世帯数", "Households", "世帯", "households",
            "住民基本台帳の世帯数", REGISTER, scheme="quantile"),
    _number("births", "population", "出生者数（2024年）", "Births (2024)", "人", "persons",
            "2024年1月1日～12月31日に出生で住民票に記載された人数", REGISTER, scheme="quantile"),
    _number("deaths", "population", "死亡者数（2024年）", "Deaths (2024)", "人", "persons",
            "2024年1月1日～12月31日に死亡で住民票を消除された人数", REGISTER, scheme="quantile"),
    _number("natural_change_rate", "population", "自然増減率（2024年）", "Natural change rate (2024)", "%", "%",
            "（出生者数 − 死亡者数）÷ 前年の人口 × 100（公表値）", REGISTER, decimals=2, diverging=True, direction="up"),
    _number("social_change_rate", "population", "社会増減率（2024年）", "Net migration rate (2024)", "%", "%",
            "（転入等 − 転出等）÷ 前年の人口 × 100（公表値）", REGISTER, decimals=2, diverging=True, direction="up"),
    _number("share_0_14", "population", "年少人口割合（0～14歳）", "Share aged 0–14", "%", "%",
            "0～14歳 ÷ 総数（年齢不詳を除く）× 100", REGISTER, decimals=1),
    _number("share_15_64", "population", "生産年齢人口割合（15～64歳）", "Share aged 15–64", "%", "%",
            "15～64歳 ÷ 総数（年齢不詳を除く）× 100", REGISTER, decimals=1),
    _number("share_65", "population", "高齢化率（65歳以上）", "Share aged 65+", "%", "%",
            "65歳以上 ÷ 総数（年齢不詳を除く）× 100", REGISTER, decimals=1),
    _number("share_75", "population", "75歳以上の割合", "Share aged 75+", "%", "%",
            "75歳以上 ÷ 総数（年齢不詳を除く）× 100", REGISTER, decimals=1),
    _number("fit_solar_kw", "decarbonization", "太陽光発電の導入容量（FIT）", "Solar capacity (FIT)", "kW", "kW",
            "FIT・FIP 認定設備の導入容量（各年12月末、全出力区分の計）", FIT, scheme="quantile", direction="up"),
    _number("fit_solar_kw_per_1000", "decarbonization", "太陽光発電の導入容量（人口千人当たり）",
            "Solar capacity per 1,000 people", "kW/千人", "kW per 1,000", "導入容量 ÷ 2020年国勢調査人口 × 1,000",
            FIT, scheme="quantile", direction="up", gaps="2020年の人口が0の双葉町は計算しない"),
    _number("fit_solar_kw_per_km2", "decarbonization", "太陽光発電の導入容量（面積当たり）", "Solar capacity per km²",
            "kW/km²", "kW/km²", "導入容量 ÷ 国土地理院 面積調（2020-10-01）の面積", FIT, scheme="quantile", decimals=1, direction="up"),
    {
        "id": "decarbonization_leading_area", "group": "decarbonization", "title": "脱炭素先行地域",
        "title_en": "Decarbonization leading areas", "unit": "", "unit_en": "", "kind": "membership", "direction": "none",
        "scheme": "categories", "decimals": 0, "diverging": False,
        "labels": ["第6回まで選定なし", "共同提案者", "提案者", "選定後に辞退"],
        "labels_en": ["not chosen up to round 6", "joint proposer", "proposer", "withdrawn"],
        "definition": "環境省の脱炭素先行地域の提案者・共同提案者である市区町村",
        "gaps": "第1～6回は市区町村について完全。第7回（2026-02）は12件中3件のみ。都道府県の共同提案は含まない", **LEADING,
    },
    _number("online_rate_32", "dx", "よく使う32手続のオンライン化率", "Online rate of 32 common procedures", "%", "%",
            "実施している手続のうちオンライン化済の割合", DX, direction="up", gaps="該当手続のない2町村は値がない"),
    _number("online_rate_26", "dx", "子育て・介護26手続のオンライン化率", "Online rate of 26 care procedures", "%", "%",
            "子育て・介護関係26手続のうちオンライン化済の割合", DX, direction="up"),
    _number("mynumber_held_rate", "dx", "マイナンバーカード保有率", "My Number Card holders", "%", "%",
            "人口に対する保有枚数の割合", DX, direction="up"),
    _number("mynumber_issue_rate", "dx", "マイナンバーカード交付率", "My Number Card issue rate", "%", "%",
            "交付枚数 ÷ 住民基本台帳人口（2022-01-01）× 100", MYNUMBER, decimals=1, direction="up"),
    _yes_no("dx_cio", "CIOの任命", "CIO appointed", gaps=NOT_SURVEYED),
    _yes_no("dx_cio_assistant", "CIO補佐官等の任命", "CIO assistant appointed", gaps=NOT_SURVEYED),
    _yes_no("dx_policy", "DX全体方針の策定", "DX policy made", gaps=NOT_SURVEYED),
    _yes_no("dx_organisation", "全庁的なDX推進体制の構築", "Office-wide DX organisation", gaps=NOT_SURVEYED),
    _yes_no("dx_external_experts", "DX外部人材の活用", "External DX experts", gaps=NOT_SURVEYED),
    _yes_no("dx_staff_training", "DX職員育成の取組", "DX staff development", gaps=NOT_SURVEYED),
    _yes_no("dx_training_for_all", "全職員対象のDX研修", "DX training for all staff", gaps=NOT_SURVEYED),
    _yes_no("dx_ai", "AIの導入", "AI in use"),
    _yes_no("dx_rpa", "RPAの導入", "RPA in use"),
    _yes_no("dx_telework", "テレワークの導入", "Telework in use"),
    _number("fiscal_capacity", "finance", "財政力指数", "Fiscal capacity index", "", "",
            "基準財政収入額 ÷ 基準財政需要額（3か年平均）", FISCAL, decimals=2, direction="up",
            gaps="特別区は都区財政調整による値で、市町村と比べられない"),
    _number("ordinary_balance_ratio", "finance", "経常収支比率", "Ordinary balance ratio", "%", "%",
            "経常経費充当一般財源 ÷ 経常一般財源等 × 100", FISCAL, decimals=1, direction="down"),
    _number("real_debt_service_ratio", "finance", "実質公債費比率", "Real debt service ratio", "%", "%",
            "公表値（3か年平均）", FISCAL, decimals=1, direction="down"),
    _number("future_burden_ratio", "finance", "将来負担比率", "Future burden ratio", "%", "%", "公表値", FISCAL,
            decimals=1, direction="down", gaps="「-」（将来負担額なし等）の団体は値がない"),
    _number("laspeyres_index", "finance", "ラスパイレス指数", "Laspeyres index", "", "",
            "国家公務員の給与水準を100とした指数", FISCAL, decimals=1),
]  # fmt: skip
