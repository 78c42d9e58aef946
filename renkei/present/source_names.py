"""Who published a figure and where, in the page's language: English names as the publishers write them themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layers.catalog import Indicator
    from renkei.present.words import Language

PUBLISHERS = {
    "デジタル庁": "Digital Agency",
    "一般社団法人プラチナ構想ネットワーク": "Platinum Society Network",
    "世田谷区 生活文化政策部": "Setagaya City, Living and Culture Policy Department",
    "内閣府・内閣官房": "Cabinet Office; Cabinet Secretariat",
    "内閣府・農林水産省・国土交通省ほか": (
        "Cabinet Office; Ministry of Agriculture, Forestry and Fisheries; "
        "Ministry of Land, Infrastructure, Transport and Tourism; and others"
    ),
    "国土交通省": "Ministry of Land, Infrastructure, Transport and Tourism",
    "国土地理院": "Geospatial Information Authority of Japan",
    "国立社会保障・人口問題研究所": "National Institute of Population and Social Security Research",
    "環境省": "Ministry of the Environment",
    "環境省、各自治体": "Ministry of the Environment; municipalities",
    "総務省": "Ministry of Internal Affairs and Communications",
    "総務省統計局": "Statistics Bureau of Japan",
    "総務省統計局（e-Stat）": "Statistics Bureau of Japan (e-Stat)",
    "群馬県 知事戦略部 戦略企画課": "Gunma Prefecture, Strategic Planning Division",
    "資源エネルギー庁": "Agency for Natural Resources and Energy",
}
SOURCES = {
    "ふるさと納税に関する現況調査結果（各自治体の受入額・受入件数、住民税控除額）": (
        "Survey of Furusato Nozei (donations received, tax deducted)"
    ),
    "ゼロカーボンシティの表明（自治体・都道府県ほかのページを1件ずつ確認）": (
        "Zero Carbon City declarations (each page checked)"
    ),
    "マイナンバーカード交付状況（令和4年12月末時点）": "Issue of My Number Cards (end of December 2022)",
    "令和3年度 全市町村の主要財政指標": "Main fiscal indicators of all municipalities, fiscal 2021",
    "住民基本台帳に基づく人口、人口動態及び世帯数（令和7年1月1日現在、総計）": (
        "Population, vital events and households by the Basic Resident Register (1 January 2025)"
    ),
    "全国都道府県市区町村別面積調（令和7年国勢調査 人口等基本集計の参考表示）": (
        "Land area of prefectures and municipalities (as printed in the 2025 Population Census)"
    ),
    "再生可能エネルギー電気の利用の促進に関する特別措置法 情報公表用ウェブサイト B表（導入容量、各年12月末）": (
        "Feed-in tariff disclosure site, table B (installed capacity, end of each December)"
    ),
    "国の事業の選定（各省庁・自治体ほかのページを1件ずつ確認）": (
        "Selections for national programmes (each page checked)"
    ),
    "国勢調査 人口等基本集計（2015年・2020年・2025年）": (
        "Population Census, basic complete tabulation (2015, 2020, 2025)"
    ),
    "日本の地域別将来推計人口（令和5年推計）": "Regional Population Projections for Japan (2023)",
    "社会・人口統計体系 市区町村データ（基礎データ）": (
        "System of Social and Demographic Statistics, municipal data (basic data)"
    ),
    "脱炭素先行地域（第1回～第7回）。選定団体を1件ずつ確認": (
        "Decarbonization Leading Areas (rounds 1 to 7; each selected body checked)"
    ),
    "自治体DX推進状況ダッシュボード 市区町村（2024年7月）": (
        "Dashboard of municipal digital transformation, municipalities (July 2024)"
    ),
}


def publisher_name(publisher: str, language: Language) -> str:
    """Return a publisher's name; as it is where no English one is known.

    Examples
    --------
    >>> publisher_name("総務省統計局", "en"), publisher_name("川場村", "en"), publisher_name("環境省", "ja")
    ('Statistics Bureau of Japan', '川場村', '環境省')
    """
    return PUBLISHERS.get(publisher, publisher) if language == "en" else publisher


def source_name(source: str, language: Language) -> str:
    """Return the title of what a figure comes from; as it is where no English one is known."""
    return SOURCES.get(source, source) if language == "en" else source


def cited(indicator: Indicator, language: Language) -> str:
    """Return publisher and title of an indicator, as one cites them in a language."""
    publisher, source = publisher_name(indicator.publisher, language), source_name(indicator.source, language)
    return f"{publisher}「{source}」" if language == "ja" else f"{publisher}, “{source}”"
