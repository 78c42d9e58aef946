"""Make ``data/cases/`` from the facts that were read out of the five documents.

Usage: ``python -m scripts.build_cases [--shared FOLDER]``

Facts and figures come over, sentences do not: quotes stay in the documents, found by document and line.
Names of private persons are in none of the inputs that are read here.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

import orjson

from scripts import register_readers, statement_facts
from scripts.source_files import ROOT, SHARED, sha256, table_bytes, write_folder

Row = list[object]

DOCUMENTS = {
    "000": ("連携推進のためのアンケート（2024年）調査結果", "一般社団法人プラチナ構想ネットワーク", "2024"),
    "001": ("地方創生人材支援制度 派遣者取組概要（令和4年度版）", "内閣府・内閣官房", "2023"),
    "002": ("「令和4年度 自治体間連携フォーラム」の実施報告について", "世田谷区 生活文化政策部", "2023-02-08"),
    "003": ("官民共創コミュニティの理念を活かした行政手法の導入", "群馬県 知事戦略部 戦略企画課", "2023-11-02"),
    "004": ("地域生活圏形成リーディング事業 第1回採択", "国土交通省", "2025"),
}
PROGRAMMES: list[Row] = [
    [
        "dispatch-r4",
        "地方創生人材支援制度",
        "Seconded experts for regional revitalization (FY2022)",
        "001",
        "内閣府・内閣官房",
        "FY2022",
        "111件の派遣者取組概要（令和4年度版）",
    ],
    [
        "living-area",
        "地域生活圏形成リーディング事業",
        "Living-area platforms",
        "004",
        "国土交通省",
        "2025",
        "第1回採択の5プラットフォーム。第2回（2025-06-27～2025-08-25募集）は含まない",
    ],
    [
        "setagaya-forum",
        "自治体間連携フォーラム",
        "Setagaya inter-municipal forum",
        "002",
        "世田谷区",
        "2022-12-09",
        "第7回（令和4年度）。電力連携の相手方は資料に名がない",
    ],
    [
        "gunma-cocreation",
        "官民共創コミュニティ",
        "Gunma co-creation communities",
        "003",
        "群馬県",
        "2023-11-02",
        "2021～2023年度の9圏域。構成自治体は圏域名からの推定",
    ],
    [
        "platinum-survey",
        "連携推進のためのアンケート",
        "Platinum network survey",
        "000",
        "一般社団法人プラチナ構想ネットワーク",
        "2024-05-31",
        "2024-05-13～31、自治体首長会員、回答128（59%）。会員連携支援事業への意向の表は資料にない",
    ],
    [
        "core-city",
        "連携中枢都市圏",
        "Core city areas",
        "",
        "総務省（制度）",
        "2024-04",
        "38圏域のすべて。構成市町村は364（総務省の2024年4月の公表376に対し、1市町村ずつ確認できたもの）",
    ],
    [
        "self-reliant",
        "定住自立圏",
        "Self-reliant settlement areas",
        "",
        "総務省（制度）",
        "2023-11",
        "約130圏域のうち111。7圏域は構成市町村の一部だけを確認",
    ],
    [
        "register-ties",
        "自治体間の協定・交流",
        "Agreements and exchange between municipalities",
        "",
        "各自治体ほか",
        "2025",
        "事例に出てくる自治体の協定・交流のうち、ページで確認できた122件。網羅ではない",
    ],
]

COMPLETENESS_COLUMNS = (
    "programme",
    "layer",
    "name",
    "name_en",
    "known",
    "known_on",
    "known_by",
    "missing",
    "missing_en",
)
COMPLETENESS: list[Row] = [
    [
        "dispatch-r4",
        "cases",
        "派遣者の取組概要（令和4年度）",
        "Reports of seconded experts (FY2022)",
        "111",
        "FY2022",
        "内閣府・内閣官房",
        "なし（ほかの年度は未収録）",
        "none of this year; other years are not held",
    ],
    [
        "gunma-cocreation",
        "cases",
        "群馬県の官民共創コミュニティの案・事業",
        "Ideas and projects of Gunma's communities",
        "",
        "2023-11-02",
        "群馬県",
        "資料に名のある14件だけ",
        "only the 14 that the document names",
    ],
    [
        "setagaya-forum",
        "partnerships",
        "世田谷区のフォーラムの資料にある連携",
        "Ties in Setagaya's forum document",
        "30",
        "2022-12-09",
        "世田谷区",
        "電力連携の相手方は資料に名がない",
        "partners in electricity are not named in the document",
    ],
    [
        "dispatch-r4",
        "partnerships",
        "派遣者の取組概要にある連携",
        "Ties in the reports of seconded experts",
        "5",
        "FY2022",
        "内閣府・内閣官房",
        "資料に名のある5件だけ",
        "only the 5 that the document names",
    ],
    [
        "register-ties",
        "partnerships",
        "自治体間の協定・交流",
        "Agreements and exchange",
        "",
        "",
        "",
        "総数は不明。事例に出てくる自治体について、ページで確認できたものだけ",
        "total unknown; only of the municipalities in the cases, each seen on a page",
    ],
    [
        "living-area",
        "blocs",
        "地域生活圏形成リーディング事業",
        "Living-area platforms",
        "5",
        "2025",
        "国土交通省",
        "第2回の募集（2025年）の採択分",
        "those chosen in the second call of 2025",
    ],
    [
        "gunma-cocreation",
        "blocs",
        "群馬県の官民共創コミュニティ",
        "Gunma co-creation communities",
        "9",
        "2023-11-02",
        "群馬県",
        "構成自治体は圏域名からの推定",
        "members are implied by the areas' names",
    ],
    [
        "core-city",
        "blocs",
        "連携中枢都市圏",
        "Core city areas",
        "38",
        "2024-04",
        "総務省",
        "圏域は全部。総務省が公表する構成市町村は376で、1つは確認できていない。高知県独自の制度で加わる13市町村は備考に記載",
        "all areas; of the 376 members that the ministry counts one could not be confirmed; 13 of Kochi's own scheme are in the notes",
    ],
    [
        "self-reliant",
        "blocs",
        "定住自立圏",
        "Self-reliant settlement areas",
        "130",
        "2023-11",
        "総務省",
        "約130圏域のうち約19圏域。7圏域は構成市町村の一部だけ（29件は裏付けるページがなく載せていない）",
        "about 19 of about 130 areas; 7 areas in part (29 memberships without a page are left out)",
    ],
]
"""How many are known to exist, whose count, and what is missing. What is held is counted when it is read."""

TIE_KINDS: dict[str, tuple[str, list[str]]] = {
    "縁組協定": ("縁組協定", ["移住定住・関係人口", "観光"]),
    "災害協定(相互補助協定)": ("相互補助協定（災害）", ["防災"]),
    "災害協定(再確認・強化)": ("相互補助協定（災害）の再確認", ["防災"]),
    "区民健康村事業・移動教室・交流事業": ("区民健康村・移動教室・交流事業", ["教育・人材育成", "移住定住・関係人口"]),
    "施設(ふじやまビレッジ・なかのビレッジ)": (
        "施設（ふじやまビレッジ・なかのビレッジ）",
        ["観光", "移住定住・関係人口"],
    ),
    "木質バイオマス(村産木質チップのボイラー)": ("木質バイオマスボイラー（川場村産チップ）", ["脱炭素", "農林水産"]),
    "フォーラム開催地(第2回)": ("フォーラム開催地（第2回）", ["まちづくり"]),
    "フォーラム参加": ("フォーラム参加", ["まちづくり"]),
    "発言者(意見交換)": ("フォーラム発言（意見交換）", ["まちづくり"]),
    "発表者": ("フォーラム発表", ["産業振興"]),
}
"""Kind as read out → kind as shown and themes (assigned by reading)."""

UNNAMED_THEMES = {
    "46534": ["脱炭素"],
    "27225": ["脱炭素"],
    "07447": ["DX"],
    "11346": ["DX"],
    "04211": ["DX"],
    "46392": ["脱炭素"],
    "29402": ["観光"],
    "15224": ["観光"],
    "32203": ["観光"],
    "05210": ["DX"],
    "13112": ["脱炭素"],
    "32528": ["移住定住・関係人口"],
}


def _load(shared: Path, name: str) -> Any:
    return orjson.loads((shared / "cases" / f"{name}.json").read_bytes())


def _lines(value: Any) -> str:
    """Write lines as ``12;15-18``: single lines and ranges joined by ``;``."""
    if isinstance(value, int):
        return str(value)
    return ";".join(str(line) for line in value)


def _party(municipality: dict[str, Any]) -> str:
    code = str(municipality["code"])
    return code if len(code) == 5 else f"{code}000"  # noqa: PLR2004


def dispatch(shared: Path) -> tuple[list[Row], list[Row]]:
    """Return the 111 reports as cases, and their figures."""
    cases, figures = [], []
    for fact in _load(shared, "dispatch_r4")["facts"]:
        identifier = f"dispatch-r4-{fact['seq']:03}"
        primary = fact["themes_primary"]
        themes = [*primary, *(theme for theme in fact["themes"] if theme not in primary)]
        title = re.sub(r"\(L\d+\)", "", fact["title"] or "").strip()
        note = "派遣元の欄が派遣先自身のため、派遣元は不明" if fact.get("sender_anomaly") else ""
        cases.append(
            [
                identifier,
                "dispatch-r4",
                fact["category"],
                2022,
                [fact["jis_code"]],
                [fact["jis_code"][:2]],
                themes,
                title,
                fact["sender_group"],
                fact["sender_type"],
                fact["role"],
                "001",
                f"{fact['line_start']}-{fact['line_end']}",
                note,
            ]
        )
        for number, figure in enumerate(fact["figures"], 1):
            value = figure["value"]
            written = value if isinstance(value, str) else ""
            figures.append(
                [
                    identifier,
                    number,
                    figure["kind"],
                    figure["label"],
                    None if written else value,
                    written,
                    figure["unit"],
                    figure["as_of"],
                    figure["subject"],
                    "001",
                    figure["line"],
                ]
            )
    return cases, figures


def gunma_cases(shared: Path) -> list[Row]:
    """Return Gunma's ideas and projects as cases; one without a municipality is the prefecture's."""
    facts = _load(shared, "gunma_cocreation")["facts"]
    years = {area["area"]: area["year"] for area in facts["areas"]}
    rows: list[Row] = []
    for kind, key, place_key in (("アイデア", "ideas", "proposer"), ("プロジェクト", "projects", "municipality")):
        for number, fact in enumerate(facts[key], 1):
            place = fact[place_key]
            own = [place["code"]] if place and len(place["code"]) == 5 else []  # noqa: PLR2004
            area = fact.get("area")
            note = f"{area}圏域" if area else "自治体名は資料にない"
            if fact.get("municipality_basis") or fact.get("area_basis"):
                note += "（名称からの推定）"
            rows.append(
                [
                    f"gunma-{key[:-1]}-{number:02}",
                    "gunma-cocreation",
                    kind,
                    years.get(area),
                    own,
                    ["10"],
                    fact.get("themes") or ["まちづくり"],
                    fact["title"],
                    "",
                    "",
                    "",
                    "003",
                    _lines(fact["line"]),
                    note,
                ]
            )
    return rows


def ties(shared: Path) -> list[Row]:
    """Return the ties: Setagaya's 30 one by one, 佐渡–上越, the shared experts (inferred)."""
    rows: list[Row] = []
    for number, pair in enumerate(_load(shared, "setagaya_forum")["facts"]["pairs"], 1):
        kind, themes = TIE_KINDS[pair["kind"]]
        strength = "explicit" if pair["strength"] == "explicit" else "inferred"
        note = "村産チップの利用からの推定。電力連携ではない" if strength == "inferred" else ""
        rows.append(
            [
                f"setagaya-{number:02}",
                _party(pair["a"]),
                _party(pair["b"]),
                kind,
                pair["date"],
                "",
                strength,
                "setagaya-forum",
                themes,
                "002",
                _lines(pair["line"]),
                note,
            ]
        )
    other = _load(shared, "other_relations")
    for number, pair in enumerate((each for each in other["named_in_001"] if each["is_partnership"]), 1):
        rows.append(
            [
                f"dispatch-tie-{number:02}",
                _party(pair["a"]),
                _party(pair["b"]),
                "観光連携（小木直江津航路）",
                "",
                "",
                "explicit",
                "dispatch-r4",
                ["観光", "交通"],
                "001",
                _lines(pair["lines"]),
                "",
            ]
        )
    reports = {fact["seq"]: fact for fact in _load(shared, "dispatch_r4")["facts"]}
    for number, pair in enumerate(other["shared_expert_pairs_in_001"], 1):
        first, second = (reports[seq] for seq in pair["seqs"])
        themes = [theme for theme in first["themes_primary"] if theme in second["themes"]] or first["themes_primary"][
            :1
        ]
        rows.append(
            [
                f"shared-expert-{number:02}",
                _party(pair["a"]),
                _party(pair["b"]),
                f"同一人材の派遣（{pair['sender']}）",
                "2022",
                "",
                "inferred",
                "dispatch-r4",
                themes,
                "001",
                f"{first['heading_line']};{second['heading_line']}",
                "派遣記載からの推定。連携の記載はない",
            ]
        )
    return rows


def unnamed(shared: Path) -> list[Row]:
    """Return the ties whose partner the source does not name; it stays unnamed."""
    rows: list[Row] = [
        [
            each["a"]["code"],
            each["kind"],
            each["scope"],
            UNNAMED_THEMES[each["a"]["code"]],
            "001",
            _lines(each["lines"]),
        ]
        for each in _load(shared, "other_relations")["unnamed_partners_in_001"]
        if each["is_partnership"]
    ]
    for each in _load(shared, "setagaya_forum")["facts"]["pairs_not_supported"]:
        if each["kind"] == "電力連携":
            rows.append(
                ["13112", "自然エネルギー・電力による連携", "", UNNAMED_THEMES["13112"], "002", _lines(each["line"])]
            )
        if each["kind"] == "都市交流自治体等":
            rows.append(["32528", "都市交流自治体等との連携", "", UNNAMED_THEMES["32528"], "002", _lines(each["line"])])
    return rows


def agreements(shared: Path) -> list[Row]:
    """Return the agreements of municipalities with companies, universities and offices."""
    rows: list[Row] = []
    for each in _load(shared, "other_relations")["agreements_with_non_municipal_bodies_in_001"]:
        since = re.sub(r"\s*秋$", "", each["date"] or "")
        organisation = re.sub(r"\s*\([^)]*\)$", "", each["org"])
        rows.append(
            [each["municipality"]["code"], organisation, each["kind"], since, "dispatch-r4", "001", each["line"]]
        )
    rows.append(["32528", "島根労働局", "雇用対策協定", "2022-10", "setagaya-forum", "002", 201])
    return rows


def forum_participants(shared: Path) -> list[Row]:
    """Return the forum's 24 organisations with their parts in it."""
    facts = _load(shared, "setagaya_forum")["facts"]
    rows: list[Row] = [
        [each["name"], _party(each), each["kind"], int(each["speaker"]), int(each["presenter"]), "002", each["line"]]
        for each in facts["participants"]
    ]
    rows += [
        [name, "", "university", 0, 0, "002", facts["forum"]["lines"]["participants"]] for name in facts["universities"]
    ]
    return rows


def blocs(shared: Path) -> dict[str, list[Row]]:
    """Return the 5 living-area platforms and Gunma's 9 areas, with elements, schedule and other members."""
    tables: dict[str, list[Row]] = {"blocs": [], "schedule": [], "others": []}
    for each in _load(shared, "living_area")["facts"]["platforms"]:
        identifier = f"living-area-{each['no']}"
        starts = [step["start"] for step in each["schedule"] if step.get("start") and not step["year_inferred"]]
        first, last = each["lines"]["detail"]
        tables["blocs"].append(
            [
                identifier,
                each["platform"],
                each["programme"],
                [m["code"] for m in each["members"]],
                "living-area",
                each["representative"],
                min(starts, default="2025"),
                "listed",
                each["themes"],
                [name for name, applies in each["elements"].items() if applies],
                [f"{p['pref_code']}000" for p in each["prefectures_as_members"]],
                "004",
                f"{first}-{last}",
                "",
            ]
        )
        for step in each["schedule"]:
            tables["schedule"].append(
                [
                    identifier,
                    step["phase"],
                    step.get("start"),
                    step.get("end"),
                    int(step["year_inferred"]),
                    "004",
                    step["line"],
                ]
            )
        tables["others"] += [[identifier, name, "004", each["lines"]["members"]] for name in each["other_members"]]
    for number, each in enumerate(_load(shared, "gunma_cocreation")["facts"]["areas"], 1):
        tables["blocs"].append(
            [
                f"gunma-{number}",
                f"{each['area']}圏域（群馬県 官民共創コミュニティ）",
                "官民共創コミュニティ ワークショップ",
                [m["code"] for m in each["members"]],
                "gunma-cocreation",
                "群馬県",
                str(each["year"]),
                "implied",
                ["まちづくり"],
                [],
                ["10000"],
                "003",
                _lines(each["line"]),
                "構成自治体は資料に列挙されず、圏域名から推定",
            ]
        )
    return tables


def survey(shared: Path) -> list[Row]:
    """Return every table of the Platinum network survey as tidy rows; None is "not asked"."""
    facts = _load(shared, "platinum_survey_2024")["facts"]
    tables = facts["tables"]
    rows: list[Row] = [
        ["実施概要", "回答数", "", facts["responses"], "件", "000", facts["line"]],
        ["実施概要", "回答率", "", facts["response_rate_pct"], "%", "000", facts["line"]],
    ]
    for name, key in (
        ("ネットワークの庁内認知度", "awareness_of_network"),
        ("案内の庁内展開方法", "distribution_of_notices"),
    ):
        rows += [[name, row["answer"], "", row["pct"], "%", "000", row["line"]] for row in tables[key]["rows"]]
    for name, key in (("事業の認知", "project_awareness"), ("情報共有", "information_sharing")):
        rows += [
            [name, row["answer"], column, value, "%", "000", row["line"]]
            for row in tables[key]["rows"]
            for column, value in row["values"].items()
        ]
    for row in tables["expectations"]["rows"]:
        for column in ("p5", "p4", "p3", "p2", "p1"):
            rows.append(
                ["ネットワークへの期待（5=大～1=小）", row["item"], column[1], row[column], "%", "000", row["line"]]
            )
        rows.append(["ネットワークへの期待（5=大～1=小）", row["item"], "平均", row["mean"], "点", "000", row["line"]])
    return rows


CASE_COLUMNS = (
    "id",
    "programme",
    "kind",
    "fiscal_year",
    "member_codes",
    "prefecture_codes",
    "themes",
    "title",
    "organisation",
    "organisation_type",
    "role",
    "document",
    "lines",
    "note",
)
FIGURE_COLUMNS = (
    "case_id",
    "number",
    "kind",
    "label",
    "value",
    "value_text",
    "unit",
    "as_of",
    "subject",
    "document",
    "line",
)
TIE_COLUMNS = (
    "id",
    "from_code",
    "to_code",
    "kind",
    "since",
    "until",
    "strength",
    "programme",
    "themes",
    "document",
    "lines",
    "note",
)
BLOC_COLUMNS = (
    "id",
    "name",
    "project",
    "member_codes",
    "programme",
    "representative",
    "since",
    "membership",
    "themes",
    "elements",
    "prefecture_members",
    "document",
    "lines",
    "note",
    "until",
)


EVIDENCE_COLUMNS = ("fact_id", "document", "lines", "url", "tier", "stated_kind", "stated_since", "stated_on")


def with_register(shared: Path) -> tuple[list[Row], list[Row], list[Row]]:
    """Return the ties and blocs of the cases and of the nationwide register, and the evidence of each.

    A fact of both is one row with two pieces of evidence. Documents come first: they were read line by line.
    """
    reference = shared / "reference"
    own_ties, own_blocs = ties(shared), blocs(shared)["blocs"]
    evidence: list[Row] = [[row[0], row[9], row[10], "", "document", row[3], row[4], ""] for row in own_ties]
    evidence += [[row[0], row[11], row[12], "", "document", "", row[6], ""] for row in own_blocs]
    found, pages = register_readers.ties(reference)
    evidence += pages
    areas: list[Row] = []
    for programme in register_readers.SCHEMES:
        more, pages = register_readers.areas(reference, programme)
        areas += more
        evidence += pages
    # None of the areas that the sources name has ended; one that does keeps its end here.
    return [*own_ties, *found], [[*row, ""] for row in (*own_blocs, *areas)], evidence


def build(shared: Path, output: Path) -> None:
    """Write every table of ``data/cases/``."""
    cases, figures = dispatch(shared)
    bloc_tables = blocs(shared)
    all_ties, all_blocs, evidence = with_register(shared)
    documents: list[Row] = []
    for path in sorted((shared / "sources").glob("*.txt")):
        title, publisher, published = DOCUMENTS[path.name[:3]]
        content = path.read_bytes()
        documents.append([path.name[:3], title, publisher, published, content.count(b"\n") + 1, sha256(content)])
    tables: dict[str, tuple[tuple[str, ...], list[Row]]] = {
        "documents.csv": (("id", "title", "publisher", "published", "lines", "sha256"), documents),
        "programmes.csv": (("id", "name", "name_en", "document", "publisher", "as_of", "note"), PROGRAMMES),
        "cases.csv": (CASE_COLUMNS, [*cases, *gunma_cases(shared)]),
        "figures.csv": (FIGURE_COLUMNS, figures),
        "statements.csv": (statement_facts.COLUMNS, statement_facts.STATEMENTS),
        "partnerships.csv": (TIE_COLUMNS, all_ties),
        "evidence.csv": (EVIDENCE_COLUMNS, evidence),
        "completeness.csv": (COMPLETENESS_COLUMNS, COMPLETENESS),
        "unnamed_partners.csv": (("code", "kind", "scope", "themes", "document", "lines"), unnamed(shared)),
        "agreements.csv": (
            ("code", "organisation", "kind", "since", "programme", "document", "lines"),
            agreements(shared),
        ),
        "forum_participants.csv": (
            ("name", "code", "kind", "speaker", "presenter", "document", "lines"),
            forum_participants(shared),
        ),
        "blocs.csv": (BLOC_COLUMNS, all_blocs),
        "bloc_schedule.csv": (
            ("bloc_id", "phase", "start", "end", "year_inferred", "document", "lines"),
            bloc_tables["schedule"],
        ),
        "bloc_other_members.csv": (("bloc_id", "name", "document", "lines"), bloc_tables["others"]),
        "survey.csv": (("table", "item", "column", "value", "unit", "document", "lines"), survey(shared)),
    }
    content = {name: table_bytes(columns, rows) for name, (columns, rows) in tables.items()}
    about = {
        name: {
            "rows": len(rows),
            "as_of": "2025",
            "publisher": "各文書の発行者（documents.csv）",
            "source": "公表資料5点（documents.csv）と各自治体ほかのページ（evidence.csv）から読み取った事実",
            "licence": "事実の記載（各文書の発行者を明記）",
            "note": "document and line of each row; sentences and private persons left out",
        }
        for name, (_, rows) in tables.items()
    }
    added = output / "additions.csv"
    if added.is_file():  # facts added by hand stay as they are
        content["additions.csv"] = added.read_bytes()
        about["additions.csv"] = {
            "rows": content["additions.csv"].count(b"\n") - 1,
            "as_of": "2026",
            "publisher": "各行のページの発行者",
            "source": "renkei register add で加えた事実（各行の url）",
            "licence": "事実の記載",
            "note": "one row a piece of evidence",
        }
    write_folder(output, content, about)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    build(parser.parse_args().shared, ROOT / "data" / "cases")
