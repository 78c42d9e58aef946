"""Words of the analyses on the page – candidates, like towns, gaps, clusters, network –, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from renkei.present.words import Language

ANALYSIS_WORDS: dict[str, tuple[str, str]] = {
    "preparing": ("候補を探す準備をしています（最初の1回だけ）…", "Preparing the finder (the first time only)…"),
    "weights": ("重みを変える", "Change the weights"),
    "weights_lead": (
        "1 がふつう、0 はその部分を使わない、2 は2倍。点数は「配点×重み」を四捨五入したものの合計です。",
        "1 is normal, 0 leaves a part out, 2 doubles it. The score sums the rounded points times weight.",
    ),
    "shifts": ("重みを変えると上位10がどう変わるか", "How the first ten change with the weights"),
    "shift": ("{part} ×{factor}：入る {entered}／外れる {left}", "{part} ×{factor}: in {entered} / out {left}"),
    "no_shift": (
        "ほかの部分は、半分・1.5倍にしても上位10の顔ぶれが変わりません。",
        "Other parts: halved or raised by half, the first ten stay the same.",
    ),
    "band_A": ("上位1%", "top 1%"),
    "band_B": ("上位5%", "top 5%"),
    "band_C": ("", ""),
    "bands": (
        "「上位1%」「上位5%」は全候補の中での位置で、実現の確率ではありません。",
        "“Top 1%” and “top 5%” tell the place among all candidates, not a probability.",
    ),
    "parts": ("各部分の意味", "What the parts mean"),
    "same_type": ("同じ類似団体の型", "same official type"),
    "other_type": ("類似団体の型 {type}", "official type {type}"),
    "no_type": ("類似団体の型はデータなし", "official type: no data"),
    "own_type": (
        "このまちの類似団体の型（計算による）：{type}。総務省の型と、ここでの近さは別のものさしです。",
        "Official type of this place (computed): {type}. The type and the nearness here are different measures.",
    ),
    "distance_parts": ("隔たり {score}（大きい順に {parts}）", "distance {score} (most from {parts})"),
    "not_compared": (
        "値がなく比べていない指標：{missing}。値が足りず比べていない自治体：{n}",
        "Not compared for want of values: {missing}. Municipalities left out: {n}",
    ),
    "moved": ("新しい値で顔ぶれがどう変わったか", "What newer figures changed"),
    "move": (
        "{title}（{before}→{after}）：入る {entered}／外れる {left}",
        "{title} ({before}→{after}): in {entered} / out {left}",
    ),
    "no_move": ("どの指標でも変わりません。", "No figure changes the list."),
    "standing": ("全国・県内・似た20団体の中での位置", "Standing in Japan, the prefecture and among 20 like towns"),
    "standing_lead": (
        "左ほど小さい値、右ほど大きい値（パーセンタイル）。良し悪しではありません。",
        "Left is low, right is high (percentile); neither is good or bad.",
    ),
    "country": ("全国", "Japan"),
    "prefecture": ("県内", "prefecture"),
    "peers": ("似た団体", "like towns"),
    "percentile": ("パーセンタイル", "percentile"),
    "a4_place": ("このまちの A4 1枚（PDF）", "A4 page of this place (PDF)"),
    "people": ("人口（人。2030年からは推計）", "People (projected from 2030)"),
    "year": ("年", "year"),
    "view_multiples": ("小さな地図", "Small maps"),
    "view_gaps": ("空白", "Gaps"),
    "view_spots": ("まとまり", "Clusters"),
    "view_network": ("連携の網", "Network"),
    "view_nearest": ("最寄りの事例", "Nearest case"),
    "gaps_lead": (
        "テーマ×都道府県の事例の数。0は「まだ記録がない」ことで、取組がないことではありません。",
        "Cases by theme and prefecture. 0 means none recorded yet, not that nothing is done.",
    ),
    "need_lead": (
        "必要度が全国の上位2割で、「{theme}」の事例がない市区町村（{n}）。必要度は次の指標の平均：{by}",
        "Municipalities ({n}) in the upper fifth of need without a case of “{theme}”. Need is the mean of: {by}",
    ),
    "need_none": (
        "「{theme}」には、必要度を測る指標がまだありません。",
        "No indicator stands for the need of “{theme}” yet.",
    ),
    "need": ("必要度（%）", "need (%)"),
    "challenges": ("同じ県の課題", "challenges told in the prefecture"),
    "spots_lead": (
        "{title}（{date}、n={n:,}）。全体の Moran の I は {i:.3f}（p={p:.3f}）。局所は偽発見率 5% で調整。",
        "{title} ({date}, n={n:,}). Moran's I {i:.3f} (p={p:.3f}); local clusters at a false discovery rate of 5%.",
    ),
    "spots_islands": (
        "境界を接する相手のない {islands} 市区町村（島など）は、役所が最も近い所を隣としました。",
        "{islands} municipalities that touch none (islands) take the nearest office as their neighbour.",
    ),
    "not_possible": (
        "この条件では分析できません。",
        "This cannot be analysed: too few different values, or no record of the theme. Choose another.",
    ),
    "hot": ("高い所の集まり", "high among high"),
    "cold": ("低い所の集まり", "low among low"),
    "high_low": ("周りより高い", "high among low"),
    "low_high": ("周りより低い", "low among high"),
    "none": ("どちらでもない", "neither"),
    "no_data": ("データなし", "no data"),
    "spots_choose": (
        "地図の指標を選ぶと、その指標のまとまりを示します。",
        "Choose an indicator on the map to see its clusters.",
    ),
    "network_lead": (
        "いまの絞り込みで残る連携：{n} 市区町村、{pairs} 組、県をまたぐ {share:.0%}、まとまり {parts}、橋 {bridges}",
        "Left: {n} municipalities, {pairs} pairs, {share:.0%} across prefectures, {parts} parts, {bridges} bridges",
    ),
    "network_note": (
        "記録のない連携が多く、数の多さは記録の多さでもあります。",
        "Many ties are not recorded; large numbers also mean that much was recorded.",
    ),
    "network_graph_note": (
        "{of} 市区町村のうち中心に近い {n}。丸は相手の数、橙は県をまたぐ組。丸を押すと地図でも選びます。",
        "{n} of {of}, nearest to its centre. Size: partners; orange: across prefectures. Press one to choose it.",
    ),
    "apart": ("役所どうしの距離", "between offices"),
    "hubs": ("要", "Hubs"),
    "partners_count": ("相手", "partners"),
    "between": ("最短経路に占める割合", "share of shortest paths"),
    "longest": ("長い連携", "Longest"),
    "no_network": ("いまの絞り込みでは連携がありません。", "The filters leave no tie."),
    "nearest_lead": (
        "「{theme}」の事例のある最も近い市区町村までの距離（役所どうし）。遠い順。",
        "Distance between offices to the nearest municipality with a case of “{theme}”, farthest first.",
    ),
    "nearest": ("最も近い所", "nearest"),
    "place": ("市区町村", "municipality"),
}
"""Key → words in Japanese and English."""


def analysis_word(key: str, language: Language, **parts: object) -> str:
    """Return a word or sentence of the analyses.

    Examples
    --------
    >>> analysis_word("hubs", "ja"), analysis_word("shift", "en", part="Size", factor=0.5, entered="A", left="B")
    ('要', 'Size ×0.5: in A / out B')
    """
    text = ANALYSIS_WORDS[key][language != "ja"]
    return text.format(**parts) if parts else text
