"""Several municipalities together: indicators taken by rule, outlines, and what changes when one joins or leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.boundaries import outline, part_count
from geo.errors import UnknownNameError
from geo.gazetteer import display_name
from geo.measure import offices_within
from renkei.analysis import bloc as analysis_bloc
from renkei.analysis import bloc_values
from renkei.library.default_atlas import default_atlas
from renkei.present.area_codes import read_area

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import shapely


def aggregate(groups: Mapping[str, Sequence[str]], ids: str | Sequence[str], dates: str = "latest") -> pd.DataFrame:
    """Return indicators of groups of municipalities: counts add, rates are taken again from their counts.

    Parameters
    ----------
    groups
        Name to the 5-digit codes of its members.
    ids
        One indicator or several.
    dates
        A date that each of them has; ``latest`` is each one's newest.

    Returns
    -------
    pandas.DataFrame
        Index: the names; one column an indicator, in its unit; NaN where a member has no data.

    Raises
    ------
    InvalidFilterError
        When an indicator has no rule (an index, a yes): it cannot be told of several.
    UnknownNameError
        When a code, indicator or date does not exist.

    Examples
    --------
    >>> import renkei as rk
    >>> rk.aggregate({"帯広・音更": ["01207", "01631"]}, "census_population", "2020-10-01").iloc[0, 0].item()
    210112.0
    """
    atlas = default_atlas()
    when = "" if dates == "latest" else dates
    wanted = [ids] if isinstance(ids, str) else list(ids)
    frame = pd.DataFrame({each: bloc_values.aggregate(atlas, groups, each, when) for each in wanted})
    frame.attrs["sources"] = tuple(source for each in wanted for source in atlas.values(each).attrs["sources"])
    return frame


class Bloc:
    """A joint area: one of the register by its id, or any municipalities by their codes.

    Parameters
    ----------
    members
        Id of a joint area (``rk.blocs().index``), an area as a link holds it (``area=…``), or 5-digit codes.

    Raises
    ------
    UnknownNameError
        When there is no such joint area or municipality.

    Examples
    --------
    >>> import renkei as rk
    >>> bloc = rk.Bloc(["01207", "01631"]).with_("01637")
    >>> bloc.parts, bloc.names[0]
    (1, '北海道帯広市')
    >>> rk.Bloc("01207631-10444").told.prefectures
    ('北海道', '群馬県')
    """

    def __init__(self, members: str | Sequence[str]) -> None:
        if isinstance(members, str):
            self.codes = read_area(members) or _codes_of_bloc(members)
        else:
            self.codes = tuple(dict.fromkeys(members))
        self.names = tuple(display_name(code) for code in self.codes)

    @classmethod
    def around(cls, shape: shapely.Geometry) -> Bloc:
        """Return the municipalities whose office lies inside a shape (EPSG:6668), as drawing on the page does.

        Raises
        ------
        UnknownNameError
            When no office lies in it.
        """
        codes = offices_within(shape)
        if not codes:
            msg = "囲みの中に役所・役場がある市区町村はありません。"
            raise UnknownNameError(msg)
        return cls(codes)

    def __repr__(self) -> str:
        """Name the members."""
        return f"Bloc({'、'.join(self.names)})"

    @property
    def outline(self) -> shapely.Geometry:
        """The union of the members, EPSG:6668."""
        return outline(self.codes)

    @property
    def parts(self) -> int:
        """Into how many parts it falls that do not touch; 1 is connected."""
        return part_count(self.codes)

    @property
    def told(self) -> analysis_bloc.Bloc:
        """All that ``renkei bloc`` tells: population by year, ages, what it crosses, themes, ties."""
        return analysis_bloc.bloc(default_atlas(), self.codes)

    def values(self, ids: str | Sequence[str], date: str = "latest") -> pd.Series:
        """Return indicators of the whole, by rule (``rk.aggregate``)."""
        return aggregate({"": self.codes}, ids, date).iloc[0].rename("value")

    def series(self, identifier: str) -> pd.Series:
        """Return an indicator at each of its dates; index: date."""
        dates = default_atlas().indicator(identifier).dates
        found = [aggregate({"": self.codes}, identifier, date).iloc[0, 0] for date in dates]
        return pd.Series(found, index=pd.Index(dates, name="date"), name=identifier)

    def with_(self, code: str) -> Bloc:
        """Return the area with one municipality more."""
        return Bloc((*self.codes, code))

    def without(self, code: str) -> Bloc:
        """Return the area with one municipality less; raises ``UnknownNameError`` where it is no member."""
        if code not in self.codes:
            msg = f"{code} はこの圏域の構成自治体ではありません。"
            raise UnknownNameError(msg, self.codes)
        return Bloc([each for each in self.codes if each != code])


def _codes_of_bloc(identifier: str) -> tuple[str, ...]:
    frame = default_atlas().blocs().set_index("id")
    if identifier not in frame.index:
        msg = f"圏域「{identifier[:40]}」はありません。rk.blocs() の id か、市区町村コードの並びで指定してください。"
        raise UnknownNameError(msg)
    return tuple(frame["member_codes"][identifier])
