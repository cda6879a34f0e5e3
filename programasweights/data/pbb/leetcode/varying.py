"""Other inputs for a function, made by changing the literal arguments that it came with a little."""

from typing import Any

from programasweights.data.oracle.draw import Draw
from programasweights.data.pbb.leetcode.running import Arguments

__all__ = ["said", "varied"]


def varied(draw: Draw, arguments: Arguments) -> Arguments:
    """Arguments of the same kinds with other values; whether they fit the problem, only a run can tell."""
    positional, named = arguments
    return tuple(_other(draw, value) for value in positional), {k: _other(draw, v) for k, v in named.items()}


def said(arguments: Arguments) -> str:
    """Arguments as they stand in a call."""
    positional, named = arguments
    return ", ".join([*map(repr, positional), *(f"{name} = {value!r}" for name, value in named.items())])


def _other(draw: Draw, value: Any) -> Any:
    match value:
        case bool():
            return draw.chance(0.5)
        case int():
            return max(value + draw.randint(-5, 5), 0) if value >= 0 else value + draw.randint(-5, 5)
        case float():
            return round(value + draw.randint(-4, 4) / 2, 2)
        case str():
            return "".join(_changed(draw, list(value)))
        case list() | tuple():
            items = [_other(draw, item) if draw.chance(0.4) else item for item in _changed(draw, list(value))]
            return type(value)(items)
        case dict():
            return {key: _other(draw, item) for key, item in value.items()}
        case _:
            return value


def _changed(draw: Draw, items: list[Any]) -> list[Any]:
    """The items with one left out, one repeated, or two exchanged."""
    if len(items) < 2:
        return items * draw.randint(1, 2)
    place, other = draw.some(range(len(items)), 2)
    match draw.randint(0, 2):
        case 0:
            return items[:place] + items[place + 1 :]
        case 1:
            return [*items[:place], items[other], *items[place:]]
        case _:
            items[place], items[other] = items[other], items[place]
            return items
