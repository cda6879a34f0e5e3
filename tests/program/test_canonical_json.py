"""Canonical JSON, and a parser that hostile text cannot hurt."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programasweights.program.canonical_json import canonical_json, parse_json
from programasweights.program.constants import MAX_JSON_DEPTH, MAX_JSON_SKELETON

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    SCALARS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@given(VALUES)
def test_parses_back_to_the_same_text(value: object) -> None:
    text = canonical_json(value)
    assert canonical_json(parse_json(text)) == text


def test_is_written_one_way() -> None:
    assert canonical_json({"b": [1, 2.0, True], "a": ("é", None)}) == '{"a":["é",null],"b":[1,2.0,true]}'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_does_not_write_what_json_has_no_word_for(value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical_json({"a": value})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a":1,"a":1}', "twice"),
        ('[{"a":{"b":1,"c":2,"b":3}}]', "twice"),
        ("[NaN]", "NaN is not JSON"),
        ("[-Infinity]", "Infinity is not JSON"),
        ("[1e999]", "not finite"),
        ("[-1e999]", "not finite"),
        ("[" + "1" * 33 + "]", "33 characters"),
        ("[" + "1" * 10_000 + "]", "10000 characters"),
        ("[0." + "1" * 10_000 + "]", "10002 characters"),
        ("[" * (MAX_JSON_DEPTH + 1), "nested deeper"),
        ('{"a":' * 3_000, "nested deeper"),
        ("[" * 1_000_000, "outside strings"),
        ("[0" + ",0" * MAX_JSON_SKELETON, "outside strings"),
        ("", "Expecting value"),
        ('"abc', "Unterminated"),
        ('"abc\\', "Unterminated|Invalid"),
        ('"\n"', "control character"),
        ("{} {}", "Extra data"),
        ("[1,]", "Expecting|trailing comma"),
        ("{'a':1}", "Expecting"),
    ],
)
def test_refuses(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_json(text)


def test_brackets_in_strings_do_not_count() -> None:
    value = {"a": "[" * 50_000, 'b"\\': '\\"[[["' * 10_000}
    assert parse_json(json.dumps(value)) == value


@pytest.mark.parametrize("unit", ['\\"', '"', '"\\', "\\", 'a"', '"a', '""'])
def test_takes_linear_time_on_quotes_and_backslashes(unit: str) -> None:
    started = time.monotonic()
    with pytest.raises(ValueError):  # noqa: PT011 - which of the refusals it is does not matter
        parse_json('["' + unit * 1_000_000)
    assert time.monotonic() - started < 5
