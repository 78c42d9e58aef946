"""Organisations that the cases name – who sent an expert, who took part, who signed – each once, with its links."""

from __future__ import annotations

import hashlib
import re
from typing import Any

Rows = list[dict[str, Any]]

COLUMNS = ("id", "name", "kind", "parent", "place", "names")
LINK_COLUMNS = ("organisation_id", "link", "fact_id", "code", "role", "since", "document", "lines")

ONE_BODY = {
    "NTT西日本グループ": "NTT西日本",
    "NTT西日本 熊本支店": "NTT西日本",
    "NTTドコモ 四国支社": "NTTドコモ",
    "法政大学（地域研究センター）": "法政大学",
    "サントリー": "サントリーHD",
    "セブンイレブン（市内11店舗）": "セブン-イレブン・ジャパン",
    "日本郵政(株)": "日本郵政株式会社",
    "ミダックホールディングス": "ミダックホールディングス株式会社",
    "メディア事業者": "メディア事業者（社名の記載なし）",
    "経産省": "経済産業省",
    "東京大学大学院": "東京大学",
    "JA": "農業協同組合（JA）",
    "合同会社うさぎ企画(代表企業)": "合同会社うさぎ企画",
    "三島信用金庫(共同推進者)": "三島信用金庫",
}
"""Name as written → the body that is meant. A branch of a ministry stays a body of its own, with its parent."""

COMMON = {
    "商工会", "商工会議所", "工業会", "観光協会", "市観光協会", "観光物産協会", "観光交流機構", "観光DMO", "DMO",
    "農業協同組合（JA）", "地域金融機関", "ハローワーク", "ハローワーク（HWプラザ札幌、東京新卒応援HW）", "県地方振興局", "引継ぎ支援センター", "地域商社",
    "地域総合商社", "地域おこし協力隊", "漁協直営店", "農産物直売所", "市内5校の小学校", "高等養護学校", "国営公園", "議連",
    "携帯ショップ", "シルバー人材センター", "市民まちづくり団体", "自治会連合会", "地区まちづくりセンター", "スマートシティ推進協議会",
    "木質資源安定供給協議会", "劇場型周遊観光事業実行委員会", "地域観光研究所", "郵便局", "メディア事業者（社名の記載なし）",
    "モビリティサービス提供企業（予定）", "総合商社（予定）", "蜂屋柿振興会", "今治地域地場産センター", "ひごラボ",
    "モビリティサービス提供企業(予定)", "総合商社(予定)",
}  # fmt: skip
"""Names of a kind of body: the one of this place, not one body across Japan."""

KINDS = {
    "national_ministry": "national",
    "national_regional_bureau": "national",
    "company": "company",
    "university": "university",
    "association": "association",
}
_UNIVERSITY, _UNION = re.compile("大学"), re.compile("協同組合|森林組合|信用金庫|コープ|農協|JA")
_ASSOCIATION = re.compile("協会|協議会|社団|財団|NPO|ヨガレ会")


def _kind(name: str) -> str:
    if _UNIVERSITY.search(name):
        return "university"
    if _UNION.search(name):
        return "cooperative"
    if name.startswith("NPO"):
        return "npo"
    if _ASSOCIATION.search(name):
        return "association"
    return "national" if name.endswith(("省", "庁", "局")) else "company"


def _identifier(name: str, place: str) -> str:
    return "org-" + hashlib.sha256(f"{name}@{place}".encode()).hexdigest()[:8]


class _Register:
    """Gathers bodies by name, and the links of each."""

    def __init__(self) -> None:
        self.bodies: dict[str, dict[str, Any]] = {}
        self.links: Rows = []

    def add(self, written: str, kind: str, place: str, link: dict[str, Any], parent: str = "") -> None:
        name = ONE_BODY.get(written, written)
        local = place if name in COMMON else ""
        identifier = _identifier(name, local)
        body = self.bodies.setdefault(
            identifier,
            {"id": identifier, "name": name, "kind": kind, "parent": "", "place": local, "names": []},
        )
        if parent not in ("", name, written) and ONE_BODY.get(parent, parent) != name:
            body["parent"] = ONE_BODY.get(parent, parent)
        if written != name and written not in body["names"]:
            body["names"].append(written)
        self.links.append({**dict.fromkeys(LINK_COLUMNS, ""), "organisation_id": identifier, **link})


def _of_cases(register: _Register, cases: Rows, partners: Rows) -> None:
    places = {case["id"]: ([*case["member_codes"], f"{case['prefecture_codes'][0]}000"])[0] for case in cases}
    for case in cases:
        if case["organisation"]:
            link = {"link": "sent", "fact_id": case["id"], "role": case["role"]}
            link |= {"code": places[case["id"]], "since": "2022", "document": case["document"], "lines": case["lines"]}
            kind = KINDS[case["organisation_type"]]
            register.add(case["organisation"], kind, places[case["id"]], link, case["parent_organisation"])
    for partner in partners:
        if partner["kind"] != "municipality" and not partner["code"]:
            link = {"link": "partner", "fact_id": partner["case_id"], "code": places[partner["case_id"]]}
            link |= {key: partner[key] for key in ("role", "document", "lines")}
            register.add(partner["name"], partner["kind"], places[partner["case_id"]], link)


def _of_agreements(register: _Register, agreements: Rows) -> None:
    for row in agreements:
        for name in filter(None, re.split("・(?=三菱|真庭|木質|中国)|など$", row["organisation"])):
            link = {"link": "agreement", "role": row["kind"]}
            link |= {key: row[key] for key in ("code", "since", "document", "lines")}
            register.add(name, _kind(name), row["code"], link)


def _of_blocs(register: _Register, others: Rows) -> None:
    for row in others:
        if "(都道府県)" not in row["name"] and "予定" not in row["name"]:
            link = {"link": "member", "fact_id": row["bloc_id"], "document": row["document"], "lines": row["lines"]}
            register.add(row["name"], _kind(row["name"]), "", link)


def _of_forum(register: _Register, forum: Rows) -> None:
    for row in forum:
        if not row["code"]:
            link = {"link": "participant", "fact_id": "setagaya-forum", "code": "13112"}
            register.add(row["name"], row["kind"], "", link | {key: row[key] for key in ("document", "lines")})


def organisations(cases: Rows, partners: Rows, agreements: Rows, others: Rows, forum: Rows) -> tuple[Rows, Rows]:
    """Return the organisations, and the links of each to cases, agreements and joint areas.

    Municipalities and prefectures are no organisations here: they have codes.
    """
    register = _Register()
    _of_cases(register, cases, partners)
    _of_agreements(register, agreements)
    _of_blocs(register, others)
    _of_forum(register, forum)
    bodies = sorted(register.bodies.values(), key=lambda body: (body["name"], body["place"]))
    return bodies, register.links
