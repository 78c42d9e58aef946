"""A layer's style as QGIS reads it (QML): one rule a class of the legend, aliases, labels.

The layout is that of QGIS 3.22 and newer (documents of ``QgsMapLayer.saveNamedStyle``): ``renderer-v2`` of type
``RuleRenderer``, one ``symbol`` a rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from renkei.exchange.flat_layer import FlatLayer, Rule, Symbol

SHAPES = {
    "circle": "circle",
    "triangle": "triangle",
    "square": "square",
    "diamond": "diamond",
    "plus": "cross_fill",
    "star": "star",
}
DASHES = {"solid": "solid", "dash": "dash", "dot": "dot"}
NO_LINE = "no"
MARK_SIZE = 3.2
"""mm."""


def qml(layer: FlatLayer) -> str:
    """Return the style of a layer as a QML document.

    Examples
    --------
    >>> from renkei.exchange.flat_layer import About, Field, Rule, Style, Symbol, flat_layer
    >>> made = flat_layer("cases", ("事例", "Cases"), (Field("id", "ID", "ID"),), [], About("すべて", "2026-11-26", ()),
    ...                   shapes=[], geometry_type="Point", style=Style((Rule("DX", "1=1", Symbol("#2563b0")),)))
    >>> 'type="RuleRenderer"' in qml(made)
    True
    """
    root = ET.Element("qgis", version="3.22.16", styleCategories="Symbology|Labeling|Fields|Forms|Actions")
    root.extend(symbology(layer))
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(root, encoding="unicode")


def symbology(layer: FlatLayer) -> list[ET.Element]:
    """Return the elements of a style: aliases and, for a layer with shapes and classes, renderer and labels."""
    aliases = ET.Element("aliases")
    for index, each in enumerate(layer.fields):
        title = f"{each.title}（{each.unit}）" if each.unit else each.title
        ET.SubElement(aliases, "alias", index=str(index), field=each.name, name=title)
    if not (layer.has_shapes and layer.style.rules):
        return [aliases]
    labels = [_labels(layer.style.label_field)] if layer.style.label_field else []
    return [aliases, _renderer(layer), *labels]


def _renderer(layer: FlatLayer) -> ET.Element:
    renderer = ET.Element("renderer-v2", type="RuleRenderer", symbollevels="0", forceraster="0", enableorderby="0")
    rules = ET.SubElement(renderer, "rules", key="{renkei}")
    symbols = ET.SubElement(renderer, "symbols")
    for number, rule in enumerate(layer.style.rules):
        ET.SubElement(
            rules,
            "rule",
            key=f"{{renkei-{number}}}",
            symbol=str(number),
            label=rule.label,
            filter=rule.expression,
        )
        symbols.append(_symbol(layer, number, rule))
    return renderer


def _kind(layer: FlatLayer) -> str:
    if "Polygon" in layer.geometry_type:
        return "fill"
    return "line" if "Line" in layer.geometry_type else "marker"


def _symbol(layer: FlatLayer, number: int, rule: Rule) -> ET.Element:
    kind = _kind(layer)
    symbol = ET.Element("symbol", type=kind, name=str(number), alpha="1", clip_to_extent="1", force_rhr="0")
    if kind == "fill":
        for name, options in _fill_layers(rule.symbol):
            _add_layer(symbol, name, options)
    elif kind == "line":
        look = rule.symbol
        _add_layer(
            symbol,
            "SimpleLine",
            {
                "line_color": _rgba(look.color),
                "line_width": f"{look.width}",
                "line_width_unit": "MM",
                "line_style": DASHES[look.dash],
                "capstyle": "round",
                "joinstyle": "round",
            },
        )
    else:
        _add_layer(symbol, "SimpleMarker", _mark(rule.symbol))
    return symbol


def _fill_layers(look: Symbol) -> list[tuple[str, dict[str, str]]]:
    edge = {
        "outline_color": _rgba(look.outline or look.color),
        "outline_style": DASHES[look.dash] if look.outline else NO_LINE,
        "outline_width": f"{look.width}",
        "outline_width_unit": "MM",
        "joinstyle": "bevel",
    }
    simple = {"color": _rgba(look.color), "style": "solid" if look.filled else NO_LINE, **edge}
    if not look.hatched:
        return [("SimpleFill", simple)]
    ground = {**simple, "color": _rgba("#ffffff"), "style": "solid"}
    hatch = {**simple, "style": "f_diagonal", "outline_style": NO_LINE}
    return [("SimpleFill", ground), ("SimpleFill", hatch)]


def _mark(look: Symbol) -> dict[str, str]:
    return {
        "name": SHAPES[look.shape],
        "color": _rgba(look.color),
        "outline_color": _rgba(look.outline or "#ffffff"),
        "outline_style": "solid",
        "outline_width": f"{look.width}",
        "outline_width_unit": "MM",
        "size": f"{MARK_SIZE}",
        "size_unit": "MM",
    }


def _add_layer(symbol: ET.Element, name: str, options: dict[str, str]) -> None:
    layer = ET.SubElement(symbol, "layer", {"class": name, "enabled": "1", "locked": "0", "pass": "0"})
    # QGIS 3.22 reads the map of options, older ones the properties.
    group = ET.SubElement(layer, "Option", type="Map")
    for key, value in options.items():
        ET.SubElement(group, "Option", name=key, type="QString", value=value)
    for key, value in options.items():
        ET.SubElement(layer, "prop", k=key, v=value)


def _rgba(color: str) -> str:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},255"


def _labels(field: str) -> ET.Element:
    labeling = ET.Element("labeling", type="simple")
    settings = ET.SubElement(labeling, "settings", calloutType="simple")
    style = ET.SubElement(
        settings,
        "text-style",
        fieldName=field,
        isExpression="0",
        fontSize="8",
        fontSizeUnit="Point",
        textColor="31,41,55,255",
        fontFamily="Noto Sans CJK JP",
    )
    ET.SubElement(
        style,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.8",
        bufferSizeUnits="MM",
        bufferColor="255,255,255,255",
    )
    ET.SubElement(settings, "placement", placement="1", priority="5")
    # No label below 1 : 1,500,000: nationwide they would cover the map.
    ET.SubElement(settings, "rendering", scaleVisibility="1", scaleMin="1500000", scaleMax="0", drawLabels="1")
    return labeling
