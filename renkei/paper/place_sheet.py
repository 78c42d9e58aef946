"""One municipality on one A4 page, for the meeting: figures with their standing, people over time, ties, sources."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from renkei.analysis.place import GLANCE
from renkei.paper.print_borders import prepare_matplotlib
from renkei.paper.print_texts import plain, wrapped
from renkei.present.age_pyramid import COLORS
from renkei.present.indicator_classes import formatted_values
from renkei.present.words import dated, japanese_date

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from renkei.analysis.place import Place, Standing
    from renkei.atlas import Atlas

SIZE_INCHES = (8.27, 11.69)
"""A4 portrait."""

INK, SOFT, OWN, ALIKE = "#222222", "#b8c2cc", "#c2410c", "#2563b0"
PROJECTED_FROM = 2030
MAN, MANY = 10_000, 50_000
"""People are told in 万 from ``MANY`` on."""
MOST_LINES = 8


def place_sheet(atlas: Atlas, found: Place) -> bytes:
    """Draw what is known of a municipality as one A4 page.

    Parameters
    ----------
    atlas
        The tables: the values of all municipalities stand behind each strip.
    found
        The profile (``renkei.analysis.place.place``).

    Returns
    -------
    bytes
        A PDF, fonts embedded.
    """
    prepare_matplotlib()
    from matplotlib.figure import Figure  # noqa: PLC0415 - half a second to import

    figure = Figure(figsize=SIZE_INCHES)
    kind = f"　類似団体の型 {found.type_name}" if found.type_name else ""
    figure.text(0.06, 0.955, plain(f"{found.prefecture}{found.name}"), fontsize=18, color=INK)
    figure.text(0.06, 0.938, plain(f"市区町村コード {found.code}{kind}"), fontsize=8, color=INK)
    _people(figure, found)
    _ages(figure, found)
    told = [each for of_heading in GLANCE.values() for each in of_heading]
    shown = [(each, found.indicators[each]) for each in told if each in found.indicators]
    for row, (identifier, standing) in enumerate(shown):
        _strip(figure, atlas, found, identifier, standing, 0.735 - row * 0.0225)
    _lists(figure, found, 0.735 - len(shown) * 0.0225 - 0.02)
    _sources(figure, [standing for _, standing in shown])
    output = io.BytesIO()
    figure.savefig(output, format="pdf", metadata={"Title": f"{found.prefecture}{found.name}", "Creator": "renkei"})
    return output.getvalue()


def _people(figure: Figure, found: Place) -> None:
    axes = figure.add_axes((0.1, 0.79, 0.5, 0.115))
    unit, size = ("万人", MAN) if max(found.population.values(), default=0) >= MANY else ("人", 1)
    years = {int(year): people / size for year, people in found.population.items()}
    past = {year: people for year, people in years.items() if year < PROJECTED_FROM}
    coming = {year: people for year, people in years.items() if year >= max(past, default=0)}
    axes.plot(list(past), list(past.values()), color=OWN, marker="o", markersize=3, linewidth=1.5)
    axes.plot(list(coming), list(coming.values()), color=OWN, linestyle="--", marker="o", markersize=2, linewidth=1)
    axes.set_ylim(bottom=0)
    axes.set_title(f"人口（{unit}。実線は国勢調査、破線は令和5年推計）", fontsize=8, loc="left")
    axes.tick_params(labelsize=7)
    if size == 1:
        axes.yaxis.set_major_formatter("{x:,.0f}")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _ages(figure: Figure, found: Place) -> None:
    """Draw the pyramid: men to the left, women to the right."""
    groups = found.age_groups
    axes = figure.add_axes((0.67, 0.79, 0.27, 0.115))
    axes.barh(groups.ages, [-people for people in groups.male], height=4.4, color=COLORS["male"])
    axes.barh(groups.ages, groups.female, height=4.4, color=COLORS["female"])
    axes.set_title(f"年齢（5歳階級、左が男・右が女、{japanese_date(groups.date)}）", fontsize=6.5, loc="left")
    longest = max(*groups.male, *groups.female, 1)
    axes.set_xticks([-longest, 0, longest], [f"{longest:,}人", "0", f"{longest:,}人"])
    axes.set_yticks([0, 20, 40, 60, 80, 100])
    axes.tick_params(labelsize=6)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _strip(figure: Figure, atlas: Atlas, found: Place, identifier: str, standing: Standing, bottom: float) -> None:
    """Draw one line: title, value and date, and where it stands among all (grey), its peers (blue)."""
    own = formatted_values(atlas.indicator(identifier), atlas.values(identifier).loc[[found.code]])[0]
    value = "データなし" if standing.value is None else own
    figure.text(0.06, bottom + 0.004, plain(standing.title), fontsize=7, color=INK)
    when = dated(standing.date, standing.flag, "ja")
    figure.text(0.44, bottom + 0.004, plain(value), fontsize=7.5, color=INK, ha="right")
    figure.text(0.45, bottom + 0.004, plain(when), fontsize=5.5, color=INK)
    axes = figure.add_axes((0.59, bottom, 0.29, 0.016))
    ranks = atlas.values(identifier).rank(pct=True) * 100
    _dots(axes, list(ranks.dropna()), SOFT, 0.0, 1)
    _dots(axes, list(ranks[list(found.peers)].dropna()), ALIKE, 0.0, 5)
    if standing.country is not None:
        axes.plot([standing.country], [0], marker="D", markersize=5, color=OWN)
        figure.text(0.89, bottom + 0.004, f"{standing.country:.0f}", fontsize=7, color=OWN)
    axes.set_xlim(-1, 101)
    axes.axis("off")


def _dots(axes: Axes, ranks: list[float], color: str, height: float, size: float) -> None:
    axes.scatter(ranks, [height] * len(ranks), s=size, color=color, linewidths=0)


def _lists(figure: Figure, found: Place, top: float) -> None:
    figure.text(
        0.06,
        top + 0.016,
        "右の帯：全国の中での位置（左が小さい値）。灰は全市区町村、青は似た20自治体、菱形と数字がこの自治体（パーセンタイル）。",
        fontsize=6,
        color=INK,
    )
    entries = {
        f"事例（{len(found.cases)}）": [each.name for each in found.cases],
        f"連携（{len(found.ties)}）": [
            f"{each.name}　{each.kind}{f'（{each.since}）' if each.since else ''}" for each in found.ties
        ],
        f"圏域・枠組み（{len(found.blocs) + len(found.networks)}）": [
            each.name for each in (*found.blocs, *found.networks)
        ],
        "課題": [text for each in found.cases for text, _ in each.challenges],
        "隣接": ["、".join(name for _, name in found.neighbours) or "なし（島など）"],
        "二次医療圏": ["、".join(name for _, name in found.medical_areas)],
    }
    height = top
    for title, names in entries.items():
        figure.text(0.06, height, title, fontsize=7.5, color=OWN)
        more = [f"ほか {len(names) - MOST_LINES}"] if len(names) > MOST_LINES else []
        for name in [*names[:MOST_LINES], *more] or ["記録なし"]:
            for part in wrapped(plain(name), 62)[:2]:
                figure.text(0.22, height, part, fontsize=7, color=INK)
                height -= 0.0115
        height -= 0.003


def _sources(figure: Figure, shown: list[Standing]) -> None:
    said = "、".join(dict.fromkeys(f"{each.source}（{each.date}）" for each in shown))
    figure.text(0.06, 0.025, "\n".join(_cut(f"出典：{said}", 108)), fontsize=4.6, color=INK, va="bottom")
    figure.text(
        0.06, 0.015, "順位表として使わないでください。値のない項目は「データなし」です。", fontsize=6, color=INK
    )


def _cut(text: str, width: int) -> list[str]:
    """Cut all of a long text into lines: no source may be lost."""
    kept = plain(text, len(text))
    return [kept[start : start + width] for start in range(0, len(kept), width)]
