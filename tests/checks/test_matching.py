"""What counts as the same answer."""

from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from pydantic import BaseModel

from programasweights.checks.matching import COMPARISONS, normalised, number_in, plain


class Person(BaseModel):
    name: str
    born: int


class Mood(Enum):
    HAPPY = "happy"


@pytest.mark.parametrize(
    ("way", "found", "expected", "same"),
    [
        ("exact", " yes\n", "yes", True),
        ("exact", "Yes", "yes", False),
        ("exact", True, True, True),
        ("exact", True, 1, False),
        ("exact", "1", 1, False),
        ("exact", Person(name="A", born=1), Person(name="A", born=1), True),
        ("exact", [1, 2], [1, 2], True),
        ("forgiving", '"Yes".', "yes", True),
        ("forgiving", "New   york!", "new york", True),
        ("forgiving", "ｙｅｓ\u200b", "yes", True),
        ("forgiving", "not urgent", "urgent", False),
        ("forgiving", "-5", "5", False),
        ("forgiving", "3.5", "35", False),
        ("forgiving", "$5", "5", False),
        ("forgiving", "?", "!", False),
        ("forgiving", "?", "?", True),
        ("forgiving", "", "no", False),
        ("forgiving", Mood.HAPPY, "Happy", True),
        ("json", '{"a": 1, "b": [2]}', '{"b":[2.0],"a":1}', True),
        ("json", '{"a": true}', '{"a": 1}', False),
        ("json", "[1, 2]", "[2, 1]", False),
        ("json", "[1]", "[1, 2]", False),
        ("json", '{"a": 1}', '{"a": 1, "b": 2}', False),
        ("json", "no json", "no json", False),
        ("json", "NaN", "NaN", False),
        ("json", "[" * 100_000, "[]", False),
        ("json", Person(name="A", born=1), '{"born": 1, "name": "A"}', True),
        ("number", "1,200", "1200.0", True),
        ("number", "1.2e3", "1200", True),
        ("number", "+3", 3, True),
        ("number", "0.1", 0.1, True),
        ("number", "9007199254740993000000", "9007199254740992000000", False),
        ("number", "0.3", 0.1 + 0.2, True),
        ("number", "0.3", "0.3001", False),
        ("number", "3 apples", "3", False),
        ("number", "", "", False),
        ("number", True, 1, False),
        ("number", "nan", "nan", False),
        ("number", "1e999", "1e-999", False),
    ],
)
def test_comparisons(way: str, found: Any, expected: Any, same: bool) -> None:
    assert COMPARISONS[way](found, expected) is same
    assert COMPARISONS[way](expected, found) is same


def test_numbers() -> None:
    assert number_in(" -1,234.50 ") == Decimal("-1234.50")
    assert [number_in(text) for text in (".", "e5", "1,23", "0x10", "١", "--1", "1e9999")] == [None] * 7


def test_nothing_is_left_of_what_cannot_be_seen() -> None:
    assert normalised("\u200b(A\u00ad) — b, ") == "a — b"


def test_values_as_json() -> None:
    assert plain({"p": Person(name="A", born=1), "m": Mood.HAPPY, "n": float("nan"), "f": object}) == {
        "p": {"name": "A", "born": 1},
        "m": "happy",
        "n": "NaN",
        "f": "<class 'object'>",
    }
