"""Read the networks: arrangements of three and more municipalities, each one fact with its members by code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.register_text import evidence, plain_note, read_rows, shown_kind, standing, themes_of

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.register_text import Row

COLUMNS = (
    "id",
    "name",
    "kind",
    "member_codes",
    "membership",
    "complete",
    "as_of",
    "since",
    "until",
    "standing",
    "programme",
    "themes",
    "themes_from",
    "document",
    "lines",
    "note",
)

PREFECTURES_IN = {
    "森林環境譲与税の活用に係る都内連携に関する協定": ["13000"],
    "市町村と県による協働電子図書館「デジとしょ信州」": ["20000"],
    "AIの共同調達（熊本県と4市町村）": ["43000"],
    "兵庫県及び市町相互間の災害時応援協定": ["28000"],
    "佐賀県・市町の災害時の相互応援協定": ["41000"],
    "九都県市災害時相互応援等に関する協定": ["11000", "12000", "13000", "14000"],
    "災害時等における北海道及び市町村相互の応援に関する協定": ["01000"],
    "隠岐広域連合": ["32000"],
    "石狩西部広域水道企業団": ["01000"],
    "あいち電子自治体推進協議会": ["23000"],
    "鳥取県自治体ICT共同化推進協議会": ["31000"],
    "愛媛県・市町DX推進会議（高度デジタル人材シェアリング）": ["38000"],
    "鳥取県日野郡連携会議": ["31000"],
}
"""Network → prefectures that its name or note names as members."""

PREFECTURES_UNNAMED = {"関西広域連合", "関西広域連合と九都県市との災害時の相互応援に関する協定"}
"""Prefectures take part whom the row does not name: the members are not complete."""

WHOLE_PREFECTURE = {
    "オール東京62市区町村共同事業（みどり東京・温暖化防止プロジェクト）",
    "市町村と県による協働電子図書館「デジとしょ信州」",
    "神奈川県町村情報システム共同事業組合",
    "兵庫県及び市町相互間の災害時応援協定",
    "佐賀県・市町の災害時の相互応援協定",
    "災害時等における北海道及び市町村相互の応援に関する協定",
    "滋賀県6町行政情報システムクラウド共同利用事業推進協議会",
    "秋田県町村電算システム共同事業組合",
    "あいち電子自治体推進協議会",
    "鳥取県自治体ICT共同化推進協議会",
    "愛媛県・市町DX推進会議（高度デジタル人材シェアリング）",
    "とかち広域消防事務組合",
}
"""Their pages say "all municipalities (towns) of …" and name none one by one."""

MAYORS = ("31202", "mayors_association")
"""Four rows of the register of pairs that tell one association of five mayors, each as a pair with 米子市."""


def networks(reference: Path, blocs: dict[frozenset[str], str]) -> tuple[list[Row], list[Row]]:
    """Return the networks and their evidence.

    Parameters
    ----------
    reference
        The folder of the gathered tables.
    blocs
        The members of each bloc that is held, and its name: to say that a network has the same members.
    """
    found: list[Row] = []
    pages: list[Row] = []
    gathered = [(f"network-{number:03}", row) for number, row in enumerate(read_rows(reference / "networks.csv"), 1)]
    for identifier, row in [*gathered, *_of_candidates(reference), _mayors(reference)]:
        municipal = row["member_codes"].split("、")
        kind, _ = shown_kind(row["kind"])
        themes, themes_from = themes_of(kind, row["theme"])
        note, more = plain_note(row["note"])
        if same := blocs.get(frozenset(municipal)):
            note = "；".join(filter(None, (note, f"構成は圏域「{same}」と同じ")))
        name = row["name_of_network"]
        found.append(
            [
                identifier,
                name,
                kind,
                [*PREFECTURES_IN.get(name, ()), *municipal],
                "whole_prefecture" if name in WHOLE_PREFECTURE else "listed",
                "no" if name in PREFECTURES_UNNAMED else row["members_complete"],
                row["page_date"],
                row["since"],
                row["until"],
                standing(note),
                "register-networks",
                themes,
                themes_from,
                "",
                "",
                note,
            ]
        )
        pages += evidence(identifier, row, kind, more)
    stories, more_pages = heritage(reference)
    return [*found, *stories], [*pages, *more_pages]


def _of_candidates(reference: Path) -> list[tuple[str, dict[str, str]]]:
    """Return the rows of several partners among the candidates, in the columns of ``networks.csv``.

    Each tells whom one municipality has agreements with, by name: the kind stands in the remark.
    """
    from geo.resolve import resolve  # noqa: PLC0415 - only a rebuild needs the resolver

    found = []
    rows = [row for row in read_rows(reference / "ties_candidates.csv") if row["分類"] == "圏域"]
    for number, row in enumerate(rows, 1):
        names = [row["自治体"], *row["相手・構成自治体"].split("、")]
        codes = [resolve(name).code or name for name in names]
        kind = "災害時相互応援協定"
        label = f"{row['名称'] or row['自治体'] + 'ほかの' + kind}"
        found.append(
            (
                f"network-c{number:02}",
                {
                    "member_codes": "、".join(codes),
                    "name_of_network": label,
                    "kind": kind,
                    "theme": row["テーマ"],
                    "since": row["開始日"],
                    "until": row["終了日"],
                    "url": row["根拠のURL"],
                    "evidence_kind": row["根拠の種類"],
                    "page_date": row["ページの日付"],
                    "members_complete": "unknown",
                    "note": row["備考"],
                },
            )
        )
    return found


def _mayors(reference: Path) -> tuple[str, dict[str, str]]:
    rows = [row for row in read_rows(reference / "municipal_ties_122.csv") if (row["from_code"], row["kind"]) == MAYORS]
    first = rows[0]
    names = [first["from_name"], *(row["to_name"] for row in rows)]
    return (
        "network-m01",
        {
            "member_codes": "、".join([first["from_code"], *(row["to_code"] for row in rows)]),
            "name_of_network": f"{'・'.join(names)}の市長会",
            "kind": "首長会・協議会",
            "theme": "まちづくり",
            "since": first["since"],
            "until": "",
            "url": first["evidence_url"],
            "evidence_kind": "報道・関係団体のページ",
            "page_date": first["statement_date"],
            "members_complete": "unknown",
            "note": "",
        },
    )


def heritage(reference: Path) -> tuple[list[Row], list[Row]]:
    """Return the stories of 日本遺産 in two and more municipalities, and their pages.

    Who takes part is implied by the addresses of the story's cultural properties; the official list may differ.
    """
    found: list[Row] = []
    pages: list[Row] = []
    for row in read_rows(reference / "japan_heritage_networks.csv"):
        codes = row["codes"].split(";")
        if len(codes) < 2:  # noqa: PLR2004 - a story of one municipality ties nobody
            continue
        identifier = f"heritage-{int(row['story']):03}"
        found.append(
            [
                identifier,
                row["title"],
                "日本遺産",
                codes,
                "implied",
                "unknown",
                "",
                "",
                "",
                "",
                "japan-heritage",
                ["観光"],
                "kind",
                "",
                "",
                "構成自治体は構成文化財の所在地からの推定（文化庁の一覧そのものではない）",
            ]
        )
        pages.append([identifier, "", "", row["url"], "official", "日本遺産", "", ""])
    return found, pages
