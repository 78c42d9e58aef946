"""What each indicator is called, measured in, and where it comes from: the catalog's text, in one place."""

from __future__ import annotations

from typing import Any

from renkei.official import co2_estimates, dx_survey, emission_records

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
        "labels": ["未実施", "実施"], "labels_en": ["No", "Yes"], "definition": f"{title}の有無（市区町村の回答）", "gaps": "", **(DX | more),
    }  # fmt: skip


NOT_SURVEYED = "石川県の8市町は能登半島地震のため調査無し"

PROCEDURES: tuple[tuple[str, str, str], ...] = (
    ("online_procedure_01", "図書館の図書貸出予約等", "Library loan reservations"),
    ("online_procedure_02", "文化・スポーツ施設等の利用予約等", "Booking of culture and sports facilities"),
    ("online_procedure_03", "研修・講習・各種イベント等の申込", "Applications for courses and events"),
    ("online_procedure_04", "地方税申告手続（eLTAX）", "Local tax filing (eLTAX)"),
    ("online_procedure_05", "水道使用開始届等", "Start of water supply"),
    ("online_procedure_06", "港湾関係手続", "Port procedures"),
    ("online_procedure_07", "道路占用許可申請等", "Road occupancy permits"),
    ("online_procedure_08", "建築確認", "Building confirmation"),
    ("online_procedure_09", "粗大ごみ収集の申込", "Bulky waste collection"),
    ("online_procedure_10", "産業廃棄物の処理、運搬の実績報告", "Industrial waste reports"),
    ("online_procedure_11", "犬の登録申請、死亡届", "Dog registration, notice of death"),
    ("online_procedure_12", "感染症調査報告", "Infectious disease reports"),
    ("online_procedure_13", "職員採用試験申込", "Staff recruitment examinations"),
    ("online_procedure_14", "入札参加資格審査申請等", "Bidder qualification"),
    ("online_procedure_15", "入札", "Bids"),
    ("online_procedure_16", "衆議院・参議院選挙の不在者投票用紙等の請求", "Absentee ballots in national elections"),
    ("online_procedure_17", "罹災証明書の発行申請", "Disaster damage certificates"),
    ("online_procedure_18", "応急仮設住宅の入居申請", "Temporary housing after disasters"),
    ("online_procedure_19", "応急修理の実施申請", "Emergency repairs after disasters"),
    ("online_procedure_20", "障害物除去の実施申請", "Removal of obstacles after disasters"),
    ("online_procedure_21", "災害弔慰金の支給申請", "Disaster condolence money"),
    ("online_procedure_22", "災害障害見舞金の支給申請", "Disaster disability money"),
    ("online_procedure_23", "災害援護資金の貸付申請", "Disaster relief loans"),
    ("online_procedure_24", "被災者生活再建支援金の支給申請", "Livelihood recovery support"),
    ("online_procedure_25", "転出届", "Moving-out notices"),
    ("online_procedure_26", "転入予定市区町村への来庁予定の連絡", "Notice of a visit on moving in"),
    ("online_procedure_27", "児童手当等の受給資格及び児童手当の額についての認定請求", "Child allowance: claim"),
    ("online_procedure_28", "児童手当等の額の改定の請求及び届出", "Child allowance: change of amount"),
    ("online_procedure_29", "氏名変更／住所変更等の届出", "Child allowance: change of name or address"),
    ("online_procedure_30", "受給事由消滅の届出", "Child allowance: end of entitlement"),
    ("online_procedure_31", "未支払の児童手当等の請求", "Child allowance: unpaid amounts"),
    ("online_procedure_32", "児童手当等に係る寄附の申出", "Child allowance: donation"),
    ("online_procedure_33", "児童手当に係る寄附変更等の申出", "Child allowance: change of donation"),
    ("online_procedure_34", "受給資格者の申出による学校給食費等の徴収等の申出", "Child allowance: school meal fees"),
    (
        "online_procedure_35",
        "受給資格者の申出による学校給食費等の徴収等の変更等の申出",
        "Child allowance: change of school meal fees",
    ),
    ("online_procedure_36", "児童手当等の現況届", "Child allowance: status report"),
    ("online_procedure_37", "支給認定の申請", "Childcare certification"),
    ("online_procedure_38", "保育施設等の利用申込", "Application for childcare places"),
    ("online_procedure_39", "保育施設等の現況届", "Childcare: status report"),
    ("online_procedure_40", "児童扶養手当の現況届の事前送信", "Child rearing allowance: status report"),
    ("online_procedure_41", "妊娠の届出", "Notification of pregnancy"),
    ("online_procedure_42", "要介護・要支援認定の申請", "Long-term care certification: application"),
    ("online_procedure_43", "要介護・要支援更新認定の申請", "Long-term care certification: renewal"),
    ("online_procedure_44", "要介護・要支援状態区分変更認定の申請", "Long-term care certification: change of category"),
    (
        "online_procedure_45",
        "居宅（介護予防）サービス計画作成（変更）依頼の届出",
        "Long-term care: notice of care plan",
    ),
    ("online_procedure_46", "介護保険負担割合証の再交付申請", "Long-term care: copayment certificate"),
    ("online_procedure_47", "被保険者証の再交付申請", "Long-term care: insurance card"),
    ("online_procedure_48", "高額介護（予防）サービス費の支給申請", "Long-term care: high-cost benefit"),
    ("online_procedure_49", "介護保険負担限度額認定申請", "Long-term care: limit of costs"),
    ("online_procedure_50", "居宅介護（介護予防）福祉用具購入費の支給申請", "Long-term care: equipment purchase"),
    ("online_procedure_51", "居宅介護（介護予防）住宅改修費の支給申請", "Long-term care: home modification"),
    ("online_procedure_52", "住所移転後の要介護・要支援認定申請", "Long-term care certification after moving"),
)
"""Id, name in the source and in English: 26 common procedures, then 26 of childcare and long-term care."""

PROGRAMME_SOURCE = {
    "source": "国の事業の選定（各省庁・自治体ほかのページを1件ずつ確認）", "publisher": "内閣府・農林水産省・国土交通省ほか",
    "source_url": "https://www.chisou.go.jp/tiiki/kankyo/", "licence": "事実の記載（出典を明記）",
}  # fmt: skip
ZERO_CARBON = {
    "source": "ゼロカーボンシティの表明（自治体・都道府県ほかのページを1件ずつ確認）", "publisher": "環境省、各自治体",
    "source_url": "https://www.env.go.jp/policy/zerocarbon.html", "licence": "事実の記載（出典を明記）",
}  # fmt: skip
AREA = {
    "source": "全国都道府県市区町村別面積調（2020-10-01）", "publisher": "国土地理院",
    "source_url": "https://www.gsi.go.jp/KOKUJYOHO/MENCHO-title.htm", "licence": "CC BY 4.0 互換（国土地理院コンテンツ利用規約）",
}  # fmt: skip
MEDICAL = {
    "source": "国土数値情報 医療圏データ（A38）、三重県の市町一覧", "publisher": "国土交通省、三重県",
    "source_url": "https://nlftp.mlit.go.jp/ksj/gml/datalist/KsjTmplt-A38-v2_0.html", "licence": "国土数値情報利用規約（出典を明記）",
}  # fmt: skip


def _procedure(identifier: str, title: str, title_en: str) -> dict[str, Any]:
    return _number(
        identifier, "procedures", f"オンライン申請：{title}", f"Online: {title_en}", "%", "%",
        f"「{title}」の申請のうちオンラインによるものの割合", DX, decimals=1, direction="up",
        gaps="空欄の市区町村は該当手続がないか回答がなく、0%とは区別する",
    )  # fmt: skip


def _known(identifier: str, title: str, title_en: str, definition: str, gaps: str, **more: Any) -> dict[str, Any]:
    return {
        "id": identifier, "group": "programmes", "title": title, "title_en": title_en, "unit": "", "unit_en": "",
        "kind": "membership", "direction": "none", "scheme": "categories", "decimals": 0, "diverging": False,
        "labels": ["選定なし（完全な一覧で確認）", "選定を確認"], "labels_en": ["not chosen (complete list)", "known to be chosen"],
        "definition": definition, "gaps": gaps, **PROGRAMME_SOURCE, **more,
    }  # fmt: skip


UNKNOWN = "載っていない市区町村は「不明」であり「選定なし」ではない"

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
    _number("moved_in", "population", "転入者数（2024年）", "Moved in (2024)", "人", "persons",
            "2024年1月1日～12月31日の転入者数（国内・国外の計）", REGISTER, scheme="quantile"),
    _number("moved_out", "population", "転出者数（2024年）", "Moved out (2024)", "人", "persons",
            "2024年1月1日～12月31日の転出者数（国内・国外の計）", REGISTER, scheme="quantile"),
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
    _number("online_procedures_offered", "dx", "よく使う32手続のうち実施している数", "Common procedures offered, of 32", "手続", "procedures",
            "実施されている手続総数（オンライン化率の分母）", DX),
    _number("online_procedures_online", "dx", "よく使う32手続のうちオンライン化済の数", "Common procedures online, of 32", "手続", "procedures",
            "実施されている手続のうち「オンライン化済」と回答した手続数（オンライン化率の分子）", DX, direction="up"),
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
    _number("official_area", "population", "面積", "Area", "km²", "km²", "国土地理院の面積調による面積（境界未定地域は参考値）",
            AREA, scheme="quantile", decimals=2),
    _known("zero_carbon_city", "ゼロカーボンシティの表明", "Zero-carbon declarations",
           "2050年までに二酸化炭素の排出を実質ゼロにする表明", "確認できた374だけ（全国で約1,200）。一覧が揃うのは山梨（2021年）・山口（2025年）・奈良"
           "（2022年）・沖縄（2021年）のみで、ほかの県では載っていないことは「不明」",
           labels=["一覧になし（一覧が揃う4県）", "表明を確認"], labels_en=["not on a complete list", "known to have declared"],
           **(ZERO_CARBON | {"group": "decarbonization"})),
    _known("sdgs_future_city", "SDGs未来都市", "SDGs Future Cities", "内閣府のSDGs未来都市（広域連携を含む）に選定された市区町村",
           f"2018～2022年度はほぼ完全、2023年度は28のうち20、2024年度は24のうち11、2025年度は9のうち5。{UNKNOWN}"),
    _known("biomass_industrial_city", "バイオマス産業都市", "Biomass industrial cities", "農林水産省ほか7府省のバイオマス産業都市に選定された市区町村",
           f"令和元年度までと令和3～5年度。令和2年度は未収録。{UNKNOWN}"),
    _known("environmental_model_city", "環境モデル都市", "Environmental model cities", "内閣府の環境モデル都市に選定された市区町村",
           f"2008・2012・2013年度の選定。{UNKNOWN}"),
    _known("super_city", "スーパーシティ・デジタル田園健康特区", "Super City, Digital Garden Health zones",
           "国家戦略特区のスーパーシティ、デジタル田園健康特区に指定された市区町村", "2022年の指定。府県の指定は含まない"),
    _known("smart_city", "スマートシティ関連事業", "Smart City projects",
           "国土交通省ほかのスマートシティ関連事業（モデル、実装化支援、合同審査）に選定された市区町村",
           f"2019・2020・2022～2025年の一部。{UNKNOWN}"),
    *(_procedure(*each) for each in PROCEDURES),
]  # fmt: skip

CO2 = {
    "source": "部門別CO2排出量の現況推計（市区町村）", "publisher": "環境省",
    "source_url": "https://policies.env.go.jp/policy/roadmap/local_keikaku/tools/suikei.html",
    "licence": "公共データ利用規約（第1.0版）",
}  # fmt: skip
EMISSION_RECORD = {
    "source": "自治体排出量カルテ", "publisher": "環境省",
    "source_url": "https://policies.env.go.jp/policy/roadmap/local_keikaku/tools/karte.html",
    "licence": "公共データ利用規約（第1.0版）",
}  # fmt: skip
CARD_POSSESSION = {
    "source": "マイナンバーカードの保有状況（市区町村別、公表用）", "publisher": "総務省",
    "source_url": "https://www.soumu.go.jp/kojinbango_card/kofujokyo.html",
    "licence": "CC BY 4.0 互換（政府標準利用規約 第2.0版）",
}  # fmt: skip
DX_SURVEY = {
    "source": "自治体DX・情報化推進概要", "publisher": "総務省",
    "source_url": "https://www.soumu.go.jp/denshijiti/060213_02.html",
    "licence": "CC BY 4.0 互換（政府標準利用規約 第2.0版）",
}  # fmt: skip
ZERO_CARBON_LIST = {
    "source": "2050年二酸化炭素排出実質ゼロ表明の状況（環境省の一覧）", "publisher": "環境省",
    "source_url": "https://www.env.go.jp/policy/zerocarbon.html", "licence": "公共データ利用規約（第1.0版）",
    "gaps": "一覧の日の時点。載っていない市区町村は「表明なし」",
}  # fmt: skip
LAND_AREA = {
    "source": "全国都道府県市区町村別面積調", "publisher": "国土地理院", "source_url": AREA["source_url"], "licence": AREA["licence"],
}  # fmt: skip
FISCAL_ANY = {**FISCAL, "source": "全市町村の主要財政指標"}
CENSUS_API = {
    **CENSUS,
    "source": "国勢調査（e-Stat API。このサービスは、政府統計総合窓口(e-Stat)のAPI機能を使用していますが、サービスの内容は国によって保証されたものではありません）",
}

_SUM_OF = {
    "industry": "製造業、建設業・鉱業、農林水産業",
    "consumer": "業務その他、家庭",
    "transport": "旅客、貨物、鉄道、船舶",
}


def _co2(identifier: str, title: str, title_en: str) -> list[dict[str, Any]]:
    parts = f"（{_SUM_OF[identifier]}の計）" if identifier in _SUM_OF else ""
    estimate = "全国や都道府県の排出量を活動量で按分した推計値であり、実測ではない"
    return [
        _number(f"co2_{identifier}", "decarbonization", f"CO2排出量：{title}", f"CO2 emissions: {title_en}", "t-CO2", "t-CO2",
                f"部門別CO2排出量の現況推計の{title}{parts}", CO2, scheme="quantile", direction="down", gaps=estimate),
        _number(f"co2_{identifier}_per_person", "decarbonization", f"CO2排出量（1人当たり）：{title}", f"CO2 emissions per person: {title_en}",
                "t-CO2/人", "t-CO2 per person", f"部門別CO2排出量の現況推計の{title}{parts} ÷ 2020年国勢調査人口", CO2, decimals=2,
                direction="down", gaps=f"{estimate}。2020年の人口が0の双葉町は計算しない"),
    ]  # fmt: skip


UPDATABLE: list[dict[str, Any]] = [
    *(each for identifier, title, _, title_en in co2_estimates.SECTORS for each in _co2(identifier, title, title_en)),
    *(
        _number(f"emission_record_{identifier}", "decarbonization", f"排出量カルテ：{title}", f"Emission record: {title_en}",
                "t-CO2", "t-CO2", f"自治体排出量カルテの{title}の排出量（年度ごと）", EMISSION_RECORD, scheme="quantile",
                direction="down", gaps="取り込んだ市区町村だけに値がある")
        for identifier, title, _, title_en in emission_records.SECTORS
    ),
    _number("mynumber_possession_rate", "dx", "マイナンバーカード保有枚数率（総務省）", "My Number Cards held (MIC)", "%", "%",
            "保有枚数 ÷ 人口 × 100", CARD_POSSESSION, decimals=1, direction="up"),
    *(
        _yes_no(f"survey_dx_{identifier}", f"{title}（自治体DX・情報化推進概要）", f"{title_en} (MIC survey)",
                **{**DX_SURVEY, "gaps": "回答のない市区町村は値がない"})
        for identifier, title, _, title_en in dx_survey.ITEMS
    ),
]  # fmt: skip
"""Indicators that ``renkei data update`` adds: the project holds no figures of theirs."""


WARDS = {
    "source": f"{REGISTER['source']}、{IPSS['source']}", "publisher": f"{REGISTER['publisher']}、{IPSS['publisher']}",
    "source_url": REGISTER["source_url"], "licence": f"{REGISTER['licence']}、{IPSS['licence']}",
}  # fmt: skip
"""Of the table of the designated cities' wards."""
