"""Makes formulas at random, in the manner of textbooks: sums, fractions, roots, functions, derivatives, integrals."""

from programasweights.data.oracle.draw import Draw

__all__ = ["make_formula"]

_LETTERS = "a b c d e f g h k m n p q r s t u v w x y z A B C D E F G H K L M N P Q R S T V W X Y Z".split()  # noqa: SIM905
_COMMON = "x y z a b c n t f".split()  # noqa: SIM905
_GREEK = r"""
    \alpha \beta \gamma \delta \epsilon \theta \lambda \mu \nu \pi \rho \sigma \tau \phi \psi \omega \eta \xi \chi
    \Gamma \Delta \Omega \Phi \Psi \Lambda
""".split()  # noqa: SIM905
_RELATIONS = (
    "=",
    "=",
    "=",
    "=",
    "<",
    ">",
    r"\leq ",
    r"\geq ",
    r"\neq ",
    r"\approx ",
    r"\equiv ",
    r"\in ",
    r"\to ",
    r"\sim ",
)
_OPERATORS = ("+", "+", "-", "-", r"\cdot ", r"\times ", r"\pm ", "/")
_FUNCTIONS = (r"\sin ", r"\cos ", r"\tan ", r"\log ", r"\ln ", r"\exp ")
_ACCENTS = (r"\hat", r"\bar", r"\tilde", r"\vec", r"\dot", r"\ddot", r"\overline")
_FONTS = (r"\mathbf", r"\mathcal", r"\mathrm")


def make_formula(draw: Draw, level: int) -> str:
    """A formula of about the level's length."""
    if level == 1:
        return _expression(draw, 1, 1 if draw.chance(0.5) else 2)
    left = _expression(draw, level, draw.randint(1, level))
    if draw.chance(0.3):
        return left
    chain = left
    for _ in range(2 if level == 3 and draw.chance(0.3) else 1):
        chain += draw.pick(_RELATIONS) + _expression(draw, level, draw.randint(1, level + 1))
    return chain


def _expression(draw: Draw, depth: int, terms: int) -> str:
    """Terms joined by operators; at the easy level also by a relation."""
    text = ("-" if draw.chance(0.07) else "") + _term(draw, depth)
    for _ in range(terms - 1):
        joint = draw.pick(_RELATIONS) if depth == 1 and draw.chance(0.4) else draw.pick(_OPERATORS)
        text += joint + _term(draw, depth)
    return text


def _term(draw: Draw, depth: int) -> str:
    factors = draw.choice((1, 1, 2)) if depth < 3 else draw.choice((1, 2, 2, 3))
    number = str(draw.randint(2, 9)) if draw.chance(0.2) else ""
    if depth < 1 and factors == 1 and not number and draw.chance(0.25):
        return _number(draw)
    return number + " ".join(_factor(draw, depth) for _ in range(factors))


def _factor(draw: Draw, depth: int) -> str:
    makers = (_sign, _sign, _scripted, _scripted, _fraction, _root, _function, _accented)
    deep = (_bracketed, _big, _derivative, _bracketed, _scripted, _fraction, _called)
    if depth < 1:
        return draw.pick((_sign, _sign, _scripted))(draw, 0)
    return draw.pick(makers if depth == 1 else makers + deep)(draw, depth)


def _sign(draw: Draw, _: int) -> str:
    if draw.chance(0.25):
        return draw.pick(_GREEK)
    return draw.pick(_COMMON if draw.chance(0.5) else _LETTERS)


def _number(draw: Draw) -> str:
    return str(draw.randint(0, 9) if draw.chance(0.7) else draw.randint(10, 99))


def _small(draw: Draw) -> str:
    """What stands in an index or an exponent."""
    kinds = (
        "0",
        "1",
        "2",
        "3",
        "i",
        "j",
        "k",
        "n",
        "m",
        r"\mu",
        r"\nu",
        "n+1",
        "n-1",
        "i+1",
        "ij",
        "-1",
        r"\prime",
        "*",
    )
    return draw.pick(kinds[:9] if draw.chance(0.6) else kinds)


def _scripted(draw: Draw, depth: int) -> str:
    base, way = _sign(draw, 0), draw.random()
    if way < 0.4:
        return f"{base}_{{{_index(draw)}}}"
    above = _expression(draw, 0, draw.choice((1, 1, 2))) if depth > 1 and draw.chance(0.25) else _small(draw)
    if way < 0.8:
        return f"{base}^{{{above}}}"
    return f"{base}_{{{_index(draw)}}}^{{{above}}}"


def _index(draw: Draw) -> str:
    """As `_small`, without what only makes sense above."""
    found = _small(draw)
    return "0" if found in (r"\prime", "*", "-1") else found


def _fraction(draw: Draw, depth: int) -> str:
    inner = depth - 1 if depth < 3 else draw.choice((0, 1))
    above = (
        _number(draw) if draw.chance(0.3) else _expression(draw, inner, draw.randint(1, max(depth - 1, 1)))
    )
    below = (
        str(draw.randint(2, 9))
        if draw.chance(0.4)
        else _expression(draw, inner, draw.randint(1, max(depth - 1, 1)))
    )
    return rf"\frac{{{above}}}{{{below}}}"


def _root(draw: Draw, depth: int) -> str:
    degree = "[3]" if draw.chance(0.12) else ""
    return rf"\sqrt{degree}{{{_expression(draw, min(depth - 1, 1), draw.randint(1, 2))}}}"


def _function(draw: Draw, depth: int) -> str:
    name = draw.pick(_FUNCTIONS)
    return name + (_sign(draw, 0) if depth == 1 else f"({_expression(draw, 0, draw.randint(1, 2))})")


def _accented(draw: Draw, _: int) -> str:
    if draw.chance(0.3):
        return f"{draw.pick(_FONTS)}{{{draw.pick([name for name in _LETTERS if name.isupper()])}}}"
    return f"{draw.pick(_ACCENTS)}{{{draw.pick(_LETTERS)}}}"


def _bracketed(draw: Draw, depth: int) -> str:
    opening, closing = draw.pick((("(", ")"), ("(", ")"), ("[", "]"), ("|", "|"), (r"\langle ", r"\rangle ")))
    power = f"^{{{_small(draw)}}}" if draw.chance(0.3) else ""
    return f"{opening}{_expression(draw, depth - 2, 2)}{closing}{power}"


def _called(draw: Draw, _: int) -> str:
    inner = ",".join(_sign(draw, 0) for _ in range(draw.randint(1, 2)))
    return f"{draw.pick(('f', 'g', 'F', 'P', 'V', 'S', 'u'))}({inner})"


def _big(draw: Draw, depth: int) -> str:
    kind, inner = draw.pick((r"\sum", r"\prod", r"\int", r"\oint")), _expression(draw, min(depth - 1, 1), 1)
    letter = draw.pick(("i", "j", "k", "n", "m"))
    if kind in (r"\sum", r"\prod"):
        return f"{kind}_{{{letter}={draw.randint(0, 1)}}}^{{{draw.pick(('n', 'N', 'm', chr(92) + 'infty'))}}} {inner}"
    limits = (
        f"_{{{draw.pick(('0', 'a', '-1'))}}}^{{{draw.pick(('1', 'b', chr(92) + 'infty'))}}}"
        if draw.chance(0.7)
        else ""
    )
    return f"{kind}{limits} {inner} d{draw.pick(('x', 't', 'z', 's'))}"


def _derivative(draw: Draw, _: int) -> str:
    sign = draw.pick(("d", r"\partial "))
    above = draw.pick(_LETTERS) if draw.chance(0.7) else ""
    return rf"\frac{{{sign}{above}}}{{{sign}{draw.pick(('x', 'y', 't', 'z'))}}}"
