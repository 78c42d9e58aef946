"""Networks on their way out: one feature a network, or one row a membership."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import shapely

from geo.codes import PREFECTURES, to_code6
from geo.gazetteer import display_name
from geo.measure import great_circle, middle, party_point
from layers.networks import memberships
from layers.tables import rows
from layers.tie_kinds import FORMS, TIE_KINDS

if TYPE_CHECKING:
    import pandas as pd

MEMBERSHIP_COLUMNS = (
    "network_id",
    "network",
    "kind",
    "family",
    "since",
    "code",
    "code6",
    "member",
    "membership",
    "complete",
    "as_of",
    "themes",
    "source",
    "evidence",
)
"""Columns of the table of memberships."""


def star(codes: tuple[str, ...]) -> shapely.MultiLineString:
    """Return a line from the middle of the members to each of them: the network as the map draws it.

    Parameters
    ----------
    codes
        Municipalities and prefectures (PP000); one at least.

    Returns
    -------
    shapely.MultiLineString
        EPSG:6668; the first point of every line is the middle (``geo.measure.middle``).
    """
    points = [party_point(code) for code in codes]
    centre = middle(points)
    return shapely.MultiLineString([great_circle(centre, point, points=9) for point in points])


def network_feature(row: dict[str, Any]) -> tuple[dict[str, Any], shapely.Geometry]:
    """Return the properties and the geometry of a row of ``layers.networks.networks()``."""
    members = row["member_codes"]
    everyone = (*row["prefecture_members"], *members)
    families = {each.id: each.name for each in TIE_KINDS}
    properties = {
        "id": row["id"],
        "name": row["name"],
        "kind": row["kind"],
        "family": row["family"],
        "family_name": families[row["family"]],
        "form": row["form"],
        "form_name": FORMS[row["form"]][0],
        "member_codes": list(members),
        "member_code6s": [to_code6(code) for code in members],
        "member_names": [display_name(code) for code in members],
        "prefecture_members": list(row["prefecture_members"]),
        "prefecture": "・".join(PREFECTURES[code] for code in row["prefecture_codes"]),
        "membership": row["membership"],
        "complete": row["complete"],
        "as_of": row["as_of"] or None,
        "since": row["since"] or None,
        "until": row["until"] or None,
        "standing": row["standing"] or None,
        "themes": list(row["themes"]),
        "note": row["note"] or None,
    }
    return properties, star(everyone)


def membership_csv(frame: pd.DataFrame) -> bytes:
    """Return one row a membership as CSV (UTF-8 with BOM, as Excel opens it; LF).

    Parameters
    ----------
    frame
        Networks, as the filters leave them.
    """
    about = {row["id"]: row for row in rows(frame)}
    text = io.StringIO()
    writer = csv.DictWriter(text, MEMBERSHIP_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows(memberships(frame)):
        network = about[row["network_id"]]
        told = {"network": row["name"], "code6": to_code6(row["code"]), "member": display_name(row["code"])}
        told |= {"themes": "；".join(network["themes"]), "source": network["source"], "evidence": network["evidence"]}
        writer.writerow({column: (row | told)[column] for column in MEMBERSHIP_COLUMNS})
    return b"\xef\xbb\xbf" + text.getvalue().encode()
