"""LaTeX from signs and bars: whatever is drawn is read back, tilted or not."""

import pytest

from programasweights.data.images.drawing import draw_marked
from programasweights.data.images.formulas import render
from programasweights.data.images.latex_text import normal_latex
from programasweights.data.images.marks import Drawing
from programasweights.data.oracle.draw import Draw
from programasweights.vision.readings.formula import Sign, read_formula
from programasweights.vision.readings.tilt import tilt


def read_back(drawing: Drawing) -> str:
    signs = [
        Sign(m.x, m.y, m.labels[0], m.labels[1], int(m.labels[2])) for m in drawing.marks if len(m.labels) > 1
    ]
    ends = [(m.x, m.y, m.labels[0] == "bar begins") for m in drawing.marks if len(m.labels) == 1]
    return read_formula(signs, ends)


@pytest.mark.parametrize(
    "formula",
    [
        "4t",
        r"x_i^2+\frac{1}{2}",
        r"\frac{\frac{a}{b}}{c}",
        r"\frac{4}{\overline{L}}n_3",
        r"\sqrt[3]{\frac{x+1}{y}}-z",
        r"\overline{x}\leq\sqrt{\overline{u}+1}",
        r"\sum_{i=0}^n a_i\prod_{k=1}^\infty\hat{b}",
        r"\int_{-1}^1\sin(x)dx",
        r"\log\mathbf{A}\mathcal{B}\mathrm{C}",
        r"\langle a|b\rangle^{n+1}",
        r"f^\prime(x)\approx\ddot{y}^*",
        r"e^{\frac{1}{x}}",
    ],
)
def test_a_formula_is_read_back(formula: str) -> None:
    formula = normal_latex(formula)
    for number in range(6):
        assert read_back(render(formula, Draw("formula", number), 2)) == formula


def test_worn_formulas_are_read_back() -> None:
    from programasweights.data.images.formulas import draw_subject
    from programasweights.data.images.raster import wear

    compared = 0
    for number in range(60):
        draw = Draw("worn", number)
        subject = draw_subject(draw, 3, None)
        if subject is None:
            continue
        worn = wear(subject.render(draw, 3), draw, 3)
        assert read_back(worn) == subject.transcription
        compared += 1
    assert compared > 10


def test_nothing_is_nothing() -> None:
    assert read_formula([], []) == ""
    assert read_formula([], [(0, 0, True), (9, 0, False), (3, 50, True)]) == ""


def test_what_makes_no_sense_is_still_read() -> None:
    """Marks that a network misread may stand in any order: no error, and no sign lost without a reason."""
    assert read_formula([Sign(5, 5, r"\hat")], []) == ""
    assert read_formula([Sign(5, 5, r"\sqrt"), Sign(20, 5, "x")], []) == r"\sqrt x"
    assert read_formula([Sign(5, 5, "2", smaller=1)], [(0, 0, False), (9, 0, True)]) == "2"


def test_a_tilt_is_found() -> None:
    row = [(10.0 * n, 50 + 0.03 * 10 * n, 0) for n in range(12)] + [(10.0 * n, 20.0 + n, 1) for n in range(3)]
    assert tilt(row) == pytest.approx(0.03, abs=0.0025)
    assert tilt([]) == 0
    assert tilt([(0, 0, 0), (100, 40, 0)]) == 0


def test_marks_stand_where_ink_is() -> None:
    """Every letter's mark lies within the drawing, and bars' ends lie on ink."""
    import numpy as np

    for number in range(8):
        drawing = draw_marked("latex", 3, number, split="train", level=1)
        pixels = np.asarray(drawing.picture, np.int16)
        for mark in drawing.marks:
            assert 0 <= mark.x < drawing.picture.width
            assert 0 <= mark.y < drawing.picture.height
            column, row = int(mark.x), int(mark.y)
            near = pixels[max(0, row - 12) : row + 13, max(0, column - 6) : column + 7]
            assert near.min() < np.median(pixels) - 40
