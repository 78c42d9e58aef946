"""What stands behind a row: the documents, by line, and the programmes."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from geo.errors import InvalidFilterError
from layers.additions import added_evidence
from layers.tables import read_table, rows


@cache
def documents() -> pd.DataFrame:
    """Return the documents; index ``id``; ``title``, ``publisher``, ``published``, ``lines``, ``sha256``.

    A row's line numbers count in the document's text of that checksum.
    """
    frame = read_table("cases", "documents.csv").set_index("id")
    frame["lines"] = frame["lines"].astype(int)
    return frame


@cache
def programmes() -> pd.DataFrame:
    """Return the programmes; index ``id``; ``name``, ``name_en``, ``document``, ``publisher``, ``as_of``, ``note``."""
    return read_table("cases", "programmes.csv").set_index("id")


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def find_programme(text: str) -> str:
    """Return the id of a programme given by id, Japanese or English name.

    Raises
    ------
    InvalidFilterError
        When it is none; the message names those that exist.

    Examples
    --------
    >>> find_programme("地方創生人材支援制度"), find_programme("living-area")
    ('dispatch-r4', 'living-area')
    """
    wanted = _folded(text)
    known = rows(programmes().reset_index())
    for row in known:
        if wanted in (_folded(row["id"]), _folded(row["name"]), _folded(row["name_en"])):
            return str(row["id"])
    names = "、".join(f"{row['name']}（{row['id']}）" for row in known)
    msg = f"事業「{text[:40]}」はありません。次のどれかを指定してください：{names}"
    raise InvalidFilterError(msg)


def with_evidence(frame: pd.DataFrame) -> pd.DataFrame:
    """Add ``source`` (title, publisher, date) and ``evidence`` (document and lines, readable) to facts.

    Parameters
    ----------
    frame
        Facts with ``document`` and ``lines`` (``12;15-18``).
    """
    known = documents()
    titles = known["title"] + "（" + known["publisher"] + "、" + known["published"] + "）"
    frame["source"] = titles.loc[frame["document"]].to_numpy()
    readable = frame["lines"].str.replace("-", "～").str.replace(";", "・")
    frame["evidence"] = "資料" + frame["document"] + " " + readable + "行"
    return frame


TIERS = {"document": "資料", "official": "公式ページ", "secondary": "報道・関係団体のページ", "copy": "写し"}
"""Whose page stands behind a fact, best first. The address of a copy is kept, but is never a link."""


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
    for identifier, name in TIERS.items():
        if _folded(text) in (identifier, _folded(name)):
            return identifier
    names = "、".join(f"{name}（{identifier}）" for identifier, name in TIERS.items())
    msg = f"根拠の種類「{text[:40]}」はありません。次のどれかを指定してください：{names}"
    raise InvalidFilterError(msg)


@cache
def pages() -> pd.DataFrame:
    """Return every piece of evidence of ties and blocs.

    Returns
    -------
    pandas.DataFrame
        ``fact_id``, ``document`` and ``lines`` (of a document), ``url`` and ``stated_on`` (of a page; ISO date or
        ""), ``tier`` (one of ``TIERS``), ``stated_kind``, ``stated_since``: what this very source says.
    """
    return pd.concat([read_table("cases", "evidence.csv"), added_evidence()], ignore_index=True)


def _readable(row: dict[str, Any]) -> tuple[str, str]:
    """Return source and evidence of one piece, for people."""
    if row["document"]:
        about = documents().loc[row["document"]]
        lines = row["lines"].replace("-", "～").replace(";", "・")
        return f"{about['title']}（{about['publisher']}、{about['published']}）", f"資料{row['document']} {lines}行"
    host = urlsplit(row["url"]).hostname or ""
    when = f"、{row['stated_on']}" if row["stated_on"] else ""
    address = "" if row["tier"] == "copy" else f" {row['url']}"
    return f"{host}（{TIERS[row['tier']]}{when}）", f"{TIERS[row['tier']]}{address}"


def with_pages(frame: pd.DataFrame) -> pd.DataFrame:
    """Add to ties or blocs what stands behind them.

    Returns
    -------
    pandas.DataFrame
        With ``source``, ``evidence`` (readable, pieces joined by 「；」), ``tier`` (the best), ``urls`` (tuple;
        without copies) and ``stated`` (what each source says, where they differ; else "").
    """
    pieces: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(pages()):
        pieces[row["fact_id"]].append(row)
    order = list(TIERS)
    columns: dict[str, list[Any]] = {key: [] for key in ("source", "evidence", "tier", "urls", "stated")}
    for identifier in frame["id"]:
        own = sorted(pieces[identifier], key=lambda each: order.index(each["tier"]))
        readable = [_readable(each) for each in own]
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
