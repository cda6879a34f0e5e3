"""Task `latex`: a drawn formula to LaTeX, in the normal form of `latex_text`."""

import re
from typing import Any

from programasweights.data.images.formula_maker import make_formula
from programasweights.data.images.formula_marks import formula_marks
from programasweights.data.images.latex_text import normal_latex, token_count
from programasweights.data.images.marks import Drawing
from programasweights.data.images.raster import optional
from programasweights.data.images.subject import Candidate, Source, Subject
from programasweights.data.oracle.draw import Draw
from programasweights.errors import DataError

__all__ = ["QUESTIONS", "SPECS", "TOKENS", "draw_subject"]

SPECS = (
    "Write this formula in LaTeX.",
    "Give the LaTeX of the formula in this picture.",
    "Transcribe the drawn formula into LaTeX.",
)
QUESTIONS = (1, 1)
TOKENS = {1: (2, 9), 2: (10, 20), 3: (21, 45)}
"""Fewest and most tokens of a formula by level."""
_TEXTS = ("What is the LaTeX?", "Write the formula in LaTeX.", "LaTeX of the formula?")
_FONTS = ("cm", "cm", "stix", "stixsans", "dejavusans", "dejavuserif")
_CAPITALS_ONLY = re.compile(r"\\math(?:cal|bb|frak)\{[^}]*[^A-Z}]")
"""Fonts that have nothing but capitals."""
_FINER = 2
"""Formulas are drawn this much larger and then reduced, so that strokes can be thickened by less than a pixel."""

_DPI, _BORDER = 96, 4
"""Pixels to the inch and around the formula, before wear."""


def draw_subject(draw: Draw, level: int, source: Source | None) -> Subject | None:
    """A formula; None where it is not of the level, or holds what cannot be drawn."""
    try:
        formula = normal_latex(draw.pick(source.lines) if source else make_formula(draw, level))
    except DataError:
        return None
    few, many = TOKENS[level]
    if not few <= token_count(formula) <= many or _CAPITALS_ONLY.search(formula):
        return None
    return Subject(
        group=formula,
        transcription=formula,
        candidates=lambda: _questions(formula),
        render=lambda style, level: render(formula, style, level),
    )


def render(formula: str, style: Draw, level: int) -> Drawing:
    """The formula with matplotlib's mathtext in a random font, size and weight."""
    image, numpy = optional("PIL.Image"), optional("numpy")
    size = style.uniform(*((22, 32), (18, 26), (15, 20))[level - 1])
    drawn = _displayed(formula) if style.chance(0.85) else formula
    font = style.pick(_FONTS)
    ink = _ink(drawn, font, size)
    picture = image.fromarray(255 - numpy.asarray(ink))
    picture = optional("PIL.ImageOps").expand(picture, _BORDER * _FINER, 255)
    if size > 18 and style.chance(0.3):
        picture = picture.filter(optional("PIL.ImageFilter").MinFilter(3))
    marks = formula_marks(_for_matplotlib(drawn), font, size, _DPI * _FINER)
    large = Drawing(picture, tuple(marks)).moved(picture, _BORDER * _FINER, _BORDER * _FINER)
    return large.scaled(picture.reduce(_FINER))


def _displayed(formula: str) -> str:
    """The formula with outer fractions as large as in a display."""
    depth, parts = 0, []
    for part in re.split(r"(\\frac|[{}])", formula):
        depth += (part == "{") - (part == "}")
        parts.append(r"\dfrac" if part == r"\frac" and depth == 0 else part)
    return "".join(parts)


def _ink(formula: str, font: str, size: float) -> Any:
    """Grey levels of the ink."""
    matplotlib = optional("matplotlib")
    parser = optional("matplotlib.mathtext").MathTextParser("agg")
    drawn = _for_matplotlib(formula)
    with matplotlib.rc_context({"mathtext.fontset": font}):
        style = optional("matplotlib.font_manager").FontProperties(size=size)
        return parser.parse(f"${drawn}$", dpi=_DPI * _FINER, prop=style).image


def _for_matplotlib(formula: str) -> str:
    return formula.replace(r"\|", r"\Vert ")


def _questions(formula: str) -> list[Candidate]:
    """The one question; none where the formula cannot be drawn, which is only found by drawing it."""
    try:
        _ink(formula, "cm", 8)
    except ValueError:
        return []
    return [Candidate("latex", "transcription", _TEXTS, formula)]
