"""benchmarks/typed_hostile.py in small: its twenty types on its inputs, from a random model."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from programasweights.errors import InputError

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import typed_hostile

    return typed_hostile


def test_every_output_parses(hostile: Any, tiny_name: str) -> None:
    outcomes: dict[str, int] = {}
    assert len({kind.name for kind in hostile.TYPES}) == 20
    for number, kind in enumerate(hostile.TYPES):
        # a byte is a token of this model, and its context is 1,024 of them
        functions = hostile.compiled(kind, interpreter=tiny_name, max_new_tokens=90, compiler="neural")
        tally, random = hostile.Tally(), np.random.default_rng(number)
        inputs = [given for given in hostile.hostile_inputs(random, 15) if given[0] != "3,000 characters"]
        hostile.call_all(kind, functions, inputs, tally)
        assert tally.wrong == []
        for found in tally.by_input.values():
            for outcome, count in found.items():
                outcomes[outcome] = outcomes.get(outcome, 0) + count
    assert 290 < sum(outcomes.values()) <= 300
    assert outcomes["value"] > 200
    assert {"InputError", "ContextLengthError"} <= outcomes.keys()


def test_what_is_not_as_documented_is_told(hostile: Any) -> None:
    kind = next(kind for kind in hostile.TYPES if kind.name == "int")
    assert hostile._judged(kind, "nesting", 3) == ("value", True)
    assert hostile._judged(kind, "nesting", "3") == ("not of the type: '3'", False)
    assert hostile._judged(kind, "nesting", ValueError("x")) == ("ValueError", False)
    assert hostile._judged(kind, "nesting", InputError("x")) == ("InputError", False)
    assert hostile._judged(kind, "lone surrogate", InputError("x")) == ("InputError", True)
    assert hostile._judged(kind, "lone surrogate", 3) == ("value where an error is due", False)
    assert hostile._judged(kind, "nesting", hostile.REFUSED)[1] is False
