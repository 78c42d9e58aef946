"""One way to all tables: the atlas, an immutable snapshot of what is shipped and of what lies in the user's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import gazetteer
from layers import (
    blocs,
    cases,
    catalog,
    evidence,
    medical_areas,
    networks,
    organisations,
    partnerships,
    programme_facts,
    statements,
    survey,
)
from layers.tables import read_table

if TYPE_CHECKING:
    import pandas as pd

    from layers.catalog import Indicator


class Atlas:
    """A snapshot of all tables. Frames are private copies: changing one changes no later answer."""

    def table(self, folder: str, name: str, lists: tuple[str, ...] = ()) -> pd.DataFrame:
        """Return a CSV table of ``data/``, every column as text; ``lists`` are split at ``;`` into tuples."""
        return read_table(folder, name, lists)

    def municipalities(self) -> pd.DataFrame:
        """Return the 1,741 municipalities by code (``geo.gazetteer.municipalities``)."""
        return gazetteer.municipalities().copy(deep=False)

    def wards(self) -> pd.DataFrame:
        """Return the 171 wards by code."""
        return gazetteer.wards().copy(deep=False)

    def cases(self) -> pd.DataFrame:
        """Return the cases (``layers.cases.cases``)."""
        return cases.cases().copy(deep=False)

    def figures(self) -> pd.DataFrame:
        """Return the figures that cases state."""
        return cases.figures().copy(deep=False)

    def case_contents(self) -> pd.DataFrame:
        """Return summary, stage, means and keywords of each case, by case id."""
        return cases.case_contents().copy(deep=False)

    def items(self) -> pd.DataFrame:
        """Return what the cases say, sentence by sentence."""
        return cases.items().copy(deep=False)

    def case_partners(self) -> pd.DataFrame:
        """Return who took part in the cases."""
        return cases.case_partners().copy(deep=False)

    def organisations(self) -> pd.DataFrame:
        """Return the organisations, by id (``layers.organisations.organisations``)."""
        return organisations.organisations().copy(deep=False)

    def organisation_links(self) -> pd.DataFrame:
        """Return what ties organisations to cases, agreements and joint areas."""
        return organisations.organisation_links().copy(deep=False)

    def schedule(self) -> pd.DataFrame:
        """Return the phases of joint areas."""
        return blocs.schedule().copy(deep=False)

    def ties(self) -> pd.DataFrame:
        """Return the ties between two parties (``layers.partnerships.partnerships``)."""
        return partnerships.partnerships().copy(deep=False)

    def agreements(self) -> pd.DataFrame:
        """Return the agreements with companies, universities and others."""
        return partnerships.agreements().copy(deep=False)

    def networks(self) -> pd.DataFrame:
        """Return the networks of three and more parties (``layers.networks.networks``)."""
        return networks.networks().copy(deep=False)

    def blocs(self) -> pd.DataFrame:
        """Return the joint areas (``layers.blocs.blocs``)."""
        return blocs.blocs().copy(deep=False)

    def statements(self) -> pd.DataFrame:
        """Return what municipalities state of themselves."""
        return statements.statements().copy(deep=False)

    def survey(self) -> pd.DataFrame:
        """Return the survey among heads of municipalities."""
        return survey.survey().copy(deep=False)

    def programme_facts(self) -> pd.DataFrame:
        """Return the dated facts of national programmes."""
        return programme_facts.programme_facts().copy(deep=False)

    def medical_areas(self) -> pd.DataFrame:
        """Return the secondary medical areas."""
        return medical_areas.medical_areas().copy(deep=False)

    def documents(self) -> pd.DataFrame:
        """Return the documents that the cases cite."""
        return evidence.documents().copy(deep=False)

    def indicators(self) -> tuple[Indicator, ...]:
        """Return every indicator."""
        return catalog.indicators()

    def indicator(self, identifier: str) -> Indicator:
        """Return one indicator; raises ``UnknownNameError``."""
        return catalog.indicator(identifier)

    def values(self, identifier: str, date: str | None = None) -> pd.Series:
        """Return an indicator's values by code, the newest date by default; NaN is no data."""
        return catalog.values(identifier, date).copy(deep=False)


def open_atlas() -> Atlas:
    """Open the atlas on the default folders."""
    return Atlas()
