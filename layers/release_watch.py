"""What is to be renewed: preliminary figures whose final ones are out or due, and newer editions that are due."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

from layers.catalog import indicators, releases
from layers.indicator_rules import period_end

if TYPE_CHECKING:
    from layers.tables import Tables


class Awaited(NamedTuple):
    """Something that should be renewed.

    ``table``: its table, without suffix; ``title``: what is held; ``date``: of it; ``reason``: ``preliminary`` or
    ``older``; ``state``: ``published``, ``expected`` or ``unknown``; ``day``: ISO day or month of the release, ""
    where unknown; ``what``: the release; ``source``: of ``renkei data update``, "" where there is none.
    """

    table: str
    title: str
    date: str
    reason: str
    state: str
    day: str
    what: str
    source: str

    def sentence(self) -> str:
        """Say it in Japanese, with what to do.

        Examples
        --------
        >>> Awaited("census", "人口", "2025-10-01", "preliminary", "published", "2026-09-29", "確定値", "").sentence()
        '人口（2025-10-01）は速報値です。確定値が 2026-09-29 に公表されています。'
        """
        held = f"{self.title}（{self.date}）"
        first = f"{held}は速報値です。" if self.reason == "preliminary" else f"{held}より新しいものがあります。"
        if self.state == "published":
            when = f"{self.what}が {self.day} に公表されています。"
        elif self.state == "expected":
            when = f"{self.what}は、例年なら {self.day} ごろに公表されています。"
        else:
            when = "確定値がいつ公表されるかは登録されていません。"
        return first + when + (f"renkei data update {self.source} で新しくできます。" if self.source else "")


def awaited(tables: Tables, today: date | None = None) -> list[Awaited]:
    """Return every preliminary figure, and every table of which a newer edition is out or due.

    Parameters
    ----------
    tables
        The snapshot.
    today
        The day; today by default. What is expected later is not told of, but for preliminary figures.

    Returns
    -------
    list of Awaited
        A preliminary figure is always among them: with its final edition where one is known.
    """
    now = today or datetime.now(UTC).date()
    known = {(each["table"], each["date"]): each for each in releases(tables)}
    newest: dict[str, str] = {}
    found = []
    for each in (one for one in indicators(tables) if one.table):
        table = each.table.removesuffix(".parquet")
        newest[table] = max(
            newest.get(table, ""), each.dates[-1], key=lambda when: period_end(when) if when else now.min
        )
        for when in each.dates:
            if each.flag(when) == "preliminary":
                release = known.get((table, when), {"state": "unknown", "day": "", "what": "", "source": ""})
                found.append(_of(release, table, each.title, when, "preliminary"))
    titles = {each.table.removesuffix(".parquet"): each.source for each in indicators(tables) if each.table}
    for (table, when), release in known.items():
        held = newest.get(table, "")
        if held and period_end(when) > period_end(held) and period_end(release["day"]) <= now:
            found.append(_of(release, table, titles[table], held, "older"))
    return found


def _of(release: dict[str, str], table: str, title: str, when: str, reason: str) -> Awaited:
    return Awaited(table, title, when, reason, release["state"], release["day"], release["what"], release["source"])
