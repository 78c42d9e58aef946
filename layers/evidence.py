"""What stands behind a row: the documents, by line, and the programmes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pandas as pd

from layers.register_log import log_evidence, retracted
from layers.tables import per_snapshot, rows
from layers.vocabulary import find_word

if TYPE_CHECKING:
    from layers.tables import Tables


@per_snapshot()
def documents(tables: Tables) -> pd.DataFrame:
    """Return the documents; index ``id``; ``title``, ``publisher``, ``published``, ``lines``, ``sha256``.

    A row's line numbers count in the document's text of that checksum.
    """
    frame = tables.read("cases", "documents.csv").set_index("id")
    frame["lines"] = frame["lines"].astype(int)
    return frame


@per_snapshot()
def programmes(tables: Tables) -> pd.DataFrame:
    """Return the programmes; index ``id``; ``name``, ``name_en``, ``document``, ``publisher``, ``as_of``, ``note``."""
    return tables.read("cases", "programmes.csv").set_index("id")


def find_programme(tables: Tables, text: str) -> str:
    """Return the id of a programme given by id, Japanese or English name.

    Raises
    ------
    InvalidFilterError
        When it is none; the message names those that exist.

    Examples
    --------
    >>> from layers.tables import Tables
    >>> find_programme(Tables.open(), "地方創生人材支援制度"), find_programme(Tables.open(), "living-area")
    ('dispatch-r4', 'living-area')
    """
    known = {row["id"]: (row["name"], row["name_en"]) for row in rows(programmes(tables).reset_index())}
    return find_word(text, known, "事業")


def with_evidence(tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
    """Add ``source`` (title, publisher, date) and ``evidence`` (document and lines, readable) to facts.

    Parameters
    ----------
    tables
        The snapshot.
    frame
        Facts with ``document`` and ``lines`` (``12;15-18``).
    """
    known = documents(tables)
    titles = known["title"] + "（" + known["publisher"] + "、" + known["published"] + "）"
    frame["source"] = titles.loc[frame["document"]].to_numpy()
    readable = frame["lines"].str.replace("-", "～").str.replace(";", "・")
    labels = frame["document"].map({each: document_label(each) for each in known.index})
    frame["evidence"] = labels + " " + readable + "行"
    return frame


OWN = "own"
"""Tier, and the beginning of the ids, of what a planner's own file says: nobody but its owner has checked it."""
TIERS = {
    "document": "資料",
    "official": "公式ページ",
    "secondary": "報道・関係団体のページ",
    "copy": "写し",
    OWN: "自分のデータ（未確認）",
}
TIERS_EN = {
    "document": "Document",
    "official": "Official page",
    "secondary": "Press, associations",
    "copy": "Copy",
    OWN: "Own data, not verified",
}
"""Whose page stands behind a fact, best first. The address of a copy is kept, but is never a link."""


def is_own(identifier: str) -> bool:
    """Tell whether a fact, a document or a programme is of a planner's own file.

    Examples
    --------
    >>> is_own("own-1-12"), is_own("setagaya-01")
    (True, False)
    """
    return identifier.startswith(f"{OWN}-")


def document_label(document: str) -> str:
    """Return what a document is called where its lines are named.

    Examples
    --------
    >>> document_label("001"), document_label("own-2")
    ('資料001', '自分のデータ2')
    """
    return f"自分のデータ{document.removeprefix(f'{OWN}-')}" if is_own(document) else f"資料{document}"


def tiers_in(tables: Tables) -> list[str]:
    """Return the tiers that facts can have: the own one where there are own facts."""
    own = any(map(is_own, programme_names(tables)))
    return [each for each in TIERS if own or each != OWN]


def find_tier(text: str) -> str:
    """Return the id of a tier given by id or name.

    Raises
    ------
    InvalidFilterError
        When it is none; the message names those that exist.

    Examples
    --------
    >>> find_tier("公式ページ")
    'official'
    """
    return find_word(text, {each: (name, TIERS_EN[each]) for each, name in TIERS.items()}, "根拠の種類")


@per_snapshot()
def pages(tables: Tables) -> pd.DataFrame:
    """Return every piece of evidence of ties and blocs.

    Returns
    -------
    pandas.DataFrame
        ``fact_id``, ``document`` and ``lines`` (of a document), ``url`` and ``stated_on`` (of a page; ISO date or
        ""), ``tier`` (one of ``TIERS``), ``stated_kind``, ``stated_since``: what this very source says.
    """
    frame = pd.concat([tables.read("cases", "evidence.csv"), log_evidence(tables)], ignore_index=True)
    return frame[~frame["fact_id"].isin(retracted(tables))].reset_index(drop=True)


def _readable(known: pd.DataFrame, row: dict[str, Any]) -> tuple[str, str]:
    """Return source and evidence of one piece, for people."""
    if row["document"]:
        about = known.loc[row["document"]]
        lines = row["lines"].replace("-", "～").replace(";", "・")
        source = f"{about['title']}（{about['publisher']}、{about['published']}）"
        return source, f"{document_label(row['document'])} {lines}行"
    host = urlsplit(row["url"]).hostname or ""
    when = f"、{row['stated_on']}" if row["stated_on"] else ""
    address = "" if row["tier"] == "copy" else f" {row['url']}"
    return f"{host}（{TIERS[row['tier']]}{when}）", f"{TIERS[row['tier']]}{address}"


def with_pages(tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
    """Add to ties or blocs what stands behind them.

    Returns
    -------
    pandas.DataFrame
        With ``source``, ``evidence`` (readable, pieces joined by 「；」), ``tier`` (the best), ``urls`` (tuple;
        without copies) and ``stated`` (what each source says, where they differ; else "").
    """
    pieces: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(pages(tables)):
        pieces[row["fact_id"]].append(row)
    order, known = list(TIERS), documents(tables)
    columns: dict[str, list[Any]] = {key: [] for key in ("source", "evidence", "tier", "urls", "stated")}
    for identifier in frame["id"]:
        own = sorted(pieces[identifier], key=lambda each: order.index(each["tier"]))
        readable = [_readable(known, each) for each in own]
        columns["source"].append("；".join(dict.fromkeys(source for source, _ in readable)))
        columns["evidence"].append("；".join(dict.fromkeys(text for _, text in readable)))
        columns["tier"].append(own[0]["tier"])
        columns["urls"].append(
            tuple(dict.fromkeys(each["url"] for each in own if each["url"] and each["tier"] != "copy"))
        )
        telling = [each for each in own if each["stated_kind"] or each["stated_since"]]
        said = dict.fromkeys(f"{TIERS[e['tier']]}：{e['stated_kind']} {e['stated_since']}".strip() for e in telling)
        columns["stated"].append("／".join(said) if len(said) > 1 and telling[0]["stated_kind"] else "")
    for key, values in columns.items():
        frame[key] = pd.Series(values, index=frame.index, dtype=object)
    return frame


@per_snapshot()
def programme_names(tables: Tables) -> dict[str, str]:
    """Return id to Japanese name of every programme. Not to be changed."""
    return {str(key): str(name) for key, name in programmes(tables)["name"].items()}
