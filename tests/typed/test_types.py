"""From a Python type to texts and back, without a model."""

import json
import re
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field

import programasweights as paw
from programasweights.typed import output_type


class Mood(Enum):
    HAPPY = "happy"
    SAD = "very sad"


class Level(IntEnum):
    LOW = 1
    HIGH = 2


class Ticket(BaseModel):
    title: str
    priority: int = Field(ge=1, le=5)


SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}

VALUES: list[tuple[Any, Any, str]] = [
    (bool, True, "yes"),
    (bool, False, "no"),
    (Literal["immediate", "wait"], "wait", "wait"),
    (Literal[1, 2, 30], 30, "30"),
    (Mood, Mood.SAD, "very sad"),
    (Level, Level.HIGH, "HIGH"),
    (int, -12, "-12"),
    (float, 2.5, "2.5"),
    (float, 3, "3"),
    (str, "any text", "any text"),
    (list[str], ["a", "ü"], '["a", "ü"]'),
    (Ticket, Ticket(title="x", priority=2), '{"title": "x", "priority": 2}'),
    (SCHEMA, {"n": 3}, '{"n": 3}'),
    (re.compile(r"\d{2}-\d{2}"), "01-02", "01-02"),
]


@pytest.mark.parametrize(("returns", "value", "text"), VALUES)
def test_values_are_written_and_read_back(returns: Any, value: Any, text: str) -> None:
    kind = output_type(returns)
    assert kind.write(value) == text
    found = kind.parse(text)
    assert found == value
    assert type(found) is type(value) or returns is float
    assert kind.written([("x", value), ("y", text)]) == [("x", text), ("y", text)]
    assert output_type(kind) is kind


def test_closed_sets_have_labels_and_open_ones_a_grammar() -> None:
    for returns, _, _ in VALUES:
        kind = output_type(returns)
        assert bool(kind.labels) == (returns in (bool, Mood, Level) or kind.name == "Literal")
        assert (kind.grammar is None) == (bool(kind.labels) or returns is str)
    assert output_type(Mood).labels == ("happy", "very sad")


def test_specs_say_the_form() -> None:
    assert output_type(bool).described("Urgent?") == "Urgent?\nAnswer with one of: yes, no."
    assert (
        output_type(Ticket).described("Read.")
        == "Read.\nAnswer with a JSON object with the fields title, priority."
    )
    assert output_type(str).described("Read.") == "Read."


class Clash(Enum):
    A = "B"
    B = 2


BAD: list[tuple[Any, str]] = [
    (Literal[b"x"], "only strings"),
    (Literal["1", 1], "two values with the text '1'"),
    (Literal["a", " a"], "white space"),
    (Literal[""], "white space"),
    (Literal["\ud800"], "valid text"),
    (Clash, "two members with the text 'B'"),
    (Enum("Empty", {}), "1 to 1000"),
    (object(), "has no JSON schema"),
    (lambda x: x, "has no JSON schema"),
    (3, "has no JSON schema"),
    (re.compile(b"x"), "one of bytes"),
    (re.compile(r"a(?=b)"), "look-ahead"),
    (re.compile(r"(a)\1"), "backreferences"),
    ({"type": "nothing"}, "the JSON schema cannot be decoded by"),
    ({"type": {1, 2}}, "the JSON schema cannot be read"),
]


@pytest.mark.parametrize(("returns", "message"), BAD)
def test_what_is_no_type_is_refused(returns: Any, message: str) -> None:
    with pytest.raises(paw.SpecError, match=message):
        output_type(returns)


@pytest.mark.parametrize(
    ("returns", "value"),
    [
        (bool, 1), (bool, "maybe"), (Mood, "angry"), (Literal[1], True), (int, "three"), (int, True), (int, 1.5),
        (float, float("nan")), (float, 1e300), (str, 3), (list[str], [3]), (Ticket, {"title": "x", "priority": 9}),
        (SCHEMA, {1, 2}), (SCHEMA, float("inf")), (re.compile("a+"), "b"), (re.compile("a+"), 3),
    ],
)  # fmt: skip
def test_examples_of_another_type_are_refused(returns: Any, value: Any) -> None:
    with pytest.raises(paw.SpecError):
        output_type(returns).written([("x", value)])


def test_what_is_no_pair_is_left_to_the_spec() -> None:
    assert output_type(bool).written(["x", ("a", True)]) == ["x", ("a", "yes")]  # type: ignore[list-item]
    assert output_type(bool).written(None) == []


@dataclass
class Point:
    x: int
    y: int


def test_other_types_that_pydantic_knows() -> None:
    assert output_type(Point).parse('{"x": 1, "y": 2}') == Point(1, 2)
    assert output_type(dict[str, int]).parse('{"a": 1}') == {"a": 1}
    assert output_type(int | None).parse("null") is None


def test_texts_that_the_type_refuses() -> None:
    for returns, text in [
        (Ticket, "{}"),
        (SCHEMA, "{"),
        (SCHEMA, '{"n": 1e999}'),
        (int, "1.5"),
        (bool, "perhaps"),
        (re.compile("a"), "b"),
    ]:
        with pytest.raises(paw.OutputError):
            output_type(returns).parse(text)


def test_whole_numbers_of_schemas_are_bounded() -> None:
    from programasweights.typed.grammar import _bounded

    assert _bounded({"type": "integer"}) == {"type": "integer", "minimum": 1 - 10**15, "maximum": 10**15 - 1}
    assert _bounded({"type": "integer", "minimum": 10**20})["maximum"] == 10**20 + 1
    assert _bounded({"type": "integer", "exclusiveMinimum": 3}).keys() == {
        "type",
        "exclusiveMinimum",
        "maximum",
    }
    assert _bounded({"type": ["null", "number"]}).keys() == {"type", "minimum", "maximum"}
    assert _bounded({"const": {"type": "integer"}}) == {"const": {"type": "integer"}}
    assert _bounded(json.loads('{"anyOf": [{"type": "integer", "maximum": -5}]}'))["anyOf"][0]["minimum"] < -5
