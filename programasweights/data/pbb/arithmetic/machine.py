"""Executes functions step by step, and writes down the steps.

Nothing is handed to Python's `exec`. Numbers stay below a bound, so that no function runs away.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from programasweights.data.pbb.arithmetic.syntax import (
    Absolute,
    Assign,
    Binary,
    Call,
    Expression,
    For,
    Function,
    If,
    Number,
    Statement,
    Variable,
    render_expression,
)
from programasweights.errors import DataError

__all__ = ["Machine"]

_APPLY: Mapping[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}
_COMPARE: Mapping[str, Callable[[int, int], bool]] = {">": operator.gt, "<": operator.lt}
_LARGEST_EXPONENT = 4
_MOST_STEPS = 500
_DEEPEST_CALL = 8


@dataclass
class Machine:
    """One run of a function, with what is known of it afterwards."""

    functions: Mapping[str, Function] = field(default_factory=dict)
    """What calls may name."""
    bound: int = 10_000
    """Numbers must stay within +-bound."""
    steps: list[str] = field(default_factory=list)
    """A line for each statement that ran."""
    taken: set[tuple[int, bool]] = field(default_factory=set)
    """Branches that ran: the identity of an `If` node, and its outcome."""
    _depth: int = 0

    def run(self, function: Function, x: int) -> int:
        """Apply the function to x.

        Raises:
            DataError: a division by zero, a number beyond the bound, an unknown function, or too many steps.
        """
        self._note(f"x = {x}")
        after = self._body(function.body, {"x": x})
        if function.result == Variable("x"):
            return after["x"]
        return self._reduce("result", function.result, after)

    def _body(self, body: tuple[Statement, ...], values: dict[str, int]) -> dict[str, int]:
        for statement in body:
            match statement:
                case Assign(value):
                    values = values | {"x": self._reduce("x", value, values)}
                case If():
                    values = self._branch(statement, values)
                case For(times, inner):
                    for count in range(times):
                        self._note(f"i = {count}")
                        values = self._body(inner, values | {"i": count})
        return values

    def _branch(self, node: If, values: dict[str, int]) -> dict[str, int]:
        left, right = (self._value(_filled(side, values)) for side in (node.left, node.right))
        outcome = _COMPARE[node.comparison](left, right)
        self.taken.add((id(node), outcome))
        self._note(f"{left} {node.comparison} {right} is {'true' if outcome else 'false'}")
        return self._body(node.then if outcome else node.otherwise, values)

    def _reduce(self, name: str, expression: Expression, values: Mapping[str, int]) -> int:
        """Work an expression out, one operation after another, on one line; calls have lines of their own."""
        now = _filled(expression, values)
        if isinstance(now, Call):
            return self._value(now)
        line = [name]
        while not isinstance(now, Number):
            line.append(render_expression(now))
            now = self._step(now)
        self._note(" = ".join([*line, str(now.value)]))
        return now.value

    def _value(self, expression: Expression) -> int:
        while not isinstance(expression, Number):
            expression = self._step(expression)
        return expression.value

    def _step(self, node: Expression) -> Expression:
        """The expression after its first operation."""
        match node:
            case Binary(sign, Number(left), Number(right)):
                return Number(self._calculate(sign, left, right))
            case Binary(sign, Number() as left, right):
                return Binary(sign, left, self._step(right))
            case Binary(sign, left, right):
                return Binary(sign, self._step(left), right)
            case Absolute(Number(value)):
                return Number(abs(value))
            case Call(name, Number(value)):
                return Number(self._apply(name, value))
            case Absolute(value):
                return Absolute(self._step(value))
            case Call(name, value):
                return Call(name, self._step(value))
        raise AssertionError(f"{node} has nothing left to work out")

    def _apply(self, name: str, x: int) -> int:
        if name not in self.functions:
            raise DataError(f"the function {name!r} is called, but not known; give its text among the uses.")
        if self._depth >= _DEEPEST_CALL:
            raise DataError(f"calls nest deeper than {_DEEPEST_CALL}, with {name!r} last.")
        self._depth += 1
        self._note(f"{name}({x}):")
        value = self.run(self.functions[name], x)
        self._note(f"{name}({x}) = {value}")
        self._depth -= 1
        return value

    def _calculate(self, sign: str, left: int, right: int) -> int:
        if sign in ("//", "%") and right == 0:
            raise DataError(f"{left} {sign} {right} divides by zero.")
        if sign == "**" and not 0 <= right <= _LARGEST_EXPONENT:
            raise DataError(f"{left} ** {right} has an exponent beyond 0..{_LARGEST_EXPONENT}.")
        value = _APPLY[sign](left, right)
        if abs(value) > self.bound:
            raise DataError(f"{left} {sign} {right} = {value} is beyond +-{self.bound:,}.")
        return value

    def _note(self, line: str) -> None:
        if len(self.steps) >= _MOST_STEPS:
            raise DataError(f"the function takes more than {_MOST_STEPS} steps.")
        self.steps.append(line)


def _filled(expression: Expression, values: Mapping[str, int]) -> Expression:
    """The expression with numbers in place of variables."""
    match expression:
        case Number():
            return expression
        case Variable(name):
            if name not in values:
                raise DataError(f"{name!r} is used outside of a loop, where it has no value.")
            return Number(values[name])
        case Binary(sign, left, right):
            return Binary(sign, _filled(left, values), _filled(right, values))
        case Absolute(value):
            return Absolute(_filled(value, values))
        case Call(name, value):
            return Call(name, _filled(value, values))
