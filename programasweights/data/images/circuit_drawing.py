"""Draws a ladder circuit with schemdraw."""

import re
from typing import Any

from programasweights.data.images.circuit_marks import circuit_marks
from programasweights.data.images.marks import Drawing
from programasweights.data.images.raster import FONTS, optional, svg_image
from programasweights.data.oracle.draw import Draw
from programasweights.vision.readings.circuit import Ladder, Part, Place

__all__ = ["render"]

_SYMBOLS: dict[str, tuple[str, ...]] = {
    "resistor": ("ResistorIEEE", "ResistorIEEE", "ResistorIEC"),
    "capacitor": ("Capacitor", "Capacitor", "Capacitor2"),
    "inductor": ("Inductor", "Inductor2"),
    "diode": ("Diode",),
    "LED": ("LED",),
    "Zener diode": ("Zener",),
    "lamp": ("Lamp", "Lamp2"),
    "switch": ("Switch",),
    "fuse": ("FuseUS", "FuseIEEE"),
    "motor": ("Motor",),
    "ammeter": ("MeterA",),
    "battery": ("Battery", "BatteryCell"),
    "DC voltage source": ("SourceV",),
    "AC voltage source": ("SourceSin",),
    "current source": ("SourceI",),
}
"""Classes of schemdraw; one of a kind is drawn for a whole picture."""
_POINTS = 36
"""Of a unit of schemdraw's drawings."""
_MARGIN = 110
_PIXELS = 96 / 72
"""Of a point."""


def render(ladder: Ladder, style: Draw) -> Drawing:
    """The circuit in a random style: font, line width, sizes, symbols, places of labels."""
    schemdraw, elements = optional("schemdraw"), optional("schemdraw.elements")
    # Real text, drawn with the fonts of `raster`, whatever else schemdraw finds installed.
    schemdraw.svgconfig.text = "text"
    family = style.pick(list(FONTS))
    symbols = {kind: style.pick(names) for kind, names in _SYMBOLS.items()}
    width, height = style.uniform(3.0, 3.7), style.uniform(2.6, 3.4)
    tall = 1.6 if any(place[1] == 1 for part in ladder.parts for place in (part.start, part.end)) else 1.0
    space = " " if style.chance(0.8) else ""
    apart = style.chance(0.5)

    def point(place: Place) -> tuple[float, float]:
        return place[0] * width, place[1] * height * tall / 2

    with schemdraw.Drawing(canvas="svg", show=False) as drawing:
        drawing.config(
            fontsize=style.uniform(13, 16), font=family, mathfont="none", lw=style.uniform(1.2, 2.6)
        )
        for wire in ladder.wires:
            drawing += elements.Line().endpoints(*map(point, wire))
        for part in ladder.parts:
            made = getattr(elements, symbols[part.kind])().endpoints(point(part.start), point(part.end))
            drawing += _labelled(made, part, part.value.replace(" ", space), apart=apart)
        for place in ladder.junctions:
            drawing += elements.Dot().at(point(place))
        for letter, place in ladder.letters.items():
            drawing += elements.Dot().at(point(place)).label(letter, loc="top" if place[1] else "bottom")
        if style.chance(0.25) and (0, 0) not in ladder.letters.values():
            drawing += elements.Ground().at(point((0, 0)))
    svg = _whole(drawing.get_imagedata("svg").decode(), *point((ladder.branches - 1, 2)))
    zoom = style.uniform(0.75, 0.95)

    def unit(place: Place) -> tuple[float, float]:
        x, y = point(place)
        return x * _POINTS, -y * _POINTS

    marks = circuit_marks(svg, ladder, unit, zoom * _PIXELS, family)
    return Drawing(svg_image(svg, zoom=zoom, family=family), tuple(marks))


def _whole(svg: str, width: float, height: float) -> str:
    """The picture with room for labels on all sides.

    schemdraw only estimates how large text is, by other means where other packages are installed, and would cut it.
    """
    left, top = -_MARGIN, -height * _POINTS - _MARGIN
    size = width * _POINTS + 2 * _MARGIN, height * _POINTS + 2 * _MARGIN
    box = f'height="{size[1]}pt" width="{size[0]}pt" viewBox="{left} {top} {size[0]} {size[1]}"'
    return re.sub(r'height="\S+pt" width="\S+pt" viewBox="[^"]*"', box, svg, count=1)


def _labelled(element: Any, part: Part, value: str, *, apart: bool) -> Any:
    if not value:
        return element.label(part.name)
    if apart:
        return element.label(part.name).label(value, loc="bottom")
    return element.label(f"{part.name}\n{value}")
