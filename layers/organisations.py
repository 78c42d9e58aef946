"""Organisations that work with municipalities: who sends experts, takes part, signs, belongs to a joint area."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pandas as pd

from layers.blocs import blocs
from layers.cases import cases
from layers.evidence import with_evidence
from layers.tables import per_snapshot, rows

if TYPE_CHECKING:
    from layers.tables import Tables

KINDS: dict[str, tuple[str, str]] = {
    "national": ("国の機関", "National government"),
    "prefecture": ("都道府県の機関", "Prefectural office"),
    "company": ("企業", "Company"),
    "university": ("大学", "University"),
    "school": ("学校", "School"),
    "association": ("団体・協会", "Association"),
    "cooperative": ("組合・信用金庫", "Cooperative"),
    "npo": ("NPO", "NPO"),
    "resident_group": ("住民の団体", "Residents' group"),
    "other": ("その他", "Other"),
}
LINKS: dict[str, tuple[str, str]] = {
    "sent": ("人材を派遣", "Sent an expert"),
    "partner": ("取組に参加", "Took part"),
    "agreement": ("協定", "Agreement"),
    "member": ("圏域の構成員", "Member of a joint area"),
    "participant": ("フォーラムに参加", "Took part in the forum"),
}
"""What ties an organisation to a fact."""


@per_snapshot()
def organisations(tables: Tables) -> pd.DataFrame:
    """Return the organisations.

    Returns
    -------
    pandas.DataFrame
        Index ``id``; ``name``, ``kind`` (of ``KINDS``), ``parent`` (name of the body above, or ""), ``place`` (code
        of the municipality whose 商工会, 観光協会, … is meant; "" for a body that the name alone tells), ``names``
        (tuple: as written elsewhere).
    """
    return tables.read("cases", "organisations.csv", lists=("names",)).set_index("id")


@per_snapshot()
def organisation_links(tables: Tables) -> pd.DataFrame:
    """Return what ties organisations to facts.

    Returns
    -------
    pandas.DataFrame
        ``organisation_id``, ``link`` (of ``LINKS``), ``fact_id`` (of a case or bloc; "" for an agreement), ``code``
        (of the municipality; "" for a bloc), ``role``, ``since``, ``document``, ``lines``.
    """
    return tables.read("cases", "organisation_links.csv")


@per_snapshot()
def working_organisations(tables: Tables) -> pd.DataFrame:
    """Return the organisations with what they do where: gathered from their links to cases, joint areas, agreements.

    Returns
    -------
    pandas.DataFrame
        As ``organisations`` with ``id`` as a column, and ``member_codes`` (municipalities and prefectures, PP000, that
        it works with), ``prefecture_codes``, ``links`` (names of ``LINKS``), ``roles``, ``themes`` and ``programmes``
        (of the facts), all tuples; ``since`` (the earliest date of a link, or ""), ``source``, ``evidence``.
        Organisations without any link are left out: nothing says where they would stand.
    """
    facts = {row["id"]: row for frame in (cases(tables), blocs(tables)) for row in rows(frame)}
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for link in rows(with_evidence(tables, organisation_links(tables))):
        fact = facts.get(link["fact_id"], {})
        codes = (link["code"],) if link["code"] else fact.get("member_codes", ())
        codes = codes or tuple(f"{code}000" for code in fact.get("prefecture_codes", ()))
        found[link["organisation_id"]].append({**link, "codes": codes, "fact": fact})
    frame = organisations(tables).reset_index()
    frame = frame[frame["id"].isin(found)].reset_index(drop=True)
    told = [_gathered(found[identifier]) for identifier in frame["id"]]
    for column in told[0] if told else ():
        frame[column] = pd.Series([each[column] for each in told], index=frame.index, dtype=object)
    return frame


def _gathered(links: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the links of one organisation say together."""
    facts = [link["fact"] for link in links if link["fact"]]
    codes = sorted({code for link in links for code in link["codes"]})
    return {
        "member_codes": tuple(codes),
        "prefecture_codes": tuple(dict.fromkeys(code[:2] for code in codes)),
        "links": tuple(dict.fromkeys(LINKS[link["link"]][0] for link in links)),
        "roles": tuple(dict.fromkeys(link["role"] for link in links if link["role"])),
        "themes": tuple(dict.fromkeys(theme for fact in facts for theme in fact["themes"])),
        "programmes": tuple(dict.fromkeys(fact["programme"] for fact in facts)),
        "since": min((link["since"] for link in links if link["since"]), default=""),
        "source": "；".join(dict.fromkeys(link["source"] for link in links)),
        "evidence": "；".join(dict.fromkeys(link["evidence"] for link in links)),
    }
