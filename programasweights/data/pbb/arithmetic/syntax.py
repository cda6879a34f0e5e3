"""Functions of one integer as trees: their nodes, their text, and reading that text back.

The language is a part of Python, so a function's text runs in Python too; here it is never handed to Python's
`exec`, but read into these nodes and executed by `machine`.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from programasweights.errors import DataError

__all__ = [
    "Absolute",
    "Assign",
    "Binary",
    "Call",
    "Expression",
    "For",
    "Function",
    "If",
    "Number",
    "Statement",
    "Variable",
    "operations",
    "parse",
    "render",
    "render_expression",
]


@dataclass(frozen=True)
class Number:
    """A whole number."""

    value: int


@dataclass(frozen=True)
class Variable:
    """`x`, or the counter `i` of the loop around."""

    name: str


@dataclass(frozen=True)
class Binary:
    """`left operator right`, with one of + - * // % **."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True)
class Absolute:
    """`abs(value)`."""

    value: "Expression"


@dataclass(frozen=True)
class Call:
    """`name(value)`: another function applied."""

    name: str
    value: "Expression"


Expression = Number | Variable | Binary | Absolute | Call


@dataclass(frozen=True)
class Assign:
    """`x = value`."""

    value: Expression


@dataclass(frozen=True)
class If:
    """`if left comparison right: then, else: otherwise`, with > or <."""

    comparison: str
    left: Expression
    right: Expression
    then: tuple["Statement", ...]
    otherwise: tuple["Statement", ...]


@dataclass(frozen=True)
class For:
    """`for i in range(times): body`."""

    times: int
    body: tuple["Statement", ...]


Statement = Assign | If | For


@dataclass(frozen=True)
class Function:
    """`def name(x)`: statements that change x, then `return result`."""

    name: str
    body: tuple[Statement, ...]
    result: Expression


def operations(node: Function | Statement | Expression) -> Iterator[str]:
    """The operations that a node's text shows: operators, `abs`, calls, and one for each `if` and `for`."""
    match node:
        case Number() | Variable():
            return
        case Binary(operator, left, right):
            yield from (operator, *operations(left), *operations(right))
        case Absolute(value):
            yield from ("abs", *operations(value))
        case Call(_, value):
            yield from ("call", *operations(value))
        case Assign(value):
            yield from operations(value)
        case If(comparison, left, right, then, otherwise):
            yield from (comparison, *operations(left), *operations(right))
            for statement in (*then, *otherwise):
                yield from operations(statement)
        case For(_, body):
            yield "for"
            for statement in body:
                yield from operations(statement)
        case Function(_, body, result):
            for statement in body:
                yield from operations(statement)
            yield from operations(result)


def render(function: Function) -> str:
    """The function as Python text."""
    lines = [f"def {function.name}(x):", *_lines(function.body, 1), f"    return {_text(function.result)}"]
    return "\n".join(lines)


def render_expression(expression: Expression) -> str:
    """An expression as Python text."""
    return _text(expression)


def _lines(body: tuple[Statement, ...], depth: int) -> Iterator[str]:
    margin = "    " * depth
    for statement in body:
        match statement:
            case Assign(value):
                yield f"{margin}x = {_text(value)}"
            case If(comparison, left, right, then, otherwise):
                yield f"{margin}if {_text(left)} {comparison} {_text(right)}:"
                yield from _lines(then, depth + 1)
                yield f"{margin}else:"
                yield from _lines(otherwise, depth + 1)
            case For(times, inner):
                yield f"{margin}for i in range({times}):"
                yield from _lines(inner, depth + 1)


def _text(expression: Expression, inside: bool = False) -> str:
    match expression:
        case Number(value):
            return f"({value})" if value < 0 and inside else str(value)
        case Variable(name):
            return name
        case Absolute(value):
            return f"abs({_text(value)})"
        case Call(name, value):
            return f"{name}({_text(value)})"
        case Binary(operator, left, right):
            text = f"{_text(left, True)} {operator} {_text(right, True)}"
            return f"({text})" if inside else text


_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
}
_COMPARISONS: dict[type[ast.cmpop], str] = {ast.Gt: ">", ast.Lt: "<"}


def parse(text: str) -> Function:
    """Read a function's text back; `parse(render(f)) == f`.

    Raises:
        DataError: the text is no function of this language.
    """
    try:
        module = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise DataError(
            f"{text!r:.80} is no function: {error}; expected the text of an instruction."
        ) from None
    match module.body:
        case [ast.FunctionDef(name=name, args=ast.arguments(args=[ast.arg(arg="x")]), body=[*body, last])]:
            if isinstance(last, ast.Return) and last.value is not None:
                return Function(name, _read_body(body), _read(last.value))
    raise DataError(f"{text!r:.80} is not one function of x that ends with a return; see docs/pbb.md.")


def _read_body(body: list[ast.stmt]) -> tuple[Statement, ...]:
    return tuple(map(_read_statement, body))


def _read_statement(node: ast.stmt) -> Statement:
    match node:
        case ast.Assign(targets=[ast.Name(id="x")], value=value):
            return Assign(_read(value))
        case ast.If(
            test=ast.Compare(left=left, ops=[sign], comparators=[right]), body=then, orelse=[*otherwise]
        ):
            if type(sign) in _COMPARISONS and otherwise:
                sides = _read(left), _read(right)
                return If(_COMPARISONS[type(sign)], *sides, _read_body(then), _read_body(otherwise))
        case ast.For(
            target=ast.Name(id="i"),
            iter=ast.Call(func=ast.Name(id="range"), args=[ast.Constant(value=int(times))], keywords=[]),
            body=inner,
            orelse=[],
        ):
            return For(times, _read_body(inner))
    raise DataError(
        f"{ast.unparse(node)!r:.80} is not of this language: x = ..., if with else, or for i in range(N)."
    )


def _read(node: ast.expr) -> Expression:
    match node:
        case ast.Constant(value=int(value)) if not isinstance(value, bool):
            return Number(value)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(value))):
            return Number(-value)
        case ast.Name(id="x" | "i" as name):
            return Variable(name)
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATORS:
            return Binary(_OPERATORS[type(operator)], _read(left), _read(right))
        case ast.Call(func=ast.Name(id=name), args=[value], keywords=[]):
            return Absolute(_read(value)) if name == "abs" else Call(name, _read(value))
    raise DataError(
        f"{ast.unparse(node)!r:.80} is not of this language: numbers, x, i, + - * // % **, abs, calls."
    )
