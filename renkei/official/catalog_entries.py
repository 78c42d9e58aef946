"""What the catalog says of each indicator: its definition, its dates, how it follows from others, breaks, coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from layers.classify import classify
from layers.indicator_rules import Rule, nearest_date, read_rule
from renkei.official.definition_files import WHEN_GOT, definitions, table_definitions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np

    from renkei.official.municipal_series import Block

INTERNAL = ("item", "when", "name", "name_en", "bloc", "negative")
"""Keys of a definition that only the readers need."""

GOT_NOTE = "公表日は資料に示されていないため、取得した日"
NO_PART = "もとになる値がないか、割る数が0の市区町村には値がない"
FLAG_ORDER = ("", "incomplete", "preliminary", "projection")

Held = dict[tuple[str, str], tuple[pd.Series, str]]
"""(Indicator, date) to values and flag."""

Dated = dict[str, tuple[pd.Series, str]]


def held_blocks(blocks: Iterable[Block]) -> Held:
    """Return blocks by indicator and date."""
    return {(identifier, date): (values, flag) for identifier, date, values, flag in blocks}


def resolved_rule(definition: dict[str, Any], dates_of: Callable[[str], list[str]]) -> dict[str, Any] | None:
    """Return a definition's rule with every date worked out, as the data package holds it; None where it has none.

    Parameters
    ----------
    definition
        Of the indicator.
    dates_of
        Id → its dates; [] where it is not held.

    Examples
    --------
    >>> held = {"births": ["2020"], "people": ["2019-01-01", "2021-01-01"]}
    >>> bloc = {"numerator": ["births"], "denominator": ["people"], "factor": 1000}
    >>> resolved_rule({"id": "rate", "bloc": bloc}, lambda identifier: held.get(identifier, []))["dates"]
    {'2020': {'people': '2021-01-01'}}
    """
    bloc, own = definition["bloc"], definition["id"]
    if bloc is None:
        return None
    if bloc == "sum":
        return _rule("sum", [own])
    if "change" in bloc:
        held = set(dates_of(bloc["change"]))
        dates = {date: {"": base} for date, base in bloc["from"].items() if {date, base} <= held}
        return _rule("change", [bloc["change"]], dates=dates)
    if "mean" in bloc:
        fixed = {bloc["weight"]: bloc["weight_date"]} if "weight_date" in bloc else {}
        dates = _dates_of_parts([bloc["mean"], bloc["weight"]], fixed, dates_of)
        return _rule("mean", [bloc["mean"]], [bloc["weight"]], dates=dates)
    parts = [each.removeprefix("-") for each in (*bloc["numerator"], *bloc["denominator"])]
    fixed = dict.fromkeys(bloc["denominator"], bloc["denominator_date"]) if "denominator_date" in bloc else {}
    dates = _dates_of_parts(parts, fixed, dates_of)
    return _rule("ratio", bloc["numerator"], bloc["denominator"], bloc["factor"], dates)


def _rule(
    kind: str,
    numerator: list[str],
    denominator: list[str] | None = None,
    factor: float = 1,
    dates: dict[str, dict[str, str]] | None = None,
) -> dict[str, Any]:
    return {
        "kind": kind,
        "numerator": numerator,
        "denominator": denominator or [],
        "factor": factor,
        "dates": dates or {},
    }


def _dates_of_parts(
    parts: list[str], fixed: dict[str, str], dates_of: Callable[[str], list[str]]
) -> dict[str, dict[str, str]]:
    """Return each date of the first part for which all others have one, with theirs where they differ."""
    found = {}
    for date in dates_of(parts[0]):
        own: dict[str, str] = {}
        for part in parts[1:]:
            among = dates_of(part)
            wanted = fixed.get(part) or (date if date in among else nearest_date(date, among))
            if wanted not in among:
                break
            if wanted != date:
                own[part] = wanted
        else:
            found[date] = own
    return found


def entry(
    definition: dict[str, Any], held: Held, rule: dict[str, Any] | None, got: Callable[[str], str]
) -> dict[str, Any] | None:
    """Return what the catalog says of one indicator; None where no municipality has a value.

    Parameters
    ----------
    definition
        Its definition.
    held
        Its own blocks and, where it is derived, those of its parts.
    rule
        As ``resolved_rule`` gives it.
    got
        Name of a table → ISO day on which its official files were got.
    """
    series = _derived(rule, held) if definition["derived"] and rule else _stored(definition["id"], held)
    series = {date: each for date, each in sorted(series.items()) if each[0].notna().any()}
    if not series:
        return None
    if definition["derived"] and rule:
        rule = {**rule, "dates": {date: rule["dates"].get(date, {}) for date in series}}
    published, note = _published(definition, list(series), rule, got)
    newest = next(reversed(series.values()))[0]
    return {
        **{key: value for key, value in definition.items() if key not in INTERNAL},
        "table": f"{definition['table']}.parquet" if definition["table"] else "",
        "dates": list(series),
        "published": published,
        "published_note": note,
        "flags": {date: flag for date, (_, flag) in series.items()},
        "natural_breaks": natural_breaks(definition, {date: values for date, (values, _) in series.items()}),
        "coverage": int(newest.notna().sum()),
        "rule": rule,
        **({"gaps": NO_PART} if definition["derived"] and not definition["gaps"] and newest.isna().any() else {}),
    }


def _stored(identifier: str, held: Held) -> Dated:
    return {date: each for (own, date), each in held.items() if own == identifier}


def _derived(rule: dict[str, Any], held: Held) -> Dated:
    read = read_rule(rule)
    return {date: _applied(read, date, held) for date in rule["dates"]}


def derived_blocks(identifier: str, rule: dict[str, Any], held: Held) -> list[Block]:
    """Return the blocks of an indicator that follows from others."""
    return [(identifier, date, values, flag) for date, (values, flag) in _derived(rule, held).items()]


def _applied(rule: Rule, date: str, held: Held) -> tuple[pd.Series, str]:
    flags = [held[rule.numerator[0].removeprefix("-"), date][1]]

    index = held[rule.numerator[0].removeprefix("-"), date][0].index

    def part(identifier: str, when: str) -> np.ndarray:
        values, flag = held[identifier, when]
        flags.append(flag)
        return values.to_numpy(dtype=float)

    values = pd.Series(rule.apply(date, part), index=index)
    return values, max(flags, key=FLAG_ORDER.index)


def _published(
    definition: dict[str, Any], dates: list[str], rule: dict[str, Any] | None, got: Callable[[str], str]
) -> tuple[dict[str, str], str]:
    """Return each date's publication, the latest of its parts, and a note where a file does not say it."""
    known = definitions()
    found, noted = {}, False
    for date in dates:
        parts = [(definition["id"], date)]
        if definition["derived"] and rule:
            read = read_rule(rule)
            parts = [(each, read.date_of(each, date)) for each in read.ids]
            parts += [(read.numerator[0], read.date_of("", date))] if read.kind == "change" else []
        days = []
        for identifier, when in parts:
            table = table_definitions()[known[identifier]["defined_in"]]
            noted |= table.published.get(when, table.published.get(WHEN_GOT, WHEN_GOT)) == WHEN_GOT
            days.append(table.published_on(when, got(table.name)))
        found[date] = max(days)
    return found, GOT_NOTE if noted else ""


def natural_breaks(definition: dict[str, Any], series: dict[str, pd.Series]) -> dict[str, list[float]]:
    """Find natural breaks once, here: the library that finds them takes two seconds to import."""
    if definition["kind"] != "number":
        return {}
    return {
        date: list(
            classify(
                values, scheme="natural", diverging=definition["diverging"], decimals=definition["decimals"]
            ).breaks
        )
        for date, values in series.items()
    }
