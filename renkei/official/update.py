"""Getting a source's files, reading and checking them, and replacing its table as a whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import orjson
import pandas as pd
from platformdirs import user_cache_path

from geo.data_folder import data_path, write_atomic
from geo.errors import AmbiguousNameError, DataError, UnknownNameError
from geo.gazetteer import municipalities
from geo.resolve import resolve
from renkei.official import estat_api
from renkei.official.definitions import INDICATORS, UPDATABLE
from renkei.official.download import Got, download
from renkei.official.indicator_tables import PACKAGE, catalog_entries, resource, table_files, tidy, write_package
from renkei.official.table_checks import check_table
from renkei.official.table_difference import BlockChange, differences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from renkei.atlas import Atlas
    from renkei.official.download import Limits
    from renkei.official.sources import Source
    from renkei.official.zero_carbon_list import Fact

FACTS = "programme_facts.csv"
MOST_LOST = 0.1
"""Share of an indicator's values that an update may take away: more is a mistake of the source or of the reader."""


class Update(NamedTuple):
    """A table that is read and checked and waits to be written."""

    source: Source
    files: tuple[Got, ...]
    frame: pd.DataFrame
    changes: tuple[BlockChange, ...]
    rows_before: int
    facts: tuple[Fact, ...]

    @property
    def same(self) -> bool:
        """Whether writing it would change nothing."""
        return all(change.same for change in self.changes)


class Fetching(NamedTuple):
    """How files are got: from given files, or from a mirror, or from the official addresses."""

    given: tuple[Path, ...] = ()
    mirror: str = ""
    places: tuple[str, ...] = ()
    limits: Limits | None = None
    progress: Callable[..., AbstractContextManager[Any]] | None = None
    cache: Path | None = None


def fetch(source: Source, how: Fetching) -> list[Got]:
    """Bring a source's files to the cache folder.

    Raises
    ------
    DataError
        When a file cannot be got, or the source's address is not known and no file is given.
    """
    folder = (how.cache or user_cache_path("renkei") / "official_files") / source.name
    folder.mkdir(parents=True, exist_ok=True)
    if how.given:
        return [_given(path, source, place, folder) for place, path in enumerate(_ordered(source, how.given))]
    if source.api_table:
        address = f"{how.mirror.rstrip('/')}/estat" if how.mirror else estat_api.ADDRESS
        return estat_api.fetch(source.api_table, folder, address=address, limits=how.limits, progress=how.progress)
    if not source.urls:
        msg = f"{source.title}：{source.note}"
        raise DataError(msg)
    codes = [_code(place) for place in how.places] or list(municipalities().index) if source.per_place else [""]
    found = []
    for code in codes:
        for url, name in zip(source.urls, source.files, strict=True):
            official, kept = url.replace("{code}", code), name.replace("{code}", code)
            address = f"{how.mirror.rstrip('/')}/{source.name}/{kept}" if how.mirror else official
            found.append(download(address, folder / kept, limits=how.limits, progress=how.progress))
    return found


def _code(place: str) -> str:
    found = resolve(place)
    if found.code is None:
        kind = AmbiguousNameError if found.status == "ambiguous" else UnknownNameError
        raise kind(f"「{place[:40]}」：{found.explanation}", found.candidates)
    return found.code


def _ordered(source: Source, given: tuple[Path, ...]) -> list[Path]:
    """Return the given files in the order in which the reader wants them, by name where it tells them apart."""
    if source.per_place or source.api_table or len(source.files) < 2:  # noqa: PLR2004
        return list(given)
    found = [next((path for path in given if path.name.endswith(name)), None) for name in source.files]
    if None in found or len(given) != len(source.files):
        names = "、".join(source.files)
        msg = f"{source.title}は次の{len(source.files)}つのファイルを --from で指定してください：{names}。"
        raise DataError(msg)
    return [path for path in found if path is not None]


def _given(path: Path, source: Source, place: int, folder: Path) -> Got:
    """Take over a file that the user got; it keeps its name, or takes the one that the reader relies on."""
    if not path.is_file():
        msg = f"ファイル {path} がありません。取得したファイルの場所を指定してください。"
        raise DataError(msg)
    name = source.files[place] if len(source.files) > 1 else path.name
    target = folder / name
    if path.resolve() != target.resolve():
        shutil.copyfile(path, target)
    content = target.read_bytes()
    return Got(target, "", hashlib.sha256(content).hexdigest(), len(content), unchanged=False)


def prepare(atlas: Atlas, source: Source, how: Fetching, as_of: str, *, allow_loss: bool = False) -> Update:
    """Get, read, check and compare; nothing is written yet.

    Parameters
    ----------
    source, how, as_of
        What to get, how, and its date ("" where the file states it).
    allow_loss
        Go on although an indicator loses more than ``MOST_LOST`` of its values.

    Raises
    ------
    DataError
        When anything is not as it should be; the old table stands.
    """
    files = fetch(source, how)
    reading = source.read(atlas, [got.path for got in files], as_of)
    new = tidy(reading.blocks)
    check_table(new, [*INDICATORS, *UPDATABLE])
    path = data_path("indicators", f"{source.table}.parquet")
    old = (
        pd.read_parquet(path).astype({"code": str, "indicator": str, "date": str, "flag": str})
        if path.is_file()
        else None
    )
    if source.per_place and old is not None:
        new = _with_earlier_places(old, new)
    changes = differences(old, new)
    for change in changes:
        held = (
            0
            if change.new or old is None
            else int((old["indicator"].eq(change.indicator) & old["date"].eq(change.date) & old["value"].notna()).sum())
        )
        if not allow_loss and held and len(change.lost) > MOST_LOST * held:
            msg = (
                f"{change.indicator}（{change.date}）の値が {held:,} 件から {len(change.lost):,} 件なくなります。"
                "ファイルを確かめ、それでよければ --allow-loss を付けてください。表は前のままです。"
            )
            raise DataError(msg)
    frame = _together(old, new)
    rows_before = 0 if old is None else len(old)
    return Update(source, tuple(files), frame, tuple(changes), rows_before, tuple(reading.facts))


def _with_earlier_places(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Return new blocks in which the municipalities without a file this time keep what they have."""
    both = new.merge(old, on=["code", "indicator", "date"], how="left", suffixes=("", "_old"))
    stays = both["value"].isna() & both["value_old"].notna()
    return new.assign(
        value=both["value"].where(~stays, both["value_old"]).to_numpy(),
        flag=both["flag"].where(~stays, both["flag_old"]).to_numpy(),
    )


def _together(old: pd.DataFrame | None, new: pd.DataFrame) -> pd.DataFrame:
    """Return old blocks with the new ones in their place or after them, each indicator's dates ascending."""
    if old is None:
        return new
    keys = ["indicator", "date"]
    replaced = set(map(tuple, new[keys].drop_duplicates().to_numpy()))
    kept = old[[key not in replaced for key in zip(old["indicator"], old["date"], strict=True)]]
    frame = pd.concat([kept, new], ignore_index=True)
    order = {indicator: place for place, indicator in enumerate(dict.fromkeys([*old["indicator"], *new["indicator"]]))}
    ordered = frame.assign(_place=frame["indicator"].map(order)).sort_values(["_place", "date"], kind="stable")
    return ordered.drop(columns="_place").reset_index(drop=True)


def write(update: Update) -> None:
    """Replace the table, its CSV twin, the facts and the package; on any failure all of them are as before.

    Raises
    ------
    DataError
        When the data folder cannot be written.
    """
    folder = data_path("indicators")
    package = orjson.loads((folder / PACKAGE).read_bytes())
    source, today = update.source, datetime.now(UTC).date().isoformat()
    definitions = [
        {**each, **source.about} if _of_table(each["id"], update) else each for each in [*INDICATORS, *UPDATABLE]
    ]
    entries = catalog_entries(source.table, update.frame, definitions)
    about = {key: next(iter(entries.values()))[key] for key in ("source", "source_url", "publisher", "licence")}
    got = [{"url": _public(each.url), "sha256": each.sha256, "bytes": each.bytes} for each in update.files]
    files = table_files(source.table, update.frame)
    newest = max(update.frame["date"])
    resources = [
        {**resource(path, content, len(update.frame), newest, today, **about), "official_files": got}
        for path, content in files.items()
    ]
    if update.facts:
        content, rows = _facts(folder, update.facts)
        files[FACTS] = content
        old = next(each for each in package["resources"] if each["path"] == FACTS)
        made = resource(FACTS, content, rows, newest, today, **about)
        resources.append({**made, "schema": old["schema"], "sources": old["sources"], "publisher": old["publisher"]})
    named = {each["path"] for each in resources}
    stale = {f"{source.table}.csv"} - set(files)
    kept = [each for each in package["resources"] if each["path"] not in named | stale]
    catalog = {each["id"]: each for each in package["indicators"]} | entries
    order = [each["id"] for each in [*INDICATORS, *UPDATABLE]]
    before = {
        name: (folder / name).read_bytes() if (folder / name).is_file() else None for name in [*files, *stale, PACKAGE]
    }
    try:
        for name, content in files.items():
            write_atomic(folder / name, content)
        write_package(folder, [*kept, *resources], [catalog[each] for each in order if each in catalog])
        for name in stale:
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        _restore(folder, before)
        msg = f"{folder} に書けません（{error.strerror}）。書き込める人が実行してください。表は前のままです。"
        raise DataError(msg) from error
    except BaseException:
        _restore(folder, before)
        raise


def _of_table(indicator: str, update: Update) -> bool:
    return indicator in {change.indicator for change in update.changes}


def _public(url: str) -> str:
    """Return an address without its query: that of e-Stat holds the user's application ID."""
    return url.partition("?")[0] if urlsplit(url).hostname else ""


def _restore(folder: Path, before: dict[str, bytes | None]) -> None:
    for name, content in before.items():
        if content is None:
            (folder / name).unlink(missing_ok=True)
        elif not (folder / name).is_file() or (folder / name).read_bytes() != content:
            write_atomic(folder / name, content)


def _facts(folder: Path, facts: Sequence[Fact]) -> tuple[bytes, int]:
    """Return the table of facts with those of a list in place of the list's earlier ones."""
    with (folder / FACTS).open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    pages = {fact[4] for fact in facts}
    everything = sorted({tuple(row) for row in rows if row[4] not in pages} | set(facts))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(everything)
    return text.getvalue().encode(), len(everything)
