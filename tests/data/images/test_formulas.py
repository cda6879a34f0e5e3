"""Formulas: one normal form, drawn alike, and none that cannot be drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programasweights.data.images import Source, formulas, latex_text
from programasweights.data.images.formula_maker import make_formula
from programasweights.data.images.latex_text import normal_latex, token_count
from programasweights.data.oracle.draw import Draw
from programasweights.errors import DataError


@pytest.mark.parametrize(
    ("formula", "normal"),
    [
        ("x _ { 1 } ^ { 2 }", "x_1^2"),
        ("x ^ { 2 } _ { 1 }", "x_1^2"),
        (r"{ \bar { K } } _ { a } ^ { - } ( p )", r"\bar{K}_a^-(p)"),
        (r"\frac { d } { d t } E \; , \quad \forall t \, .", r"\frac{d}{dt}E,\forall t."),
        (r"\left( { \frac12 } \right)", r"(\frac{1}{2})"),
        (r"\left. x \right| _ 0", "x|_0"),
        (r"{ \cal L } = { \bf x } + y", r"\mathcal{L}=\mathbf{x}+y"),
        (r"\cal L x", r"\mathcal{Lx}"),
        (r"x { \bf }", "x"),
        ("f ' ( x ) + g ''", r"f^{\prime}(x)+g^{\prime\prime}"),
        (r"l ^ { \prime }", r"l^{\prime}"),
        (r"a \le b \rightarrow \infty", r"a\leq b\to\infty"),
        (r"\varepsilon \gets \ast", r"\epsilon\leftarrow*"),
        (r"\sqrt [ 3 ] { x } \sqrt y", r"\sqrt[3]{x}\sqrt{y}"),
        (r"x ^ \alpha y", r"x^{\alpha}y"),
        (r"\alpha \beta", r"\alpha\beta"),
        (r"\| x \| \Vert", r"\|x\|\|"),
        (r"x\ y~z", "xyz"),
        (r"\bigl( x \Bigr)", "(x)"),
    ],
)
def test_normal_form(formula: str, normal: str) -> None:
    assert normal_latex(formula) == normal
    assert normal_latex(normal) == normal


@pytest.mark.parametrize(
    "formula",
    [
        "", "  ", "{}", "{ x", "x }", "^2", "_", "x^", "x^{}", "x^2^3", r"\frac{1}", r"\frac{}{2}", r"\sqrt[]{x}",
        r"\begin{array}{c}x\end{array}", r"\text{if}", r"\def\x{y}", r"\input{secret}", "x & y", "é", r"\sqrt[3", "$x$",
        "{" * 5000 + "x" + "}" * 5000, r"\hat" * 3000,
    ],
)  # fmt: skip
def test_what_is_no_formula(formula: str) -> None:
    with pytest.raises(DataError):
        normal_latex(formula)


@given(st.text(alphabet=r"\{}_^'ab1+ .frcqtel[]", max_size=30))
def test_any_text_gives_a_fixed_point_or_an_error(text: str) -> None:
    try:
        normal = normal_latex(text)
    except DataError:
        return
    assert normal_latex(normal) == normal


@pytest.mark.parametrize("font", ["cm", "dejavusans", "stix"])
def test_every_sign_can_be_drawn_and_looks_like_no_other(font: str) -> None:
    import numpy as np

    shapes: dict[tuple[tuple[int, ...], bytes], str] = {}
    for sign in sorted(
        latex_text._KNOWN | latex_text._PLAIN | {rf"{name}{{x}}" for name in latex_text._ACCENTS}
    ):
        ink = np.asarray(formulas._ink(sign, font, 12))
        other = shapes.setdefault((ink.shape, ink.tobytes()), sign)
        assert other == sign, f"{sign} and {other} look alike"
        assert ink.any()


@pytest.mark.parametrize("level", [1, 2, 3])
def test_made_formulas(level: int) -> None:
    few, many = formulas.TOKENS[level]
    found = set()
    for number in range(60):
        draw = Draw("formula", level, number)
        assert make_formula(draw, level) == make_formula(Draw("formula", level, number), level)
        subject = formulas.draw_subject(draw, level, None)
        if subject is not None:
            assert few <= token_count(subject.transcription) <= many
            assert normal_latex(subject.transcription) == subject.transcription == subject.group
            found.add(subject.group)
    assert len(found) > 12


def test_made_formulas_hold_nothing_unknown() -> None:
    for number in range(400):
        normal_latex(make_formula(Draw("known", number), 1 + number % 3))


def test_what_the_fonts_do_not_have() -> None:
    for formula in (r"\mathcal { x }", r"x ^ { 2 } ^ 3"):
        assert formulas.draw_subject(Draw(0), 1, Source("s", (formula,))) is None


def test_fractions_as_large_as_in_a_display() -> None:
    assert (
        formulas._displayed(r"\frac{1}{\frac{2}{3}}+x^{\frac{1}{2}}")
        == r"\dfrac{1}{\frac{2}{3}}+x^{\frac{1}{2}}"
    )
