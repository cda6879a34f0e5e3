"""Says functions in plain words, and asks word problems about them."""

from collections.abc import Iterator, Sequence

from programasweights.data.oracle.draw import Draw
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

__all__ = ["in_words", "question"]

_ONE = (
    "What is {f}({x})?",
    "Ana puts {x} into {f}. What number comes out?",
    "A machine called {f} is fed the number {x}. What does it print?",
    "Ben has {x} points and applies {f} to them. How many points has he now?",
    "If you start with {x} and follow {f}, where do you end?",
    "The teacher says: use {f} on {x}. What should the class answer?",
    "Tom knows that {x} is the input of {f}. What is the output?",
    "A shop turns {x} coins into {f} of {x} coins. How many coins is that?",
    "Someone calls {f} with x = {x}. What is returned?",
    "The sensor reads {x}, and {f} is applied to the reading. Which value is stored?",
    "Work out {f} for {x}.",
    "Mia wrote {f}({x}) on the board. Which number is it?",
)
_TWO = (
    "What is {f}({g}({x}))?",
    "Ana puts {x} into {g}, and what comes out into {f}. What number comes out at the end?",
    "A machine applies {g} to {x} and then {f} to the result. What does it print?",
    "Ben first follows {g} from {x}, then {f} from there. Where does he end?",
    "The reading {x} goes through {g} and after that through {f}. Which value is stored?",
    "Work out {f} of {g} of {x}.",
)


def question(draw: Draw, names: Sequence[str], x: int) -> str:
    """A word problem: what comes out if the named functions, the outermost first, are applied to x."""
    if len(names) == 1:
        return draw.pick(_ONE).format(f=names[0], x=x)
    outer, inner = names
    return draw.pick(_TWO).format(f=outer, g=inner, x=x)


def in_words(function: Function) -> str:
    """The function in sentences, in the order in which it works."""
    match function.result:
        case Call(outer, Call(inner, _)):
            return f"{function.name} of a number: apply {inner} to it, then {outer} to what comes out."
    said = " ".join(f"{_upper(_statement(statement))}." for statement in function.body)
    return f"{function.name} takes a number x. {said} The result is x."


def _statement(statement: Statement) -> str:
    match statement:
        case Assign(value):
            return _assigned(value)
        case If(comparison, left, right, then, otherwise):
            sign = "greater" if comparison == ">" else "less"
            test = f"if {render_expression(left)} is {sign} than {render_expression(right)}"
            return f"{test}, {_block(then)}; otherwise {_block(otherwise)}"
        case For(times, body):
            counter = f", counting i from 0 to {times - 1}" if _uses_counter(body) else ""
            return f"do this {times} times{counter}: {_block(body)}"


def _block(body: Sequence[Statement]) -> str:
    return " and then ".join(map(_statement, body))


def _assigned(value: Expression) -> str:
    match value:
        case Binary("+", Variable("x"), Number(n) | Variable(n)):
            return f"add {n} to x"
        case Binary("-", Variable("x"), Number(n) | Variable(n)):
            return f"subtract {n} from x"
        case Binary("*", Variable("x"), Number(n) | Variable(n)):
            return f"multiply x by {n}"
    return f"set x to {_value(value)}"


_SAID = {
    "+": "the sum of {} and {}",
    "-": "{} minus {}",
    "*": "{} times {}",
    "//": "{} divided by {} and rounded down",
    "%": "the remainder of {} divided by {}",
    "**": "{} to the power of {}",
}


def _value(value: Expression) -> str:
    match value:
        case Binary(operator, left, right):
            return _SAID[operator].format(_bracketed(left), _bracketed(right))
        case Absolute(inner):
            return f"the absolute value of {_bracketed(inner)}"
    return render_expression(value)


def _bracketed(value: Expression) -> str:
    return _value(value) if isinstance(value, Number | Variable) else f"({_value(value)})"


def _uses_counter(body: Sequence[Statement]) -> bool:
    return any(_counters(statement) for statement in body)


def _counters(statement: Statement) -> bool:
    match statement:
        case Assign(value):
            return "i" in _variables(value)
        case If(_, left, right, then, otherwise):
            sides = {*_variables(left), *_variables(right)}
            return "i" in sides or _uses_counter(then) or _uses_counter(otherwise)
        case For(_, body):
            return _uses_counter(body)


def _variables(value: Expression) -> Iterator[str]:
    match value:
        case Variable(name):
            yield name
        case Binary(_, left, right):
            yield from (*_variables(left), *_variables(right))
        case Absolute(inner) | Call(_, inner):
            yield from _variables(inner)


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]
