"""Getting a source's files, reading and checking them, and putting what is new into the user's folder at once.

The shipped tables are never written: the user's folder holds the renewed blocks, and they lie over the shipped ones
(``layers.renewed_indicators``).
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import orjson
from platformdirs import user_cache_path

from geo.errors import DataError
from geo.gazetteer import municipalities
from geo.resolve import resolve
from layers.renewed_indicators import RENEWED, renewed_about, renewed_tables
from renkei.official import estat_api
from renkei.official.build import FACT_COLUMNS, catalog, retrieved, table_text
from renkei.official.catalog_entries import held_blocks
from renkei.official.definition_files import definitions, table_definitions
from renkei.official.download import Got, download
from renkei.official.indicator_tables import blocks_of, parquet_bytes, tidy
from renkei.official.inputs import sha256_of
from renkei.official.table_checks import check_table
from renkei.official.table_difference import BlockChange, differences
from renkei.official.workbook import check_plain_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    import pandas as pd

    from renkei.atlas import Atlas
    from renkei.official.catalog_entries import Held
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
    notes: tuple[str, ...] = ()

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
        asked = source.api_items() if source.api_items else {source.api_table: []}
        return [
            got
            for table, items in asked.items()
            for got in estat_api.fetch(
                table, folder, items=items, address=address, limits=how.limits, progress=how.progress
            )
        ]
    if not source.urls:
        msg = f"{source.title}：{source.note}"
        raise DataError(msg)
    codes = (
        [resolve(place).one_code() for place in how.places] or list(municipalities().index)
        if source.per_place
        else [""]
    )
    found = []
    for code in codes:
        for url, name in zip(source.urls, source.files, strict=True):
            official, kept = url.replace("{code}", code), name.replace("{code}", code)
            address = f"{how.mirror.rstrip('/')}/{source.name}/{kept}" if how.mirror else official
            found.append(download(address, folder / kept, limits=how.limits, progress=how.progress))
    return found


def _ordered(source: Source, given: tuple[Path, ...]) -> list[Path]:
    """Return the given files in the order in which the reader wants them, by name where it tells them apart."""
    if source.per_place or source.api_table:
        return list(given)
    if len(given) != source.given:
        names = f"：{'、'.join(source.files)}" if len(source.files) > 1 else ""
        msg = f"{source.title}は {source.given} つのファイルを --from で指定してください{names}。{source.note}"
        raise DataError(msg)
    if len(source.files) < 2:  # noqa: PLR2004
        return list(given)
    found = [next((path for path in given if path.name.endswith(name)), None) for name in source.files]
    if None in found:
        names = "、".join(source.files)
        msg = f"{source.title}は次の{len(source.files)}つのファイルを --from で指定してください：{names}。"
        raise DataError(msg)
    return [path for path in found if path is not None]


def _given(path: Path, source: Source, place: int, folder: Path) -> Got:
    """Take over a file that the user got; it keeps its name, or takes the one that the reader relies on."""
    check_plain_file(path)
    name = source.files[place] if len(source.files) > 1 else path.name
    target = folder / name
    if path.resolve() != target.resolve():
        shutil.copyfile(path, target)
    return Got(target, "", sha256_of(target), target.stat().st_size, unchanged=False)


def prepare(atlas: Atlas, source: Source, how: Fetching, as_of: str, *, allow_loss: bool = False) -> Update:
    """Get, read, check and compare; nothing is written yet.

    Parameters
    ----------
    atlas
        What is held now.
    source, how, as_of
        What to get, how, and its date ("" where the file states it).
    allow_loss
        Go on although an indicator loses more than ``MOST_LOST`` of its values.

    Raises
    ------
    DataError
        When anything is not as it should be; the old figures stand.
    """
    files = fetch(source, how)
    reading = source.read([got.path for got in files], as_of)
    new = tidy(reading.blocks)
    check_table(new, list(definitions().values()))
    old = held_table(atlas, source.table)
    if source.per_place and old is not None:
        new = _with_earlier_places(old, new)
    changes = differences(old, new)
    for change in changes:
        _check_loss(change, allow_loss=allow_loss)
    rows_before = 0 if old is None else len(old)
    facts, notes = tuple(reading.facts), _checksum_notes(source, files)
    return Update(source, tuple(files), new, tuple(changes), rows_before, facts, notes)


def _checksum_notes(source: Source, files: list[Got]) -> tuple[str, ...]:
    """Say whether a file is the one of which somebody else stated the checksum."""
    if not source.sha256:
        return ()
    if any(got.sha256 == source.sha256 for got in files):
        return ("SHA-256 は、伝わっている公式ファイルの値と一致します。",)
    return (f"SHA-256 が、伝わっている公式ファイルの値（{source.sha256}）と違います。値を確かめてから書いてください。",)


def _check_loss(change: BlockChange, *, allow_loss: bool) -> None:
    held = change.held
    if not allow_loss and held and len(change.lost) > MOST_LOST * held:
        msg = (
            f"{change.indicator}（{change.date}）の値が {held:,} 件から {len(change.lost):,} 件なくなります。"
            "ファイルを確かめ、それでよければ --allow-loss を付けてください。表は前のままです。"
        )
        raise DataError(msg)


def held_table(atlas: Atlas, table: str) -> pd.DataFrame | None:
    """Return a table as it is held now, shipped and renewed, in tidy form; None where there is none."""
    own = [each for each in atlas.indicators() if each.table == f"{table}.parquet"]
    blocks = [
        (each.id, date, atlas.values(each.id, date).rename(None), each.flag(date))
        for each in own
        for date in each.dates
    ]
    return tidy(blocks) if blocks else None


def _with_earlier_places(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Return new blocks in which the municipalities without a file this time keep what they have."""
    both = new.merge(old, on=["code", "indicator", "date"], how="left", suffixes=("", "_old"))
    stays = both["value"].isna() & both["value_old"].notna()
    return new.assign(
        value=both["value"].where(~stays, both["value_old"]).to_numpy(),
        flag=both["flag"].where(~stays, both["flag_old"]).to_numpy(),
    )


def write(atlas: Atlas, update: Update) -> None:
    """Put the renewed figures, their facts and what is said of them into the user's folder, all or nothing.

    The folder is read again under its lock: of two updates at once, of one table or of two, neither loses the other.

    Raises
    ------
    DataError
        When the folder cannot be written; then nothing has changed.
    """
    folder = atlas.tables.own
    if folder is None:
        msg = "利用者のフォルダーがありません。環境変数 RENKEI_DATA で書き込める場所を指定してください。"
        raise DataError(msg)
    with folder.locked():
        now = atlas.renewed()
        files, about = _files(now, update)
        folder.write(files, about)


def _files(atlas: Atlas, update: Update) -> tuple[dict[str, bytes | None], dict[str, dict[str, Any]]]:
    """Return what is to be written: blocks, entries, facts; and for each file what ``data status`` says of it."""
    source, today = update.source, datetime.now(UTC).date().isoformat()
    name = f"indicators/{RENEWED}/{source.table}"
    frame = _with_earlier_blocks(atlas, update)
    got = [{"url": _public(each.url), "sha256": each.sha256, "bytes": each.bytes} for each in update.files]
    entries = _entries(atlas, update, frame, today)
    words = next(entry for entry in entries if not entry["derived"])
    said = {
        "rows": len(frame),
        "as_of": max(frame["date"]),
        "retrieved": today,
        **{key: words[key] for key in ("publisher", "source", "licence")},
    }
    content = {"table": source.table, "official_files": got, **said, "indicators": entries}
    files: dict[str, bytes | None] = {
        f"{name}.parquet": parquet_bytes(frame),
        f"{name}.json": orjson.dumps(content, option=orjson.OPT_APPEND_NEWLINE),
    }
    about: dict[str, dict[str, Any]] = dict.fromkeys(files, said)
    if update.facts:
        facts = f"indicators/{RENEWED}/{FACTS}"
        files[facts] = table_text(FACT_COLUMNS, sorted(set(update.facts)))
        about[facts] = {**said, "rows": len(set(update.facts))}
    return files, about


def _with_earlier_blocks(atlas: Atlas, update: Update) -> pd.DataFrame:
    """Return the renewed blocks with those that an earlier update left in the user's folder."""
    new = blocks_of(update.frame)
    keys = {block[:2] for block in new}
    earlier = [
        (each.id, date, atlas.values(each.id, date).rename(None), each.flag(date))
        for each in atlas.indicators()
        if each.table == f"{update.source.table}.parquet"
        for date in each.renewed
        if (each.id, date) not in keys
    ]
    order = {identifier: place for place, identifier in enumerate(definitions())}
    return tidy(sorted([*earlier, *new], key=lambda block: (order[block[0]], block[1])))


def _entries(atlas: Atlas, update: Update, frame: pd.DataFrame, today: str) -> list[dict[str, Any]]:
    """Return the catalog's entries of the renewed blocks and of every indicator that follows from them."""
    table = update.source.table
    held = held_blocks(blocks_of(frame))
    own = {identifier for identifier, _ in held}
    following = [each["id"] for each in definitions().values() if each["derived"] and own & _parts(each)]
    everything = {**_held_parts(atlas, following), **held}
    got = {each: str(renewed_about(atlas.tables, each)["retrieved"]) for each in renewed_tables(atlas.tables)}
    got |= {table: today}
    stored, _ = catalog(held, lambda each: got.get(each) or retrieved(each) or today, own)
    derived, _ = catalog(everything, lambda each: got.get(each) or retrieved(each) or today, following)
    said = table_definitions()[table].updated.get(update.source.name, {})
    earlier = {each.id: each for each in atlas.indicators()}
    for entry in stored:
        entry.update(said)
        # A date that stays as an earlier update wrote it keeps the day of then.
        if (before := earlier.get(entry["id"])) is not None:
            new = {change.date for change in update.changes if change.indicator == entry["id"]}
            kept = {date: day for date, day in before.published if date in before.renewed and date not in new}
            entry["published"] |= kept
    return [*stored, *derived]


def _parts(definition: dict[str, Any]) -> set[str]:
    bloc = definition["bloc"]
    names = [bloc["change"]] if "change" in bloc else [*bloc["numerator"], *bloc["denominator"]]
    return {name.removeprefix("-") for name in names}


def _held_parts(atlas: Atlas, identifiers: list[str]) -> Held:
    """Return every block that some derived indicators are made of, as it is held now."""
    known = {each.id: each for each in atlas.indicators()}
    parts = {part for identifier in identifiers for part in _parts(definitions()[identifier])} & set(known)
    return {
        (part, date): (atlas.values(part, date), known[part].flag(date)) for part in parts for date in known[part].dates
    }


def _public(url: str) -> str:
    """Return an address without its query: that of e-Stat holds the user's application ID."""
    return url.partition("?")[0] if urlsplit(url).hostname else ""
