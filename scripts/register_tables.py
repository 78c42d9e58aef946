"""Lay the nationwide ties and networks over the ties that are held, and say how complete each kind is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts import network_readers, pair_readers, register_readers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scripts.register_text import Row

MORE_TIE_COLUMNS = ("name", "standing", "themes_from")
"""After those of a tie that a document tells: the office's or area's name, what is known of its end
(``layers.networks.STANDINGS``), and where the themes are from (``document``, ``page``, ``kind``)."""

PROGRAMMES: list[Row] = [
    [
        "register-networks",
        "自治体間のネットワーク・共同処理",
        "Networks and joint offices",
        "",
        "各自治体ほか",
        "2026-11",
        "3者以上の協定、首長会、一部事務組合、広域連合、システムの共同利用など。ページで確認できたもの。網羅ではない",
    ],
    [
        "japan-heritage",
        "日本遺産",
        "Japan Heritage",
        "",
        "文化庁",
        "2026-11",
        "104件のうち2市町村以上の70件。構成自治体は構成文化財の所在地からの推定",
    ],
]

COMPLETENESS: list[Row] = [
    [
        "",
        "partnerships",
        "国内の姉妹・友好都市",
        "Domestic sister and friendship cities",
        "660",
        "1996",
        "発行者は未確認",
        "1996年の総数との比。その後に結ばれたもの・合併で変わったものの総数は不明",
        "against the total of 1996; how many there are today is not known",
        "sister",
    ],
    [
        "",
        "partnerships",
        "災害時の応援協定",
        "Mutual aid in disasters",
        "90000",
        "",
        "内閣府",
        "総数は9万件を超え、民間との協定を含む。市区町村どうしの総数は不明",
        "the total, over 90,000, includes agreements with companies; that between municipalities is not known",
        "disaster",
    ],
    [
        "",
        "networks",
        "事務の共同処理（一部事務組合・広域連合など）",
        "Joint processing by law",
        "9189",
        "2018-07-01",
        "総務省",
        "ほとんどが未収録。2018年の総数（延べ22,422団体）との比",
        "most are not held; against the total of 2018 (22,422 memberships)",
        "joint_office",
    ],
    [
        "register-networks",
        "networks",
        "自治体間のネットワーク（共同処理を含む）",
        "Networks of municipalities, joint offices among them",
        "",
        "",
        "",
        "総数は不明。ページで確認できたものだけ",
        "total unknown; only those seen on a page",
        "",
    ],
    [
        "japan-heritage",
        "networks",
        "日本遺産（2市町村以上）",
        "Japan Heritage, of several municipalities",
        "70",
        "2026-11",
        "文化庁",
        "なし。構成自治体は構成文化財の所在地からの推定",
        "none; members are implied by the addresses of the properties",
        "",
    ],
]
"""In the columns of ``completeness.csv``, and the family that is counted ("": the programme)."""


def complete(
    reference: Path, ties: Sequence[Row], blocs: Sequence[Row], evidence: list[Row]
) -> tuple[list[Row], list[Row], list[Row]]:
    """Return ties, networks and evidence, with all that was gathered nationwide.

    Parameters
    ----------
    reference
        The folder of the gathered tables.
    ties, blocs, evidence
        What is held: ties as ``TIE_COLUMNS`` without the last three, blocs beginning with id, name, project, members.
    """
    mayors = register_readers.told_as_pairs(reference)
    held = [[*row, "", "", "kind" if row[9] == "" else "document"] for row in ties if row[0] not in mayors]
    known = [dict(zip(("id", "from_code", "to_code", "kind", "since"), row[:5], strict=True)) for row in held]
    pairs, pages = pair_readers.pairs(reference, known)
    members = {frozenset(map(str, row[3])): str(row[1]) for row in blocs if isinstance(row[3], list)}
    networks, more_pages = network_readers.networks(reference, members)
    kept = [row for row in evidence if row[0] not in mayors]
    every = [*kept, *pages, *more_pages]
    once = {tuple(map(str, row[:7])): row for row in reversed(every)}  # the first of those that say the same
    return [*held, *pairs], networks, list(reversed(once.values()))
