"""Functions of every kind of value, on the tiny model of the typed room's tests."""

from enum import Enum
from typing import Any, Literal

import pytest

import programasweights as paw
from programasweights.functions import Function
from programasweights.typed import TypedFunction
from tests.typed.conftest import tiny_folder, tiny_name

__all__ = ["tiny_folder", "tiny_name"]


class Mood(Enum):
    """Members whose labels are their names."""

    GOOD = 1
    BAD = 2


KINDS: dict[str, Any] = {
    "bool": bool,
    "int": int,
    "float": float,
    "labels": Literal["red", "green"],
    "numbers": Literal[1, 2],
    "enum": Mood,
    "list": list[Literal["p", "q"]],
}
TEXTS = ["a", None, "b", "a", ""]


@pytest.fixture(scope="session")
def _programs() -> dict[str, Function]:
    return {}


@pytest.fixture
def untyped(tiny_name: str, _programs: dict[str, Function]) -> Function:
    if tiny_name not in _programs:
        _programs[tiny_name] = paw.compile("Say yes.", interpreter=tiny_name, max_new_tokens=30)
    return _programs[tiny_name]


@pytest.fixture
def functions(untyped: Function) -> dict[str, Any]:
    """By kind; that without a type is called text."""
    typed = {name: TypedFunction(untyped, kind, fallback=lambda _text: []) for name, kind in KINDS.items()}
    return {"text": untyped, **typed}
