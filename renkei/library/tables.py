"""The tables as frames: municipalities, indicators, facts, each with its sources in ``.attrs["sources"]``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import geopandas as gpd
import pandas as pd

from geo import boundaries
from geo.codes import normalize_prefecture
from geo.measure import party_point
from layers.filters import FILTERS, Filters
from layers.kinds import find_kind
from layers.tables import rows
from layers.vocabulary import fold
from renkei.library.default_atlas import default_atlas

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from renkei.atlas import Atlas

CRS = "EPSG:6668"
"""JGD2011, longitude and latitude in degrees."""
Wide = Literal["wide", "long"]
_CATALOG = (
    "title",
    "title_en",
    "group",
    "unit",
    "dates",
    "definition",
    "source",
    "source_url",
    "publisher",
    "licence",
    "coverage",
    "gaps",
)


def municipalities(
    prefecture: str | None = None,
    *,
    codes: Sequence[str] | None = None,
    indicators: Sequence[str] = (),
    date: str = "latest",
    geometry: Literal["exact", "office"] | None = "exact",
) -> gpd.GeoDataFrame | pd.DataFrame:
    """Return the municipalities, with indicators beside them where asked for.

    Parameters
    ----------
    prefecture
        Name or 2-digit code: only its municipalities.
    codes
        5-digit codes (JIS X 0402): only these, in this order.
    indicators
        Ids: one column each, and ``<id>_date`` beside it.
    date
        Date of the indicators; ``latest`` is each one's newest.
    geometry
        ``exact`` outlines (a valid coverage), ``office`` points, or None for a plain frame.

    Returns
    -------
    geopandas.GeoDataFrame or pandas.DataFrame
        Index ``code``; names, kana, county, office ``lon``/``lat`` (degrees), ``area_km2`` (official, 2020-10-01);
        EPSG:6668. Shape (1741, …) when nothing narrows it. NaN is no data.

    Raises
    ------
    UnknownNameError
        When a code, indicator or date does not exist.

    Examples
    --------
    >>> import renkei as rk
    >>> rk.municipalities("群馬県", indicators=["census_population"], geometry=None).shape[0]
    35
    """
    atlas = default_atlas()
    frame = atlas.municipalities()
    sources = list(frame.attrs["sources"])
    if prefecture is not None:
        frame = frame[frame["prefecture_code"].eq(normalize_prefecture(prefecture))]
    if codes is not None:
        frame = frame.loc[_known(frame, codes)]
    for identifier in indicators:
        series = atlas.values(identifier, None if date == "latest" else date)
        frame[identifier] = series.reindex(frame.index)
        frame[f"{identifier}_date"] = atlas.indicator(identifier).dates[-1] if date == "latest" else date
        sources += series.attrs["sources"]
    if geometry is not None:
        if geometry == "exact":
            sources.append(boundaries.SOURCE)
            shapes = boundaries.exact().geometry.reindex(frame.index)
        else:
            shapes = gpd.GeoSeries(gpd.points_from_xy(frame["lon"], frame["lat"]), index=frame.index, crs=CRS)
        frame = gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS)
    frame.attrs["sources"] = tuple(dict.fromkeys(sources))
    return frame


def prefectures() -> gpd.GeoDataFrame:
    """Return the 47 prefectures.

    Returns
    -------
    geopandas.GeoDataFrame
        Index ``prefecture_code`` (2 digits, JIS X 0401); exact outlines, EPSG:6668.

    Examples
    --------
    >>> import renkei as rk
    >>> len(rk.prefectures())
    47
    """
    return default_atlas().prefectures()


def indicators(group: str | None = None, search: str | None = None) -> pd.DataFrame:
    """Return the catalog of indicators.

    Parameters
    ----------
    group
        ``population``, ``decarbonization``, ``dx``, ``finance``, …
    search
        Words of the title or definition, full width and spaces do not matter.

    Returns
    -------
    pandas.DataFrame
        Index ``id``; title, unit, group, dates (tuple), definition, source, publisher, licence, coverage (of 1,741),
        gaps.

    Examples
    --------
    >>> import renkei as rk
    >>> "share_65" in rk.indicators(search="高齢化").index
    True
    """
    atlas = default_atlas()
    wanted = fold(search or "")
    columns = list(_CATALOG)
    found = [
        {"id": each.id} | {column: getattr(each, column) for column in columns}
        for each in atlas.indicators()
        if group in (None, each.group) and wanted in fold(f"{each.id}{each.title}{each.title_en}{each.definition}")
    ]
    frame = pd.DataFrame(found, columns=["id", *columns]).set_index("id")
    frame.attrs["sources"] = tuple(dict.fromkeys(frame["publisher"] + "「" + frame["source"] + "」"))
    return frame


def values(
    ids: str | Sequence[str],
    *,
    dates: str | Sequence[str] = "latest",
    codes: Sequence[str] | None = None,
    form: Wide = "wide",
    flags: bool = False,
) -> pd.DataFrame:
    """Return values of indicators.

    Parameters
    ----------
    ids
        One id or several.
    dates
        ``latest``, ``all``, or dates that every one of the indicators has.
    codes
        Only these municipalities.
    form
        ``wide``: a municipality a row; a column an indicator, or (indicator, date) where there are several dates.
        ``long``: ``code``, ``indicator``, ``date``, ``value``.
    flags
        With ``long``: a column ``flag`` (``no_data``, ``preliminary``, ``projection``, ``incomplete`` or "").

    Returns
    -------
    pandas.DataFrame
        Values in the unit of the catalog; NaN is no data, never zero.

    Raises
    ------
    UnknownNameError
        When an indicator, date or code does not exist.
    ValueError
        When flags are asked for in the wide form.

    Examples
    --------
    >>> import renkei as rk
    >>> int(rk.values("projected_population", dates=["2030"], codes=["10444"]).iloc[0, 0])
    2921
    """
    if flags and form == "wide":
        msg = "flags=True は form='long' で使います。"
        raise ValueError(msg)
    atlas = default_atlas()
    wanted = [ids] if isinstance(ids, str) else list(ids)
    pieces = {(each, date): atlas.values(each, date) for each in wanted for date in _dates(atlas, each, dates)}
    kept = _known(atlas.municipalities(), codes) if codes is not None else list(atlas.municipalities().index)
    sources = tuple(dict.fromkeys(source for piece in pieces.values() for source in piece.attrs["sources"]))
    if form == "wide":
        frame = pd.DataFrame({key: piece.reindex(kept) for key, piece in pieces.items()})
        single = len(pieces) == len(wanted)
        frame.columns = pd.Index(wanted) if single else pd.MultiIndex.from_tuples(pieces, names=["indicator", "date"])
    else:
        frame = pd.concat(
            [
                pd.DataFrame({"code": kept, "indicator": each, "date": date, "value": piece.reindex(kept).to_numpy()})
                for (each, date), piece in pieces.items()
            ],
            ignore_index=True,
        )
        if flags:
            told = [atlas.flags(each, date).reindex(kept) for each, date in pieces]
            frame["flag"] = pd.concat(told, ignore_index=True)
    frame.attrs["sources"] = sources
    return frame


def _dates(atlas: Atlas, identifier: str, dates: str | Sequence[str]) -> Sequence[str]:
    own = atlas.indicator(identifier).dates
    if dates == "latest":
        return own[-1:]
    if dates == "all":
        return own
    return [dates] if isinstance(dates, str) else dates


def _known(frame: pd.DataFrame, codes: Iterable[str]) -> list[str]:
    from geo.errors import UnknownNameError  # noqa: PLC0415 - only to be raised

    wanted = list(codes)
    if unknown := [code for code in wanted if code not in frame.index]:
        msg = f"市区町村コード「{'、'.join(map(str, unknown[:5]))}」はありません。5桁のコードで指定してください。"
        raise UnknownNameError(msg)
    return wanted


def facts(kind: str, filters: dict[str, Any]) -> gpd.GeoDataFrame:
    """Return the facts of a kind that pass filters, with their geometry (EPSG:6668).

    Parameters
    ----------
    kind
        Id of a kind (``layers.kinds``).
    filters
        By field (``themes``) or key (``theme``); one value or several.

    Raises
    ------
    InvalidFilterError
        When a value does not exist; the message names those that do.
    TypeError
        When there is no such filter.
    """
    atlas = default_atlas()
    of = find_kind(kind)
    frame = _filters(atlas, filters).apply(atlas.tables, of.id)
    shapes = gpd.GeoSeries([of.shape(row) for row in rows(frame)], index=frame.index, crs=CRS)
    found = gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS).set_index("id")
    said = next(each for each in of.columns if each.name == "source")
    found.attrs["sources"] = tuple(dict.fromkeys(str(said.cell(atlas.tables, row)) for row in rows(frame)))
    return found


def _filters(atlas: Atlas, given: dict[str, Any]) -> Filters:
    names = {name: each for each in FILTERS for name in (each.field, each.key)}
    asked = {}
    for name, value in given.items():
        if name not in names:
            msg = f"{name} という絞り込みはありません。{'、'.join(each.field for each in FILTERS)} が使えます。"
            raise TypeError(msg)
        one = names[name].single or not isinstance(value, str | int)
        asked[names[name].field] = value if one else [value]
    return Filters.from_values(atlas.tables, **asked)


def cases(**filters: Any) -> gpd.GeoDataFrame:
    """Return the cases of collaboration.

    Parameters
    ----------
    **filters
        ``themes``, ``prefectures``, ``programmes``, ``years``, ``text``, ``tiers``: one value or several.

    Returns
    -------
    geopandas.GeoDataFrame
        Index ``id``; title, themes (tuple), organisation, role, source, evidence (document and lines), …; points at
        the offices of the municipalities, EPSG:6668.

    Raises
    ------
    InvalidFilterError
        When a value does not exist.

    Examples
    --------
    >>> import renkei as rk
    >>> bool(rk.cases(themes="DX", prefectures="群馬県")["source"].ne("").all())
    True
    """
    return facts("cases", filters)


def ties(
    geometry: Literal["arc", "line"] = "arc", aggregate: Literal["pair", "prefecture"] | None = None, **filters: Any
) -> gpd.GeoDataFrame:
    """Return the ties between two parties.

    Parameters
    ----------
    geometry
        ``arc``: great circle over the ellipsoid (GRS80); ``line``: straight in degrees.
    aggregate
        ``pair``: one row a pair of parties; ``prefecture``: one row a pair of prefectures; with ``count`` and
        ``kinds``. Whoever was asked first stands in no order: ties have no direction.
    **filters
        As for ``cases``, and ``kinds`` (``disaster``, ``sister``, …).

    Returns
    -------
    geopandas.GeoDataFrame
        ``from_code``, ``to_code`` (5 digits; PP000 is a prefecture), kind, since, evidence, …; EPSG:6668.

    Examples
    --------
    >>> import renkei as rk
    >>> rk.ties(kinds="sister", text="川場村")["from_code"].tolist()
    ['13112']
    """
    from renkei.library.tie_lines import gathered, straightened  # noqa: PLC0415 - only where asked for

    frame = facts("ties", filters)
    if aggregate is not None:
        frame = gathered(frame, aggregate)
    return straightened(frame) if geometry == "line" else frame


def networks(**filters: Any) -> gpd.GeoDataFrame:
    """Return the networks of three and more parties, one row each; lines from their middle to each member, EPSG:6668.

    Examples
    --------
    >>> import renkei as rk
    >>> len(rk.networks(text="銀河連邦"))
    1
    """
    return facts("networks", filters)


def blocs(**filters: Any) -> gpd.GeoDataFrame:
    """Return the joint areas (圏域): name, ``member_codes`` (tuple), programme, since, evidence; outlines, EPSG:6668.

    Examples
    --------
    >>> import renkei as rk
    >>> len(rk.blocs(programmes="連携中枢都市圏"))
    38
    """
    return facts("blocs", filters)


def organisations(**filters: Any) -> gpd.GeoDataFrame:
    """Return the companies, universities, ministries and associations that work with municipalities.

    Returns
    -------
    geopandas.GeoDataFrame
        Index ``id``; ``name``, ``kind``, ``member_codes`` (whom they work with), ``links``, ``themes``, evidence;
        points at those municipalities, EPSG:6668.

    Examples
    --------
    >>> import renkei as rk
    >>> "博報堂" in "".join(rk.organisations(text="博報堂")["name"])
    True
    """
    return facts("organisations", filters)


def medical_areas() -> gpd.GeoDataFrame:
    """Return the 339 secondary medical areas (二次医療圏): name, ``member_codes``; outlines, EPSG:6668.

    Examples
    --------
    >>> import renkei as rk
    >>> len(rk.medical_areas())
    339
    """
    return facts("medical", {})


def figures(**filters: Any) -> pd.DataFrame:
    """Return the figures that cases state, of the cases that pass.

    Returns
    -------
    pandas.DataFrame
        ``case_id``, ``label``, ``value`` (as written), ``unit``, ``qualifier`` (約, 超, …), ``status`` (only ``actual``
        is a fact), ``as_of`` (ISO date, year or FYyyyy), ``document``, ``line``.

    Examples
    --------
    >>> import renkei as rk
    >>> set(rk.figures(text="川場村").columns) >= {"value", "unit", "status", "as_of"}
    True
    """
    atlas = default_atlas()
    frame = atlas.figures()
    passing = set(_filters(atlas, filters).apply(atlas.tables, "cases")["id"])
    return frame[frame["case_id"].isin(passing)].reset_index(drop=True)


def agreements() -> pd.DataFrame:
    """Return the agreements of municipalities with companies, universities and offices, with their evidence.

    Examples
    --------
    >>> import renkei as rk
    >>> {"code", "organisation", "kind", "since"} <= set(rk.agreements().columns)
    True
    """
    return default_atlas().agreements()


def party_points(codes: Iterable[str]) -> gpd.GeoSeries:
    """Return where parties stand: the office of a municipality, a point inside a prefecture (PP000); EPSG:6668.

    Examples
    --------
    >>> party_points(["10444"]).x.round(2).tolist()
    [139.11]
    """
    wanted = list(codes)
    lon, lat = zip(*map(party_point, wanted), strict=True) if wanted else ((), ())
    return gpd.GeoSeries(gpd.points_from_xy(lon, lat), index=pd.Index(wanted, name="code"), crs=CRS)
