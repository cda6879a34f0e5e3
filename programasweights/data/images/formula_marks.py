"""Where the signs of a drawn formula stand, from matplotlib's own layout of it.

A letter's place is where the middle line of its row, on which minus signs and fraction bars lie, crosses its middle;
so letters of one row are level whatever they look like. Brackets, operators and accents stand at the middle of their
ink; a bar has a mark at either end. A sign's size is how often it was made smaller, as in exponents.
"""

import math
from functools import cache
from typing import Any

from programasweights.data.images.marks import Mark
from programasweights.data.images.raster import optional
from programasweights.vision.readings.formula_signs import ACCENTS, LETTERS, SIGNS, STYLES

__all__ = ["formula_marks"]

_AXIS = 0.25
"""How far above the baseline the middle line lies, in em."""
_SMALLER = 0.7
"""matplotlib's factor from a row to its scripts."""
_RADICAL, _TEX_RADICALS = 8730, range(112, 117)
_POINTS = 72
"""To the inch."""

Glyph = tuple[str, int]
"""A font's PostScript name, and the glyph's number in it."""


def formula_marks(formula: str, font: str, size: float, dpi: float) -> list[Mark]:
    """Marks in pixels of the picture that matplotlib draws; what it draws that has no name here has no mark.

    Args:
        formula: as it is drawn, without dollar signs.
        font: matplotlib's name of the fonts for mathematics.
        size: in points.
        dpi: pixels to the inch.
    """
    output = _layout(formula, font, size, dpi)
    boxes = [_box(x, y, info) for x, y, info in output.glyphs]
    left = min([box[0] for box in boxes] + [x for x, *_ in output.rects] + [0]) - 1
    top = min([box[1] for box in boxes] + [y for _, y, *_ in output.rects] + [0]) - 1
    names = _names(font)
    found = []
    for (x0, y0, x1, y1), (_, baseline, info) in zip(boxes, output.glyphs, strict=True):
        symbol, style = names.get(_key(info), ("", ""))
        if _is_radical(info):
            symbol = r"\sqrt"
        if not symbol:
            continue
        in_row = symbol in LETTERS
        y = baseline - _AXIS * info.fontsize * dpi / _POINTS if in_row else (y0 + y1) / 2
        smaller = (
            str(round(math.log(info.fontsize / size) / math.log(_SMALLER))) if symbol != r"\sqrt" else "0"
        )
        found.append(Mark((x0 + x1) / 2 - left, y - top, (symbol, style, smaller)))
    for x, y, width, height in output.rects:
        middle = y + height / 2 - top
        found += [Mark(x - left, middle, ("bar begins",)), Mark(x + width - left, middle, ("bar ends",))]
    return found


def _layout(formula: str, font: str, size: float, dpi: float) -> Any:
    """matplotlib's boxes as it ships them; its public interface gives their pixels only."""
    matplotlib, mathtext = optional("matplotlib"), optional("matplotlib.mathtext")
    parser = mathtext.MathTextParser("agg")
    with matplotlib.rc_context({"mathtext.fontset": font}):
        style = optional("matplotlib.font_manager").FontProperties(size=size)
        parser.parse("$x$", dpi=dpi, prop=style)  # makes the grammar, once in a process
        fonts = parser._font_type_mapping[style.get_math_fontfamily()]
        hinting = optional("matplotlib.backends.backend_agg").get_hinting_flag()
        box = parser._parser.parse(f"${formula}$", fonts(style, hinting), size, dpi)
    return optional("matplotlib._mathtext").ship(box)


@cache
def _names(font: str) -> dict[Glyph, tuple[str, str]]:
    """Sign and style of every glyph that a sign is drawn with."""
    found: dict[Glyph, tuple[str, str]] = {}

    def add(formula: str, symbol: str, style: str = "") -> None:
        for *_, info in _layout(formula, font, 20, 96).glyphs:
            found.setdefault(_key(info), (symbol, style))

    for symbol in SIGNS:
        add(r"\Vert" if symbol == r"\|" else symbol, symbol)
    for style in STYLES:
        for letter in LETTERS:
            if len(letter) == 1 and letter.isalpha() and (style != r"\mathcal" or letter.isupper()):
                add(f"{style}{{{letter}}}" if style else letter, letter, style)
    for accent in ACCENTS:
        add(f"{accent}{{a}}", accent)
    return found


def _key(info: Any) -> Glyph:
    return info.postscript_name, info.glyph_index


def _is_radical(info: Any) -> bool:
    in_tex = info.postscript_name.startswith(("Cmex", "Cmsy")) and info.num in _TEX_RADICALS
    return info.num == _RADICAL or bool(in_tex)


def _box(x: float, y: float, info: Any) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a glyph's ink."""
    sizes = info.metrics
    return x + sizes.xmin, y - sizes.ymax, x + sizes.xmax, y - sizes.ymin
