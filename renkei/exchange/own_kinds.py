"""What a planner's table holds: figures, cases, ties, networks, joint areas or points; by the roles of its columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from renkei.exchange.column_roles import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.exchange.column_roles import Role

OwnKind = Literal["indicator", "cases", "ties", "networks", "blocs", "points"]
FactTable = Literal["cases", "ties", "networks", "blocs"]
"""Where what is no figure goes; points are cases that stand at a place of their own."""
Shape = Literal["", "point", "line", "area"]
"""What the features of a file of shapes are; "" of a table."""

KIND_NAMES: dict[OwnKind, tuple[str, str]] = {
    "indicator": ("自治体ごとの数値", "Figures by municipality"),
    "cases": ("事例", "Cases"),
    "ties": ("連携（2者の協定・交流）", "Ties of two"),
    "networks": ("ネットワーク（3者以上）", "Networks of three and more"),
    "blocs": ("圏域", "Joint areas"),
    "points": ("地点", "Points"),
}
_TOLD = frozenset({"challenge", "measure", "success", "difficulty", "outlook"})
_AREA = re.compile(r".*圏域?(名|名称)?|bloc.*|area.*|.*(中心|中枢).*|representative|cent(er|re)")


def recognize_kind(header: Sequence[str], roles: Sequence[Role], shape: Shape = "") -> OwnKind:
    """Say what a table holds; a person can say otherwise.

    Parameters
    ----------
    header, roles
        Headings, and what each column is.
    shape
        What the features are, of a file of shapes.

    Examples
    --------
    >>> recognize_kind(["自治体", "相手", "締結日"], ["name", "partner", "date"])
    'ties'
    >>> recognize_kind(["圏域名", "構成市町村"], ["title", "members"])
    'blocs'
    >>> recognize_kind(["自治体", "導入率"], ["name", "value"])
    'indicator'
    """
    held = set(roles)
    placed = bool(held & {"code", "name"})
    told = bool(held & _TOLD or "theme" in held)
    titles = [heading for heading, role in zip(header, roles, strict=True) if role == "title"]
    named = placed and "value" not in held and bool(held & {"title", "category"})
    rules: tuple[tuple[bool, OwnKind], ...] = (
        ("partner" in held and (placed or "lead" in held), "ties"),
        ("members" in held and bool(held & (_TOLD - {"outlook"})), "cases"),
        ("members" in held or (placed and "lead" in held), _group_kind(header)),
        (shape == "area", "indicator" if "value" in held or placed else "points"),
        ({"longitude", "latitude"} <= held and not (placed and told), "points"),
        (placed and told, "cases"),
        (placed and any(_AREA.fullmatch(folded(each)) for each in titles), "blocs"),
        (named, "cases"),
    )
    return next((kind for holds, kind in rules if holds), "indicator")


def _group_kind(header: Sequence[str]) -> OwnKind:
    return "blocs" if any(_AREA.fullmatch(folded(each)) for each in header) else "networks"
