"""Twenty output types for benchmarks/typed_hostile.py, each with a check of its values apart from the library."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Literal

import jsonschema_rs
from pydantic import BaseModel, Field, field_validator

__all__ = ["TYPES", "HostileType"]


@dataclass(frozen=True)
class HostileType:
    """A typed function to be compiled, and what must hold of its values."""

    name: str
    task: str
    returns: Any
    holds: Callable[[Any], bool]
    examples: tuple[tuple[str, Any], ...] = ()
    limit: int = 24
    """Most tokens of an output."""


class Mood(Enum):
    GOOD = "good"
    BAD = "very bad"
    UNKNOWN = "?"


class Person(BaseModel):
    name: str
    age: int


class Line(BaseModel):
    item: str = Field(max_length=12)
    count: int = Field(ge=0, le=99)


class Order(BaseModel):
    lines: list[Line] = Field(max_length=2)
    paid: bool
    kind: Literal["new", "old"]


class Node(BaseModel):
    label: str
    below: "list[Node]" = []


class Card(BaseModel):
    kind: Literal["card"]
    digits: Annotated[str, Field(pattern="^[0-9]{4}$")]


class Cash(BaseModel):
    kind: Literal["cash"]
    amount: float


class Booking(BaseModel):
    first: int = Field(ge=0, le=9)
    last: int = Field(ge=0, le=9)

    @field_validator("last")
    @classmethod
    def not_before(cls, value: int, info: Any) -> int:
        if value < info.data.get("first", 0):
            raise ValueError("the last day lies before the first")
        return value


@dataclass
class Point:
    x: int
    y: float


@dataclass
class Route:
    name: str
    start: Point


NESTED: dict[str, Any] = {
    "type": "object",
    "properties": {
        "code": {"type": "string", "pattern": "^[A-Z]{2}-[0-9]{3}$"},
        "tags": {"type": "array", "items": {"enum": ["red", "green"]}, "minItems": 1, "maxItems": 3},
        "more": {"type": "object", "additionalProperties": {"type": "string"}},
    },
    "required": ["code", "tags"],
    "additionalProperties": False,
}
ANY: dict[str, Any] = {
    "type": "object",
    "properties": {"a": {"anyOf": [{"type": "number"}, {"type": "null"}]}},
}

DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
MAIL = re.compile(r"[a-z0-9.]{1,12}@[a-z0-9]{1,8}\.(com|org)")


def _is(*kinds: type) -> Callable[[Any], bool]:
    return lambda value: type(value) in kinds


def _is_list(kind: type) -> Callable[[Any], bool]:
    return lambda value: type(value) is list and all(type(item) is kind for item in value)


def _same_again(model: type[BaseModel]) -> Callable[[Any], bool]:
    """An instance that its own class takes once more."""
    return lambda value: type(value) is model and model.model_validate(value.model_dump()) == value


def _valid(schema: dict[str, Any]) -> Callable[[Any], bool]:
    validator = jsonschema_rs.validator_for(schema)
    return lambda value: validator.is_valid(value)


def _is_route(value: Any) -> bool:
    return type(value) is Route and type(value.start) is Point and type(value.start.x) is int


TYPES = (
    HostileType("bool", "Is it about money?", bool, lambda v: v is True or v is False),
    HostileType(
        "Literal",
        "How urgent is it?",
        Literal["now", "later", "never"],
        lambda v: v in ("now", "later", "never"),
    ),
    HostileType(
        "Literal of numbers",
        "How many stars?",
        Literal[1, 2, 3, 4, 5],
        lambda v: type(v) is int and 0 < v < 6,
    ),
    HostileType("Enum", "Which mood is it?", Mood, _is(Mood)),
    HostileType("int", "How many words are there?", int, _is(int), limit=10),
    HostileType("float", "What is the price?", float, lambda v: type(v) is float and abs(v) < 1e15, limit=14),
    HostileType("pattern of a date", "Which day?", DATE, lambda v: DATE.fullmatch(v) is not None, limit=16),
    HostileType("pattern of an address", "Which address?", MAIL, lambda v: MAIL.fullmatch(v) is not None),
    HostileType("list[str]", "List the names.", list[str], _is_list(str), (("Ann and Bob", ["Ann", "Bob"]),)),
    HostileType(
        "list[int]", "List the numbers.", list[int], _is_list(int), (("1 or 22", [1, 22]),), limit=16
    ),
    HostileType(
        "model", "Who is it?", Person, _same_again(Person), (("Tom, 41", Person(name="Tom", age=41)),)
    ),
    HostileType("nested model", "Read the order.", Order, _same_again(Order), limit=32),
    HostileType("recursive model", "Draw the tree.", Node, _same_again(Node)),
    HostileType(
        "model with a check",
        "Which days?",
        Booking,
        _same_again(Booking),
        (("2 to 5", Booking(first=2, last=5)),),
    ),
    HostileType("nested schema", "Describe it.", NESTED, _valid(NESTED), limit=32),
    HostileType("schema of any object", "Describe it.", ANY, _valid(ANY), limit=20),
    HostileType("nested dataclass", "Which way?", Route, _is_route, limit=32),
    HostileType("int or None", "Which year?", int | None, lambda v: v is None or type(v) is int, limit=10),
    HostileType("union of models", "How is it paid?", Card | Cash, lambda v: type(v) in (Card, Cash)),
    HostileType("date", "Which day?", datetime.date, _is(datetime.date), limit=16),
)
