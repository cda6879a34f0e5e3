"""Draws functions with a given number of operations."""

from programasweights.data.oracle.draw import Draw
from programasweights.data.pbb.arithmetic.syntax import (
    Absolute,
    Assign,
    Binary,
    Expression,
    For,
    Function,
    If,
    Number,
    Statement,
    Variable,
)

__all__ = ["draw_function"]

X = Variable("x")


def draw_function(draw: Draw, name: str, operations: int) -> Function:
    """A function whose text shows exactly so many operations; it may still divide too far or grow too large."""
    return Function(name, tuple(_block(draw, operations)), X)


def _block(draw: Draw, budget: int, loop: bool = False, depth: int = 0) -> list[Statement]:
    """Statements of `budget` operations together; inside a loop the counter may be used."""
    statements: list[Statement] = []
    while budget:
        statement, spent = _statement(draw, budget, loop, depth)
        statements.append(statement)
        budget -= spent
    return statements


def _statement(draw: Draw, budget: int, loop: bool, depth: int) -> tuple[Statement, int]:
    if depth < 2 and budget >= 3 and draw.chance(0.4):
        return _branch(draw, draw.randint(3, min(budget, 4)), loop, depth)
    if depth == 0 and budget >= 2 and draw.chance(0.35):
        spent = draw.randint(2, min(budget, 4))
        return For(draw.randint(2, 4), tuple(_block(draw, spent - 1, True, depth + 1))), spent
    spent = 2 if budget >= 2 and draw.chance(0.25) else 1
    return Assign(_twice(draw, loop) if spent == 2 else _once(draw, X, loop)), spent


def _branch(draw: Draw, spent: int, loop: bool, depth: int) -> tuple[Statement, int]:
    then = draw.randint(1, spent - 2)
    sides = (X, draw.pick("><"), Number(draw.randint(1, 20)))
    blocks = (tuple(_block(draw, part, loop, depth + 1)) for part in (then, spent - 1 - then))
    return If(sides[1], sides[0], sides[2], *blocks), spent


def _once(draw: Draw, value: Expression, loop: bool) -> Expression:
    """One operation on a value."""
    kind = draw.choices(("+", "-", "*", "//", "%", "**", "abs", "from"), (5, 5, 4, 3, 4, 1, 2, 2))[0]
    small: Expression = Number(draw.randint(2, 5))
    large: Expression = Number(draw.randint(1, 12))
    if loop and kind in "+-*" and draw.chance(0.4):
        small = large = Variable("i")
    match kind:
        case "abs":
            return Absolute(value)
        case "**":
            return Binary("**", value, Number(2))
        case "from":
            return Binary("-", large, value)
        case "%":
            return Binary("%", value, Number(draw.randint(2, 12)))
        case "*" | "//":
            return Binary(kind, value, small if kind == "*" else Number(draw.randint(2, 5)))
        case _:
            return Binary(kind, value, large)


def _twice(draw: Draw, loop: bool) -> Expression:
    """Two different operations, one on the result of the other."""
    inner = _once(draw, X, loop)
    while _sign(outer := _once(draw, inner, loop)) == _sign(inner):
        pass
    return outer


def _sign(expression: Expression) -> str:
    """What an expression does last; adding and subtracting count as the same."""
    return expression.operator.replace("-", "+") if isinstance(expression, Binary) else "abs"
