"""Checks of the whole register of ties and blocs: what is wrong, and what a person should look at."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from geo.codes import PREFECTURES
from geo.gazetteer import display_name, municipalities
from geo.measure import distance_km, party_point
from geo.mergers import changes, founding_day
from layers.blocs import blocs
from layers.dates import is_date, is_future
from layers.evidence import OWN, TIERS, documents, pages, programmes
from layers.networks import networks
from layers.partnerships import partnerships
from layers.tables import rows
from layers.themes import THEMES
from layers.tie_kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from layers.tables import Tables

ODD_KM = 45.0
"""A member of an area that is farther than this from every other one is shown to a person.

Of the 163 blocs of 2026-11 the farthest true member, 稚内市 of 宗谷, is 89 km from the next that is known; 99 of 100
lie within 31 km. Distance refuses nothing: 銀河連邦 and 駒澤首長会 reach over the whole country, and do so truly.
"""

_PERSON = re.compile(r"0\d{1,4}-\d{1,4}-\d{3,4}|[\w.+-]+@[\w-]+\.[\w.]+|[一-龥]{2,4}(?:氏|様|さん)(?![一-龥])")

Level = Literal["error", "review"]


class Finding(NamedTuple):
    """One thing that a check found.

    ``error``: the register is wrong. ``review``: it may be right; a person should look.
    """

    level: Level
    check: str
    fact_id: str
    message: str


def check_register(
    tables: Tables,
    ties: pd.DataFrame | None = None,
    areas: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    nets: pd.DataFrame | None = None,
) -> list[Finding]:
    """Check ties, blocs, networks and their evidence; the register itself where none are given.

    Parameters
    ----------
    tables
        The snapshot.
    ties, areas, evidence, nets
        Frames like ``partnerships()``, ``blocs()``, ``pages()``, ``networks()``.

    Returns
    -------
    list of Finding
        Errors first.
    """
    ties = partnerships(tables) if ties is None else ties
    areas = blocs(tables) if areas is None else areas
    evidence = pages(tables) if evidence is None else evidence
    nets = networks(tables) if nets is None else nets
    facts = [*rows(ties), *rows(nets), *rows(areas)]
    found = [
        *_codes(facts),
        *_dates(facts),
        *_vocabulary(tables, facts),
        *_duplicates(ties, areas),
        *_same_members(nets),
        *_before_merger(ties),
        *_surroundings(areas),
        *_alone(areas, nets),
        *_ended(facts),
        *_evidence(tables, facts, evidence),
        *_contradictions(evidence),
        *_persons(facts),
    ]
    return sorted(found, key=lambda each: (each.level, each.check, each.fact_id))


def _coded(row: dict[str, Any]) -> list[str]:
    return list(row.get("member_codes", ())) or [row[end] for end in ("from_code", "to_code") if end in row]


def _codes(facts: list[dict[str, Any]]) -> Iterator[Finding]:
    known = set(municipalities().index) | {f"{code}000" for code in PREFECTURES}
    successors = {each.old_code: each for each in changes()}
    for row in facts:
        for code in _coded(row):
            if code in known:
                continue
            former = successors.get(code)
            hint = f"。{former.old_name}は{former.description}" if former else ""
            yield Finding("error", "code", row["id"], f"コード {code} は現在の市区町村・都道府県にありません{hint}")
        if "from_code" in row and row["from_code"] == row["to_code"]:
            yield Finding("error", "code", row["id"], f"{row['from_code']} の自分自身との連携です")
        if "member_codes" in row and len(set(row["member_codes"])) != len(row["member_codes"]):
            yield Finding("error", "code", row["id"], f"{row['name']} に同じ構成自治体が二度あります")


def _dates(facts: list[dict[str, Any]]) -> Iterator[Finding]:
    for row in facts:
        for key in ("since", "until"):
            value = row.get(key, "")
            if value and not is_date(value):
                yield Finding(
                    "error",
                    "date",
                    row["id"],
                    f"日付「{value[:20]}」は YYYY・YYYY-MM・YYYY-MM-DD の形の、暦にある日（明治以後）ではありません",
                )
            elif value and is_future(value):
                yield Finding("error", "date", row["id"], f"日付 {value} は未来です")
        if row.get("until") and row["until"] < row["since"]:
            yield Finding("error", "date", row["id"], f"終了 {row['until']} が開始 {row['since']} より前です")


def _vocabulary(tables: Tables, facts: list[dict[str, Any]]) -> Iterator[Finding]:
    names = {theme.name for theme in THEMES}
    known = set(programmes(tables).index)
    for row in facts:
        if not row["themes"] or not set(row["themes"]) <= names:
            yield Finding("error", "theme", row["id"], f"テーマ「{'・'.join(row['themes'])}」が12のテーマにありません")
        if row["programme"] not in known:
            yield Finding("error", "programme", row["id"], f"事業「{row['programme']}」がありません")
        if "kind" in row and kind_of(row["kind"]).id == "other":
            yield Finding(
                "review", "kind", row["id"], f"種類「{row['kind']}」はどの分類にも当たりません（その他になります）"
            )


def _duplicates(ties: pd.DataFrame, areas: pd.DataFrame) -> Iterator[Finding]:
    same: dict[tuple[object, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows(ties):
        same[*sorted((row["from_code"], row["to_code"])), row["kind"], row["since"]].append(row)
    for group in same.values():
        if len(group) > 1:
            ids = "、".join(row["id"] for row in group)
            yield Finding("error", "duplicate", group[0]["id"], f"同じ連携が{len(group)}回あります：{ids}")
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows(ties):
        alike[*sorted((row["from_code"], row["to_code"])), kind_of(row["kind"]).id].append(row)
    for key, group in alike.items():
        if key[2] not in ("forum", "exchange", "person") and len({(row["kind"], row["since"]) for row in group}) > 1:
            written = "、".join(f"{row['kind']} {row['since'] or '時期不明'}（{row['id']}）" for row in group)
            pair = f"{_name(key[0])}と{_name(key[1])}"
            yield Finding("review", "duplicate", group[0]["id"], f"{pair}：同じ種類の連携が並んでいます：{written}")
    named: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows(areas):
        named[row["programme"], row["name"]].append(row["id"])
    for (_, name), same_name in named.items():
        if len(same_name) > 1:
            message = f"{name} が{len(same_name)}回あります：{'、'.join(same_name)}"
            yield Finding("error", "duplicate", same_name[0], message)


def _name(code: str) -> str:
    return display_name(code) if code in municipalities().index or code.endswith("000") else code


def _before_merger(ties: pd.DataFrame) -> Iterator[Finding]:
    """Name the ties that are older than one of their municipalities: predecessors concluded them."""
    predecessors: dict[str, list[str]] = defaultdict(list)
    for each in changes():
        if each.old_name.endswith("郡"):
            continue
        if each.new_code in municipalities().index and each.kind not in ("shiftToDesignatedCity", "changesToCity"):
            predecessors[each.new_code].append(each.old_name)
    for row in rows(ties):
        for code in _coded(row):
            if code not in municipalities().index or not row["since"]:
                continue
            began = founding_day(code, str(municipalities().at[code, "name"]))
            if began is None or row["since"] >= began.isoformat()[: len(row["since"])] or not predecessors[code]:
                continue
            names = "・".join(dict.fromkeys(predecessors[code]))
            yield Finding(
                "review",
                "merged",
                row["id"],
                f"{_name(code)}は{began.isoformat()}から。{row['since']}の「{row['kind']}」は合併前の{names}・同名の旧市町村のどれかのもの",
            )


def far_members(codes: Sequence[str]) -> list[tuple[str, float]]:
    """Return the members of an area that are farther than ``ODD_KM`` from every other one, and how far (km)."""
    points = {code: party_point(code) for code in codes if code in municipalities().index}
    if len(points) < 2:  # noqa: PLR2004 - alone, nothing surrounds it
        return []
    nearest = {
        code: min(distance_km(point, other) for each, other in points.items() if each != code)
        for code, point in points.items()
    }
    return [(code, near) for code, near in nearest.items() if near > ODD_KM]


def _surroundings(areas: pd.DataFrame) -> Iterator[Finding]:
    for row in rows(areas):
        for code, near in far_members(row["member_codes"]):
            message = f"{row['name']} の{_name(code)}は、ほかのどの構成自治体からも {near:.0f} km 以上離れています"
            yield Finding("review", "surroundings", row["id"], message + "（同じ名前の別の自治体ではありませんか）")


def _alone(*frames: pd.DataFrame) -> Iterator[Finding]:
    for row in (row for frame in frames for row in rows(frame)):
        if len([*row["member_codes"], *row.get("prefecture_members", ())]) < 2:  # noqa: PLR2004
            yield Finding("review", "members", row["id"], f"{row['name']} の構成自治体は1つだけです")


def _same_members(nets: pd.DataFrame) -> Iterator[Finding]:
    """Name the networks that may be one: the same members and the same family."""
    same: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for row in rows(nets):
        same[frozenset(row["member_codes"]), kind_of(row["kind"]).id].append(f"{row['name']}（{row['id']}）")
    for names in same.values():
        if len(names) > 1:
            identifier = names[0].rsplit("（", 1)[1].rstrip("）")
            yield Finding(
                "review", "similar", identifier, f"構成自治体と種類が同じものが並んでいます：{'、'.join(names)}"
            )


def _ended(facts: list[dict[str, Any]]) -> Iterator[Finding]:
    for row in facts:
        if row.get("standing") == "may_have_ended" and not row["until"]:
            yield Finding(
                "review", "ended", row["id"], f"「{row['kind']}」は終わっているかもしれません（{row['note'][:40]}）"
            )


def _evidence(tables: Tables, facts: list[dict[str, Any]], evidence: pd.DataFrame) -> Iterator[Finding]:
    there = set(evidence["fact_id"])
    known = {row["id"] for row in facts}
    length = documents(tables)["lines"]
    for identifier in sorted(known - there):
        yield Finding("error", "evidence", identifier, "根拠がありません")
    for identifier in sorted(there - known):
        yield Finding("error", "evidence", identifier, "根拠の指す連携・ネットワーク・圏域がありません")
    for row in rows(evidence):
        if row["tier"] not in TIERS or row["tier"] == OWN:
            yield Finding("error", "evidence", row["fact_id"], f"根拠の種類「{row['tier']}」がありません")
        if row["document"]:
            lines = [int(number) for number in re.findall(r"\d+", row["lines"])]
            total = int(length.get(row["document"], 0))
            if not lines or max(lines) > total:
                yield Finding(
                    "error", "evidence", row["fact_id"], f"資料{row['document']}に{row['lines']}行はありません"
                )
        elif not re.match(r"https?://[^\s/]+\.[^\s/]+", row["url"]):
            yield Finding("error", "evidence", row["fact_id"], f"根拠のアドレス「{row['url'][:60]}」が正しくありません")
    weak = evidence.groupby("fact_id")["tier"].agg(set)
    for identifier, tiers in weak.items():
        if tiers == {"copy"}:
            yield Finding("review", "evidence", str(identifier), "根拠が写しだけです。元のページを探してください")


def _contradictions(evidence: pd.DataFrame) -> Iterator[Finding]:
    """Name the facts whose sources state different kinds or dates: both are kept and shown."""
    for identifier, pieces in evidence.groupby("fact_id", sort=False):
        stated = sorted({each for each in pieces["stated_since"] if is_date(each)}, key=len)
        differing = [each for each in stated if not any(other != each and other.startswith(each) for other in stated)]
        kinds = {each for each in pieces["stated_kind"] if each}
        if len(differing) > 1 or len(kinds) > 1:
            told = "、".join(
                f"{TIERS.get(p['tier'], p['tier'])}：{p['stated_kind']} {p['stated_since']}" for p in rows(pieces)
            )
            yield Finding(
                "review", "contradiction", str(identifier), f"資料によって違います（並べて示しています）：{told}"
            )


def _persons(facts: list[dict[str, Any]]) -> Iterator[Finding]:
    for row in facts:
        for key in ("kind", "name", "project", "representative", "note"):
            if key == "name" and row["programme"] == "japan-heritage":
                continue  # official titles, some of which name a figure of a tale
            if found := _PERSON.search(str(row.get(key, ""))):
                message = f"{key} に個人の名前か連絡先のような「{found[0][:20]}」があります。消してください"
                yield Finding("error", "person", row["id"], message)
