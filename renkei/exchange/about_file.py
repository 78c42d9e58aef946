"""What a file says of itself: sentence, dates, sources, licences, fields; as a record and as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from renkei.exchange.flat_layer import FlatLayer


def about_record(layer: FlatLayer) -> dict[str, Any]:
    """Return what a layer's file says of itself, for JSON."""
    about = layer.about
    return {
        "layer": layer.name,
        "title": layer.title,
        "title_en": layer.title_en,
        "shown": about.shown,
        "written": about.written,
        "count": len(layer.frame),
        "credits": list(about.credits),
        "sources": [dict(each) for each in about.sources],
        "notes": list(about.notes),
        "view": {key: list(values) for key, values in about.view.items()},
        "indicators": {key: dict(each) for key, each in about.indicators.items()},
        "completeness": [dict(each) for each in about.completeness],
        "fields": {
            each.name: {
                "title": each.title,
                "title_en": each.title_en,
                "type": each.type,
                "unit": each.unit,
                "description": each.description,
            }
            for each in layer.fields
        },
    }


def about_rows(layer: FlatLayer) -> list[tuple[str, str]]:
    """Return (heading, text) rows that say the same to a reader of Japanese."""
    about = layer.about
    rows = [
        ("レイヤー", f"{layer.title}（{layer.name}）"),
        ("表示内容", about.shown),
        ("件数", f"{len(layer.frame):,}"),
        ("作成日", about.written),
    ]
    rows += [("出典", each) for each in about.credits]
    for each in about.sources:
        told = "　".join(
            filter(None, (each.get("title"), each.get("publisher"), each.get("as_of"), each.get("licence")))
        )
        rows.append(("データ", told))
    return rows + [("注", each) for each in about.notes]
