"""Where parts and texts of a drawn circuit stand: parts by the ladder's grid, characters by schemdraw's SVG."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree

from programasweights.data.images.marks import Mark
from programasweights.data.images.raster import font_file, optional
from programasweights.vision.readings.circuit import Ladder, Place

__all__ = ["circuit_marks"]

_SVG = "{http://www.w3.org/2000/svg}"
_MIDDLE = {"central": 0.0, "ideographic": -0.58, "hanging": 0.37}
"""How far below the place of a text its capitals' middle lies, in em, by its baseline."""
_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""How much of a line lies left of its place."""
_SIZE = 100
"""Points at which characters are measured."""


def circuit_marks(
    svg: str, ladder: Ladder, point: Callable[[Place], tuple[float, float]], scale: float, family: str
) -> Iterator[Mark]:
    """Marks in pixels.

    Args:
        svg: as it is drawn.
        ladder: what is drawn.
        point: the place of a point of the grid in the SVG's units.
        scale: pixels of a unit.
        family: the font of its texts.
    """
    root = ElementTree.fromstring(svg)
    left, top, *_ = map(float, root.attrib["viewBox"].split())
    for part in ladder.parts:
        (x0, y0), (x1, y1) = point(part.start), point(part.end)
        across = "up" if part.start[0] == part.end[0] else "across"
        yield Mark(((x0 + x1) / 2 - left) * scale, ((y0 + y1) / 2 - top) * scale, ("part", part.kind, across))
    for text in root.iter(f"{_SVG}text"):
        for x, y, character in _characters(text, family):
            yield Mark((x - left) * scale, (y - top) * scale, ("text", character))


def _characters(text: ElementTree.Element, family: str) -> Iterator[tuple[float, float, str]]:
    """Middles of a text's characters."""
    size, y = float(text.attrib["font-size"]), float(text.attrib["y"])
    middle = _MIDDLE[text.attrib["dominant-baseline"]] * size
    for line in text.iter(f"{_SVG}tspan"):
        y += float(line.attrib["dy"])
        said = line.text or ""
        ends = [_width(family, said[:n]) * size for n in range(len(said) + 1)]
        start = float(line.attrib["x"]) - _BEFORE[text.attrib["text-anchor"]] * ends[-1]
        for n, character in enumerate(said):
            if character.strip():
                yield start + (ends[n] + ends[n + 1]) / 2, y + middle, character


def _width(family: str, text: str) -> float:
    """In em."""
    return float(_font(family).getlength(text)) / _SIZE


@cache
def _font(family: str) -> Any:
    return optional("PIL.ImageFont").truetype(font_file(family), _SIZE)
