"""One way to all tables: the atlas, an immutable snapshot of what is shipped and of what lies in the user's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo import gazetteer
from layers import (
    age_groups,
    blocs,
    cases,
    catalog,
    completeness,
    coverage,
    evidence,
    integrity,
    medical_areas,
    needs_and_offers,
    networks,
    organisations,
    partnerships,
    programme_facts,
    release_watch,
    statements,
    survey,
    table_status,
    ward_values,
)
from layers.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from layers.age_groups import AgeGroups
    from layers.catalog import Group, Indicator
    from layers.release_watch import Awaited
    from layers.user_folder import Damage


class Atlas:
    """A snapshot of all tables; ``Atlas.open()`` takes one.

    Every frame that it hands out is a private copy: changing one changes no later answer. ``.attrs["sources"]`` of a
    frame names where its rows come from.

    Parameters
    ----------
    tables
        The snapshot of the tables below.

    Examples
    --------
    >>> atlas = Atlas.open()
    >>> int(atlas.values("census_population", "2020-10-01").sum())
    126146099
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    @classmethod
    def open(cls, folder: Path | None = None) -> Atlas:
        """Take a snapshot of the shipped tables and of a user's folder over them.

        Parameters
        ----------
        folder
            The user's folder; ``layers.user_folder.user_folder()`` by default.

        Examples
        --------
        >>> len(Atlas.open().municipalities())
        1741
        """
        return cls(Tables.open(folder))

    @property
    def tables(self) -> Tables:
        """The tables, for the functions of ``layers``."""
        return self._tables

    @property
    def shared(self) -> Atlas:
        """The atlas without any session's own data: this very one."""
        return self

    @property
    def memo(self) -> dict[Any, Any]:
        """What was made of this snapshot (``layers.tables.per_snapshot``)."""
        return self._tables.memo

    @property
    def is_current(self) -> bool:
        """Whether the user's folder still is as it was when the snapshot was taken."""
        return self._tables.is_current

    def renewed(self) -> Atlas:
        """Return this snapshot while the user's folder is unchanged, else a new one.

        Examples
        --------
        >>> atlas = Atlas.open()
        >>> atlas.renewed() is atlas
        True
        """
        return self if self.is_current else Atlas(Tables(self._tables.shipped, self._tables.own))

    def differing(self, other: Atlas) -> tuple[str, ...]:
        """Return the names of the tables that are not the same in another snapshot."""
        return self._tables.differing(other.tables)

    def table(self, folder: str, name: str, lists: tuple[str, ...] = ()) -> pd.DataFrame:
        """Return a CSV table of ``data/``, every column as text; ``lists`` are split at ``;`` into tuples."""
        return self._tables.read(folder, name, lists)

    def municipalities(self) -> pd.DataFrame:
        """Return the 1,741 municipalities by code (``geo.gazetteer.municipalities``)."""
        return _sourced(gazetteer.municipalities(), (gazetteer.SOURCE,))

    def wards(self) -> pd.DataFrame:
        """Return the 171 wards by code."""
        return _sourced(gazetteer.wards(), (gazetteer.SOURCE,))

    def outlines(self) -> gpd.GeoDataFrame:
        """Return the exact outlines by code (``geo.boundaries.exact``), EPSG:6668."""
        from geo import boundaries  # noqa: PLC0415 - half a second to import

        frame = boundaries.exact()
        frame.attrs["sources"] = (boundaries.SOURCE,)
        return frame

    def prefectures(self) -> gpd.GeoDataFrame:
        """Return the 47 prefecture outlines by 2-digit code, EPSG:6668."""
        from geo import boundaries  # noqa: PLC0415

        frame = boundaries.prefectures()
        frame.attrs["sources"] = (boundaries.SOURCE,)
        return frame

    def cases(self) -> pd.DataFrame:
        """Return the cases (``layers.cases.cases``)."""
        return _sourced(cases.cases(self._tables))

    def figures(self) -> pd.DataFrame:
        """Return the figures that cases state."""
        frame = cases.figures(self._tables)
        return _sourced(frame, tuple(dict.fromkeys(evidence.with_evidence(self._tables, _cited(frame))["source"])))

    def case_contents(self) -> pd.DataFrame:
        """Return summary, stage, means and keywords of each case, by case id."""
        return _sourced(cases.case_contents(self._tables))

    def items(self) -> pd.DataFrame:
        """Return what the cases say, sentence by sentence."""
        return _sourced(cases.items(self._tables))

    def case_terms(self) -> pd.DataFrame:
        """Return which words of the trade each case's document uses, and on which lines."""
        return cases.case_terms(self._tables)

    def case_partners(self) -> pd.DataFrame:
        """Return who took part in the cases."""
        return _sourced(cases.case_partners(self._tables))

    def needs_and_offers(self) -> pd.DataFrame:
        """Return what municipalities say that they seek or can give."""
        return _sourced(needs_and_offers.needs_and_offers(self._tables))

    def organisations(self) -> pd.DataFrame:
        """Return the organisations, by id (``layers.organisations.organisations``)."""
        return _sourced(organisations.organisations(self._tables))

    def organisation_links(self) -> pd.DataFrame:
        """Return what ties organisations to cases, agreements and joint areas."""
        return _sourced(organisations.organisation_links(self._tables))

    def ties(self) -> pd.DataFrame:
        """Return the ties between two parties (``layers.partnerships.partnerships``)."""
        return _sourced(partnerships.partnerships(self._tables))

    def unnamed_partners(self) -> pd.DataFrame:
        """Return the ties whose partner the source does not name."""
        return _sourced(partnerships.unnamed_partners(self._tables))

    def agreements(self) -> pd.DataFrame:
        """Return the agreements with companies, universities and others."""
        return _sourced(partnerships.agreements(self._tables))

    def forum_participants(self) -> pd.DataFrame:
        """Return the forum's organisations."""
        return _sourced(partnerships.forum_participants(self._tables))

    def networks(self) -> pd.DataFrame:
        """Return the networks of three and more parties (``layers.networks.networks``)."""
        return _sourced(networks.networks(self._tables))

    def blocs(self) -> pd.DataFrame:
        """Return the joint areas (``layers.blocs.blocs``)."""
        return _sourced(blocs.blocs(self._tables))

    def schedule(self) -> pd.DataFrame:
        """Return the phases of blocs."""
        return _sourced(blocs.schedule(self._tables))

    def other_members(self) -> pd.DataFrame:
        """Return the members of blocs that are no municipality."""
        return _sourced(blocs.other_members(self._tables))

    def statements(self) -> pd.DataFrame:
        """Return what municipalities state of themselves."""
        return _sourced(statements.statements(self._tables))

    def survey(self) -> pd.DataFrame:
        """Return the survey among heads of municipalities."""
        return _sourced(survey.survey(self._tables))

    def programme_facts(self) -> pd.DataFrame:
        """Return the dated facts of national programmes."""
        return _sourced(programme_facts.programme_facts(self._tables))

    def programmes(self) -> pd.DataFrame:
        """Return the programmes that facts belong to, by id."""
        return _sourced(evidence.programmes(self._tables))

    def medical_areas(self) -> pd.DataFrame:
        """Return the secondary medical areas."""
        return _sourced(medical_areas.medical_areas(self._tables), (medical_areas.SOURCE,))

    def documents(self) -> pd.DataFrame:
        """Return the documents that the cases cite, by id."""
        return _sourced(evidence.documents(self._tables))

    def pages(self) -> pd.DataFrame:
        """Return every piece of evidence of ties and blocs."""
        return _sourced(evidence.pages(self._tables))

    def completeness(self) -> pd.DataFrame:
        """Return how much of what is known to exist is held, kind by kind."""
        return _sourced(completeness.completeness(self._tables))

    def coverage(self) -> pd.DataFrame:
        """Return what the register holds of each municipality, by code (``layers.coverage.coverage``)."""
        return _sourced(coverage.coverage(self._tables))

    def status(self) -> list[dict[str, Any]]:
        """Return the state of every table (``layers.table_status.table_status``)."""
        return table_status.table_status(self._tables)

    def damages(self) -> list[Damage]:
        """Return every file in use that is not as it was built or written (``layers.integrity.damages``)."""
        return integrity.damages(self._tables)

    def indicators(self) -> tuple[Indicator, ...]:
        """Return every indicator."""
        return catalog.indicators(self._tables)

    def indicator(self, identifier: str) -> Indicator:
        """Return one indicator; raises ``UnknownNameError``."""
        return catalog.indicator(self._tables, identifier)

    def values(self, identifier: str, date: str | None = None) -> pd.Series:
        """Return an indicator's values by code, the newest date by default; NaN is no data."""
        series = catalog.values(self._tables, identifier, date)
        chosen = self.indicator(identifier)
        series.attrs["sources"] = (f"{chosen.publisher}「{chosen.source}」",)
        return series

    def flags(self, identifier: str, date: str | None = None) -> pd.Series:
        """Return the flag of each value: ``no_data``, or what the date's values are."""
        return catalog.flags(self._tables, identifier, date)

    def awaited(self) -> list[Awaited]:
        """Return preliminary figures, and tables of which a newer edition is out or due (``layers.release_watch``)."""
        return release_watch.awaited(self._tables)

    def indicator_groups(self) -> tuple[Group, ...]:
        """Return the groups of indicators, the most used first."""
        return catalog.groups(self._tables)

    def find_indicators(self, query: str = "", group: str | None = None) -> tuple[Indicator, ...]:
        """Return the indicators in which all words of a query occur (``layers.catalog.find_indicators``)."""
        return catalog.find_indicators(self._tables, query, group)

    def superseded(self) -> pd.DataFrame:
        """Return the figures that final ones have replaced (``layers.catalog.superseded``)."""
        return catalog.superseded(self._tables)

    def age_groups(self, codes: Iterable[str]) -> AgeGroups:
        """Return the people of municipalities together by sex and five-year age group (``layers.age_groups``)."""
        return age_groups.age_groups(self._tables, codes)

    def ward_values(self, code: str) -> pd.DataFrame:
        """Return the newest value of each indicator for one ward, or for the wards of a city."""
        return ward_values.ward_values(self._tables, code)


def _cited(frame: pd.DataFrame) -> pd.DataFrame:
    """Return document and line of figures, once a document."""
    return frame.loc[:, ["document", "line"]].rename(columns={"line": "lines"}).drop_duplicates("document")


def _sourced(frame: pd.DataFrame, sources: tuple[str, ...] | None = None) -> pd.DataFrame:
    """Name where the rows of a frame come from: given, or each that its column ``source`` or ``publisher`` holds."""
    if sources is None:
        column = next((name for name in ("source", "publisher", "known_by") if name in frame), "")
        sources = tuple(dict.fromkeys(frame[column])) if column else ()
    frame.attrs["sources"] = tuple(each for each in sources if each)
    return frame
