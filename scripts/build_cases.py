"""Make ``data/cases/`` from the facts that were read out of the five documents.

Usage: ``python -m scripts.build_cases [--shared FOLDER]``

Facts and figures come over, sentences do not: quotes stay in the documents, found by document and line. Names of
private persons are in none of the inputs that are read here. Each kind of fact has its module in ``scripts.cases``.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts import network_readers, register_readers, register_tables, statement_facts
from scripts.cases import contents, corrections, needs, organisations, reports, terms
from scripts.cases.blocs import BLOC_COLUMNS, blocs
from scripts.cases.programmes import COMPLETENESS, COMPLETENESS_COLUMNS, DOCUMENTS, PROGRAMMES
from scripts.cases.survey import survey
from scripts.cases.ties import TIE_COLUMNS, agreements, forum_participants, ties, unnamed
from scripts.source_files import ROOT, SHARED, sha256, table_bytes, write_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scripts.cases.read_out import Row

EVIDENCE_COLUMNS = ("fact_id", "document", "lines", "url", "tier", "stated_kind", "stated_since", "stated_on")
AGREEMENT_COLUMNS = ("code", "organisation", "kind", "since", "programme", "document", "lines", "note")
SCHEDULE_COLUMNS = ("bloc_id", "phase", "start", "end", "year_inferred", "document", "lines", "note")
FORUM_COLUMNS = ("name", "code", "kind", "speaker", "presenter", "document", "lines")
UNNAMED_COLUMNS = ("code", "kind", "scope", "themes", "document", "lines")
OTHER_COLUMNS = ("bloc_id", "name", "document", "lines")

Dicts = list[dict[str, Any]]


def _dicts(columns: Sequence[str], rows: Iterable[Row]) -> Dicts:
    return [dict(zip(columns, [*row, *[""] * (len(columns) - len(row))], strict=True)) for row in rows]


def _listed(columns: Sequence[str], dicts: Dicts) -> list[Row]:
    return [[row[column] for column in columns] for row in dicts]


def with_register(shared: Path) -> tuple[list[Row], list[Row], list[Row]]:
    """Return the ties and blocs of the cases and of the nationwide register, and the evidence of each.

    A fact of both is one row with two pieces of evidence. Documents come first: they were read line by line.
    """
    reference = shared / "reference"
    tie_dicts = _dicts(TIE_COLUMNS, ties(shared))
    corrections.correct_ties(tie_dicts, shared)
    bloc_dicts = _dicts(BLOC_COLUMNS, blocs(shared)["blocs"])
    corrections.correct_blocs(bloc_dicts)
    evidence: list[Row] = [
        [row["id"], row["document"], row["lines"], "", "document", row.get("kind", ""), row["since"], ""]
        for row in (*tie_dicts, *({**bloc, "kind": ""} for bloc in bloc_dicts))
    ]
    own_ties, own_blocs = _listed(TIE_COLUMNS, tie_dicts), _listed(BLOC_COLUMNS, bloc_dicts)
    found, pages = register_readers.ties(reference)
    evidence += pages
    areas: list[Row] = []
    for programme in register_readers.SCHEMES:
        more, pages = register_readers.areas(reference, programme)
        areas += more
        evidence += pages
    # None of the areas that the sources name has ended; one that does keeps its end here.
    return [*own_ties, *found], [*own_blocs, *([*row, ""] for row in areas)], evidence


def documents(shared: Path) -> list[Row]:
    """Return the documents, with the checksum of the text whose lines are counted."""
    rows: list[Row] = []
    for path in sorted((shared / "sources").glob("*.txt")):
        content = path.read_bytes()
        rows.append([path.name[:3], *DOCUMENTS[path.name[:3]], content.count(b"\n") + 1, sha256(content)])
    return rows


def case_tables(shared: Path) -> dict[str, tuple[Sequence[str], Dicts]]:
    """Return cases, figures, contents, items, partners and organisations, corrected."""
    cases, figures = reports.dispatch(shared)
    cases += [*reports.gunma_cases(shared), *reports.programmes_as_cases(shared)]
    corrections.correct_cells("cases.csv", cases, shared)
    corrections.complete_senders(cases)
    keywords = corrections.correct_themes(cases, shared)
    corrections.correct_figures(figures, shared)
    of = {case["id"]: case["document"] for case in cases}
    partners = contents.partners(shared, of)
    signed = corrections.correct_agreements(_dicts(AGREEMENT_COLUMNS, agreements(shared)))
    others = _dicts(OTHER_COLUMNS, blocs(shared)["others"])
    corrections.correct_cells("bloc_other_members.csv", others, shared, key="bloc_id")
    forum = _dicts(FORUM_COLUMNS, forum_participants(shared))
    corrections.correct_cells("forum_participants.csv", forum, shared, key="name")
    told, said = contents.contents(shared, keywords), contents.items(shared, of)
    bodies, links = organisations.organisations(cases, partners, signed, others, forum)
    return {
        "cases.csv": (reports.CASE_COLUMNS, cases),
        "figures.csv": (reports.FIGURE_COLUMNS, figures),
        "case_contents.csv": (contents.CONTENT_COLUMNS, told),
        "items.csv": (contents.ITEM_COLUMNS, said),
        "case_partners.csv": (contents.PARTNER_COLUMNS, partners),
        "needs_and_offers.csv": (needs.COLUMNS, needs.needs_and_offers(cases, said)),
        "case_terms.csv": (terms.COLUMNS, terms.terms(shared, cases, told, said)),
        "organisations.csv": (organisations.COLUMNS, bodies),
        "organisation_links.csv": (organisations.LINK_COLUMNS, links),
        "agreements.csv": (AGREEMENT_COLUMNS, signed),
        "bloc_other_members.csv": (OTHER_COLUMNS, others),
        "forum_participants.csv": (FORUM_COLUMNS, forum),
    }


def all_tables(shared: Path) -> dict[str, tuple[Sequence[str], list[Row]]]:
    """Return every table of ``data/cases/``: file name to columns and rows."""
    every_tie, every_bloc, evidence = with_register(shared)
    every_tie, networks, evidence = register_tables.complete(shared / "reference", every_tie, every_bloc, evidence)
    schedule = _dicts(SCHEDULE_COLUMNS, blocs(shared)["schedule"])
    corrections.correct_schedule(schedule)
    nameless = _dicts(UNNAMED_COLUMNS, unnamed(shared))
    corrections.correct_unnamed(nameless)
    columns = (*COMPLETENESS_COLUMNS, "family")
    completeness = _dicts(columns, [*COMPLETENESS, *register_tables.COMPLETENESS])
    every_programme = [*PROGRAMMES, *register_tables.PROGRAMMES]
    return {
        "documents.csv": (("id", "title", "publisher", "published", "lines", "sha256"), documents(shared)),
        "programmes.csv": (("id", "name", "name_en", "document", "publisher", "as_of", "note"), every_programme),
        **{name: (columns, _listed(columns, rows)) for name, (columns, rows) in case_tables(shared).items()},
        "statements.csv": (statement_facts.COLUMNS, corrections.statements(shared)),
        "partnerships.csv": ((*TIE_COLUMNS, *register_tables.MORE_TIE_COLUMNS), every_tie),
        "networks.csv": (network_readers.COLUMNS, networks),
        "evidence.csv": (EVIDENCE_COLUMNS, evidence),
        "completeness.csv": (columns, _listed(columns, completeness)),
        "unnamed_partners.csv": (UNNAMED_COLUMNS, _listed(UNNAMED_COLUMNS, nameless)),
        "blocs.csv": (BLOC_COLUMNS, every_bloc),
        "bloc_schedule.csv": (SCHEDULE_COLUMNS, _listed(SCHEDULE_COLUMNS, schedule)),
        "survey.csv": (("table", "item", "column", "value", "unit", "document", "lines"), survey(shared)),
    }


def build(shared: Path, output: Path) -> None:
    """Write every table of ``data/cases/``."""
    tables = all_tables(shared)
    content = {name: table_bytes(columns, rows) for name, (columns, rows) in tables.items()}
    about = {
        name: {
            "rows": len(rows),
            "as_of": "2025",
            "publisher": "各文書の発行者（documents.csv）",
            "source": "公表資料5点（documents.csv）と各自治体ほかのページ（evidence.csv）から読み取った事実",
            "licence": "事実の記載（各文書の発行者を明記）",
            "note": "document and line of each row; sentences and private persons left out",
        }
        for name, (_, rows) in tables.items()
    }
    write_folder(output, content, about)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    build(parser.parse_args().shared, ROOT / "data" / "cases")
