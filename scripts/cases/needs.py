"""Which items say what a municipality seeks or can give, chosen by reading; and when it was said."""

from __future__ import annotations

from typing import Any

COLUMNS = ("case_id", "item", "side", "code", "said_on", "basis")

FORUM, PREFECTURE = "2022-12-09", "2023-11-02"
SPEAKER_UNNAMED = ""
"""The document names the speakers, but not who said what."""

CHOSEN: tuple[tuple[str, str, str, str, tuple[int, ...]], ...] = (
    ("setagaya-forum", "need", SPEAKER_UNNAMED, FORUM, (4, 6, 19, 20, 21, 23, 27, 28)),
    ("setagaya-forum", "offer", SPEAKER_UNNAMED, FORUM, (24,)),
    ("setagaya-forum", "offer", "13112", FORUM, (29, 30)),
    ("okinoshima-employment", "need", "32528", FORUM, (12, 14)),
    ("gunma-cocreation", "need", "10000", PREFECTURE, (4, 5)),
    ("dispatch-r4-036", "need", "29402", "FY2022", (13,)),
    ("dispatch-r4-039", "need", "32203", "FY2022", (17,)),
    ("dispatch-r4-065", "need", "04211", "FY2022", (17,)),
    ("dispatch-r4-072", "need", "11206", "FY2022", (14,)),
    ("dispatch-r4-073", "need", "11346", "FY2022", (14,)),
    ("dispatch-r4-080", "need", "22216", "FY2022", (9, 11)),
    ("dispatch-r4-108", "need", "29363", "FY2022", (16,)),
    ("dispatch-r4-056", "offer", "01229", "FY2022", (17,)),
    ("dispatch-r4-060", "offer", "01633", "FY2022", (16,)),
    ("dispatch-r4-075", "offer", "15223", "FY2022", (14,)),
    ("dispatch-r4-103", "offer", "01633", "FY2022", (12,)),
    ("living-area-3", "offer", "", "2025", (11,)),
    ("living-area-4", "offer", "", "2025", (10,)),
)
"""Case, side, municipality, day, items: said in the forum, asked by the prefecture, or planned in a report."""


def needs_and_offers(cases: list[dict[str, Any]], items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what is sought and offered: what was said, and challenges for which the case tells no measure."""
    places = {case["id"]: case["member_codes"] for case in cases}
    rows = [
        {"case_id": case, "item": item, "side": side, "code": code, "said_on": day, "basis": "said"}
        for case, side, code, day, numbers in CHOSEN
        for item in numbers
    ]
    known = {(row["case_id"], row["item"]) for row in rows}
    measured: dict[str, set[str]] = {}
    for item in items:
        if item["aspect"] in ("measure", "success"):
            measured.setdefault(item["case_id"], set()).update(item["themes"])
    for item in items:
        key = (item["case_id"], item["number"])
        themes = set(item["themes"])
        if (
            item["aspect"] == "challenge"
            and themes
            and not themes & measured.get(item["case_id"], set())
            and key not in known
        ):
            members = places[item["case_id"]]
            rows.append(
                {
                    "case_id": item["case_id"],
                    "item": item["number"],
                    "side": "need",
                    "code": members[0] if len(members) == 1 else "",
                    "said_on": "FY2022" if item["case_id"].startswith("dispatch") else "",
                    "basis": "no_measure",
                }
            )
    return rows
